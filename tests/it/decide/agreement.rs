//! Every evaluator decides alike: that of the macro, that of policies read at run time, that of
//! policy sets, and a plain one written from RAM's documents. Over all operators, wildcards, missing
//! keys, several values, malformed values and `NotAction`.

#![allow(clippy::indexing_slicing, clippy::expect_used, reason = "a panic fails the test")]

mod compiled;
mod lowered;

use std::sync::LazyLock;

use ram_policy::{OwnedRequest, Policy, PolicySet, Request, RequestAction, policy};
use ram_policy_fuzzed::agree::{Compared, in_words};
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::near::near;
use ram_policy_fuzzed::reference::{self, Asked};
use ram_policy_fuzzed::{generate, shrink};
use ram_policy_model::document::Statement;
use ram_policy_model::prove::constant::{Found, found};
use ram_policy_model::terms::operand::Meaning;
use serde_json::{Value, json};

/// How many pairs of a policy and a request are decided; `RAM_POLICY_AGREEMENT=1000000` asks for more.
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

/// The same with values that have the types of their keys, where they can.
fn with_types(asked: &Asked) -> Request<'_> {
    let action = RequestAction::unlisted(&asked.action).expect("an action");
    let request = Request::new(action, &asked.resource).expect("an ARN");
    asked.context.iter().fold(request, |request, (key, value)| {
        let read = request.clone().with_named(key, value);
        read.unwrap_or_else(|_| request.with_unchecked(key, value))
    })
}

fn read(document: &Value) -> Policy {
    Policy::from_json_lenient(document.to_string()).expect("a policy").policy
}

/// Policies of the macro that between them have every operator, wildcard and element.
static COMPILED: [Policy; 6] = [
    policy! {
        #![allow(not_action_allow, deny_without_key)]
        allow * except ecs::Delete*, vpc::* on *;
        deny ecs::*Instance on "acs:ecs:*:*:*/i-1" when ecs::tag["owner"] != "a" and ecs::tag["owner"] not like ["b*", "?A"];
    },
    policy! {
        allow ecs::StopInstance, ecs::Describe* on "acs:ecs:cn-hangzhou:*:instance/*", "acs:ecs:*:2:instance/i-?"
            when acs::SourceIp in ["10.0.0.0/30", "2001:db8::/32"]
            and acs::CurrentTime >= "2024-02-29T23:59:59Z";
        deny * on * when acs::SourceIp not in ["10.0.0.0/8", "::/0"] and acs::MFAPresent == false;
    },
    policy! {
        allow ecs::* on * when ecs::tag["owner"] StringEqualsIgnoreCase ["ab", "A"];
        allow unlisted "bss:*" on * when acs::CurrentTime DateNotEquals "2026-11-22T17:00:00+08:00";
        deny ecs::Stop* on * when ecs::tag["owner"] StringNotEqualsIgnoreCase ["a", "b"] and acs::CurrentTime DateEquals "2026-11-22T09:00:00Z";
    },
    policy! {
        #![allow(star_on_star)]
        allow * on *;
        deny ecs::* on "acs:ecs:*:1:*" when "ecs:Size" > 1 and "ecs:Size" <= 10;
        deny vpc::* on * when acs::CurrentTime < "2024-02-29T23:59:59Z";
    },
    policy! {
        allow ecs::* on * when "ecs:Size" == [0, 1] and ecs::tag["owner"] like "a*";
        allow ecs::DescribeInstances on * when "ecs:Size" NumericNotEquals 10 and acs::CurrentTime <= "2026-11-22T09:00:00Z";
        deny ecs::DeleteInstance on "acs:ecs:cn-beijing:*:*" when "ecs:Size" >= 1.5;
    },
    policy! {
        allow ecs::Describe* on * when acs::CurrentTime > "1999-12-31T20:00:00-05:30" and "ecs:Size" < 10 and acs::MFAPresent == true;
        allow vpc::DescribeVpcs on "acs:vpc:*:*:vpc/*" when vpc::tag["owner"] == ["a", "b"];
    },
];

/// The policies of the macro as documents, and read again.
static READ: LazyLock<Vec<(Policy, Value, Policy)>> = LazyLock::new(|| {
    let document =
        |policy: &Policy| -> Value { serde_json::from_str(&policy.to_json()).expect("JSON") };
    let all = COMPILED.iter().chain(&compiled::COMPILED);
    all.map(|policy| (policy.clone(), document(policy), read(&document(policy)))).collect()
});

/// Choices of one case; `case` says which.
fn bytes(case: usize, count: usize) -> Vec<u8> {
    Dice::new(case as u64).bytes(count)
}

#[test]
fn policies_made_at_run_time_decide_as_the_reference() {
    const REQUESTS: usize = 100;
    for case in 0..pairs() / 2 / REQUESTS {
        let bytes = bytes(case, 60 + REQUESTS * 20);
        let mut choices = Choices::new(&bytes);
        let policy = Compared::new(generate::document(&mut choices));
        for number in 0..REQUESTS {
            let asked = generate::asked(&mut choices);
            policy.assert_agreed(&asked);
            if number % 20 == 0 {
                policy.assert_told(&asked);
            }
        }
    }
}

#[test]
fn compiled_policies_decide_as_the_reference() {
    let turns = pairs() / 2 / READ.len();
    let bytes = bytes(7, turns * 20);
    let mut choices = Choices::new(&bytes);
    for _ in 0..turns {
        let asked = generate::asked(&mut choices);
        let (request, typed) = (request(&asked), with_types(&asked));
        for (compiled, document, read) in READ.iter() {
            let expected = reference::decide(document, &asked);
            for (who, decision) in [
                ("compiled", compiled.evaluate(&request)),
                ("by name", compiled.evaluate_by_name(&request)),
                ("read", read.evaluate(&request)),
                ("compiled, of values with types", compiled.evaluate(&typed)),
                ("read, of values with types", read.evaluate(&typed)),
            ] {
                assert_eq!(in_words(decision), expected, "{who}: {asked:?}\n{document}");
            }
            if let Some(id) = request.action().id() {
                assert!(expected.0 != "Allow" || compiled.grants(id), "{document}");
                assert_eq!(compiled.grants(id), read.grants(id), "{document}");
            }
        }
    }
}

#[test]
fn a_set_decides_as_all_statements_in_one_document() {
    for case in 0..pairs() / 1_000 {
        let bytes = bytes(case + 1_000_000, 900);
        let mut choices = Choices::new(&bytes);
        let mut documents: Vec<Value> =
            (0..choices.below(8)).map(|_| generate::document(&mut choices)).collect();
        // Some policies stand in the set twice.
        let again = choices.below(4).min(documents.len());
        documents.extend_from_within(..again);
        let set: PolicySet = documents.iter().map(read).collect::<Vec<_>>().iter().collect();
        let statements =
            |document: &Value| document["Statement"].as_array().cloned().unwrap_or_default();
        let places: Vec<(usize, usize)> = documents
            .iter()
            .enumerate()
            .flat_map(|(policy, document)| {
                (0..statements(document).len()).map(move |statement| (policy, statement))
            })
            .collect();
        let all: Vec<Value> = documents.iter().flat_map(statements).collect();
        let all = json!({ "Statement": all });
        for _ in 0..20 {
            let asked = generate::asked(&mut choices);
            let decision = set.evaluate(&request(&asked));
            let expected = reference::decide(&all, &asked);
            assert_eq!(in_words(decision), expected, "{asked:?}\n{all}");
            let place = decision.statement().and_then(|statement| set.place(statement));
            let expected = decision.statement().and_then(|number| places.get(number).copied());
            assert_eq!(place, expected);
        }
        assert_eq!(set.place(places.len()), None);
        assert_eq!((set.len(), set.is_empty()), (documents.len(), documents.is_empty()));
    }
}

/// A request of a counterexample, for the reference.
fn asked_of(found: &OwnedRequest) -> Asked {
    let pair = |(key, values): &(String, Vec<String>)| {
        values.iter().map(|value| (key.clone(), value.clone())).collect::<Vec<_>>()
    };
    let context = found.context.iter().flat_map(pair).collect();
    Asked { action: found.action.clone(), resource: found.resource.clone(), context }
}

/// What either prover says of two policies is what every evaluator says of each request near them.
#[test]
fn proofs_agree_with_the_reference() {
    let (mut within, mut apart) = (0, 0);
    let (mut proved, mut refuted, mut unreadable) = (0, 0, 0);
    for case in 0..pairs() / 1_500 {
        let bytes = bytes(case + 2_000_000, 300);
        let mut choices = Choices::new(&bytes);
        let [left, right] = [(); 2].map(|()| generate::document(&mut choices));
        // Two policies that have nothing to do with each other are seldom within.
        let mut narrow = left.clone();
        if let (Some(statements), Some(more)) =
            (narrow["Statement"].as_array_mut(), right["Statement"].as_array())
        {
            statements.extend(more.iter().filter(|one| one["Effect"] == "Deny").cloned());
        }
        for (left, right) in [(&left, &right), (&narrow, &left), (&left, &narrow), (&left, &left)] {
            let policies = [left, right].map(read);
            let proof = policies[0].within(&policies[1]);
            within += usize::from(proof.is_yes());
            apart += usize::from(policies[0].overlaps(&policies[1]) == ram_policy::Proof::Yes);
            let constant = found(&policies[0].to_json(), &policies[1].to_json());
            let mut counterexamples = Vec::new();
            if let ram_policy::Proof::No(found) = &proof {
                assert!(found.request().is_ok(), "{found}: no request");
                counterexamples.push(found.as_request().clone());
                assert_ne!(constant, Found::Proved, "{found}\n{left}\n{right}");
            }
            if let Found::Refuted(line) = &constant {
                refuted += 1;
                let found = OwnedRequest::from_json(line).expect("a line of JSON");
                assert!(found.request_unlisted().is_ok(), "{line}: no request");
                counterexamples.push(found);
                assert!(!proof.is_yes(), "{line}\n{left}\n{right}");
            }
            for found in counterexamples {
                let asked = asked_of(&found);
                assert_eq!(reference::decide(left, &asked).0, "Allow", "{found:?}\n{left}");
                assert_ne!(reference::decide(right, &asked).0, "Allow", "{found:?}\n{right}");
            }
            let is_proved = constant == Found::Proved;
            proved += usize::from(is_proved);
            unreadable += usize::from(policies.iter().any(has_unreadable) && is_proved);
            for near in near(&[&policies[0], &policies[1]], 40) {
                let Ok(request) = near.request_unlisted() else { continue };
                let asked = asked_of(&near);
                let allowed = [left, right].map(|one| reference::decide(one, &asked).0 == "Allow");
                let decided = policies.each_ref().map(|one| one.evaluate(&request).is_allow());
                assert_eq!(allowed, decided, "{near:?}\n{left}\n{right}");
                let is_beyond = allowed == [true, false];
                assert!(!proof.is_yes() || !is_beyond, "{near:?}\n{left}\n{right}");
                assert!(!is_proved || !is_beyond, "constant: {near:?}\n{left}\n{right}");
            }
        }
    }
    // The cases are worth something only if all answers occur.
    assert!(within > 0 && apart > 0, "{within} within, {apart} overlap");
    assert!(
        proved > 0 && refuted > 0 && unreadable > 0,
        "{proved} proved, {unreadable} of them with values that cannot be read, {refuted} refuted"
    );
}

fn has_unreadable(policy: &Policy) -> bool {
    let document = policy.document();
    let conditions = document.statements.iter().flat_map(Statement::conditions);
    let mut values = conditions
        .flat_map(|condition| condition.keys.iter())
        .flat_map(|key| key.values.items.iter());
    values.any(|value| value.meaning == Meaning::Invalid)
}

#[test]
fn a_case_that_fails_is_made_small() {
    let statement = |effect: &str, action: &str| {
        json!({ "Effect": effect, "Action": [action, "vpc:*"], "Resource": ["*", "acs:ecs:*:*:*"],
            "Condition": { "StringEquals": { "ecs:tag/a": ["x", "y"], "ecs:tag/b": "z" } } })
    };
    let document = json!({ "Version": "1", "Statement": [statement("Allow", "ecs:*"), statement("Deny", "oss:*")] });
    let pair = |key: &str| (key.to_owned(), "x".to_owned());
    let asked = Asked {
        action: "ecs:StopInstance".into(),
        resource: "*".into(),
        context: vec![pair("ecs:tag/a"), pair("ecs:tag/b")],
    };
    // As if every policy with an `ecs:*` in it were decided wrongly.
    let fails = |document: &Value, _: &Asked| document.to_string().contains("ecs:*\"");
    let (document, asked) = shrink::smallest(document, asked, fails);
    let expected = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:*"}]}"#;
    assert_eq!(document.to_string(), expected);
    assert_eq!(asked.context, []);
}
