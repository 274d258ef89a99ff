//! Checks the parameters of templates, and placeholders that no template declares.

use alloc::{format, string::String, vec::Vec};

use super::context::Check;
use super::filling;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::mention::{Mention, Position, mentions, places};
use crate::source::syntax::{ParameterName, Policy};
use crate::terms::family::Family;
use crate::terms::operator::Operator;
use crate::terms::placeholder;
use crate::terms::template::Placeholder;
use crate::text::place::Text;

impl<L: Copy> Check<'_, L> {
    /// Reports parameters that are declared twice, cannot be told apart or are never used, and those that
    /// nothing can be bound to.
    pub(super) fn parameters(&mut self) {
        let (policy, report) = (self.policy, &mut self.report);
        for (index, parameter) in policy.parameters.iter().enumerate() {
            let name = &parameter.name;
            let others = policy.parameters.iter().take(index);
            for other in others.filter(|other| other.name.value != name.value) {
                if let Some((inner, outer)) =
                    within(parameter, other).or_else(|| within(other, parameter))
                {
                    let at = parameter.printed.as_ref().map_or(name.at, |printed| printed.at);
                    let message = format!(
                        "`{}` of the parameter `{}` is part of `{}` of the parameter `{}`, so that no text says which of the two is meant",
                        print(inner),
                        inner.name.value,
                        print(outer),
                        outer.name.value,
                    );
                    report.add(at, Rule::Parameter, message);
                }
            }
            if policy.parameters.iter().take(index).any(|other| other.name.value == name.value) {
                report.add(
                    name.at,
                    Rule::Parameter,
                    format!("the parameter `{}` is declared twice", name.value),
                );
            } else if !policy.broken
                && policy.includes.is_empty()
                && !policy.statements.iter().any(|statement| statement.broken)
                && !texts(policy).any(|text| {
                    mentions(policy, &text.value).iter().any(|mention| mention.parameter == index)
                })
            {
                let printed = print(parameter);
                let message = format!(
                    "the parameter `{}` is never used, no resource and no condition value has `{printed}`",
                    name.value
                );
                report.add(name.at, Rule::Parameter, message);
            } else if let Some(problem) = conflict(policy, index) {
                report.add(
                    name.at,
                    Rule::Parameter,
                    format!(
                        "nothing can be bound to the parameter `{}`, which is {problem}",
                        name.value
                    ),
                );
            }
        }
    }
}

/// The parameter whose print is part of the other's, and the other.
fn within<'p, L>(
    inner: &'p ParameterName<L>,
    outer: &'p ParameterName<L>,
) -> Option<(&'p ParameterName<L>, &'p ParameterName<L>)> {
    (!places(inner, &print(outer)).is_empty()).then_some((inner, outer))
}

/// What a page prints for a parameter.
fn print<L>(parameter: &ParameterName<L>) -> String {
    match &parameter.printed {
        Some(printed) => printed.value.clone(),
        None => format!("${}", parameter.name.value),
    }
}

/// Two places of a parameter that no one value fits.
fn conflict<L>(policy: &Policy<L>, parameter: usize) -> Option<String> {
    // A region and an account have a type each, and only a pattern goes for both.
    let (mut region, mut account, mut literal) = (false, false, false);
    let mut whole: Option<Family> = None;
    for statement in &policy.statements {
        for text in statement.resources().into_iter().flat_map(|values| &values.items) {
            for hole in
                mentions(policy, &text.value).iter().filter(|hole| hole.parameter == parameter)
            {
                match hole.position(&text.value) {
                    Some(Position::Region) => region = true,
                    Some(Position::Account) => account = true,
                    Some(Position::RelativeId | Position::Value) | None => {}
                }
            }
        }
        for condition in statement.conditions() {
            let Some(operator) = Operator::from_name(&condition.operator.value) else { continue };
            let family = operator.family();
            for text in condition.keys.iter().flat_map(|key| &key.values.items) {
                let mentions = mentions(policy, &text.value);
                let mut of_it = mentions.iter().filter(|hole| hole.parameter == parameter);
                let Some(hole) = of_it.next() else { continue };
                if family == Family::String {
                    literal |= !operator.is_like();
                } else if hole.range == (0..text.value.len()) {
                    if let Some(other) = whole.filter(|other| *other != family) {
                        let [other, own] = [other, family].map(|family| family.rules().value);
                        return Some(format!("for {other} and for {own}"));
                    }
                    whole = Some(family);
                }
            }
        }
    }
    (region && account && literal)
        .then(|| "for a region, for an account and in a value that is compared literally".into())
}

/// The texts that may have parameters: resources and condition values.
fn texts<L>(policy: &Policy<L>) -> impl Iterator<Item = &Text<L>> {
    policy.statements.iter().flat_map(|statement| {
        let resources = statement.resources().into_iter().flat_map(|values| &values.items);
        let values = statement
            .conditions()
            .flat_map(|condition| &condition.keys)
            .flat_map(|key| &key.values.items);
        resources.chain(values)
    })
}

impl<L: Copy> Check<'_, L> {
    /// Reports mentions in a text that overlap; true when there are none.
    fn apart(&mut self, text: &Text<L>, mentions: &[Mention]) -> bool {
        let (policy, report) = (self.policy, &mut self.report);
        let pairs = mentions.iter().zip(mentions.iter().skip(1));
        let Some((one, other)) =
            pairs.into_iter().find(|(one, other)| other.range.start < one.range.end)
        else {
            return true;
        };
        let declared = |mention: &Mention| policy.parameters.get(mention.parameter);
        let (Some(first), Some(second)) = (declared(one), declared(other)) else { return false };
        // What is said where they are declared is not said again.
        if within(first, second).or_else(|| within(second, first)).is_none() {
            report.add(
                text.at,
                Rule::Parameter,
                format!(
                    "the parameters `{}` and `{}` overlap in `{}`",
                    first.name.value, second.name.value, text.value
                ),
            );
        }
        false
    }

    /// An ARN with its declared placeholders replaced by something plain that is legal in their
    /// place; `None`, and a report, when a placeholder is not declared.
    pub(super) fn plain_arn(&mut self, resource: &Text<L>) -> Option<String> {
        let text = resource.value.as_str();
        let mentions = mentions(self.policy, text);
        // Both are reported.
        let is_apart = self.apart(resource, &mentions);
        if !undeclared(resource, &mentions, &mut self.report) || !is_apart {
            return None;
        }
        let mut plain = String::with_capacity(text.len());
        let mut at = 0;
        for mention in &mentions {
            let before = text.get(at..mention.range.start)?;
            plain.push_str(before);
            // A digit is legal in a region, an account and a relative id alike.
            plain.push('1');
            at = mention.range.end;
            if mention.position(text).is_none() {
                let message = "a parameter stands for a region, an account or part of a resource, not for anything else of an ARN";
                self.report.add(resource.at, Rule::Parameter, message);
                return None;
            }
        }
        plain.push_str(text.get(at..)?);
        Some(plain)
    }
}

/// What a condition value is, for the checks that follow.
pub(super) enum Checked {
    Plain,
    HasMentions,
    Wrong,
}

impl<L: Copy> Check<'_, L> {
    /// Checks the parameters and placeholders of a condition value.
    pub(super) fn value(&mut self, operator: Operator, value: &Text<L>) -> Checked {
        let mentions = mentions(self.policy, &value.value);
        let is_apart = self.apart(value, &mentions);
        if !undeclared(value, &mentions, &mut self.report) || !is_apart {
            return Checked::Wrong;
        }
        let text = value.value.as_str();
        let kind = operator.family().rules().value;
        let problem = match mentions.as_slice() {
            [] => return Checked::Plain,
            _ if operator.family() == Family::String => return Checked::HasMentions,
            [hole] => {
                let before = text.get(..hole.range.start).unwrap_or("");
                let after = text.get(hole.range.end..).unwrap_or("");
                if filling::is_possible(operator, before, after) {
                    return Checked::HasMentions;
                }
                format!(
                    "whatever is bound to it, `{text}` is not {kind}; what is bound has no `:`, `*` and `?`"
                )
            }
            [_, ..] => format!(
                "`{text}` has {} parameters, a value that is {kind} has one; declare one for the whole value",
                mentions.len()
            ),
        };
        self.report.add(value.at, Rule::Parameter, problem);
        Checked::Wrong
    }
}

/// Reports placeholders that are no mention; true when there is none.
fn undeclared<L: Copy>(text: &Text<L>, mentions: &[Mention], report: &mut Report<L>) -> bool {
    let mut found = placeholder::find(&text.value);
    found.retain(|found| {
        !mentions.iter().any(|mention| {
            mention.range.start < found.range.end && found.range.start < mention.range.end
        })
    });
    let Some((first, others)) = found.split_first() else { return true };
    let (names, verb) = match others {
        [] => (format!("`{}`", first.spelt), "is a placeholder, write the value itself"),
        _ => {
            let all: Vec<String> = found.iter().map(|found| format!("`{}`", found.spelt)).collect();
            (all.join(", "), "are placeholders, write the values themselves")
        }
    };
    // Masked values have no name to declare them by.
    let named = || found.iter().filter(|found| !found.name.is_empty());
    let declare = if named().next().is_none() {
        String::new()
    } else {
        let mut parameters: Vec<String> = named().map(declaration).collect();
        parameters.dedup();
        format!(" or declare a template with `<{}>`", parameters.join(", "))
    };
    report.add(text.at, Rule::Placeholder, format!("{names} {verb}{declare}"));
    false
}

/// How a placeholder is declared.
fn declaration(found: &Placeholder<'_>) -> String {
    let Placeholder { name, spelt, .. } = *found;
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.chars().all(word) && !name.starts_with(|c: char| c.is_ascii_digit()) {
        return name.into();
    }
    let mut plain: String = name.chars().map(|c| if word(c) { c } else { '_' }).collect();
    if !plain.starts_with(|c: char| c.is_ascii_alphabetic()) {
        plain.insert_str(0, "name_");
    }
    format!("{plain} = \"{spelt}\"")
}
