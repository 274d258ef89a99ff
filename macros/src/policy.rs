//! `policy!`, `trust_policy!` and `resource_policy!`: what the tokens say is read as every policy is, then written out.

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::policy::reader::{Extent, Read, Reader};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::terms::kind::{PolicyKind, ResourceKind};
use ram_policy_read::claim::{
    INCLUDE_IN_RESOURCE, INCLUDE_IN_TRUST, OF_RESOURCE, OF_TRUST, refuse as refuse_claims,
    refuse_includes,
};
use ram_policy_read::policy::{Read as Parsed, read as parse};

use crate::claim::{self, Around};
use crate::include::Includes;
use crate::{additions, expand, guardrails, kept, report};
use ram_policy_read::input::{self, CratePath, Header};
use ram_policy_read::kind;
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
    let at = tokens.place();
    additions::expand_with(at, refuse, |additions| {
        let parsed = parse(&mut tokens, &header, &mut found);
        let Some(Parsed { mut policy, claims, includes }) = parsed else {
            let errors = report::all(&found.into_diagnostics(), &header.levels);
            return report::before(&errors, refuse());
        };
        let includes = Includes::of(&mut policy, includes, &mut found);
        let reader = reader(PolicyKind::Identity, &header, additions);
        let Read { lowered, mut findings } = reader.tree(&policy, found);
        let around = Around::of(&path, reader, &header.unlisted);
        let claimed = if includes.is_whole() {
            claim::decide(&claims, lowered.as_ref(), &around)
        } else {
            claim::decide_in_constant(&claims, &includes.first(), &around)
        };
        let asked = guardrails::ask(at, &policy, lowered.as_ref(), None, reader);
        includes.show(&mut findings);
        findings.extend(claimed.findings);
        findings.extend(asked.broken);
        let mut before = report::all(&findings, &header.levels);
        before.extend(includes.track());
        before.extend(asked.items);
        let value = match lowered {
            None => refuse(),
            Some(lowered) if includes.is_whole() => {
                before.extend(claimed.items);
                write(&path, &header, &lowered)
            }
            Some(lowered) => includes.write(&path, &header, &lowered, &claimed.items),
        };
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
        let Read { lowered, findings } = read_trust(&mut tokens, &header, additions, found);
        let value = lowered.map_or_else(refuse, |lowered| expand::trust_policy(&path, &lowered));
        report::before(&report::all(&findings, &header.levels), value)
    })
}

/// A policy of a resource, behind its kind.
pub(crate) fn expand_resource(stream: TokenStream) -> TokenStream {
    let Some((path, mut tokens)) = input::split(stream) else {
        let at = Place::at(proc_macro2::Span::call_site());
        return report::error(at, "expected a policy of a resource");
    };
    let mut found = Report::default();
    let header = input::header(&mut tokens, &mut found);
    if let Some(parameter) = header.parameters.first() {
        let at = parameter.parameter.name.at;
        found.add(at, Rule::Parameter, "a policy of a resource has no parameters");
    }
    let Some(kind) = kind::read(&mut tokens, &mut found) else {
        let errors = report::all(&found.into_diagnostics(), &header.levels);
        return report::before(&errors, refused_resource(&path, ResourceKind::Bucket));
    };
    let refuse = || refused_resource(&path, kind);
    additions::expand_with(tokens.place(), refuse, |additions| {
        let Read { lowered, findings } = match parse(&mut tokens, &header, &mut found) {
            Some(Parsed { mut policy, claims, .. }) => {
                refuse_claims(&claims, OF_RESOURCE, &mut found);
                refuse_includes(&mut policy, INCLUDE_IN_RESOURCE, &mut found);
                reader(PolicyKind::Resource(kind), &header, additions).tree(&policy, found)
            }
            None => Read { lowered: None, findings: found.into_diagnostics() },
        };
        let write = |lowered| kept::resource_policy(&path, kind, &lowered);
        let value = lowered.map_or_else(refuse, write);
        report::before(&report::all(&findings, &header.levels), value)
    })
}

/// A policy of a resource that allows nothing.
fn refused_resource(path: &CratePath, kind: ResourceKind) -> TokenStream {
    let kind = kept::resource_kind(path, kind);
    quote!(#path::ResourcePolicy::refused(#kind))
}

fn read_trust(
    tokens: &mut Tokens,
    header: &Header,
    additions: &Additions,
    mut found: Report<Place>,
) -> Read<Place> {
    match parse(tokens, header, &mut found) {
        Some(Parsed { mut policy, claims, .. }) => {
            refuse_claims(&claims, OF_TRUST, &mut found);
            refuse_includes(&mut policy, INCLUDE_IN_TRUST, &mut found);
            reader(PolicyKind::Trust, header, additions).tree(&policy, found)
        }
        None => Read { lowered: None, findings: found.into_diagnostics() },
    }
}

/// The reader of a macro's policy: at the levels of its attributes, and statements alone will do, as
/// pages print them.
pub(crate) const fn reader<'c>(
    kind: PolicyKind,
    header: &'c Header,
    additions: &'c Additions,
) -> Reader<'c> {
    Reader::new(kind, &header.levels, additions).taking(Extent::Part)
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
