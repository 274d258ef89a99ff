//! Work that grows with the length of a file and no faster, in steps, for every subcommand that reads
//! policies.

use std::path::PathBuf;

use crate::run::command;

/// Characters of a policy that RAM takes, and a quarter of them.
const SIZES: [usize; 2] = [1_500, 6_000];

/// Characters of one that is far too long, and a quarter of them.
const TOO_LONG: [usize; 2] = [100_000, 400_000];

/// How much more work four times the text may make.
const MOST_GROWTH: u64 = 6;

/// Work that does not depend on the length, as laying out the letters of the catalogue.
const BASE: u64 = 8_000_000;

/// Most steps for each character of a policy that RAM takes; proofs have a budget for each.
const OF_A_CHARACTER: u64 = 40_000;

/// Most steps for each character of one that is too long.
const OF_A_CHARACTER_TOO_MANY: u64 = 100;

fn list(length: usize, item: impl Fn(usize) -> String) -> String {
    let mut items = item(0);
    for number in 1.. {
        let item = item(number);
        if items.len() + item.len() + 1 > length {
            break;
        }
        items = items + "," + &item;
    }
    items
}

fn letters(number: usize) -> [char; 3] {
    [number, number / 26, number / 676].map(|part| (b'a' + (part % 26) as u8) as char)
}

/// Policies that are made to take long, of about so many characters.
fn shapes(length: usize) -> Vec<(&'static str, String)> {
    let document = |statements: String| format!(r#"{{"Version":"1","Statement":[{statements}]}}"#);
    let statement = |element: &str, items: String| {
        document(format!(
            r#"{{"Effect":"Allow","{element}":[{items}],"Resource":"acs:ecs:*:*:x"}}"#
        ))
    };
    let room = length - 110;
    let stars = |number| {
        let [one, two, _] = letters(number);
        format!("\"*:*{one}*{two}*\"")
    };
    let resource = |number: usize| {
        let name: String = letters(number).into_iter().collect();
        format!(r#"{{"Effect":"Allow","Action":"oss:*","Resource":"acs:oss:*:*:{name}/*"}}"#)
    };
    let key = |number: usize| {
        let name: String = letters(number).into_iter().collect();
        format!(r#""acs:ResourceTag/{name}":"x""#)
    };
    let unknown = |number: usize| {
        let name: String = letters(number).into_iter().collect();
        format!("\"ecs:DescribeInstance{name}\"")
    };
    vec![
        ("stars", statement("Action", list(room, stars))),
        ("near names", statement("Action", list(room, unknown))),
        ("numbers", statement("Action", list(room, |number| number.to_string()))),
        ("statements", document(list(room, resource))),
        (
            "conditions",
            document(format!(
                r#"{{"Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{{"StringEquals":{{{}}}}}}}"#,
                list(room, key)
            )),
        ),
        ("nesting", "[".repeat(length / 2) + &"]".repeat(length / 2)),
    ]
}

/// The subcommands that read a policy, `POLICY` for its file.
const COMMANDS: &[&[&str]] = &[
    &["check", "POLICY"],
    &["check", "--format", "json", "POLICY"],
    &["check", "--format", "sarif", "POLICY"],
    &["eval", "--policy", "POLICY", "--action", "ecs:StopInstance", "--explain"],
    &["audit", "--policy", "POLICY", "log.jsonl"],
    &["convert", "--to", "json", "POLICY"],
    &["convert", "--to", "rust", "POLICY"],
    &["convert", "--to", "terraform", "POLICY"],
    &["convert", "--to", "ros", "POLICY"],
    &["describe", "POLICY"],
    &["describe", "--format", "html", "POLICY"],
    &["diff", "POLICY", "wide.json"],
    &["diff", "wide.json", "POLICY"],
    &["prove", "--within", "wide.json", "POLICY"],
    &["prove", "--apart", "wide.json", "POLICY"],
    &["unused", "POLICY", "requests.jsonl"],
    &["coverage", "POLICY", "requests.jsonl"],
    &["least", "requests.jsonl", "--within", "POLICY"],
    &["shrink", "POLICY"],
    &["split", "POLICY"],
];

/// Those that take different ways to say that a policy is too long.
const REFUSING: &[&[&str]] = &[
    &["check", "POLICY"],
    &["check", "--format", "json", "POLICY"],
    &["eval", "--policy", "POLICY", "--action", "ecs:StopInstance"],
    &["convert", "--to", "rust", "POLICY"],
    &["prove", "--within", "wide.json", "POLICY"],
    &["shrink", "POLICY"],
];

/// The steps of a run.
fn steps(arguments: &[&str], policy: &str) -> u64 {
    let arguments = arguments.iter().map(|one| if *one == "POLICY" { policy } else { one });
    let output = command().args(arguments).env("RAM_POLICY_SHOW_STEPS", "1").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!told.contains("unexpected argument"), "{told}");
    let steps = told.lines().find_map(|line| line.strip_prefix("steps: "));
    steps.unwrap_or_else(|| panic!("{told}")).parse().unwrap()
}

fn grows_with_length(commands: &[&[&str]], sizes: [usize; 2], of_a_character: u64) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, size: usize, text: &str| -> PathBuf {
        let path = folder.path().join(format!("{name}-{size}.json"));
        std::fs::write(&path, text).unwrap();
        path
    };
    let [few, many] = sizes;
    let mut wrong = Vec::new();
    for ((name, short), (_, long)) in shapes(few).into_iter().zip(shapes(many)) {
        let (short, long) = (write(name, few, &short), write(name, many, &long));
        for arguments in commands {
            let [fewer, more] =
                [&short, &long].map(|path| steps(arguments, path.to_str().unwrap()));
            let proves =
                matches!(arguments[0], "diff" | "prove" | "unused" | "least" | "shrink" | "split");
            let growth = if proves { u64::MAX } else { MOST_GROWTH * fewer + BASE };
            if more > growth || more > BASE + of_a_character * many as u64 {
                wrong.push(format!("{fewer}, then {more}: {arguments:?} of {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "more steps than grow with the length: {wrong:#?}");
}

#[test]
fn every_subcommand_on_what_ram_takes() {
    grows_with_length(COMMANDS, SIZES, OF_A_CHARACTER);
}

#[test]
fn every_subcommand_on_what_is_too_long() {
    grows_with_length(REFUSING, TOO_LONG, OF_A_CHARACTER_TOO_MANY);
}
