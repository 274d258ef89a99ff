use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may read the photos.
const POLICY: ResourcePolicy = resource_policy! { bucket;
    deny oss::* on ["acs:oss:*:1234567890123456:photos"]
        by [*] when acs::SourceVpc != "vpc-t4n****";
};

fn main() {
    println!("{POLICY}");
}
