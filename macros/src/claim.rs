//! Claims of a policy: decided here, but for those about a constant, which the compiler decides.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::document::{self, Document, Indent};
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::claim::{Boundary, ClaimKind};
use ram_policy_model::source::{from_json, syntax};
use ram_policy_model::text::json::{self, TextRange};
use ram_policy_model::text::place::Text;
use ram_policy_model::{Policy, claim};
use ram_policy_read::claim::Claim;

use crate::{crate_file, excerpt};
use ram_policy_read::input::CratePath;
use ram_policy_read::place::Place;

/// What is around the claims of a macro.
pub(crate) struct Around<'a> {
    /// The crate's path.
    pub(crate) path: &'a CratePath,
    pub(crate) levels: &'a Levels,
    pub(crate) additions: &'a Additions,
    /// Actions the author vouches for.
    pub(crate) unlisted: &'a [Text<Place>],
}

/// What came of claims.
#[derive(Default)]
pub(crate) struct Held {
    /// What is to be told.
    pub(crate) told: Vec<Diagnostic<Place>>,
    /// Items for the compiler to look at.
    pub(crate) items: TokenStream,
}

/// Holds claims against a policy; without one, only their own mistakes are told.
pub(crate) fn hold(claims: &[Claim], document: Option<&Document>, around: &Around<'_>) -> Held {
    let mut held = Held::default();
    if claims.is_empty() {
        return held;
    }
    let policy = document.map(|document| Policy::from_document(document.clone()));
    for claim in claims {
        let file = |path: &Text<Place>| of_file(path, around);
        let (levels, additions) = (around.levels, around.additions);
        held.told.extend(claim::hold(claim, policy.as_ref(), levels, additions, file));
        let ClaimKind::Within(boundary) = &claim.kind else { continue };
        match (boundary, document) {
            (Boundary::File(path), _) if crate_file::open(&path.value).is_ok() => {
                held.items.extend(crate_file::track(&path.value));
            }
            // Without proofs it has been told that they are needed.
            (Boundary::Constant(constant), Some(document)) if cfg!(feature = "proofs") => {
                let text = document::write(document, Indent::Minified);
                held.items.extend(by_compiler(claim.at, around.path, &text, constant));
            }
            _ => {}
        }
    }
    held
}

/// A constant that cannot be evaluated unless the policy is proved to keep within another constant.
fn by_compiler(at: Place, path: &CratePath, text: &str, boundary: &TokenStream) -> TokenStream {
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
    let (policy, told) = read(&text, around);
    let told = told.into_iter().map(|found| Diagnostic {
        at,
        rule: found.rule,
        message: excerpt::show(name, &text, found.at, &found.message),
    });
    (policy, told.collect())
}

fn read(text: &str, around: &Around<'_>) -> (Option<Policy>, Vec<Diagnostic<TextRange>>) {
    let mut report = Report::default();
    let value = match json::read(text) {
        Ok(value) => value,
        Err(error) => {
            report.add(error.at, Rule::Syntax, error.value);
            return (None, report.into_diagnostics());
        }
    };
    let mut policy: syntax::Policy<TextRange> = from_json::read(value, &mut report);
    let outside = policy.at;
    let vouched = around.unlisted.iter().map(|action| Text::new(action.value.clone(), outside));
    policy.unlisted.extend(vouched);
    claim::policy_of(&policy, around.levels, around.additions, report)
}
