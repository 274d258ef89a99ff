//! Policies of resource groups and of sessions, beside `Authorizer`.

use ram_policy_account::{Account, Answer, Attach, PolicyName, Principal, Question, Scope};
use ram_policy_model::{Authorizer, Caller, Policy, ResourceGroupRule, SessionPolicy};

use super::made::{ID, document};
use super::tried::{CONTEXTS, request};

const ARN: &str = "acs:ecs:cn-beijing:1234567890123456:instance/i-1";
const RULES: [ResourceGroupRule; 2] =
    [ResourceGroupRule::AccountLevelFirst, ResourceGroupRule::DenyOverrides];

fn policy(random: &mut fastrand::Rng) -> Policy {
    Policy::from_json_lenient(document(random, 2)).expect("of RAM's grammar").policy
}

fn answer(account: &Account, principal: &Principal, action: &str) -> Answer {
    let question = Question::new(action).and_then(|question| question.on(ARN));
    let found = account.who_can(&question.expect("a question"));
    let found = found.into_iter().find(|one| one.principal == *principal);
    found.map_or(Answer::No, |one| one.answer)
}

/// Where a resource is known to be in a group, the answer is exact: `Yes` where some request is allowed by
/// both readings of RAM's texts, `No` where none is by either.
#[test]
fn policies_of_resource_groups_apply_to_what_is_in_them() {
    let (mut counts, mut written) = ([0; 3], [0; 2]);
    for seed in 0..super::seeds() * 2 {
        let random = &mut fastrand::Rng::with_seed(seed);
        let mut account = Account::new(ID);
        account.without_control_policies();
        let mut own: [Vec<Policy>; 3] = Default::default();
        for number in 0..random.usize(1..=4) {
            let name = PolicyName::custom(format!("p{number}"));
            let (policy, place) = (policy(random), random.usize(0..3));
            account.add_policy(name.clone(), policy.clone());
            let scope = match place {
                0 => Scope::Account,
                group => Scope::ResourceGroup(format!("rg-{group}")),
            };
            account.user("ann").attach_in(name, scope);
            own[place].push(policy);
        }
        let ann = Principal::User("ann".to_owned());
        let caller = Caller::User { account: ID, name: "ann" };
        for action in ["ecs:StopInstance", "ecs:DeleteInstance"] {
            let allowed = |group: Option<usize>, rule, context| {
                let of_group = group.into_iter().flat_map(|group| &own[group]);
                let authorizer = Authorizer::new(caller)
                    .with_owner(ID)
                    .with_policies(&own[0])
                    .with_resource_group_policies(of_group)
                    .with_resource_group_rule(rule);
                authorizer.authorize(&request(action, ARN, context)).is_allow()
            };
            for group in [1, 2] {
                let mut account = account.clone();
                account.resource(ARN, format!("rg-{group}"));
                let of = |rule, context| allowed(Some(group), rule, context);
                let by_both =
                    CONTEXTS.into_iter().any(|context| RULES.iter().all(|rule| of(*rule, context)));
                let by_one =
                    CONTEXTS.into_iter().any(|context| RULES.iter().any(|rule| of(*rule, context)));
                let (expected, place) = match (by_both, by_one) {
                    (true, _) => ("yes", 0),
                    (false, true) => ("unknown", 1),
                    (false, false) => ("no", 2),
                };
                counts[place] += 1;
                let found = match answer(&account, &ann, action) {
                    Answer::Yes(_) => "yes",
                    Answer::Unknown(_) => "unknown",
                    Answer::No => "no",
                };
                assert_eq!(found, expected, "seed {seed}: {action} in rg-{group}");
                // One policy says less where another group denies something, and never more.
                let Ok(effective) = account.can(&ann) else { continue };
                for context in CONTEXTS {
                    let arn = format!("acs:ram::{ID}:user/ann");
                    let asked = request(action, ARN, context);
                    let asked = asked.with_named("acs:PrincipalARN", &arn).expect("a value");
                    let is_written = effective.policy.evaluate(&asked).is_allow();
                    let is_allowed = RULES.iter().all(|rule| of(*rule, context));
                    assert!(is_allowed || !is_written, "seed {seed}: {action} in rg-{group}");
                    written[usize::from(is_written)] += usize::from(is_allowed);
                }
            }
            // Where it is not known, no answer is wrong, wherever the resource is.
            let everywhere = || {
                let groups = [None, Some(1), Some(2)];
                groups.into_iter().flat_map(|group| RULES.map(|rule| (group, rule)))
            };
            let allowed_at = |(group, rule): (Option<usize>, ResourceGroupRule)| {
                CONTEXTS.into_iter().any(|context| allowed(group, rule, context))
            };
            match answer(&account, &ann, action) {
                Answer::Yes(_) => assert!(everywhere().all(allowed_at), "seed {seed}: {action}"),
                Answer::No => assert!(!everywhere().any(allowed_at), "seed {seed}: {action}"),
                Answer::Unknown(_) => {}
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 8), "{counts:?}");
    // Most of what is allowed is written.
    assert!(written[1] > 5 * written[0], "{written:?}");
}

#[test]
fn a_session_is_what_its_policy_leaves() {
    let (mut allowed, mut refused, mut written) = (0, 0, 0);
    for seed in 0..super::seeds() * 2 {
        let random = &mut fastrand::Rng::with_seed(seed);
        let mut account = Account::new(ID);
        account.without_control_policies();
        let (own, session) = (policy(random), policy(random));
        account.add_policy(PolicyName::custom("own"), own.clone());
        account.role("ops").attach(PolicyName::custom("own"));
        account.session("ops", &session.clone().into());
        let ops = Principal::Role("ops".to_owned());
        let effective = account.can(&ops).ok();
        written += u64::from(effective.is_some());
        let session = SessionPolicy::new(session).expect("short");
        let authorizer = Authorizer::new(Caller::Role { account: ID, name: "ops" })
            .with_owner(ID)
            .with_policies([&own])
            .with_session_policy(&session);
        for action in ["ecs:StopInstance", "ecs:DeleteInstance"] {
            let mut any = false;
            for context in CONTEXTS {
                let request = request(action, ARN, context);
                let is_allowed = authorizer.authorize(&request).is_allow();
                any |= is_allowed;
                let arn = format!("acs:ram::{ID}:role/ops");
                let request = request.with_named("acs:PrincipalARN", &arn).expect("a value");
                if let Some(effective) = &effective {
                    let found = effective.policy.evaluate(&request).is_allow();
                    assert_eq!(found, is_allowed, "seed {seed}: {action} {context:?}");
                }
            }
            assert_eq!(answer(&account, &ops, action).is_yes(), any, "seed {seed}: {action}");
            if any {
                allowed += 1;
            } else {
                refused += 1;
            }
        }
    }
    assert!(allowed > 20 && refused > 100 && written > 100, "{allowed} {refused} {written}");
}
