//! The rules engine of ApsaraMQ for MQTT.

use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets the rules engine of ApsaraMQ for MQTT find Kafka instances and topics, and forward
/// messages to them over private endpoints it makes in the customer's VPC. The service may also
/// remove the role again.
///
/// Source: ApsaraMQ for MQTT, "Service-linked Role".
pub const MQTT_CORE_RULE_ENGINE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForMqttCoreRuleEngine,
    policy: AliyunServiceRolePolicyForMqttCoreRuleEngine,
    service: "core-rule-engine.mqtt.aliyuncs.com",
    permissions: {
        alikafka::{ListInstance, ListTopic} on "acs:alikafka:*:*:*" allow;
        privatelink::{
            UpdateVpcEndpointAttribute, DeleteVpcEndpoint, CreateVpcEndpoint, ListVpcEndpoints,
            GetVpcEndpointAttribute, ListVpcEndpointServicesByEndUser, ListVpcEndpointZones,
            ListVpcEndpointSecurityGroups, AddZoneToVpcEndpoint, RemoveZoneFromVpcEndpoint,
        }
            on "acs:privatelink:*:*:*"
            allow;
        // The page repeats CreateVpcEndpoint for the resources of VPC and of ECS, which an
        // endpoint is made from.
        privatelink::CreateVpcEndpoint, vpc::DescribeVSwitches, ecs::CreateSecurityGroup
            on "acs:vpc:*:*:*"
            allow;
        privatelink::CreateVpcEndpoint,
        ecs::{
            DescribeSecurityGroupAttribute, DescribeSecurityGroups, CreateSecurityGroup,
            AuthorizeSecurityGroup, DeleteSecurityGroup, RevokeSecurityGroup,
        }
            on "acs:ecs:*:*:*"
            allow;
        ram::DeleteServiceLinkedRole
            on *
            allow
            when ram::ServiceName == "core-rule-engine.mqtt.aliyuncs.com";
    },
};
