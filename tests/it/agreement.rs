//! Every evaluator decides alike: that of the macro, that of policies read at run time, that of
//! policy sets, and a plain one written from RAM's documents. Over all operators, wildcards, missing
//! keys, several values, malformed values and `NotAction`.

#![allow(clippy::indexing_slicing, reason = "a panic fails the test")]

mod reference;

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use ram_policy::{
    Decision, Operator, OwnedRequest, Policy, PolicySet, Request, RequestAction, policy,
};
use ram_policy_model::operator::Family;
use reference::Asked;
use serde_json::{Value, json};

/// How many requests each policy is asked; times the cases there are over 100,000 pairs.
const REQUESTS: usize = 60;
const CASES: u32 = 2_000;

const KEYS: [&str; 7] = [
    "ecs:tag/owner",
    "acs:SourceIp",
    "acs:CurrentTime",
    "acs:MFAPresent",
    "ecs:Size",
    "acs:Other",
    "vpc:tag/owner",
];

fn operators() -> impl Strategy<Value = Operator> {
    select(Operator::ALL.to_vec())
}

/// A value an operator of this family may be compared with.
fn wanted(family: Family) -> BoxedStrategy<String> {
    match family {
        Family::String => "[abA*?]{0,3}".boxed(),
        Family::Number => {
            select(vec!["0", "1", "-0.5", "1.50", "10", "007"]).prop_map(String::from).boxed()
        }
        Family::Date => select(vec![
            "2026-11-22T09:00:00Z",
            "2026-11-22T17:00:00+08:00",
            "2024-02-29T23:59:59Z",
            "1999-12-31T20:00:00-05:30",
        ])
        .prop_map(String::from)
        .boxed(),
        Family::Boolean => select(vec!["true", "false", "True"]).prop_map(String::from).boxed(),
        Family::Ip => select(vec![
            "10.0.0.1",
            "10.0.0.0/30",
            "10.0.0.2/31",
            "0.0.0.0/0",
            "::/0",
            "2001:db8::/32",
        ])
        .prop_map(String::from)
        .boxed(),
    }
}

/// A value a request may have, of whatever form.
fn given() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[abA]{0,3}".boxed(),
        1 => wanted(Family::Number),
        1 => wanted(Family::Date),
        1 => wanted(Family::Boolean),
        2 => select(vec!["10.0.0.1", "10.0.0.2", "10.0.0.3", "192.0.2.1", "2001:db8::1", "::1"])
            .prop_map(String::from),
    ]
    .boxed()
}

fn one_or_more(texts: BoxedStrategy<String>, most: usize) -> BoxedStrategy<Value> {
    prop_oneof![
        texts.clone().prop_map(Value::from),
        proptest::collection::vec(texts, 1..=most).prop_map(Value::from),
    ]
    .boxed()
}

fn condition() -> impl Strategy<Value = (String, String, Value)> {
    (operators(), select(KEYS.to_vec())).prop_flat_map(|(operator, key)| {
        // `Bool` takes one value.
        let most = if operator == Operator::Bool { 1 } else { 3 };
        one_or_more(wanted(operator.family()), most)
            .prop_map(move |values| (operator.name().to_owned(), key.to_owned(), values))
    })
}

fn statement() -> impl Strategy<Value = Value> {
    let actions = select(vec![
        "*",
        "ecs:*",
        "ecs:Stop*",
        "ECS:stopinstance",
        "ecs:*Instance",
        "ecs:?topInstance",
        "e?s:*",
        "*:Describe*",
        "ecs:StopInstance",
        "vpc:DescribeVpcs",
        "ecs:Describe*s",
        "bss:*",
        "bss:Get",
    ])
    .prop_map(String::from)
    .boxed();
    let resources = select(vec![
        "*",
        "acs:ecs:*:*:*",
        "acs:ecs:cn-hangzhou:*:instance/*",
        "acs:*:*hang*:1:*",
        "acs:ecs:*:2:instance/i-?",
        "acs:ecs:*:*:*/i-1",
        "acs:vpc:*:*:vpc/*",
        "acs:ecs:*:*:instance/i-1",
        "acs:ecs:*:*:inst*e/*1",
    ])
    .prop_map(String::from)
    .boxed();
    (
        select(vec!["Allow", "Deny"]),
        select(vec!["Action", "Action", "Action", "NotAction"]),
        one_or_more(actions, 3),
        one_or_more(resources, 3),
        proptest::collection::vec(condition(), 0..3),
    )
        .prop_map(|(effect, element, actions, resources, conditions)| {
            let mut statement =
                json!({ "Effect": effect, element: actions, "Resource": resources });
            for (operator, key, values) in conditions {
                statement["Condition"][operator][key] = values;
            }
            statement
        })
}

fn document() -> impl Strategy<Value = Value> {
    proptest::collection::vec(statement(), 1..6)
        .prop_map(|statements| json!({ "Version": "1", "Statement": statements }))
}

fn asked() -> impl Strategy<Value = Asked> {
    let action = select(vec![
        "ecs:StopInstance",
        "ecs:DescribeInstances",
        "ecs:DeleteInstance",
        "vpc:DescribeVpcs",
        "bss:Get",
        "ess:describething",
    ]);
    let resource = select(vec![
        "*",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        "acs:ecs:cn-beijing:2:instance/i-2",
        "acs:vpc:cn-hangzhou:1:vpc/vpc-1",
        "acs:ecs:cn-hangzhou:2:disk/i-1",
        "acs:ecs:*:1:instance/*",
    ]);
    let value = (select(KEYS.to_vec()), given()).prop_map(|(key, value)| (key.to_owned(), value));
    (action, resource, proptest::collection::vec(value, 0..5)).prop_map(
        |(action, resource, context)| Asked {
            action: action.to_owned(),
            resource: resource.to_owned(),
            context,
        },
    )
}

fn request(asked: &Asked) -> Result<Request<'_>, TestCaseError> {
    let wrong = |error: ram_policy::RequestError| TestCaseError::fail(error.to_string());
    let action = RequestAction::unlisted(&asked.action).map_err(wrong)?;
    let request = Request::new(action, &asked.resource).map_err(wrong)?;
    let values = asked.context.iter();
    Ok(values.fold(request, |request, (key, value)| request.with_unchecked(key, value)))
}

fn in_words(decision: Decision) -> (&'static str, Option<usize>) {
    let word = match decision {
        Decision::Allow { .. } => "Allow",
        Decision::ExplicitDeny { .. } => "ExplicitDeny",
        Decision::ImplicitDeny => "ImplicitDeny",
    };
    (word, decision.statement())
}

fn read(document: &Value) -> Result<Policy, TestCaseError> {
    Policy::from_json_lenient(document.to_string())
        .map(|imported| imported.policy)
        .map_err(|error| TestCaseError::fail(error.to_string()))
}

/// Policies of the macro that between them have every operator, wildcard and element.
const COMPILED: [Policy; 6] = [
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
static READ: LazyLock<Vec<(Value, Policy)>> = LazyLock::new(|| {
    let document = |policy: &Policy| serde_json::from_str(&policy.to_json()).unwrap_or_default();
    let read = |document: Value| Some((document.clone(), read(&document).ok()?));
    COMPILED.iter().map(document).filter_map(read).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn read_policies_decide_as_the_documents_say(
        document in document(),
        requests in proptest::collection::vec(asked(), REQUESTS),
    ) {
        let policy = read(&document)?;
        for asked in &requests {
            let request = request(asked)?;
            let expected = reference::decide(&document, asked);
            prop_assert_eq!(in_words(policy.evaluate(&request)), expected, "{:?}", asked);
            prop_assert_eq!(in_words(policy.evaluate_by_name(&request)), expected, "{:?}", asked);
            if let ("Allow", Some(id)) = (expected.0, request.action().id()) {
                prop_assert!(policy.grants(id), "{:?}", asked);
            }
        }
    }

    #[test]
    fn compiled_policies_decide_as_the_documents_say(asked in asked()) {
        let request = request(&asked)?;
        prop_assert_eq!(READ.len(), COMPILED.len());
        for (policy, (document, read)) in COMPILED.iter().zip(READ.iter()) {
            let expected = reference::decide(document, &asked);
            prop_assert_eq!(in_words(policy.evaluate(&request)), expected, "{}", policy);
            prop_assert_eq!(in_words(read.evaluate(&request)), expected, "{}", policy);
            if let Some(id) = request.action().id() {
                prop_assert!(expected.0 != "Allow" || policy.grants(id), "{}", policy);
                prop_assert_eq!(policy.grants(id), read.grants(id), "{}", policy);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES / 4))]

    #[test]
    fn a_set_decides_as_all_statements_in_one_document(
        documents in proptest::collection::vec(document(), 0..8),
        again in 0usize..4,
        requests in proptest::collection::vec(asked(), 20),
    ) {
        // Some policies stand in the set twice.
        let documents: Vec<Value> =
            documents.iter().chain(documents.iter().take(again)).cloned().collect();
        let policies: Result<Vec<Policy>, TestCaseError> = documents.iter().map(read).collect();
        let set: PolicySet = policies?.iter().collect();
        let places: Vec<(usize, usize)> = documents
            .iter()
            .enumerate()
            .flat_map(|(policy, document)| {
                let statements = document["Statement"].as_array().map_or(0, Vec::len);
                (0..statements).map(move |statement| (policy, statement))
            })
            .collect();
        let statements: Vec<&Value> =
            documents.iter().filter_map(|document| document["Statement"].as_array()).flatten().collect();
        let all = json!({ "Statement": statements });
        for asked in &requests {
            let decision = set.evaluate(&request(asked)?);
            prop_assert_eq!(in_words(decision), reference::decide(&all, asked), "{:?}", asked);
            let place = decision.statement().and_then(|statement| set.place(statement));
            let expected = decision.statement().and_then(|statement| places.get(statement).copied());
            prop_assert_eq!(place, expected);
        }
        prop_assert_eq!(set.place(places.len()), None);
        prop_assert_eq!((set.len(), set.is_empty()), (documents.len(), documents.is_empty()));
    }

    #[test]
    fn a_request_of_json_is_the_same_request(asked in asked()) {
        let mut context = serde_json::Map::new();
        for (key, value) in &asked.context {
            let values = context.entry(key.clone()).or_insert_with(|| json!([]));
            if let Some(values) = values.as_array_mut() {
                values.push(value.as_str().into());
            }
        }
        let line = json!({ "action": asked.action, "resource": asked.resource, "context": context });
        // A line is checked; where it is taken, it decides alike.
        if let Ok(owned) = OwnedRequest::from_json(line.to_string())
            && let Ok(parsed) = owned.request_unlisted()
        {
            for policy in &COMPILED {
                prop_assert_eq!(policy.evaluate(&parsed), policy.evaluate(&request(&asked)?));
            }
        }
    }
}
