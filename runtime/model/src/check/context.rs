//! What the checks of a policy have in common; each file adds the check of its subject.

use alloc::string::String;

use super::action::Finder;
use crate::catalogue::additions::{Additions, Catalogue};
use crate::report::diagnostic::Report;
use crate::source::syntax::Policy;
use crate::terms::kind::PolicyKind;

/// A policy that is checked, what it is checked by, and what was found.
pub struct Check<'a, L> {
    pub(super) policy: &'a Policy<L>,
    pub(super) kind: PolicyKind,
    pub(super) catalogue: Catalogue<'a>,
    /// Actions that somebody vouches for outside the policy.
    pub(super) vouched: &'a [String],
    /// Finds what patterns cover, for all statements.
    pub(super) finder: Finder,
    pub(super) report: Report<L>,
}

impl<'a, L> Check<'a, L> {
    /// A policy to be checked as one of a kind; `report` has what reading it has found.
    #[must_use]
    pub fn new(
        policy: &'a Policy<L>,
        kind: PolicyKind,
        additions: &'a Additions,
        report: Report<L>,
    ) -> Self {
        let finder = Finder::of(policy);
        Self { policy, kind, catalogue: additions.catalogue(), vouched: &[], finder, report }
    }

    /// Takes these actions, which somebody vouches for outside the policy.
    #[must_use]
    pub fn vouching_for(self, vouched: &'a [String]) -> Self {
        Self { vouched, ..self }
    }

    /// The same of another policy, such as a part of this one, of which nothing has been found.
    pub(super) fn of<'p>(&self, policy: &'p Policy<L>) -> Check<'p, L>
    where
        'a: 'p,
    {
        Check { policy, finder: Finder::of(policy), report: Report::default(), ..*self }
    }

    /// The same check, of which nothing has been found.
    pub(super) fn again(&self) -> Self {
        Self { finder: self.finder.clone(), report: Report::default(), ..*self }
    }
}
