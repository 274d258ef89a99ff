//! Lists of numbers in the tables.

/// A list of 16-bit numbers, two bytes each, the low one first.
///
/// The compiler reads one literal of bytes much faster than an array of as many numbers.
///
/// ```
/// use ram_policy_model::catalogue::Numbers;
///
/// const NUMBERS: Numbers = Numbers::new(b"\x01\x00\x00\x01");
/// assert_eq!(NUMBERS.iter().collect::<Vec<u16>>(), [1, 256]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers(&'static [u8]);

impl Numbers {
    /// The numbers of these bytes; an odd last byte is none.
    #[must_use]
    pub const fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    /// How many numbers there are.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.len() / 2
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The number at an index.
    #[inline]
    #[must_use]
    pub fn get(self, index: usize) -> Option<u16> {
        let bytes = self.0.get(index.checked_mul(2)?..)?.first_chunk()?;
        Some(u16::from_le_bytes(*bytes))
    }

    /// The numbers from one index up to another; none when there are not as many.
    #[must_use]
    pub fn part(self, start: usize, end: usize) -> Self {
        let range = start.saturating_mul(2)..end.saturating_mul(2);
        Self(self.0.get(range).unwrap_or(&[]))
    }

    /// All numbers in their order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = u16> + Clone {
        self.0.as_chunks().0.iter().map(|bytes| u16::from_le_bytes(*bytes))
    }
}
