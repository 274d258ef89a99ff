//! Assuming a role: the caller's policies and the trust policy of the role, each allowing, denying,
//! saying nothing.

use ram_policy::Outcome::ImplicitDeny;
use ram_policy::{Policy, policy};

use super::answer::{ACCOUNT, TRUST, allow, deny, nothing, without_policy};
use super::callers::{ALICE, OPS};
use super::policies::{
    ALL, ASSUME, NO_ASSUME, TRUST_ACCOUNT, TRUST_ALICE, TRUST_ALL_BUT_ALICE, TRUST_OPS,
};
use super::{INSTANCE, WEB};

static ASSUME_WEB: Policy = policy! { allow sts::AssumeRole on "acs:ram:*:*:role/web"; };
static ASSUME_DB: Policy = policy! { allow sts::AssumeRole on "acs:ram:*:*:role/db"; };

rows! {
    each: {} "sts:AssumeRole" on WEB;
    assume_own_allow_trust_allow: ALICE { policies: [ASSUME_WEB], trust: TRUST_ALICE }
        => allow(TRUST, 0, 0);
    assume_own_allow_trust_deny: ALICE { policies: [ASSUME_WEB], trust: TRUST_ALL_BUT_ALICE }
        => deny(TRUST, 0, 1);
    assume_own_allow_trust_nothing: ALICE { policies: [ASSUME_WEB], trust: TRUST_OPS }
        => nothing(TRUST);
    assume_own_deny_trust_allow: ALICE { policies: [ASSUME, NO_ASSUME], trust: TRUST_ALICE }
        => deny(ACCOUNT, 1, 0);
    assume_own_deny_trust_deny: ALICE { policies: [ASSUME, NO_ASSUME], trust: TRUST_ALL_BUT_ALICE }
        => deny(ACCOUNT, 1, 0);
    assume_own_deny_trust_nothing: ALICE { policies: [NO_ASSUME], trust: TRUST_OPS }
        => deny(ACCOUNT, 0, 0);
    assume_own_nothing_trust_allow: ALICE { policies: [ASSUME_DB], trust: TRUST_ALICE }
        => nothing(ACCOUNT);
    assume_own_nothing_trust_deny: ALICE { policies: [ASSUME_DB], trust: TRUST_ALL_BUT_ALICE }
        => deny(TRUST, 0, 1);
    assume_own_nothing_trust_nothing: ALICE { policies: [ASSUME_DB], trust: TRUST_OPS }
        => nothing(ACCOUNT);

    assume_without_trust_policy: ALICE { policies: [ALL] } => nothing(TRUST);
    assume_without_anything: ALICE {} => nothing(ACCOUNT);
    assume_in_any_case_of_letters: ALICE { policies: [ASSUME] } "sts:assumerole" on WEB
        => nothing(TRUST);
    assume_from_a_session_of_a_role: OPS { policies: [ASSUME], trust: TRUST_OPS }
        => allow(TRUST, 0, 0);
    assume_from_a_role_without_policies: OPS { trust: TRUST_OPS } => nothing(ACCOUNT);
    assume_from_a_role_that_must_not: OPS { policies: [ALL, NO_ASSUME], trust: TRUST_OPS }
        => deny(ACCOUNT, 1, 0);
    only_a_role_is_assumed: ALICE { policies: [ALL], trust: TRUST_ACCOUNT }
        "sts:AssumeRole" on [INSTANCE] => without_policy(ImplicitDeny);
}
