//! JSON: the tree that every front end makes, the strict reader and the one writer.

mod read;
mod value;
mod write;

pub use read::{MAX_DEPTH, TextRange, read};
pub use value::{Kind, Member, Value};
pub use write::{Indent, write, write_text};
