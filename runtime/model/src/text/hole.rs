//! The hole: a part of a policy that is not known.
//!
//! A parameter of a template, an expression of Terraform, a function of ROS, a masked value: each
//! is a place in which something stands that nobody has read. A hole has the name that the source
//! gives it, and no other meaning: whatever it contains, no answer may be wrong.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// Something that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole<L> {
    /// What the source writes in its place, as `var.bucket`.
    pub name: String,
    /// Its place.
    pub at: L,
}

/// A hole within a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextHole<L> {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// The hole.
    pub hole: Hole<L>,
}

/// The text with something else in place of its holes, which stand in it from left to right.
#[must_use]
pub fn filled<L>(text: &str, holes: &[TextHole<L>], filling: &str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut done = 0;
    for TextHole { range, .. } in holes {
        filled.push_str(text.get(done..range.start).unwrap_or(""));
        filled.push_str(filling);
        done = range.end.max(done);
    }
    filled.push_str(text.get(done..).unwrap_or(""));
    filled
}

/// What stands around the holes of a text: before the first, between two, behind the last.
#[must_use]
pub fn literals<'t, L>(text: &'t str, holes: &[TextHole<L>]) -> Vec<&'t str> {
    let starts = core::iter::once(0).chain(holes.iter().map(|hole| hole.range.end));
    let ends = holes.iter().map(|hole| hole.range.start).chain(core::iter::once(text.len()));
    starts.zip(ends).map(|(start, end)| text.get(start..end).unwrap_or("")).collect()
}
