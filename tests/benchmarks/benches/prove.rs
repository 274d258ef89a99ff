//! What a proof costs: whether one policy allows only what another allows, for all pairs of the
//! documents of the tests and of the folder `RAM_POLICY_CORPUS`; and beside the SMT solvers z3 and
//! cvc5, as far as they are installed, on some of the pairs. `cargo bench -p ram-policy-benchmarks
//! --bench prove` prints the tables.
//!
//! The solvers get the same question in SMT-LIB 2 (`smt/`), in a process that is kept open; only
//! their check counts, not the reading. They must answer as the proof does.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "code that only measures stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use ram_policy::Proof;
use ram_policy_benchmarks::corpus::{self, Named};
use ram_policy_benchmarks::measure;
use ram_policy_benchmarks::smt::solver::{self, Answer, LIMIT, Session};
use ram_policy_benchmarks::smt::{self, LeftOut};

/// How many pairs the solvers are asked about, of the tests' documents and of the folder, and what
/// they are chosen by.
const SAMPLES: [usize; 2] = [100, 500];
const SEED: u64 = 6;

/// Variables of a request that is printed when answers differ.
const REQUEST: &str = "code name service region account relative";

fn main() {
    let mut folders = vec![("tests", corpus::own())];
    match corpus::given() {
        Some(policies) => folders.push((corpus::VARIABLE, policies)),
        None => println!("{} is not set: only the tests' documents", corpus::VARIABLE),
    }
    // `cargo test` runs everything once, on as little as shows that it runs.
    if !measure::is_asked_for() {
        folders.iter_mut().for_each(|(_, policies)| policies.truncate(8));
    }
    println!(
        "\n| policies of | count | pairs | yes | no | unknown | unknown % | total ms | median µs | worst ms |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let worst: Vec<String> =
        folders.iter().map(|(name, policies)| all_pairs(name, policies)).collect();
    println!();
    worst.iter().for_each(|pair| println!("{pair}"));
    let solvers = solver::installed();
    if solvers.is_empty() {
        println!("\nNeither z3 nor cvc5 is installed: no solver is compared");
        return;
    }
    let mut differ = false;
    for ((name, policies), most) in folders.iter().zip(SAMPLES) {
        let pairs = sample(policies, most);
        println!("\n{} of the pairs of {name}, at most {} s each:", pairs.len(), LIMIT.as_secs());
        let compared = solvers
            .iter()
            .map(|solver| (solver.version.clone(), compare(&pairs, &mut Session::start(solver))));
        differ |= print_comparison(&compared.collect::<Vec<_>>());
    }
    assert!(!differ, "answers differ");
}

/// A pair of policies with what the proof says and takes.
struct Pair<'p> {
    left: &'p Named,
    right: &'p Named,
    proof: Proof,
    taken: Duration,
}

impl<'p> Pair<'p> {
    fn of(left: &'p Named, right: &'p Named) -> Self {
        let begin = Instant::now();
        let proof = left.policy.within(&right.policy);
        Self { left, right, proof, taken: begin.elapsed() }
    }

    fn name(&self) -> String {
        format!("{} within {}", self.left.name, self.right.name)
    }
}

fn pairs(policies: &[Named]) -> impl Iterator<Item = (&Named, &Named)> {
    policies.iter().flat_map(move |left| {
        policies.iter().filter(|right| right.name != left.name).map(move |right| (left, right))
    })
}

/// Prints a row; gives the pair that took longest.
fn all_pairs(name: &str, policies: &[Named]) -> String {
    let (mut yes, mut no, mut unknown) = (0_u32, 0_u32, 0_u32);
    let mut times = Vec::new();
    let mut worst: Option<(Duration, String)> = None;
    for (left, right) in pairs(policies) {
        let pair = Pair::of(left, right);
        match &pair.proof {
            Proof::Yes => yes += 1,
            Proof::No(found) => {
                no += 1;
                let request = found.request().expect("it was confirmed");
                let is_shown = left.policy.evaluate(&request).is_allow()
                    && !right.policy.evaluate(&request).is_allow();
                assert!(is_shown, "{}: {found}", pair.name());
            }
            Proof::Unknown(_) => unknown += 1,
        }
        if worst.as_ref().is_none_or(|(most, _)| *most < pair.taken) {
            worst = Some((pair.taken, format!("{}: {}", pair.name(), pair.proof)));
        }
        times.push(pair.taken);
    }
    let (worst, worst_pair) = worst.expect("there are pairs");
    let total: Duration = times.iter().sum();
    let pairs = yes + no + unknown;
    println!(
        "| {name} | {} | {pairs} | {yes} | {no} | {unknown} | {:.2} | {:.0} | {:.1} | {:.2} |",
        policies.len(),
        f64::from(unknown) * 100.0 / f64::from(pairs),
        total.as_secs_f64() * 1e3,
        median(times.iter().map(Duration::as_secs_f64)) * 1e6,
        worst.as_secs_f64() * 1e3,
    );
    format!("worst of {name}: {worst_pair}")
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Some pairs that can be translated, with their scripts, always the same ones.
fn sample(policies: &[Named], most: usize) -> Vec<(Pair<'_>, String)> {
    let mut all: Vec<(&Named, &Named)> = pairs(policies).collect();
    let mut state = SEED;
    let mut sampled = Vec::new();
    let mut left_out: BTreeMap<LeftOut, usize> = BTreeMap::new();
    while sampled.len() < most && !all.is_empty() {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let number = usize::try_from(mixed >> 33).expect("31 bits") % all.len();
        let (left, right) = all.swap_remove(number);
        match smt::within(&left.document(), &right.document()) {
            Ok(script) => sampled.push((Pair::of(left, right), script)),
            Err(reason) => *left_out.entry(reason).or_default() += 1,
        }
    }
    println!("\nnot translated, beside the {}: {left_out:?}", sampled.len());
    sampled
}

/// What a solver says and takes, pair by pair.
#[derive(Default)]
struct Compared {
    agreed: usize,
    timed_out: usize,
    gave_up: usize,
    /// Those that the proof did not decide.
    ours_unknown: usize,
    /// Seconds, of the proof and of the solver; a solver that is ended has taken the limit.
    ours: Vec<f64>,
    theirs: Vec<f64>,
    differ: Vec<String>,
}

fn compare(pairs: &[(Pair<'_>, String)], session: &mut Session) -> Compared {
    let mut compared = Compared::default();
    for (pair, script) in pairs {
        let (answer, taken) = session.ask(script);
        compared.ours.push(pair.taken.as_secs_f64());
        compared.theirs.push(taken.min(LIMIT).as_secs_f64());
        match (&answer, &pair.proof) {
            (Answer::TimedOut, _) => compared.timed_out += 1,
            (Answer::Unknown(reason), _) => {
                compared.gave_up += 1;
                println!("{}: {reason}", pair.name());
            }
            (_, Proof::Unknown(_)) => compared.ours_unknown += 1,
            (Answer::Unsat, Proof::Yes) | (Answer::Sat, Proof::No(_)) => compared.agreed += 1,
            (Answer::Sat, Proof::Yes) => {
                let values = session.values(REQUEST).join(" ");
                compared.differ.push(format!("{}: yes, but {values}", pair.name()));
            }
            (Answer::Unsat, Proof::No(found)) => {
                compared.differ.push(format!("{}: unsat, but {found}", pair.name()));
            }
        }
    }
    compared
}

/// Prints a row for each solver; whether any answers differ.
fn print_comparison(results: &[(String, Compared)]) -> bool {
    println!();
    println!(
        "| solver | agree | differ | timed out | gave up | median over ours | total over ours | least over ours |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (version, compared) in results {
        let ratios =
            || compared.theirs.iter().zip(&compared.ours).map(|(theirs, ours)| theirs / ours);
        let total = |times: &[f64]| times.iter().sum::<f64>();
        println!(
            "| {version} | {} | {} | {} | {} | {:.0} | {:.0} | {:.1} |",
            compared.agreed,
            compared.differ.len(),
            compared.timed_out,
            compared.gave_up,
            median(ratios()),
            total(&compared.theirs) / total(&compared.ours),
            ratios().fold(f64::INFINITY, f64::min),
        );
    }
    for (version, compared) in results {
        if compared.ours_unknown > 0 {
            println!("{version} decided {} that the proof did not", compared.ours_unknown);
        }
        compared.differ.iter().for_each(|pair| println!("{version} differs: {pair}"));
    }
    results.iter().any(|(_, compared)| !compared.differ.is_empty())
}
