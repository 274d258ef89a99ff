//! `prove`: what holds for every request at once.

use std::ffi::OsString;

use clap::Args;
use ram_policy_model::Proof;
use ram_policy_model::prove::Reason;

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
    /// This one allows everything that the policy allows
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
        Ok(answer) => answer,
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

fn proof(arguments: &Arguments) -> Result<Answer, Failure> {
    let read = |file: &OsString, select| {
        one(
            file,
            &Wanted {
                kind: arguments.kind,
                select,
                variables: arguments.select.variables(),
                ..Wanted::default()
            },
        )
    };
    let Question { within, equivalent, apart } = &arguments.question;
    let Some(file) = within.as_ref().or(equivalent.as_ref()).or(apart.as_ref()) else {
        return Err(usage("say what is to be proved"));
    };
    let left = read(&arguments.policy, arguments.select.name())?;
    let right = read(file, arguments.select_other.as_deref())?;
    let (policy, other) = (left.open()?, right.open()?);
    let proof = if within.is_some() {
        policy.within(&other)
    } else if equivalent.is_some() {
        policy.equivalent(&other)
    } else {
        match policy.common_request(&other) {
            Ok(None) => Proof::Yes,
            Ok(Some(request)) => Proof::No(request),
            Err(reason) => Proof::Unknown(reason),
        }
    };
    match &proof {
        Proof::Unknown(reason @ Reason::NotKnown { .. }) => {
            let parts: Vec<String> =
                [left.unknown(), right.unknown()].into_iter().flatten().collect();
            Ok(Answer::unknown(format!("{reason}: {}", parts.join("; "))))
        }
        Proof::Yes | Proof::No(_) | Proof::Unknown(_) => Answer::of(&proof),
    }
}
