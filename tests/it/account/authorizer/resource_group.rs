//! Policies granted for a resource group.

use ram_policy::{Policy, policy};

use super::answer::{ACCOUNT, GROUP, TRUST, allow, deny, nothing};
use super::callers::{ALICE, OPS};
use super::policies::{
    ALL, ASSUME, ECS, NO_ASSUME, NO_DELETE, NO_ECS, NO_STOP, OSS, START, STOP, TRUST_ACCOUNT,
};
use super::{INSTANCE, WEB};

static GROUP_INSTANCES: Policy = policy! { allow ecs::* on "acs:ecs:*:*:instance/i-1"; };

rows! {
    each: {} "ecs:StopInstance" on INSTANCE;
    group_denies_alone: ALICE { group: [NO_ECS] } => deny(GROUP, 0, 0);
    group_deny_beats_group_allow: ALICE { group: [ECS, NO_STOP] } => deny(GROUP, 1, 0);
    group_says_nothing: ALICE { group: [START] } => nothing(ACCOUNT);
    group_covers_its_resource: ALICE { policies: [START], group: [START, GROUP_INSTANCES] }
        => allow(GROUP, 1, 0);
    group_covers_no_other_resource: ALICE { group: [GROUP_INSTANCES] }
        "ecs:StopInstance" on "acs:ecs:cn-hangzhou:11:instance/i-2" => nothing(ACCOUNT);
    group_after_an_account_that_says_nothing: ALICE { policies: [OSS], group: [NO_STOP] }
        => deny(GROUP, 0, 0);
    group_does_not_undo_a_denial: ALICE { policies: [NO_STOP], group: [ALL] }
        => deny(ACCOUNT, 0, 0);
    group_of_a_role: OPS { group: [STOP] } => allow(GROUP, 0, 0);
    group_is_not_asked_when_the_account_allows: ALICE { policies: [STOP], group: [ALL] }
        => allow(ACCOUNT, 0, 0);
}

rows! {
    each: { rule: DenyOverrides } "ecs:StopInstance" on INSTANCE;
    overriding_group_allows: ALICE { group: [STOP] } => allow(GROUP, 0, 0);
    overriding_group_denies_alone: ALICE { group: [ECS, NO_STOP] } => deny(GROUP, 1, 0);
    overriding_group_says_nothing: ALICE { policies: [ECS], group: [START] }
        => allow(ACCOUNT, 0, 0);
    overriding_both_allow: ALICE { policies: [ECS], group: [ECS] } => allow(ACCOUNT, 0, 0);
    overriding_account_denies: ALICE { policies: [ECS, NO_STOP], group: [ECS] }
        => deny(ACCOUNT, 1, 0);
    overriding_both_deny: ALICE { policies: [NO_STOP], group: [NO_STOP] } => deny(ACCOUNT, 0, 0);
    overriding_nothing: ALICE { policies: [START], group: [START] } => nothing(ACCOUNT);
    overriding_denial_of_another_action: ALICE { policies: [ECS], group: [NO_DELETE] }
        => allow(ACCOUNT, 0, 0);
}

rows! {
    each: { trust: TRUST_ACCOUNT } "sts:AssumeRole" on WEB;
    group_allows_to_assume: ALICE { group: [ASSUME] } => allow(TRUST, 0, 0);
    group_denies_to_assume: ALICE { group: [NO_ASSUME] } => deny(GROUP, 0, 0);
    group_denial_to_assume_is_hidden: ALICE { policies: [ASSUME], group: [NO_ASSUME] }
        => allow(TRUST, 0, 0);
    overriding_group_denies_to_assume: ALICE {
        policies: [ASSUME], group: [NO_ASSUME], rule: DenyOverrides
    } => deny(GROUP, 0, 0);
}
