//! `eval`: one request, streams, and the account file.

use std::fmt::Write as _;

use serde_json::Value;

use crate::run::{run, run_on};

const REQUESTS: &str = concat!(
    r#"{"action": "ecs:DescribeInstances", "resource": "*", "context": {"acs:SourceIp": "10.0.0.1"}}"#,
    "\n",
    r#"{"action": "ecs:DescribeUserData", "context": {"acs:SourceIp": "10.0.0.1"}}"#,
    "\n\n",
    r#"{"action": "bss:BrandNew"}"#,
    "\n",
    r#"{"action": "StopInstance"}"#,
    "\n",
    "{\n",
    r#"{"eventName": "DescribeInstances", "serviceName": "Ecs", "sourceIpAddress": "10.2.3.4"}"#,
);

const ANSWERS: [&str; 6] = [
    "Allow",
    "ExplicitDeny",
    "ImplicitDeny",
    "Error an action is written `code:Name`",
    "Error expected a member name in double quotes (byte 1)",
    "Allow",
];

#[test]
fn one_line_a_request_in_the_order_read() {
    let policies = ["eval", "--policy", "view.json", "--policy", "guard.json", "--requests", "-"];
    let ran = run_on(&policies, REQUESTS);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), ANSWERS);
    let explained = run_on(&[&policies[..], &["--explain"]].concat(), REQUESTS);
    for (line, answer) in explained.out.lines().zip(ANSWERS) {
        assert!(line.starts_with(answer), "{line}");
    }
    assert_eq!(
        explained.out.lines().nth(1).unwrap(),
        "ExplicitDeny: view.json: statement 0: allows it; guard.json: statement 0: denies it"
    );
}

#[test]
fn json_has_its_schema() {
    let arguments = [
        "eval",
        "--policy",
        "view.json",
        "--policy",
        "guard.json",
        "--requests",
        "-",
        "--format",
        "json",
    ];
    let ran = run_on(&arguments, REQUESTS);
    let told: Vec<Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let decisions: Vec<&str> = told.iter().map(|told| told["decision"].as_str().unwrap()).collect();
    let expected: Vec<&str> =
        ANSWERS.iter().map(|answer| answer.split(' ').next().unwrap()).collect();
    assert_eq!(decisions, expected);
    assert_eq!(told[1]["policy"], "guard.json");
    assert_eq!(told[1]["statement"], 0);
    assert_eq!(told[3]["error"], "an action is written `code:Name`");
}

#[test]
fn one_request_by_flags() {
    for (arguments, expected) in [
        (&["--action", "ecs:DescribeInstances"][..], "ImplicitDeny\n"),
        (&["--action", "ecs:DescribeInstances", "--context", "acs:SourceIp=10.0.0.1"], "Allow\n"),
        (&["--action", "ecs:DescribeInstances", "--context", "acs:SourceIp=10.0.0"], "Error "),
        (&["--action", "ecs:NewThing", "--resource", "*"], "ImplicitDeny\n"),
        (
            &["--action", "ecs:DescribeInstances", "--resource", "x"],
            "Error the resource is neither",
        ),
        (
            &["--action", "ecs:DescribeInstances", "--explain"],
            "ImplicitDeny: view.json: statement 0: action and resource match, `acs:SourceIp` is not in the request\n",
        ),
    ] {
        let arguments = ["eval", "--policy", "view.json"].iter().chain(arguments);
        let ran = run(arguments);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.out.starts_with(expected), "{ran:?} for {expected}");
    }
}

#[test]
fn trust_policies_ask_who() {
    let ask = |caller: &str| {
        run([
            "eval",
            "--policy",
            "trust.json",
            "--action",
            "sts:AssumeRole",
            "--context",
            "acs:MFAPresent=true",
            "--caller",
            caller,
        ])
    };
    for (caller, expected) in [
        ("ecs.aliyuncs.com", "Allow\n"),
        ("fc.aliyuncs.com", "ImplicitDeny\n"),
        ("acs:ram::1234567890123456:user/alice", "Allow\n"),
        ("acs:ram::1234567890123457:user/alice", "ImplicitDeny\n"),
    ] {
        assert_eq!(ask(caller).out, expected, "{caller}");
    }
    let ran = run(["eval", "--policy", "trust.json", "--action", "sts:AssumeRole"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("say so with --caller"), "{ran:?}");
}

#[test]
fn an_account_file_holds_all_that_have_a_say() {
    let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    for (file, action, expected) in [
        ("account.yaml", "ecs:DescribeInstances", "Allow: "),
        ("account.yaml", "ecs:DescribeUserData", "ExplicitDeny: "),
        ("account.yaml", "ecs:StopInstance", "Allow: "),
        (
            "account.yaml",
            "ram:CreateUser",
            "ExplicitDeny: ControlPolicy 0 at level 0: statement 0: allows it; ControlPolicy 0 at level 0: statement 1: denies it\n",
        ),
        ("account.json", "ecs:DescribeInstances", "ImplicitDeny"),
    ] {
        let ran = run([
            "eval",
            "--account",
            file,
            "--action",
            action,
            "--resource",
            if action.starts_with("ecs") { instance } else { "*" },
            "--context",
            "acs:SourceIp=10.0.0.1",
            "--explain",
        ]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.out.starts_with(expected), "{file} {action}: {ran:?}");
    }
}

#[test]
fn mistakes_in_an_account_file_have_a_place() {
    let folder = tempfile::tempdir().unwrap();
    for (text, expected) in [
        ("callr: x", "1:1: an account file has no `callr`, did you mean `caller`?"),
        ("caller: x", "1:9: "),
        ("owner: 1", "the account file has no `caller`"),
        ("caller: acs:ram::1:root\nowner: x", "2:8: an account is a number"),
        ("caller: acs:ram::1:root\npolicies: [nowhere.json]", "there is no file"),
        ("caller: acs:ram::1:root\ncaller: acs:ram::1:root", "2:1: `caller` appears twice"),
        ("- a", "1:1: an account file is an object, not a list"),
        ("caller: {user: x}", "1:9: a caller is an ARN"),
        ("caller: acs:ram::1:root\nresource_group_rule: x", "2:22: write `account_level_first`"),
    ] {
        let path = folder.path().join("account.yaml");
        std::fs::write(&path, text).unwrap();
        let ran = run([
            "eval".as_ref(),
            "--account".as_ref(),
            path.as_os_str(),
            "--action".as_ref(),
            "ecs:StopInstance".as_ref(),
        ]);
        assert_eq!(ran.code, Some(2), "{text}: {ran:?}");
        assert!(ran.err.contains(expected), "{text}: {ran:?}");
    }
}

#[test]
fn a_policy_that_ram_refuses_decides_nothing() {
    let refused =
        r#"{"Version":"2","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#;
    let ran = run_on(&["eval", "--policy", "-", "--action", "ecs:StopInstance"], refused);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("error[wrong_version]"), "{ran:?}");
    // What RAM takes, it decides by, although a check would refuse it.
    let taken = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:*","ecs:Foo"],"Resource":"*"}]}"#;
    let ran = run_on(&["eval", "--policy", "-", "--action", "ecs:StopInstance"], taken);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "Allow\n"));
}

#[test]
fn many_requests_come_out_in_order() {
    let mut input = String::new();
    for number in 0..20_000 {
        let address = if number % 3 == 0 { "10.0.0.1" } else { "11.0.0.1" };
        let _ = writeln!(
            input,
            r#"{{"action":"ecs:DescribeInstances","context":{{"acs:SourceIp":"{address}"}}}}"#
        );
    }
    let ran = run_on(&["eval", "--policy", "view.json", "--requests", "-"], input);
    assert_eq!(ran.out.lines().count(), 20_000);
    for (number, line) in ran.out.lines().enumerate() {
        assert_eq!(line, if number % 3 == 0 { "Allow" } else { "ImplicitDeny" }, "{number}");
    }
}

#[test]
fn a_stream_says_how_many_records_were_errors() {
    for (stream, code, said) in [
        (
            "{\"action\":\"ecs:StopInstance\"}\n{}\n{\"action\":\"x\"}\n",
            0,
            "note: of 3 records 2 were errors\n",
        ),
        ("{}\n{\"action\":\"x\"}\n", 1, "note: of 2 records 2 were errors\n"),
        ("{}\n", 1, "note: of 1 record 1 was an error\n"),
        ("{\"action\":\"ecs:StopInstance\"}\n", 0, ""),
        ("", 0, ""),
    ] {
        for format in ["text", "json"] {
            let arguments =
                ["eval", "--policy", "view.json", "--requests", "-", "--format", format];
            let ran = run_on(&arguments, stream);
            assert_eq!((ran.code, ran.err.as_str()), (Some(code), said), "{stream}: {ran:?}");
        }
    }
}

#[test]
fn what_is_not_known_of_a_request_gives_conditions() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.json");
    let text = r#"{"Version":"1","Statement":[
        {"Effect":"Allow","Action":"oss:*","Resource":"acs:oss:*:*:photos/*","Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}},
        {"Effect":"Allow","Action":"ecs:*","Resource":"*"},
        {"Effect":"Deny","Action":"oss:*","Resource":"acs:oss:*:*:photos/secret/*"}]}"#;
    std::fs::write(&policy, text).unwrap();
    let ask = |more: &[&str]| {
        let asked = ["eval", "--policy", policy.to_str().unwrap(), "--action"];
        run([&asked[..], more].concat())
    };
    let photo = "acs:oss:cn-hangzhou:1234567890123456:photos/a";
    for (more, out) in [
        (
            &["oss:GetObject", "--resource", photo, "--unknown", "acs:SourceIp"][..],
            "If `acs:SourceIp` is in 10.0.0.0/8\n",
        ),
        (&["ecs:StopInstance", "--unknown", "acs:SourceIp"], "Allow\n"),
        (&["ram:GetUser", "--unknown", "acs:SourceIp"], "ImplicitDeny\n"),
        (
            &["oss:GetObject", "--any-resource", "--context", "acs:SourceIp=10.0.0.1"],
            "If the resource is `acs:oss:*:*:photos/*`, unless the resource is `acs:oss:*:*:photos/secret/*`\nacs:oss:*:*:photos/*\n",
        ),
        (&["ecs:StopInstance", "--any-resource"], "Allow\n"),
    ] {
        let ran = ask(more);
        assert_eq!((ran.out.as_str(), ran.code), (out, Some(0)), "{more:?}: {ran:?}");
    }
    let ran = ask(&[
        "oss:GetObject",
        "--resource",
        photo,
        "--unknown",
        "acs:SourceIp",
        "--format",
        "json",
    ]);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["if"], "allowed if `acs:SourceIp` is in 10.0.0.0/8");
    assert_eq!(told["policy"]["Statement"][0]["Resource"], photo);
    let ran = ask(&["oss:GetObject", "--unknown", "acs:SourceIP"]);
    assert!(ran.out.starts_with("Error "), "{ran:?}");
}

/// Events as ActionTrail writes and delivers them.
#[test]
fn events_are_decided_in_words_of_ram() {
    let policy = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:*","Resource":["acs:oss:*:*:my-bucket","acs:oss:*:*:my-bucket/*"]},{"Effect":"Allow","Action":"pvtz:*","Resource":"*"}]}"#;
    let bucket = r#"{"eventId":"A","eventVersion":"1","eventName":"PutBucketAcl","serviceName":"Oss","acsRegion":"cn-hangzhou","eventType":"ApiCall","eventTime":"2025-07-07T01:39:09Z","recipientAccountId":"1234567890123456","sourceIpAddress":"192.0.2.1","userIdentity":{"type":"ram-user","accountId":"1234567890123456","userName":"alice"},"referencedResources":{"ACS::OSS::Bucket":["my-bucket"]}}"#;
    let zone = r#"{"eventId":"A","eventVersion":"1","eventName":"AddZoneRecord","serviceName":"PrivateZone","acsRegion":"cn-hangzhou","eventType":"ApiCall","eventTime":"2021-01-08T04:56:37Z","sourceIpAddress":"Internal","userIdentity":{"type":"root-account","accountId":"1234567890123456","userName":"root"},"referencedResources":{"ACS::PrivateZone::ZoneRecord":["175"]}}"#;
    let other = bucket.replace("my-bucket", "other");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.json");
    std::fs::write(&path, policy).unwrap();
    let arguments = ["eval", "--policy", path.to_str().unwrap(), "--requests", "-"];
    let log = format!(r#"{{"RequestId":"1","Events":[{bucket},{zone},{other}]}}"#);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, log.as_bytes()).unwrap();
    for log in [log.into_bytes(), encoder.finish().unwrap()] {
        let ran = run_on(&arguments, log);
        assert_eq!(
            (ran.out.as_str(), ran.code),
            ("Allow\nAllow\nImplicitDeny\n", Some(0)),
            "{ran:?}"
        );
    }
    // A file that is made to fill the disk.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, &vec![b' '; 100 << 20]).unwrap();
    let ran = run_on(&arguments, encoder.finish().unwrap());
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("unpack to more than 256 times their size"), "{ran:?}");
}
