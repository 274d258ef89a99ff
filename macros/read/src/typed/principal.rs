//! Principals: `service "ecs.aliyuncs.com"`, `ram ["acs:ram::1:root"]`, `federated "..."`; or a list
//! of numbers, as `["1234567890123456"]`, and `*`.

use proc_macro2::Delimiter;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::{Principal, Principals, Values};
use ram_policy_model::terms::layout::Shape;
use ram_policy_model::terms::principal::PrincipalKind;
use ram_policy_model::text::place::Text;

use crate::input::Header;
use crate::items::{at_clause, print_parameters, skip_entry};
use crate::next::Next;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::word::Word;

/// Reads what follows `by`.
pub(super) fn read(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<Principals<Place>> {
    let is_listed = tokens.peek_text().is_some()
        || tokens.peek_sign('*')
        || tokens.peek_group(Delimiter::Bracket).is_some();
    if is_listed {
        return listed(tokens, header, report).map(Principals::Listed);
    }
    let mut principals: Vec<Principal<Place>> = Vec::new();
    let mut good = true;
    while good || !at_clause(tokens) {
        match one(tokens, header, report) {
            Some(principal) => {
                if principals.iter().any(|other| other.kind == principal.kind) {
                    let message =
                        format!("`{}` appears twice, give it one list", principal.kind.name());
                    report.add(principal.at, Rule::DuplicateElement, message);
                }
                principals.push(principal);
            }
            None => {
                good = false;
                skip_entry(tokens);
            }
        }
        if at_clause(tokens) {
            break;
        }
        if tokens.take_sign(',').is_none() {
            Next::AfterPrincipal.report(tokens, report);
            good = false;
            skip_entry(tokens);
            tokens.take_sign(',');
        }
    }
    (!principals.is_empty()).then_some(Principals::ByType(principals))
}

/// A list without types, or one text alone.
fn listed(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<Values<Place>> {
    let at = tokens.place();
    let mut items = Vec::new();
    let (shape, good) = match tokens.take_group(Delimiter::Bracket) {
        Some(group) => {
            (Shape::Many, texts(&mut Tokens::inside(&group), header, &mut items, report))
        }
        None => {
            let good = texts(tokens, header, &mut items, report);
            (Shape::of(items.len()), good)
        }
    };
    // An empty list is written so on purpose, and means everybody.
    (good && (shape == Shape::Many || !items.is_empty())).then_some(Values { at, shape, items })
}

/// Reads `*` and texts up to the next clause; whether nothing was wrong.
fn texts(
    tokens: &mut Tokens,
    header: &Header,
    items: &mut Vec<Text<Place>>,
    report: &mut Report<Place>,
) -> bool {
    while !at_clause(tokens) {
        if let Some(star) = tokens.take_sign('*') {
            items.push(Text::new("*".into(), star));
        } else if let Some(text) = tokens.peek_text() {
            items.push(Text::new(print_parameters(text, header), tokens.skip()));
        } else {
            Next::ListedPrincipal.report(tokens, report);
            skip_entry(tokens);
            return false;
        }
        if at_clause(tokens) {
            break;
        }
        if tokens.take_sign(',').is_none() {
            Next::AfterPrincipal.report(tokens, report);
            skip_entry(tokens);
            return false;
        }
    }
    true
}

fn one(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<Principal<Place>> {
    let at = tokens.place();
    let kinds = [PrincipalKind::Ram, PrincipalKind::Service, PrincipalKind::Federated];
    let word = tokens.word();
    let Some(kind) = kinds.into_iter().find(|kind| word == Some(Word::of_principal(*kind))) else {
        Next::Principal.report(tokens, report);
        return None;
    };
    tokens.skip();
    let place = tokens.place();
    if let Some(text) = tokens.peek_text() {
        let item = Text::new(print_parameters(text, header), tokens.skip());
        return Some(Principal {
            at,
            kind,
            values: Values { at: place, shape: Shape::One, items: vec![item] },
        });
    }
    let Some(group) = tokens.take_group(Delimiter::Bracket) else {
        Next::Principals.report(tokens, report);
        return None;
    };
    let mut inside = Tokens::inside(&group);
    let mut items = Vec::new();
    while !inside.is_empty() {
        match inside.peek_text() {
            Some(text) => items.push(Text::new(print_parameters(text, header), inside.skip())),
            None => {
                Next::Principals.report_as("a principal in double quotes", &inside, report);
                return None;
            }
        }
        if !inside.is_empty() && inside.take_sign(',').is_none() {
            Next::BetweenPrincipals.report(&inside, report);
            return None;
        }
    }
    if items.is_empty() {
        report.add(place, Rule::EmptyList, "the list of principals is empty");
        return None;
    }
    Some(Principal { at, kind, values: Values { at: place, shape: Shape::Many, items } })
}
