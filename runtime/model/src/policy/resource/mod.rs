//! A policy that is kept with a resource and says who may use it.

#[cfg(not(feature = "alloc"))]
mod compiled_form;
#[cfg(feature = "alloc")]
mod for_caller;
#[cfg(feature = "alloc")]
mod form;
#[cfg(feature = "alloc")]
mod open;
#[cfg(feature = "alloc")]
mod text;

use core::fmt;

use crate::request::Request;
use crate::terms::caller::Asker;
use crate::terms::decision::Decision;
use crate::terms::kind::ResourceKind;
#[cfg(not(feature = "alloc"))]
use compiled_form::Form;
#[cfg(feature = "alloc")]
use form::Form;
#[cfg(feature = "alloc")]
pub use open::OpenResourcePolicy;

/// A policy that is kept with a resource: with a bucket or an access point of OSS, an endpoint of a VPC,
/// a key or a secret of KMS, a project of Simple Log Service, or an instance of Tablestore.
///
/// It is no [`Policy`](crate::Policy): it says who may do something, and what it allows is given,
/// taken away or only left of what others give, as its [kind](ResourceKind) has it.
/// [`Authorizer`](crate::Authorizer) puts it together with the others.
///
/// ```
/// use ram_policy::{Asker, Caller, Request, ResourceKind, ResourcePolicy};
///
/// let bucket = ResourcePolicy::from_json(
///     ResourceKind::Bucket,
///     r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:GetObject"],"Principal":["200000000000000001"],"Resource":["acs:oss:*:1234567890123456:photos/*"]}]}"#,
/// )?;
/// let photo = Request::new("oss:GetObject", "acs:oss:*:1234567890123456:photos/a.jpg")?;
/// let alice = Caller::User { account: "6543210987654321", name: "alice" };
/// let known = Asker::from(alice).with_user_id("200000000000000001");
/// assert!(bucket.evaluate(known, "1234567890123456", &photo).is_allow());
/// assert!(!bucket.evaluate(alice, "1234567890123456", &photo).is_allow());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct ResourcePolicy {
    kind: ResourceKind,
    form: Form,
}

/// A policy of the macro: its minified text, and code written for it alone.
#[derive(Clone, Copy)]
struct Compiled {
    text: &'static str,
    decide: DecideKept,
}

/// Decides by one policy whether somebody may do something, who is of the account that owns the resource
/// or of another; the macro writes these.
type DecideKept = fn(Asker<'_>, bool, &Request<'_>) -> Decision;

impl ResourcePolicy {
    /// Puts a policy of the macro together.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled(kind: ResourceKind, text: &'static str, decide: DecideKept) -> Self {
        Self { kind, form: Form::Compiled(Compiled { text, decide }) }
    }

    /// What a policy that does not compile stands for: nobody may do anything.
    #[doc(hidden)]
    #[must_use]
    pub const fn refused(kind: ResourceKind) -> Self {
        const fn nothing(_: Asker<'_>, _: bool, _: &Request<'_>) -> Decision {
            Decision::ImplicitDeny
        }
        Self::compiled(kind, r#"{"Version":"1","Statement":[]}"#, nothing)
    }

    /// What it is kept with.
    #[must_use]
    pub const fn kind(&self) -> ResourceKind {
        self.kind
    }

    /// The document on one line without blanks, where the program contains it: that of every policy of
    /// a macro, also in a constant; `None` for a policy that is made at run time.
    #[must_use]
    pub const fn as_json(&self) -> Option<&'static str> {
        self.form.static_text()
    }

    /// Decides a request by this policy alone; nothing is allocated. `owner` is the number of the account
    /// that owns the resource.
    ///
    /// What a principal means that no document explains is not known: it is denied and not allowed.
    #[must_use]
    pub fn evaluate<'a>(
        &self,
        asker: impl Into<Asker<'a>>,
        owner: &str,
        request: &Request<'_>,
    ) -> Decision {
        let asker = asker.into();
        self.evaluate_as(asker, asker.caller().account() == Some(owner), request)
    }

    /// As [`ResourcePolicy::evaluate`], where it is known whether the account of who asks owns the
    /// resource.
    pub(crate) fn evaluate_as(
        &self,
        asker: Asker<'_>,
        owns: bool,
        request: &Request<'_>,
    ) -> Decision {
        self.form.evaluate(self.kind, asker, owns, request)
    }
}

/// Equal when they are the same document of the same kind.
impl PartialEq for ResourcePolicy {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.form.text() == other.form.text()
    }
}

impl fmt::Debug for ResourcePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ResourcePolicy").field(&self.kind).field(&self.form.text()).finish()
    }
}
