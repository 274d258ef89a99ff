//! Whether two patterns have a string in common.

use alloc::{vec, vec::Vec};

/// Whether some string matches both patterns (`*` and `?` in either), in steps proportional to the
/// product of their lengths.
#[must_use]
pub fn overlap(left: &str, right: &str) -> bool {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    // `reach[j]`: the patterns before (i, j) can be read by one common string.
    let mut reach = vec![false; right.len() + 1];
    for i in 0..=left.len() {
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
    use super::overlap;

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
