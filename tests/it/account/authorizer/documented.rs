//! What RAM's documents say of the whole flow, with names of our own.

use ram_policy::Outcome::Allow;
use ram_policy::{Policy, policy};

use super::answer::{
    ACCOUNT, GROUP, SESSION, TRUST, allow, control_allows_not, control_denies, deny, nothing,
    without_policy,
};
use super::callers::{ALICE, ALICE_OF_22, BOB, KEYCLOAK, OKTA, OPS, OPS_ADMIN, ROOT};
use super::policies::{
    ALL, ASSUME, ECS, NO_DELETE, NO_ECS, OSS, READ, TRUST_ACCOUNT, TRUST_ALICE, TRUST_ECS,
    TRUST_KEYCLOAK, TRUST_OKTA,
};
use super::{INSTANCE, ISSUER, OBJECT, RECIPIENT, SUBJECT, WEB};

static ECS_AND_VPC: Policy = policy! { allow ecs::*, vpc::* on *; };
/// Regions for ECS and RDS, and roles that are exempt.
static REGIONS: Policy = policy! {
    allow ecs::*, rds::* on ["acs:*:*cn-shenzhen*:*:*", "acs:*:*cn-chengdu*:*:*"];
    allow * on * when acs::PrincipalARN like ["acs:ram:*:*:role/ops-admin-*"];
};
/// Shares with three targets alone.
static SHARES: Policy = policy! {
    #![unlisted("resourcesharing:AssociateResourceShare", "resourcesharing:CreateResourceShare")]
    deny ["resourcesharing:AssociateResourceShare", "resourcesharing:CreateResourceShare"] on *
        when "resourcesharing:Target" not like [
            "rd-aa1/r-bb2/*",
            "rd-aa1/r-bb2",
            "3300000000000033",
        ];
};

// Resource Sharing: a control policy that limits the targets.
rows! {
    each: { control: [[ALL, SHARES]], policies: [ALL] }
        "resourcesharing:CreateResourceShare" on "*";
    v27_share_with_a_listed_account: ALICE {}
        with ["resourcesharing:Target" = "3300000000000033"] => allow(ACCOUNT, 0, 0);
    v27_share_with_another_account: ALICE {}
        with ["resourcesharing:Target" = "1111"] => control_denies(0, 1, 0);
    v27_share_with_a_listed_folder: ALICE {} "resourcesharing:AssociateResourceShare" on "*"
        with ["resourcesharing:Target" = "rd-aa1/r-bb2/fd-1"] => allow(ACCOUNT, 0, 0);
}

// Resource Management: Languages of access control policies.
rows! {
    each: { control: [[REGIONS]], policies: [ECS_AND_VPC] } "ecs:StopInstance" on INSTANCE;
    v28_listed_service_and_region: ALICE {}
        "ecs:StopInstance" on "acs:ecs:cn-shenzhen:11:instance/i-1" => allow(ACCOUNT, 0, 0);
    v28_service_is_not_listed: ALICE {}
        "vpc:AllocateEipAddress" on "acs:vpc:cn-shenzhen:11:eip/*" => control_allows_not(0);
    v28_user_is_not_allowed: ALICE {}
        "rds:DescribeDBInstances" on "acs:rds:cn-shenzhen:11:dbinstance/*" => nothing(ACCOUNT);
    v28_region_is_not_listed: ALICE {} => control_allows_not(0);
}
rows! {
    each: { control: [[REGIONS]], policies: [ALL] }
        "vpc:AllocateEipAddress" on "acs:vpc:cn-hangzhou:11:eip/*";
    v29_exempt_role: OPS_ADMIN {} => allow(ACCOUNT, 0, 0);
    v29_another_role: OPS {} => control_allows_not(0);
    v29_a_request_cannot_say_who_asks: OPS {}
        with ["acs:PrincipalARN" = "acs:ram::11:role/ops-admin-1"] => control_allows_not(0);
    v30_root_is_not_bound: ROOT { policies: [] } => without_policy(Allow);
}

// RAM: How RAM evaluates policies.
rows! {
    each: {} "ecs:StopInstance" on INSTANCE;
    v01_nothing_is_allowed_by_default: ALICE {} => nothing(ACCOUNT);
    v31_group_allows: ALICE { policies: [ECS] } "ecs:DeleteInstance" on INSTANCE
        => allow(ACCOUNT, 0, 0);
    v31_user_denies_what_its_group_allows: ALICE { policies: [ECS, NO_DELETE] }
        "ecs:DeleteInstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    v32_account_level_ends_it: ALICE { policies: [ECS], group: [NO_ECS] } => allow(ACCOUNT, 0, 0);
    v32_account_level_ends_it_not: ALICE { policies: [ECS], group: [NO_ECS], rule: DenyOverrides }
        => deny(GROUP, 0, 0);
    v33_resource_group_allows: ALICE { group: [ECS] } => allow(GROUP, 0, 0);
    // For a resource outside the group, the group's policies are not there.
    v33_outside_the_resource_group: ALICE {} => nothing(ACCOUNT);
}

// STS: AssumeRole.
rows! {
    each: { session: READ, policies: [OSS] } "oss:GetObject" on OBJECT;
    v34_session_allows: OPS {} => allow(ACCOUNT, 0, 0);
    v34_session_allows_not: OPS {} "oss:PutObject" on OBJECT => nothing(SESSION);
    v35_session_grants_nothing: OPS { session: ECS } "ecs:StopInstance" on INSTANCE
        => nothing(ACCOUNT);
}

// RAM: Policy evaluation process of assuming a RAM role.
rows! {
    each: { policies: [ASSUME], trust: TRUST_ACCOUNT } "sts:AssumeRole" on WEB;
    v36_both_sides_allow: ALICE {} => allow(TRUST, 0, 0);
    v36_user_is_not_allowed: ALICE { policies: [] } => nothing(ACCOUNT);
    v36_user_of_another_account: ALICE_OF_22 { owner: "11" } => nothing(TRUST);
    v37_another_user: BOB { trust: TRUST_ALICE } => nothing(TRUST);
    v38_role_of_a_service: ALICE { trust: TRUST_ECS } => nothing(TRUST);
}

// RAM: Create a RAM role for a trusted IdP.
rows! {
    each: { trust: TRUST_OKTA } "sts:AssumeRoleWithSAML" on WEB;
    v39_right_recipient: OKTA {} with ["saml:recipient" = RECIPIENT] => allow(TRUST, 0, 0);
    v39_wrong_recipient: OKTA {}
        with ["saml:recipient" = "https://signin.example.com/saml-role/sso"] => nothing(TRUST);
}
rows! {
    each: { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB;
    v40_right_issuer_and_client: KEYCLOAK {}
        with ["oidc:iss" = ISSUER, "oidc:aud" = "web-client", "oidc:sub" = SUBJECT]
        => allow(TRUST, 0, 0);
    v40_another_client: KEYCLOAK {}
        with ["oidc:iss" = ISSUER, "oidc:aud" = "other-client", "oidc:sub" = SUBJECT]
        => nothing(TRUST);
}
