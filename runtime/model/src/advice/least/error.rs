//! Why there is no smallest policy.

use alloc::vec::Vec;
use core::fmt;

use crate::prove::{Counterexample, Reason};
use crate::report::finding::ImportError;
use crate::request::RequestError;
use crate::request::owned::OwnedRequest;
use crate::terms::kind::TooLong;
use crate::text::hidden::Escaped;
use crate::text::shown::escaped_json;

/// Why there is no smallest policy for some requests.
///
/// ```
/// use ram_policy::{LeastPrivilege, LeastPrivilegeError, OwnedRequest};
///
/// let request = OwnedRequest::new("ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/i-*");
/// let error = LeastPrivilege::new().with_request(request).policy().unwrap_err();
/// assert!(matches!(error, LeastPrivilegeError::Requests { .. }));
/// assert_eq!(
///     error.to_string(),
///     r#"request 0: its resource would become a pattern that covers more: {"action":"ecs:StopInstance","resource":"acs:ecs:cn-hangzhou:1:instance/i-*"}"#,
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LeastPrivilegeError {
    /// There is no request.
    Nothing,
    /// Some requests cannot be taken.
    Requests {
        /// The first of them, at most 100.
        refused: Vec<Refused>,
        /// How many others there are.
        others: usize,
    },
    /// The checker refuses what the requests come to, as where a resource is none of its action.
    Refused(ImportError),
    /// The policy is longer than RAM takes; [`Checker::at_any_length`](crate::Checker::at_any_length)
    /// gives it all the same, to be split.
    TooLong(TooLong),
    /// The evaluator does not allow a request by the policy. That is a request that the denials
    /// of the existing policy do not let through, or a mistake of this library.
    NotConfirmed(OwnedRequest),
    /// The policy would allow this, and the existing one does not; a narrower breadth may do.
    NotWithin(Counterexample),
    /// Whether the policy is within the existing one could not be decided.
    NotProved(Reason),
}

/// A request that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its place among the requests, from 0.
    pub number: usize,
    /// The request.
    pub request: OwnedRequest,
    /// Why.
    pub why: Why,
}

/// Why a request cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// It cannot be asked.
    Request(RequestError),
    /// Its resource is `*`, or has a `*` or a `?`: in a policy these are wildcards, which cover more
    /// than what was asked for. A wider [`Breadth`](crate::Breadth) or
    /// [`LeastPrivilege::with_every_resource`](crate::LeastPrivilege::with_every_resource) takes it.
    Wildcard,
    /// An event names its resource, but not by an ARN, and no template for its type is known
    /// ([`OwnedRequest::called`]). [`LeastPrivilege::with_every_resource`](crate::LeastPrivilege::with_every_resource)
    /// does not make every resource of it, [`Breadth::Everything`](crate::Breadth::Everything) does.
    NoArn,
    /// The existing policy does not allow it.
    NotAllowed,
    /// Whether the existing policy allows it, or under which conditions, hangs on what is not known of
    /// that policy.
    NotKnown,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Wildcard => f.write_str("its resource would become a pattern that covers more"),
            Self::NoArn => f.write_str("the ARN of its resource is not known"),
            Self::NotAllowed => f.write_str("the existing policy does not allow it"),
            Self::NotKnown => f.write_str("it is not known whether the existing policy allows it"),
        }
    }
}

/// `request 3: ` and why, with the request.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "request {}: {}", self.number, self.why)?;
        if let (Why::NoArn, Some(called)) = (self.why, &self.request.called) {
            write!(f, ", which the event calls `{}`", Escaped(called))?;
        }
        write!(f, ": {}", escaped_json(&self.request.to_json()))
    }
}

/// One request a line.
impl fmt::Display for LeastPrivilegeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("there is no request"),
            Self::Requests { refused, others } => {
                for (place, one) in refused.iter().enumerate() {
                    let between = if place == 0 { "" } else { "\n" };
                    write!(f, "{between}{one}")?;
                }
                if *others > 0 {
                    write!(f, "\n{others} more requests cannot be taken")?;
                }
                Ok(())
            }
            Self::Refused(error) => error.fmt(f),
            Self::TooLong(error) => error.fmt(f),
            Self::NotConfirmed(request) => {
                write!(f, "the policy does not allow {}", escaped_json(&request.to_json()))
            }
            Self::NotWithin(request) => {
                write!(f, "the policy would allow what the existing one does not: {request}")
            }
            Self::NotProved(reason) => {
                write!(f, "whether the policy is within the existing one is not known: {reason}")
            }
        }
    }
}

impl core::error::Error for LeastPrivilegeError {}
