//! What one decision costs: this crate's macro, the same policy read from JSON at run time,
//! cedar-policy, iam-rs and Rust written by hand, on the same policies and the same requests.
//! `cargo bench -p ram-policy-benchmarks --bench decision` prints one table.
//!
//! Everything is read and built before it is measured. First all five must decide alike.
//! criterion measures; the table has its medians, for one request of each policy's mix.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "code that only measures stops at the first surprise"
)]

mod case;
mod golden;
mod wide;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use ram_policy::{Policy, Request};
use ram_policy_benchmarks::asked::Verdict;
use ram_policy_benchmarks::cedar::Cedar;
use ram_policy_benchmarks::iam::Iam;
use serde_json::Value;

use case::Case;

const RESULTS: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/decision");

fn main() {
    // Estimates of an earlier run must not get into the table.
    let _ = fs::remove_dir_all(RESULTS);
    let golden = golden::cases().expect("every template takes its values");
    let wide = wide::cases();
    let mut criterion = Criterion::default()
        .output_directory(Path::new(RESULTS))
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .nresamples(10_000)
        .configure_from_args();
    for case in golden.iter().chain(&wide) {
        measure(&mut criterion, case);
    }
    criterion.final_summary();
    print_table(&golden, &wide);
}

fn measure(criterion: &mut Criterion, case: &Case) {
    let requests: Vec<Request<'_>> =
        case.asked.iter().map(|asked| asked.request().expect("a good request")).collect();
    let text = case.policy.to_json();
    let read = Policy::from_json_lenient(&text).expect("RAM takes it").policy;
    let document = [serde_json::from_str(&text).expect("a policy is JSON")];
    let cedar = Cedar::new(&document, &case.asked);
    let iam = Iam::new(&document, &case.asked);
    assert_alike(case, &requests, &read, &cedar, &iam);

    let mut group = criterion.benchmark_group(case.name);
    group.bench_function("ram-policy", |bencher| {
        bencher.iter(|| {
            for request in &requests {
                black_box(black_box(&case.policy).evaluate(black_box(request)));
            }
        });
    });
    group.bench_function("read", |bencher| {
        bencher.iter(|| {
            for request in &requests {
                black_box(black_box(&read).evaluate(black_box(request)));
            }
        });
    });
    group.bench_function("by hand", |bencher| {
        bencher.iter(|| {
            for asked in &case.asked {
                black_box(black_box(case.by_hand)(black_box(asked)));
            }
        });
    });
    group.bench_function("cedar-policy", |bencher| {
        bencher.iter(|| {
            for request in &cedar.requests {
                black_box(black_box(&cedar).decide(black_box(request)));
            }
        });
    });
    group.bench_function("iam-rs", |bencher| {
        bencher.iter(|| {
            for request in &iam.requests {
                black_box(black_box(&iam).decide(black_box(request)));
            }
        });
    });
    group.finish();
}

fn assert_alike(case: &Case, requests: &[Request<'_>], read: &Policy, cedar: &Cedar, iam: &Iam) {
    let mut verdicts = Vec::new();
    for (index, asked) in case.asked.iter().enumerate() {
        let ours = Verdict::from(case.policy.evaluate(&requests[index]));
        let others = [
            Verdict::from(read.evaluate(&requests[index])),
            (case.by_hand)(asked),
            cedar.verdict(&cedar.requests[index]),
            iam.verdict(&iam.requests[index]),
        ];
        assert_eq!(others, [ours; 4], "{} decides {} not alike", case.name, requests[index]);
        verdicts.push(ours);
    }
    assert!(
        verdicts.contains(&Verdict::Allow) && verdicts.iter().any(|one| *one != Verdict::Allow),
        "{} needs allowed and denied requests",
        case.name
    );
}

/// Nanoseconds of one decision.
struct Row {
    ours: f64,
    read: f64,
    by_hand: f64,
    cedar: f64,
    iam: f64,
}

impl Row {
    /// `None` for a case that was filtered out or not measured.
    fn read(case: &Case) -> Option<Self> {
        let median = |who: &str| {
            let path = Path::new(RESULTS).join(case.name).join(who).join("new/estimates.json");
            let estimates: Value = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
            let requests = u32::try_from(case.asked.len()).ok()?;
            Some(estimates["median"]["point_estimate"].as_f64()? / f64::from(requests))
        };
        Some(Self {
            ours: median("ram-policy")?,
            read: median("read")?,
            by_hand: median("by hand")?,
            cedar: median("cedar-policy")?,
            iam: median("iam-rs")?,
        })
    }

    fn over_cedar(&self) -> f64 {
        self.cedar / self.ours
    }

    fn over_iam(&self) -> f64 {
        self.iam / self.ours
    }

    fn read_over_cedar(&self) -> f64 {
        self.cedar / self.read
    }

    fn read_over_iam(&self) -> f64 {
        self.iam / self.read
    }

    fn under_hand(&self) -> f64 {
        self.ours / self.by_hand
    }
}

fn print_table(golden: &[Case], wide: &[Case]) {
    if !golden.iter().chain(wide).any(|case| Row::read(case).is_some()) {
        // `cargo test` runs everything once and measures nothing.
        return;
    }
    println!();
    println!(
        "| {:<30} | requests | macro ns | read ns | by hand ns | cedar-policy ns | iam-rs ns | cedar/macro | iam-rs/macro | macro/hand | cedar/read | iam-rs/read |",
        "policy"
    );
    println!(
        "| {:-<30} | -------: | -------: | ------: | ---------: | --------------: | --------: | ----------: | -----------: | ---------: | ---------: | ----------: |",
        ""
    );
    // A template that is bound at run time is not compiled for its values.
    let rows: Vec<(bool, Option<Row>)> =
        golden.iter().map(|case| (case.name.ends_with("bound"), print_row(case))).collect();
    let compiled = rows.iter().filter(|(bound, _)| !bound).count();
    let golden_rows: Vec<&Row> =
        rows.iter().filter(|(bound, _)| !bound).filter_map(|(_, row)| row.as_ref()).collect();
    let wide_rows: Vec<Option<Row>> = wide.iter().map(print_row).collect();
    println!();
    if golden_rows.len() == compiled {
        let least = |of| least(&golden_rows, of);
        let most = |of: fn(&Row) -> f64| golden_rows.iter().map(|row| of(row)).fold(0.0, f64::max);
        let middle = |of: fn(&Row) -> f64| {
            let mut all: Vec<f64> = golden_rows.iter().map(|row| of(row)).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        println!(
            "golden policies, the middle one: cedar/macro {:.0}, iam-rs/macro {:.0}, macro/hand {:.2}",
            middle(Row::over_cedar),
            middle(Row::over_iam),
            middle(Row::under_hand),
        );
        println!(
            "golden policies: cedar/macro at least {:.0} (goal 300), iam-rs/macro at least {:.0} (goal 200), macro/hand at most {:.2} (goal 3)",
            least(Row::over_cedar),
            least(Row::over_iam),
            most(Row::under_hand),
        );
    }
    let all_rows = rows.iter().map(|(_, row)| row).chain(&wide_rows).flatten();
    let read_rows: Vec<&Row> = all_rows.collect();
    if read_rows.len() == golden.len() + wide.len() {
        println!(
            "read from JSON, all rows: cedar/read at least {:.0} (goal 50), iam-rs/read at least {:.0} (goal 50)",
            least(&read_rows, Row::read_over_cedar),
            least(&read_rows, Row::read_over_iam),
        );
    }
    if let [Some(two), Some(ten), Some(hundred)] = wide_rows.as_slice() {
        println!(
            "W(2): cedar/macro {:.0} (goal 100), iam-rs/macro {:.0} (goal 60), macro/hand {:.2} (goal 3)",
            two.over_cedar(),
            two.over_iam(),
            two.under_hand(),
        );
        println!(
            "W(10)/W(2) {:.2}, W(100)/W(2) {:.2} (goal 2)",
            ten.ours / two.ours,
            hundred.ours / two.ours
        );
    }
}

fn least(rows: &[&Row], of: fn(&Row) -> f64) -> f64 {
    rows.iter().map(|row| of(row)).fold(f64::INFINITY, f64::min)
}

fn print_row(case: &Case) -> Option<Row> {
    let row = Row::read(case)?;
    println!(
        "| {:<30} | {:>8} | {:>8.2} | {:>7.2} | {:>10.2} | {:>15.0} | {:>9.0} | {:>11.0} | {:>12.0} | {:>10.2} | {:>10.0} | {:>11.0} |",
        case.name,
        case.asked.len(),
        row.ours,
        row.read,
        row.by_hand,
        row.cedar,
        row.iam,
        row.over_cedar(),
        row.over_iam(),
        row.under_hand(),
        row.read_over_cedar(),
        row.read_over_iam(),
    );
    Some(row)
}
