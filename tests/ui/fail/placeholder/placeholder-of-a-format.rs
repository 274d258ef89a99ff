use ram_policy::{Policy, policy};

/// Reads the logs of one project.
const LOGS: Policy = policy! {
    allow log::GetLogStore on "acs:log:*:*:project/%s/logstore/access";
};

fn main() {
    println!("{LOGS}");
}
