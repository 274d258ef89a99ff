//! Which statements of a policy have decided something: coverage for test suites.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::fmt;
use core::sync::atomic::{AtomicUsize, Ordering};

use crate::document::{self, Document, Indent, Statement};
use crate::policy::Policy;
use crate::request::Request;
use crate::terms::decision::Decision;
use crate::terms::effect::Effect;
use crate::terms::layout::Layout;
use crate::text::shown::escaped_json;

/// Counts which statements of a policy decide the requests of a test suite.
///
/// It can be shared between threads, for example in a `static` with `LazyLock`. A statement decides a
/// request when it is the one that [`Decision`] names: the first that denies it, else the first that
/// allows it. Targets without atomic counters do not have it.
///
/// ```
/// use ram_policy::{Coverage, Policy, Request, policy};
///
/// const OPERATORS: Policy = policy! {
///     allow ecs::{StartInstance, StopInstance} on *;
///     deny ecs::StopInstance on "acs:ecs:*:*:instance/i-database";
/// };
/// let coverage = Coverage::of(&OPERATORS);
/// let stop = Request::new("ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-1")?;
/// assert!(coverage.evaluate(&stop).is_allow());
/// // No test has asked for what the second statement is about:
/// assert_eq!(coverage.undecided(), [1]);
/// println!("{coverage}");
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
#[derive(Debug)]
pub struct Coverage {
    policy: Policy,
    decided: Vec<AtomicUsize>,
    undecided: AtomicUsize,
}

impl Coverage {
    /// Of a copy of the policy; no request has been asked yet.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let statements = policy.document().statements.len();
        let decided = (0..statements).map(|_| AtomicUsize::new(0)).collect();
        Self { policy: policy.clone(), decided, undecided: AtomicUsize::new(0) }
    }

    /// As [`Policy::evaluate`], and counts what has decided.
    pub fn evaluate(&self, request: &Request<'_>) -> Decision {
        let decision = self.policy.evaluate(request);
        let count = decision.statement().and_then(|statement| self.decided.get(statement));
        count.unwrap_or(&self.undecided).fetch_add(1, Ordering::Relaxed);
        decision
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// How many requests were asked.
    #[must_use]
    pub fn requests(&self) -> usize {
        let all = self.decided.iter().chain([&self.undecided]);
        all.map(|count| count.load(Ordering::Relaxed)).sum()
    }

    /// How many requests each statement has decided, in the order of the document.
    ///
    /// ```
    /// use ram_policy::{Coverage, Request, policy};
    ///
    /// let policy = policy! { allow ecs::Describe* on *; deny ecs::DescribeUserData on *; };
    /// let coverage = Coverage::of(&policy);
    /// for action in ["ecs:DescribeDisks", "ecs:DescribeImages", "ecs:StopInstance"] {
    ///     coverage.evaluate(&Request::new(action, "*")?);
    /// }
    /// assert_eq!(coverage.counts(), [2, 0]);
    /// assert_eq!(coverage.requests(), 3);
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        self.decided.iter().map(|count| count.load(Ordering::Relaxed)).collect()
    }

    /// The statements that have decided no request, from 0.
    #[must_use]
    pub fn undecided(&self) -> Vec<usize> {
        let counts = self.counts().into_iter().enumerate();
        counts.filter(|(_, count)| *count == 0).map(|(statement, _)| statement).collect()
    }

    /// The statements that have decided requests, and all denials; `None` where that leaves no
    /// statement. It decides the requests that were asked as the policy does, and allows nothing
    /// that the policy does not.
    ///
    /// ```
    /// use ram_policy::{Coverage, Request, policy};
    ///
    /// let policy = policy! { allow ecs::Describe* on *; allow oss::* on *; deny ram::* on *; };
    /// let coverage = Coverage::of(&policy);
    /// coverage.evaluate(&Request::new("ecs:DescribeDisks", "*")?);
    /// let exercised = policy! { allow ecs::Describe* on *; deny ram::* on *; };
    /// assert_eq!(coverage.exercised(), Some(exercised));
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn exercised(&self) -> Option<Policy> {
        let document = self.policy.document();
        let statements = document.statements.iter().zip(self.counts());
        let kept: Vec<Statement> = statements
            .filter(|(statement, count)| *count > 0 || statement.effect == Effect::Deny)
            .map(|(statement, _)| statement.clone())
            .collect();
        let layout = document.layout;
        let of = |statements| Policy::from_document(Document { layout, statements });
        (!kept.is_empty()).then(|| of(Cow::Owned(kept)))
    }
}

/// How many statements have decided, and those that have not.
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, undecided) = (self.decided.len(), self.undecided());
        let requests = self.requests();
        let of = if requests == 1 { "request" } else { "requests" };
        write!(f, "{} of {all} statements decided, {requests} {of}", all - undecided.len())?;
        let document = self.policy.document();
        for number in undecided {
            if let Some(statement) = document.statements.get(number) {
                let written = escaped_json(&written(statement));
                write!(f, "\nstatement {number} decided none: {written}")?;
            }
        }
        Ok(())
    }
}

/// A statement on one line.
pub(crate) fn written(statement: &Statement) -> alloc::string::String {
    let statements = Cow::Owned(Vec::from([statement.clone()]));
    document::write(&Document { layout: Layout::StatementsOnly, statements }, Indent::Minified)
}
