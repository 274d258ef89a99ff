use ram_policy::{Policy, policy};

/// Stops web servers until the handover.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when acs::CurrentTime like "2026-11-*";
};

fn main() {
    println!("{STOP}");
}
