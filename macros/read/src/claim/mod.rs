//! Claims: what a policy says of itself; their grammar is on the page "The language" of the guide.
//!
//! They stand among the items of the typed form, and before a document or the path of a file.

mod boundary;
mod request;
mod tree;

use ram_policy_model::claim::denial;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::claim::ClaimKind;
use ram_policy_model::source::syntax::{ElementKind, Policy};
use ram_policy_model::text::place::Text;

use crate::input::Header;
use crate::items::{end_of_item, skip_item};
use crate::next::Next;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::typed::statement;
use crate::word::{Role, Word};

pub use boundary::read as boundary;
pub use tree::{
    Boundary, Claim, INCLUDE_IN_RESOURCE, INCLUDE_IN_ROLE, INCLUDE_IN_TRUST, OF_BOUNDARY,
    OF_RESOURCE, OF_TEMPLATE, OF_TRUST, PolicyReader, Read, refuse, refuse_includes,
};

/// Whether a claim begins here.
fn begins(tokens: &Tokens) -> bool {
    tokens.word().is_some_and(|word| word.role() == Role::Claim)
}

/// Reads the claims before a document; `policies` reads those that stand in them.
pub fn before_document(
    tokens: &mut Tokens,
    header: &Header,
    policies: PolicyReader,
    report: &mut Report<Place>,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    while begins(tokens) {
        claims.extend(read(tokens, header, policies, report));
    }
    claims
}

/// Reads a claim; `None` when a mistake has been reported.
pub(crate) fn read(
    tokens: &mut Tokens,
    header: &Header,
    policies: PolicyReader,
    report: &mut Report<Place>,
) -> Option<Claim> {
    let at = tokens.place();
    let word = tokens.word();
    tokens.skip();
    let claim = match word {
        Some(Word::Never) => {
            let denied = never(at, tokens, header, report);
            return denied
                .map(|(policy, end)| Claim { at: at.to(end), kind: ClaimKind::Never(policy) });
        }
        Some(Word::Within) => boundary::read(tokens, policies, report).map(|boundary| {
            // A policy may be long.
            let is_long = matches!(boundary, Boundary::Inline(..));
            let at = if is_long { at } else { at.to(tokens.last()) };
            Claim { at, kind: ClaimKind::Within(boundary) }
        }),
        _ => request::read(tokens, header, report).map(|(asked, end)| {
            let kind = ClaimKind::Decides { allows: word == Some(Word::Allows), asked };
            Claim { at: at.to(end), kind }
        }),
    };
    match claim {
        Some(claim) => {
            end_of_item(tokens, report);
            Some(claim)
        }
        None => {
            skip_item(tokens);
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
        Next::Never.report(tokens, report);
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
