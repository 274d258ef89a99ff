use ram_policy::{PolicyTemplate, policy};

/// Reads one bucket.
const READ: PolicyTemplate = policy! { <bucket> allow oss::GetObject on "acs:oss:*:*:{bucket}/*"; };

/// Reads logs of a region.
const SERVERS: PolicyTemplate = policy! {
    <region>
    allow log::GetLogStoreLogs on "acs:log:{region}:*:project/a";
    include READ;
};

fn main() {
    println!("{}", SERVERS.to_json());
}
