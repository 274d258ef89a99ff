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
    assert_eq!(kinds, ["inline", "inline", "session"], "{found:?}");
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
            one("R", "inline"),
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

/// A policy of a kind that has a wrong action.
fn kept(kind: &str) -> String {
    let (principal, action, resource) = match kind {
        "key" | "secret" => (r#"{"RAM":["acs:ram::1234567890123456:*"]}"#, "kms:Decryp", r#""*""#),
        "project" => (r#"["*"]"#, "log:PostLogStoreLog", r#""acs:log:*:*:project/web/*""#),
        "instance" => (r#"["*"]"#, "ots:GetRo", r#""acs:ots:*:1234567890123456:instance/web*""#),
        _ => (r#"["*"]"#, "oss:GetObjec", r#""acs:oss:*:*:photos/*""#),
    };
    format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":["{action}"],"Resource":[{resource}]}}]}}"#
    )
}

#[test]
fn policies_of_resources_are_read_where_they_are_kept() {
    for (resource, argument, kind) in [
        ("alicloud_oss_bucket", "policy", "bucket"),
        ("alicloud_oss_bucket_policy", "policy", "bucket"),
        ("alicloud_kms_key", "policy", "key"),
        ("alicloud_kms_secret", "policy", "secret"),
        ("alicloud_log_project", "policy", "project"),
        ("alicloud_privatelink_vpc_endpoint", "policy_document", "endpoint"),
        ("alicloud_vpc_gateway_endpoint", "policy_document", "endpoint"),
    ] {
        let document = quoted(&kept(kind));
        let text = format!("resource \"{resource}\" \"p\" {{\n  {argument} = {document}\n}}\n");
        let expected = [(format!("{resource}.p"), kind.to_owned())];
        assert_eq!(kinds("terraform", &text), expected, "{text}");
    }
    for (resource, property, kind) in [
        ("ALIYUN::OSS::Bucket", "Policy", "bucket"),
        ("ALIYUN::KMS::Key", "Policy", "key"),
        ("ALIYUN::KMS::Secret", "Policy", "secret"),
        ("ALIYUN::VPC::VpcGatewayEndpoint", "PolicyDocument", "endpoint"),
    ] {
        let text = format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: {resource}\n    Properties:\n      {property}: {}\n",
            kept(kind)
        );
        assert_eq!(kinds("ros", &text), [("P".to_owned(), kind.to_owned())], "{text}");
    }
    // What a response does not say follows from the document.
    for kind in ["key", "instance", "project"] {
        let text = format!(r#"{{"RequestId":"1","Policy":{}}}"#, quoted(&kept(kind)));
        assert_eq!(kinds("json", &text), [("Policy".to_owned(), kind.to_owned())], "{text}");
    }
}

#[test]
fn the_policy_of_a_bucket_or_an_endpoint_is_asked_for() {
    let ran = run_on(&["check", "-"], kept("bucket"));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("say which by its kind, `bucket` or `endpoint`"), "{ran:?}");
    for kind in ["bucket", "endpoint"] {
        let ran = run_on(&["check", "--kind", kind, "-"], kept(kind));
        assert!(ran.out.contains("error[unknown_action]"), "{ran:?}");
        assert!(!ran.out.contains("other_dialect"), "{ran:?}");
    }
}

#[test]
fn what_is_no_policy_of_a_resource_is_named_by_its_marks() {
    for (text, named) in [
        (
            r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["odps:Select"],"Resource":["acs:odps:*:projects/p/tables/t"]}]}"#,
            "a policy of a MaxCompute role",
        ),
        (
            r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"*"}]}"#,
            "a stack policy of ROS",
        ),
        (
            r#"{"Version":1,"Status":"Active","Statements":[{"Type":"ClassicWhiteList","IPList":["10.0.0.1"]}]}"#,
            "the network policy of an AccessKey",
        ),
        (
            r#"{"tags":{"CostCenter":{"tag_value":{"@@assign":["Beijing"]},"tag_key":{"@@assign":"CostCenter"}}}}"#,
            "a tag policy",
        ),
    ] {
        let ran = run_on(&["check", "-"], text);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.out.contains("error[other_dialect]") && ran.out.contains(named), "{ran:?}");
        assert!(ran.err.contains("1 error, 0 warnings, 0 notes"), "{ran:?}");
    }
    let text = "resource \"alicloud_max_compute_role\" \"b\" {\n  policy = jsonencode({ Version = \"1\", Statement = [] })\n}\n";
    let ran = run_on(&["check", "--from", "terraform", "-"], text);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("whose language is not read"), "{ran:?}");
    assert!(ran.err.contains("1 not checked"), "{ran:?}");
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
        let account = folder.path().join("account.txt");
        let caller = "caller: acs:ram::1234567890123456:user/alice";
        fs::write(&account, format!("{caller}\npolicies: [{name}]\n")).unwrap();
        let (path, account) = (path.to_str().unwrap(), account.to_str().unwrap());
        for arguments in [
            &["check", path][..],
            &["eval", "--policy", path, "--action", "ecs:StopInstance"],
            &["eval", "--account", account, "--action", "ecs:StopInstance"],
            &["audit", "--policy", path, "log.jsonl"],
            &["convert", path, "--to", "json"],
            &["describe", path],
            &["diff", path, "view.json"],
            &["diff", "view.json", path],
            &["prove", path, "--within", "view.json"],
            &["prove", "view.json", "--within", path],
            &["least", "needed.jsonl", "--within", path],
            &["unused", path, "needed.jsonl"],
            &["coverage", path, "needed.jsonl"],
            &["shrink", path],
            &["shrink", "--policy", path],
            &["split", path],
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

/// A document of so many characters.
fn long(characters: usize) -> String {
    let around = WRONG
        .replace("ecs:StopInstanc", "ecs:StopInstance")
        .replace("\"*\"", "\"acs:ecs:*:*:instance/\"");
    let rest = characters - around.len();
    around.replace("instance/\"", &format!("instance/{}\"", "x".repeat(rest)))
}

#[test]
fn the_place_sets_the_limit() {
    let hcl = |resource: &str, argument: &str, document: &str| match argument.split_once('.') {
        Some((block, argument)) => format!(
            "resource \"{resource}\" \"p\" {{\n  {block} {{\n    {argument} = {}\n  }}\n}}\n",
            quoted(document)
        ),
        None => {
            format!("resource \"{resource}\" \"p\" {{\n  {argument} = {}\n}}\n", quoted(document))
        }
    };
    let sso = "alicloud_cloud_sso_access_configuration";
    let inline = "permission_policies.permission_policy_document";
    let ros = |kind: &str, property: &str, document: &str| {
        format!(
            "{{\"ROSTemplateFormatVersion\": \"2015-09-01\", \"Resources\": {{\"P\": {{\"Type\": \"{kind}\", \"Properties\": {{\"{property}\": {document}}}}}}}}}"
        )
    };
    let addition = "ALIYUN::CloudSSO::PermissionPolicyToAccessConfigurationAddition";
    type Written<'w> = &'w dyn Fn(&str) -> String;
    let rows: [(&str, &str, usize, Written<'_>); 9] = [
        ("identity", "terraform", 6144, &|text| {
            hcl("alicloud_ram_policy", "policy_document", text)
        }),
        ("control", "terraform", 4096, &|text| {
            hcl("alicloud_resource_manager_control_policy", "policy_document", text)
        }),
        ("CloudSSO", "terraform", 4096, &|text| hcl(sso, inline, text)),
        ("ECS", "terraform", 1024, &|text| hcl("alicloud_ecs_ram_role_attachment", "policy", text)),
        ("session", "terraform", 2048, &|text| {
            hcl("alicloud_open_api_explorer_api_mcp_server", "assume_role_extra_policy", text)
        }),
        ("ROS, CloudSSO", "json", 4096, &|text| ros(addition, "InlinePolicyDocument", text)),
        ("ROS, ECS", "json", 1024, &|text| {
            ros("ALIYUN::ECS::RamRoleAttachment", "Policy", &quoted(text))
        }),
        ("response of CloudSSO", "json", 4096, &|text| {
            format!(
                "{{\"PermissionPolicies\": [{{\"PermissionPolicyName\": \"p\", \"PermissionPolicyDocument\": {}}}]}}",
                quoted(text)
            )
        }),
        ("response of RAM", "json", 6144, &|text| {
            format!(
                "{{\"PolicyVersion\": {{\"VersionId\": \"v1\", \"PolicyDocument\": {}}}}}",
                quoted(text)
            )
        }),
    ];
    for (name, form, most, written) in rows {
        for (characters, is_refused) in [(most, false), (most + 1, true)] {
            let text = written(&long(characters));
            let ran = run_on(&["check", "--from", form, "-"], text);
            assert_eq!(
                ran.out.contains("error[too_long]"),
                is_refused,
                "{name} {characters}: {}",
                ran.out
            );
            assert!(ran.err.starts_with("1 policy"), "{name}: {}", ran.err);
        }
    }
}

#[test]
fn plans_and_states_show_what_data_sources_have_found() {
    for (kind, values, expected) in [
        (
            "alicloud_ram_policies",
            "{\"policies\": [{\"name\": \"p\", \"policy_document\": DOCUMENT, \"document\": DOCUMENT}]}",
            "identity",
        ),
        (
            "alicloud_ram_roles",
            "{\"roles\": [{\"assume_role_policy_document\": DOCUMENT}]}",
            "trust",
        ),
        (
            "alicloud_resource_manager_control_policies",
            "{\"policies\": [{\"policy_document\": DOCUMENT}]}",
            "control",
        ),
        (
            "alicloud_resource_manager_policy_versions",
            "{\"versions\": [{\"policy_document\": DOCUMENT}]}",
            "identity",
        ),
        (
            "alicloud_resource_manager_roles",
            "{\"roles\": [{\"assume_role_policy_document\": DOCUMENT}]}",
            "trust",
        ),
        (
            "alicloud_cloud_sso_access_configurations",
            "{\"configurations\": [{\"permission_policies\": [{\"permission_policy_document\": DOCUMENT}]}]}",
            "inline",
        ),
        ("alicloud_oss_buckets", "{\"buckets\": [{\"policy\": DOCUMENT}]}", "bucket"),
        ("alicloud_log_projects", "{\"projects\": [{\"policy\": DOCUMENT}]}", "project"),
        ("alicloud_ots_instances", "{\"instances\": [{\"policy\": DOCUMENT}]}", "instance"),
    ] {
        let document = match expected {
            "trust" => TRUST.to_owned(),
            "bucket" | "project" | "instance" => kept(expected),
            _ => WRONG.to_owned(),
        };
        let values = values.replace("DOCUMENT", &quoted(&document));
        let state = format!(
            "{{\"format_version\": \"1.0\", \"values\": {{\"root_module\": {{\"resources\": [{{\"address\": \"data.{kind}.d\", \"mode\": \"data\", \"type\": \"{kind}\", \"name\": \"d\", \"values\": {values}}}]}}}}}}"
        );
        let file = format!(
            "{{\"version\": 4, \"terraform_version\": \"1.9.0\", \"resources\": [{{\"mode\": \"data\", \"type\": \"{kind}\", \"name\": \"d\", \"instances\": [{{\"attributes\": {values}}}]}}]}}"
        );
        for text in [state, file] {
            let expected = [(format!("data.{kind}.d"), expected.to_owned())];
            assert_eq!(kinds("json", &text), expected, "{text}");
        }
    }
    let provider = format!(
        "{{\"format_version\": \"1.2\", \"planned_values\": {{}}, \"configuration\": {{\"provider_config\": {{\"alicloud\": {{\"expressions\": {{\"assume_role\": [{{\"policy\": {{\"constant_value\": {}}}}}]}}}}}}}}}}",
        quoted(WRONG)
    );
    let expected = [("provider.alicloud".to_owned(), "session".to_owned())];
    assert_eq!(kinds("json", &provider), expected);
}

#[test]
fn responses_say_what_kind_of_policy_they_have() {
    let one = |name: &str, kind: &str| vec![(name.to_owned(), kind.to_owned())];
    for (text, expected) in [
        // Fields that are not set may be there.
        (
            "{\"Policy\": {\"PolicyName\": \"p\", \"PolicyDocument\": \"\"}, \"DefaultPolicyVersion\": {\"VersionId\": \"v1\", \"PolicyDocument\": DOCUMENT}}",
            one("p", "identity"),
        ),
        (
            "{\"PolicyVersions\": {\"PolicyVersion\": [{\"VersionId\": \"v1\", \"PolicyDocument\": DOCUMENT}, {\"VersionId\": \"v2\", \"PolicyDocument\": DOCUMENT}]}}",
            [one("v1", "identity"), one("v2", "identity")].concat(),
        ),
        (
            "{\"Role\": {\"RoleName\": \"r\", \"AssumeRolePolicyDocument\": TRUST}}",
            one("r", "trust"),
        ),
        ("{\"RoleName\": \"r\", \"NewAssumeRolePolicyDocument\": TRUST}", one("r", "trust")),
        (
            "{\"ControlPolicy\": {\"PolicyName\": \"c\", \"PolicyDocument\": DOCUMENT}}",
            one("c", "control"),
        ),
        (
            "{\"PermissionPolicies\": [{\"PermissionPolicyName\": \"p\", \"PermissionPolicyDocument\": DOCUMENT}, {\"PermissionPolicyName\": \"q\", \"PermissionPolicyDocument\": \"\"}]}",
            one("p", "inline"),
        ),
    ] {
        let text = text.replace("DOCUMENT", &quoted(WRONG)).replace("TRUST", &quoted(TRUST));
        assert_eq!(kinds("json", &text), expected, "{text}");
    }
    for text in [
        "{\"EndpointId\": \"ep-1\", \"PolicyDocument\": DOCUMENT}",
        "{\"VpcGatewayEndpoints\": [{\"EndpointId\": \"vpce-1\", \"PolicyDocument\": DOCUMENT}]}",
    ] {
        let text = text.replace("DOCUMENT", &quoted(&kept("endpoint")));
        assert_eq!(kinds("json", &text), one("", "endpoint"), "{text}");
    }
}

#[test]
fn terraform_in_other_files() {
    let main = format!(
        "variable \"d\" {{}}\nresource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = {}\n}}\n",
        quoted(WRONG)
    );
    let indented = |by: usize| {
        let line = |line: &str| format!("{}{line}\n", " ".repeat(by));
        main.lines().map(line).collect::<String>()
    };
    let json = format!(
        "{{\"resource\": {{\"alicloud_ram_policy\": {{\"p\": {{\"policy_document\": {}}}}}}}}}",
        quoted(WRONG)
    );
    let expected = [("alicloud_ram_policy.p".to_owned(), "identity".to_owned())];
    for text in [
        format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nTransform: Aliyun::Terraform-v1.5\nWorkspace:\n  main.tf: |-\n{}",
            indented(4)
        ),
        format!(
            "apiVersion: terraform.core.oam.dev/v1beta2\nkind: Configuration\nspec:\n  hcl: |\n{}",
            indented(4)
        ),
        format!(
            "apiVersion: v1\nkind: Namespace\n---\napiVersion: terraform.core.oam.dev/v1beta2\nkind: Configuration\nspec:\n  hcl: {}\n",
            quoted(&json)
        ),
        format!(
            "apiVersion: core.oam.dev/v1beta1\nkind: ComponentDefinition\nspec:\n  schematic:\n    terraform:\n      configuration: |\n{}",
            indented(8)
        ),
    ] {
        assert_eq!(kinds("ros", &text), expected, "{text}");
        let ran = run_on(&["check", "--from", "ros", "-"], text.clone());
        let (line, written) =
            text.lines().enumerate().find(|(_, line)| line.contains("StopInstanc")).unwrap();
        let (line, column) = (line + 1, written.find("ecs:StopInstanc").unwrap());
        assert!(ran.out.contains(&format!("<stdin>:{line}:")), "{line}:{column} {}", ran.out);
    }
    let crossplane = format!(
        "apiVersion: ram.alicloud.upbound.io/v1alpha1\nkind: Policy\nmetadata:\n  name: p\nspec:\n  forProvider:\n    policyDocument: {}\n",
        quoted(WRONG)
    );
    assert_eq!(kinds("ros", &crossplane), [("p".to_owned(), "identity".to_owned())]);
}

#[test]
fn a_folder_says_what_may_contain_a_policy() {
    let folder = tempfile::tempdir().unwrap();
    let words = "Statement: [{Effect: Allow, Action: x}]";
    for (name, text) in [
        ("unknown.yaml", format!("a: \"{words}\"\n")),
        ("other.tf", format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = \"{words}\"\n}}\n")),
        ("script.py", words.to_owned()),
        ("plain.yaml", "a: b\n".to_owned()),
        ("code.rs", format!("// {words}\nfn main() {{}}\n")),
        ("good.json", WRONG.replace("StopInstanc", "StopInstance")),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert!(ran.err.contains("policies by form: json 1"), "{ran:?}");
    for (name, said) in [
        ("unknown.yaml", "and none was found"),
        ("other.tf", "and none was found"),
        ("script.py", "and was not read"),
    ] {
        let line = ran.err.lines().find(|line| line.contains(name));
        assert!(line.is_some_and(|line| line.contains(said)), "{name}: {ran:?}");
    }
    for name in ["plain.yaml", "code.rs", "good.json"] {
        assert!(!ran.err.contains(name), "{name}: {ran:?}");
    }
}

/// What a policy breaks comes before its kind, and the macro reads what is written.
#[test]
fn attributes_of_a_policy_of_a_resource_come_first() {
    let text = kept("bucket");
    let rust =
        run_on(&["convert", "--kind", "bucket", "--from", "json", "--to", "rust", "-"], text).out;
    let (attributes, rest) = rust.split_once("    bucket;\n").expect("a kind");
    assert!(attributes.ends_with("{\n    #![warn(unknown_action)]\n"), "{rust}");
    assert!(rest.starts_with("    allow"), "{rust}");
    let checked = run_on(&["check", "--from", "rust", "-"], rust.as_str());
    assert!(checked.err.contains("0 errors"), "{checked:?}");
}
