//! `least`, `unused` and `coverage`: what is needed of a policy, and what is not.

use serde_json::Value;

use crate::run::{run, run_on};

const STOP: &str =
    r#"{"action":"ecs:StopInstance","resource":"acs:ecs:cn-hangzhou:1:instance/i-1"}"#;

const RECORD: &str = r#"{"eventName":"AddZoneRecord","serviceName":"PrivateZone","recipientAccountId":"1","referencedResources":{"ACS::PrivateZone::ZoneRecord":["175"]}}"#;

#[test]
fn least_prints_a_policy_that_eval_allows_the_requests_by() {
    let ran = run(["least", "needed.jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.json");
    std::fs::write(&policy, &ran.out).unwrap();
    let policy = policy.to_str().unwrap();
    let decided = run(["eval", "--policy", policy, "--requests", "needed.jsonl"]);
    assert_eq!(decided.out, "Allow\nAllow\nAllow\n");
    // All of it was used, and all of it was decided.
    let unused = run(["unused", policy, "needed.jsonl", "--check"]);
    assert_eq!((unused.out.as_str(), unused.code), ("3 requests used everything\n", Some(0)));
    let covered = run(["coverage", policy, "needed.jsonl"]);
    assert_eq!(
        (covered.out.as_str(), covered.code),
        ("2 of 2 statements decided, 3 requests\n", Some(0))
    );
}

#[test]
fn each_option_of_least_says_how_wide_it_is() {
    for (more, resource) in [
        (&[][..], r#""Resource":"acs:ecs:cn-hangzhou:1:instance/i-1""#),
        (&["--breadth", "resource-type"], r#""Resource":"acs:ecs:cn-hangzhou:1:instance/*""#),
        (&["--breadth", "account"], r#""Resource":"acs:ecs:*:1:*""#),
        (&["--breadth", "everything"], r#""Resource":"*""#),
    ] {
        let mut arguments = vec!["least", "-", "--minified"];
        arguments.extend(more);
        let ran = run_on(&arguments, STOP);
        assert!(ran.out.contains(resource), "{more:?}: {ran:?}");
        assert_eq!(ran.code, Some(0));
    }
    let star = r#"{"action":"ecs:StopInstance"}"#;
    let ran = run_on(&["least", "-", "--minified", "--every-resource"], star);
    assert!(ran.out.contains(r#""Action":"ecs:StopInstance","Resource":"*""#), "{ran:?}");
    let unlisted = STOP.replace("StopInstance", "BrandNew");
    let ran = run_on(&["least", "-", "--unlisted", "ecs:BrandNew"], unlisted.as_str());
    assert!(ran.out.contains("ecs:BrandNew"), "{ran:?}");
    let both = format!("{STOP}\n{}", STOP.replace("StopInstance", "StopInstances"));
    let ran = run_on(&["least", "-", "--wildcards"], both.as_str());
    assert!(ran.out.contains("\"ecs:StopInstance*\""), "{ran:?}");
}

/// What an event names stands in the policy as it is named.
#[test]
fn least_names_what_an_event_names() {
    for (event, more, expected) in [
        (
            r#"{"eventName":"PutBucketAcl","serviceName":"Oss","recipientAccountId":"1","referencedResources":{"ACS::OSS::Bucket":["logs"]}}"#,
            &["--every-resource"][..],
            r#""Action":"oss:PutBucketAcl","Resource":"acs:oss:*:1:logs""#,
        ),
        (
            r#"{"eventName":"DeleteDisk","serviceName":"Ecs","acsRegion":"cn-hangzhou","recipientAccountId":"1","referencedResources":{"ACS::ECS::Disk":["d-1"]}}"#,
            &["--every-resource"],
            r#""Action":"ecs:DeleteDisk","Resource":"acs:ecs:cn-hangzhou:1:disk/d-1""#,
        ),
        // RAM cannot limit the action to what the event names.
        (
            r#"{"eventName":"CreateDeploymentSet","serviceName":"Ecs","referencedResources":{"ACS::ECS::DeploymentSet":["ds-1"]}}"#,
            &[],
            r#""Action":"ecs:CreateDeploymentSet","Resource":"*""#,
        ),
        // Asked for by its name.
        (RECORD, &["--breadth", "everything"], r#""Action":"pvtz:AddZoneRecord","Resource":"*""#),
    ] {
        let mut arguments = vec!["least", "-", "--minified"];
        arguments.extend(more);
        let ran = run_on(&arguments, event);
        assert!(ran.out.contains(expected), "{event}: {ran:?}");
        assert_eq!(ran.code, Some(0), "{event}");
    }
}

#[test]
fn what_least_cannot_take_prints_nothing() {
    for (input, more, code, told) in [
        (r#"{"action":"ecs:StopInstance"}"#, &[][..], 1, "help: --every-resource"),
        (
            r#"{"action":"ecs:StopInstanc","resource":"*"}"#,
            &[],
            1,
            "error: request 0: the catalogue",
        ),
        (STOP, &["--within", "view.json"], 1, "the existing policy does not allow it"),
        ("", &[], 2, "there is no request"),
        ("{}", &[], 2, "`-`: line 1: the request has no `action`"),
        // The event names what it is about: no option makes every resource of it.
        (
            RECORD,
            &[],
            1,
            "the ARN of its resource is not known, which the event calls `175 of type ACS::PrivateZone::ZoneRecord`",
        ),
        (RECORD, &["--every-resource"], 1, "the ARN of its resource is not known"),
    ] {
        let mut arguments = vec!["least", "-"];
        arguments.extend(more);
        let ran = run_on(&arguments, input);
        assert_eq!((ran.out.as_str(), ran.code), ("", Some(code)), "{input}: {ran:?}");
        assert!(ran.err.contains(told), "{input}: {ran:?}");
    }
    assert_eq!(run(["least", "no-such-file"]).code, Some(2));
}

#[test]
fn what_is_unused_has_an_exit_code_when_that_is_asked_for() {
    let ran = run(["unused", "wide.json", "needed.jsonl", "--check"]);
    assert_eq!(ran.code, Some(1));
    let tightened = run(["unused", "wide.json", "needed.jsonl", "--tightened"]);
    assert_eq!(tightened.code, Some(0));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tight.json");
    std::fs::write(&path, &tightened.out).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(run(["prove", path, "--within", "wide.json"]).out, "Yes\n");
    let again = run(["unused", path, "needed.jsonl", "--check"]);
    assert_eq!((again.out.as_str(), again.code), ("3 requests used everything\n", Some(0)));
    // Nothing was used.
    let none = run_on(&["unused", "wide.json", "-", "--tightened"], r#"{"action":"kms:Decrypt"}"#);
    assert_eq!((none.out.as_str(), none.code), ("", Some(2)));
    let told = run_on(&["unused", "wide.json", "-"], r#"{"action":"kms:Decrypt"}"#);
    assert!(
        told.out.ends_with("statement 2 has decided no request\n1 of 1 request not allowed\n"),
        "{told:?}"
    );
}

#[test]
fn json_has_its_schema() {
    let ran = run(["unused", "wide.json", "needed.jsonl", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&told["requests"], &told["refused"]), (&3.into(), &0.into()));
    assert_eq!(told["unused"][0]["what"], "resource");
    assert_eq!(told["tightened"]["Statement"].as_array().map(Vec::len), Some(2));
    let ran = run(["coverage", "wide.json", "needed.jsonl", "--format", "json"]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["undecided"], serde_json::json!([2]));
    assert_eq!(ran.code, Some(1));
}
