//! Checks conditions: operators, keys, and whether they fit each other and their values.

use alloc::{borrow::Cow, format, string::String};

use super::action::Coverage;
use super::context::Check;
use super::did_you_mean;
use super::parameter;
use crate::catalogue::additions::{Catalogue, Found};
use crate::catalogue::condition_key::{KnownKey, Verdict};
use crate::catalogue::{self, find};
use crate::report::rule::Rule;
use crate::source::syntax::{KeyCondition, Statement};
use crate::terms::family::Family;
use crate::terms::operand::Operand;
use crate::terms::operator::{ConditionOperator, Operator};
use crate::terms::overlap::is_wild;
use crate::terms::placeholder;
use crate::text::place::Text;
use crate::text::suggest;

impl<L: Copy> Check<'_, L> {
    /// Checks the conditions of a statement, also by what its actions fill.
    pub(super) fn conditions(&mut self, statement: &Statement<L>, coverage: &Coverage<'_, L>) {
        for condition in statement.conditions() {
            let name = &condition.operator.value;
            let operator = match ConditionOperator::from_name(name) {
                Some(ConditionOperator::Known(operator)) => Some(operator),
                Some(ConditionOperator::OfSet(_, operator)) => {
                    let message = format!(
                        "a policy of RAM has `{name}`, and its page of operators does not; `{}` needs one value to match",
                        operator.name()
                    );
                    self.report.add(condition.operator.at, Rule::SetOperator, message);
                    None
                }
                None if !placeholder::find(name).is_empty() => {
                    let message = format!("`{name}` is a placeholder, write the operator itself");
                    self.report.add(condition.operator.at, Rule::Placeholder, message);
                    None
                }
                None => {
                    let message = unknown_operator(name);
                    self.report.add(condition.operator.at, Rule::UnknownOperator, message);
                    None
                }
            };
            for key in &condition.keys {
                let known = self.key(&key.key, coverage);
                let Some(operator) = operator else { continue };
                if let Some(known) = known
                    && !find::operator_fits(operator.family(), known.name, known.value_type)
                {
                    let (key, of_key) = (&key.key.value, known.value_type.name());
                    let rules = known.value_type.family().map(Family::rules);
                    let message = match condition.sign {
                        None => format!(
                            "`{}` does not compare `{key}`, which is {of_key}; use {}",
                            operator.name(),
                            rules.map_or("", |rules| rules.operators),
                        ),
                        Some(sign) => format!(
                            "`{sign}` compares `{key}` as {}, and it is {of_key}; use {}",
                            operator.family().rules().value,
                            rules.map_or("", |rules| rules.signs),
                        ),
                    };
                    self.report.add(condition.operator.at, Rule::OperatorType, message);
                    continue;
                }
                self.values(operator, key);
            }
        }
    }
}

/// Says what to use instead of operators other clouds have.
fn unknown_operator(name: &str) -> String {
    let instead = if name == "Null" {
        return "RAM has no operator `Null`, it cannot ask whether a key is there".into();
    } else if let Some(plain) = name.strip_suffix("IfExists").filter(|plain| !plain.is_empty()) {
        return format!(
            "RAM has no operator `{name}`, use `{plain}`; a negated test is already true when the key is missing"
        );
    } else if name.starts_with("Arn") {
        "compare ARNs by `StringLike` or `StringNotLike`"
    } else if name.starts_with("Binary") {
        "RAM has no binary values"
    } else {
        let near = suggest::nearest(name, Operator::ALL.iter().map(|operator| operator.name()));
        return format!("RAM has no operator `{name}`{}", suggest::did_you_mean(&near));
    };
    format!("RAM has no operator `{name}`; {instead}")
}

impl<'a, L: Copy> Check<'a, L> {
    /// Reports a wrong key; gives the known one.
    pub(super) fn key(
        &mut self,
        key: &Text<L>,
        coverage: &Coverage<'_, L>,
    ) -> Option<KnownKey<'a>> {
        let (catalogue, report) = (self.catalogue, &mut self.report);
        let name = key.value.as_str();
        let known = match catalogue.judge_key(name) {
            Verdict::Known(known) => Some(known),
            Verdict::Unfamiliar => None,
            Verdict::Retired(reason) => {
                let message = format!(
                    "there is no condition key `{name}`, local additions retire it: {reason}"
                );
                report.add(key.at, Rule::UnknownKey, message);
                return None;
            }
            Verdict::Malformed => {
                let (rule, message) = malformed_key(name, catalogue);
                report.add(key.at, rule, message);
                return None;
            }
            Verdict::Misspelt(near) => {
                let tag = if near.name.ends_with('/') {
                    catalogue::tag_prefix(name)
                        .and_then(|head| name.get(head.len()..))
                        .unwrap_or("<tag>")
                } else {
                    ""
                };
                report.add(
                    key.at,
                    Rule::MisspeltKey,
                    format!(
                        "there is no condition key `{name}`, did you mean `{}{tag}`?",
                        near.name
                    ),
                );
                return None;
            }
            Verdict::UnknownGlobal(near) => {
                let hint = did_you_mean(near.map(|near| near.name));
                report.add(
                    key.at,
                    Rule::UnknownKey,
                    format!("the catalogue has no condition key `{name}`{hint}"),
                );
                return None;
            }
        };
        if !can_be_filled(name, known, coverage) {
            let only = known.map_or(&[][..], |known| known.filled_by);
            let hint = match only {
                [] => {
                    let rest = name.split_once(':').map_or("", |(_, rest)| rest);
                    global_key(rest, catalogue)
                }
                [one] => format!(", only `{one}` does"),
                [one, two] => format!(", only `{one}` and `{two}` do"),
                [one, ..] => format!(", only `{one}` and {} others do", only.len() - 1),
            };
            report.add(
                key.at,
                Rule::UnfilledKey,
                format!("no action of the statement fills `{name}`{hint}"),
            );
        } else if let Some(action) = lacks(name, known, coverage) {
            let message = format!(
                "`{}` has no `{name}`, so a positive test of it is never true and a negated one always is",
                action.value
            );
            report.add(key.at, Rule::PartlyUnfilledKey, message);
        }
        known
    }
}

/// "did you mean" for the `acs:` key with the name that stands behind another code, or behind none.
fn global_key(rest: &str, catalogue: Catalogue<'_>) -> String {
    let global = format!("acs:{rest}");
    let known = matches!(catalogue.find_key(&global), Found::Known(_));
    did_you_mean(known.then_some(global.as_str()))
}

fn malformed_key(name: &str, catalogue: Catalogue<'_>) -> (Rule, String) {
    if name.is_empty() {
        return (Rule::EmptyText, "a condition key is empty".into());
    }
    if name.ends_with('/') {
        return (
            Rule::MalformedKey,
            format!("the condition key `{name}` has no tag after the `/`"),
        );
    }
    if !placeholder::find(name).is_empty() {
        return (Rule::Placeholder, format!("`{name}` is a placeholder, write the key itself"));
    }
    let hint = global_key(name, catalogue);
    (Rule::MalformedKey, format!("the condition key `{name}` is not `service:Key`{hint}"))
}

/// Whether some action of the statement could fill the key, as far as the tables tell.
fn can_be_filled<L>(name: &str, known: Option<KnownKey<'_>>, coverage: &Coverage<'_, L>) -> bool {
    let code = find::code_of(name);
    if code == "acs" {
        return true;
    }
    let may_fill = |vouched: &Option<&str>| match vouched {
        None => true,
        // The author vouches for the action, and with it for the keys of its service.
        Some(vouched) => vouched.eq_ignore_ascii_case(code) || vouched.contains('*'),
    };
    coverage.anything.iter().any(may_fill) || coverage.fills(name, known)
}

/// An action of the statement that lacks a key that others fill.
fn lacks<'c, 's, L>(
    name: &str,
    known: Option<KnownKey<'_>>,
    coverage: &'c Coverage<'s, L>,
) -> Option<&'c Text<L>> {
    if find::code_of(name) == "acs" {
        return None;
    }
    let mut named = coverage.named.iter();
    named.find(|(_, row)| !find::fills(*row, name, known)).map(|(action, _)| *action)
}

impl<L: Copy> Check<'_, L> {
    fn values(&mut self, operator: Operator, key: &KeyCondition<L>) {
        if operator == Operator::Bool
            && let [_, second, ..] = key.values.items.as_slice()
        {
            self.report.add(second.at, Rule::SeveralBooleans, "`Bool` takes exactly one value");
        }
        for value in &key.values.items {
            let text = value.value.as_str();
            match self.value(operator, value) {
                parameter::Checked::Plain => {}
                parameter::Checked::HasMentions | parameter::Checked::Wrong => continue,
            }
            if operator.family() == Family::String && !operator.is_like() && is_wild(text) {
                let like = if operator.negated() { "StringNotLike" } else { "StringLike" };
                self.report.add(
                    value.at,
                    Rule::LiteralWildcard,
                    format!(
                        "`{}` takes `{text}` literally, use `{like}` for a pattern",
                        operator.name()
                    ),
                );
            }
            if let Err(error) = Operand::read(operator, Cow::Owned(text.into())) {
                self.report.add(value.at, Rule::InvalidValue, format!("`{text}` is {error}"));
            }
        }
    }
}
