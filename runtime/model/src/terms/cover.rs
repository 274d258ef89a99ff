//! Whether one pattern matches everything another does.

use alloc::string::String;
use alloc::vec::Vec;

use crate::terms::overlap::Outline;
use crate::text::steps;

/// Whether every string that `narrow` matches is matched by `wide` (`*` and `?` in either).
///
/// `true` is always right. `false` is right where `wide` has no `?`; where it has, it may also mean
/// that this is not seen, as in `?*` over `*a`. In steps proportional to the product of the lengths at most, and to their sum for most
/// patterns.
#[must_use]
pub fn covers(wide: &str, narrow: &str) -> bool {
    if wide == narrow || wide == "*" {
        return true;
    }
    let (outline, other) = (Outline::of(wide), Outline::of(narrow));
    if !outline.is_wild() || !outline.may_cover(other, |left, right| left == right) {
        return false;
    }
    Normal::of(wide, false).covers(&Normal::of(narrow, false))
}

/// As [`covers`], ASCII case ignored.
#[must_use]
pub fn covers_ignore_case(wide: &str, narrow: &str) -> bool {
    if wide == narrow || wide == "*" {
        return true;
    }
    let (outline, other) = (Outline::of(wide), Outline::of(narrow));
    outline.may_cover(other, <[u8]>::eq_ignore_ascii_case)
        && (!outline.is_wild() || Normal::of(wide, true).covers(&Normal::of(narrow, true)))
}

/// A pattern made ready for being compared with many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Normal {
    /// The pattern with the `?` of every run of wildcards before its one `*`, which changes nothing
    /// of what it matches.
    characters: Vec<char>,
}

impl Normal {
    pub(crate) fn of(pattern: &str, ignores_case: bool) -> Self {
        let mut characters = Vec::with_capacity(pattern.len());
        steps::take!(pattern.len());
        let mut star = false;
        for character in pattern.chars() {
            if character == '*' {
                star = true;
                continue;
            }
            if character != '?' && star {
                characters.push('*');
                star = false;
            }
            characters.push(if ignores_case { character.to_ascii_lowercase() } else { character });
        }
        if star {
            characters.push('*');
        }
        Self { characters }
    }

    /// Whether the pattern has a wildcard.
    #[cfg(feature = "proofs")]
    pub(crate) fn is_wild(&self) -> bool {
        self.characters.iter().any(|character| matches!(character, '*' | '?'))
    }

    /// As [`covers`].
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let (wide, narrow) = (&self.characters, &other.characters);
        // The last characters settle what the first ones do not.
        if let (Some(last), Some(other)) = (wide.last(), narrow.last())
            && !matches!(last, '*' | '?')
            && last != other
        {
            steps::take!(1);
            return false;
        }
        let (mut at, mut read) = (0, 0);
        // Where the last star of `wide` stands, and up to where it reads `narrow`.
        let mut star: Option<(usize, usize)> = None;
        loop {
            steps::take!(1);
            let Some(next) = narrow.get(read) else {
                break wide.get(at..).unwrap_or(&[]).iter().all(|left| *left == '*');
            };
            match (wide.get(at), next) {
                (Some('*'), _) => {
                    star = Some((at, read));
                    at += 1;
                }
                // Only a star reads what a star stands for.
                (Some('?'), next) if *next != '*' => {
                    at += 1;
                    read += 1;
                }
                (Some(same), next) if same == next => {
                    at += 1;
                    read += 1;
                }
                _ => {
                    let Some((behind, up_to)) = star else { break false };
                    star = Some((behind, up_to + 1));
                    at = behind + 1;
                    read = up_to + 1;
                }
            }
        }
    }
}

/// Most comparisons of patterns with each other for one list, or for all statements of a document.
/// No document that RAM takes has as many; what is beyond is not compared.
pub(crate) const MOST_COMPARISONS: usize = 2_500_000;

/// Whether what is compared field by field is covered field by field; no field at all covers
/// everything.
pub(crate) fn all_cover(wide: &[Normal], narrow: &[Normal]) -> bool {
    wide.is_empty()
        || (!narrow.is_empty() && wide.iter().zip(narrow).all(|(wide, narrow)| wide.covers(narrow)))
}

/// The same for patterns that match the same by their stars alone, ASCII case ignored.
pub(crate) fn normal_text(pattern: &str) -> String {
    Normal::of(pattern, true).characters.into_iter().collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{covers, covers_ignore_case};
    use alloc::string::String;
    use alloc::vec::Vec;

    #[test]
    fn tells_whether_one_matches_all_of_the_other() {
        for (wide, narrow, expected) in [
            ("", "", true),
            ("a", "a", true),
            ("a", "A", false),
            ("*", "", true),
            ("*", "*", true),
            ("?*", "*?", true),
            ("*?", "?", true),
            ("?*", "*", false),
            ("a*", "ab*", true),
            ("ab*", "a*", false),
            ("a*", "a", true),
            ("a?", "a*", false),
            ("a?", "a?", true),
            ("a?", "ab", true),
            ("*b", "a*b", true),
            ("a*b", "*b", false),
            ("*a*", "bab", true),
            ("a*c", "abbc", true),
            ("a*c", "a*b*c", true),
            ("**", "*", true),
            ("instance/*", "instance/i-*", true),
            ("instance/i-*", "instance/*", false),
            ("a", "*", false),
            ("", "*", false),
        ] {
            assert_eq!(covers(wide, narrow), expected, "{wide} over {narrow}");
        }
        assert!(covers_ignore_case("Describe*", "describeInstances"));
    }

    /// Every text over an alphabet up to a length.
    pub(crate) fn texts(alphabet: &[char], longest: usize) -> Vec<String> {
        let mut all = alloc::vec![String::new()];
        let mut last = all.clone();
        for _ in 0..longest {
            last = last
                .iter()
                .flat_map(|text| alphabet.iter().map(move |next| alloc::format!("{text}{next}")))
                .collect();
            all.extend(last.iter().cloned());
        }
        all
    }

    #[test]
    fn agrees_with_trying_every_short_text() {
        // A third letter, which no pattern names, stands for all others.
        let patterns = texts(&['a', 'b', '*', '?'], 4);
        let inputs = texts(&['a', 'b', 'c'], 6);
        let matches: Vec<Vec<bool>> = patterns
            .iter()
            .map(|pattern| {
                let glob = crate::terms::glob::Glob::classify(pattern, 0, pattern.len());
                inputs.iter().map(|input| glob.matches(pattern, input)).collect()
            })
            .collect();
        for (wide, of_wide) in patterns.iter().zip(&matches) {
            for (narrow, of_narrow) in patterns.iter().zip(&matches) {
                let expected =
                    of_wide.iter().zip(of_narrow).all(|(wide, narrow)| *wide || !*narrow);
                let found = covers(wide, narrow);
                let unseen = expected && !found && wide.contains('?');
                assert!(found == expected || unseen, "{wide} over {narrow}: {found}");
            }
        }
    }
}
