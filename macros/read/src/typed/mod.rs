//! Reads the typed form; its grammar is the page "The language" of the guide.
//!
//! One file a node. A mistake is reported and reading goes on behind it, so that one compile shows
//! all of them.

pub(crate) mod action;
pub(crate) mod condition;
pub mod include;
mod principal;
mod resource;
pub mod selection;
pub(crate) mod statement;

use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::Policy;
use ram_policy_model::terms::layout::Layout;

use self::include::Included;
use crate::claim::{self, Claim, PolicyReader};
use crate::input::Header;
use crate::items::{end_of_item, skip_item};
use crate::place::Place;
use crate::tokens::Tokens;
use crate::word::{Role, Word};

/// What of a policy is kept beside its statements.
#[derive(Default)]
pub(crate) struct Beside {
    /// What it claims of itself.
    pub(crate) claims: Vec<Claim>,
    /// Where the statements of each `include` are.
    pub(crate) includes: Vec<Included>,
}

/// Reads items up to the end; claims go with those that were read before, and `policies` reads
/// those that stand in them.
pub(crate) fn read(
    tokens: &mut Tokens,
    header: &Header,
    Beside { claims, includes }: &mut Beside,
    policies: PolicyReader,
    report: &mut Report<Place>,
) -> Policy<Place> {
    let mut policy = Policy {
        at: tokens.place(),
        layout: Layout::VersionFirst,
        parameters: Vec::new(),
        unlisted: Vec::new(),
        statements: Vec::new(),
        includes: Vec::new(),
        broken: false,
    };
    let mut version: Option<Place> = None;
    while !tokens.is_empty() {
        if tokens.take_sign(';').is_some() {
            continue;
        }
        let word = tokens.word();
        if word.is_some_and(|word| word.role() == Role::Claim) {
            claims.extend(claim::read(tokens, header, policies, report));
            continue;
        }
        // Nothing may follow a version that stands behind a statement.
        if let Some(version) = version
            && policy.layout == Layout::VersionLast
        {
            report.add(
                version,
                Rule::Grammar,
                "`version` comes before the first statement or after the last",
            );
            policy.layout = Layout::VersionFirst;
        }
        if word == Some(Word::Include) {
            tokens.skip();
            let before = policy.statements.len();
            match include::read(tokens, before, &policy.includes, report) {
                Some((include, included)) => {
                    policy.includes.push(include);
                    includes.push(included);
                }
                None => {
                    skip_item(tokens);
                    policy.broken = true;
                }
            }
        } else if word == Some(Word::Version) {
            let at = tokens.skip();
            if version.replace(at).is_some() {
                report.add(at, Rule::DuplicateElement, "`version` appears twice");
            }
            if !policy.statements.is_empty() || !policy.includes.is_empty() {
                policy.layout = Layout::VersionLast;
            }
            read_version(tokens, report);
        } else if word == Some(Word::Statements) {
            let at = tokens.skip();
            if tokens.take_word(Word::Only).is_none() {
                report.add(at, Rule::Grammar, "expected `statements only;`");
            }
            policy.layout = Layout::StatementsOnly;
            end_of_item(tokens, report);
        } else {
            let statement = statement::read(tokens, header, &mut policy.unlisted, report);
            policy.statements.push(statement);
        }
    }
    if let Some(version) = version
        && policy.layout == Layout::StatementsOnly
    {
        report.add(version, Rule::Grammar, "`statements only` prints no `version`");
    }
    policy
}

fn read_version(tokens: &mut Tokens, report: &mut Report<Place>) {
    let at = tokens.place();
    match tokens.peek_text() {
        Some(text) if text == "1" => {
            tokens.skip();
        }
        Some(text) => {
            tokens.skip();
            report.add(
                at,
                Rule::WrongVersion,
                format!("the version is `{text}`, the only version is `\"1\"`"),
            );
        }
        None => {
            let message =
                format!("expected `\"1\"`, found {}; for example `version \"1\";`", tokens.found());
            report.add(at, Rule::WrongVersion, message);
            skip_item(tokens);
            return;
        }
    }
    end_of_item(tokens, report);
}
