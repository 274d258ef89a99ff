//! Documented policies of Alibaba Cloud, declared with `ram-policy` in the typed form.
//!
//! [`roles`] holds service-linked roles, [`policies`] what RAM users are given. [`EXPORTS`] lists
//! them all, and each prints byte for byte what its page prints:
//!
//! ```text
//! cargo run -p ram-policy-examples --example export -- --list
//! cargo run -p ram-policy-examples --example export -- connect-user-vpc
//! ```
//!
//! [`Export::text`] does the work, so that a program can use the table too:
//!
//! ```
//! use ram_policy_examples::{Form, Setting, Spacing, find};
//!
//! let group = find("apigateway-query-apis").ok_or("no such document")?;
//! let page = group.text(Form::Document, Spacing::Minified, &[])?;
//! assert!(page.contains("acs:apigateway:$regionid:$accountid:apigroup/*"));
//!
//! let values =
//!     [Setting::exactly("regionid", "cn-hangzhou"), Setting::exactly("accountid", "1234567890123456")];
//! let real = group.text(Form::Document, Spacing::Minified, &values)?;
//! assert!(real.contains("acs:apigateway:cn-hangzhou:1234567890123456:apigroup/*"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod document;
pub mod policies;
pub mod roles;

pub use document::{Content, Export, ExportError, Form, Setting, Spacing};

use policies::{
    API_GATEWAY_DESCRIBE_ALL, API_GATEWAY_FULL_ACCESS, API_GATEWAY_MANAGE_GROUP,
    API_GATEWAY_QUERY_APIS, API_GATEWAY_QUERY_TAGGED, API_GATEWAY_READ_ONLY_ACCESS,
};
use roles::{
    API_GATEWAY_CONNECT_USER_VPC, API_GATEWAY_FUNCTION_COMPUTE, API_GATEWAY_MICROSERVICES,
    API_GATEWAY_MONITORING, API_GATEWAY_PUT_EVENTS, CONTAINER_REGISTRY,
    CONTAINER_REGISTRY_CREATE_ROLE, CONTAINER_REGISTRY_STATEMENTS, MQTT_CORE_RULE_ENGINE,
    MQTT_TUNNEL,
};

/// Every document of this crate, by the name `export` knows it under.
pub static EXPORTS: &[Export] = &[
    Export {
        name: "connect-user-vpc",
        title: "API Gateway's dedicated instances reach services in your VPC",
        content: Content::Role { role: API_GATEWAY_CONNECT_USER_VPC, create_role: None },
    },
    Export {
        name: "apigateway-put-events",
        title: "API Gateway sends events to EventBridge",
        content: Content::Role { role: API_GATEWAY_PUT_EVENTS, create_role: None },
    },
    Export {
        name: "apigateway-function-compute",
        title: "API Gateway calls Function Compute",
        content: Content::Role { role: API_GATEWAY_FUNCTION_COMPUTE, create_role: None },
    },
    Export {
        name: "apigateway-monitoring",
        title: "API Gateway keeps API groups in CloudMonitor",
        content: Content::Role { role: API_GATEWAY_MONITORING, create_role: None },
    },
    Export {
        name: "apigateway-microservices",
        title: "API Gateway finds backends in EDAS and MSE",
        content: Content::Role { role: API_GATEWAY_MICROSERVICES, create_role: None },
    },
    Export {
        name: "container-registry",
        title: "Container Registry imports images through your VPC",
        content: Content::Role {
            role: CONTAINER_REGISTRY,
            create_role: Some(CONTAINER_REGISTRY_CREATE_ROLE),
        },
    },
    Export {
        name: "container-registry.statements",
        title: "the permissions of container-registry as its page prints them, statements only",
        content: Content::Policy {
            policy: CONTAINER_REGISTRY_STATEMENTS,
            policy_name: Some("AliyunServiceRolePolicyForContainerRegistryConnectCustomerVPC"),
        },
    },
    Export {
        name: "mqtt-core-rule-engine",
        title: "ApsaraMQ for MQTT forwards messages to Kafka",
        content: Content::Role { role: MQTT_CORE_RULE_ENGINE, create_role: None },
    },
    Export {
        name: "mqtt-tunnel",
        title: "ApsaraMQ for MQTT authenticates clients over HTTP",
        content: Content::Role { role: MQTT_TUNNEL, create_role: None },
    },
    Export {
        name: "apigateway-full-access",
        title: "manages everything in API Gateway",
        content: Content::Policy {
            policy: API_GATEWAY_FULL_ACCESS,
            policy_name: Some("AliyunApiGatewayFullAccess"),
        },
    },
    Export {
        name: "apigateway-read-only-access",
        title: "sees everything in API Gateway",
        content: Content::Policy {
            policy: API_GATEWAY_READ_ONLY_ACCESS,
            policy_name: Some("AliyunApiGatewayReadOnlyAccess"),
        },
    },
    Export {
        name: "apigateway-describe-all",
        title: "sees everything in API Gateway, as a custom policy",
        content: Content::Policy { policy: API_GATEWAY_DESCRIBE_ALL, policy_name: None },
    },
    Export {
        name: "apigateway-query-apis",
        title: "sees all APIs of a region",
        content: Content::Template(API_GATEWAY_QUERY_APIS),
    },
    Export {
        name: "apigateway-query-tagged",
        title: "sees the APIs of groups tagged version:v1",
        content: Content::Template(API_GATEWAY_QUERY_TAGGED),
    },
    Export {
        name: "apigateway-manage-group",
        title: "manages the APIs of one group",
        content: Content::Template(API_GATEWAY_MANAGE_GROUP),
    },
];

/// The export of this name; case counts.
#[must_use]
pub fn find(name: &str) -> Option<&'static Export> {
    EXPORTS.iter().find(|export| export.name == name)
}
