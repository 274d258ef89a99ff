//! `convert` keeps expressions where the target has them: it is read again, and is the same policy with
//! the same holes.

use std::collections::BTreeSet;

use crate::run::{Ran, run_on};

/// What is said not to be known.
fn holes(form: &str, text: &str) -> BTreeSet<String> {
    let ran = run_on(&["check", "--from", form, "-"], text);
    assert!(!ran.out.contains("error["), "{text}: {ran:?}");
    let notes = ran.out.lines().filter_map(|line| line.strip_prefix("note: not checked: "));
    notes.map(str::to_owned).collect()
}

fn converted(form: &str, text: &str, to: &str) -> Ran {
    run_on(&["convert", "--from", form, "--to", to, "-"], text)
}

/// Terraform with this statement, and definitions around it.
fn terraform(statement: &str) -> String {
    format!(
        "variable \"text\" {{\n  type = string\n}}\nvariable \"list\" {{\n  type = list(string)\n}}\nlocals {{\n  bucket  = \"photos\"\n  actions = [\"oss:GetObject\", \"oss:PutObject\"]\n}}\nresource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = jsonencode({{\n    Version   = \"1\"\n    Statement = [{statement}]\n  }})\n}}\n"
    )
}

const DEFINITIONS: &str = "variable \"text\" {\n  type = string\n}\nvariable \"list\" {\n  type = list(string)\n}\nlocals {\n  bucket  = \"photos\"\n  actions = [\"oss:GetObject\", \"oss:PutObject\"]\n}\n";

/// A statement of Terraform, what the data source has of it, and what `jsonencode` has.
const STATEMENTS: [(&str, &str, &str, &str); 11] = [
    (
        "an item of a list",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = [var.b] }"#,
        "resource = [var.b]",
        "          var.b,\n",
    ),
    (
        "a value of nobody knows what type",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = var.b }"#,
        "resource = flatten([var.b])",
        "Resource = var.b\n",
    ),
    (
        "a variable that is a text",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = var.text }"#,
        "resource = [var.text]",
        "Resource = var.text\n",
    ),
    (
        "a variable that is a list",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = var.list }"#,
        "resource = var.list",
        "Resource = var.list\n",
    ),
    (
        "a part of a text",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = "acs:oss:*:*:${var.b}/$${x}/*" }"#,
        r#"resource = ["acs:oss:*:*:${var.b}/$${x}/*"]"#,
        r#"Resource = "acs:oss:*:*:${var.b}/$${x}/*""#,
    ),
    (
        "a local, although it is known",
        r#"{ Effect = "Allow", Action = local.actions, Resource = "acs:oss:*:*:${local.bucket}/*" }"#,
        "action   = local.actions\n    resource = [\"acs:oss:*:*:${local.bucket}/*\"]",
        "Action = local.actions\n        Resource = \"acs:oss:*:*:${local.bucket}/*\"",
    ),
    (
        "an effect",
        r#"{ Effect = var.text, Action = "oss:GetObject", Resource = "*" }"#,
        "effect   = var.text",
        "Effect = var.text",
    ),
    (
        "a condition",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = "*", Condition = { IpAddress = { "acs:SourceIp" = var.list } } }"#,
        "values   = var.list",
        "\"acs:SourceIp\" = var.list",
    ),
    (
        "a call",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = [format("acs:oss:*:*:%s", var.b)] }"#,
        r#"resource = [format("acs:oss:*:*:%s", var.b)]"#,
        r#"format("acs:oss:*:*:%s", var.b)"#,
    ),
    (
        "a list made of another one",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = [for one in var.list : "acs:oss:*:*:${one}"] }"#,
        r#"resource = [for one in var.list : "acs:oss:*:*:${one}"]"#,
        r#"Resource = [for one in var.list : "acs:oss:*:*:${one}"]"#,
    ),
    (
        "another resource",
        r#"{ Effect = "Allow", Action = "oss:GetObject", Resource = ["acs:oss:*:*:${alicloud_oss_bucket.b.id}"] }"#,
        r#"resource = ["acs:oss:*:*:${alicloud_oss_bucket.b.id}"]"#,
        r#""acs:oss:*:*:${alicloud_oss_bucket.b.id}","#,
    ),
];

#[test]
fn terraform_keeps_its_expressions() {
    for (name, statement, in_blocks, encoded) in STATEMENTS {
        let text = terraform(statement);
        for (to, expected) in [("terraform", in_blocks), ("terraform-jsonencode", encoded)] {
            let ran = converted("terraform", &text, to);
            assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
            assert!(ran.out.contains(expected), "{name}: {}", ran.out);
            assert!(!ran.err.contains("spelt"), "{name}: {ran:?}");
            let again = format!("{DEFINITIONS}{}", ran.out);
            assert_eq!(holes("terraform", &again), holes("terraform", &text), "{name}: {again}");
            // What was written is written in the same way again.
            let twice = converted("terraform", &again, to);
            assert_eq!(twice.out, ran.out, "{name}");
        }
    }
}

#[test]
fn what_terraform_cannot_keep_is_reported_at_its_place() {
    let text = terraform(STATEMENTS[4].1);
    for to in ["json", "ros", "ros-json"] {
        let ran = converted("terraform", &text, to);
        assert_eq!(ran.code, Some(3), "{to}: {ran:?}");
        assert!(ran.err.contains("note: <stdin>:14:"), "{to}: {ran:?}");
        assert!(ran.err.contains("`var.b` is only known when Terraform runs"), "{to}: {ran:?}");
    }
    let ran = converted("terraform", &text, "rust");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    // Statements are blocks there, and nobody knows which.
    let text = terraform("var.b").replace("[var.b]", "concat([], var.b)");
    let ran = converted("terraform", &text, "terraform");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("no place for `concat([], var.b)`"), "{ran:?}");
    let ran = converted("terraform", &text, "terraform-jsonencode");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("Statement = concat([], var.b)"), "{ran:?}");
    assert_eq!(converted("terraform", &text, "json").code, Some(1));
    // A name of a loop means nothing outside of it.
    let text = terraform(STATEMENTS[0].1)
        .replace("  policy_document", "  for_each = toset(var.list)\n  policy_document")
        .replace("[var.b]", "[each.value]");
    assert_eq!(converted("terraform", &text, "terraform").code, Some(3));
}

#[test]
fn texts_of_json_keep_the_expressions_of_terraform() {
    let text = r#"variable "list" { type = list(string) }
resource "alicloud_ram_policy" "p" {
  policy_document = <<EOF
{
  "Version": "1",
  "Statement": [
    {"Effect": "Allow", "Action": "oss:GetObject", "Resource": ["acs:oss:*:*:${var.b}/*", "acs:oss:*:*:x"]},
    {"Effect": "Deny", "Action": "oss:PutObject", "Resource": ${jsonencode(var.list)}}
  ]
}
EOF
}
"#;
    let ran = converted("terraform", text, "terraform");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.out.contains(r#"resource = ["acs:oss:*:*:${var.b}/*", "acs:oss:*:*:x"]"#),
        "{ran:?}"
    );
    assert!(ran.out.contains("resource = var.list\n"), "{ran:?}");
    assert_eq!(holes("terraform", &ran.out), holes("terraform", text));
    // Terraform in JSON is the same language.
    let json = r#"{"resource": {"alicloud_ram_policy": {"p": {"policy_document": "${jsonencode({Version = \"1\", Statement = [{Effect = \"Allow\", Action = \"oss:GetObject\", Resource = [\"acs:oss:*:*:${var.b}\"]}]})}"}}}}"#;
    let ran = converted("json", json, "terraform");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains(r#"resource = ["acs:oss:*:*:${var.b}"]"#), "{ran:?}");
    assert_eq!(holes("terraform", &ran.out), holes("json", json));
}

const TEMPLATE: &str = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  P:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: p
      PolicyDocument:
        Version: '1'
        Statement:
          - Effect: Allow
            Action: oss:GetObject
            Resource:
              - !Sub 'acs:oss:*:*:${Bucket}/*'
              - !Ref Other
              - Fn::Join: ['', ['acs:oss:*:*:', !Ref Third]]
          - Fn::If:
              - Denied
              - {Effect: Deny, Action: 'oss:*', Resource: '*'}
              - !Ref ALIYUN::NoValue
";

#[test]
fn ros_keeps_its_functions() {
    for (to, form) in [("ros", "ros"), ("ros-json", "json")] {
        let ran = converted("ros", TEMPLATE, to);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        for kept in
            ["acs:oss:*:*:${Bucket}/*", "Fn::Sub", "Fn::Join", "Fn::If", "Other", "ALIYUN::NoValue"]
        {
            assert!(ran.out.contains(kept), "{kept}: {}", ran.out);
        }
        assert_eq!(holes(form, &ran.out), holes("ros", TEMPLATE), "{}", ran.out);
        assert_eq!(converted(form, &ran.out, to).out, ran.out);
    }
    let without = TEMPLATE.split("          - Fn::If").next().unwrap();
    for to in ["json", "terraform"] {
        let ran = converted("ros", without, to);
        assert_eq!(ran.code, Some(3), "{to}: {ran:?}");
        assert!(ran.err.contains("<stdin>:13:"), "{to}: {ran:?}");
    }
}
