//! Who owns what: root users, and what belongs to another account.

use ram_policy::Outcome::{Allow, ImplicitDeny};

use super::answer::{ACCOUNT, deny, nothing, without_policy};
use super::callers::{ALICE, ROOT, ROOT_OF_22};
use super::policies::{ALL, ECS, NO_ECS, NOTHING_AT_ALL, TRUST_22, TRUST_ACCOUNT};
use super::{DISK, INSTANCE, WEB};

// The owner of an account.
rows! {
    each: {} "ecs:StopInstance" on INSTANCE;
    root_may_everything: ROOT {} => without_policy(Allow);
    root_of_the_owner: ROOT { owner: "11" } => without_policy(Allow);
    root_of_another_account: ROOT_OF_22 { owner: "11" } => without_policy(ImplicitDeny);
    root_of_another_account_with_policies: ROOT_OF_22 { owner: "11", policies: [ALL] }
        => without_policy(ImplicitDeny);
    root_is_not_bound_by_control_policies: ROOT { control: [[ALL], [NOTHING_AT_ALL]] }
        => without_policy(Allow);
    root_is_not_bound_without_full_access: ROOT { control: [[]] } => without_policy(Allow);
    root_is_not_bound_by_policies: ROOT {
        session: NOTHING_AT_ALL, policies: [NOTHING_AT_ALL], group: [NOTHING_AT_ALL]
    } => without_policy(Allow);
    root_asks_the_token_service_who_it_is: ROOT {} "sts:GetCallerIdentity" on "*"
        => without_policy(Allow);
    root_needs_every_resource_to_be_its_own: ROOT_OF_22 { owner: "11" }
        "ecs:AttachDisk" on [DISK, INSTANCE] => without_policy(ImplicitDeny);
    root_may_with_every_resource: ROOT {} "ecs:AttachDisk" on [DISK, INSTANCE]
        => without_policy(Allow);
}

// No role is for a root user.
rows! {
    each: { policies: [ALL], trust: TRUST_ACCOUNT } "sts:AssumeRole" on WEB;
    root_cannot_assume: ROOT {} => without_policy(ImplicitDeny);
    root_cannot_assume_in_any_case_of_letters: ROOT {} "STS:assumerole" on WEB
        => without_policy(ImplicitDeny);
    root_of_another_account_cannot_assume: ROOT_OF_22 { owner: "11", trust: TRUST_22 }
        => without_policy(ImplicitDeny);
    root_signs_on_nowhere: ROOT { policies: [] } "sts:AssumeRoleWithSAML" on WEB
        => without_policy(ImplicitDeny);
}

// The account in the ARN of a resource is its owner.
rows! {
    each: {} "ecs:StopInstance" on "acs:ecs:cn-hangzhou:22:instance/i-1";
    policies_do_not_reach_into_another_account: ALICE { policies: [ECS] } => nothing(ACCOUNT);
    a_denial_does: ALICE { policies: [NO_ECS] } => deny(ACCOUNT, 0, 0);
    root_does_not_own_what_the_arn_says_is_another_s: ROOT {} => without_policy(ImplicitDeny);
}
