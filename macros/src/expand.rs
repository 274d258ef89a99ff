//! Writes a lowered policy: its minified text, and a function that decides requests by it alone.
//!
//! The function is a `match` on the action's number with the statements that are left to look at,
//! their ARNs and condition values as literals. All comparing stays in the library. The document
//! is text, because constants of nested data cost the compiler far more; and the code is written as
//! text too and read by the compiler at once, because every token a macro makes by itself is a call
//! into the compiler.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use ram_policy_model::catalogue;
use ram_policy_model::check::Position;
use ram_policy_model::decide::dispatch::{self, Candidates, Run};
use ram_policy_model::decide::grants;
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::document::{
    self, ActionPattern, Condition, Document, Effect, Element, Indent, Meaning, Operand, Principal,
    PrincipalKind, ResourcePattern, Statement,
};
use ram_policy_model::policy::template::{Hole, Slot};
use ram_policy_model::terms::decision::Decision;
use ram_policy_model::terms::glob::{Kind, Pattern};
use ram_policy_model::terms::operand::Block;
use ram_policy_model::terms::operator::{Comparison, Family, Operator};

use crate::input::{CratePath, Header};

/// An expression of type `Policy`.
pub(crate) fn policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let text = document::write(&lowered.document, Indent::Minified);
    let runs = dispatch::runs(&lowered.document);
    let grants = bytes(&grants::grants(&lowered.document, &runs));
    let decide = decide(&lowered.document, &runs);
    block(path, &format!("{decide} p::Policy::compiled({text:?}, __decide, b\"{grants}\")"))
}

/// An expression of type `TrustPolicy`.
pub(crate) fn trust_policy(path: &CratePath, lowered: &Lowered) -> TokenStream {
    let text = document::write(&lowered.document, Indent::Minified);
    let decide = decide_trust(&lowered.document);
    block(path, &format!("{decide} p::TrustPolicy::compiled({text:?}, __decide)"))
}

/// An expression of type `PolicyTemplate`.
pub(crate) fn template(path: &CratePath, header: &Header, lowered: &Lowered) -> TokenStream {
    let text = document::write(&lowered.document, Indent::Minified);
    let parameters = header.parameters.iter().map(|declared| {
        let (name, path) = (&declared.parameter.name.value, declared.path);
        format!("p::Parameter {{ name: {name:?}, path: {path} }}")
    });
    let (parameters, holes) = (list(parameters), list(lowered.holes.iter().map(hole)));
    block(path, &format!("p::PolicyTemplate::compiled({text:?}, {parameters}, {holes})"))
}

/// A block with the library's parts in scope as `p`.
fn block(path: &CratePath, code: &str) -> TokenStream {
    let mut inside = quote!(use #path::__private as p;);
    match read(code) {
        Some(code) => inside.extend(code),
        // All texts are written as literals, so this cannot be; if it were, it must not pass.
        None => inside.extend(quote!(::core::compile_error! { "the policy cannot be written" })),
    }
    TokenTree::Group(Group::new(Delimiter::Brace, inside)).into()
}

/// The tokens of a text; the compiler's own reader is asked where there is one, because proc-macro2
/// reads the text itself before.
fn read(code: &str) -> Option<TokenStream> {
    if proc_macro::is_available() {
        code.parse::<proc_macro::TokenStream>().ok().map(TokenStream::from)
    } else {
        code.parse().ok()
    }
}

/// Bytes as a literal has them.
fn bytes(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(number.into(), 16).unwrap_or('0');
    let mut literal = String::with_capacity(4 * bytes.len());
    for byte in bytes {
        literal.push_str("\\x");
        literal.push(digit(byte >> 4));
        literal.push(digit(byte & 15));
    }
    literal
}

/// `&[a, b]`.
fn list(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", join(items, ", "))
}

fn join(items: impl Iterator<Item = String>, between: &str) -> String {
    items.collect::<Vec<_>>().join(between)
}

/// The function that decides a request, with functions of the statements that several actions need.
fn decide(document: &Document, runs: &[Run]) -> String {
    // One arm for all runs with the same candidates, neighbours as one.
    let mut groups: Vec<(Candidates<'_>, Vec<(u32, u32)>)> = Vec::new();
    for run in runs {
        match groups.iter_mut().find(|(other, _)| *other == run.candidates()) {
            Some((_, numbers)) => match numbers.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(run.first) => *last = run.last,
                _ => numbers.push((run.first, run.last)),
            },
            None => groups.push((run.candidates(), vec![(run.first, run.last)])),
        }
    }
    let mut uses = Uses::new();
    let unlisted = decide_unlisted(document, &mut uses);
    for (candidates, _) in &groups {
        if let Candidates::Check(statements) = candidates {
            for index in *statements {
                *uses.entry(usize::from(*index)).or_insert(0) += 1;
            }
        }
    }
    let arms = groups.iter().map(|(candidates, numbers)| {
        let patterns = join(numbers.iter().map(|numbers| pattern_of(*numbers)), "|");
        let decision = match candidates {
            Candidates::Decided(decision) => decided(*decision),
            Candidates::Check(statements) => check(document, statements, &uses),
        };
        format!("{patterns} => {decision},")
    });
    let arms = join(arms, "");
    // Where the runs cover every number, another arm would be unreachable.
    let covered: u64 = runs.iter().map(|run| u64::from(run.last) - u64::from(run.first) + 1).sum();
    let rest = if covered <= u64::from(u32::MAX) { "_ => p::NOTHING," } else { "" };
    let statements = document
        .statements
        .iter()
        .enumerate()
        .filter(|(index, statement)| {
            uses.get(index).is_some_and(|uses| *uses > 1) && !statement.is_unconditional()
        })
        .map(|(index, statement)| {
            format!(
                "#[inline] fn __statement{index}(__r: &p::Request<'_>) -> bool {{ {} }}",
                rest_matches(statement)
            )
        });
    let statements = join(statements, "");
    format!(
        "{statements} fn __decide(__r: &p::Request<'_>) -> p::Decision {{ \
         match p::number(__r) {{ p::UNLISTED => {unlisted}, {arms} {rest} }} }}"
    )
}

/// The pattern of a run of numbers.
fn pattern_of((first, last): (u32, u32)) -> String {
    if first == last { first.to_string() } else { format!("{first}..={last}") }
}

/// How often each statement is looked at.
type Uses = BTreeMap<usize, usize>;

/// Tries statements in order; the first that matches decides.
fn check(document: &Document, statements: &[u16], uses: &Uses) -> String {
    let mut steps = String::new();
    for index in statements {
        let index = usize::from(*index);
        let Some(statement) = document.statements.get(index) else { continue };
        let decision = decided(decision_of(statement.effect, index));
        if statement.is_unconditional() {
            // Nothing behind it can decide.
            return format!("{steps} {{ {decision} }}");
        }
        let inline = uses.get(&index).is_none_or(|uses| *uses < 2);
        let matches = matches(index, statement, inline);
        steps.push_str(&format!("if {matches} {{ {decision} }} else "));
    }
    format!("{steps} {{ p::NOTHING }}")
}

/// The decision on an action the catalogue does not have: only patterns, and actions the author
/// vouches for, can cover it.
fn decide_unlisted(document: &Document, uses: &mut Uses) -> String {
    let mut steps = String::new();
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            let Some((actions, negated)) = statement.actions() else { continue };
            if statement.effect != effect {
                continue;
            }
            let patterns: Vec<&ActionPattern> =
                actions.items.iter().filter(|action| may_be_unlisted(action)).collect();
            let covers_all = patterns.iter().any(|action| action.text == "*");
            if covers_all == negated && (covers_all || patterns.is_empty()) {
                continue;
            }
            let mut tests: Vec<String> = Vec::new();
            if !covers_all && !patterns.is_empty() {
                let patterns = list(patterns.iter().map(|action| {
                    let code = pattern(action.code.pattern(&action.text));
                    let name = pattern(action.name.pattern(&action.text));
                    format!("({code}, {name})")
                }));
                let not = if negated { "!" } else { "" };
                tests.push(format!("{not}p::named(__r, {patterns})"));
            }
            if !statement.is_unconditional() {
                // Its function is written in any case.
                uses.insert(index, 2);
                tests.push(matches(index, statement, false));
            }
            let decision = decided(decision_of(effect, index));
            if tests.is_empty() {
                return format!("{steps} {{ {decision} }}");
            }
            steps.push_str(&format!("if {} {{ {decision} }} else ", tests.join(" && ")));
        }
    }
    format!("{steps} {{ p::NOTHING }}")
}

fn may_be_unlisted(action: &ActionPattern) -> bool {
    let exact = action.code.kind() == Kind::Exact && action.name.kind() == Kind::Exact;
    !exact || catalogue::find_action(&action.text).is_none()
}

const fn decision_of(effect: Effect, statement: usize) -> Decision {
    match effect {
        Effect::Allow => Decision::Allow { statement },
        Effect::Deny => Decision::ExplicitDeny { statement },
    }
}

fn decided(decision: Decision) -> String {
    match decision {
        Decision::Allow { statement } => format!("p::allow({statement})"),
        Decision::ExplicitDeny { statement } => format!("p::deny({statement})"),
        Decision::ImplicitDeny => "p::NOTHING".into(),
    }
}

/// Whether the rest of a statement matches.
fn matches(index: usize, statement: &Statement, inline: bool) -> String {
    if inline { rest_matches(statement) } else { format!("__statement{index}(__r)") }
}

/// Whether resource and conditions match, as an expression; what cannot be known denies.
fn rest_matches(statement: &Statement) -> String {
    let mut tests = Vec::new();
    for element in statement.elements.iter() {
        match element {
            Element::Resource(resources) => tests.extend(arns(&resources.items)),
            Element::Condition(conditions) => {
                for one in conditions.iter() {
                    tests.extend(condition(one, statement.effect).map(|test| vec![test]));
                }
            }
            _ => {}
        }
    }
    all_of(&tests)
}

/// An expression that holds when one test of each list does.
fn all_of(tests: &[Vec<String>]) -> String {
    let any_of = |any: &Vec<String>| match any.join(" || ") {
        any_of if any.len() > 1 && tests.len() > 1 => format!("({any_of})"),
        any_of => any_of,
    };
    if tests.is_empty() { "true".into() } else { join(tests.iter().map(any_of), " && ") }
}

/// The function that decides whether a caller may assume a role.
fn decide_trust(document: &Document) -> String {
    let mut steps = String::new();
    for effect in [Effect::Deny, Effect::Allow] {
        for (index, statement) in document.statements.iter().enumerate() {
            if statement.effect != effect {
                continue;
            }
            let mut trusted = Vec::new();
            let mut tests = Vec::new();
            for element in statement.elements.iter() {
                match element {
                    Element::Principal(principals) => {
                        trusted.extend(principals.iter().flat_map(|one| principal(effect, one)));
                    }
                    Element::Condition(list) => {
                        let of_list = list.iter().flat_map(|one| condition(one, effect));
                        tests.extend(of_list.map(|test| vec![test]));
                    }
                    _ => {}
                }
            }
            let decision = decided(decision_of(effect, index));
            tests.insert(0, trusted);
            steps.push_str(&format!("if {} {{ {decision} }} else ", all_of(&tests)));
        }
    }
    format!(
        "fn __decide(__caller: p::Caller<'_>, __r: &p::Request<'_>) -> p::Decision {{ \
         let _ = __r; {steps} {{ p::NOTHING }} }}"
    )
}

fn principal(effect: Effect, principal: &Principal) -> Vec<String> {
    let effect = effect.name();
    let kind = match principal.kind {
        PrincipalKind::Ram => "Ram",
        PrincipalKind::Service => "Service",
        PrincipalKind::Federated => "Federated",
    };
    let test = |value: &str| {
        format!("p::names(p::Effect::{effect}, p::PrincipalKind::{kind}, {value:?}, __caller)")
    };
    principal.values.items.iter().map(|value| test(value)).collect()
}

fn pattern(pattern: Pattern<'_>) -> String {
    match pattern {
        Pattern::Any => "p::Any".into(),
        Pattern::Exact(text) => format!("p::Exact({text:?})"),
        Pattern::Prefix(text) => format!("p::Prefix({text:?})"),
        Pattern::Suffix(text) => format!("p::Suffix({text:?})"),
        Pattern::General(text) => format!("p::General({text:?})"),
    }
}

/// The tests of ARNs, one of which must hold; none where one is `*`. What several have in common
/// is asked once, behind their relative ids, which tell most apart.
fn arns(resources: &[ResourcePattern]) -> Option<Vec<String>> {
    let mut places: Vec<(String, Vec<String>)> = Vec::new();
    for resource in resources {
        let [service, region, account, relative_id] =
            resource.fields?.map(|field| pattern(field.pattern(&resource.text)));
        let place = format!("{region}, {account}, {service}");
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, ids)) => ids.push(relative_id),
            None => places.push((place, vec![relative_id])),
        }
    }
    let test = |(place, ids): (String, Vec<String>)| match ids.as_slice() {
        [id] => format!("p::on(__r, {id}, {place})"),
        ids => {
            let ids = ids.iter().map(|id| format!("p::id(__r, {id})"));
            format!("({}) && p::on(__r, p::Any, {place})", join(ids, " || "))
        }
    };
    Some(places.into_iter().map(test).collect())
}

/// One test for each key of an operator. A closure for each, or one function that takes what they
/// compare as a type of its own, would cost the compiler more.
fn condition(condition: &Condition, effect: Effect) -> impl Iterator<Item = String> {
    let (test, negated) = (test_name(condition.operator), condition.operator.negated());
    let doubt = effect == Effect::Deny;
    condition.keys.iter().map(move |key| {
        let whole = &*key.key;
        let tag = catalogue::tag_prefix(whole).map_or(0, str::len);
        let wanted = list(key.values.items.iter().map(wanted));
        format!("p::{test}(__r, {whole:?}, {tag}, {negated}, {doubt}, {wanted})")
    })
}

/// The function of the library that compares as an operator does.
const fn test_name(operator: Operator) -> &'static str {
    match (operator.family(), operator.comparison()) {
        (Family::String, Comparison::EqualIgnoreCase) => "text_is_in_any_case",
        (Family::String, Comparison::Like) => "text_like",
        (Family::String, _) => "text_is",
        (Family::Number, Comparison::Less) => "number_less",
        (Family::Number, Comparison::LessOrEqual) => "number_at_most",
        (Family::Number, Comparison::Greater) => "number_greater",
        (Family::Number, Comparison::GreaterOrEqual) => "number_at_least",
        (Family::Number, _) => "number_is",
        (Family::Date, Comparison::Less) => "date_less",
        (Family::Date, Comparison::LessOrEqual) => "date_at_most",
        (Family::Date, Comparison::Greater) => "date_greater",
        (Family::Date, Comparison::GreaterOrEqual) => "date_at_least",
        (Family::Date, _) => "date_is",
        (Family::Boolean, _) => "boolean_is",
        (Family::Ip, _) => "address_in",
    }
}

/// A value as its test takes it.
fn wanted(operand: &Operand) -> String {
    let text = &*operand.text;
    match operand.meaning {
        Meaning::Text => format!("{text:?}"),
        Meaning::Pattern(glob) => pattern(glob.pattern(text)),
        Meaning::Number(number) => number.scaled().to_string(),
        Meaning::Date(date) => date.unix_nanoseconds().to_string(),
        Meaning::Boolean(boolean) => boolean.to_string(),
        Meaning::Block(Block::V4 { first, last }) => {
            format!("p::Block::V4 {{ first: {first}, last: {last} }}")
        }
        Meaning::Block(Block::V6 { first, last }) => {
            format!("p::Block::V6 {{ first: {first}, last: {last} }}")
        }
        // The checker refuses what does not parse, so nothing is left out here.
        Meaning::Invalid => String::new(),
    }
}

fn hole(hole: &Hole) -> String {
    let Hole { statement, start, end, parameter, .. } = hole;
    let slot = match hole.slot {
        Slot::Resource { item } => format!("Resource {{ item: {item} }}"),
        Slot::Value { condition, key, item } => {
            format!("Value {{ condition: {condition}, key: {key}, item: {item} }}")
        }
    };
    let position = match hole.position {
        Position::Region => "Region",
        Position::Account => "Account",
        Position::RelativeId => "RelativeId",
        Position::Value => "Value",
    };
    format!(
        "p::Hole {{ statement: {statement}, slot: p::Slot::{slot}, position: p::Position::{position}, \
         start: {start}, end: {end}, parameter: {parameter} }}"
    )
}
