//! Whether two patterns have a string in common.

use alloc::{vec, vec::Vec};

use crate::text::steps;

/// A pattern as far as its ends tell: what it begins and ends with, and what stands between.
///
/// The ends settle nearly every comparison of two patterns. They are compared as bytes, by calls
/// into the standard library: macros run unoptimised, where every loop of one's own is slow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outline<'p> {
    /// The pattern.
    pub(crate) text: &'p str,
    /// The text before the first wildcard; the whole pattern when it has none.
    head: &'p [u8],
    /// The text behind the last wildcard; the whole pattern when it has none.
    tail: &'p [u8],
    between: Between,
}

/// What stands between the ends of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    /// Nothing: there is no wildcard, and both ends are the whole pattern.
    Nothing,
    /// One `*`.
    Star,
    /// A `*`, anything, and another `*`.
    Stars,
    /// A `?` stands at one of the ends.
    Other,
}

impl<'p> Outline<'p> {
    pub(crate) fn of(text: &'p str) -> Self {
        let bytes = text.as_bytes();
        // One character at a time, because that search is not a loop of this crate.
        let (star, mark) = (text.find('*'), text.find('?'));
        let (Some(first), Some(last)) =
            (star.into_iter().chain(mark).min(), text.rfind('*').max(text.rfind('?')))
        else {
            return Self { text, head: bytes, tail: bytes, between: Between::Nothing };
        };
        let is_star = |at: usize| bytes.get(at) == Some(&b'*');
        let between = match (is_star(first), is_star(last)) {
            (true, true) if first == last => Between::Star,
            (true, true) => Between::Stars,
            _ => Between::Other,
        };
        let head = bytes.get(..first).unwrap_or(&[]);
        let tail = bytes.get(last.saturating_add(1)..).unwrap_or(&[]);
        Self { text, head, tail, between }
    }

    /// Whether the pattern has a wildcard.
    pub(crate) fn is_wild(self) -> bool {
        self.between != Between::Nothing
    }

    /// Whether the two may have a string in common, and whether that is sure, as far as the ends
    /// tell; `None` where they do not.
    fn meets_at_ends(self, other: Self, same: fn(&[u8], &[u8]) -> bool) -> Option<bool> {
        let (own, others) = (self.between, other.between);
        steps::take!(1);
        if own == Between::Nothing && others == Between::Nothing {
            return Some(self.head.len() == other.head.len() && same(self.head, other.head));
        }
        let heads = self.head.len().min(other.head.len());
        let tails = self.tail.len().min(other.tail.len());
        let last = |text: &'p [u8]| text.get(text.len() - tails..).unwrap_or(text);
        let agree = same(self.head.get(..heads)?, other.head.get(..heads)?)
            && same(last(self.tail), last(other.tail));
        if !agree {
            return Some(false);
        }
        match (own, others) {
            // A star takes what the other one has between its ends.
            (Between::Star | Between::Stars, Between::Star | Between::Stars) => Some(true),
            (Between::Star, Between::Nothing) => {
                Some(self.head.len() + self.tail.len() <= other.head.len())
            }
            (Between::Nothing, Between::Star) => {
                Some(other.head.len() + other.tail.len() <= self.head.len())
            }
            _ => None,
        }
    }

    /// Whether some string matches both.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.meets_at_ends(other, |left, right| left == right)
            .unwrap_or_else(|| walk(self.text, other.text))
    }

    /// As [`Outline::meets`], ASCII case ignored.
    pub(crate) fn meets_ignore_case(self, other: Self) -> bool {
        self.meets_at_ends(other, <[u8]>::eq_ignore_ascii_case).unwrap_or_else(|| {
            walk(&self.text.to_ascii_lowercase(), &other.text.to_ascii_lowercase())
        })
    }

    /// Whether this pattern can match all that the other one does, as far as what it begins with
    /// tells.
    pub(crate) fn may_cover(self, other: Self, same: fn(&[u8], &[u8]) -> bool) -> bool {
        let head = other.head.get(..self.head.len());
        head.is_some_and(|head| same(self.head, head))
            && (self.is_wild() || self.head.len() == other.head.len() && !other.is_wild())
    }
}

/// Whether a text has a wildcard.
pub(crate) fn is_wild(text: &str) -> bool {
    text.as_bytes().contains(&b'*') || text.as_bytes().contains(&b'?')
}

/// Whether some string matches both patterns (`*` and `?` in either), in steps proportional to the
/// product of their lengths, and to their sum for most patterns.
#[must_use]
pub fn overlap(left: &str, right: &str) -> bool {
    Outline::of(left).meets(Outline::of(right))
}

/// As [`overlap`], ASCII case ignored.
#[must_use]
pub fn overlap_ignore_case(left: &str, right: &str) -> bool {
    Outline::of(left).meets_ignore_case(Outline::of(right))
}

/// Decides it character by character.
fn walk(left: &str, right: &str) -> bool {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    // `reach[j]`: the patterns before (i, j) can be read by one common string.
    let mut reach = vec![false; right.len() + 1];
    for i in 0..=left.len() {
        steps::take!(right.len());
        let mut before = vec![false; right.len() + 1];
        core::mem::swap(&mut before, &mut reach);
        let above = |j: usize| before.get(j).copied().unwrap_or(false);
        let mut row: Vec<bool> = Vec::with_capacity(right.len() + 1);
        for j in 0..=right.len() {
            let l = i.checked_sub(1).and_then(|i| left.get(i));
            let r = j.checked_sub(1).and_then(|j| right.get(j));
            let beside = j.checked_sub(1).and_then(|j| row.get(j)).copied().unwrap_or(false);
            let reached = match (l, r) {
                (None, None) => true,
                // A star reads nothing, or one more character of the other pattern.
                (Some('*'), None) => above(j),
                (None, Some('*')) => beside,
                (Some('*'), Some(_)) | (Some(_), Some('*')) => above(j) || beside,
                (Some(l), Some(r)) if l == r || *l == '?' || *r == '?' => {
                    j.checked_sub(1).is_some_and(above)
                }
                _ => false,
            };
            row.push(reached);
        }
        reach = row;
    }
    reach.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::{overlap, walk};
    use crate::terms::cover::tests::texts;

    #[test]
    fn the_ends_say_what_walking_says() {
        for patterns in [texts(&['a', 'b', '*', '?'], 3), texts(&['a', '*', '?'], 4)] {
            for left in &patterns {
                for right in &patterns {
                    assert_eq!(overlap(left, right), walk(left, right), "{left} and {right}");
                }
            }
        }
    }

    #[test]
    fn tells_whether_a_common_string_exists() {
        for (left, right, expected) in [
            ("", "", true),
            ("a", "a", true),
            ("a", "b", false),
            ("*", "", true),
            ("*", "*", true),
            ("a*", "*b", true),
            ("a*", "b*", false),
            ("instance/*", "instance/i-1", true),
            ("instance/*", "disk/*", false),
            ("instance/*", "*", true),
            ("Instance/*", "instance/*", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("?", "*", true),
            ("?", "", false),
            ("*a*", "*b*", true),
            ("a*a", "a", false),
            ("*/x", "y/*", true),
        ] {
            assert_eq!(overlap(left, right), expected, "{left} and {right}");
            assert_eq!(overlap(right, left), expected, "{right} and {left}");
        }
    }
}
