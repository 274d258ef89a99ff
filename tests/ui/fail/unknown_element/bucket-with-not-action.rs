use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may read the photos.
const POLICY: ResourcePolicy = resource_policy! { bucket;
    deny * except oss::GetObject on ["acs:oss:*:1234567890123456:photos/*"] by [*];
};

fn main() {
    println!("{POLICY}");
}
