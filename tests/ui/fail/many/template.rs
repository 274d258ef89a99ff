use ram_policy::{PolicyTemplate, policy};

/// Manages one group of APIs.
const GROUP: PolicyTemplate = policy! {
    <region, region, account, unused>
    allow apigateway::* on "acs:apigateway:{region}:{account}:apigroup/{group}";
    allow apigateway::Descrbe* on "acs:{account}:*:*:apigroup/*";
    allow apigateway::DescribeApis on *
        when apigateway::tag = "web";
};

fn main() {
    println!("{GROUP:?}");
}
