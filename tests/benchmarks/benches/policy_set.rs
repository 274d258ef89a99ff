//! What one decision costs by 100, 1,000 and 10,000 policies of 10 statements each: by
//! `PolicySet`, by asking each policy in turn, and by cedar-policy and iam-rs, which are given at
//! most 1,000. `cargo bench -p ram-policy-benchmarks --bench policy_set` prints the tables.
//!
//! First all must decide alike. Everything is read and built before decisions are measured; what
//! building costs has its own table.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    reason = "code that only measures stops at the first surprise"
)]

use std::hint::black_box;

use ram_policy::{Decision, Policy, PolicySet, Request};
use ram_policy_benchmarks::asked::{Asked, Verdict};
use ram_policy_benchmarks::cedar::Cedar;
use ram_policy_benchmarks::iam::Iam;
use ram_policy_benchmarks::{fleet, measure};

const COUNTS: [usize; 3] = [100, 1_000, 10_000];

/// Most policies the peers are given: beyond, a decision of theirs takes seconds.
const MOST_OF_PEERS: usize = 1_000;

/// Nanoseconds.
struct Row {
    policies: usize,
    statements: usize,
    build: f64,
    /// Of one decision.
    set: f64,
    loops: f64,
    peers: Option<[f64; 2]>,
}

fn main() {
    let rows: Vec<Option<Row>> = COUNTS.into_iter().map(row).collect();
    if let [Some(small), Some(middle), Some(large)] = rows.as_slice() {
        print_tables(&[small, middle, large]);
    }
}

/// `None` when nothing is to be measured.
fn row(count: usize) -> Option<Row> {
    let documents = fleet::documents(count);
    let policies = fleet::policies(&documents);
    let set: PolicySet = policies.iter().collect();
    let asked = fleet::asked(count);
    let requests: Vec<Request<'_>> =
        asked.iter().map(|asked| asked.request().expect("a good request")).collect();
    let peers = (count <= MOST_OF_PEERS)
        .then(|| (Cedar::new(&documents, &asked), Iam::new(&documents, &asked)));
    assert_alike(&asked, &requests, &policies, &set, peers.as_ref());
    if !measure::is_asked_for() {
        return None;
    }
    let each = u32::try_from(requests.len()).map(f64::from).expect("a few requests");
    let build = measure::nanoseconds(|| {
        black_box(black_box(&policies).iter().collect::<PolicySet>());
    });
    let of_set = measure::nanoseconds(|| {
        for request in &requests {
            black_box(black_box(&set).evaluate(black_box(request)));
        }
    });
    let loops = measure::nanoseconds(|| {
        for request in &requests {
            black_box(in_turn(black_box(&policies), black_box(request)));
        }
    });
    let peers = peers.map(|(cedar, iam)| {
        let cedar = measure::nanoseconds(|| {
            for request in &cedar.requests {
                black_box(black_box(&cedar).decide(black_box(request)));
            }
        });
        let iam = measure::nanoseconds(|| {
            for request in &iam.requests {
                black_box(black_box(&iam).decide(black_box(request)));
            }
        });
        [cedar / each, iam / each]
    });
    Some(Row {
        policies: count,
        statements: documents.iter().map(statements).sum(),
        build,
        set: of_set / each,
        loops: loops / each,
        peers,
    })
}

fn statements(document: &serde_json::Value) -> usize {
    document["Statement"].as_array().expect("a list of statements").len()
}

/// The policies asked one by one: a `Deny` of any decides, then an `Allow` of any.
fn in_turn(policies: &[Policy], request: &Request<'_>) -> Verdict {
    let mut found = Verdict::ImplicitDeny;
    for policy in policies {
        match policy.evaluate(request) {
            Decision::ExplicitDeny { .. } => return Verdict::ExplicitDeny,
            Decision::Allow { .. } => found = Verdict::Allow,
            Decision::ImplicitDeny => {}
        }
    }
    found
}

fn assert_alike(
    asked: &[Asked],
    requests: &[Request<'_>],
    policies: &[Policy],
    set: &PolicySet,
    peers: Option<&(Cedar, Iam)>,
) {
    let mut verdicts = Vec::new();
    for (index, (asked, request)) in asked.iter().zip(requests).enumerate() {
        let ours = Verdict::from(set.evaluate(request));
        assert_eq!(in_turn(policies, request), ours, "the policies in turn on {asked:?}");
        if let Some((cedar, iam)) = peers {
            let of = |verdict: Option<Verdict>| verdict.expect("each request is translated");
            let cedar = of(cedar.requests.get(index).map(|request| cedar.verdict(request)));
            let iam = of(iam.requests.get(index).map(|request| iam.verdict(request)));
            assert_eq!([cedar, iam], [ours; 2], "cedar-policy and iam-rs on {asked:?}");
        }
        verdicts.push(ours);
    }
    for verdict in [Verdict::Allow, Verdict::ExplicitDeny, Verdict::ImplicitDeny] {
        assert!(verdicts.contains(&verdict), "no request ends in {verdict:?}");
    }
}

fn print_tables(rows: &[&Row; 3]) {
    println!("\nOne decision; a dash where it was not asked:\n");
    println!(
        "| policies | statements | PolicySet ns | in turn/PolicySet | cedar/PolicySet | iam-rs/PolicySet |"
    );
    println!(
        "| -------: | ---------: | -----------: | ----------------: | --------------: | ---------------: |"
    );
    for row in rows {
        let over =
            |peer: Option<f64>| peer.map_or("-".into(), |peer| format!("{:.0}", peer / row.set));
        println!(
            "| {:>8} | {:>10} | {:>12.0} | {:>17.0} | {:>15} | {:>16} |",
            row.policies,
            row.statements,
            row.set,
            row.loops / row.set,
            over(row.peers.map(|[cedar, _]| cedar)),
            over(row.peers.map(|[_, iam]| iam)),
        );
    }
    println!("\nBuilding the set of policies that are read:\n");
    println!("| policies | statements | ms | ns a statement |");
    println!("| -------: | ---------: | -: | -------------: |");
    for row in rows {
        let statements = u32::try_from(row.statements).map_or(f64::INFINITY, f64::from);
        println!(
            "| {:>8} | {:>10} | {:.1} | {:.0} |",
            row.policies,
            row.statements,
            row.build / 1e6,
            row.build / statements,
        );
    }
    let [small, middle, large] = rows;
    println!(
        "\nA decision by {} policies takes {:.2} times as long as by {} (goal 3), {:.0} ns (goal 1000)",
        large.policies,
        large.set / small.set,
        small.policies,
        large.set,
    );
    println!(
        "Building of {} statements takes {:.3} s (goal 1), {:.1} times as long as of {} (linear is 10)",
        large.statements,
        large.build / 1e9,
        large.build / middle.build,
        middle.statements,
    );
}
