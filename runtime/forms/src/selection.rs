//! A selection of the typed form by itself, as one asks for it on a command line.

use proc_macro2::{Span, TokenStream};
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::catalogue::choice::Chosen;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_read::place::Place;
use ram_policy_read::selection;
use ram_policy_read::tokens::Tokens;

/// The actions that `every ...` selects, as the typed form writes it.
///
/// ```
/// use ram_policy_forms::selected;
/// use ram_policy_model::Additions;
///
/// let additions = Additions::new();
/// let chosen = selected("every action of sts taking ram::Role", &additions).unwrap();
/// assert!(chosen.names().any(|name| name == "sts:AssumeRole"));
/// let mistake = selected("every reed of ecs", &additions).unwrap_err();
/// assert!(mistake.ends_with("found `reed`, did you mean `read`?"));
/// ```
///
/// # Errors
///
/// What is wrong with the text, in one sentence a line.
pub fn selected<'a>(text: &str, additions: &'a Additions) -> Result<Chosen<'a>, String> {
    let tokens: TokenStream = text.parse().map_err(|error| format!("`{text}`: {error}"))?;
    let mut tokens = Tokens::new(tokens, Place::at(Span::call_site()));
    let mut report = Report::default();
    let chosen = selection::read(&mut tokens, 0, &mut report)
        .filter(|_| tokens.is_empty())
        .and_then(|selection| selection.chosen(additions, &mut report));
    if report.is_empty()
        && let Some(chosen) = chosen
    {
        return Ok(chosen);
    }
    let mut mistakes: Vec<String> =
        report.into_diagnostics().into_iter().map(|found| found.message).collect();
    if mistakes.is_empty() {
        mistakes.push(format!("expected nothing behind the selection, found {}", tokens.found()));
    }
    Err(mistakes.join("\n"))
}
