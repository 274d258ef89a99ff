//! What is advised about policies with holes holds whatever the holes contain.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a panic fails the test")]

use ram_policy::least::Why;
use ram_policy::{
    Checker, LeastPrivilege, LeastPrivilegeError, OpenPolicy, OpenUsage, OwnedRequest, Policy,
    Proof, Strictness, TightenError, Unused, Usage, policy,
};
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::generate;
use ram_policy_fuzzed::open::{self, Open, is_plain, request};
use ram_policy_fuzzed::reference::Asked;

fn case(number: u64) -> (Open, Vec<Asked>, Vec<Vec<usize>>) {
    let bytes = Dice::new(number).bytes(3_000);
    let mut choices = Choices::new(&bytes);
    let open = open::open(generate::document(&mut choices), &mut choices);
    let asked = (0..12).map(|_| open::asked(&mut choices)).filter(is_plain).collect();
    let picks = (0..8).filter_map(|_| open.picks(&mut choices)).collect();
    (open, asked, picks)
}

/// Whether statement for statement the same are there when the holes are filled.
fn keeps_its_statements(open: &Open) -> bool {
    open.document["Statement"].as_array().is_some_and(|all| all.iter().all(|one| one.is_object()))
}

/// Whether what is said to be unused is so by what is really unused.
fn is_confirmed(said: &Unused, found: &[Unused]) -> bool {
    let statement = said.statement();
    found.iter().any(|other| match (said, other) {
        _ if *other == (Unused::Statement { statement }) => true,
        (
            Unused::Actions { statement, pattern, actions, .. },
            Unused::Actions { statement: of, pattern: same, actions: all, .. },
        ) => {
            // Both are in the catalogue's order.
            let mut all = all.iter();
            (statement, pattern) == (of, same)
                && actions.iter().all(|action| all.any(|other| other == action))
        }
        (Unused::Actions { statement, pattern, .. }, Unused::Action { statement: of, action }) => {
            (statement, pattern) == (of, action)
        }
        _ => said == other,
    })
}

#[test]
fn what_was_used_is_not_contradicted_by_what_the_holes_contain() {
    let (mut exact, mut not_known, mut tighter) = (0, 0, 0);
    for number in 13_000_000..13_000_160 {
        let (open, asked, picks) = case(number);
        if !keeps_its_statements(&open) {
            continue;
        }
        let policy = open.policy().expect("what is shown is right");
        let mut usage = OpenUsage::of(&policy);
        for asked in &asked {
            usage.ask(&request(asked));
        }
        exact += usage.counts().iter().filter(|(least, _)| *least > 0).count();
        not_known += usage.not_known().len();
        // Each takes proofs.
        let tightened = (number % 4 == 0).then(|| usage.tightened().ok()).flatten();
        let tightened = tightened.and_then(|policy| policy.to_json());
        let mut is_proved = false;
        let never = usage.unused();
        let known = [never.clone(), usage.perhaps_unused()].concat();
        for picks in &picks {
            let Some((_, document)) = open.filled_with(picks) else { continue };
            let filled = Policy::from_document(document);
            let mut of_filled = Usage::of(&filled);
            let mut decided = vec![0; usage.counts().len()];
            for asked in &asked {
                let decision = of_filled.ask(&request(asked));
                if let Some(count) = decision.statement().and_then(|at| decided.get_mut(at)) {
                    *count += 1;
                }
            }
            let told = || format!("{open:?}\n{picks:?}\n{asked:?}\n{usage:?}\n{of_filled:?}");
            for ((least, most), count) in usage.counts().into_iter().zip(decided) {
                assert!(least <= count && count <= most, "{least} {count} {most}\n{}", told());
            }
            let refused = usage.refused()..=usage.refused() + usage.undetermined();
            assert!(refused.contains(&of_filled.refused()), "{}", told());
            let unused = of_filled.unused();
            for said in &never {
                assert!(is_confirmed(said, &unused), "{said}\n{}", told());
            }
            // A statement that is not told of was used.
            for statement in unused.iter().filter(|one| matches!(one, Unused::Statement { .. })) {
                assert!(known.contains(statement), "{statement}\n{}", told());
            }
            let Some(text) = &tightened else { continue };
            let (_, left) = open.with_document(text).filled_with(picks).expect("as the whole");
            let left = Policy::from_document(left);
            tighter += usize::from(left != filled);
            for asked in &asked {
                let (before, after) =
                    (filled.evaluate(&request(asked)), left.evaluate(&request(asked)));
                assert_eq!(before.is_allow(), after.is_allow(), "{asked:?}\n{left}\n{}", told());
            }
            // A proof takes long: one for each policy.
            if !is_proved {
                is_proved = true;
                assert!(!matches!(left.within(&filled), Proof::No(_)), "{left}\n{}", told());
            }
        }
    }
    assert!(exact > 50 && not_known > 25 && tighter > 10, "{exact}, {not_known}, {tighter}");
}

#[test]
fn the_least_policy_is_within_whatever_the_holes_contain() {
    let (mut made, mut not_known) = (0, 0);
    for number in 14_000_000..14_001_500 {
        let (open, asked, picks) = case(number);
        let policy = open.policy().expect("what is shown is right");
        let mut wanted = Vec::new();
        for asked in asked.iter().filter(|asked| !asked.resource.contains(['*', '?'])) {
            let mut one = OwnedRequest::new(&*asked.action, &*asked.resource);
            for (key, value) in &asked.context {
                one.context.push((key.clone(), vec![value.clone()]));
            }
            if one.request().is_ok() {
                wanted.push(one);
            }
        }
        for one in wanted {
            let least = LeastPrivilege::new()
                .with_request(one.clone())
                .checker(Checker::at(Strictness::Audit))
                .within_open(&policy)
                .policy();
            let asked = one.request_unlisted().expect("a request");
            let decision = policy.evaluate(&asked);
            let least = match least {
                Ok(least) => least,
                Err(LeastPrivilegeError::Requests { refused, .. }) => {
                    let is_not_known = refused.iter().any(|one| one.why == Why::NotKnown);
                    not_known += usize::from(is_not_known);
                    assert!(is_not_known || !decision.is_allow(), "{open:?}\n{one:?}");
                    continue;
                }
                Err(_) => continue,
            };
            made += 1;
            assert!(decision.is_allow() && least.evaluate(&asked).is_allow(), "{open:?}\n{least}");
            for picks in &picks {
                let Some((_, document)) = open.filled_with(picks) else { continue };
                let filled = Policy::from_document(document);
                let within = least.within(&filled);
                assert!(!matches!(within, Proof::No(_)), "{open:?}\n{picks:?}\n{least}\n{filled}");
            }
        }
    }
    assert!(made > 60 && not_known > 60, "{made}, {not_known}");
}

#[test]
fn nothing_is_tightened_where_nothing_can_have_been_allowed() {
    let open = OpenPolicy::from(policy! {
        <b>
        deny oss::* on "acs:oss:*:*:{b}/*";
        allow ecs::StopInstance on *;
    });
    let mut usage = OpenUsage::of(&open);
    let get = OwnedRequest::new("oss:GetObject", "acs:oss:*:1:photos/a");
    usage.ask(&get.request().expect("a request"));
    assert_eq!(usage.tightened(), Err(TightenError::NothingUsed));
    assert_eq!((usage.refused(), usage.undetermined()), (1, 0));
    assert_eq!(usage.not_known(), [0]);
}
