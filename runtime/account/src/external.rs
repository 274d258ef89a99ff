//! Who outside the account can do something in it.

use std::fmt;

use ram_policy_model::document::Statement;
use ram_policy_model::{Effect, OwnedRequest};

use crate::account::{Account, PolicyName};
use crate::ask::Answer;
use crate::kept::named_texts;
use crate::principal::Principal;
use crate::question::Question;

/// A role that trusts somebody outside the account, or a resource that lets them in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct External {
    /// Who is trusted.
    pub principal: Principal,
    /// What is open to them.
    pub opened: Opened,
    /// Whether it can assume the role, or do something with the resource; never `No`.
    pub answer: Answer,
    /// Whether every statement that trusts it has a condition.
    ///
    /// RAM's documents name no condition key for the account for which a service asks. A role that trusts
    /// a service without conditions relies on the service to use it for its own account alone.
    pub is_conditional: bool,
}

/// What is open to somebody outside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opened {
    /// A role, by its trust policy.
    Role(String),
    /// A resource, by the policy that it keeps.
    Resource(PolicyName),
}

/// `role/<name>`, or the kind and the name of the resource.
impl fmt::Display for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(name) => write!(f, "role/{name}"),
            Self::Resource(name) => write!(f, "{name}"),
        }
    }
}

impl External {
    /// A request that they can make, where one is known.
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
    /// Which roles trust other accounts, services and identity providers, and which resources let somebody
    /// outside in, each by principal.
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
    /// let found: Vec<_> = account.external().iter().map(|one| format!("{} {}", one.opened, one.principal)).collect();
    /// assert_eq!(found, ["role/partner acs:ram::6543210987654321:root", "role/web ecs.aliyuncs.com"]);
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
                    opened: Opened::Role(name.clone()),
                    answer,
                    is_conditional,
                });
            }
        }
        found.extend(self.opened_resources());
        found
    }

    /// The resources that let somebody outside in.
    fn opened_resources(&self) -> Vec<External> {
        let mut found = Vec::new();
        for (name, kept, named) in self.given() {
            for principal in named {
                let mut answer = Answer::No;
                for about in kept.about() {
                    let question = Question::new("*").and_then(|question| question.on(about));
                    let Ok(question) = question else { continue };
                    answer = match (answer, self.outside_may(&principal, &question)) {
                        (sure @ Answer::Yes(_), _) | (sure, Answer::No) => sure,
                        (_, other) => other,
                    };
                }
                if answer.is_no() {
                    continue;
                }
                let text = match &principal {
                    Principal::Everybody => "*".to_owned(),
                    Principal::Outside(arn) => arn
                        .strip_suffix(":root")
                        .map_or_else(|| arn.clone(), |account| format!("{account}:*")),
                    Principal::Root
                    | Principal::User(_)
                    | Principal::Role(_)
                    | Principal::Service(_)
                    | Principal::Provider(_)
                    | Principal::Named(_) => principal.to_string(),
                };
                let mut naming =
                    kept.allowing().filter(|statement| named_texts(statement).contains(&text));
                let is_conditional = naming.all(|one| one.conditions().next().is_some());
                let opened = Opened::Resource(name.clone());
                found.push(External { principal, opened, answer, is_conditional });
            }
        }
        found
    }
}
