//! Each change, by what the checker says without and with it, and by what is decided.

use ram_policy::{
    Additions, Checker, Decision, Policy, PolicyBuilder, Request, RequestAction, RequestError,
    TrustPolicy,
};

use super::{Asked, INSTANCE, asked, asked_when, findings, one};

const NEW: &str = r#"{"change": "add", "reason": "announced"}"#;
const NEW_ON_GIZMOS: &str =
    r#"{"change": "add", "resources": ["acs:ecs:{#r}:{#a}:gizmo/{#g}"], "reason": "announced"}"#;
const RETIRED: &str = r#"{"change": "retire", "reason": "switched off"}"#;

/// What is said without and with the entry.
type Effect =
    (&'static str, [&'static str; 3], Asked, &'static [&'static str], &'static [&'static str]);

const EFFECTS: &[Effect] = &[
    (
        "an added action is known",
        ["actions", "ecs:LevitateInstance", NEW],
        asked("ecs:LevitateInstance", "*"),
        &[
            "unfamiliar_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "in any case",
        ["actions", "ecs:LevitateInstance", NEW],
        asked("ecs:levitateinstance", "*"),
        &[
            "unfamiliar_action: unknown action `ecs:levitateinstance`; if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "an added action of which nothing is known takes any resource",
        ["actions", "ecs:LevitateInstance", NEW],
        asked("ecs:LevitateInstance", "acs:ecs:*:*:anything/*"),
        &[
            "unfamiliar_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "an added action takes its resources",
        ["actions", "ecs:LevitateInstance", NEW_ON_GIZMOS],
        asked("ecs:LevitateInstance", "acs:ecs:*:*:gizmo/*"),
        &[
            "unfamiliar_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "and no others",
        ["actions", "ecs:LevitateInstance", NEW_ON_GIZMOS],
        asked("ecs:LevitateInstance", "acs:ecs:*:*:instance/*"),
        &[
            "unfamiliar_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[
            "useless_resource: no action of the statement can be used with `acs:ecs:*:*:instance/*`, it takes `acs:ecs:{#r}:{#a}:gizmo/{#g}`",
        ],
    ),
    (
        "an added action may have no resource level",
        [
            "actions",
            "ecs:LevitateInstance",
            r#"{"change": "add", "resources": "*", "reason": "r"}"#,
        ],
        asked("ecs:LevitateInstance", "acs:ecs:*:*:instance/*"),
        &[
            "unfamiliar_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[
            "no_resource_level: `ecs:LevitateInstance` cannot be limited to a resource, give it a statement of its own on `*`",
        ],
    ),
    (
        "a name near an added one gets it suggested",
        ["actions", "ecs:LevitateInstance", NEW],
        asked("ecs:LevitateInstence", "*"),
        &[
            "unfamiliar_action: unknown action `ecs:LevitateInstence`; if it is real, mark it as `unlisted`",
        ],
        &[
            "unknown_action: unknown action `ecs:LevitateInstence`, did you mean `ecs:LevitateInstance`?",
        ],
    ),
    (
        "the name under another service too",
        ["actions", "ecs:LevitateInstance", NEW],
        asked("vpc:LevitateInstance", "*"),
        &[
            "unfamiliar_action: unknown action `vpc:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[
            "unfamiliar_action: unknown action `vpc:LevitateInstance`, did you mean `ecs:LevitateInstance`?",
        ],
    ),
    (
        "a pattern that covers an added action alone is not empty",
        ["actions", "ecs:LevitateInstance", NEW],
        asked("ecs:Levitate*", "*"),
        &[
            "empty_wildcard: `ecs:Levitate*` covers no action of Elastic Compute Service (ECS); if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "a pattern has the resources of the added actions it covers",
        ["actions", "ecs:LevitateInstance", NEW_ON_GIZMOS],
        asked("ecs:Levitate*", "acs:ecs:*:*:disk/*"),
        &[
            "empty_wildcard: `ecs:Levitate*` covers no action of Elastic Compute Service (ECS); if it is real, mark it as `unlisted`",
        ],
        &["useless_resource: no action of the statement can be used with `acs:ecs:*:*:disk/*`"],
    ),
    (
        "a service appears by its actions",
        [
            "actions",
            "zeppelin:Ascend",
            r#"{"change": "add", "resources": ["acs:zeppelin:*:*:airship/{#id}"], "reason": "new"}"#,
        ],
        asked("zeppelin:Ascend", "acs:zeppelin:*:*:airship/lz129"),
        &[
            "unknown_service: the catalogue has no service `zeppelin`; if it is real, mark the action as `unlisted`",
        ],
        &[],
    ),
    (
        "and its other actions are unknown",
        ["actions", "zeppelin:Ascend", NEW],
        asked("zeppelin:Ascent", "*"),
        &[
            "unknown_service: the catalogue has no service `zeppelin`; if it is real, mark the action as `unlisted`",
        ],
        &["unknown_action: unknown action `zeppelin:Ascent`, did you mean `zeppelin:Ascend`?"],
    ),
    (
        "and its code is suggested",
        ["actions", "zeppelin:Ascend", NEW],
        asked("zepelin:Ascend", "*"),
        &[
            "unknown_service: the catalogue has no service `zepelin`; if it is real, mark the action as `unlisted`",
        ],
        &["misspelt_service: the catalogue has no service `zepelin`, did you mean `zeppelin`?"],
    ),
    (
        "a corrected action takes other resources",
        [
            "actions",
            "ecs:StopInstance",
            r#"{"change": "correct", "resources": ["acs:ecs:*:*:vm/{#id}"], "reason": "seen"}"#,
        ],
        asked("ecs:StopInstance", "acs:ecs:*:*:instance/*"),
        &[],
        &[
            "useless_resource: no action of the statement can be used with `acs:ecs:*:*:instance/*`, it takes `acs:ecs:*:*:vm/{#id}`",
        ],
    ),
    (
        "all of them",
        [
            "actions",
            "ecs:StopInstance",
            r#"{"change": "correct", "resources": "*", "reason": "seen"}"#,
        ],
        asked("ecs:StopInstance", "acs:ecs:*:*:instance/*"),
        &[],
        &[
            "no_resource_level: `ecs:StopInstance` cannot be limited to a resource, give it a statement of its own on `*`",
        ],
    ),
    (
        "or nobody knows which",
        [
            "actions",
            "ecs:StopInstance",
            r#"{"change": "correct", "resources": null, "reason": "seen"}"#,
        ],
        asked("ecs:StopInstance", "acs:ecs:*:*:disk/*"),
        &[
            "useless_resource: no action of the statement can be used with `acs:ecs:*:*:disk/*`, it takes `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}`",
        ],
        &[],
    ),
    (
        "a corrected action is so under a pattern too",
        [
            "actions",
            "ecs:AcceptInquiredSystemEvent",
            r#"{"change": "correct", "resources": ["acs:ecs:*:*:event/{#id}"], "reason": "seen"}"#,
        ],
        asked("ecs:AcceptInq*", "acs:ecs:*:*:disk/*"),
        &[],
        &["useless_resource: no action of the statement can be used with `acs:ecs:*:*:disk/*`"],
    ),
    (
        "a corrected action fills other keys",
        [
            "actions",
            "ecs:StopInstance",
            r#"{"change": "correct", "keys": ["ecs:CommandRunAs"], "reason": "seen"}"#,
        ],
        asked_when("ecs:StopInstance", ["StringEquals", "ecs:CommandRunAs", "root"]),
        &[
            "unfilled_key: no action of the statement fills `ecs:CommandRunAs`, only `ecs:InvokeCommand` and `ecs:RunCommand` do",
        ],
        &[],
    ),
    (
        "a corrected access level counts where levels do",
        [
            "actions",
            "ecs:StopInstance",
            r#"{"change": "correct", "access": "list", "reason": "to see it"}"#,
        ],
        asked_when("ecs:StopInstance", ["StringEquals", "acs:ResourceTag/owner", "a"]),
        &[],
        &[
            "tag_on_list: `ecs:StopInstance` is a request that lists, where `acs:ResourceTag/owner` is not filled, so the statement does not cover it",
        ],
    ),
    (
        "a retired action is unknown, with the reason",
        ["actions", "ecs:StopInstance", RETIRED],
        asked("ecs:StopInstance", "*"),
        &[],
        &[
            "unknown_action: unknown action `ecs:StopInstance`, local additions retire it: switched off",
        ],
    ),
    (
        "in any case too",
        ["actions", "ecs:StopInstance", RETIRED],
        asked("ECS:stopinstance", "*"),
        &[],
        &[
            "unknown_action: unknown action `ECS:stopinstance`, local additions retire it: switched off",
        ],
    ),
    (
        "a pattern that covers nothing but a retired action is empty",
        ["actions", "ecs:AcceptInquiredSystemEvent", RETIRED],
        asked("ecs:AcceptInq*", "*"),
        &[],
        &[
            "empty_wildcard: `ecs:AcceptInq*` covers no action of Elastic Compute Service (ECS); if it is real, mark it as `unlisted`",
        ],
    ),
    (
        "a retired action is not suggested",
        ["actions", "ecs:DescribeRegions", RETIRED],
        asked("ecs:DescribeRegion", "*"),
        &[
            "unknown_action: unknown action `ecs:DescribeRegion`, did you mean `ecs:DescribeRegions`?",
        ],
        &[
            "unfamiliar_action: unknown action `ecs:DescribeRegion`; if it is real, mark it as `unlisted`",
        ],
    ),
    (
        "an added resource is taken",
        [
            "resources",
            "acs:ecs:{#r}:{#a}:gizmo/{#g}",
            r#"{"change": "add", "actions": ["ecs:StopInstance"], "reason": "seen"}"#,
        ],
        asked("ecs:StopInstance", "acs:ecs:*:*:gizmo/g-1"),
        &[
            "useless_resource: no action of the statement can be used with `acs:ecs:*:*:gizmo/g-1`, it takes `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}`",
        ],
        &[],
    ),
    (
        "beside those there are",
        [
            "resources",
            "acs:ecs:{#r}:{#a}:gizmo/{#g}",
            r#"{"change": "add", "actions": ["ecs:StopInstance"], "reason": "seen"}"#,
        ],
        asked("ecs:StopInstance", "acs:ecs:*:*:instance/i-1"),
        &[],
        &[],
    ),
    (
        "by an action that had none",
        [
            "resources",
            "acs:ecs:{#r}:{#a}:gizmo/{#g}",
            r#"{"change": "add", "actions": ["ecs:AcceptInquiredSystemEvent"], "reason": "seen"}"#,
        ],
        asked("ecs:AcceptInquiredSystemEvent", "acs:ecs:*:*:gizmo/g-1"),
        &[
            "no_resource_level: `ecs:AcceptInquiredSystemEvent` cannot be limited to a resource, give it a statement of its own on `*`",
        ],
        &[],
    ),
    (
        "a corrected resource is another for all that take it",
        [
            "resources",
            INSTANCE,
            r#"{"change": "correct", "template": "acs:ecs:{#r}:{#a}:vm/{#id}", "reason": "seen"}"#,
        ],
        asked("ecs:StartInstance", "acs:ecs:*:*:vm/vm-1"),
        &[
            "useless_resource: no action of the statement can be used with `acs:ecs:*:*:vm/vm-1`, it takes `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}`",
        ],
        &[],
    ),
    (
        "and no longer the old one",
        [
            "resources",
            INSTANCE,
            r#"{"change": "correct", "template": "acs:ecs:{#r}:{#a}:vm/{#id}", "reason": "seen"}"#,
        ],
        asked("ecs:StopInstance", "acs:ecs:*:*:instance/i-1"),
        &[],
        &[
            "useless_resource: no action of the statement can be used with `acs:ecs:*:*:instance/i-1`, it takes `acs:ecs:{#r}:{#a}:vm/{#id}`",
        ],
    ),
    (
        "without its last resource an action takes what nobody knows",
        ["resources", INSTANCE, RETIRED],
        asked("ecs:StopInstance", "acs:ecs:*:*:disk/d-1"),
        &[
            "useless_resource: no action of the statement can be used with `acs:ecs:*:*:disk/d-1`, it takes `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}`",
        ],
        &[],
    ),
    (
        "an added key is known",
        ["keys", "acs:SourceHost", r#"{"change": "add", "type": "String", "reason": "announced"}"#],
        asked_when("ecs:StopInstance", ["StringEquals", "acs:SourceHost", "a"]),
        &[
            "unknown_key: the catalogue has no condition key `acs:SourceHost`, did you mean `acs:SourceIp`?",
        ],
        &[],
    ),
    (
        "by its type",
        ["keys", "acs:SourceHost", r#"{"change": "add", "type": "Ip", "reason": "announced"}"#],
        asked_when("ecs:StopInstance", ["StringEquals", "acs:SourceHost", "a"]),
        &[
            "unknown_key: the catalogue has no condition key `acs:SourceHost`, did you mean `acs:SourceIp`?",
        ],
        &[
            "operator_type: `StringEquals` does not compare `acs:SourceHost`, which is an IP address; use `IpAddress` or `NotIpAddress`",
        ],
    ),
    (
        "a name near an added key is a slip",
        [
            "keys",
            "ecs:GizmoColour",
            r#"{"change": "add", "type": "String", "reason": "announced"}"#,
        ],
        asked_when("ecs:StopInstance", ["StringEquals", "ecs:GizmoColor", "red"]),
        &[],
        &[
            "misspelt_key: there is no condition key `ecs:GizmoColor`, did you mean `ecs:GizmoColour`?",
        ],
    ),
    (
        "an added key with a free part",
        ["keys", "acs:HostTag/", r#"{"change": "add", "type": "String", "reason": "announced"}"#],
        asked_when("ecs:StopInstance", ["StringEquals", "acs:HostTag/owner", "a"]),
        &["unknown_key: the catalogue has no condition key `acs:HostTag/owner`"],
        &[],
    ),
    (
        "a corrected key has another type",
        ["keys", "acs:SourceIp", r#"{"change": "correct", "type": "String", "reason": "seen"}"#],
        asked_when("ecs:StopInstance", ["StringEquals", "acs:SourceIp", "203.0.113.1"]),
        &[
            "operator_type: `StringEquals` does not compare `acs:SourceIp`, which is an IP address; use `IpAddress` or `NotIpAddress`",
        ],
        &[],
    ),
    (
        "a corrected key is filled as before",
        [
            "keys",
            "ecs:CommandRunAs",
            r#"{"change": "correct", "type": "Unknown", "reason": "seen"}"#,
        ],
        asked_when("ecs:StopInstance", ["StringEquals", "ecs:CommandRunAs", "root"]),
        &[
            "unfilled_key: no action of the statement fills `ecs:CommandRunAs`, only `ecs:InvokeCommand` and `ecs:RunCommand` do",
        ],
        &[
            "unfilled_key: no action of the statement fills `ecs:CommandRunAs`, only `ecs:InvokeCommand` and `ecs:RunCommand` do",
        ],
    ),
    (
        "a retired key is unknown, with the reason",
        ["keys", "acs:SourceIp", RETIRED],
        asked_when("ecs:StopInstance", ["IpAddress", "acs:SourceIp", "203.0.113.1"]),
        &[],
        &[
            "unknown_key: there is no condition key `acs:SourceIp`, local additions retire it: switched off",
        ],
    ),
    (
        "so is a retired key of a service",
        ["keys", "ecs:tag/", RETIRED],
        asked_when("ecs:StopInstance", ["StringEquals", "ecs:tag/owner", "a"]),
        &[],
        &[
            "unknown_key: there is no condition key `ecs:tag/owner`, local additions retire it: switched off",
        ],
    ),
];

#[test]
fn each_change_changes_what_the_checker_says() {
    let mut wrong = Vec::new();
    for (what, [section, name, entry], asked, before, after) in EFFECTS {
        let additions = Additions::from_json(one(section, name, entry))
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        for (when, checker, expected) in [
            ("without", Checker::new(), before),
            ("with", Checker::new().with_additions(additions), after),
        ] {
            let found = findings(asked, &checker);
            if found != *expected {
                wrong.push(format!("{what}, {when}: {found:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn who_vouches_for_a_retired_action_is_believed() {
    let additions = Additions::from_json(one("actions", "ecs:StopInstance", RETIRED)).unwrap();
    let checker = Checker::new().with_additions(additions).unlisted("ecs:StopInstance");
    assert_eq!(findings(&asked("ecs:StopInstance", "*"), &checker), [""; 0]);
}

#[test]
fn every_way_in_reads_the_additions() {
    let text = r#"{
  "actions": { "ecs:LevitateInstance": { "change": "add", "reason": "announced" } },
  "keys": { "acs:SourceHost": { "change": "add", "type": "String", "reason": "announced" } }
}"#;
    let checker = Checker::new().with_additions(Additions::from_json(text).unwrap());
    let built = PolicyBuilder::new()
        .checker(checker.clone())
        .statement(ram_policy::StatementBuilder::allow(["ecs:LevitateInstance"]).on(["*"]))
        .build();
    assert!(built.is_ok(), "{built:?}");
    let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
        "Principal":{"Service":["ecs.aliyuncs.com"]},
        "Condition":{"StringEquals":{"acs:SourceHost":"a"}}}]}"#;
    assert!(TrustPolicy::from_json(trust).is_err());
    assert!(TrustPolicy::from_json_with(trust, &checker).is_ok());
}

#[test]
fn an_added_action_is_decided_by_its_name() {
    let text = one("actions", "ecs:LevitateInstance", NEW);
    let additions = Additions::from_json(text).unwrap();
    let checker = Checker::new().with_additions(additions.clone());
    let policy = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:LevitateInstance",
        "Resource":"acs:ecs:*:*:instance/*"}]}"#;
    let policy = Policy::from_json_with(policy, &checker).unwrap().policy;
    let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    let action = RequestAction::with_additions("ecs:levitateInstance", &additions).unwrap();
    let request = Request::new(action, instance).unwrap();
    assert_eq!(policy.evaluate(&request), Decision::Allow { statement: 0 });
    for (name, expected) in [
        ("ecs:LevitateInstances", RequestError::UnknownAction),
        ("LevitateInstance", RequestError::MalformedAction),
    ] {
        assert_eq!(RequestAction::with_additions(name, &additions).err(), Some(expected), "{name}");
    }
    assert_eq!(Request::new("ecs:LevitateInstance", "*").err(), Some(RequestError::UnknownAction));
    let retired = Additions::from_json(one("actions", "ecs:StopInstance", RETIRED)).unwrap();
    let stop = RequestAction::with_additions("ecs:StopInstance", &retired);
    assert_eq!(stop.err(), Some(RequestError::UnknownAction));
}
