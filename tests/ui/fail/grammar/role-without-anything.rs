use ram_policy::{ServiceLinkedRole, service_linked_role};

/// Nothing yet.
const LATER: ServiceLinkedRole = service_linked_role! {};

fn main() {
    println!("{LATER:?}");
}
