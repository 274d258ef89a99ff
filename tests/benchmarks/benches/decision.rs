//! What one decision costs: this crate, cedar-policy, iam-rs and Rust written by hand, on the same
//! policies and the same requests. `cargo bench -p ram-policy-benchmarks` prints one table.
//!
//! Everything is read and built before it is measured. First all four must decide alike.
//! criterion measures; the table has its medians, for one request of each policy's mix.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "code that only measures stops at the first surprise"
)]

mod asked;
mod cedar;
mod document;
mod golden;
mod iam;
mod wide;

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use ram_policy::{Request, RequestError, key};
use serde_json::Value;

use asked::{Asked, Case, Verdict};
use cedar::Cedar;
use iam::Iam;

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
        case.asked.iter().map(|asked| request(asked).expect("a good request")).collect();
    let document = serde_json::from_str(&case.policy.to_json()).expect("a policy is JSON");
    let cedar = Cedar::new(&document, &case.asked);
    let iam = Iam::new(&document, &case.asked);
    assert_alike(case, &requests, &cedar, &iam);

    let mut group = criterion.benchmark_group(case.name);
    group.bench_function("ram-policy", |bencher| {
        bencher.iter(|| {
            for request in &requests {
                black_box(black_box(&case.policy).evaluate(black_box(request)));
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

fn request(asked: &Asked) -> Result<Request<'_>, RequestError> {
    let mut request = Request::new(&asked.action, asked.arn)?;
    if let Some(address) = asked.source_ip() {
        request = request.with(key::acs::SourceIp, address);
    }
    if let Some(name) = asked.text("ram:ServiceName") {
        request = request.with(key::ram::ServiceName, name);
    }
    if let Some(owner) = asked.text("ecs:tag/owner") {
        request = request.with(key::ecs::tag.of("owner"), owner);
    }
    if let Some(version) = asked.text("apigateway:tag/version") {
        request = request.with(key::apigateway::tag.of("version"), version);
    }
    Ok(request)
}

fn assert_alike(case: &Case, requests: &[Request<'_>], cedar: &Cedar, iam: &Iam) {
    let mut verdicts = Vec::new();
    for (index, asked) in case.asked.iter().enumerate() {
        let ours = Verdict::from(case.policy.evaluate(&requests[index]));
        let others = [
            (case.by_hand)(asked),
            cedar.verdict(&cedar.requests[index]),
            iam.verdict(&iam.requests[index]),
        ];
        assert_eq!(others, [ours; 3], "{} decides {} not alike", case.name, requests[index]);
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
        "| {:<30} | requests | ram-policy ns | by hand ns | cedar-policy ns | iam-rs ns | cedar/ours | iam-rs/ours | ours/hand |",
        "policy"
    );
    println!(
        "| {:-<30} | -------: | ------------: | ---------: | --------------: | --------: | ---------: | ----------: | --------: |",
        ""
    );
    // A template that is bound at run time is not compiled for its values.
    let rows: Vec<(bool, Option<Row>)> =
        golden.iter().map(|case| (case.name.ends_with("bound"), print_row(case))).collect();
    let compiled = rows.iter().filter(|(bound, _)| !bound).count();
    let golden_rows: Vec<Row> =
        rows.into_iter().filter(|(bound, _)| !bound).filter_map(|(_, row)| row).collect();
    let wide_rows: Vec<Option<Row>> = wide.iter().map(print_row).collect();
    println!();
    if golden_rows.len() == compiled {
        let least = |of: fn(&Row) -> f64| golden_rows.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Row) -> f64| golden_rows.iter().map(of).fold(0.0, f64::max);
        let middle = |of: fn(&Row) -> f64| {
            let mut all: Vec<f64> = golden_rows.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        println!(
            "golden policies, the middle one: cedar/ours {:.0}, iam-rs/ours {:.0}, ours/hand {:.2}",
            middle(Row::over_cedar),
            middle(Row::over_iam),
            middle(Row::under_hand),
        );
        println!(
            "golden policies: cedar/ours at least {:.0} (goal 300), iam-rs/ours at least {:.0} (goal 200), ours/hand at most {:.2} (goal 3)",
            least(Row::over_cedar),
            least(Row::over_iam),
            most(Row::under_hand),
        );
    }
    if let [Some(two), Some(ten), Some(hundred)] = wide_rows.as_slice() {
        println!(
            "W(2): cedar/ours {:.0} (goal 100), iam-rs/ours {:.0} (goal 60), ours/hand {:.2} (goal 3)",
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

fn print_row(case: &Case) -> Option<Row> {
    let row = Row::read(case)?;
    println!(
        "| {:<30} | {:>8} | {:>13.2} | {:>10.2} | {:>15.0} | {:>9.0} | {:>10.0} | {:>11.0} | {:>9.2} |",
        case.name,
        case.asked.len(),
        row.ours,
        row.by_hand,
        row.cedar,
        row.iam,
        row.over_cedar(),
        row.over_iam(),
        row.under_hand(),
    );
    Some(row)
}
