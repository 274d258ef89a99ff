//! What stands before the policy itself: `$crate`, attributes and parameters.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use ram_policy_model::check::EVERYTHING;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::{Level, Rule};
use ram_policy_model::source::syntax::ParameterName;
use ram_policy_model::text::place::Text;
use ram_policy_model::text::suggest;

use crate::place::Place;
use crate::tokens::Tokens;

/// The crate's path, as `$crate`; the wrapper macro passes it as the first token.
pub type CratePath = TokenTree;

/// What stands before the policy itself.
pub struct Header {
    /// Actions the author vouches for.
    pub unlisted: Vec<Text<Place>>,
    /// The levels of the rules.
    pub levels: Levels,
    /// Declared placeholders.
    pub parameters: Vec<DeclaredParameter>,
    /// Whether `<...>` stands there, even with nothing in it.
    pub is_template: bool,
}

/// A parameter and whether it is a path.
pub struct DeclaredParameter {
    /// The parameter.
    pub parameter: ParameterName<Place>,
    /// Whether it may hold `/`.
    pub path: bool,
}

/// Takes the crate's path off the macro's input.
#[must_use]
pub fn split(stream: TokenStream) -> Option<(CratePath, Tokens)> {
    let mut tokens = stream.into_iter();
    let path = tokens.next()?;
    let place = Place::of(&path);
    Some((path, Tokens::new(tokens.collect(), place)))
}

/// Reads attributes and parameters.
pub fn header(tokens: &mut Tokens, report: &mut Report<Place>) -> Header {
    let mut header = Header {
        unlisted: Vec::new(),
        levels: Levels::new(),
        parameters: Vec::new(),
        is_template: false,
    };
    while tokens.peek_sign('#') {
        let at = tokens.place();
        if attribute(tokens, &mut header, report).is_none() {
            // Something is vouched for, so that no action is called unknown.
            header.unlisted.push(Text::new(EVERYTHING.into(), at));
        }
    }
    if tokens.take_sign('<').is_some() {
        header.is_template = true;
        parameters(tokens, &mut header, report);
    }
    header
}

/// `#![unlisted("bss:*", "efc:*")]`, or `#![allow(star_on_star, sid)]`.
fn attribute(tokens: &mut Tokens, header: &mut Header, report: &mut Report<Place>) -> Option<()> {
    let start = tokens.skip();
    tokens.take_sign('!');
    let Some(group) = tokens.take_group(Delimiter::Bracket) else {
        report.add(start, Rule::Grammar, "expected `#![unlisted(\"service:Action\")]`");
        return None;
    };
    let mut inside = Tokens::inside(&group);
    let at = inside.place();
    let name = inside.peek_ident().map(ToString::to_string).unwrap_or_default();
    let level = match name.as_str() {
        "unlisted" => None,
        "allow" => Some(Level::Allow),
        "warn" => Some(Level::Warning),
        "deny" => Some(Level::Error),
        _ => {
            let near = suggest::nearest(&name, ["unlisted", "allow", "warn", "deny"].into_iter());
            let hint = if near.is_empty() { vec!["unlisted"] } else { near };
            let (found, hint) = (inside.found(), suggest::did_you_mean(&hint));
            report.add(at, Rule::Grammar, format!("unknown attribute {found}{hint}"));
            return None;
        }
    };
    inside.skip();
    let Some(list) = inside.take_group(Delimiter::Parenthesis) else {
        let example = if level.is_some() { "rule_name" } else { "\"service:Action\"" };
        report.add(at, Rule::Grammar, format!("expected `{name}({example})`"));
        return None;
    };
    let mut inside = Tokens::inside(&list);
    loop {
        match level {
            None => header.unlisted.push(unlisted_action(&mut inside, report)?),
            Some(level) => change_level(&mut inside, level, &mut header.levels, report)?,
        }
        let comma = inside.take_sign(',').is_some();
        if inside.is_empty() {
            return Some(());
        }
        if !comma {
            inside.expected("`,`", Rule::Grammar, report);
            return None;
        }
    }
}

/// An action in double quotes.
fn unlisted_action(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<Text<Place>> {
    let Some(action) = tokens.peek_text() else {
        tokens.expected("an action in double quotes", Rule::Grammar, report);
        return None;
    };
    let named =
        action.split_once(':').is_some_and(|(code, name)| !code.is_empty() && !name.is_empty());
    let at = tokens.skip();
    if !named {
        let message = format!("an unlisted action is `service:Action`, not `{action}`");
        report.add(at, Rule::Grammar, message);
        return None;
    }
    Some(Text::new(action, at))
}

/// The name of a rule; one that cannot have the level is reported, and reading goes on.
fn change_level(
    tokens: &mut Tokens,
    level: Level,
    levels: &mut Levels,
    report: &mut Report<Place>,
) -> Option<()> {
    let Some(rule) = tokens.peek_ident().map(ToString::to_string) else {
        tokens.expected("the name of a rule", Rule::Grammar, report);
        return None;
    };
    let at = tokens.skip();
    if let Err(error) = levels.set(&rule, level) {
        report.add(at, Rule::Grammar, error.to_string());
    }
    Some(())
}

/// `regionid, objectKey: path, account = "Alibaba Cloud account ID">`.
fn parameters(tokens: &mut Tokens, header: &mut Header, report: &mut Report<Place>) {
    loop {
        if tokens.take_sign('>').is_some() {
            if header.parameters.is_empty() {
                report.add(tokens.last(), Rule::Parameter, "`<>` declares no parameter");
            }
            return;
        }
        let Some(name) = tokens.peek_ident().map(ToString::to_string) else {
            tokens.expected("the name of a parameter or `>`", Rule::Parameter, report);
            // Read on after the list, so that the policy itself is still checked.
            while !tokens.is_empty() && tokens.take_sign('>').is_none() {
                if tokens.peek_group(Delimiter::Brace).is_some() {
                    return;
                }
                tokens.skip();
            }
            return;
        };
        let name = Text::new(name, tokens.skip());
        let mut path = false;
        if !tokens.peek_path_sign() && tokens.take_sign(':').is_some() {
            path = tokens.take_word("path").is_some();
            if !path {
                let message =
                    format!("the only kind of parameter is `path`, found {}", tokens.found());
                report.add(tokens.place(), Rule::Parameter, message);
                if tokens.peek_ident().is_some() {
                    tokens.skip();
                }
            }
        }
        let mut printed = None;
        if tokens.take_sign('=').is_some() {
            match tokens.peek_text() {
                Some(words) if !words.is_empty() => printed = Some(Text::new(words, tokens.skip())),
                Some(_) => {
                    report.add(
                        tokens.skip(),
                        Rule::Parameter,
                        "a parameter prints as at least one character",
                    );
                }
                None => {
                    tokens.expected(
                        "the words the page prints, in double quotes",
                        Rule::Parameter,
                        report,
                    );
                }
            }
        }
        header
            .parameters
            .push(DeclaredParameter { parameter: ParameterName { name, printed }, path });
        if !tokens.peek_sign('>') && tokens.take_sign(',').is_none() {
            tokens.expected("`,` or `>` after the parameter", Rule::Parameter, report);
            if tokens.peek_group(Delimiter::Brace).is_some() || tokens.is_empty() {
                return;
            }
            // Where a name follows, only the comma is missing.
            if tokens.peek_ident().is_none() {
                tokens.skip();
            }
        }
    }
}
