//! What is rewritten of policies with holes decides as before, whatever the holes contain.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a panic fails the test")]

use ram_policy::{Decision, OpenPolicy, Policy, SplitError, policy};
use ram_policy_fuzzed::agree::in_words;
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::open::{self, Open, is_plain, request};
use ram_policy_fuzzed::{generate, reference::Asked};

const CASES: u64 = 400;

/// An open document, with requests and fillings.
fn cases(from: u64) -> impl Iterator<Item = (Open, Vec<Asked>, Vec<Vec<usize>>)> {
    (0..CASES).map(move |case| {
        let bytes = Dice::new(case + from).bytes(3_000);
        let mut choices = Choices::new(&bytes);
        let mut document = generate::document(&mut choices);
        // More statements leave more to rewrite.
        for _ in 0..choices.below(3) {
            let more = generate::document(&mut choices);
            let more = more["Statement"].as_array().cloned().unwrap_or_default();
            document["Statement"].as_array_mut().expect("a list").extend(more);
        }
        let open = open::open(document, &mut choices);
        let asked = (0..24).map(|_| open::asked(&mut choices)).filter(is_plain).collect();
        let picks = (0..6).filter_map(|_| open.picks(&mut choices)).collect();
        (open, asked, picks)
    })
}

/// Every policy, filled in the same way.
fn filled(open: &Open, parts: &[OpenPolicy], picks: &[usize]) -> Option<(Policy, Vec<Policy>)> {
    let (_, whole) = open.filled_with(picks)?;
    let of = |part: &OpenPolicy| {
        let text = part.to_json().expect("it can be written");
        let (_, filled) = open.with_document(&text).filled_with(picks).expect("as the whole");
        Policy::from_document(filled)
    };
    Some((Policy::from_document(whole), parts.iter().map(of).collect()))
}

#[test]
fn what_is_simplified_decides_as_before_whatever_the_holes_contain() {
    let (mut shorter, mut shorter_alone) = (0, 0);
    for (open, asked, picks) in cases(11_000_000) {
        let Some(policy) = open.policy().filter(|policy| policy.to_json().is_some()) else {
            continue;
        };
        let short = [policy.simplified(), policy.simplified_alone()];
        let length = |policy: &OpenPolicy| policy.to_json().map_or(0, |text| text.len());
        let [by, alone] = short.each_ref().map(|short| length(short) < length(&policy));
        shorter += usize::from(by && policy.as_policy().is_none());
        shorter_alone += usize::from(alone && policy.as_policy().is_none());
        for picks in &picks {
            let Some((whole, rewritten)) = filled(&open, &short, picks) else { continue };
            for asked in &asked {
                let request = request(asked);
                let told = || format!("{open:?}\n{picks:?}\n{asked:?}\n{whole}\n{rewritten:?}");
                let expected = whole.evaluate(&request);
                let [decided, alone] = [0, 1].map(|at| rewritten[at].evaluate(&request));
                assert_eq!(in_words(decided).0, in_words(expected).0, "{}", told());
                assert_eq!(alone.is_allow(), expected.is_allow(), "{}", told());
            }
        }
    }
    // What always stays as it is would prove nothing.
    assert!(shorter > 40 && shorter_alone > 40, "{shorter}, {shorter_alone}");
}

#[test]
fn parts_decide_together_as_the_whole_whatever_the_holes_contain() {
    let (mut several, mut not_known) = (0, 0);
    for (open, asked, picks) in cases(12_000_000) {
        let Some(policy) = open.policy() else { continue };
        let most = policy.to_json().map_or(200, |text| text.len() * 2 / 3).max(180);
        let parts = match policy.split(most) {
            Ok(parts) => parts,
            Err(SplitError::NotKnown { holes }) => {
                assert!(policy.to_json().is_none() && !holes.is_empty());
                not_known += 1;
                continue;
            }
            Err(_) => continue,
        };
        several += usize::from(parts.len() > 1 && policy.as_policy().is_none());
        assert!(parts.iter().all(|part| part.to_json().is_some_and(|text| {
            // As it is spelt; no character of it needs two.
            text.chars().count() <= most
        })));
        for picks in &picks {
            let Some((whole, parts)) = filled(&open, &parts, picks) else { continue };
            for asked in &asked {
                let request = request(asked);
                let (_, decided): (_, Decision) = Policy::evaluate_together(&parts, &request);
                let expected = whole.evaluate(&request);
                assert_eq!(
                    in_words(decided).0,
                    in_words(expected).0,
                    "{open:?}\n{picks:?}\n{asked:?}\n{whole}\n{parts:?}"
                );
            }
        }
    }
    assert!(several > 40 && not_known > 20, "{several}, {not_known}");
}

/// A policy, and what is left of it; of a policy that is alone, the same unless another is given.
#[test]
fn known_statements_go_only_where_no_filling_needs_them() {
    let cases = [
        (
            "a known statement beside an open one that certainly covers it",
            OpenPolicy::from(policy! {
                <b>
                allow oss::GetObject on "acs:oss:*:*:photos/a";
                allow oss::Get* on "acs:oss:*:*:{b}/*", "acs:oss:*:*:photos/*";
            }),
            OpenPolicy::from(policy! {
                <b>
                allow oss::Get* on "acs:oss:*:*:{b}/*", "acs:oss:*:*:photos/*";
            }),
            None,
        ),
        (
            "an open statement that may not cover it",
            OpenPolicy::from(policy! {
                <b>
                allow oss::GetObject on "acs:oss:*:*:photos/a";
                allow oss::Get* on "acs:oss:*:*:{b}/*";
            }),
            OpenPolicy::from(policy! {
                <b>
                allow oss::GetObject on "acs:oss:*:*:photos/a";
                allow oss::Get* on "acs:oss:*:*:{b}/*";
            }),
            None,
        ),
        (
            "a denial of what an open statement may allow",
            OpenPolicy::from(policy! {
                <b>
                allow ecs::StopInstance on *;
                deny oss::PutObject on *;
                deny ram::* on *;
                allow oss::* on "acs:oss:*:*:{b}/*";
            }),
            OpenPolicy::from(policy! {
                <b>
                allow ecs::StopInstance on *;
                deny oss::PutObject, ram::* on *;
                allow oss::* on "acs:oss:*:*:{b}/*";
            }),
            Some(OpenPolicy::from(policy! {
                <b>
                allow ecs::StopInstance on *;
                deny oss::PutObject on *;
                allow oss::* on "acs:oss:*:*:{b}/*";
            })),
        ),
    ];
    for (name, policy, short, alone) in cases {
        assert_eq!(policy.simplified().to_json(), short.to_json(), "{name}");
        let alone = alone.unwrap_or(short);
        assert_eq!(policy.simplified_alone().to_json(), alone.to_json(), "{name}");
    }
}
