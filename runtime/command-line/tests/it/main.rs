//! Runs the binary: every subcommand, every format, and what can go wrong around it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "failed tests panic"
)]

mod account;
mod account_report;
mod account_sources;
mod additions;
mod audit;
mod cases;
mod catalogue;
mod check;
mod completions;
mod convert;
mod corpus;
mod describe;
mod diff;
mod eval;
mod expressions;
mod fmt;
mod forms;
mod found;
mod guardrails;
mod guide;
mod holes;
mod kept;
mod least;
mod modules;
mod picture;
mod prove;
mod readme;
mod robust;
mod run;
mod select;
mod shown;
mod shrink;
mod steps;
mod typed;
mod unknown;
