//! Policies that are made to take long: every question ends soon, with an answer or a reason.

use std::fmt::Write;
use std::time::{Duration, Instant};

use ram_policy::Proof;
use ram_policy::prove::Reason;

use crate::policy::properties::policy_of;

/// Far more than a question takes in an unoptimised build, and on a busy machine.
const SOON: Duration = Duration::from_secs(120);

fn ask(left: &str, right: &str) -> Proof {
    let document =
        |statements: &str| policy_of(&format!(r#"{{"Version":"1","Statement":[{statements}]}}"#));
    let begin = Instant::now();
    let proof = document(left).within(&document(right));
    let taken = begin.elapsed();
    assert!(taken < SOON, "{taken:?}: {proof}");
    proof
}

/// A statement with a list of resources.
fn statement(effect: &str, resources: &[String], condition: &str) -> String {
    format!(
        r#"{{"Effect":"{effect}","Action":"oss:*","Resource":{resources:?},"Condition":{{{condition}}}}}"#
    )
}

#[test]
fn question_marks_behind_stars() {
    let storm = |letter: char| format!("acs:oss:*:*:*{letter}{}", "?".repeat(40));
    let left = statement("Allow", &[format!("acs:oss:*:*:{}", "?".repeat(90))], "");
    let right = statement("Allow", &[storm('a'), storm('b'), storm('c')], "");
    // There is a counterexample, and it is seen at once.
    assert!(matches!(ask(&left, &right), Proof::No(_)));
    // Here each of the last characters matters.
    let deny = |letter| statement("Deny", &[storm(letter)], "");
    let left = format!("{},{},{}", statement("Allow", &[storm('a')], ""), deny('b'), deny('c'));
    let right = statement("Allow", &[storm('d'), storm('e')], "");
    assert!(!ask(&left, &right).is_yes());
}

#[test]
fn many_stars() {
    let stars = |letters: &str| {
        let parts: Vec<String> = letters.chars().map(|letter| format!("*{letter}")).collect();
        format!("acs:oss:*:*:{}*", parts.concat())
    };
    let wide: Vec<String> = (0..8)
        .map(|turn| {
            let letters: Vec<char> = "abcdefgh".chars().cycle().skip(turn).take(8).collect();
            stars(&letters.into_iter().collect::<String>())
        })
        .collect();
    let narrow = stars("abcdefghabcdefg");
    let left = statement("Allow", &[narrow], "");
    assert_eq!(ask(&left, &statement("Allow", &wide, "")), Proof::Yes);
}

/// A formula in which each clause forbids one of the combinations of three tags.
fn formula(tags: usize, clauses: usize) -> String {
    let mut dice = ram_policy_fuzzed::choices::Dice::new(7);
    let mut statements = String::new();
    for _ in 0..clauses {
        let (mut set, mut unset) = (String::new(), String::new());
        let mut used = Vec::new();
        while used.len() < 3 {
            let tag = dice.below(tags);
            if !used.contains(&tag) {
                used.push(tag);
                let list = if dice.below(2) == 0 { &mut set } else { &mut unset };
                let _ = write!(list, r#","ecs:tag/{tag}":"x""#);
            }
        }
        let test = |operator: &str, list: &str| match list.get(1..) {
            Some(list) => format!(r#","{operator}":{{{list}}}"#),
            None => String::new(),
        };
        let condition =
            format!("{}{}", test("StringEquals", &set), test("StringNotEquals", &unset));
        let deny = statement("Deny", &["*".to_owned()], condition.get(1..).unwrap_or(""));
        let _ = write!(statements, ",{deny}");
    }
    format!("{}{statements}", statement("Allow", &["*".to_owned()], ""))
}

#[test]
fn a_formula_with_a_solution() {
    assert!(matches!(ask(&formula(40, 120), ""), Proof::No(_)));
}

#[test]
fn a_formula_without_a_solution() {
    assert_eq!(ask(&formula(20, 160), ""), Proof::Yes);
}

#[test]
fn a_hard_formula_ends() {
    match ask(&formula(100, 425), "") {
        Proof::Yes | Proof::No(_) => {}
        Proof::Unknown(reason) => {
            assert!(matches!(reason, Reason::TooManySteps | Reason::TooManyChoices), "{reason}");
        }
    }
}

#[test]
fn thousands_of_statements() {
    let mut statements = String::new();
    for number in 0..700 {
        let resources = [format!("acs:oss:*:*:bucket-{number}/*")];
        let _ = write!(statements, ",{}", statement("Allow", &resources, ""));
    }
    let wide = statement("Allow", &["acs:oss:*:*:bucket-*".to_owned()], "");
    let many = statements.get(1..).unwrap_or("");
    assert!(matches!(ask(&wide, many), Proof::No(_)));
    assert!(matches!(ask(many, &wide), Proof::Yes));
}

#[test]
fn a_long_list() {
    let names: Vec<String> =
        (0..3_000).map(|number| format!("acs:oss:*:*:bucket-{number}")).collect();
    let fewer = names.get(1..).unwrap_or(&[]);
    assert!(matches!(
        ask(&statement("Allow", &names, ""), &statement("Allow", fewer, "")),
        Proof::No(_)
    ));
    assert_eq!(ask(&statement("Allow", fewer, ""), &statement("Allow", &names, "")), Proof::Yes);
}

#[test]
fn what_is_too_long_for_ram_is_simplified_as_far_as_is_quick() {
    let mut statements = String::new();
    for number in 0..60 {
        let resources = [format!("acs:oss:*:*:bucket-{number}/{}*", "folder/".repeat(20))];
        let condition = format!(r#""StringEquals":{{"acs:UserAgent":"{}"}}"#, number % 2);
        let _ = write!(statements, ",{}", statement("Allow", &resources, &condition));
    }
    let text = format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.get(1..).unwrap_or(""));
    assert!(text.len() > 2 * 6144);
    let begin = Instant::now();
    let short = policy_of(&text).simplified();
    assert!(begin.elapsed() < SOON, "{:?}", begin.elapsed());
    assert_eq!(short.document().statements.len(), 2);
}
