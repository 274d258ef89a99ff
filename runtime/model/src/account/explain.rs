//! Says why a request is allowed or denied: what each statement that came near asks for, and the
//! first thing that failed.

use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};
use core::fmt;

use super::authorize::{Authorization, Authorizer, PolicyType};
use super::stage::{Source, Witness};
use crate::decide::evaluate::{Truth, assumes, key_holds, named, resource_matches, trusts};
use crate::document::{Document, Element, KeyCondition, Principals, Statement};
use crate::policy::Policy;
use crate::policy::resource::ResourcePolicy;
use crate::policy::role::TrustPolicy;
use crate::request::Request;
use crate::terms::caller::{Asker, Caller};
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::kind::{PolicyKind, ResourceKind};
use crate::terms::operator::{ConditionOperator, Operator};
use crate::text::shown::escaped;
use crate::text::suggest;

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
    /// What a condition means is not known, so that nothing is allowed by it.
    SetOperator {
        /// The operator, as `ForAnyValue:StringEquals`.
        operator: &'static str,
        /// The condition key.
        key: String,
    },
    /// The statement trusts others.
    Principal {
        /// Who asked: an ARN, or the name of a service.
        asked: String,
        /// The principals it names.
        named: Vec<String>,
        /// Whether no document says if one of them is who asked.
        unclear: bool,
    },
    /// A policy of this kind has no effect for the action, when this caller asks.
    Ineffective {
        /// The action.
        action: String,
        /// The kind.
        kind: ResourceKind,
    },
}

/// Why all policies that have a say decide a request as they do; see [`Authorizer::explain`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AuthorizationExplanation {
    /// The answer.
    pub authorization: Authorization,
    /// What each policy that was asked says, in RAM's order.
    pub policies: Vec<PolicyExplanation>,
}

/// What one policy among several says to a request.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PolicyExplanation {
    /// What kind of policy it is.
    pub policy_type: PolicyType,
    /// For control policies, the level it stands at, from 0 at the account.
    pub level: Option<usize>,
    /// Its place among those of its type and level, from 0.
    pub policy: usize,
    /// What it says.
    pub explanation: Explanation,
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

impl TrustPolicy {
    /// Says why a caller may or may not assume the role, by this policy alone.
    ///
    /// ```
    /// use ram_policy::{Caller, Request, trust_policy};
    ///
    /// let trust = trust_policy! { allow sts::AssumeRole by service "ecs.aliyuncs.com"; };
    /// let request = Request::new("sts:AssumeRole", "acs:ram::1234567890123456:role/web")?;
    /// let fc = Caller::Service { principal: "fc.aliyuncs.com" };
    /// assert_eq!(
    ///     trust.explain(fc, &request).to_string(),
    ///     "ImplicitDeny\nstatement 0: `fc.aliyuncs.com` is not `ecs.aliyuncs.com`",
    /// );
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn explain(&self, caller: Caller<'_>, request: &Request<'_>) -> Explanation {
        let statements = self
            .document()
            .statements
            .iter()
            .enumerate()
            .map(|(number, statement)| StatementExplanation {
                statement: number,
                effect: statement.effect,
                failed: trust_mismatch(statement, caller, request),
            })
            .collect();
        Explanation {
            decision: self.evaluate(caller, request),
            action: "sts:AssumeRole".into(),
            statements,
        }
    }
}

impl Authorizer<'_> {
    /// Says why a request is allowed or denied: what each policy that is asked says, in RAM's
    /// order, up to the one that decides. Policies that are asked together are all there.
    ///
    /// ```
    /// use ram_policy::{Authorizer, Caller, Request, policy};
    ///
    /// let operators = policy! { allow ecs::StartInstance on *; };
    /// let readers = policy! { allow ecs::Describe* on *; };
    /// let alice = Authorizer::new(Caller::User { account: "1234567890123456", name: "alice" })
    ///     .with_policies([&operators, &readers]);
    /// let request = Request::new("ecs:StopInstance", "acs:ecs:*:1234567890123456:instance/i-1")?;
    /// assert_eq!(
    ///     alice.explain(&request).to_string(),
    ///     "ImplicitDeny (AccountLevelIdentityBasedPolicy)
    /// AccountLevelIdentityBasedPolicy 0: ImplicitDeny
    ///   no statement names `ecs:StopInstance`; statement 0 has `ecs:StartInstance`
    /// AccountLevelIdentityBasedPolicy 1: ImplicitDeny
    ///   no statement names `ecs:StopInstance`",
    /// );
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn explain(&self, request: &Request<'_>) -> AuthorizationExplanation {
        let mut policies = Vec::new();
        let authorization = self.authorize_before(request, &mut policies);
        AuthorizationExplanation { authorization, policies }
    }
}

impl Witness for Vec<PolicyExplanation> {
    fn policies<'p>(
        &mut self,
        source: Source,
        policies: impl Iterator<Item = &'p Policy>,
        request: &Request<'_>,
    ) {
        self.extend(policies.enumerate().map(|(number, policy)| PolicyExplanation {
            policy_type: source.policy_type,
            level: source.level,
            policy: number,
            explanation: policy.explain(request),
        }));
    }

    fn kept(
        &mut self,
        source: Source,
        policy: &ResourcePolicy,
        asker: Asker<'_>,
        owns: bool,
        request: &Request<'_>,
    ) {
        self.push(PolicyExplanation {
            policy_type: source.policy_type,
            level: source.level,
            policy: source.first,
            explanation: explain_kept(policy, asker, owns, request),
        });
    }

    fn trust(&mut self, policy: &TrustPolicy, caller: Caller<'_>, request: &Request<'_>) {
        self.push(PolicyExplanation {
            policy_type: PolicyType::AssumeRolePolicy,
            level: None,
            policy: 0,
            explanation: policy.explain(caller, request),
        });
    }
}

impl ResourcePolicy {
    /// Says why somebody may or may not do something, by this policy alone. `owner` is the number of the
    /// account that owns the resource.
    ///
    /// ```
    /// use ram_policy::{Caller, Request, ResourceKind, ResourcePolicy};
    ///
    /// let bucket = ResourcePolicy::from_json(
    ///     ResourceKind::Bucket,
    ///     r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:GetObject"],"Principal":["6543210987654321"],"Resource":["acs:oss:*:*:photos/*"]}]}"#,
    /// )?;
    /// let request = Request::new("oss:GetObject", "acs:oss:*:1234567890123456:photos/a.jpg")?;
    /// assert_eq!(
    ///     bucket.explain(Caller::Anonymous, "1234567890123456", &request).to_string(),
    ///     "ImplicitDeny\nstatement 0: `anonymous` is not `6543210987654321`",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn explain<'a>(
        &self,
        asker: impl Into<Asker<'a>>,
        owner: &str,
        request: &Request<'_>,
    ) -> Explanation {
        let asker = asker.into();
        explain_kept(self, asker, asker.caller().account() == Some(owner), request)
    }
}

fn explain_kept(
    policy: &ResourcePolicy,
    asker: Asker<'_>,
    owns: bool,
    request: &Request<'_>,
) -> Explanation {
    let (code, name) = (request.action().code(), request.action().name());
    let kind = policy.kind();
    let failed = |statement: &Statement| {
        if statement.effect == Effect::Allow && !kind.has_effect(owns, code, name) {
            return Some(Mismatch::Ineffective { action: format!("{code}:{name}"), kind });
        }
        let is_named = named(kind, statement, asker, owns);
        let principal = (is_named != Truth::Yes).then(|| Mismatch::Principal {
            asked: asker.caller().to_string(),
            named: named_texts(statement),
            unclear: is_named == Truth::Unknown,
        });
        match principal {
            Some(mismatch) if is_named == Truth::No => Some(mismatch),
            unclear => mismatch(statement, request).or(unclear),
        }
    };
    let document = policy.document();
    explain_by(&document, policy.evaluate_as(asker, owns, request), request, failed)
}

/// The principals of a statement, as they are written.
fn named_texts(statement: &Statement) -> Vec<String> {
    let texts = statement.elements.iter().filter_map(|element| match element {
        Element::Principal(Principals::Listed(values)) => Some(values),
        Element::Principal(Principals::ByType(_))
        | Element::Effect
        | Element::Action(_)
        | Element::NotAction(_)
        | Element::Resource(_)
        | Element::Condition(_)
        | Element::Sid(_) => None,
    });
    let listed = texts.flat_map(|values| values.items.iter());
    let by_type = statement.principals().flat_map(|group| group.values.items.iter());
    listed.chain(by_type).map(ToString::to_string).collect()
}

fn explain(document: &Document, decision: Decision, request: &Request<'_>) -> Explanation {
    explain_by(document, decision, request, |statement| mismatch(statement, request))
}

/// Explains a decision by what fails of each statement that names the action.
fn explain_by(
    document: &Document,
    decision: Decision,
    request: &Request<'_>,
    failed: impl Fn(&Statement) -> Option<Mismatch>,
) -> Explanation {
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
        .map(|(number, statement)| of(number, statement, failed(statement)))
        .collect();
    if explained.is_empty() {
        explained = statements()
            .filter_map(|(number, statement)| {
                let (actions, _) = statement.actions()?;
                let texts = actions.items.iter().map(|pattern| &*pattern.text);
                let mut same = texts.clone().filter(|text| *text == action);
                let named =
                    same.next().or_else(|| suggest::nearest(&action, texts).first().copied())?;
                let named = named.to_string();
                Some(of(number, statement, Some(Mismatch::Action { named })))
            })
            .collect();
    }
    Explanation { decision, action, statements: explained }
}

/// The first thing besides the action that does not match.
fn mismatch(statement: &Statement, request: &Request<'_>) -> Option<Mismatch> {
    // The resource first, whatever the order of the elements.
    let resource = statement.elements.iter().find_map(|element| {
        let Element::Resource(resources) = element else { return None };
        let matches = resources.items.iter().any(|item| resource_matches(item, request.resource()));
        (!matches).then(|| Mismatch::Resource {
            asked: request.resource().to_string(),
            named: resources.items.iter().map(|item| item.text.to_string()).collect(),
        })
    });
    resource.or_else(|| failed_condition(statement, request))
}

fn failed_condition(statement: &Statement, request: &Request<'_>) -> Option<Mismatch> {
    let mut unknown = None;
    for condition in statement.conditions() {
        for key in condition.keys.iter() {
            match failed_key(condition.operator, key, request) {
                None => {}
                // It says for certain that the statement does not match.
                Some((Truth::No, mismatch)) => return Some(mismatch),
                Some((Truth::Yes | Truth::Unknown, mismatch)) => {
                    unknown.get_or_insert(mismatch);
                }
            }
        }
    }
    unknown
}

/// The first thing of a trust policy's statement that does not match.
fn trust_mismatch(
    statement: &Statement,
    caller: Caller<'_>,
    request: &Request<'_>,
) -> Option<Mismatch> {
    let (actions, _) = statement.actions()?;
    let is_about_it = match assumes(statement) {
        Truth::Yes => true,
        Truth::Unknown => statement.effect == Effect::Deny,
        Truth::No => false,
    };
    if !is_about_it {
        let named = actions.items.iter().map(|pattern| pattern.text.to_string()).next();
        return Some(Mismatch::Action { named: named.unwrap_or_default() });
    }
    let groups = || statement.principals();
    if !groups().any(|group| trusts(statement, group, caller)) {
        let named = groups().flat_map(|group| group.values.items.iter());
        return Some(Mismatch::Principal {
            asked: caller.to_string(),
            named: named.map(ToString::to_string).collect(),
            unclear: false,
        });
    }
    failed_condition(statement, request)
}

/// What keeps a test from holding, and whether it surely does.
fn failed_key(
    operator: ConditionOperator,
    key: &KeyCondition,
    request: &Request<'_>,
) -> Option<(Truth, Mismatch)> {
    match operator {
        ConditionOperator::OfSet(..) => {
            let mismatch =
                Mismatch::SetOperator { operator: operator.name(), key: key.key.to_string() };
            Some((Truth::Unknown, mismatch))
        }
        ConditionOperator::Known(operator) => match key_holds(operator, key, request) {
            Truth::Yes => None,
            truth @ (Truth::No | Truth::Unknown) => {
                Some((truth, describe(operator, key, truth, request)))
            }
        },
    }
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
                    Some(format!("; statement {} has `{}`", statement.statement, escaped(named)))
                }
                _ => None,
            })
            .collect();
        if near.len() == self.statements.len() {
            let action = escaped(&self.action);
            return write!(f, "\nno statement names `{action}`{}", near.concat());
        }
        for statement in &self.statements {
            write!(f, "\n{statement}")?;
        }
        Ok(())
    }
}

/// The answer with the policy and statement that decided, then what each policy says.
impl fmt::Display for AuthorizationExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Authorization { outcome, policy_type, level, policy, statement, .. } =
            self.authorization;
        write!(f, "{outcome}")?;
        if let Some(policy_type) = policy_type {
            write!(f, " ({policy_type}")?;
            let parts = [("level", level), ("policy", policy), ("statement", statement)];
            for (name, number) in parts {
                if let Some(number) = number {
                    write!(f, ", {name} {number}")?;
                }
            }
            f.write_str(")")?;
        }
        for policy in &self.policies {
            write!(f, "\n{policy}")?;
        }
        Ok(())
    }
}

/// The policy, then its explanation, indented.
impl fmt::Display for PolicyExplanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.policy_type)?;
        if let Some(level) = self.level {
            write!(f, "{level}.")?;
        }
        let explanation = self.explanation.to_string().replace('\n', "\n  ");
        write!(f, "{}: {explanation}", self.policy)
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
                    (
                        Mismatch::Condition { malformed: true, .. }
                        | Mismatch::Principal { unclear: true, .. }
                        | Mismatch::SetOperator { .. },
                        Effect::Deny,
                    ) => f.write_str(", so it denies"),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Action { named } => write!(f, "it names `{}`", escaped(named)),
            Self::SetOperator { operator, key } => write!(
                f,
                "RAM's documents do not say what `{operator}` of `{}` means",
                escaped(key)
            ),
            Self::Resource { asked, named } => {
                let (asked, named) = (escaped(asked), list(named, "`"));
                write!(f, "the action matches, `{asked}` is not covered by {named}")
            }
            Self::Condition { operator, key, given, wanted, malformed } => {
                write!(f, "action and resource match, `{}` ", escaped(key))?;
                if given.is_empty() {
                    return f.write_str("is not in the request");
                }
                write!(f, "is {}, ", list(given, ""))?;
                if *malformed {
                    return write!(f, "which `{}` cannot compare", operator.name());
                }
                let wanted = list(wanted, "");
                write!(f, "{} {wanted}", operator.refusal())
            }
            Self::Principal { asked, named, unclear: false } => {
                write!(f, "`{}` is not {}", escaped(asked), list(named, "`"))
            }
            Self::Principal { asked, named, unclear: true } => {
                let (asked, named) = (escaped(asked), list(named, "`"));
                write!(f, "it is not known whether `{asked}` is {named}")
            }
            Self::Ineffective { action, kind } => {
                let kind = PolicyKind::Resource(*kind).rules().name;
                write!(f, "{kind} has no effect for `{}` of this caller", escaped(action))
            }
        }
    }
}

/// The values on one line: a request may hold line feeds, and what is told may go into a log.
fn list(values: &[String], quote: &str) -> String {
    let quoted: Vec<String> = values
        .iter()
        .map(|value| match value.as_str() {
            "" => "\"\"".into(),
            value => format!("{quote}{}{quote}", escaped(value)),
        })
        .collect();
    quoted.join(" or ")
}
