//! Who can do what they could not before.

use crate::account::Account;
use crate::ask::Answer;
use crate::principal::Principal;

impl Account {
    /// Every user and role that may do something that it may not do in `old`, by its own policies, with
    /// a request that shows it. One that is not in `old` might do nothing there.
    ///
    /// ```
    /// use ram_policy::policy;
    /// use ram_policy_account::{Account, Attach, PolicyName};
    ///
    /// let own = PolicyName::custom("own");
    /// let mut old = Account::new("1234567890123456");
    /// old.without_control_policies();
    /// old.add_policy(own.clone(), policy! { allow ecs::StopInstance on *; });
    /// old.user("alice").attach(own.clone());
    /// old.user("bob").attach(own.clone());
    /// let mut new = old.clone();
    /// let more = PolicyName::custom("more");
    /// new.add_policy(more.clone(), policy! { allow ecs::DeleteInstance on *; });
    /// new.user("alice").attach(more);
    ///
    /// let found = new.more_than(&old);
    /// assert_eq!(found.len(), 1);
    /// assert_eq!(found[0].0.to_string(), "user/alice");
    /// assert_eq!(found[0].1.to_string(), "yes, by statement 0 of custom/more");
    /// ```
    #[must_use]
    pub fn more_than(&self, old: &Self) -> Vec<(Principal, Answer)> {
        let users = self.users.keys().cloned().map(Principal::User);
        let roles = self.roles.keys().cloned().map(Principal::Role);
        users
            .chain(roles)
            .map(|principal| {
                let answer = self.more_of(old, &principal);
                (principal, answer)
            })
            .filter(|(_, answer)| !answer.is_no())
            .collect()
    }
}
