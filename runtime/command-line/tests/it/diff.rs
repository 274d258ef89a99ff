//! `diff`: what is newly allowed, no longer allowed, and allowed for other requests, each with one.

use serde_json::Value;

use crate::run::{Ran, run};

fn compared(old: &str, new: &str, more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, statements: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!(r#"{{"Version":"1","Statement":[{statements}]}}"#)).unwrap();
        path.into_os_string()
    };
    let files = [path("old.json", old), path("new.json", new)];
    let more = more.iter().map(|text| (*text).into());
    run(["diff".into()].into_iter().chain(files).chain(more))
}

const VIEW: &str =
    r#"{"Effect":"Allow","Action":["ecs:StopInstance","ecs:StartInstance"],"Resource":"*"}"#;

#[test]
fn tells_each_way_to_differ() {
    for (old, new, told, fails) in [
        (VIEW, VIEW, "both allow the same requests\n", 0),
        (
            VIEW,
            r#"{"Resource":["*"],"Action":["ecs:StartInstance","ecs:StopInstance"],"Effect":"Allow"}"#,
            "both allow the same requests\n",
            0,
        ),
        // The same in other words: names in the place of a limit, a denial in the place of names.
        (
            r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"},{"Effect":"Deny","NotAction":"ecs:St*Instance","Resource":"*"}"#,
            r#"{"Effect":"Allow","Action":"ecs:St*Instance","Resource":"*"},{"Effect":"Deny","NotAction":"ecs:St*Instance","Resource":"*"}"#,
            "both allow the same requests\n",
            0,
        ),
        (
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":["acs:ecs:cn-*:*:*","acs:ecs:cn-beijing:*:*"]}"#,
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"acs:ecs:cn-*:*:*"}"#,
            "both allow the same requests\n",
            0,
        ),
        (
            VIEW,
            r#"{"Effect":"Allow","Action":["ecs:StopInstance","ecs:StartInstance","ecs:RebootInstance"],"Resource":"*"}"#,
            "newly allowed, 1 known action:\n  ecs:RebootInstance\nthe new policy allows what the old one did not, for example {\"action\":\"ecs:RebootInstance\"",
            1,
        ),
        (
            VIEW,
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}"#,
            "no longer allowed, 1 known action:\n  ecs:StartInstance\n",
            0,
        ),
        (
            VIEW,
            r#"{"Effect":"Allow","Action":["ecs:StopInstance","ecs:StartInstance"],"Resource":"*"},{"Effect":"Deny","Action":"ecs:StopInstance","Resource":"*"}"#,
            "no longer allowed, 1 known action:\n  ecs:StopInstance\n",
            0,
        ),
        (
            VIEW,
            r#"{"Effect":"Allow","Action":["ecs:StopInstance","ecs:StartInstance"],"Resource":"acs:ecs:cn-hangzhou:*:instance/*"}"#,
            "allowed for fewer requests, 2 known actions:\n  ecs:StartInstance\n  ecs:StopInstance\n    - Allow on every resource\n    + Allow on {\"acs:ecs:cn-hangzhou:*:instance/*\"}\n    no longer allowed, for example {\"action\":\"ecs:StartInstance\"",
            0,
        ),
        (
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"acs:ecs:cn-hangzhou:*:instance/*"}"#,
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"acs:ecs:cn-beijing:*:instance/*"}"#,
            "allowed for other requests, 1 known action:\n  ecs:StopInstance\n",
            1,
        ),
        // A statement of which a denial leaves nothing.
        (
            VIEW,
            r#"{"Effect":"Allow","Action":["ecs:StopInstance","ecs:StartInstance"],"Resource":"*"},{"Effect":"Allow","Action":"ecs:RebootInstance","Resource":"acs:ecs:cn-hangzhou:*:*"},{"Effect":"Deny","Action":"ecs:RebootInstance","Resource":"acs:ecs:cn-*:*:*"}"#,
            "both allow the same requests\n",
            0,
        ),
        // Every action of the catalogue at once.
        (
            r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#,
            r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}}"#,
            "allowed for fewer requests, 22",
            0,
        ),
        (
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringLike":{"ecs:Size":"1*"}}}"#,
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"NumericLessThan":{"ecs:Size":"5"}}}"#,
            "allowed for perhaps other requests, 1 known action:\n",
            1,
        ),
        (
            VIEW,
            r#"{"Effect":"Allow","Action":["ecs:StopInstance","ecs:StartInstance","ecs:BrandNew"],"Resource":"*"}"#,
            "the new policy allows what the old one did not, for example {\"action\":\"ecs:BrandNew\"",
            1,
        ),
        // The same for what is known, not for what is to come.
        (
            r#"{"Effect":"Allow","Action":["sts:AssumeRole","sts:AssumeRoleWithOIDC","sts:AssumeRoleWithSAML"],"Resource":"*"}"#,
            r#"{"Effect":"Allow","Action":"sts:AssumeRole*","Resource":"*"}"#,
            "the new policy allows what the old one did not, for example {\"action\":\"sts:AssumeRole",
            1,
        ),
        (
            r#"{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"},{"Effect":"Deny","Action":"nowhere:*","Resource":"*"}"#,
            r#"{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}"#,
            "both allow the same requests\nno longer denied, for example {\"action\":\"nowhere:",
            1,
        ),
        // One text without letters, two operators; then one with.
        (
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEquals":{"ecs:tag/a":"1"}}}"#,
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEqualsIgnoreCase":{"ecs:tag/a":"1"}}}"#,
            "both allow the same requests\n- {",
            0,
        ),
        (
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEquals":{"ecs:tag/a":"x"}}}"#,
            r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEqualsIgnoreCase":{"ecs:tag/a":"x"}}}"#,
            "allowed for more requests, 1 known action:\n",
            1,
        ),
    ] {
        let ran = compared(old, new, &["--fail-on-more"]);
        assert!(ran.out.starts_with(told), "{new}: {ran:?}");
        assert_eq!(ran.code, Some(fails), "{new}: {ran:?}");
        assert_eq!(compared(old, new, &[]).code, Some(0));
    }
}

#[test]
fn json_has_its_schema() {
    let new =
        r#"{"Effect":"Allow","Action":["ecs:StopInstance","ecs:RebootInstance"],"Resource":"*"}"#;
    let told: Value =
        serde_json::from_str(&compared(VIEW, new, &["--format", "json"]).out).unwrap();
    assert_eq!(told["same"], false);
    assert_eq!(told["newly_allowed"][0], "ecs:RebootInstance");
    assert_eq!(told["no_longer_allowed"][0], "ecs:StartInstance");
    assert_eq!(told["added_statements"].as_array().map(Vec::len), Some(1));
    for (answer, counterexample) in
        [("new_within_old", "ecs:RebootInstance"), ("old_within_new", "ecs:StartInstance")]
    {
        assert_eq!(told[answer]["proof"], "No");
        assert_eq!(told[answer]["counterexample"]["action"], counterexample);
    }
    assert_eq!(told["denials_kept"]["proof"], "Yes");
}

#[test]
fn at_most_twenty_requests_are_shown() {
    // Each action has a limit of its own, and each loses some requests and gets others.
    let actions = ["StopInstance", "StartInstance", "RebootInstance", "DeleteInstance"];
    let services = ["cn-hangzhou", "cn-beijing", "cn-shanghai", "cn-shenzhen"];
    let statements = |number: &str| {
        let mut all = Vec::new();
        for (at, action) in actions.iter().enumerate() {
            for (more, region) in services.iter().enumerate().take(at + 1) {
                all.push(format!(
                    r#"{{"Effect":"Allow","Action":"ecs:{action}","Resource":"acs:ecs:{region}:*:instance/{number}{more}"}}"#
                ));
            }
        }
        for (at, action) in OSS.iter().enumerate() {
            all.push(format!(
                r#"{{"Effect":"Allow","Action":"oss:{action}","Resource":"acs:oss:*:*:{number}-{at}"}}"#
            ));
        }
        all.join(",")
    };
    let ran = compared(&statements("a"), &statements("b"), &[]);
    let shown = ran.out.matches(", for example {").count();
    assert!(shown <= 20, "{shown} requests are shown:\n{}", ran.out);
    assert!(
        ran.out.contains(" more requests that show a difference: see --format json\n"),
        "{}",
        ran.out
    );
    let json = compared(&statements("a"), &statements("b"), &["--format", "json"]);
    let all: Value = serde_json::from_str(&json.out).unwrap();
    let limits = all["other_limits"].as_array().unwrap();
    let answers = limits.iter().flat_map(|one| [&one["new_within_old"], &one["old_within_new"]]);
    let requests = answers.filter(|answer| answer["counterexample"].is_object()).count();
    assert!(requests > 20, "{requests} in {}", json.out);
}

/// Actions that differ.
const OSS: [&str; 12] = [
    "GetObject",
    "PutObject",
    "DeleteObject",
    "GetObjectAcl",
    "PutObjectAcl",
    "ListObjects",
    "ListParts",
    "AbortMultipartUpload",
    "GetBucketAcl",
    "PutBucketAcl",
    "GetBucketInfo",
    "DeleteBucket",
];
