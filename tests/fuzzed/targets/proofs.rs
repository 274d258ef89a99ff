//! Proofs about two policies, beside the evaluator.

use ram_policy::{OwnedRequest, Policy, Proof, Request};
use ram_policy_model::prove::constant::{Found, found};

use crate::choices::Choices;
use crate::near::near;
use crate::{generate, policy_of};

/// Two policies made of choices.
pub(super) fn run(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let [left, right] = [(); 2].map(|()| policy_of(&generate::document(&mut choices).to_string()));
    holds(&left, &right, 40);
    holds(&right, &left, 40);
    shorter_is_the_same(&left);
}

/// Every counterexample is confirmed, also of the prover for constants, and no request near the policies speaks against an answer.
pub(super) fn holds(left: &Policy, right: &Policy, requests: usize) {
    let allows = |policy: &Policy, request: &Request<'_>| policy.evaluate(request).is_allow();
    let within = left.within(right);
    if let Proof::No(found) = &within {
        let request = found.request().unwrap();
        assert!(allows(left, &request) && !allows(right, &request), "{found}\n{left}\n{right}");
    }
    let constant = found(&left.to_json(), &right.to_json());
    if let Found::Refuted(line) = &constant {
        let found = OwnedRequest::from_json(line).unwrap();
        let request = found.request_unlisted().unwrap();
        assert!(allows(left, &request) && !allows(right, &request), "{line}\n{left}\n{right}");
        assert!(!within.is_yes(), "{line}\n{left}\n{right}");
    }
    let is_proved = constant == Found::Proved;
    assert!(!is_proved || !matches!(within, Proof::No(_)), "{within}\n{left}\n{right}");
    let common = left.common_request(right);
    if let Ok(Some(found)) = &common {
        let request = found.request().unwrap();
        assert!(allows(left, &request) && allows(right, &request), "{found}\n{left}\n{right}");
    }
    for request in near(&[left, right], requests) {
        let Ok(request) = request.request_unlisted() else { continue };
        let who = (allows(left, &request), allows(right, &request));
        let is_within = within.is_yes() || is_proved;
        assert!(!is_within || who != (true, false), "{request}\n{left}\n{right}");
        assert!(common != Ok(None) || who != (true, true), "{request}\n{left}\n{right}");
    }
}

/// The shorter form allows what the long one does.
pub(super) fn shorter_is_the_same(policy: &Policy) {
    let short = policy.simplified();
    assert!(!matches!(policy.equivalent(&short), Proof::No(_)), "{policy}\n{short}");
    assert!(short.to_json().len() <= policy.to_json().len(), "{policy}\n{short}");
}
