//! What a policy keeps within: a policy in braces, a file, a guardrail, or the path of a constant.

use proc_macro2::Delimiter;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::text::place::Text;

use super::tree::{
    Boundary, INCLUDE_IN_BOUNDARY, OF_BOUNDARY, PolicyReader, Read, refuse, refuse_includes,
};
use crate::input;
use crate::next::Next;
use crate::path::constant;
use crate::place::Place;
use crate::tokens::Tokens;

/// Reads a boundary up to the `;` or the end behind it; `None` when a mistake has been reported.
#[must_use]
pub fn read(
    tokens: &mut Tokens,
    policies: PolicyReader,
    report: &mut Report<Place>,
) -> Option<Boundary> {
    if let Some(group) = tokens.take_group(Delimiter::Brace) {
        return inline(&mut Tokens::inside(&group), policies, report);
    }
    if let Some(path) = tokens.peek_text() {
        return Some(Boundary::File(Text::new(path, tokens.skip())));
    }
    if tokens.peek_ident().is_none() && !tokens.peek_path_sign() && !tokens.peek_sign('$') {
        Next::Boundary.report(tokens, report);
        return None;
    }
    let start = tokens.place();
    let mut path = Vec::new();
    let mut arguments = None;
    while !tokens.is_empty() && !tokens.peek_sign(';') {
        if let Some(group) = tokens.peek_group(Delimiter::Parenthesis).cloned() {
            tokens.skip();
            arguments = Some(group);
            break;
        }
        path.extend(tokens.next());
    }
    let words: Vec<String> = path.iter().map(ToString::to_string).collect();
    match words.as_slice() {
        [first, _, _, name] if first == "guardrail" => {
            let at = start.to(path.last().map_or(start, Place::of));
            let arguments = match arguments {
                Some(group) => texts(&mut Tokens::inside(&group), report)?,
                None => Vec::new(),
            };
            Some(Boundary::Guardrail { name: Text::new(name.clone(), at), arguments })
        }
        _ if arguments.is_some() => {
            let message = "a boundary that is made by a function is not known while compiling; the ready-made ones are named `guardrail::read_only`";
            report.add(start.to(tokens.last()), Rule::Grammar, message);
            None
        }
        _ => constant(start, path, report).map(Boundary::Constant),
    }
}

/// A policy in either form.
fn inline(
    tokens: &mut Tokens,
    policies: PolicyReader,
    report: &mut Report<Place>,
) -> Option<Boundary> {
    let header = input::header(tokens, report);
    if let Some(parameter) = header.parameters.first() {
        let at = parameter.parameter.name.at;
        report.add(at, Rule::Parameter, "a boundary has no parameters");
    }
    let Read { mut policy, claims, .. } = policies(tokens, &header, report)?;
    refuse_includes(&mut policy, INCLUDE_IN_BOUNDARY, report);
    refuse(&claims, OF_BOUNDARY, report);
    Some(Boundary::Inline(policy, header.levels))
}

/// What a guardrail takes, in double quotes.
fn texts(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<Vec<Text<Place>>> {
    let mut texts = Vec::new();
    while !tokens.is_empty() {
        let Some(text) = tokens.peek_text() else {
            tokens.expected("a text in double quotes", Rule::Grammar, report);
            return None;
        };
        texts.push(Text::new(text, tokens.skip()));
        if !tokens.is_empty() && tokens.take_sign(',').is_none() {
            tokens.expected("`,` between the texts", Rule::Grammar, report);
            return None;
        }
    }
    Some(texts)
}
