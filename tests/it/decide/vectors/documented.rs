//! What RAM's documents say or show: each policy has the structure of a documented one, with names
//! of its own. Where a page attaches two policies to a user, their statements stand in one policy;
//! the order of policies has no effect (RAM: How RAM evaluates policies).

use super::Expected::{Allow, ExplicitDeny, ImplicitDeny};

policies! {
    DESCRIBE: {
        allow ecs::Describe* on *;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*" }]
    }

    KEEP_BUCKET: {
        allow oss::* on ["acs:oss:*:*:archive", "acs:oss:*:*:archive/*"];
        deny [oss::DeleteBucket] on ["acs:oss:*:*:archive"];
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "oss:*",
                "Resource": ["acs:oss:*:*:archive", "acs:oss:*:*:archive/*"]
            },
            {
                "Effect": "Deny",
                "Action": ["oss:DeleteBucket"],
                "Resource": ["acs:oss:*:*:archive"]
            }
        ]
    }

    KEEP_LOGS: {
        allow oss::* on *;
        deny [oss::DeleteObject] on ["acs:oss:*:*:archive/day*.log"];
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "oss:*", "Resource": "*" },
            {
                "Effect": "Deny",
                "Action": ["oss:DeleteObject"],
                "Resource": ["acs:oss:*:*:archive/day*.log"]
            }
        ]
    }

    LIST_AND_READ: {
        allow oss::ListObjects on "acs:oss:*:*:archive";
        allow oss::GetObject on "acs:oss:*:*:archive/*";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "oss:ListObjects", "Resource": "acs:oss:*:*:archive" },
            { "Effect": "Allow", "Action": "oss:GetObject", "Resource": "acs:oss:*:*:archive/*" }
        ]
    }

    ONE_FOLDER: {
        allow [oss::GetObject] on ["acs:oss:*:*:archive/reports/2025/*"];
        allow [oss::ListObjects] on ["acs:oss:*:*:archive"] when oss::Prefix like "reports/2025/*";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["oss:GetObject"],
                "Resource": ["acs:oss:*:*:archive/reports/2025/*"]
            },
            {
                "Effect": "Allow",
                "Action": ["oss:ListObjects"],
                "Resource": ["acs:oss:*:*:archive"],
                "Condition": { "StringLike": { "oss:Prefix": "reports/2025/*" } }
            }
        ]
    }

    FOLDERS_IN_CONSOLE: {
        allow oss::{ListBuckets, unlisted GetBucketStat, GetBucketInfo, GetBucketAcl}
            on ["acs:oss:*:*:*"];
        allow oss::{GetObject, GetObjectAcl}
            on "acs:oss:*:*:archive/reports/2024/*", "acs:oss:*:*:archive/reports/2025/*";
        allow [oss::ListObjects] on ["acs:oss:*:*:archive"]
            when oss::Delimiter like "/"
             and oss::Prefix like ["", "beijing/", "reports/2024/*", "reports/2025/*"];
    } is {
        #![unlisted("oss:GetBucketStat")]
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": [
                    "oss:ListBuckets",
                    "oss:GetBucketStat",
                    "oss:GetBucketInfo",
                    "oss:GetBucketAcl"
                ],
                "Resource": ["acs:oss:*:*:*"]
            },
            {
                "Effect": "Allow",
                "Action": ["oss:GetObject", "oss:GetObjectAcl"],
                "Resource": [
                    "acs:oss:*:*:archive/reports/2024/*",
                    "acs:oss:*:*:archive/reports/2025/*"
                ]
            },
            {
                "Effect": "Allow",
                "Action": ["oss:ListObjects"],
                "Resource": ["acs:oss:*:*:archive"],
                "Condition": {
                    "StringLike": {
                        "oss:Delimiter": "/",
                        "oss:Prefix": ["", "beijing/", "reports/2024/*", "reports/2025/*"]
                    }
                }
            }
        ]
    }

    FROM_OFFICE: {
        ecs::* allow on * when acs::SourceIp in ["10.20.0.0/16", "203.0.113.7"];
        version "1";
    } is {
        "Statement": [
            {
                "Action": "ecs:*",
                "Effect": "Allow",
                "Resource": "*",
                "Condition": { "IpAddress": { "acs:SourceIp": ["10.20.0.0/16", "203.0.113.7"] } }
            }
        ],
        "Version": "1"
    }

    NOT_FROM_OUTSIDE: {
        allow oss::{ListObjects, GetObject} on "acs:oss:*:*:archive", "acs:oss:*:*:archive/*";
        deny oss::* on ["acs:oss:*:*:*"] when acs::SourceIp not in ["10.20.0.0/16"];
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["oss:ListObjects", "oss:GetObject"],
                "Resource": ["acs:oss:*:*:archive", "acs:oss:*:*:archive/*"]
            },
            {
                "Effect": "Deny",
                "Action": "oss:*",
                "Resource": ["acs:oss:*:*:*"],
                "Condition": { "NotIpAddress": { "acs:SourceIp": ["10.20.0.0/16"] } }
            }
        ]
    }

    OUTSIDE_BOTH: {
        deny * on * when acs::SourceIp not in ["10.0.0.0/8", "192.0.2.0/24"];
        allow ram::* on *;
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Deny",
                "Action": "*",
                "Resource": "*",
                "Condition": { "NotIpAddress": { "acs:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"] } }
            },
            { "Effect": "Allow", "Action": "ram:*", "Resource": "*" }
        ]
    }

    WITH_MFA: {
        ecs::* allow on * when acs::MFAPresent == true;
        version "1";
    } is {
        "Statement": [
            {
                "Action": "ecs:*",
                "Effect": "Allow",
                "Resource": "*",
                "Condition": { "Bool": { "acs:MFAPresent": "true" } }
            }
        ],
        "Version": "1"
    }

    NOT_WITHOUT_MFA: {
        allow ecs::* on *;
        deny ecs::* on * when acs::MFAPresent == false;
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "*" },
            {
                "Effect": "Deny",
                "Action": "ecs:*",
                "Resource": "*",
                "Condition": { "Bool": { "acs:MFAPresent": "false" } }
            }
        ]
    }

    UNTIL_FIVE: {
        ecs::* allow on * when acs::CurrentTime < "2026-11-22T17:00:00+08:00";
        version "1";
    } is {
        "Statement": [
            {
                "Action": "ecs:*",
                "Effect": "Allow",
                "Resource": "*",
                "Condition": { "DateLessThan": { "acs:CurrentTime": "2026-11-22T17:00:00+08:00" } }
            }
        ],
        "Version": "1"
    }

    OVER_TLS: {
        ecs::* allow on * when acs::SecureTransport == true;
        version "1";
    } is {
        "Statement": [
            {
                "Action": "ecs:*",
                "Effect": "Allow",
                "Resource": "*",
                "Condition": { "Bool": { "acs:SecureTransport": "true" } }
            }
        ],
        "Version": "1"
    }

    OWN_INSTANCES: {
        allow ecs::* on * when ecs::tag["owner"] == "lisi" and ecs::tag["stage"] == "live";
        ecs::{DescribeTagKeys, DescribeTags} allow on *;
        deny ecs::{unlisted DeleteTags, UntagResources, unlisted CreateTags, TagResources} on *;
        version "1";
    } is {
        #![unlisted("ecs:DeleteTags", "ecs:CreateTags")]
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ecs:*",
                "Resource": "*",
                "Condition": {
                    "StringEquals": { "ecs:tag/owner": "lisi", "ecs:tag/stage": "live" }
                }
            },
            {
                "Action": ["ecs:DescribeTagKeys", "ecs:DescribeTags"],
                "Effect": "Allow",
                "Resource": "*"
            },
            {
                "Effect": "Deny",
                "Action": [
                    "ecs:DeleteTags",
                    "ecs:UntagResources",
                    "ecs:CreateTags",
                    "ecs:TagResources"
                ],
                "Resource": "*"
            }
        ],
        "Version": "1"
    }

    NOT_AS_ROOT: {
        allow ecs::{CreateCommand, InvokeCommand, RunCommand}
            on "acs:ecs:*:*:instance/*", "acs:ecs:*:*:command/*"
            when ecs::CommandRunAs StringNotEqualsIgnoreCase ["system", "root"];
        version "1";
    } is {
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["ecs:CreateCommand", "ecs:InvokeCommand", "ecs:RunCommand"],
                "Resource": ["acs:ecs:*:*:instance/*", "acs:ecs:*:*:command/*"],
                "Condition": {
                    "StringNotEqualsIgnoreCase": { "ecs:CommandRunAs": ["system", "root"] }
                }
            }
        ],
        "Version": "1"
    }

    AS_TWO_USERS: {
        allow ecs::{CreateCommand, InvokeCommand, RunCommand}
            on "acs:ecs:*:*:instance/*", "acs:ecs:*:*:command/*"
            when ecs::CommandRunAs == ["backup", "deploy"];
        version "1";
    } is {
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["ecs:CreateCommand", "ecs:InvokeCommand", "ecs:RunCommand"],
                "Resource": ["acs:ecs:*:*:instance/*", "acs:ecs:*:*:command/*"],
                "Condition": { "StringEquals": { "ecs:CommandRunAs": ["backup", "deploy"] } }
            }
        ],
        "Version": "1"
    }

    VIEW_ALL_BUT_BILLS: {
        *::Describe*, *::List*, *::Get*, unlisted *::BatchGet*, *::Query*,
        unlisted "*:BatchQuery*", actiontrail::LookupEvents, unlisted dm::Desc*,
        unlisted dm::SenderStatistics* on * allow;
        unlisted bss::*, unlisted efc::* deny on *;
    } is {
        #![unlisted("*:BatchGet*", "*:BatchQuery*", "dm:Desc*", "dm:SenderStatistics*")]
        #![unlisted("bss:*", "efc:*")]
        "Version": "1",
        "Statement": [
            {
                "Action": [
                    "*:Describe*",
                    "*:List*",
                    "*:Get*",
                    "*:BatchGet*",
                    "*:Query*",
                    "*:BatchQuery*",
                    "actiontrail:LookupEvents",
                    "dm:Desc*",
                    "dm:SenderStatistics*"
                ],
                "Resource": "*",
                "Effect": "Allow"
            },
            {
                "Action": ["bss:*", "efc:*"],
                "Effect": "Deny",
                "Resource": "*"
            }
        ]
    }

    ALL_BUT_RAM: {
        allow * except ram::* on *;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "NotAction": "ram:*", "Resource": "*" }]
    }

    ALL_BUT_RAM_AND_GET_USER: {
        allow * except ram::* on *;
        allow ram::GetUser on *;
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "NotAction": "ram:*", "Resource": "*" },
            { "Effect": "Allow", "Action": "ram:GetUser", "Resource": "*" }
        ]
    }

    ONLY_BIND_MFA: {
        allow * on *;
        deny * except [ram::BindMFADevice] on *;
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "*", "Resource": "*" },
            { "Effect": "Deny", "NotAction": ["ram:BindMFADevice"], "Resource": "*" }
        ]
    }

    NO_INTERNET: {
        allow fc::* on *;
        fc::UpdateFunction deny on * when fc::EnableServiceInternetAccess == "true";
        fc::CreateFunction deny on * when fc::EnableServiceInternetAccess != "false";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "fc:*", "Resource": "*" },
            {
                "Action": "fc:UpdateFunction",
                "Effect": "Deny",
                "Resource": "*",
                "Condition": { "StringEquals": { "fc:EnableServiceInternetAccess": "true" } }
            },
            {
                "Action": "fc:CreateFunction",
                "Effect": "Deny",
                "Resource": "*",
                "Condition": { "StringNotEquals": { "fc:EnableServiceInternetAccess": "false" } }
            }
        ]
    }

    CREATE_LINKED_ROLE: {
        ram::CreateServiceLinkedRole on * allow
            when ram::ServiceName == "connectuservpc.apigateway.aliyuncs.com";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Action": "ram:CreateServiceLinkedRole",
                "Resource": "*",
                "Effect": "Allow",
                "Condition": {
                    "StringEquals": { "ram:ServiceName": "connectuservpc.apigateway.aliyuncs.com" }
                }
            }
        ]
    }

    DESCRIBE_IN_OTHER_CASE: {
        allow "ECS:describeinstances" on *;
    } is {
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "ECS:describeinstances", "Resource": "*" }]
    }

    PAI: {
        allow unlisted pai::* on *;
    } is {
        #![unlisted("pai:*")]
        "Version": "1",
        "Statement": [{ "Effect": "Allow", "Action": "pai:*", "Resource": "*" }]
    }

    IN_ONE_REGION: {
        allow ecs::* on "acs:ecs:cn-hangzhou:*:instance/*";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ecs:*",
                "Resource": "acs:ecs:cn-hangzhou:*:instance/*"
            }
        ]
    }

    /// This compiles because it is not known of every action of ECS what it takes.
    CAPITAL_INSTANCE: {
        allow ecs::* on "acs:ecs:*:*:Instance/i-1";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:*", "Resource": "acs:ecs:*:*:Instance/i-1" }
        ]
    }

    VPCS_OF_ONE_REGION: {
        allow vpc::* on "acs:vpc:cn-qingdao:*:*/*";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "vpc:*", "Resource": "acs:vpc:cn-qingdao:*:*/*" }
        ]
    }

    OWN_PROVIDERS: {
        ram::{CreateSAMLProvider, CreateOIDCProvider, SetUserSsoSettings} on * allow;
        ram::{GetSAMLProvider, UpdateSAMLProvider, DeleteSAMLProvider}
            on "acs:ram::*:saml-provider/staff*" allow;
        ram::{GetOIDCProvider, UpdateOIDCProvider, DeleteOIDCProvider}
            on "acs:ram::*:oidc-provider/staff*" allow;
    } is {
        "Version": "1",
        "Statement": [
            {
                "Action": [
                    "ram:CreateSAMLProvider",
                    "ram:CreateOIDCProvider",
                    "ram:SetUserSsoSettings"
                ],
                "Resource": "*",
                "Effect": "Allow"
            },
            {
                "Action": [
                    "ram:GetSAMLProvider",
                    "ram:UpdateSAMLProvider",
                    "ram:DeleteSAMLProvider"
                ],
                "Resource": "acs:ram::*:saml-provider/staff*",
                "Effect": "Allow"
            },
            {
                "Action": [
                    "ram:GetOIDCProvider",
                    "ram:UpdateOIDCProvider",
                    "ram:DeleteOIDCProvider"
                ],
                "Resource": "acs:ram::*:oidc-provider/staff*",
                "Effect": "Allow"
            }
        ]
    }

    NOT_FROM_OUTSIDE_OR_VPC: {
        allow oss::* on *;
        deny oss::* on ["acs:oss:*:*:*"]
            when acs::SourceIp not in ["192.168.0.0/16"] and acs::SourceVpc like ["*"];
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "oss:*", "Resource": "*" },
            {
                "Effect": "Deny",
                "Action": "oss:*",
                "Resource": ["acs:oss:*:*:*"],
                "Condition": {
                    "NotIpAddress": { "acs:SourceIp": ["192.168.0.0/16"] },
                    "StringLike": { "acs:SourceVpc": ["*"] }
                }
            }
        ]
    }

    FROM_ADDRESS_NOT_VPC: {
        allow oss::{ListObjects, GetObject} on "acs:oss:*:*:archive", "acs:oss:*:*:archive/*"
            when acs::SourceIp in ["10.20.0.0/16", "198.51.100.0/24"]
             and acs::SourceVpc not like ["vpc-*"];
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["oss:ListObjects", "oss:GetObject"],
                "Resource": ["acs:oss:*:*:archive", "acs:oss:*:*:archive/*"],
                "Condition": {
                    "IpAddress": { "acs:SourceIp": ["10.20.0.0/16", "198.51.100.0/24"] },
                    "StringNotLike": { "acs:SourceVpc": ["vpc-*"] }
                }
            }
        ]
    }

    /// The document compares with `*`, which does not compile: under `StringEquals` it is a star
    /// and not a pattern. That the comparison is literal also shows from the other side.
    FROM_ONE_VPC: {
        allow oss::* on * when acs::SourceVpc == "vpc-1";
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "oss:*",
                "Resource": "*",
                "Condition": { "StringEquals": { "acs:SourceVpc": "vpc-1" } }
            }
        ]
    }

    ATTACH_TO_INSTANCE: {
        allow ecs::AttachDisk on "acs:ecs:*:*:instance/*";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:AttachDisk", "Resource": "acs:ecs:*:*:instance/*" }
        ]
    }

    NOT_DOUBLY_TAGGED: {
        allow oss::* on *;
        deny [oss::GetObject] on ["acs:oss:*:1234567890123456:archive/*"]
            when oss::ExistingObjectTag["state"] == "closed"
             and oss::ExistingObjectTag["team"] == "audit";
    } is {
        "Version": "1",
        "Statement": [
            { "Effect": "Allow", "Action": "oss:*", "Resource": "*" },
            {
                "Effect": "Deny",
                "Action": ["oss:GetObject"],
                "Resource": ["acs:oss:*:1234567890123456:archive/*"],
                "Condition": {
                    "StringEquals": {
                        "oss:ExistingObjectTag/state": "closed",
                        "oss:ExistingObjectTag/team": "audit"
                    }
                }
            }
        ]
    }

    NOT_PUBLIC: {
        deny oss::{PutBucket, PutBucketAcl} on * when "oss:x-oss-acl" != "private";
        deny oss::{PutObject, PutObjectAcl} on *
            when "oss:x-oss-object-acl" != ["private", "default"];
        allow oss::* on *;
    } is {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Deny",
                "Action": ["oss:PutBucket", "oss:PutBucketAcl"],
                "Resource": "*",
                "Condition": { "StringNotEquals": { "oss:x-oss-acl": "private" } }
            },
            {
                "Effect": "Deny",
                "Action": ["oss:PutObject", "oss:PutObjectAcl"],
                "Resource": "*",
                "Condition": {
                    "StringNotEquals": { "oss:x-oss-object-acl": ["private", "default"] }
                }
            },
            { "Effect": "Allow", "Action": "oss:*", "Resource": "*" }
        ]
    }
}

cases! {
    // No policy names the action.
    v01_nothing_allows: DESCRIBE, "vpc:DescribeVpcs", "*", [] => ImplicitDeny;

    v02_prefix_wildcard_covers: DESCRIBE, "ecs:DescribeInstances", "*", [] => Allow(0);
    v02_prefix_wildcard_does_not_cover: DESCRIBE, "ecs:StopInstance", "*", [] => ImplicitDeny;

    v03_deny_wins: KEEP_BUCKET, "oss:DeleteBucket", "acs:oss:oss-cn-hangzhou:1:archive", []
        => ExplicitDeny(1);
    v03_the_rest_is_allowed: KEEP_BUCKET, "oss:PutObject", "acs:oss:oss-cn-hangzhou:1:archive/a", []
        => Allow(0);

    v04_star_inside: KEEP_LOGS, "oss:DeleteObject", "acs:oss:*:1:archive/day1.log", []
        => ExplicitDeny(1);
    v04_resource_case: KEEP_LOGS, "oss:DeleteObject", "acs:oss:*:1:archive/DAY1.log", []
        => Allow(0);
    v05_star_crosses_slash: KEEP_LOGS, "oss:DeleteObject", "acs:oss:*:1:archive/day/x.log", []
        => ExplicitDeny(1);

    v06_bucket: LIST_AND_READ, "oss:ListObjects", "acs:oss:*:1:archive", [] => Allow(0);
    v06_object: LIST_AND_READ, "oss:GetObject", "acs:oss:*:1:archive/a/b", [] => Allow(1);
    v06_bucket_is_no_object: LIST_AND_READ, "oss:GetObject", "acs:oss:*:1:archive", []
        => ImplicitDeny;

    v07_prefix_is_like: ONE_FOLDER, "oss:ListObjects", "acs:oss:*:1:archive",
        [("oss:Prefix", "reports/2025/x")] => Allow(1);
    v07_prefix_is_not_like: ONE_FOLDER, "oss:ListObjects", "acs:oss:*:1:archive",
        [("oss:Prefix", "reports/2024/")] => ImplicitDeny;
    v08_positive_operator_without_key: ONE_FOLDER, "oss:ListObjects", "acs:oss:*:1:archive", []
        => ImplicitDeny;

    v09_empty_value: FOLDERS_IN_CONSOLE, "oss:ListObjects", "acs:oss:*:1:archive",
        [("oss:Prefix", ""), ("oss:Delimiter", "/")] => Allow(2);
    v09_keys_are_anded: FOLDERS_IN_CONSOLE, "oss:ListObjects", "acs:oss:*:1:archive",
        [("oss:Prefix", "")] => ImplicitDeny;
    v09_unlisted_action: FOLDERS_IN_CONSOLE, unlisted "oss:GetBucketStat", "acs:oss:*:1:archive", []
        => Allow(0);

    v10_in_block: FROM_OFFICE, "ecs:StartInstance", "*", [("acs:SourceIp", "10.20.3.4")]
        => Allow(0);
    v10_is_address: FROM_OFFICE, "ecs:StartInstance", "*", [("acs:SourceIp", "203.0.113.7")]
        => Allow(0);
    v10_is_neither: FROM_OFFICE, "ecs:StartInstance", "*", [("acs:SourceIp", "203.0.113.8")]
        => ImplicitDeny;

    v11_outside_is_denied: NOT_FROM_OUTSIDE, "oss:GetObject", "acs:oss:*:1:archive/a",
        [("acs:SourceIp", "198.51.100.1")] => ExplicitDeny(1);
    v11_inside_is_allowed: NOT_FROM_OUTSIDE, "oss:GetObject", "acs:oss:*:1:archive/a",
        [("acs:SourceIp", "10.20.9.9")] => Allow(0);

    v12_inside_one: OUTSIDE_BOTH, "ram:ListUsers", "*", [("acs:SourceIp", "192.0.2.9")] => Allow(1);
    v12_outside_both: OUTSIDE_BOTH, "ram:ListUsers", "*", [("acs:SourceIp", "198.51.100.1")]
        => ExplicitDeny(0);

    v13_with_mfa: WITH_MFA, "ecs:StopInstance", "*", [("acs:MFAPresent", "true")] => Allow(0);
    v13_without_mfa: WITH_MFA, "ecs:StopInstance", "*", [("acs:MFAPresent", "false")]
        => ImplicitDeny;
    v13_with_access_key: WITH_MFA, "ecs:StopInstance", "*", [] => ImplicitDeny;
    v14_deny_without_key: NOT_WITHOUT_MFA, "ecs:StopInstance", "*", [] => Allow(0);
    v14_deny_with_key: NOT_WITHOUT_MFA, "ecs:StopInstance", "*", [("acs:MFAPresent", "false")]
        => ExplicitDeny(1);

    v15_a_second_before: UNTIL_FIVE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T08:59:59Z")] => Allow(0);
    v15_the_same_instant: UNTIL_FIVE, "ecs:StopInstance", "*",
        [("acs:CurrentTime", "2026-11-22T09:00:00Z")] => ImplicitDeny;

    v16_over_tls: OVER_TLS, "ecs:RunInstances", "*", [("acs:SecureTransport", "true")] => Allow(0);
    v16_in_the_clear: OVER_TLS, "ecs:RunInstances", "*", [("acs:SecureTransport", "false")]
        => ImplicitDeny;

    v17_both_tags: OWN_INSTANCES, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:tag/owner", "lisi"), ("ecs:tag/stage", "live")] => Allow(0);
    v17_one_tag: OWN_INSTANCES, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:tag/owner", "lisi")] => ImplicitDeny;
    v18_deny_wins_over_tags: OWN_INSTANCES, "ecs:TagResources",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:tag/owner", "lisi"), ("ecs:tag/stage", "live")] => ExplicitDeny(2);
    v18_deny_of_unlisted_action: OWN_INSTANCES, unlisted "ecs:CreateTags",
        "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:tag/owner", "lisi"), ("ecs:tag/stage", "live")] => ExplicitDeny(2);

    v19_none_of_several: NOT_AS_ROOT, "ecs:RunCommand", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:CommandRunAs", "deploy")] => Allow(0);
    v19_one_of_several: NOT_AS_ROOT, "ecs:RunCommand", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:CommandRunAs", "root")] => ImplicitDeny;
    v19_one_in_other_case: NOT_AS_ROOT, "ecs:RunCommand", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:CommandRunAs", "ROOT")] => ImplicitDeny;

    v20_one_of_several: AS_TWO_USERS, "ecs:RunCommand", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:CommandRunAs", "deploy")] => Allow(0);
    v20_other_case: AS_TWO_USERS, "ecs:RunCommand", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:CommandRunAs", "Backup")] => ImplicitDeny;
    v20_none_of_several: AS_TWO_USERS, "ecs:RunCommand", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [("ecs:CommandRunAs", "root")] => ImplicitDeny;

    v21_wildcard_in_code: VIEW_ALL_BUT_BILLS, "rds:DescribeDBInstances", "*", [] => Allow(0);
    v21_wildcard_in_unlisted_code: VIEW_ALL_BUT_BILLS, unlisted "gpdb:DescribeDBInstances", "*", []
        => Allow(0);
    v21_deny_of_a_code: VIEW_ALL_BUT_BILLS, unlisted "bss:DescribeInstanceBill", "*", []
        => ExplicitDeny(1);
    v21_no_view: VIEW_ALL_BUT_BILLS, "ecs:RunInstances", "*", [] => ImplicitDeny;

    v22_not_action_covers: ALL_BUT_RAM, "ecs:RunInstances", "*", [] => Allow(0);
    v22_not_action_does_not_deny: ALL_BUT_RAM, "ram:CreateUser", "*", [] => ImplicitDeny;
    v23_another_statement_allows: ALL_BUT_RAM_AND_GET_USER, "ram:GetUser", "*", [] => Allow(1);
    v24_deny_all_but_one: ONLY_BIND_MFA, "ecs:RunInstances", "*", [] => ExplicitDeny(1);
    v24_the_one: ONLY_BIND_MFA, "ram:BindMFADevice", "*", [] => Allow(0);

    v25_negated_operator_matches_not: NO_INTERNET, "fc:CreateFunction", "*",
        [("fc:EnableServiceInternetAccess", "false")] => Allow(0);
    v25_negated_operator_matches: NO_INTERNET, "fc:CreateFunction", "*",
        [("fc:EnableServiceInternetAccess", "true")] => ExplicitDeny(2);
    v25_negated_operator_without_key: NO_INTERNET, "fc:CreateFunction", "*", [] => ExplicitDeny(2);
    v26_positive_operator_without_key: NO_INTERNET, "fc:UpdateFunction", "*", [] => Allow(0);
    v26_positive_operator_matches: NO_INTERNET, "fc:UpdateFunction", "*",
        [("fc:EnableServiceInternetAccess", "true")] => ExplicitDeny(1);

    v41_service: CREATE_LINKED_ROLE, "ram:CreateServiceLinkedRole", "*",
        [("ram:ServiceName", "connectuservpc.apigateway.aliyuncs.com")] => Allow(0);
    v41_other_service: CREATE_LINKED_ROLE, "ram:CreateServiceLinkedRole", "*",
        [("ram:ServiceName", "ess.aliyuncs.com")] => ImplicitDeny;
    // A policy with the key in the wrong case does not compile; the request has it instead.
    v42_key_case: CREATE_LINKED_ROLE, "ram:CreateServiceLinkedRole", "*",
        [("ram:servicename", "connectuservpc.apigateway.aliyuncs.com", unchecked)] => ImplicitDeny;

    v43_action_case_of_policy: DESCRIBE_IN_OTHER_CASE, "ecs:DescribeInstances", "*", [] => Allow(0);

    v44_code_is_literal: PAI, unlisted "paidataset:DeleteDataset", "*", [] => ImplicitDeny;
    v44_the_code_itself: PAI, unlisted "pai:DeleteDataset", "*", [] => Allow(0);

    v45_region: IN_ONE_REGION, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-1", []
        => Allow(0);
    v45_other_region: IN_ONE_REGION, "ecs:StopInstance", "acs:ecs:cn-beijing:1:instance/i-1", []
        => ImplicitDeny;
    v46_resource_case: CAPITAL_INSTANCE, "ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-1",
        [] => ImplicitDeny;
    v47_type_and_name_are_stars: VPCS_OF_ONE_REGION, "vpc:DeleteVSwitch",
        "acs:vpc:cn-qingdao:1:vswitch/vsw-1", [] => Allow(0);
    v47_no_slash: VPCS_OF_ONE_REGION, "vpc:DeleteVSwitch", "acs:vpc:cn-qingdao:1:vswitch", []
        => ImplicitDeny;

    v48_empty_region: OWN_PROVIDERS, "ram:GetSAMLProvider",
        "acs:ram::1:saml-provider/staff-x", [] => Allow(1);
    v48_other_provider: OWN_PROVIDERS, "ram:GetSAMLProvider", "acs:ram::1:saml-provider/okta", []
        => ImplicitDeny;

    // Over the Internet OSS gives `acs:SourceVpc`, and it is empty.
    v49_star_is_like_an_empty_value: NOT_FROM_OUTSIDE_OR_VPC, "oss:GetObject",
        "acs:oss:*:1:archive/a", [("acs:SourceIp", "10.0.0.1"), ("acs:SourceVpc", "")]
        => ExplicitDeny(1);
    v49_inside: NOT_FROM_OUTSIDE_OR_VPC, "oss:GetObject",
        "acs:oss:*:1:archive/a", [("acs:SourceIp", "192.168.0.1"), ("acs:SourceVpc", "")]
        => Allow(0);

    v50_not_from_a_vpc: FROM_ADDRESS_NOT_VPC, "oss:GetObject", "acs:oss:*:1:archive/a",
        [("acs:SourceIp", "198.51.100.7")] => Allow(0);
    v50_with_an_empty_vpc: FROM_ADDRESS_NOT_VPC, "oss:GetObject", "acs:oss:*:1:archive/a",
        [("acs:SourceIp", "198.51.100.7"), ("acs:SourceVpc", "")] => Allow(0);
    v50_from_a_vpc: FROM_ADDRESS_NOT_VPC, "oss:GetObject", "acs:oss:*:1:archive/a",
        [("acs:SourceIp", "198.51.100.7"), ("acs:SourceVpc", "vpc-1")] => ImplicitDeny;

    v51_star_is_literal: FROM_ONE_VPC, "oss:GetObject", "acs:oss:*:1:archive/a",
        [("acs:SourceVpc", "vpc-*")] => ImplicitDeny;
    v51_question_mark_is_literal: FROM_ONE_VPC, "oss:GetObject", "acs:oss:*:1:archive/a",
        [("acs:SourceVpc", "vpc-?")] => ImplicitDeny;

    // Attaching asks for both; each is a request.
    v52_disk: ATTACH_TO_INSTANCE, "ecs:AttachDisk", "acs:ecs:cn-hangzhou:1:disk/d-1", []
        => ImplicitDeny;
    v52_instance: ATTACH_TO_INSTANCE, "ecs:AttachDisk", "acs:ecs:cn-hangzhou:1:instance/i-1", []
        => Allow(0);

    v53_one_tag: NOT_DOUBLY_TAGGED, "oss:GetObject", "acs:oss:*:1234567890123456:archive/a",
        [("oss:ExistingObjectTag/state", "closed")] => Allow(0);
    v53_both_tags: NOT_DOUBLY_TAGGED, "oss:GetObject", "acs:oss:*:1234567890123456:archive/a",
        [("oss:ExistingObjectTag/state", "closed"), ("oss:ExistingObjectTag/team", "audit")]
        => ExplicitDeny(1);
    v53_other_account: NOT_DOUBLY_TAGGED, "oss:GetObject", "acs:oss:*:6543210987654321:archive/a",
        [("oss:ExistingObjectTag/state", "closed"), ("oss:ExistingObjectTag/team", "audit")]
        => Allow(0);

    v54_private: NOT_PUBLIC, "oss:PutBucketAcl", "acs:oss:*:1:archive",
        [("oss:x-oss-acl", "private")] => Allow(2);
    v54_public: NOT_PUBLIC, "oss:PutBucketAcl", "acs:oss:*:1:archive",
        [("oss:x-oss-acl", "public-read")] => ExplicitDeny(0);
    v54_public_object: NOT_PUBLIC, "oss:PutObject", "acs:oss:*:1:archive/a",
        [("oss:x-oss-object-acl", "public-read")] => ExplicitDeny(1);
    v54_default_object: NOT_PUBLIC, "oss:PutObject", "acs:oss:*:1:archive/a",
        [("oss:x-oss-object-acl", "default")] => Allow(2);
}
