//! Claims of policies in Rust source, as the macro decides them; those about a constant are the
//! compiler's.

use std::fs;
use std::path::Path;

use ram_policy_model::document::lower::Lowered;
use ram_policy_model::policy::reader::Reader;
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::rule::Rule;
use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::place::Text;
use ram_policy_model::{Policy, claim};
use ram_policy_read::claim::Claim;
use ram_policy_read::place::Place;

/// What is around the claims of a macro.
pub(crate) struct Around<'a> {
    /// Where the paths of files begin, where it is known.
    pub(crate) folder: Option<&'a Path>,
    /// Reads the policies of claims.
    pub(crate) reader: Reader<'a>,
    /// Actions the author vouches for.
    pub(crate) unlisted: &'a [Text<Place>],
}

/// What is wrong with the claims of a policy, and where they fail; `lowered` is the policy, unless RAM
/// would refuse it.
pub(crate) fn decide(
    claims: &[Claim],
    lowered: Option<&Lowered>,
    around: &Around<'_>,
) -> Vec<Diagnostic<Place>> {
    if claims.is_empty() {
        return Vec::new();
    }
    let policy = lowered.map(|lowered| Policy::from_document(lowered.document.clone()));
    let of = |claim| {
        let file = |path: &Text<Place>| of_file(path, around);
        claim::decide(claim, policy.as_ref(), around.reader, file)
    };
    claims.iter().flat_map(of).collect()
}

/// The policy of a file; none where it is not known in which folder the path begins.
fn of_file(path: &Text<Place>, around: &Around<'_>) -> (Option<Policy>, Vec<Diagnostic<Place>>) {
    let Some(folder) = around.folder else { return (None, Vec::new()) };
    let (name, at) = (&path.value, path.at);
    let found = |rule: Rule, message: String| {
        let mut report = Report::default();
        report.add(at, rule, message);
        report.into_diagnostics()
    };
    let text = match fs::read_to_string(folder.join(name)) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("cannot read `{name}` beside the crate's `Cargo.toml`: {error}");
            return (None, found(Rule::Grammar, message));
        }
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let unlisted: Vec<String> = around.unlisted.iter().map(|one| one.value.clone()).collect();
    let (policy, findings) = claim::policy_of_text(around.reader.vouching_for(&unlisted), text);
    let named = |one: Diagnostic<TextRange>| found(one.rule, format!("{name}: {}", one.message));
    (policy, findings.into_iter().flat_map(named).collect())
}
