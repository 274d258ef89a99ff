use ram_policy::{PolicyTemplate, policy};

/// Manages groups of APIs.
const GROUPS: PolicyTemplate = policy! {
    <account, account>
    allow apigateway::* on "acs:apigateway:*:{account}:apigroup/*";
};

fn main() {
    println!("{GROUPS:?}");
}
