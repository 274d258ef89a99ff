//! `policy!`: compiles what was read, writes it out.

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::additions::Additions;
use ram_policy_model::compile::{self, Compiled};
use ram_policy_model::diagnostic::{Diagnostic, Report};
use ram_policy_model::lower::Lowered;
use ram_policy_model::lowered::PolicyKind;
use ram_policy_model::rule::Rule;
use ram_policy_read::policy::read;

use crate::input::{self, CratePath, Header};
use crate::place::Place;
use crate::tokens::Tokens;
use crate::{additions, expand, report};

/// An identity policy or a template of one.
pub(crate) fn expand(stream: TokenStream) -> TokenStream {
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(Place::at(proc_macro2::Span::call_site()), "expected a policy");
    };
    let mut found = Report::default();
    let header = input::header(&mut tokens, &mut found);
    let refuse = || refused(&path, &header);
    additions::expand_with(tokens.place(), refuse, |additions| {
        match checked(&mut tokens, &header, PolicyKind::Identity, additions, found) {
            Ok(compiled) => {
                let told = report::tell(&compiled.told, &header.levels);
                report::before(&told, write(&path, &header, &compiled.lowered))
            }
            Err(diagnostics) => {
                report::before(&report::tell(&diagnostics, &header.levels), refuse())
            }
        }
    })
}

/// A trust policy.
pub(crate) fn expand_trust(stream: TokenStream) -> TokenStream {
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(Place::at(proc_macro2::Span::call_site()), "expected a trust policy");
    };
    let mut found = Report::default();
    let header = input::header(&mut tokens, &mut found);
    if let Some(parameter) = header.parameters.first() {
        let at = parameter.parameter.name.at;
        found.add(at, Rule::Parameter, "a trust policy has no parameters");
    }
    let refuse = || quote!(#path::TrustPolicy::refused());
    additions::expand_with(tokens.place(), refuse, |additions| {
        match checked(&mut tokens, &header, PolicyKind::Trust, additions, found) {
            Ok(compiled) => {
                let told = report::tell(&compiled.told, &header.levels);
                report::before(&told, expand::trust_policy(&path, &compiled.lowered))
            }
            Err(diagnostics) => {
                report::before(&report::tell(&diagnostics, &header.levels), refuse())
            }
        }
    })
}

/// Reads and checks a policy.
fn checked(
    tokens: &mut Tokens,
    header: &Header,
    kind: PolicyKind,
    additions: &Additions,
    mut found: Report<Place>,
) -> Result<Compiled<Place>, Vec<Diagnostic<Place>>> {
    match read(tokens, header, &mut found) {
        Some(policy) => compile::compile(&policy, kind, &header.levels, additions, found),
        None => Err(found.into_diagnostics()),
    }
}

/// Writes a policy or a template.
pub(crate) fn write(path: &CratePath, header: &Header, lowered: &Lowered) -> TokenStream {
    if header.is_template {
        expand::template(path, header, lowered)
    } else {
        expand::policy(path, lowered)
    }
}

/// Something of the right type in the place of a policy or a template that is refused.
pub(crate) fn refused(path: &CratePath, header: &Header) -> TokenStream {
    if header.is_template {
        quote!(#path::PolicyTemplate::refused())
    } else {
        quote!(#path::Policy::refused())
    }
}
