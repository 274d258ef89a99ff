use ram_policy::{Policy, ServiceLinkedRole, policy, service_linked_role};

/// Looks at servers.
const VIEW: Policy = policy! { allow ecs::Describe* on *; };

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForEvents,
    policy: AliyunServiceRolePolicyForEvents,
    service: none,
    permissions: { include VIEW; },
};

fn main() {
    println!("{VIEW}{}", ROLE.permissions());
}
