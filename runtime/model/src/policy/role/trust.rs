//! The trust policy of a role.

#[cfg(not(feature = "alloc"))]
mod compiled_form;
#[cfg(feature = "alloc")]
mod for_caller;
#[cfg(feature = "alloc")]
mod form;
#[cfg(feature = "alloc")]
mod text;

use core::fmt;

use crate::request::Request;
use crate::terms::caller::Caller;
use crate::terms::decision::Decision;
#[cfg(not(feature = "alloc"))]
use compiled_form::Form;
#[cfg(feature = "alloc")]
use form::Form;

/// The trust policy of a role: who may assume it.
///
/// It is no [`Policy`](crate::Policy): it has no resources, and asks who the caller is.
#[derive(Clone)]
pub struct TrustPolicy {
    form: Form,
}

/// A trust policy of the macro: its minified text, and code written for it alone.
#[derive(Clone, Copy)]
struct Compiled {
    text: &'static str,
    decide: DecideTrust,
}

/// Decides by one trust policy whether a caller may assume the role; the macro writes these.
type DecideTrust = fn(Caller<'_>, &Request<'_>) -> Decision;

impl TrustPolicy {
    /// Puts a trust policy of the macro together.
    #[doc(hidden)]
    #[must_use]
    pub const fn compiled(text: &'static str, decide: DecideTrust) -> Self {
        Self { form: Form::Compiled(Compiled { text, decide }) }
    }

    /// What a trust policy that does not compile stands for: nobody is trusted.
    #[doc(hidden)]
    #[must_use]
    pub const fn refused() -> Self {
        const fn nobody(_: Caller<'_>, _: &Request<'_>) -> Decision {
            Decision::ImplicitDeny
        }
        Self::compiled(r#"{"Version":"1","Statement":[]}"#, nobody)
    }

    /// The document on one line without blanks, where the program contains it: that of every policy
    /// of `trust_policy!`, also in a constant; `None` for a policy that is made at run time.
    ///
    /// ```
    /// use ram_policy::trust_policy;
    ///
    /// let trust = trust_policy! { allow sts::AssumeRole by service "ecs.aliyuncs.com"; };
    /// assert_eq!(trust.as_json().map(str::to_string), Some(trust.to_json()));
    /// ```
    #[must_use]
    pub const fn as_json(&self) -> Option<&'static str> {
        self.form.static_text()
    }

    /// Decides whether a caller may assume the role, by this policy alone; the request is for its
    /// condition values. The caller's own policies also have a say, see
    /// [`Authorizer`](crate::Authorizer).
    ///
    /// ```
    /// use ram_policy::{Caller, Request, trust_policy};
    ///
    /// let trust = trust_policy! { allow sts::AssumeRole by service "ecs.aliyuncs.com"; };
    /// let request = Request::new("sts:AssumeRole", "acs:ram::1234567890123456:role/web")?;
    /// let ecs = Caller::Service { principal: "ecs.aliyuncs.com" };
    /// assert!(trust.evaluate(ecs, &request).is_allow());
    /// # Ok::<(), ram_policy::RequestError>(())
    /// ```
    #[must_use]
    pub fn evaluate(&self, caller: Caller<'_>, request: &Request<'_>) -> Decision {
        self.form.evaluate(caller, request)
    }
}

/// Equal when they are the same document.
impl PartialEq for TrustPolicy {
    fn eq(&self, other: &Self) -> bool {
        self.form.text() == other.form.text()
    }
}

impl fmt::Debug for TrustPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TrustPolicy").field(&self.form.text()).finish()
    }
}
