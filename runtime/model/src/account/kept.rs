//! The policies that are kept with the resource of a request, made ready for one caller.

use crate::document::Statement;
use crate::policy::Policy;
use crate::policy::open::OpenPolicy;
use crate::policy::resource::OpenResourcePolicy;
use crate::terms::arn::Arn;
use crate::terms::caller::Asker;
use crate::terms::effect::Effect;

/// A policy of a resource with what it says about the caller.
#[derive(Debug, Clone)]
pub(super) struct Kept<'p> {
    pub(super) policy: OpenResourcePolicy,
    /// What it is asked about, where that is not the resource of the request.
    pub(super) resource: Option<Arn<'p>>,
    /// What it says where the caller's account owns the resource.
    own: OpenPolicy,
    /// What it says where another account does.
    other: OpenPolicy,
    /// Whether it allows anything to anybody.
    pub(super) allows_any: bool,
}

impl<'p> Kept<'p> {
    pub(super) fn new(
        policy: OpenResourcePolicy,
        resource: Option<Arn<'p>>,
        asker: Asker<'_>,
    ) -> Self {
        let (own, other) = (policy.as_said_of(asker, true), policy.as_said_of(asker, false));
        let allows_any = policy.may_allow();
        Self { policy, resource, own, other, allows_any }
    }

    /// The same for another caller.
    pub(super) fn asked_by(self, asker: Asker<'_>) -> Self {
        Self::new(self.policy, self.resource, asker)
    }

    /// What it says about the caller, by whether the caller's account owns the resource.
    pub(super) const fn said(&self, owns: bool) -> &OpenPolicy {
        if owns { &self.own } else { &self.other }
    }

    /// What is known of a policy that was made of this one.
    pub(super) fn open_of(&self, least: &Policy) -> Option<&OpenPolicy> {
        [&self.own, &self.other].into_iter().find(|said| core::ptr::eq(said.least(), least))
    }
}

impl OpenResourcePolicy {
    /// Whether it may have a statement that allows something.
    #[doc(hidden)]
    #[must_use]
    pub fn may_allow(&self) -> bool {
        let of = |statement: &Statement| statement.effect == Effect::Allow;
        self.bounds().most.statements.iter().any(of)
    }
}
