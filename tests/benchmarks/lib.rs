//! What the benchmarks share: what is asked, the peers it is asked of, and the measuring.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "code that only measures stops at the first surprise"
)]

pub mod asked;
pub mod cedar;
pub mod corpus;
mod document;
pub mod fleet;
pub mod guide;
pub mod iam;
pub mod measure;
pub mod peers;
pub mod regexes;
pub mod smt;
