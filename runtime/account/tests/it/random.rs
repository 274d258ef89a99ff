//! Random small accounts, of which every request of a small world is tried by `Authorizer`: what
//! proofs say must be what trying finds.

mod kept;
mod limited;
mod made;
mod tried;
mod ways;

use std::collections::BTreeSet;

use ram_policy_account::{Answer, Opened, Principal, Question};
use ram_policy_model::{ControlPolicy, Policy};

use made::{ID, ROLES, made};
use tried::{CONTEXTS, caller, everybody, request, role_arn, tried};

/// Seeds that are tried; more by `RAM_POLICY_ACCOUNTS`.
fn seeds() -> u64 {
    std::env::var("RAM_POLICY_ACCOUNTS").ok().and_then(|text| text.parse().ok()).unwrap_or(250)
}

#[test]
fn who_can_is_whoever_a_request_is_allowed_for() {
    let nothing = BTreeSet::new();
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        for (action, resource) in [
            ("ecs:StopInstance", format!("acs:ecs:cn-beijing:{ID}:instance/i-1")),
            ("ram:CreateAccessKey", format!("acs:ram::{ID}:user/ann")),
            // It cannot be limited to resources.
            ("ecs:CreateInstance", "*".to_owned()),
        ] {
            let mut expected: BTreeSet<Principal> = everybody()
                .into_iter()
                .filter(|principal| {
                    principal.is_inside() && plain.may(principal, &nothing, action, &resource, None)
                })
                .collect();
            // Whoever can assume a role that may.
            loop {
                let more: Vec<Principal> = everybody()
                    .into_iter()
                    .filter(|principal| !expected.contains(principal))
                    .filter(|principal| {
                        ROLES.into_iter().any(|role| {
                            expected.contains(&Principal::Role(role.to_owned()))
                                && plain.may(
                                    principal,
                                    &nothing,
                                    "sts:AssumeRole",
                                    &role_arn(role),
                                    None,
                                )
                        })
                    })
                    .collect();
                if more.is_empty() {
                    break;
                }
                expected.extend(more);
            }
            expected.insert(Principal::Root);
            let question = Question::new(action).and_then(|question| question.on(&resource));
            let found = account.who_can(&question.expect("a question"));
            for one in &found {
                assert!(one.answer.is_yes(), "seed {seed}: {one:?}");
                if let (Answer::Yes(grant), Principal::User(_) | Principal::Role(_), []) =
                    (&one.answer, &one.principal, one.through.as_slice())
                {
                    let request = grant.request.request().expect("a request");
                    let policies = plain.policies(&one.principal, &nothing);
                    let (_, decision) = Policy::evaluate_together(policies, &request);
                    assert!(decision.is_allow(), "seed {seed}: {one:?}");
                }
            }
            let found: BTreeSet<Principal> = found.into_iter().map(|one| one.principal).collect();
            assert_eq!(found, expected, "seed {seed}: {action} on {resource}");
        }
    }
}

#[test]
fn what_one_can_is_what_is_allowed() {
    let nothing = BTreeSet::new();
    let mut written = 0;
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        for principal in everybody().iter().filter(|principal| principal.is_inside()) {
            let Ok(effective) = account.can(principal) else { continue };
            written += 1;
            let arn = caller(principal).to_string();
            for (action, resource) in [
                ("ecs:StopInstance", format!("acs:ecs:cn-beijing:{ID}:instance/i-1")),
                ("ecs:StopInstance", format!("acs:ecs:cn-beijing:{ID}:instance/i-2")),
                ("ram:CreateAccessKey", format!("acs:ram::{ID}:user/ann")),
                ("ram:UpdateRole", role_arn("red")),
                ("oss:GetObject", format!("acs:oss:*:{ID}:photos/a")),
            ] {
                for context in CONTEXTS {
                    let asked = request(action, &resource, context);
                    let asked = asked.with_named("acs:PrincipalARN", &arn).expect("a value");
                    let by_policies = plain.policies(principal, &nothing);
                    let is_left = plain.control.iter().all(|level| {
                        let of_level = level.iter().map(ControlPolicy::policy);
                        Policy::evaluate_together(of_level, &asked).1.is_allow()
                    });
                    let allowed =
                        is_left && Policy::evaluate_together(by_policies, &asked).1.is_allow();
                    let found = effective.policy.evaluate(&asked).is_allow();
                    assert_eq!(found, allowed, "seed {seed}: {principal} {action} on {resource}");
                }
            }
        }
    }
    // Some meet in no pattern.
    assert!(written > seeds() * 5, "{written}");
}

#[test]
fn outside_are_those_who_are_trusted() {
    let nothing = BTreeSet::new();
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        let found: BTreeSet<(Principal, Opened)> =
            account.external().into_iter().map(|one| (one.principal, one.opened)).collect();
        let mut expected = BTreeSet::new();
        for principal in everybody().into_iter().filter(|principal| !principal.is_inside()) {
            for role in ROLES {
                let is_trusted =
                    plain.may(&principal, &nothing, "sts:AssumeRole", &role_arn(role), None);
                if is_trusted {
                    expected.insert((principal.clone(), Opened::Role(role.to_owned())));
                }
            }
        }
        assert_eq!(found, expected, "seed {seed}");
    }
}

/// Along the map one gets as far as by asking for each alone, and no farther.
#[test]
fn the_map_leads_to_whoever_can_be_reached() {
    let mut ways = 0;
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, _) = made(random);
        let map = account.map();
        ways += map.becomes.len();
        for principal in everybody() {
            let reach = account.reach(&principal);
            let expected: BTreeSet<Option<Principal>> =
                reach.reached.iter().map(|one| one.principal.clone()).collect();
            let mut found: BTreeSet<Option<Principal>> = BTreeSet::new();
            loop {
                let more: Vec<Option<Principal>> = map
                    .becomes
                    .iter()
                    .filter(|one| one.from == principal || found.contains(&Some(one.from.clone())))
                    .map(|one| one.to.clone())
                    .filter(|to| !found.contains(to))
                    .collect();
                if more.is_empty() {
                    break;
                }
                found.extend(more);
            }
            found.remove(&Some(principal.clone()));
            if !reach.unsure.is_empty() {
                // A group that denies something; whoever is reached may join fewer by himself.
                assert!(
                    found.contains(&None) || !expected.contains(&None),
                    "seed {seed}: {principal}"
                );
                continue;
            }
            assert_eq!(found.contains(&None), expected.contains(&None), "seed {seed}: {principal}");
            // Who is administrator can become everybody, which is not listed.
            if !expected.contains(&None) {
                assert_eq!(found, expected, "seed {seed}: {principal}");
            }
            let is_administrator = map.administrators.contains_key(&principal);
            assert_eq!(is_administrator, expected.contains(&None), "seed {seed}: {principal}");
        }
    }
    assert!(ways > 500, "{ways}");
}

#[test]
fn whoever_can_be_reached_is_reached() {
    let mut administrators = 0;
    for seed in 0..seeds() {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        for principal in everybody().iter().filter(|principal| principal.is_inside()) {
            let reach = account.reach(principal);
            let tried = tried(&plain, principal);
            let found = reach.to_administrator().is_some();
            if !reach.unsure.is_empty() {
                // A group that denies something; joining fewer may allow more.
                continue;
            }
            assert_eq!(found, tried.is_administrator, "seed {seed}: {principal}");
            administrators += u64::from(found);
            if found {
                continue;
            }
            let found: BTreeSet<Principal> = reach
                .reached
                .iter()
                .filter_map(|reached| reached.principal.clone())
                .chain([principal.clone()])
                .collect();
            assert_eq!(found, tried.reached, "seed {seed}: {principal}: {:#?}", reach.reached);
        }
    }
    assert!(administrators > seeds() / 4, "{administrators}");
}
