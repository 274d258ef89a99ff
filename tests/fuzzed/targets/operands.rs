//! Condition values: one of a policy, a line feed, one of a request, by every operator.

use std::net::IpAddr;

use ram_policy::{Date, Number, Operator, Policy, Request, RequestAction};
use ram_policy_model::terms::operand::{Block, parse_address};
use serde_json::{Value, json};

use crate::agree::in_words;
use crate::policy_of;
use crate::reference::{self, Asked};

pub(super) fn run(bytes: &[u8]) {
    let Some(both) = super::text(bytes).filter(|text| text.len() <= 400) else { return };
    let (wanted, given) = both.split_once('\n').unwrap_or((both, both));
    for text in [wanted, given] {
        prints_what_it_reads(text);
    }
    for operator in Operator::ALL {
        for effect in ["Allow", "Deny"] {
            decides(operator, effect, wanted, given);
        }
    }
}

/// What is read prints as a text that is read as the same.
fn prints_what_it_reads(text: &str) {
    if let Ok(number) = text.parse::<Number>() {
        assert_eq!(number.to_string().parse(), Ok(number), "{text:?}");
        assert_eq!(Some(number.scaled()), reference::number(text), "{text:?}");
    }
    if let Ok(date) = text.parse::<Date>() {
        // Another zone may lead out of the years that are written.
        if !date.to_string().starts_with('@') {
            assert_eq!(date.to_string().parse(), Ok(date), "{text:?}");
        }
        assert_eq!(Some(date.unix_nanoseconds()), reference::instant(text), "{text:?}");
    }
    if let Ok(address) = parse_address(text) {
        assert_eq!(text.parse::<IpAddr>(), Ok(address));
        let block = text.parse::<Block>();
        assert!(block.is_ok_and(|block| block.contains(address)), "{text:?}");
    }
}

/// A policy that compares them decides as the reference does.
fn decides(operator: Operator, effect: &str, wanted: &str, given: &str) {
    let statement = |effect: &str, condition: Value| json!({ "Effect": effect, "Action": "ecs:*", "Resource": "*", "Condition": condition });
    // The key has no type of its own, so that any operator may compare it.
    let condition = json!({ operator.name(): { "ecs:Fuzzed": wanted } });
    let document = json!({ "Version": "1", "Statement": [statement("Allow", json!({})), statement(effect, condition)] });
    let only = json!({ "Version": "1", "Statement": [document["Statement"][1]] });
    for document in [only, document] {
        // Without the checks of the catalogue, which take most of the time and decide nothing.
        let policy = policy_of(&document.to_string());
        if policy == Policy::refused() {
            return;
        }
        let asked = Asked {
            action: "ecs:StopInstance".into(),
            resource: "*".into(),
            context: vec![("ecs:Fuzzed".into(), given.into())],
        };
        let action = RequestAction::unlisted(&asked.action).unwrap();
        let request = Request::new(action, "*").unwrap().with_unchecked("ecs:Fuzzed", given);
        let decision = policy.evaluate(&request);
        let expected = reference::decide(&document, &asked);
        assert_eq!(in_words(decision), expected, "{document} {given:?}");
    }
}
