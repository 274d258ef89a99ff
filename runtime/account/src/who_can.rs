//! Who may do something: by its own policies, and by roles that it can assume.

use std::collections::{BTreeMap, VecDeque};

use crate::account::Account;
use crate::ask::Answer;
use crate::paths::assume::Assumption;
use crate::principal::Principal;
use crate::question::Question;

/// Somebody, and whether it may do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WhoCan {
    /// Who.
    pub principal: Principal,
    /// The roles that it assumes first, one after the other; none where it may do it itself.
    pub through: Vec<String>,
    /// Whether it may.
    pub answer: Answer,
}

impl Account {
    /// Who may do what is asked: the owner, every user and role of the account, whom the policies of its
    /// resources name, and everybody whom a role trusts, each by its own policies and by assuming roles, with the fewest roles between.
    ///
    /// A principal whose answer is `No` is left out. One who may do it itself is listed so, even
    /// where a role may as well.
    ///
    /// ```
    /// use ram_policy::{policy, trust_policy};
    /// use ram_policy_account::{Account, Attach, PolicyName, Question};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// let [delete, assume] = ["delete", "assume"].map(PolicyName::custom);
    /// account.add_policy(delete.clone(), policy! { allow oss::DeleteBucket on *; });
    /// account.add_policy(assume.clone(), policy! { allow sts::AssumeRole on *; });
    /// account.user("alice").attach(assume);
    /// account.user("bob");
    /// let role = account.role("ops");
    /// role.trust = Some(trust_policy! { allow sts::AssumeRole by ram "acs:ram::1234567890123456:root"; });
    /// role.attach(delete);
    ///
    /// let found = account.who_can(&Question::new("oss:DeleteBucket")?);
    /// let found: Vec<_> = found.iter().map(|one| (one.principal.to_string(), one.through.join(" "))).collect();
    /// let expected = [("root", ""), ("role/ops", ""), ("user/alice", "ops")];
    /// assert_eq!(found, expected.map(|(who, through)| (who.to_owned(), through.to_owned())));
    /// # Ok::<(), ram_policy_account::QuestionError>(())
    /// ```
    #[must_use]
    pub fn who_can(&self, question: &Question) -> Vec<WhoCan> {
        let mut found: Vec<WhoCan> = Vec::new();
        let inside = [Principal::Root]
            .into_iter()
            .chain(self.users.keys().cloned().map(Principal::User))
            .chain(self.roles.keys().cloned().map(Principal::Role));
        for principal in inside.chain(self.named_outside()) {
            let answer = self.may(&principal, question);
            if !answer.is_no() {
                found.push(WhoCan { principal, through: Vec::new(), answer });
            }
        }
        let mut found = self.with_roles(found);
        found.sort_by_key(|one| {
            (one.through.len(), order_of(&one.principal), one.principal.clone())
        });
        found
    }

    /// Those found, and those who can assume a role that may do it, or one that can assume such a role.
    fn with_roles(&self, found: Vec<WhoCan>) -> Vec<WhoCan> {
        let is_role = |one: &&WhoCan| matches!(one.principal, Principal::Role(_));
        let mut to_do: VecDeque<WhoCan> = found.iter().filter(is_role).cloned().collect();
        // Certain answers first, so that a way that is sure is not hidden by one that is not.
        to_do.make_contiguous().sort_by_key(|one| !one.answer.is_yes());
        let mut known: BTreeMap<Principal, WhoCan> =
            found.into_iter().map(|one| (one.principal.clone(), one)).collect();
        let assumptions = self.assumptions();
        while let Some(last) = to_do.pop_front() {
            let Principal::Role(role) = &last.principal else { continue };
            for assumption in assumptions.of(role) {
                let Assumption { principal, answer } = &assumption;
                let is_better = known.get(principal).is_none_or(|known| {
                    !known.answer.is_yes() && last.answer.is_yes() && answer.is_yes()
                });
                if !is_better || answer.is_no() {
                    continue;
                }
                let through = [role.clone()].into_iter().chain(last.through.iter().cloned());
                let answer = match (answer, &last.answer) {
                    (Answer::Unknown(unsure), _) => Answer::Unknown(unsure.clone()),
                    (Answer::Yes(_) | Answer::No, last) => last.clone(),
                };
                let one =
                    WhoCan { principal: principal.clone(), through: through.collect(), answer };
                known.insert(one.principal.clone(), one.clone());
                if matches!(one.principal, Principal::Role(_)) {
                    to_do.push_back(one);
                }
            }
        }
        known.into_values().collect()
    }
}

/// The owner first, then users, roles, and those outside.
const fn order_of(principal: &Principal) -> u8 {
    match principal {
        Principal::Root => 0,
        Principal::User(_) => 1,
        Principal::Role(_) => 2,
        Principal::Outside(_) => 3,
        Principal::Service(_) => 4,
        Principal::Provider(_) => 5,
        Principal::Named(_) => 6,
        Principal::Everybody => 7,
    }
}
