//! Local additions to the catalogue: each mistake of the file, each change by what the checker
//! then says, and the report.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a file that is refused or a policy that is not read fails the test"
)]

mod effects;
mod mistakes;
mod report;

use ram_policy::{Checker, Policy};

const INSTANCE: &str = "acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}";

/// A file of one section with one entry, both as they stand in JSON.
fn one(section: &str, name: &str, entry: &str) -> String {
    format!("{{\n  \"{section}\": {{\n    \"{name}\": {entry}\n  }}\n}}")
}

/// What a policy of one statement is.
struct Asked {
    action: &'static str,
    resource: &'static str,
    /// Operator, key, value.
    condition: Option<[&'static str; 3]>,
}

const fn asked(action: &'static str, resource: &'static str) -> Asked {
    Asked { action, resource, condition: None }
}

const fn asked_when(action: &'static str, condition: [&'static str; 3]) -> Asked {
    Asked { action, resource: "acs:ecs:*:*:instance/*", condition: Some(condition) }
}

/// Rule and message of all errors and warnings, by a checker with these additions.
fn findings(asked: &Asked, checker: &Checker) -> Vec<String> {
    let condition = match asked.condition {
        Some([operator, key, value]) => {
            format!(r#","Condition":{{"{operator}":{{"{key}":"{value}"}}}}"#)
        }
        None => String::new(),
    };
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{}","Resource":"{}"{condition}}}]}}"#,
        asked.action, asked.resource
    );
    let imported = Policy::from_json_lenient_with(&text, checker).unwrap();
    assert_eq!(imported.policy.to_json(), text, "additions change no document");
    imported
        .findings
        .iter()
        .filter(|finding| finding.level() >= ram_policy::Level::Warning)
        .map(|finding| format!("{}: {}", finding.rule(), finding.message()))
        .collect()
}
