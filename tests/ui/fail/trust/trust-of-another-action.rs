use ram_policy::{TrustPolicy, trust_policy};

/// Lets somebody assume the role.
const TRUST: TrustPolicy = trust_policy! {
    allow ecs::RunInstances by service "ecs.aliyuncs.com";
};

fn main() {
    println!("{TRUST}");
}
