//! Near names for "did you mean".

use alloc::{format, string::String, vec, vec::Vec};

/// Insertions, deletions, changes and swaps of neighbours between two texts, or `None` when more
/// than `limit`; ASCII case counts as no difference.
#[must_use]
pub fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    let fold = |text: &str| -> Vec<char> {
        text.chars().map(|character| character.to_ascii_lowercase()).collect()
    };
    let (left, right) = (fold(left), fold(right));
    if left.len().abs_diff(right.len()) > limit {
        return None;
    }
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, r) in right.iter().enumerate() {
            let change = at(&above, j) + usize::from(l != r);
            let mut best = change.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            let swapped =
                i > 0 && j > 0 && right.get(j - 1) == Some(l) && left.get(i - 1) == Some(r);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_none_or(|least| *least > limit) {
            return None;
        }
        before = core::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|found| *found <= limit)
}

/// The nearest names, at most three, nearest first; a name may differ by a fifth of its length, by
/// one slip at least and three at most.
#[must_use]
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let limit = (name.chars().count() / 5).clamp(1, 3);
    let mut found: Vec<(usize, &str)> = names
        .filter_map(|known| distance(name, known, limit).map(|distance| (distance, known)))
        .collect();
    found.sort_unstable();
    found.dedup();
    let best = found.first().map_or(0, |(distance, _)| *distance);
    found.retain(|(distance, _)| *distance <= best + 1);
    found.truncate(3);
    found.into_iter().map(|(_, known)| known).collect()
}

/// `, did you mean ...?` for these names, or nothing.
#[must_use]
pub fn did_you_mean(names: &[impl AsRef<str>]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => format!(", did you mean `{}`?", only.as_ref()),
        Some((last, others)) => {
            let others: Vec<String> =
                others.iter().map(|name| format!("`{}`", name.as_ref())).collect();
            format!(", did you mean {} or `{}`?", others.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_slips() {
        for (left, right, expected) in [
            ("abc", "abc", Some(0)),
            ("abc", "ABC", Some(0)),
            ("abc", "abd", Some(1)),
            ("abc", "acb", Some(1)),
            ("abc", "ab", Some(1)),
            ("abc", "xabc", Some(1)),
            ("abc", "cab", Some(2)),
            ("abc", "xyz", None),
            ("", "ab", Some(2)),
        ] {
            assert_eq!(distance(left, right, 2), expected, "{left} {right}");
        }
    }

    #[test]
    fn names_the_nearest_first() {
        let names = ["RunInstances", "StopInstance", "StopInstances", "DeleteInstance"];
        assert_eq!(nearest("StopInstanc", names.into_iter()), ["StopInstance", "StopInstances"]);
        assert_eq!(nearest("Unrelated", names.into_iter()), [""; 0]);
    }
}
