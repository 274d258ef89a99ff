//! The places that policies are kept in: each is read as what it is.

use std::fs;

use crate::run::{run, run_on};

const WRONG: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstanc","Resource":"*"}]}"#;
const TRUST: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Servic":["ecs.aliyuncs.com"]}}]}"#;

/// A text as a text of JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Name and kind of every policy of a text.
fn kinds(form: &str, text: &str) -> Vec<(String, String)> {
    let ran = run_on(&["check", "--from", form, "--format", "json", "-"], text);
    let report: serde_json::Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{text}: {ran:?}"));
    let policies = report["files"][0]["policies"].as_array().unwrap();
    policies
        .iter()
        .map(|policy| {
            assert!(!policy["findings"].as_array().unwrap().is_empty(), "{text}: {policy}");
            let text = |name: &str| policy[name].as_str().unwrap_or("").to_owned();
            (text("name"), text("kind"))
        })
        .collect()
}

#[test]
fn arguments_of_terraform() {
    for (resource, argument, kind) in [
        ("alicloud_ram_policy", "policy_document", "identity"),
        ("alicloud_ram_policy", "document", "identity"),
        ("alicloud_ram_role", "assume_role_policy_document", "trust"),
        ("alicloud_ram_role", "document", "trust"),
        ("alicloud_resource_manager_policy", "policy_document", "identity"),
        ("alicloud_resource_manager_policy_version", "policy_document", "identity"),
        ("alicloud_resource_manager_role", "assume_role_policy_document", "trust"),
        ("alicloud_resource_manager_control_policy", "policy_document", "control"),
        ("alicloud_ecs_ram_role_attachment", "policy", "session"),
        ("alicloud_open_api_explorer_api_mcp_server", "assume_role_extra_policy", "session"),
    ] {
        let document = if kind == "trust" { TRUST } else { WRONG };
        let expected = [(format!("{resource}.p"), kind.to_owned())];
        let hcl =
            format!("resource \"{resource}\" \"p\" {{\n  {argument} = {}\n}}\n", quoted(document));
        assert_eq!(kinds("terraform", &hcl), expected, "{hcl}");
        let json = format!(
            "{{\"resource\": {{\"{resource}\": {{\"p\": {{\"{argument}\": {}}}}}}}}}",
            quoted(document)
        );
        assert_eq!(kinds("json", &json), expected, "{json}");
        let plan = format!(
            "{{\"format_version\": \"1.2\", \"planned_values\": {{\"root_module\": {{\"child_modules\": [{{\"resources\": [{{\"address\": \"module.m.{resource}.p\", \"mode\": \"managed\", \"type\": \"{resource}\", \"name\": \"p\", \"values\": {{\"{argument}\": {}}}}}]}}]}}}}}}",
            quoted(document)
        );
        let expected = [(format!("module.m.{resource}.p"), kind.to_owned())];
        assert_eq!(kinds("json", &plan), expected, "{plan}");
    }
    let blocks = format!(
        "resource \"alicloud_cloud_sso_access_configuration\" \"c\" {{\n  permission_policies {{\n    permission_policy_document = {0}\n  }}\n  permission_policies {{\n    permission_policy_document = {0}\n  }}\n}}\nprovider \"alicloud\" {{\n  assume_role {{\n    policy = {0}\n  }}\n}}\n",
        quoted(WRONG)
    );
    let found = kinds("terraform", &blocks);
    let kinds: Vec<&str> = found.iter().map(|(_, kind)| kind.as_str()).collect();
    assert_eq!(kinds, ["identity", "identity", "session"], "{found:?}");
}

#[test]
fn the_older_argument_of_terraform() {
    for body in [
        "statement = [{\n    action = [\"ecs:StopInstanc\"]\n    resource = [\"*\"]\n    effect = \"Allow\"\n  }]",
        "statement {\n    action = [\"ecs:StopInstanc\"]\n    resource = [\"*\"]\n    effect = \"Allow\"\n  }",
    ] {
        let text =
            format!("resource \"alicloud_ram_policy\" \"a\" {{\n  name = \"a\"\n  {body}\n}}\n");
        let expected = [("alicloud_ram_policy.a".to_owned(), "identity".to_owned())];
        assert_eq!(kinds("terraform", &text), expected, "{text}");
    }
}

#[test]
fn a_plan_says_what_it_does_not_know() {
    let plan = r#"{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"alicloud_ram_policy.p","mode":"managed","type":"alicloud_ram_policy","values":{"policy_name":"p"}}]}},"resource_changes":[{"address":"alicloud_ram_policy.p","change":{"after_unknown":{"policy_document":true}}}]}"#;
    let ran = run_on(&["check", "-"], plan);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("not checked: the document of `alicloud_ram_policy.p`"), "{ran:?}");
}

#[test]
fn properties_of_ros() {
    let template = |kind: &str, properties: &str| {
        format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  R:\n    Type: {kind}\n    Properties:\n      {properties}\n"
        )
    };
    let listed = format!(
        "Policies: [{{PolicyName: a, PolicyDocument: {WRONG}}}, {{PolicyName: b, PolicyDocument: {WRONG}}}]"
    );
    let one = |name: &str, kind: &str| vec![(name.to_owned(), kind.to_owned())];
    let two =
        vec![("R.a".to_owned(), "identity".to_owned()), ("R.b".to_owned(), "identity".to_owned())];
    for (kind, properties, expected) in [
        ("ALIYUN::RAM::ManagedPolicy", format!("PolicyDocument: {WRONG}"), one("R", "identity")),
        (
            "ALIYUN::RAM::ManagedPolicy",
            format!("PolicyDocumentUnchecked: {WRONG}"),
            one("R", "identity"),
        ),
        ("ALIYUN::RAM::Role", format!("AssumeRolePolicyDocument: {TRUST}"), one("R", "trust")),
        ("ALIYUN::RAM::Role", listed.clone(), two.clone()),
        ("ALIYUN::RAM::User", listed.clone(), two.clone()),
        ("ALIYUN::RAM::Group", listed, two),
        (
            "ALIYUN::ResourceManager::ControlPolicy",
            format!("PolicyDocument: {}", quoted(WRONG)),
            one("R", "control"),
        ),
        (
            "ALIYUN::ResourceManager::Role",
            format!("AssumeRolePolicyDocument: {TRUST}"),
            one("R", "trust"),
        ),
        (
            "ALIYUN::CloudSSO::PermissionPolicyToAccessConfigurationAddition",
            format!("InlinePolicyDocument: {WRONG}"),
            one("R", "identity"),
        ),
        (
            "ALIYUN::ECS::RamRoleAttachment",
            format!("Policy: {}", quoted(WRONG)),
            one("R", "session"),
        ),
        (
            "Aliyun::Serverless::Service",
            format!("Policies: [AliyunOSSFullAccess, {WRONG}]"),
            one("R.Policies[1]", "identity"),
        ),
        ("Aliyun::Serverless::Service", format!("Policies: {WRONG}"), one("R", "identity")),
    ] {
        let text = template(kind, &properties);
        assert_eq!(kinds("ros", &text), expected, "{text}");
    }
}

#[test]
fn responses_programs_and_services() {
    let one = |name: &str, kind: &str| vec![(name.to_owned(), kind.to_owned())];
    for (form, text, expected) in [
        (
            "json",
            format!(r#"{{"RequestId":"1","Policy":{{"PolicyName":"p"}},"DefaultPolicyVersion":{{"VersionId":"v1","PolicyDocument":{}}}}}"#, quoted(WRONG)),
            one("p", "identity"),
        ),
        (
            "json",
            format!(r#"{{"PolicyVersion":{{"VersionId":"v2","PolicyDocument":{}}}}}"#, quoted(WRONG)),
            one("v2", "identity"),
        ),
        (
            "json",
            format!(r#"{{"Role":{{"RoleName":"r","AssumeRolePolicyDocument":{}}}}}"#, quoted(TRUST)),
            one("r", "trust"),
        ),
        (
            "json",
            format!(r#"{{"ControlPolicy":{{"PolicyName":"c","PolicyDocument":{}}}}}"#, quoted(WRONG)),
            one("c", "control"),
        ),
        ("json", quoted(WRONG), one("", "identity")),
        (
            "ros",
            format!("name: p\nruntime: yaml\nresources:\n  p:\n    type: alicloud:ram/policy:Policy\n    properties:\n      policyDocument: {}\n  r:\n    type: alicloud:ram/role:Role\n    properties:\n      assumeRolePolicyDocument:\n        fn::toJSON: {TRUST}\n", quoted(WRONG)),
            [one("p", "identity"), one("r", "trust")].concat(),
        ),
        (
            "json",
            format!(r#"{{"version":3,"deployment":{{"resources":[{{"type":"alicloud:ram/policy:Policy","urn":"urn:pulumi:s::p::alicloud:ram/policy:Policy::q","inputs":{{"policyDocument":{}}}}}]}}}}"#, quoted(WRONG)),
            one("q", "identity"),
        ),
        (
            "ros",
            "edition: 1.0.0\nservices:\n  web:\n    component: fc\n    props:\n      service:\n        role:\n          name: r\n          policies:\n            - AliyunFCFullAccess\n            - name: own\n              statement:\n                - Effect: Allow\n                  Action: ['ecs:StopInstanc']\n                  Resource: ['*']\n".to_owned(),
            one("web.own", "identity"),
        ),
    ] {
        assert_eq!(kinds(form, &text), expected, "{text}");
    }
}

#[test]
fn marks_in_a_text_of_json_are_where_they_are_written() {
    let text = format!("{{\"Policy\": {{\"PolicyDocument\": {}}}}}", quoted(WRONG));
    let ran = run_on(&["check", "-"], text.clone());
    let column = text.find("\\\"ecs:StopInstanc").unwrap() + 1;
    assert!(ran.out.contains(&format!("<stdin>:1:{column}")), "{column}: {}", ran.out);
}

#[test]
fn policies_in_other_languages_are_named_and_not_read() {
    for (form, text) in [
        (
            "terraform",
            "resource \"alicloud_oss_bucket_policy\" \"b\" {\n  policy = jsonencode({ Version = \"1\", Statement = [] })\n}\n",
        ),
        ("terraform", "resource \"alicloud_kms_key\" \"b\" {\n  policy = var.p\n}\n"),
        (
            "ros",
            "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  B:\n    Type: ALIYUN::OSS::Bucket\n    Properties:\n      Policy: {Version: '1'}\n",
        ),
    ] {
        let ran = run_on(&["check", "--from", form, "-"], text);
        assert_eq!(ran.code, Some(0), "{text}: {ran:?}");
        assert!(ran.out.contains("whose language is not read"), "{text}: {ran:?}");
        assert!(ran.err.contains("1 not checked"), "{text}: {ran:?}");
    }
}

#[test]
fn a_file_that_is_named_contains_a_policy() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.tf", "resource \"alicloud_vpc\" \"v\" {\n  vpc_name = \"x\"\n}\n"),
        ("a.json", "{\"name\": \"x\", \"version\": \"1.0.0\", \"private\": true}"),
        ("b.json", "[1, 2]"),
        ("a.yaml", "a: b\n"),
        ("a.md", "# Title\n\nText.\n"),
        ("a.rs", "fn main() {}\n"),
        ("empty.tf", ""),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let path = path.to_str().unwrap();
        for arguments in [
            &["check", path][..],
            &["eval", "--policy", path, "--action", "ecs:StopInstance"],
            &["convert", path, "--to", "json"],
            &["describe", path],
        ] {
            let ran = run(arguments);
            assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
            assert!(ran.err.contains("contains no policy"), "{arguments:?}: {ran:?}");
        }
        assert_eq!(run(["check", "--pass-over", path]).code, Some(0), "{name}");
    }
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}
