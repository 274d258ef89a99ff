//! What is asked: an action, on some resources, in some circumstances.

use std::borrow::Cow;
use std::fmt;

use ram_policy_model::catalogue::{self, Resources};
use ram_policy_model::document::{Condition, Document, Element, KeyCondition, Statement, Values};
use ram_policy_model::terms::arn::Arn;
use ram_policy_model::terms::characters::is_account;
use ram_policy_model::terms::family::Family;
use ram_policy_model::terms::layout::Layout;
use ram_policy_model::terms::operand::{Meaning, Operand};
use ram_policy_model::terms::operator::{ConditionOperator, Operator};
use ram_policy_model::terms::overlap;
use ram_policy_model::terms::pattern::{ActionPattern, ResourcePattern};
use ram_policy_model::{Effect, OwnedRequest, Policy, Prover};

/// An action, or a pattern of actions, with the resources and the circumstances it is asked about.
///
/// ```
/// use ram_policy_account::Question;
///
/// let question = Question::new("oss:GetObject")?
///     .on("acs:oss:*:*:salaries/*")?
///     .when("acs:SourceIp", "10.1.2.3")?;
/// assert_eq!(question.to_string(), "oss:GetObject on acs:oss:*:*:salaries/* when acs:SourceIp is 10.1.2.3");
/// assert!(Question::new("GetObject").is_err());
/// # Ok::<(), ram_policy_account::QuestionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    action: String,
    resource: Option<String>,
    circumstances: Vec<(String, String)>,
}

/// Why something cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum QuestionError {
    /// It is no action or pattern of actions.
    Action(String),
    /// It is no ARN or pattern of ARNs.
    Resource(String),
    /// The value is not of the form that the key has.
    Value {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
}

impl fmt::Display for QuestionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Action(text) => {
                write!(f, "`{text}` is no action; write `<service>:<name>`, with `*` if you like")
            }
            Self::Resource(text) => {
                write!(f, "`{text}` is no ARN; write `acs:<service>:<region>:<account>:<resource>`")
            }
            Self::Value { key, value } => write!(f, "`{value}` is no value of `{key}`"),
        }
    }
}

impl std::error::Error for QuestionError {}

impl Question {
    /// Asks about an action, or about any of a pattern such as `ecs:*`.
    ///
    /// # Errors
    ///
    /// The text is neither.
    pub fn new(action: impl Into<String>) -> Result<Self, QuestionError> {
        let action = action.into();
        let is_action = action == "*" || ActionPattern::mistake(&action).is_none();
        if !is_action {
            return Err(QuestionError::Action(action));
        }
        Ok(Self { action, resource: None, circumstances: Vec::new() })
    }

    /// Only on resources that this ARN or pattern names.
    ///
    /// # Errors
    ///
    /// The text is neither.
    pub fn on(mut self, resource: impl Into<String>) -> Result<Self, QuestionError> {
        let resource = resource.into();
        if resource != "*" && Arn::split(&resource).is_err() {
            return Err(QuestionError::Resource(resource));
        }
        self.resource = Some(resource);
        Ok(self)
    }

    /// Only where the key has this value.
    ///
    /// # Errors
    ///
    /// The value is not of the form that the key has.
    pub fn when(
        mut self,
        key: impl Into<String>,
        value: impl Into<String>,
    ) -> Result<Self, QuestionError> {
        let (key, value) = (key.into(), value.into());
        if operand(&key, &value).is_none() {
            return Err(QuestionError::Value { key, value });
        }
        self.circumstances.push((key, value));
        Ok(self)
    }

    /// The action or the pattern.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// A request of those that are asked about, as it is written.
    pub(crate) fn example(&self) -> OwnedRequest {
        let resource = self.resource.as_deref().unwrap_or("*");
        in_context(OwnedRequest::new(self.action.clone(), resource), &self.circumstances)
    }

    /// Whether it asks about the resources of another account alone.
    pub(crate) fn is_about_others(&self, account: &str) -> bool {
        let Some(fields) = self.resource.as_deref().and_then(|text| Arn::split(text).ok()) else {
            return false;
        };
        let owner = fields.account;
        is_account(owner) && owner != account
    }

    /// The requests that are asked about, for one who asks.
    pub(crate) fn asked(&self, account: &str, arn: Option<&str>) -> Asked {
        // One account's policies do not reach into another's resources.
        let own = format!("acs:*:*:{account}:*");
        let resource = match &self.resource {
            None => own,
            Some(resource) if resource == "*" => own,
            Some(resource) => owned(resource, account),
        };
        let mut context = self.circumstances.clone();
        context.extend(arn.map(|arn| ("acs:PrincipalARN".to_owned(), arn.to_owned())));
        Asked::new(&self.action, &resource, context)
    }
}

/// Requests of one action or a pattern of actions, on one ARN or a pattern of ARNs, with some values in
/// their context.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    action: String,
    resource: String,
    context: Vec<(String, String)>,
}

impl Asked {
    pub(crate) fn new(action: &str, resource: &str, context: Vec<(String, String)>) -> Self {
        Self { action: action.to_owned(), resource: resource.to_owned(), context }
    }

    /// The ARN or the pattern.
    pub(crate) fn resource(&self) -> &str {
        &self.resource
    }

    /// The policy that allows these requests and no others.
    pub(crate) fn policy(&self) -> Policy {
        let conditions = self.context.iter().filter_map(|(key, value)| is(key, value)).collect();
        let resource = if self.is_about_all_resources() { "*" } else { self.resource.as_str() };
        let action = self.action.as_str();
        Policy::from_document(document(Effect::Allow, &[action], &[resource], conditions))
    }

    /// Whether a statement may allow any of the requests, by its actions and its resources; a proof says
    /// more and takes longer.
    pub(crate) fn meets(&self, statement: &Statement) -> bool {
        let Some((actions, negated)) = statement.actions() else { return false };
        let is_wild = self.action.contains(['*', '?']);
        let named = match self.action.split_once(':') {
            Some((code, name)) if !is_wild => {
                actions.items.iter().any(|item| item.matches(code, name)) != negated
            }
            Some(_) if !negated => {
                let asked = self.action.to_ascii_lowercase();
                let meets = |item: &ActionPattern| {
                    overlap::overlap(&item.text.to_ascii_lowercase(), &asked)
                };
                actions.items.iter().any(|item| &*item.text == "*" || meets(item))
            }
            Some(_) | None => true,
        };
        named
            && statement.resources().any(|resource| {
                let (Ok(asked), Ok(own)) = (Arn::split(&self.resource), Arn::split(&resource.text))
                else {
                    return resource.fields.is_none();
                };
                asked.meets(&own, |one, other| overlap::overlap(one, other))
            })
    }

    /// Whether the action cannot be limited to resources, so that RAM asks about `*` and nothing else.
    pub(crate) fn is_about_all_resources(&self) -> bool {
        is_about_all_resources(&self.action)
    }

    /// The prover that ranges over these requests.
    pub(crate) fn prover(&self) -> Prover {
        let prover = Prover::new();
        if self.is_about_all_resources() { prover.all_resources_only() } else { prover }
    }

    /// A request that is likely to be one of these.
    pub(crate) fn likely(&self) -> Option<OwnedRequest> {
        if self.action.contains(['*', '?']) {
            return None;
        }
        if self.is_about_all_resources() {
            return Some(in_context(OwnedRequest::new(&*self.action, "*"), &self.context));
        }
        let Arn { service, region, account, relative_id: id } = Arn::split(&self.resource).ok()?;
        let code = self.action.split_once(':').map_or("", |(code, _)| code);
        let plain = |text: &str, instead: &str| text.replace(['*', '?'], instead);
        let service = if service == "*" { code.to_owned() } else { plain(service, "x") };
        let region =
            if service == "ram" { plain(region, "") } else { plain(region, "cn-hangzhou") };
        let (account, id) = (plain(account, "1"), plain(id, "x"));
        let resource = format!("acs:{service}:{region}:{account}:{id}");
        Some(in_context(OwnedRequest::new(&*self.action, resource), &self.context))
    }
}

/// Whether an action cannot be limited to resources.
pub(crate) fn is_about_all_resources(action: &str) -> bool {
    let row = catalogue::find_action(action);
    row.is_some_and(|row| matches!(row.resources(), Resources::All))
}

/// A request with these values in its context.
fn in_context(mut request: OwnedRequest, context: &[(String, String)]) -> OwnedRequest {
    request.context.extend(context.iter().map(|(key, value)| (key.clone(), vec![value.clone()])));
    request
}

/// A pattern with the account where it leaves it open.
fn owned(resource: &str, account: &str) -> String {
    let mut fields: Vec<&str> = resource.splitn(5, ':').collect();
    if let Some(field) = fields.get_mut(3)
        && *field == "*"
    {
        *field = account;
    }
    fields.join(":")
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.action)?;
        if let Some(resource) = &self.resource {
            write!(f, " on {resource}")?;
        }
        for (place, (key, value)) in self.circumstances.iter().enumerate() {
            write!(f, " {} {key} is {value}", if place == 0 { "when" } else { "and" })?;
        }
        Ok(())
    }
}

/// The operator that compares a key with one value, and the value.
fn operand(key: &str, value: &str) -> Option<(Operator, Operand)> {
    let family = catalogue::condition_key::judge(key).value_type().family();
    let operator = Operator::of_equality(family.unwrap_or(Family::String))?;
    let operand = Operand::read(operator, Cow::Owned(value.to_owned())).ok()?;
    Some((operator, operand))
}

/// That a key has one value.
pub(crate) fn is(key: &str, value: &str) -> Option<Condition> {
    let (operator, operand) = operand(key, value)?;
    let key =
        KeyCondition { key: Cow::Owned(key.to_owned()), values: Values::plain(vec![operand]) };
    Some(Condition { operator: ConditionOperator::Known(operator), keys: Cow::Owned(vec![key]) })
}

/// That the caller has an ARN that matches this pattern; or none, as a service.
pub(crate) fn caller(pattern: Option<&str>) -> Condition {
    let (operator, pattern) = match pattern {
        Some(pattern) => (Operator::StringLike, pattern),
        // Only a key that is missing matches no pattern.
        None => (Operator::StringNotLike, "*"),
    };
    let text = || Cow::Owned(pattern.to_owned());
    // Every text is a pattern.
    let operand = Operand::read(operator, text())
        .unwrap_or_else(|_| Operand { text: text(), meaning: Meaning::Invalid });
    let key = KeyCondition {
        key: Cow::Borrowed("acs:PrincipalARN"),
        values: Values::plain(vec![operand]),
    };
    Condition { operator: ConditionOperator::Known(operator), keys: Cow::Owned(vec![key]) }
}

/// A document of one statement.
pub(crate) fn document(
    effect: Effect,
    actions: &[&str],
    resources: &[&str],
    conditions: Vec<Condition>,
) -> Document {
    let text = |text: &&str| Cow::Owned((*text).to_owned());
    let mut elements = vec![
        Element::Effect,
        Element::Action(Values::plain(
            actions.iter().map(|action| ActionPattern::new(text(action))).collect(),
        )),
        Element::Resource(Values::plain(
            resources.iter().map(|resource| ResourcePattern::new(text(resource))).collect(),
        )),
    ];
    if !conditions.is_empty() {
        elements.push(Element::Condition(Cow::Owned(conditions)));
    }
    let statement = Statement { effect, elements: Cow::Owned(elements) };
    Document { layout: Layout::VersionFirst, statements: Cow::Owned(vec![statement]) }
}
