//! The prover that runs in a constant says nothing that the exact one does not, and how often it
//! says nothing at all.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use ram_policy::{Guardrail, OwnedRequest, Policy, Proof};
use ram_policy_model::prove::constant::{Found, found};

use crate::house::corpus::identity_policies;
use crate::policy::properties::{policy_of, policy_text};

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
                proof @ (Proof::No(_) | Proof::Unknown(_)) => {
                    Err(format!("proved, but {proof}\n{}", pair()))
                }
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

/// How a pair came out.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    Proved,
    Refuted,
    Undecided,
}

/// Statements of a policy, as JSON, within those of another.
fn statements_within(statements: &str, limit: &str) -> Came {
    let text = |statements: &str| format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
    let (policy, boundary) = (text(statements), text(limit));
    let policies = [&policy, &boundary].map(|text| policy_of(text));
    let [left, right] = &policies;
    if let Err(problem) = agree(left, right, &mut Totals::default()) {
        panic!("{problem}");
    }
    match found(&left.to_json(), &right.to_json()) {
        Found::Proved => Came::Proved,
        Found::Refuted(_) => Came::Refuted,
        Found::Undecided(_) => Came::Undecided,
    }
}

fn of_effect(effect: &str, condition: &str) -> String {
    let condition = match condition {
        "" => String::new(),
        condition => format!(r#","Condition":{{{condition}}}"#),
    };
    format!(r#"{{"Effect":"{effect}","Action":"ecs:StopInstance","Resource":"*"{condition}}}"#)
}

#[test]
fn a_value_that_cannot_be_read_proves_nothing_that_is_not_so() {
    const GOOD: &str = r#""IpAddress":{"acs:SourceIp":"10.0.0.0/8"}"#;
    const BAD: &str = r#""IpAddress":{"acs:SourceIp":["10.0.0.0/8","192.168.0.0/33"]}"#;
    const NOT_GOOD: &str = r#""NotIpAddress":{"acs:SourceIp":"10.0.0.0/8"}"#;
    const NOT_BAD: &str = r#""NotIpAddress":{"acs:SourceIp":["10.0.0.0/8","192.168.0.0/33"]}"#;
    let allow = |condition: &str| of_effect("Allow", condition);
    let deny = |condition: &str| format!("{},{}", allow(""), of_effect("Deny", condition));
    use Came::{Proved, Refuted, Undecided};
    let mut wrong: Vec<String> = Vec::new();
    for (name, left, right, expected) in [
        ("the boundary's never allows", allow(GOOD), allow(BAD), Refuted),
        ("the policy's never allows", allow(BAD), allow(GOOD), Proved),
        ("nor beside other services", allow(BAD), allow(BAD).replace("ecs:", "oss:"), Proved),
        ("the same never allows", allow(BAD), allow(BAD), Proved),
        (
            "negated, the boundary's allows without the key",
            allow(NOT_GOOD),
            allow(NOT_BAD),
            Refuted,
        ),
        ("negated, the policy's allows without the key", allow(NOT_BAD), allow(NOT_GOOD), Proved),
        ("negated, the same", allow(NOT_BAD), allow(NOT_BAD), Proved),
        ("nothing else allows without the key", allow(NOT_BAD), allow(GOOD), Refuted),
        ("without a condition, the boundary's", allow(""), allow(NOT_BAD), Refuted),
        ("a denial denies every value", allow(GOOD), deny(BAD), Refuted),
        ("a denial with the key meets none without", allow(NOT_BAD), deny(BAD), Proved),
        ("a negated denial denies always", allow(NOT_BAD), deny(NOT_BAD), Refuted),
        ("the policy's denial takes values back", deny(BAD), allow(NOT_BAD), Undecided),
        ("a negated denial takes everything back", deny(NOT_BAD), allow(BAD), Proved),
        ("the same denial", deny(BAD), deny(BAD), Proved),
        ("more is denied where the value cannot be read", deny(BAD), deny(GOOD), Proved),
        ("less is denied where the value can be read", deny(GOOD), deny(BAD), Refuted),
        ("a denial of some is one of none", deny(NOT_GOOD), deny(NOT_BAD), Refuted),
        ("negated, and the other way", deny(NOT_BAD), deny(NOT_GOOD), Proved),
    ] {
        let came = statements_within(&left, &right);
        if came != expected {
            wrong.push(format!("{name}: {came:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_family_knows_what_it_cannot_read() {
    for (operator, key, good, bad) in [
        ("NumericEquals", "ecs:Size", "1", "1e3"),
        ("NumericLessThan", "ecs:Size", "1", "x"),
        ("NumericNotEquals", "ecs:Size", "1", ""),
        ("DateEquals", "acs:CurrentTime", "2026-11-22T09:00:00Z", "2026-11-22"),
        ("DateGreaterThan", "acs:CurrentTime", "2026-11-22T09:00:00Z", "2026-11-22T09:00:00"),
        ("DateNotEquals", "acs:CurrentTime", "2026-11-22T09:00:00Z", "x"),
        ("IpAddress", "acs:SourceIp", "2001:db8::/32", "2001:db8::/129"),
        ("NotIpAddress", "acs:SourceIp", "10.0.0.0/8", "::ffff:10.0.0.0/104"),
    ] {
        for values in [
            format!(r#"["{bad}","{good}"]"#),
            format!(r#"["{good}","{bad}","{good}"]"#),
            format!(r#"["{good}","{bad}"]"#),
            format!(r#""{bad}""#),
        ] {
            let of = |values: &str| format!(r#""{operator}":{{"{key}":{values}}}"#);
            let (good, bad) = (of(&format!(r#""{good}""#)), of(&values));
            let [good, bad] = [good, bad].map(|condition| of_effect("Allow", &condition));
            assert_eq!(statements_within(&good, &bad), Came::Refuted, "{good} within {bad}");
            assert_eq!(statements_within(&bad, &good), Came::Proved, "{bad} within {good}");
        }
    }
    // `Bool` takes one value.
    let of = |value: &str| of_effect("Allow", &format!(r#""Bool":{{"acs:MFAPresent":"{value}"}}"#));
    assert_eq!(statements_within(&of("true"), &of("yes")), Came::Refuted);
    assert_eq!(statements_within(&of("yes"), &of("true")), Came::Proved);
}

#[test]
fn a_request_is_shown_only_where_it_is_one() {
    let all = |element: &str, action: &str, resource: &str| {
        format!(r#"{{"Effect":"{element}","Action":"{action}","Resource":"{resource}"}}"#)
    };
    let stop = all("Allow", "ecs:StopInstance", "*");
    let other = all("Allow", "oss:GetObject", "*");
    use Came::{Proved, Refuted, Undecided};
    let mut wrong: Vec<String> = Vec::new();
    for (name, left, right, expected) in [
        (
            "every name has a character",
            format!("{stop},{}", all("Deny", "*", "acs:*:*:*:?*")),
            other.clone(),
            Proved,
        ),
        (
            "so have a service and an account",
            format!("{stop},{}", all("Deny", "*:?*", "acs:*?:*:?*:*?")),
            other.clone(),
            Proved,
        ),
        (
            "a region may have none",
            format!("{stop},{}", all("Deny", "*", "acs:*:?*:*:*")),
            other.clone(),
            Undecided,
        ),
        (
            "a mark reads the star of a whole service",
            format!("{stop},{}", all("Deny", "*", "acs:ecs:?:?:?")),
            format!("{stop},{}", all("Deny", "*", "acs:ecs:?:?:?")),
            Proved,
        ),
        (
            "a Boolean that is none",
            of_effect("Allow", r#""StringEquals":{"acs:SecureTransport":"t"}"#),
            other.clone(),
            Undecided,
        ),
        (
            "a date that is none",
            of_effect("Allow", r#""StringLike":{"acs:CurrentTime":"2026*"}"#),
            other.clone(),
            Undecided,
        ),
        (
            "a key that is misspelt",
            of_effect("Allow", r#""StringEquals":{"acs:SourceIpp":"10.0.0.1"}"#),
            other.clone(),
            Undecided,
        ),
        (
            "a key of a service that is not known",
            of_effect("Allow", r#""StringEquals":{"nosuch:Key":"x"}"#),
            other.clone(),
            Refuted,
        ),
        (
            "a text where a Boolean is asked for too",
            of_effect("Allow", r#""StringEquals":{"ecs:Size":"*a"}"#),
            of_effect("Allow", r#""Bool":{"ecs:Size":"true"}"#),
            Undecided,
        ),
        (
            "an address of IPv6",
            of_effect("Allow", r#""IpAddress":{"acs:SourceIp":"2001:db8::/32"}"#),
            other.clone(),
            Refuted,
        ),
        (
            "a truth in another spelling",
            of_effect("Allow", r#""Bool":{"acs:MFAPresent":"True"}"#),
            other,
            Refuted,
        ),
    ] {
        let came = statements_within(&left, &right);
        if came != expected {
            wrong.push(format!("{name}: {came:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
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
