//! Laws that hold for all policies.

use proptest::prelude::*;
use ram_policy::{Policy, Proof, Prover, Request};
use ram_policy_model::document::Document;
use ram_policy_model::terms::effect::Effect;

use super::requests::near;
use crate::policy::properties::{policy_of, policy_text};

/// Asks how two policies lie to each other, and checks whatever comes back.
fn compare(left: &Policy, right: &Policy) -> Result<(), TestCaseError> {
    let allows = |policy: &Policy, request: &Request<'_>| policy.evaluate(request).is_allow();
    let fail = |error: &dyn std::fmt::Display| TestCaseError::fail(error.to_string());
    let within = left.within(right);
    match &within {
        Proof::Yes => {}
        Proof::No(found) => {
            let request = found.request().map_err(|error| fail(&error))?;
            prop_assert!(allows(left, &request) && !allows(right, &request), "{}", found);
        }
        Proof::Unknown(reason) => return Err(fail(reason)),
    }
    let common = left.common_request(right).map_err(|reason| fail(&reason))?;
    if let Some(found) = &common {
        let request = found.request().map_err(|error| fail(&error))?;
        prop_assert!(allows(left, &request) && allows(right, &request), "{}", found);
    }
    for request in near(&[left, right], 250) {
        let Ok(request) = request.request_unlisted() else { continue };
        let who = (allows(left, &request), allows(right, &request));
        prop_assert!(!within.is_yes() || who != (true, false), "within, but {}", request);
        prop_assert!(common.is_some() || who != (true, true), "apart, but {}", request);
    }
    Ok(())
}

/// The policy with the statements of another of one effect.
fn and(policy: &Policy, effect: Effect, other: &Policy) -> Policy {
    let (own, others) = (policy.document().into_owned(), other.document().into_owned());
    let added = others.statements.iter().filter(|statement| statement.effect == effect);
    let statements = own.statements.iter().chain(added).cloned().collect();
    Policy::from_document(Document { layout: own.layout, statements })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn what_is_answered_is_so(left in policy_text(), right in policy_text()) {
        let (left, right) = (policy_of(&left), policy_of(&right));
        compare(&left, &right)?;
        // Two that have nothing to do with each other are seldom within.
        let narrower = and(&left, Effect::Deny, &right);
        compare(&narrower, &left)?;
        compare(&narrower, &right)?;
    }

    #[test]
    fn a_policy_is_within_itself(text in policy_text()) {
        let policy = policy_of(&text);
        prop_assert_eq!(policy.within(&policy), Proof::Yes);
        prop_assert_eq!(policy.equivalent(&policy.normalised()), Proof::Yes);
    }

    #[test]
    fn a_denial_narrows_and_an_allowance_widens(text in policy_text(), other in policy_text()) {
        let (policy, other) = (policy_of(&text), policy_of(&other));
        prop_assert_eq!(and(&policy, Effect::Deny, &other).within(&policy), Proof::Yes);
        prop_assert_eq!(policy.within(&and(&policy, Effect::Allow, &other)), Proof::Yes);
        let both = Prover::new().within([&policy], [&policy, &and(&Policy::refused(), Effect::Allow, &other)]);
        prop_assert_eq!(both, Proof::Yes);
    }

    #[test]
    fn within_is_transitive(first in policy_text(), second in policy_text(), third in policy_text()) {
        let all = [first, second, third].map(|text| policy_of(&text));
        for (left, middle, right) in [(0, 1, 2), (1, 2, 0), (2, 0, 1), (0, 2, 1)] {
            let of = |number: usize| all.get(number).cloned().unwrap_or_else(Policy::refused);
            // Narrowed and widened, so that the middle is often between them.
            let left = and(&of(left), Effect::Deny, &of(middle));
            let right = and(&of(right), Effect::Allow, &of(middle));
            if left.within(&of(middle)).is_yes() && of(middle).within(&right).is_yes() {
                prop_assert_eq!(left.within(&right), Proof::Yes);
            }
        }
    }

    #[test]
    fn both_ways_are_one_answer(left in policy_text(), right in policy_text()) {
        let (left, right) = (policy_of(&left), policy_of(&right));
        let same = left.equivalent(&right).is_yes();
        prop_assert_eq!(same, right.equivalent(&left).is_yes());
        prop_assert_eq!(same, left.within(&right).is_yes() && right.within(&left).is_yes());
        prop_assert_eq!(left.overlaps(&right).is_yes(), right.overlaps(&left).is_yes());
        // A policy without a common request with what it allows allows nothing.
        if left.overlaps(&left) != Proof::Yes {
            prop_assert_eq!(left.within(&Policy::refused()), Proof::Yes);
        }
    }

    #[test]
    fn fewer_actions_make_no_counterexample(left in policy_text(), right in policy_text()) {
        let (left, right) = (policy_of(&left), policy_of(&right));
        let listed = Prover::new().catalogue_only().within([&left], [&right]);
        match (left.within(&right), &listed) {
            (Proof::Yes, _) => prop_assert_eq!(listed, Proof::Yes),
            (Proof::No(found), Proof::Yes) => {
                let request = found.request().map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert!(request.action().id().is_none(), "{}", found);
            }
            (_, Proof::No(found)) => prop_assert!(found.as_request().request().is_ok(), "{}", found),
            (within, _) => prop_assert!(false, "{} {}", within, listed),
        }
    }
}
