//! Documents as each kind of policy.

use ram_policy::{ControlPolicy, Finding, Policy, SessionPolicy, TrustPolicy};

/// What is read strictly is read leniently, what is read is written and read again, and whatever is
/// found is found in the text.
macro_rules! as_kind {
    ($type:ident$(.$policy:ident())?, $bytes:expr) => {{
        let bytes = $bytes;
        let strict = $type::from_json(bytes);
        match $type::from_json_lenient(bytes) {
            Ok(imported) => {
                findings_are_good(&imported.findings, bytes);
                let policy = imported.policy$(.$policy())?.clone();
                for text in [policy.to_json(), policy.to_json_pretty()] {
                    let is_json = serde_json::from_str::<serde_json::Value>(&text).is_ok();
                    assert!(is_json, "{text}");
                    let again = $type::from_json_lenient(&text).map(|again| again.policy);
                    assert_eq!(again.as_ref(), Ok(&imported.policy), "{text}");
                }
                if let Ok(strict) = strict {
                    assert_eq!(strict, imported.policy);
                }
            }
            Err(error) => {
                assert!(!error.findings().is_empty());
                findings_are_good(error.findings(), bytes);
                assert!(strict.is_err(), "refused leniently alone: {error}");
            }
        }
    }};
}

pub(super) fn run(bytes: &[u8]) {
    as_kind!(Policy, bytes);
    as_kind!(SessionPolicy.policy(), bytes);
    as_kind!(ControlPolicy.policy(), bytes);
    as_kind!(TrustPolicy, bytes);
}

/// Each stands at a line and a column that the text has, and can be shown on a line.
fn findings_are_good(findings: &[Finding], bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<usize> = text.split('\n').map(|line| line.chars().count()).collect();
    for finding in findings.iter().take(20) {
        let length = finding.line().checked_sub(1).and_then(|line| lines.get(line));
        let is_inside = length.is_some_and(|length| (1..=length + 1).contains(&finding.column()));
        assert!(is_inside, "{finding} in {text:?}");
        super::assert_can_be_shown(&finding.to_string());
    }
}
