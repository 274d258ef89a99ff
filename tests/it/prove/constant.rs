//! The prover that runs in a constant says nothing that the exact one does not, and how often it
//! says nothing at all.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use ram_policy::{Guardrail, OwnedRequest, Policy, Proof};
use ram_policy_model::prove::constant::{Found, found};

use crate::corpus::identity_policies;
use crate::properties::{policy_of, policy_text};

/// How many pairs came out how.
#[derive(Debug, Default)]
struct Totals {
    proved: usize,
    refuted: usize,
    undecided: usize,
}

impl Totals {
    fn undecided_of_thousand(&self) -> usize {
        self.undecided * 1_000 / (self.proved + self.refuted + self.undecided).max(1)
    }
}

/// Asks both provers; what the one in a constant says, the exact one or the evaluator confirms.
fn agree(left: &Policy, right: &Policy, totals: &mut Totals) -> Result<(), String> {
    let pair = || format!("{}\nwithin\n{}", left.to_json(), right.to_json());
    match found(&left.to_json(), &right.to_json()) {
        Found::Proved => {
            totals.proved += 1;
            match left.within(right) {
                Proof::Yes => Ok(()),
                proof => Err(format!("proved, but {proof}\n{}", pair())),
            }
        }
        Found::Refuted(line) => {
            totals.refuted += 1;
            let error = |error: &dyn std::fmt::Display| format!("{line}: {error}\n{}", pair());
            let request = OwnedRequest::from_json(&line).map_err(|told| error(&told))?;
            let request = request.request_unlisted().map_err(|told| error(&told))?;
            if !left.evaluate(&request).is_allow() || right.evaluate(&request).is_allow() {
                return Err(error(&"the evaluator says otherwise"));
            }
            match left.within(right) {
                Proof::Yes => Err(error(&"the exact prover says yes")),
                Proof::No(_) | Proof::Unknown(_) => Ok(()),
            }
        }
        Found::Undecided(_) => {
            totals.undecided += 1;
            Ok(())
        }
    }
}

/// The policies of a folder that could be constants.
fn of_folder(folder: &Path) -> Vec<Policy> {
    let policies = identity_policies(folder).into_iter().map(|(_, policy)| policy);
    policies.filter(|policy| Policy::from_json(policy.to_json()).is_ok()).collect()
}

/// Every policy with every other.
fn all_pairs(policies: &[Policy]) -> Totals {
    let mut totals = Totals::default();
    for left in policies {
        for right in policies {
            if let Err(problem) = agree(left, right, &mut totals) {
                panic!("{problem}");
            }
        }
    }
    totals
}

#[test]
fn documents_are_decided_alike() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut policies = of_folder(&own.join("golden"));
    policies.extend(of_folder(&own.join("documents/clean")));
    assert!(policies.len() > 60, "{}", policies.len());
    let guardrails = [Guardrail::no_privilege_escalation(), Guardrail::requires_mfa()];
    policies.extend(guardrails.iter().map(|guardrail| guardrail.boundary().clone()));
    let totals = all_pairs(&policies);
    println!("{totals:?}, {} of 1,000 undecided", totals.undecided_of_thousand());
    assert!(totals.proved > 100 && totals.refuted > 1_000, "{totals:?}");
    // Some documents are as long as they may be, where a question is given up soon.
    assert!(totals.undecided_of_thousand() < 100, "{totals:?}");
}

#[test]
fn the_corpus_is_decided_alike() {
    let Some(folder) = std::env::var_os("RAM_POLICY_CORPUS").map(PathBuf::from) else {
        println!("RAM_POLICY_CORPUS is not set: no pairs are compared");
        return;
    };
    let totals = all_pairs(&of_folder(&folder));
    println!("{totals:?}, {} of 1,000 undecided", totals.undecided_of_thousand());
    assert!(totals.undecided_of_thousand() < 10, "{totals:?}");
}

/// Whether a policy keeps within a boundary when both limit the same action by one condition.
fn within(condition: &str, limit: &str) -> Result<Found, String> {
    let text = |condition: &str| {
        format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{{{condition}}}}}]}}"#
        )
    };
    let (policy, boundary) = (text(condition), text(limit));
    agree(&policy_of(&policy), &policy_of(&boundary), &mut Totals::default())?;
    Ok(found(&policy, &boundary))
}

#[test]
fn dates_are_in_order() {
    let condition =
        |operator: &str, date: &str| format!(r#""{operator}":{{"acs:CurrentTime":"{date}"}}"#);
    for (name, operator, date, limit, expected) in [
        ("earlier", "DateLessThan", "2027-01-01T00:00:00Z", "2027-01-01T00:00:01Z", true),
        ("same", "DateLessThan", "2027-01-01T00:00:00Z", "2027-01-01T00:00:00Z", true),
        ("later", "DateLessThan", "2027-01-01T00:00:02Z", "2027-01-01T00:00:00Z", false),
        ("other zone", "DateLessThan", "2027-01-01T00:00:00+08:00", "2026-12-31T16:00:00Z", true),
        (
            "earlier by zone",
            "DateLessThan",
            "2027-01-01T00:00:00+08:00",
            "2026-12-31T20:00:00Z",
            true,
        ),
        (
            "later by zone",
            "DateLessThan",
            "2027-01-01T00:00:00-08:00",
            "2027-01-01T00:00:00Z",
            false,
        ),
        ("fraction", "DateLessThanEquals", "2027-01-01T00:00:00.5Z", "2027-01-01T00:00:01Z", true),
        ("behind", "DateGreaterThan", "2027-06-01T00:00:00Z", "2027-01-01T00:00:00Z", true),
        ("before", "DateGreaterThan", "2027-01-01T00:00:00Z", "2027-01-01T00:00:05Z", false),
        ("first", "DateLessThan", "0000-01-01T00:00:01Z", "9999-12-31T23:59:59Z", true),
    ] {
        match (within(&condition(operator, date), &condition(operator, limit)), expected) {
            (Ok(Found::Proved), true) | (Ok(Found::Refuted(_)), false) => {}
            (found, _) => panic!("{name}: {found:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn random_policies_are_decided_alike(left in policy_text(), right in policy_text()) {
        let (left, right) = (policy_of(&left), policy_of(&right));
        let mut totals = Totals::default();
        // Two that have nothing to do with each other are seldom within.
        let both = Policy::merged([&left, &right]).unwrap_or_else(|_| left.clone());
        for (one, other) in [(&left, &right), (&left, &left), (&left, &both), (&both, &right)] {
            agree(one, other, &mut totals).map_err(TestCaseError::fail)?;
        }
    }
}
