//! Compares policies for every request at once.
//!
//! The answer is a proof, a counterexample that the evaluator confirms, or why there is neither.
//!
//! # Which requests
//!
//! All that [`Request`](crate::Request) takes as well formed: every action that
//! [`RequestAction::unlisted`](crate::RequestAction::unlisted) takes, in the catalogue or not; every
//! resource that [`Request::new`](crate::Request::new) takes; and each condition key of the policies
//! missing or with values of its type. A key whose type the catalogue does not know, or that is
//! text, has values of the form that its operators ask for. A common key (`acs:`, but for tags) has
//! at most one value, any other may have several (RAM: Common condition keys). Values of another
//! form, about which the evaluator says that nothing can be known, are left out; so are numbers and
//! instants that no text gives.
//!
//! A key that cannot exist (a misspelt one in a policy that was read leniently) is taken for a key
//! of text all the same: what is proved holds whether RAM fills it or not.
//!
//! # What it takes
//!
//! A statement is taken apart into tests of single dimensions of a request: its action, its
//! resource, each condition key. Numbers, dates, addresses and truth values are sets of runs, which
//! takes time in the order of their length. Texts are walked, linear in
//! the length of patterns without inner wildcards, polynomial for single patterns without `?`.
//! Which statement is missed by which test is searched, and can be
//! exponential in the number of statements. Both have a budget; where it is spent the answer is
//! [`Proof::Unknown`].

pub use ram_policy_model::policy::guardrail_names::GuardrailError;
pub use ram_policy_model::policy::guardrails::Guardrail;
pub use ram_policy_model::prove::{Counterexample, Proof, Prover, Reason, SplitError};
