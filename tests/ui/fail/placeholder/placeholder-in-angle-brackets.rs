use ram_policy::{Policy, policy};

/// Reads one user.
const USER: Policy = policy! {
    allow ram::GetUser on "acs:ram:*:<account-id>:user/build";
};

fn main() {
    println!("{USER}");
}
