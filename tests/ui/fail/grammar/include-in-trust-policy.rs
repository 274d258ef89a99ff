use ram_policy::{Policy, TrustPolicy, policy, trust_policy};

/// Looks at servers.
const VIEW: Policy = policy! { allow ecs::Describe* on *; };

/// Trusts ECS.
const TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com";
    include VIEW;
};

fn main() {
    println!("{VIEW}{TRUST}");
}
