//! The blanks of a lowered template: the places that its parameters fill. What nobody knows is a
//! [hole](crate::text::hole).

use crate::source::mention::Position;

/// A place of a template that a parameter fills.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blank {
    /// The statement.
    pub statement: u16,
    /// The text of the statement.
    pub slot: Slot,
    /// What it is part of.
    pub position: Position,
    /// First byte of the text.
    pub start: u32,
    /// After the last byte.
    pub end: u32,
    /// The parameter.
    pub parameter: u16,
}

/// A text of a statement.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// A resource.
    Resource {
        /// Which.
        item: u16,
    },
    /// A condition value.
    Value {
        /// Which operator.
        condition: u16,
        /// Which key.
        key: u16,
        /// Which value.
        item: u16,
    },
}
