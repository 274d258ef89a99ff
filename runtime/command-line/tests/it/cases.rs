//! Faults that were found in earlier versions, each as it was found.

use std::fs;

use crate::run::run;

/// A name, the name of the file, its text, the arguments, the exit code, and what standard output and
/// standard error contain.
struct Case {
    name: &'static str,
    file: &'static str,
    text: &'static str,
    arguments: &'static [&'static str],
    code: i32,
    out: &'static str,
    err: &'static str,
}

const BOUNDARY: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}"#;

const CASES: [Case; 15] = [
    Case {
        name: "dynamic condition dropped",
        file: "input.tf",
        text: r#"data "alicloud_ram_policy_document" "p" {
  statement {
    effect   = "Allow"
    action   = ["ecs:StopInstance"]
    resource = ["*"]
    dynamic "condition" {
      for_each = var.ips
      content {
        operator = "IpAddress"
        variable = "acs:SourceIp"
        values   = [condition.value]
      }
    }
  }
}
"#,
        arguments: &["eval", "--policy", "FILE", "--action", "ecs:StopInstance"],
        code: 1,
        out: r#"Unknown allowed if statement 0 allows it, which has `dynamic "condition" over var.ips`"#,
        err: "",
    },
    Case {
        name: "dynamic statement empty list",
        file: "input.tf",
        text: r#"data "alicloud_ram_policy_document" "p" {
  dynamic "statement" {
    for_each = var.statements
    content {
      effect   = "Allow"
      action   = ["ecs:StopInstanc"]
      resource = [statement.value]
    }
  }
}
"#,
        arguments: &["check", "FILE"],
        code: 0,
        out: r#"not checked: `dynamic "statement" over var.statements`"#,
        err: "0 errors",
    },
    Case {
        name: "proof over unknown deny",
        file: "input.tf",
        text: r#"data "alicloud_ram_policy_document" "p" {
  statement {
    effect   = "Deny"
    action   = ["ecs:*"]
    resource = [var.x]
  }
  statement {
    effect   = "Allow"
    action   = ["ecs:*"]
    resource = ["*"]
  }
}
"#,
        arguments: &["prove", "FILE", "--equivalent", "BOUNDARY"],
        code: 1,
        out: "Unknown `var.x` is not known",
        err: "",
    },
    Case {
        name: "proof over unknown action",
        file: "input.tf",
        text: r#"resource "alicloud_ram_policy" "d" {
  policy_document = jsonencode({ Version = "1", Statement = [{ Effect = "Allow", Action = var.a, Resource = "*" }] })
}
"#,
        arguments: &["prove", "FILE", "--within", "BOUNDARY"],
        code: 1,
        out: "Unknown `var.a` is not known",
        err: "",
    },
    Case {
        name: "eval unknown deny allows",
        file: "input.tf",
        text: r#"data "alicloud_ram_policy_document" "p" {
  statement {
    effect   = "Deny"
    action   = ["ecs:*"]
    resource = [var.x]
  }
  statement {
    effect   = "Allow"
    action   = ["ecs:*"]
    resource = ["*"]
  }
}
"#,
        arguments: &[
            "eval",
            "--policy",
            "FILE",
            "--action",
            "ecs:StopInstance",
            "--resource",
            "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1",
        ],
        code: 1,
        out: "Unknown allowed unless statement 0 denies it, which has `var.x`",
        err: "",
    },
    Case {
        name: "open statement list silent",
        file: "input.tf",
        text: r#"resource "alicloud_ram_policy" "d" {
  policy_document = jsonencode({
    Version = "1"
    Statement = local.statements
  })
}
"#,
        arguments: &["describe", "FILE"],
        code: 1,
        out: "",
        err: "`local.statements` is only known when Terraform runs",
    },
    Case {
        name: "open statement list counted as checked",
        file: "input.tf",
        text: r#"resource "alicloud_ram_policy" "d" {
  policy_name     = "d"
  policy_document = jsonencode({
    Version = "1"
    Statement = concat([
      { Effect = "Allow", Action = ["oss:GetObjct"], Resource = ["*"] }
    ], local.more)
  })
}
"#,
        arguments: &["check", "FILE"],
        code: 1,
        out: "error[unknown_action]: unknown action `oss:GetObjct`",
        err: "1 error, 0 warnings, 0 notes, 1 not checked",
    },
    Case {
        name: "select blocked by other policy",
        file: "input.yaml",
        text: r#"ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Good:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: good
      PolicyDocument: {Version: '1', Statement: [{Effect: Allow, Action: 'oss:GetObject', Resource: '*'}]}
  Refused:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: refused
      PolicyDocument: {Statement: [{Effect: Allow, Action: 'oss:GetObject', Resource: '*'}]}
"#,
        arguments: &["convert", "FILE", "--select", "Good", "--to", "json", "--minified"],
        code: 0,
        out: r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}]}"#,
        err: "",
    },
    Case {
        name: "official module local not read",
        file: "input.tf",
        text: r#"locals {
  policy_json = <<EOF
{
  "Version": "1",
  "Statement": [
    { "Effect": "Allow", "Action": ["kms:List*", "kms:Decrpt"], "Resource": "*" }
  ]
}
EOF
}
resource "alicloud_ram_policy" "policy" {
  count           = 1
  policy_name     = "kms-use"
  policy_document = local.policy_json
}
"#,
        arguments: &["check", "FILE"],
        code: 1,
        out: "error[unknown_action]: unknown action `kms:Decrpt`",
        err: "1 policy in 1 file: 1 error",
    },
    Case {
        name: "named file without policy",
        file: "input.tf",
        text: r#"resource "alicloud_vpc" "v" {
  vpc_name = "x"
}
"#,
        arguments: &["check", "FILE"],
        code: 2,
        out: "",
        err: "contains no policy, read as terraform",
    },
    Case {
        name: "fn if statement not told",
        file: "input.yaml",
        text: r#"ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  P: {Type: String, Default: ''}
Conditions:
  C: {'Fn::Not': [{'Fn::Equals': [{Ref: P}, '']}]}
Resources:
  A:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: a
      PolicyDocument:
        Version: "1"
        Statement:
          - Effect: Allow
            Action: [oss:GetObjct]
            Resource: '*'
          - Fn::If:
            - C
            - Effect: Allow
              Action: [oss:PutObjct]
              Resource: ['*']
            - Ref: ALIYUN::NoValue
"#,
        arguments: &["check", "FILE"],
        code: 1,
        out: "error[unknown_action]: unknown action `oss:PutObjct`",
        err: "1 not checked",
    },
    Case {
        name: "tf json read as policy",
        file: "input.tf.json",
        text: r#"{"resource":{"alicloud_ram_policy":{"p":{"policy_name":"p","policy_document":"{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:GetObjct\",\"Resource\":\"*\"}]}"}}}}
"#,
        arguments: &["check", "FILE"],
        code: 1,
        out: "error[unknown_action]: unknown action `oss:GetObjct`",
        err: "1 error",
    },
    Case {
        name: "statement attribute ignored",
        file: "input.tf",
        text: r#"resource "alicloud_ram_policy" "a" {
  name = "a"
  statement = [{
    action   = ["oss:GetObjct"]
    resource = ["*"]
    effect   = "Allow"
  }]
}
"#,
        arguments: &["check", "FILE"],
        code: 1,
        out: "error[unknown_action]: unknown action `oss:GetObjct`",
        err: "1 policy in 1 file: 1 error",
    },
    Case {
        name: "inline policies of other resources",
        file: "input.tf",
        text: r#"resource "alicloud_resource_manager_policy_version" "v" {
  policy_name     = "p"
  policy_document = jsonencode({ Version = "1", Statement = [{ Effect = "Allow", Action = "ecs:StopInstanc", Resource = "*" }] })
}
resource "alicloud_cloud_sso_access_configuration" "c" {
  directory_id              = "d-1"
  access_configuration_name = "c"
  permission_policies {
    permission_policy_type     = "Inline"
    permission_policy_name     = "p"
    permission_policy_document = jsonencode({ Version = "1", Statement = [{ Effect = "Allow", Action = "ecs:StopInstanc", Resource = "*" }] })
  }
}
"#,
        arguments: &["check", "FILE"],
        code: 1,
        out: "unknown action `ecs:StopInstanc`",
        err: "2 policies in 1 file: 2 errors",
    },
    Case {
        name: "convert drops comments untold",
        file: "input.rs",
        text: r#"use ram_policy::{Policy, policy};
// keep me
pub const A: Policy = policy! {
    // why
    allow ecs::StopInstance on *;
};
"#,
        arguments: &["convert", "FILE", "--to", "rust"],
        code: 0,
        out: "allow ecs::StopInstance on *;",
        err: "2 comments",
    },
];

#[test]
fn faults_that_were_found_stay_mended() {
    for case in CASES {
        let Case { name, file, text, arguments, code, out, err } = case;
        let folder = tempfile::tempdir().unwrap();
        let (path, boundary) = (folder.path().join(file), folder.path().join("boundary.json"));
        fs::write(&path, text).unwrap();
        fs::write(&boundary, BOUNDARY).unwrap();
        let (path, boundary) = (path.to_str().unwrap(), boundary.to_str().unwrap());
        let ran = run(arguments.iter().map(|argument| match *argument {
            "FILE" => path,
            "BOUNDARY" => boundary,
            other => other,
        }));
        assert_eq!(ran.code, Some(code), "{name}: {ran:?}");
        assert!(ran.out.contains(out), "{name}: {ran:?}");
        assert!(ran.err.contains(err), "{name}: {ran:?}");
    }
}
