//! Puts holes into a tree where its reader says that something is not known.

use std::ops::Range;

use ram_policy_model::text::hole::{Hole, TextHole};
use ram_policy_model::text::json::{Kind, Member, TextRange, Value};
use ram_policy_model::text::place::Text;

use crate::embedded::Unknown;
use crate::walk::children;

/// The tree with a hole for everything that is not known; and, where something is not known for which
/// there is no place in the tree, a tree of which nothing is known.
pub(crate) fn with_holes(
    value: &Value<TextRange>,
    unknown: &[Unknown],
) -> (Value<TextRange>, Option<Value<TextRange>>) {
    if unknown.is_empty() {
        return (value.clone(), None);
    }
    let mut put = Vec::new();
    names(value, &mut put);
    // Holes that the reader has put into the tree itself.
    let is_used = unknown.iter().map(|unknown| put.contains(&name(unknown))).collect();
    let mut holes = Holes { unknown, put, is_used };
    let tree = holes.value(value);
    let first = holes.is_used.iter().position(|is_used| !is_used);
    let first = first.and_then(|first| unknown.get(first));
    (tree, first.map(|first| Value { at: first.at, kind: Kind::Hole(name(first)) }))
}

/// The names of the holes of a tree.
fn names(value: &Value<TextRange>, found: &mut Vec<String>) {
    if let Kind::Hole(name) = &value.kind {
        found.push(name.clone());
    }
    children(value).into_iter().for_each(|inner| names(inner, found));
}

struct Holes<'u> {
    unknown: &'u [Unknown],
    /// The names of the holes that the reader has put into the tree.
    put: Vec<String>,
    is_used: Vec<bool>,
}

/// What the source writes, between the first two backticks of the reason.
fn name(unknown: &Unknown) -> String {
    unknown.reason.split('`').nth(1).unwrap_or(&unknown.reason).to_owned()
}

impl Holes<'_> {
    /// The first part that is not known and that stands around a place or in it.
    fn at(&mut self, at: TextRange) -> Option<Hole<TextRange>> {
        let meets = |part: TextRange| {
            let around = part.start <= at.start && at.end <= part.end;
            around || (at.start <= part.start && part.end <= at.end)
        };
        let mut found = None;
        for (unknown, is_used) in self.unknown.iter().zip(&mut self.is_used) {
            if unknown.within.is_none() && meets(unknown.at) {
                *is_used = true;
                found = found.or_else(|| Some(Hole { name: name(unknown), at: unknown.at }));
            }
        }
        found
    }

    /// What else a list or an object in this place contains.
    fn within(&mut self, at: TextRange) -> Vec<Hole<TextRange>> {
        let mut found = Vec::new();
        for (unknown, is_used) in self.unknown.iter().zip(&mut self.is_used) {
            if unknown.within == Some(at) && !self.put.contains(&name(unknown)) {
                *is_used = true;
                found.push(Hole { name: name(unknown), at: unknown.at });
            }
        }
        found
    }

    fn value(&mut self, value: &Value<TextRange>) -> Value<TextRange> {
        let at = value.at;
        let kind = match &value.kind {
            Kind::Array(items) => {
                let mut items: Vec<Value<TextRange>> =
                    items.iter().map(|item| self.value(item)).collect();
                let rest = self.within(at).into_iter();
                items.extend(rest.map(|hole| Value { at: hole.at, kind: Kind::Hole(hole.name) }));
                Kind::Array(items)
            }
            Kind::Object(members) => {
                let mut members: Vec<Member<TextRange>> =
                    members.iter().map(|member| self.member(member)).collect();
                members.extend(self.within(at).into_iter().map(more));
                Kind::Object(members)
            }
            Kind::String(text) => match self.at(at) {
                Some(hole) => open(text, hole),
                None => Kind::String(text.clone()),
            },
            Kind::Hole(_) => value.kind.clone(),
            Kind::Number(_) | Kind::Boolean(_) | Kind::Null | Kind::Open(..) | Kind::Unreadable => {
                match self.at(at) {
                    Some(hole) => Kind::Hole(hole.name),
                    None => value.kind.clone(),
                }
            }
        };
        Value { at, kind }
    }

    fn member(&mut self, member: &Member<TextRange>) -> Member<TextRange> {
        if !member.name.holes.is_empty() {
            return member.clone();
        }
        match self.at(member.name.at).filter(|_| member.name.value.contains("${")) {
            Some(hole) => more(hole),
            None => Member { name: member.name.clone(), value: self.value(&member.value) },
        }
    }
}

/// Members that are not known.
fn more(hole: Hole<TextRange>) -> Member<TextRange> {
    let value = Value { at: hole.at, kind: Kind::Hole(hole.name.clone()) };
    Member { name: Text::unknown(hole), value }
}

/// A text in which the parts `${...}` are not known; all of it, where there are none.
fn open(text: &str, hole: Hole<TextRange>) -> Kind<TextRange> {
    let starts: Vec<usize> = text.match_indices("${").map(|(at, _)| at).collect();
    let ends: Vec<usize> = text.match_indices('}').map(|(at, _)| at + 1).collect();
    // Expressions may contain braces: then everything between the first and the last is unknown.
    let ranges: Vec<Range<usize>> = match (starts.first(), ends.last()) {
        (Some(first), Some(last)) if first < last => {
            let pairs: Vec<Range<usize>> =
                starts.iter().zip(&ends).map(|(start, end)| *start..*end).collect();
            let in_order = starts.len() == ends.len()
                && pairs.iter().all(|pair| pair.start < pair.end)
                && pairs
                    .windows(2)
                    .all(|pair| matches!(pair, [left, right] if left.end <= right.start));
            if in_order { pairs } else { std::iter::once(*first..*last).collect() }
        }
        _ => return Kind::Hole(hole.name),
    };
    if let [only] = ranges.as_slice()
        && *only == (0..text.len())
    {
        return Kind::Hole(hole.name);
    }
    let spelt = |range: &Range<usize>| {
        let spelt = text.get(range.clone()).unwrap_or("");
        let inside = spelt.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        inside.unwrap_or(spelt).trim().to_owned()
    };
    let holes = ranges.iter().map(|range| TextHole {
        range: range.clone(),
        hole: Hole { name: spelt(range), at: hole.at },
    });
    Kind::Open(text.to_owned(), holes.collect())
}

/// What is written here may be there, or something else, or nothing: every object may have other
/// members, every list other items, and no text is known.
pub(crate) fn uncertain(value: &Value<TextRange>, hole: &Hole<TextRange>) -> Value<TextRange> {
    let at = value.at;
    let kind = match &value.kind {
        Kind::Array(items) => {
            let mut items: Vec<Value<TextRange>> =
                items.iter().map(|item| uncertain(item, hole)).collect();
            items.push(Value { at: hole.at, kind: Kind::Hole(hole.name.clone()) });
            Kind::Array(items)
        }
        Kind::Object(members) => {
            let mut members = members.clone();
            members.push(more(hole.clone()));
            Kind::Object(members)
        }
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => Kind::Hole(hole.name.clone()),
    };
    Value { at, kind }
}

/// The tree without its holes, for showing.
pub(crate) fn spelt(value: &Value<TextRange>) -> Value<TextRange> {
    let is_hole = |value: &Value<TextRange>| matches!(value.kind, Kind::Hole(_));
    let kind = match &value.kind {
        Kind::Array(items) => {
            Kind::Array(items.iter().filter(|item| !is_hole(item)).map(spelt).collect())
        }
        Kind::Object(members) => {
            let shown = members.iter().filter(|member| member.name.holes.is_empty());
            let member = |member: &Member<TextRange>| Member {
                name: member.name.clone(),
                value: spelt(&member.value),
            };
            Kind::Object(shown.map(member).collect())
        }
        Kind::Open(text, _) | Kind::Hole(text) => Kind::String(text.clone()),
        Kind::String(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Null | Kind::Unreadable => {
            value.kind.clone()
        }
    };
    Value { at: value.at, kind }
}
