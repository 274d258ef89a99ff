//! The requests of `allows` and `denies`: actions, one resource, condition keys with their values.

use proc_macro2::Delimiter;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::claim::{Asked, Given};
use ram_policy_model::source::syntax::{ElementKind, Values};
use ram_policy_model::text::place::Text;

use crate::input::Header;
use crate::next::Next;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::typed::{action, condition};
use crate::word::Word;

/// Reads the requests; gives the end of their resource too.
pub(super) fn read(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<(Asked<Place>, Place)> {
    let mut beside = action::Beside { unlisted: header.unlisted.clone(), ..Default::default() };
    let at = tokens.place();
    if !action::begins(tokens) {
        return expected(tokens, Next::Action, report);
    }
    let ElementKind::Action(Values { items: actions, .. }) =
        action::read(tokens, &mut beside, report).kind?
    else {
        report.add(at, Rule::Grammar, "a request is for one action, `* except` names many");
        return None;
    };
    if tokens.take_word(Word::On).is_none() {
        return expected(tokens, Next::OnOfRequest, report);
    }
    let place = tokens.place();
    let resource = if tokens.take_sign('*').is_some() {
        Text::new("*".into(), place)
    } else if let Some(text) = tokens.peek_text() {
        Text::new(text, tokens.skip())
    } else {
        return expected(tokens, Next::ResourceOfRequest, report);
    };
    if tokens.peek_sign(',') {
        report.add(tokens.place(), Rule::Grammar, "a request is for one resource");
        return None;
    }
    let given = match tokens.take_word(Word::With) {
        None if tokens.peek_word(Word::When) => {
            let message =
                "a request has values and no tests, write `with { acs::SourceIp: \"10.0.0.1\" }`";
            report.add(tokens.place(), Rule::Grammar, message);
            return None;
        }
        None => Vec::new(),
        Some(_) => match tokens.take_group(Delimiter::Brace) {
            Some(group) => values(&mut Tokens::inside(&group), header, report)?,
            None => return expected(tokens, Next::Given, report),
        },
    };
    let action::Beside { unlisted, selections } = beside;
    Some((Asked { actions, selections, unlisted, resource, given }, place))
}

fn expected<T>(tokens: &Tokens, next: Next, report: &mut Report<Place>) -> Option<T> {
    next.report(tokens, report);
    None
}

/// Reads `acs::SourceIp: "10.0.0.1", ecs::tag["owner"]: ["a", "b"]`.
fn values(
    tokens: &mut Tokens,
    header: &Header,
    report: &mut Report<Place>,
) -> Option<Vec<Given<Place>>> {
    let mut given: Vec<Given<Place>> = Vec::new();
    while !tokens.is_empty() {
        let key = condition::key(tokens, report)?;
        if tokens.take_sign(':').is_none() {
            return expected(tokens, Next::GivenValue, report);
        }
        let (values, _) = condition::values(tokens, header, report)?;
        if given.iter().any(|other| other.key.value == key.value) {
            let message = format!("`{}` appears twice, give it one list of values", key.value);
            report.add(key.at, Rule::DuplicateElement, message);
        }
        given.push(Given { key, values: values.items });
        if !tokens.is_empty() && tokens.take_sign(',').is_none() {
            return expected(tokens, Next::BetweenGiven, report);
        }
    }
    Some(given)
}
