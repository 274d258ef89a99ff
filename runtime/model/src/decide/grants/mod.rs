//! Which actions a policy grants: runs of action numbers, kept as bytes.
//!
//! Eight bytes a run, its first and its last number, the low byte first: the compiler reads one
//! literal of bytes much faster than as many numbers.

#[cfg(feature = "alloc")]
mod of_document;

#[cfg(feature = "alloc")]
pub use of_document::{denied, grants};

/// Whether a number is in one of the runs, which are in order.
#[must_use]
pub const fn has(mut runs: &[u8], number: u32) -> bool {
    loop {
        // The half that can have the number: the later one begins with a whole run.
        let later = match runs.split_at_checked(runs.len() / RUN / 2 * RUN) {
            Some((_, later)) => later,
            None => return false,
        };
        let (first, last) = match later {
            [a, b, c, d, e, f, g, h, ..] => {
                (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h]))
            }
            _ => return false,
        };
        if number < first {
            runs = match runs.split_at_checked(runs.len() - later.len()) {
                Some((earlier, _)) => earlier,
                None => return false,
            };
        } else if number <= last {
            return true;
        } else {
            runs = match later.split_at_checked(RUN) {
                Some((_, behind)) => behind,
                None => return false,
            };
        }
    }
}

/// Bytes of a run.
const RUN: usize = 8;

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::vec::Vec;

    use super::has;

    #[test]
    fn finds_what_looking_at_every_run_finds() {
        for number in 0..9u32 {
            let runs: Vec<(u32, u32)> = (0..number).map(|run| (run * 10, run * 10 + run)).collect();
            let bytes = |(first, last): &(u32, u32)| [first.to_le_bytes(), last.to_le_bytes()];
            let text: Vec<u8> = runs.iter().flat_map(bytes).flatten().collect();
            for asked in (0..100).chain([u32::MAX]) {
                let expected = runs.iter().any(|(first, last)| (*first..=*last).contains(&asked));
                assert_eq!(has(&text, asked), expected, "{asked} in {runs:?}");
            }
        }
    }
}
