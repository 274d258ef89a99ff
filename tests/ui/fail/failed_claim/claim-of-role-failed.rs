use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Reaches servers from a tunnel.
const TUNNEL: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForMqttTunnel,
    policy: AliyunServiceRolePolicyForMqttTunnel,
    service: "ep-tunnel.mqtt.aliyuncs.com",
    permissions: {
        allow vpc::DescribeVSwitches on "acs:vpc:*:*:*";
        allow ram::DeleteServiceLinkedRole on *
            when ram::ServiceName == "ep-tunnel.mqtt.aliyuncs.com";
        never ram::*;
    },
};

fn main() {
    println!("{}", TUNNEL.name());
}
