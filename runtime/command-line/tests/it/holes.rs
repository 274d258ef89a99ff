//! Every subcommand answers about a policy of which something is not known where the answer is the same
//! whatever that is, and says where it is not.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::{Ran, run, run_on};

/// Two statements that are known, and one whose resource is not.
const OPEN: &str = r#"variable "bucket" {}
data "alicloud_ram_policy_document" "p" {
  statement {
    action   = ["ecs:DescribeInstances", "ecs:Describe*"]
    resource = ["*"]
  }
  statement {
    action   = ["oss:GetObject"]
    resource = ["acs:oss:*:*:${var.bucket}/*"]
  }
  statement {
    effect   = "Deny"
    action   = ["ecs:DescribeDisks"]
    resource = ["*"]
  }
}
"#;

/// A list of statements of which not all are known.
const LIST: &str = r#"variable "more" {}
resource "alicloud_ram_policy" "p" {
  policy_name     = "p"
  policy_document = jsonencode({
    Version   = "1"
    Statement = concat([{ Effect = "Allow", Action = ["ecs:DescribeInstances", "ecs:Describe*"], Resource = "*" }], var.more)
  })
}
"#;

/// A trust policy of whose principals one is not known.
const TRUST: &str = r#"variable "account" {}
resource "alicloud_ram_role" "r" {
  role_name = "r"
  assume_role_policy_document = jsonencode({
    Version   = "1"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["ecs.aliyuncs.com"] } },
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { RAM = ["acs:ram::${var.account}:root"] } },
    ]
  })
}
"#;

const DESCRIBE: &str =
    r#"{"action": "ecs:DescribeInstances", "resource": "acs:ecs:cn-hangzhou:1:instance/i-1"}"#;
const DISKS: &str =
    r#"{"action": "ecs:DescribeDisks", "resource": "acs:ecs:cn-hangzhou:1:disk/d-1"}"#;
const GET: &str = r#"{"action": "oss:GetObject", "resource": "acs:oss:*:1:photos/a"}"#;
const PUT: &str = r#"{"action": "oss:PutObject", "resource": "acs:oss:*:1:photos/a"}"#;

/// Runs with a policy and requests in the place of `FILE` and `LOG`.
fn ran(text: &str, requests: &[&str], arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (file, log) = (write("input.tf", text), write("log.jsonl", &requests.join("\n")));
    let mut told = run(arguments.iter().map(|argument| match *argument {
        "FILE" => &file,
        "LOG" => &log,
        other => other,
    }));
    for text in [&mut told.out, &mut told.err] {
        *text = text.replace(&file, "FILE").replace(&log, "LOG");
    }
    told
}

/// A name, arguments, a policy, requests, the exit code, and what standard output and standard error
/// contain.
type Row<'r> = (&'r str, &'r [&'r str], &'r str, &'r [&'r str], i32, &'r str, &'r str);

#[test]
fn each_subcommand_says_what_is_known_and_what_is_not() {
    #[rustfmt::skip]
    let rows: [Row<'_>; 17] = [
        ("shrink", &["shrink", "FILE", "--minified"], OPEN, &[], 3,
            r#"{"Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"},{"Effect":"Deny","Action":"ecs:DescribeDisks","Resource":"*"},{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:${var.bucket}/*"}],"Version":"1"}"#,
            "note: FILE:9:"),
        ("shrink --check", &["shrink", "FILE", "--check"], OPEN, &[], 1, "${var.bucket}", "it is written as it is spelt"),
        ("shrink of what is not known as a whole", &["shrink", "FILE"], LIST, &[], 1, "", "error: not known: FILE: "),
        ("actions", &["shrink", "--policy", "FILE"], OPEN, &[], 0, "oss:GetObject", ""),
        ("actions that are not known", &["shrink", "--policy", "FILE"], LIST, &[], 1, "", "`var.more`"),
        ("split", &["split", "FILE", "--most", "200"], OPEN, &[], 3, "${var.bucket}", "it is written as it is spelt"),
        ("split of what is not known as a whole", &["split", "FILE", "--most", "60"], LIST, &[], 1, "", "`var.more`"),
        ("least, of what is certainly allowed", &["least", "LOG", "--within", "FILE", "--minified"], OPEN, &[DESCRIBE], 0,
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:DescribeInstances""#, ""),
        ("least, of what is perhaps allowed", &["least", "LOG", "--within", "FILE"], OPEN, &[GET], 1, "", "var.bucket"),
        ("least, of what is never allowed", &["least", "LOG", "--within", "FILE"], OPEN, &[PUT], 1, "", "does not allow it"),
        ("unused", &["unused", "FILE", "LOG"], OPEN, &[DESCRIBE, GET], 1, "perhaps statement 1 has decided no request\n", ""),
        ("unused, where nothing hangs on it", &["unused", "FILE", "LOG"], OPEN, &[DESCRIBE], 0, "statement 1 has decided no request\n", ""),
        ("tightened", &["unused", "FILE", "LOG", "--tightened"], OPEN, &[DESCRIBE], 0, "ecs:DescribeInstances", ""),
        ("tightened, with what is perhaps used", &["unused", "FILE", "LOG", "--tightened"], OPEN, &[DESCRIBE, GET], 3, "${var.bucket}", "as it is spelt"),
        ("coverage", &["coverage", "FILE", "LOG"], OPEN, &[DESCRIBE, DISKS, GET], 1,
            "2 of 3 statements decided, perhaps 1 more, 3 requests\nperhaps statement 1 decided none\nnot known: FILE", ""),
        ("audit", &["audit", "--policy", "FILE", "LOG", "--format", "csv"], OPEN, &[DESCRIBE, DISKS, GET, PUT], 1,
            "principal,action,decision,count\n,ecs:DescribeDisks,ExplicitDeny,1\n,ecs:DescribeInstances,Allow,1\n,oss:GetObject,Unknown,1\n,oss:PutObject,ImplicitDeny,1\n", "note: not known: FILE"),
        ("audit, where nothing hangs on it", &["audit", "--policy", "FILE", "LOG", "--format", "csv"], OPEN, &[DESCRIBE], 0, ",ecs:DescribeInstances,Allow,1\n", ""),
    ];
    for (name, arguments, text, requests, code, out, err) in rows {
        let told = ran(text, requests, arguments);
        assert_eq!(told.code, Some(code), "{name}: {told:?}");
        assert!(told.out.contains(out), "{name}: {told:?}");
        assert!(told.err.contains(err), "{name}: {told:?}");
    }
}

#[test]
fn programs_are_told_the_same() {
    let told = ran(OPEN, &[DESCRIBE, GET], &["unused", "FILE", "LOG", "--format", "json"]);
    let json: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(json["undetermined"], 1, "{json}");
    assert_eq!(json["perhaps_unused"][0]["statement"], 1, "{json}");
    assert!(json["not_known"].as_str().is_some_and(|text| text.contains("`var.bucket`")), "{json}");
    let told = ran(OPEN, &[DESCRIBE, GET], &["coverage", "FILE", "LOG", "--format", "json"]);
    let json: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(json["decided"], serde_json::json!([1, 0, 0]), "{json}");
    assert_eq!(json["perhaps_decided"], serde_json::json!([1, 1, 0]), "{json}");
    assert_eq!(json["perhaps_undecided"], serde_json::json!([1]), "{json}");
    let told =
        ran(OPEN, &[DESCRIBE, GET], &["audit", "--policy", "FILE", "LOG", "--format", "json"]);
    let json: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!((&json["decided"], &json["not_known"]), (&1.into(), &1.into()), "{json}");
}

#[test]
fn the_limit_of_a_place_holds_for_what_is_known() {
    let attachment = |actions: usize, resource: &str| {
        let actions: Vec<String> =
            (0..actions).map(|_| "\"ecs:DescribeInstances\"".to_owned()).collect();
        format!(
            "resource \"alicloud_ecs_ram_role_attachment\" \"p\" {{\n  policy = jsonencode({{ Version = \"1\", Statement = [{{ Effect = \"Allow\", Action = [{}], Resource = {resource} }}] }})\n}}\n",
            actions.join(", ")
        )
    };
    let check = |text: String| run_on(&["check", "--from", "terraform", "-"], text);
    // What is known is too long, whatever the rest is.
    let told = check(attachment(50, "[var.x]"));
    assert!(told.out.contains("error[too_long]: the policy has at least "), "{told:?}");
    assert!(
        told.out.contains(" characters minified, and its place takes at most 1024"),
        "{told:?}"
    );
    assert_eq!(told.code, Some(1), "{told:?}");
    // What is known is not, and nobody knows the rest.
    let told = check(attachment(5, "[var.x]"));
    assert!(!told.out.contains("too_long"), "{told:?}");
    assert!(
        told.out.contains("not checked: how long the policy is: what is known of it has "),
        "{told:?}"
    );
    assert!(told.err.contains("2 not checked"), "{told:?}");
    // All is known.
    let told = check(attachment(5, "[\"*\"]"));
    assert!(!told.out.contains("how long"), "{told:?}");
    let told = check(attachment(50, "[\"*\"]"));
    assert!(told.out.contains("the policy has 1"), "{told:?}");
}

#[test]
fn a_trust_policy_answers_where_the_hole_has_no_say() {
    for (caller, out, code) in [
        ("ecs.aliyuncs.com", "Allow\n", 0),
        ("fc.aliyuncs.com", "ImplicitDeny\n", 0),
        (
            "acs:ram::1234567890123456:user/alice",
            "Unknown allowed if statement 1 allows it, which has `var.account`",
            1,
        ),
    ] {
        let told = ran(
            TRUST,
            &[],
            &[
                "eval",
                "--policy",
                "FILE",
                "--caller",
                caller,
                "--action",
                "sts:AssumeRole",
                "--explain",
            ],
        );
        assert!(told.out.starts_with(out), "{caller}: {told:?}");
        assert_eq!(told.code, Some(code), "{caller}: {told:?}");
    }
}

/// An account file whose policies are these files.
fn account(folder: &Path, lines: &str) -> String {
    fs::write(folder.join("open.tf"), OPEN).unwrap();
    fs::write(folder.join("trust.tf"), TRUST).unwrap();
    let path = folder.join("account.yaml");
    let caller = "caller: acs:ram::1234567890123456:user/alice\n";
    fs::write(&path, format!("{caller}{lines}")).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn an_account_answers_where_the_hole_has_no_say() {
    const ALL: &str = "{Version: '1', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}";
    let policies = "policies: [open.tf]\n".to_owned();
    let control = format!("policies: [{ALL}]\ncontrol: [[open.tf]]\n");
    let session = format!("policies: [{ALL}]\nsession: open.tf\n");
    let group = format!("policies: [open.tf]\nresource_group: [{ALL}]\n");
    let trust = format!("policies: [{ALL}]\ntrust: trust.tf\n");
    let role = "acs:ram::1234567890123456:role/r";
    for (name, lines, action, resource, out) in [
        ("allowed", &policies, "ecs:DescribeInstances", "*", "Allow\n"),
        ("denied", &policies, "ecs:DescribeDisks", "*", "ExplicitDeny\n"),
        (
            "perhaps",
            &policies,
            "oss:GetObject",
            "acs:oss:*:1234567890123456:photos/a",
            "Unknown AccountLevelIdentityBasedPolicy 0: allowed if statement 1 allows it, which has `var.bucket`",
        ),
        (
            "never",
            &policies,
            "oss:PutObject",
            "acs:oss:*:1234567890123456:photos/a",
            "ImplicitDeny\n",
        ),
        ("a control policy denies", &control, "ecs:DescribeDisks", "*", "ExplicitDeny\n"),
        (
            "a control policy perhaps",
            &control,
            "oss:GetObject",
            "acs:oss:*:1234567890123456:photos/a",
            "Unknown ControlPolicy 0.0: ",
        ),
        (
            "a session perhaps",
            &session,
            "oss:GetObject",
            "acs:oss:*:1234567890123456:photos/a",
            "Unknown SessionPolicy 0: ",
        ),
        (
            "a group allows in any case",
            &group,
            "oss:GetObject",
            "acs:oss:*:1234567890123456:photos/a",
            "Allow\n",
        ),
        ("a role perhaps", &trust, "sts:AssumeRole", role, "Unknown AssumeRolePolicy 0: "),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let account = account(folder.path(), lines);
        let asked = ["eval", "--account", &account, "--action", action, "--resource", resource];
        let told = run(asked);
        assert!(told.out.starts_with(out), "{name}: {told:?}");
        assert_eq!(told.code, Some(i32::from(out.starts_with("Unknown"))), "{name}: {told:?}");
        let log = format!(
            r#"{{"action": "{action}", "resource": "{resource}", "context": {{"acs:PrincipalARN": "acs:ram::1234567890123456:user/alice"}}}}"#
        );
        let told = run_on(&["audit", "--account", &account, "-", "--format", "csv"], log);
        let decision = out.split([' ', '\n']).next().unwrap();
        assert!(told.out.contains(&format!(",{action},{decision},1")), "{name}: {told:?}");
    }
}
