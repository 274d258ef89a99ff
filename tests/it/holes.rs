//! Policies with holes: no answer is contradicted by anything the holes may contain.

#![allow(clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

use ram_policy::{Decision, PartialRequest, Request, RequestAction};
use ram_policy_fuzzed::agree::in_words;
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::reference::{self, Asked};
use ram_policy_fuzzed::{generate, open};
use ram_policy_model::decide::evaluate::evaluate_by_name;
use ram_policy_model::decide::partial::{PartialDecision, decide};
use ram_policy_model::document::bounds::Bounds;
use serde_json::Value;

/// How many pairs of a policy with holes and a filling are compared.
fn pairs() -> usize {
    match std::env::var("RAM_POLICY_AGREEMENT") {
        Ok(asked) => asked.parse().expect("RAM_POLICY_AGREEMENT is a number"),
        Err(_) => 100_000,
    }
}

fn request(asked: &Asked) -> Request<'_> {
    let action = RequestAction::unlisted(&asked.action).expect("an action");
    let request = Request::new(action, &asked.resource).expect("an ARN");
    let values = asked.context.iter();
    values.fold(request, |request, (key, value)| request.with_unchecked(key, value))
}

/// Panics if a decision about the policy with holes is not that about the filled one.
fn assert_not_contradicted(decision: &PartialDecision, expected: &str, told: impl Fn() -> String) {
    match decision {
        PartialDecision::Decided(decision) => {
            assert_eq!(in_words(*decision).0, expected, "{}", told());
        }
        PartialDecision::Undetermined(residual) => {
            assert!(residual.may_be_allowed() || expected != "Allow", "{}", told());
        }
    }
}

#[test]
fn no_decision_is_contradicted_by_what_the_holes_contain() {
    const FILLINGS: usize = 8;
    const REQUESTS: usize = 4;
    let mut compared = 0;
    let mut decided = 0;
    let mut case = 0;
    while compared < pairs() {
        case += 1;
        let bytes = Dice::new(case).bytes(900);
        let mut choices = Choices::new(&bytes);
        let open = open::open(generate::document(&mut choices), &mut choices);
        let bounds = open.bounds().expect("what is shown is right");
        let requests: Vec<Asked> = (0..REQUESTS).map(|_| open::asked(&mut choices)).collect();
        for _ in 0..FILLINGS {
            let Some((filled, document)) = open.filled(&mut choices) else { continue };
            compared += 1;
            for asked in &requests {
                let request = request(asked);
                let expected = in_words(evaluate_by_name(&document, &request)).0;
                let decision = decide(&bounds, &PartialRequest::of(request.clone()));
                decided += usize::from(decision.decision().is_some());
                let told =
                    || format!("{case}: {open:?}\n{filled}\n{asked:?}\n{bounds:?}\n{decision:?}");
                assert_not_contradicted(&decision, expected, told);
                let at_least = evaluate_by_name(&bounds.least, &request).is_allow();
                let at_most = evaluate_by_name(&bounds.most, &request).is_allow();
                assert!(!at_least || expected == "Allow", "{}", told());
                assert!(at_most || expected != "Allow", "{}", told());
            }
        }
    }
    // An answer that is always open would contradict nothing.
    assert!(decided * 2 > compared * REQUESTS, "{decided} of {}", compared * REQUESTS);
}

/// Of a request, what is not known, and what is.
fn in_part<'a>(asked: &'a Asked, choices: &mut Choices<'_>) -> PartialRequest<'a> {
    let mut unknown: Vec<&str> = Vec::new();
    for key in generate::KEYS {
        // `acs:Other` is no key that a request may name.
        if choices.below(3) == 0 && key != "acs:Other" {
            unknown.push(key);
        }
    }
    let action = RequestAction::unlisted(&asked.action).expect("an action");
    let request = Request::new(action, &asked.resource).expect("an ARN");
    let context = asked.context.iter().filter(|(key, _)| !unknown.contains(&key.as_str()));
    let request = context.fold(request, |request, (key, value)| request.with_unchecked(key, value));
    let mut partial = PartialRequest::of(request);
    for key in unknown {
        partial = partial.unknown(key).expect("a key");
    }
    if choices.below(3) == 0 { partial.with_any_resource() } else { partial }
}

#[test]
fn no_decision_is_contradicted_by_what_a_request_turns_out_to_be() {
    for case in 0..pairs() / 20 {
        let bytes = Dice::new(case as u64).bytes(900);
        let mut choices = Choices::new(&bytes);
        let document = generate::document(&mut choices);
        let policy = ram_policy_fuzzed::policy_of(&document.to_string());
        for _ in 0..20 {
            let asked = open::asked(&mut choices);
            let partial = in_part(&asked, &mut choices);
            let decision = policy.evaluate_partial(&partial);
            let expected = reference::decide(&document, &asked).0;
            let told = || format!("{document}\n{asked:?}\n{partial:?}\n{decision:?}");
            assert_not_contradicted(&decision, expected, told);
            // What is left decides every request that agrees with what is known.
            if let Some(residual) = decision.residual() {
                let left = residual.policy().expect("the policy is known");
                let decided = left.evaluate(&request(&asked));
                assert_eq!(in_words(decided).0, expected, "{}\n{left}", told());
            }
        }
    }
}

#[test]
fn a_document_without_holes_decides_as_ever() {
    for case in 0..2_000 {
        let bytes = Dice::new(case).bytes(400);
        let mut choices = Choices::new(&bytes);
        let document: Value = generate::document(&mut choices);
        let policy = ram_policy_fuzzed::policy_of(&document.to_string());
        let bounds = Bounds::exact(policy.document().into_owned());
        for _ in 0..10 {
            let asked = generate::asked(&mut choices);
            let request = request(&asked);
            let decision: Option<Decision> =
                decide(&bounds, &PartialRequest::of(request.clone())).decision();
            assert_eq!(decision, Some(policy.evaluate(&request)), "{document}\n{asked:?}");
        }
    }
}
