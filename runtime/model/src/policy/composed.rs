//! Policies of the macro that include others: put together while the constant is evaluated, because
//! only then the compiler knows what the others are.
//!
//! The text is that of the statements in their order. The decision is made of the decisions of the
//! parts: the first denial of each is the first of all in one of them, and so is the first allowance.

#![allow(clippy::indexing_slicing, reason = "indices are compared first; `get` is not constant")]

#[cfg(feature = "alloc")]
use super::template::{Parameter, PolicyTemplate};
use super::{Decide, Policy};
#[cfg(feature = "alloc")]
use crate::document::blank::Blank;
use crate::request::Request;
use crate::terms::decision::Decision;
use crate::terms::kind::PolicyKind;

/// Statements that are neighbours: own ones, or those of what is included.
#[derive(Clone, Copy)]
pub struct Part {
    /// Their text, with commas between them.
    text: &'static str,
    /// How many they are.
    statements: usize,
    /// How many come before them.
    first: usize,
    source: Source,
    #[cfg(feature = "alloc")]
    parameters: &'static [Parameter],
    #[cfg(feature = "alloc")]
    blanks: &'static [Blank],
}

/// Whose statements they are.
#[derive(Clone, Copy)]
enum Source {
    /// Own ones.
    Own,
    /// Those of a policy.
    Policy(&'static Policy),
    /// Those of a template, which decides nothing before values are bound to it.
    #[cfg(feature = "alloc")]
    Template,
}

impl Part {
    /// Own statements.
    #[must_use]
    pub const fn own(text: &'static str, statements: usize) -> Self {
        Self {
            text,
            statements,
            first: 0,
            source: Source::Own,
            #[cfg(feature = "alloc")]
            parameters: &[],
            #[cfg(feature = "alloc")]
            blanks: &[],
        }
    }

    /// The statements of a policy.
    #[must_use]
    #[track_caller]
    pub const fn of(policy: &'static Policy) -> Self {
        Self { source: Source::Policy(policy), ..Self::of_text(policy.as_json()) }
    }

    /// The statements of a document.
    ///
    /// # Panics
    ///
    /// The policy was made at run time; no constant is.
    #[allow(clippy::panic, reason = "it is how a constant fails to compile")]
    #[track_caller]
    const fn of_text(text: Option<&'static str>) -> Self {
        let Some(text) = text else {
            panic!("a policy that was made at run time is not known while compiling");
        };
        let text = statements_of(text);
        Self::own(text, count(text))
    }

    /// The statements of a template.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub const fn of_template(template: &PolicyTemplate) -> Self {
        let text = statements_of(template.text());
        let (parameters, blanks) = (template.declared(), template.blanks());
        Self { source: Source::Template, parameters, blanks, ..Self::own(text, count(text)) }
    }
}

#[cfg(feature = "alloc")]
impl Policy {
    /// Its statements, for a template that includes it.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn as_part(self) -> Part {
        let text = self.as_json();
        // A constant drops nothing.
        core::mem::forget(self);
        Part { source: Source::Template, ..Part::of_text(text) }
    }
}

/// Parts that know how many statements come before them.
#[must_use]
pub const fn numbered<const N: usize>(mut parts: [Part; N]) -> [Part; N] {
    let (mut index, mut first) = (0, 0);
    while index < N {
        parts[index].first = first;
        first += parts[index].statements;
        index += 1;
    }
    parts
}

/// The statements of a minified document, or of statements alone.
const fn statements_of(text: &'static str) -> &'static str {
    const WHOLE: [(&str, &str); 2] =
        [(r#"{"Version":"1","Statement":["#, "]}"), (r#"{"Statement":["#, r#"],"Version":"1"}"#)];
    let mut index = 0;
    while index < WHOLE.len() {
        let (head, tail) = WHOLE[index];
        if let Some((start, rest)) = text.split_at_checked(head.len())
            && equal(start.as_bytes(), head.as_bytes())
            && rest.len() >= tail.len()
            && let Some((inside, end)) = rest.split_at_checked(rest.len() - tail.len())
            && equal(end.as_bytes(), tail.as_bytes())
        {
            return inside;
        }
        index += 1;
    }
    text
}

const fn equal(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// How many statements a text has.
const fn count(text: &str) -> usize {
    let (mut number, mut at) = (0, 0);
    while at < text.len() {
        at = end(text.as_bytes(), at) + 1;
        number += 1;
    }
    number
}

/// Where the object ends that begins at an index.
const fn end(text: &[u8], mut at: usize) -> usize {
    let (mut depth, mut in_text) = (0usize, false);
    while at < text.len() {
        match text[at] {
            b'\\' if in_text => at += 1,
            b'"' => in_text = !in_text,
            b'{' if !in_text => depth += 1,
            b'}' if !in_text => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    at
}

/// The bytes of the document that has these parts between a head and a tail.
#[must_use]
pub const fn length(parts: &[Part], head: &str, tail: &str) -> usize {
    let (mut length, mut index, mut before) = (head.len() + tail.len(), 0, false);
    while index < parts.len() {
        let text = parts[index].text;
        if !text.is_empty() {
            length += text.len() + before as usize;
            before = true;
        }
        index += 1;
    }
    length
}

/// The document itself.
#[must_use]
pub const fn text<const N: usize>(parts: &[Part], head: &str, tail: &str) -> [u8; N] {
    let mut text = [0; N];
    let mut at = add(&mut text, 0, head);
    let (mut index, mut before) = (0, false);
    while index < parts.len() {
        let part = parts[index].text;
        if !part.is_empty() {
            if before {
                at = add(&mut text, at, ",");
            }
            at = add(&mut text, at, part);
            before = true;
        }
        index += 1;
    }
    add(&mut text, at, tail);
    text
}

const fn add<const N: usize>(text: &mut [u8; N], mut at: usize, part: &str) -> usize {
    let part = part.as_bytes();
    let mut index = 0;
    while index < part.len() && at < N {
        text[at] = part[index];
        index += 1;
        at += 1;
    }
    at
}

/// The bytes as a text.
///
/// # Panics
///
/// The document is longer than RAM allows; `may_grow` says that values take the place of some of it.
#[allow(clippy::panic, reason = "it is how a constant fails to compile")]
#[must_use]
#[track_caller]
pub const fn json(bytes: &'static [u8], may_grow: bool) -> &'static str {
    let Ok(text) = core::str::from_utf8(bytes) else {
        panic!("the document is no text");
    };
    let (mut characters, mut index) = (0, 0);
    while index < bytes.len() {
        // Bytes behind the first of a character.
        characters += (bytes[index] & 0b1100_0000 != 0b1000_0000) as usize;
        index += 1;
    }
    if !may_grow && PolicyKind::Identity.measure(characters).is_err() {
        panic!("the policy with what it includes has more characters than RAM allows, minified");
    }
    text
}

/// Fails to compile where a statement of a part is in another one too; of own statements those behind
/// it as well.
///
/// # Panics
///
/// A statement is there twice.
#[allow(clippy::panic, reason = "it is how a constant fails to compile")]
#[track_caller]
pub const fn once(parts: &[Part], included: usize) {
    let text = parts[included].text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let end_of_it = end(text, at);
        let mut other = 0;
        while other < parts.len() {
            let is_later = other > included && !is_own(&parts[other]);
            if other != included
                && !is_later
                && has(parts[other].text.as_bytes(), text, at, end_of_it)
            {
                panic!("a statement of what is included is in the policy already");
            }
            other += 1;
        }
        at = end_of_it + 1;
    }
}

/// Whether a text has a statement, which is a part of another one.
const fn has(text: &[u8], other: &[u8], from: usize, to: usize) -> bool {
    let mut at = 0;
    while at < text.len() {
        let end = end(text, at);
        if end - at == to - from {
            let mut index = 0;
            while index < end - at && text[at + index] == other[from + index] {
                index += 1;
            }
            if index == end - at {
                return true;
            }
        }
        at = end + 1;
    }
    false
}

/// Decides by own statements and by those that are included.
#[must_use]
pub fn decide(own: Decide, parts: &[Part], request: &Request<'_>) -> Decision {
    let mut denied: Option<usize> = None;
    let mut allowed: Option<usize> = None;
    let mut note = |decision: Decision, place: &dyn Fn(usize) -> usize| {
        let (first, statement) = match decision {
            Decision::ExplicitDeny { statement } => (&mut denied, statement),
            Decision::Allow { statement } => (&mut allowed, statement),
            Decision::ImplicitDeny => return,
        };
        let statement = place(statement);
        *first = Some(first.map_or(statement, |other| other.min(statement)));
    };
    note(own(request), &|statement| place_of_own(parts, statement));
    for part in parts {
        if let Source::Policy(policy) = part.source {
            note(policy.evaluate(request), &|statement| part.first + statement);
        }
    }
    match (denied, allowed) {
        (Some(statement), _) => Decision::ExplicitDeny { statement },
        (None, Some(statement)) => Decision::Allow { statement },
        (None, None) => Decision::ImplicitDeny,
    }
}

/// The number of an own statement among all.
const fn place_of_own(parts: &[Part], mut statement: usize) -> usize {
    let mut index = 0;
    while index < parts.len() {
        let part = &parts[index];
        if is_own(part) {
            if statement < part.statements {
                return part.first + statement;
            }
            statement -= part.statements;
        }
        index += 1;
    }
    statement
}

const fn is_own(part: &Part) -> bool {
    match part.source {
        Source::Own => true,
        Source::Policy(_) => false,
        #[cfg(feature = "alloc")]
        Source::Template => false,
    }
}

/// Runs of action numbers, as `grants` keeps them, of own statements and of each part.
#[derive(Clone, Copy)]
struct Runs<'a> {
    own: &'a [u8],
    parts: &'a [Part],
    /// Whether those are asked for that are denied everywhere.
    denied: bool,
}

impl Runs<'_> {
    const fn of(self, index: usize) -> &'static [u8] {
        match self.parts[index].source {
            Source::Policy(policy) if self.denied => policy.form.denied(),
            Source::Policy(policy) => policy.form.grants(),
            Source::Own => &[],
            #[cfg(feature = "alloc")]
            Source::Template => &[],
        }
    }

    /// The first run of any that ends at a number or behind it, from that number on.
    const fn next(self, from: u32) -> Option<(u32, u32)> {
        let mut found = next(self.own, from);
        let mut index = 0;
        while index < self.parts.len() {
            found = match (found, next(self.of(index), from)) {
                (Some((first, last)), Some((other, end))) => {
                    // Of two that begin together, the longer.
                    let is_first = other < first || (other == first && end > last);
                    Some(if is_first { (other, end) } else { (first, last) })
                }
                (found @ Some(_), None) => found,
                (None, other) => other,
            };
            index += 1;
        }
        found
    }
}

/// Bytes of a run.
const RUN: usize = 8;

/// The first run that ends at a number or behind it, from that number on.
const fn next(runs: &[u8], from: u32) -> Option<(u32, u32)> {
    let (mut low, mut high) = (0, runs.len() / RUN);
    while low < high {
        let middle = low + (high - low) / 2;
        if number(runs, middle * RUN + 4) < from {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if low == runs.len() / RUN {
        return None;
    }
    let (first, last) = (number(runs, low * RUN), number(runs, low * RUN + 4));
    Some((if first < from { from } else { first }, last))
}

const fn number(runs: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([runs[at], runs[at + 1], runs[at + 2], runs[at + 3]])
}

/// The first run from a number on that is in `runs` and in none of `without`.
const fn next_without(
    runs: Runs<'_>,
    without: Option<Runs<'_>>,
    mut from: u32,
) -> Option<(u32, u32)> {
    loop {
        let Some((first, last)) = runs.next(from) else { return None };
        let denied = match without {
            Some(without) => without.next(first),
            None => None,
        };
        match denied {
            Some((start, u32::MAX)) if start == first => return None,
            Some((start, end)) if start == first => from = end + 1,
            Some((start, _)) if start <= last => return Some((first, start - 1)),
            Some(_) | None => return Some((first, last)),
        }
    }
}

/// What own statements and parts grant or deny everywhere, as bytes.
#[derive(Clone, Copy)]
pub struct Granted<'a> {
    /// What own statements grant.
    pub grants: &'a [u8],
    /// What own statements deny everywhere.
    pub denied: &'a [u8],
    /// All parts.
    pub parts: &'a [Part],
}

impl<'a> Granted<'a> {
    const fn runs(self, denied: bool) -> (Runs<'a>, Option<Runs<'a>>) {
        let parts = self.parts;
        let all_denied = Runs { own: self.denied, parts, denied: true };
        if denied {
            (all_denied, None)
        } else {
            (Runs { own: self.grants, parts, denied: false }, Some(all_denied))
        }
    }

    /// How many bytes they are: of what is granted, or of what is denied everywhere.
    #[must_use]
    pub const fn length(self, denied: bool) -> usize {
        let (runs, without) = self.runs(denied);
        let (mut length, mut from) = (0, 0);
        while let Some((_, last)) = next_without(runs, without, from) {
            length += RUN;
            if last == u32::MAX {
                break;
            }
            from = last + 1;
        }
        length
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes<const N: usize>(self, denied: bool) -> [u8; N] {
        let (runs, without) = self.runs(denied);
        let mut bytes = [0; N];
        let (mut at, mut from) = (0, 0);
        while let Some((first, last)) = next_without(runs, without, from) {
            let run = [first.to_le_bytes(), last.to_le_bytes()];
            let mut index = 0;
            while index < RUN && at < N {
                bytes[at] = run[index / 4][index % 4];
                index += 1;
                at += 1;
            }
            if last == u32::MAX {
                break;
            }
            from = last + 1;
        }
        bytes
    }
}

/// The blanks of own statements and of those that are included, in the order of statements.
#[cfg(feature = "alloc")]
#[must_use]
#[track_caller]
pub const fn blanks<const N: usize>(
    parts: &[Part],
    own: &[Blank],
    declared: &[Parameter],
) -> [Blank; N] {
    use crate::document::blank::Slot;
    use crate::source::mention::Position;

    let mut blanks = [Blank {
        statement: 0,
        slot: Slot::Resource { item: 0 },
        position: Position::Value,
        start: 0,
        end: 0,
        parameter: 0,
    }; N];
    let (mut at, mut index) = (0, 0);
    while index < own.len() && at < N {
        blanks[at] = own[index];
        blanks[at].statement = place_of_own(parts, own[index].statement as usize) as u16;
        index += 1;
        at += 1;
    }
    let mut part = 0;
    while part < parts.len() {
        let Part { first, parameters, blanks: of_it, .. } = parts[part];
        let mut index = 0;
        while index < of_it.len() && at < N {
            blanks[at] = of_it[index];
            blanks[at].statement += first as u16;
            blanks[at].parameter = place_of(parameters[of_it[index].parameter as usize], declared);
            index += 1;
            at += 1;
        }
        part += 1;
    }
    blanks
}

/// How many blanks there are.
#[cfg(feature = "alloc")]
#[must_use]
pub const fn number_of_blanks(parts: &[Part], own: &[Blank]) -> usize {
    let (mut number, mut part) = (own.len(), 0);
    while part < parts.len() {
        number += parts[part].blanks.len();
        part += 1;
    }
    number
}

/// The place of a parameter among those that are declared.
#[cfg(feature = "alloc")]
const fn place_of(parameter: Parameter, declared: &[Parameter]) -> u16 {
    let mut index = 0;
    while index < declared.len() {
        if equal(declared[index].name.as_bytes(), parameter.name.as_bytes()) {
            return index as u16;
        }
        index += 1;
    }
    u16::MAX
}

/// Fails to compile unless the parameters of a part are declared, in the same way.
///
/// # Panics
///
/// One is not.
#[cfg(feature = "alloc")]
#[allow(clippy::panic, reason = "it is how a constant fails to compile")]
#[track_caller]
pub const fn pass_through(part: &Part, declared: &[Parameter]) {
    let mut index = 0;
    while index < part.parameters.len() {
        let parameter = part.parameters[index];
        let place = place_of(parameter, declared) as usize;
        if place >= declared.len() {
            let line = Line::EMPTY.add("the included template has the parameter `");
            let line = line.add(parameter.name).add("`, declare it here too");
            panic!("{}", line.text());
        }
        if declared[place].path != parameter.path {
            let line = Line::EMPTY.add("the parameter `").add(parameter.name);
            panic!("{}", line.add("` is a path in one of the two templates alone").text());
        }
        index += 1;
    }
}

/// Fails to compile unless a parameter has a place in the document.
///
/// # Panics
///
/// It has none.
#[cfg(feature = "alloc")]
#[allow(clippy::panic, reason = "it is how a constant fails to compile")]
#[track_caller]
pub const fn is_used(blanks: &[Blank], declared: &[Parameter], parameter: usize) {
    let mut index = 0;
    while index < blanks.len() {
        if blanks[index].parameter as usize == parameter {
            return;
        }
        index += 1;
    }
    let line = Line::EMPTY.add("the parameter `").add(declared[parameter].name);
    panic!("{}", line.add("` is never used, nor is it by what is included").text());
}

/// A sentence that is put together in a constant; what does not fit is left out.
#[cfg(feature = "alloc")]
struct Line {
    bytes: [u8; 256],
    length: usize,
}

#[cfg(feature = "alloc")]
impl Line {
    const EMPTY: Self = Self { bytes: [0; 256], length: 0 };

    const fn add(mut self, part: &str) -> Self {
        let at = add(&mut self.bytes, self.length, part);
        self.length = at;
        self
    }

    const fn text(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.length);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "a parameter does not pass through",
        }
    }
}
