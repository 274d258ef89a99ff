//! Container Registry in a customer's VPC.

use ram_policy::{Policy, PolicyTemplate, ServiceLinkedRole, policy, service_linked_role};

/// Lets Container Registry move images from a Personal Edition to an Enterprise Edition instance
/// through the customer's VPC.
///
/// Source: Container Registry, "Service-linked role for VPC access".
pub const CONTAINER_REGISTRY: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForContainerRegistryConnectCustomerVPC,
    policy: AliyunServiceRolePolicyForContainerRegistryConnectCustomerVPC,
    service: "connect-customer-vpc.cr.aliyuncs.com",
    permissions: {
        ecs::{
            CreateNetworkInterfacePermission, DeleteNetworkInterfacePermission,
            CreateNetworkInterface, DescribeNetworkInterfaces, DescribeSecurityGroups,
        }
            on *
            allow;
        vpc::{DescribeVSwitches, DescribeVpcs} on * allow;
    },
};

/// The permissions of [`CONTAINER_REGISTRY`] as their page prints them: two statements without a
/// document around them.
///
/// Source: Container Registry, "Service-linked role for VPC access".
pub const CONTAINER_REGISTRY_STATEMENTS: Policy = policy! {
    statements only;
    ecs::{
        CreateNetworkInterfacePermission, DeleteNetworkInterfacePermission, CreateNetworkInterface,
        DescribeNetworkInterfaces, DescribeSecurityGroups,
    }
        on *
        allow;
    vpc::{DescribeVSwitches, DescribeVpcs} on * allow;
};

/// What a RAM user needs so that the role is created for them. The page limits it to the roles of
/// one account and prints it with 4 spaces a level; `Version` comes last.
///
/// Source: Container Registry, "Service-linked role for VPC access".
pub const CONTAINER_REGISTRY_CREATE_ROLE: PolicyTemplate = policy! {
    <account = "Alibaba Cloud account ID">
    [ram::CreateServiceLinkedRole]
        on "acs:ram:*:{account}:role/*"
        allow
        when ram::ServiceName == ["connect-customer-vpc.cr.aliyuncs.com"];
    version "1";
};
