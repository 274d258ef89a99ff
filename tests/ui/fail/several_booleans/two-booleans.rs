use ram_policy::{Policy, policy};

/// Stops web servers after a second factor.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when acs::MFAPresent == [true, false];
};

fn main() {
    println!("{STOP}");
}
