//! Turns mistakes into compile errors, each at its own place.

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use ram_policy_model::diagnostic::Diagnostic;

use crate::place::Place;

/// One `compile_error!` for each mistake, in the order of the source.
pub(crate) fn errors(diagnostics: &[Diagnostic<Place>]) -> TokenStream {
    let mut sorted: Vec<&Diagnostic<Place>> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| diagnostic.at.position());
    sorted.iter().map(|diagnostic| error(diagnostic.at, &diagnostic.to_string())).collect()
}

/// A `compile_error!` that marks `place`.
pub(crate) fn error(place: Place, message: &str) -> TokenStream {
    let mut literal = Literal::string(message);
    literal.set_span(place.end);
    let literal = TokenTree::Literal(literal);
    let name = quote_spanned!(place.start=> ::core::compile_error!);
    let arguments = quote_spanned!(place.end=> { #literal });
    quote!(#name #arguments)
}

/// Errors, then a value of the right type, so that nothing else turns red.
pub(crate) fn refuse(errors: &TokenStream, value: &TokenStream) -> TokenStream {
    quote!({ #errors #value })
}
