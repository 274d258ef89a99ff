//! What reading one action's name costs with all services on: `Action::from_str`, which ignores
//! case, beside a `HashMap` of all names, which does not. `cargo bench -p ram-policy-benchmarks
//! --bench lookup` prints the median of one name in nanoseconds, and the ratio.
#![allow(
    missing_docs,
    clippy::expect_used,
    reason = "code that only measures stops at the first surprise"
)]

use std::collections::HashMap;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use ram_policy::Action;
use ram_policy_model::catalogue;
use serde_json::Value;

const RESULTS: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/lookup");
const GROUP: &str = "lookup";
/// A step that meets every name once and seldom two neighbours after each other.
const STEP: usize = 7_919;

fn main() {
    // Estimates of an earlier run must not get into the table.
    let _ = fs::remove_dir_all(RESULTS);
    let services = catalogue::services();
    let rows: Vec<_> = services.flat_map(|service| service.actions()).collect();
    let names: Vec<String> = (0..rows.len())
        .filter_map(|index| rows.get(index * STEP % rows.len()))
        .map(|row| row.full_name().to_owned())
        .collect();
    let map: HashMap<&str, Action> = names.iter().map(|name| (name.as_str(), read(name))).collect();
    assert_eq!(map.len(), rows.len(), "every name is met once");
    assert!(map.values().all(Action::is_known), "every name has an enum");

    let mut criterion = Criterion::default()
        .output_directory(Path::new(RESULTS))
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2))
        .nresamples(10_000)
        .configure_from_args();
    let mut group = criterion.benchmark_group(GROUP);
    group.throughput(Throughput::Elements(names.len() as u64));
    group.bench_function("from_str", |bencher| {
        bencher.iter(|| {
            for name in &names {
                black_box(read(black_box(name)));
            }
        });
    });
    group.bench_function("find_action", |bencher| {
        let known = |name: &&String| catalogue::find_action(black_box(name)).is_some();
        bencher.iter(|| names.iter().filter(known).count());
    });
    group.bench_function("hash_map", |bencher| {
        let known = |name: &&String| map.contains_key(black_box(name.as_str()));
        bencher.iter(|| names.iter().filter(known).count());
    });
    group.finish();
    let one = |name| Some(median(name)? / names.len() as f64);
    if let (Some(ours), Some(found), Some(theirs)) =
        (one("from_str"), one("find_action"), one("hash_map"))
    {
        println!("{} names; one of them, in nanoseconds:", names.len());
        println!("Action::from_str        {ours:6.1}");
        println!("catalogue::find_action  {found:6.1}");
        println!("HashMap::get            {theirs:6.1}");
        println!("Action::from_str / HashMap::get  {:.2}", ours / theirs);
    }
}

fn read(name: &str) -> Action {
    name.parse().expect("the catalogue's names are well-formed")
}

/// Nanoseconds of the median, if criterion measured.
fn median(name: &str) -> Option<f64> {
    let path = Path::new(RESULTS).join(GROUP).join(name).join("new/estimates.json");
    let estimates: Value = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
    estimates.get("median")?.get("point_estimate")?.as_f64()
}
