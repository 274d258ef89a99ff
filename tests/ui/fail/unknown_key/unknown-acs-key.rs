use ram_policy::{Policy, policy};

/// Stops web servers from the office.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when acs::FederatedProvider == "okta";
};

fn main() {
    println!("{STOP}");
}
