//! Where policies are kept: the arguments of the `alicloud` provider, the properties of ROS, the
//! members of responses. What kind of policy is there follows from the place.

use ram_policy_model::terms::kind::{PolicyKind, ResourceKind};

use crate::embedded::Embedded;

/// What is kept at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeps {
    /// A policy of RAM.
    Policy(Held),
    /// A policy in a language of its own, which is not read.
    Other(&'static str),
}

/// A policy of RAM that a place keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) kind: PolicyKind,
    /// Most characters that the place takes, where that is another number than for the kind.
    pub(super) most: Option<usize>,
}

impl Held {
    /// A policy of which the place says its kind alone.
    pub(super) const fn of(kind: PolicyKind) -> Self {
        Self { kind, most: None }
    }

    /// The policy as one of this place.
    pub(super) fn policy(self, found: Embedded) -> Embedded {
        Embedded { kind: Some(self.kind), most: self.most, ..found }
    }
}

use Keeps::{Other, Policy};

const IDENTITY: Keeps = Policy(Held::of(PolicyKind::Identity));
const TRUST: Keeps = Policy(Held::of(PolicyKind::Trust));
const CONTROL: Keeps = Policy(Held::of(PolicyKind::Control));
const SESSION: Keeps = Policy(Held::of(PolicyKind::Session));
/// The inline policy of an access configuration of CloudSSO.
const INLINE: Keeps = Policy(Held::of(PolicyKind::Inline));
/// What narrows the role of an ECS instance.
const ATTACHED: Keeps = Policy(Held { kind: PolicyKind::Session, most: Some(1024) });
const BUCKET: Keeps = kept(ResourceKind::Bucket);
const KEY: Keeps = kept(ResourceKind::Key);
const SECRET: Keeps = kept(ResourceKind::Secret);
const PROJECT: Keeps = kept(ResourceKind::Project);
pub(super) const ENDPOINT: Keeps = kept(ResourceKind::Endpoint);
const INSTANCE: Keeps = kept(ResourceKind::Instance);
/// MaxCompute decides by it itself, by ARNs of its own form.
const WAREHOUSE: Keeps = Other("a policy of MaxCompute");

/// What is kept with a resource.
const fn kept(kind: ResourceKind) -> Keeps {
    Policy(Held::of(PolicyKind::Resource(kind)))
}

/// Arguments of resources of Terraform, a path through blocks each; of several that are for the same
/// document the first that is there counts.
const TERRAFORM: [(&str, &[&[&str]], Keeps); 19] = [
    ("alicloud_ram_policy", &[&["policy_document"], &["document"]], IDENTITY),
    ("alicloud_ram_role", &[&["assume_role_policy_document"], &["document"]], TRUST),
    ("alicloud_resource_manager_policy", &[&["policy_document"]], IDENTITY),
    ("alicloud_resource_manager_policy_version", &[&["policy_document"]], IDENTITY),
    ("alicloud_resource_manager_role", &[&["assume_role_policy_document"]], TRUST),
    ("alicloud_resource_manager_control_policy", &[&["policy_document"]], CONTROL),
    (
        "alicloud_cloud_sso_access_configuration",
        &[&["permission_policies", "permission_policy_document"]],
        INLINE,
    ),
    ("alicloud_ecs_ram_role_attachment", &[&["policy"]], ATTACHED),
    ("alicloud_open_api_explorer_api_mcp_server", &[&["assume_role_extra_policy"]], SESSION),
    ("alicloud_oss_bucket", &[&["policy"]], BUCKET),
    ("alicloud_oss_bucket_policy", &[&["policy"]], BUCKET),
    ("alicloud_kms_key", &[&["policy"]], KEY),
    ("alicloud_kms_secret", &[&["policy"]], SECRET),
    ("alicloud_log_project", &[&["policy"]], PROJECT),
    ("alicloud_privatelink_vpc_endpoint", &[&["policy_document"]], ENDPOINT),
    ("alicloud_vpc_gateway_endpoint", &[&["policy_document"]], ENDPOINT),
    ("alicloud_max_compute_role", &[&["policy"]], WAREHOUSE),
    // Blocks of the provider itself.
    ("provider", &[&["assume_role", "policy"]], SESSION),
    ("provider", &[&["assume_role_with_oidc", "policy"]], SESSION),
];

/// What data sources of Terraform have found, as plans and states show it. The documents of
/// `alicloud_ram_policy_document` are read where they are used.
const TERRAFORM_DATA: [(&str, &[&[&str]], Keeps); 9] = [
    (
        "alicloud_ram_policies",
        &[&["policies", "policy_document"], &["policies", "document"]],
        IDENTITY,
    ),
    (
        "alicloud_ram_roles",
        &[&["roles", "assume_role_policy_document"], &["roles", "document"]],
        TRUST,
    ),
    ("alicloud_resource_manager_control_policies", &[&["policies", "policy_document"]], CONTROL),
    ("alicloud_resource_manager_policy_versions", &[&["versions", "policy_document"]], IDENTITY),
    ("alicloud_resource_manager_roles", &[&["roles", "assume_role_policy_document"]], TRUST),
    (
        "alicloud_cloud_sso_access_configurations",
        &[&["configurations", "permission_policies", "permission_policy_document"]],
        INLINE,
    ),
    ("alicloud_oss_buckets", &[&["buckets", "policy"]], BUCKET),
    ("alicloud_log_projects", &[&["projects", "policy"]], PROJECT),
    ("alicloud_ots_instances", &[&["instances", "policy"]], INSTANCE),
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
        INLINE,
    ),
    ("ALIYUN::ECS::RamRoleAttachment", &["Policy"], ATTACHED),
    ("ALIYUN::OSS::Bucket", &["Policy"], BUCKET),
    ("ALIYUN::KMS::Key", &["Policy"], KEY),
    ("ALIYUN::KMS::Secret", &["Policy"], SECRET),
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
    ("PermissionPolicyDocument", INLINE),
    ("InlinePolicyDocument", INLINE),
];

/// What the arguments of a resource of Terraform keep.
pub(super) fn of_terraform(
    resource: &str,
) -> impl Iterator<Item = (&'static [&'static [&'static str]], Keeps)> {
    let of = move |(known, _, _): &&(&str, &[&[&str]], Keeps)| *known == resource;
    TERRAFORM.iter().filter(of).map(|(_, paths, keeps)| (*paths, *keeps))
}

/// What a data source of Terraform has found.
pub(super) fn of_terraform_data(
    resource: &str,
) -> impl Iterator<Item = (&'static [&'static [&'static str]], Keeps)> {
    let of = move |(known, _, _): &&(&str, &[&[&str]], Keeps)| *known == resource;
    TERRAFORM_DATA.iter().filter(of).map(|(_, paths, keeps)| (*paths, *keeps))
}

#[cfg(test)]
mod tests {
    use ram_policy_model::terms::kind::Unit;

    use super::*;

    /// The rows of the table in the README.
    fn rows() -> Vec<String> {
        let row = |place: String, keeps: Keeps| match keeps {
            Policy(Held { kind, most }) => {
                let rules = kind.rules();
                let of_kind = rules.limit.map(|limit| match limit.unit {
                    Unit::Characters => limit.most.to_string(),
                    Unit::Bytes => format!("{} bytes", limit.most),
                });
                let most = most.map(|most| most.to_string()).or(of_kind);
                let most = most.unwrap_or_else(|| "no limit is documented".into());
                format!("| {place} | {} | {most} |", rules.word)
            }
            Other(what) => format!("| {place} | {what}, which is named and not read | |"),
        };
        let paths = |paths: &[&[&str]]| {
            let path = |path: &&[&str]| format!("`{}`", path.join("."));
            paths.iter().map(path).collect::<Vec<_>>().join(" or ")
        };
        let of = |prefix: &str, table: &[(&str, &[&[&str]], Keeps)]| {
            let rows = table.iter().map(|(resource, arguments, keeps)| {
                row(format!("`{prefix}{resource}`: {}", paths(arguments)), *keeps)
            });
            rows.collect::<Vec<String>>()
        };
        let mut rows = of("", &TERRAFORM);
        rows.extend(of("data.", &TERRAFORM_DATA));
        rows.extend(
            ROS.iter()
                .map(|(kind, path, keeps)| row(format!("`{kind}`: {}", paths(&[*path])), *keeps)),
        );
        rows.extend(
            RESPONSES.iter().map(|(name, keeps)| row(format!("responses: `{name}`"), *keeps)),
        );
        rows
    }

    #[test]
    fn the_readme_has_every_place() {
        let readme = include_str!("../../README.md");
        let table =
            readme.split("| place | what is there | most characters |\n").nth(1).unwrap_or("");
        let shown = table.lines().skip(1).take_while(|line| line.starts_with('|'));
        let rows = rows();
        assert_eq!(shown.collect::<Vec<_>>(), rows, "\n{}", rows.join("\n"));
    }
}
