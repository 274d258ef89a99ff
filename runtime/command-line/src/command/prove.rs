//! `prove`: what holds for every request at once.

use std::ffi::OsString;

use clap::Args;
use ram_policy_model::{Policy, Proof, Prover};

use crate::answer::Answer;
use crate::arguments::{Format, Kind};
use crate::failure::{Failure, usage};
use crate::one_policy::one;
use crate::output;

/// Proves what policies allow, for every request
///
/// Prints Yes, No with a request that shows it, or Unknown with the reason. The exit code is 0 for
/// Yes and 1 for the others.
#[derive(Args)]
#[command(after_help = "Example: ram-policy prove --within boundary.json policy.json")]
pub(crate) struct Arguments {
    /// The policy
    policy: OsString,
    #[command(flatten)]
    question: Question,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    kind: Kind,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What is asked.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Question {
    /// Everything the policy allows, this one allows
    #[arg(long, value_name = "FILE")]
    within: Option<OsString>,
    /// The policy and this one allow the same
    #[arg(long, value_name = "FILE")]
    equivalent: Option<OsString>,
    /// The policy allows nothing that this one allows
    #[arg(long, value_name = "FILE")]
    apart: Option<OsString>,
}

/// Proves.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let read = |file: &OsString| -> Result<Policy, Failure> {
        Ok(Policy::from_document(one(file, arguments.kind)?.document))
    };
    let policy = read(&arguments.policy)?;
    let Question { within, equivalent, apart } = &arguments.question;
    let proof = match (within, equivalent, apart) {
        (Some(other), ..) => policy.within(&read(other)?),
        (_, Some(other), _) => policy.equivalent(&read(other)?),
        (_, _, Some(other)) => match Prover::new().common_request([&policy], [&read(other)?]) {
            Ok(None) => Proof::Yes,
            Ok(Some(request)) => Proof::No(request),
            Err(reason) => Proof::Unknown(reason),
        },
        (None, None, None) => return Err(usage("say what is to be proved")),
    };
    let answer = Answer::of(&proof)?;
    match arguments.format {
        Format::Json => output::json(&answer)?,
        Format::Text => output::text(&in_words(&proof), None, false)?,
    }
    if proof.is_yes() { Ok(()) } else { Err(Failure::Refused) }
}

fn in_words(proof: &Proof) -> String {
    match proof {
        Proof::Yes => "Yes\n".to_owned(),
        Proof::No(request) => format!("No {request}\n"),
        Proof::Unknown(reason) => format!("Unknown {reason}\n"),
    }
}
