//! Finds what is said twice: the same action, resource, value or statement, and what a wider one
//! beside it covers already.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::context::Check;
use super::shape::Comparisons;
use super::shape::Shape;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax::Statement;
use crate::terms::arn::Arn;
use crate::terms::cover::{MOST_COMPARISONS, Normal, all_cover};
use crate::terms::overlap::is_wild;
use crate::text::place::Text;

impl<L: Copy> Check<'_, L> {
    /// Reports repetitions within a statement.
    pub(super) fn repetition(&mut self, statement: &Statement<L>) {
        let report = &mut self.report;
        if let Some((actions, _)) = statement.actions()
            && actions.items.len() > 1
        {
            // What a selection writes is not said twice.
            let written: Vec<&Text<L>> = statement.written(actions).collect();
            repeated(&written, str::to_ascii_lowercase, Rule::DuplicateAction, "action", report);
            let key = |text: &str| Some(Vec::from([Normal::of(text, true)]));
            covered(&written, key, Rule::CoveredAction, report);
        }
        if let Some(resources) = statement.resources()
            && resources.items.len() > 1
        {
            let resources: Vec<&Text<L>> = resources.items.iter().collect();
            repeated(&resources, str::to_owned, Rule::DuplicateResource, "resource", report);
            covered(&resources, fields_of, Rule::CoveredResource, report);
        }
        let keys = statement.conditions().flat_map(|condition| &condition.keys);
        for key in keys.filter(|key| key.values.items.len() > 1) {
            let values: Vec<&Text<L>> = key.values.items.iter().collect();
            repeated(&values, str::to_owned, Rule::DuplicateValue, "value", report);
        }
    }
}

/// Reports every text that stands before it already.
fn repeated<L: Copy>(
    items: &[&Text<L>],
    fold: fn(&str) -> String,
    rule: Rule,
    what: &str,
    report: &mut Report<L>,
) {
    let mut seen = BTreeSet::new();
    for item in items {
        if !seen.insert(fold(&item.value)) {
            report.add(item.at, rule, format!("the {what} `{}` appears here twice", item.value));
        }
    }
}

/// The fields of a resource, made ready for comparing; none for `*`, which covers them all. `None`
/// for what is no ARN, which is reported elsewhere.
fn fields_of(text: &str) -> Option<Vec<Normal>> {
    if text == "*" {
        return Some(Vec::new());
    }
    let fields = Arn::split(text).ok()?.map(|field| Normal::of(field, false));
    Some(fields.into_array().into())
}

/// Reports every text that a wider one of the same list covers; `key` gives the fields by which they
/// are compared.
fn covered<L: Copy>(
    items: &[&Text<L>],
    key: fn(&str) -> Option<Vec<Normal>>,
    rule: Rule,
    report: &mut Report<L>,
) {
    if items.len() < 2 || !items.iter().any(|item| is_wild(&item.value)) {
        return;
    }
    let keys: Vec<Option<Vec<Normal>>> = items.iter().map(|item| key(&item.value)).collect();
    // What is written twice, or with other stars, is compared once.
    let mut wide: Vec<(&[Normal], &Text<L>)> = Vec::new();
    let mut seen: BTreeSet<&[Normal]> = BTreeSet::new();
    for (key, item) in keys.iter().zip(items) {
        if let Some(key) = key.as_deref()
            && is_wild(&item.value)
            && seen.insert(key)
        {
            wide.push((key, item));
        }
    }
    let mut known: BTreeMap<&[Normal], Option<&Text<L>>> = BTreeMap::new();
    let mut left = MOST_COMPARISONS;
    for (key, item) in keys.iter().zip(items) {
        let Some(key) = key.as_deref() else { continue };
        let covering = known.entry(key).or_insert_with(|| {
            left = left.checked_sub(wide.len())?;
            let covers = |(wide, _): &&(&[Normal], &Text<L>)| {
                *wide != key && all_cover(wide, key) && !all_cover(key, wide)
            };
            wide.iter().find(covers).map(|(_, text)| *text)
        });
        if let Some(wide) = covering {
            let message = format!("`{}` is covered by `{}` beside it", item.value, wide.value);
            report.add(item.at, rule, message);
        }
    }
}

impl<L: Copy> Check<'_, L> {
    /// Reports statements that another one of the same effect makes needless.
    pub(super) fn repeated_statements(
        &mut self,
        shapes: &[Option<Shape<'_, L>>],
        comparisons: &Comparisons,
    ) {
        let report = &mut self.report;
        for (index, shape) in shapes.iter().enumerate() {
            let Some(shape) = shape else { continue };
            let covering = shapes.iter().enumerate().find(|(other, wide)| {
                let covers = |wide: &Shape<'_, L>| {
                    wide.effect == shape.effect
                    && wide.covers(shape, comparisons)
                    // Of two that cover each other the first stays.
                    && (*other < index || !shape.covers(wide, comparisons))
                };
                *other != index && wide.as_ref().is_some_and(covers)
            });
            let Some((other, Some(wide))) = covering else { continue };
            if shape.covers(wide, comparisons) {
                let message = format!("the statement says the same as statement {other}");
                report.add(shape.at, Rule::DuplicateStatement, message);
            } else {
                let message = format!("statement {other} covers all of this statement");
                report.add(shape.at, Rule::CoveredStatement, message);
            }
        }
    }
}
