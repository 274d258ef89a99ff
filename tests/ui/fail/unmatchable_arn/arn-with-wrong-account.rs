use ram_policy::{Policy, policy};

/// Reads the user of the build.
const BUILD_USER: Policy = policy! {
    allow ram::GetUser on "acs:ram:*:1234-5678-9012-3456:user/build";
};

fn main() {
    println!("{BUILD_USER}");
}
