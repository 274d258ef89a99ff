use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may read the photos.
const POLICY: ResourcePolicy = resource_policy! { bucket;
    allow oss::GetObject on ["acs:oss:*:1234567890123456:photos/**"] by ["200000000000000001"];
};

fn main() {
    println!("{POLICY}");
}
