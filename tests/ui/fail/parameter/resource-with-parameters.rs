use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may read the photos.
const POLICY: ResourcePolicy = resource_policy! { <bucket> bucket;
    allow oss::GetObject on ["acs:oss:*:*:{bucket}/*"] by ["200000000000000001"];
};

fn main() {
    println!("{POLICY}");
}
