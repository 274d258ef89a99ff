//! Proofs as answers of a subcommand.

use std::fmt;

use ram_policy_model::Proof;
use ram_policy_model::text::shown::shown;
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
    /// Not known, for this reason.
    pub(crate) const fn unknown(reason: String) -> Self {
        Self { proof: "Unknown", counterexample: None, reason: Some(reason) }
    }

    /// Whether it is proved.
    pub(crate) fn is_yes(&self) -> bool {
        self.proof == "Yes"
    }

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

/// The answer, and a request that shows it or why it is not known.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.proof)?;
        if let Some(request) = &self.counterexample {
            write!(f, " {request}")?;
        }
        match &self.reason {
            Some(reason) => write!(f, " {}", shown(reason.clone())),
            None => Ok(()),
        }
    }
}
