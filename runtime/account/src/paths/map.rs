//! Who can become whom, of everybody at once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::assume::Trusts;
use super::reach::{Reach, Reached};
use super::taken::Taken;
use crate::account::Account;
use crate::principal::Principal;

/// That somebody becomes somebody else without becoming a third one on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Becomes {
    /// Who.
    pub from: Principal,
    /// Whom; `None` for an administrator, who may do everything.
    pub to: Option<Principal>,
    /// The steps in order. Where others have to take some of them, as where two together can do what
    /// neither can, it is the whole way.
    pub path: Vec<Taken>,
}

/// Who can become whom.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Map {
    /// From one to the next: whoever can be reached at all can be reached along these. By who begins
    /// and whom he becomes, administrators last.
    pub becomes: Vec<Becomes>,
    /// Steps that may be possible, but depend on what is not known, each once.
    pub unsure: Vec<(Taken, crate::ask::Unsure)>,
    /// The fewest steps by which somebody makes himself administrator.
    pub administrators: BTreeMap<Principal, Vec<Taken>>,
}

impl Account {
    /// Who can become whom, of every user and role and of everybody outside whom a role trusts.
    ///
    /// Whoever can make himself administrator by steps of his own can become everybody, and has only the
    /// way to that.
    ///
    /// ```
    /// use ram_policy::policy;
    /// use ram_policy_account::{Account, Attach, PolicyName};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// let [keys, versions] = ["keys", "versions"].map(PolicyName::custom);
    /// account.add_policy(keys.clone(), policy! { allow ram::CreateAccessKey on *; });
    /// account.add_policy(versions.clone(), policy! { allow ram::CreatePolicyVersion on *; });
    /// account.user("intern").attach(keys);
    /// account.user("deploy").attach(versions);
    ///
    /// let map = account.map();
    /// let ways = map.becomes.iter().map(|one| match &one.to {
    ///     Some(to) => format!("{} becomes {to}", one.from),
    ///     None => format!("{} becomes administrator", one.from),
    /// });
    /// assert_eq!(ways.collect::<Vec<_>>(), [
    ///     "user/deploy becomes administrator",
    ///     "user/intern becomes user/deploy",
    /// ]);
    /// assert_eq!(map.administrators.len(), 2);
    /// ```
    #[must_use]
    pub fn map(&self) -> Map {
        let trusts = Trusts::new(self);
        let users = self.users.keys().cloned().map(Principal::User);
        let roles = self.roles.keys().cloned().map(Principal::Role);
        let outside: BTreeSet<Principal> = self
            .roles
            .keys()
            .filter_map(|role| trusts.of(role))
            .flat_map(|trusted| trusted.named.iter().filter(|one| !one.is_inside()).cloned())
            .collect();
        let found: Vec<(Principal, Reach)> = users
            .chain(roles)
            .chain(outside)
            .map(|principal| {
                let reach = self.reach_by(&principal, &trusts);
                (principal, reach)
            })
            .collect();
        let mut map = Map::default();
        for (from, reach) in &found {
            let administrator = reach.to_administrator();
            if let Some(way) = administrator {
                map.administrators.insert(from.clone(), way.path.clone());
            }
            // Who is administrator needs nothing else.
            let is_own = |one: &&Reached| one.path.iter().all(|step| step.by == *from);
            match administrator.filter(is_own) {
                Some(way) => map.becomes.push(Becomes::of(from, way)),
                None => map
                    .becomes
                    .extend(reach.reached.iter().filter(is_own).map(|one| Becomes::of(from, one))),
            }
        }
        // What several do together.
        let together: Vec<Becomes> = {
            let next = map.next();
            let missed = |(from, reach): &(Principal, Reach)| {
                let along = along(&next, from);
                let is_missed =
                    |one: &&Reached| !along.contains(&None) && !along.contains(&one.principal);
                let missed = reach.reached.iter().filter(is_missed);
                missed.map(|one| Becomes::of(from, one)).collect::<Vec<_>>()
            };
            found.iter().flat_map(missed).collect()
        };
        map.becomes.extend(together);
        map.becomes.sort_by(|one, other| {
            let key = |one: &Becomes| (one.from.clone(), one.to.is_none(), one.to.clone());
            key(one).cmp(&key(other))
        });
        let mut known = BTreeSet::new();
        for (taken, unsure) in found.into_iter().flat_map(|(_, reach)| reach.unsure) {
            if known.insert(taken.to_string()) {
                map.unsure.push((taken, unsure));
            }
        }
        map
    }
}

impl Becomes {
    fn of(from: &Principal, reached: &Reached) -> Self {
        Self { from: from.clone(), to: reached.principal.clone(), path: reached.path.clone() }
    }
}

type Next<'m> = BTreeMap<&'m Principal, Vec<&'m Option<Principal>>>;

impl Map {
    fn next(&self) -> Next<'_> {
        let mut next = Next::new();
        for one in &self.becomes {
            next.entry(&one.from).or_default().push(&one.to);
        }
        next
    }
}

/// Whom somebody becomes, from one to the next.
fn along(next: &Next<'_>, from: &Principal) -> BTreeSet<Option<Principal>> {
    let mut found: BTreeSet<Option<Principal>> = BTreeSet::new();
    let mut to_do = VecDeque::from([from]);
    while let Some(one) = to_do.pop_front() {
        for to in next.get(one).into_iter().flatten().copied() {
            if found.insert(to.clone()) {
                to_do.extend(to);
            }
        }
    }
    found
}
