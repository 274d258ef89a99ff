use ram_policy::{PolicyTemplate, policy};

const BUCKETS: PolicyTemplate = policy! {
    <a = "my bucket", b = "bucket name">
    allow oss::GetObject on "acs:oss:*:*:my bucket name", "acs:oss:*:*:my bucket/bucket name";
};

fn main() {
    println!("{BUCKETS:?}");
}
