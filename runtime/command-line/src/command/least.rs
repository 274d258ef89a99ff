//! `least`: the smallest policy that allows some requests.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ram_policy_model::advice::least::Why;
use ram_policy_model::{Breadth, Checker, LeastPrivilege, LeastPrivilegeError, Strictness};

use crate::arguments::Select;
use crate::failure::{Failure, usage};
use crate::one_policy::one;
use crate::output;
use crate::policies::Wanted;
use crate::requests::{RecordForm, all};

/// Makes the smallest policy that allows the requests of a stream
///
/// Actions appear by their names and resources by their ARNs; what a request says never becomes a
/// wildcard. The evaluator confirms that each request is allowed. The exit code is 1 when a request
/// cannot be used, or the policy would be too long; then only the reason is printed.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  ram-policy least events.jsonl --every-resource\n  ram-policy least \
                  events.jsonl --within policy.json --breadth resource-type"
)]
pub(crate) struct Arguments {
    /// Requests, one JSON object a line, or ActionTrail events; `-` reads standard input
    #[arg(value_name = "FILE")]
    requests: PathBuf,
    /// What the records are
    #[arg(long, value_enum, default_value_t = RecordForm::Auto)]
    records: RecordForm,
    /// How much wider than the ARNs of the requests the resources may be
    #[arg(long, value_enum, default_value_t = How::Exact)]
    breadth: How,
    /// Takes a request for * as one for every resource
    #[arg(long)]
    every_resource: bool,
    /// Writes actions as wildcards that cover no other known action
    #[arg(long)]
    wildcards: bool,
    /// Allows the values of this condition key only that requests have; may be given several times
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// A policy that the result keeps within, whatever is not known of it: its conditions and denials
    /// stay
    #[arg(long, value_name = "POLICY")]
    within: Option<OsString>,
    #[command(flatten)]
    select: Select,
    /// Vouches for an action that the catalogue does not have; may be given several times
    #[arg(long, value_name = "ACTION")]
    unlisted: Vec<String>,
    /// Gives a policy that is longer than RAM takes, for `split`
    #[arg(long)]
    any_length: bool,
    /// Prints on one line
    #[arg(long)]
    minified: bool,
}

/// A breadth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum How {
    /// Each ARN itself
    Exact,
    /// Every resource of the same type, region and account
    ResourceType,
    /// Every resource of the service in the account
    Account,
    /// Every resource
    Everything,
}

impl From<How> for Breadth {
    fn from(how: How) -> Self {
        match how {
            How::Exact => Self::Exact,
            How::ResourceType => Self::ResourceType,
            How::Account => Self::Account,
            How::Everything => Self::Everything,
        }
    }
}

/// Whether a request is refused for its wildcards.
pub(super) fn is_wildcard(error: &LeastPrivilegeError) -> bool {
    let LeastPrivilegeError::Requests { refused, .. } = error else { return false };
    refused.iter().any(|one| one.why == Why::Wildcard)
}

/// Whether a request is refused for what is not known of the existing policy.
fn is_not_known(error: &LeastPrivilegeError) -> bool {
    if let LeastPrivilegeError::Requests { refused, .. } = error {
        return refused.iter().any(|one| one.why == Why::NotKnown);
    }
    matches!(error, LeastPrivilegeError::NotWithin(_) | LeastPrivilegeError::NotProved(_))
}

/// Makes it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let existing = match &arguments.within {
        Some(file) => {
            let wanted = Wanted {
                select: arguments.select.name(),
                variables: arguments.select.variables(),
                ..Wanted::default()
            };
            let loaded = one(file, &wanted)?;
            Some((loaded.open()?, loaded.unknown()))
        }
        None => None,
    };
    let checker = arguments.unlisted.iter().fold(Checker::at(Strictness::Audit), Checker::unlisted);
    let checker = if arguments.any_length { checker.at_any_length() } else { checker };
    let mut least = LeastPrivilege::new()
        .with_requests(all(&arguments.requests, arguments.records)?)
        .breadth(arguments.breadth.into())
        .checker(checker);
    if arguments.every_resource {
        least = least.with_every_resource();
    }
    if arguments.wildcards {
        least = least.with_wildcards();
    }
    for key in &arguments.key {
        least = least.with_key(key);
    }
    if let Some((existing, _)) = &existing {
        least = match existing.as_policy() {
            Some(existing) => least.within(existing),
            None => least.within_open(existing),
        };
    }
    let policy = match least.policy() {
        Ok(policy) => policy,
        Err(LeastPrivilegeError::Nothing) => return Err(usage("there is no request")),
        Err(error) => {
            output::tell(&format!("error: {}", error.to_string().replace('\n', "\nerror: ")));
            if is_wildcard(&error) {
                output::tell(
                    "help: --every-resource takes requests for *, --breadth other wildcards",
                );
            }
            if let Some((_, Some(not_known))) = existing.as_ref().filter(|_| is_not_known(&error)) {
                output::tell(&format!("note: not known: {not_known}"));
            }
            return Err(Failure::Refused);
        }
    };
    let text = if arguments.minified { policy.to_json() } else { policy.to_json_pretty() };
    output::document(&format!("{text}\n"))
}
