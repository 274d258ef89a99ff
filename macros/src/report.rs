//! Turns mistakes into compile errors and warnings, each at its own place.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use ram_policy_model::report::diagnostic::Diagnostic;
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::{Level, Rule};
use ram_policy_model::text::shown::escaped_lines;

use ram_policy_read::place::Place;

/// One `compile_error!` or warning for each mistake, in the order of the source; notes are for
/// reports.
pub(crate) fn all(diagnostics: &[Diagnostic<Place>], levels: &Levels) -> TokenStream {
    let mut sorted: Vec<&Diagnostic<Place>> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| position(diagnostic.at));
    let shown = |diagnostic: &&Diagnostic<Place>| {
        one(diagnostic.at, diagnostic.rule, levels, &diagnostic.to_string())
    };
    sorted.iter().map(shown).collect()
}

/// Line and column; the same for all places outside a compiler.
fn position(place: Place) -> (usize, usize) {
    if proc_macro::is_available() {
        let span = place.start.unwrap();
        (span.line(), span.column())
    } else {
        (0, 0)
    }
}

/// A mistake as its level says.
pub(crate) fn one(place: Place, rule: Rule, levels: &Levels, message: &str) -> TokenStream {
    match levels.level(rule) {
        Level::Error => error(place, message),
        Level::Warning => warning(place, rule, message),
        Level::Note | Level::Allow => TokenStream::new(),
    }
}

/// A warning that marks `place`. Stable Rust lets no macro warn, but it warns of deprecated
/// functions; this one has the rule's name.
fn warning(place: Place, rule: Rule, message: &str) -> TokenStream {
    let name = Ident::new(rule.name(), place.start);
    let message = escaped_lines(message);
    quote! {
        const _: () = {
            #[deprecated = #message]
            const fn #name() {}
            #name();
        };
    }
}

/// A `compile_error!` that marks `place`.
pub(crate) fn error(place: Place, message: &str) -> TokenStream {
    let mut literal = Literal::string(&escaped_lines(message));
    literal.set_span(place.end);
    let literal = TokenTree::Literal(literal);
    let name = quote_spanned!(place.start=> ::core::compile_error!);
    let arguments = quote_spanned!(place.end=> { #literal });
    quote!(#name #arguments)
}

/// Errors and warnings, then a value of the right type, so that nothing else turns red.
pub(crate) fn before(findings: &TokenStream, value: TokenStream) -> TokenStream {
    if findings.is_empty() { value } else { quote!({ #findings #value }) }
}
