//! `ram-catalogue.json`.

use ram_policy::{Additions, Checker, Policy, Request};

const DOCUMENT: &str = r#"{"Version":"1","Statement":[
    {"Effect":"Allow","Action":["ecs:StopInstance","ecs:BrandNew*"],"Resource":"acs:ecs:*:*:instance/*"},
    {"Effect":"Deny","Action":"oss:*","Resource":"*","Condition":{"StringLike":{"acs:SourceHost":"a*"}}}]}"#;

/// Additions change what is found in a policy, never the policy or what it decides.
pub(super) fn run(bytes: &[u8]) {
    let additions = match Additions::from_json(bytes) {
        Ok(additions) => additions,
        Err(error) => {
            assert!(!error.mistakes().is_empty());
            for line in error.to_string().lines().take(20) {
                super::assert_can_be_shown(line);
            }
            return;
        }
    };
    for entry in additions.report() {
        super::assert_can_be_shown(&entry.to_string());
    }
    let without = Policy::from_json_lenient(DOCUMENT).unwrap().policy;
    let checker = Checker::new().with_additions(additions);
    if let Ok(with) = Policy::from_json_with(DOCUMENT, &checker) {
        assert_eq!(with.policy, without);
        let request = Request::new("ecs:StopInstance", "*").unwrap();
        assert_eq!(with.policy.evaluate(&request), without.evaluate(&request));
    }
}
