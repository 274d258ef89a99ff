//! A crate in which nothing is in scope but what is named.

#![no_implicit_prelude]

const SERVERS: ::ram_policy::Policy = ::ram_policy::policy_file!("ui/files/servers.json");

const GROUPS: ::ram_policy::PolicyTemplate = ::ram_policy::policy! {
    <regionid, accountid>
    allow apigateway::Describe* on "acs:apigateway:{regionid}:{accountid}:apigroup/*";
};

const ROLE: ::ram_policy::ServiceLinkedRole = ::ram_policy::service_linked_role! {
    role: AliyunServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: "monitor.apigateway.aliyuncs.com",
    permissions: {
        allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
        allow ram::DeleteServiceLinkedRole on *
            when ram::ServiceName == "monitor.apigateway.aliyuncs.com";
    },
};

fn main() {
    ::std::assert!(SERVERS.to_json().contains("ecs:StopInstance"));
    ::std::assert!(GROUPS.to_json().contains("acs:apigateway:$regionid:$accountid:apigroup/*"));
    ::std::assert!(ROLE.service().is_some());
}
