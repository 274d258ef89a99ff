//! Policies with holes: no answer is contradicted by anything the holes may contain.

#![allow(clippy::expect_used, clippy::panic, reason = "a panic fails the test")]

use ram_policy::{
    Authorizer, Caller, Decision, OpenPolicy, PartialAuthorization, PartialRequest, Policy, Proof,
    Request, RequestAction, ResourceGroupRule, SessionPolicy,
};
use ram_policy_fuzzed::agree::in_words;
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::open::{is_plain, request};
use ram_policy_fuzzed::reference::{self, Asked};
use ram_policy_fuzzed::{generate, open, policy_of};
use ram_policy_model::decide::evaluate::evaluate_by_name;
use ram_policy_model::decide::partial::{PartialDecision, decide};
use ram_policy_model::document::bounds::Bounds;
use serde_json::{Value, json};

/// How many pairs of a policy with holes and a filling are compared.
fn pairs() -> usize {
    match std::env::var("RAM_POLICY_AGREEMENT") {
        Ok(asked) => asked.parse().expect("RAM_POLICY_AGREEMENT is a number"),
        Err(_) => 100_000,
    }
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
    assert!(decided * 3 > compared * REQUESTS, "{decided} of {}", compared * REQUESTS);
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
        let policy = policy_of(&document.to_string());
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

/// Requests that tell policies apart, as an evaluator takes them.
fn asked_about(choices: &mut Choices<'_>) -> Vec<Asked> {
    (0..24).map(|_| open::asked(choices)).collect()
}

#[test]
fn no_proof_is_contradicted_by_what_the_holes_contain() {
    let (mut yes, mut no, mut unknown) = (0, 0, 0);
    for case in 0..pairs() / 200 {
        let bytes = Dice::new(case as u64 + 5_000_000).bytes(2_000);
        let mut choices = Choices::new(&bytes);
        let left = open::open(generate::document(&mut choices), &mut choices);
        // Half of them are compared with themselves, or with what allows nearly everything.
        let right = match choices.below(4) {
            0 => left.clone(),
            1 => open::Open {
                document: json!({ "Version": "1", "Statement": [
                    { "Effect": "Allow", "Action": "*", "Resource": "*" },
                    { "Effect": "Deny", "Action": "bss:*", "Resource": "*" },
                ] }),
                fillings: Vec::new(),
            },
            _ => open::open(generate::document(&mut choices), &mut choices),
        };
        let of = |open: &open::Open| OpenPolicy::of(open.bounds().expect("what is shown is right"));
        let (one, other) = (of(&left), of(&right));
        let within = one.within(&other);
        let overlaps = one.overlaps(&other);
        let never = one.never_allows(&other);
        for proof in [&within, &overlaps, &never] {
            match proof {
                Proof::Yes => yes += 1,
                Proof::No(_) => no += 1,
                Proof::Unknown(_) => unknown += 1,
            }
        }
        let requests = asked_about(&mut choices);
        for _ in 0..6 {
            let (Some((_, left)), Some((_, right))) =
                (left.filled(&mut choices), right.filled(&mut choices))
            else {
                continue;
            };
            let left = Policy::from_document(left);
            let right = Policy::from_document(right);
            let told = || format!("{case}\n{left}\n{right}\n{within:?}\n{overlaps:?}\n{never:?}");
            // What holds for all requests holds for these, but for those whose values cannot be
            // read, about which nothing is proved.
            for asked in requests.iter().filter(|asked| is_plain(asked)) {
                let request = request(asked);
                let (of_left, of_right) = (left.evaluate(&request), right.evaluate(&request));
                let (is_left, is_right) = (of_left.is_allow(), of_right.is_allow());
                assert!(!within.is_yes() || !is_left || is_right, "{asked:?}\n{}", told());
                let share = matches!(overlaps, Proof::No(_));
                assert!(!(share && is_left && is_right), "{asked:?}\n{}", told());
                let is_denied = matches!(of_right, Decision::ExplicitDeny { .. });
                assert!(!never.is_yes() || !is_left || !is_denied, "{asked:?}\n{}", told());
            }
            // A request that shows something shows it whatever the holes contain.
            if let Proof::No(found) = &within {
                let request = found.request().expect("a request");
                assert!(left.evaluate(&request).is_allow(), "{}", told());
                assert!(!right.evaluate(&request).is_allow(), "{}", told());
            }
            if let Proof::No(found) = &never {
                let request = found.request().expect("a request");
                assert!(left.evaluate(&request).is_allow(), "{}", told());
                let denied = matches!(right.evaluate(&request), Decision::ExplicitDeny { .. });
                assert!(denied, "{}", told());
            }
            if overlaps.is_yes() {
                assert!(left.common_request(&right) != Ok(None), "{}", told());
            }
        }
    }
    // An answer that is always open would contradict nothing.
    assert!(yes * 4 > unknown && no * 6 > unknown, "{yes} yes, {no} no, {unknown} unknown");
}

#[test]
fn no_authorization_is_contradicted_by_what_a_request_turns_out_to_be() {
    let mut decided = 0;
    let cases = pairs() / 50;
    for case in 0..cases {
        let bytes = Dice::new(case as u64 + 9_000_000).bytes(2_000);
        let mut choices = Choices::new(&bytes);
        let mut policies = || -> Vec<Policy> {
            (0..=choices.below(2))
                .map(|_| policy_of(&generate::document(&mut choices).to_string()))
                .collect()
        };
        let (own, group) = (policies(), policies());
        let text = policies().first().map(Policy::to_json).unwrap_or_default();
        let session = SessionPolicy::from_json_lenient(&text).expect("a policy").policy;
        let rule = if choices.below(2) == 0 {
            ResourceGroupRule::AccountLevelFirst
        } else {
            ResourceGroupRule::DenyOverrides
        };
        let mut authorizer = Authorizer::new(Caller::User { account: "1", name: "a" })
            .with_policies(&own)
            .with_resource_group_policies(&group)
            .with_resource_group_rule(rule);
        if choices.below(2) == 0 {
            authorizer = authorizer.with_session_policy(&session);
        }
        for _ in 0..10 {
            let asked = open::asked(&mut choices);
            let partial = in_part(&asked, &mut choices);
            if partial.is_any_resource() {
                // Whose it is counts too.
                continue;
            }
            let expected = authorizer.authorize(&request(&asked));
            match authorizer.authorize_partial(&partial) {
                PartialAuthorization::Decided(answer) => {
                    decided += 1;
                    assert_eq!(answer.outcome, expected.outcome, "{authorizer:?}\n{partial:?}");
                }
                PartialAuthorization::Undetermined { may_be_allowed, policies } => {
                    assert!(may_be_allowed || !expected.is_allow(), "{authorizer:?}\n{partial:?}");
                    assert!(!policies.is_empty());
                }
            }
        }
    }
    assert!(decided > cases, "{decided}");
}

#[test]
fn a_document_without_holes_decides_as_ever() {
    for case in 0..2_000 {
        let bytes = Dice::new(case).bytes(400);
        let mut choices = Choices::new(&bytes);
        let document: Value = generate::document(&mut choices);
        let policy = policy_of(&document.to_string());
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
