//! API Gateway to CloudMonitor.

use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets API Gateway keep the APIs of a group in one CloudMonitor group, so that they share their
/// alert rules.
///
/// Source: API Gateway, "AliyunServiceRoleForApiGatewayMonitoring service-linked role".
pub const API_GATEWAY_MONITORING: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: "monitor.apigateway.aliyuncs.com",
    permissions: {
        allow cms::{
            CreateMonitorGroup, CreateMonitorGroupInstances, DescribeMonitorGroups,
            DeleteMonitorGroup, DeleteMonitorGroupInstances,
        }
            on "acs:cms:*:*:*";
    },
};
