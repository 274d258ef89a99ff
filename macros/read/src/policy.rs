//! A policy in either form.

use ram_policy_model::diagnostic::Report;
use ram_policy_model::rule::Rule;
use ram_policy_model::syntax::Policy;

use crate::input::Header;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::{json, typed};

/// Reads a policy in either form; `None` when there is none.
#[must_use]
pub fn read(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<Policy<Place>> {
    if tokens.is_empty() {
        report.add(tokens.place(), Rule::MissingElement, "there is no policy here");
        return None;
    }
    let mut policy = if json::is_json(tokens) {
        json::read(tokens, report)
    } else {
        typed::read(tokens, header, report)
    };
    policy.unlisted.extend(header.unlisted.iter().cloned());
    policy.parameters =
        header.parameters.iter().map(|declared| declared.parameter.clone()).collect();
    Some(policy)
}
