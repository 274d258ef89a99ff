//! Answers: a proof, a counterexample, or why there is neither.

use alloc::string::String;
use alloc::{format, vec::Vec};
use core::fmt;

use crate::catalogue::condition_key::{self, Verdict};
use crate::request::owned::OwnedRequest;
use crate::request::{Request, RequestAction, RequestError};
use crate::text::shown::{escaped, escaped_json};

/// Whether something holds for every request.
///
/// ```
/// use ram_policy::{Proof, policy};
///
/// let old = policy! { allow ecs::Describe* on *; };
/// let new = policy! { allow ecs::Describe*, ecs::StopInstance on *; };
/// assert_eq!(old.within(&new), Proof::Yes);
/// let Proof::No(request) = new.within(&old) else { panic!() };
/// assert_eq!(request.as_request().action, "ecs:StopInstance");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// It does, for every request.
    Yes,
    /// It does not; this request shows it, and the evaluator has confirmed that it does.
    No(Counterexample),
    /// It could not be decided.
    Unknown(Reason),
}

impl Proof {
    /// Whether it is proved.
    ///
    /// ```
    /// let policy = ram_policy::policy! { allow ecs::Describe* on *; };
    /// assert!(policy.within(&policy).is_yes());
    /// ```
    #[must_use]
    pub const fn is_yes(&self) -> bool {
        matches!(self, Self::Yes)
    }

    /// The request that shows that it does not hold.
    ///
    /// ```
    /// let all = ram_policy::policy! { allow ecs::* on *; };
    /// let none = ram_policy::policy! { deny ecs::* on *; };
    /// assert!(all.within(&none).counterexample().is_some());
    /// assert!(none.within(&all).counterexample().is_none());
    /// ```
    #[must_use]
    pub const fn counterexample(&self) -> Option<&Counterexample> {
        match self {
            Self::No(counterexample) => Some(counterexample),
            Self::Yes | Self::Unknown(_) => None,
        }
    }
}

/// `yes`; `no: ` and the counterexample; or `unknown: ` and the reason.
impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes => f.write_str("yes"),
            Self::No(counterexample) => write!(f, "no: {counterexample}"),
            Self::Unknown(reason) => write!(f, "unknown: {reason}"),
        }
    }
}

/// Why something could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// A condition key is compared in ways that are not decided together, as text and as an address.
    MixedKey {
        /// The key.
        key: String,
    },
    /// RAM's documents do not say what an operator for several values means.
    SetOperator {
        /// The operator, as `ForAnyValue:StringEquals`.
        operator: &'static str,
    },
    /// The answer hangs on parts of the policies that are not known.
    NotKnown {
        /// What the sources write in their place.
        holes: Vec<String>,
    },
    /// The patterns need more steps than a question may take.
    TooManySteps,
    /// The statements leave more combinations than a question may try.
    TooManyChoices,
    /// The evaluator did not confirm the request that was found, which is a mistake of this
    /// library.
    NotConfirmed(Counterexample),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MixedKey { key } => write!(
                f,
                "`{key}` is compared as text and as another type, which is not decided together"
            ),
            Self::SetOperator { operator } => {
                write!(f, "RAM's documents do not say what `{operator}` means")
            }
            Self::NotKnown { holes } => {
                let holes: Vec<String> =
                    holes.iter().map(|hole| format!("`{}`", escaped(hole))).collect();
                let verb = if holes.len() == 1 { "is" } else { "are" };
                write!(f, "{} {verb} not known, and the answer depends on it", holes.join(", "))
            }
            Self::TooManySteps => {
                f.write_str("the patterns need more steps than a question may take")
            }
            Self::TooManyChoices => {
                f.write_str("the statements leave more combinations than a question may try")
            }
            Self::NotConfirmed(counterexample) => {
                write!(f, "the evaluator does not confirm the request found, {counterexample}")
            }
        }
    }
}

impl core::error::Error for Reason {}

/// A request that shows that something does not hold.
///
/// [`Counterexample::request`] gives the request for an evaluator. It prints as the line of JSON
/// that [`OwnedRequest::from_json`] reads.
///
/// ```
/// use ram_policy::{OwnedRequest, policy};
///
/// let wide = policy! { allow ecs::StopInstance on *; };
/// let narrow = policy! { allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8"; };
/// let proof = wide.within(&narrow);
/// let found = proof.counterexample().expect("the wide policy allows any address");
/// assert!(wide.evaluate(&found.request()?).is_allow());
/// assert!(!narrow.evaluate(&found.request()?).is_allow());
/// assert_eq!(&OwnedRequest::from_json(found.to_string())?, found.as_request());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterexample {
    request: OwnedRequest,
}

impl Counterexample {
    pub(super) const fn new(request: OwnedRequest) -> Self {
        Self { request }
    }

    /// The request in its own texts.
    #[must_use]
    pub const fn as_request(&self) -> &OwnedRequest {
        &self.request
    }

    /// The request in its own texts, given away.
    #[must_use]
    pub fn into_request(self) -> OwnedRequest {
        self.request
    }

    /// The request, for an evaluator.
    ///
    /// An action that the catalogue does not have is given as
    /// [`RequestAction::unlisted`](crate::RequestAction::unlisted), a key that cannot exist, but
    /// stands in one of the policies, as
    /// [`Request::with_unchecked`](crate::Request::with_unchecked).
    ///
    /// # Errors
    ///
    /// Those of [`OwnedRequest::request_unlisted`]; the request of a counterexample has been made
    /// once already, so there are none.
    pub fn request(&self) -> Result<Request<'_>, RequestError> {
        let OwnedRequest { action, resource, context, .. } = &self.request;
        let mut request = Request::new(RequestAction::unlisted(action)?, resource)?;
        for (key, values) in context {
            let can_exist =
                matches!(condition_key::judge(key), Verdict::Known(_) | Verdict::Unfamiliar);
            for value in values {
                request = if can_exist {
                    request.with_named(key, value)?
                } else {
                    request.with_unchecked(key, value)
                };
            }
        }
        Ok(request)
    }
}

/// The line of JSON, with escapes for what a terminal would not show as it is.
impl fmt::Display for Counterexample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped_json(&self.request.to_json()))
    }
}
