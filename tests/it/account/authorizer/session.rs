//! The session policy of a role.

use super::answer::{ACCOUNT, GROUP, SESSION, TRUST, allow, deny, nothing};
use super::callers::OPS;
use super::policies::{
    ALL, ASSUME, ECS, NO_ASSUME, NO_ECS, NO_STOP, START, START_BUT_NOT_STOP, STOP,
    STOP_FROM_OFFICE, TRUST_ALICE, TRUST_OPS,
};
use super::{INSTANCE, WEB};

rows! {
    each: { policies: [ECS] } "ecs:StopInstance" on INSTANCE;
    session_and_role_allow: OPS { session: ECS, policies: [STOP] } => allow(ACCOUNT, 0, 0);
    session_denies: OPS { session: NO_STOP } => deny(SESSION, 0, 0);
    session_denies_what_it_allows: OPS { session: START_BUT_NOT_STOP } => deny(SESSION, 0, 2);
    session_allows_the_rest: OPS { session: START_BUT_NOT_STOP }
        "ecs:StartInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    session_allows_not: OPS { session: START } => nothing(SESSION);
    session_comes_before_the_role: OPS { session: START, policies: [NO_ECS] } => nothing(SESSION);
    session_grants_nothing_to_a_role_without_policies: OPS { session: ALL, policies: [] }
        => nothing(ACCOUNT);
    session_does_not_undo_a_denial: OPS { session: ALL, policies: [ECS, NO_STOP] }
        => deny(ACCOUNT, 1, 0);
    session_narrows_a_resource_group: OPS { session: START, policies: [], group: [ECS] }
        => nothing(SESSION);
    session_and_resource_group_allow: OPS { session: STOP, policies: [], group: [ECS] }
        => allow(GROUP, 0, 0);
    session_condition_holds: OPS { session: STOP_FROM_OFFICE }
        with ["acs:SourceIp" = "192.0.2.7"] => allow(ACCOUNT, 0, 0);
    session_condition_holds_not: OPS { session: STOP_FROM_OFFICE }
        with ["acs:SourceIp" = "198.51.100.7"] => nothing(SESSION);
}

rows! {
    each: { policies: [ASSUME], trust: TRUST_OPS } "sts:AssumeRole" on WEB;
    session_allows_to_assume: OPS { session: ASSUME } => allow(TRUST, 0, 0);
    session_allows_not_to_assume: OPS { session: ECS } => nothing(SESSION);
    session_denies_to_assume: OPS { session: NO_ASSUME } => deny(SESSION, 0, 0);
    session_allows_what_trust_does_not: OPS { session: ALL, trust: TRUST_ALICE } => nothing(TRUST);
}
