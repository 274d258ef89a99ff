use ram_policy::{ResourcePolicy, resource_policy};

/// Says who may use the key.
const POLICY: ResourcePolicy = resource_policy! { key;
    allow kms::Decrypt on [*] by ["200000000000000001"];
};

fn main() {
    println!("{POLICY}");
}
