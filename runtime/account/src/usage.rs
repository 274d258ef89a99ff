//! What of their policies principals use, and the least that they need, by the requests of a log.

use std::borrow::Cow;
use std::collections::BTreeMap;

use ram_policy_model::document::Document;
use ram_policy_model::terms::layout::Layout;
use ram_policy_model::{
    Caller, LeastPrivilege, LeastPrivilegeError, OwnedRequest, Policy, Request, RequestError,
    Unused, Usage,
};

use crate::account::{Account, Hole, PolicyName};
use crate::ask::{Attached, Identity, Reaches};
use crate::principal::Principal;

/// The requests of a log by who made them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ByPrincipal<'r> {
    /// Those of every user and role that made any.
    pub requests: BTreeMap<Principal, Vec<&'r OwnedRequest>>,
    /// How many there are of others: of the owner, of other accounts, of nobody that the log names, of
    /// users and roles that the account does not have.
    pub others: usize,
}

/// What a principal uses of its policies.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrincipalUsage {
    /// Who.
    pub principal: Principal,
    /// How many requests it made.
    pub requests: usize,
    /// The policies attached to it and its groups, with what it never used of each.
    pub policies: Vec<PolicyUsage>,
    /// What is not known of its policies.
    pub holes: Vec<Hole>,
}

/// What a principal uses of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyUsage {
    /// Which.
    pub policy: PolicyName,
    /// The group that it comes from.
    pub group: Option<String>,
    /// How many requests the policy decides by itself; `None` where it is not known.
    pub decided: Option<usize>,
    /// What of it was never used.
    pub unused: Vec<Unused>,
    /// What of it was perhaps never used: it was, if some resources are in a resource group of which
    /// nobody knows.
    pub perhaps_unused: Vec<Unused>,
}

/// The least policy for what a principal did.
#[derive(Debug)]
#[non_exhaustive]
pub struct Least {
    /// The policy, within the policies that it has.
    pub policy: Result<Policy, LeastPrivilegeError>,
    /// How many requests it is made from.
    pub requests: usize,
    /// How many were left out, because its policies do not allow them for certain.
    pub refused: usize,
}

impl Account {
    /// The requests by who made them, as `acs:PrincipalARN` says. Events write the names of roles in lower
    /// case (ActionTrail: Examples of events), so that such a name is that of the one role that is
    /// spelt so but for case.
    #[must_use]
    pub fn by_principal<'r>(
        &self,
        requests: impl IntoIterator<Item = &'r OwnedRequest>,
    ) -> ByPrincipal<'r> {
        let mut found = ByPrincipal::default();
        for request in requests {
            match self.principal_of(request) {
                Some(principal) => found.requests.entry(principal).or_default().push(request),
                None => found.others += 1,
            }
        }
        found
    }

    fn principal_of(&self, request: &OwnedRequest) -> Option<Principal> {
        let is_arn = |key: &str| key.eq_ignore_ascii_case("acs:PrincipalARN");
        let (_, values) = request.context.iter().find(|(key, _)| is_arn(key))?;
        let [arn] = values.as_slice() else { return None };
        match Caller::from_arn(arn).ok()? {
            Caller::User { account, name } if account == self.id() => {
                self.users.contains_key(name).then(|| Principal::User(name.to_owned()))
            }
            Caller::Role { account, name } if account == self.id() => {
                if self.roles.contains_key(name) {
                    return Some(Principal::Role(name.to_owned()));
                }
                let mut spelt = self.roles.keys().filter(|role| role.eq_ignore_ascii_case(name));
                match (spelt.next(), spelt.next()) {
                    (Some(role), None) => Some(Principal::Role(role.clone())),
                    (Some(_), Some(_)) | (None, _) => None,
                }
            }
            Caller::User { .. }
            | Caller::Role { .. }
            | Caller::Root { .. }
            | Caller::Anonymous
            | Caller::Service { .. }
            | Caller::Federated { .. } => None,
        }
    }

    /// What every user and role uses of its policies, by the requests of a log. A request uses what of a
    /// policy decides it, whether or not another policy allows it too.
    ///
    /// ```
    /// use ram_policy::{OwnedRequest, policy};
    /// use ram_policy_account::{Account, Attach, PolicyName};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// let own = PolicyName::custom("own");
    /// account.add_policy(own.clone(), policy! {
    ///     allow ecs::StopInstance on *;
    ///     allow oss::* on *;
    /// });
    /// account.user("alice").attach(own);
    /// let mut request = OwnedRequest::new("ecs:StopInstance", "*");
    /// let arn = "acs:ram::1234567890123456:user/alice".to_owned();
    /// request.context.push(("acs:PrincipalARN".to_owned(), vec![arn]));
    /// let usage = account.unused([&request])?;
    /// assert_eq!(usage[0].requests, 1);
    /// assert_eq!(usage[0].policies[0].unused[0].to_string(), "statement 1 has decided no request");
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first request that cannot be asked, see [`OwnedRequest::request_unlisted`].
    pub fn unused<'r>(
        &self,
        requests: impl IntoIterator<Item = &'r OwnedRequest>,
    ) -> Result<Vec<PrincipalUsage>, RequestError> {
        let asked = self.by_principal(requests);
        let users = self.users.keys().cloned().map(Principal::User);
        let roles = self.roles.keys().cloned().map(Principal::Role);
        let mut all = Vec::new();
        for principal in users.chain(roles) {
            let of_it = asked.requests.get(&principal).map(Vec::as_slice).unwrap_or_default();
            let of_it: Vec<(&OwnedRequest, Request<'_>)> = of_it
                .iter()
                .map(|request| Ok((*request, request.request_unlisted()?)))
                .collect::<Result<_, RequestError>>()?;
            let identity = self.identity(&principal, []);
            let policies = self.policies_used(&identity, &of_it);
            let holes = self.holes_of(&identity);
            all.push(PrincipalUsage { principal, requests: of_it.len(), policies, holes });
        }
        Ok(all)
    }

    fn policies_used(
        &self,
        identity: &Identity<'_>,
        requests: &[(&OwnedRequest, Request<'_>)],
    ) -> Vec<PolicyUsage> {
        let used = |(name, policy, group, scope): Attached<'_>| {
            let mut found = PolicyUsage {
                policy: name.clone(),
                group: group.map(str::to_owned),
                decided: None,
                unused: Vec::new(),
                perhaps_unused: Vec::new(),
            };
            let Some(policy) = policy else { return found };
            let (mut certain, mut possible) = (Usage::of(policy), Usage::of(policy));
            let mut decided = 0;
            for (owned, request) in requests {
                let is_decided = match self.reaches(scope, owned) {
                    Reaches::Yes => {
                        certain.ask(request);
                        possible.ask(request).statement().is_some()
                    }
                    Reaches::Perhaps => possible.ask(request).statement().is_some(),
                    Reaches::No => false,
                };
                decided += usize::from(is_decided);
            }
            found.decided = Some(decided);
            found.unused = possible.unused();
            found.perhaps_unused = certain.unused();
            found.perhaps_unused.retain(|one| !found.unused.contains(one));
            found
        };
        identity.attached().map(used).collect()
    }

    /// The least policy for requests of a principal that its policies allow, within these policies: what
    /// may be attached to it in their place. `least` says how wide it may be.
    ///
    /// ```
    /// use ram_policy::{LeastPrivilege, OwnedRequest, policy};
    /// use ram_policy_account::{Account, Attach, PolicyName, Principal};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// let own = PolicyName::custom("own");
    /// account.add_policy(own.clone(), policy! { allow ram::* on * when acs::MFAPresent == true; });
    /// account.user("alice").attach(own);
    /// let alice = Principal::User("alice".to_owned());
    /// let mut request = OwnedRequest::new("ram:GetUser", "acs:ram::1234567890123456:user/bob");
    /// request.context.push(("acs:MFAPresent".to_owned(), vec!["true".to_owned()]));
    /// let other = OwnedRequest::new("ecs:StopInstance", "*");
    /// let least = account.least(&alice, [&request, &other], &LeastPrivilege::new());
    /// assert_eq!((least.requests, least.refused), (1, 1));
    /// assert_eq!(least.policy?, policy! {
    ///     allow ram::GetUser on "acs:ram::1234567890123456:user/bob" when acs::MFAPresent == true;
    /// });
    /// # Ok::<(), ram_policy::LeastPrivilegeError>(())
    /// ```
    #[must_use]
    pub fn least<'r>(
        &self,
        principal: &Principal,
        requests: impl IntoIterator<Item = &'r OwnedRequest>,
        least: &LeastPrivilege<'_>,
    ) -> Least {
        let identity = self.identity(principal, []);
        let in_groups = self.in_groups(&identity);
        let known = identity.known();
        let statements = known
            .into_iter()
            .chain(&in_groups)
            .flat_map(|policy| policy.document().into_owned().statements.into_owned())
            .collect();
        let existing = Policy::from_document(Document {
            layout: Layout::VersionFirst,
            statements: Cow::Owned(statements),
        });
        let (allowed, refused): (Vec<&OwnedRequest>, Vec<&OwnedRequest>) = requests
            .into_iter()
            .partition(|request| self.is_allowed_for_certain(&identity, &[&existing], request));
        let policy = least.clone().with_requests(allowed.iter().copied().cloned());
        Least {
            policy: policy.within(&existing).policy(),
            requests: allowed.len(),
            refused: refused.len(),
        }
    }
}
