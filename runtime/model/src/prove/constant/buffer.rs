//! A text that is put together in a constant, where nothing can be allocated.

use super::bytes::{Text, at, part};

/// A text of at most `N` bytes.
#[derive(Clone, Copy)]
pub(super) struct Buffer<const N: usize> {
    bytes: [u8; N],
    len: usize,
    /// Whether something did not fit.
    pub(super) is_cut: bool,
}

impl<const N: usize> Buffer<N> {
    pub(super) const EMPTY: Self = Self { bytes: [0; N], len: 0, is_cut: false };

    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    pub(super) const fn push(&mut self, byte: u8) {
        if self.len < N {
            self.bytes[self.len] = byte;
            self.len += 1;
        } else {
            self.is_cut = true;
        }
    }

    /// Makes small letters of the capitals.
    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    pub(super) const fn make_lower_case(&mut self) {
        let mut index = 0;
        while index < self.len && index < N {
            self.bytes[index] = self.bytes[index].to_ascii_lowercase();
            index += 1;
        }
    }

    pub(super) const fn add(&mut self, bytes: &[u8]) {
        self.add_text(Text::of(bytes));
    }

    pub(super) const fn add_text(&mut self, text: Text<'_>) {
        let mut index = 0;
        while index < text.len() {
            self.push(at(text, index));
            index += 1;
        }
    }

    pub(super) const fn add_number(&mut self, number: usize) {
        if number > 9 {
            self.add_number(number / 10);
        }
        // A digit fits into a byte.
        self.push(b'0' + (number % 10) as u8);
    }

    pub(super) const fn as_text(&self) -> Text<'_> {
        part(Text::of(&self.bytes), 0, self.len)
    }

    /// The text; what it is made of are whole texts, so only one that was cut can be none.
    pub(super) const fn as_str(&self) -> &str {
        let (bytes, _) = self.bytes.split_at(self.len);
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
