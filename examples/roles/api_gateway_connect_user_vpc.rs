//! API Gateway in a customer's VPC.

use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets API Gateway's dedicated instances reach services in the customer's VPC: they make network
/// interfaces there, give them addresses and read the VPC's layout. The service may also remove
/// the role again.
///
/// Source: API Gateway, "AliyunServiceRoleForApiGatewayConnectUserVpc".
pub const API_GATEWAY_CONNECT_USER_VPC: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayConnectUserVpc,
    policy: AliyunServiceRolePolicyForApiGatewayConnectUserVpc,
    service: "connectuservpc.apigateway.aliyuncs.com",
    permissions: {
        // The page's own order, which is not sorted.
        allow
            ecs::{
                CreateNetworkInterface, DescribeNetworkInterfaceAttribute,
                DescribeNetworkInterfaces, DeleteNetworkInterface, DescribeSecurityGroups,
                ModifyNetworkInterfaceAttribute, AssignPrivateIpAddresses,
                UnassignPrivateIpAddresses, AssignIpv6Addresses, UnassignIpv6Addresses,
            },
            vpc::{DescribeVpcs, DescribeVSwitches},
            ecs::{
                AttachNetworkInterface, DetachNetworkInterface, CreateNetworkInterfacePermission,
                DescribeNetworkInterfacePermissions, ListTagResources,
            },
            vpc::{DescribeVSwitchAttributes, DescribeVpcAttribute, ModifyBypassToaAttribute}
            on *;
        ram::DeleteServiceLinkedRole
            on *
            allow
            when ram::ServiceName == "connectuservpc.apigateway.aliyuncs.com";
    },
};
