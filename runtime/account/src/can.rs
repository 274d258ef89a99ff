//! What a principal may do, as one policy.

use std::borrow::Cow;
use std::fmt;

use ram_policy_model::document::{Condition, Document, Element, KeyCondition, Statement, Values};
use ram_policy_model::prove::Reason;
use ram_policy_model::terms::arn::Arn;
use ram_policy_model::terms::layout::Layout;
use ram_policy_model::terms::operand::Operand;
use ram_policy_model::terms::operator::{ConditionOperator, Operator};
use ram_policy_model::terms::pattern::{ActionPattern, ResourcePattern};
use ram_policy_model::terms::{cover, overlap};
use ram_policy_model::{Counterexample, Effect, Policy, Prover};

use crate::account::{Account, Control, Hole, Scope};
use crate::ask::{Attached, Identity};
use crate::principal::Principal;
use crate::question;

/// What a principal may do.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Effective {
    /// The policy that allows the same requests as all policies together that have a say; proved.
    pub policy: Policy,
    /// What is not known; the policy is what is allowed whatever that turns out to be.
    pub holes: Vec<Hole>,
}

/// Why what somebody may do is not one policy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EffectiveError {
    /// There is no such user or role.
    NoSuchPrincipal(Principal),
    /// Two patterns meet in requests that no pattern names.
    NoPattern {
        /// The one.
        left: String,
        /// The other.
        right: String,
    },
    /// It could not be proved that the policy is the same.
    NotProved(Reason),
    /// The policy that was found is not the same, which is a mistake of this library.
    NotTheSame(Counterexample),
}

impl fmt::Display for EffectiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchPrincipal(principal) => write!(f, "the account has no {principal}"),
            Self::NoPattern { left, right } => {
                write!(f, "no pattern names what both `{left}` and `{right}` match")
            }
            Self::NotProved(reason) => write!(f, "{reason}"),
            Self::NotTheSame(found) => write!(f, "the policy found differs for {found}"),
        }
    }
}

impl std::error::Error for EffectiveError {}

impl Account {
    /// What a user or a role may do by its own policies, those of its groups, the control policies of the
    /// account and its [session policy](Account::session), as one policy that is simplified and proved to allow the same requests.
    ///
    /// Of a policy that is attached for a resource group, it has what is allowed on the first 100 resources
    /// that are known to be in it ([`Account::resource`]).
    ///
    /// Resources that other accounts own are left in: whether they let the principal in is their
    /// own affair.
    ///
    /// ```
    /// use ram_policy::{ControlPolicy, policy};
    /// use ram_policy_account::{Account, Attach, PolicyName, Principal};
    ///
    /// let mut account = Account::new("1234567890123456");
    /// let control = policy! { allow ecs::Describe*, oss::* on *; deny oss::PutBucketAcl on *; };
    /// account.add_control_level(vec![ControlPolicy::new(control)?]);
    /// let own = PolicyName::custom("own");
    /// account.add_policy(own.clone(), policy! { allow ecs::* on "acs:ecs:cn-beijing:*:*"; });
    /// account.user("alice").attach(own);
    /// let effective = account.can(&Principal::User("alice".to_owned()))?;
    /// let expected = policy! { allow ecs::Describe* on "acs:ecs:cn-beijing:*:*"; };
    /// assert_eq!(effective.policy, expected);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// There is no such principal, or what it may do cannot be written as one policy that is proved.
    pub fn can(&self, principal: &Principal) -> Result<Effective, EffectiveError> {
        let is_one = matches!(principal, Principal::User(_) | Principal::Role(_));
        if !is_one || !self.has(principal) {
            return Err(EffectiveError::NoSuchPrincipal(principal.clone()));
        }
        let identity = self.identity(principal, []);
        let holes = self.holes_of(&identity);
        let in_groups = self.in_groups(&identity);
        let (found, sets) = self.intersection(&identity, &in_groups)?;
        let policy = Policy::from_document(found).simplified_alone();
        let sets: Vec<&[&Policy]> = sets.iter().map(Vec::as_slice).collect();
        let more = |found: Option<Counterexample>| match found {
            None => Ok(()),
            Some(found) => Err(EffectiveError::NotTheSame(found)),
        };
        let prover = Prover::new();
        let not_by: &[&Policy] = &[&policy];
        let missed = prover.request_allowed_by_all(sets.iter().copied(), Some(not_by));
        more(missed.map_err(EffectiveError::NotProved)?)?;
        for set in sets {
            let added = prover.request_allowed_by_all([not_by], Some(set));
            more(added.map_err(EffectiveError::NotProved)?)?;
        }
        Ok(Effective { policy, holes })
    }

    /// What policies that are attached for resource groups allow on the resources that are known to be in
    /// them.
    pub(crate) fn in_groups(&self, identity: &Identity<'_>) -> Vec<Policy> {
        let of = |(_, policy, _, scope): Attached<'_>| {
            let Scope::ResourceGroup(group) = scope else { return None };
            let of_group = self.resources.iter().filter(|(_, own)| *own == group);
            let resources: Vec<&str> =
                of_group.map(|(arn, _)| arn.as_str()).take(MOST_RESOURCES).collect();
            if resources.is_empty() {
                return None;
            }
            let there = question::document(Effect::Allow, &["*"], &resources, Vec::new());
            let there = there.statements.first()?;
            let document = policy?.document();
            let allows = |statement: &&Statement| statement.effect == Effect::Allow;
            let statements = document.statements.iter().filter(allows);
            // What no pattern names stays unknown.
            let statements: Vec<Statement> =
                statements.filter_map(|statement| both(statement, there).ok().flatten()).collect();
            let statements = Cow::Owned(statements);
            Some(Policy::from_document(Document { layout: Layout::VersionFirst, statements }))
        };
        identity.attached().filter_map(of).collect()
    }

    /// One document of what all sets of policies allow, and the sets.
    fn intersection<'a>(
        &'a self,
        identity: &Identity<'a>,
        in_groups: &'a [Policy],
    ) -> Result<(Document, Vec<Vec<&'a Policy>>), EffectiveError> {
        let own: Vec<&Policy> = identity.known().into_iter().chain(in_groups).collect();
        let mut statements: Vec<Statement> = own
            .iter()
            .flat_map(|policy| policy.document().into_owned().statements.into_owned())
            .collect();
        let mut sets = vec![own];
        match &self.control {
            // All that is not known is against the principal.
            Control::NotKnown(_) => statements.clear(),
            Control::Levels(levels) => {
                for level in levels {
                    let level: Vec<&Policy> =
                        level.iter().map(|control| control.policy()).collect();
                    let of_level: Vec<Statement> = level
                        .iter()
                        .flat_map(|policy| policy.document().into_owned().statements.into_owned())
                        .collect();
                    statements = meet(&statements, &of_level)?;
                    sets.push(level);
                }
            }
        }
        if matches!(self.control, Control::NotKnown(_)) {
            sets.push(Vec::new());
        }
        if let Some(session) = identity.known_session() {
            statements = meet(&statements, &session.document().into_owned().statements)?;
            sets.push(vec![session]);
        }
        Ok((Document { layout: Layout::VersionFirst, statements: Cow::Owned(statements) }, sets))
    }
}

/// Most resources of a resource group that a policy names one by one.
const MOST_RESOURCES: usize = 100;

/// Statements that allow what both allow: all denials, and every allowance of the one with every
/// allowance of the other.
fn meet(left: &[Statement], right: &[Statement]) -> Result<Vec<Statement>, EffectiveError> {
    let of = |statements: &[Statement], effect: Effect| -> Vec<Statement> {
        statements.iter().filter(|statement| statement.effect == effect).cloned().collect()
    };
    let mut met = Vec::new();
    for one in of(left, Effect::Allow) {
        for other in of(right, Effect::Allow) {
            met.extend(both(&one, &other)?);
        }
    }
    met.extend(of(left, Effect::Deny));
    met.extend(of(right, Effect::Deny));
    Ok(met)
}

/// The statement that matches what both match; `None` where nothing is.
fn both(one: &Statement, other: &Statement) -> Result<Option<Statement>, EffectiveError> {
    if one == other || other.is_unconditional() && names_everything(other) {
        return Ok(Some(one.clone()));
    }
    if one.is_unconditional() && names_everything(one) {
        return Ok(Some(other.clone()));
    }
    let actions = match (one.actions(), other.actions()) {
        (Some((left, false)), Some((right, false))) => {
            let mut found = Vec::new();
            for left in left.items.iter() {
                for right in right.items.iter() {
                    found.extend(common_action(&left.text, &right.text)?);
                }
            }
            Element::Action(listed(found, ActionPattern::new))
        }
        (Some((named, false)), Some((except, true)))
        | (Some((except, true)), Some((named, false))) => {
            let mut found = Vec::new();
            for named in named.items.iter() {
                let is_out = |except: &ActionPattern| covers_action(&except.text, &named.text);
                if except.items.iter().any(is_out) {
                    continue;
                }
                for except in except.items.iter() {
                    if common_action(&named.text, &except.text)?.is_some() {
                        return Err(no_pattern(&named.text, &except.text));
                    }
                }
                found.push(named.text.to_string());
            }
            Element::Action(listed(found, ActionPattern::new))
        }
        (Some((left, true)), Some((right, true))) => {
            let both = left.items.iter().chain(right.items.iter());
            Element::NotAction(listed(
                both.map(|pattern| pattern.text.to_string()).collect(),
                ActionPattern::new,
            ))
        }
        (None, _) | (_, None) => return Ok(None),
    };
    let mut resources = Vec::new();
    for left in one.resources() {
        for right in other.resources() {
            resources.extend(common_resource(&left.text, &right.text)?);
        }
    }
    let is_empty =
        |element: &Element| matches!(element, Element::Action(actions) if actions.items.is_empty());
    if is_empty(&actions) || resources.is_empty() {
        return Ok(None);
    }
    let mut elements =
        vec![Element::Effect, actions, Element::Resource(listed(resources, ResourcePattern::new))];
    let conditions = all_conditions(one, other)?;
    if !conditions.is_empty() {
        elements.push(Element::Condition(Cow::Owned(conditions)));
    }
    Ok(Some(Statement { effect: one.effect, elements: Cow::Owned(elements) }))
}

/// The conditions of both statements; a key stands under an operator once.
fn all_conditions(one: &Statement, other: &Statement) -> Result<Vec<Condition>, EffectiveError> {
    let mut all: Vec<(ConditionOperator, Vec<KeyCondition>)> = Vec::new();
    for condition in one.conditions().chain(other.conditions()) {
        let place = all.iter().position(|(operator, _)| *operator == condition.operator);
        let place = place.unwrap_or_else(|| {
            all.push((condition.operator, Vec::new()));
            all.len() - 1
        });
        let Some((_, keys)) = all.get_mut(place) else { continue };
        for key in condition.keys.iter() {
            match keys.iter_mut().find(|known| known.key == key.key) {
                None => keys.push(key.clone()),
                Some(known) if known.values.items == key.values.items => {}
                Some(known) => {
                    let values = both_values(condition.operator, known, key).ok_or_else(|| {
                        let name = condition.operator.name();
                        no_pattern(&format!("{name} {}", known.key), &format!("{name} {}", key.key))
                    })?;
                    known.values = Values::plain(values);
                }
            }
        }
    }
    let written = |(operator, keys)| Condition { operator, keys: Cow::Owned(keys) };
    Ok(all.into_iter().map(written).collect())
}

/// The values with which one comparison says what two say, where there are any.
fn both_values(
    operator: ConditionOperator,
    one: &KeyCondition,
    other: &KeyCondition,
) -> Option<Vec<Operand>> {
    let ConditionOperator::Known(operator) = operator else { return None };
    let (one, other) = (&one.values.items, &other.values.items);
    if operator.negated() {
        // None of these, and none of those.
        let more = other.iter().filter(|value| !one.contains(value));
        return Some(one.iter().chain(more).cloned().collect());
    }
    let common: Vec<Operand> = one.iter().filter(|value| other.contains(value)).cloned().collect();
    (operator == Operator::StringEquals && !common.is_empty()).then_some(common)
}

fn names_everything(statement: &Statement) -> bool {
    statement.actions().is_some_and(|(actions, negated)| {
        !negated && actions.items.iter().any(|action| &*action.text == "*")
    }) && statement.conditions().next().is_none()
}

fn no_pattern(left: &str, right: &str) -> EffectiveError {
    EffectiveError::NoPattern { left: left.to_owned(), right: right.to_owned() }
}

fn listed<T: Clone>(mut texts: Vec<String>, new: impl Fn(Cow<'static, str>) -> T) -> Values<T> {
    texts.sort();
    texts.dedup();
    Values::plain(texts.into_iter().map(|text| new(Cow::Owned(text))).collect())
}

fn covers_action(wide: &str, narrow: &str) -> bool {
    wide == "*" || cover::covers_ignore_case(wide, narrow)
}

/// The pattern of the actions that both patterns match.
fn common_action(left: &str, right: &str) -> Result<Option<String>, EffectiveError> {
    if left == "*" || right == "*" {
        return Ok(Some(if left == "*" { right } else { left }.to_owned()));
    }
    let (Some((left_code, left_name)), Some((right_code, right_name))) =
        (left.split_once(':'), right.split_once(':'))
    else {
        return Ok(None);
    };
    let code = common(&left_code.to_ascii_lowercase(), &right_code.to_ascii_lowercase());
    let code = match code {
        Common::Nothing => return Ok(None),
        Common::Pattern(_) if left_code.eq_ignore_ascii_case(right_code) => left_code.to_owned(),
        Common::Pattern(code) => code,
        Common::NoPattern => return Err(no_pattern(left, right)),
    };
    let spelt = |lower: String| {
        [left_name, right_name]
            .into_iter()
            .find(|name| name.eq_ignore_ascii_case(&lower))
            .map_or(lower.clone(), str::to_owned)
    };
    match common(&left_name.to_ascii_lowercase(), &right_name.to_ascii_lowercase()) {
        Common::Nothing => Ok(None),
        Common::Pattern(name) => Ok(Some(format!("{code}:{}", spelt(name)))),
        Common::NoPattern => Err(no_pattern(left, right)),
    }
}

/// The pattern of the resources that both patterns match.
fn common_resource(left: &str, right: &str) -> Result<Option<String>, EffectiveError> {
    if left == "*" || right == "*" {
        return Ok(Some(if left == "*" { right } else { left }.to_owned()));
    }
    let (Ok(of_left), Ok(of_right)) = (Arn::split(left), Arn::split(right)) else {
        return Ok(None);
    };
    let mut fields = Vec::new();
    for (one, other) in of_left.into_array().into_iter().zip(of_right.into_array()) {
        match common(one, other) {
            Common::Nothing => return Ok(None),
            Common::Pattern(field) => fields.push(field),
            Common::NoPattern => return Err(no_pattern(left, right)),
        }
    }
    Ok(Some(format!("acs:{}", fields.join(":"))))
}

/// What two patterns of one field have in common.
enum Common {
    Nothing,
    Pattern(String),
    NoPattern,
}

/// The narrower one where one covers the other; a pattern that begins as one and ends as the other
/// where neither overlaps.
fn common(left: &str, right: &str) -> Common {
    if cover::covers(left, right) {
        return Common::Pattern(right.to_owned());
    }
    if cover::covers(right, left) {
        return Common::Pattern(left.to_owned());
    }
    if !overlap::overlap(left, right) {
        return Common::Nothing;
    }
    Common::NoPattern
}
