use ram_policy::{Policy, policy, request_for};

/// Looks at servers.
const VIEW: Policy = policy! { allow ecs::Describe* on *; };

request_for! {
    pub const STOP;
    pub struct Stopping;

    include VIEW;
    allow ecs::StopInstance on * when acs::MFAPresent == true;
}

fn main() {
    println!("{VIEW}{STOP}");
}
