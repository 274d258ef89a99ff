//! `prove`: what holds for every request at once.

use std::ffi::OsString;

use clap::Args;
use ram_policy_model::{Policy, Proof, Prover};

use crate::answer::Answer;
use crate::arguments::{Format, Kind, Select};
use crate::failure::{Failure, usage};
use crate::one_policy::one;
use crate::output;
use crate::policies::Wanted;

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
    select: Select,
    /// The name of the other policy, where its file has several
    #[arg(long, value_name = "NAME")]
    select_other: Option<String>,
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
    let answer = match proof(arguments) {
        Ok(proof) => Answer::of(&proof)?,
        // Nothing is proved of a policy that is not known.
        Err(Failure::NotKnown(what)) => Answer::unknown(what),
        Err(other) => return Err(other),
    };
    match arguments.format {
        Format::Json => output::json(&answer)?,
        Format::Text => output::text(&format!("{answer}\n"))?,
    }
    if answer.is_yes() { Ok(()) } else { Err(Failure::Refused) }
}

fn proof(arguments: &Arguments) -> Result<Proof, Failure> {
    let read = |file: &OsString, select| -> Result<Policy, Failure> {
        let wanted = Wanted { kind: arguments.kind, select, ..Wanted::default() };
        Ok(Policy::from_document(one(file, &wanted)?.document()?.clone()))
    };
    let policy = read(&arguments.policy, arguments.select.name())?;
    let other = |file| read(file, arguments.select_other.as_deref());
    let Question { within, equivalent, apart } = &arguments.question;
    Ok(match (within, equivalent, apart) {
        (Some(file), ..) => policy.within(&other(file)?),
        (_, Some(file), _) => policy.equivalent(&other(file)?),
        (_, _, Some(file)) => match Prover::new().common_request([&policy], [&other(file)?]) {
            Ok(None) => Proof::Yes,
            Ok(Some(request)) => Proof::No(request),
            Err(reason) => Proof::Unknown(reason),
        },
        (None, None, None) => return Err(usage("say what is to be proved")),
    })
}
