//! How far apart two names are, worked out without allocating.

use crate::text::steps;

/// More slips than this are never asked for.
const MOST: usize = 4;

/// Cells of a row that can be within the limit: those at most so far from the diagonal.
const WIDTH: usize = 2 * MOST + 1;

/// Insertions, deletions, changes and swaps of neighbours between two texts, or `None` when more
/// than `limit`, which is 4 at most; ASCII case counts as no difference.
#[must_use]
pub(crate) fn distance(left: &str, right: &str, limit: usize) -> Option<usize> {
    let limit = limit.min(MOST);
    steps::take!(1);
    if left.len().abs_diff(right.len()) > 4 * limit {
        // No character has more than four bytes.
        return None;
    }
    steps::take!(left.len() + right.len());
    let (left_length, right_length) = (left.chars().count(), right.chars().count());
    if left_length.abs_diff(right_length) > limit {
        return None;
    }
    // Each slip takes away one letter at most and adds one at most.
    let (own, others) = (letters(left), letters(right));
    let lacking = |of: u64, among: u64| (of & !among).count_ones() as usize;
    if lacking(own, others).max(lacking(others, own)) > limit {
        return None;
    }
    let far = limit + 1;
    // The row of the text's start: cell `limit + j` stands for `j` characters of `right`.
    let mut above = [far; WIDTH];
    for (cell, slips) in above.iter_mut().skip(limit).zip(0..far) {
        *cell = slips;
    }
    let mut before = [far; WIDTH];
    let mut rest = right.chars();
    let (mut last_left, mut last_right) = (None, None);
    for (i, l) in (1..).zip(left.chars()) {
        steps::take!(WIDTH);
        // The first character of `right` that the row looks at.
        let first = i.max(limit + 1) - limit;
        if first > 1 {
            last_right = rest.next();
        }
        let (mut row, mut previous) = ([far; WIDTH], last_right);
        // The cell of no character of `right`.
        if i <= limit
            && let Some(cell) = row.get_mut(limit - i)
        {
            *cell = i;
        }
        for (j, r) in (first..=i + limit).zip(rest.clone()) {
            let place = j + limit - i;
            let at = |row: &[usize; WIDTH], place: usize| row.get(place).copied().unwrap_or(far);
            let beside = place.checked_sub(1).map_or(far, |place| at(&row, place));
            let change = at(&above, place) + usize::from(!l.eq_ignore_ascii_case(&r));
            let mut best = change.min(at(&above, place + 1) + 1).min(beside + 1);
            let is = |last: Option<char>, other: char| {
                last.is_some_and(|last| last.eq_ignore_ascii_case(&other))
            };
            if is(last_left, r) && is(previous, l) {
                best = best.min(at(&before, place) + 1);
            }
            if let Some(cell) = row.get_mut(place) {
                *cell = best.min(far);
            }
            previous = Some(r);
        }
        if row.iter().all(|slips| *slips > limit) {
            return None;
        }
        (before, above) = (above, row);
        last_left = Some(l);
    }
    let end = (right_length + limit).checked_sub(left_length)?;
    above.get(end).copied().filter(|slips| *slips <= limit)
}

/// The letters of a text, a bit each, ASCII case ignored; some of other characters share one.
fn letters(text: &str) -> u64 {
    let bit = |character: char| 1 << (u32::from(character.to_ascii_lowercase()) & 0x3f);
    text.chars().fold(0, |letters, character| letters | bit(character))
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::{format, vec, vec::Vec};

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

    /// The whole table, as books have it.
    fn plainly(left: &str, right: &str) -> usize {
        let fold = |text: &str| -> Vec<char> {
            text.chars().map(|character| character.to_ascii_lowercase()).collect()
        };
        let (left, right) = (fold(left), fold(right));
        let mut table = vec![vec![0; right.len() + 1]; left.len() + 1];
        let at = |table: &[Vec<usize>], i: usize, j: usize| -> usize {
            table.get(i).and_then(|row| row.get(j)).copied().unwrap_or(usize::MAX)
        };
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                let best = match (i.checked_sub(1), j.checked_sub(1)) {
                    (None, _) => j,
                    (_, None) => i,
                    (Some(k), Some(l)) => {
                        let change = at(&table, k, l) + usize::from(left.get(k) != right.get(l));
                        let mut best = change.min(at(&table, k, j) + 1).min(at(&table, i, l) + 1);
                        if k > 0
                            && l > 0
                            && left.get(k) == right.get(l - 1)
                            && left.get(k - 1) == right.get(l)
                        {
                            best = best.min(at(&table, k - 1, l - 1) + 1);
                        }
                        best
                    }
                };
                if let Some(cell) = table.get_mut(i).and_then(|row| row.get_mut(j)) {
                    *cell = best;
                }
            }
        }
        at(&table, left.len(), right.len())
    }

    #[test]
    fn agrees_with_the_whole_table() {
        let mut texts = vec![String::new()];
        for from in 0.. {
            let Some(text) = texts.get(from).filter(|text| text.chars().count() < 4).cloned()
            else {
                break;
            };
            texts.extend(['a', 'B', '\u{4e2d}'].map(|next| format!("{text}{next}")));
        }
        for left in &texts {
            for right in &texts {
                let slips = plainly(left, right);
                for limit in 0..=MOST {
                    let expected = Some(slips).filter(|slips| *slips <= limit);
                    assert_eq!(distance(left, right, limit), expected, "{left} {right} {limit}");
                }
            }
        }
    }
}
