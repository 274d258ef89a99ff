//! What each entry overrides, and which the catalogue has caught up with.

use ram_policy::additions::{Change, Subject};
use ram_policy::{Additions, Checker};

use super::{INSTANCE, asked, findings, one};

#[test]
fn the_report_says_what_each_entry_overrides_and_what_has_caught_up() {
    for (what, section, name, entry, expected) in [
        (
            "new action",
            "actions",
            "ecs:LevitateInstance",
            r#"{"change": "add", "reason": "r"}"#,
            "add action ecs:LevitateInstance: the catalogue does not have it (r)",
        ),
        (
            "action that is there by now",
            "actions",
            "ecs:StopInstance",
            r#"{"change": "add", "access": "update", "reason": "r"}"#,
            "add action ecs:StopInstance: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "action that is there by now and other",
            "actions",
            "ecs:StopInstance",
            r#"{"change": "add", "access": "write", "keys": ["ecs:tag/"], "reason": "r"}"#,
            "add action ecs:StopInstance: the catalogue has it by now, with other facts: access update -> write; keys none -> ecs:tag/ (r)",
        ),
        (
            "corrected action",
            "actions",
            "ecs:StopInstance",
            r#"{"change": "correct", "access": null, "resources": "*", "reason": "r"}"#,
            "correct action ecs:StopInstance: access update -> not known; resources acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId} -> All Resources (r)",
        ),
        (
            "corrected action that is right by now, in another order",
            "actions",
            "ecs:DescribeInstances",
            r#"{"change": "correct", "resources": ["acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}", "acs:ecs:{#regionId}:{#accountId}:instance/*"], "reason": "r"}"#,
            "correct action ecs:DescribeInstances: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "retired action",
            "actions",
            "ecs:StopInstance",
            r#"{"change": "retire", "reason": "r"}"#,
            "retire action ecs:StopInstance: action listed -> retired (r)",
        ),
        (
            "retired action that is gone",
            "actions",
            "ecs:Levitate",
            r#"{"change": "retire", "reason": "r"}"#,
            "retire action ecs:Levitate: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "new resource",
            "resources",
            "acs:ecs:*:*:gizmo/*",
            r#"{"change": "add", "actions": ["ecs:AcceptInquiredSystemEvent"], "reason": "r"}"#,
            "add resource acs:ecs:*:*:gizmo/*: resources of ecs:AcceptInquiredSystemEvent All Resources -> acs:ecs:*:*:gizmo/* (r)",
        ),
        (
            "resource that is there by now",
            "resources",
            INSTANCE,
            r#"{"change": "add", "actions": ["ecs:StopInstance"], "reason": "r"}"#,
            "add resource acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "corrected resource of one action",
            "resources",
            "acs:ecs:{#regionId}:{#accountId}:invocation/{#invocationId}",
            r#"{"change": "correct", "template": "acs:ecs:*:*:run/{#id}", "reason": "r"}"#,
            "correct resource acs:ecs:{#regionId}:{#accountId}:invocation/{#invocationId}: template of 1 action acs:ecs:{#regionId}:{#accountId}:invocation/{#invocationId} -> acs:ecs:*:*:run/{#id} (r)",
        ),
        (
            "corrected resource that is right by now",
            "resources",
            "acs:ecs:*:*:gizmo/*",
            r#"{"change": "correct", "template": "acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}", "reason": "r"}"#,
            "correct resource acs:ecs:*:*:gizmo/*: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "retired action of a service that is gone, whose code is near another",
            "actions",
            "ecx:Levitate",
            r#"{"change": "retire", "reason": "r"}"#,
            "retire action ecx:Levitate: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "retired resource that is gone",
            "resources",
            "acs:zeppelin:*:*:airship/*",
            r#"{"change": "retire", "reason": "r"}"#,
            "retire resource acs:zeppelin:*:*:airship/*: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "new key",
            "keys",
            "acs:SourceHost",
            r#"{"change": "add", "type": "String", "reason": "r"}"#,
            "add key acs:SourceHost: the catalogue does not have it (r)",
        ),
        (
            "key that is there by now",
            "keys",
            "acs:SourceIp",
            r#"{"change": "add", "type": "Ip", "reason": "r"}"#,
            "add key acs:SourceIp: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "key that is there by now and other",
            "keys",
            "acs:SourceIp",
            r#"{"change": "add", "type": "String", "reason": "r"}"#,
            "add key acs:SourceIp: the catalogue has it by now, with other facts: type Ip -> String (r)",
        ),
        (
            "corrected key that is right by now",
            "keys",
            "acs:SourceIp",
            r#"{"change": "correct", "type": "Ip", "reason": "r"}"#,
            "correct key acs:SourceIp: the catalogue has caught up, remove the entry (r)",
        ),
        (
            "retired key",
            "keys",
            "acs:SourceIp",
            r#"{"change": "retire", "reason": "r"}"#,
            "retire key acs:SourceIp: key listed -> retired (r)",
        ),
        (
            "retired key that is gone",
            "keys",
            "ecs:Phlogiston",
            r#"{"change": "retire", "reason": "r"}"#,
            "retire key ecs:Phlogiston: the catalogue has caught up, remove the entry (r)",
        ),
    ] {
        let additions = Additions::from_json(one(section, name, entry))
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        let [found] = additions.report() else { panic!("{what}: one entry") };
        assert_eq!(found.to_string(), format!("3: {expected}"), "{what}");
        let caught_up = expected.contains("caught up") || expected.contains("by now");
        assert_eq!(found.is_caught_up(), caught_up, "{what}");
    }
}

#[test]
fn the_report_keeps_the_order_of_the_file() {
    let text = r#"{
  "keys": { "acs:SourceIp": { "change": "retire", "reason": "a" } },
  "resources": {
    "acs:ecs:*:*:gizmo/*": { "change": "add", "actions": ["ecs:Levitate"], "reason": "b" }
  },
  "actions": {
    "ecs:Levitate": { "change": "add", "resources": "*", "reason": "c" }
  }
}"#;
    let additions = Additions::from_json(text).unwrap();
    let found: Vec<_> = additions
        .report()
        .iter()
        .map(|entry| (entry.line(), entry.subject(), entry.name(), entry.change(), entry.reason()))
        .collect();
    assert_eq!(
        found,
        [
            (2, Subject::Key, "acs:SourceIp", Change::Retire, "a"),
            (4, Subject::Resource, "acs:ecs:*:*:gizmo/*", Change::Add, "b"),
            (7, Subject::Action, "ecs:Levitate", Change::Add, "c"),
        ]
    );
    // The template is one of an added action, so nothing built in is overridden by it.
    assert!(additions.report().iter().skip(1).all(|entry| entry.overrides().is_empty()));
    let checker = Checker::new().with_additions(additions);
    assert_eq!(findings(&asked("ecs:Levitate", "acs:ecs:*:*:gizmo/g"), &checker), [""; 0]);
}

#[test]
fn a_file_may_say_nothing() {
    for text in ["{}", r#"{"actions": {}, "resources": {}, "keys": {}}"#] {
        let additions = Additions::from_json(text).unwrap();
        assert!(additions.is_empty() && additions.report().is_empty());
        assert_eq!(additions, Additions::new());
    }
}
