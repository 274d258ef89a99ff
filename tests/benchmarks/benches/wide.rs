//! Two statements with a CIDR list and a tag test, and the same between 8 and between 98 others.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "what one writes by hand does not list every service"
)]

use std::net::IpAddr;

use ram_policy::{Action, Ecs, policy};
use ram_policy_benchmarks::asked::{Asked, Verdict, ask};

use crate::case::Case;

const INSTANCE: &str = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";

/// W(2), W(10) and W(100).
///
/// The others allow two patterns of actions on one ARN with wildcards. Of the 98 only the first 8
/// do: with all of them the document would be longer than the 6,144 characters RAM takes. The rest
/// allow one pattern on `*`.
pub(crate) fn cases() -> Vec<Case> {
    vec![
        Case { name: "W(2)", policy: two(), by_hand: two_by_hand, asked: asked() },
        Case { name: "W(10)", policy: ten(), by_hand: ten_by_hand, asked: asked() },
        Case { name: "W(100)", policy: hundred(), by_hand: hundred_by_hand, asked: asked() },
    ]
}

fn asked() -> Vec<Asked> {
    let office = IpAddr::from([192, 168, 3, 4]);
    vec![
        ask(Ecs::StartInstance, INSTANCE).from([10, 1, 2, 3].into()).owned_by("zhangsan"),
        ask(Ecs::StopInstance, "acs:ecs:cn-beijing:1234567890123456:instance/i-2")
            .from(office)
            .owned_by("lisi"),
        ask(Ecs::StopInstance, "acs:ecs:cn-shanghai:1234567890123456:instance/i-3")
            .from(office)
            .owned_by("lisi"),
        ask(Ecs::StartInstance, INSTANCE).from([203, 0, 113, 5].into()).owned_by("zhangsan"),
        ask(Ecs::StartInstance, INSTANCE).from(office).owned_by("wangwu"),
        ask(Ecs::DeleteInstance, INSTANCE).from(office).owned_by("lisi"),
        ask(Ecs::DescribeInstances, INSTANCE).from(office).owned_by("lisi"),
    ]
}

fn two() -> ram_policy::Policy {
    policy!({
    "Version": "1",
    "Statement": [
      { "Effect": "Deny", "Action": "ecs:Delete*", "Resource": "*" },
      {
        "Effect": "Allow",
        "Action": ["ecs:StartInstance", "ecs:StopInstance"],
        "Resource": [
          "acs:ecs:cn-hangzhou:1234567890123456:instance/*",
          "acs:ecs:cn-beijing:1234567890123456:instance/*"
        ],
        "Condition": {
          "IpAddress": { "acs:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] },
          "StringEquals": { "ecs:tag/owner": ["zhangsan", "lisi"] }
        }
      }
    ]
      })
}

fn ten() -> ram_policy::Policy {
    policy!({
    "Version": "1",
    "Statement": [
      { "Effect": "Deny", "Action": "ecs:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": ["rds:Allocate*", "rds:Attach*"], "Resource": "acs:rds:*:*:*" },
      { "Effect": "Allow", "Action": ["oss:Create*", "oss:Delete*"], "Resource": "acs:oss:*:*:*" },
      { "Effect": "Allow", "Action": ["vpc:Add*", "vpc:Allocate*"], "Resource": "acs:vpc:*:*:*" },
      { "Effect": "Allow", "Action": ["alb:Add*", "alb:Associate*"], "Resource": "acs:alb:*:*:*" },
      { "Effect": "Allow", "Action": ["slb:Add*", "slb:Create*"], "Resource": "acs:slb:*:*:*" },
      { "Effect": "Allow", "Action": ["log:Consumer*", "log:Create*"], "Resource": "acs:log:*:*:*" },
      { "Effect": "Allow", "Action": ["kms:Asymmetric*", "kms:Create*"], "Resource": "acs:kms:*:*:*" },
      { "Effect": "Allow", "Action": ["cr:Cancel*", "cr:Create*"], "Resource": "acs:cr:*:*:*" },
      {
        "Effect": "Allow",
        "Action": ["ecs:StartInstance", "ecs:StopInstance"],
        "Resource": [
          "acs:ecs:cn-hangzhou:1234567890123456:instance/*",
          "acs:ecs:cn-beijing:1234567890123456:instance/*"
        ],
        "Condition": {
          "IpAddress": { "acs:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] },
          "StringEquals": { "ecs:tag/owner": ["zhangsan", "lisi"] }
        }
      }
    ]
      })
}

fn hundred() -> ram_policy::Policy {
    policy!({
    "Version": "1",
    "Statement": [
      { "Effect": "Deny", "Action": "ecs:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": ["rds:Allocate*", "rds:Attach*"], "Resource": "acs:rds:*:*:*" },
      { "Effect": "Allow", "Action": ["oss:Create*", "oss:Delete*"], "Resource": "acs:oss:*:*:*" },
      { "Effect": "Allow", "Action": ["vpc:Add*", "vpc:Allocate*"], "Resource": "acs:vpc:*:*:*" },
      { "Effect": "Allow", "Action": ["alb:Add*", "alb:Associate*"], "Resource": "acs:alb:*:*:*" },
      { "Effect": "Allow", "Action": ["slb:Add*", "slb:Create*"], "Resource": "acs:slb:*:*:*" },
      { "Effect": "Allow", "Action": ["log:Consumer*", "log:Create*"], "Resource": "acs:log:*:*:*" },
      { "Effect": "Allow", "Action": ["kms:Asymmetric*", "kms:Create*"], "Resource": "acs:kms:*:*:*" },
      { "Effect": "Allow", "Action": ["cr:Cancel*", "cr:Create*"], "Resource": "acs:cr:*:*:*" },
      { "Effect": "Allow", "Action": "alb:Create*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:Disable*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:Enable*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:List*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:Load*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:Remove*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:Start*", "Resource": "*" },
      { "Effect": "Allow", "Action": "alb:Update*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cms:Batch*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cms:Create*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cms:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cms:Disable*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cms:Enable*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cms:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cms:Modify*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cms:Put*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cr:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cr:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cr:List*", "Resource": "*" },
      { "Effect": "Allow", "Action": "cr:Update*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Abort*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Bind*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Create*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Deploy*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Insert*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:List*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Query*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Read*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Restart*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Scale*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Start*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Stop*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Unbind*", "Resource": "*" },
      { "Effect": "Allow", "Action": "edas:Update*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Create*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:List*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Publish*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Put*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Stop*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Tag*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Untag*", "Resource": "*" },
      { "Effect": "Allow", "Action": "fc:Update*", "Resource": "*" },
      { "Effect": "Allow", "Action": "kms:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "kms:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "kms:List*", "Resource": "*" },
      { "Effect": "Allow", "Action": "kms:Set*", "Resource": "*" },
      { "Effect": "Allow", "Action": "kms:Tag*", "Resource": "*" },
      { "Effect": "Allow", "Action": "kms:Untag*", "Resource": "*" },
      { "Effect": "Allow", "Action": "kms:Update*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Disable*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Enable*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:List*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Open*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Put*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Query*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Start*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Stop*", "Resource": "*" },
      { "Effect": "Allow", "Action": "log:Update*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mq:Active*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mq:Add*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mq:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mq:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mq:List*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mq:Ons*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mq:Query*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mq:Update*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Add*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Apply*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Clone*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Create*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Delete*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Enable*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Export*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Get*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Import*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:List*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Modify*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Query*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Remove*", "Resource": "*" },
      { "Effect": "Allow", "Action": "mse:Update*", "Resource": "*" },
      { "Effect": "Allow", "Action": "nlb:Create*", "Resource": "*" },
      { "Effect": "Allow", "Action": "nlb:Delete*", "Resource": "*" },
      {
        "Effect": "Allow",
        "Action": ["ecs:StartInstance", "ecs:StopInstance"],
        "Resource": [
          "acs:ecs:cn-hangzhou:1234567890123456:instance/*",
          "acs:ecs:cn-beijing:1234567890123456:instance/*"
        ],
        "Condition": {
          "IpAddress": { "acs:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] },
          "StringEquals": { "ecs:tag/owner": ["zhangsan", "lisi"] }
        }
      }
    ]
      })
}

fn two_by_hand(asked: &Asked) -> Verdict {
    match asked.action {
        Action::Ecs(action) if deletes(action) => Verdict::ExplicitDeny,
        Action::Ecs(Ecs::StartInstance | Ecs::StopInstance) if may_switch(asked) => Verdict::Allow,
        _ => Verdict::ImplicitDeny,
    }
}

fn ten_by_hand(asked: &Asked) -> Verdict {
    let allowed = match asked.action {
        Action::Ecs(action) if deletes(action) => return Verdict::ExplicitDeny,
        Action::Ecs(Ecs::StartInstance | Ecs::StopInstance) => may_switch(asked),
        Action::Rds(action) => {
            asked.service == "rds" && begins(action.into(), &["rds:Allocate", "rds:Attach"])
        }
        Action::Oss(action) => {
            asked.service == "oss" && begins(action.into(), &["oss:Create", "oss:Delete"])
        }
        Action::Vpc(action) => {
            asked.service == "vpc" && begins(action.into(), &["vpc:Add", "vpc:Allocate"])
        }
        Action::Alb(action) => {
            asked.service == "alb" && begins(action.into(), &["alb:Add", "alb:Associate"])
        }
        Action::Slb(action) => {
            asked.service == "slb" && begins(action.into(), &["slb:Add", "slb:Create"])
        }
        Action::Log(action) => {
            asked.service == "log" && begins(action.into(), &["log:Consumer", "log:Create"])
        }
        Action::Kms(action) => {
            asked.service == "kms" && begins(action.into(), &["kms:Asymmetric", "kms:Create"])
        }
        Action::Cr(action) => {
            asked.service == "cr" && begins(action.into(), &["cr:Cancel", "cr:Create"])
        }
        _ => false,
    };
    if allowed { Verdict::Allow } else { Verdict::ImplicitDeny }
}

fn hundred_by_hand(asked: &Asked) -> Verdict {
    let allowed = match asked.action {
        Action::Ecs(action) if deletes(action) => return Verdict::ExplicitDeny,
        Action::Ecs(Ecs::StartInstance | Ecs::StopInstance) => may_switch(asked),
        Action::Rds(action) => {
            asked.service == "rds" && begins(action.into(), &["rds:Allocate", "rds:Attach"])
        }
        Action::Oss(action) => {
            asked.service == "oss" && begins(action.into(), &["oss:Create", "oss:Delete"])
        }
        Action::Vpc(action) => {
            asked.service == "vpc" && begins(action.into(), &["vpc:Add", "vpc:Allocate"])
        }
        Action::Alb(action) => {
            (asked.service == "alb" && begins(action.into(), &["alb:Add", "alb:Associate"]))
                || begins(
                    action.into(),
                    &[
                        "alb:Create",
                        "alb:Delete",
                        "alb:Disable",
                        "alb:Enable",
                        "alb:Get",
                        "alb:List",
                        "alb:Load",
                        "alb:Remove",
                        "alb:Start",
                        "alb:Update",
                    ],
                )
        }
        Action::Slb(action) => {
            asked.service == "slb" && begins(action.into(), &["slb:Add", "slb:Create"])
        }
        Action::Log(action) => {
            (asked.service == "log" && begins(action.into(), &["log:Consumer", "log:Create"]))
                || begins(
                    action.into(),
                    &[
                        "log:Delete",
                        "log:Disable",
                        "log:Enable",
                        "log:Get",
                        "log:List",
                        "log:Open",
                        "log:Put",
                        "log:Query",
                        "log:Start",
                        "log:Stop",
                        "log:Update",
                    ],
                )
        }
        Action::Kms(action) => {
            (asked.service == "kms" && begins(action.into(), &["kms:Asymmetric", "kms:Create"]))
                || begins(
                    action.into(),
                    &[
                        "kms:Delete",
                        "kms:Get",
                        "kms:List",
                        "kms:Set",
                        "kms:Tag",
                        "kms:Untag",
                        "kms:Update",
                    ],
                )
        }
        Action::Cr(action) => {
            (asked.service == "cr" && begins(action.into(), &["cr:Cancel", "cr:Create"]))
                || begins(action.into(), &["cr:Delete", "cr:Get", "cr:List", "cr:Update"])
        }
        Action::Cms(action) => begins(
            action.into(),
            &[
                "cms:Batch",
                "cms:Create",
                "cms:Delete",
                "cms:Disable",
                "cms:Enable",
                "cms:Get",
                "cms:Modify",
                "cms:Put",
            ],
        ),
        Action::Edas(action) => begins(
            action.into(),
            &[
                "edas:Abort",
                "edas:Bind",
                "edas:Create",
                "edas:Delete",
                "edas:Deploy",
                "edas:Get",
                "edas:Insert",
                "edas:List",
                "edas:Query",
                "edas:Read",
                "edas:Restart",
                "edas:Scale",
                "edas:Start",
                "edas:Stop",
                "edas:Unbind",
                "edas:Update",
            ],
        ),
        Action::Fc(action) => begins(
            action.into(),
            &[
                "fc:Create",
                "fc:Delete",
                "fc:Get",
                "fc:List",
                "fc:Publish",
                "fc:Put",
                "fc:Stop",
                "fc:Tag",
                "fc:Untag",
                "fc:Update",
            ],
        ),
        Action::Mq(action) => begins(
            action.into(),
            &[
                "mq:Active",
                "mq:Add",
                "mq:Delete",
                "mq:Get",
                "mq:List",
                "mq:Ons",
                "mq:Query",
                "mq:Update",
            ],
        ),
        Action::Mse(action) => begins(
            action.into(),
            &[
                "mse:Add",
                "mse:Apply",
                "mse:Clone",
                "mse:Create",
                "mse:Delete",
                "mse:Enable",
                "mse:Export",
                "mse:Get",
                "mse:Import",
                "mse:List",
                "mse:Modify",
                "mse:Query",
                "mse:Remove",
                "mse:Update",
            ],
        ),
        Action::Nlb(action) => begins(action.into(), &["nlb:Create", "nlb:Delete"]),
        _ => false,
    };
    if allowed { Verdict::Allow } else { Verdict::ImplicitDeny }
}

fn begins(name: &'static str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

fn may_switch(asked: &Asked) -> bool {
    asked.service == "ecs"
        && matches!(asked.region, "cn-hangzhou" | "cn-beijing")
        && asked.account == "1234567890123456"
        && asked.relative_id.starts_with("instance/")
        && match asked.source_ip() {
            Some(IpAddr::V4(address)) => matches!(address.octets(), [10, ..] | [192, 168, ..]),
            _ => false,
        }
        && matches!(asked.text("ecs:tag/owner"), Some("zhangsan" | "lisi"))
}

/// `ecs:Delete*`
fn deletes(action: Ecs) -> bool {
    matches!(
        action,
        Ecs::DeleteActivation
            | Ecs::DeleteAutoProvisioningGroup
            | Ecs::DeleteAutoSnapshotPolicy
            | Ecs::DeleteBandwidthPackage
            | Ecs::DeleteCommand
            | Ecs::DeleteDedicatedHostCluster
            | Ecs::DeleteDeploymentSet
            | Ecs::DeleteDiagnosticMetricSets
            | Ecs::DeleteDiagnosticReports
            | Ecs::DeleteDisk
            | Ecs::DeleteForwardEntry
            | Ecs::DeleteHaVip
            | Ecs::DeleteHpcCluster
            | Ecs::DeleteImage
            | Ecs::DeleteImageComponent
            | Ecs::DeleteImagePipeline
            | Ecs::DeleteInstance
            | Ecs::DeleteInstances
            | Ecs::DeleteKeyPairs
            | Ecs::DeleteLaunchTemplate
            | Ecs::DeleteLaunchTemplateVersion
            | Ecs::DeleteNatGateway
            | Ecs::DeleteNetworkInterface
            | Ecs::DeleteNetworkInterfacePermission
            | Ecs::DeletePhysicalConnection
            | Ecs::DeletePlanMaintenanceWindow
            | Ecs::DeletePortRangeList
            | Ecs::DeletePrefixList
            | Ecs::DeleteRouteEntry
            | Ecs::DeleteRouterInterface
            | Ecs::DeleteSecurityGroup
            | Ecs::DeleteSnapshot
            | Ecs::DeleteSnapshotGroup
            | Ecs::DeleteTags
            | Ecs::DeleteVirtualBorderRouter
            | Ecs::DeleteVpc
            | Ecs::DeleteVSwitch
    )
}
