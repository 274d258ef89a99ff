use ram_policy::{Action, Policy, policy};

/// Actions of services that are off are checked as those of services that are on.
const READ: Policy = policy! {
    allow oss::{GetObject, ListObjects}, "yundun-waf:DescribeDomains" on *;
    allow ecs::DescribeInstances on *;
};

fn main() {
    assert!(READ.to_json().contains("oss:GetObject"));
    let action: Result<Action, _> = "oss:GetObject".parse();
    assert!(action.is_ok_and(|action| action.is_known() && action.to_string() == "oss:GetObject"));
}
