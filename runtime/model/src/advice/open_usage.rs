//! What requests use of a policy of which something is not known.

use alloc::borrow::Cow;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::usage::{TightenError, Unused, Used, tightened, unused_actions, unused_resources};
use crate::decide::partial::{PartialDecision, PartialRequest, decide_with};
use crate::document::{Document, Statement};
use crate::policy::Policy;
use crate::policy::open::OpenPolicy;
use crate::policy::rewriting::Source;
use crate::prove::{Proof, Reason};
use crate::request::Request;
use crate::terms::effect::Effect;
use crate::terms::layout::Layout;

/// What requests have used of a policy of which something is not known; see
/// [`Usage`](crate::Usage) and [`Coverage`](crate::Coverage).
///
/// A part was used, was not used, or it is not known whether it was: the statement that decides a
/// request may be another one, depending on what is not known.
///
/// ```
/// use ram_policy::{OpenPolicy, OpenUsage, Request, policy};
///
/// let open = OpenPolicy::from(policy! {
///     <bucket>
///     allow oss::GetObject on "acs:oss:*:*:{bucket}/*";
///     allow oss::* on "acs:oss:*:*:photos/*";
///     allow ecs::StopInstance on *;
/// });
/// let mut usage = OpenUsage::of(&open);
/// usage.ask(&Request::new("oss:GetObject", "acs:oss:*:1234567890123456:photos/a")?);
/// usage.ask(&Request::new("oss:PutObject", "acs:oss:*:1234567890123456:photos/a")?);
/// // The first statement may have decided the first request, the second has decided the other.
/// assert_eq!(usage.counts(), [(0, 1), (1, 2), (0, 0)]);
/// assert_eq!(usage.not_known(), [0]);
/// assert_eq!(usage.undecided(), [2]);
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct OpenUsage<'p> {
    policy: &'p OpenPolicy,
    statements: Vec<Bounded>,
    requests: usize,
    refused: usize,
    undetermined: usize,
}

/// What was used of a statement.
#[derive(Debug, Clone, Default)]
struct Bounded {
    /// By requests that it decides whatever is not known.
    certainly: Used,
    /// By requests that it may decide.
    possibly: Used,
}

impl<'p> OpenUsage<'p> {
    /// Nothing has been asked yet.
    #[must_use]
    pub fn of(policy: &'p OpenPolicy) -> Self {
        let count = policy.bounds().least.statements.len();
        let statements = (0..count).map(|_| Bounded::default()).collect();
        Self { policy, statements, requests: 0, refused: 0, undetermined: 0 }
    }

    /// As [`OpenPolicy::evaluate`], and keeps which statements have decided, or may have.
    pub fn ask(&mut self, request: &Request<'_>) -> PartialDecision {
        let bounds = self.policy.bounds();
        let (decision, deciders) = decide_with(bounds, &PartialRequest::of(request.clone()));
        self.requests += 1;
        match decision.decision() {
            Some(decision) => self.refused += usize::from(!decision.is_allow()),
            None if decision.residual().is_some_and(|residual| !residual.may_be_allowed()) => {
                self.refused += 1;
            }
            None => self.undetermined += 1,
        }
        for number in &deciders.possible {
            let (Some(used), Some(statement)) =
                (self.statements.get_mut(*number), bounds.least.statements.get(*number))
            else {
                continue;
            };
            used.possibly.take(statement, request);
            if deciders.is_certain {
                used.certainly.take(statement, request);
            }
        }
        decision
    }

    /// How many requests were asked.
    #[must_use]
    pub const fn requests(&self) -> usize {
        self.requests
    }

    /// How many of them the policy does not allow, whatever is not known.
    #[must_use]
    pub const fn refused(&self) -> usize {
        self.refused
    }

    /// Of how many of them it is not known whether the policy allows them.
    #[must_use]
    pub const fn undetermined(&self) -> usize {
        self.undetermined
    }

    /// How many requests each statement has decided: at least, and at most.
    #[must_use]
    pub fn counts(&self) -> Vec<(usize, usize)> {
        let counts = self.statements.iter();
        counts.map(|used| (used.certainly.decided, used.possibly.decided)).collect()
    }

    /// The statements that have decided no request, whatever is not known, from 0.
    #[must_use]
    pub fn undecided(&self) -> Vec<usize> {
        self.statements_with(|(_, most)| most == 0)
    }

    /// The statements of which it is not known whether they have decided a request, from 0.
    #[must_use]
    pub fn not_known(&self) -> Vec<usize> {
        self.statements_with(|(least, most)| least == 0 && most > 0)
    }

    fn statements_with(&self, is_wanted: impl Fn((usize, usize)) -> bool) -> Vec<usize> {
        let counts = self.counts().into_iter().enumerate();
        counts.filter(|(_, counts)| is_wanted(*counts)).map(|(number, _)| number).collect()
    }

    /// What was never used, whatever is not known; see [`Usage::unused`](crate::Usage::unused). Of a
    /// statement of which something is not known, only the statement as a whole is looked at.
    #[must_use]
    pub fn unused(&self) -> Vec<Unused> {
        self.unused_by(|used| &used.possibly)
    }

    /// What may never have been used: it hangs on what is not known.
    #[must_use]
    pub fn perhaps_unused(&self) -> Vec<Unused> {
        let never = self.unused();
        let mut perhaps = self.unused_by(|used| &used.certainly);
        perhaps.retain(|unused| !never.contains(unused));
        perhaps
    }

    fn unused_by(&self, of: impl Fn(&Bounded) -> &Used) -> Vec<Unused> {
        let mut unused = Vec::new();
        for (number, statement, bounded) in self.all() {
            let used = of(bounded);
            if used.decided == 0 {
                unused.push(Unused::Statement { statement: number });
            } else if statement.effect == Effect::Allow && self.is_known(number) {
                unused_resources(number, statement, used, &mut unused);
                unused_actions(number, statement, used, &mut unused);
            }
        }
        unused
    }

    /// The policy without what was never used, whatever is not known; see
    /// [`Usage::tightened`](crate::Usage::tightened). Statements of which something is not known stay
    /// as they are, unless they have allowed nothing.
    ///
    /// It is proved to be within the policy, whatever is not known, and it allows each request that was
    /// asked and is allowed.
    ///
    /// ```
    /// use ram_policy::{OpenPolicy, OpenUsage, Request, policy};
    ///
    /// let open = OpenPolicy::from(policy! {
    ///     <bucket>
    ///     allow oss::GetObject on "acs:oss:*:*:{bucket}/*";
    ///     allow ecs::* on *;
    /// });
    /// let mut usage = OpenUsage::of(&open);
    /// usage.ask(&Request::new("ecs:StopInstance", "*")?);
    /// let tightened = usage.tightened().expect("it is within the policy");
    /// assert_eq!(tightened.as_policy(), Some(&policy! { allow ecs::StopInstance on *; }));
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The policy has allowed no request, or it cannot be proved that the result is within it.
    pub fn tightened(&self) -> Result<OpenPolicy, TightenError> {
        let mut sources = Vec::new();
        let (mut known, mut kept) = (Vec::new(), Vec::new());
        let mut has_allowed = false;
        for (number, statement, bounded) in self.all() {
            if !self.is_known(number) {
                let may_allow = self.policy.bounds().most.statements.get(number);
                let may_allow = may_allow.is_some_and(|most| most.effect == Effect::Allow);
                let may_deny = statement.effect == Effect::Deny;
                if may_deny || bounded.possibly.decided > 0 {
                    has_allowed |= may_allow && bounded.possibly.decided > 0;
                    sources.push(Source::Of(number));
                }
                continue;
            }
            known.push(statement.clone());
            let left = match statement.effect {
                Effect::Deny => statement.clone(),
                Effect::Allow if bounded.possibly.decided > 0 => {
                    has_allowed = true;
                    tightened(statement, &bounded.possibly)
                }
                Effect::Allow => continue,
            };
            kept.push(left.clone());
            sources.push(Source::Is(left));
        }
        if !has_allowed {
            return Err(TightenError::NothingUsed);
        }
        // What the known statements allow is within what they allowed before, and no denial has gone:
        // so it is with the others beside them.
        let policy = |statements| {
            let statements = Cow::Owned(statements);
            Policy::from_document(Document { layout: Layout::VersionFirst, statements })
        };
        match policy(kept).within(&policy(known)) {
            Proof::Yes => Ok(self.policy.made_of(sources.into_iter()).simplified()),
            Proof::Unknown(reason) => Err(TightenError::NotProved(reason)),
            Proof::No(request) => Err(TightenError::NotProved(Reason::NotConfirmed(request))),
        }
    }

    /// The statements, as they are written where they are known.
    fn all(&self) -> impl Iterator<Item = (usize, &Statement, &Bounded)> {
        let bounds = self.policy.bounds();
        let written = self.policy.written().unwrap_or(&bounds.least);
        let numbered = bounds.least.statements.iter().enumerate().zip(&self.statements);
        numbered.map(|((number, least), used)| {
            let known = written.statements.get(number).filter(|_| self.is_known(number));
            (number, known.unwrap_or(least), used)
        })
    }

    fn is_known(&self, statement: usize) -> bool {
        self.policy.bounds().holes_in(statement).next().is_none()
    }

    /// What is not known of a statement.
    #[must_use]
    pub fn holes_in(&self, statement: usize) -> Vec<alloc::string::String> {
        self.policy.bounds().holes_in(statement).map(ToString::to_string).collect()
    }
}
