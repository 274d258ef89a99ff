//! What is run on any bytes at all: functions that panic when something is wrong, with the seeds they
//! begin with. `tests/fuzz` gives them to cargo-fuzz; `tests/seeds.rs` runs each for a bounded number
//! of turns in plain `cargo test`.
//!
//! Also what random tests of other packages share: the reference evaluator, the plain matcher,
//! policies and requests made of choices, and the shrinker.

#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a panic is what a fuzzer finds"
)]

pub mod agree;
pub mod choices;
pub mod expressions;
pub mod generate;
pub mod mutate;
pub mod near;
pub mod open;
pub mod plain;
pub mod reference;
pub mod seeds;
pub mod shrink;
mod targets;

pub use targets::{TARGETS, Target, target};

use ram_policy::Policy;
use ram_policy_model::document::lower;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::source::from_json;
use ram_policy_model::text::json;

/// Lowers a document without the catalogue's checks, which are seldom the subject of a random test.
#[must_use]
pub fn policy_of(text: &str) -> Policy {
    let Ok(value) = json::read(text) else { return Policy::refused() };
    let policy = from_json::read(value, &mut Report::default());
    match lower::lower(&policy) {
        Some(lowered) => Policy::from_document(lowered.document),
        None => Policy::refused(),
    }
}
