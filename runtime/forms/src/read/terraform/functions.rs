//! The functions of Terraform that documents are put together with.

use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::place::Text;

use super::node::{Is, Items, Members, Node, Rest};
use super::text::Taken;

/// Most items a list may have, and most nested lists that are flattened.
const MOST: usize = 10_000;

/// The value of a call; `None` where it is not known.
pub(super) fn call(name: &str, arguments: &[Node], at: TextRange) -> Option<Node> {
    let is = match (name, arguments) {
        ("concat", lists) => Is::List(concat(lists)),
        ("merge", objects) => Is::Object(merge(objects)),
        ("flatten", [list]) => {
            let mut items = Items::default();
            flatten(list, &mut items, 32);
            Is::List(items)
        }
        ("tolist" | "toset" | "tomap", [value]) => {
            let is_collection = matches!(value.is, Is::List(_) | Is::Object(_));
            return is_collection.then(|| Node { at, is: value.is.clone() });
        }
        ("compact", [list]) => {
            let Is::List(items) = &list.is else { return None };
            let empty = |item: &&Node| {
                !matches!(item.is, Is::Null)
                    && item.known_text().is_none_or(|text| !text.is_empty())
            };
            let known = items.known.iter().filter(empty).cloned().collect();
            Is::List(Items { known, rest: items.rest.clone() })
        }
        ("distinct", [list]) => Is::List(distinct(list)?),
        ("keys" | "values", [object]) => {
            let Is::Object(members) = &object.is else { return None };
            let mut sorted: Vec<&(Text<TextRange>, Node)> = members.known.iter().collect();
            sorted.sort_by(|(one, _), (other, _)| one.value.cmp(&other.value));
            let item = |(key, value): &(Text<TextRange>, Node)| {
                if name == "keys" { Node::text(key.at, &key.value) } else { value.clone() }
            };
            let known = sorted.into_iter().map(item).collect();
            Is::List(Items { known, rest: members.rest.clone() })
        }
        ("lookup", [object, key, rest @ ..]) => {
            let Is::Object(members) = &object.is else { return None };
            if !members.rest.is_empty() {
                return None;
            }
            return members.get(key.known_text()?).or(rest.first()).cloned();
        }
        ("element", [list, index]) => {
            let (Is::List(items), Is::Number(index)) = (&list.is, &index.is) else { return None };
            let index = index.parse::<usize>().ok()?.checked_rem(items.known.len())?;
            return items.rest.is_empty().then(|| items.known.get(index).cloned())?;
        }
        ("length", [value]) => {
            let length = match &value.is {
                Is::List(items) if items.rest.is_empty() => items.known.len(),
                Is::Object(members) if members.rest.is_empty() => members.known.len(),
                Is::Text(_) => value.known_text()?.chars().count(),
                Is::List(_)
                | Is::Object(_)
                | Is::Null
                | Is::Boolean(_)
                | Is::Number(_)
                | Is::Encoded(_)
                | Is::Unknown(_) => return None,
            };
            Is::Number(length.to_string())
        }
        ("coalesce", values) => {
            for value in values {
                if matches!(value.is, Is::Unknown(_)) {
                    return None;
                }
                if !matches!(value.is, Is::Null) && value.known_text() != Some("") {
                    return Some(value.clone());
                }
            }
            return None;
        }
        ("tostring", [value]) => match &value.is {
            Is::Text(_) => return Some(value.clone()),
            Is::Number(number) => Is::Text(Taken::verbatim(number, at.start..at.end)),
            Is::Boolean(boolean) => {
                Is::Text(Taken::verbatim(&boolean.to_string(), at.start..at.end))
            }
            Is::Null | Is::Encoded(_) | Is::List(_) | Is::Object(_) | Is::Unknown(_) => {
                return None;
            }
        },
        ("lower", [text]) => made(&text.known_text()?.to_lowercase(), at),
        ("upper", [text]) => made(&text.known_text()?.to_uppercase(), at),
        ("trimspace", [text]) => made(text.known_text()?.trim(), at),
        ("trimprefix", [text, prefix]) => {
            let (text, prefix) = (text.known_text()?, prefix.known_text()?);
            made(text.strip_prefix(prefix).unwrap_or(text), at)
        }
        ("trimsuffix", [text, suffix]) => {
            let (text, suffix) = (text.known_text()?, suffix.known_text()?);
            made(text.strip_suffix(suffix).unwrap_or(text), at)
        }
        ("replace", [text, from, to]) => {
            let (text, from, to) = (text.known_text()?, from.known_text()?, to.known_text()?);
            // A pattern between slashes is a regular expression.
            if from.is_empty() || (from.len() > 1 && from.starts_with('/') && from.ends_with('/')) {
                return None;
            }
            made(&text.replace(from, to), at)
        }
        ("split", [between, text]) => {
            let (between, text) = (between.known_text()?, text.known_text()?);
            if between.is_empty() {
                return None;
            }
            let known = text.split(between).map(|part| Node::text(at, part)).collect();
            Is::List(Items { known, rest: Vec::new() })
        }
        ("join", [between, list]) => {
            let (between, Is::List(items)) = (between.known_text()?, &list.is) else { return None };
            if !items.rest.is_empty() {
                return None;
            }
            let mut taken = Taken::default();
            for (index, item) in items.known.iter().enumerate() {
                if index > 0 {
                    taken.push(between, at.start..at.end);
                }
                add(item, &mut taken)?;
            }
            Is::Text(taken)
        }
        ("format", [pattern, arguments @ ..]) => Is::Text(format(pattern, arguments)?),
        _ => return None,
    };
    Some(Node { at, is })
}

fn made(text: &str, at: TextRange) -> Is {
    Is::Text(Taken::verbatim(text, at.start..at.end))
}

/// What is not known of a whole value.
fn rest_of(value: &Node) -> Rest {
    let spelt = match &value.is {
        Is::Unknown(spelt) => spelt.clone(),
        Is::Null
        | Is::Boolean(_)
        | Is::Number(_)
        | Is::Text(_)
        | Is::Encoded(_)
        | Is::List(_)
        | Is::Object(_) => "a value of another type".into(),
    };
    Rest { at: value.at, spelt }
}

fn concat(lists: &[Node]) -> Items {
    let mut all = Items::default();
    for list in lists {
        if let Is::List(items) = &list.is
            && all.known.len() + items.known.len() <= MOST
        {
            all.known.extend(items.known.iter().cloned());
            all.rest.extend(items.rest.iter().cloned());
        } else {
            all.rest.push(rest_of(list));
        }
    }
    all
}

fn merge(objects: &[Node]) -> Members {
    let mut all = Members::default();
    for object in objects {
        if let Is::Object(members) = &object.is {
            for (name, value) in &members.known {
                all.set(name.clone(), value.clone());
            }
            all.rest.extend(members.rest.iter().cloned());
        } else if !matches!(object.is, Is::Null) {
            all.rest.push(rest_of(object));
        }
    }
    all
}

fn flatten(value: &Node, items: &mut Items, depth: usize) {
    match (&value.is, depth.checked_sub(1)) {
        (Is::List(inner), Some(depth)) if items.known.len() < MOST => {
            for item in &inner.known {
                flatten(item, items, depth);
            }
            items.rest.extend(inner.rest.iter().cloned());
        }
        // It may be a list of any number of items.
        (Is::Unknown(_) | Is::List(_), _) => items.rest.push(rest_of(value)),
        _ => items.known.push(value.clone()),
    }
}

/// A list of known texts without repetitions.
fn distinct(list: &Node) -> Option<Items> {
    let Is::List(items) = &list.is else { return None };
    let mut found = Items { known: Vec::new(), rest: items.rest.clone() };
    let mut seen: Vec<&str> = Vec::new();
    for item in &items.known {
        let text = item.known_text()?;
        if !seen.contains(&text) {
            seen.push(text);
            found.known.push(item.clone());
        }
    }
    Some(found)
}

/// Adds a value as text.
fn add(value: &Node, taken: &mut Taken) -> Option<()> {
    let file = value.at.start..value.at.end;
    match &value.is {
        Is::Text(text) => taken.append(text),
        Is::Number(number) => taken.push(number, file),
        Is::Boolean(boolean) => taken.push(if *boolean { "true" } else { "false" }, file),
        Is::Unknown(spelt) => taken.unknown(spelt, file),
        Is::Encoded(inner) => taken.append(&inner.encoded()),
        Is::Null | Is::List(_) | Is::Object(_) => return None,
    }
    Some(())
}

/// `format` with `%s`, `%d`, `%v` and `%%`.
fn format(pattern: &Node, arguments: &[Node]) -> Option<Taken> {
    let (text, file) = (pattern.known_text()?, pattern.at.start..pattern.at.end);
    let mut taken = Taken::default();
    let mut arguments = arguments.iter();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        taken.push(before, file.clone());
        let sign = after.chars().next()?;
        match sign {
            '%' => taken.push("%", file.clone()),
            's' | 'd' | 'v' => add(arguments.next()?, &mut taken)?,
            _ => return None,
        }
        rest = after.get(sign.len_utf8()..)?;
    }
    taken.push(rest, file);
    arguments.next().is_none().then_some(taken)
}
