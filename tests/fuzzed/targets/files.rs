//! Files in which policies stand.

use ram_policy_forms::{Checked, Form, Named, Reader, Target, write};
use ram_policy_model::Checker;
use ram_policy_model::document::{self, Document, Indent};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::terms::layout::Layout;
use serde_json::Value;

pub(super) fn terraform(bytes: &[u8]) {
    read(bytes, Form::Terraform);
}

pub(super) fn ros(bytes: &[u8]) {
    read(bytes, Form::Ros);
}

pub(super) fn markdown(bytes: &[u8]) {
    read(bytes, Form::Markdown);
}

pub(super) fn rust(bytes: &[u8]) {
    read(bytes, Form::Rust);
}

/// Findings stand in the text, and a policy that is read is written in every form and read again.
fn read(bytes: &[u8], form: Form) {
    let Some(text) = super::text(bytes) else { return };
    for found in checked(text, form, None) {
        for finding in &found.findings {
            let (start, end) = (finding.at.start, finding.at.end);
            assert!(start <= end && end <= text.len(), "{start}..{end} of {text:?}");
            assert!(text.is_char_boundary(start), "{start} of {text:?}");
            assert!(text.is_char_boundary(end), "{end} of {text:?}");
        }
        for finding in found.findings.iter().take(20) {
            super::assert_can_be_shown(&finding.message);
        }
        comes_back(&found);
    }
    let_go();
}

fn checked(text: &str, form: Form, kind: Option<PolicyKind>) -> Vec<Checked> {
    let policies = Reader::new(form).read(text).policies;
    policies.into_iter().map(|policy| policy.check(kind, &Checker::new())).collect()
}

/// The texts that tokens stand in are kept until they are let go.
fn let_go() {
    proc_macro2::extra::invalidate_current_thread_spans();
}

fn comes_back(found: &Checked) {
    let Some(document) = found.document.as_ref().filter(|_| found.unknown.is_empty()) else {
        return;
    };
    for (target, form) in [
        (Target::Json(Indent::Minified), Form::Json),
        (Target::RosJson, Form::Json),
        (Target::TerraformJsonencode, Form::Terraform),
        (Target::Ros, Form::Ros),
        (Target::Rust, Form::Rust),
    ] {
        // JSON is written as it was, and a file of JSON holds a whole document.
        let written = if matches!(target, Target::Json(_)) {
            write(target, &[Named::new("policy", found.kind, &whole(document))])
        } else {
            write(target, &[Named::new("policy", found.kind, document)])
        };
        let Ok(written) = written else { continue };
        let text = written.text;
        let again: Vec<Option<Document>> = checked(&text, form, Some(found.kind))
            .into_iter()
            .map(|found| found.document)
            .collect();
        let [Some(again)] = again.as_slice() else {
            panic!("not one policy, but {again:?} in {target:?}: {text}")
        };
        assert_eq!(value(again), value(document), "{target:?}: {text}");
    }
}

fn whole(document: &Document) -> Document {
    Document { layout: Layout::VersionFirst, statements: document.statements.clone() }
}

/// By value: Terraform orders members by their names, and a file holds whole documents.
fn value(document: &Document) -> Value {
    let whole = whole(document);
    serde_json::from_str(&document::write(&whole, Indent::Minified)).unwrap()
}
