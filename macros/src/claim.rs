//! Claims of a policy: decided here, but for those about a constant, which the compiler decides.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::document::{self, Indent};
use ram_policy_model::policy::reader::Reader;
use ram_policy_model::report::diagnostic::Diagnostic;
#[cfg(feature = "proofs")]
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::claim::{Boundary, ClaimKind};
use ram_policy_model::source::syntax as source;
use ram_policy_model::text::place::Text;
use ram_policy_model::{Policy, claim};
use ram_policy_read::claim::Claim;

use crate::{crate_file, excerpt};
use ram_policy_read::input::CratePath;
use ram_policy_read::place::Place;

/// What is around the claims of a macro.
pub(crate) struct Around<'a> {
    /// The crate's path.
    path: &'a CratePath,
    /// Reads the policies of claims.
    reader: Reader<'a>,
    /// Actions the author vouches for.
    unlisted: Vec<String>,
}

impl<'a> Around<'a> {
    pub(crate) fn of(path: &'a CratePath, reader: Reader<'a>, unlisted: &[Text<Place>]) -> Self {
        let unlisted = unlisted.iter().map(|action| action.value.clone()).collect();
        Self { path, reader, unlisted }
    }
}

/// What came of claims.
#[derive(Default)]
pub(crate) struct Claimed {
    /// What is wrong with them, and where they fail.
    pub(crate) findings: Vec<Diagnostic<Place>>,
    /// Items for the compiler to look at.
    pub(crate) items: TokenStream,
}

/// Decides the claims of a policy; without one, only their own mistakes are found.
pub(crate) fn decide(claims: &[Claim], lowered: Option<&Lowered>, around: &Around<'_>) -> Claimed {
    let mut claimed = Claimed::default();
    if claims.is_empty() {
        return claimed;
    }
    let policy = lowered.map(|lowered| Policy::from_document(lowered.document.clone()));
    for claim in claims {
        let file = |path: &Text<Place>| of_file(path, around);
        claimed.findings.extend(claim::decide(claim, policy.as_ref(), around.reader, file));
        let ClaimKind::Within(boundary) = &claim.kind else { continue };
        match (boundary, lowered) {
            (Boundary::File(path), _) if crate_file::open(&path.value).is_ok() => {
                claimed.items.extend(crate_file::track(&path.value));
            }
            // Without proofs it has been reported that they are needed.
            (Boundary::Constant(constant), Some(lowered)) if cfg!(feature = "proofs") => {
                let text = document::write(&lowered.document, Indent::Minified);
                claimed.items.extend(by_compiler(claim.at, around.path, &quote!(#text), constant));
            }
            _ => {}
        }
    }
    claimed
}

/// Decides the claims of a policy that includes constants: the compiler knows its text, as `__JSON`, and
/// the macro does not.
pub(crate) fn decide_in_constant(claims: &[Claim], included: &str, around: &Around<'_>) -> Claimed {
    let mut claimed = Claimed::default();
    let path = around.path;
    for claim in claims {
        let at = claim.at;
        let file = |path: &Text<Place>| of_file(path, around);
        let wrong = claim::decide(claim, None, around.reader, file);
        let is_wrong = !wrong.is_empty();
        claimed.findings.extend(wrong);
        // Without proofs it has been reported that they are needed.
        let is_asked = !is_wrong && cfg!(feature = "proofs");
        let (decides, boundary) = match &claim.kind {
            ClaimKind::Decides { .. } => {
                let word = claim.word();
                let message = format!(
                    "`{word}` cannot be decided here, because the macro does not see the statements of `{included}`; ask the policy in a test, or claim it by `never` or `within`"
                );
                claimed.findings.push(Diagnostic { at, rule: Rule::Grammar, message });
                continue;
            }
            ClaimKind::Within(_) | ClaimKind::Never(_) if !is_asked => continue,
            ClaimKind::Within(Boundary::Constant(constant)) => {
                claimed.items.extend(by_compiler(at, path, &quote!(__JSON), constant));
                continue;
            }
            ClaimKind::Within(boundary) => {
                if let Boundary::File(path) = boundary {
                    claimed.items.extend(crate_file::track(&path.value));
                }
                let file = |path: &Text<Place>| of_file(path, around);
                ("text_within_text", boundary.policy(around.reader, file).0)
            }
            ClaimKind::Never(denied) => ("text_never", everything_but(around.reader, denied)),
        };
        if let Some(boundary) = boundary {
            let text = boundary.to_json();
            let name = Ident::new(decides, at.start);
            let call = quote_spanned!(at.start=> p::#name);
            let arguments = quote_spanned!(at.end=> (__JSON, #text));
            claimed.items.extend(quote! {
                #[allow(long_running_const_eval)]
                const _: () = #call #arguments;
            });
        }
    }
    claimed
}

/// Everything but what is denied.
#[cfg(feature = "proofs")]
fn everything_but(reader: Reader<'_>, denied: &source::Policy<Place>) -> Option<Policy> {
    let (denied, _) = claim::policy_of(reader, denied, Report::default());
    denied.as_ref().map(claim::everything_but)
}

/// Without proofs it has been reported that they are needed.
#[cfg(not(feature = "proofs"))]
fn everything_but(_: Reader<'_>, _: &source::Policy<Place>) -> Option<Policy> {
    None
}

/// A constant that cannot be evaluated unless the policy is proved to keep within another constant.
fn by_compiler(
    at: Place,
    path: &CratePath,
    text: &TokenStream,
    boundary: &TokenStream,
) -> TokenStream {
    let call = quote_spanned!(at.start=> p::within_constant);
    let arguments = quote_spanned!(at.end=> (#text, __BOUNDARY));
    quote! {
        #[allow(long_running_const_eval)]
        const _: () = {
            use #path::__private as p;
            const __BOUNDARY: &p::Policy = &#boundary;
            #call #arguments
        };
    }
}

/// The policy of a file.
pub(crate) fn of_file(
    path: &Text<Place>,
    around: &Around<'_>,
) -> (Option<Policy>, Vec<Diagnostic<Place>>) {
    let (name, at) = (&path.value, path.at);
    let text = match crate_file::open(name) {
        Ok(text) => text,
        Err(message) => return (None, vec![Diagnostic { at, rule: Rule::Grammar, message }]),
    };
    let reader = around.reader.vouching_for(&around.unlisted);
    let (policy, findings) = claim::policy_of_text(reader, &text);
    let findings = findings.into_iter().map(|found| Diagnostic {
        at,
        rule: found.rule,
        message: excerpt::show(name, &text, found.at, &found.message),
    });
    (policy, findings.collect())
}
