use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may read the photos.
const POLICY: ResourcePolicy = resource_policy! { buckets;
    allow oss::GetObject on * by [*];
};

fn main() {
    println!("{POLICY}");
}
