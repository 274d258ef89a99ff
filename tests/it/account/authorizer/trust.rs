//! Whom a trust policy covers: accounts, users and roles.

use ram_policy::{TrustPolicy, trust_policy};

use super::WEB;
use super::answer::{ACCOUNT, TRUST, allow, deny, nothing};
use super::callers::{
    ALICE, ALICE_OF_22, BOB, ICE, OPS, OPS_IN_CAPITALS, OPS_OF_22, ROLE_ALICE, USER_OPS,
};
use super::policies::{
    ASSUME, DISTRUST_ACCOUNT, TRUST_22, TRUST_ACCOUNT, TRUST_ALICE, TRUST_ALL_BUT_ALICE,
    TRUST_ECS_OR_ALICE, TRUST_OPS,
};

static TRUST_ALICE_OF_22: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram ["acs:ram::22:user/alice"];
};
static TRUST_BOB_THEN_ALICE: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:user/bob";
    allow sts::AssumeRole by ram ["acs:ram::22:root", "acs:ram::11:user/alice"];
};
static TRUST_WITH_MFA: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:root" when acs::MFAPresent == true;
};
static DISTRUST_PLAIN_TEXT: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:root";
    deny sts::AssumeRole by ram "acs:ram::11:root" when acs::SecureTransport == false;
};

rows! {
    each: { policies: [ASSUME] } "sts:AssumeRole" on WEB;
    trust_in_an_account_covers_its_users: BOB { trust: TRUST_ACCOUNT } => allow(TRUST, 0, 0);
    trust_in_an_account_covers_its_roles: OPS { trust: TRUST_ACCOUNT } => allow(TRUST, 0, 0);
    trust_in_an_account_covers_no_other: OPS_OF_22 { owner: "11", trust: TRUST_ACCOUNT }
        => nothing(TRUST);
    trust_in_another_account: ALICE_OF_22 { owner: "11", trust: TRUST_22 } => allow(TRUST, 0, 0);
    trust_in_another_account_covers_its_roles: OPS_OF_22 { owner: "11", trust: TRUST_22 }
        => allow(TRUST, 0, 0);
    trust_in_another_account_covers_not_its_own: ALICE { trust: TRUST_22 } => nothing(TRUST);
    trust_in_another_account_needs_the_other_side: ALICE_OF_22 {
        owner: "11", policies: [], trust: TRUST_22
    } => nothing(ACCOUNT);
    trust_in_a_user_of_another_account: ALICE_OF_22 { owner: "11", trust: TRUST_ALICE_OF_22 }
        => allow(TRUST, 0, 0);
    trust_in_a_user_of_the_same_name: ALICE { trust: TRUST_ALICE_OF_22 } => nothing(TRUST);
    trust_in_a_user_covers_no_role_of_its_name: ROLE_ALICE { trust: TRUST_ALICE }
        => nothing(TRUST);
    trust_in_a_role_covers_no_user_of_its_name: USER_OPS { trust: TRUST_OPS } => nothing(TRUST);
    trust_in_a_user_whose_name_ends_alike: ICE { trust: TRUST_ALICE } => nothing(TRUST);
    trust_in_a_role: OPS { trust: TRUST_OPS } => allow(TRUST, 0, 0);
    trust_in_a_role_of_another_account: OPS_OF_22 { owner: "11", trust: TRUST_OPS }
        => nothing(TRUST);
    trust_in_a_role_minds_case: OPS_IN_CAPITALS { trust: TRUST_OPS } => nothing(TRUST);
    trust_in_one_of_several: ALICE { trust: TRUST_BOB_THEN_ALICE } => allow(TRUST, 0, 1);
    trust_in_several_types: ALICE { trust: TRUST_ECS_OR_ALICE } => allow(TRUST, 0, 0);
    trust_denies_one_and_allows_the_rest: BOB { trust: TRUST_ALL_BUT_ALICE } => allow(TRUST, 0, 0);
    trust_denies_a_whole_account: OPS { trust: DISTRUST_ACCOUNT } => deny(TRUST, 0, 0);
    trust_denies_no_other_account: ALICE_OF_22 { owner: "11", trust: DISTRUST_ACCOUNT }
        => nothing(TRUST);
    trust_condition_holds: ALICE { trust: TRUST_WITH_MFA }
        with ["acs:MFAPresent" = "true"] => allow(TRUST, 0, 0);
    trust_condition_holds_not: ALICE { trust: TRUST_WITH_MFA }
        with ["acs:MFAPresent" = "false"] => nothing(TRUST);
    trust_condition_without_its_key: ALICE { trust: TRUST_WITH_MFA } => nothing(TRUST);
    trust_condition_of_a_denial_holds: ALICE { trust: DISTRUST_PLAIN_TEXT }
        with ["acs:SecureTransport" = "false"] => deny(TRUST, 0, 1);
    trust_condition_of_a_denial_holds_not: ALICE { trust: DISTRUST_PLAIN_TEXT }
        with ["acs:SecureTransport" = "true"] => allow(TRUST, 0, 0);
}
