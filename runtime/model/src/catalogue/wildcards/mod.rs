//! The fewest patterns that cover some actions of the catalogue and no others.
//!
//! A pattern is a name, or a name with one part replaced by `*` at the start, at the end or in the
//! middle, or a part of a name between two stars. Of those that cover nothing else, the smallest set
//! is searched for; the search is exact until it has taken too many steps.

mod rows;

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::{format, vec, vec::Vec};

use crate::catalogue::{self, ActionRow, ServiceEntry};
use crate::terms::pattern::ActionPattern;
use crate::text::{order, steps};

use self::rows::Rows;

/// Steps of the exact search for one service before what was found so far is taken.
const MAX_STEPS: usize = 200_000;

/// Patterns that cover exactly what was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Cover {
    /// The patterns.
    pub patterns: Vec<String>,
    /// Whether the search was exact.
    pub fewest: bool,
}

/// The fewest patterns for rows that are sorted and stand once.
///
/// ```
/// use ram_policy_model::catalogue::find_action;
/// use ram_policy_model::catalogue::wildcards::fewest;
///
/// let names = ["sts:AssumeRole", "sts:AssumeRoleWithOIDC", "sts:AssumeRoleWithSAML"];
/// let rows: Vec<_> = names.into_iter().filter_map(find_action).collect();
/// assert_eq!(fewest(&rows).patterns, ["sts:AssumeRole*"]);
/// ```
#[must_use]
pub fn fewest(rows: &[ActionRow]) -> Cover {
    let total: usize = catalogue::services().map(|service| usize::from(service.len())).sum();
    if rows.len() == total {
        return Cover { patterns: vec!["*".into()], fewest: true };
    }
    let mut cover = Cover { patterns: Vec::new(), fewest: true };
    for rows in rows.chunk_by(|left, right| left.id().service() == right.id().service()) {
        let Some(first) = rows.first() else { continue };
        let (mut patterns, fewest) = of_service(first.service(), rows);
        order::sort(&mut patterns);
        cover.fewest &= fewest;
        cover.patterns.extend(patterns);
    }
    cover
}

/// A pattern, and the rows it covers by their place among those that are wanted.
type Candidate = (String, Rows);

fn of_service(service: ServiceEntry, wanted: &[ActionRow]) -> (Vec<String>, bool) {
    let code = service.table().code;
    let full = |name: &str| format!("{code}:{name}");
    if wanted.len() == usize::from(service.len()) {
        return (vec![full("*")], true);
    }
    let is_wanted =
        |row: &ActionRow| wanted.binary_search_by_key(&row.id(), |row| row.id()).is_ok();
    let others: Vec<ActionRow> = service.actions().filter(|row| !is_wanted(row)).collect();
    let mut shapes: Vec<Shape> = wanted.iter().flat_map(|row| shapes(row.name())).collect();
    order::sort(&mut shapes);
    shapes.dedup();
    // What begins or ends alone covers no less than what does both.
    let is_alone = |shape: &str| {
        shape.matches('*').count() == 1 && (shape.starts_with('*') || shape.ends_with('*'))
    };
    let alone = shapes.iter().map(|shape| shape.text.as_str()).filter(|shape| is_alone(shape));
    let good: BTreeSet<String> = alone
        .filter(|shape| covers(service, shape, wanted, &others).is_some())
        .map(ToOwned::to_owned)
        .collect();
    let is_idle = |shape: &str| {
        !is_alone(shape)
            && shape.split_once('*').is_some_and(|(before, after)| {
                good.contains(&format!("{before}*")) || good.contains(&format!("*{after}"))
            })
    };
    let candidates: Vec<Candidate> = shapes
        .iter()
        .filter(|shape| !is_idle(&shape.text))
        .filter_map(|shape| {
            Some((shape.text.clone(), covers(service, &shape.text, wanted, &others)?))
        })
        .collect();
    // Of patterns that cover the same, the first is kept.
    let mut by_size: Vec<&Candidate> = candidates.iter().collect();
    order::sort_by(&mut by_size, |(_, left), (_, right)| right.len().cmp(&left.len()));
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in by_size {
        if !kept.iter().any(|(_, other)| candidate.1.is_subset(other)) {
            kept.push(candidate.clone());
        }
    }
    let covering = (0..wanted.len()).map(|row| {
        let covers = |(_, (_, covered)): &(usize, &Candidate)| covered.contains(row);
        kept.iter().enumerate().filter(covers).map(|(index, _)| index).collect()
    });
    let mut search = Search {
        candidates: &kept,
        covering: covering.collect(),
        best: greedy(&kept, wanted.len()),
        steps: 0,
    };
    search.go(&Rows::all(wanted.len()), &mut Vec::new());
    let fewest = search.steps < MAX_STEPS;
    let chosen: Vec<&Rows> = search
        .best
        .iter()
        .filter_map(|index| kept.get(*index))
        .map(|(_, covered)| covered)
        .collect();
    (narrowed(&chosen, &candidates).into_iter().map(full).collect(), fewest)
}

/// For each set of a cover the narrowest pattern that covers what no other set does.
fn narrowed<'c>(chosen: &[&Rows], candidates: &'c [Candidate]) -> Vec<&'c str> {
    let mut done: Vec<(&Rows, &str)> = Vec::new();
    for (index, covered) in chosen.iter().enumerate() {
        let later = chosen.iter().skip(index + 1).copied();
        let mut needed = (*covered).clone();
        for other in done.iter().map(|(covered, _)| *covered).chain(later) {
            needed = needed.without(other);
        }
        let narrowest = candidates
            .iter()
            .filter(|(_, covered)| needed.is_subset(covered))
            .min_by_key(|(_, covered)| covered.len());
        done.extend(narrowest.map(|(shape, covered)| (covered, shape.as_str())));
    }
    done.into_iter().map(|(_, shape)| shape).collect()
}

/// A pattern; the plainest come first, and of those that cut no word the longest.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    stars: usize,
    cuts_words: bool,
    shortness: core::cmp::Reverse<usize>,
    text: String,
}

impl Shape {
    fn new(text: String, cuts_words: bool) -> Self {
        let shortness = core::cmp::Reverse(text.len());
        Self { stars: text.matches('*').count(), cuts_words, shortness, text }
    }
}

/// The name, and every pattern with a star that covers it.
fn shapes(name: &str) -> Vec<Shape> {
    let mut shapes = vec![Shape::new(name.to_owned(), false)];
    let cuts: Vec<usize> = (0..=name.len()).filter(|at| name.is_char_boundary(*at)).collect();
    let is_word_start = |at: usize| {
        at == 0
            || name.get(at..).is_none_or(|rest| {
                rest.is_empty() || rest.starts_with(|first: char| first.is_ascii_uppercase())
            })
    };
    for from in &cuts {
        for to in cuts.iter().filter(|to| *to > from) {
            let (Some(before), Some(part), Some(after)) =
                (name.get(..*from), name.get(*from..*to), name.get(*to..))
            else {
                continue;
            };
            if before.is_empty() && after.is_empty() {
                continue;
            }
            let whole_words = is_word_start(*from) && is_word_start(*to);
            shapes.push(Shape::new(format!("{before}*{after}"), !whole_words));
            // Words alone, or every three letters would be a pattern.
            if is_word_start(*from) && part.len() > 2 {
                shapes.push(Shape::new(format!("*{part}*"), !whole_words));
            }
        }
    }
    shapes
}

/// What a pattern covers of the rows that are wanted; `None` when it covers one of the others.
fn covers(
    service: ServiceEntry,
    shape: &str,
    wanted: &[ActionRow],
    others: &[ActionRow],
) -> Option<Rows> {
    // A row that is named before its end decides for most patterns: the cheap test goes first.
    let (before, after) = shape.split_once('*').unwrap_or((shape, ""));
    // Rows are sorted by their names, so those that begin with the same text are neighbours.
    let (first, end) = service.rows_with_prefix(before);
    let (_, others) = neighbours(others, first, end);
    let (start_of_wanted, near) = neighbours(wanted, first, end);
    let may_match = |row: &ActionRow| {
        let name = row.name();
        let ends = |part: Option<&str>, with: &str| {
            part.is_some_and(|part| part.eq_ignore_ascii_case(with))
        };
        ends(name.get(..before.len()), before)
            && (after.ends_with('*')
                || ends(name.get(name.len().saturating_sub(after.len())..), after))
    };
    steps::take!(others.len() + near.len());
    let code = service.table().code;
    let pattern = ActionPattern::new(format!("{code}:{shape}").into());
    let matches = |row: &ActionRow| may_match(row) && pattern.matches(code, row.name());
    if others.iter().any(matches) {
        return None;
    }
    let mut covered = Rows::none(wanted.len());
    for (place, _) in near.iter().enumerate().filter(|(_, row)| matches(row)) {
        covered.insert(start_of_wanted + place);
    }
    Some(covered)
}

/// The rows from the first number up to the second, which is not among them, and where they begin.
fn neighbours(rows: &[ActionRow], first: u16, end: u16) -> (usize, &[ActionRow]) {
    let start = rows.partition_point(|row| row.id().row() < first);
    let end = rows.partition_point(|row| row.id().row() < end);
    (start, rows.get(start..end).unwrap_or(&[]))
}

/// A cover that takes what covers most first.
fn greedy(candidates: &[Candidate], wanted: usize) -> Vec<usize> {
    let mut left = Rows::all(wanted);
    let mut chosen = Vec::new();
    while !left.is_empty() {
        let gain =
            |index: usize| candidates.get(index).map_or(0, |(_, covered)| covered.in_common(&left));
        // The first of equals.
        let Some(best) = (0..candidates.len()).rev().max_by_key(|index| gain(*index)) else {
            break;
        };
        let Some((_, covered)) = candidates.get(best) else { break };
        left = left.without(covered);
        chosen.push(best);
    }
    chosen
}

struct Search<'c> {
    candidates: &'c [Candidate],
    /// For each row, the places of the candidates that cover it.
    covering: Vec<Vec<usize>>,
    best: Vec<usize>,
    steps: usize,
}

impl Search<'_> {
    fn go(&mut self, left: &Rows, chosen: &mut Vec<usize>) {
        self.steps += 1;
        if self.steps >= MAX_STEPS {
            return;
        }
        if left.is_empty() {
            if chosen.len() < self.best.len() {
                self.best.clone_from(chosen);
            }
            return;
        }
        let largest = self.candidates.first().map_or(1, |(_, covered)| covered.len().max(1));
        if chosen.len() + left.len().div_ceil(largest) >= self.best.len() {
            return;
        }
        // The row that the fewest candidates cover leaves the least choice.
        let choices = |row: &usize| self.covering.get(*row).map_or(0, Vec::len);
        let Some(row) = left.iter().min_by_key(choices) else { return };
        for index in self.covering.get(row).cloned().unwrap_or_default() {
            let Some((_, covered)) = self.candidates.get(index) else { continue };
            let rest = left.without(covered);
            chosen.push(index);
            self.go(&rest, chosen);
            chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(patterns: &[&str]) -> Vec<ActionRow> {
        let compiled: Vec<_> = patterns
            .iter()
            .map(|pattern| ActionPattern::new((*pattern).to_owned().into()))
            .collect();
        catalogue::services()
            .flat_map(ServiceEntry::actions)
            .filter(|row| {
                compiled
                    .iter()
                    .any(|pattern| pattern.matches(row.service().table().code, row.name()))
            })
            .collect()
    }

    #[test]
    fn covers_exactly_what_is_asked_for() {
        for asked in [
            &["*"][..],
            &["ecs:*"],
            &["ecs:Describe*"],
            &["ecs:*Instance"],
            &["ecs:Describe*", "ecs:*Snapshot*", "vpc:*Vpc"],
            &["ecs:StopInstance"],
            &["sts:AssumeRole", "sts:AssumeRoleWithSAML"],
            &["ram:Get*", "ram:List*", "oss:Get*"],
        ] {
            let wanted = rows(asked);
            let cover = fewest(&wanted);
            let patterns: Vec<&str> = cover.patterns.iter().map(String::as_str).collect();
            let ids = |rows: &[ActionRow]| rows.iter().map(|row| row.id()).collect::<Vec<_>>();
            assert_eq!(ids(&rows(&patterns)), ids(&wanted), "{asked:?} by {patterns:?}");
            assert!(patterns.len() <= asked.len(), "{asked:?} by {patterns:?}");
            assert!(cover.fewest, "{asked:?}");
        }
    }
}
