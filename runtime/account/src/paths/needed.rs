//! What a way needs of the steps that were found.

use std::collections::{BTreeMap, BTreeSet};

use super::assume::Trusts;
use super::step::StepKind;
use super::taken::Taken;
use crate::account::{Account, PolicyName};
use crate::principal::Principal;

/// A way without the steps that it does not need. Only who joins groups has such steps: the search lets
/// him join all that he can before it knows what for.
pub(super) fn needed(
    account: &Account,
    trusts: &Trusts<'_>,
    from: &Principal,
    to: Option<&Principal>,
    path: Vec<Taken>,
) -> Vec<Taken> {
    if !path.iter().any(|taken| taken.step.kind == StepKind::Group) {
        return path;
    }
    let leads_along = |steps: &[&Taken]| leads(account, trusts, from, to, steps.iter().copied());
    let Some(path) = in_order(&path, &leads_along) else { return path };
    let leads = |places: &[usize]| {
        let mut places = places.to_vec();
        places.sort_unstable();
        let steps: Vec<&Taken> =
            places.iter().filter_map(|place| path.get(*place)).copied().collect();
        leads_along(&steps)
    };
    let all: Vec<usize> = (0..path.len()).collect();
    let mut kept = least(&leads, &[], &all);
    kept.sort_unstable();
    // Where groups deny something, fewer of them may allow other steps.
    let kept = if leads(&kept) { kept } else { all };
    kept.iter().filter_map(|place| path.get(*place)).map(|taken| (*taken).clone()).collect()
}

/// The steps in an order in which each is allowed: as they are, or with joining groups later or the other way
/// round, because a group may deny what is done before. `None` where there is none.
fn in_order<'p>(path: &'p [Taken], leads: &impl Fn(&[&Taken]) -> bool) -> Option<Vec<&'p Taken>> {
    let as_found: Vec<&Taken> = path.iter().collect();
    if leads(&as_found) {
        return Some(as_found);
    }
    let (joins, others): (Vec<&Taken>, Vec<&Taken>) =
        as_found.into_iter().partition(|taken| taken.step.kind == StepKind::Group);
    let reversed: Vec<&Taken> = joins.iter().rev().copied().collect();
    [joins, reversed].into_iter().find_map(|joins| {
        (0..=others.len()).rev().find_map(|place| {
            let (before, behind) = others.split_at(place);
            let steps = [before, &joins, behind].concat();
            leads(&steps).then_some(steps)
        })
    })
}

/// The fewest of some steps with which others lead there, as Junker's QuickXplain finds them: in halves,
/// so that of many steps that are not needed few are tried alone.
fn least(leads: &impl Fn(&[usize]) -> bool, with: &[usize], of: &[usize]) -> Vec<usize> {
    if of.is_empty() || leads(with) {
        return Vec::new();
    }
    let [_, _, ..] = of else { return of.to_vec() };
    let (first, second) = of.split_at(of.len() / 2);
    let second = least(leads, &[with, first].concat(), second);
    let first = least(leads, &[with, &second].concat(), first);
    [first, second].concat()
}

/// Whether steps lead from one to another, each allowed when it is taken.
fn leads<'p>(
    account: &Account,
    trusts: &Trusts<'_>,
    from: &Principal,
    to: Option<&Principal>,
    steps: impl Iterator<Item = &'p Taken>,
) -> bool {
    let mut reached = BTreeSet::from([from.clone()]);
    let mut joined: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for taken in steps {
        let Taken { by, step, .. } = taken;
        let about = taken.about();
        let identity = |principal: &Principal| {
            let name = match principal {
                Principal::User(name) => name.as_str(),
                Principal::Role(_)
                | Principal::Root
                | Principal::Outside(_)
                | Principal::Service(_)
                | Principal::Provider(_)
                | Principal::Named(_)
                | Principal::Everybody => "",
            };
            let more: Vec<&str> = joined.get(name).into_iter().flatten().copied().collect();
            account.identity(principal, more)
        };
        if !reached.contains(by) {
            return false;
        }
        let own = identity(by);
        let may = || account.may_take(&own, step, about.target()).is_yes();
        let user = || Principal::User(about.user.clone());
        let role = || Principal::Role(about.role.clone());
        let arrives = match step.kind {
            StepKind::Assume if by.is_inside() => {
                account.assumes(by, &own, &about.role).is_yes().then(role)
            }
            StepKind::Assume => trusts.trusts(by, &about.role).is_yes().then(role),
            StepKind::Role => may().then(role),
            StepKind::RoleOfService(service) => {
                let service = Principal::Service(service.to_owned());
                (trusts.trusts(&service, &about.role).is_yes() && may()).then(role)
            }
            StepKind::User => may().then(user),
            StepKind::Group => {
                if !reached.contains(&user()) || !may() {
                    return false;
                }
                joined.entry(&about.user).or_default().insert(&about.group);
                continue;
            }
            StepKind::PoliciesOfUser
            | StepKind::PoliciesOfGroup
            | StepKind::PoliciesOfRole
            | StepKind::Policy => {
                let policy = PolicyName::custom(about.target().policy);
                let has_it = |one: &Principal| match (step.kind, one) {
                    (StepKind::PoliciesOfUser, one) => *one == user(),
                    (StepKind::PoliciesOfRole, one) => *one == role(),
                    (StepKind::PoliciesOfGroup, Principal::User(name)) => {
                        let is_in = joined.get(name.as_str());
                        is_in.is_some_and(|groups| groups.contains(about.group.as_str()))
                            || account
                                .users
                                .get(name)
                                .is_some_and(|user| user.groups.contains(&about.group))
                    }
                    (StepKind::Policy, one) => identity(one).names().any(|name| *name == policy),
                    (
                        StepKind::PoliciesOfGroup
                        | StepKind::Assume
                        | StepKind::Role
                        | StepKind::RoleOfService(_)
                        | StepKind::User
                        | StepKind::Group,
                        _,
                    ) => false,
                };
                // It gives everything to whoever has it.
                return reached.iter().any(has_it) && may();
            }
        };
        let Some(principal) = arrives else { return false };
        // What is done behind that matters no more.
        if to == Some(&principal) {
            return true;
        }
        reached.insert(principal);
    }
    false
}
