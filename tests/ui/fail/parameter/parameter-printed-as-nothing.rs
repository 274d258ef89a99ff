use ram_policy::{PolicyTemplate, policy};

/// Reads one bucket.
const BUCKET: PolicyTemplate = policy! {
    <bucket = "">
    allow oss::GetObject on "acs:oss:*:*:{bucket}/*";
};

fn main() {
    println!("{BUCKET:?}");
}
