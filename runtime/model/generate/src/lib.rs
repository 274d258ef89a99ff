//! Makes the generated Rust files of `ram-policy` from the pinned data in `catalogue/`.
//!
//! Reading: [`read`] turns the TSV files into a [`Catalogue`] and reports the first mistake with
//! its file and line. Rendering turns a catalogue into text. Writing: [`write()`] and [`check`].
//! New data: [`import_sdk`] reads a package of the vendor's SDK, [`add_table`] a pasted table.

mod add_service;
mod add_table;
mod arguments;
mod catalogue;
mod check_references;
mod check_sizes;
mod check_template;
mod count;
mod describe_source;
mod error;
mod fill_index;
mod fill_region;
mod import_sdk;
mod judge_source;
mod list_sources;
mod merge_operations;
#[path = "../../src/catalogue/name_hash.rs"]
mod name_hash;
mod read;
mod read_actions;
mod read_keys;
mod read_operations;
mod read_pasted;
mod read_principals;
mod read_products;
mod read_services;
mod read_table;
mod render_actions;
mod render_features;
mod render_keys;
mod render_lines;
mod render_model;
mod render_resource_types;
mod summarize;
mod write;

pub use add_table::add_table;
pub use arguments::Arguments;
pub use catalogue::{
    Access, Action, Catalogue, Completeness, Evidence, Key, KeyType, Operation, Principal, Product,
    Resource, Resources, Service,
};
pub use error::Error;
pub use import_sdk::import_sdk;
pub use judge_source::SOURCES;
pub use read::read;
pub use write::{check, generate, write};
