//! Accounts: what is answered about them, beside trying every request.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "failed tests panic"
)]

mod folder;
mod made_up;
mod random;
mod terraform;
mod usage;
