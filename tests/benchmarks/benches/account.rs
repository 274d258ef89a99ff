//! What questions about a whole account cost. `cargo bench -p ram-policy-benchmarks --bench account`
//! prints one table: principals and policies, seconds to read the policies, for `who_can` and for
//! `ways_to_administrator`, with the memory that the account keeps, and beside them PMapper where it is
//! installed. `-- --write` puts it into the guide.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "code that only measures stops at the first surprise"
)]

#[path = "account/made.rs"]
mod made;
#[path = "account/pmapper.rs"]
mod pmapper;

use std::alloc::System;
use std::fmt::Write as _;
use std::time::Instant;

use made::{account, documents};
use ram_policy_account::Question;
use ram_policy_benchmarks::guide;
use ram_policy_benchmarks::measure;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Most principals that PMapper is asked about: with three times as many it takes minutes.
const MOST: usize = 500;

fn main() {
    let mut text = String::from(
        "| principals | policies | memory, MB | reading, s | `who-can`, s | found | `paths --to-admin`, s | found | PMapper: graph, s | who can, s | found | can escalate, found |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    // `cargo test` runs everything once, on as little as shows that it runs.
    let most = if measure::is_asked_for() { 5_000 } else { 50 };
    let has_peer = measure::is_asked_for() && pmapper::is_installed();
    for principals in [50, 500, 5_000].into_iter().filter(|principals| *principals <= most) {
        let documents = documents(2 * principals);
        let region = Region::new(ALLOCATOR);
        let (load, account) = timed(|| account(principals, &documents));
        let change = region.change();
        let kept = change.bytes_allocated.saturating_sub(change.bytes_deallocated) / 100_000;
        let question = Question::new("oss:DeleteBucket").expect("an action");
        let (who_can, found) = timed(|| account.who_can(&question));
        let (paths, ways) = timed(|| account.ways_to_administrator());
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "| {} | {} | {}.{} | {load:.3} | {who_can:.3} | {} | {paths:.3} | {} |",
            guide::thousands(&principals.to_string()),
            guide::thousands(&documents.len().to_string()),
            kept / 10,
            kept % 10,
            found.len(),
            ways.len(),
        );
        let _ = match (has_peer && principals <= MOST).then(|| pmapper::ask(&account, &documents)) {
            Some(taken) => writeln!(
                text,
                " {:.2} | {:.3} | {} | {} |",
                taken.graph, taken.who_can, taken.who_can_found, taken.to_admin_found
            ),
            None => writeln!(text, " - | - | - | - |"),
        };
    }
    guide::put("accounts", &text);
}

fn timed<T>(make: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = make();
    (start.elapsed().as_secs_f64(), made)
}
