use ram_policy::{Policy, policy};

/// Stops the web servers of two teams.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when ecs::tag["team"] == ["a", 2];
};

fn main() {
    println!("{STOP}");
}
