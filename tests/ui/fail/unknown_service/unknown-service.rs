use ram_policy::{Policy, policy};

/// Reads things.
const THINGS: Policy = policy! {
    allow newservice::GetThing on *;
};

fn main() {
    println!("{THINGS}");
}
