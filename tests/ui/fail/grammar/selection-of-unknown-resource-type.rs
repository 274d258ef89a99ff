use ram_policy::{Policy, policy};

/// Everything that takes a VPC.
const VIEW: Policy = policy! {
    allow every action taking vpc::VCP on *;
};

fn main() {
    println!("{VIEW}");
}
