//! `account unused` and `account least`: what principals do with their policies, by a log.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use ram_policy_account::{Account, PolicyUsage, Principal, PrincipalUsage};
use ram_policy_model::text::shown::shown;
use ram_policy_model::{Checker, LeastPrivilege, Strictness};
use serde::Serialize;

use super::words::Hole;
use super::{principal, put};
use crate::arguments::Format;
use crate::command::least::{How, is_wildcard};
use crate::command::unused::Never;
use crate::failure::{Failure, usage};
use crate::output;
use crate::report::counted;
use crate::requests::{RecordForm, all};

// No documentation: the parser would take it for that of the command.
#[derive(Args)]
pub(super) struct Log {
    /// Requests, one JSON object a line, or ActionTrail events; `-` reads standard input
    #[arg(value_name = "LOG")]
    requests: PathBuf,
    /// What the records are
    #[arg(long, value_enum, default_value_t = RecordForm::Auto)]
    records: RecordForm,
    /// Only this user or role: `user/<name>` or `role/<name>`
    #[arg(long, value_name = "PRINCIPAL")]
    of: Option<String>,
}

impl Log {
    /// The principal that is asked about; `None` for all.
    fn of(&self, account: &Account) -> Result<Option<Principal>, Failure> {
        let of = self.of.as_deref().map(principal).transpose()?;
        match of {
            Some(one) if !account.has(&one) || !one.is_inside() || one == Principal::Root => {
                Err(usage(shown(format!("the account has no user or role {one}"))))
            }
            of => Ok(of),
        }
    }
}

#[derive(Args)]
pub(super) struct Unused {
    #[command(flatten)]
    log: Log,
    /// Exit code 1 when something was never used
    #[arg(long)]
    check: bool,
}

#[derive(Args)]
pub(super) struct Least {
    #[command(flatten)]
    log: Log,
    /// How much wider than the ARNs of the requests the resources may be
    #[arg(long, value_enum, default_value_t = How::Exact)]
    breadth: How,
    /// Takes a request for * as one for every resource
    #[arg(long)]
    every_resource: bool,
    /// Writes actions as wildcards that cover no other known action
    #[arg(long)]
    wildcards: bool,
    /// Gives policies that are longer than RAM takes, for `split`
    #[arg(long)]
    any_length: bool,
}

/// What was never used.
#[derive(Debug, Serialize)]
struct Usage {
    principals: Vec<Used>,
    /// Requests of nobody in the account.
    other_requests: usize,
}

#[derive(Debug, Serialize)]
struct Used {
    principal: String,
    requests: usize,
    policies: Vec<OfPolicy>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holes: Vec<Hole>,
}

#[derive(Debug, Serialize)]
struct OfPolicy {
    policy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    /// How many requests it decides; `null` where it is not known.
    decided: Option<usize>,
    unused: Vec<Never>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    perhaps_unused: Vec<Never>,
    #[serde(skip)]
    in_words: Vec<String>,
}

impl OfPolicy {
    fn of(used: &PolicyUsage) -> Self {
        let perhaps = used.perhaps_unused.iter().map(|one| format!("perhaps {one}"));
        let in_words = match used.decided {
            None => vec!["it is not known".to_owned()],
            Some(0) => vec!["it has decided no request".to_owned()],
            Some(_) => used.unused.iter().map(ToString::to_string).chain(perhaps).collect(),
        };
        Self {
            policy: used.policy.to_string(),
            group: used.group.clone(),
            decided: used.decided,
            unused: used.unused.iter().cloned().map(Never::from).collect(),
            perhaps_unused: used.perhaps_unused.iter().cloned().map(Never::from).collect(),
            in_words,
        }
    }

    fn is_used(&self) -> bool {
        self.decided.is_some() && self.in_words.is_empty()
    }
}

impl Used {
    fn of(used: &PrincipalUsage) -> Self {
        Self {
            principal: used.principal.to_string(),
            requests: used.requests,
            policies: used.policies.iter().map(OfPolicy::of).collect(),
            holes: used.holes.iter().map(Hole::of).collect(),
        }
    }
}

/// A line for each principal, and one below for each thing that it never used.
impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.principals {
            let requests = match one.requests {
                0 => "no request".to_owned(),
                some => counted(some, "request", "requests"),
            };
            writeln!(f, "{}: {requests}", shown(one.principal.clone()))?;
            for policy in &one.policies {
                let name = shown(policy.policy.clone());
                let group = policy.group.clone();
                let group = group.map(|group| format!(" (group/{})", shown(group)));
                let group = group.unwrap_or_default();
                for words in &policy.in_words {
                    writeln!(f, "  {name}{group}: {}", shown(words.clone()))?;
                }
            }
        }
        if self.other_requests > 0 {
            let others = counted(self.other_requests, "request", "requests");
            writeln!(f, "{others} of nobody who is a user or a role of the account")?;
        }
        Ok(())
    }
}

/// Lists what was never used.
pub(super) fn unused(account: &Account, asked: &Unused, format: Format) -> Result<(), Failure> {
    let of = asked.log.of(account)?;
    let requests = all(&asked.log.requests, asked.log.records)?;
    let found = account.unused(&requests).map_err(|error| usage(error.to_string()))?;
    let is_wanted = |one: &&PrincipalUsage| of.as_ref().is_none_or(|of| one.principal == *of);
    let found = Usage {
        principals: found.iter().filter(is_wanted).map(Used::of).collect(),
        other_requests: account.by_principal(&requests).others,
    };
    put(format, &found)?;
    let is_used = |one: &Used| one.policies.iter().all(OfPolicy::is_used);
    if asked.check && !found.principals.iter().all(is_used) {
        return Err(Failure::Refused);
    }
    Ok(())
}

/// The least policies.
#[derive(Debug, Serialize)]
struct LeastOf {
    principal: String,
    requests: usize,
    /// Requests that its policies do not allow for certain.
    refused: usize,
    policy: Option<serde_json::Value>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip)]
    has_wildcard: bool,
}

#[derive(Debug, Serialize)]
struct AllLeast {
    principals: Vec<LeastOf>,
    other_requests: usize,
}

/// A line for each principal, and its policy.
impl fmt::Display for AllLeast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.principals {
            let requests = counted(one.requests, "request", "requests");
            write!(f, "{}: {requests}", shown(one.principal.clone()))?;
            if one.refused > 0 {
                write!(f, ", {} not allowed", one.refused)?;
            }
            writeln!(f)?;
            if let Some(policy) = &one.policy {
                writeln!(f, "{policy:#}")?;
            }
            for line in one.error.iter().flat_map(|error| error.lines()) {
                writeln!(f, "  {}", shown(line.to_owned()))?;
            }
        }
        if self.other_requests > 0 {
            let others = counted(self.other_requests, "request", "requests");
            writeln!(f, "{others} of nobody who is a user or a role of the account")?;
        }
        Ok(())
    }
}

/// Makes the least policies.
pub(super) fn least(account: &Account, asked: &Least, format: Format) -> Result<(), Failure> {
    let of = asked.log.of(account)?;
    let requests = all(&asked.log.requests, asked.log.records)?;
    let by_principal = account.by_principal(&requests);
    let checker = Checker::at(Strictness::Audit);
    let checker = if asked.any_length { checker.at_any_length() } else { checker };
    let mut least = LeastPrivilege::new().breadth(asked.breadth.into()).checker(checker);
    if asked.every_resource {
        least = least.with_every_resource();
    }
    if asked.wildcards {
        least = least.with_wildcards();
    }
    let mut principals = Vec::new();
    let wanted = |one: &Principal| of.as_ref().is_none_or(|of| one == of);
    for (principal, requests) in by_principal.requests.iter().filter(|(one, _)| wanted(one)) {
        let found = account.least(principal, requests.iter().copied(), &least);
        let policy = found.policy.as_ref().ok();
        let policy = policy.map(|policy| serde_json::from_str(&policy.to_json())).transpose()?;
        let error = found.policy.as_ref().err().filter(|_| found.requests > 0);
        principals.push(LeastOf {
            principal: principal.to_string(),
            requests: found.requests,
            refused: found.refused,
            policy,
            error: error.map(ToString::to_string),
            has_wildcard: error.is_some_and(is_wildcard),
        });
    }
    let found = AllLeast { principals, other_requests: by_principal.others };
    put(format, &found)?;
    if found.principals.iter().any(|one| one.has_wildcard) {
        output::tell("help: --every-resource takes requests for *, --breadth other wildcards");
    }
    if found.principals.iter().any(|one| one.error.is_some()) {
        return Err(Failure::Refused);
    }
    Ok(())
}
