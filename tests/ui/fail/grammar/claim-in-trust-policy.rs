use ram_policy::{TrustPolicy, trust_policy};

/// Lets servers assume the role.
const SERVERS: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com";
    never ram::*;
};

fn main() {
    println!("{SERVERS}");
}
