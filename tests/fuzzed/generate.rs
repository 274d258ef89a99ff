//! Policies and requests made of choices: all operators, wildcards, missing keys, several values,
//! malformed values and `NotAction`, of few words, so that they meet.

use ram_policy::Operator;
use ram_policy_model::terms::operator::Family;
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

/// A value an operator of this family may be compared with.
pub fn wanted(family: Family, choices: &mut Choices<'_>) -> String {
    let texts: &[&str] = match family {
        Family::String => return letters("abA*?", choices),
        Family::Number => &["0", "1", "-0.5", "1.50", "10", "007"],
        Family::Date => &[
            "2026-11-22T09:00:00Z",
            "2026-11-22T17:00:00+08:00",
            "2024-02-29T23:59:59Z",
            "1999-12-31T20:00:00-05:30",
        ],
        Family::Boolean => &["true", "false", "True"],
        Family::Ip => {
            &["10.0.0.1", "10.0.0.0/30", "10.0.0.2/31", "0.0.0.0/0", "::/0", "2001:db8::/32"]
        }
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
    let actions = one_or_more(3, choices, |choices| choices.pick(&ACTIONS).to_owned());
    let resources = one_or_more(3, choices, |choices| choices.pick(&RESOURCES).to_owned());
    let mut statement = json!({ "Effect": effect, element: actions, "Resource": resources });
    for _ in 0..choices.below(3) {
        let operator = Operator::ALL[choices.below(Operator::ALL.len())];
        let key = choices.pick(&KEYS);
        // `Bool` takes one value.
        let most = if operator == Operator::Bool { 1 } else { 3 };
        let values = one_or_more(most, choices, |choices| wanted(operator.family(), choices));
        statement["Condition"][operator.name()][key] = values;
    }
    statement
}

/// A document of up to five statements.
pub fn document(choices: &mut Choices<'_>) -> Value {
    let statements: Vec<Value> = (0..=choices.below(5)).map(|_| statement(choices)).collect();
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
