//! The policies that several tables have.

use ram_policy::{Policy, TrustPolicy, policy, trust_policy};

pub(super) static ALL: Policy = policy! { allow * on *; };
pub(super) static ECS: Policy = policy! { allow ecs::* on *; };
pub(super) static STOP: Policy = policy! { allow ecs::StopInstance on *; };
pub(super) static START: Policy = policy! { allow ecs::StartInstance on *; };
pub(super) static NO_STOP: Policy = policy! { deny ecs::StopInstance on *; };
pub(super) static NO_DELETE: Policy = policy! { deny ecs::DeleteInstance on *; };
pub(super) static NO_ECS: Policy = policy! { deny ecs::* on *; };
pub(super) static OSS: Policy = policy! { allow oss::* on *; };
pub(super) static READ: Policy = policy! { allow oss::GetObject on *; };
pub(super) static NO_OSS: Policy = policy! { deny oss::* on *; };
pub(super) static NOTHING_AT_ALL: Policy = policy! { deny * on *; };
pub(super) static START_BUT_NOT_STOP: Policy = policy! {
    allow ecs::StartInstance on *;
    allow ecs::StopInstance on *;
    deny ecs::StopInstance on *;
};
pub(super) static STOP_FROM_OFFICE: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in "192.0.2.0/24";
};
pub(super) static NO_ATTACH_DISK: Policy = policy! {
    deny ecs::AttachDisk on "acs:ecs:*:*:disk/*";
};

pub(super) static ASSUME: Policy = policy! { allow sts::AssumeRole on *; };
pub(super) static NO_ASSUME: Policy = policy! { deny sts::AssumeRole on *; };

pub(super) static TRUST_ACCOUNT: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:root";
};
pub(super) static TRUST_22: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::22:root";
};
pub(super) static TRUST_ALICE: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:user/alice";
};
pub(super) static TRUST_OPS: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:role/ops";
};
pub(super) static TRUST_ALL_BUT_ALICE: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:root";
    deny sts::AssumeRole by ram "acs:ram::11:user/alice";
};
pub(super) static DISTRUST_ACCOUNT: TrustPolicy = trust_policy! {
    deny sts::AssumeRole by ram "acs:ram::11:root";
};
pub(super) static TRUST_ECS: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com";
};
pub(super) static TRUST_ECS_OR_ALICE: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com", ram "acs:ram::11:user/alice";
};
pub(super) static TRUST_OKTA: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated ["acs:ram::11:saml-provider/okta"]
        when saml::recipient == "https://signin.alibabacloud.com/saml-role/sso";
};
pub(super) static TRUST_KEYCLOAK: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated ["acs:ram::11:oidc-provider/keycloak"]
        when oidc::iss == "https://id.example.com/realms/main"
        and oidc::aud == ["web-client", "cli-client"]
        and oidc::sub like "system:serviceaccount:shop:*";
};
