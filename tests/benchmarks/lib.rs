//! Nothing: this package is its benchmark, see `benches/decision.rs` and `compile-time.sh`.
