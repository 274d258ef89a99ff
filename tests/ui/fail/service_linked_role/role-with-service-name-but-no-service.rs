use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Lets API Gateway keep the APIs of a group in one CloudMonitor group.
const MONITORING: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: none,
    permissions: {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ram:DeleteServiceLinkedRole",
                "Resource": "*",
                "Condition": {
                    "StringEquals": { "ram:ServiceName": "monitor.apigateway.aliyuncs.com" }
                }
            }
        ]
    },
};

fn main() {
    println!("{MONITORING:?}");
}
