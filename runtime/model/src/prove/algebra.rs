//! The algebra of patterns against trying every short text: inclusion, intersection and emptiness, of
//! single patterns and of unions, letter case minded and not.
//!
//! Everything up to a length is tried, nothing is sampled. What is found is checked by the oracle
//! itself, however long it is; what is not found is not among all short texts. The oracle is a
//! matcher of its own, the textbook recursion.

use alloc::string::String;
use alloc::vec::Vec;

use super::budget::Budget;
use super::language::{Demand, Product};
use super::pattern::{Pattern, Texts};
use super::place::Place;
use crate::terms::glob::Glob;

/// A pattern, and whether it minds letter case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    text: String,
    ignores_case: bool,
}

/// Every text over an alphabet up to a length, the shortest first.
fn texts(alphabet: &str, longest: usize) -> Vec<String> {
    let mut all = Vec::from([String::new()]);
    let mut first_of_last = 0;
    for _ in 0..longest {
        let last: Vec<String> = all.iter().skip(first_of_last).cloned().collect();
        first_of_last = all.len();
        for text in last {
            all.extend(alphabet.chars().map(|next| {
                let mut longer = text.clone();
                longer.push(next);
                longer
            }));
        }
    }
    all
}

/// Every pattern over an alphabet up to a length.
fn patterns(alphabet: &str, longest: usize, ignores_case: bool) -> Vec<Written> {
    texts(alphabet, longest).into_iter().map(|text| Written { text, ignores_case }).collect()
}

/// What a pattern means, and nothing else.
fn matches(pattern: &[u8], text: &[u8], ignores_case: bool) -> bool {
    let is_same = |wanted: u8, found: u8| {
        wanted == found || (ignores_case && wanted.eq_ignore_ascii_case(&found))
    };
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => {
            (0..=text.len()).any(|at| matches(rest, text.get(at..).unwrap_or(b""), ignores_case))
        }
        (Some((wanted, rest)), Some((found, left))) => {
            (*wanted == b'?' || is_same(*wanted, *found)) && matches(rest, left, ignores_case)
        }
        _ => false,
    }
}

fn is_matched(pattern: &Written, text: &str) -> bool {
    matches(pattern.text.as_bytes(), text.as_bytes(), pattern.ignores_case)
}

/// What the prover makes of a pattern.
fn read(pattern: &Written) -> Pattern {
    let text = &pattern.text;
    let glob = Glob::classify(text, 0, text.len());
    Pattern::of_fields([glob.pattern(text)], pattern.ignores_case)
}

/// Patterns with what they match of all short texts, one bit a text.
struct Table {
    written: Vec<Written>,
    read: Vec<Pattern>,
    bits: Vec<Vec<u64>>,
    inputs: Vec<String>,
}

impl Table {
    fn new(written: Vec<Written>, inputs: Vec<String>) -> Self {
        let bits = written
            .iter()
            .map(|pattern| {
                let mut bits = alloc::vec![0u64; inputs.len().div_ceil(64)];
                for (place, input) in inputs.iter().enumerate() {
                    if let Some(word) = bits.get_mut(place / 64)
                        && is_matched(pattern, input)
                    {
                        *word |= 1 << (place % 64);
                    }
                }
                bits
            })
            .collect();
        let read = written.iter().map(read).collect();
        Self { written, read, bits, inputs }
    }

    fn len(&self) -> usize {
        self.written.len()
    }

    /// Compares the answer about unions of patterns, each to be matched or not, with all short texts.
    fn agrees(&self, demands: &[(&[usize], bool)]) {
        let sets: Vec<Texts> = demands
            .iter()
            .map(|(union, _)| union.iter().filter_map(|one| self.read.get(*one)).cloned().collect())
            .collect();
        let asked =
            sets.iter().zip(demands).map(|(texts, (_, holds))| Demand { texts, holds: *holds });
        let found = Product::new(Place::Value, asked)
            .and_then(|product| product.find(&mut Budget::new()))
            .unwrap_or_else(|reason| panic!("{:?}: {reason}", self.shown(demands)));
        match found {
            Some(text) => {
                for (union, holds) in demands {
                    let mut of = union.iter().filter_map(|one| self.written.get(*one));
                    let is_in = of.any(|pattern| is_matched(pattern, &text));
                    assert_eq!(is_in, *holds, "{:?}: {text}", self.shown(demands));
                }
                // A shortest one, in characters that are all of one byte.
                let shortest = self.first(demands).map_or(usize::MAX, |(_, shortest)| shortest);
                assert!(text.len() <= shortest, "{:?}: {text}", self.shown(demands));
            }
            None => assert_eq!(self.first(demands), None, "{:?}", self.shown(demands)),
        }
    }

    /// The first short text that meets all demands, and its length.
    fn first(&self, demands: &[(&[usize], bool)]) -> Option<(&str, usize)> {
        let words = self.inputs.len().div_ceil(64);
        (0..words).find_map(|word| {
            let left = demands.iter().fold(u64::MAX, |left, (union, holds)| {
                let bits = union.iter().filter_map(|one| self.bits.get(*one)?.get(word));
                let matched = bits.fold(0, |all, bits| all | bits);
                left & if *holds { matched } else { !matched }
            });
            let place = word * 64 + usize::try_from(left.trailing_zeros()).unwrap_or(64);
            let text = self.inputs.get(place).filter(|_| left != 0)?;
            Some((text.as_str(), text.len()))
        })
    }

    fn shown(&self, demands: &[(&[usize], bool)]) -> Vec<(Vec<&Written>, bool)> {
        let of = |union: &[usize]| union.iter().filter_map(|one| self.written.get(*one)).collect();
        demands.iter().map(|(union, holds)| (of(union), *holds)).collect()
    }

    /// Every pair: each within the other, both at once, neither.
    fn every_pair(&self) {
        for left in 0..self.len() {
            for right in 0..self.len() {
                self.agrees(&[(&[left], true), (&[right], false)]);
                if right <= left {
                    self.agrees(&[(&[left], true), (&[right], true)]);
                    self.agrees(&[(&[left], false), (&[right], false)]);
                }
            }
        }
    }
}

/// 341 patterns of up to 4 characters, 116,281 pairs; all 364 texts of up to 5 letters. The letter
/// that no pattern names stands for all others.
#[test]
fn every_pair_of_patterns_of_up_to_four_characters() {
    Table::new(patterns("ab*?", 4, false), texts("abc", 5)).every_pair();
}

/// 85 patterns of up to 3 characters; all 781 texts of up to 4 letters of either case.
#[test]
fn every_pair_of_patterns_that_ignore_letter_case() {
    Table::new(patterns("aB*?", 3, true), texts("aAbBc", 4)).every_pair();
}

/// The same patterns, one of them minding letter case and the other not.
#[test]
fn every_pair_of_patterns_of_which_one_ignores_letter_case() {
    let mut both = patterns("aB*?", 3, true);
    let ignoring = both.len();
    both.extend(patterns("aB*?", 3, false));
    let table = Table::new(both, texts("aAbBc", 4));
    for left in 0..ignoring {
        for right in ignoring..table.len() {
            table.agrees(&[(&[left], true), (&[right], false)]);
            table.agrees(&[(&[left], false), (&[right], true)]);
            table.agrees(&[(&[left], true), (&[right], true)]);
        }
    }
}

/// 21 patterns of up to 2 characters: each within the union of each two, each union of two within
/// each, and all combinations of three that match or do not; all 121 texts of up to 4 letters.
#[test]
fn every_three_patterns_of_up_to_two_characters() {
    let table = Table::new(patterns("ab*?", 2, false), texts("abc", 4));
    for first in 0..table.len() {
        for second in 0..=first {
            for third in 0..table.len() {
                let union = [first, second];
                table.agrees(&[(&[third], true), (&union, false)]);
                table.agrees(&[(&union, true), (&[third], false)]);
                table.agrees(&[(&union, true), (&[third], true)]);
                for signs in 0..8u8 {
                    let holds = |place: u8| signs >> place & 1 == 1;
                    table.agrees(&[
                        (&[first], holds(0)),
                        (&[second], holds(1)),
                        (&[third], holds(2)),
                    ]);
                }
            }
        }
    }
}

/// 231 unions of two of 21 patterns, 53,361 pairs of unions.
#[test]
fn every_pair_of_unions_of_two_patterns() {
    let table = Table::new(patterns("ab*?", 2, false), texts("abc", 4));
    let unions: Vec<[usize; 2]> =
        (0..table.len()).flat_map(|first| (0..=first).map(move |second| [first, second])).collect();
    for left in &unions {
        for right in &unions {
            table.agrees(&[(left, true), (right, false)]);
        }
    }
}

/// Whether a pattern, or a union, leaves anything out at all, and whether it is empty.
#[test]
fn every_pattern_of_up_to_five_characters_alone() {
    let table = Table::new(patterns("ab*?", 5, false), texts("abc", 6));
    for one in 0..table.len() {
        table.agrees(&[(&[one], true)]);
        table.agrees(&[(&[one], false)]);
        table.agrees(&[(&[one], true), (&[one], false)]);
        // The union with the pattern before it.
        table.agrees(&[(&[one, one.saturating_sub(1)], false)]);
    }
}
