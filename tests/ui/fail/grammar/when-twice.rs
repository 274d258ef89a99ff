use ram_policy::{Policy, policy};

/// Stops web servers.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on *
        when acs::MFAPresent == true
        and when acs::SecureTransport == true;
};

fn main() {
    println!("{SERVERS}");
}
