//! Policies and requests made of choices: all operators, wildcards, missing keys, several values,
//! malformed values and `NotAction`, of few words, so that they meet.
//!
//! The policies have the mistakes of every rule that can be lowered: what decides by them must decide
//! alike all the same.

use ram_policy::Operator;
use ram_policy_model::terms::family::Family;
use serde_json::{Value, json};

use crate::choices::Choices;
use crate::reference::Asked;

/// The condition keys, of services and of RAM.
pub const KEYS: [&str; 7] = [
    "ecs:tag/owner",
    "acs:SourceIp",
    "acs:CurrentTime",
    "acs:MFAPresent",
    "ecs:Size",
    "acs:Other",
    "vpc:tag/owner",
];

const ACTIONS: [&str; 13] = [
    "*",
    "ecs:*",
    "ecs:Stop*",
    "ECS:stopinstance",
    "ecs:*Instance",
    "ecs:?topInstance",
    "e?s:*",
    "*:Describe*",
    "ecs:StopInstance",
    "vpc:DescribeVpcs",
    "ecs:Describe*s",
    "bss:*",
    "bss:Get",
];

const RESOURCES: [&str; 9] = [
    "*",
    "acs:ecs:*:*:*",
    "acs:ecs:cn-hangzhou:*:instance/*",
    "acs:*:*hang*:1:*",
    "acs:ecs:*:2:instance/i-?",
    "acs:ecs:*:*:*/i-1",
    "acs:vpc:*:*:vpc/*",
    "acs:ecs:*:*:instance/i-1",
    "acs:ecs:*:*:inst*e/*1",
];

/// Condition keys that no request of RAM has, or few.
const MISTAKEN_KEYS: [&str; 6] = [
    "acs:sourceip",
    "acs:SourceIpp",
    "ecs:Instance",
    "vpc:VPC",
    "ram:ServiceName",
    "acs:ResourceTag/owner",
];

/// Actions that cover nothing, may do so, or give more than they seem to.
const MISTAKEN_ACTIONS: [&str; 14] = [
    "ram:PassRole",
    "ram:CreateServiceLinkedRole",
    "ram:AttachPolicyToUser",
    "sts:AssumeRole",
    "ecs:DescribeRegions",
    "ecs:StopInstanc",
    "ecs:Stop Instance",
    "ecs:Nosuch*",
    "nosuch:Thing",
    "n\u{43e}such:*",
    "ecs:${name}",
    "ecs:Stop\u{200b}Instance",
    "beian:CreateThing",
    "oss:GetThing",
];

/// Resources that match nothing, or something else than they say.
const MISTAKEN_RESOURCES: [&str; 8] = [
    "acs:ECS:*:*:*",
    "acs:ecs:cn hangzhou:*:*",
    "acs:ecs:*:me:*",
    "acs:ecs:<region>:*:*",
    "acs:ecs:*:*:instance/${id}",
    "acs:ecs:*:*:inst\u{430}nce/*",
    "acs:ecs:*:*:instance/i-1\u{200b}",
    "acs:oss:*:*:a\"b\\c*",
];

/// A value that cannot be read.
fn unreadable(family: Family, choices: &mut Choices<'_>) -> Option<String> {
    let texts: &[&str] = match family {
        // Every text is one.
        Family::String => return None,
        Family::Number => &["", "1e3", "10 ", "1.", "x"],
        Family::Date => &["", "2026-11-22", "2026-11-22T09:00:00", "2026-02-30T00:00:00Z"],
        Family::Boolean => &["", "t", "yes", "1"],
        Family::Ip => {
            &["", "10.0.0.0/33", "10.0.0", "10.0.0.0/08", "::ffff:10.0.0.1", "2001:db8::/129"]
        }
    };
    Some(choices.pick(texts).to_owned())
}

/// One of these, and now and then one with a mistake.
fn mostly<'t>(good: &[&'t str], mistaken: &[&'t str], choices: &mut Choices<'_>) -> &'t str {
    if choices.below(12) == 0 { choices.pick(mistaken) } else { choices.pick(good) }
}

/// A value an operator of this family may be compared with.
pub fn wanted(family: Family, choices: &mut Choices<'_>) -> String {
    let texts: &[&str] = match family {
        Family::String => return text(choices),
        Family::Number => &["0", "1", "-0.5", "1.50", "10", "007"],
        Family::Date => &[
            "2026-11-22T09:00:00Z",
            "2026-11-22T17:00:00+08:00",
            "2024-02-29T23:59:59Z",
            "1999-12-31T20:00:00-05:30",
        ],
        Family::Boolean => &["true", "false", "True", "False", "FALSE"],
        Family::Ip => &[
            "10.0.0.1",
            "10.0.0.0/30",
            "10.0.0.2/31",
            "0.0.0.0/0",
            "::/0",
            "2001:db8::/32",
            "10.1.2.3/8",
            "10.0.0.1/32",
        ],
    };
    choices.pick(texts).to_owned()
}

/// A value a request may have, of whatever form.
fn given(choices: &mut Choices<'_>) -> String {
    match choices.below(9) {
        0..4 => letters("abA", choices),
        4 => wanted(Family::Number, choices),
        5 => wanted(Family::Date, choices),
        6 => wanted(Family::Boolean, choices),
        _ => choices
            .pick(&["10.0.0.1", "10.0.0.2", "10.0.0.3", "192.0.2.1", "2001:db8::1", "::1"])
            .to_owned(),
    }
}

/// A text; Booleans, in their spellings, are compared as texts too.
fn text(choices: &mut Choices<'_>) -> String {
    let letters = letters("abA*?", choices);
    match letters.as_str() {
        "aa" => "true".into(),
        "AA" => "True".into(),
        "ba" => "false".into(),
        "bA" => "False".into(),
        "A*" => "T*".into(),
        "?b" => "?alse".into(),
        _ => letters,
    }
}

/// Up to three of these letters.
fn letters(of: &str, choices: &mut Choices<'_>) -> String {
    let count = choices.below(4);
    (0..count).filter_map(|_| of.chars().nth(choices.below(of.len()))).collect()
}

/// One text, or a list of up to `most`.
fn one_or_more(
    most: usize,
    choices: &mut Choices<'_>,
    mut text: impl FnMut(&mut Choices<'_>) -> String,
) -> Value {
    match choices.below(most + 1) {
        0 => text(choices).into(),
        count => (0..count).map(|_| text(choices)).collect::<Vec<_>>().into(),
    }
}

fn statement(choices: &mut Choices<'_>) -> Value {
    let effect = choices.pick(&["Allow", "Deny"]);
    let element = choices.pick(&["Action", "Action", "Action", "NotAction"]);
    let actions =
        one_or_more(3, choices, |choices| mostly(&ACTIONS, &MISTAKEN_ACTIONS, choices).to_owned());
    let resources = one_or_more(3, choices, |choices| {
        mostly(&RESOURCES, &MISTAKEN_RESOURCES, choices).to_owned()
    });
    let mut statement = json!({ "Effect": effect, element: actions, "Resource": resources });
    match choices.below(20) {
        0 => statement["Sid"] = "same".into(),
        1 => statement["Condition"] = json!({}),
        _ => {}
    }
    for _ in 0..choices.below(3) {
        let operator = Operator::ALL[choices.below(Operator::ALL.len())];
        let key = mostly(&KEYS, &MISTAKEN_KEYS, choices);
        // `Bool` takes one value.
        let most = if operator == Operator::Bool { 1 } else { 3 };
        let values = one_or_more(most, choices, |choices| {
            let mistaken = choices.below(10) == 0;
            let unreadable = if mistaken { unreadable(operator.family(), choices) } else { None };
            unreadable.unwrap_or_else(|| wanted(operator.family(), choices))
        });
        statement["Condition"][operator.name()][key] = values;
    }
    statement
}

/// A document of up to five statements.
pub fn document(choices: &mut Choices<'_>) -> Value {
    let mut statements: Vec<Value> = (0..=choices.below(5)).map(|_| statement(choices)).collect();
    if choices.below(16) == 0 {
        statements.extend_from_within(..1);
    }
    json!({ "Version": "1", "Statement": statements })
}

/// A request with up to four values.
pub fn asked(choices: &mut Choices<'_>) -> Asked {
    let action = choices.pick(&[
        "ecs:StopInstance",
        "ecs:DescribeInstances",
        "ecs:DeleteInstance",
        "vpc:DescribeVpcs",
        "bss:Get",
        "ess:describething",
    ]);
    let resource = choices.pick(&[
        "*",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        "acs:ecs:cn-beijing:2:instance/i-2",
        "acs:vpc:cn-hangzhou:1:vpc/vpc-1",
        "acs:ecs:cn-hangzhou:2:disk/i-1",
        "acs:ecs:*:1:instance/*",
    ]);
    let value = |choices: &mut Choices<'_>| (choices.pick(&KEYS).to_owned(), given(choices));
    let context = (0..choices.below(5)).map(|_| value(choices)).collect();
    Asked { action: action.to_owned(), resource: resource.to_owned(), context }
}
