use ram_policy::{TrustPolicy, trust_policy};

/// Servers may assume the role.
const TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by "ecs.aliyuncs.com";
};

fn main() {
    println!("{TRUST}");
}
