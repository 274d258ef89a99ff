//! What a `PolicySet` keeps in memory, and what the policies it is made of do.
//! `cargo bench -p ram-policy-benchmarks --bench memory` prints one table.
//!
//! A program of its own, because it counts what the whole program allocates, which takes time.
#![allow(missing_docs, reason = "a program that only measures")]

use std::alloc::System;

use ram_policy::PolicySet;
use ram_policy_benchmarks::fleet;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    println!(
        "| policies | JSON bytes a policy | read bytes a policy | PolicySet bytes a policy | PolicySet/JSON |"
    );
    println!(
        "| -------: | ------------------: | ------------------: | -----------------------: | -------------: |"
    );
    for count in [100, 1_000, 10_000] {
        let documents = fleet::documents(count);
        let json: usize = documents.iter().map(|document| document.to_string().len()).sum();
        let (read, policies) = kept(|| fleet::policies(&documents));
        let (set, built) = kept(|| policies.iter().collect::<PolicySet>());
        assert_eq!(built.len(), count);
        println!(
            "| {count:>8} | {:>19} | {:>19} | {:>24} | {:>14.2} |",
            json / count,
            read / count,
            set / count,
            ratio(set, json),
        );
    }
}

/// The bytes that something keeps, as they were asked of the allocator.
fn kept<T>(make: impl FnOnce() -> T) -> (usize, T) {
    let region = Region::new(ALLOCATOR);
    let made = make();
    let change = region.change();
    (change.bytes_allocated.saturating_sub(change.bytes_deallocated), made)
}

fn ratio(one: usize, other: usize) -> f64 {
    let number = |bytes: usize| u32::try_from(bytes).map_or(f64::INFINITY, f64::from);
    number(one) / number(other)
}
