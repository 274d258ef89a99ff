//! Ways that are found, step by step: each step is allowed where it is taken, and each is needed.

use std::collections::{BTreeMap, BTreeSet};

use ram_policy_account::{Principal, Taken};

use super::made::{GROUPS, ID, Plain, made};
use super::tried::{everybody, role_arn};

/// The name of a kind in a target, as `ann` of `user/ann, group/dev`.
fn named<'t>(target: &'t str, kind: &str) -> &'t str {
    let of_kind = |part: &&'t str| part.starts_with(&format!("{kind}/"));
    target
        .split(", ")
        .find(of_kind)
        .and_then(|part| part.split_once('/'))
        .map_or("", |(_, name)| name)
}

/// Whether steps lead somewhere; `None` for an administrator.
fn leads(plain: &Plain, from: &Principal, to: Option<&Principal>, steps: &[&Taken]) -> bool {
    let mut reached = BTreeSet::from([from.clone()]);
    let mut joined: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    let system = "acs:ram:*:system:policy/AdministratorAccess";
    for taken in steps {
        let by = &taken.by;
        if !reached.contains(by) {
            return false;
        }
        let nothing = BTreeSet::new();
        let of = |principal: &Principal| {
            let Principal::User(name) = principal else { return BTreeSet::new() };
            joined.get(name).cloned().unwrap_or_default()
        };
        let may = |action: &str, resource: &str| plain.may(by, &of(by), action, resource, None);
        let [user, group, role, policy] =
            ["user", "group", "role", "policy"].map(|kind| named(&taken.target, kind).to_owned());
        let user_arn = format!("acs:ram::{ID}:user/{user}");
        let group_arn = format!("acs:ram::{ID}:group/{group}");
        let arn = role_arn(&role);
        let as_role = |is_allowed: bool| is_allowed.then(|| Principal::Role(role.clone()));
        let as_user = |is_allowed: bool| is_allowed.then(|| Principal::User(user.clone()));
        let fc = Principal::Service("fc.aliyuncs.com".to_owned());
        let arrives = match taken.step.name {
            "assume" => as_role(may("sts:AssumeRole", &arn)),
            "change_trust" => {
                as_role(may("ram:UpdateRole", &arn) && plain.assumes_alone(by, &of(by), &role))
            }
            "run_function" => as_role(
                plain.may(by, &of(by), "ram:PassRole", &arn, Some("fc.aliyuncs.com"))
                    && ["fc:CreateFunction", "fc:InvokeFunction"]
                        .iter()
                        .all(|action| may(action, &format!("acs:fc:cn-beijing:{ID}:functions/f")))
                    && plain.may(&fc, &nothing, "sts:AssumeRole", &arn, None),
            ),
            "access_key" => as_user(may("ram:CreateAccessKey", &user_arn)),
            "first_password" => as_user(may("ram:CreateLoginProfile", &user_arn)),
            "new_password" => as_user(may("ram:UpdateLoginProfile", &user_arn)),
            "join_group" => {
                let may_join =
                    [&user_arn, &group_arn].into_iter().all(|arn| may("ram:AddUserToGroup", arn));
                if !may_join || !reached.contains(&Principal::User(user.clone())) {
                    return false;
                }
                let group = GROUPS.into_iter().find(|one| *one == group).expect("a group");
                joined.entry(user).or_default().insert(group);
                continue;
            }
            "attach_to_user" => {
                return reached.contains(&Principal::User(user.clone()))
                    && may("ram:AttachPolicyToUser", &user_arn)
                    && may("ram:AttachPolicyToUser", system);
            }
            "attach_to_role" => {
                return reached.contains(&Principal::Role(role.clone()))
                    && may("ram:AttachPolicyToRole", &arn)
                    && may("ram:AttachPolicyToRole", system);
            }
            "attach_to_group" => {
                let is_in = |one: &Principal| {
                    let Principal::User(name) = one else { return false };
                    of(one).contains(group.as_str())
                        || plain.members[name.as_str()].contains(group.as_str())
                };
                return reached.iter().any(is_in)
                    && may("ram:AttachPolicyToGroup", &group_arn)
                    && may("ram:AttachPolicyToGroup", system);
            }
            "new_version" => {
                let has_it = |one: &Principal| {
                    let wanted = &plain.policies[&policy];
                    plain.policies(one, &of(one)).into_iter().any(|has| std::ptr::eq(has, wanted))
                };
                return reached.iter().any(has_it)
                    && may("ram:CreatePolicyVersion", &format!("acs:ram:*:{ID}:policy/{policy}"));
            }
            other => panic!("{other}"),
        };
        let Some(arrived) = arrives else { return false };
        reached.insert(arrived);
    }
    to.is_some_and(|to| reached.contains(to))
}

#[test]
fn every_step_of_a_way_is_allowed_and_needed() {
    let (mut ways, mut with_groups) = (0, 0);
    for seed in 0..super::seeds() * 2 {
        let random = &mut fastrand::Rng::with_seed(seed);
        let (account, plain) = made(random);
        for from in everybody().iter().filter(|principal| principal.is_inside()) {
            let reach = account.reach(from);
            for one in &reach.reached {
                let to = one.principal.as_ref();
                let steps: Vec<&Taken> = one.path.iter().collect();
                assert!(leads(&plain, from, to, &steps), "seed {seed}: {from} {to:?}: {steps:#?}");
                ways += 1;
                let joins = steps.iter().any(|taken| taken.step.name == "join_group");
                // Where a group denies something, fewer groups may allow more.
                if !joins || !reach.unsure.is_empty() {
                    continue;
                }
                with_groups += 1;
                for left_out in 0..steps.len() {
                    let mut fewer = steps.clone();
                    fewer.remove(left_out);
                    let still = leads(&plain, from, to, &fewer);
                    assert!(!still, "seed {seed}: {from} {to:?}: {left_out} of {steps:#?}");
                }
            }
        }
    }
    assert!(ways > 1_000 && with_groups > 20, "{ways} {with_groups}");
}
