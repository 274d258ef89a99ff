//! What is measured for each plot.

use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;

use ram_policy::{Action, Decision, Policy, PolicySet, Proof, Request};
use ram_policy_account::Question;
use ram_policy_benchmarks::asked::{Asked, Verdict};
use ram_policy_benchmarks::peers::{Peer, of_one};
use ram_policy_benchmarks::smt::solver::{self, Answer, Session};
use ram_policy_benchmarks::{fleet, measure, smt};
use ram_policy_model::catalogue::{self, ServiceEntry};
use serde_json::{Value, json};

use crate::curve::Curves;
use crate::{made, pmapper, wide};

/// Most policies that each peer is given: beyond, it takes too long, or too much memory.
const MOST: [(Peer, usize); 3] = [(Peer::Cedar, 1_000), (Peer::Iam, 10_000), (Peer::Regex, 300)];

fn names(ours: &[&str], others: impl Iterator<Item = String>) -> Vec<String> {
    ours.iter().map(|name| (*name).to_owned()).chain(others).collect()
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::NAN, f64::from)
}

fn requests(asked: &[Asked]) -> Vec<Request<'_>> {
    asked.iter().map(|asked| asked.request().expect("a good request")).collect()
}

fn read(document: &Value) -> Policy {
    Policy::from_json_lenient(document.to_string()).expect("RAM takes it").policy
}

/// Decisions by a set, by its policies in turn, and by the peers.
pub(crate) fn policies() -> Curves {
    let series = names(
        &["PolicySet", "its policies in turn"],
        MOST.iter().map(|(peer, _)| peer.name().to_owned()),
    );
    // `cargo test` runs everything once, on as little as shows that it runs.
    let most = if measure::is_asked_for() { 10_000 } else { 30 };
    let counts = [10, 30, 100, 300, 1_000, 3_000, 10_000].into_iter();
    let rows = counts.filter(|policies| *policies <= most).map(|policies| {
        let documents = fleet::documents(policies);
        let each = fleet::policies(&documents);
        let set: PolicySet = each.iter().collect();
        let asked = fleet::asked(policies);
        let requests = requests(&asked);
        let expected: Vec<Verdict> =
            requests.iter().map(|request| set.evaluate(request).into()).collect();
        let by_set = of_one(&requests, |request| {
            black_box(black_box(&set).evaluate(request));
        });
        let in_turn = of_one(&requests, |request| {
            let decisions = black_box(&each).iter().map(|policy| policy.evaluate(request));
            let denies = |decision: &Decision| matches!(decision, Decision::ExplicitDeny { .. });
            black_box(decisions.filter(denies).count());
        });
        let peers = MOST.map(|(peer, most)| {
            (policies <= most).then(|| peer.nanoseconds(&documents, &asked, &expected))
        });
        (count(policies), [Some(by_set), Some(in_turn)].into_iter().chain(peers).collect())
    });
    Curves { series, rows: rows.collect() }.relative()
}

/// Decisions by one policy: the two statements of `wide.rs` that the requests are about, and others
/// between them.
pub(crate) fn statements() -> Curves {
    let wide = wide::cases();
    let asked = &wide[0].asked;
    let requests = requests(asked);
    let largest: Value = serde_json::from_str(&wide[2].policy.to_json()).expect("a policy is JSON");
    let all = largest["Statement"].as_array().expect("a list of statements");
    let series = names(
        &["ram-policy, read", "ram-policy, compiled"],
        Peer::ALL.map(|peer| peer.name().into()).into_iter(),
    );
    let rows = [2, 5, 10, 20, 50, 100].map(|statements| {
        let some: Vec<&Value> = all[..statements - 1].iter().chain(all.last()).collect();
        let document = json!({ "Version": "1", "Statement": some });
        let policy = read(&document);
        let decide = |policy: &Policy| {
            of_one(&requests, |request| {
                black_box(black_box(policy).evaluate(request));
            })
        };
        let expected: Vec<Verdict> =
            requests.iter().map(|request| policy.evaluate(request).into()).collect();
        let compiled = wide.iter().find(|case| case.name == format!("W({statements})"));
        if let Some(case) = compiled {
            let by_hand: Vec<Verdict> = asked.iter().map(case.by_hand).collect();
            assert_eq!(by_hand, expected, "{} by hand", case.name);
        }
        let compiled = compiled.map(|case| decide(&case.policy));
        let documents = [document];
        let peers = Peer::ALL.map(|peer| Some(peer.nanoseconds(&documents, asked, &expected)));
        (count(statements), [Some(decide(&policy)), compiled].into_iter().chain(peers).collect())
    });
    Curves { series, rows: rows.into() }.relative()
}

/// Reading the names of a service, by how many it has.
pub(crate) fn actions() -> Curves {
    let names_of = |service: ServiceEntry| -> Vec<String> {
        service.actions().map(|row| row.full_name().to_owned()).collect()
    };
    let all: Vec<String> = catalogue::services().flat_map(names_of).collect();
    let map: HashMap<&str, usize> =
        all.iter().enumerate().map(|(number, name)| (name.as_str(), number)).collect();
    // One service for each power of two, so that the points are apart.
    let by_length: BTreeMap<u32, ServiceEntry> = catalogue::services()
        .filter(|service| !service.is_empty())
        .map(|service| (service.len().ilog2(), service))
        .collect();
    let rows = by_length.into_values().map(|service| {
        let names = names_of(service);
        let ours = of_one(&names, |name| {
            black_box(name.parse::<Action>().expect("the catalogue's names are well-formed"));
        });
        let found = of_one(&names, |name| {
            black_box(catalogue::find_action(name).expect("it is in the catalogue"));
        });
        let theirs = of_one(&names, |name| {
            black_box(map.get(name.as_str()).expect("it has all names"));
        });
        (f64::from(service.len()), vec![Some(ours / theirs), Some(found / theirs)])
    });
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by(|(left, _), (right, _)| left.total_cmp(right));
    Curves { series: names(&["Action::from_str", "catalogue::find_action"], [].into_iter()), rows }
}

/// A policy of that many statements, on resources of their own.
fn document(statements: usize) -> Value {
    let statements = (0..statements).map(|number| {
        json!({
            "Effect": if number % 5 == 4 { "Deny" } else { "Allow" },
            "Action": ["ecs:StopInstance", "ecs:Describe*"],
            "Resource": format!("acs:ecs:*:*:instance/app-{number}-*"),
            "Condition": { "StringEquals": { "ecs:tag/owner": format!("team-{}", number % 7) } },
        })
    });
    json!({ "Version": "1", "Statement": statements.collect::<Vec<_>>() })
}

/// Proofs by this crate and by the first solver that is installed: with the same statements in the
/// opposite order, and with the first of them missing.
pub(crate) fn proofs() -> Curves {
    let solver = solver::installed().into_iter().next();
    let mut session = solver.as_ref().map(Session::start);
    let theirs = solver
        .iter()
        .flat_map(|solver| ["yes", "no"].map(|answer| format!("{}: {answer}", solver.version)));
    let series = names(&["ram-policy: yes", "ram-policy: no"], theirs);
    let mut rows = Vec::new();
    // More do not fit into the 6,144 characters of a policy.
    for statements in [1, 2, 5, 10, 20, 35] {
        let left = document(statements);
        let mut same = left.clone();
        let turned = same["Statement"].as_array_mut().expect("a list of statements");
        turned.reverse();
        let mut less = same.clone();
        let fewer = less["Statement"].as_array_mut().expect("a list of statements");
        *fewer.last_mut().expect("a statement") = json!({
            "Effect": "Allow", "Action": "oss:GetObject", "Resource": "*"
        });
        let rights = [(same, true), (less, false)];
        let mut values: Vec<Option<f64>> = Vec::new();
        for (right, is_within) in &rights {
            let (left, right) = (read(&left), read(right));
            match left.within(&right) {
                Proof::Yes if *is_within => {}
                Proof::No(_) if !is_within => {}
                other @ (Proof::Yes | Proof::No(_) | Proof::Unknown(_)) => {
                    panic!("{statements} statements: {other}")
                }
            }
            values.push(Some(of_one(&[()], |()| {
                black_box(black_box(&left).within(&right));
            })));
        }
        for (right, is_within) in &rights {
            let Some(session) = session.as_mut().filter(|_| measure::is_asked_for()) else {
                continue;
            };
            let script = smt::within(&left, right).expect("it can be translated");
            let (answer, taken) = session.ask(&script);
            values.push(
                match answer {
                    Answer::Unsat => {
                        assert!(is_within);
                        Some(taken)
                    }
                    Answer::Sat => {
                        assert!(!is_within);
                        Some(taken)
                    }
                    Answer::TimedOut | Answer::Unknown(_) => None,
                }
                .map(|taken| taken.as_secs_f64() * 1e9),
            );
        }
        rows.push((count(statements), values));
    }
    Curves { series, rows }.relative()
}

/// Most principals that PMapper is asked about: with three times as many it takes minutes.
const MOST_PRINCIPALS: usize = 500;

/// Reading the policies of accounts, and questions about them, by this crate and by PMapper.
pub(crate) fn accounts() -> Curves {
    let has_peer = measure::is_asked_for() && pmapper::is_installed();
    let ours = ["who-can", "reading the policies", "paths --to-admin"];
    let theirs = ["PMapper: graph", "PMapper: who can"];
    let theirs = theirs.iter().filter(|_| has_peer).map(|name| (*name).to_owned());
    let question = Question::new("oss:DeleteBucket").expect("an action");
    // `cargo test` runs everything once, on as little as shows that it runs.
    let most = if measure::is_asked_for() { 5_000 } else { 50 };
    let counts = [50, 150, 500, 1_500, 5_000].into_iter();
    let rows = counts.filter(|principals| *principals <= most).map(|principals| {
        let documents = made::documents(2 * principals);
        let account = made::account(principals, &documents);
        let who_can = of_one(&[()], |()| {
            black_box(black_box(&account).who_can(&question));
        });
        let read = of_one(&[()], |()| {
            black_box(made::account(principals, black_box(&documents)));
        });
        let paths = of_one(&[()], |()| {
            black_box(black_box(&account).ways_to_administrator());
        });
        let peer =
            (has_peer && principals <= MOST_PRINCIPALS).then(|| pmapper::ask(&account, &documents));
        let theirs = [peer.map(|taken| taken.graph * 1e9), peer.map(|taken| taken.who_can * 1e9)];
        let theirs = theirs.into_iter().filter(|_| has_peer);
        (count(principals), [who_can, read, paths].map(Some).into_iter().chain(theirs).collect())
    });
    Curves { series: names(&ours, theirs), rows: rows.collect() }.relative()
}
