//! A policy in either form.

use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;

use crate::claim::{self, OF_TEMPLATE};
use crate::input::Header;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::{json, typed};

pub use crate::claim::Read;

/// Reads a policy in either form; `None` when there is none.
#[must_use]
pub fn read(tokens: &mut Tokens, header: &Header, report: &mut Report<Place>) -> Option<Read> {
    if tokens.is_empty() {
        report.add(tokens.place(), Rule::MissingElement, "there is no policy here");
        return None;
    }
    let mut claims = claim::before_document(tokens, header, self::read, report);
    let mut policy = if json::is_json(tokens) {
        json::read(tokens, report)
    } else {
        typed::read(tokens, header, &mut claims, self::read, report)
    };
    policy.unlisted.extend(header.unlisted.iter().cloned());
    policy.parameters =
        header.parameters.iter().map(|declared| declared.parameter.clone()).collect();
    if header.is_template {
        claim::refuse(&claims, OF_TEMPLATE, report);
        claims.clear();
    }
    Some(Read { policy, claims })
}
