use ram_policy::key::{acs, ecs};
use ram_policy::*;
const P: Policy = policy! {
    allow ecs::{CreateNetworkInterface, DescribeNetworkInterfaces}, vpc::DescribeVpcs on *;
    ram::DeleteServiceLinkedRole on * allow
        when ram::ServiceName == "connectuservpc.apigateway.aliyuncs.com";
    deny ecs::Describe*Attribute on "acs:ecs:*:*:instance/*" when acs::SourceIp in ["10.0.0.0/8", "1.2.3.4"] and acs::CurrentTime < "2019-08-12T17:00:00+08:00" and ecs::tag["owner"] like "a*";
};
#[test]
fn x() {
    println!("{P}");
    let r = Request::new(Ecs::CreateNetworkInterface, "*").unwrap();
    println!("{:?}", P.evaluate(&r));
    let r = Request::new(Ecs::DescribeInstanceAttribute, "acs:ecs:a:1:instance/1")
        .unwrap()
        .with(acs::SourceIp, [10, 0, 0, 1].into())
        .with(ecs::tag.of("owner"), "abc")
        .with_named("acs:CurrentTime", "2019-08-12T08:00:00Z")
        .unwrap();
    println!("{:?} {:?}", P.evaluate(&r), P.evaluate_by_name(&r));
    let t = policy!(<regionid, accountid, groupId> {
      "Version": "1",
      "Statement": [ { "Action": "apigateway:*", "Resource": "acs:apigateway:$regionid:$accountid:apigroup/$groupId", "Effect": "Allow" } ] });
    println!("{}", t.to_json());
    let s = policy! { {"Action": ["ecs:CreateNetworkInterface"], "Resource": "*", "Effect": "Allow"}, {"Action": "vpc:DescribeVpcs", "Resource": "*", "Effect": "Allow"} };
    println!("{s}");
}
