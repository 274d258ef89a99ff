//! The system policies of API Gateway.

use ram_policy::{Policy, policy};

/// `AliyunApiGatewayFullAccess`: everything in API Gateway, and creating the service-linked roles
/// it needs along the way.
///
/// Source: RAM, "AliyunApiGatewayFullAccess".
pub const API_GATEWAY_FULL_ACCESS: Policy = policy! {
    apigateway::* on * allow;
    ram::CreateServiceLinkedRole
        on *
        allow
        when ram::ServiceName == [
            "apigateway.aliyuncs.com",
            "monitor.apigateway.aliyuncs.com",
            "sls.apigateway.aliyuncs.com",
        ];
};

/// `AliyunApiGatewayReadOnlyAccess`: sees everything in API Gateway and changes nothing.
///
/// Source: RAM, "AliyunApiGatewayReadOnlyAccess".
pub const API_GATEWAY_READ_ONLY_ACCESS: Policy = policy! {
    apigateway::Describe* on * allow;
};
