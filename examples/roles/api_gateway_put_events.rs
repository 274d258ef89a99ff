//! API Gateway to EventBridge.

use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets API Gateway send events to the customer's event buses in EventBridge.
///
/// Source: API Gateway, "API Gateway-EventBridge service-linked role". The page does not say which
/// service assumes the role.
pub const API_GATEWAY_PUT_EVENTS: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApigatewayPutEventsToEventBridge,
    policy: AliyunServiceRolePolicyForApigatewayPutEventsToEventBridge,
    service: none,
    permissions: {
        allow eventbridge::PutEvents on *;
    },
};
