//! API Gateway to microservices.

use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets API Gateway find backends in Enterprise Distributed Application Service and in the
/// registries of Microservices Engine. The service may also remove the role again.
///
/// Source: API Gateway, "Service-linked role for microservices integration -
/// AliyunServiceRoleForApiGatewayIntegrateWithMicroservices".
pub const API_GATEWAY_MICROSERVICES: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayIntegrateWithMicroservices,
    policy: AliyunServiceRolePolicyForApiGatewayIntegrateWithMicroservices,
    service: "microservice-integration.apigateway.aliyuncs.com",
    permissions: {
        allow edas::{ReadApplication, ReadNamespace, ReadService} on *;
        allow mse::{
            ListAnsServices, ListAnsInstances, ListClusters, QueryInstancesInfo, QueryClusterInfo,
        }
            on *;
        ram::DeleteServiceLinkedRole
            on *
            allow
            when ram::ServiceName == "microservice-integration.apigateway.aliyuncs.com";
    },
};
