use ram_policy::{Policy, policy};

/// Reads objects.
const READ: Policy = policy! {
    allow oss::GetObject on "acs:ecs:*:*:instance/*";
};

fn main() {
    println!("{READ}");
}
