//! Reads the forms of `ram-policy`'s macros from Rust tokens, for the macros and for whoever finds
//! them in a source file. Use the `ram-policy` crate instead.
//!
//! tokens → `input` → `typed` or `json` → the model's syntax tree.

pub mod claim;
pub mod input;
mod items;
pub mod json;
pub mod kind;
mod next;
mod path;
pub mod place;
pub mod policy;
pub mod role;
pub mod sign;
pub mod tokens;
mod typed;
pub use typed::{include, selection};
pub mod word;
