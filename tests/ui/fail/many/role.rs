use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets API Gateway keep the APIs of a group in one CloudMonitor group.
const MONITORING: ServiceLinkedRole = service_linked_role! {
    role: ServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: "monitor.apigateway",
    permissions: {
        allow cms::{CreateMonitorGroup, DeleteMonitorGrop} on "acs:CMS:*:*:*";
        allow ram::DeleteServiceLinkedRole on *
            when ram::ServiceName == "apigateway.aliyuncs.com";
    },
    owner: "gateway team",
};

fn main() {
    println!("{MONITORING:?}");
}
