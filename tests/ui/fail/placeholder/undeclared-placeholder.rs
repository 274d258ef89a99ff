use ram_policy::{PolicyTemplate, policy};

/// Manages one group of APIs.
const GROUP: PolicyTemplate = policy! {
    <account>
    allow apigateway::* on "acs:apigateway:{region}:{account}:apigroup/*";
};

fn main() {
    println!("{GROUP:?}");
}
