//! Finds what is said twice: the same action, resource, value or statement, and what a wider one
//! beside it covers already.

use alloc::collections::BTreeSet;
use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::shape::{Shape, resource_covers};
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax::Statement;
use crate::terms::cover::covers_ignore_case;
use crate::terms::overlap::is_wild;
use crate::text::place::Text;

/// Reports repetitions within a statement.
pub(super) fn check<L: Copy>(statement: &Statement<L>, report: &mut Report<L>) {
    if let Some((actions, _)) = statement.actions() {
        repeated(&actions.items, str::to_ascii_lowercase, Rule::DuplicateAction, "action", report);
        let covers = |wide: &Text<L>, narrow: &Text<L>| {
            covers_ignore_case(&wide.value, &narrow.value)
                && !wide.value.eq_ignore_ascii_case(&narrow.value)
        };
        covered(&actions.items, covers, Rule::CoveredAction, report);
    }
    if let Some(resources) = statement.resources() {
        repeated(&resources.items, str::to_owned, Rule::DuplicateResource, "resource", report);
        let covers = |wide: &Text<L>, narrow: &Text<L>| {
            wide.value != narrow.value && resource_covers(wide, narrow)
        };
        covered(&resources.items, covers, Rule::CoveredResource, report);
    }
    for key in statement.conditions().flat_map(|condition| &condition.keys) {
        repeated(&key.values.items, str::to_owned, Rule::DuplicateValue, "value", report);
    }
}

/// Reports every text that stands before it already.
fn repeated<L: Copy>(
    items: &[Text<L>],
    fold: fn(&str) -> String,
    rule: Rule,
    what: &str,
    report: &mut Report<L>,
) {
    if items.len() < 2 {
        return;
    }
    let mut seen = BTreeSet::new();
    for item in items {
        if !seen.insert(fold(&item.value)) {
            report.add(item.at, rule, format!("the {what} `{}` stands here twice", item.value));
        }
    }
}

/// Reports every text that a wider one of the same list covers.
fn covered<L: Copy>(
    items: &[Text<L>],
    covers: impl Fn(&Text<L>, &Text<L>) -> bool,
    rule: Rule,
    report: &mut Report<L>,
) {
    if items.len() < 2 {
        return;
    }
    let patterns: Vec<&Text<L>> = items.iter().filter(|item| is_wild(&item.value)).collect();
    if patterns.is_empty() {
        return;
    }
    for item in items {
        let wide = patterns.iter().find(|wide| covers(wide, item) && !covers(item, wide));
        if let Some(wide) = wide {
            let message = format!("`{}` is covered by `{}` beside it", item.value, wide.value);
            report.add(item.at, rule, message);
        }
    }
}

/// Reports statements that another one of the same effect makes needless.
pub(super) fn check_statements<L: Copy>(shapes: &[Option<Shape<'_, L>>], report: &mut Report<L>) {
    for (index, shape) in shapes.iter().enumerate() {
        let Some(shape) = shape else { continue };
        let covering = shapes.iter().enumerate().find(|(other, wide)| {
            let covers = |wide: &Shape<'_, L>| {
                wide.effect == shape.effect
                    && wide.covers(shape)
                    // Of two that cover each other the first stays.
                    && (*other < index || !shape.covers(wide))
            };
            *other != index && wide.as_ref().is_some_and(covers)
        });
        let Some((other, Some(wide))) = covering else { continue };
        if shape.covers(wide) {
            let message = format!("the statement says the same as statement {other}");
            report.add(shape.at, Rule::DuplicateStatement, message);
        } else {
            let message = format!("statement {other} covers all of this statement");
            report.add(shape.at, Rule::CoveredStatement, message);
        }
    }
}
