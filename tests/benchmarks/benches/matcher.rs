//! What one match costs by patterns that make backtracking matchers slow, on texts of 1, 10 and
//! 100 kB: this crate, and the crates regex, globset and wildmatch.
//! `cargo bench -p ram-policy-benchmarks --bench matcher` prints the tables.
//!
//! Everything is built before it is measured; first all must say the same. The growth is the time
//! at 100 kB over that at 10 kB: 10 is linear.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    reason = "code that only measures stops at the first surprise"
)]

use std::hint::black_box;

use globset::GlobBuilder;
use ram_policy_benchmarks::measure;
use ram_policy_model::terms::glob::Glob;
use regex::Regex;
use wildmatch::WildMatch;

const PEERS: [&str; 3] = ["regex", "globset", "wildmatch"];

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// A pattern with a text of any length.
struct Case {
    pattern: String,
    /// What the pattern is called, where it is too long to print.
    name: Option<&'static str>,
    /// The text repeats this, then ends in `end`.
    repeated: &'static str,
    end: &'static str,
    matches: bool,
}

fn cases() -> Vec<Case> {
    let case = |pattern: &str, repeated, end, matches| Case {
        pattern: pattern.into(),
        name: None,
        repeated,
        end,
        matches,
    };
    vec![
        case("*a*a*a*a*b", "a", "", false),
        case("*a*a*a*a*b*", "a", "", false),
        case("*a*a*a*a*b*", "a", "b", true),
        case("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "a", "", false),
        case("a*aaaaaaab*", "a", "", false),
        case("*aab*aab*aab*c*", "aab", "", false),
        case("*?a?*?b", "a", "", false),
        case("a?*a?*a?*b", "a", "", false),
        case("*/logstore/*/shard-?", "project/a/logstore/", "shard-10", false),
        case("*:instance/i-*-prod*", "acs:ecs:cn-hangzhou:instance/i-", "test", false),
        case("*?aaaaaaaab*", "a", "", false),
        Case {
            pattern: "*a".repeat(3_000) + "*b*",
            name: Some("`*a` 3,000 times, `*b*`"),
            repeated: "a",
            end: "",
            matches: false,
        },
        Case {
            pattern: format!("*{}b*", "a".repeat(100)),
            name: Some("`*`, `a` 100 times, `b*`"),
            repeated: "a",
            end: "",
            matches: false,
        },
    ]
}

impl Case {
    fn title(&self) -> String {
        let pattern = self.name.map_or_else(|| format!("`{}`", self.pattern), String::from);
        let end = if self.end.is_empty() { String::new() } else { format!(" then `{}`", self.end) };
        format!("{pattern} on `{}`...{end}", self.repeated)
    }

    fn text(&self, size: usize) -> String {
        let times = size.saturating_sub(self.end.len()).div_ceil(self.repeated.len());
        self.repeated.repeat(times) + self.end
    }
}

/// Nanoseconds of one match on one size: this crate's, then those of [`PEERS`]; `None` where the
/// peer refuses the pattern.
struct Row {
    ours: f64,
    peers: [Option<f64>; 3],
}

fn main() {
    let rows: Vec<(Case, Vec<Row>)> = cases()
        .into_iter()
        .map(|case| {
            let rows = SIZES.iter().filter_map(|size| measure(&case, *size)).collect();
            (case, rows)
        })
        .collect();
    if rows.iter().all(|(_, rows)| rows.len() == SIZES.len()) {
        print_tables(&rows);
    }
}

/// `None` when nothing is to be measured.
fn measure(case: &Case, size: usize) -> Option<Row> {
    let (pattern, text) = (case.pattern.as_str(), case.text(size));
    let glob = Glob::classify(pattern, 0, pattern.len());
    let regex = Regex::new(&translated(pattern)).ok();
    let globset = GlobBuilder::new(pattern).literal_separator(false).build();
    let globset = globset.ok().map(|glob| glob.compile_matcher());
    let wildmatch = WildMatch::new(pattern);
    let ours = || glob.matches(black_box(pattern), black_box(&text));
    let by_regex = regex.as_ref().map(|regex| || regex.is_match(black_box(&text)));
    let by_globset = globset.as_ref().map(|globset| || globset.is_match(black_box(&text)));
    let by_wildmatch = || wildmatch.matches(black_box(&text));
    assert_eq!(ours(), case.matches, "{}", case.title());
    assert_eq!(by_wildmatch(), case.matches, "wildmatch: {}", case.title());
    for (name, said) in [
        ("regex", by_regex.as_ref().map(|matches| matches())),
        ("globset", by_globset.as_ref().map(|matches| matches())),
    ] {
        assert!(said.is_none_or(|said| said == case.matches), "{name}: {}", case.title());
    }
    measure::is_asked_for().then(|| Row {
        ours: time(ours),
        peers: [by_regex.map(time), by_globset.map(time), Some(time(by_wildmatch))],
    })
}

/// The pattern as a regular expression over the whole text.
fn translated(pattern: &str) -> String {
    let parts = pattern.chars().map(|character| match character {
        '*' => ".*".into(),
        '?' => ".".into(),
        other => regex::escape(other.encode_utf8(&mut [0; 4])),
    });
    format!(r"(?s)\A{}\z", parts.collect::<String>())
}

fn time(matches: impl Fn() -> bool) -> f64 {
    measure::nanoseconds(|| {
        black_box(matches());
    })
}

fn print_tables(rows: &[(Case, Vec<Row>)]) {
    let dash = |number: Option<f64>, digits: usize| {
        number.map_or("-".into(), |number| format!("{number:.digits$}"))
    };
    println!(
        "\nTime of a match on 10 kB; peers over ram-policy, a dash where the pattern is refused:\n"
    );
    println!("| pattern and text | ram-policy µs | regex | globset | wildmatch |");
    println!("| ---------------- | ------------: | ----: | ------: | --------: |");
    for (case, rows) in rows {
        let [_, row, _] = rows.as_slice() else { continue };
        let [regex, globset, wildmatch] =
            row.peers.map(|peer| dash(peer.map(|peer| peer / row.ours), 2));
        let micros = row.ours / 1e3;
        println!("| {} | {micros:.2} | {regex} | {globset} | {wildmatch} |", case.title());
    }
    println!("\nGrowth, 100 kB over 10 kB (linear is 10):\n");
    println!("| pattern and text | ram-policy | {} |", PEERS.join(" | "));
    println!("| ---------------- | ---------: | ----: | ------: | --------: |");
    let (mut most, mut slowest) = (0.0_f64, 0.0_f64);
    for (case, rows) in rows {
        let [_, small, large] = rows.as_slice() else { continue };
        let growth = large.ours / small.ours;
        most = most.max(growth);
        slowest = slowest.max(small.ours);
        let [regex, globset, wildmatch] = [0, 1, 2].map(|peer: usize| {
            let of = |row: &Row| row.peers.get(peer).copied().flatten();
            dash(of(large).zip(of(small)).map(|(large, small)| large / small), 1)
        });
        println!("| {} | {growth:.1} | {regex} | {globset} | {wildmatch} |", case.title());
    }
    println!("\nram-policy: growth at most {most:.1}, 10 kB in at most {:.1} µs", slowest / 1e3);
}
