//! Policies with holes, made of choices, and what their holes may contain.

use ram_policy::{OpenPolicy, Operator, Request, RequestAction};
use ram_policy_model::document::bounds::Bounds;
use ram_policy_model::document::{Document, lower};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::source::from_json;
use ram_policy_model::terms::family::Family;
use ram_policy_model::terms::operand::{Date, Number, parse_address, parse_boolean};
use ram_policy_model::text::hole::{Hole, TextHole};
use ram_policy_model::text::json::{self, Kind, Member};
use ram_policy_model::text::place::Text;
use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::generate;
use crate::reference::Asked;

const START: char = '\u{e000}';
const END: char = '\u{e001}';

/// A document with holes: `U+E000`, a number, `U+E001`, as a text or in one. As the name of a member
/// whose value is null it stands for any members, as any other name for that name alone.
#[derive(Debug, Clone)]
pub struct Open {
    /// The document.
    pub document: Value,
    /// What each hole may contain.
    pub fillings: Vec<Vec<Value>>,
}

const TEXTS: [&str; 14] = [
    "",
    "*",
    "?",
    ":",
    "a:b",
    "*:*",
    "ecs",
    "*:*:a",
    ":*:*:instance/",
    "acs:ecs:*:*:*",
    "acs:*:*",
    "ecs:*",
    "cn-hangzhou:1:a",
    "*:*:a:instance/",
];

/// The key that is usually of this type.
const fn key_of(family: Family) -> &'static str {
    match family {
        Family::String => "ecs:tag/owner",
        Family::Number => "ecs:Size",
        Family::Date => "acs:CurrentTime",
        Family::Boolean => "acs:MFAPresent",
        Family::Ip => "acs:SourceIp",
    }
}

/// A request that comes near to what the policies ask for: its values are of their keys' types, and
/// some resources have colons.
pub fn asked(choices: &mut Choices<'_>) -> Asked {
    let mut asked = generate::asked(choices);
    if choices.below(3) == 0 {
        asked.resource = choices
            .pick(&[
                "acs:ecs:cn-hangzhou:1:a:instance/i-1",
                "acs:ecs:cn-hangzhou:1:a:*:instance/i-1",
                "acs:ecs:cn-hangzhou:1:a:1:instance/i-1",
                "acs:ecs:cn-hangzhou:1:b:*:*",
            ])
            .to_owned();
    }
    if choices.below(3) > 0 {
        asked.context.clear();
        for family in FAMILIES {
            if choices.below(3) > 0 {
                let value = match family {
                    Family::String => choices.pick(&["a", "A", "ab", "bA", ""]).to_owned(),
                    Family::Ip => choices.pick(&["10.0.0.1", "10.0.0.2", "::1"]).to_owned(),
                    Family::Number | Family::Date | Family::Boolean => {
                        generate::wanted(family, choices)
                    }
                };
                asked.context.push((key_of(family).to_owned(), value));
            }
        }
    }
    asked
}

/// The request, as an evaluator takes it.
#[must_use]
pub fn request(asked: &Asked) -> Request<'_> {
    let action = RequestAction::unlisted(&asked.action).expect("an action");
    let request = Request::new(action, &asked.resource).expect("an ARN");
    let values = asked.context.iter();
    values.fold(request, |request, (key, value)| request.with_unchecked(key, value))
}

/// Whether each value has its key's type, each common key has one value, and no other key is there:
/// about other requests nothing is proved.
#[must_use]
pub fn is_plain(asked: &Asked) -> bool {
    let types = |key: &str| match key {
        "acs:SourceIp" => Some(Family::Ip),
        "acs:CurrentTime" => Some(Family::Date),
        "acs:MFAPresent" => Some(Family::Boolean),
        "ecs:Size" => Some(Family::Number),
        _ => None,
    };
    asked.context.iter().enumerate().all(|(place, (key, value))| {
        let is_read = match types(key) {
            Some(Family::Ip) => parse_address(value).is_ok(),
            Some(Family::Date) => value.parse::<Date>().is_ok(),
            Some(Family::Boolean) => parse_boolean(value).is_ok(),
            Some(Family::Number) => value.parse::<Number>().is_ok(),
            Some(Family::String) => true,
            None => key == "ecs:tag/owner",
        };
        let is_first = asked.context.iter().take(place).all(|(other, _)| other != key);
        is_read && (is_first || !key.starts_with("acs:"))
    })
}

const FAMILIES: [Family; 5] =
    [Family::String, Family::Number, Family::Date, Family::Boolean, Family::Ip];

fn marker(number: usize) -> String {
    format!("{START}{number}{END}")
}

/// Makes holes in a document.
pub fn open(mut document: Value, choices: &mut Choices<'_>) -> Open {
    let mut fillings: Vec<Vec<Value>> = Vec::new();
    for _ in 0..=choices.below(3) {
        let number = fillings.len();
        if let Some(found) = make(&mut document, number, choices) {
            fillings.push(found);
        }
    }
    Open { document, fillings }
}

/// One hole more; what it may contain.
fn make(document: &mut Value, number: usize, choices: &mut Choices<'_>) -> Option<Vec<Value>> {
    let hole = marker(number);
    let kind = choices.below(20);
    let others = |choices: &mut Choices<'_>| -> Vec<Value> {
        generate::document(choices)["Statement"].as_array().cloned().unwrap_or_default()
    };
    if kind == 0 {
        let original = document["Statement"].take();
        document["Statement"] = hole.into();
        let more = others(choices);
        return Some(vec![original, more.into()]);
    }
    let statements = document["Statement"].as_array_mut()?;
    let place = choices.below(statements.len());
    if kind == 1 {
        let original = std::mem::replace(statements.get_mut(place)?, hole.into());
        let more = others(choices);
        return Some(vec![original, json!([]), more.into()]);
    }
    if kind == 2 {
        statements.insert(place, hole.into());
        let more = others(choices);
        return Some(vec![json!([]), more.first()?.clone(), more.into()]);
    }
    let statement = statements.get_mut(place)?.as_object_mut()?;
    let other = others(choices).first()?.as_object()?.clone();
    match kind {
        3 => {
            statement.insert("Effect".into(), hole.into())?;
            Some(vec!["Allow".into(), "Deny".into()])
        }
        4 | 5 => {
            // Some elements are not shown.
            let mut hidden = Map::new();
            for name in ["Effect", "Action", "NotAction", "Resource", "Condition"] {
                if choices.below(3) == 0
                    && let Some(value) = statement.remove(name)
                {
                    hidden.insert(name.into(), value);
                }
            }
            let mut found = vec![Value::Object(hidden.clone())];
            let names: Vec<String> = hidden.keys().cloned().collect();
            let mut changed = Map::new();
            for name in names {
                let value = other.get(&name).cloned().unwrap_or_else(|| hidden[&name].clone());
                changed.insert(name, value);
            }
            if let (Some(condition), false) =
                (other.get("Condition"), statement.contains_key("Condition"))
            {
                changed.insert("Condition".into(), condition.clone());
            }
            found.push(changed.into());
            // What is shown may be replaced.
            if !other.contains_key("NotAction") && !statement.contains_key("NotAction") {
                found.push(other.into());
            }
            statement.insert(hole, Value::Null);
            Some(found)
        }
        6 => {
            let original = statement.get("Condition").cloned();
            statement.insert("Condition".into(), hole.into());
            let more = other.get("Condition").cloned();
            Some(
                [original, more, Some(json!({ "Bool": { "acs:MFAPresent": "true" } }))]
                    .into_iter()
                    .flatten()
                    .collect(),
            )
        }
        7 => {
            let conditions = statement.get_mut("Condition")?.as_object_mut()?;
            conditions.insert(hole, Value::Null);
            let more = other.get("Condition").cloned();
            Some(
                [more, Some(json!({})), Some(json!({ "Bool": { "acs:MFAPresent": "true" } }))]
                    .into_iter()
                    .flatten()
                    .collect(),
            )
        }
        8 | 9 => {
            // An operator, or more keys under one.
            let conditions = statement.get_mut("Condition")?.as_object_mut()?;
            let (operator, keys) = conditions.iter_mut().next()?;
            if kind == 8 {
                let (operator, keys) = (operator.clone(), keys.clone());
                conditions.remove(&operator);
                conditions.insert(hole, keys);
                let another = Operator::ALL[choices.below(Operator::ALL.len())].name();
                return Some(vec![operator.into(), another.into()]);
            }
            keys.as_object_mut()?.insert(hole, Value::Null);
            Some(vec![
                json!({}),
                json!({ "acs:Other": "a" }),
                json!({ "ecs:Size": ["1", "10"], "acs:SourceIp": "10.0.0.1" }),
            ])
        }
        10 => {
            let conditions = statement.get_mut("Condition")?.as_object_mut()?;
            let keys = conditions.values_mut().next()?.as_object_mut()?;
            let key = keys.keys().next()?.clone();
            let values = keys.remove(&key)?;
            let at = key.find(':').map_or(0, |at| at + 1);
            let (start, end) = key.split_at(at);
            keys.insert(format!("{start}{hole}"), values);
            Some(vec![end.into(), "Other".into(), "SourceIp".into()])
        }
        11..=14 => {
            let name = ["Action", "NotAction", "Resource", "Resource"][kind - 11];
            let values = statement.get_mut(name)?;
            Some(value(values, hole, &TEXTS, choices))
        }
        _ => {
            // A test of one key, with values that its operator reads, and one that it does not.
            let operator = Operator::ALL[choices.below(Operator::ALL.len())];
            let family = operator.family();
            let one = |choices: &mut Choices<'_>| generate::wanted(family, choices);
            let known: Vec<String> = (0..choices.below(2)).map(|_| one(choices)).collect();
            let text = one(choices);
            let mut values: Value = if known.is_empty() && choices.below(2) == 0 {
                text.into()
            } else {
                known.into_iter().chain([text]).collect::<Vec<_>>().into()
            };
            let fillings: Vec<String> =
                (0..4).map(|_| one(choices)).chain(["not one".to_owned()]).collect();
            let fillings: Vec<&str> = fillings.iter().map(String::as_str).collect();
            let found = value(&mut values, hole, &fillings, choices);
            statement
                .insert("Condition".into(), json!({ operator.name(): { key_of(family): values } }));
            if choices.below(2) == 0 {
                statement.insert("Resource".into(), "*".into());
                let name = if statement.contains_key("Action") { "Action" } else { "NotAction" };
                statement.remove(name);
                statement.insert("Action".into(), "*".into());
            }
            Some(found)
        }
    }
}

/// A hole in place of values, of one of them, beside them, or within one.
fn value(
    values: &mut Value,
    hole: String,
    texts: &[&str],
    choices: &mut Choices<'_>,
) -> Vec<Value> {
    let any = |choices: &mut Choices<'_>| Value::from(choices.pick(texts));
    let original = values.clone();
    let way = choices.below(5);
    if let Value::Array(items) = values {
        let place = choices.below(items.len());
        match way {
            0 => {
                items.push(hole.into());
                return vec![json!([]), any(choices), json!([any(choices), any(choices)])];
            }
            1 => {
                let Some(item) = items.get_mut(place) else { return Vec::new() };
                let one = std::mem::replace(item, hole.into());
                return vec![one, any(choices), json!([any(choices), any(choices)])];
            }
            2 => {}
            _ => {
                if let Some(item) = items.get_mut(place) {
                    return within(item, &hole, texts, choices);
                }
            }
        }
    } else if way > 1 {
        return within(values, &hole, texts, choices);
    }
    *values = hole.into();
    vec![original, any(choices), json!([any(choices), any(choices)])]
}

/// A hole in place of a part of a text.
fn within(item: &mut Value, hole: &str, texts: &[&str], choices: &mut Choices<'_>) -> Vec<Value> {
    let text: Vec<char> = item.as_str().unwrap_or("").chars().collect();
    let start = choices.below(text.len() + 1);
    let end = start + choices.below(text.len() - start + 1);
    let part = |from: usize, to: usize| text[from..to].iter().collect::<String>();
    if part(start, end).contains([START, END]) {
        return Vec::new();
    }
    *item = format!("{}{hole}{}", part(0, start), part(end, text.len())).into();
    let mut found = vec![part(start, end).into()];
    found.extend((0..4).map(|_| Value::from(choices.pick(texts))));
    found
}

impl Open {
    /// The bounds, as the library makes them.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        let policy = from_json::read(value_of(&self.document), &mut Report::default());
        Bounds::of(&policy)
    }

    /// The policy as the library takes it, with its holes as they are spelt where a document can say
    /// them.
    #[must_use]
    pub fn policy(&self) -> Option<OpenPolicy> {
        let policy = OpenPolicy::of(self.bounds()?);
        let spelt = || {
            let text = self.document.to_string();
            let mut report = Report::default();
            let spelt = from_json::read(json::read(&text).ok()?, &mut report);
            let statements = self.document["Statement"].as_array()?;
            if !report.is_empty()
                || !statements.iter().all(Value::is_object)
                || text.contains("null")
            {
                return None;
            }
            Some(lower::lower(&spelt)?.document)
        };
        Some(match spelt() {
            Some(spelt) => policy.written_as(spelt),
            None => policy,
        })
    }

    /// Another document with the same holes.
    #[must_use]
    pub fn with_document(&self, text: &str) -> Self {
        Self { document: serde_json::from_str(text).unwrap(), fillings: self.fillings.clone() }
    }

    /// The document with its holes filled; `None` where RAM would refuse that.
    #[must_use]
    pub fn filled(&self, choices: &mut Choices<'_>) -> Option<(Value, Document)> {
        self.filled_with(&self.picks(choices)?)
    }

    /// A filling for each hole, by its number.
    #[must_use]
    pub fn picks(&self, choices: &mut Choices<'_>) -> Option<Vec<usize>> {
        let pick =
            |fillings: &Vec<Value>| (!fillings.is_empty()).then(|| choices.below(fillings.len()));
        self.fillings.iter().map(pick).collect()
    }

    /// The document with these fillings; `None` where RAM would refuse that.
    #[must_use]
    pub fn filled_with(&self, picks: &[usize]) -> Option<(Value, Document)> {
        let mut filled = self.document.clone();
        for (number, (fillings, pick)) in self.fillings.iter().zip(picks).enumerate() {
            fill(&mut filled, &marker(number), fillings.get(*pick)?)?;
        }
        let mut report = Report::default();
        let policy = from_json::read(json::read(&filled.to_string()).ok()?, &mut report);
        if !report.is_empty() {
            return None;
        }
        let lowered = lower::lower(&policy)?.document;
        Some((filled, lowered))
    }
}

fn fill(value: &mut Value, hole: &str, filling: &Value) -> Option<()> {
    match value {
        Value::String(text) if text == hole => *value = filling.clone(),
        Value::String(text) if text.contains(hole) => {
            *text = text.replace(hole, filling.as_str()?);
        }
        Value::Array(items) => {
            for item in std::mem::take(items) {
                match (item, filling) {
                    (Value::String(text), Value::Array(more)) if text == hole => {
                        items.extend(more.iter().cloned());
                    }
                    (mut item, filling) => {
                        fill(&mut item, hole, filling)?;
                        items.push(item);
                    }
                }
            }
        }
        Value::Object(members) => {
            for (name, mut value) in std::mem::take(members) {
                if name == hole && value.is_null() {
                    // They may take the place of others.
                    for (name, value) in filling.as_object()? {
                        members.insert(name.clone(), value.clone());
                    }
                    continue;
                }
                let name =
                    if name.contains(hole) { name.replace(hole, filling.as_str()?) } else { name };
                fill(&mut value, hole, filling)?;
                // The same name twice is refused.
                if members.insert(name, value).is_some() {
                    return None;
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    Some(())
}

/// The document as its reader gives it.
fn value_of(value: &Value) -> json::Value<()> {
    let kind = match value {
        Value::String(text) => {
            let text = text_of(text);
            match () {
                () if text.is_unknown() => Kind::Hole(text.value),
                () if text.holes.is_empty() => Kind::String(text.value),
                () => Kind::Open(text.value, text.holes),
            }
        }
        Value::Array(items) => Kind::Array(items.iter().map(value_of).collect()),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                let name = text_of(name);
                let value = if value.is_null() {
                    json::Value { at: (), kind: Kind::Hole(name.value.clone()) }
                } else {
                    value_of(value)
                };
                Member { name, value }
            };
            Kind::Object(members.iter().map(member).collect())
        }
        Value::Null => Kind::Null,
        Value::Bool(boolean) => Kind::Boolean(*boolean),
        Value::Number(number) => Kind::Number(number.to_string()),
    };
    json::Value { at: (), kind }
}

fn text_of(text: &str) -> Text<()> {
    let mut holes = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find(START).map(|start| from + start) {
        let end = text[start..].find(END).map_or(text.len(), |end| start + end + END.len_utf8());
        let hole = Hole { name: text[start..end].into(), at: () };
        holes.push(TextHole { range: start..end, hole });
        from = end;
    }
    Text::open(text.into(), (), holes)
}
