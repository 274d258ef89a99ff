//! Claims: what a policy says of itself; their grammar stands in the documentation of `policy!`.
//!
//! They stand among the items of the typed form, and before a document or the path of a file.

mod boundary;
mod request;

use proc_macro2::TokenStream;
use ram_policy_model::claim::denial;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::claim::{self, ClaimKind};
use ram_policy_model::source::syntax::{ElementKind, Policy, Text};

use crate::input::Header;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::typed::{self, statement};

pub use boundary::read as boundary;

/// A claim; the path of a constant is kept as its tokens.
pub type Claim = claim::Claim<Place, TokenStream>;

/// What a policy keeps within.
pub type Boundary = claim::Boundary<Place, TokenStream>;

/// Whether a word begins a claim.
pub(crate) fn is_word(word: &str) -> bool {
    matches!(word, "allows" | "denies" | "never" | "within")
}

/// Whether a claim begins here.
fn begins(tokens: &Tokens) -> bool {
    tokens.peek_ident().is_some_and(|word| is_word(&word.to_string()))
}

/// Reads the claims before a document.
pub fn before_document(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    while begins(tokens) {
        claims.extend(read(tokens, header, report));
    }
    claims
}

/// Reports claims where there can be none, and why.
pub fn refuse(claims: &[Claim], why: &str, report: &mut Report<Place>) {
    for claim in claims {
        report.add(claim.at, Rule::Grammar, format!("`{}` cannot stand here: {why}", claim.word()));
    }
}

/// Why a template has no claims.
pub const OF_TEMPLATE: &str =
    "what a template allows is known when it is bound; claim it of the bound policy in a test";

/// Why a trust policy has no claims.
pub const OF_TRUST: &str =
    "a claim is about requests, and a trust policy is about who may assume a role";

/// Why a boundary has no claims.
pub const OF_BOUNDARY: &str = "a boundary is held against nothing";

/// Reads a claim; `None` when a mistake has been reported.
pub(crate) fn read(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<Claim> {
    let at = tokens.place();
    let word = tokens.peek_ident().map(ToString::to_string).unwrap_or_default();
    tokens.skip();
    let claim = match word.as_str() {
        "never" => {
            let denied = never(at, tokens, header, report);
            return denied
                .map(|(policy, end)| Claim { at: at.to(end), kind: ClaimKind::Never(policy) });
        }
        "within" => boundary::read(tokens, report).map(|boundary| {
            // A policy may be long.
            let is_long = matches!(boundary, Boundary::Inline(..));
            let at = if is_long { at } else { at.to(tokens.last()) };
            Claim { at, kind: ClaimKind::Within(boundary) }
        }),
        _ => request::read(tokens, header, report).map(|(asked, end)| {
            let kind = ClaimKind::Decides { allows: word == "allows", asked };
            Claim { at: at.to(end), kind }
        }),
    };
    match claim {
        Some(claim) => {
            typed::end_of_item(tokens, report);
            Some(claim)
        }
        None => {
            typed::skip_item(tokens);
            None
        }
    }
}

/// Reads what is never allowed: actions, and resources and conditions if there are any; gives it as
/// a denial, with the place where it ends.
#[must_use]
pub fn never(
    at: Place,
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<(Policy<Place>, Place)> {
    let mut unlisted: Vec<Text<Place>> = header.unlisted.clone();
    if tokens.is_empty() || tokens.peek_sign(';') {
        let message =
            format!("expected the actions that are never allowed, found {}", tokens.found());
        report.add(tokens.place(), Rule::Grammar, message);
        tokens.take_sign(';');
        return None;
    }
    let start = tokens.place();
    let (statement, end) = statement::read_to(tokens, header, &mut unlisted, report);
    let effect = statement.elements.iter().find(|one| matches!(one.kind, ElementKind::Effect(_)));
    if let Some(effect) = effect {
        report.add(effect.at, Rule::Grammar, "`never` has no effect, it only names requests");
        return None;
    }
    if statement.broken {
        return None;
    }
    if statement.actions().is_none() {
        report.add(start, Rule::Grammar, "`never` names actions first, `*` for all of them");
        return None;
    }
    Some((denial(at, statement, unlisted), end))
}
