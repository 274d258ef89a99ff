//! Files in which policies stand.

use ram_policy_cli::text::{Found, TextForm, policies, written};
use ram_policy_model::document::{self, Document, Indent, Layout};
use serde_json::Value;

pub(super) fn terraform(bytes: &[u8]) {
    read(bytes, TextForm::Terraform);
}

pub(super) fn ros(bytes: &[u8]) {
    read(bytes, TextForm::Ros);
}

pub(super) fn markdown(bytes: &[u8]) {
    read(bytes, TextForm::Markdown);
}

pub(super) fn rust(bytes: &[u8]) {
    read(bytes, TextForm::Rust);
}

/// Findings stand in the text, and a policy that is read is written in every form and read again.
fn read(bytes: &[u8], form: TextForm) {
    let Some(text) = super::text(bytes) else { return };
    for found in policies(text, form) {
        for (start, end) in &found.places {
            assert!(start <= end && *end <= text.len(), "{start}..{end} of {text:?}");
            assert!(text.is_char_boundary(*start), "{start} of {text:?}");
            assert!(text.is_char_boundary(*end), "{end} of {text:?}");
        }
        for message in found.messages.iter().take(20) {
            super::assert_can_be_shown(message);
        }
        comes_back(&found);
    }
    let_go();
}

/// The texts that tokens stand in are kept until they are let go.
fn let_go() {
    proc_macro2::extra::invalidate_current_thread_spans();
}

fn comes_back(found: &Found) {
    let Some(document) = found.document.as_ref().filter(|_| !found.is_open) else { return };
    for form in [TextForm::Json, TextForm::Terraform, TextForm::Ros, TextForm::Rust] {
        let Some(text) = written(document, found.kind, form) else { continue };
        let again: Vec<Option<Document>> =
            policies(&text, form).into_iter().map(|found| found.document).collect();
        let [Some(again)] = again.as_slice() else {
            panic!("not one policy, but {again:?} in {form:?}: {text}")
        };
        assert_eq!(value(again), value(document), "{form:?}: {text}");
    }
}

/// By value: Terraform orders members by their names, and a file holds whole documents.
fn value(document: &Document) -> Value {
    let whole = Document { layout: Layout::VersionFirst, statements: document.statements.clone() };
    serde_json::from_str(&document::write(&whole, Indent::Minified)).unwrap()
}
