//! Which actions a policy grants: runs of action numbers, kept as bytes.
//!
//! Eight bytes a run, its first and its last number, the low byte first: the compiler reads one
//! literal of bytes much faster than as many numbers.

#[cfg(feature = "alloc")]
mod of_document;

#[cfg(feature = "alloc")]
pub use of_document::grants;

/// Whether a number is in one of the runs.
#[must_use]
pub const fn has(mut runs: &[u8], number: u32) -> bool {
    while let [a, b, c, d, e, f, g, h, others @ ..] = runs {
        let first = u32::from_le_bytes([*a, *b, *c, *d]);
        let last = u32::from_le_bytes([*e, *f, *g, *h]);
        if first <= number && number <= last {
            return true;
        }
        runs = others;
    }
    false
}
