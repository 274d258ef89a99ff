use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may read the photos.
const POLICY: ResourcePolicy = resource_policy! { bucket;
    allow oss::GetObject by ["200000000000000001"];
};

fn main() {
    println!("{POLICY}");
}
