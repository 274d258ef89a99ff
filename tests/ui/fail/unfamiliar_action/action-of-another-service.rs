use ram_policy::{Policy, policy};

/// Gives servers network interfaces.
const INTERFACES: Policy = policy! {
    allow vpc::{DescribeVpcs, CreateNetworkInterface} on *;
};

fn main() {
    println!("{INTERFACES}");
}
