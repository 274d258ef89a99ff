//! What the checker says of an action that the catalogue does not have, by how much of its service
//! the catalogue has.

use ram_policy::{ImportError, Policy, Severity};

/// An action, and the rule, the level in words and a part of the message; no rule when it is fine.
const ACTIONS: [(&str, &str, &str); 27] = [
    // A complete list: what is not there is a mistake.
    ("ecs:DescribeNothingAtAll", "unfamiliar_action", "if it is real, mark it as `unlisted`"),
    ("vpc:Frobnicate", "unfamiliar_action", "unknown action `vpc:Frobnicate`"),
    ("ram:GetUsr", "unknown_action", "did you mean `ram:GetUser`"),
    ("privatelink:Frobnicate*", "empty_wildcard", "covers no action of PrivateLink"),
    ("apigateway:CreateApiGruop", "unknown_action", "did you mean `apigateway:CreateApiGroup`?"),
    // The right name under the wrong service, though several services have an operation like it.
    ("vpc:StopInstance", "unfamiliar_action", "unknown action `vpc:StopInstance`; if it is real"),
    // A list that is not complete: only a slip is a mistake.
    ("oss:GetObjct", "unknown_action", "did you mean `oss:GetObject`"),
    ("ots:SumRows", "unlisted_action", "does not have `ots:SumRows`"),
    ("cdn:RefreshObjectCachs", "unknown_action", "did you mean `cdn:RefreshObjectCaches`?"),
    ("oss:Descibe*", "empty_wildcard", "did you mean `oss:Describe*`?"),
    ("oss:PutBrandNewThing", "unlisted_action", "is not complete and does not have"),
    ("log:Renumber*", "unlisted_action", "Simple Log Service (SLS) is not complete"),
    // Another verb is another action, not a slip.
    ("mns:SetTopicAttributes", "", ""),
    ("ots:SetInstance", "unlisted_action", "does not have `ots:SetInstance`"),
    ("mns:GetQueueAttribute", "unfamiliar_action", "did you mean `mns:GetQueueAttributes`"),
    // Only the code is known.
    ("beian:*", "unlisted_service_action", "nothing is known of the actions of ICP Filing"),
    ("beian:GetSite", "unlisted_service_action", "`beian:GetSite` among them"),
    ("BEIAN:GetSite", "unlisted_service_action", "`BEIAN:GetSite` among them"),
    // No such code.
    ("osss:GetObject", "misspelt_service", "did you mean `oss`"),
    // Names that are an assumption, and names that official policies use.
    ("mse:QueryConfig", "", ""),
    ("dms:LoginDatabase", "", ""),
    ("yundun-waf:*", "", ""),
    ("elasticsearch:createInstance", "", ""),
    ("oss:GetBucketStat", "", ""),
    ("log:PostLogStoreLogs", "", ""),
    ("odps:*", "", ""),
    ("smartag:Describe*", "", ""),
];

#[test]
fn an_action_that_is_not_listed() {
    for (action, rule, message) in ACTIONS {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Deny","Action":"{action}","Resource":"*"}}]}}"#
        );
        let findings = match Policy::from_json_lenient(&text) {
            Ok(imported) => imported.findings,
            Err(error) => error.into_findings(),
        };
        // A note on width, case or what the denial does is another matter.
        let about: Vec<_> = findings
            .iter()
            .filter(|found| {
                found.severity() >= Severity::Warning || found.rule().starts_with("unlisted")
            })
            .collect();
        let rules: Vec<&str> = about.iter().map(|found| found.rule()).collect();
        let expected: Vec<&str> = Some(rule).filter(|rule| !rule.is_empty()).into_iter().collect();
        assert_eq!(rules, expected, "{action}");
        assert!(
            about.iter().all(|found| found.to_string().contains(message)),
            "{action}: {about:?}"
        );
    }
}

/// What the catalogue does not know is not refused.
#[test]
fn only_mistakes_are_refused() {
    for (action, rule, _) in ACTIONS {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Deny","Action":"{action}","Resource":"*"}}]}}"#
        );
        let refused: Result<Policy, ImportError> = Policy::from_json(&text);
        let is_mistake = !rule.is_empty() && !rule.starts_with("unlisted");
        assert_eq!(refused.is_err(), is_mistake, "{action}");
    }
}

/// An ARN is never judged by an action of which only the name of an operation is known.
#[test]
fn an_assumed_action_takes_any_resource() {
    for resource in ["acs:mse:*:*:domain/a", "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"] {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"mse:QueryConfig","Resource":"{resource}"}}]}}"#
        );
        assert!(Policy::from_json(&text).is_ok(), "{resource}");
    }
}
