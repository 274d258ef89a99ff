//! What a trust policy says about one caller, in the words of an identity policy.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::TrustPolicy;
use crate::decide::evaluate::{Truth, assumes, trusts};
use crate::document::{Document, Element, Statement, Values};
use crate::policy::Policy;
use crate::terms::caller::Caller;
use crate::terms::effect::Effect;
use crate::terms::layout::{Layout, Shape};
use crate::terms::pattern::{ActionPattern, ResourcePattern};

impl TrustPolicy {
    /// What this trust policy says about one caller, as a policy about assuming the role with this ARN:
    /// it allows the requests for which the trust policy trusts the caller. So a proof can ask for both
    /// sides at once.
    ///
    /// The action is that by which such a caller asks: `sts:AssumeRole`, or
    /// `sts:AssumeRoleWithSAML` or `sts:AssumeRoleWithOIDC` for an identity provider.
    ///
    /// ```
    /// use ram_policy::{Caller, Prover, policy, trust_policy};
    ///
    /// let trust = trust_policy! {
    ///     allow sts::AssumeRole by ram "acs:ram::1234567890123456:root" when acs::MFAPresent == true;
    /// };
    /// let alice = Caller::User { account: "1234567890123456", name: "alice" };
    /// let role = "acs:ram:*:1234567890123456:role/ops";
    /// let trusted = trust.for_caller(alice, role);
    /// assert!(trusted.to_json().contains(r#""Resource":"acs:ram:*:1234567890123456:role/ops""#));
    /// let own = policy! { allow sts::AssumeRole on *; };
    /// let found = Prover::new().common_request([&own], [&trusted])?.expect("with a second factor");
    /// assert_eq!(found.as_request().context[0].0, "acs:MFAPresent");
    /// let bob = Caller::User { account: "6543210987654321", name: "bob" };
    /// assert_eq!(Prover::new().common_request([&own], [&trust.for_caller(bob, role)])?, None);
    /// # Ok::<(), ram_policy::prove::Reason>(())
    /// ```
    #[must_use]
    pub fn for_caller(&self, caller: Caller<'_>, role: &str) -> Policy {
        let action = match caller {
            Caller::Federated { provider } if provider.contains(":saml-provider/") => {
                "sts:AssumeRoleWithSAML"
            }
            Caller::Federated { .. } => "sts:AssumeRoleWithOIDC",
            Caller::Root { .. }
            | Caller::User { .. }
            | Caller::Role { .. }
            | Caller::Service { .. }
            | Caller::Anonymous => "sts:AssumeRole",
        };
        let document = self.document();
        let statements = document
            .statements
            .iter()
            .filter_map(|statement| about(statement, caller, action, role))
            .collect::<Vec<_>>();
        let statements = Cow::Owned(statements);
        Policy::from_document(Document { layout: Layout::VersionFirst, statements })
    }
}

/// What is not known denies and does not allow, as where one request is decided.
fn about(statement: &Statement, caller: Caller<'_>, action: &str, role: &str) -> Option<Statement> {
    let trusted = statement.principals().any(|group| trusts(statement, group, caller));
    let is_known = match assumes(statement) {
        Truth::Yes => statement.resources().next().is_none(),
        Truth::No => return None,
        Truth::Unknown => false,
    };
    let counts = is_known || statement.effect == Effect::Deny;
    if !trusted || !counts {
        return None;
    }
    let mut elements = Vec::from([
        Element::Effect,
        Element::Action(one(ActionPattern::new(Cow::Owned(String::from(action))))),
        Element::Resource(one(ResourcePattern::new(Cow::Owned(String::from(role))))),
    ]);
    elements.extend(statement.elements.iter().filter_map(|element| match element {
        Element::Condition(conditions) => Some(Element::Condition(conditions.clone())),
        Element::Effect
        | Element::Action(_)
        | Element::NotAction(_)
        | Element::Resource(_)
        | Element::Principal(_)
        | Element::Sid(_) => None,
    }));
    Some(Statement { effect: statement.effect, elements: Cow::Owned(elements) })
}

fn one<T: Clone>(value: T) -> Values<T> {
    Values { shape: Shape::One, items: Cow::Owned(Vec::from([value])) }
}
