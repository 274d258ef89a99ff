//! A statement: its clauses in any order, printed in the order they were written.

use ram_policy_model::diagnostic::Report;
use ram_policy_model::lowered::Effect;
use ram_policy_model::rule::Rule;
use ram_policy_model::suggest;
use ram_policy_model::syntax::{Element, ElementKind, Statement, Text};

use super::{action, condition, resource, skip_item};
use crate::input::Header;
use crate::place::Place;
use crate::tokens::Tokens;

pub(super) fn read(
    tokens: &mut Tokens,
    header: &Header,
    unlisted: &mut Vec<Text<Place>>,
    report: &mut Report<Place>,
) -> Statement<Place> {
    let mut statement = Statement { at: tokens.place(), elements: Vec::new(), broken: false };
    while !tokens.is_empty() && tokens.take_sign(';').is_none() {
        let at = tokens.place();
        let kind = if tokens.take_word("allow").is_some() {
            Some(ElementKind::Effect(Effect::Allow))
        } else if tokens.take_word("deny").is_some() {
            Some(ElementKind::Effect(Effect::Deny))
        } else if tokens.take_word("on").is_some() {
            resource::read(tokens, header, report).map(ElementKind::Resource)
        } else if tokens.take_word("when").is_some() {
            condition::read(tokens, header, report).map(ElementKind::Condition)
        } else if action::begins(tokens) {
            action::read(tokens, unlisted, report)
        } else {
            report.add(at, Rule::Grammar, unexpected(tokens));
            skip_item(tokens);
            statement.broken = true;
            return statement;
        };
        match kind {
            Some(kind) => statement.elements.push(Element { at, kind }),
            None => statement.broken = true,
        }
    }
    statement
}

fn unexpected(tokens: &Tokens) -> String {
    let found = tokens.found();
    let word = tokens.peek_ident().map(ToString::to_string).unwrap_or_default();
    let near = match word.to_ascii_lowercase().as_str() {
        "permit" | "grant" => vec!["allow"],
        "forbid" | "refuse" => vec!["deny"],
        "if" | "where" => vec!["when"],
        "to" | "resource" => vec!["on"],
        _ => suggest::nearest(
            &word,
            ["allow", "deny", "on", "when", "version", "statements"].into_iter(),
        ),
    };
    format!(
        "expected `allow`, `deny`, an action as `service::Action`, `on`, `when` or `;`, found {found}{}",
        suggest::did_you_mean(&near)
    )
}
