//! Claims of policies in Rust source, as the macro decides them; those about a constant are the
//! compiler's.

use std::fs;
use std::path::Path;

use ram_policy_model::document::Document;
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::from_json;
use ram_policy_model::text::json::{self, TextRange};
use ram_policy_model::text::place::Text;
use ram_policy_model::{Checker, Policy, claim};
use ram_policy_read::claim::Claim;
use ram_policy_read::place::Place;

/// What claims are held against.
pub(crate) struct Held<'a> {
    /// The policy, unless RAM would refuse it.
    pub(crate) document: Option<&'a Document>,
    pub(crate) levels: &'a Levels,
    pub(crate) checker: &'a Checker,
}

/// What is wrong with the claims of a policy; `folder` is where the paths of files begin.
pub(crate) fn hold(
    claims: &[Claim],
    folder: Option<&Path>,
    held: &Held<'_>,
) -> Vec<Diagnostic<Place>> {
    if claims.is_empty() {
        return Vec::new();
    }
    let policy = held.document.map(|document| Policy::from_document(document.clone()));
    let of = |claim| {
        let file = |path: &Text<Place>| of_file(path, folder, held);
        claim::hold(claim, policy.as_ref(), held.levels, held.checker.additions(), file)
    };
    claims.iter().flat_map(of).collect()
}

/// The policy of a file; none where it is not known in which folder the path begins.
fn of_file(
    path: &Text<Place>,
    folder: Option<&Path>,
    held: &Held<'_>,
) -> (Option<Policy>, Vec<Diagnostic<Place>>) {
    let Some(folder) = folder else { return (None, Vec::new()) };
    let (name, at) = (&path.value, path.at);
    let told = |rule: Rule, message: String| {
        let mut report = Report::default();
        report.add(at, rule, message);
        report.into_diagnostics()
    };
    let text = match fs::read_to_string(folder.join(name)) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("cannot read `{name}` beside the crate's `Cargo.toml`: {error}");
            return (None, told(Rule::Grammar, message));
        }
    };
    let mut report: Report<TextRange> = Report::default();
    let value = match json::read(text.strip_prefix('\u{feff}').unwrap_or(&text)) {
        Ok(value) => value,
        Err(error) => return (None, told(Rule::Syntax, format!("{name}: {}", error.value))),
    };
    let policy = from_json::read(value, &mut report);
    let (policy, found) = claim::policy_of(&policy, held.levels, held.checker.additions(), report);
    let found =
        found.into_iter().flat_map(|found| told(found.rule, format!("{name}: {}", found.message)));
    (policy, found.collect())
}
