//! Explanations of the whole decision, and of trust policies.

use std::sync::LazyLock;

use ram_policy::{
    Authorizer, Caller, ControlPolicy, Policy, Request, RequestError, SessionPolicy, TrustPolicy,
    policy, trust_policy,
};

const ACCOUNT: &str = "1234567890123456";
const ALICE: Caller<'_> = Caller::User { account: ACCOUNT, name: "alice" };
const WEB: Caller<'_> = Caller::Role { account: ACCOUNT, name: "web" };
const INSTANCE: &str = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
const ROLE: &str = "acs:ram::1234567890123456:role/web";

static OPERATORS: Policy = policy! { allow ecs::StartInstance, ecs::StopInstance on *; };
static NO_STOP: Policy = policy! { deny ecs::StopInstance on *; };
static MAY_ASSUME: Policy = policy! {
    #![allow(assume_role_anywhere)]
    allow sts::AssumeRole on *;
};
static WEB_TRUST: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::1234567890123456:user/bob";
    allow sts::AssumeRole by ram "acs:ram::1234567890123456:user/alice"
        when acs::SourceIp in "203.0.113.0/24";
};
static FULL: LazyLock<ControlPolicy> = LazyLock::new(ControlPolicy::full_aliyun_access);
static HANGZHOU: LazyLock<Option<ControlPolicy>> = LazyLock::new(|| {
    ControlPolicy::new(policy! { allow ecs::* on "acs:ecs:cn-beijing:*:*"; }).ok()
});
static READERS: LazyLock<Option<SessionPolicy>> =
    LazyLock::new(|| SessionPolicy::new(policy! { allow ecs::Describe* on *; }).ok());

macro_rules! cases {
    ($($name:ident: $authorizer:expr, $action:literal, $resource:expr => $lines:expr;)*) => {
        $(#[test]
        fn $name() -> Result<(), RequestError> {
            let request = Request::new($action, $resource)?;
            let authorizer: Authorizer<'_> = $authorizer;
            let explanation = authorizer.explain(&request);
            let lines: &[&str] = &$lines;
            assert_eq!(explanation.to_string(), lines.join("\n"));
            assert_eq!(explanation.authorization, authorizer.authorize(&request));
            Ok(())
        })*
    };
}

cases! {
    the_owner_asks_no_policy: Authorizer::new(Caller::Root { account: ACCOUNT }),
        "ecs:StopInstance", INSTANCE => ["Allow"];
    nobody_said_anything: Authorizer::new(ALICE), "ecs:StopInstance", INSTANCE => [
        "ImplicitDeny (AccountLevelIdentityBasedPolicy)",
    ];
    one_of_two_denies: Authorizer::new(ALICE).with_policies([&OPERATORS, &NO_STOP]),
        "ecs:StopInstance", INSTANCE => [
        "ExplicitDeny (AccountLevelIdentityBasedPolicy, policy 1, statement 0)",
        "AccountLevelIdentityBasedPolicy 0: Allow",
        "  statement 0: allows it",
        "AccountLevelIdentityBasedPolicy 1: ExplicitDeny",
        "  statement 0: denies it",
    ];
    the_first_control_level_ends_it: Authorizer::new(ALICE)
        .with_control_level(HANGZHOU.iter())
        .with_control_level([&*FULL])
        .with_policies([&OPERATORS]), "ecs:StopInstance", INSTANCE => [
        "ImplicitDeny (ControlPolicy, level 0)",
        "ControlPolicy 0.0: ImplicitDeny",
        "  statement 0: the action matches, `acs:ecs:cn-hangzhou:1234567890123456:instance/i-1` is not covered by `acs:ecs:cn-beijing:*:*`",
    ];
    control_levels_come_first: Authorizer::new(ALICE)
        .with_control_level([&*FULL])
        .with_policies([&OPERATORS]), "ecs:StopInstance", INSTANCE => [
        "Allow (AccountLevelIdentityBasedPolicy, policy 0, statement 0)",
        "ControlPolicy 0.0: Allow",
        "  statement 0: allows it",
        "AccountLevelIdentityBasedPolicy 0: Allow",
        "  statement 0: allows it",
    ];
    the_session_narrows: READERS
        .iter()
        .fold(Authorizer::new(WEB), Authorizer::with_session_policy)
        .with_policies([&OPERATORS]), "ecs:StopInstance", INSTANCE => [
        "ImplicitDeny (SessionPolicy)",
        "SessionPolicy 0: ImplicitDeny",
        "  no statement names `ecs:StopInstance`",
    ];
    the_resource_group_is_asked_last: Authorizer::new(ALICE)
        .with_policies([&MAY_ASSUME])
        .with_resource_group_policies([&OPERATORS]), "ecs:StopInstance", INSTANCE => [
        "Allow (ResourceGroupLevelIdentityBasedPolicy, policy 0, statement 0)",
        "AccountLevelIdentityBasedPolicy 0: ImplicitDeny",
        "  no statement names `ecs:StopInstance`",
        "ResourceGroupLevelIdentityBasedPolicy 0: Allow",
        "  statement 0: allows it",
    ];
    both_sides_are_asked_for_a_role: Authorizer::new(ALICE)
        .with_policies([&MAY_ASSUME])
        .with_trust_policy(&WEB_TRUST), "sts:AssumeRole", ROLE => [
        "ImplicitDeny (AssumeRolePolicy)",
        "AssumeRolePolicy 0: ImplicitDeny",
        "  statement 0: `acs:ram::1234567890123456:user/alice` is not `acs:ram::1234567890123456:user/bob`",
        "  statement 1: action and resource match, `acs:SourceIp` is not in the request",
        "AccountLevelIdentityBasedPolicy 0: Allow",
        "  statement 0: allows it",
    ];
    a_service_is_asked_by_trust_alone: Authorizer::new(Caller::Service { principal: "ecs.aliyuncs.com" })
        .with_policies([&MAY_ASSUME])
        .with_trust_policy(&WEB_TRUST), "sts:AssumeRole", ROLE => [
        "ImplicitDeny (AssumeRolePolicy)",
        "AssumeRolePolicy 0: ImplicitDeny",
        "  statement 0: `ecs.aliyuncs.com` is not `acs:ram::1234567890123456:user/bob`",
        "  statement 1: `ecs.aliyuncs.com` is not `acs:ram::1234567890123456:user/alice`",
    ];
}
