//! Who asks, and which ARN names whom.

use ram_policy::{ArnError, Caller};

// Accounts 11 and 22; roles and resources are those of 11.
pub(super) const ROOT: Caller<'static> = Caller::Root { account: "11" };
pub(super) const ROOT_OF_22: Caller<'static> = Caller::Root { account: "22" };
pub(super) const ALICE: Caller<'static> = Caller::User { account: "11", name: "alice" };
pub(super) const BOB: Caller<'static> = Caller::User { account: "11", name: "bob" };
pub(super) const ICE: Caller<'static> = Caller::User { account: "11", name: "ice" };
pub(super) const USER_OPS: Caller<'static> = Caller::User { account: "11", name: "ops" };
pub(super) const ALICE_OF_22: Caller<'static> = Caller::User { account: "22", name: "alice" };
pub(super) const OPS: Caller<'static> = Caller::Role { account: "11", name: "ops" };
pub(super) const OPS_IN_CAPITALS: Caller<'static> = Caller::Role { account: "11", name: "Ops" };
pub(super) const OPS_ADMIN: Caller<'static> = Caller::Role { account: "11", name: "ops-admin-1" };
pub(super) const OPS_OF_22: Caller<'static> = Caller::Role { account: "22", name: "ops" };
pub(super) const ROLE_ALICE: Caller<'static> = Caller::Role { account: "11", name: "alice" };
pub(super) const ECS_SERVICE: Caller<'static> = Caller::Service { principal: "ecs.aliyuncs.com" };
pub(super) const FC_SERVICE: Caller<'static> = Caller::Service { principal: "fc.aliyuncs.com" };
pub(super) const OKTA: Caller<'static> =
    Caller::Federated { provider: "acs:ram::11:saml-provider/okta" };
pub(super) const OKTA_OF_22: Caller<'static> =
    Caller::Federated { provider: "acs:ram::22:saml-provider/okta" };
pub(super) const KEYCLOAK: Caller<'static> =
    Caller::Federated { provider: "acs:ram::11:oidc-provider/keycloak" };

/// Writes one test a row: `name: "ARN" => caller or error;`.
macro_rules! callers {
    ($($name:ident: $text:literal => $expected:expr;)*) => {
        $(#[test]
        fn $name() {
            assert_eq!(Caller::from_arn($text), $expected);
        })*
    };
}

callers! {
    arn_of_root: "acs:ram::11:root" => Ok(ROOT);
    arn_of_a_user: "acs:ram::11:user/alice" => Ok(ALICE);
    arn_of_a_user_with_every_character: "acs:ram::11:user/al.i_c-e1"
        => Ok(Caller::User { account: "11", name: "al.i_c-e1" });
    arn_of_a_role: "acs:ram::11:role/ops" => Ok(OPS);
    arn_of_a_role_keeps_case: "acs:ram::11:role/Ops" => Ok(OPS_IN_CAPITALS);
    arn_of_a_session: "acs:ram::11:role/ops/monday" => Ok(OPS);
    arn_of_an_assumed_role: "acs:ram::11:assumed-role/ops/monday" => Ok(OPS);
    arn_of_a_session_in_the_token_service: "acs:sts::11:assumed-role/ops/monday" => Ok(OPS);
    arn_of_a_session_with_an_address: "acs:ram::11:role/ops/alice@example.com" => Ok(OPS);
    arn_of_another_account: "acs:ram::22:user/alice" => Ok(ALICE_OF_22);

    not_an_arn: "alice" => Err(ArnError::Prefix);
    not_an_arn_but_empty: "" => Err(ArnError::Prefix);
    not_an_arn_but_a_star: "*" => Err(ArnError::Prefix);
    not_an_arn_of_this_cloud: "arn:sts::11:assumed-role/ops/monday" => Err(ArnError::Prefix);
    not_in_lower_case: "ACS:ram::11:root" => Err(ArnError::Prefix);
    not_without_blank: " acs:ram::11:root" => Err(ArnError::Prefix);
    no_region_field: "acs:ram:11:root" => Err(ArnError::MissingField);
    no_relative_id_field: "acs:ram::11" => Err(ArnError::MissingField);
    no_service: "acs:::11:root" => Err(ArnError::Service);
    of_a_region: "acs:ram:cn-hangzhou:11:root" => Err(ArnError::NotACaller);
    of_the_system_account: "acs:ram::system:root" => Err(ArnError::NotACaller);
    of_root_in_the_token_service: "acs:sts::11:root" => Err(ArnError::NotACaller);
    of_a_user_with_a_slash: "acs:ram::11:user/a/b" => Err(ArnError::NotACaller);
    of_any_user: "acs:ram::11:user/*" => Err(ArnError::NotACaller);
    of_a_session_of_a_session: "acs:ram::11:role/ops/a/b" => Err(ArnError::NotACaller);
    of_a_session_without_name: "acs:ram::11:role/ops/" => Err(ArnError::NotACaller);
    of_an_instance: "acs:ecs:cn-hangzhou:11:instance/i-1" => Err(ArnError::NotACaller);
    of_any_service: "acs:*::11:root" => Err(ArnError::Service);
    of_any_region: "acs:ram:*:11:root" => Err(ArnError::Region);
    of_no_account: "acs:ram:::root" => Err(ArnError::Account);
    of_any_account: "acs:ram::*:root" => Err(ArnError::Account);
    of_a_masked_account: "acs:ram::12345678****1234:root" => Err(ArnError::Account);
    of_an_account_with_a_name: "acs:ram::example:root" => Err(ArnError::Account);
    of_nobody: "acs:ram::11:" => Err(ArnError::EmptyRelativeId);
    of_a_user_without_name: "acs:ram::11:user/" => Err(ArnError::NotACaller);
    of_a_role_without_name: "acs:ram::11:role/" => Err(ArnError::NotACaller);
    of_a_session_without_role: "acs:ram::11:role//monday" => Err(ArnError::NotACaller);
    of_an_assumed_role_without_name: "acs:ram::11:assumed-role/" => Err(ArnError::NotACaller);
    of_a_user_with_a_line_feed: "acs:ram::11:user/alice\n" => Err(ArnError::ControlCharacter);
}

/// What is neither root, user nor role is nobody who asks, whatever the error.
#[test]
fn arns_of_others_are_refused() {
    for text in [
        "acs:ram::11:group/admins",
        "acs:ram::11:policy/ops",
        "acs:ram::11:saml-provider/okta",
        "acs:ram::11:oidc-provider/keycloak",
        "acs:ram::11:mfa/alice",
        "acs:ram::11:user",
        "acs:ram::11:role",
        "acs:ram::11:rooted",
        "acs:ram::11:root/",
        "acs:ram::11:Root",
        "acs:ram::11:User/alice",
        "acs:ram::11:/user/alice",
        "acs:ram::11:*",
    ] {
        assert!(Caller::from_arn(text).is_err(), "{text}");
    }
}

#[test]
fn callers_have_an_account_or_none() {
    assert_eq!(ROOT.account(), Some("11"));
    assert_eq!(ALICE_OF_22.account(), Some("22"));
    assert_eq!(OPS.account(), Some("11"));
    assert_eq!(ECS_SERVICE.account(), None);
    assert_eq!(OKTA.account(), None);
}
