//! Checks the parameters of templates, and placeholders that no template declares.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::mention::{Mention, mentions};
use crate::source::syntax::Policy;
use crate::terms::placeholder::{self, Found};
use crate::text::place::Text;

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
            && !texts(policy).any(|text| {
                mentions(policy, &text.value).iter().any(|mention| mention.parameter == index)
            })
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

/// An ARN with its declared placeholders replaced by something plain that is legal in their
/// place; `None`, and a report, when a placeholder is not declared.
pub(super) fn plain_arn<L: Copy>(
    policy: &Policy<L>,
    resource: &Text<L>,
    report: &mut Report<L>,
) -> Option<String> {
    let text = resource.value.as_str();
    let mentions = mentions(policy, text);
    if !undeclared(resource, &mentions, report) {
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

/// What a condition value is, for the checks that follow.
pub(super) enum Checked {
    Plain,
    HasMentions,
    Wrong,
}

pub(super) fn check_value<L: Copy>(
    policy: &Policy<L>,
    value: &Text<L>,
    report: &mut Report<L>,
) -> Checked {
    let mentions = mentions(policy, &value.value);
    if !undeclared(value, &mentions, report) {
        Checked::Wrong
    } else if mentions.is_empty() {
        Checked::Plain
    } else {
        Checked::HasMentions
    }
}

/// Reports placeholders that are no mention; true when there is none.
fn undeclared<L: Copy>(text: &Text<L>, mentions: &[Mention], report: &mut Report<L>) -> bool {
    let mut found: Vec<Found> = placeholder::find(&text.value);
    found.retain(|found| {
        !mentions.iter().any(|mention| {
            mention.range.start < found.range.end && found.range.start < mention.range.end
        })
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
