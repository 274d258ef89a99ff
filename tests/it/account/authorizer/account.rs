//! The policies of a user and its groups, or of a role.

use ram_policy::{Policy, policy};

use super::INSTANCE;
use super::answer::{ACCOUNT, allow, deny, nothing};
use super::callers::{ALICE, OPS};
use super::policies::{
    ALL, DISTRUST_ACCOUNT, ECS, NO_DELETE, NO_ECS, NO_OSS, NO_STOP, START, START_BUT_NOT_STOP,
    STOP, STOP_FROM_OFFICE, TRUST_ACCOUNT,
};

static ECS_BUT_RAM: Policy = policy! { allow * except ram::* on *; };
static NO_STOP_FROM_ELSEWHERE: Policy = policy! {
    deny ecs::StopInstance on * when acs::SourceIp not in "192.0.2.0/24";
};

rows! {
    each: {} "ecs:StopInstance" on INSTANCE;
    account_user_allows: ALICE { policies: [STOP] } => allow(ACCOUNT, 0, 0);
    account_role_allows: OPS { policies: [STOP] } => allow(ACCOUNT, 0, 0);
    account_another_action: ALICE { policies: [STOP] } "ecs:StartInstance" on INSTANCE
        => nothing(ACCOUNT);
    account_group_denies_what_the_user_allows: ALICE { policies: [STOP, NO_ECS] }
        => deny(ACCOUNT, 1, 0);
    account_user_denies_what_groups_allow: ALICE { policies: [NO_STOP, ECS, ALL] }
        => deny(ACCOUNT, 0, 0);
    account_role_denies: OPS { policies: [ALL, NO_OSS, NO_STOP] } => deny(ACCOUNT, 2, 0);
    account_groups_add_up: ALICE { policies: [START, STOP] } => allow(ACCOUNT, 1, 0);
    account_first_that_allows_is_named: ALICE { policies: [START, STOP, ECS, ALL] }
        => allow(ACCOUNT, 1, 0);
    account_first_that_denies_is_named: ALICE { policies: [ALL, START, NO_STOP, NO_ECS] }
        => deny(ACCOUNT, 2, 0);
    account_deny_within_one_policy: ALICE { policies: [START_BUT_NOT_STOP] }
        => deny(ACCOUNT, 0, 2);
    account_deny_of_another_action: ALICE { policies: [NO_DELETE, ECS] } => allow(ACCOUNT, 1, 0);
    account_not_action_does_not_deny: ALICE { policies: [ECS_BUT_RAM, ALL] }
        "ram:CreateUser" on "acs:ram:*:11:user/*" => allow(ACCOUNT, 1, 0);
    account_not_action_alone: ALICE { policies: [ECS_BUT_RAM] }
        "ram:CreateUser" on "acs:ram:*:11:user/*" => nothing(ACCOUNT);
    account_condition_holds: ALICE { policies: [STOP_FROM_OFFICE] }
        with ["acs:SourceIp" = "192.0.2.7"] => allow(ACCOUNT, 0, 0);
    account_condition_without_its_key: ALICE { policies: [STOP_FROM_OFFICE] } => nothing(ACCOUNT);
    account_negated_condition_of_a_denial_without_its_key: ALICE {
        policies: [ECS, NO_STOP_FROM_ELSEWHERE]
    } => deny(ACCOUNT, 1, 0);
    account_negated_condition_of_a_denial: ALICE { policies: [ECS, NO_STOP_FROM_ELSEWHERE] }
        with ["acs:SourceIp" = "192.0.2.7"] => allow(ACCOUNT, 0, 0);
    account_action_in_any_case_of_letters: ALICE { policies: [ECS, NO_STOP] }
        "ECS:stopinstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    account_action_of_no_catalogue: ALICE { policies: [NO_OSS, ALL] }
        "bss:DescribeSomething" on "*" => allow(ACCOUNT, 1, 0);
    account_trust_policies_say_nothing_of_other_actions: ALICE { trust: TRUST_ACCOUNT }
        => nothing(ACCOUNT);
    account_distrust_says_nothing_of_other_actions: ALICE {
        policies: [ECS], trust: DISTRUST_ACCOUNT
    } => allow(ACCOUNT, 0, 0);
}
