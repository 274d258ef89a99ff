//! `check`: every form of file, every format.

use serde_json::Value;

use crate::run::{run, run_on};

/// A file of each form with one unknown action, and how that is spelt there.
const FORMS: [(&str, &str, &str); 13] = [
    (
        "json",
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Foo","Resource":"*"}]}"#,
        "\"ecs:Foo",
    ),
    (
        "json",
        "\u{feff}{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:Foo\",\"Resource\":\"*\"}]}",
        "\"ecs:Foo",
    ),
    (
        "json",
        "{\"ROSTemplateFormatVersion\": \"2015-09-01\", \"Resources\": {\"P\": {\"Type\": \"ALIYUN::RAM::ManagedPolicy\", \"Properties\": {\"PolicyDocument\":\n{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:Foo\",\"Resource\":\"*\"}]}}}}}",
        "\"ecs:Foo",
    ),
    (
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = <<-EOF\n    {\"Version\": \"1\", \"Statement\": [\n      {\"Effect\": \"Allow\", \"Action\": \"ecs:Foo\", \"Resource\": \"acs:ecs:*:${var.account}:instance/*\"}]}\n    EOF\n}\n",
        "\"ecs:Foo",
    ),
    (
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = \"{\\\"Version\\\":\\\"1\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"ecs:Foo\\\",\\\"Resource\\\":\\\"*\\\"}]}\"\n}\n",
        r#"\"ecs:Foo"#,
    ),
    (
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({\n    Version = \"1\"\n    Statement = [{ Effect = \"Allow\", Action = [\"ecs:Foo\"], Resource = var.all }]\n  })\n}\n",
        "\"ecs:Foo",
    ),
    (
        "terraform",
        "data \"alicloud_ram_policy_document\" \"p\" {\n  statement {\n    action   = [\"ecs:Foo\"]\n    resource = [\"*\"]\n  }\n}\n",
        "\"ecs:Foo",
    ),
    (
        "ros",
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '1'\n        Statement:\n          - Effect: Allow\n            Action: [ecs:Foo]\n            Resource: !Sub 'acs:ecs:*:${ALIYUN::AccountId}:instance/*'\n",
        "ecs:Foo",
    ),
    (
        "ros",
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  R:\n    Type: ALIYUN::RAM::Role\n    Properties:\n      Policies:\n        - PolicyName: p\n          PolicyDocument:\n            Version: '1'\n            Statement: [{Effect: Allow, Action: 'ecs:Foo', Resource: '*'}]\n",
        "'ecs:Foo",
    ),
    (
        "markdown",
        "# Title\n\n> ```json\n> {\"Version\": \"1\", \"Statement\": [\n>   {\"Effect\": \"Allow\", \"Action\": \"ecs:Foo\", \"Resource\": \"*\"}]}\n> ```\n",
        "\"ecs:Foo",
    ),
    (
        "markdown",
        "```yaml\nnot: ours\n```\n\n```\n{\"Effect\": \"Allow\", \"Action\": \"ecs:Foo\", \"Resource\": \"*\"}\n```\n",
        "\"ecs:Foo",
    ),
    (
        "rust",
        "/// Doc.\nconst P: Policy = ram_policy::policy! {\n    allow ecs::{StopInstance, Foo} on *;\n};\n",
        "Foo",
    ),
    (
        "rust",
        "fn f() {\n    let p = policy!({\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ecs:Foo\", \"Resource\": \"*\"}]});\n}\n",
        "\"ecs:Foo",
    ),
];

/// Line and column of a part of a text.
fn place(text: &str, part: &str) -> String {
    let before = &text[..text.find(part).expect("it is there")];
    let line = before.lines().count().max(1) + usize::from(before.ends_with('\n'));
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("--> <stdin>:{line}:{column}\n")
}

#[test]
fn finds_the_mistake_in_every_form() {
    for (form, text, part) in FORMS {
        let ran = run_on(&["check", "--strict", "--from", form, "-"], text);
        assert_eq!(ran.code, Some(1), "{text}: {ran:?}");
        assert!(
            ran.out.contains("error[unfamiliar_action]: unknown action `ecs:Foo`"),
            "{text}: {ran:?}"
        );
        assert!(ran.out.contains(&place(text, part)), "{text}: {}", ran.out);
        assert!(ran.err.starts_with("1 policy in 1 file: 1 error, "), "{text}: {}", ran.err);
    }
}

/// Documents that exist are audited, as the macros are strict; macros in Rust source are as strict as
/// when they compile.
#[test]
fn what_the_catalogue_does_not_know_is_an_error_where_it_is_written() {
    for (form, text, _) in FORMS {
        let ran = run_on(&["check", "--from", form, "-"], text);
        let level = if form == "rust" { "error" } else { "warning" };
        assert!(ran.out.contains(&format!("{level}[unfamiliar_action]")), "{text}: {ran:?}");
        assert_eq!(ran.code, Some(i32::from(form == "rust")), "{text}: {ran:?}");
        // What is asked for counts before what is the default.
        for strictness in [&[][..], &["--strict"]] {
            let asked = ["check", "--warn", "unfamiliar_action", "--from", form, "-"];
            let ran = run_on(&[&asked[..1], strictness, &asked[1..]].concat(), text);
            assert!(ran.out.contains("warning[unfamiliar_action]"), "{text}: {ran:?}");
        }
    }
}

const VERSION_AS_NUMBER: [(&str, &str); 2] = [
    (
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 1\n        Statement: [{Effect: Allow, Action: 'oss:GetObject', Resource: '*'}]\n",
        "note[version_number]",
    ),
    (
        r#"{"Version":1,"Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}]}"#,
        "error[wrong_version]",
    ),
];

#[test]
fn the_version_may_be_a_number_in_ros_yaml_and_not_in_json() {
    for (text, told) in VERSION_AS_NUMBER {
        let ran = run_on(&["check", "-"], text);
        assert!(ran.out.contains(told), "{text}: {ran:?}");
        assert_eq!(ran.code, Some(i32::from(told.starts_with("error"))), "{text}: {ran:?}");
    }
    let [(template, _), _] = VERSION_AS_NUMBER;
    let ran = run_on(&["convert", "--to", "json", "-"], template);
    assert!(ran.out.contains(r#""Version": "1""#), "{ran:?}");
    // The page of the rule shows such a template.
    let page = ram_policy::findings::page("version_number").unwrap();
    let blocks: Vec<&str> =
        page.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let told = |text: &str| run_on(&["check", "-"], text).out.contains("note[version_number]");
    assert_eq!(blocks.iter().map(|text| told(text)).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn tells_the_form_of_a_text_by_itself() {
    for (_, text, part) in FORMS {
        let ran = run_on(&["check", "-"], text);
        assert!(ran.out.contains(&place(text, part)), "{text}: {ran:?}");
    }
}

#[test]
fn what_is_only_known_later_is_told_or_left_alone() {
    for (form, text, told) in [
        (
            "terraform",
            "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = var.document\n}\n",
            "not checked: the document of `alicloud_ram_policy.p` is only known when Terraform runs",
        ),
        (
            "terraform",
            "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = <<EOF\n{\"Version\": \"1\", \"Statement\": ${jsonencode(local.statements)}}\nEOF\n}\n",
            "not checked: `local.statements` is only known when Terraform runs",
        ),
        ("terraform", "resource \"alicloud_ram_policy\" {", "not checked: this is not HCL"),
        ("rust", "fn f( {", "not checked: this is not Rust"),
        (
            "ros",
            "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyDocument: !Ref Document\n",
            "not checked: the document is only known when ROS runs the template",
        ),
        ("ros", "a: [", "not checked: this is not YAML"),
    ] {
        let ran = run_on(&["check", "--from", form, "-"], text);
        assert_eq!(ran.code, Some(0), "{text}: {ran:?}");
        assert!(ran.out.contains(told), "{text}: {ran:?}");
        assert!(ran.err.ends_with("1 not checked\n"), "{text}: {ran:?}");
    }
    // A value that is filled in later is not judged; the others are.
    let text = "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = <<EOF\n{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"oss:GetObject\", \"Resource\": [\"acs:oss:*:*:${var.bucket}/*\", \"oss:b\"]}]}\nEOF\n}\n";
    let ran = run_on(&["check", "--from", "terraform", "-"], text);
    assert_eq!(ran.out.matches("error[").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("error[malformed_arn]"), "{}", ran.out);
}

#[test]
fn levels_and_kinds_are_as_asked() {
    let star = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    let trust = std::fs::read_to_string(crate::run::files().join("trust.json")).unwrap();
    for (arguments, text, code, told) in [
        (&[][..], star, 0, "warning[star_on_star]"),
        (&["--deny", "star_on_star"], star, 1, "error[star_on_star]"),
        (&["--allow", "star_on_star"], star, 0, ""),
        (&["--allow", "star_on_star", "--deny", "star_on_star"], star, 1, "error[star_on_star]"),
        (&["--kind", "control"], star, 0, ""),
        (&["--kind", "trust"], star, 1, "a trust policy has no `Resource`"),
        (&[], trust.as_str(), 0, ""),
        (&["--kind", "identity"], trust.as_str(), 1, "an identity policy has no `Principal`"),
        (
            &["--unlisted", "nowhere:*"],
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"nowhere:*","Resource":"*"}]}"#,
            0,
            "",
        ),
    ] {
        let arguments: Vec<&str> =
            ["check"].iter().chain(arguments).chain(&["-"]).copied().collect();
        let ran = run_on(&arguments, text);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        if told.is_empty() {
            assert!(
                !ran.out.contains("star_on_star") && !ran.out.contains("error"),
                "{arguments:?}: {ran:?}"
            );
        } else {
            assert!(ran.out.contains(told), "{arguments:?}: {ran:?}");
        }
    }
    for (rule, told) in [
        (
            "unknown_acton",
            "error: there is no rule `unknown_acton`, did you mean `unknown_action`?\n",
        ),
        (
            "wrong_version",
            "error: `wrong_version` stays an error, RAM refuses the document for it\n",
        ),
    ] {
        let ran = run_on(&["check", "--allow", rule, "-"], star);
        assert_eq!((ran.code, ran.err.as_str()), (Some(2), told));
    }
}

#[test]
fn attributes_of_a_macro_count_and_flags_over_them() {
    let text = "const P: Policy = policy! { #![deny(star_on_star)] allow * on *; };";
    assert_eq!(run_on(&["check", "--from", "rust", "-"], text).code, Some(1));
    let ran = run_on(&["check", "--from", "rust", "--allow", "star_on_star", "-"], text);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

/// Rust source, and what is told of its claims.
const CLAIMS: [(&str, &str); 8] = [
    ("allows ecs::StopInstance on *; denies ecs::StartInstance on *; never ram::*;", ""),
    ("within guardrail::no_privilege_escalation; within { allow ecs::* on *; };", ""),
    ("within BOUNDARY;", ""),
    ("denies ecs::StopInstance on *;", "the policy allows `ecs:StopInstance` on `*`"),
    ("never ecs::Stop*;", "{\"action\":\"ecs:StopInstance\""),
    ("within guardrail::requires_mfa;", "the policy goes beyond the guardrail `requires_mfa`"),
    ("allows ecs::StopInstanc on *;", "unknown action `ecs:StopInstanc`"),
    ("within;", "expected a policy in braces"),
];

#[test]
fn claims_of_a_macro_are_held_against_its_policy() {
    for (claims, told) in CLAIMS {
        let text =
            format!("const P: Policy = policy! {{ allow ecs::StopInstance on *; {claims} }};");
        let ran = run_on(&["check", "--from", "rust", "-"], text);
        assert_eq!(ran.code, Some(i32::from(!told.is_empty())), "{claims} {ran:?}");
        assert!(ran.out.contains(told), "{claims} {ran:?}");
    }
}

#[test]
fn a_boundary_in_a_file_is_looked_for_beside_the_manifest() {
    // This file belongs to a package that has no such boundary.
    let file = std::env::temp_dir().join(format!("ram-policy-claims-{}", std::process::id()));
    std::fs::create_dir_all(file.join("src")).unwrap();
    std::fs::write(file.join("Cargo.toml"), "").unwrap();
    let boundary =
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:St*","Resource":"*"}]}"#;
    std::fs::write(file.join("boundary.json"), boundary).unwrap();
    let source = file.join("src/lib.rs");
    let cases = [
        ("boundary.json", "StopInstance", ""),
        ("boundary.json", "RunInstances", "beyond its boundary `boundary.json`"),
        ("missing.json", "StopInstance", "cannot read `missing.json`"),
    ];
    for (boundary, action, told) in cases {
        let text = format!(
            "const P: Policy = policy! {{ allow ecs::{action} on *; within \"{boundary}\"; }};"
        );
        std::fs::write(&source, text).unwrap();
        let ran = run(["check".as_ref(), source.as_os_str()]);
        assert_eq!(ran.code, Some(i32::from(!told.is_empty())), "{boundary} {ran:?}");
        assert!(ran.out.contains(told), "{boundary} {ran:?}");
    }
    std::fs::remove_dir_all(&file).unwrap();
}

#[test]
fn json_has_its_schema() {
    let ran = run(["check", "--format", "json", "mistakes.json"]);
    assert_eq!(ran.code, Some(1));
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let findings = report["files"][0]["policies"][0]["findings"].as_array().unwrap();
    let finding = findings.iter().find(|found| found["level"] == "error").unwrap();
    assert_eq!(report["files"][0]["file"], "mistakes.json");
    assert_eq!(report["files"][0]["policies"][0]["kind"], "identity");
    assert_eq!(finding["rule"], "unknown_action");
    assert_eq!(finding["level"], "error");
    assert_eq!(finding["path"], "Statement[0].Action[0]");
    assert_eq!(finding["start"]["line"], 6);
    assert_eq!(finding["start"]["column"], 18);
    assert_eq!(finding["end"]["column"], 35);
    assert_eq!(report["summary"]["errors"], 1);
}

#[test]
fn sarif_has_what_code_hosts_ask_for() {
    let ran = run(["check", "--format", "sarif", "mistakes.json"]);
    assert_eq!(ran.code, Some(1));
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["version"], "2.1.0");
    let run = &report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "mistakes.json");
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
    }
}

#[test]
fn github_annotations_stand_on_a_line_each() {
    let ran = run(["check", "--format", "github", "mistakes.json"]);
    assert_eq!(
        ran.out.lines().find(|line| line.starts_with("::error")).unwrap(),
        "::error file=mistakes.json,line=6,endLine=6,col=18,endColumn=35,title=unknown_action::unknown action `ecs:RunInstance`, did you mean `ecs:RunInstances`?%0ARAM accepts any action name, and this one covers nothing"
    );
    assert!(ran.out.lines().all(|line| line.starts_with("::")), "{}", ran.out);
}

#[test]
fn a_whole_service_is_named_with_the_resource_that_is_written() {
    for (resource, named) in
        [("\"*\"", "*"), ("[\"acs:ecs:*:*:instance/i-1\", \"acs:ecs:*:1:*\"]", "acs:ecs:*:1:*")]
    {
        let document = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"ecs:*","Resource":{resource}}}]}}"#
        );
        let ran = run_on(&["check", "-"], document);
        let said = format!(
            "note[whole_service]: `ecs:*` on `{named}` allows everything `ecs` has and will have"
        );
        assert!(ran.out.contains(&said), "{ran:?}");
    }
}
