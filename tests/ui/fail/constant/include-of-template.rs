use ram_policy::{Policy, PolicyTemplate, policy};

/// Reads one bucket.
const READ: PolicyTemplate = policy! { <bucket> allow oss::GetObject on "acs:oss:*:*:{bucket}/*"; };

/// Reads logs.
const SERVERS: Policy = policy! {
    include READ;
};

fn main() {
    println!("{}", SERVERS.to_json());
}
