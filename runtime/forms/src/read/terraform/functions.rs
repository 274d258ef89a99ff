//! The functions of Terraform that documents are put together with.

use ram_policy_model::text::json::{self, TextRange};
use ram_policy_model::text::place::Text;

use super::node::{Is, Items, Members, Node, Rest};
use super::operators::same;
use super::text::Taken;

/// Most items a list may have, and most nested lists that are flattened.
const MOST: usize = 10_000;

/// The value of a call; `None` where it is not known.
pub(super) fn call(name: &str, arguments: &[Node], at: TextRange) -> Option<Node> {
    let is = of_lists(name, arguments)
        .or_else(|| of_objects(name, arguments))
        .or_else(|| of_texts(name, arguments, at))
        .or_else(|| of_numbers(name, arguments));
    match is {
        Some(is) => Some(Node { at, is }),
        None => given(name, arguments, at),
    }
}

/// Calls that give one of their arguments, or a part of it.
fn given(name: &str, arguments: &[Node], at: TextRange) -> Option<Node> {
    match (name, arguments) {
        ("tolist" | "toset" | "tomap", [value]) => {
            let is_collection = matches!(value.is, Is::List(_) | Is::Object(_));
            is_collection.then(|| Node { at, is: value.is.clone() })
        }
        ("sensitive" | "nonsensitive", [value]) => Some(value.clone()),
        ("lookup", [object, key, rest @ ..]) => {
            let Is::Object(members) = &object.is else { return None };
            if !members.rest.is_empty() {
                return None;
            }
            members.get(key.known_text()?).or(rest.first()).cloned()
        }
        ("element", [list, index]) => {
            let (Is::List(items), Is::Number(index)) = (&list.is, &index.is) else { return None };
            let index = index.parse::<usize>().ok()?.checked_rem(items.known.len())?;
            items.rest.is_empty().then(|| items.known.get(index).cloned())?
        }
        ("one", [list]) => match known(list)? {
            [] => Some(Node { at, is: Is::Null }),
            [only] => Some(only.clone()),
            [_, _, ..] => None,
        },
        ("try", [first, ..]) if !matches!(first.is, Is::Unknown(_)) => Some(first.clone()),
        ("coalesce", values) => {
            for value in values {
                let is_open = |taken: &Taken| taken.is_all_open();
                if matches!(&value.is, Is::Unknown(_))
                    || matches!(&value.is, Is::Text(taken) if is_open(taken))
                {
                    return None;
                }
                if !matches!(value.is, Is::Null) && value.known_text() != Some("") {
                    return Some(value.clone());
                }
            }
            None
        }
        ("coalescelist", lists) => {
            for list in lists {
                let items = list.list();
                if items.is_some_and(|items| !items.known.is_empty()) {
                    return Some(list.clone());
                }
                let is_empty = items.is_some_and(|items| items.rest.is_empty());
                if !is_empty && !matches!(list.is, Is::Null) {
                    return None;
                }
            }
            None
        }
        ("tostring", [text]) if matches!(text.is, Is::Text(_) | Is::Null) => Some(text.clone()),
        ("tonumber", [Node { is: Is::Number(_), .. }]) => arguments.first().cloned(),
        ("jsondecode", [text]) => {
            let value = json::read(text.known_text()?).ok()?;
            Some(Node::of_json(&value, at))
        }
        _ => None,
    }
}

/// Calls that give a list.
fn of_lists(name: &str, arguments: &[Node]) -> Option<Is> {
    let known = match (name, arguments) {
        ("concat", lists) => return Some(Is::List(concat(lists))),
        ("flatten", [list]) => {
            let mut items = Items::default();
            flatten(list, &mut items, 32);
            return Some(Is::List(items));
        }
        ("compact", [list]) => {
            let Is::List(items) = &list.is else { return None };
            let empty = |item: &&Node| {
                !matches!(item.is, Is::Null)
                    && item.known_text().is_none_or(|text| !text.is_empty())
            };
            let known = items.known.iter().filter(empty).cloned().collect();
            return Some(Is::List(Items { known, rest: items.rest.clone(), written: None }));
        }
        ("distinct", [list]) => return Some(Is::List(distinct(list)?)),
        ("setunion", lists) => {
            let all = Node { at: lists.first()?.at, is: Is::List(concat(lists)) };
            return Some(Is::List(distinct(&all)?));
        }
        ("setsubtract" | "setintersection", [left, right]) => {
            let other: Option<Vec<&str>> = known(right)?.iter().map(Node::known_text).collect();
            let (other, is_kept) = (other?, name == "setintersection");
            let mut kept = Vec::new();
            for item in known(left)? {
                if other.contains(&item.known_text()?) == is_kept {
                    kept.push(item.clone());
                }
            }
            kept
        }
        ("reverse", [list]) => known(list)?.iter().rev().cloned().collect(),
        ("sort", [list]) => {
            let texts: Option<Vec<(&str, &Node)>> =
                known(list)?.iter().map(|item| Some((item.known_text()?, item))).collect();
            let mut texts = texts?;
            texts.sort_by_key(|(text, _)| *text);
            texts.into_iter().map(|(_, item)| item.clone()).collect()
        }
        ("slice", [list, from, to]) => known(list)?.get(whole(from)?..whole(to)?)?.to_vec(),
        ("formatlist", [pattern, lists @ ..]) => return Some(Is::List(formatted(pattern, lists)?)),
        _ => return None,
    };
    Some(Is::List(Items::of(known)))
}

/// Calls that are about objects.
fn of_objects(name: &str, arguments: &[Node]) -> Option<Is> {
    match (name, arguments) {
        ("merge", objects) => Some(Is::Object(merge(objects))),
        ("keys" | "values", [object]) => {
            let Is::Object(members) = &object.is else { return None };
            let mut sorted: Vec<&(Text<TextRange>, Node)> = members.known.iter().collect();
            sorted.sort_by(|(one, _), (other, _)| one.value.cmp(&other.value));
            let item = |(key, value): &(Text<TextRange>, Node)| {
                if name == "keys" { Node::text(key.at, &key.value) } else { value.clone() }
            };
            let known = sorted.into_iter().map(item).collect();
            Some(Is::List(Items { known, rest: members.rest.clone(), written: None }))
        }
        ("zipmap", [keys, values]) => {
            let (keys, values) = (known(keys)?, known(values)?);
            let mut members = Members::default();
            for (key, value) in keys.iter().zip(values) {
                members.set(Text::new(key.as_key()?, key.at), value.clone());
            }
            (keys.len() == values.len()).then_some(Is::Object(members))
        }
        _ => None,
    }
}

/// Calls that give a text, or take one apart.
fn of_texts(name: &str, arguments: &[Node], at: TextRange) -> Option<Is> {
    Some(match (name, arguments) {
        ("tostring", [Node { is: Is::Number(number), .. }]) => made(number, at),
        ("tostring", [Node { is: Is::Boolean(boolean), .. }]) => made(&boolean.to_string(), at),
        ("lower", [text]) => made(&text.known_text()?.to_lowercase(), at),
        ("upper", [text]) => made(&text.known_text()?.to_uppercase(), at),
        ("trimspace", [text]) => made(text.known_text()?.trim(), at),
        ("chomp", [text]) => made(text.known_text()?.trim_end_matches(['\n', '\r']), at),
        ("trim", [text, characters]) => {
            let characters = characters.known_text()?;
            made(text.known_text()?.trim_matches(|one| characters.contains(one)), at)
        }
        ("trimprefix", [text, prefix]) => {
            let (text, prefix) = (text.known_text()?, prefix.known_text()?);
            made(text.strip_prefix(prefix).unwrap_or(text), at)
        }
        ("trimsuffix", [text, suffix]) => {
            let (text, suffix) = (text.known_text()?, suffix.known_text()?);
            made(text.strip_suffix(suffix).unwrap_or(text), at)
        }
        ("startswith", [text, part]) => {
            Is::Boolean(text.known_text()?.starts_with(part.known_text()?))
        }
        ("endswith", [text, part]) => Is::Boolean(text.known_text()?.ends_with(part.known_text()?)),
        ("strcontains", [text, part]) => {
            Is::Boolean(text.known_text()?.contains(part.known_text()?))
        }
        ("substr", [text, from, length]) => {
            let (text, from) = (text.known_text()?, whole(from)?);
            let most = whole(length).unwrap_or(usize::MAX);
            made(&text.chars().skip(from).take(most).collect::<String>(), at)
        }
        ("replace", [text, from, to]) => {
            let (text, from, to) = (text.known_text()?, from.known_text()?, to.known_text()?);
            // A pattern between slashes is a regular expression.
            if from.is_empty() || (from.len() > 1 && from.starts_with('/') && from.ends_with('/')) {
                return None;
            }
            made(&text.replace(from, to), at)
        }
        ("basename" | "dirname", [path]) => {
            let path = path.known_text()?;
            // What they make of slashes that follow each other is left to Terraform.
            if path.is_empty() || path.ends_with('/') || path.contains("//") {
                return None;
            }
            match (name, path.rsplit_once('/')) {
                ("basename", Some((_, name))) => made(name, at),
                ("basename", None) => made(path, at),
                (_, Some((folder, _))) if !folder.is_empty() => made(folder, at),
                (_, Some(_)) => made("/", at),
                (_, None) => made(".", at),
            }
        }
        ("split", [between, text]) => {
            let (between, text) = (between.known_text()?, text.known_text()?);
            if between.is_empty() {
                return None;
            }
            Is::List(Items::of(text.split(between).map(|part| Node::text(at, part)).collect()))
        }
        ("join", [between, list]) => {
            let between = between.known_text()?;
            let mut taken = Taken::default();
            for (index, item) in known(list)?.iter().enumerate() {
                if index > 0 {
                    taken.push(between, at.start..at.end);
                }
                add(item, &mut taken)?;
            }
            Is::Text(taken)
        }
        ("format", [pattern, arguments @ ..]) => {
            let arguments: Vec<&Node> = arguments.iter().collect();
            Is::Text(format(pattern, &arguments)?)
        }
        _ => return None,
    })
}

/// Calls that give a number or a Boolean.
fn of_numbers(name: &str, arguments: &[Node]) -> Option<Is> {
    let number = match (name, arguments) {
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
            i64::try_from(length).ok()?
        }
        ("contains", [list, value]) => {
            let Is::List(items) = &list.is else { return None };
            let mut is_known = items.rest.is_empty();
            for item in &items.known {
                match same(item, value) {
                    Some(true) => return Some(Is::Boolean(true)),
                    Some(false) => {}
                    None => is_known = false,
                }
            }
            return is_known.then_some(Is::Boolean(false));
        }
        ("alltrue" | "anytrue", [list]) => {
            let booleans = known(list)?.iter().map(Node::boolean);
            let booleans: Vec<bool> = booleans.collect::<Option<_>>()?;
            let all = booleans.iter().all(|boolean| *boolean);
            let any = booleans.contains(&true);
            return Some(Is::Boolean(if name == "alltrue" { all } else { any }));
        }
        ("tobool", [Node { is: Is::Boolean(boolean), .. }]) => return Some(Is::Boolean(*boolean)),
        ("tobool", [text]) => return Some(Is::Boolean(text.known_text()?.parse().ok()?)),
        ("tonumber", [text]) => text.known_text()?.parse().ok()?,
        ("abs", [number]) => integer(number)?.checked_abs()?,
        ("signum", [number]) => integer(number)?.signum(),
        ("ceil" | "floor", [number]) => integer(number)?,
        ("max", numbers) => all_integers(numbers)?.into_iter().max()?,
        ("min", numbers) => all_integers(numbers)?.into_iter().min()?,
        ("sum", [list]) => {
            let mut sum = 0i64;
            for number in all_integers(known(list)?)? {
                sum = sum.checked_add(number)?;
            }
            sum
        }
        _ => return None,
    };
    Some(Is::Number(number.to_string()))
}

/// The items of a list, all of which are known to be there.
fn known(list: &Node) -> Option<&[Node]> {
    let items = list.list()?;
    items.rest.is_empty().then_some(&items.known)
}

fn integer(number: &Node) -> Option<i64> {
    number.number()?.parse().ok()
}

fn all_integers(numbers: &[Node]) -> Option<Vec<i64>> {
    numbers.iter().map(integer).collect()
}

fn whole(number: &Node) -> Option<usize> {
    usize::try_from(integer(number)?).ok()
}

/// `formatlist`: lists give an item each, everything else is the same for all.
fn formatted(pattern: &Node, arguments: &[Node]) -> Option<Items> {
    let lengths: Option<Vec<usize>> = arguments
        .iter()
        .filter(|argument| matches!(argument.is, Is::List(_)))
        .map(|list| Some(known(list)?.len()))
        .collect();
    let lengths = lengths?;
    let length = lengths.first().copied().unwrap_or(1);
    if length > MOST || lengths.iter().any(|other| *other != length) {
        return None;
    }
    let mut found = Vec::new();
    for index in 0..length {
        let of = |argument: &'_ Node| match argument.list() {
            Some(items) => items.known.get(index).cloned(),
            None => Some(argument.clone()),
        };
        let row: Option<Vec<Node>> = arguments.iter().map(of).collect();
        let row = row?;
        let row: Vec<&Node> = row.iter().collect();
        found.push(Node { at: pattern.at, is: Is::Text(format(pattern, &row)?) });
    }
    Some(Items::of(found))
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
            all.unnamed.extend(members.unnamed.iter().cloned());
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
    let mut found = Items { rest: items.rest.clone(), ..Items::default() };
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

/// `format` with `%s`, `%d`, `%v`, `%q` and `%%`.
fn format(pattern: &Node, arguments: &[&Node]) -> Option<Taken> {
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
            'q' => {
                let text = serde_json::Value::from(arguments.next()?.known_text()?);
                taken.push(&text.to_string(), file.clone());
            }
            _ => return None,
        }
        rest = after.get(sign.len_utf8()..)?;
    }
    taken.push(rest, file);
    arguments.next().is_none().then_some(taken)
}
