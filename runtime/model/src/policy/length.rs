//! How long a document may be, and whether a shorter one would do.

use alloc::{format, string::String};

use crate::document::lower::{self, Lowered};
use crate::document::{self, Document, Indent};
#[cfg(feature = "proofs")]
use crate::prove::shorter_length;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::syntax::{Element, ElementKind, Policy, Principals, Statement, Values};
use crate::terms::kind::{PolicyKind, TooLong, Unit};
use crate::terms::layout::{Layout, Shape};
use crate::text::hole;
use crate::text::place::Text;

/// Most characters of a document for which no page of RAM gives a limit, as a trust policy, and of
/// any document that is read to be shortened or split.
const MAX_CHARACTERS: usize = 65_536;

/// Most characters of a document for which a shorter form is looked for.
const MOST_CHARACTERS: usize = 4 * 6144;

/// Reports a policy that is longer than its kind may be, or, `at_any_length`, than anything that is
/// read.
///
/// The reader asks this before anything that costs more than reading: what is too long is not
/// compared with the catalogue, nor its parts with each other.
pub(super) fn refuses<L: Copy>(
    policy: &Policy<L>,
    kind: PolicyKind,
    at_any_length: bool,
    report: &mut Report<L>,
) -> bool {
    let length = least_length(policy);
    let of_kind = if at_any_length { Ok(()) } else { kind.measure(length) };
    let Err(found) = of_kind.and_then(|()| measure(length)) else { return false };
    // What RAM would refuse for something else has no other form, nor has what holes may change.
    let is_good = report.is_empty() && policy.parameters.is_empty();
    let document = || Some(lower::lower(policy).filter(|_| is_good)?.document);
    let mut selections = policy.statements.iter().flat_map(|one| &one.selections);
    let hint = match selections.find(|selection| !selection.as_patterns) {
        Some(_) => "; `as patterns` behind the selection writes the fewest wildcards",
        None => "",
    };
    report.add(policy.at, Rule::TooLong, too_long(found, kind, document) + hint);
    true
}

/// Refuses what is longer than anything that is read.
const fn measure(characters: usize) -> Result<(), TooLong> {
    if characters > MAX_CHARACTERS {
        let unit = Unit::Characters;
        return Err(TooLong { length: characters, most: MAX_CHARACTERS, unit });
    }
    Ok(())
}

/// The characters that a policy has at least, minified: every character of its texts counted as one,
/// whatever JSON writes for it, and what is not known as nothing.
#[must_use]
pub fn least_length<L>(policy: &Policy<L>) -> usize {
    let around = match policy.layout {
        Layout::VersionFirst | Layout::VersionLast => r#"{"Version":"1","Statement":[]}"#.len(),
        Layout::StatementsOnly => 0,
    };
    around + with_commas(policy.statements.iter().filter(|of| is_shown(of)).map(of_statement))
}

/// Whether a statement is there whatever stands for what is not known.
fn is_shown<L>(statement: &Statement<L>) -> bool {
    let is_known = |element: &Element<L>| !matches!(element.kind, ElementKind::Hole(..));
    statement.elements.is_empty() || statement.elements.iter().any(is_known)
}

fn of_statement<L>(statement: &Statement<L>) -> usize {
    // What is not known may be nothing at all.
    let known = |element: &&Element<L>| !matches!(element.kind, ElementKind::Hole(..));
    let elements = statement.elements.iter().filter(known).map(|element| {
        of_name(element.kind.name())
            + match &element.kind {
                ElementKind::Hole(..) => 0,
                ElementKind::Effect(effect) => of_name(effect.name()) - 1,
                ElementKind::Action(values)
                | ElementKind::NotAction(values)
                | ElementKind::Resource(values) => of_values(values),
                ElementKind::Principal(Principals::Listed(values)) => of_values(values),
                ElementKind::Principal(Principals::ByType(principals)) => {
                    let members = principals.iter().map(|principal| {
                        of_name(principal.kind.name()) + of_values(&principal.values)
                    });
                    2 + with_commas(members)
                }
                ElementKind::Condition(conditions) => {
                    let operators = conditions.iter().map(|condition| {
                        let keys = condition.keys.iter();
                        let keys = keys.map(|key| of_text(&key.key) + 1 + of_values(&key.values));
                        of_text(&condition.operator) + 1 + 2 + with_commas(keys)
                    });
                    2 + with_commas(operators)
                }
                ElementKind::Sid(sid) => of_text(sid),
            }
    });
    2 + with_commas(elements)
}

fn of_values<L>(values: &Values<L>) -> usize {
    let items = || values.items.iter().filter(|text| !text.is_unknown()).map(of_text);
    match values.shape {
        Shape::One => with_commas(items()),
        Shape::Many => 2 + with_commas(items()),
    }
}

/// A text in quotes, without what of it is not known.
fn of_text<L>(text: &Text<L>) -> usize {
    let literals = hole::literals(&text.value, &text.holes);
    2 + literals.iter().map(|literal| literal.chars().count()).sum::<usize>()
}

/// A name in quotes and the colon behind it.
fn of_name(name: &str) -> usize {
    3 + name.chars().count()
}

fn with_commas(lengths: impl Iterator<Item = usize>) -> usize {
    let (mut total, mut number) = (0, 0usize);
    for length in lengths {
        total += length;
        number += 1;
    }
    total + number.saturating_sub(1)
}

/// Reports a document that is too long once minified, or close to it.
pub(super) fn check<L: Copy>(at: L, lowered: &Lowered, kind: PolicyKind, report: &mut Report<L>) {
    let length = kind.unit().of(&document::write(&lowered.document, Indent::Minified));
    if let Err(found) = kind.measure(length) {
        // What the holes of a template are filled with may change what covers what.
        let document = || lowered.blanks.is_empty().then(|| lowered.document.clone());
        report.add(at, Rule::TooLong, too_long(found, kind, document));
    } else if let Some(most) = kind.near_limit(length) {
        report.add(at, Rule::NearLimit, measured(length, most, kind.unit(), kind));
    }
}

/// The message about a document that is too long, with the length of a form that decides the same
/// and is not, if one is found, else how to make several of it.
fn too_long(
    TooLong { length, most, unit }: TooLong,
    kind: PolicyKind,
    document: impl FnOnce() -> Option<Document>,
) -> String {
    let measured = measured(length, most, unit, kind);
    let looks = kind.rules().may_shorten && length <= MOST_CHARACTERS;
    let document = looks.then(document).flatten();
    match document.and_then(|document| shorter_length(&document, most)) {
        Some(shorter) => {
            format!("{measured}; an equivalent form has {shorter}, `ram-policy shrink` prints it")
        }
        // Several of a kind that gives add up.
        None if kind.rules().gives => format!("{measured}; `ram-policy split` makes several of it"),
        None => measured,
    }
}

/// Without proofs none is looked for.
#[cfg(not(feature = "proofs"))]
fn shorter_length(_: &Document, _: usize) -> Option<usize> {
    None
}

fn measured(length: usize, most: usize, unit: Unit, kind: PolicyKind) -> String {
    let (unit, name) = (unit.name(), kind.rules().name);
    format!("the policy has {length} {unit} minified, {name} has at most {most}")
}
