//! A statement: its clauses in any order, printed in the order they were written.

use proc_macro2::TokenTree;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::{Element, ElementKind, Statement};
use ram_policy_model::terms::effect::Effect;
use ram_policy_model::text::place::Text;

use super::{action, condition, principal, resource};
use crate::input::Header;
use crate::items::skip_item;
use crate::next::Next;
use crate::place::Place;
use crate::tokens::Tokens;
use crate::word::Word;

pub(super) fn read(
    tokens: &mut Tokens,
    header: &Header,
    unlisted: &mut Vec<Text<Place>>,
    report: &mut Report<Place>,
) -> Statement<Place> {
    read_to(tokens, header, unlisted, report).0
}

/// Reads a statement, or what stands in a claim as in one; gives the place before its `;` too.
pub(crate) fn read_to(
    tokens: &mut Tokens,
    header: &Header,
    unlisted: &mut Vec<Text<Place>>,
    report: &mut Report<Place>,
) -> (Statement<Place>, Place) {
    let mut beside = action::Beside::default();
    let (statement, end) = read_clauses(tokens, header, &mut beside, report);
    unlisted.append(&mut beside.unlisted);
    (Statement { selections: beside.selections, ..statement }, end)
}

fn read_clauses(
    tokens: &mut Tokens,
    header: &Header,
    beside: &mut action::Beside,
    report: &mut Report<Place>,
) -> (Statement<Place>, Place) {
    let mut end = tokens.place();
    let mut statement = Statement {
        at: tokens.place(),
        elements: Vec::new(),
        broken: false,
        selections: Vec::new(),
    };
    while !tokens.is_empty() && tokens.take_sign(';').is_none() {
        let at = tokens.place();
        if is_next(tokens, &statement) {
            let message =
                format!("expected `;` before {}, a statement ends with `;`", tokens.found());
            report.add(at, Rule::Grammar, message);
            return (statement, end);
        }
        let kind = match tokens.word() {
            Some(Word::Allow) => {
                tokens.skip();
                Some(ElementKind::Effect(Effect::Allow))
            }
            Some(Word::Deny) => {
                tokens.skip();
                Some(ElementKind::Effect(Effect::Deny))
            }
            Some(Word::Do) => {
                tokens.skip();
                actions(tokens, beside, &mut statement, report)
            }
            Some(Word::On) => {
                tokens.skip();
                resource::read(tokens, header, report).map(ElementKind::Resource)
            }
            Some(Word::By) => {
                tokens.skip();
                principal::read(tokens, header, report).map(ElementKind::Principal)
            }
            Some(Word::When) => {
                tokens.skip();
                condition::read(tokens, header, report).map(ElementKind::Condition)
            }
            _ if action::begins(tokens)
                || (needs_action(&statement) && tokens.peek_ident().is_some()) =>
            {
                actions(tokens, beside, &mut statement, report)
            }
            _ => {
                Next::Clause.report(tokens, report);
                skip_item(tokens);
                statement.broken = true;
                return (statement, end);
            }
        };
        match kind {
            Some(kind) => statement.elements.push(Element { at, kind }),
            None => statement.broken = true,
        }
        end = tokens.last();
    }
    (statement, end)
}

/// Reads actions; where something is wrong behind them, nothing else of the statement is missing.
fn actions(
    tokens: &mut Tokens,
    beside: &mut action::Beside,
    statement: &mut Statement<Place>,
    report: &mut Report<Place>,
) -> Option<ElementKind<Place>> {
    let action::Actions { kind, good } = action::read(tokens, beside, report);
    statement.broken |= !good;
    kind
}

/// Whether the clause that begins here shows that the statement before it has no `;`.
fn is_next(tokens: &Tokens, statement: &Statement<Place>) -> bool {
    let has = |name: &str| statement.elements.iter().any(|element| element.kind.name() == name);
    let has_action = has("Action") || has("NotAction");
    let complete = has("Effect") && has_action && (has("Resource") || has("Principal"));
    let word = matches!(tokens.word(), Some(Word::Allow | Word::Deny | Word::Do));
    // An effect at the end is a second one, not the start of another statement.
    let ends = match tokens.peek_second() {
        None => true,
        Some(TokenTree::Punct(sign)) => sign.as_char() == ';',
        Some(_) => false,
    };
    complete && ((word && !ends) || action::begins(tokens))
}

/// Whether only an action can stand here.
fn needs_action(statement: &Statement<Place>) -> bool {
    matches!(statement.elements.as_slice(), [Element { kind: ElementKind::Effect(_), .. }])
}
