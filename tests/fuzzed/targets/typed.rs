//! The forms of `policy!` and `trust_policy!`, from tokens.

use proc_macro2::TokenStream;
use ram_policy::{Levels, Policy, TrustPolicy};
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::document::{self, Indent};
use ram_policy_model::policy::reader::{Extent, Read, Reader};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_read::{input, policy};

/// What compiles is a policy that the library reads from its JSON, and the same.
pub(super) fn run(bytes: &[u8]) {
    read(bytes);
    // The texts that tokens stand in are kept until they are let go.
    proc_macro2::extra::invalidate_current_thread_spans();
}

fn read(bytes: &[u8]) {
    let Some(text) = super::text(bytes) else { return };
    let Ok(stream) = format!("ram_policy {text}").parse::<TokenStream>() else { return };
    for kind in [PolicyKind::Identity, PolicyKind::Trust] {
        let Some((_, mut tokens)) = input::split(stream.clone()) else { return };
        let mut report = Report::default();
        let header = input::header(&mut tokens, &mut report);
        let Some(policy::Read { policy, includes, .. }) =
            policy::read(&mut tokens, &header, &mut report)
        else {
            assert!(!report.is_empty(), "no policy and no reason");
            continue;
        };
        let (levels, additions) = (Levels::new(), Additions::new());
        let reader = Reader::new(kind, &levels, &additions).taking(Extent::Part);
        let Read { lowered, findings } = reader.tree(&policy, report);
        let Some(lowered) = lowered else {
            assert!(!findings.is_empty());
            for diagnostic in findings.iter().take(20) {
                super::assert_can_be_shown(&diagnostic.message);
            }
            continue;
        };
        // A template is no policy yet, nor are statements beside what is included.
        if header.is_template || !includes.is_empty() {
            continue;
        }
        let document = lowered.document;
        let written = document::write(&document, Indent::Minified);
        if kind.asks_who() {
            assert!(TrustPolicy::from_json_lenient(&written).is_ok(), "{written}");
            continue;
        }
        match Policy::from_json_lenient(&written) {
            Ok(again) => assert_eq!(again.policy, Policy::from_document(document)),
            // `statements only` prints a part of a document.
            Err(error) => assert!(!written.starts_with("{\"Version\""), "{error}: {written}"),
        }
    }
}
