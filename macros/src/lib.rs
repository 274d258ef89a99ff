//! The procedural macros of `ram-policy`. Use the `ram-policy` crate instead.
//!
//! tokens → `ram-policy-read` → the model's checker → `expand`; what is wrong goes through `report`; `editor` reads the tokens once more for rust-analyzer.

mod additions;
mod claim;
mod code;
#[cfg(feature = "proofs")]
mod constant;
mod crate_file;
mod editor;
mod excerpt;
mod expand;
mod file;
mod guardrails;
mod include;
mod kept;
mod policy;
mod report;
mod request;
mod role;

#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

use crate::editor::{Reader, behind_header, behind_kind, in_braces, with_paths};

/// `policy!` behind its wrapper in `ram-policy`, which passes `$crate` first.
#[proc_macro]
pub fn policy(tokens: TokenStream) -> TokenStream {
    with_paths(Reader::of_this_process(), tokens.into(), behind_header, policy::expand).into()
}

/// `trust_policy!` behind its wrapper.
#[proc_macro]
pub fn trust_policy(tokens: TokenStream) -> TokenStream {
    with_paths(Reader::of_this_process(), tokens.into(), behind_header, policy::expand_trust).into()
}

/// `resource_policy!` behind its wrapper.
#[proc_macro]
pub fn resource_policy(tokens: TokenStream) -> TokenStream {
    with_paths(Reader::of_this_process(), tokens.into(), behind_kind, policy::expand_resource)
        .into()
}

/// `policy_file!` behind its wrapper.
#[proc_macro]
pub fn policy_file(tokens: TokenStream) -> TokenStream {
    file::expand(tokens.into()).into()
}

/// `service_linked_role!` behind its wrapper.
#[proc_macro]
pub fn service_linked_role(tokens: TokenStream) -> TokenStream {
    with_paths(Reader::of_this_process(), tokens.into(), in_braces, role::expand).into()
}

/// `request_for!` behind its wrapper, which passes what it declares in brackets and
/// the policy in braces.
#[proc_macro]
pub fn request(tokens: TokenStream) -> TokenStream {
    request::expand(tokens.into()).into()
}

/// `assert_within!(const ...)` behind its wrapper, which passes the policy in brackets.
#[cfg(feature = "proofs")]
#[proc_macro]
pub fn constant_within(tokens: TokenStream) -> TokenStream {
    constant::within(tokens.into()).into()
}

/// `assert_never!(const ...)` behind its wrapper.
#[cfg(feature = "proofs")]
#[proc_macro]
pub fn constant_never(tokens: TokenStream) -> TokenStream {
    constant::never(tokens.into()).into()
}
