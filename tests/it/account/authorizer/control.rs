//! Control policies, from the account up to the Root folder.

use ram_policy::{ControlPolicy, Policy, policy};

use super::answer::{ACCOUNT, allow, control_allows_not, control_denies, deny, nothing};
use super::callers::{ALICE, OPS};
use super::policies::{
    ALL, ASSUME, ECS, NO_ASSUME, NO_ATTACH_DISK, NO_ECS, NO_STOP, OSS, READ, START_BUT_NOT_STOP,
    TRUST_ACCOUNT,
};
use super::{DISK, INSTANCE, WEB};

static ONLY_HANGZHOU: Policy = policy! { allow ecs::* on "acs:ecs:cn-hangzhou:*:*"; };
static NO_BEIJING: Policy = policy! { deny ecs::* on "acs:ecs:cn-beijing:*:*"; };
static NOTHING_BUT_OPS: Policy = policy! {
    deny * on * when acs::PrincipalARN not like "acs:ram:*:*:role/ops";
};

rows! {
    each: { policies: [ECS] } "ecs:StopInstance" on INSTANCE;
    control_all_levels_allow: ALICE { control: [[ALL], [ALL], [ALL]] } => allow(ACCOUNT, 0, 0);
    control_grants_nothing: ALICE { control: [[ALL], [ALL], [ALL]], policies: [] }
        => nothing(ACCOUNT);
    control_implicit_at_the_account: ALICE { control: [[OSS], [ALL], [ALL]] }
        => control_allows_not(0);
    control_implicit_at_a_folder: ALICE { control: [[ALL], [OSS], [ALL]] }
        => control_allows_not(1);
    control_implicit_at_the_root_folder: ALICE { control: [[ALL], [ALL], [OSS]] }
        => control_allows_not(2);
    control_explicit_at_the_account: ALICE { control: [[ALL, NO_ECS], [ALL], [ALL]] }
        => control_denies(0, 1, 0);
    control_explicit_at_a_folder: ALICE { control: [[ALL], [NO_ECS, ALL], [ALL]] }
        => control_denies(1, 0, 0);
    control_explicit_at_the_root_folder: ALICE {
        control: [[ALL], [ALL], [ALL, READ, START_BUT_NOT_STOP]]
    } => control_denies(2, 2, 2);
    control_reports_the_lowest_level: ALICE { control: [[ALL], [ALL, NO_STOP], [ALL, NO_ECS]] }
        => control_denies(1, 1, 0);
    control_implicit_below_explicit: ALICE { control: [[OSS], [ALL, NO_ECS]] }
        => control_allows_not(0);
    control_without_any_policy_on_a_node: ALICE { control: [[ALL], [], [ALL]] }
        => control_allows_not(1);
    control_denial_without_full_access: ALICE { control: [[NO_BEIJING]] } => control_allows_not(0);
    control_denial_beside_full_access: ALICE { control: [[ALL, NO_BEIJING]] }
        => allow(ACCOUNT, 0, 0);
    control_denies_a_region: ALICE { control: [[ALL, NO_BEIJING]] }
        "ecs:StopInstance" on "acs:ecs:cn-beijing:11:instance/i-1" => control_denies(0, 1, 0);
    control_levels_intersect: ALICE { control: [[ECS], [ONLY_HANGZHOU]], policies: [ALL] }
        => allow(ACCOUNT, 0, 0);
    control_levels_intersect_elsewhere: ALICE { control: [[ECS], [ONLY_HANGZHOU]], policies: [ALL] }
        "ecs:StopInstance" on "acs:ecs:cn-beijing:11:instance/i-1" => control_allows_not(1);
    control_comes_before_the_user: ALICE { control: [[OSS]], policies: [NO_ECS] }
        => control_allows_not(0);
    control_comes_before_the_session: OPS { control: [[ALL, NO_STOP]], session: OSS }
        => control_denies(0, 1, 0);
    control_user_still_denies: ALICE { control: [[ALL]], policies: [ECS, NO_STOP] }
        => deny(ACCOUNT, 1, 0);
    control_binds_roles: OPS { control: [[ALL, NO_STOP]] } => control_denies(0, 1, 0);
    control_binds_who_assumes: ALICE {
        control: [[ALL, NO_ASSUME]], policies: [ASSUME], trust: TRUST_ACCOUNT
    } "sts:AssumeRole" on WEB => control_denies(0, 1, 0);
    control_binds_resource_groups: ALICE { control: [[ALL, NO_ECS]], policies: [], group: [ECS] }
        => control_denies(0, 1, 0);
    control_except_for_a_role: OPS { control: [[ALL, NOTHING_BUT_OPS]] }
        with ["acs:PrincipalARN" = "acs:ram::11:role/ops"] => allow(ACCOUNT, 0, 0);
    control_except_for_another: ALICE { control: [[ALL, NOTHING_BUT_OPS]] }
        with ["acs:PrincipalARN" = "acs:ram::11:user/alice"] => control_denies(0, 1, 0);
    control_who_asks_is_not_said_by_the_request: ALICE { control: [[ALL, NOTHING_BUT_OPS]] }
        with ["acs:PrincipalARN" = "acs:ram::11:role/ops"] => control_denies(0, 1, 0);
    control_on_one_of_two_resources: ALICE { control: [[ALL, NO_ATTACH_DISK]] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => control_denies(0, 1, 0);
}

#[test]
fn full_access_is_everything_on_everything() {
    assert_eq!(ControlPolicy::full_aliyun_access().policy(), &ALL);
}
