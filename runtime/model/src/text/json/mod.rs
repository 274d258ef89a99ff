//! JSON: the tree that every front end makes, the strict reader and the writer of texts.

pub(crate) mod cursor;
mod path;
mod read;
mod stranger;
mod value;
mod write;

pub use cursor::TextRange;
pub use path::path;
pub use read::{MAX_DEPTH, read};
pub use value::{Kind, Member, Value};
pub(crate) use write::push_text;
pub use write::write_text;
