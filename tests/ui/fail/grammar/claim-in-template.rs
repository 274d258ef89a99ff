use ram_policy::{PolicyTemplate, policy};

/// Manages groups of APIs.
const GROUPS: PolicyTemplate = policy! {
    <region, account>
    allow apigateway::* on "acs:apigateway:{region}:{account}:apigroup/*";
    never ram::*;
};

fn main() {
    println!("{GROUPS:?}");
}
