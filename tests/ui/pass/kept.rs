//! Policies of resources, in both forms and at every place.

use ram_policy::{Caller, Request, ResourceKind, ResourcePolicy, resource_policy};

const PHOTOS: ResourcePolicy = resource_policy! { bucket;
    allow oss::GetObject, oss::GetObjectAcl on ["acs:oss:*:1234567890123456:photos/*"]
        by ["200000000000000001", "arn:sts::1234567890123456:assumed-role/app/*"];
    deny oss::* on ["acs:oss:*:1234567890123456:photos", "acs:oss:*:1234567890123456:photos/*"]
        by [*] when acs::SourceVpc != "vpc-a1b2c3";
};

const KEY: ResourcePolicy = resource_policy! { #![allow(sid)] key;
    "Version": "1",
    "Statement": [
        {
            "Sid": "kms default key policy",
            "Effect": "Allow",
            "Principal": { "RAM": ["acs:ram::1234567890123456:*"] },
            "Action": ["kms:*"],
            "Resource": ["*"]
        }
    ]
};

static ENDPOINT: ResourcePolicy = resource_policy! { endpoint; allow * on * by *; };

macro_rules! kept {
    ($kind:ident, $code:ident, $arn:literal) => {
        resource_policy! { $kind; deny $code::* on $arn when acs::SourceVpc not like "vpc-*"; }
    };
}

fn main() {
    assert_eq!(PHOTOS.kind(), ResourceKind::Bucket);
    assert!(PHOTOS.to_json().contains(r#""Principal":["*"]"#));
    assert!(ENDPOINT.to_json().contains(r#""Principal":"*""#));
    let request = Request::new("kms:Decrypt", "*").expect("a request");
    let role = Caller::Role { account: "1234567890123456", name: "app" };
    assert!(KEY.evaluate(role, "1234567890123456", &request).is_allow());
    let project = kept!(project, log, "acs:log:*:*:project/web/*");
    let instance = kept!(instance, ots, "acs:ots:*:1234567890123456:instance/web*");
    for (policy, kind) in
        [(&project, ResourceKind::Project), (&instance, ResourceKind::Instance)]
    {
        assert_eq!(policy.kind(), kind);
        let text = policy.to_json();
        assert_eq!(ResourcePolicy::from_json(kind, &text).as_ref(), Ok(policy));
    }
}
