//! Where policies are kept: the arguments of the `alicloud` provider, the properties of ROS, the
//! members of responses. What kind of policy is there follows from the place.

use ram_policy_model::terms::kind::PolicyKind;

/// What is kept at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeps {
    /// A policy of RAM.
    Policy(PolicyKind),
    /// A policy in a language of its own, which is not read.
    Other(&'static str),
}

use Keeps::{Other, Policy};

const IDENTITY: Keeps = Policy(PolicyKind::Identity);
const TRUST: Keeps = Policy(PolicyKind::Trust);
const CONTROL: Keeps = Policy(PolicyKind::Control);
const SESSION: Keeps = Policy(PolicyKind::Session);
const BUCKET: Keeps = Other("a bucket policy");
const KEY: Keeps = Other("a policy of KMS");
const PROJECT: Keeps = Other("a policy of a project of Log Service");
const ENDPOINT: Keeps = Other("a policy of an endpoint");
const WAREHOUSE: Keeps = Other("a policy of MaxCompute");

/// Arguments of resources of Terraform, a path through blocks each; of several that are for the same
/// document the first that is there counts.
pub(super) const TERRAFORM: [(&str, &[&[&str]], Keeps); 19] = [
    ("alicloud_ram_policy", &[&["policy_document"], &["document"]], IDENTITY),
    ("alicloud_ram_role", &[&["assume_role_policy_document"], &["document"]], TRUST),
    ("alicloud_resource_manager_policy", &[&["policy_document"]], IDENTITY),
    ("alicloud_resource_manager_policy_version", &[&["policy_document"]], IDENTITY),
    ("alicloud_resource_manager_role", &[&["assume_role_policy_document"]], TRUST),
    ("alicloud_resource_manager_control_policy", &[&["policy_document"]], CONTROL),
    (
        "alicloud_cloud_sso_access_configuration",
        &[&["permission_policies", "permission_policy_document"]],
        IDENTITY,
    ),
    ("alicloud_ecs_ram_role_attachment", &[&["policy"]], SESSION),
    ("alicloud_open_api_explorer_api_mcp_server", &[&["assume_role_extra_policy"]], SESSION),
    ("alicloud_oss_bucket", &[&["policy"]], BUCKET),
    ("alicloud_oss_bucket_policy", &[&["policy"]], BUCKET),
    ("alicloud_kms_key", &[&["policy"]], KEY),
    ("alicloud_kms_secret", &[&["policy"]], KEY),
    ("alicloud_log_project", &[&["policy"]], PROJECT),
    ("alicloud_privatelink_vpc_endpoint", &[&["policy_document"]], ENDPOINT),
    ("alicloud_vpc_gateway_endpoint", &[&["policy_document"]], ENDPOINT),
    ("alicloud_max_compute_role", &[&["policy"]], WAREHOUSE),
    // Blocks of the provider itself.
    ("provider", &[&["assume_role", "policy"]], SESSION),
    ("provider", &[&["assume_role_with_oidc", "policy"]], SESSION),
];

/// Properties of resources of ROS; `*` is every item of a list.
pub(super) const ROS: [(&str, &[&str], Keeps); 20] = [
    ("ALIYUN::RAM::ManagedPolicy", &["PolicyDocument"], IDENTITY),
    ("ALIYUN::RAM::ManagedPolicy", &["PolicyDocumentUnchecked"], IDENTITY),
    ("ALIYUN::RAM::Role", &["AssumeRolePolicyDocument"], TRUST),
    ("ALIYUN::RAM::Role", &["Policies", "*", "PolicyDocument"], IDENTITY),
    ("ALIYUN::RAM::User", &["Policies", "*", "PolicyDocument"], IDENTITY),
    ("ALIYUN::RAM::Group", &["Policies", "*", "PolicyDocument"], IDENTITY),
    ("ALIYUN::RAM::Role", &["Policies", "*", "PolicyDocumentUnchecked"], IDENTITY),
    ("ALIYUN::RAM::User", &["Policies", "*", "PolicyDocumentUnchecked"], IDENTITY),
    ("ALIYUN::RAM::Group", &["Policies", "*", "PolicyDocumentUnchecked"], IDENTITY),
    ("ALIYUN::ResourceManager::ControlPolicy", &["PolicyDocument"], CONTROL),
    ("ALIYUN::ResourceManager::Policy", &["PolicyDocument"], IDENTITY),
    ("ALIYUN::ResourceManager::Role", &["AssumeRolePolicyDocument"], TRUST),
    (
        "ALIYUN::CloudSSO::PermissionPolicyToAccessConfigurationAddition",
        &["InlinePolicyDocument"],
        IDENTITY,
    ),
    ("ALIYUN::ECS::RamRoleAttachment", &["Policy"], SESSION),
    ("ALIYUN::OSS::Bucket", &["Policy"], BUCKET),
    ("ALIYUN::KMS::Key", &["Policy"], KEY),
    ("ALIYUN::KMS::Secret", &["Policy"], KEY),
    ("ALIYUN::VPC::VpcGatewayEndpoint", &["PolicyDocument"], ENDPOINT),
    ("Aliyun::Serverless::Service", &["Policies", "*"], IDENTITY),
    ("Aliyun::Serverless::Service", &["Policies"], IDENTITY),
];

/// Members of responses of the API, whose document is a text.
pub(super) const RESPONSES: [(&str, Keeps); 6] = [
    ("PolicyDocument", IDENTITY),
    ("AssumeRolePolicyDocument", TRUST),
    ("NewAssumeRolePolicyDocument", TRUST),
    ("NewPolicyDocument", IDENTITY),
    ("PermissionPolicyDocument", IDENTITY),
    ("InlinePolicyDocument", IDENTITY),
];

/// What the arguments of a resource of Terraform keep.
pub(super) fn of_terraform(
    resource: &str,
) -> impl Iterator<Item = (&'static [&'static [&'static str]], Keeps)> {
    let of = move |(known, _, _): &&(&str, &[&[&str]], Keeps)| *known == resource;
    TERRAFORM.iter().filter(of).map(|(_, paths, keeps)| (*paths, *keeps))
}
