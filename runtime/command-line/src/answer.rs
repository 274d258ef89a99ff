//! Proofs as answers of a subcommand.

use ram_policy_model::Proof;
use serde::Serialize;

use crate::failure::Failure;

/// What a proof says, for programs.
#[derive(Debug, Serialize)]
pub(crate) struct Answer {
    /// `Yes`, `No` or `Unknown`.
    proof: &'static str,
    /// A request that shows it, as `eval` reads it.
    counterexample: Option<serde_json::Value>,
    /// Why it is not known.
    reason: Option<String>,
}

impl Answer {
    /// A proof as an answer.
    pub(crate) fn of(proof: &Proof) -> Result<Self, Failure> {
        Ok(match proof {
            Proof::Yes => Self { proof: "Yes", counterexample: None, reason: None },
            Proof::No(request) => Self {
                proof: "No",
                counterexample: Some(serde_json::from_str(&request.to_string())?),
                reason: None,
            },
            Proof::Unknown(reason) => {
                Self { proof: "Unknown", counterexample: None, reason: Some(reason.to_string()) }
            }
        })
    }
}
