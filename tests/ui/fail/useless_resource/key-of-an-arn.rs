use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may use the key.
const POLICY: ResourcePolicy = resource_policy! { key;
    allow kms::Decrypt on "acs:kms:*:1234567890123456:key/*"
        by ram ["acs:ram::1234567890123456:role/app"];
};

fn main() {
    println!("{POLICY}");
}
