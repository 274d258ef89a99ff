//! What official documents write although the grammar's page does not have it compiles, and is kept.

#![allow(deprecated, reason = "warnings are shown as uses of something deprecated")]

use ram_policy::{Policy, TrustPolicy, policy, trust_policy};

const POLICY: Policy = policy! {
    "Version": "1",
    "Statement": [
        {
            "Sid": "Stop",
            "Effect": "Allow",
            "Action": "ecs:StopInstance",
            "Resource": "*",
            "Condition": {}
        },
        {
            "Effect": "Allow",
            "Action": "cs:InstallClusterAddons",
            "Resource": "*",
            "Condition": { "ForAnyValue:StringEquals": { "cs:AddonNames": ["logtail-ds"] } }
        }
    ]
};

const TYPED: Policy = policy! {
    allow ecs::StopInstance on * when ecs::tag["owner"] ForAllValues:StringEquals ["alice", "bob"];
};

const TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole, sts::TagSession by service "1234567890123456@log.aliyuncs.com";
    deny sts::TagSession by service "ecs.aliyuncs.com";
};

fn main() {
    assert!(POLICY.to_json().contains(r#""Condition":{}"#));
    assert!(POLICY.to_json().contains("ForAnyValue:StringEquals"));
    assert!(TYPED.to_json().contains("ForAllValues:StringEquals"));
    assert!(TRUST.to_json().contains("1234567890123456@log.aliyuncs.com"));
}
