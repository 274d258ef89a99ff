//! `service_linked_role!`: a role's names, its service and its permissions, checked as a whole.

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::compile::{self, Compiled};
use ram_policy_model::diagnostic::{Diagnostic, Report};
use ram_policy_model::level::Levels;
use ram_policy_model::lowered::PolicyKind;
use ram_policy_model::role::{self as model, Declaration};
use ram_policy_read::role;

use crate::input::{self, CratePath};
use crate::place::Place;
use crate::{additions, expand, report};

pub(crate) fn expand(stream: TokenStream) -> TokenStream {
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(Place::at(proc_macro2::Span::call_site()), "expected a role");
    };
    let mut found = Report::default();
    let at = tokens.place();
    let (declaration, levels) = role::read(&mut tokens, &mut found);
    let Some(declaration) = declaration else {
        return refuse(&path, &found.into_diagnostics(), &levels);
    };
    model::check(&declaration, &mut found);
    additions::expand_with(
        at,
        || refuse(&path, &[], &levels),
        |additions| {
            let (permissions, kind) = (&declaration.permissions, PolicyKind::Identity);
            match compile::compile(permissions, kind, &levels, additions, found) {
                Err(diagnostics) => refuse(&path, &diagnostics, &levels),
                Ok(compiled) => write(&path, &declaration, &compiled, &levels),
            }
        },
    )
}

/// The role, and what is to be told about it.
fn write(
    path: &CratePath,
    declaration: &Declaration<Place>,
    compiled: &Compiled<Place>,
    levels: &Levels,
) -> TokenStream {
    let permissions = expand::policy(path, &compiled.lowered);
    let (name, policy_name) = (&declaration.name.value, &declaration.policy_name.value);
    let service = match &declaration.service {
        Some(service) => {
            let service = &service.value;
            quote!(#path::__private::Some(#service))
        }
        None => quote!(#path::__private::None),
    };
    let role = quote! {
        #path::ServiceLinkedRole::compiled(#name, #policy_name, #service, #permissions)
    };
    report::before(&report::tell(&compiled.told, levels), role)
}

/// What is wrong, and a role that allows nothing.
fn refuse(path: &CratePath, found: &[Diagnostic<Place>], levels: &Levels) -> TokenStream {
    let refused = quote!(#path::ServiceLinkedRole::compiled(
        "",
        "",
        #path::__private::None,
        #path::Policy::refused()
    ));
    report::before(&report::tell(found, levels), refused)
}
