//! Proofs about policies: the answers, their counterexamples, and what they promise.

#![allow(clippy::panic, reason = "an answer of the wrong kind fails the test")]

mod boundary;
mod cases;
mod constant;
mod corpus;
mod guardrails;
mod laws;
mod limits;
mod simplify;
mod split;

pub(crate) use ram_policy_fuzzed::near as requests;
