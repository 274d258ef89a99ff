use ram_policy::{Policy, policy};

/// Cancels tasks of one region.
const CANCEL: Policy = policy! {
    allow ecs::CancelTask on "acs:ecs:cn-hangzhou:*:*";
};

fn main() {
    println!("{CANCEL}");
}
