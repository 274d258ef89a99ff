//! An expansion triggers no lint, not even of those that are off by default.

#![deny(warnings, future_incompatible, keyword_idents, let_underscore, nonstandard_style)]
#![deny(rust_2018_idioms, rust_2021_compatibility, rust_2024_compatibility, unused)]
#![deny(
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_patterns,
    unreachable_pub,
    unsafe_code,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![forbid(unsafe_code)]

use ram_policy::{
    Policy, PolicyTemplate, ServiceLinkedRole, policy, policy_file, service_linked_role,
};

const TYPED: Policy = policy! {
    allow ecs::{StartInstance, StopInstance} on "acs:ecs:*:*:instance/*"
        when acs::SourceIp in "203.0.113.0/24"
        and acs::CurrentTime < "2026-11-30T17:00:00+08:00"
        and acs::MFAPresent == true
        and ecs::tag["owner"] like "zhang*"
        and acs::SourceVpc == "vpc-1";
    deny * except ecs::Describe* on *
        when sts::DurationSeconds > 3600;
};

// Covers every action, so that nothing is left for the last arm of a match.
const EVERYTHING: Policy = policy! { #![allow(star_on_star)] allow * on *; };

const NOTHING: Policy = policy! { deny * on *; };

const JSON: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "ecs:*",
      "Resource": "*"
    }
  ]
};

const FILE: Policy = policy_file!("ui/files/servers.json");

const TEMPLATE: PolicyTemplate = policy! {
    <regionid, accountid>
    allow apigateway::Describe* on "acs:apigateway:{regionid}:{accountid}:apigroup/*";
};

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: "monitor.apigateway.aliyuncs.com",
    permissions: {
        allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
    },
};

fn main() {
    for policy in [TYPED, EVERYTHING, NOTHING, JSON, FILE, policy! { allow ecs::* on *; }] {
        assert!(policy.to_json().starts_with(r#"{"Version":"1","#));
    }
    assert_eq!(TEMPLATE.parameters().count(), 2);
    assert_eq!(ROLE.policy_name(), "AliyunServiceRolePolicyForApiGatewayMonitoring");
}
