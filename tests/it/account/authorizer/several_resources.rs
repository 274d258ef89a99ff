//! Actions that need several resources (ECS: Authentication rules).

use ram_policy::Outcome::ImplicitDeny;
use ram_policy::{Policy, policy};

use super::answer::{ACCOUNT, GROUP, SESSION, allow, deny, nothing, without_policy};
use super::callers::{ALICE, OPS, ROOT};
use super::policies::{ALL, ECS, NO_ATTACH_DISK};
use super::{DISK, INSTANCE};

static ATTACH_TO_INSTANCE: Policy = policy! {
    allow ecs::AttachDisk on "acs:ecs:*:*:instance/*";
};
static ATTACH_DISK: Policy = policy! { allow ecs::AttachDisk on "acs:ecs:*:*:disk/*"; };

rows! {
    each: {} "ecs:AttachDisk" on [INSTANCE, DISK];
    every_resource_is_allowed: ALICE { policies: [ATTACH_TO_INSTANCE, ATTACH_DISK] }
        => allow(ACCOUNT, 1, 0);
    every_resource_by_one_policy: ALICE { policies: [ECS] } => allow(ACCOUNT, 0, 0);
    last_resource_is_missing: ALICE { policies: [ATTACH_TO_INSTANCE] } => nothing(ACCOUNT);
    first_resource_is_missing: ALICE { policies: [ATTACH_DISK] } => nothing(ACCOUNT);
    one_resource_is_denied: ALICE { policies: [ECS, NO_ATTACH_DISK] } => deny(ACCOUNT, 1, 0);
    first_resource_is_denied: ALICE { policies: [ECS, NO_ATTACH_DISK] }
        "ecs:AttachDisk" on [DISK, INSTANCE] => deny(ACCOUNT, 1, 0);
    one_resource_by_its_group: ALICE { policies: [ATTACH_TO_INSTANCE], group: [ATTACH_DISK] }
        => allow(GROUP, 0, 0);
    no_resource_at_all: ALICE { policies: [ALL] } "ecs:AttachDisk" on []
        => without_policy(ImplicitDeny);
    root_with_no_resource_at_all: ROOT {} "ecs:AttachDisk" on [] => without_policy(ImplicitDeny);
    one_resource_of_many: OPS { session: ATTACH_TO_INSTANCE, policies: [ECS] }
        => nothing(SESSION);
}
