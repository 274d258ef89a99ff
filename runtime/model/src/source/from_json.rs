//! Reads a JSON value as a policy: which members there are and what type each has.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};

use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::source::dialect;
use crate::source::hole;
use crate::source::syntax::{
    Condition, Element, ElementKind, KeyCondition, Policy, Principal, Principals, Statement,
    Unknown, Values,
};
use crate::terms::effect::Effect;
use crate::terms::layout::{Layout, Shape};
use crate::terms::placeholder;
use crate::terms::principal::PrincipalKind;
use crate::text::hole::Hole;
use crate::text::json::{Kind, Member, Value};
use crate::text::place::Text;
use crate::text::suggest;

const STATEMENT_ELEMENTS: [&str; 6] =
    ["Effect", "Action", "NotAction", "Resource", "Principal", "Condition"];

/// Reads a document, or a single statement that stands alone.
pub fn read<L: Copy>(value: Value<L>, report: &mut Report<L>) -> Policy<L> {
    let at = value.at;
    match value.kind {
        Kind::Object(members) if is_statement(&members) => {
            statements(at, [Value { at, kind: Kind::Object(members) }], report)
        }
        Kind::Object(members) => document(at, members, report),
        Kind::Hole(name) => Policy {
            statements: [unknown_statement(Hole { name, at })].into(),
            ..empty(at, Layout::VersionFirst)
        },
        other @ (Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Array(_)
        | Kind::Open(..)
        | Kind::Unreadable) => {
            wrong_type(at, &other, |found| format!("a policy is an object, not {found}"), report);
            Policy { broken: true, ..empty(at, Layout::VersionFirst) }
        }
    }
}

/// Reads statements that stand without a document around them.
pub fn statements<L: Copy>(
    at: L,
    values: impl IntoIterator<Item = Value<L>>,
    report: &mut Report<L>,
) -> Policy<L> {
    let statements = values.into_iter().map(|value| statement(value, report)).collect();
    Policy { statements, ..empty(at, Layout::StatementsOnly) }
}

/// Reports statements without a document around them, which RAM does not take.
pub fn require_whole<L: Copy>(policy: &Policy<L>, report: &mut Report<L>) {
    if policy.layout == Layout::StatementsOnly {
        let message = "a document has `Version` and `Statement`, these are statements alone";
        report.add(policy.at, Rule::MissingElement, message);
    }
}

/// Reports a value of the wrong type, unless reading it has been reported already.
fn wrong_type<L: Copy>(
    at: L,
    found: &Kind<L>,
    message: impl FnOnce(&str) -> String,
    report: &mut Report<L>,
) {
    // What is not known may be of the right type.
    if !matches!(found, Kind::Unreadable | Kind::Hole(_)) {
        report.add(at, Rule::WrongType, message(found.type_name()));
    }
}

const fn empty<L>(at: L, layout: Layout) -> Policy<L> {
    Policy {
        at,
        layout,
        parameters: Vec::new(),
        unlisted: Vec::new(),
        statements: Vec::new(),
        includes: Vec::new(),
        broken: false,
    }
}

/// Whether an object is a statement rather than a document.
fn is_statement<L>(members: &[Member<L>]) -> bool {
    let has =
        |names: &[&str]| members.iter().any(|member| names.contains(&member.name.value.as_str()));
    has(&["Effect", "Action", "NotAction", "Resource"]) && !has(&["Statement", "Version"])
}

fn document<L: Copy>(at: L, members: Vec<Member<L>>, report: &mut Report<L>) -> Policy<L> {
    let mut policy = empty(at, Layout::VersionFirst);
    let other = dialect::look_alike(&members).or_else(|| dialect::of_another_cloud(&members));
    if let Some((at, message)) = other {
        report.add(at, Rule::OtherDialect, message);
        return Policy { broken: true, ..policy };
    }
    let (mut has_version, mut has_statement) = (false, false);
    let mut others = None;
    // Another language has versions of its own.
    let mut of_version = Report::default();
    for Member { name, value } in members {
        if let Some(hole) = hole_of(&name) {
            others = Some(hole);
            continue;
        }
        match name.value.as_str() {
            "Version" if has_version => duplicate(&name, report),
            "Version" => {
                has_version = true;
                if has_statement {
                    policy.layout = Layout::VersionLast;
                }
                version(&value, &mut of_version);
            }
            "Statement" if has_statement => duplicate(&name, report),
            "Statement" => {
                has_statement = true;
                policy.at = name.at;
                let at = value.at;
                if let Kind::Hole(name) = value.kind {
                    policy.statements = [unknown_statement(Hole { name, at })].into();
                } else if let Kind::Array(items) = value.kind {
                    if items.is_empty() {
                        report.add(at, Rule::EmptyList, "`Statement` has no statement");
                        policy.broken = true;
                    }
                    policy.statements =
                        items.into_iter().map(|item| statement(item, report)).collect();
                } else {
                    let message = |found: &str| {
                        format!(
                            "`Statement` is a list of statements, not {found}; put `[` and `]` around it"
                        )
                    };
                    wrong_type(at, &value.kind, message, report);
                    policy.broken = true;
                    if matches!(value.kind, Kind::Object(_)) {
                        policy.statements = [statement(value, report)].into();
                    }
                }
            }
            _ => match unknown(&name, &["Version", "Statement"], "a policy", report) {
                Some("Version") => has_version = true,
                Some(_) => {
                    has_statement = true;
                    policy.broken = true;
                }
                None => {}
            },
        }
    }
    if let Some(hole) = others {
        // Other statements may take the place of those that are shown.
        policy.statements = [unknown_statement(hole)].into();
        return policy;
    }
    if !has_version {
        of_version.add(
            policy.at,
            Rule::MissingElement,
            "the policy has no `Version`, add `\"Version\": \"1\"`",
        );
    }
    if !dialect::are_all_foreign(&policy.statements) {
        report.extend(of_version.into_diagnostics());
    }
    if !has_statement {
        report.add(policy.at, Rule::MissingElement, "the policy has no `Statement`");
        policy.broken = true;
    }
    policy
}

fn version<L: Copy>(value: &Value<L>, report: &mut Report<L>) {
    match &value.kind {
        Kind::String(text) if text == "1" => {}
        Kind::Unreadable => {}
        Kind::Hole(name) => not_checked(value.at, name, report),
        Kind::Open(_, holes) => {
            for hole in holes {
                not_checked(hole.hole.at, &hole.hole.name, report);
            }
        }
        Kind::String(text) => report.add(
            value.at,
            Rule::WrongVersion,
            format!("`Version` is `{text}`, the only version is `\"1\"`"),
        ),
        Kind::Number(_) | Kind::Boolean(_) | Kind::Null | Kind::Array(_) | Kind::Object(_) => {
            let found = value.kind.type_name();
            let message = format!("`Version` is {found}, write the text `\"1\"`");
            report.add(value.at, Rule::WrongVersion, message);
        }
    }
}

/// Reports what is not known and what no later stage sees.
fn not_checked<L: Copy>(at: L, name: &str, report: &mut Report<L>) {
    report.add(at, Rule::NotChecked, hole::not_checked(name));
}

/// The first hole of a text.
fn hole_of<L: Clone>(text: &Text<L>) -> Option<Hole<L>> {
    text.holes.first().map(|hole| hole.hole.clone())
}

/// Any number of statements.
fn unknown_statement<L: Copy>(hole: Hole<L>) -> Statement<L> {
    let at = hole.at;
    let kind = ElementKind::Hole(Unknown::Others, hole);
    Statement { at, elements: [Element { at, kind }].into(), broken: false, selections: Vec::new() }
}

/// Reports a name that is in an object already.
pub(crate) fn duplicate<L: Copy>(name: &Text<L>, report: &mut Report<L>) {
    report.add(name.at, Rule::DuplicateElement, format!("`{}` appears twice", name.value));
}

/// Reports an unknown element; gives the one that was most likely meant.
fn unknown<'k, L: Copy>(
    name: &Text<L>,
    known: &[&'k str],
    of: &str,
    report: &mut Report<L>,
) -> Option<&'k str> {
    let value = &name.value;
    let near = suggest::nearest(value, known.iter().copied());
    let message = match value.as_str() {
        "NotResource" | "NotPrincipal" | "Id" => format!("{of} has no `{value}` in RAM"),
        _ => format!("{of} has no `{value}`{}", suggest::did_you_mean(&near)),
    };
    report.add(name.at, Rule::UnknownElement, message);
    near.first().copied()
}

fn statement<L: Copy>(value: Value<L>, report: &mut Report<L>) -> Statement<L> {
    let mut statement =
        Statement { at: value.at, elements: Vec::new(), broken: false, selections: Vec::new() };
    if let Kind::Hole(name) = value.kind {
        return unknown_statement(Hole { name, at: value.at });
    }
    let Kind::Object(members) = value.kind else {
        let message = |found: &str| format!("a statement is an object, not {found}");
        wrong_type(value.at, &value.kind, message, report);
        statement.broken = true;
        return statement;
    };
    for Member { name, value } in members {
        if let Some(hole) = hole_of(&name) {
            let kind = ElementKind::Hole(Unknown::Others, hole);
            statement.elements.push(Element { at: name.at, kind });
            continue;
        }
        let twice = statement.elements.iter().any(|element| element.kind.name() == name.value);
        if twice {
            duplicate(&name, report);
            continue;
        }
        let kind = match name.value.as_str() {
            "Effect" => effect(&value, report),
            "Action" => values("Action", value, report).map(ElementKind::Action),
            "NotAction" => values("NotAction", value, report).map(ElementKind::NotAction),
            "Resource" => values("Resource", value, report).map(ElementKind::Resource),
            "Condition" => match whole_hole(&value) {
                Some(hole) => Some(ElementKind::Hole(Unknown::Condition, hole)),
                None => conditions(value, report).map(ElementKind::Condition),
            },
            "Principal" => match whole_hole(&value).or_else(|| unknown_member(&value)) {
                Some(hole) => Some(ElementKind::Hole(Unknown::Principal, hole)),
                None => principals(value, report).map(ElementKind::Principal),
            },
            "Sid" => match text(value) {
                Ok(text) => Some(ElementKind::Sid(text)),
                Err(Value { at, kind }) => {
                    let message = |found: &str| format!("`Sid` takes a text, not {found}");
                    wrong_type(at, &kind, message, report);
                    None
                }
            },
            _ => {
                unknown(&name, &STATEMENT_ELEMENTS, "a statement", report);
                // Most likely a misspelt element, so nothing is called missing.
                None
            }
        };
        match kind {
            Some(kind) => statement.elements.push(Element { at: name.at, kind }),
            None => statement.broken = true,
        }
    }
    statement
}

/// Who is named, by type or in a list; which form a kind of policy takes is checked later.
fn principals<L: Copy>(value: Value<L>, report: &mut Report<L>) -> Option<Principals<L>> {
    let at = value.at;
    match value.kind {
        // An empty list names everybody where lists are taken (OSS: Authorization syntax and elements).
        Kind::Array(items) if items.is_empty() => {
            let nobody = Values { at, shape: Shape::Many, items: Vec::new() };
            return Some(Principals::Listed(nobody));
        }
        Kind::Array(_) | Kind::String(_) | Kind::Open(..) => {
            return values("Principal", value, report).map(Principals::Listed);
        }
        Kind::Object(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Hole(_)
        | Kind::Unreadable => {}
    }
    let members = object("Principal", value, report)?;
    if members.is_empty() {
        report.add(at, Rule::EmptyList, "`Principal` is empty");
        return None;
    }
    let mut principals: Vec<Principal<L>> = Vec::new();
    for Member { name, value } in members {
        let kinds = [PrincipalKind::Ram, PrincipalKind::Service, PrincipalKind::Federated];
        let Some(kind) = kinds.into_iter().find(|kind| kind.name() == name.value) else {
            unknown(&name, &kinds.map(PrincipalKind::name), "`Principal`", report);
            continue;
        };
        if principals.iter().any(|other| other.kind == kind) {
            duplicate(&name, report);
            continue;
        }
        if let Some(values) = values(kind.name(), value, report) {
            principals.push(Principal { at: name.at, kind, values });
        }
    }
    (!principals.is_empty()).then_some(Principals::ByType(principals))
}

/// The hole that a value is.
fn whole_hole<L: Copy>(value: &Value<L>) -> Option<Hole<L>> {
    let Kind::Hole(name) = &value.kind else { return None };
    Some(Hole { name: name.clone(), at: value.at })
}

/// The text that a value is, which may have holes or be one; or the value again.
fn text<L: Copy>(value: Value<L>) -> Result<Text<L>, Value<L>> {
    let at = value.at;
    match value.kind {
        Kind::String(text) => Ok(Text::new(text, at)),
        Kind::Open(text, holes) => Ok(Text::open(text, at, holes)),
        Kind::Hole(name) => Ok(Text::unknown(Hole { name, at })),
        kind @ (Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Array(_)
        | Kind::Object(_)
        | Kind::Unreadable) => Err(Value { at, kind }),
    }
}

/// The hole that the name of a member has.
fn unknown_member<L: Copy>(value: &Value<L>) -> Option<Hole<L>> {
    let Kind::Object(members) = &value.kind else { return None };
    members.iter().find_map(|member| hole_of(&member.name))
}

fn effect<L: Copy>(value: &Value<L>, report: &mut Report<L>) -> Option<ElementKind<L>> {
    let found = match &value.kind {
        Kind::String(text) => match text.as_str() {
            "Allow" => return Some(ElementKind::Effect(Effect::Allow)),
            "Deny" => return Some(ElementKind::Effect(Effect::Deny)),
            // As pages print what a reader has to choose.
            other if other.starts_with('<') || !placeholder::find(other).is_empty() => {
                let message =
                    format!("`{other}` is a placeholder, write `\"Allow\"` or `\"Deny\"`");
                report.add(value.at, Rule::Placeholder, message);
                return None;
            }
            other => format!("`{other}`"),
        },
        Kind::Hole(name) => {
            let hole = Hole { name: name.clone(), at: value.at };
            return Some(ElementKind::Hole(Unknown::Effect, hole));
        }
        Kind::Open(_, holes) => {
            let hole = holes.first()?.hole.clone();
            return Some(ElementKind::Hole(Unknown::Effect, hole));
        }
        Kind::Unreadable => return None,
        Kind::Number(_) | Kind::Boolean(_) | Kind::Null | Kind::Array(_) | Kind::Object(_) => {
            value.kind.type_name().to_string()
        }
    };
    report.add(
        value.at,
        Rule::WrongEffect,
        format!("`Effect` is {found}, write `\"Allow\"` or `\"Deny\"`"),
    );
    None
}

fn values<L: Copy>(name: &str, value: Value<L>, report: &mut Report<L>) -> Option<Values<L>> {
    let at = value.at;
    let Kind::Array(items) = value.kind else {
        // A hole stands for any number of values.
        let shape = if matches!(value.kind, Kind::Hole(_)) { Shape::Many } else { Shape::One };
        return match text(value) {
            Ok(text) => Some(Values { at, shape, items: [text].into() }),
            Err(Value { kind, .. }) => {
                wrong_type(at, &kind, |_| not_text(name, &kind), report);
                None
            }
        };
    };
    let mut texts = Vec::new();
    let mut good = true;
    for item in items {
        match text(item) {
            Ok(text) => texts.push(text),
            Err(Value { at, kind }) => {
                let message = |found: &str| {
                    if matches!(kind, Kind::Array(_) | Kind::Object(_)) {
                        format!("the list of `{name}` has texts in it, not {found}")
                    } else {
                        not_text(name, &kind)
                    }
                };
                wrong_type(at, &kind, message, report);
                good = false;
            }
        }
    }
    if texts.is_empty() && good {
        empty_list(name, at, report);
        good = false;
    }
    // What could be read is checked all the same.
    (good || !texts.is_empty()).then_some(Values { at, shape: Shape::Many, items: texts })
}

/// Reports a list without values.
pub(crate) fn empty_list<L: Copy>(name: &str, at: L, report: &mut Report<L>) {
    report.add(at, Rule::EmptyList, format!("the list of `{name}` is empty"));
}

fn not_text<L>(name: &str, found: &Kind<L>) -> String {
    if let Kind::Number(number) = found {
        format!("`{name}` takes texts, write `\"{number}\"`")
    } else if let Kind::Boolean(boolean) = found {
        format!("`{name}` takes texts, write `\"{boolean}\"`")
    } else {
        format!("`{name}` takes a text or a list of texts, not {}", found.type_name())
    }
}

fn conditions<L: Copy>(value: Value<L>, report: &mut Report<L>) -> Option<Vec<Condition<L>>> {
    let at = value.at;
    let operators = object("Condition", value, report)?;
    if operators.is_empty() {
        report.add(at, Rule::EmptyCondition, "`Condition` is empty, leave it out");
    }
    let mut conditions: Vec<Condition<L>> = Vec::new();
    let mut seen_operators = BTreeSet::new();
    for Member { name: operator, value } in operators {
        if operator.holes.is_empty() && !seen_operators.insert(operator.value.clone()) {
            duplicate(&operator, report);
            continue;
        }
        let at = value.at;
        if let Some(hole) = whole_hole(&value) {
            // Keys that are not known, with values that are not known.
            let values =
                Values { at, shape: Shape::Many, items: [Text::unknown(hole.clone())].into() };
            let keys = [KeyCondition { key: Text::unknown(hole), values }].into();
            conditions.push(Condition { operator, sign: None, keys });
            continue;
        }
        let Some(members) = object(&operator.value, value, report) else { continue };
        if members.is_empty() {
            report.add(at, Rule::EmptyList, format!("`{}` has no condition key", operator.value));
        }
        let mut keys: Vec<KeyCondition<L>> = Vec::new();
        let mut seen_keys = BTreeSet::new();
        for Member { name: key, value } in members {
            if key.holes.is_empty() && !seen_keys.insert(key.value.clone()) {
                duplicate(&key, report);
                continue;
            }
            if let Some(values) = values(&key.value, value, report) {
                keys.push(KeyCondition { key, values });
            }
        }
        conditions.push(Condition { operator, sign: None, keys });
    }
    Some(conditions)
}

fn object<L: Copy>(name: &str, value: Value<L>, report: &mut Report<L>) -> Option<Vec<Member<L>>> {
    let Kind::Object(members) = value.kind else {
        let message = |found: &str| format!("`{name}` is an object, not {found}");
        wrong_type(value.at, &value.kind, message, report);
        return None;
    };
    Some(members)
}
