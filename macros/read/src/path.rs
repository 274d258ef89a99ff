//! The path of a constant, kept as its tokens.

use proc_macro2::{TokenStream, TokenTree};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;

use crate::place::Place;
use crate::tokens::Tokens;

/// Reads the path of a constant, up to the `;` or the end behind it.
pub(crate) fn read(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<TokenStream> {
    let start = tokens.place();
    let mut path = Vec::new();
    while !tokens.is_empty() && !tokens.peek_sign(';') {
        path.extend(tokens.next());
    }
    constant(start, path, report)
}

/// A path: names with `::` between them, and `$crate`, `self` and the like in front.
pub(crate) fn constant(
    start: Place,
    path: Vec<TokenTree>,
    report: &mut Report<Place>,
) -> Option<TokenStream> {
    let odd = path.iter().find(|token| match token {
        TokenTree::Ident(_) => false,
        TokenTree::Punct(sign) => !matches!(sign.as_char(), ':' | '<' | '>' | '$'),
        TokenTree::Group(_) | TokenTree::Literal(_) => true,
    });
    let ends_in_name = matches!(path.last(), Some(TokenTree::Ident(_)));
    match odd {
        None if ends_in_name => Some(path.into_iter().collect::<TokenStream>()),
        None => {
            report.add(start, Rule::Grammar, "expected the path of a constant");
            None
        }
        Some(token) => {
            let message = format!("expected the path of a constant, found `{token}` in it");
            report.add(Place::of(token), Rule::Grammar, message);
            None
        }
    }
}
