//! Service-linked roles, one file each.

mod api_gateway_connect_user_vpc;
mod api_gateway_function_compute;
mod api_gateway_microservices;
mod api_gateway_monitoring;
mod api_gateway_put_events;
mod container_registry;
mod mqtt_core_rule_engine;
mod mqtt_tunnel;

pub use api_gateway_connect_user_vpc::API_GATEWAY_CONNECT_USER_VPC;
pub use api_gateway_function_compute::API_GATEWAY_FUNCTION_COMPUTE;
pub use api_gateway_microservices::API_GATEWAY_MICROSERVICES;
pub use api_gateway_monitoring::API_GATEWAY_MONITORING;
pub use api_gateway_put_events::API_GATEWAY_PUT_EVENTS;
pub use container_registry::{
    CONTAINER_REGISTRY, CONTAINER_REGISTRY_CREATE_ROLE, CONTAINER_REGISTRY_STATEMENTS,
};
pub use mqtt_core_rule_engine::MQTT_CORE_RULE_ENGINE;
pub use mqtt_tunnel::MQTT_TUNNEL;
