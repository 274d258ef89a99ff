use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets API Gateway keep the APIs of a group in one CloudMonitor group.
const MONITORING: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: "monitor.apigateway.aliyuncs.com",
    permissions: {
        allow cms::DescribeMonitorGroup on "acs:cms:*:*:*";
    },
};

fn main() {
    println!("{MONITORING:?}");
}
