//! Every form of a policy, and that they say the same.

use ram_policy::{
    Policy, PolicyTemplate, ServiceLinkedRole, policy, policy_file, service_linked_role,
};

const TYPED: Policy = policy! {
    allow ecs::{StartInstance, StopInstance} on "acs:ecs:*:*:instance/*"
        when acs::SourceIp in "203.0.113.0/24";
};

const JSON_IN_BRACES: Policy = policy! {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["ecs:StartInstance", "ecs:StopInstance"],
      "Resource": "acs:ecs:*:*:instance/*",
      "Condition": {
        "IpAddress": {
          "acs:SourceIp": "203.0.113.0/24"
        }
      }
    }
  ]
};

const JSON_IN_PARENTHESES: Policy = policy!({
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["ecs:StartInstance", "ecs:StopInstance"],
      "Resource": "acs:ecs:*:*:instance/*",
      "Condition": { "IpAddress": { "acs:SourceIp": "203.0.113.0/24" } }
    }
  ]
});

const FILE: Policy = policy_file!("ui/files/servers.json");

const STATEMENTS: Policy = policy! {
  { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
  { "Effect": "Deny", "Action": "ecs:DeleteInstance", "Resource": "*" }
};

const ONE_STATEMENT: Policy = policy!({
  "Effect": "Allow", "Action": "ecs:*", "Resource": "*"
});

const TYPED_STATEMENTS: Policy = policy! {
    statements only;
    allow ecs::* on *;
    deny ecs::DeleteInstance on *;
};

const TYPED_TEMPLATE: PolicyTemplate = policy! {
    <regionid, accountid>
    allow apigateway::Describe* on "acs:apigateway:{regionid}:{accountid}:apigroup/*";
};

const JSON_TEMPLATE: PolicyTemplate = policy!(<regionid, accountid> {
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "apigateway:Describe*",
      "Resource": "acs:apigateway:$regionid:$accountid:apigroup/*"
    }
  ]
});

const FILE_TEMPLATE: PolicyTemplate = policy_file!(<regionid, accountid> "ui/files/groups.json");

const UNLISTED: Policy = policy! {
    #![unlisted("bss:*")]
    allow "bss:*", unlisted ecs::BrandNew on *;
};

const FILE_WITH_UNLISTED: Policy = policy_file!(#![unlisted("bss:*")] "ui/files/bills.json");

const ROLE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApiGatewayMonitoring,
    policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
    service: "monitor.apigateway.aliyuncs.com",
    permissions: {
        allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
    },
};

const JSON_ROLE: ServiceLinkedRole = service_linked_role! {
    role: "AliyunServiceRoleForApiGatewayMonitoring",
    policy: "AliyunServiceRolePolicyForApiGatewayMonitoring",
    service: "monitor.apigateway.aliyuncs.com",
    permissions: {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "cms:DescribeMonitorGroups", "Resource": "acs:cms:*:*:*" }
        ]
    }
};

fn main() {
    assert_eq!(TYPED, JSON_IN_BRACES);
    assert_eq!(TYPED, JSON_IN_PARENTHESES);
    assert_eq!(TYPED, FILE);
    assert_eq!(STATEMENTS, TYPED_STATEMENTS);
    assert_eq!(ONE_STATEMENT.to_json(), r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#);
    assert_eq!(TYPED_TEMPLATE, JSON_TEMPLATE);
    assert_eq!(TYPED_TEMPLATE, FILE_TEMPLATE);
    assert!(UNLISTED.to_json().contains(r#"["bss:*","ecs:BrandNew"]"#));
    assert!(FILE_WITH_UNLISTED.to_json().contains(r#""bss:*""#));
    assert_eq!(ROLE, JSON_ROLE);
    assert!(ROLE.trust_policy().is_some());
    assert!(TYPED != STATEMENTS);
}
