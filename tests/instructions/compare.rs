//! Compares what was counted with the counts that are committed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// A row whose count rises, or falls, by more is told.
const TOLERANCE: f64 = 0.1;

/// Most instructions of a compiled policy over those of the code by hand.
const MOST_OVER_HAND: f64 = 2.0;

/// Prints the table and says what is wrong; with `renew`, writes the counts anew.
pub(crate) fn compare(
    compiler: &str,
    names: &str,
    dumps: &str,
    counts: &str,
    renew: bool,
) -> ExitCode {
    let counted = counted(names, dumps);
    let text = fs::read_to_string(counts).unwrap_or_default();
    let known_compiler = text.lines().find_map(|line| line.strip_prefix("# compiler: "));
    let known: BTreeMap<&str, u64> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, count)| Some((name, count.parse().ok()?)))
        .collect();
    let mut wrong = Vec::new();
    println!("| what | instructions | before | of before |\n| --- | ---: | ---: | ---: |");
    for (name, count) in &counted {
        let before = known.get(name.as_str()).copied();
        let (before_text, of_before) = match before {
            Some(before) => (before.to_string(), format!("{:.3}", ratio(*count, before))),
            None => ("-".into(), "-".into()),
        };
        println!("| {name} | {count} | {before_text} | {of_before} |");
        match before.map(|before| ratio(*count, before)) {
            None => wrong.push(format!("`{name}` is new")),
            Some(ratio) if ratio > 1.0 + TOLERANCE => {
                wrong.push(format!("`{name}` takes {ratio:.2} times the instructions it took"));
            }
            Some(ratio) if ratio < 1.0 - TOLERANCE => wrong.push(format!(
                "`{name}` takes {ratio:.2} times the instructions it took: write the better count down"
            )),
            Some(_) => {}
        }
    }
    for name in known.keys().filter(|name| !counted.iter().any(|(counted, _)| counted == *name)) {
        wrong.push(format!("`{name}` is not counted any more"));
    }
    let too_slow = over_hand(&counted);
    if renew {
        let mut text = format!(
            "# Instructions of each row, made by `tests/instructions/run.sh renew`.\n# compiler: {compiler}\n"
        );
        for (name, count) in &counted {
            let _ = writeln!(text, "{name}\t{count}");
        }
        fs::write(counts, text).expect("the counts can be written");
        wrong.clear();
    } else if known_compiler != Some(compiler) {
        let known = known_compiler.unwrap_or("none");
        println!(
            "\nThe counts are of another compiler ({known}, now {compiler}), so they are not held against these."
        );
        wrong.clear();
    }
    wrong.extend(too_slow);
    println!();
    for wrong in &wrong {
        println!("{wrong}");
    }
    if wrong.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("\nIf that is meant, `tests/instructions/run.sh renew` writes the counts down.");
    ExitCode::FAILURE
}

fn ratio(count: u64, before: u64) -> f64 {
    let number = |count: u64| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    number(count) / number(before)
}

/// The names of the rows with their counts: callgrind has numbered its files in the order of the
/// rows.
fn counted(names: &str, dumps: &str) -> Vec<(String, u64)> {
    let names = fs::read_to_string(names).expect("the names of the rows");
    let count = |(index, name): (usize, &str)| {
        let path = format!("{dumps}.{}", index + 1);
        let text = fs::read_to_string(Path::new(&path))
            .unwrap_or_else(|error| panic!("{path} of `{name}`: {error}"));
        let total = text
            .lines()
            .find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")))
            .and_then(|total| total.trim().parse().ok());
        (name.to_owned(), total.unwrap_or_else(|| panic!("{path} has no count")))
    };
    names.lines().enumerate().map(count).collect()
}

/// Which golden policies take more than twice what the code by hand takes.
fn over_hand(counted: &[(String, u64)]) -> Vec<String> {
    let of = |form: &str, name: &str| {
        let row = format!("{form}: {name}");
        counted.iter().find(|(name, _)| *name == row).map(|(_, count)| *count)
    };
    let names = counted.iter().filter_map(|(row, _)| row.strip_prefix("by hand: "));
    println!(
        "\n| golden policy | compiled over by hand | read over by hand |\n| --- | ---: | ---: |"
    );
    let mut wrong = Vec::new();
    for name in names {
        let (hand, compiled, read) = (of("by hand", name), of("compiled", name), of("read", name));
        let (Some(hand), Some(compiled), Some(read)) = (hand, compiled, read) else { continue };
        let over = ratio(compiled, hand);
        println!("| {name} | {over:.2} | {:.2} |", ratio(read, hand));
        // A template that is bound at run time is not compiled.
        if over > MOST_OVER_HAND && !name.ends_with("template bound") {
            wrong.push(format!("`{name}` takes {over:.2} times the instructions of code by hand"));
        }
    }
    wrong
}
