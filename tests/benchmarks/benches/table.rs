//! The benchmark table of the guide, in one run: decisions of policies by the macro, read from
//! JSON, and of sets, beside cedar-policy, iam-rs, regular expressions and Rust by hand; and look-ups
//! and patterns beside theirs. `cargo bench -p ram-policy-benchmarks --bench table` prints it,
//! `-- --write` also writes it into `runtime/src/guide/performance.md`.
//!
//! First all must decide alike. Everything is read and built before it is measured.
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

use std::collections::HashMap;
use std::fmt::Write as _;
use std::hint::black_box;

use ram_policy::{Action, Policy, PolicySet, Request};
use ram_policy_benchmarks::asked::Verdict;
use ram_policy_benchmarks::guide::{self, digits, thousands};
use ram_policy_benchmarks::peers::{Peer, of_one};
use ram_policy_benchmarks::{fleet, measure};
use ram_policy_model::catalogue;
use ram_policy_model::terms::glob::Glob;
use regex::Regex;

use case::Case;

/// How many policies a set has; the last has 10 times as many statements.
const SETS: [usize; 3] = [100, 1_000, 10_000];

/// Most policies that regular expressions are made of: those of 10,000 do not fit into memory.
const MOST_OF_REGEXES: usize = 1_000;

/// Nanoseconds of one decision.
struct Row {
    name: String,
    ours: f64,
    peers: [Option<f64>; 3],
    by_hand: Option<f64>,
}

fn main() {
    let golden = golden::cases().expect("every template takes its values");
    let wide = wide::cases();
    let (mut compiled, mut read, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for case in golden.iter().chain(&wide) {
        let [by_macro, from_json] = decide(case);
        // A template that is bound at run time is not compiled for its values.
        if case.name.starts_with("W(") {
            rows.push(Row { name: format!("{}, compiled", case.name), ..by_macro });
            rows.push(Row { name: format!("{}, read from JSON", case.name), ..from_json });
        } else if !case.name.ends_with("bound") {
            compiled.push(by_macro);
            read.push(from_json);
        }
    }
    // `cargo test` runs everything once, on as little as shows that it runs.
    let most = if measure::is_asked_for() { SETS.len() } else { 1 };
    let sets: Vec<Row> = SETS.into_iter().take(most).map(of_set).collect();
    let (lookup, map) = look_up();
    let patterns: Vec<(&str, [f64; 2])> = PATTERNS.into_iter().map(matched).collect();
    if !measure::is_asked_for() {
        return;
    }
    let mut text = String::new();
    line(&mut text, &["one decision", "cedar-policy", "iam-rs", "regex", "by hand"]);
    text += "| --- | ---: | ---: | ---: | ---: |\n";
    let count = compiled.len();
    for (what, rows) in [("compiled", &compiled), ("read from JSON", &read)] {
        summary(&mut text, &format!("{count} documented policies, {what}, median"), rows, median);
        summary(&mut text, &format!("{count} documented policies, {what}, least"), rows, least);
    }
    for row in rows.iter().chain(&sets) {
        row.print(&mut text);
    }
    text += "\n| other work | peer | peer over ram-policy |\n| --- | --- | ---: |\n";
    let _ = writeln!(
        text,
        "| one action by its name, all services | `HashMap::get` | {} |",
        digits(map / lookup)
    );
    for (pattern, [ours, theirs]) in patterns {
        let _ = writeln!(text, "| `{pattern}` on 10 kB | regex | {} |", digits(theirs / ours));
    }
    let growth =
        sets.last().zip(sets.first()).map_or(f64::NAN, |(last, first)| last.ours / first.ours);
    let _ = write!(
        text,
        "\nA decision by a set of {} policies takes {growth:.2} times as long as by one of {}.\n",
        thousands(&SETS[2].to_string()),
        SETS[0]
    );
    guide::put("benchmarks", &text);
}

fn line(text: &mut String, cells: &[&str]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

impl Row {
    /// Each peer's time over ours.
    fn ratios(&self) -> [Option<f64>; 4] {
        let [cedar, iam, regex] = self.peers;
        [cedar, iam, regex, self.by_hand].map(|peer| Some(peer? / self.ours))
    }

    fn print(&self, text: &mut String) {
        print_ratios(text, &self.name, self.ratios());
    }
}

fn print_ratios(text: &mut String, name: &str, ratios: [Option<f64>; 4]) {
    let cells = ratios.map(|ratio| ratio.map_or("-".into(), digits));
    let cells: Vec<&str> = std::iter::once(name).chain(cells.iter().map(String::as_str)).collect();
    line(text, &cells);
}

/// The ratios to each peer that stand for those of many rows.
fn summary(text: &mut String, name: &str, rows: &[Row], of: fn(Vec<f64>) -> f64) {
    let column = |peer: usize| {
        let ratios: Vec<f64> = rows.iter().filter_map(|row| row.ratios()[peer]).collect();
        (!ratios.is_empty()).then(|| of(ratios))
    };
    print_ratios(text, name, [0, 1, 2, 3].map(column));
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn least(values: Vec<f64>) -> f64 {
    values.into_iter().fold(f64::INFINITY, f64::min)
}

/// A policy as the macro made it, and the same read from JSON.
fn decide(case: &Case) -> [Row; 2] {
    let text = case.policy.to_json();
    let read = Policy::from_json_lenient(&text).expect("RAM takes it").policy;
    let documents = [serde_json::from_str(&text).expect("a policy is JSON")];
    let requests: Vec<Request<'_>> =
        case.asked.iter().map(|asked| asked.request().expect("a good request")).collect();
    let said = |policy: &Policy| -> Vec<Verdict> {
        requests.iter().map(|request| policy.evaluate(request).into()).collect()
    };
    let expected = said(&case.policy);
    assert_eq!(said(&read), expected, "{} read", case.name);
    let by_hand: Vec<Verdict> = case.asked.iter().map(case.by_hand).collect();
    assert_eq!(by_hand, expected, "{} by hand", case.name);
    let ours = |policy: &Policy| {
        of_one(&requests, |request| {
            black_box(black_box(policy).evaluate(request));
        })
    };
    let [compiled, read] = [&case.policy, &read].map(ours);
    let by_hand = of_one(&case.asked, |asked| {
        black_box(black_box(case.by_hand)(asked));
    });
    let peers = Peer::ALL.map(|peer| Some(peer.nanoseconds(&documents, &case.asked, &expected)));
    [compiled, read].map(|ours| Row { name: case.name.into(), ours, peers, by_hand: Some(by_hand) })
}

fn of_set(count: usize) -> Row {
    let documents = fleet::documents(count);
    let set: PolicySet = fleet::policies(&documents).iter().collect();
    let asked = fleet::asked(count);
    let requests: Vec<Request<'_>> =
        asked.iter().map(|asked| asked.request().expect("a good request")).collect();
    let expected: Vec<Verdict> =
        requests.iter().map(|request| set.evaluate(request).into()).collect();
    let ours = of_one(&requests, |request| {
        black_box(black_box(&set).evaluate(request));
    });
    let peers = Peer::ALL.map(|peer| {
        let is_asked = peer != Peer::Regex || count <= MOST_OF_REGEXES;
        is_asked.then(|| peer.nanoseconds(&documents, &asked, &expected))
    });
    Row {
        name: format!("`PolicySet` of {} policies", thousands(&count.to_string())),
        ours,
        peers,
        by_hand: None,
    }
}

/// Nanoseconds of reading the name of an action, and of finding it in a map.
fn look_up() -> (f64, f64) {
    let rows = || catalogue::services().flat_map(catalogue::ServiceEntry::actions);
    let names: Vec<String> = rows().map(|row| row.full_name().to_owned()).collect();
    let map: HashMap<&str, usize> =
        names.iter().enumerate().map(|(number, name)| (name.as_str(), number)).collect();
    let ours = of_one(&names, |name| {
        black_box(name.parse::<Action>().expect("the catalogue's names are well-formed"));
    });
    let theirs = of_one(&names, |name| {
        black_box(map.get(name.as_str()).expect("it has all names"));
    });
    (ours, theirs)
}

/// Patterns, each with a text of 10 kB that begins as it does and matches in the end or not at all.
const PATTERNS: [(&str, &str, &str); 3] = [
    ("*:instance/i-*-prod*", "acs:ecs:cn-hangzhou:instance/i-", "test"),
    ("*/logstore/*/shard-?", "project/a/logstore/", "shard-10"),
    ("*a*a*a*a*b", "a", ""),
];

fn matched((pattern, repeated, end): (&'static str, &str, &str)) -> (&'static str, [f64; 2]) {
    let text = repeated.repeat(10_000 / repeated.len()) + end;
    let glob = Glob::classify(pattern, 0, pattern.len());
    let parts = pattern.chars().map(|character| match character {
        '*' => ".*".into(),
        '?' => ".".into(),
        other => regex::escape(other.encode_utf8(&mut [0; 4])),
    });
    let regex = Regex::new(&format!(r"(?s)\A{}\z", parts.collect::<String>()))
        .expect("the translation is an expression");
    assert_eq!(glob.matches(pattern, &text), regex.is_match(&text), "{pattern}");
    let ours = of_one(&[&text], |text| {
        black_box(glob.matches(black_box(pattern), text));
    });
    let theirs = of_one(&[&text], |text| {
        black_box(regex.is_match(text));
    });
    (pattern, [ours, theirs])
}
