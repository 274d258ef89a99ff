//! Policies that are laid out where they are.

use ram_policy_forms::{Form, Format, Reader, format};
use ram_policy_model::Checker;
use ram_policy_model::document::{self, Indent};

/// Formatting twice is formatting once, and the policies are those from before.
pub(super) fn run(bytes: &[u8]) {
    let Some(text) = super::text(bytes) else { return };
    for form in [Form::Json, Form::Rust] {
        let before = documents(text, form);
        for canonical in [false, true] {
            let how = Format { canonical, ..Format::default() };
            let Some(once) = format(text, form, how) else { continue };
            for left in &once.left {
                assert!(text.get(left.at.start..left.at.end).is_some(), "{left:?} of {text:?}");
                super::assert_can_be_shown(&left.reason);
            }
            let again = format(&once.text, form, how).map(|again| again.text);
            assert_eq!(again.as_ref(), Some(&once.text), "{text:?}");
            assert_eq!(documents(&once.text, form), before, "{text:?}");
        }
    }
    // The texts that tokens are in are kept until they are let go.
    proc_macro2::extra::invalidate_current_thread_spans();
}

/// The documents of a text, elements and statements in one order.
fn documents(text: &str, form: Form) -> Vec<Option<String>> {
    let policies = Reader::new(form).read(text).policies.into_iter();
    let checked = policies.map(|policy| policy.check(None, &Checker::new()));
    let document = |document| {
        let normalised = ram_policy_model::Policy::from_document(document).normalised();
        document::write(&normalised.document(), Indent::Minified)
    };
    checked.map(|checked| checked.document.map(document)).collect()
}
