//! The macros under other names and paths.

mod prelude {
    pub use ram_policy::{Policy, policy as allow_only, service_linked_role as role};
}

use ram_policy as access;

mod inner {
    pub mod deeper {
        pub fn policy() -> ram_policy::Policy {
            ::ram_policy::policy! { allow ecs::StopInstance on *; }
        }
    }
}

fn main() {
    let stop = inner::deeper::policy();
    assert_eq!(access::policy! { allow ecs::StopInstance on *; }, stop);
    assert_eq!(ram_policy::policy! { allow ecs::StopInstance on *; }, stop);
    assert_eq!(prelude::allow_only! { allow ecs::StopInstance on *; }, stop);

    use prelude::*;
    let role = role! {
        role: AliyunServiceRoleForApigatewayPutEventsToEventBridge,
        policy: AliyunServiceRolePolicyForApigatewayPutEventsToEventBridge,
        service: none,
        permissions: { allow eventbridge::PutEvents on *; },
    };
    let permissions: &Policy = role.permissions();
    assert!(permissions.to_json().contains("eventbridge:PutEvents"));
}
