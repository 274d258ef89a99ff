use ram_policy::{Policy, policy};

const CONNECT_USER_VPC: Policy = policy! {
    allow ecs::{CreateNetworkInterfaces, DescribeNetworkInterfaces}, vpc::DescribeVpcs on *;
    allow ram::DeleteServiceLinkedRole on *
        when ram::servicename == "connectuservpc.apigateway.aliyuncs.com";
};

fn main() {}
