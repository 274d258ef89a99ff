//! `account`: who can do what in an account that has been exported.

mod expectations;
mod report;
mod source;
mod usage;
mod words;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use ram_policy_account::{Account, EffectiveError, Principal, Question};
use ram_policy_model::text::shown::shown;

use crate::arguments::Format;
use crate::failure::{Failure, usage};
use crate::output;

/// Answers who can do what in an account
///
/// The account is a folder of what `aliyun` prints, as `export.py` of ram-policy-account leaves it; or what
/// `terraform show -json` prints of a plan or a state; or an account file, as `eval` reads it. Each answer
/// is a proof: `yes` comes with a request that is allowed and the statement that allows it, `no` says that
/// there is none, `unknown` names what is not known and makes the difference.
#[derive(Args)]
#[command(after_help = "Example: ram-policy account export/ who-can oss:DeleteBucket")]
pub(crate) struct Arguments {
    /// The folder, or the file
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Says that no control policies bind the account, where none were exported
    #[arg(long)]
    without_control_policies: bool,
    /// The number of the account, where a plan or a state of Terraform has none
    #[arg(long, value_name = "NUMBER")]
    account_id: Option<String>,
    /// Says that the account has nothing but what the plan or the state of Terraform has
    #[arg(long)]
    whole: bool,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    format: Format,
    #[command(subcommand)]
    asks: Asks,
}

#[derive(Subcommand)]
enum Asks {
    /// Counts what there is, and lists what is not known
    Summary,
    /// Lists who can do something, directly and by assuming roles
    WhoCan(WhoCan),
    /// Prints what a user or a role may do, as one policy that is proved to be the same
    Can {
        /// `user/<name>` or `role/<name>`
        principal: String,
        /// The session policy with which the role is used
        #[arg(long, value_name = "FILE")]
        session: Option<PathBuf>,
        /// Counts the actions of each service by access level, in the place of the policy
        #[arg(long)]
        levels: bool,
    },
    /// Prints the ways by which somebody becomes somebody else, the shortest first
    Paths(Paths),
    /// Lists the roles that trust other accounts, services and identity providers
    External,
    /// Checks what is expected of the account; exit code 1 when something is not as expected, or nobody can
    /// say
    Assert {
        /// The file of expectations; YAML or JSON
        file: PathBuf,
        /// Text, JSON or SARIF
        #[arg(long, value_enum, default_value_t = As::Text)]
        output: As,
    },
    /// Shows everything at once: what each principal may do, who can become whom, what was found
    Report {
        /// Writes one HTML page that needs nothing else; `-` writes it on standard output
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// Writes over a file that is there
        #[arg(long, requires = "html")]
        force: bool,
    },
    /// Lists what of its policies each user and role never used, by the requests of a log
    Unused(usage::Unused),
    /// Makes for each user and role the smallest policy that allows what it did, within its policies
    Least(usage::Least),
    /// Lists who can do what they could not do in an older account
    Diff {
        /// The older account
        old: PathBuf,
    },
}

#[derive(Args)]
struct WhoCan {
    /// An action, as `oss:DeleteBucket`, or a pattern
    action: String,
    /// Only on resources that this ARN or pattern names
    #[arg(long, value_name = "ARN")]
    on: Option<String>,
    /// Only where a condition key has this value
    #[arg(long, value_name = "KEY=VALUE")]
    when: Vec<String>,
}

#[derive(Args)]
struct Paths {
    /// Who begins; everybody with `--to-admin` alone
    #[arg(required_unless_present = "to_admin")]
    from: Option<String>,
    /// Whom it should become
    #[arg(conflicts_with = "to_admin")]
    to: Option<String>,
    /// Only the ways by which somebody makes himself administrator
    #[arg(long)]
    to_admin: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For code hosts.
    Sarif,
}

/// Answers.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut account = source::read(arguments, &arguments.path)?;
    let format = arguments.format;
    match &arguments.asks {
        Asks::Summary => put(format, &words::Summary::of(&account)),
        Asks::WhoCan(asked) => {
            let question = question(&asked.action, asked.on.as_deref(), &asked.when)?;
            put(format, &words::WhoCan::of(&account, &question))
        }
        Asks::Can { principal, session, levels } => {
            let principal = self::principal(principal)?;
            if let Some(file) = session {
                source::session(&mut account, &principal, file)?;
            }
            let effective = account.can(&principal).map_err(not_one)?;
            match format {
                Format::Json if *levels => output::json(&words::ByLevel::of(&effective)),
                Format::Json => output::json(&words::Can::of(&effective)?),
                Format::Text => {
                    for hole in &effective.holes {
                        output::tell(&format!("not known: {}", shown(hole.to_string())));
                    }
                    if *levels {
                        return output::text(&words::ByLevel::of(&effective).to_string());
                    }
                    output::document(&format!("{}\n", effective.policy.to_json_pretty()))
                }
            }
        }
        Asks::Paths(paths) => put(format, &ways(&account, paths)?),
        Asks::External => put(format, &words::External::of(&account)),
        Asks::Assert { file, output } => expectations::check(&account, file, *output, format),
        Asks::Unused(asked) => usage::unused(&account, asked, format),
        Asks::Least(asked) => usage::least(&account, asked, format),
        Asks::Report { html, force } => report::report(&account, html.as_deref(), *force, format),
        Asks::Diff { old } => {
            let old = source::read(arguments, old)?;
            put(format, &words::Diff::of(&account, &old))
        }
    }
}

fn put<T: serde::Serialize + std::fmt::Display>(format: Format, found: &T) -> Result<(), Failure> {
    match format {
        Format::Json => output::json(found),
        Format::Text => output::text(&found.to_string()),
    }
}

fn question(action: &str, on: Option<&str>, when: &[String]) -> Result<Question, Failure> {
    let wrong = |error: ram_policy_account::QuestionError| usage(shown(error.to_string()));
    let mut question = Question::new(action).map_err(wrong)?;
    if let Some(on) = on {
        question = question.on(on).map_err(wrong)?;
    }
    for pair in when {
        let Some((key, value)) = pair.split_once('=') else {
            return Err(usage(format!("`{}` is not KEY=VALUE", shown(pair.clone()))));
        };
        question = question.when(key, value).map_err(wrong)?;
    }
    Ok(question)
}

fn principal(text: &str) -> Result<Principal, Failure> {
    text.parse()
        .map_err(|error: ram_policy_account::PrincipalError| usage(shown(error.to_string())))
}

fn not_one(error: EffectiveError) -> Failure {
    match error {
        EffectiveError::NoSuchPrincipal(_) => usage(shown(error.to_string())),
        EffectiveError::NoPattern { .. }
        | EffectiveError::NotProved(_)
        | EffectiveError::NotTheSame(_)
        | _ => Failure::NotKnown(shown(error.to_string())),
    }
}

fn ways(account: &Account, paths: &Paths) -> Result<words::Ways, Failure> {
    let Some(from) = &paths.from else {
        return Ok(words::Ways::to_administrator(account));
    };
    let from = principal(from)?;
    let to = paths.to.as_deref().map(principal).transpose()?;
    if let Some(missing) = [&from].into_iter().chain(&to).find(|one| !account.has(one)) {
        return Err(usage(shown(format!("the account has no {missing}"))));
    }
    Ok(words::Ways::of(&from, to.as_ref(), paths.to_admin, account))
}
