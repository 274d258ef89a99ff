//! A crate without the standard library.

#![no_std]

// What starts `main`; nothing else is taken from it.
extern crate std as runner;

use ram_policy::{
    Decision, Policy, PolicyTemplate, Request, ServiceLinkedRole, policy, policy_file,
    service_linked_role,
};

const SERVERS: Policy = policy_file!("ui/files/servers.json");

const GROUPS: PolicyTemplate = policy! {
    <regionid, accountid>
    allow apigateway::Describe* on "acs:apigateway:{regionid}:{accountid}:apigroup/*";
};

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApigatewayPutEventsToEventBridge,
    policy: AliyunServiceRolePolicyForApigatewayPutEventsToEventBridge,
    service: none,
    permissions: {
        allow eventbridge::PutEvents on *;
    },
};

fn main() {
    let request =
        Request::new("ecs:StopInstance", "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1");
    let Ok(request) = request else { panic!("no request") };
    assert_eq!(SERVERS.evaluate(&request), Decision::ImplicitDeny);
    let policy = policy! { allow ecs::StopInstance on *; };
    assert_eq!(policy.evaluate(&request), Decision::Allow { statement: 0 });
    assert!(GROUPS.parameters().eq(["regionid", "accountid"]));
    assert!(ROLE.trust_policy().is_none());
}
