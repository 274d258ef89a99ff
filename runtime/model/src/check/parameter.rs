//! Checks the parameters of templates, and placeholders that no template declares.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};
use core::ops::Range;

use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax::{Policy, Text};
use crate::terms::arn;
use crate::terms::placeholder::{self, Found};
use crate::text::order;

/// A declared placeholder in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// Where it stands.
    pub range: Range<usize>,
    /// Which parameter.
    pub parameter: usize,
}

/// What a hole stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    /// The region of an ARN.
    Region,
    /// The account of an ARN.
    Account,
    /// The last field of an ARN.
    RelativeId,
    /// A condition value.
    Value,
}

/// Reports parameters that are declared twice or never used.
pub(super) fn check<L: Copy>(policy: &Policy<L>, report: &mut Report<L>) {
    for (index, parameter) in policy.parameters.iter().enumerate() {
        let name = &parameter.name;
        if policy.parameters.iter().take(index).any(|other| other.name.value == name.value) {
            report.add(
                name.at,
                Rule::Parameter,
                format!("the parameter `{}` is declared twice", name.value),
            );
        } else if !policy.broken
            && !policy.statements.iter().any(|statement| statement.broken)
            && !texts(policy)
                .any(|text| holes(policy, &text.value).iter().any(|hole| hole.parameter == index))
        {
            let printed = match &parameter.printed {
                Some(printed) => printed.value.clone(),
                None => format!("${}", name.value),
            };
            report.add(
                name.at,
                Rule::Parameter,
                format!("the parameter `{}` is never used, no resource and no condition value has `{printed}`", name.value),
            );
        }
    }
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

/// The declared placeholders of a text, from left to right.
#[must_use]
pub fn holes<L>(policy: &Policy<L>, text: &str) -> Vec<Hole> {
    let mut holes: Vec<Hole> = Vec::new();
    for (parameter, declared) in policy.parameters.iter().enumerate() {
        match &declared.printed {
            Some(printed) if !printed.value.is_empty() => {
                holes.extend(
                    text.match_indices(printed.value.as_str()).map(|(start, words)| Hole {
                        range: start..start + words.len(),
                        parameter,
                    }),
                );
            }
            _ => holes.extend(
                placeholder::find(text)
                    .into_iter()
                    .filter(|found| found.name == declared.name.value)
                    .map(|found| Hole { range: found.range, parameter }),
            ),
        }
    }
    order::sort_by(&mut holes, |left, right| left.range.start.cmp(&right.range.start));
    holes
}

/// An ARN with its declared placeholders replaced by something plain that is legal in their
/// place; `None`, and a report, when a placeholder is not declared.
pub(super) fn plain_arn<L: Copy>(
    policy: &Policy<L>,
    resource: &Text<L>,
    report: &mut Report<L>,
) -> Option<String> {
    let text = resource.value.as_str();
    let holes = holes(policy, text);
    if !undeclared(resource, &holes, report) {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    for hole in &holes {
        let before = text.get(at..hole.range.start)?;
        plain.push_str(before);
        // A digit is legal in a region, an account and a relative id alike.
        plain.push('1');
        at = hole.range.end;
        if position(text, hole).is_none() {
            report.add(
                resource.at,
                Rule::Parameter,
                "a parameter stands for a region, an account or part of a resource, not for anything else of an ARN",
            );
            return None;
        }
    }
    plain.push_str(text.get(at..)?);
    Some(plain)
}

/// What a hole of an ARN stands in.
#[must_use]
pub fn position(text: &str, hole: &Hole) -> Option<Position> {
    let [_, region, account, relative_id] = arn::split(text).ok()?;
    let inside =
        |field: &Range<usize>| field.start <= hole.range.start && hole.range.end <= field.end;
    if inside(&region) {
        Some(Position::Region)
    } else if inside(&account) {
        Some(Position::Account)
    } else if inside(&relative_id) {
        Some(Position::RelativeId)
    } else {
        None
    }
}

/// What a condition value is, for the checks that follow.
pub(super) enum Checked {
    Plain,
    HasHoles,
    Wrong,
}

pub(super) fn check_value<L: Copy>(
    policy: &Policy<L>,
    value: &Text<L>,
    report: &mut Report<L>,
) -> Checked {
    let holes = holes(policy, &value.value);
    if !undeclared(value, &holes, report) {
        Checked::Wrong
    } else if holes.is_empty() {
        Checked::Plain
    } else {
        Checked::HasHoles
    }
}

/// Reports placeholders that are no hole; true when there is none.
fn undeclared<L: Copy>(text: &Text<L>, holes: &[Hole], report: &mut Report<L>) -> bool {
    let mut found: Vec<Found> = placeholder::find(&text.value);
    found.retain(|found| {
        !holes
            .iter()
            .any(|hole| hole.range.start < found.range.end && found.range.start < hole.range.end)
    });
    let spelt = |found: &Found| text.value.get(found.range.clone()).unwrap_or("").to_owned();
    let Some((first, others)) = found.split_first() else { return true };
    let (names, verb) = match others {
        [] => (format!("`{}`", spelt(first)), "is a placeholder, write the value itself"),
        _ => {
            let all: Vec<String> =
                found.iter().map(|found| format!("`{}`", spelt(found))).collect();
            (all.join(", "), "are placeholders, write the values themselves")
        }
    };
    // Masked values have no name to declare them by.
    let named: Vec<&Found> = found.iter().filter(|found| !found.name.is_empty()).collect();
    let declare = if named.is_empty() {
        String::new()
    } else {
        let mut parameters: Vec<String> =
            named.into_iter().map(|found| declaration(found, &spelt(found))).collect();
        parameters.dedup();
        format!(" or declare a template with `<{}>`", parameters.join(", "))
    };
    report.add(text.at, Rule::Placeholder, format!("{names} {verb}{declare}"));
    false
}

/// How a placeholder is declared.
fn declaration(found: &Found, spelt: &str) -> String {
    let name = found.name.as_str();
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
