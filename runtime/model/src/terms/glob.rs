//! The one pattern matcher: `*` for any run of characters, `?` for exactly one (RAM: Policy
//! structure and syntax).
//!
//! A pattern is classified once; nearly all are then answered by comparing bytes. Nothing here
//! allocates. The general case takes time in proportion to the input; with `?`, or where case is
//! ignored, to the input times the longest part between two stars.

use crate::text::steps;

/// A classified pattern. It holds offsets into its owner's text, not the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Glob {
    kind: Kind,
    start: u32,
    end: u32,
}

/// How a pattern is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `*`.
    Any,
    /// No wildcard.
    Exact,
    /// `text*`.
    Prefix,
    /// `*text`.
    Suffix,
    /// Everything else.
    General,
}

impl Glob {
    /// Classifies `text[start..end]`.
    #[must_use]
    pub fn classify(text: &str, start: usize, end: usize) -> Self {
        let bytes = text.as_bytes().get(start..end).unwrap_or(&[]);
        let is_wild = |byte: &u8| matches!(byte, b'*' | b'?');
        match bytes {
            [b'*'] => Self::of(Kind::Any, start, end),
            [rest @ .., b'*'] if !rest.iter().any(is_wild) => {
                Self::of(Kind::Prefix, start, end.saturating_sub(1))
            }
            [b'*', rest @ ..] if !rest.iter().any(is_wild) => {
                Self::of(Kind::Suffix, start.saturating_add(1), end)
            }
            _ if bytes.iter().any(is_wild) => Self::of(Kind::General, start, end),
            _ => Self::of(Kind::Exact, start, end),
        }
    }

    fn of(kind: Kind, start: usize, end: usize) -> Self {
        // Documents are limited to a few thousand characters, far below the limit of u32.
        let offset = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Self { kind, start: offset(start), end: offset(end) }
    }

    /// How the pattern is matched.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// The literal part of the pattern (the whole pattern in the general case).
    #[must_use]
    pub fn literal(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// The pattern over the text it was classified from.
    #[inline]
    #[must_use]
    pub fn pattern(self, text: &str) -> Pattern<'_> {
        let literal = self.literal(text);
        match self.kind {
            Kind::Any => Pattern::Any,
            Kind::Exact => Pattern::Exact(literal),
            Kind::Prefix => Pattern::Prefix(literal),
            Kind::Suffix => Pattern::Suffix(literal),
            Kind::General => Pattern::General(literal),
        }
    }

    /// Whether `input` matches; `text` is the text the pattern was classified from.
    #[inline(always)]
    #[must_use]
    pub fn matches(self, text: &str, input: &str) -> bool {
        if self.kind == Kind::Any {
            return true;
        }
        if !matches!(self.kind, Kind::Exact | Kind::Prefix) {
            return self.matches_otherwise(text, input);
        }
        // As bytes: whether a character begins at an offset need not be asked.
        let literal = text.as_bytes().get(self.start as usize..self.end as usize);
        let Some(literal) = literal else { return false };
        let Some((head, tail)) = input.as_bytes().split_at_checked(literal.len()) else {
            return false;
        };
        (tail.is_empty() || self.kind == Kind::Prefix) && equal(literal, head)
    }

    /// As [`Glob::matches`], for patterns that are rare in policies; apart, so that the others are
    /// matched in line.
    #[inline(never)]
    fn matches_otherwise(self, text: &str, input: &str) -> bool {
        self.pattern(text).matches(input)
    }

    /// As [`Glob::matches`], ASCII case ignored.
    #[inline]
    #[must_use]
    pub fn matches_ignore_case(self, text: &str, input: &str) -> bool {
        self.pattern(text).matches_ignore_case(input)
    }
}

/// A classified pattern with its literal text; the macro writes these into its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern<'a> {
    /// `*`.
    Any,
    /// No wildcard.
    Exact(&'a str),
    /// `text*`.
    Prefix(&'a str),
    /// `*text`.
    Suffix(&'a str),
    /// Everything else.
    General(&'a str),
}

impl Pattern<'_> {
    /// Whether `input` matches; in line, because the macros' patterns are constants where they are
    /// compared.
    #[inline(always)]
    #[must_use]
    pub fn matches(self, input: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exact(text) => input == text,
            Self::Prefix(text) => input.as_bytes().starts_with(text.as_bytes()),
            Self::Suffix(text) => input.as_bytes().ends_with(text.as_bytes()),
            Self::General(text) => general(text, input),
        }
    }

    /// As [`Pattern::matches`], ASCII case ignored.
    #[must_use]
    pub fn matches_ignore_case(self, input: &str) -> bool {
        let input = input.as_bytes();
        let same = |part: Option<&[u8]>, text: &str| {
            part.is_some_and(|part| part.eq_ignore_ascii_case(text.as_bytes()))
        };
        match self {
            Self::Any => true,
            Self::Exact(text) => same(Some(input), text),
            Self::Prefix(text) => same(input.get(..text.len()), text),
            Self::Suffix(text) => {
                let start = input.len().checked_sub(text.len());
                same(start.and_then(|start| input.get(start..)), text)
            }
            Self::General(text) => {
                steps::take!(text.len() + input.len());
                by_character(text.as_bytes(), input, true)
            }
        }
    }
}

/// Whether two texts are equal, in line: nearly all that are compared in a decision are so short
/// that calling the library costs more than comparing.
#[inline]
pub(crate) fn equal(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    // The first and the last bytes of a text cover it where they meet or overlap.
    match left.len() {
        8..=16 => ends(left, right, u64::from_ne_bytes),
        17..=32 => ends(left, right, u128::from_ne_bytes),
        4..=7 => ends(left, right, u32::from_ne_bytes),
        2..=3 => ends(left, right, u16::from_ne_bytes),
        0..=1 => left.first() == right.first(),
        _ => left == right,
    }
}

/// Whether two texts of one length have the same first and the same last bytes.
#[inline(always)]
fn ends<const N: usize, T: PartialEq>(left: &[u8], right: &[u8], of: fn([u8; N]) -> T) -> bool {
    let first = left.first_chunk().zip(right.first_chunk());
    let last = left.last_chunk().zip(right.last_chunk());
    first.zip(last).is_some_and(|((left_first, right_first), (left_last, right_last))| {
        (of(*left_first) == of(*right_first)) & (of(*left_last) == of(*right_last))
    })
}

/// Inputs up to this many bytes are matched character by character: before a search for a part
/// begins, that is done.
const SHORT: usize = 64;

fn general(pattern: &str, input: &str) -> bool {
    match pattern.split_once('*') {
        Some((head, tail)) if input.len() > SHORT && !pattern.contains('?') => {
            by_part(head, tail, input)
        }
        _ => {
            steps::take!(pattern.len() + input.len());
            by_character(pattern.as_bytes(), input.as_bytes(), false)
        }
    }
}

/// A pattern without `?`, by its parts before and behind the first star: each part between two
/// stars may as well stand where it is found first.
fn by_part(head: &str, tail: &str, input: &str) -> bool {
    steps::take!(head.len() + tail.len() + input.len());
    let (parts, end) = tail.rsplit_once('*').unwrap_or(("", tail));
    let between = input.strip_prefix(head).and_then(|rest| rest.strip_suffix(end));
    let found = between.and_then(|between| {
        parts.split('*').try_fold(between, |rest, part| {
            rest.find(part).and_then(|at| rest.get(at.saturating_add(part.len())..))
        })
    });
    found.is_some()
}

/// Two pointers: on a mismatch the last star takes one more character. Also for constants.
#[allow(clippy::indexing_slicing, reason = "indices are compared first; `get` is not constant")]
pub(crate) const fn by_character(pattern: &[u8], input: &[u8], ignore_case: bool) -> bool {
    let (mut at_pattern, mut at_input) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        if at_pattern < pattern.len() {
            let wanted = pattern[at_pattern];
            if wanted == b'*' {
                at_pattern += 1;
                retry = Some((at_pattern, at_input));
                continue;
            }
            if at_input < input.len() {
                let given = input[at_input];
                if wanted == b'?' {
                    at_pattern += 1;
                    at_input += character_length(given);
                    continue;
                }
                if wanted == given || (ignore_case && wanted.eq_ignore_ascii_case(&given)) {
                    at_pattern += 1;
                    at_input += 1;
                    continue;
                }
            }
        } else if at_input >= input.len() {
            return true;
        }
        match retry {
            Some((after_star, taken)) if taken < input.len() => {
                let step = character_length(input[taken]);
                retry = Some((after_star, taken + step));
                at_pattern = after_star;
                at_input = taken + step;
            }
            _ => return false,
        }
    }
}

/// Length of the UTF-8 character that begins with this byte.
const fn character_length(first: u8) -> usize {
    match first {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
        _ => 1,
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a panic fails the test")]
mod tests {
    use super::{Glob, equal};
    use alloc::borrow::ToOwned;
    use alloc::string::String;

    macro_rules! cases {
        ($($name:ident: $pattern:literal, $input:literal => $expected:literal;)*) => {
            $(#[test]
            fn $name() {
                let glob = Glob::classify($pattern, 0, $pattern.len());
                assert_eq!(glob.matches($pattern, $input), $expected);
            })*
        };
    }

    cases! {
        any_matches_empty: "*", "" => true;
        any_matches_all: "*", "a/b:c" => true;
        exact: "abc", "abc" => true;
        exact_is_whole: "abc", "abcd" => false;
        exact_case: "abc", "ABC" => false;
        empty_matches_empty: "", "" => true;
        empty_matches_nothing_else: "", "a" => false;
        prefix: "Describe*", "DescribeVpcs" => true;
        prefix_matches_itself: "Describe*", "Describe" => true;
        prefix_too_short: "Describe*", "Descri" => false;
        suffix: "*Vpcs", "DescribeVpcs" => true;
        suffix_matches_itself: "*Vpcs", "Vpcs" => true;
        suffix_is_whole: "*Vpcs", "DescribeVpcsX" => false;
        infix: "*Route*", "CreateRouteTable" => true;
        infix_misses: "*Route*", "CreateVpc" => false;
        star_in_the_middle: "ledger/abc*.txt", "ledger/abc1.txt" => true;
        star_crosses_slash: "ledger/abc*.txt", "ledger/abc/x.txt" => true;
        star_backtracks: "*aab", "aaaab" => true;
        several_stars: "a*b*c", "axxbyyc" => true;
        several_stars_miss: "a*b*c", "axxbyy" => false;
        two_stars: "**", "x" => true;
        question_is_one: "a?c", "abc" => true;
        question_is_not_none: "a?c", "ac" => false;
        question_is_not_two: "a?c", "abbc" => false;
        question_is_a_character_not_a_byte: "a?c", "a\u{4e2d}c" => true;
        two_questions_are_two_characters: "??", "\u{4e2d}\u{1f600}" => true;
        two_questions_are_not_one_wide_character: "??", "\u{4e2d}" => false;
        star_then_question: "*?", "" => false;
        star_then_question_one: "*?", "x" => true;
        star_before_wide: "*\u{4e2d}", "a\u{4e2d}" => true;
    }

    #[test]
    fn ignores_ascii_case_when_asked() {
        let glob = Glob::classify("describe*s", 0, 10);
        assert!(glob.matches_ignore_case("describe*s", "DescribeVpcS"));
        assert!(!glob.matches("describe*s", "DescribeVpcS"));
    }

    #[test]
    fn a_long_input_is_matched_alike() {
        let input = "logs/".to_owned() + &"ab".repeat(40) + "\u{4e2d}/end";
        for (name, pattern, expected) in [
            ("head and end", "logs/*/end", true),
            ("wrong head", "log/*/end", false),
            ("wrong end", "logs/*/en", false),
            ("one star", "*/*", true),
            ("part between", "logs/*ba*/end", true),
            ("part not there", "logs/*bb*/end", false),
            ("parts in order", "*ba*\u{4e2d}*", true),
            ("parts out of order", "*\u{4e2d}*ba*", false),
            ("stars beside each other", "logs/**ab***end", true),
            ("head and end do not share", "logs/*ab\u{4e2d}/end*\u{4e2d}/end", false),
            ("question", "logs/*?/end", true),
            ("question that is too many", "logs/?????*?/endx", false),
        ] {
            let glob = Glob::classify(pattern, 0, pattern.len());
            assert_eq!(glob.matches(pattern, &input), expected, "{name}");
        }
    }

    #[test]
    fn texts_of_every_length_are_compared_whole() {
        let text: String = ('a'..='z').cycle().take(70).collect();
        for length in 0..text.len() {
            let short = &text[..length];
            assert!(equal(short.as_bytes(), short.as_bytes()), "{length}");
            for at in 0..length {
                let mut other = short.as_bytes().to_vec();
                other[at] = b'-';
                assert!(!equal(short.as_bytes(), &other), "{length}, {at}");
            }
            assert!(!equal(short.as_bytes(), text.as_bytes()), "{length}");
        }
    }

    #[test]
    fn a_long_part_takes_no_longer_than_a_short_one() {
        // Part times input would be a thousand million steps.
        let pattern = "*".to_owned() + &"a".repeat(3_000) + "b*";
        let input = "a".repeat(400_000);
        let glob = Glob::classify(&pattern, 0, pattern.len());
        assert!(!glob.matches(&pattern, &input));
    }

    #[test]
    fn long_input_is_not_exponential() {
        let pattern = "*a".repeat(30) + "b";
        let input = "a".repeat(20_000);
        let glob = Glob::classify(&pattern, 0, pattern.len());
        assert!(!glob.matches(&pattern, &input));
    }
}
