//! Trust policies in both forms.

use ram_policy::{TrustPolicy, trust_policy};

const TYPED: TrustPolicy = trust_policy! {
    sts::AssumeRole allow by service ["cdn.aliyuncs.com", "ecs.aliyuncs.com"];
    allow by ram "acs:ram::1234567890123456:user/alice", federated "acs:ram::1234567890123456:saml-provider/okta"
        do sts::AssumeRole
        when saml::recipient == "https://signin.aliyun.com/saml-role/sso";
    version "1";
};

const PASTED: TrustPolicy = trust_policy! {
  "Statement": [
    {
      "Action": "sts:AssumeRole",
      "Effect": "Allow",
      "Principal": {
        "Service": [
          "cdn.aliyuncs.com",
          "ecs.aliyuncs.com"
        ]
      }
    },
    {
      "Effect": "Allow",
      "Principal": {
        "RAM": "acs:ram::1234567890123456:user/alice",
        "Federated": "acs:ram::1234567890123456:saml-provider/okta"
      },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {
          "saml:recipient": "https://signin.aliyun.com/saml-role/sso"
        }
      }
    }
  ],
  "Version": "1"
};

fn main() {
    assert_eq!(TYPED, PASTED);
    assert!(TYPED.to_json_pretty().starts_with("{\n  \"Statement\": ["));
}
