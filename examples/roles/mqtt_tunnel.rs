//! HTTP authentication of ApsaraMQ for MQTT.

use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets ApsaraMQ for MQTT ask the customer's own HTTP server who a client is, over private
/// endpoints it makes in the customer's VPC. The service may also remove the role again.
///
/// Source: ApsaraMQ for MQTT, "Service-linked Role".
pub const MQTT_TUNNEL: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForMqttTunnel,
    policy: AliyunServiceRolePolicyForMqttTunnel,
    service: "ep-tunnel.mqtt.aliyuncs.com",
    permissions: {
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
            when ram::ServiceName == "ep-tunnel.mqtt.aliyuncs.com";
    },
};
