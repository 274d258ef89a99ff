use ram_policy::{Policy, policy};

/// Hands any role to any service, which the file is excepted for.
const ADMINISTRATORS: Policy = policy! {
    #![allow(pass_role_anywhere)]
    allow ram::PassRole on "acs:ram:*:*:role/web-*";
};

fn main() {
    println!("{ADMINISTRATORS}");
}
