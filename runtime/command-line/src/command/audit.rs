//! `audit`: what RAM would have decided about a whole log, counted.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ram_policy_batch::{Batch, Report, Verdict};
use ram_policy_model::decide::partial::decide;
use ram_policy_model::document::bounds::Bounds;
use ram_policy_model::policy::open::together;
use ram_policy_model::text::shown::shown;
use ram_policy_model::{Authorizer, Caller, OpenPolicy, Policy, PolicySet, Request};

use crate::account::{self, Account};
use crate::arguments::{Select, form};
use crate::failure::{Failure, usage};
use crate::output;
use crate::policies::{Loaded, Wanted, load};
use crate::progress;
use crate::report::table;
use crate::requests::{Log, RecordForm, unreadable};
use ram_policy_forms::Form;

/// Decides logs of requests on all cores and counts the decisions
///
/// Logs are requests, one JSON object a line, or ActionTrail events, one a line or in one list; they
/// may be of any length, and packed with gzip. Prints how often each action of each principal was decided in which way; the
/// principal is the acs:PrincipalARN of the record. With account files, each record is decided by the
/// one whose caller it names; NoPolicies counts what none is for. Unknown counts what depends on a part of
/// a policy that is not known. Lines that are no requests are reported on standard error and counted; they
/// and Unknown make the exit code 1.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  ram-policy audit --policy view.json --policy guard.json events.jsonl\n  ram-policy audit --account alice.yaml --account bob.yaml events.jsonl --format csv"
)]
pub(crate) struct Arguments {
    /// Logs; `-` reads standard input
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// A file of policies that decide together about every record; may be given several times
    #[arg(long, value_name = "FILE", required_unless_present = "account")]
    policy: Vec<OsString>,
    /// An account file: all policies that have a say about one principal; may be given several times
    #[arg(long, value_name = "FILE", conflicts_with = "policy")]
    account: Vec<PathBuf>,
    /// What the records of the logs are
    #[arg(long, value_enum, default_value_t = RecordForm::Auto)]
    records: RecordForm,
    /// How many wrong lines are reported with what is wrong; all are counted
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    most_told: usize,
    /// How many rows the table has at most; the rest is counted together
    #[arg(long, value_name = "NUMBER", default_value_t = 100_000)]
    most_rows: usize,
    /// How many threads decide; by default one per core
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    threads: usize,
    /// What the files of policies are read as, whatever their names say
    #[arg(long, value_parser = form(), value_name = "FORM")]
    from: Option<Form>,
    #[command(flatten)]
    select: Select,
    /// Text, JSON or CSV
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs; the schema is in the README of the command line.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Decides and counts.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads)
        .build()
        .map_err(|error| usage(format!("threads cannot be started: {error}")))?;
    let batch = Batch::new()
        .with_form(arguments.records.into())
        .with_most_told(arguments.most_told)
        .with_most_rows(arguments.most_rows);
    let report = if arguments.account.is_empty() {
        let policies = policies(arguments)?;
        let decide = |_: Option<&str>, request: &Request<'_>| policies.decide(request);
        pool.install(|| of_logs(&batch, &arguments.logs, decide))?
    } else {
        let accounts: Vec<Account> =
            arguments.account.iter().map(|path| account::read(path)).collect::<Result<_, _>>()?;
        let principals = Principals::of(&accounts)?;
        pool.install(|| of_logs(&batch, &arguments.logs, |who, what| principals.decide(who, what)))?
    };
    match arguments.format {
        Format::Text => table::text(&report)?,
        Format::Json => table::json(&report)?,
        Format::Csv => table::csv(&report)?,
    }
    if report.wrong() > 0 || report.undetermined() > 0 { Err(Failure::Refused) } else { Ok(()) }
}

/// The policies of one caller.
enum Policies {
    Known(PolicySet),
    /// Something of them is not known.
    Open(Bounds),
}

impl Policies {
    fn decide(&self, request: &Request<'_>) -> Verdict {
        match self {
            Self::Known(set) => set.evaluate(request).into(),
            Self::Open(whole) => decide(whole, &request.clone().into()).into(),
        }
    }
}

fn policies(arguments: &Arguments) -> Result<Policies, Failure> {
    let wanted = Wanted {
        form: arguments.from,
        select: arguments.select.name(),
        variables: arguments.select.variables(),
        ..Wanted::default()
    };
    let loaded = load(&arguments.policy, &wanted)?;
    if let Some(trust) = loaded.iter().find(|one| one.checked.kind.asks_who()) {
        let (label, kind) = (&trust.label, trust.checked.kind.rules().name);
        let message = format!("`{label}` is {kind}, which is about who asks and not about a log");
        return Err(usage(message));
    }
    if let Some(not_known) = loaded.iter().find_map(Loaded::unknown) {
        output::tell(&format!("note: not known: {not_known}"));
        let open = loaded.iter().map(Loaded::open).collect::<Result<Vec<_>, Failure>>()?;
        let bounds: Vec<&Bounds> = open.iter().map(OpenPolicy::bounds).collect();
        return Ok(Policies::Open(together(&bounds).0));
    }
    let of = |loaded: &Loaded| Ok(Policy::from_document(loaded.document()?.clone()));
    let policies: Vec<Policy> = loaded.iter().map(of).collect::<Result<_, Failure>>()?;
    Ok(Policies::Known(policies.iter().collect()))
}

fn of_logs(
    batch: &Batch,
    logs: &[PathBuf],
    decide: impl Fn(Option<&str>, &Request<'_>) -> Verdict + Sync,
) -> Result<Report, Failure> {
    let mut sum: Option<Report> = None;
    for path in logs {
        let shown_path = path.display();
        let log = Log::open(path)?;
        let progress = progress::bar(log.length);
        let report = batch
            .run(progress.wrap_read(log.input), &decide)
            .map_err(|error| unreadable(path, &error))?;
        progress.finish_and_clear();
        for wrong in report.told() {
            let reason = shown(wrong.reason.clone());
            output::tell(&format!("{shown_path}:{}: error: {reason}", wrong.line));
        }
        let told = u64::try_from(report.told().len()).unwrap_or(u64::MAX);
        if report.wrong() > told {
            let more = report.wrong() - told;
            output::tell(&format!("{shown_path}: error: {more} more lines are no requests"));
        }
        match &mut sum {
            Some(sum) => sum.merge(report),
            None => sum = Some(report),
        }
    }
    sum.ok_or_else(|| usage("say which log"))
}

/// Who asks, and who decides about them.
struct Principals<'a> {
    /// By the caller's ARN, with whether all policies are known.
    authorizers: HashMap<String, (Authorizer<'a>, bool)>,
}

impl<'a> Principals<'a> {
    fn of(accounts: &'a [Account]) -> Result<Self, Failure> {
        let mut authorizers = HashMap::new();
        for account in accounts {
            let (caller, authorizer) = (account.caller()?, account.authorizer()?);
            let Some(arn) = caller.arn() else {
                return Err(usage(format!(
                    "`{caller}` has no ARN, so no record of a log names it"
                )));
            };
            let is_known = account.not_known().is_none();
            if let Some(not_known) = account.not_known() {
                output::tell(&format!("note: not known: {not_known}"));
            }
            if authorizers.insert(arn.clone(), (authorizer, is_known)).is_some() {
                return Err(usage(format!("two account files are for `{arn}`")));
            }
        }
        Ok(Self { authorizers })
    }

    fn decide(&self, principal: Option<&str>, request: &Request<'_>) -> Verdict {
        let authorizer = principal.and_then(|principal| {
            // A role session is decided about as its role is.
            self.authorizers
                .get(principal)
                .or_else(|| self.authorizers.get(&Caller::from_arn(principal).ok()?.arn()?))
        });
        match authorizer {
            None => Verdict::NoPolicies,
            Some((authorizer, true)) => authorizer.authorize(request).outcome.into(),
            Some((authorizer, false)) => {
                authorizer.authorize_partial(&request.clone().into()).into()
            }
        }
    }
}
