use ram_policy::{Policy, policy};

/// Stops web servers over HTTPS.
const STOP: Policy = policy! {
    allow ecs::StopInstance on *
        when acs::SecureTransport < true;
};

fn main() {
    println!("{STOP}");
}
