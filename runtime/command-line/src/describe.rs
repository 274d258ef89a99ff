//! A policy as a page people can read: what it says in words, what it covers, what was found.

pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod matrix;

use std::collections::{BTreeMap, BTreeSet};

use ram_policy_model::Policy;
use ram_policy_model::catalogue::{self, Access, ActionRow, ServiceEntry, find};
use ram_policy_model::document::{
    self, Condition, Document, Element, Indent, Principals, Statement,
};
use ram_policy_model::terms::effect::Effect;
use ram_policy_model::terms::kind::{PolicyKind, Unit};
use ram_policy_model::terms::operator::ConditionOperator;
use ram_policy_model::text::shown::escaped_json;
use serde::Serialize;

use crate::report::counted;
use ram_policy_forms::{Checked, Finding};

/// A page.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) kind: &'static str,
    /// Characters of the document, minified.
    pub(crate) characters: usize,
    /// Most characters that are taken, where a document says it in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) most_characters: Option<usize>,
    /// Most bytes that are taken, where a document says it in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) most_bytes: Option<usize>,
    pub(crate) statements: Vec<Described>,
    /// What was found in the document as a whole.
    pub(crate) findings: Vec<Told>,
    /// What is not known of it, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) unknown: Vec<String>,
    /// What it allows, by service and access level.
    pub(crate) matrix: matrix::Matrix,
    /// The document itself, indented.
    #[serde(skip)]
    pub(crate) json: String,
}

/// One statement.
#[derive(Debug, Serialize)]
pub(crate) struct Described {
    pub(crate) effect: &'static str,
    /// What it says, in words.
    pub(crate) words: String,
    /// As written.
    pub(crate) patterns: Vec<String>,
    /// Known actions it covers, by access level.
    pub(crate) actions: Vec<Level>,
    pub(crate) resources: Vec<String>,
    pub(crate) principals: Vec<String>,
    /// In words; all must hold.
    pub(crate) conditions: Vec<String>,
    pub(crate) findings: Vec<Told>,
}

/// The actions of an access level.
#[derive(Debug, Serialize)]
pub(crate) struct Level {
    pub(crate) access: &'static str,
    pub(crate) actions: Vec<String>,
}

/// A finding, for a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Told {
    pub(crate) rule: &'static str,
    pub(crate) level: &'static str,
    pub(crate) message: String,
    pub(crate) ram: &'static str,
}

/// Describes a policy.
pub(crate) fn describe(title: &str, checked: &Checked, document: &Document) -> Page {
    let statements = document.statements.iter().enumerate();
    let own = |index: usize| format!("Statement[{index}]");
    let of = |found: &Finding, index: usize| {
        let place = own(index);
        found.path == place || found.path.starts_with(&format!("{place}."))
    };
    let described = statements.map(|(index, statement)| {
        let found = checked.findings.iter().filter(|found| of(found, index));
        statement_of(statement, found.map(told).collect())
    });
    let whole = checked
        .findings
        .iter()
        .filter(|found| !(0..document.statements.len()).any(|index| of(found, index)));
    Page {
        title: title.to_owned(),
        kind: checked.kind.rules().word,
        characters: document.characters(),
        most_characters: most(checked.kind, Unit::Characters),
        most_bytes: most(checked.kind, Unit::Bytes),
        statements: described.collect(),
        findings: whole.map(told).collect(),
        unknown: unknown(checked),
        matrix: matrix::of(document),
        json: escaped_json(&document::write(document, Indent::Spaces(2))),
    }
}

/// The limit of a kind, where it is counted in a unit.
fn most(kind: PolicyKind, unit: Unit) -> Option<usize> {
    kind.rules().limit.filter(|limit| limit.unit == unit).map(|limit| limit.most)
}

fn unknown(checked: &Checked) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for part in &checked.unknown {
        if !reasons.contains(&part.reason) {
            reasons.push(part.reason.clone());
        }
    }
    reasons
}

fn told(found: &Finding) -> Told {
    Told {
        rule: found.rule.name(),
        level: found.level.name(),
        message: found.message.clone(),
        ram: found.rule.in_ram(),
    }
}

fn statement_of(statement: &Statement, findings: Vec<Told>) -> Described {
    let rows = covered(statement);
    let mut described = Described {
        effect: statement.effect.name(),
        words: String::new(),
        patterns: Vec::new(),
        actions: by_level(&rows),
        resources: Vec::new(),
        principals: Vec::new(),
        conditions: Vec::new(),
        findings,
    };
    for element in statement.elements.iter() {
        match element {
            Element::Effect | Element::Sid(_) => {}
            Element::Action(values) | Element::NotAction(values) => {
                described.patterns =
                    values.items.iter().map(|item| item.text.to_string()).collect();
            }
            Element::Resource(values) => {
                described.resources =
                    values.items.iter().map(|item| item.text.to_string()).collect();
            }
            Element::Principal(principals) => {
                for principal in element.principals() {
                    let kind = principal.kind.name();
                    let named = principal.values.items.iter();
                    described.principals.extend(named.map(|name| format!("{kind} {name}")));
                }
                if let Principals::Listed(values) = principals {
                    let named = values.items.iter().map(|name| match &**name {
                        "*" => "everybody".to_owned(),
                        name => name.to_owned(),
                    });
                    described.principals.extend(named);
                    if values.items.is_empty() {
                        described.principals.push("everybody".to_owned());
                    }
                }
            }
            Element::Condition(conditions) => {
                described.conditions = conditions.iter().flat_map(in_words).collect();
            }
        }
    }
    described.words = words(statement, &rows, &described);
    described
}

/// The known actions that a statement's action element covers.
pub(crate) fn covered(statement: &Statement) -> Vec<ActionRow> {
    let Some((actions, negated)) = statement.actions() else { return Vec::new() };
    let covered = find::covered_by(&actions.items);
    if !negated {
        return covered.collect();
    }
    // Both are in the order of codes and names.
    let mut covered = covered.map(ActionRow::id).peekable();
    let rows = catalogue::services().flat_map(ServiceEntry::actions);
    rows.filter(|row| covered.next_if_eq(&row.id()).is_none()).collect()
}

/// The numbers of known actions that statements of an effect name; `whole` asks for those without
/// limits alone.
fn numbers(document: &Document, effect: Effect, whole: bool) -> impl Iterator<Item = u32> {
    let statements = document.statements.iter();
    statements
        .filter(move |found| found.effect == effect && (!whole || found.is_unconditional()))
        .flat_map(covered)
        .map(|row| row.id().number())
}

/// The numbers of known actions that the policy grants, on some resource and under some conditions.
pub(crate) fn allowed(document: &Document) -> BTreeSet<u32> {
    let policy = Policy::from_document(document.clone());
    let rows = catalogue::services().flat_map(ServiceEntry::actions);
    rows.map(ActionRow::id).filter(|id| policy.grants(*id)).map(|id| id.number()).collect()
}

/// Effect, resources and conditions of a statement in one stable form, in RAM's own names.
pub(crate) fn limits(statement: &Statement) -> String {
    let mut on = BTreeSet::new();
    let mut tests = BTreeSet::new();
    for element in statement.elements.iter() {
        match element {
            Element::Resource(values) => {
                on.extend(values.items.iter().map(|item| item.text.to_string()));
            }
            Element::Condition(conditions) => {
                for condition in conditions.iter() {
                    let operator = condition.operator.name();
                    tests.extend(condition.keys.iter().map(|key| {
                        let values = key.values.items.iter().map(|value| &*value.text);
                        format!("{operator} {} {:?}", key.key, values.collect::<BTreeSet<&str>>())
                    }));
                }
            }
            Element::Effect
            | Element::Action(_)
            | Element::NotAction(_)
            | Element::Principal(_)
            | Element::Sid(_) => {}
        }
    }
    let on = if on.contains("*") { "every resource".to_owned() } else { format!("{on:?}") };
    let when = if tests.is_empty() {
        String::new()
    } else {
        format!(" if {}", tests.into_iter().collect::<Vec<String>>().join(" and "))
    };
    format!("{} on {on}{when}", statement.effect.name())
}

/// An access level in words, as far as it is known or inferred.
pub(crate) fn level_name(row: ActionRow) -> &'static str {
    row.likely_access().map_or("unknown", Access::words)
}

fn by_level(rows: &[ActionRow]) -> Vec<Level> {
    let mut levels: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for row in rows {
        let name = format!("{}:{}", row.service().table().code, row.name());
        levels.entry(level_name(*row)).or_default().push(name);
    }
    let order = matrix::LEVELS
        .iter()
        .filter_map(|access| levels.remove(access).map(|actions| Level { access, actions }));
    order.collect()
}

/// "Allows 3 actions of ecs and vpc on every resource, only if ...".
fn words(statement: &Statement, rows: &[ActionRow], described: &Described) -> String {
    let verb = match statement.effect {
        Effect::Allow => "Allows",
        Effect::Deny => "Denies",
    };
    let negated = statement.actions().is_some_and(|(_, negated)| negated);
    let mut services: Vec<&str> = rows.iter().map(|row| row.service().table().code).collect();
    services.dedup();
    let what = if negated {
        format!("every action but {}", listed(&described.patterns))
    } else if described.patterns.iter().any(|pattern| pattern == "*") {
        "every action".to_owned()
    } else if rows.is_empty() {
        format!("{}, which no known action matches", listed(&described.patterns))
    } else if rows.len() == 1 && described.patterns.len() == 1 {
        format!("`{}`", described.patterns.concat())
    } else {
        let of = match services.as_slice() {
            few if few.len() <= 4 => joined(few, "and"),
            many => counted(many.len(), "service", "services"),
        };
        format!("{} of {of}", counted(rows.len(), "known action", "known actions"))
    };
    let on = if described.resources.is_empty() {
        String::new()
    } else if described.resources.iter().any(|resource| resource == "*") {
        " on every resource".into()
    } else {
        match described.resources.as_slice() {
            [one] => format!(" on `{one}`"),
            many => format!(" on {} resource patterns", many.len()),
        }
    };
    let by = if described.principals.is_empty() {
        String::new()
    } else {
        format!(" to {}", listed(&described.principals))
    };
    let when = match described.conditions.as_slice() {
        [] => String::new(),
        [one] => format!(", only if {one}"),
        many => format!(", only if {} conditions are all true", many.len()),
    };
    format!("{verb} {what}{by}{on}{when}.")
}

fn listed(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().take(3).map(|text| format!("`{text}`")).collect();
    match texts.len() {
        0..=3 => {
            let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
            joined(&quoted, "and")
        }
        all => format!("{} and {} more", quoted.join(", "), all - 3),
    }
}

/// `a, b and c`.
fn joined(texts: &[&str], word: &str) -> String {
    match texts.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
    }
}

/// The tests of a condition in words.
fn in_words(condition: &Condition) -> Vec<String> {
    condition
        .keys
        .iter()
        .map(|key| {
            let mut values: Vec<String> =
                key.values.items.iter().map(|value| format!("`{}`", value.text)).collect();
            // In any order they mean the same.
            values.sort();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let values = joined(&values, "or");
            match condition.operator {
                ConditionOperator::Known(operator) => {
                    format!("`{}` {} {values}", key.key, operator.relation())
                }
                ConditionOperator::OfSet(..) => {
                    let operator = condition.operator.name();
                    format!(
                        "`{operator}`, which RAM does not document, of `{}` and {values}",
                        key.key
                    )
                }
            }
        })
        .collect()
}
