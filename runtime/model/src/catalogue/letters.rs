//! Which actions of all services a pattern covers, for those who ask by many patterns.
//!
//! Holding every name against every pattern takes names times patterns times their lengths. Here the
//! first and the last place of each letter are laid out by letter, so that one walk over a column
//! says of all names at once whether one letter comes before another. Only names that have the
//! letters of the pattern in order are compared with it, a step a character of the pattern: all places
//! that a character has in a name are one number.

use alloc::{vec, vec::Vec};

use super::{ActionId, ActionRow, ServiceEntry, find_service, services};
use crate::terms::glob::Kind;
use crate::terms::pattern::ActionPattern;
use crate::text::steps;

/// Columns: letters of either case, digits, and all other characters.
const COLUMNS: usize = 37;

/// The last place that is told from others; names are shorter.
const LAST: u8 = 253;

/// A set of actions of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rows {
    words: Vec<u64>,
}

impl Rows {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many are in another set too.
    pub(crate) fn in_common(&self, other: &Self) -> usize {
        let both = self.words.iter().zip(&other.words);
        both.map(|(word, other)| (word & other).count_ones() as usize).sum()
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// Adds those of another set.
    pub(crate) fn add(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Their places among all actions, from the first.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            core::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }

    fn set(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    /// Takes the action at a place out.
    pub(crate) fn clear(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / 64) {
            *word &= !(1 << (place % 64));
        }
    }

    /// Whether the action at a place is in it.
    pub(crate) fn has(&self, place: usize) -> bool {
        self.words.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

/// The names of all actions by their letters.
#[derive(Debug)]
pub(crate) struct Letters {
    /// Every action; those of a service are neighbours.
    rows: Vec<ActionRow>,
    /// The services, each with the places of its actions.
    services: Vec<(ServiceEntry, usize, usize)>,
    /// For each letter the place it stands at first in each name, from 1; 255 where it does not.
    first: Vec<Vec<u8>>,
    /// For each letter the place it stands at last in each name; 0 where it does not.
    last: Vec<Vec<u8>>,
    /// For each name the places of each letter, from bit 0, and the place behind its end; none where
    /// the name is too long.
    places: Vec<([u64; COLUMNS], u64)>,
}

impl Letters {
    /// Lays out the catalogue.
    pub(crate) fn new() -> Self {
        let mut rows = Vec::new();
        let mut of_services = Vec::new();
        for service in services() {
            let start = rows.len();
            rows.extend(service.actions());
            of_services.push((service, start, rows.len()));
        }
        let mut first = vec![vec![u8::MAX; rows.len()]; COLUMNS];
        let mut last = vec![vec![0; rows.len()]; COLUMNS];
        let mut places = vec![([0; COLUMNS], 0); rows.len()];
        for (place, row) in rows.iter().enumerate() {
            let name = row.name();
            steps::take!(name.len());
            for (byte, at) in name.bytes().zip(1usize..) {
                let column = column(byte);
                let at = u8::try_from(at).unwrap_or(u8::MAX);
                if let Some(first) = first.get_mut(column).and_then(|of| of.get_mut(place)) {
                    *first = (*first).min(at.min(LAST));
                }
                if let Some(last) = last.get_mut(column).and_then(|of| of.get_mut(place)) {
                    *last = at;
                }
                if let Some((places, behind)) = places.get_mut(place) {
                    let bit = 1u64.checked_shl(u32::from(at)).unwrap_or(0);
                    *behind = bit;
                    if let Some(places) = places.get_mut(column) {
                        *places |= bit >> 1;
                    }
                }
            }
        }
        Self { rows, services: of_services, first, last, places }
    }

    /// No action.
    pub(crate) fn none(&self) -> Rows {
        Rows { words: vec![0; self.rows.len().div_ceil(64)] }
    }

    /// The actions a pattern covers.
    pub(crate) fn covered(&self, pattern: &ActionPattern) -> Rows {
        let mut rows = self.none();
        self.add_covered(pattern, &mut rows);
        rows
    }

    /// Adds the actions a pattern covers; those that are there already are not looked at.
    pub(crate) fn add_covered(&self, pattern: &ActionPattern, rows: &mut Rows) {
        if pattern.code.kind() == Kind::Exact {
            let code = pattern.code.literal(&pattern.text);
            let found = find_service(code).map(|service| usize::from(service.index()));
            if let Some((_, start, end)) = found.and_then(|index| self.services.get(index)) {
                let (names, exact) = self.candidates(pattern, *start, *end);
                self.add_matching(pattern, &names, exact, *start, rows);
            }
            return;
        }
        let (names, exact) = self.candidates(pattern, 0, self.rows.len());
        for (service, start, end) in &self.services {
            steps::take!(1);
            if pattern.code.matches_ignore_case(&pattern.text, service.code) {
                let of_service = names.get(*start..*end).unwrap_or(&[]);
                self.add_matching(pattern, of_service, exact, *start, rows);
            }
        }
    }

    /// Adds the candidates that match, or, where that is `exact`, all; the first of them is the action
    /// at the place `start`.
    fn add_matching(
        &self,
        pattern: &ActionPattern,
        candidates: &[u8],
        exact: bool,
        start: usize,
        rows: &mut Rows,
    ) {
        let text = pattern.name.literal(&pattern.text).as_bytes();
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'?');
        let by_places = pattern.name.kind() == Kind::General && text.iter().all(plain);
        let matches = |place: usize| match self.places.get(place) {
            Some((places, behind)) if by_places && *behind != 0 => reaches(text, places, *behind),
            _ => {
                let name = self.rows.get(place).map_or("", |row| row.name());
                pattern.name.matches_ignore_case(&pattern.text, name)
            }
        };
        // Most patterns have few candidates: eight names are skipped at once.
        for (eight, start) in candidates.chunks(8).zip((start..).step_by(8)) {
            if eight.iter().fold(0, |any, candidate| any | candidate) == 0 {
                continue;
            }
            for (candidate, place) in eight.iter().zip(start..) {
                if *candidate != 0 && !rows.has(place) && (exact || matches(place)) {
                    rows.set(place);
                }
            }
        }
    }

    /// The names at these places that have all letters of the pattern in its order, one byte a
    /// name, and whether the pattern asks for nothing else.
    fn candidates(&self, pattern: &ActionPattern, start: usize, end: usize) -> (Vec<u8>, bool) {
        let mut names = vec![1; end.saturating_sub(start)];
        steps::take!(names.len() / 16);
        let text = pattern.name.literal(&pattern.text).as_bytes();
        let is_letter = |byte: &&u8| !matches!(byte, b'*' | b'?');
        let mut letters = text.iter().filter(is_letter);
        let behind = text.iter().filter(is_letter).skip(1);
        if behind.clone().next().is_none()
            && let Some(first) = letters.next().and_then(|only| self.first.get(column(*only)))
        {
            for (name, first) in names.iter_mut().zip(first.get(start..end).unwrap_or(&[])) {
                *name = u8::from(*first != u8::MAX);
            }
        }
        for (before, behind) in letters.zip(behind) {
            steps::take!(names.len() / 16);
            let first = self.first.get(column(*before)).and_then(|of| of.get(start..end));
            let last = self.last.get(column(*behind)).and_then(|of| of.get(start..end));
            let places = first.unwrap_or(&[]).iter().zip(last.unwrap_or(&[]));
            for (name, (first, last)) in names.iter_mut().zip(places) {
                *name &= u8::from(first < last);
            }
        }
        let is_one = |byte: &u8| byte.is_ascii_alphanumeric();
        let exact = match (pattern.name.kind(), text) {
            (Kind::Any, _) => true,
            (Kind::General, [b'*', only, b'*']) => is_one(only),
            (Kind::General, [b'*', one, b'*', other, b'*']) => is_one(one) && is_one(other),
            _ => false,
        };
        (names, exact)
    }

    /// The action at a place.
    pub(crate) fn row(&self, place: usize) -> Option<ActionRow> {
        self.rows.get(place).copied()
    }

    /// The actions of a set.
    pub(crate) fn rows(&self, rows: &Rows) -> impl Iterator<Item = ActionRow> {
        rows.places().filter_map(|place| self.row(place))
    }

    /// The place of an action.
    pub(crate) fn place(&self, id: ActionId) -> Option<usize> {
        let (_, start, end) = self.services.get(usize::from(id.service()))?;
        Some(start + usize::from(id.row())).filter(|place| place < end)
    }

    /// The actions for which something holds.
    pub(crate) fn those(&self, holds: impl Fn(ActionRow) -> bool) -> Rows {
        let mut rows = self.none();
        for (place, row) in self.rows.iter().enumerate() {
            if holds(*row) {
                rows.set(place);
            }
        }
        rows
    }

    /// The runs of the numbers of a set's actions, in order.
    pub(crate) fn runs(&self, rows: &Rows) -> Vec<(u32, u32)> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for row in self.rows(rows) {
            let number = row.id().number();
            match runs.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
                _ => runs.push((number, number)),
            }
        }
        steps::take!(runs.len());
        runs
    }
}

/// Whether a pattern reaches the end of a name: the places that the pattern so far can reach are the
/// bits of a number, and each of its characters takes all of them further at once.
fn reaches(pattern: &[u8], places: &[u64; COLUMNS], behind: u64) -> bool {
    steps::take!(pattern.len());
    let mut reached = 1u64;
    for byte in pattern {
        reached = match byte {
            // All places from the first on.
            b'*' => (reached & reached.wrapping_neg()).wrapping_neg() & (behind | (behind - 1)),
            b'?' => (reached & (behind - 1)) << 1,
            letter => (reached & places.get(column(*letter)).copied().unwrap_or(0)) << 1,
        };
    }
    reached & behind != 0
}

/// The column of a letter.
fn column(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => usize::from(byte - b'a'),
        b'A'..=b'Z' => usize::from(byte - b'A'),
        b'0'..=b'9' => 26 + usize::from(byte - b'0'),
        _ => COLUMNS - 1,
    }
}

#[cfg(test)]
mod tests {
    use alloc::borrow::Cow;
    use alloc::vec::Vec;

    use super::Letters;
    use crate::catalogue::ActionRow;
    use crate::catalogue::find;
    use crate::terms::pattern::ActionPattern;

    #[test]
    fn finds_what_holding_every_name_against_the_pattern_finds() {
        let letters = Letters::new();
        for text in [
            "*:*",
            "*:*a*",
            "*:*Z*",
            "*:*9*",
            "*:*-*",
            "*:*a*b*",
            "*:*b*a*",
            "*:*ab*",
            "*:*a*b*c*",
            "*:a*b",
            "*:Describe*",
            "*:*Instances",
            "*:StopInstance",
            "*:S?opInstance",
            "*:??",
            "*:?*a",
            "?cs:*",
            "e*s:*a*a*",
            "*c*:*x*",
            "*:*aa*",
            "*:**",
            "*:*ss*ss*",
            "*:*\u{4e2d}*",
            "*:*q*q*q*",
        ] {
            let pattern = ActionPattern::new(Cow::Borrowed(text));
            let matches = |row: &ActionRow| pattern.matches(row.service().code, row.name());
            let expected: Vec<u32> =
                find::actions().filter(matches).map(|row| row.id().number()).collect();
            let covered = letters.covered(&pattern);
            let found: Vec<u32> = letters.rows(&covered).map(|row| row.id().number()).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(covered.len(), expected.len(), "{text}");
            let in_runs = |number: u32| {
                letters
                    .runs(&covered)
                    .iter()
                    .any(|(first, last)| (*first..=*last).contains(&number))
            };
            assert!(expected.first().is_none_or(|number| in_runs(*number)), "{text}");
        }
    }
}
