//! `service_linked_role!`: a role's names, its service and its permissions, checked as a whole.

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::check::role::Declaration;
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::policy::reader::{Extent, Read, Reader};
use ram_policy_model::policy::role as model;
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::level::Levels;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_read::role;

use crate::claim::{self, Around};
use crate::{additions, expand, report};
use ram_policy_read::input::{self, CratePath};
use ram_policy_read::place::Place;

pub(crate) fn expand(stream: TokenStream) -> TokenStream {
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(Place::at(proc_macro2::Span::call_site()), "expected a role");
    };
    let mut found = Report::default();
    let at = tokens.place();
    let role::Read { declaration, levels, claims } = role::read(&mut tokens, &mut found);
    let Some(declaration) = declaration else {
        return refuse(&path, &found.into_diagnostics(), &levels);
    };
    model::check(&declaration, &mut found);
    additions::expand_with(
        at,
        || refuse(&path, &[], &levels),
        |additions| {
            let permissions = &declaration.permissions;
            let reader = Reader::new(PolicyKind::Identity, &levels, additions).taking(Extent::Part);
            let Read { lowered, mut findings } = reader.tree(permissions, found);
            let around = Around::of(&path, reader, &permissions.unlisted);
            let claimed = claim::decide(&claims, lowered.as_ref(), &around);
            let refused = || refused(&path);
            let role = lowered.map_or_else(refused, |lowered| write(&path, &declaration, &lowered));
            findings.extend(claimed.findings);
            let mut before = report::all(&findings, &levels);
            before.extend(claimed.items);
            report::before(&before, role)
        },
    )
}

/// The role.
fn write(path: &CratePath, declaration: &Declaration<Place>, lowered: &Lowered) -> TokenStream {
    let permissions = expand::policy(path, lowered);
    let (name, policy_name) = (&declaration.name.value, &declaration.policy_name.value);
    let service = match &declaration.service {
        Some(service) => {
            let service = &service.value;
            quote!(#path::__private::Some(#service))
        }
        None => quote!(#path::__private::None),
    };
    quote! {
        #path::ServiceLinkedRole::compiled(#name, #policy_name, #service, #permissions)
    }
}

/// What is wrong, and a role that allows nothing.
fn refuse(path: &CratePath, found: &[Diagnostic<Place>], levels: &Levels) -> TokenStream {
    report::before(&report::all(found, levels), refused(path))
}

/// A role that allows nothing.
fn refused(path: &CratePath) -> TokenStream {
    quote!(#path::ServiceLinkedRole::compiled(
        "",
        "",
        #path::__private::None,
        #path::Policy::refused()
    ))
}
