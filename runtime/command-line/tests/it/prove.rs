//! `prove`: every answer, as text, as JSON and as an exit code.

use serde_json::Value;

use crate::run::{Ran, run};

const STOP: &str = r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}"#;
const ECS: &str = r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
const OSS: &str = r#"{"Effect":"Allow","Action":"oss:*","Resource":"*"}"#;
const MIXED: &str = r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"StringLike":{"ecs:Size":"1*"},"NumericLessThan":{"ecs:Size":"5"}}}"#;

const LESS: &str = r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{"NumericLessThan":{"ecs:Size":"4"}}}"#;

fn proved(policy: &str, question: &str, other: &str, more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, statements: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!(r#"{{"Version":"1","Statement":[{statements}]}}"#)).unwrap();
        path.into_os_string()
    };
    let (policy, other) = (path("policy.json", policy), path("other.json", other));
    let arguments: [std::ffi::OsString; 4] = ["prove".into(), policy, question.into(), other];
    run(arguments.into_iter().chain(more.iter().map(|text| (*text).into())))
}

#[test]
fn each_answer_has_its_word_and_exit_code() {
    for (policy, question, other, word, code) in [
        (STOP, "--within", ECS, "Yes\n", 0),
        (ECS, "--within", STOP, "No {", 1),
        (STOP, "--equivalent", STOP, "Yes\n", 0),
        (STOP, "--equivalent", ECS, "No {", 1),
        (STOP, "--apart", OSS, "Yes\n", 0),
        (STOP, "--apart", ECS, "No {\"action\":\"ecs:StopInstance\"", 1),
        (MIXED, "--within", LESS, "Unknown `ecs:Size`", 1),
    ] {
        let ran = proved(policy, question, other, &[]);
        assert!(ran.out.starts_with(word), "{policy} {question} {other}: {}", ran.out);
        assert_eq!(ran.code, Some(code), "{policy} {question} {other}");
    }
}

#[test]
fn the_counterexample_is_a_request_that_eval_reads() {
    let ran = proved(ECS, "--within", STOP, &["--format", "json"]);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["proof"], "No");
    assert_eq!(answer["reason"], Value::Null);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.into_os_string()
    };
    let requests = file("requests.jsonl", answer["counterexample"].to_string());
    for (policy, decision) in [(ECS, "Allow"), (STOP, "ImplicitDeny")] {
        let policy = file("policy.json", format!(r#"{{"Version":"1","Statement":[{policy}]}}"#));
        let asked =
            ["eval".into(), "--policy".into(), policy, "--requests".into(), requests.clone()];
        let asked: [std::ffi::OsString; 5] = asked;
        assert!(run(asked).out.starts_with(decision));
    }
}

#[test]
fn one_thing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.json");
    std::fs::write(&path, format!(r#"{{"Version":"1","Statement":[{STOP}]}}"#)).unwrap();
    let nothing: [std::ffi::OsString; 2] = ["prove".into(), path.into_os_string()];
    assert_eq!(run(nothing).code, Some(2));
}
