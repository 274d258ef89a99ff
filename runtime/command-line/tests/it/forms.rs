//! The table of forms in the guide: every row is what is read, and what becomes a hole.

use std::collections::BTreeSet;
use std::path::Path;

use crate::run::run_on;

/// A row of the table, what a text is read as, the text, and what is not known of its policy.
const SAMPLES: [(&str, &str, &str, Option<&str>); 25] = [
    ("JSON", "json", POLICY, None),
    (
        "JSON",
        "json",
        r#""{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"*\"}]}""#,
        None,
    ),
    (
        "Terraform",
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = <<EOF\n{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"${var.r}\"}]}\nEOF\n}\n",
        Some("`var.r`"),
    ),
    (
        "Terraform",
        "terraform",
        "data \"alicloud_ram_policy_document\" \"p\" {\n  statement {\n    action   = [\"ecs:StopInstanc\"]\n    resource = [alicloud_oss_bucket.b.arn]\n  }\n}\n",
        Some("`alicloud_oss_bucket.b.arn`"),
    ),
    (
        "Terraform",
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  statement = [{ effect = \"Allow\", action = [\"ecs:StopInstanc\"], resource = [sha256(\"x\")] }]\n}\n",
        Some("`sha256(\"x\")`"),
    ),
    (
        "Terraform",
        "terraform",
        "provider \"alicloud\" {\n  assume_role {\n    policy = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = \"ecs:StopInstanc\", Resource = \"*\" }] })\n  }\n}\n",
        None,
    ),
    (
        "Terraform in JSON",
        "json",
        r#"{"resource": {"alicloud_ram_policy": {"p": {"policy_document": "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"${var.r}\"}]}"}}}}"#,
        Some("`var.r`"),
    ),
    (
        "plans and states",
        "json",
        r#"{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"address": "alicloud_ram_policy.p", "mode": "managed", "type": "alicloud_ram_policy", "values": {"policy_document": "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"*\"}]}"}}, {"address": "alicloud_ram_policy.q", "mode": "managed", "type": "alicloud_ram_policy", "values": {}}]}}, "resource_changes": [{"address": "alicloud_ram_policy.q", "change": {"after_unknown": {"policy_document": true}}}]}"#,
        Some("the document of `alicloud_ram_policy.q`"),
    ),
    (
        "plans and states",
        "json",
        r#"{"version": 4, "terraform_version": "1.9.0", "resources": [{"mode": "managed", "type": "alicloud_ram_policy", "name": "p", "instances": [{"attributes": {"policy_document": "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"*\"}]}"}}]}]}"#,
        None,
    ),
    (
        "ROS",
        "ros",
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '1'\n        Statement: [{Effect: Allow, Action: 'ecs:StopInstanc', Resource: !Ref R}]\n",
        Some("`${R}`"),
    ),
    (
        "ROS",
        "ros",
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '1'\n        Statement:\n          - Fn::If: [C, {Effect: Allow, Action: 'ecs:StopInstanc', Resource: '*'}, !Ref ALIYUN::NoValue]\n",
        Some("`Fn::If`"),
    ),
    (
        "ROS",
        "json",
        r#"{"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"P": {"Type": "ALIYUN::RAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "ecs:StopInstanc", "Resource": {"Fn::Join": ["", ["a", "b"]]}}]}}}}}"#,
        Some("`${Join}`"),
    ),
    (
        "ROS",
        "ros",
        "ROSTemplateFormatVersion: '2015-09-01'\nTransform: Aliyun::Serverless-2018-04-03\nResources:\n  S:\n    Type: Aliyun::Serverless::Service\n    Properties:\n      Policies:\n        - AliyunOSSFullAccess\n        - {Version: '1', Statement: [{Effect: Allow, Action: 'ecs:StopInstanc', Resource: '*'}]}\n",
        None,
    ),
    (
        "Terraform in ROS",
        "ros",
        "ROSTemplateFormatVersion: '2015-09-01'\nTransform: Aliyun::Terraform-v1.5\nWorkspace:\n  main.tf: |-\n    resource \"alicloud_ram_policy\" \"p\" {\n      policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = \"ecs:StopInstanc\", Resource = var.r }] })\n    }\n",
        Some("`var.r`"),
    ),
    (
        "KubeVela",
        "ros",
        "apiVersion: terraform.core.oam.dev/v1beta2\nkind: Configuration\nspec:\n  hcl: |\n    resource \"alicloud_ram_policy\" \"p\" {\n      policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = \"ecs:StopInstanc\", Resource = var.r }] })\n    }\n",
        Some("`var.r`"),
    ),
    (
        "KubeVela",
        "ros",
        "kind: ComponentDefinition\nspec:\n  schematic:\n    terraform:\n      configuration: |\n        resource \"alicloud_ram_policy\" \"p\" {\n          policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = \"ecs:StopInstanc\", Resource = \"*\" }] })\n        }\n",
        None,
    ),
    (
        "Crossplane",
        "ros",
        "apiVersion: ram.alicloud.crossplane.io/v1alpha1\nkind: Policy\nmetadata: {name: p}\nspec:\n  forProvider:\n    policyDocument: '{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"${r}\"}]}'\n",
        Some("`r`"),
    ),
    (
        "Pulumi",
        "ros",
        "name: p\nruntime: yaml\nresources:\n  p:\n    type: alicloud:ram/policy:Policy\n    properties:\n      policyDocument:\n        fn::toJSON: {Version: '1', Statement: [{Effect: Allow, Action: 'ecs:StopInstanc', Resource: '${b.arn}'}]}\n",
        Some("`b.arn`"),
    ),
    (
        "Pulumi",
        "json",
        r#"{"version": 3, "deployment": {"resources": [{"type": "alicloud:ram/policy:Policy", "urn": "urn:pulumi:s::p::alicloud:ram/policy:Policy::q", "inputs": {"policyDocument": "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"*\"}]}"}}]}}"#,
        None,
    ),
    (
        "Serverless Devs",
        "ros",
        "edition: 1.0.0\nservices:\n  web:\n    component: fc\n    props:\n      service:\n        role:\n          policies:\n            - name: own\n              statement: [{Effect: Allow, Action: ['ecs:StopInstanc'], Resource: ['${vars.r}']}]\n",
        Some("`vars.r`"),
    ),
    (
        "responses",
        "json",
        r#"{"PolicyVersion": {"VersionId": "v1", "PolicyDocument": "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"*\"}]}"}}"#,
        None,
    ),
    (
        "Markdown",
        "markdown",
        "# A\n\n```json\n{\"Effect\": \"Allow\", \"Action\": \"ecs:StopInstanc\", \"Resource\": \"*\"}\n```\n",
        None,
    ),
    (
        "Markdown",
        "markdown",
        "```hcl\ndata \"alicloud_ram_policy_document\" \"p\" {\n  statement {\n    action   = [\"ecs:StopInstanc\"]\n    resource = [var.r]\n  }\n}\n```\n",
        Some("`var.r`"),
    ),
    ("Rust", "rust", "const A: Policy = policy! { allow ecs::StopInstanc on *; };", None),
    (
        "Rust",
        "rust",
        "const A: Policy = policy! { \"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ecs:StopInstanc\", \"Resource\": \"*\"}] };",
        None,
    ),
];

const POLICY: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstanc","Resource":"*"}]}"#;

#[test]
fn every_row_of_the_table_is_read() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/guide/forms.md");
    let page = std::fs::read_to_string(page).unwrap();
    let table = page.split("| form | what is read |").nth(1).unwrap();
    let rows: BTreeSet<&str> = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| Some(line.split('|').nth(1)?.trim()))
        .collect();
    let shown: BTreeSet<&str> = SAMPLES.iter().map(|(row, ..)| *row).collect();
    assert_eq!(rows, shown);
    for (row, form, text, hole) in SAMPLES {
        let ran = run_on(&["check", "--from", form, "-"], text);
        assert_eq!(ran.out.matches("ecs:StopInstanc`").count(), 1, "{row}: {text}: {ran:?}");
        assert!(ran.err.starts_with("1 policy in 1 file"), "{row}: {text}: {ran:?}");
        match hole {
            Some(hole) => {
                assert!(
                    ran.out.contains(&format!("not checked: {hole}")),
                    "{row}: {text}: {ran:?}"
                );
            }
            None => assert!(!ran.out.contains("not checked"), "{row}: {text}: {ran:?}"),
        }
    }
}
