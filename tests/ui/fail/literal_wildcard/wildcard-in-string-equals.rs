use ram_policy::{Policy, policy};

/// Stops the web servers of a team.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when ecs::tag["owner"] == "team-a-*";
};

fn main() {
    println!("{STOP}");
}
