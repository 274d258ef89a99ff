//! RAM's order, written down a second time, for every combination of what the policies say.

use std::error::Error;

use ram_policy::Outcome::{self, Allow, ExplicitDeny, ImplicitDeny};
use ram_policy::{
    Authorizer, Caller, ControlPolicy, Policy, PolicyType, Request, ResourceGroupRule,
    SessionPolicy, TrustPolicy, policy, trust_policy,
};

use super::answer::{ACCOUNT, GROUP, SESSION, TRUST};
use super::callers::{ALICE, ECS_SERVICE, OKTA, OPS, ROOT};
use super::policies::{ALL, NOTHING_AT_ALL, TRUST_22};
use super::{INSTANCE, RECIPIENT_IN_CHINA, WEB};

/// What each kind of policy says, for one caller and one request.
struct Said {
    control: Vec<Outcome>,
    session: Option<Outcome>,
    account: Outcome,
    group: Outcome,
    trust: Option<Outcome>,
    rule: ResourceGroupRule,
}

/// What is asked, as far as the order of RAM minds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Ordinary,
    AssumeRole,
    SignOn,
}

/// RAM's order, written down a second time; the type is that of the policy that decides.
fn in_the_order_of_ram(
    caller: Caller<'_>,
    owns: bool,
    asked: Asked,
    said: &Said,
) -> (Outcome, Option<PolicyType>, Option<usize>) {
    if matches!(caller, Caller::Root { .. }) {
        let outcome = if owns && asked == Asked::Ordinary { Allow } else { ImplicitDeny };
        return (outcome, None, None);
    }
    if let Some(level) = said.control.iter().position(|outcome| *outcome != Allow) {
        let outcome = said.control.get(level).copied().unwrap_or(ImplicitDeny);
        return (outcome, Some(PolicyType::ControlPolicy), Some(level));
    }
    let resource = match asked {
        Asked::Ordinary => ImplicitDeny,
        Asked::AssumeRole | Asked::SignOn => said.trust.unwrap_or(ImplicitDeny),
    };
    if matches!(caller, Caller::Service { .. } | Caller::Federated { .. }) {
        return (resource, Some(TRUST), None);
    }
    if let Some(session @ (ExplicitDeny | ImplicitDeny)) = said.session {
        return (session, Some(SESSION), None);
    }
    let (identity, identity_type) = match (said.account, said.group, said.rule) {
        (ImplicitDeny, Allow | ExplicitDeny, _) => (said.group, GROUP),
        (Allow, ExplicitDeny, ResourceGroupRule::DenyOverrides) => (ExplicitDeny, GROUP),
        (account, _, _) => (account, ACCOUNT),
    };
    let (outcome, policy_type) = match (asked, identity, resource) {
        // One account's policies do not reach into another's resources.
        (Asked::Ordinary, Allow, _) if !owns => (ImplicitDeny, identity_type),
        (Asked::Ordinary, _, _) | (_, ExplicitDeny, _) => (identity, identity_type),
        (_, _, ExplicitDeny) | (_, Allow, _) => (resource, TRUST),
        (_, ImplicitDeny, _) => (ImplicitDeny, identity_type),
    };
    (outcome, Some(policy_type), None)
}

/// A policy that says this about everything but `oss:GetBucketAcl`.
fn saying(outcome: Outcome) -> &'static Policy {
    static ELSEWHERE: Policy = policy! { allow oss::GetBucketAcl on *; };
    match outcome {
        Allow => &ALL,
        ExplicitDeny => &NOTHING_AT_ALL,
        ImplicitDeny => &ELSEWHERE,
    }
}

/// A trust policy that says this about every caller below.
fn trusting(outcome: Outcome) -> &'static TrustPolicy {
    static YES: TrustPolicy = trust_policy! {
        allow sts::AssumeRole by ram "acs:ram::11:root", service "ecs.aliyuncs.com";
        allow sts::AssumeRole by federated "acs:ram::11:saml-provider/okta"
            when saml::recipient == "https://signin.aliyun.com/saml-role/sso";
    };
    static NO: TrustPolicy = trust_policy! {
        deny sts::AssumeRole by ram "acs:ram::11:root", service "ecs.aliyuncs.com";
        deny sts::AssumeRole by federated "acs:ram::11:saml-provider/okta"
            when saml::recipient == "https://signin.aliyun.com/saml-role/sso";
    };
    match outcome {
        Allow => &YES,
        ExplicitDeny => &NO,
        ImplicitDeny => &TRUST_22,
    }
}

/// Every combination of what the kinds of policies can say.
#[test]
fn every_combination_follows_the_order_of_ram() -> Result<(), Box<dyn Error>> {
    const SAID: [Outcome; 3] = [Allow, ExplicitDeny, ImplicitDeny];
    let or_none = || [None].into_iter().chain(SAID.map(Some));
    let two_levels = SAID.iter().flat_map(|first| SAID.map(|second| vec![*first, second]));
    let levels: Vec<Vec<Outcome>> = [vec![]].into_iter().chain(two_levels).collect();
    let mut controls = Vec::new();
    let mut sessions = Vec::new();
    for outcome in SAID {
        controls.push((outcome, ControlPolicy::new(saying(outcome).clone())?));
        sessions.push((outcome, SessionPolicy::new(saying(outcome).clone())?));
    }
    let requests = [
        (Asked::Ordinary, Request::new("ecs:StopInstance", INSTANCE)?),
        (Asked::AssumeRole, Request::new("sts:AssumeRole", WEB)?),
        (
            Asked::SignOn,
            Request::new("sts:AssumeRoleWithSAML", WEB)?
                .with_named("saml:recipient", RECIPIENT_IN_CHINA)?,
        ),
    ];
    let mut situations = Vec::new();
    for control in &levels {
        for session in or_none() {
            for account in SAID {
                for group in SAID {
                    for trust in or_none() {
                        for rule in
                            [ResourceGroupRule::AccountLevelFirst, ResourceGroupRule::DenyOverrides]
                        {
                            let control = control.clone();
                            situations.push(Said { control, session, account, group, trust, rule });
                        }
                    }
                }
            }
        }
    }
    for said in &situations {
        for caller in [ROOT, ALICE, OPS, ECS_SERVICE, OKTA] {
            for owner in ["11", "22"] {
                let mut authorizer = Authorizer::new(caller)
                    .with_owner(owner)
                    .with_policies([saying(said.account)])
                    .with_resource_group_policies([saying(said.group)])
                    .with_resource_group_rule(said.rule);
                for level in &said.control {
                    let policies = controls.iter().filter(|(outcome, _)| outcome == level);
                    authorizer = authorizer.with_control_level(policies.map(|(_, policy)| policy));
                }
                let session = sessions.iter().find(|(outcome, _)| said.session == Some(*outcome));
                if let Some((_, session)) = session {
                    authorizer = authorizer.with_session_policy(session);
                }
                if let Some(trust) = said.trust {
                    authorizer = authorizer.with_trust_policy(trusting(trust));
                }
                for (asked, request) in &requests {
                    // Only who an identity provider vouches for signs on, and does so in no other
                    // way.
                    let asks = match asked {
                        Asked::Ordinary => true,
                        Asked::AssumeRole => !matches!(caller, Caller::Federated { .. }),
                        Asked::SignOn => matches!(caller, Caller::Federated { .. }),
                    };
                    if !asks {
                        continue;
                    }
                    let answer = authorizer.authorize(request);
                    let expected = in_the_order_of_ram(caller, owner == "11", *asked, said);
                    let given = (answer.outcome, answer.policy_type, answer.level);
                    assert_eq!(given, expected, "{caller:?} asks {request}: {authorizer:#?}");
                }
            }
        }
    }
    Ok(())
}
