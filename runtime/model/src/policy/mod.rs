//! A checked policy: its document, its text and its decisions. Imports the folders up to `prove`.

#[cfg(feature = "alloc")]
pub mod build;
#[cfg(not(feature = "alloc"))]
mod compiled_form;
#[doc(hidden)]
pub mod composed;
#[cfg(feature = "alloc")]
mod form;
#[cfg(feature = "alloc")]
mod from_json;
#[cfg(feature = "proofs")]
pub mod guardrail_names;
#[cfg(feature = "proofs")]
pub mod guardrails;
#[cfg(feature = "proofs")]
#[doc(hidden)]
pub mod in_constant;
#[cfg(feature = "alloc")]
pub mod length;
#[cfg(feature = "alloc")]
mod locate;
#[cfg(feature = "alloc")]
pub mod narrowing;
#[cfg(feature = "alloc")]
pub mod open;
#[cfg(feature = "proofs")]
mod open_proofs;
#[cfg(feature = "alloc")]
mod partial;
#[cfg(feature = "alloc")]
pub mod policy_set;
#[cfg(feature = "proofs")]
mod questions;
#[cfg(feature = "alloc")]
pub mod reader;
pub mod resource;
#[cfg(feature = "proofs")]
pub(crate) mod rewriting;
pub mod role;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "alloc")]
pub mod template;
#[cfg(feature = "alloc")]
mod text;

use core::fmt;

use crate::catalogue::ActionId;
use crate::decide::grants;
use crate::request::Request;
use crate::terms::decision::Decision;
#[cfg(not(feature = "alloc"))]
use compiled_form::Form;
#[cfg(feature = "alloc")]
use form::Form;

/// A checked identity policy.
///
/// `policy!` makes one at compile time, [`PolicyTemplate::bind`](crate::PolicyTemplate::bind) makes one
/// from a template.
///
/// Two policies are equal when they are the same document: the same elements, values and shapes
/// in the same order.
///
/// ```
/// use ram_policy::{Policy, policy};
///
/// const VIEW: Policy = policy! { allow ecs::Describe* on *; };
/// assert_eq!(
///     VIEW.to_json(),
///     r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}"#,
/// );
/// ```
#[derive(Clone)]
pub struct Policy {
    form: Form,
}

/// A policy of the macro: its minified text, and code written for it alone.
#[derive(Clone, Copy)]
struct Compiled {
    text: &'static str,
    decide: Decide,
    grants: &'static [u8],
    /// The runs of numbers of the actions that a statement denies everywhere.
    denied: &'static [u8],
}

/// Decides a request by one policy; the macro writes these.
type Decide = fn(&Request<'_>) -> Decision;

impl Policy {
    /// Puts a policy of the macro together.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled(text: &'static str, decide: Decide, grants: &'static [u8]) -> Self {
        Self { form: Form::Compiled(Compiled { text, decide, grants, denied: &[] }) }
    }

    /// As [`Policy::compiled`], where a statement denies actions everywhere.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled_with_denials(
        text: &'static str,
        decide: Decide,
        grants: &'static [u8],
        denied: &'static [u8],
    ) -> Self {
        Self { form: Form::Compiled(Compiled { text, decide, grants, denied }) }
    }

    /// What a policy that does not compile stands for: no statement, so it allows nothing.
    #[doc(hidden)]
    #[must_use]
    pub const fn refused() -> Self {
        const fn nothing(_: &Request<'_>) -> Decision {
            Decision::ImplicitDeny
        }
        Self::compiled(r#"{"Version":"1","Statement":[]}"#, nothing, &[])
    }

    /// The document on one line without blanks, where the program contains it: that of every policy
    /// of `policy!`, also in a constant; `None` for a policy that is made at run time, which
    /// `to_json` writes.
    ///
    /// ```
    /// use ram_policy::{Policy, policy};
    ///
    /// // By reference: with `alloc` a policy may own its document, and a constant drops nothing.
    /// const NOBODY: &Policy = &policy! { deny ram::* on *; };
    /// const TEXT: Option<&str> = NOBODY.as_json();
    /// assert_eq!(
    ///     TEXT,
    ///     Some(r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"ram:*","Resource":"*"}]}"#),
    /// );
    /// assert_eq!(Policy::from_json(NOBODY.to_json())?.as_json(), None);
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    #[must_use]
    pub const fn as_json(&self) -> Option<&'static str> {
        self.form.static_text()
    }

    /// Decides a request as RAM would by this policy alone; nothing is allocated.
    ///
    /// A statement matches when its action, its resource and all its conditions do. A matching
    /// `Deny` decides, then a matching `Allow`, else the request is denied implicitly (RAM: How RAM
    /// evaluates policies). A condition on a key the request does not have is false under a
    /// positive operator and true under a negated one. A value that does not have the form its
    /// operator asks for makes an `Allow` not match and a `Deny` match, unless another value or
    /// another part of the statement settles it.
    ///
    /// ```
    /// use ram_policy::{Decision, Request, policy};
    ///
    /// let policy = policy! {
    ///     allow ecs::* on *;
    ///     deny ecs::DeleteInstance on *;
    /// };
    /// let request = Request::new("ecs:DeleteInstance", "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1")?;
    /// assert_eq!(policy.evaluate(&request), Decision::ExplicitDeny { statement: 1 });
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn evaluate(&self, request: &Request<'_>) -> Decision {
        self.form.evaluate(request)
    }

    /// Whether a statement allows the action, on some resource and under some conditions, and no
    /// statement denies it everywhere; also in a constant. `assert_grants!` asks it for code that is
    /// about to make a call.
    ///
    /// ```
    /// use ram_policy::{Ecs, policy};
    ///
    /// let policy = policy! { allow ecs::Stop* on "acs:ecs:*:*:instance/i-1"; deny ecs::StopInstances on *; };
    /// assert!(policy.grants(Ecs::StopInstance.id()));
    /// assert!(!policy.grants(Ecs::StopInstances.id()));
    /// assert!(!policy.grants(Ecs::StartInstance.id()));
    /// ```
    #[must_use]
    pub const fn grants(&self, action: ActionId) -> bool {
        grants::has(self.form.grants(), action.number())
    }

    /// As [`Policy::evaluate`], by several policies of one caller, which RAM merges: a `Deny` of any
    /// decides, else an `Allow` of any. Gives the policy that decided by its place among them.
    ///
    /// ```
    /// use ram_policy::{Decision, Policy, Request, policy};
    ///
    /// let operators = policy! { allow ecs::* on *; };
    /// let nobody_deletes = policy! { deny ecs::DeleteInstance on *; };
    /// let request = Request::new("ecs:DeleteInstance", "*")?;
    /// assert_eq!(
    ///     Policy::evaluate_together([&operators, &nobody_deletes], &request),
    ///     (Some(1), Decision::ExplicitDeny { statement: 0 }),
    /// );
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn evaluate_together<'p>(
        policies: impl IntoIterator<Item = &'p Self>,
        request: &Request<'_>,
    ) -> (Option<usize>, Decision) {
        let mut allowed = (None, Decision::ImplicitDeny);
        for (index, policy) in policies.into_iter().enumerate() {
            match policy.evaluate(request) {
                denied @ Decision::ExplicitDeny { .. } => return (Some(index), denied),
                found @ Decision::Allow { .. } => {
                    if allowed.0.is_none() {
                        allowed = (Some(index), found);
                    }
                }
                Decision::ImplicitDeny => {}
            }
        }
        allowed
    }
}

impl PartialEq for Policy {
    fn eq(&self, other: &Self) -> bool {
        // The text says everything: order, shape and spelling.
        self.form.text() == other.form.text()
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Policy").field(&self.form.text()).finish()
    }
}
