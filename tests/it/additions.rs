//! Local additions to the catalogue: each mistake of the file, each change by what the checker
//! then says, and the report.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a file that is refused or a policy that is not read fails the test"
)]

use ram_policy::additions::{Change, Subject};
use ram_policy::{
    Additions, Checker, Decision, Policy, PolicyBuilder, Request, RequestAction, RequestError,
    TrustPolicy,
};

const INSTANCE: &str = "acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}";

/// A file of one section with one entry, both as they stand in JSON.
fn one(section: &str, name: &str, entry: &str) -> String {
    format!("{{\n  \"{section}\": {{\n    \"{name}\": {entry}\n  }}\n}}")
}

/// Every mistake is one row: what it is, the section, the name, the entry, the message with its
/// line and column.
const MISTAKES: &[(&str, &str, &str, &str, &str)] = &[
    ("no object", "actions", "ecs:New", "7", "3:16: an action is an object, not a number"),
    (
        "no such section",
        "action",
        "ecs:New",
        "{}",
        "2:3: the file has no `action`, did you mean `actions`?",
    ),
    (
        "no such member",
        "actions",
        "ecs:New",
        r#"{"change": "add", "acess": "get", "reason": "r"}"#,
        "3:34: an action has no `acess`, did you mean `access`?",
    ),
    (
        "member of another section",
        "keys",
        "ecs:New",
        r#"{"change": "add", "type": "String", "access": "get", "reason": "r"}"#,
        "3:52: a key has no `access`",
    ),
    (
        "member twice",
        "actions",
        "ecs:New",
        r#"{"change": "add", "reason": "r", "reason": "s"}"#,
        "3:49: `reason` stands twice",
    ),
    (
        "no change",
        "actions",
        "ecs:New",
        r#"{"reason": "r"}"#,
        "3:5: `ecs:New` has no `change`, say `add`, `correct` or `retire`",
    ),
    (
        "unknown change",
        "actions",
        "ecs:New",
        r#"{"change": "ad", "reason": "r"}"#,
        "3:27: `change` is not `ad`, did you mean `add`?",
    ),
    (
        "change far from any",
        "actions",
        "ecs:New",
        r#"{"change": "drop", "reason": "r"}"#,
        "3:27: `change` is not `drop`, say one of `add`, `correct`, `retire`",
    ),
    (
        "no reason",
        "actions",
        "ecs:New",
        r#"{"change": "add"}"#,
        "3:5: `ecs:New` has no `reason`, say why it is here",
    ),
    (
        "blank reason",
        "actions",
        "ecs:New",
        r#"{"change": "add", "reason": " "}"#,
        "3:44: `reason` is empty",
    ),
    (
        "reason of another type",
        "actions",
        "ecs:New",
        r#"{"change": "add", "reason": null}"#,
        "3:44: `reason` is a string, not null",
    ),
    (
        "name without code",
        "actions",
        "New",
        r#"{"change": "add", "reason": "r"}"#,
        "3:5: `New` is not an action, write it as `ecs:StopInstance`",
    ),
    (
        "code in upper case",
        "actions",
        "ECS:New",
        r#"{"change": "add", "reason": "r"}"#,
        "3:5: `ECS:New` is not an action, write it as `ecs:StopInstance`",
    ),
    (
        "pattern",
        "actions",
        "ecs:New*",
        r#"{"change": "add", "reason": "r"}"#,
        "3:5: `ecs:New*` is a pattern, name each action",
    ),
    (
        "unknown access level",
        "actions",
        "ecs:New",
        r#"{"change": "add", "access": "updat", "reason": "r"}"#,
        "3:44: `access` is not `updat`, did you mean `update`?",
    ),
    (
        "resources as a text",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": "acs:ecs:*:*:x/*", "reason": "r"}"#,
        "3:47: `resources` is a list of ARN templates, `\"*\"` for All Resources or `null` for not known",
    ),
    (
        "no resource in a list",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": [], "reason": "r"}"#,
        "3:47: `resources` is a list of ARN templates, `\"*\"` for All Resources or `null` for not known",
    ),
    (
        "template without fields",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": ["acs:ecs:x"], "reason": "r"}"#,
        "3:48: `acs:ecs:x` is not an ARN template: an ARN has five fields, `acs:<service>:<region>:<account>:<relative id>`",
    ),
    (
        "template with a page's placeholder",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": ["acs:ecs:$regionid:*:x/*"], "reason": "r"}"#,
        "3:48: `$regionid` is no placeholder of a template, write `{#regionid}`",
    ),
    (
        "template with an open placeholder",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": ["acs:ecs:*:*:x/{#id"], "reason": "r"}"#,
        "3:48: `acs:ecs:*:*:x/{#id` has a placeholder that is not written as `{#name}`",
    ),
    (
        "template with a placeholder of two words",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": ["acs:ecs:*:*:x/{#my id}"], "reason": "r"}"#,
        "3:48: `acs:ecs:*:*:x/{#my id}` has a placeholder that is not written as `{#name}`",
    ),
    (
        "template with a nameless placeholder",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": ["acs:ecs:*:*:x/{#}"], "reason": "r"}"#,
        "3:48: `acs:ecs:*:*:x/{#}` has a placeholder that is not written as `{#name}`",
    ),
    (
        "template with a blank",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": ["acs:ecs:*:*:x y"], "reason": "r"}"#,
        "3:48: `acs:ecs:*:*:x y` has the character ` ` in it",
    ),
    (
        "template with letters as account",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": ["acs:ecs:*:account:x"], "reason": "r"}"#,
        "3:48: `acs:ecs:*:account:x` is not an ARN template: the account of an ARN is its number, or `*` in a policy",
    ),
    (
        "resource twice",
        "actions",
        "ecs:New",
        r#"{"change": "add", "resources": ["acs:ecs:*:*:x", "acs:ecs:*:*:x"], "reason": "r"}"#,
        "3:65: `acs:ecs:*:*:x` stands in `resources` twice",
    ),
    (
        "keys as a text",
        "actions",
        "ecs:New",
        r#"{"change": "add", "keys": "ecs:tag/", "reason": "r"}"#,
        "3:42: `keys` is a list, not a string",
    ),
    (
        "malformed key of an action",
        "actions",
        "ecs:New",
        r#"{"change": "add", "keys": ["tag"], "reason": "r"}"#,
        "3:43: `tag` is not a condition key, write it as `acs:SourceIp`",
    ),
    (
        "misspelt key of an action",
        "actions",
        "ecs:New",
        r#"{"change": "add", "keys": ["ecs:tags/"], "reason": "r"}"#,
        "3:43: there is no condition key `ecs:tags/`, did you mean `ecs:tag/`?",
    ),
    (
        "unknown acs: key of an action",
        "actions",
        "ecs:New",
        r#"{"change": "add", "keys": ["acs:Weather"], "reason": "r"}"#,
        "3:43: there is no condition key `acs:Weather`",
    ),
    (
        "one tag as key",
        "keys",
        "ecs:tag/owner",
        r#"{"change": "add", "type": "String", "reason": "r"}"#,
        "3:5: `ecs:tag/owner` names one tag, write `ecs:tag/`, which stands for all",
    ),
    (
        "no type",
        "keys",
        "acs:SourceHost",
        r#"{"change": "add", "reason": "r"}"#,
        "3:5: `acs:SourceHost` has no `type`, say what its values are, or `Unknown`",
    ),
    (
        "unknown type",
        "keys",
        "acs:SourceHost",
        r#"{"change": "add", "type": "string", "reason": "r"}"#,
        "3:49: `type` is not `string`, did you mean `String`?",
    ),
    (
        "correction of an action that is not there",
        "actions",
        "ecs:DescribeRegion",
        r#"{"change": "correct", "access": "get", "reason": "r"}"#,
        "3:5: the catalogue has no action `ecs:DescribeRegion` to correct, did you mean `ecs:DescribeRegions`?",
    ),
    (
        "correction of an action that is near none",
        "actions",
        "ecs:Levitate",
        r#"{"change": "correct", "access": "get", "reason": "r"}"#,
        "3:5: the catalogue has no action `ecs:Levitate` to correct; if it is real, say `\"change\": \"add\"`",
    ),
    (
        "correction of a service that is not there",
        "actions",
        "eccs:DescribeRegions",
        r#"{"change": "correct", "access": "get", "reason": "r"}"#,
        "3:5: the catalogue has no action `eccs:DescribeRegions` to correct, did you mean `ecs:DescribeRegions`?",
    ),
    (
        "correction that says nothing",
        "actions",
        "ecs:StopInstance",
        r#"{"change": "correct", "reason": "r"}"#,
        "3:5: `ecs:StopInstance` is corrected and nothing says how, give its `access`, `resources` or `keys`",
    ),
    (
        "retirement of a misspelt action",
        "actions",
        "ecs:DescribeRegion",
        r#"{"change": "retire", "reason": "r"}"#,
        "3:5: the catalogue has no action `ecs:DescribeRegion` to retire, did you mean `ecs:DescribeRegions`?",
    ),
    (
        "retirement with facts",
        "actions",
        "ecs:StopInstance",
        r#"{"change": "retire", "access": "get", "reason": "r"}"#,
        "3:46: an entry with the change `retire` has no `access`",
    ),
    (
        "correction of a misspelt key",
        "keys",
        "acs:SourceIP",
        r#"{"change": "correct", "type": "String", "reason": "r"}"#,
        "3:5: the catalogue has no condition key `acs:SourceIP` to correct, did you mean `acs:SourceIp`?",
    ),
    (
        "retirement of a misspelt key",
        "keys",
        "ecs:tags/",
        r#"{"change": "retire", "reason": "r"}"#,
        "3:5: the catalogue has no condition key `ecs:tags/` to retire, did you mean `ecs:tag/`?",
    ),
    (
        "retirement of a key with a type",
        "keys",
        "acs:SourceIp",
        r#"{"change": "retire", "type": "Ip", "reason": "r"}"#,
        "3:42: an entry with the change `retire` has no `type`",
    ),
    (
        "resource for no action",
        "resources",
        "acs:ecs:*:*:gizmo/*",
        r#"{"change": "add", "actions": [], "reason": "r"}"#,
        "3:5: `acs:ecs:*:*:gizmo/*` has no `actions`, say which actions take it",
    ),
    (
        "resource for an unknown action",
        "resources",
        "acs:ecs:*:*:gizmo/*",
        r#"{"change": "add", "actions": ["ecs:DescribeRegion"], "reason": "r"}"#,
        "3:58: there is no action `ecs:DescribeRegion`, did you mean `ecs:DescribeRegions`?",
    ),
    (
        "resource for an action of which nothing is known",
        "resources",
        "acs:ecs:*:*:gizmo/*",
        r#"{"change": "add", "actions": ["ecs:DescribeRegions"], "reason": "r"}"#,
        "3:58: the resources of `ecs:DescribeRegions` are not known, so it takes any; list all of them under `actions`",
    ),
    (
        "malformed resource",
        "resources",
        "gizmo",
        r#"{"change": "retire", "reason": "r"}"#,
        "3:5: `gizmo` is not an ARN template: an ARN begins with `acs:`",
    ),
    (
        "correction of a resource by nothing",
        "resources",
        INSTANCE,
        r#"{"change": "correct", "reason": "r"}"#,
        "3:5: `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}` has no `template`, say what stands in its place",
    ),
    (
        "correction of a resource by a malformed one",
        "resources",
        INSTANCE,
        r#"{"change": "correct", "template": "instance", "reason": "r"}"#,
        "3:98: `instance` is not an ARN template: an ARN begins with `acs:`",
    ),
    (
        "correction of a resource with other placeholders",
        "resources",
        "acs:ecs:{#r}:{#a}:instance/{#i}",
        r#"{"change": "correct", "template": "acs:ecs:*:*:vm/*", "reason": "r"}"#,
        "3:5: the catalogue has no resource `acs:ecs:{#r}:{#a}:instance/{#i}` to correct, did you mean",
    ),
    (
        "retirement of a misspelt resource",
        "resources",
        "acs:ecs:{#regionId}:{#accountId}:instances/{#instanceId}",
        r#"{"change": "retire", "reason": "r"}"#,
        "3:5: the catalogue has no resource `acs:ecs:{#regionId}:{#accountId}:instances/{#instanceId}` to retire, did you mean",
    ),
];

#[test]
fn each_mistake_is_told_at_its_place() {
    for (what, section, name, entry, expected) in MISTAKES {
        let Err(error) = Additions::from_json(one(section, name, entry)) else {
            panic!("{what}: the file is taken");
        };
        let [found] = error.mistakes() else { panic!("{what}: {error}") };
        let found = found.to_string();
        // A message that ends in the middle stands for one with some near names behind it.
        let as_expected = found == *expected
            || (expected.ends_with("did you mean") && found.starts_with(expected));
        assert!(as_expected, "{what}\n found {found}\nwanted {expected}");
    }
}

#[test]
fn texts_that_are_no_file_are_refused() {
    for (what, text, expected) in [
        ("empty", &b""[..], "1:1: the text ends where a JSON value should stand"),
        ("no JSON", b"{\n  actions", "2:3: expected a member name in double quotes"),
        ("no object", b"[]", "1:1: the file is an object, not a list"),
        ("section of another type", br#"{"keys": []}"#, "1:10: `keys` is an object, not a list"),
        ("section twice", br#"{"keys": {}, "keys": {}}"#, "1:14: `keys` stands twice"),
        ("not UTF-8", b"{\n\xff}", "2:1: the text is not UTF-8"),
        (
            "too long",
            &[b' '; (1 << 20) + 1],
            "1:1: the text has 1048577 bytes, at most 1048576 are read",
        ),
    ] {
        let found = Additions::from_json(text).map_err(|error| error.to_string());
        assert_eq!(found, Err(expected.into()), "{what}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_text() {
    let text = r#"{
  "keys": { "acs:SourceIP": { "change": "correct", "type": "String", "reason": "r" } },
  "actions": {
    "ecs:New": { "change": "add", "access": "ready", "resources": ["x", "acs:ecs"] },
    "ecs:new": { "change": "add", "reason": "the same in another case" }
  }
}"#;
    let error = Additions::from_json(text).unwrap_err();
    assert_eq!(
        error.to_string(),
        "2:13: the catalogue has no condition key `acs:SourceIP` to correct, did you mean `acs:SourceIp`?
4:5: `ecs:New` has no `reason`, say why it is here
4:45: `access` is not `ready`, did you mean `read`?
4:68: `x` is not an ARN template: an ARN begins with `acs:`
4:73: `acs:ecs` is not an ARN template: an ARN has five fields, `acs:<service>:<region>:<account>:<relative id>`
5:5: `ecs:new` stands twice"
    );
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
            "unknown_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "in any case",
        ["actions", "ecs:LevitateInstance", NEW],
        asked("ecs:levitateinstance", "*"),
        &[
            "unknown_action: unknown action `ecs:levitateinstance`; if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "an added action of which nothing is known takes any resource",
        ["actions", "ecs:LevitateInstance", NEW],
        asked("ecs:LevitateInstance", "acs:ecs:*:*:anything/*"),
        &[
            "unknown_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "an added action takes its resources",
        ["actions", "ecs:LevitateInstance", NEW_ON_GIZMOS],
        asked("ecs:LevitateInstance", "acs:ecs:*:*:gizmo/*"),
        &[
            "unknown_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[],
    ),
    (
        "and no others",
        ["actions", "ecs:LevitateInstance", NEW_ON_GIZMOS],
        asked("ecs:LevitateInstance", "acs:ecs:*:*:instance/*"),
        &[
            "unknown_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
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
            "unknown_action: unknown action `ecs:LevitateInstance`; if it is real, mark it as `unlisted`",
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
            "unknown_action: unknown action `ecs:LevitateInstence`; if it is real, mark it as `unlisted`",
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
            "unknown_action: unknown action `vpc:LevitateInstance`; if it is real, mark it as `unlisted`",
        ],
        &[
            "unknown_action: unknown action `vpc:LevitateInstance`, did you mean `ecs:LevitateInstance`?",
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
        &["unknown_service: the catalogue has no service `zepelin`, did you mean `zeppelin`?"],
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
            "unknown_action: unknown action `ecs:DescribeRegion`; if it is real, mark it as `unlisted`",
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
        &["unknown_key: there is no condition key `acs:SourceHost`, did you mean `acs:SourceIp`?"],
        &[],
    ),
    (
        "by its type",
        ["keys", "acs:SourceHost", r#"{"change": "add", "type": "Ip", "reason": "announced"}"#],
        asked_when("ecs:StopInstance", ["StringEquals", "acs:SourceHost", "a"]),
        &["unknown_key: there is no condition key `acs:SourceHost`, did you mean `acs:SourceIp`?"],
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
        &["unknown_key: there is no condition key `acs:HostTag/owner`"],
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
