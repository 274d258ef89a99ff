//! Decides claims, and says by which statement they fail.

use alloc::string::ToString;
use alloc::{format, vec::Vec};

use super::policy_of;
#[cfg(feature = "proofs")]
use super::proof;
#[cfg(not(feature = "proofs"))]
use super::unproved as proof;
use crate::check;
use crate::policy::Policy;
use crate::policy::reader::Reader;
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::rule::Rule;
use crate::request::{Request, RequestAction, RequestError};
use crate::source::claim::{Asked, Claim, ClaimKind};
use crate::source::selection;
use crate::text::place::Text;

/// What is wrong with a claim; without a policy only what is wrong with the claim itself.
///
/// `reader` reads the policies of the claim, and `file` gives the policy of a file, or what is wrong
/// with it. A constant is left to the front end.
#[must_use]
pub fn decide<L: Copy, C>(
    claim: &Claim<L, C>,
    policy: Option<&Policy>,
    reader: Reader<'_>,
    file: impl FnOnce(&Text<L>) -> (Option<Policy>, Vec<Diagnostic<L>>),
) -> Vec<Diagnostic<L>> {
    let at = claim.at;
    let levels = reader.levels();
    let mut report = Report::default();
    let mut findings: Vec<Diagnostic<L>>;
    match &claim.kind {
        ClaimKind::Decides { allows, asked } => {
            let mut asked = asked.clone();
            let (additions, selections) = (reader.additions(), &mut asked.selections);
            selection::write(&mut asked.actions, selections, additions, &mut report);
            let asked = &asked;
            report.extend(check::asked(asked, additions).into_diagnostics());
            let (wrong, is_refused) = core::mem::take(&mut report).at_levels(levels);
            findings = wrong;
            if let Some(policy) = policy.filter(|_| !is_refused) {
                decides(at, *allows, asked, policy, &mut report);
            }
        }
        ClaimKind::Never(denied) => {
            let (denied, wrong) = policy_of(reader, denied, Report::default());
            findings = wrong;
            if let (Some(policy), Some(denied)) = (policy, denied) {
                proof::never(at, policy, &denied, &mut report);
            }
        }
        ClaimKind::Within(boundary) => {
            let name = boundary.name();
            let (boundary, wrong) = boundary.policy(reader, file);
            findings = wrong;
            if let Some(policy) = policy {
                proof::within(at, policy, boundary.as_ref(), &name, &mut report);
            }
        }
    }
    let (failed, _) = report.at_levels(levels);
    findings.extend(failed);
    findings
}

/// Asks the evaluator for every request, and reports the first that is decided otherwise.
fn decides<L: Copy>(
    at: L,
    allows: bool,
    asked: &Asked<L>,
    policy: &Policy,
    report: &mut Report<L>,
) {
    for action in &asked.actions {
        let request = match request(action, asked) {
            Ok(request) => request,
            // The checker has found nothing wrong, so this is not to be.
            Err(error) => {
                report.add(action.at, Rule::FailedClaim, error.to_string());
                continue;
            }
        };
        if policy.evaluate(&request).is_allow() == allows {
            continue;
        }
        let what = if allows { "does not allow" } else { "allows" };
        let message = format!("the policy {what} `{}` on `{}`", action.value, asked.resource.value);
        let explanation = policy.explain(&request).to_string();
        // Of several actions, the one that fails is marked.
        let at = if asked.actions.len() == 1 { at } else { action.at };
        report.add_with(at, Rule::FailedClaim, message, explanation.lines());
    }
}

fn request<'a, L>(action: &'a Text<L>, asked: &'a Asked<L>) -> Result<Request<'a>, RequestError> {
    let mut request = Request::new(RequestAction::unlisted(&action.value)?, &asked.resource.value)?;
    for given in &asked.given {
        for value in &given.values {
            let (key, value) = (given.key.value.as_str(), value.value.as_str());
            request = match request.clone().with_named(key, value) {
                Ok(request) => request,
                // A key that only local additions have.
                Err(RequestError::UnknownKey) => request.with_unchecked(key, value),
                Err(error) => return Err(error),
            };
        }
    }
    Ok(request)
}
