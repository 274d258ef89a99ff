use ram_policy::{Policy, policy};

/// Stops web servers until the handover.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when acs::CurrentTime < "2026-11-31T17:00:00+08:00";
};

fn main() {
    println!("{STOP}");
}
