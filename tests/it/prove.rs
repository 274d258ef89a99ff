//! Proofs about policies: the answers, their counterexamples, and what they promise.

mod corpus;
