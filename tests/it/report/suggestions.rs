//! No message suggests what it has found, whatever is put where it does not belong.

use ram_policy::template::Name;
use ram_policy::{
    Additions, Checker, ControlPolicy, Guardrail, Level, Policy, TrustPolicy, policy,
};
use serde_json::{Value, json};

/// A text that a message suggests although it is what the message is about.
fn suggests_what_was_found(message: &str) -> Option<&str> {
    let (before, after) = message.split_once("did you mean ")?;
    let found = before.rsplit('`').nth(1)?;
    after.split('`').skip(1).step_by(2).find(|suggested| *suggested == found)
}

/// Words of all kinds: of the language, of the catalogue and near to them.
const WORDS: [&str; 48] = [
    "Version",
    "version",
    "Statement",
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "Condition",
    "Principal",
    "Sid",
    "Allow",
    "allow",
    "Deny",
    "RAM",
    "Service",
    "Federated",
    "StringEquals",
    "stringequals",
    "StringLike",
    "IpAddress",
    "Bool",
    "acs:SourceIp",
    "acs:sourceip",
    "SourceIp",
    "ecs:SourceIp",
    "acs:MFAPresent",
    "ecs:tag",
    "ecs:tag/owner",
    "acs:ResourceTag",
    "oss:Prefix",
    "oss:prefix",
    "ecs:StopInstance",
    "ecs:stopinstance",
    "ecs:StopInstances",
    "StopInstance",
    "ecs",
    "esc:StopInstance",
    "ecs:Stop*",
    "ecs:Stp*",
    "oss:GetObject",
    "oss:GetObjects",
    "*",
    "acs:ecs:*:*:instance/*",
    "acs:ecs:*:*:instances/*",
    "acs:esc:*:*:instance/*",
    "acs:oss:*:*:bucket/*",
    "ecs.aliyuncs.com",
    "esc.aliyuncs.com",
];

/// Puts a word into a place of the document: the name of a member, or a text.
fn put(value: &mut Value, place: &mut usize, word: &str) {
    match value {
        Value::Object(members) => {
            let names: Vec<String> = members.keys().cloned().collect();
            for name in names {
                if *place == 0 {
                    let value = members.remove(&name).unwrap_or_default();
                    members.insert(word.to_owned(), value);
                }
                *place = place.wrapping_sub(1);
            }
            members.values_mut().for_each(|value| put(value, place, word));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, place, word)),
        Value::String(text) => {
            if *place == 0 {
                word.clone_into(text);
            }
            *place = place.wrapping_sub(1);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What is said of a document, read as every kind of policy.
fn messages(text: &str) -> Vec<String> {
    let findings = [
        Policy::from_json_lenient(text).map(|imported| imported.findings),
        TrustPolicy::from_json_lenient(text).map(|imported| imported.findings),
        ControlPolicy::from_json_lenient(text).map(|imported| imported.findings),
    ];
    let found = findings
        .into_iter()
        .flat_map(|read| read.unwrap_or_else(|error| error.findings().to_vec()));
    found.map(|finding| finding.message().to_owned()).collect()
}

#[test]
fn a_message_is_told_from_one_that_suggests_what_it_found() {
    for (message, expected) in [
        ("found `with`, did you mean `with`?", Some("with")),
        ("no `a`, did you mean `b`, `c` or `a`?", Some("a")),
        ("no `A`, did you mean `a`?", None),
        ("no `a`", None),
    ] {
        assert_eq!(suggests_what_was_found(message), expected, "{message}");
    }
}

#[test]
fn no_finding_suggests_what_it_found() {
    let statement = |more: Value| {
        let mut statement = json!({
            "Effect": "Allow",
            "Action": ["ecs:StopInstance", "oss:GetObject"],
            "Resource": ["acs:ecs:*:*:instance/*", "*"],
            "Condition": { "StringEquals": { "ecs:tag/owner": ["a"] } },
        });
        if let (Some(statement), Value::Object(more)) = (statement.as_object_mut(), more) {
            statement.extend(more);
        }
        statement
    };
    let identity = json!({ "Version": "1", "Statement": [statement(json!({}))] });
    let trust = json!({ "Version": "1", "Statement": [{
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": { "Service": ["ecs.aliyuncs.com"], "RAM": ["acs:ram::1:root"] },
    }] });
    let mut said = 0;
    for document in [identity, trust] {
        for word in WORDS {
            for place in 0..24 {
                let mut wrong = document.clone();
                put(&mut wrong, &mut { place }, word);
                for message in messages(&wrong.to_string()) {
                    said += usize::from(message.contains("did you mean"));
                    assert_eq!(suggests_what_was_found(&message), None, "{wrong}: {message}");
                }
            }
        }
    }
    assert!(said > 50, "{said} suggestions");
}

#[test]
fn no_other_error_suggests_what_it_found() {
    let group = policy! { <group> allow apigateway::* on "acs:apigateway:*:*:apigroup/{group}"; };
    let mut said = 0;
    for word in WORDS.into_iter().chain(["group", "grup", "unknown_action", "unknown_acton"]) {
        let additions = [
            json!({ word: [] }),
            json!({ "actions": { word: { word: word } } }),
            json!({ "retired": { word: word } }),
            json!({ "retire": { "actions": { word: word } } }),
            json!({ "keys": { word: { "type": word } } }),
        ];
        let mut errors: Vec<String> = additions
            .iter()
            .filter_map(|file| Some(Additions::from_json(file.to_string()).err()?.to_string()))
            .collect();
        errors.extend(Checker::new().level(word, Level::Note).err().map(|error| error.to_string()));
        errors.extend(Guardrail::named(word, &[]).err().map(|error| error.to_string()));
        let bound = Name::new(word).map(|name| group.bind([(word, name.into())]));
        errors.extend(bound.ok().and_then(Result::err).map(|error| error.to_string()));
        for message in errors.iter().flat_map(|error| error.lines()) {
            said += usize::from(message.contains("did you mean"));
            assert_eq!(suggests_what_was_found(message), None, "{word}: {message}");
        }
    }
    assert!(said > 2, "{said} suggestions");
}

/// What is suggested for an action, of which service.
#[test]
fn an_action_of_another_service_is_suggested_only_where_the_service_is_the_slip() {
    for (action, expected) in [
        // The lists of these are not complete: the same name elsewhere says nothing.
        ("cs:GetUserConfig", &[][..]),
        ("cms:CreateAlert", &[]),
        ("mns:SendMessage", &[]),
        // All actions of VPC are known, and this one is of ECS alone.
        ("vpc:CreateNetworkInterface", &["ecs:CreateNetworkInterface"]),
        // One slip away.
        ("esc:StopInstance", &["ecs"]),
        // What people call them.
        ("waf:DescribeDomain", &["yundun-waf"]),
        ("sls:GetLogs", &["log"]),
        ("SLS:GetLogs", &["log"]),
        ("cas:DescribeDomain", &["yundun-cert"]),
        ("cbn:CreateCen", &["cen"]),
        ("nobody:Knows", &[]),
    ] {
        let document = json!({ "Version": "1", "Statement": [
            { "Effect": "Allow", "Action": action, "Resource": "*" }
        ] });
        let found = messages(&document.to_string());
        let suggested: Vec<&str> = found
            .first()
            .and_then(|message| message.split_once("did you mean "))
            .map(|(_, after)| after.split('`').skip(1).step_by(2).collect())
            .unwrap_or_default();
        assert_eq!(suggested, expected, "{action}: {found:?}");
    }
}
