//! `policy!`: compiles what was read, writes it out.

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::policy::compile::{self, Compiled};
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::rule::Rule;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_read::claim::{OF_TRUST, refuse as refuse_claims};
use ram_policy_read::policy::{Read, read};

use crate::claim::{self, Around};
use crate::{additions, expand, report};
use ram_policy_read::input::{self, CratePath, Header};
use ram_policy_read::place::Place;
use ram_policy_read::tokens::Tokens;

/// An identity policy or a template of one.
pub(crate) fn expand(stream: TokenStream) -> TokenStream {
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(Place::at(proc_macro2::Span::call_site()), "expected a policy");
    };
    let mut found = Report::default();
    let header = input::header(&mut tokens, &mut found);
    let refuse = || refused(&path, &header);
    additions::expand_with(tokens.place(), refuse, |additions| {
        let Some(Read { policy, claims }) = read(&mut tokens, &header, &mut found) else {
            let told = report::tell(&found.into_diagnostics(), &header.levels);
            return report::before(&told, refuse());
        };
        let Header { levels, unlisted, .. } = &header;
        let compiled = compile::compile(&policy, PolicyKind::Identity, levels, additions, found);
        let document = compiled.as_ref().ok().map(|compiled| &compiled.lowered.document);
        let around = Around { path: &path, levels, additions, unlisted };
        let held = claim::hold(&claims, document, &around);
        let (mut told, value) = match compiled {
            Ok(compiled) => (compiled.told, write(&path, &header, &compiled.lowered)),
            Err(diagnostics) => (diagnostics, refuse()),
        };
        told.extend(held.told);
        let mut before = report::tell(&told, levels);
        before.extend(held.items);
        report::before(&before, value)
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
        match checked_trust(&mut tokens, &header, additions, found) {
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

/// Reads and checks a trust policy.
fn checked_trust(
    tokens: &mut Tokens,
    header: &Header,
    additions: &Additions,
    mut found: Report<Place>,
) -> Result<Compiled<Place>, Vec<Diagnostic<Place>>> {
    match read(tokens, header, &mut found) {
        Some(Read { policy, claims }) => {
            refuse_claims(&claims, OF_TRUST, &mut found);
            compile::compile(&policy, PolicyKind::Trust, &header.levels, additions, found)
        }
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
