//! Policies and requests that are known in part.

use alloc::borrow::Cow;

use super::Policy;
use crate::decide::partial::{PartialDecision, PartialRequest, decide};
use crate::decide::residual::Residual;
use crate::document::Document;
use crate::document::bounds::Bounds;
use crate::terms::layout::Layout;

impl Policy {
    /// Decides a request that is known in part: the decision, where it is the same whatever the
    /// unknown parts are, else what it hangs on.
    ///
    /// ```
    /// use ram_policy::{Decision, PartialRequest, Request, policy};
    ///
    /// let policy = policy! {
    ///     allow ecs::* on * when acs::MFAPresent == true;
    /// };
    /// let ask = |action| PartialRequest::of(Request::new(action, "*")?).unknown("acs:MFAPresent");
    /// let others = policy.evaluate_partial(&ask("ram:GetUser")?);
    /// assert_eq!(others.decision(), Some(Decision::ImplicitDeny));
    /// let stops = policy.evaluate_partial(&ask("ecs:StopInstance")?);
    /// assert_eq!(stops.to_string(), "allowed if `acs:MFAPresent` is true");
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn evaluate_partial(&self, request: &PartialRequest<'_>) -> PartialDecision {
        decide(&Bounds::exact(self.document().into_owned()), request)
    }
}

impl Residual {
    /// What is left of the policy for requests that agree with what is known of this one; `None`
    /// where the policy itself is known in part.
    ///
    /// ```
    /// use ram_policy::{Oss, PartialRequest, policy};
    ///
    /// let policy = policy! { allow oss::* on "acs:oss:*:*:photos/*"; allow ecs::* on *; };
    /// let decision = policy.evaluate_partial(&PartialRequest::any_resource(Oss::GetObject)?);
    /// let left = decision.residual().and_then(|residual| residual.policy());
    /// assert_eq!(left, Some(policy! { allow oss::GetObject on "acs:oss:*:*:photos/*"; }));
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn policy(&self) -> Option<Policy> {
        let statements = Cow::Owned(self.statements()?);
        Some(Policy::from_document(Document { layout: Layout::VersionFirst, statements }))
    }
}
