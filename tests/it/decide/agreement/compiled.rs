//! Policies compiled by the macro: some of the same choices as those made at run time, and one for each
//! place that a value which cannot be read may have, each with all rules lowered that it breaks.
//!
//! `WRITE_COMPILED=1 cargo test -p ram-policy-tests --test it agreement::compiled` writes
//! `generated.rs` anew, which is needed when the choices or the checker change.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use ram_policy::{Level, Operator, Policy, Request, RequestAction, Strictness};
use ram_policy_fuzzed::agree::in_words;
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::generate;
use ram_policy_fuzzed::reference::{self, Asked};
use ram_policy_model::report::rule::{Rule, Severity};
use ram_policy_model::terms::family::Family;
use serde_json::{Value, json};

mod generated;

pub(super) use generated::COMPILED;

/// How many documents of choices are compiled.
const RANDOM: u64 = 120;

/// Documents of choices that RAM takes.
fn random() -> impl Iterator<Item = Value> {
    let good = (0..).filter_map(|case| {
        let bytes = Dice::new(case + 3_000_000).bytes(400);
        let document = generate::document(&mut Choices::new(&bytes));
        let has_several = document["Statement"].as_array()?.len() > 1;
        (has_several && lowered(&document).is_some()).then_some(document)
    });
    good.take(usize::try_from(RANDOM).unwrap_or(0))
}

/// A condition key whose values are of a family, with values that an operator may compare and one
/// that it cannot.
fn of_family(family: Family) -> Option<(&'static str, [&'static str; 2], &'static str)> {
    match family {
        Family::String => None,
        Family::Number => Some(("ecs:Size", ["1", "10"], "1e3")),
        Family::Date => Some((
            "acs:CurrentTime",
            ["2026-11-22T09:00:00Z", "2024-02-29T23:59:59Z"],
            "2026-11-22",
        )),
        Family::Boolean => Some(("acs:MFAPresent", ["true", "false"], "yes")),
        Family::Ip => Some(("acs:SourceIp", ["10.0.0.0/30", "2001:db8::/32"], "192.168.0.0/33")),
    }
}

/// A value that cannot be read under each operator, at each place of a list, in statements that
/// allow and that deny.
fn unreadable() -> impl Iterator<Item = (Operator, Value)> {
    Operator::ALL.into_iter().flat_map(|operator| {
        let places = of_family(operator.family()).map(|(key, [one, other], wrong)| {
            let lists = if operator == Operator::Bool {
                // It takes one value.
                vec![json!(wrong), json!([wrong])]
            } else {
                vec![
                    json!(wrong),
                    json!([wrong, one, other]),
                    json!([one, wrong, other]),
                    json!([one, other, wrong]),
                    json!([wrong, wrong]),
                ]
            };
            (key, lists)
        });
        let lists = places.into_iter().flat_map(move |(key, lists)| {
            lists.into_iter().map(move |list| json!({ operator.name(): { key: list } }))
        });
        lists.flat_map(move |condition| {
            let statement = |effect: &str, condition: Option<&Value>| {
                let mut statement = json!({ "Effect": effect, "Action": "ecs:*", "Resource": "*" });
                if let Some(condition) = condition {
                    statement["Condition"] = condition.clone();
                }
                statement
            };
            [
                json!({ "Version": "1", "Statement": [statement("Allow", Some(&condition))] }),
                json!({ "Version": "1", "Statement":
                    [statement("Allow", None), statement("Deny", Some(&condition))] }),
            ]
            .map(|document| (operator, document))
        })
    })
}

/// What the choices seldom give.
fn by_hand() -> impl Iterator<Item = Value> {
    let statement = |action: &str, resource: &str| {
        json!({ "Version": "1", "Statement": [
            { "Effect": "Allow", "Action": action, "Resource": resource },
            { "Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "acs:ecs:*:1:instance/*" },
        ] })
    };
    [
        statement("sts:AssumeRole", "*"),
        statement("ecs:CancelTask", "acs:ecs:*:*:instance/*"),
        statement("xtrace:*", "acs:xtrace:*:*:app/*"),
        statement("kms:GetSecretValue", "*"),
        statement("ecss:StopInstance", "*"),
        statement("ecs:BrandNewThing", "*"),
        of_set("ForAnyValue:StringLike", "Allow"),
        of_set("ForAllValues:Bool", "Deny"),
    ]
    .into_iter()
}

/// An operator for several values beside one that is known.
fn of_set(operator: &str, effect: &str) -> Value {
    json!({ "Version": "1", "Statement": [
        { "Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "*" },
        { "Effect": effect, "Action": "ecs:*", "Resource": "*", "Condition": {
            operator: { "ecs:tag/owner": "true" },
            "Bool": { "acs:MFAPresent": "true" },
        } },
    ] })
}

fn documents() -> impl Iterator<Item = Value> {
    unreadable().map(|(_, document)| document).chain(by_hand()).chain(random())
}

/// The rules that a document breaks; `None` if RAM would refuse it.
fn broken(document: &Value) -> Option<BTreeSet<Rule>> {
    let read = Policy::from_json_lenient(document.to_string()).ok()?;
    read.findings.iter().map(|finding| Rule::from_name(finding.rule())).collect()
}

/// The rules that must be lowered for a document to compile; `None` if RAM would refuse it.
fn lowered(document: &Value) -> Option<Vec<&'static str>> {
    let rules = broken(document)?;
    Some(
        rules
            .iter()
            .filter(|rule| rule.level(Strictness::Strict) >= Level::Warning)
            .map(|rule| rule.name())
            .collect(),
    )
}

#[test]
fn the_compiled_policies_are_those_of_the_choices() {
    let documents: Vec<Value> = documents().collect();
    let count = documents.len();
    let mut text = format!(
        "//! Made by `WRITE_COMPILED=1 cargo test`, see the file above.\n\nuse ram_policy::{{Policy, policy}};\n\n#[rustfmt::skip]\npub(crate) static COMPILED: [Policy; {count}] = [\n"
    );
    for document in &documents {
        let lowered = lowered(document).expect("a document that RAM takes");
        let document = document.to_string();
        let inside = document.trim_start_matches('{');
        let inside = inside.strip_suffix('}').unwrap_or(inside);
        let levels = match lowered.as_slice() {
            [] => String::new(),
            rules => format!("#![allow({})] ", rules.join(", ")),
        };
        let _ = writeln!(text, "    policy! {{ {levels}{inside} }},");
    }
    text.push_str("];\n");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/it/decide/agreement/compiled/generated.rs");
    if std::env::var_os("WRITE_COMPILED").is_some() {
        std::fs::write(path, &text).expect("the file is written");
    }
    let there = std::fs::read_to_string(path).expect("the file is there");
    assert!(there == text, "generated.rs is stale: WRITE_COMPILED=1 writes it anew");
}

/// Rules that no identity policy of a few statements breaks.
const ELSEWHERE: [Rule; 15] = [
    // Of policies of resources.
    Rule::Principal,
    Rule::EmptyPrincipal,
    Rule::IneffectiveAction,
    Rule::SourceIpAlone,
    Rule::WildcardInside,
    Rule::Public,
    // Of trust policies.
    Rule::Trust,
    Rule::DuplicatePrincipal,
    Rule::TrustOfWholeAccount,
    Rule::OidcWithoutAudience,
    // Of templates.
    Rule::NotChecked,
    Rule::VersionNumber,
    // Of long ones.
    Rule::NearLimit,
    // Of actions that nothing here names.
    Rule::DeprecatedAction,
    Rule::ReplacedAction,
];

#[test]
fn every_rule_that_can_be_lowered_is_broken_by_a_compiled_policy() {
    let broken: BTreeSet<Rule> =
        documents().filter_map(|document| broken(&document)).flatten().collect();
    let missing: Vec<&str> = Rule::ALL
        .iter()
        .filter(|rule| rule.severity() != Severity::Error && !ELSEWHERE.contains(rule))
        .filter(|rule| !broken.contains(rule))
        .map(|rule| rule.name())
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_value_that_cannot_be_read_never_allows_and_always_denies() {
    let mut compiled = COMPILED.iter();
    for (operator, document) in unreadable() {
        let compiled = compiled.next().expect("a policy for each document");
        let read = Policy::from_json_lenient(document.to_string()).expect("a policy").policy;
        assert_eq!(compiled.to_json(), read.to_json());
        let key = of_family(operator.family()).map_or("", |(key, ..)| key);
        for given in [
            None,
            Some("1"),
            Some("10"),
            Some("11"),
            Some("2026-11-22T09:00:00Z"),
            Some("2001-01-01T00:00:00Z"),
            Some("true"),
            Some("false"),
            Some("10.0.0.1"),
            Some("192.0.2.1"),
            Some("2001:db8::1"),
            Some("x"),
        ] {
            let action = RequestAction::unlisted("ecs:StopInstance").expect("an action");
            let request = Request::new(action, "*").expect("a request");
            let request = match given {
                None => request,
                Some(value) => request.with_unchecked(key, value),
            };
            let context =
                given.map(|value| (key.to_owned(), value.to_owned())).into_iter().collect();
            let asked = Asked { action: "ecs:StopInstance".into(), resource: "*".into(), context };
            let expected = reference::decide(&document, &asked);
            for (who, decision) in
                [("compiled", compiled.evaluate(&request)), ("read", read.evaluate(&request))]
            {
                assert_eq!(in_words(decision), expected, "{who}: {given:?}\n{document}");
            }
            // With a value at hand nothing can be compared, so nothing is allowed.
            assert!(given.is_none() || !compiled.evaluate(&request).is_allow(), "{document}");
        }
    }
}
