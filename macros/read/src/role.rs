//! A service-linked role: its names, its service and its permissions.

use proc_macro2::Delimiter;
use ram_policy_model::check::role::Declaration;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::Policy;
use ram_policy_model::text::place::Text;
use ram_policy_model::text::suggest;

use crate::claim::{Claim, INCLUDE_IN_ROLE, refuse_includes};
use crate::input::{self, Header};
use crate::place::Place;
use crate::policy;
use crate::tokens::Tokens;

/// A declaration as far as it could be read.
#[derive(Debug)]
pub struct Read {
    /// The declaration, if every field is there.
    pub declaration: Option<Declaration<Place>>,
    /// The levels of its permissions.
    pub levels: Levels,
    /// What its permissions claim of themselves.
    pub claims: Vec<Claim>,
}

/// Reads a declaration; what is missing is reported.
#[must_use]
pub fn read(tokens: &mut Tokens, report: &mut Report<Place>) -> Read {
    let at = tokens.place();
    if tokens.is_empty() {
        report.add(at, Rule::Grammar, "there is no role here");
        return Read { declaration: None, levels: Levels::new(), claims: Vec::new() };
    }
    let mut fields = read_fields(tokens, report);
    let levels = std::mem::take(&mut fields.levels);
    let claims = std::mem::take(&mut fields.claims);
    Read { declaration: complete(fields, at, report), levels, claims }
}

/// The fields of a declaration as far as they are read.
#[derive(Default)]
struct Fields {
    name: Option<Text<Place>>,
    policy_name: Option<Text<Place>>,
    service: Option<Option<Text<Place>>>,
    permissions: Option<Policy<Place>>,
    levels: Levels,
    claims: Vec<Claim>,
    /// Set when a field could not be read, so that nothing is called missing.
    broken: bool,
}

fn read_fields(tokens: &mut Tokens, report: &mut Report<Place>) -> Fields {
    let mut fields = Fields::default();
    while !tokens.is_empty() {
        let at = tokens.place();
        let Some(field) = tokens.peek_ident().map(ToString::to_string) else {
            tokens.expected("a field of the role", Rule::Grammar, report);
            skip_field(tokens, &mut fields);
            continue;
        };
        tokens.skip();
        if tokens.take_sign(':').is_none() {
            tokens.expected(&format!("`:` after `{field}`"), Rule::Grammar, report);
            skip_field(tokens, &mut fields);
            continue;
        }
        let twice = match field.as_str() {
            "role" => set(&mut fields.name, name(tokens, report), &mut fields.broken),
            "policy" => set(&mut fields.policy_name, name(tokens, report), &mut fields.broken),
            "service" => set(&mut fields.service, service(tokens, report), &mut fields.broken),
            "permissions" => {
                let permissions = permissions(tokens, &mut fields, report);
                set(&mut fields.permissions, permissions, &mut fields.broken)
            }
            _ => {
                let near = suggest::nearest(
                    &field,
                    ["role", "policy", "service", "permissions"].into_iter(),
                );
                report.add(
                    at,
                    Rule::Grammar,
                    format!("a role has no `{field}`{}", suggest::did_you_mean(&near)),
                );
                skip_field(tokens, &mut fields);
                continue;
            }
        };
        if twice {
            report.add(at, Rule::Grammar, format!("`{field}` appears twice"));
        }
        if !tokens.is_empty() && tokens.take_sign(',').is_none() {
            tokens.expected(&format!("`,` after `{field}`"), Rule::Grammar, report);
            skip_field(tokens, &mut fields);
        }
    }
    fields
}

/// Sets a field; whether it was set before.
fn set<T>(field: &mut Option<T>, value: Option<T>, broken: &mut bool) -> bool {
    let twice = field.is_some();
    match value {
        Some(value) => *field = Some(value),
        None => *broken = true,
    }
    twice
}

fn skip_field(tokens: &mut Tokens, fields: &mut Fields) {
    fields.broken = true;
    while !tokens.is_empty() && tokens.take_sign(',').is_none() {
        tokens.skip();
    }
}

/// A name, as an identifier or in double quotes.
fn name(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<Text<Place>> {
    let value = tokens.peek_text().or_else(|| tokens.peek_ident().map(ToString::to_string));
    match value {
        Some(value) => Some(Text::new(value, tokens.skip())),
        None => {
            tokens.expected("a name", Rule::Grammar, report);
            tokens.skip();
            None
        }
    }
}

/// A service principal in double quotes, or `none`.
fn service(tokens: &mut Tokens, report: &mut Report<Place>) -> Option<Option<Text<Place>>> {
    if tokens.take_word("none").is_some() {
        return Some(None);
    }
    match tokens.peek_text() {
        Some(value) => Some(Some(Text::new(value, tokens.skip()))),
        None => {
            tokens.expected("the service in double quotes or `none`", Rule::Grammar, report);
            tokens.skip();
            None
        }
    }
}

/// A policy in braces, in either form.
fn permissions(
    tokens: &mut Tokens,
    fields: &mut Fields,
    report: &mut Report<Place>,
) -> Option<Policy<Place>> {
    let Some(group) = tokens.take_group(Delimiter::Brace) else {
        tokens.expected("a policy in braces", Rule::Grammar, report);
        tokens.skip();
        return None;
    };
    let mut inside = Tokens::inside(&group);
    let header: Header = input::header(&mut inside, report);
    if let Some(parameter) = header.parameters.first() {
        report.add(
            parameter.parameter.name.at,
            Rule::Parameter,
            "the permissions of a role have no parameters",
        );
    }
    let read = policy::read(&mut inside, &header, report);
    fields.levels = header.levels;
    read.map(|policy::Read { mut policy, claims, .. }| {
        refuse_includes(&mut policy, INCLUDE_IN_ROLE, report);
        fields.claims = claims;
        policy
    })
}

/// The declaration, if every field is there; what is missing is reported.
fn complete(fields: Fields, at: Place, report: &mut Report<Place>) -> Option<Declaration<Place>> {
    let mut missing = |field: &str, example: &str| {
        if !fields.broken {
            let message = format!("the role has no `{field}`, add `{field}: {example}");
            report.add(at, Rule::Grammar, message);
        }
    };
    if fields.name.is_none() {
        missing("role", "AliyunServiceRoleFor...`");
    }
    if fields.policy_name.is_none() {
        missing("policy", "AliyunServiceRolePolicyFor...`");
    }
    if fields.service.is_none() {
        missing("service", "\"...\"`, or `service: none` if no document names it");
    }
    if fields.permissions.is_none() {
        missing("permissions", "{ ... }`");
    }
    Some(Declaration {
        at,
        name: fields.name?,
        policy_name: fields.policy_name?,
        service: fields.service?,
        permissions: fields.permissions?,
    })
}
