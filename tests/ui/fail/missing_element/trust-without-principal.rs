use ram_policy::{TrustPolicy, trust_policy};

/// Lets somebody assume the role.
const TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole;
};

fn main() {
    println!("{TRUST}");
}
