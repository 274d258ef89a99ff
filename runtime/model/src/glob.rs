//! The one pattern matcher: `*` for any run of characters, `?` for exactly one (RAM: Policy
//! structure and syntax).
//!
//! A pattern is classified once; nearly all are then answered by comparing bytes. Nothing here
//! allocates, and the general case takes at most pattern length times input length steps.

/// A classified pattern. It holds offsets into its owner's text, not the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glob {
    kind: Kind,
    start: u32,
    end: u32,
}

/// How a pattern is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

    /// Puts a classified pattern together; the macro writes these.
    #[must_use]
    pub const fn from_parts(kind: Kind, start: u32, end: u32) -> Self {
        Self { kind, start, end }
    }

    /// The kind and the offsets, for [`Glob::from_parts`].
    #[must_use]
    pub const fn parts(self) -> (Kind, u32, u32) {
        (self.kind, self.start, self.end)
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

    /// Whether `input` matches; `text` is the text the pattern was classified from.
    #[inline]
    #[must_use]
    pub fn matches(self, text: &str, input: &str) -> bool {
        self.run(text, input, |left, right| left == right)
    }

    /// As [`Glob::matches`], ASCII case ignored.
    #[inline]
    #[must_use]
    pub fn matches_ignore_case(self, text: &str, input: &str) -> bool {
        self.run(text, input, <[u8]>::eq_ignore_ascii_case)
    }

    #[inline]
    fn run(self, text: &str, input: &str, same: impl Fn(&[u8], &[u8]) -> bool) -> bool {
        if self.kind == Kind::Any {
            return true;
        }
        let bytes = text.as_bytes();
        let Some(literal) = bytes.get(self.start as usize..self.end as usize) else {
            return false;
        };
        let input = input.as_bytes();
        match self.kind {
            Kind::Any => true,
            Kind::Exact => same(input, literal),
            Kind::Prefix => input.get(..literal.len()).is_some_and(|head| same(head, literal)),
            Kind::Suffix => input
                .len()
                .checked_sub(literal.len())
                .and_then(|start| input.get(start..))
                .is_some_and(|tail| same(tail, literal)),
            Kind::General => general(literal, input, &same),
        }
    }
}

/// Two pointers: on a mismatch the last star takes one more character.
fn general(pattern: &[u8], input: &[u8], same: &impl Fn(&[u8], &[u8]) -> bool) -> bool {
    let (mut at_pattern, mut at_input) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(at_pattern), input.get(at_input)) {
            (Some(b'*'), _) => {
                at_pattern += 1;
                retry = Some((at_pattern, at_input));
                continue;
            }
            (None, None) => return true,
            (Some(b'?'), Some(first)) => {
                at_pattern += 1;
                at_input += character_length(*first);
                continue;
            }
            (Some(left), Some(right))
                if same(core::slice::from_ref(left), core::slice::from_ref(right)) =>
            {
                at_pattern += 1;
                at_input += 1;
                continue;
            }
            _ => {}
        }
        match retry {
            Some((after_star, taken)) if taken < input.len() => {
                let step = input.get(taken).map_or(1, |first| character_length(*first));
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
mod tests {
    use super::Glob;

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
    fn long_input_is_not_exponential() {
        let pattern = "*a".repeat(30) + "b";
        let input = "a".repeat(20_000);
        let glob = Glob::classify(&pattern, 0, pattern.len());
        assert!(!glob.matches(&pattern, &input));
    }
}
