use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may read the photos.
const POLICY: ResourcePolicy = resource_policy! { allow oss::GetObject on * by [*];
};

fn main() {
    println!("{POLICY}");
}
