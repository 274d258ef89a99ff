//! Makes the generated Rust files of `ram-policy` from the pinned data in `catalogue/`.
//!
//! Reading: [`read`] turns the TSV files into a [`Catalogue`] and reports the first mistake with
//! its file and line. Rendering turns a catalogue into text. Writing: [`write()`] and [`check`].
//! New data: [`import_sdk`] reads a package of the vendor's SDK, [`add_table`] a pasted table,
//! [`import_metadata`] the descriptions of the vendor's OpenAPI portal.
//!
//! A folder imports only those before it: `data`, `read`, `import`, `render`, `write`.

extern crate alloc;

mod data;
mod error;
mod import;
mod model;
mod read;
mod render;
mod write;

pub use data::{
    Access, Action, Catalogue, Completeness, EventName, Evidence, Granularity, Key, KeyType,
    Nickname, Operation, Principal, Product, Replaced, Resource, Resources, SOURCES, Service, Verb,
};
pub use error::Error;
pub use import::{About, add_table, import_metadata, import_sdk, list_products};
pub use read::read;
pub use write::{check, generate, write};
