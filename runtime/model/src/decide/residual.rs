//! What a decision hangs on, in words and as a policy.

use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};
use core::fmt;

use super::partial::PartialRequest;
use crate::document::{Condition, Statement};
use crate::terms::effect::Effect;
use crate::terms::operator::ConditionOperator;
use crate::text::order;
use crate::text::shown::escaped;

/// What a decision hangs on: the statements that may match, reduced to what is not known.
///
/// ```
/// use ram_policy::{PartialRequest, Request, policy};
///
/// let policy = policy! {
///     allow ecs::* on * when acs::MFAPresent == true and acs::SourceIp in "10.0.0.0/8";
///     deny ecs::Stop* on * when acs::SourceIp in "10.9.0.0/16";
/// };
/// let request = Request::new("ecs:StopInstance", "*")?.with_named("acs:MFAPresent", "true")?;
/// let request = PartialRequest::of(request).unknown("acs:SourceIp")?;
/// let decision = policy.evaluate_partial(&request);
/// let residual = decision.residual().expect("the address decides");
/// assert_eq!(
///     residual.to_string(),
///     "allowed if `acs:SourceIp` is in 10.0.0.0/8, unless `acs:SourceIp` is in 10.9.0.0/16",
/// );
/// let left = residual.policy().expect("the policy itself is known");
/// assert!(left.to_json().contains(r#""Condition":{"IpAddress":{"acs:SourceIp":"10.0.0.0/8"}}"#));
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Residual {
    denials: Vec<Way>,
    allows: Vec<Way>,
    /// Whether a statement allows the request, whatever is not known.
    is_allowed: bool,
    any_resource: bool,
}

/// A statement that may match.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    pub(super) statement: usize,
    pub(super) reduced: Statement,
    pub(super) holes: Vec<String>,
}

impl Way {
    /// The statement, from 0.
    #[must_use]
    pub const fn statement(&self) -> usize {
        self.statement
    }

    /// What of the statement is not known.
    #[must_use]
    pub fn holes(&self) -> &[String] {
        &self.holes
    }

    /// The resources of which one must be asked for; `*` for any.
    pub fn resources(&self) -> impl Iterator<Item = &str> {
        self.reduced.resources().map(|resource| &*resource.text)
    }

    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.reduced.conditions()
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        self.conditions().flat_map(|condition| condition.keys.iter().map(|key| &*key.key))
    }

    /// What must hold for the statement to match; empty when nothing needs to.
    fn words(&self, any_resource: bool) -> String {
        let mut words: Vec<String> = Vec::new();
        let resources: Vec<String> =
            self.resources().map(|resource| format!("`{}`", escaped(resource))).collect();
        if any_resource && !self.resources().any(|resource| resource == "*") {
            words.push(format!("the resource is {}", resources.join(" or ")));
        }
        for condition in self.conditions() {
            for key in condition.keys.iter() {
                let values: Vec<String> =
                    key.values.items.iter().map(|value| shown(&value.text)).collect();
                let relation = match condition.operator {
                    ConditionOperator::Known(operator) => operator.relation(),
                    ConditionOperator::OfSet(..) => condition.operator.name(),
                };
                let (key, values) = (escaped(&key.key), values.join(" or "));
                words.push(format!("`{key}` {relation} {values}"));
            }
        }
        if !self.holes.is_empty() {
            let holes: Vec<String> =
                self.holes.iter().map(|hole| format!("`{}`", escaped(hole))).collect();
            let effect = match self.reduced.effect {
                Effect::Allow => "allows",
                Effect::Deny => "denies",
            };
            words.push(format!(
                "statement {} {effect} it, which has {}",
                self.statement,
                holes.join(" and ")
            ));
        }
        words.join(" and ")
    }
}

fn shown(value: &str) -> String {
    if value.is_empty() { "\"\"".into() } else { escaped(value).to_string() }
}

impl Residual {
    pub(super) fn new(
        request: &PartialRequest<'_>,
        denials: Vec<Way>,
        allows: Vec<Way>,
        is_allowed: bool,
    ) -> Self {
        Self { denials, allows, is_allowed, any_resource: request.is_any_resource() }
    }

    /// Whether the request may be allowed. Where it is not, it hangs on what is not known only
    /// whether a statement denies it.
    #[must_use]
    pub fn may_be_allowed(&self) -> bool {
        !self.allows.is_empty()
    }

    /// The statements that may allow the request.
    #[must_use]
    pub fn allows(&self) -> &[Way] {
        &self.allows
    }

    /// The statements that may deny the request.
    #[must_use]
    pub fn denials(&self) -> &[Way] {
        &self.denials
    }

    fn ways(&self) -> impl Iterator<Item = &Way> {
        self.allows.iter().chain(&self.denials)
    }

    /// The resources of which one must be asked for, where the resource may be any: for others the
    /// request is not allowed.
    ///
    /// ```
    /// use ram_policy::{Oss, PartialRequest, policy};
    ///
    /// let policy = policy! { allow oss::* on "acs:oss:*:*:photos/*", "acs:oss:*:*:films/*"; };
    /// let decision = policy.evaluate_partial(&PartialRequest::any_resource(Oss::GetObject)?);
    /// let residual = decision.residual().expect("the resource decides");
    /// assert_eq!(residual.resources(), ["acs:oss:*:*:photos/*", "acs:oss:*:*:films/*"]);
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn resources(&self) -> Vec<&str> {
        distinct(self.allows.iter().flat_map(Way::resources))
    }

    /// The condition keys that the decision hangs on.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        distinct(self.ways().flat_map(Way::keys))
    }

    /// The holes of the policy that the decision hangs on.
    #[must_use]
    pub fn holes(&self) -> Vec<&str> {
        distinct(self.ways().flat_map(|way| way.holes.iter().map(String::as_str)))
    }

    /// The statements that are left, in order; `None` where the policy itself is known in part.
    pub(crate) fn statements(&self) -> Option<Vec<Statement>> {
        let mut ways: Vec<&Way> = self.ways().collect();
        order::sort_by(&mut ways, |left, right| left.statement.cmp(&right.statement));
        let is_known = ways.iter().all(|way| way.holes.is_empty());
        is_known.then(|| ways.into_iter().map(|way| way.reduced.clone()).collect())
    }
}

fn distinct<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut found: Vec<&str> = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// `allowed if ..., unless ...`.
impl fmt::Display for Residual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |ways: &[Way]| -> Vec<String> {
            ways.iter().map(|way| way.words(self.any_resource)).collect()
        };
        let denials = words(&self.denials).join(", or ");
        if self.allows.is_empty() {
            return write!(f, "denied, explicitly if {denials}");
        }
        f.write_str("allowed")?;
        if !self.is_allowed {
            write!(f, " if {}", words(&self.allows).join(", or if "))?;
            if !denials.is_empty() {
                f.write_str(",")?;
            }
        }
        if denials.is_empty() { Ok(()) } else { write!(f, " unless {denials}") }
    }
}
