//! The peers together, on the same policies and the same requests.

use std::hint::black_box;

use serde_json::Value;

use crate::asked::{Asked, Verdict};
use crate::cedar::Cedar;
use crate::iam::Iam;
use crate::measure;
use crate::regexes::Regexes;

/// A peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    /// cedar-policy.
    Cedar,
    /// iam-rs.
    Iam,
    /// Regular expressions.
    Regex,
}

impl Peer {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Cedar, Self::Iam, Self::Regex];

    /// What tables call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cedar => "cedar-policy",
            Self::Iam => "iam-rs",
            Self::Regex => "regex",
        }
    }

    /// Nanoseconds of one decision, on average over the requests.
    ///
    /// # Panics
    ///
    /// The peer decides one not as given.
    #[must_use]
    pub fn nanoseconds(self, policies: &[Value], asked: &[Asked], expected: &[Verdict]) -> f64 {
        match self {
            Self::Cedar => {
                let cedar = Cedar::new(policies, asked);
                assert_alike(self, expected, cedar.requests.iter().map(|one| cedar.verdict(one)));
                of_one(&cedar.requests, |request| {
                    black_box(black_box(&cedar).decide(request));
                })
            }
            Self::Iam => {
                let iam = Iam::new(policies, asked);
                assert_alike(self, expected, iam.requests.iter().map(|one| iam.verdict(one)));
                of_one(&iam.requests, |request| {
                    black_box(black_box(&iam).decide(request));
                })
            }
            Self::Regex => {
                let regexes = Regexes::new(policies, asked);
                let said = regexes.requests.iter().map(|one| regexes.decide(one));
                assert_alike(self, expected, said);
                of_one(&regexes.requests, |request| {
                    black_box(black_box(&regexes).decide(request));
                })
            }
        }
    }
}

fn assert_alike(peer: Peer, expected: &[Verdict], said: impl Iterator<Item = Verdict>) {
    let said: Vec<Verdict> = said.collect();
    assert_eq!(said, expected, "{} decides not alike", peer.name());
}

/// Nanoseconds of one of the requests, on average. They are all decided once where `cargo bench`
/// does not ask for measuring.
pub fn of_one<R>(requests: &[R], mut decide: impl FnMut(&R)) -> f64 {
    let mut all = || requests.iter().for_each(|request| decide(black_box(request)));
    if !measure::is_asked_for() {
        all();
        return f64::NAN;
    }
    measure::nanoseconds(all) / u32::try_from(requests.len()).map_or(f64::NAN, f64::from)
}
