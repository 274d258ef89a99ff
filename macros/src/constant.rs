//! `assert_within!` and `assert_never!` with `const`: what is said of a constant, for the compiler to
//! decide.

use proc_macro2::{Delimiter, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use ram_policy_model::Policy;
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::claim;
use ram_policy_model::policy::reader::Reader;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::claim::Boundary;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_read::{claim as read, policy};

use crate::claim::{Around, of_file};
use crate::{additions, crate_file, report};
use ram_policy_read::input::{self, CratePath};
use ram_policy_read::place::Place;
use ram_policy_read::tokens::Tokens;

/// What is asked about a policy.
struct Asked {
    /// The function of the library that decides.
    decides: &'static str,
    /// What it takes behind the policy.
    boundary: TokenStream,
    /// What else is written, as the files that the build depends on.
    items: TokenStream,
}

/// Items that do not compile unless a policy keeps within a boundary.
pub(crate) fn within(stream: TokenStream) -> TokenStream {
    expand(stream, |tokens, path, additions, report| {
        let boundary = read::boundary(tokens, policy::read, report)?;
        if let Boundary::Constant(constant) = &boundary {
            let items = quote!(const __BOUNDARY: &p::Policy = &#constant;);
            let boundary = quote!(__BOUNDARY);
            return Some(Asked { decides: "policy_within", boundary, items });
        }
        let items = if let Boundary::File(path) = &boundary
            && crate_file::open(&path.value).is_ok()
        {
            crate_file::track(&path.value)
        } else {
            TokenStream::new()
        };
        let levels = Levels::new();
        let reader = Reader::new(PolicyKind::Identity, &levels, additions);
        let around = Around::of(path, reader, &[]);
        let (policy, findings) = boundary.policy(reader, |path| of_file(path, &around));
        report.extend(findings);
        let text = policy.as_ref().map(Policy::to_json);
        // A file is looked at again when it changes, also while it is wrong.
        let boundary = text.map_or_else(TokenStream::new, |text| quote!(#text));
        Some(Asked { decides: "policy_within_text", boundary, items })
    })
}

/// Items that do not compile unless a policy never allows something.
pub(crate) fn never(stream: TokenStream) -> TokenStream {
    expand(stream, |tokens, _, additions, report| {
        let header = input::header(tokens, report);
        if let Some(parameter) = header.parameters.first() {
            let at = parameter.parameter.name.at;
            report.add(at, Rule::Parameter, "there are no parameters here");
        }
        let reader = Reader::new(PolicyKind::Identity, &header.levels, additions);
        let (denied, _) = read::never(tokens.place(), tokens, &header, report)?;
        let (denied, findings) = claim::policy_of(reader, &denied, Report::default());
        report.extend(findings);
        let text = denied.map(|denied| claim::everything_but(&denied).to_json());
        let boundary = text.map_or_else(TokenStream::new, |text| quote!(#text));
        Some(Asked { decides: "policy_never", boundary, items: TokenStream::new() })
    })
}

/// Reads the crate's path, the policy's path in brackets and what is asked about it.
fn expand(
    stream: TokenStream,
    read: impl FnOnce(&mut Tokens, &CratePath, &Additions, &mut Report<Place>) -> Option<Asked>,
) -> TokenStream {
    let start = Place::at(Span::call_site());
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(start, "expected the path of a policy");
    };
    let Some(policy) = tokens.take_group(Delimiter::Bracket) else {
        return report::error(start, "expected the path of a policy");
    };
    let at = Tokens::inside(&policy).place();
    additions::items_with(at, |additions| {
        let mut found = Report::default();
        let asked = read(&mut tokens, &path, additions, &mut found);
        tokens.take_sign(',');
        if found.is_empty() && !tokens.is_empty() {
            let message = format!("expected nothing behind it, found {}", tokens.found());
            found.add(tokens.place(), Rule::Grammar, message);
        }
        let end = tokens.last();
        let diagnostics = found.into_diagnostics();
        let refused = diagnostics.iter().any(|one| Levels::new().is_error(one.rule));
        let findings = report::all(&diagnostics, &Levels::new());
        let Some(Asked { decides, boundary, items }) = asked else { return findings };
        if refused {
            return quote!(#items #findings);
        }
        let decides = Ident::new(decides, at.start);
        let policy = policy.stream();
        let call = quote_spanned!(at.start=> p::#decides);
        let arguments = quote_spanned!(end.end=> (__POLICY, #boundary));
        quote! {
            #findings
            #[allow(long_running_const_eval)]
            const _: () = {
                use #path::__private as p;
                #items
                const __POLICY: &p::Policy = &#policy;
                #call #arguments
            };
        }
    })
}
