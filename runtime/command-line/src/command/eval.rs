//! `eval`: what RAM decides about requests. It is asked for here and by `ask`, decided by `decide` and
//! written by `write`.

mod ask;
mod decide;
mod write;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use ram_policy_model::terms::arn::Arn;
use ram_policy_model::terms::characters::is_account;
use ram_policy_model::{Asker, Caller, PolicyKind};

use crate::account::{self, Account};
use crate::arguments::{Format, Kind, Select, form};
use crate::failure::{Failure, usage};
use crate::policies::{Loaded, Wanted, load};
use crate::requests::RecordForm;
use ask::Asking;
use decide::{Decider, Foreseen};
use ram_policy_forms::Form;
use write::Answers;

/// Decides whether requests are allowed
///
/// Prints Allow, ExplicitDeny or ImplicitDeny first on each line, one line a request in the order
/// read; Error and the reason for one that is malformed. Several policies decide as those of one
/// caller do: a Deny of any counts. A decision is no failure: the exit code is 0 whatever is decided.
/// Where a part of a policy is not known and the decision depends on it, prints Unknown, and the exit code
/// is 1. With --unknown or --any-resource, prints If and the conditions of an Allow; of an account file,
/// those of each policy that the answer depends on.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  ram-policy eval --policy view.json --action ecs:StopInstance --explain\n  ram-policy eval --policy view.json --action ecs:StopInstance --unknown acs:SourceIp\n  ram-policy eval --account account.yaml --action ecs:StopInstance --any-resource --format json\n  ram-policy eval --policy view.json --requests events.jsonl"
)]
pub(crate) struct Arguments {
    /// A file of policies; may be given several times
    #[arg(long, value_name = "FILE", required_unless_present = "account")]
    policy: Vec<OsString>,
    /// The account file: all policies that have a say, and who asks
    #[arg(long, value_name = "FILE", conflicts_with_all = ["policy", "caller"])]
    account: Option<PathBuf>,
    /// What is asked for, as ecs:StopInstance
    #[arg(long, value_name = "ACTION", required_unless_present = "requests")]
    action: Option<String>,
    /// An ARN, or *
    #[arg(long, value_name = "ARN", default_value = "*", conflicts_with = "requests")]
    resource: String,
    /// A condition value; a key given several times has several values
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value, conflicts_with = "requests")]
    context: Vec<(String, String)>,
    /// A condition key that may be missing or have any values; may be given several times
    #[arg(long, value_name = "KEY", conflicts_with = "requests")]
    unknown: Vec<String>,
    /// Says for which resources the action is allowed
    #[arg(long, conflicts_with_all = ["requests", "resource"])]
    any_resource: bool,
    /// Requests, one JSON object a line, or ActionTrail events; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "action")]
    requests: Option<PathBuf>,
    /// What the records of --requests are
    #[arg(long, value_enum, default_value_t = RecordForm::Auto)]
    records: RecordForm,
    #[command(flatten)]
    select: Select,
    /// Who asks, for trust policies and those of resources: the ARN of a user or role, a service, or
    /// anonymous
    #[arg(long, value_name = "CALLER")]
    caller: Option<String>,
    /// The number of the RAM user who asks, by which policies of resources name users
    #[arg(long, value_name = "NUMBER", requires = "caller")]
    user_id: Option<String>,
    /// The name of the role session that asks
    #[arg(long, value_name = "NAME", requires = "caller")]
    session_name: Option<String>,
    /// The account that owns the resource, where its ARN does not say it; for policies of resources
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "account")]
    owner: Option<String>,
    /// Says why
    #[arg(long)]
    explain: bool,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t = Kind::Auto)]
    kind: Kind,
    /// What the files of policies are read as, whatever their names say
    #[arg(long, value_parser = form(), value_name = "FORM")]
    from: Option<Form>,
    /// Text, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// Decides and reports.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let wanted = Wanted {
        form: arguments.from,
        kind: arguments.kind,
        select: arguments.select.name(),
        variables: arguments.select.variables(),
        ..Wanted::default()
    };
    let account: Account;
    let foreseen = Foreseen {
        unknown_keys: &arguments.unknown,
        any_resource: arguments.any_resource,
        explain: arguments.explain,
    };
    let (decider, not_known) = match &arguments.account {
        Some(path) => {
            account = account::read(path)?;
            (Decider::account(&account)?, account.not_known().map(str::to_owned))
        }
        None => {
            let loaded = load(&arguments.policy, &wanted)?;
            let not_known = loaded.iter().find_map(Loaded::unknown);
            (decider(arguments, loaded, &foreseen)?, not_known)
        }
    };
    let mut answers = Answers::new(not_known, arguments.explain, arguments.format);
    match (&arguments.requests, &arguments.action) {
        (Some(path), _) => {
            let asking = Asking { decider: &decider, foreseen: &foreseen };
            asking.stream(path, arguments.records, &mut answers)
        }
        (None, Some(action)) => {
            let request = ask::request(action, &arguments.resource, &arguments.context);
            let asking = Asking { decider: &decider, foreseen: &foreseen };
            asking.one(&Ok(vec![request]), &mut answers)?;
            answers.end()
        }
        (None, None) => Err(usage("say --action or --requests")),
    }
}

/// Who decides by policies alone.
fn decider<'a>(
    arguments: &'a Arguments,
    loaded: Vec<Loaded>,
    foreseen: &Foreseen<'_>,
) -> Result<Decider<'a>, Failure> {
    let (who, identity): (Vec<_>, Vec<_>) =
        loaded.into_iter().partition(|loaded| loaded.checked.kind.asks_who());
    let Some(first) = who.first() else {
        return Decider::policies(identity, foreseen.is_partial());
    };
    let name = first.checked.kind.rules().name;
    if !identity.is_empty() {
        let message = format!("{name} and others decide together in an account file only");
        return Err(usage(message));
    }
    let Some(caller) = &arguments.caller else {
        return Err(usage(format!("{name} is about who asks, say so with --caller")));
    };
    let caller = caller_of(caller)?;
    let [only] = who.as_slice() else {
        return Err(usage(format!("{name} decides alone, these are several policies")));
    };
    match only.checked.kind {
        PolicyKind::Resource(kind) => {
            let mut asker = Asker::new(caller);
            if let Some(id) = &arguments.user_id {
                asker = asker.with_user_id(id);
            }
            if let Some(session) = &arguments.session_name {
                asker = asker.with_session_name(session);
            }
            Decider::kept(only, kind, asker, owner_of(arguments)?)
        }
        PolicyKind::Identity
        | PolicyKind::Inline
        | PolicyKind::Session
        | PolicyKind::Control
        | PolicyKind::Trust => Decider::trust(only, caller),
    }
}

/// The account that owns the resource: as it is said, or as the ARN of the request has it.
fn owner_of(arguments: &Arguments) -> Result<String, Failure> {
    if let Some(owner) = &arguments.owner {
        return Ok(owner.clone());
    }
    let named = Arn::split(&arguments.resource).map(|arn| arn.account);
    match named {
        Ok(account) if is_account(account) => Ok(account.to_owned()),
        Ok(_) | Err(_) => {
            Err(usage("who owns the resource is not known, say so with --owner ACCOUNT"))
        }
    }
}

fn caller_of(text: &str) -> Result<Caller<'_>, Failure> {
    if text == "anonymous" {
        return Ok(Caller::Anonymous);
    }
    if !text.starts_with("acs:") {
        return Ok(Caller::Service { principal: text });
    }
    if text.contains("-provider/") {
        return Ok(Caller::Federated { provider: text });
    }
    Caller::from_arn(text).map_err(|error| usage(format!("--caller: {error}")))
}
