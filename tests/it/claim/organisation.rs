//! The rules of an organisation: which policies break them, where, and what is wrong with a file of them.

#![allow(clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::claim::organisation::{OrganisationRules, Written};
use ram_policy_model::policy::reader::{Acceptance, Extent, Reader};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::from_json;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json;

const RULES: &str = r#"{
  "roles-for-one-service": {
    "reason": "a role is for one service",
    "never": { "Action": "ram:PassRole", "Condition": { "StringNotLike": { "acs:Service": "*" } } }
  },
  "nobody-does-everything": { "reason": "least privilege", "finding": "star_on_star" },
  "keys-stay": {
    "reason": "a key that is gone takes its data along",
    "never": [{ "Action": "kms:ScheduleKeyDeletion" }, { "Action": ["kms:DisableKey"], "Resource": "acs:kms:*:*:key/main-*" }],
    "except": { "src/administrators.rs": "they rotate keys" }
  },
  "from-our-network": {
    "reason": "buckets are read from the office",
    "within": {
      "Version": "1",
      "Statement": [
        { "Effect": "Allow", "Action": "*", "Resource": "*" },
        { "Effect": "Deny", "Action": "oss:GetObject", "Resource": "*", "Condition": { "NotIpAddress": { "acs:SourceIp": "203.0.113.0/24" } } }
      ]
    }
  },
  "no-new-permissions": { "reason": "nobody raises himself", "within": "no_privilege_escalation" },
  "in-one-region": { "reason": "data stay there", "within": ["one_region", "cn-hangzhou"], "except": { "global": "it is for all regions" } }
}"#;

/// The guardrails that a policy in a file breaks, each with the part of the text that is marked.
fn broken<'t>(file: &str, text: &'t str) -> Vec<(String, &'t str)> {
    let additions = Additions::new();
    let rules = OrganisationRules::from_json(RULES, &additions).expect("good rules");
    let mut levels = Levels::new();
    // What an author sets has no say.
    levels.set("star_on_star", ram_policy::Level::Allow).expect("a rule");
    let reader = Reader::new(PolicyKind::Identity, &levels, &additions)
        .taking(Extent::Part)
        .accepting(Acceptance::Lenient);
    let value = json::read(text).expect("JSON");
    let policy = from_json::read(value, &mut Report::default());
    let lowered = reader.tree(&policy, Report::default()).lowered.expect("a policy");
    let document = Some(&lowered.document);
    let written = Written { file, policy: &policy, document, bounds: None, reader };
    let found = rules.check(&written);
    assert!(found.iter().all(|found| found.rule == Rule::Guardrail));
    let name = |message: &str| message.split('`').nth(1).unwrap_or_default().to_owned();
    found
        .iter()
        .map(|found| (name(&found.message), text.get(found.at.start..found.at.end).unwrap_or("")))
        .collect()
}

/// `name: file, document => [guardrail: marked];`
macro_rules! policies {
    ($($name:ident: $file:literal, $text:literal => [$($rule:literal: $marked:literal),*];)*) => {
        $(#[test]
        fn $name() {
            let expected: &[(String, &str)] = &[$(($rule.into(), $marked)),*];
            assert_eq!(broken($file, $text), expected);
        })*
    };
}

policies! {
    role_for_any_service: "src/global",
        r#"{"Effect":"Allow","Action":["ecs:StopInstance","ram:PassRole"],"Resource":"acs:ram:*:*:role/web"}"#
        => ["roles-for-one-service": "\"ram:PassRole\""];
    role_for_one_service: "src/global/a.rs",
        r#"{"Effect":"Allow","Action":"ram:PassRole","Resource":"acs:ram:*:*:role/web","Condition":{"StringEquals":{"acs:Service":"fc.aliyuncs.com"}}}"#
        => ["in-one-region": "\"ram:PassRole\""];
    a_denial_allows_nothing: "a.rs",
        r#"{"Effect":"Deny","Action":"*","Resource":"*"}"# => [];
    a_denial_beside_it: "global",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"},{"Effect":"Deny","Action":["kms:Schedule*","kms:Disable*"],"Resource":"*"}]}"#
        => [];
    the_second_statement: "global",
        r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"kms:Schedule*","Resource":"acs:kms:*:*:key/a"},{"Effect":"Allow","Action":["ecs:*","kms:S*"],"Resource":"*"}]}"#
        => ["keys-stay": "\"kms:S*\""];
    a_key_by_its_name: "global",
        r#"{"Effect":"Allow","Action":"kms:DisableKey","Resource":"acs:kms:*:*:key/main-1"}"#
        => ["keys-stay": "\"kms:DisableKey\""];
    another_key: "global",
        r#"{"Effect":"Allow","Action":"kms:DisableKey","Resource":"acs:kms:*:*:key/other"}"# => [];
    except_in_a_file: "/home/me/crate/src/administrators.rs",
        r#"{"Effect":"Allow","Action":"kms:DisableKey","Resource":"acs:kms:cn-hangzhou:*:key/main-1"}"# => [];
    except_in_no_other_file: "src/more_administrators.rs",
        r#"{"Effect":"Allow","Action":"kms:DisableKey","Resource":"acs:kms:cn-hangzhou:*:key/main-1"}"#
        => ["keys-stay": "\"kms:DisableKey\""];
    from_anywhere: "global",
        r#"{"Effect":"Allow","NotAction":["kms:*","ram:*","ims:*","sts:*","resourcemanager:*","resourcedirectory:*"],"Resource":"*"}"#
        => ["from-our-network": "[\"kms:*\",\"ram:*\",\"ims:*\",\"sts:*\",\"resourcemanager:*\",\"resourcedirectory:*\"]"];
    from_the_office: "global",
        r#"{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":"203.0.113.7"}}}"#
        => [];
    more_permissions: "global",
        r#"{"Effect":"Allow","Action":"ram:AttachPolicyToUser","Resource":"*"}"#
        => ["no-new-permissions": "\"ram:AttachPolicyToUser\""];
    in_another_region: "a.rs",
        r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":["acs:ecs:cn-hangzhou:*:instance/*","acs:ecs:cn-beijing:*:instance/*"]}"#
        => ["in-one-region": "\"ecs:StopInstance\""];
}

#[test]
fn what_the_author_allows_is_a_finding_all_the_same() {
    let text = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    let names: Vec<String> = broken("global", text).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "roles-for-one-service",
        "nobody-does-everything",
        "keys-stay",
        "from-our-network",
        "no-new-permissions",
    ];
    assert_eq!(names, expected);
}

/// A broken rule names a request that the policy allows, and the reason.
#[test]
fn the_counterexample_and_the_reason_are_shown() {
    let additions = Additions::new();
    let rules = OrganisationRules::from_json(RULES, &additions).expect("good rules");
    let levels = Levels::new();
    let reader = Reader::new(PolicyKind::Identity, &levels, &additions).taking(Extent::Part);
    let text =
        r#"{"Effect":"Allow","Action":"kms:DisableKey","Resource":"acs:kms:*:*:key/main-1"}"#;
    let policy = from_json::read(json::read(text).expect("JSON"), &mut Report::default());
    let lowered = reader.tree(&policy, Report::default()).lowered.expect("a policy");
    let document = Some(&lowered.document);
    let written = Written { file: "global", policy: &policy, document, bounds: None, reader };
    let found = rules.check(&written);
    let message = &found.first().expect("one").message;
    let (sentence, request) = message.split_once("\n  ").expect("two lines");
    assert_eq!(
        sentence,
        "the guardrail `keys-stay` does not allow this: a key that is gone takes its data along"
    );
    assert!(request.starts_with(r#"{"action":"kms:DisableKey","resource":"acs:kms:"#), "{request}");
}

/// Each mistake of a file with its line and column.
#[test]
fn every_mistake_of_a_file_is_reported() {
    for (text, expected) in [
        ("[]", "1:1: the file is an object with rules, not a list"),
        ("{", "1:2: "),
        (r#"{"a": 1}"#, "1:7: a rule is an object, not a number"),
        (
            r#"{"a": {"reason": "b"}}"#,
            "1:2: the rule `a` has exactly one of `never`, `within` and `finding`",
        ),
        (r#"{"a": {"finding": "sid"}}"#, "1:2: the rule `a` has no `reason`"),
        (
            r#"{"a": {"reason": " ", "finding": "sid"}}"#,
            "1:18: a reason is a sentence in double quotes",
        ),
        (
            r#"{"a": {"reason": "b", "finding": "sidd"}}"#,
            "1:34: there is no rule `sidd`, did you mean `sid`?",
        ),
        (
            r#"{"a": {"reason": "b", "finding": 1}}"#,
            "1:34: `finding` is the name of a rule in double quotes",
        ),
        (
            r#"{"a": {"reason": "b", "nevr": {}, "finding": "sid"}}"#,
            "1:23: a rule has no `nevr`, did you mean `never`?",
        ),
        (
            r#"{"a": {"reason": "b", "reason": "c", "finding": "sid"}}"#,
            "1:23: `reason` appears twice",
        ),
        (
            r#"{"a": {"reason": "b", "finding": "sid"}, "a": {"reason": "b", "finding": "sid"}}"#,
            "1:42: the rule `a` appears twice",
        ),
        (
            r#"{"a": {"reason": "b", "never": {"Effect": "Deny", "Action": "*"}}}"#,
            "1:33: `never` has no effect, it only names requests",
        ),
        (
            r#"{"a": {"reason": "b", "never": []}}"#,
            "1:32: `never` is a statement or a list of them",
        ),
        (
            r#"{"a": {"reason": "b", "never": {"Action": "ecs:StopInstanc"}}}"#,
            "1:43: unknown action `ecs:StopInstanc`, did you mean `ecs:StopInstance` or `ecs:StopInstances`?",
        ),
        (
            r#"{"a": {"reason": "b", "within": "readonly"}}"#,
            "1:33: there is no guardrail `readonly`, did you mean `read_only`?",
        ),
        (
            r#"{"a": {"reason": "b", "within": []}}"#,
            "1:33: `within` is a policy, or the name of a guardrail in a list with its arguments",
        ),
        (
            r#"{"a": {"reason": "b", "finding": "sid", "except": {"../a": "c"}}}"#,
            "1:52: `../a` is no path as `src/administrators.rs`",
        ),
        (
            r#"{"a": {"reason": "b", "finding": "sid", "except": {"a.rs": ""}}}"#,
            "1:60: an exception has a reason in double quotes",
        ),
        (
            r#"{"a": {"reason": "b", "finding": "sid", "except": ["a.rs"]}}"#,
            "1:51: `except` is an object of files and reasons",
        ),
    ] {
        let found = OrganisationRules::from_json(text, &Additions::new());
        let Err(error) = found else { panic!("no mistake in {text}") };
        assert!(error.to_string().starts_with(expected), "{text}: {error}");
    }
    let none = OrganisationRules::from_json("{}", &Additions::new()).expect("no rules");
    assert_eq!(none.names().count(), 0);
}
