//! Policies with expressions, read once with what is not known and once with the values: no answer
//! about the first is contradicted by the second.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic fails the test"
)]

use ram_policy::{OpenPolicy, Policy, Proof};
use ram_policy_forms::{Checked, Form, Module, Reader};
use ram_policy_fuzzed::agree::in_words;
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::expressions::{Expressions, Values, Written};
use ram_policy_fuzzed::open::request;
use ram_policy_fuzzed::policy_of;
use ram_policy_fuzzed::reference::Asked;
use ram_policy_model::Checker;
use ram_policy_model::report::rule::{Severity, Strictness};

/// Fillings of one policy.
const FILLINGS: usize = 10;

/// How many pairs of a policy with expressions and its values are compared; each takes as long as some
/// twenty of those that are made without a text.
fn pairs() -> usize {
    match std::env::var("RAM_POLICY_AGREEMENT") {
        Ok(asked) => asked.parse::<usize>().expect("RAM_POLICY_AGREEMENT is a number") / 20,
        Err(_) => 10_000,
    }
}

/// The policy as it is read, with values of the variables or without.
fn read(expressions: &Expressions, values: Option<&Values>) -> Checked {
    let source = expressions.source();
    let contents = match expressions.form() {
        Written::Ros => Reader::new(Form::Json).read(&source),
        Written::Jsonencode | Written::DataSource => {
            let mut module = Module::new([source.as_str()]);
            if let Some(values) = values {
                module.add_values(&Expressions::tfvars(values), false).expect("values");
            }
            Reader::new(Form::Terraform).with_module(&module).read(&source)
        }
    };
    assert!(contents.skipped.is_empty(), "{source}\n{:?}", contents.skipped);
    let [policy] = <[_; 1]>::try_from(contents.policies).expect("one policy");
    policy.check(None, &Checker::at(Strictness::Audit))
}

/// The policy, as far as it is known; `None` where RAM would refuse it whatever is not known.
fn open(checked: &Checked) -> Option<OpenPolicy> {
    match (&checked.bounds, &checked.document) {
        (Some(bounds), _) => Some(OpenPolicy::of(bounds.clone())),
        (None, Some(document)) => Some(Policy::from_document(document.clone()).into()),
        (None, None) => None,
    }
}

fn asked(choices: &mut Choices<'_>) -> Asked {
    let action = choices.pick(&[
        "ecs:StopInstance",
        "ecs:DescribeDisks",
        "ecs:DeleteInstance",
        "oss:GetObject",
        "vpc:DescribeVpcs",
    ]);
    let resource = choices.pick(&[
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        "acs:ecs:cn-beijing:1:instance/i-2",
        "acs:oss:*:1:photos/a",
        "acs:vpc:cn-hangzhou:1:vpc/vpc-1",
    ]);
    let mut context = Vec::new();
    for (key, values) in [
        ("acs:SourceIp", ["10.0.0.1", "10.1.2.3", "192.0.2.9"]),
        ("ecs:tag/owner", ["a", "ab", "A"]),
        ("acs:MFAPresent", ["true", "false", "true"]),
    ] {
        if choices.below(3) > 0 {
            context.push((key.to_owned(), choices.pick(&values).to_owned()));
        }
    }
    Asked { action: action.to_owned(), resource: resource.to_owned(), context }
}

/// What policies are compared with.
fn others() -> [OpenPolicy; 2] {
    let of = |statements: &str| {
        policy_of(&format!(r#"{{"Version":"1","Statement":[{statements}]}}"#)).into()
    };
    [
        of(
            r#"{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"vpc:*","Resource":"*"}"#,
        ),
        of(r#"{"Effect":"Allow","Action":["ecs:*"],"Resource":"*"}"#),
    ]
}

#[test]
fn no_answer_about_expressions_is_contradicted_by_their_values() {
    let others = others();
    let (mut compared, mut decided, mut undetermined) = (0, 0, 0);
    let (mut yes, mut no, mut not_known) = (0, 0, 0);
    let (mut with_holes, mut evaluated) = (0, 0);
    let mut case = 0;
    while compared < pairs() {
        case += 1;
        let bytes = Dice::new(case + 21_000_000).bytes(1_000);
        let mut choices = Choices::new(&bytes);
        let expressions = Expressions::of(&mut choices);
        let checked = read(&expressions, None);
        with_holes += usize::from(checked.bounds.is_some());
        let open = open(&checked);
        let requests: Vec<Asked> = (0..8).map(|_| asked(&mut choices)).collect();
        let proofs: Vec<(&OpenPolicy, Proof)> = match &open {
            // A proof takes as long as a hundred decisions.
            Some(open) if case % 4 == 0 => {
                others.iter().map(|other| (other, open.within(other))).collect()
            }
            _ => Vec::new(),
        };
        for (_, proof) in &proofs {
            match proof {
                Proof::Yes => yes += 1,
                Proof::No(_) => no += 1,
                Proof::Unknown(_) => not_known += 1,
            }
        }
        for number in 0..FILLINGS {
            let values = expressions.values(&mut choices);
            let document = expressions.filled(&values);
            let filled = policy_of(&document.to_string());
            compared += 1;
            let told = || format!("{case}\n{}\n{values:?}\n{document}", expressions.source());
            // What is wrong whatever the variables are is wrong with these.
            let Some(open) = &open else {
                let errors = checked.findings.iter().map(|finding| finding.rule);
                let errors = errors.filter(|rule| rule.severity() == Severity::Error);
                panic!("{:?}\n{}", errors.collect::<Vec<_>>(), told());
            };
            // Terraform with its values is the document with them.
            if number == 0 && expressions.form() != Written::Ros {
                let whole = read(&expressions, Some(&values));
                if let Some(read) = &whole.document {
                    evaluated += 1;
                    let read = Policy::from_document(read.clone());
                    let text: serde_json::Value = serde_json::from_str(&read.to_json()).unwrap();
                    for asked in &requests {
                        let request = request(asked);
                        let [one, other] = [&read, &filled].map(|one| one.evaluate(&request));
                        assert_eq!(in_words(one).0, in_words(other).0, "{text}\n{}", told());
                    }
                } else {
                    assert!(!whole.unknown.is_empty(), "{:?}\n{}", whole.findings, told());
                }
            }
            for asked in &requests {
                let request = request(asked);
                let expected = filled.evaluate(&request);
                let decision = open.evaluate(&request);
                match decision.decision() {
                    Some(decision) => {
                        decided += 1;
                        let words = in_words(expected).0;
                        assert_eq!(in_words(decision).0, words, "{asked:?}\n{}", told());
                    }
                    None => {
                        undetermined += 1;
                        let may = decision.residual().is_some_and(|on| on.may_be_allowed());
                        assert!(may || !expected.is_allow(), "{asked:?}\n{}", told());
                    }
                }
                for (other, proof) in &proofs {
                    let other = other.as_policy().expect("it is known");
                    let is_within = !expected.is_allow() || other.evaluate(&request).is_allow();
                    assert!(!proof.is_yes() || is_within, "{asked:?}\n{}", told());
                }
            }
            for (other, proof) in &proofs {
                let Proof::No(found) = proof else { continue };
                let request = found.request().expect("a request");
                let other = other.as_policy().expect("it is known");
                assert!(filled.evaluate(&request).is_allow(), "{found}\n{}", told());
                assert!(!other.evaluate(&request).is_allow(), "{found}\n{}", told());
            }
        }
    }
    let told = format!(
        "{case} policies, {with_holes} with holes, {evaluated} evaluated; {decided} decided, {undetermined} not; {yes} yes, {no} no, {not_known} not known"
    );
    // Answers that are always open would contradict nothing.
    let cases = usize::try_from(case).unwrap();
    assert!(with_holes * 3 > cases && evaluated * 3 > cases, "{told}");
    assert!(decided * 2 > undetermined && yes + no > not_known / 2, "{told}");
}
