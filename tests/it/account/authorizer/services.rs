//! Roles that services assume.

use ram_policy::{TrustPolicy, trust_policy};

use super::answer::{TRUST, allow, deny, nothing};
use super::callers::{ECS_SERVICE, FC_SERVICE, OKTA, OPS};
use super::policies::{ALL, TRUST_ACCOUNT, TRUST_ECS, TRUST_ECS_OR_ALICE};
use super::{INSTANCE, RECIPIENT, WEB};

static TRUST_ECS_AND_FC: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service ["ecs.aliyuncs.com", "fc.aliyuncs.com"];
};
static DISTRUST_FC: TrustPolicy = trust_policy! {
    deny sts::AssumeRole by service "fc.aliyuncs.com";
    allow sts::AssumeRole by service ["ecs.aliyuncs.com", "fc.aliyuncs.com"];
};
static TRUST_ECS_OF_OPS: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com" when acs::PrincipalARN == "acs:ram::11:role/ops";
};

rows! {
    each: {} "sts:AssumeRole" on WEB;
    service_is_trusted: ECS_SERVICE { trust: TRUST_ECS } => allow(TRUST, 0, 0);
    service_is_one_of_two: FC_SERVICE { trust: TRUST_ECS_AND_FC } => allow(TRUST, 0, 0);
    service_beside_a_user: ECS_SERVICE { trust: TRUST_ECS_OR_ALICE } => allow(TRUST, 0, 0);
    service_has_no_arn_whatever_the_request_says: ECS_SERVICE { trust: TRUST_ECS_OF_OPS }
        with ["acs:PrincipalARN" = "acs:ram::11:role/ops"] => nothing(TRUST);
    service_is_another: FC_SERVICE { trust: TRUST_ECS } => nothing(TRUST);
    service_is_denied: FC_SERVICE { trust: DISTRUST_FC } => deny(TRUST, 0, 0);
    service_beside_one_that_is_denied: ECS_SERVICE { trust: DISTRUST_FC } => allow(TRUST, 0, 1);
    service_is_no_account: ECS_SERVICE { trust: TRUST_ACCOUNT } => nothing(TRUST);
    service_without_trust_policy: ECS_SERVICE { policies: [ALL] } => nothing(TRUST);
    service_does_nothing_else: ECS_SERVICE { policies: [ALL], trust: TRUST_ECS }
        "ecs:StopInstance" on INSTANCE => nothing(TRUST);
    service_role_is_not_for_a_role: OPS { policies: [ALL], trust: TRUST_ECS } => nothing(TRUST);
    service_role_is_not_for_an_identity_provider: OKTA { trust: TRUST_ECS }
        "sts:AssumeRoleWithSAML" on WEB with ["saml:recipient" = RECIPIENT] => nothing(TRUST);
}
