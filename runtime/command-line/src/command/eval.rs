//! `eval`: what RAM decides about requests.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use ram_policy_batch::Records;
use ram_policy_model::decide::partial::decide;
use ram_policy_model::document::bounds::Bounds;
use ram_policy_model::policy::open::together;
use ram_policy_model::text::shown::shown;
use ram_policy_model::{
    Authorizer, Caller, Decision, Explanation, OpenPolicy, Outcome, OwnedRequest,
    PartialAuthorization, PartialDecision, PartialRequest, Policy, Request, RequestError, Residual,
    TrustPolicy, Way,
};
use serde::Serialize;

use crate::account::{self, Account};
use crate::arguments::{Format, Kind, Select, form};
use crate::failure::{Failure, usage};
use crate::output::{self, Seen};
use crate::policies::{Loaded, Wanted, load};
use crate::progress;
use crate::report::counted;
use crate::requests::{Log, RecordForm, is_input, unreadable};
use ram_policy_forms::Form;

/// Says whether requests are allowed
///
/// Prints Allow, ExplicitDeny or ImplicitDeny first on each line, one line a request in the order
/// read; Error and the reason for one that is malformed. Several policies decide as those of one
/// caller do: a Deny of any counts. A decision is no failure: the exit code is 0 whatever is decided.
/// Where a part of a policy is not known and the decision hangs on it, prints Unknown, and the exit code
/// is 1. With --unknown or --any-resource, prints If and the conditions of an Allow.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  ram-policy eval --policy view.json --action ecs:StopInstance --explain\n  ram-policy eval --policy view.json --action ecs:StopInstance --unknown acs:SourceIp\n  ram-policy eval --policy view.json --requests events.jsonl"
)]
pub(crate) struct Arguments {
    /// A file of policies; may stand several times
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
    /// A condition key that may be missing or have any values; may stand several times
    #[arg(long, value_name = "KEY", conflicts_with_all = ["requests", "caller"])]
    unknown: Vec<String>,
    /// Says for which resources the action is allowed
    #[arg(long, conflicts_with_all = ["requests", "caller", "resource"])]
    any_resource: bool,
    /// Requests, one JSON object a line, or ActionTrail events; `-` reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "action")]
    requests: Option<PathBuf>,
    /// What the records of --requests are
    #[arg(long, value_enum, default_value_t = RecordForm::Auto)]
    records: RecordForm,
    #[command(flatten)]
    select: Select,
    /// Who asks, for trust policies: the ARN of a user or role, or a service
    #[arg(long, value_name = "CALLER")]
    caller: Option<String>,
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

/// Decides and tells.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let account: Account;
    let wanted = Wanted {
        form: arguments.from,
        kind: arguments.kind,
        select: arguments.select.name(),
        variables: arguments.select.variables(),
        ..Wanted::default()
    };
    let loaded = load(&arguments.policy, &wanted)?;
    let (trust, identity): (Vec<_>, Vec<_>) =
        loaded.into_iter().partition(|loaded| loaded.checked.kind.rules().has_principals);
    // What a policy says of a request is not known where a part of the policy is not.
    let unknown = identity.iter().find_map(Loaded::unknown);
    let decider = match (&arguments.account, trust.is_empty()) {
        (Some(path), _) => {
            account = account::read(path)?;
            Decider::Account(account.authorizer()?)
        }
        (None, true) if unknown.is_some() || arguments.is_partial() => {
            let open = identity.iter().map(|loaded| Ok((loaded.label.clone(), loaded.open()?)));
            Decider::open(open.collect::<Result<_, Failure>>()?)
        }
        (None, true) => {
            let of = |loaded: Loaded| {
                let document = loaded.document()?.clone();
                Ok((loaded.label, Policy::from_document(document)))
            };
            Decider::Policies(identity.into_iter().map(of).collect::<Result<_, Failure>>()?)
        }
        (None, false) if !identity.is_empty() => {
            return Err(usage("trust policies and others decide together in an account file only"));
        }
        (None, false) => {
            let Some(caller) = &arguments.caller else {
                return Err(usage("a trust policy is about who asks, say so with --caller"));
            };
            let [trust] = trust.as_slice() else {
                return Err(usage("a role has one trust policy, these are several"));
            };
            Decider::Trust {
                name: trust.label.clone(),
                caller: caller_of(caller)?,
                policy: TrustPolicy::from_document(trust.document()?.clone()),
            }
        }
    };
    let mut teller = Teller {
        decider,
        unknown,
        unknown_keys: &arguments.unknown,
        any_resource: arguments.any_resource,
        told: Counts::default(),
        explain: arguments.explain,
        format: arguments.format,
        out: out(arguments.format),
    };
    match (&arguments.requests, &arguments.action) {
        (Some(path), _) => teller.stream(path, arguments.records),
        (None, Some(action)) => {
            let mut request = OwnedRequest::new(action, &arguments.resource);
            for (key, value) in &arguments.context {
                match request.context.iter_mut().find(|(known, _)| known == key) {
                    Some((_, values)) => values.push(value.clone()),
                    None => request.context.push((key.clone(), vec![value.clone()])),
                }
            }
            teller.tell(&Ok(vec![request]))?;
            teller.out.flush()?;
            teller.told.end()
        }
        (None, None) => Err(usage("say --action or --requests")),
    }
}

impl Arguments {
    /// Whether something of the request is not known.
    const fn is_partial(&self) -> bool {
        self.any_resource || !self.unknown.is_empty()
    }
}

/// Standard output, with a buffer for millions of lines.
fn out(format: Format) -> Box<dyn Write> {
    let out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match format {
        Format::Text => Box::new(Seen::plain(out)),
        Format::Json => Box::new(out),
    }
}

fn caller_of(text: &str) -> Result<Caller<'_>, Failure> {
    if !text.starts_with("acs:") {
        return Ok(Caller::Service { principal: text });
    }
    if text.contains("-provider/") {
        return Ok(Caller::Federated { provider: text });
    }
    Caller::from_arn(text).map_err(|error| usage(format!("--caller: {error}")))
}

/// Who decides.
enum Decider<'a> {
    /// The policies of one caller, with their names.
    Policies(Vec<(String, Policy)>),
    /// The same, where something of them or of the request is not known; with the policy and the
    /// statement that each statement of the whole is.
    Open { names: Vec<String>, whole: Bounds, places: Vec<(usize, usize)> },
    /// All that have a say.
    Account(Authorizer<'a>),
    /// A trust policy alone.
    Trust { name: String, caller: Caller<'a>, policy: TrustPolicy },
}

impl Decider<'_> {
    fn open(policies: Vec<(String, OpenPolicy)>) -> Self {
        let bounds: Vec<&Bounds> = policies.iter().map(|(_, policy)| policy.bounds()).collect();
        let (whole, places) = together(&bounds);
        Self::Open { names: policies.into_iter().map(|(name, _)| name).collect(), whole, places }
    }
}

/// What was decided about one record.
#[derive(Serialize)]
struct Told<'t> {
    decision: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<Vec<Reason>>,
}

/// What one statement says to a request.
#[derive(Serialize)]
struct Reason {
    policy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<&'static str>,
    reason: String,
}

/// A decision, and what decided.
#[derive(Default)]
struct Answer {
    outcome: Option<Outcome>,
    policy: Option<usize>,
    policy_type: Option<String>,
    statement: Option<usize>,
    because: Vec<Reason>,
    /// What the decision hangs on.
    hangs_on: Option<HangsOn>,
}

/// What a decision hangs on that is not known.
struct HangsOn {
    /// The conditions of an `Allow`.
    words: String,
    /// What is left of the policy, where all of it is known.
    left: Option<Policy>,
    /// The resources for which the answer may be `Allow`.
    resources: Vec<String>,
}

/// What was told about records.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    records: usize,
    errors: usize,
    unknown: usize,
}

impl Counts {
    /// A record alone that is an error says so itself.
    fn end(self) -> Result<(), Failure> {
        if self.unknown > 0 { Err(Failure::Refused) } else { Ok(()) }
    }

    /// Says how many records of a stream were errors; a stream of errors alone is a failure.
    fn end_of_stream(self) -> Result<(), Failure> {
        let Self { records, errors, unknown } = self;
        if errors > 0 {
            let records = counted(records, "record", "records");
            let errors = counted(errors, "was an error", "were errors");
            output::tell(&format!("note: of {records} {errors}"));
        }
        if unknown > 0 || (errors > 0 && errors == records) {
            Err(Failure::Refused)
        } else {
            Ok(())
        }
    }
}

struct Teller<'a, W> {
    decider: Decider<'a>,
    /// What is not known of a policy that has a say, besides those that decide.
    unknown: Option<String>,
    /// Condition keys of the request that are not known.
    unknown_keys: &'a [String],
    /// Whether the resource may be any.
    any_resource: bool,
    told: Counts,
    explain: bool,
    format: Format,
    out: W,
}

impl<W: Write> Teller<'_, W> {
    /// Decides every record of a file or of standard input.
    fn stream(&mut self, path: &Path, form: RecordForm) -> Result<(), Failure> {
        let log = Log::open(path)?;
        // On a terminal the answers would run through the bar.
        let progress = progress::bar(log.length.filter(|_| !io::stdout().is_terminal()));
        let mut records = Records::new(progress.wrap_read(log.input)).with_form(form.into());
        let is_input = is_input(path);
        while let Some(record) = records.next_record().map_err(|error| unreadable(path, &error))? {
            self.tell(&record.requests.map_err(|wrong| wrong.reason))?;
            // Who waits for an answer on a pipe gets it.
            if is_input && records.is_drained() {
                self.out.flush()?;
            }
        }
        progress.finish_and_clear();
        self.out.flush()?;
        self.told.end_of_stream()
    }

    fn tell(&mut self, asked: &Result<Vec<OwnedRequest>, String>) -> Result<(), Failure> {
        self.told.records += 1;
        let requests = match asked {
            Ok(requests) => requests,
            Err(reason) => return self.error(reason),
        };
        let mut last = Answer::default();
        // RAM allows what needs several resources when each is allowed.
        for request in requests {
            match request.request_unlisted() {
                Ok(request) => match self.decide(&request) {
                    Ok(answer) => last = answer,
                    Err(error) => return self.error(&error.to_string()),
                },
                Err(error) => return self.error(&error.to_string()),
            }
            if last.outcome != Some(Outcome::Allow) {
                break;
            }
        }
        let outcome = last.outcome.unwrap_or(Outcome::ImplicitDeny);
        if let Some(hangs_on) = last.hangs_on {
            return self.undetermined(&hangs_on);
        }
        match self.format {
            Format::Text => {
                write!(self.out, "{outcome}")?;
                for (index, because) in last.because.iter().enumerate() {
                    let between = if index == 0 { ": " } else { "; " };
                    write!(self.out, "{between}{}: ", shown(because.policy.clone()))?;
                    if let Some(statement) = because.statement {
                        write!(self.out, "statement {statement}: ")?;
                    }
                    write!(self.out, "{}", because.reason)?;
                }
                writeln!(self.out)?;
            }
            Format::Json => {
                let policy = match &self.decider {
                    Decider::Policies(policies) => {
                        last.policy.and_then(|index| policies.get(index)).map(|(name, _)| name)
                    }
                    Decider::Open { names, .. } => last.policy.and_then(|index| names.get(index)),
                    Decider::Account(_) | Decider::Trust { .. } => None,
                };
                let told = Told {
                    decision: outcome_name(outcome),
                    error: None,
                    policy: policy.map(String::as_str),
                    policy_type: last.policy_type,
                    statement: last.statement,
                    because: self.explain.then_some(last.because),
                };
                serde_json::to_writer(&mut self.out, &told)?;
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    fn error(&mut self, reason: &str) -> Result<(), Failure> {
        self.told.errors += 1;
        self.without_decision("Error", reason)
    }

    /// Writes what the decision hangs on.
    fn undetermined(&mut self, hangs_on: &HangsOn) -> Result<(), Failure> {
        let HangsOn { words, left, resources } = hangs_on;
        if let (Some(unknown), None) = (&self.unknown, left) {
            let reason = format!("{words}; {unknown}");
            self.told.unknown += 1;
            return self.without_decision("Unknown", &reason);
        }
        match self.format {
            Format::Text => {
                writeln!(self.out, "If {}", words.strip_prefix("allowed if ").unwrap_or(words))?;
                for resource in resources {
                    writeln!(self.out, "{}", shown(resource.clone()))?;
                }
            }
            Format::Json => {
                let policy = left.as_ref().map(|left| serde_json::from_str(&left.to_json()));
                let told = If { decision: "If", words, policy: policy.transpose()?, resources };
                serde_json::to_writer(&mut self.out, &told)?;
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    /// The request, as far as it is known.
    fn partial<'r>(&'r self, request: &Request<'r>) -> Result<PartialRequest<'r>, RequestError> {
        let mut partial = PartialRequest::of(request.clone());
        if self.any_resource {
            partial = partial.with_any_resource();
        }
        self.unknown_keys.iter().try_fold(partial, |partial, key| partial.unknown(key.as_str()))
    }

    /// Writes why there is no decision.
    fn without_decision(&mut self, decision: &str, reason: &str) -> Result<(), Failure> {
        match self.format {
            Format::Text => writeln!(self.out, "{decision} {}", shown(reason.to_owned()))?,
            Format::Json => {
                let told = Told {
                    decision,
                    error: Some(reason),
                    policy: None,
                    policy_type: None,
                    statement: None,
                    because: None,
                };
                serde_json::to_writer(&mut self.out, &told)?;
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    fn decide<'r>(&'r self, request: &Request<'r>) -> Result<Answer, RequestError> {
        Ok(match &self.decider {
            Decider::Open { whole, places, .. } => match decide(whole, &self.partial(request)?) {
                PartialDecision::Decided(decision) => {
                    let place = decision.statement().and_then(|at| places.get(at)).copied();
                    let policy = place.map(|(policy, _)| policy);
                    let statement = place.map(|(_, statement)| statement);
                    Answer { policy, statement, ..Answer::of(decision) }
                }
                PartialDecision::Undetermined(residual) => {
                    Answer::hanging_on(&residual, self.any_resource)
                }
            },
            Decider::Account(authorizer) if self.any_resource || !self.unknown_keys.is_empty() => {
                match authorizer.authorize_partial(&self.partial(request)?) {
                    PartialAuthorization::Decided(answer) => Answer {
                        outcome: Some(answer.outcome),
                        policy: answer.policy,
                        policy_type: answer.policy_type.map(|kind| kind.to_string()),
                        statement: answer.statement,
                        ..Answer::default()
                    },
                    undetermined @ PartialAuthorization::Undetermined { .. } => {
                        let words = undetermined.to_string();
                        let words: Vec<&str> = words.lines().skip(1).collect();
                        let words = words.join("; ");
                        let hangs_on = HangsOn { words, left: None, resources: Vec::new() };
                        Answer { hangs_on: Some(hangs_on), ..Answer::default() }
                    }
                }
            }
            Decider::Policies(policies) => {
                let all = policies.iter().map(|(_, policy)| policy);
                let (policy, decision) = Policy::evaluate_together(all, request);
                let mut because = Vec::new();
                if self.explain {
                    for (name, policy) in policies {
                        reasons(name, &policy.explain(request), &mut because);
                    }
                }
                Answer { policy, because, ..Answer::of(decision) }
            }
            Decider::Account(authorizer) => {
                let mut because = Vec::new();
                let answer = if self.explain {
                    let explained = authorizer.explain(request);
                    for told in &explained.policies {
                        let kind = told.policy_type.to_string();
                        let name = account_policy(&kind, told.level, told.policy);
                        reasons(&name, &told.explanation, &mut because);
                    }
                    explained.authorization
                } else {
                    authorizer.authorize(request)
                };
                Answer {
                    outcome: Some(answer.outcome),
                    policy: answer.policy,
                    policy_type: answer.policy_type.map(|kind| kind.to_string()),
                    statement: answer.statement,
                    because,
                    hangs_on: None,
                }
            }
            Decider::Trust { name, caller, policy } => {
                let mut because = Vec::new();
                if self.explain {
                    reasons(name, &policy.explain(*caller, request), &mut because);
                }
                Answer { because, ..Answer::of(policy.evaluate(*caller, request)) }
            }
        })
    }
}

/// What a decision hangs on, for programs.
#[derive(Serialize)]
struct If<'t> {
    decision: &'static str,
    #[serde(rename = "if")]
    words: &'t str,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    resources: &'t [String],
}

impl Answer {
    fn of(decision: Decision) -> Self {
        let statement = decision.statement();
        Self { outcome: Some(decision.into()), statement, ..Self::default() }
    }

    fn hanging_on(residual: &Residual, any_resource: bool) -> Self {
        let mut resources: Vec<String> = Vec::new();
        if any_resource {
            for resource in residual.allows().iter().flat_map(Way::resources) {
                if !resources.iter().any(|known| known == resource) {
                    resources.push(resource.to_owned());
                }
            }
        }
        let (words, left) = (residual.to_string(), residual.policy());
        Self { hangs_on: Some(HangsOn { words, left, resources }), ..Self::default() }
    }
}

const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allow => "Allow",
        Outcome::ExplicitDeny => "ExplicitDeny",
        Outcome::ImplicitDeny => "ImplicitDeny",
    }
}

/// `ControlPolicy 1 at level 0`.
fn account_policy(kind: &str, level: Option<usize>, policy: usize) -> String {
    match level {
        Some(level) => format!("{kind} {policy} at level {level}"),
        None => format!("{kind} {policy}"),
    }
}

/// What every statement of a policy that came near says.
fn reasons(name: &str, explanation: &Explanation, reasons: &mut Vec<Reason>) {
    if explanation.statements.is_empty() {
        reasons.push(Reason {
            policy: name.to_owned(),
            statement: None,
            effect: None,
            reason: format!("no statement names `{}`", shown(explanation.action.clone())),
        });
    }
    for statement in &explanation.statements {
        let told = statement.to_string();
        let reason = told.split_once(": ").map_or(told.as_str(), |(_, reason)| reason);
        reasons.push(Reason {
            policy: name.to_owned(),
            statement: Some(statement.statement),
            effect: Some(statement.effect.name()),
            reason: shown(reason.to_owned()),
        });
    }
}
