//! Each mistake of the file, told at its place.

use ram_policy::Additions;

use super::{INSTANCE, one};

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
        "3:49: `reason` appears twice",
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
        "3:65: `acs:ecs:*:*:x` appears in `resources` twice",
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
        "3:5: `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}` has no `template`, say what takes its place",
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
        ("empty", &b""[..], "1:1: the text ends where a JSON value should be"),
        ("no JSON", b"{\n  actions", "2:3: expected a member name in double quotes"),
        ("no object", b"[]", "1:1: the file is an object, not a list"),
        ("section of another type", br#"{"keys": []}"#, "1:10: `keys` is an object, not a list"),
        ("section twice", br#"{"keys": {}, "keys": {}}"#, "1:14: `keys` appears twice"),
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
5:5: `ecs:new` appears twice"
    );
}
