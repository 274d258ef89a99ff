//! Proofs about policies of which something is not known.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::Policy;
use super::open::{OpenPolicy, distinct};
use crate::prove::{Counterexample, Proof, Prover, Reason, everything};

/// The policies of one side of a question.
type Side<'p> = &'p [&'p OpenPolicy];

impl OpenPolicy {
    /// Whether the other policy allows every request that this one allows, whatever is not known of
    /// either: `Yes` if so for all that the unknown parts may be, `No` with a request that shows the
    /// reverse for all of them, else `Unknown` with the holes that the answer hangs on.
    ///
    /// ```
    /// use ram_policy::{OpenPolicy, Proof, policy};
    ///
    /// let open = OpenPolicy::from(policy! { <bucket> allow oss::Get* on "acs:oss:*:*:{bucket}/*"; });
    /// let boundary = |policy| OpenPolicy::from(policy);
    /// assert_eq!(open.within(&boundary(policy! { allow oss::* on *; })), Proof::Yes);
    /// assert!(matches!(open.within(&boundary(policy! { allow oss::* on "acs:oss:*:*:photos/*"; })), Proof::Unknown(_)));
    /// let both = policy! {
    ///     <bucket>
    ///     allow oss::Get* on "acs:oss:*:*:{bucket}/*";
    ///     allow ecs::StopInstance on *;
    /// };
    /// assert!(matches!(OpenPolicy::from(both).within(&boundary(policy! { allow oss::* on *; })), Proof::No(_)));
    /// ```
    #[must_use]
    pub fn within(&self, other: &Self) -> Proof {
        within(Prover::new(), &[self], &[other])
    }

    /// Whether the two policies allow the same requests, whatever is not known of either; see
    /// [`OpenPolicy::within`].
    #[must_use]
    pub fn equivalent(&self, other: &Self) -> Proof {
        let there = self.within(other);
        if matches!(there, Proof::No(_)) {
            return there;
        }
        match (there, other.within(self)) {
            (Proof::Yes, Proof::Yes) => Proof::Yes,
            (_, no @ Proof::No(_)) => no,
            (
                Proof::Unknown(Reason::NotKnown { holes }),
                Proof::Unknown(Reason::NotKnown { holes: more }),
            ) => {
                let holes = distinct(holes.into_iter().chain(more));
                Proof::Unknown(Reason::NotKnown { holes })
            }
            (unknown @ (Proof::Unknown(_) | Proof::No(_)), _) | (Proof::Yes, unknown) => unknown,
        }
    }

    /// Whether some request is allowed by both policies, whatever is not known of either; see
    /// [`Policy::overlaps`] and [`OpenPolicy::within`].
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> Proof {
        let at_least = self.least.overlaps(&other.least);
        if self.as_policy().is_some() && other.as_policy().is_some() {
            return at_least;
        }
        match (at_least, self.most.overlaps(&other.most)) {
            (Proof::Yes, _) => Proof::Yes,
            // What the most do not share, the least do not.
            (at_least @ (Proof::No(_) | Proof::Unknown(_)), Proof::No(_)) => at_least,
            (_, Proof::Unknown(reason)) => Proof::Unknown(reason),
            (_, Proof::Yes) => {
                let found = self.most.common_request(&other.most);
                match found {
                    Ok(Some(request)) => not_known(&[self], &[other], &request),
                    Ok(None) => not_known_at_all(&[self], &[other]),
                    Err(reason) => Proof::Unknown(reason),
                }
            }
        }
    }

    /// A request that both policies allow whatever is not known of either; `None` when it is proved
    /// that there is none. See [`Policy::common_request`].
    ///
    /// # Errors
    ///
    /// It cannot be decided, or hangs on what is not known.
    pub fn common_request(&self, other: &Self) -> Result<Option<Counterexample>, Reason> {
        let at_least = self.least.common_request(&other.least);
        let is_exact = self.as_policy().is_some() && other.as_policy().is_some();
        if is_exact || matches!(at_least, Ok(Some(_))) {
            return at_least;
        }
        match self.most.common_request(&other.most) {
            Ok(Some(request)) => match not_known(&[self], &[other], &request) {
                Proof::Unknown(reason) => Err(reason),
                Proof::Yes | Proof::No(_) => at_least,
            },
            most @ (Ok(None) | Err(_)) => most,
        }
    }

    /// Whether this policy allows nothing that the other one denies, whatever is not known of either;
    /// see [`Policy::never_allows`] and [`OpenPolicy::within`].
    #[must_use]
    pub fn never_allows(&self, other: &Self) -> Proof {
        let everything = Self::from(Policy::from_document(everything()));
        within(Prover::new(), &[self], &[&everything, other])
    }
}

fn least(side: Side<'_>) -> Vec<&Policy> {
    side.iter().map(|one| &one.least).collect()
}

fn most(side: Side<'_>) -> Vec<&Policy> {
    side.iter().map(|one| &one.most).collect()
}

/// Whether the right side allows what the left side allows, whatever is not known of either.
pub(super) fn within(prover: Prover, left: Side<'_>, right: Side<'_>) -> Proof {
    let at_most = prover.within(most(left), least(right));
    let is_exact = left.iter().chain(right).all(|policy| policy.as_policy().is_some());
    if is_exact || at_most.is_yes() {
        return at_most;
    }
    match (prover.within(least(left), most(right)), at_most) {
        (no @ Proof::No(_), _) => no,
        (_, Proof::No(request)) => not_known(left, right, &request),
        (_, unknown @ (Proof::Unknown(_) | Proof::Yes)) => unknown,
    }
}

/// That the answer hangs on the holes which decide about this request.
fn not_known(left: Side<'_>, right: Side<'_>, request: &Counterexample) -> Proof {
    let Ok(request) = request.request() else { return not_known_at_all(left, right) };
    let decisions = left.iter().chain(right).map(|policy| policy.evaluate(&request));
    let holes: Vec<_> = decisions
        .filter_map(|decision| {
            let residual = decision.residual()?;
            Some(residual.holes().into_iter().map(ToString::to_string).collect::<Vec<_>>())
        })
        .flatten()
        .collect();
    if holes.is_empty() {
        return not_known_at_all(left, right);
    }
    Proof::Unknown(Reason::NotKnown { holes: distinct(holes.into_iter()) })
}

/// That the answer hangs on some hole.
fn not_known_at_all(left: Side<'_>, right: Side<'_>) -> Proof {
    let holes = left.iter().chain(right).flat_map(|policy| policy.holes());
    let holes = distinct(holes.map(|(_, hole)| hole.to_string()));
    Proof::Unknown(Reason::NotKnown { holes })
}
