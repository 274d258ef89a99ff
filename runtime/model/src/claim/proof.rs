//! Decides claims about all requests, and says by which request they fail.

use alloc::format;
use alloc::string::{String, ToString};

use crate::policy::Policy;
use crate::prove::{Counterexample, Proof};
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::terms::decision::Decision;

/// Reports a policy that allows something that must never be.
pub(super) fn never<L>(at: L, policy: &Policy, denied: &Policy, report: &mut Report<L>) {
    let question = "whether the policy never allows this";
    let sentence = "the policy allows what it must never allow";
    let proof = policy.never_allows(denied);
    proved(at, proof, (question, sentence), |found| said(policy, found), report);
}

/// Reports a policy that goes beyond its boundary; `None` is one that is not known here.
pub(super) fn within<L>(
    at: L,
    policy: &Policy,
    boundary: Option<&Policy>,
    name: &str,
    report: &mut Report<L>,
) {
    let Some(boundary) = boundary else { return };
    let question = format!("whether the policy keeps within {name}");
    let sentence = format!("the policy goes beyond {name}");
    let of_both =
        |found: &Counterexample| format!("{}, {}", said(policy, found), refused(boundary, found));
    proved(at, policy.within(boundary), (&question, &sentence), of_both, report);
}

/// Tells what a proof says but yes.
fn proved<L>(
    at: L,
    proof: Proof,
    (question, sentence): (&str, &str),
    why: impl FnOnce(&Counterexample) -> String,
    report: &mut Report<L>,
) {
    match proof {
        Proof::Yes => {}
        Proof::No(found) => {
            let lines = [found.to_string(), why(&found)];
            let lines = lines.iter().map(String::as_str);
            report.add_with(at, Rule::FailedClaim, sentence, lines);
        }
        Proof::Unknown(reason) => {
            let message = format!("it cannot be decided {question}: {reason}");
            report.add_with(at, Rule::FailedClaim, message, []);
        }
    }
}

/// Which statement of the policy allows a request.
fn said(policy: &Policy, found: &Counterexample) -> String {
    match decision(policy, found) {
        Some(Decision::Allow { statement }) => format!("statement {statement} allows it"),
        _ => "the policy allows it".into(),
    }
}

/// How a boundary refuses a request.
fn refused(boundary: &Policy, found: &Counterexample) -> String {
    match decision(boundary, found) {
        Some(Decision::ExplicitDeny { statement }) => {
            format!("statement {statement} of the boundary denies it")
        }
        _ => "no statement of the boundary allows it".into(),
    }
}

fn decision(policy: &Policy, found: &Counterexample) -> Option<Decision> {
    found.request().ok().map(|request| policy.evaluate(&request))
}
