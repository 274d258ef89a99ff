//! Whether one pattern matches everything another does.

use alloc::vec::Vec;

use crate::terms::overlap::Outline;

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
    let (wide, narrow) = (normal(wide), normal(narrow));
    let (mut at, mut read) = (0, 0);
    // Where the last star of `wide` stands, and up to where it reads `narrow`.
    let mut star: Option<(usize, usize)> = None;
    while let Some(next) = narrow.get(read) {
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
                let Some((behind, up_to)) = star else { return false };
                star = Some((behind, up_to + 1));
                at = behind + 1;
                read = up_to + 1;
            }
        }
    }
    wide.get(at..).unwrap_or(&[]).iter().all(|left| *left == '*')
}

/// As [`covers`], ASCII case ignored.
#[must_use]
pub fn covers_ignore_case(wide: &str, narrow: &str) -> bool {
    wide == narrow
        || wide == "*"
        || outline_covers_ignore_case(Outline::of(wide), Outline::of(narrow))
}

/// As [`covers_ignore_case`], for those who compare many.
pub(crate) fn outline_covers_ignore_case(wide: Outline<'_>, narrow: Outline<'_>) -> bool {
    wide.may_cover(narrow, <[u8]>::eq_ignore_ascii_case)
        && (!wide.is_wild()
            || covers(&wide.text.to_ascii_lowercase(), &narrow.text.to_ascii_lowercase()))
}

/// The pattern with the `?` of every run of wildcards before its one `*`, which changes nothing of
/// what it matches.
fn normal(pattern: &str) -> Vec<char> {
    let mut normal = Vec::with_capacity(pattern.len());
    let mut star = false;
    for character in pattern.chars() {
        if character == '*' {
            star = true;
            continue;
        }
        if character != '?' && star {
            normal.push('*');
            star = false;
        }
        normal.push(character);
    }
    if star {
        normal.push('*');
    }
    normal
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
