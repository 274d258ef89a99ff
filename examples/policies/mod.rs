//! Policies for RAM users: API Gateway's system policies, and its documented custom ones.

mod api_gateway_custom;
mod api_gateway_system;

pub use api_gateway_custom::{
    API_GATEWAY_DESCRIBE_ALL, API_GATEWAY_MANAGE_GROUP, API_GATEWAY_QUERY_APIS,
    API_GATEWAY_QUERY_TAGGED,
};
pub use api_gateway_system::{API_GATEWAY_FULL_ACCESS, API_GATEWAY_READ_ONLY_ACCESS};
