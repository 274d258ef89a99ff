use ram_policy::{Policy, policy};

/// Manages users.
const VIEW: Policy = policy! {
    allow ram::{CreateUser, DeleteUser} on "acs:ram:*:*:user/*";
    never every delete of ram;
};

fn main() {
    println!("{VIEW}");
}
