//! API Gateway to Function Compute.

use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets API Gateway call the functions that stand behind an API.
///
/// Source: API Gateway, "Service-linked role of API Gateway".
pub const API_GATEWAY_FUNCTION_COMPUTE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGateway,
    policy: AliyunServiceRolePolicyForApiGateway,
    service: "apigateway.aliyuncs.com",
    permissions: {
        [fc::InvokeFunction] on * allow;
    },
};
