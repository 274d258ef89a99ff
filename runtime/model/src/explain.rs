//! Says why a request is allowed or denied: what each statement that came near asks for, and the
//! first thing that failed.

use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};
use core::fmt;

use crate::decision::Decision;
use crate::evaluate::{Truth, key_holds, resource_matches};
use crate::lowered::{Condition, Document, Effect, Element, KeyCondition, Statement};
use crate::operator::{Comparison, Family, Operator};
use crate::policy::Policy;
use crate::request::Request;
use crate::suggest;

/// Why a policy decides a request as it does.
///
/// ```
/// use ram_policy::key::acs;
/// use ram_policy::{Request, policy};
///
/// let policy = policy! {
///     allow ecs::StopInstance on * when acs::SourceIp in "192.168.0.0/16";
/// };
/// let request = Request::new("ecs:StopInstance", "*")?.with(acs::SourceIp, [10, 1, 2, 3].into());
/// assert_eq!(
///     policy.explain(&request).to_string(),
///     "ImplicitDeny\nstatement 0: action and resource match, `acs:SourceIp` is 10.1.2.3, not in 192.168.0.0/16",
/// );
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The decision.
    pub decision: Decision,
    /// The action that was asked for, as `ecs:StopInstance`.
    pub action: String,
    /// Every statement that names the action, in order; when none does, those that nearly do.
    pub statements: Vec<StatementExplanation>,
}

/// What a statement says to a request.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StatementExplanation {
    /// The statement, from 0.
    pub statement: usize,
    /// Its effect.
    pub effect: Effect,
    /// The first thing that failed; `None` when all matched.
    pub failed: Option<Mismatch>,
}

/// The first thing of a statement that does not match a request.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The statement names another action, though a near one.
    Action {
        /// The action it names.
        named: String,
    },
    /// The statement names other resources.
    Resource {
        /// The resource of the request.
        asked: String,
        /// The resources it names.
        named: Vec<String>,
    },
    /// A condition does not hold.
    Condition {
        /// The operator.
        operator: Operator,
        /// The condition key.
        key: String,
        /// Its values in the request; none when the key is missing.
        given: Vec<String>,
        /// The values it is compared with.
        wanted: Vec<String>,
        /// Whether a value does not have the form the operator asks for.
        malformed: bool,
    },
    /// The statement is about principals, which a request does not have.
    Principal,
}

impl Policy {
    /// Says why a request is allowed or denied, as data and (by `Display`) as text.
    ///
    /// ```
    /// use ram_policy::{RequestAction, Request, policy};
    ///
    /// let policy = policy! { allow ecs::StopInstance on *; };
    /// let request = Request::new("ecs:StopInstances", "*")?;
    /// assert_eq!(
    ///     policy.explain(&request).to_string(),
    ///     "ImplicitDeny\nno statement names `ecs:StopInstances`; statement 0 has `ecs:StopInstance`",
    /// );
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn explain(&self, request: &Request<'_>) -> Explanation {
        explain(&self.document(), self.evaluate(request), request)
    }
}

fn explain(document: &Document, decision: Decision, request: &Request<'_>) -> Explanation {
    let (code, name) = (request.action().code(), request.action().name());
    let action = format!("{code}:{name}");
    let of = |number: usize, statement: &Statement, failed: Option<Mismatch>| {
        StatementExplanation { statement: number, effect: statement.effect, failed }
    };
    let covers = |statement: &Statement| {
        statement.actions().is_some_and(|(actions, negated)| {
            actions.items.iter().any(|pattern| pattern.matches(code, name)) != negated
        })
    };
    let statements = || document.statements.iter().enumerate();
    let mut explained: Vec<StatementExplanation> = statements()
        .filter(|(_, statement)| covers(statement))
        .map(|(number, statement)| of(number, statement, mismatch(statement, request)))
        .collect();
    if explained.is_empty() {
        explained = statements()
            .filter_map(|(number, statement)| {
                let (actions, _) = statement.actions()?;
                let texts = actions.items.iter().map(|pattern| &*pattern.text);
                let named = suggest::nearest(&action, texts).first()?.to_string();
                Some(of(number, statement, Some(Mismatch::Action { named })))
            })
            .collect();
    }
    Explanation { decision, action, statements: explained }
}

/// The first thing besides the action that does not match.
fn mismatch(statement: &Statement, request: &Request<'_>) -> Option<Mismatch> {
    // The resource first, whatever the order of the elements.
    let resource = statement.elements.iter().find_map(|element| match element {
        Element::Resource(resources)
            if !resources.items.iter().any(|item| resource_matches(item, request.resource())) =>
        {
            Some(Mismatch::Resource {
                asked: request.resource().to_string(),
                named: resources.items.iter().map(|item| item.text.to_string()).collect(),
            })
        }
        Element::Principal(_) => Some(Mismatch::Principal),
        _ => None,
    });
    resource.or_else(|| {
        statement.elements.iter().find_map(|element| match element {
            Element::Condition(conditions) => {
                conditions.iter().find_map(|condition| failed_key(condition, request))
            }
            _ => None,
        })
    })
}

fn failed_key(condition: &Condition, request: &Request<'_>) -> Option<Mismatch> {
    condition.keys.iter().find_map(|key| {
        let truth = key_holds(condition.operator, key, request);
        (truth != Truth::Yes).then(|| describe(condition.operator, key, truth, request))
    })
}

fn describe(
    operator: Operator,
    key: &KeyCondition,
    truth: Truth,
    request: &Request<'_>,
) -> Mismatch {
    Mismatch::Condition {
        operator,
        key: key.key.to_string(),
        given: request.values(&key.key).map(|value| value.to_string()).collect(),
        wanted: key.values.items.iter().map(|operand| operand.text.to_string()).collect(),
        malformed: truth == Truth::Unknown,
    }
}

/// The decision, then one line for each statement that came near.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.decision)?;
        let near: Vec<String> = self
            .statements
            .iter()
            .filter_map(|statement| match &statement.failed {
                Some(Mismatch::Action { named }) => {
                    Some(format!("; statement {} has `{named}`", statement.statement))
                }
                _ => None,
            })
            .collect();
        if near.len() == self.statements.len() {
            return write!(f, "\nno statement names `{}`{}", self.action, near.concat());
        }
        for statement in &self.statements {
            write!(f, "\n{statement}")?;
        }
        Ok(())
    }
}

impl fmt::Display for StatementExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement {}: ", self.statement)?;
        match (&self.failed, self.effect) {
            (None, Effect::Allow) => f.write_str("allows it"),
            (None, Effect::Deny) => f.write_str("denies it"),
            (Some(mismatch), effect) => {
                write!(f, "{mismatch}")?;
                // What cannot be known denies.
                match (mismatch, effect) {
                    (Mismatch::Condition { malformed: true, .. }, Effect::Deny) => {
                        f.write_str(", so it denies")
                    }
                    _ => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Action { named } => write!(f, "it names `{named}`"),
            Self::Resource { asked, named } => {
                write!(f, "the action matches, `{asked}` is not covered by {}", list(named, "`"))
            }
            Self::Condition { operator, key, given, wanted, malformed } => {
                write!(f, "action and resource match, `{key}` ")?;
                if given.is_empty() {
                    return f.write_str("is not in the request");
                }
                write!(f, "is {}, ", list(given, ""))?;
                if *malformed {
                    return write!(f, "which `{}` cannot compare", operator.name());
                }
                let wanted = list(wanted, "");
                write!(f, "{} {wanted}", relation(*operator))
            }
            Self::Principal => f.write_str("it is about principals, which a request does not have"),
        }
    }
}

fn list(values: &[String], quote: &str) -> String {
    let quoted: Vec<String> = values
        .iter()
        .map(
            |value| if value.is_empty() { "\"\"".into() } else { format!("{quote}{value}{quote}") },
        )
        .collect();
    quoted.join(" or ")
}

/// How the given value stands to the wanted ones when the condition does not hold.
const fn relation(operator: Operator) -> &'static str {
    match (operator.comparison(), operator.family(), operator.negated()) {
        (Comparison::Equal, Family::Ip, false) => "not in",
        (Comparison::Equal, Family::Ip, true) => "which is in",
        (Comparison::Like, _, false) => "not like",
        (Comparison::Like, _, true) => "which is like",
        (Comparison::Less, Family::Date, _) => "not before",
        (Comparison::LessOrEqual, Family::Date, _) => "after",
        (Comparison::Greater, Family::Date, _) => "not after",
        (Comparison::GreaterOrEqual, Family::Date, _) => "before",
        (Comparison::Less, ..) => "not less than",
        (Comparison::LessOrEqual, ..) => "more than",
        (Comparison::Greater, ..) => "not more than",
        (Comparison::GreaterOrEqual, ..) => "less than",
        (Comparison::EqualIgnoreCase, _, false) => "in no case",
        (_, _, false) => "not",
        (_, _, true) => "which is excluded by",
    }
}
