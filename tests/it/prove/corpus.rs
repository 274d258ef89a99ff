//! Compares every identity policy of the corpus with every other; see `corpus.rs` beside this
//! folder for what the corpus is.
//!
//! `RAM_POLICY_CORPUS=<folder> cargo test --release -p ram-policy-tests --test it prove::corpus --
//! --nocapture` prints how many pairs were decided and how long it took.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ram_policy::{Policy, Proof};

use crate::house::corpus::identity_policies;

/// What was found of all pairs.
#[derive(Default)]
struct Totals {
    pairs: usize,
    within: usize,
    unknown: BTreeMap<String, usize>,
    unlisted: usize,
    slowest: (Duration, String),
}

#[test]
fn nearly_every_pair_of_the_corpus_is_decided() {
    let Some(folder) = std::env::var_os("RAM_POLICY_CORPUS").map(PathBuf::from) else {
        println!("RAM_POLICY_CORPUS is not set: no pairs are compared");
        return;
    };
    let policies = identity_policies(&folder);
    assert!(policies.len() > 1, "{}: no pairs", folder.display());
    let begin = Instant::now();
    let mut totals = Totals::default();
    for (left_name, left) in &policies {
        for (right_name, right) in &policies {
            if left_name != right_name {
                totals.compare(&format!("{left_name} within {right_name}"), left, right);
            }
        }
    }
    let unknown: usize = totals.unknown.values().sum();
    println!(
        "{} policies, {} pairs: {} within, {unknown} unknown, {} counterexamples with an invented \
         action, {:?}; slowest {:?} {}",
        policies.len(),
        totals.pairs,
        totals.within,
        totals.unlisted,
        begin.elapsed(),
        totals.slowest.0,
        totals.slowest.1,
    );
    for (reason, count) in &totals.unknown {
        println!("{count:6} {reason}");
    }
    assert!(unknown * 100 < totals.pairs, "{unknown} of {} pairs are unknown", totals.pairs);
}

impl Totals {
    fn compare(&mut self, name: &str, left: &Policy, right: &Policy) {
        self.pairs += 1;
        let begin = Instant::now();
        match left.within(right) {
            Proof::Yes => self.within += 1,
            Proof::No(found) => {
                let request = found.request().unwrap_or_else(|error| panic!("{name}: {error}"));
                assert!(left.evaluate(&request).is_allow(), "{name}: {found}");
                assert!(!right.evaluate(&request).is_allow(), "{name}: {found}");
                self.unlisted += usize::from(request.action().id().is_none());
            }
            Proof::Unknown(reason) => {
                *self.unknown.entry(reason.to_string()).or_default() += 1;
            }
        }
        let taken = begin.elapsed();
        if taken > self.slowest.0 {
            self.slowest = (taken, name.to_owned());
        }
    }
}
