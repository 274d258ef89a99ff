//! Who outside the account can do something in it.

use ram_policy_model::document::Statement;
use ram_policy_model::{Effect, OwnedRequest};

use crate::account::Account;
use crate::ask::Answer;
use crate::principal::Principal;

/// A role that trusts somebody outside the account.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct External {
    /// Who is trusted.
    pub principal: Principal,
    /// The role.
    pub role: String,
    /// Whether it can assume the role; never `No`.
    pub answer: Answer,
    /// Whether every statement that trusts it has a condition.
    ///
    /// RAM's documents name no condition key for the account for which a service asks. A role that trusts
    /// a service without conditions relies on the service to use it for its own account alone.
    pub is_conditional: bool,
}

impl External {
    /// A request by which the role is assumed, where one is known.
    #[must_use]
    pub fn request(&self) -> Option<&OwnedRequest> {
        match &self.answer {
            Answer::Yes(grant) => Some(&grant.request),
            Answer::Unknown(unsure) => unsure.request.as_ref(),
            Answer::No => None,
        }
    }
}

impl Account {
    /// Which roles trust other accounts, services and identity providers, by role and by principal.
    ///
    /// ```
    /// use ram_policy::trust_policy;
    /// use ram_policy_account::Account;
    ///
    /// let mut account = Account::new("1234567890123456");
    /// account.without_control_policies();
    /// account.role("web").trust = Some(trust_policy! { allow sts::AssumeRole by service "ecs.aliyuncs.com"; });
    /// account.role("partner").trust = Some(trust_policy! {
    ///     allow sts::AssumeRole by ram "acs:ram::6543210987654321:root";
    /// });
    /// account.role("own").trust = Some(trust_policy! {
    ///     allow sts::AssumeRole by ram "acs:ram::1234567890123456:root";
    /// });
    /// let found: Vec<_> = account.external().iter().map(|one| format!("{} {}", one.role, one.principal)).collect();
    /// assert_eq!(found, ["partner acs:ram::6543210987654321:root", "web ecs.aliyuncs.com"]);
    /// ```
    #[must_use]
    pub fn external(&self) -> Vec<External> {
        let mut found = Vec::new();
        for (name, role) in &self.roles {
            let trusted = self.trusted(role);
            for principal in trusted.named.iter().filter(|principal| !principal.is_inside()) {
                let answer = self.trusts(principal, name);
                if answer.is_no() {
                    continue;
                }
                let document = role.trust.iter().map(|trust| trust.document().into_owned());
                let statements: Vec<Statement> =
                    document.flat_map(|document| document.statements.into_owned()).collect();
                let of_it = |statement: &&Statement| {
                    let text = principal.to_string();
                    let names = |group: &ram_policy_model::document::Principal| {
                        group.values.items.iter().any(|item| **item == *text)
                    };
                    statement.effect == Effect::Allow && statement.principals().any(names)
                };
                let is_conditional = statements
                    .iter()
                    .filter(of_it)
                    .all(|statement| statement.conditions().next().is_some());
                found.push(External {
                    principal: principal.clone(),
                    role: name.clone(),
                    answer,
                    is_conditional,
                });
            }
        }
        found
    }
}
