//! JSON: the tree that every front end makes, the strict reader and the one writer.

pub(crate) mod cursor;
mod read;
mod value;
mod write;

pub use cursor::TextRange;
pub use read::{MAX_DEPTH, MAX_VALUES, read};
pub use value::{Kind, Member, Value};
pub use write::{Indent, write, write_text};
