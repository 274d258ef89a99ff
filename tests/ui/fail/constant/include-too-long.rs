use ram_policy::{Policy, policy};

/// Reads databases.
const DATABASES: Policy = policy! { allow every read of rds even inferred on *; };

/// Reads databases and servers.
const SERVERS: Policy = policy! {
    include DATABASES;
    allow every read of vpc even inferred on *;
};

fn main() {
    println!("{}", SERVERS.to_json());
}
