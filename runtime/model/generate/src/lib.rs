//! Makes the generated Rust files of `ram-policy` from the pinned data in `catalogue/`.
//!
//! Reading: [`read`] turns the TSV files into a [`Catalogue`] and reports the first mistake with
//! its file and line. Rendering turns a catalogue into text. Writing: [`write()`] and [`check`].

mod catalogue;
mod check_references;
mod check_template;
mod describe_source;
mod error;
mod judge_source;
mod read;
mod read_actions;
mod read_keys;
mod read_principals;
mod read_services;
mod read_table;
mod render_actions;
mod render_keys;
mod render_lines;
mod render_model;
mod render_resource_types;
mod write;

pub use catalogue::{
    Access, Action, Catalogue, Evidence, Key, KeyType, Principal, Resource, Resources, Service,
};
pub use error::Error;
pub use judge_source::SOURCES;
pub use read::read;
pub use write::{check, generate, write};
