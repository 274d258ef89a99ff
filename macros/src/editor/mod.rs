//! Gives an editor the paths of the typed form as Rust paths, so that it can tell what they name,
//! go there and complete them.
//!
//! `ecs::StopInstance` comes out once more as a path to the variant, made of the author's own two
//! tokens; also while the policy is half written. Only rust-analyzer is given these paths: the
//! compiler does without them, and pays nothing.

mod read;

#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::report::diagnostic::Report;

use ram_policy_read::input;
use ram_policy_read::kind;
use ram_policy_read::tokens::Tokens;

use self::read::Named;
use crate::additions;

/// What the macro is expanded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// The compiler.
    Compiler,
    /// rust-analyzer.
    Editor,
}

impl Reader {
    /// Who runs the macro: rust-analyzer's macro server does not run without this variable, and
    /// nothing else sets it (rust-analyzer: the crates `proc-macro-api` and `proc-macro-srv-cli`).
    pub(crate) fn of_this_process() -> Self {
        match std::env::var_os("RUST_ANALYZER_INTERNALS_DO_NOT_USE") {
            Some(_) => Self::Editor,
            None => Self::Compiler,
        }
    }
}

/// The policy in the input of `policy!` or `trust_policy!`: what stands behind attributes and
/// parameters, whose mistakes the macro itself reports.
pub(crate) fn behind_header(tokens: &mut Tokens) -> Tokens {
    input::header(tokens, &mut Report::default());
    tokens.copy()
}

/// The policy in the input of `resource_policy!`: what follows the kind of the resource.
pub(crate) fn behind_kind(tokens: &mut Tokens) -> Tokens {
    input::header(tokens, &mut Report::default());
    kind::read(tokens, &mut Report::default());
    tokens.copy()
}

/// The policy in the input of `service_linked_role!`: only the permissions stand in braces.
pub(crate) fn in_braces(tokens: &mut Tokens) -> Tokens {
    tokens.in_braces()
}

/// Puts the paths that a macro's input names before its expansion, which keeps its type.
pub(crate) fn with_paths(
    reader: Reader,
    stream: TokenStream,
    policy: fn(&mut Tokens) -> Tokens,
    expand: fn(TokenStream) -> TokenStream,
) -> TokenStream {
    if reader == Reader::Compiler {
        return expand(stream);
    }
    let expansion = expand(stream.clone());
    let Some((path, mut tokens)) = input::split(stream) else {
        return expansion;
    };
    let mut named = read::named(policy(&mut tokens));
    named.retain(|named| !named.is_new(additions::has_new));
    if named.is_empty() {
        return expansion;
    }
    let paths = named.iter().map(|named| match named {
        Named::Action(code, name) => {
            let name = name.iter();
            quote!(#path::__editor::#code #(::#name)*;)
        }
        Named::Key(code, name) => {
            let name = name.iter();
            quote!(#path::key::#code #(::#name)*;)
        }
        Named::Resource(code, name) => {
            let name = name.iter();
            quote!(#path::resource_type::#code #(::#name)*;)
        }
        // What one reads of the word is the documentation of a constant of its name.
        Named::Selection(every, selection) => {
            let selected = additions::selected(selection);
            quote! {
                const _: () = {
                    #[doc = #selected]
                    #[allow(non_upper_case_globals)]
                    const #every: () = ();
                };
            }
        }
    });
    // rust-analyzer sets `rust_analyzer` for the crates one works on (rust-analyzer: the crate
    // `project-model`). A compiler started by hand with the variable must not see paths that may
    // not exist: a service can be switched off, an action vouched for.
    quote!({
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            const _: () = { #(#paths)* };
        };
        #expansion
    })
}
