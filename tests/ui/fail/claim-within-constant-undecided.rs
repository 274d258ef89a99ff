use ram_policy::{Policy, policy};

/// What every team keeps within.
const BOUNDARY: Policy = policy! {
    allow ecs::StopInstance on * when acs::CurrentTime < "2027-06-01T00:00:00+08:00";
};

/// Stops web servers for a year.
const SERVERS: Policy = policy! {
    allow ecs::StopInstance on * when acs::CurrentTime < "2027-01-01T00:00:00+08:00";
    within BOUNDARY;
};

fn main() {
    println!("{SERVERS}");
}
