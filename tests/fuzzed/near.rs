//! Requests near the boundaries of policies: those that their patterns ask for, and those that miss
//! them by little.

use ram_policy::{OwnedRequest, Policy};
use ram_policy_model::document::Element;
use ram_policy_model::terms::family::Family;
use ram_policy_model::terms::operand::{Date, Meaning, Number, parse_address, parse_boolean};
use ram_policy_model::terms::operator::ConditionOperator;

use crate::choices::Dice;

/// What policies ask for.
#[derive(Default)]
struct Wanted {
    actions: Vec<String>,
    resources: Vec<String>,
    keys: Vec<Key>,
}

/// A condition key with the values it is compared with.
struct Key {
    name: String,
    families: Vec<Family>,
    values: Vec<String>,
}

impl Key {
    /// Whether every operator can read the value; what cannot be read is not compared.
    fn is_read(&self, value: &str) -> bool {
        self.families.iter().all(|family| match family {
            Family::String => true,
            Family::Number => value.parse::<Number>().is_ok(),
            Family::Date => value.parse::<Date>().is_ok(),
            Family::Boolean => parse_boolean(value).is_ok(),
            Family::Ip => parse_address(value).is_ok(),
        })
    }
}

impl Wanted {
    fn of(policies: &[&Policy]) -> Self {
        let mut wanted = Self::default();
        for policy in policies {
            let document = policy.document();
            for element in document.statements.iter().flat_map(|one| one.elements.iter()) {
                match element {
                    Element::Action(actions) | Element::NotAction(actions) => {
                        let texts = actions.items.iter().map(|action| action.text.to_string());
                        wanted.actions.extend(texts);
                    }
                    Element::Resource(resources) => {
                        let texts = resources.items.iter().map(|item| item.text.to_string());
                        wanted.resources.extend(texts);
                    }
                    Element::Condition(conditions) => {
                        for condition in conditions.iter() {
                            let operator = match condition.operator {
                                ConditionOperator::Known(operator)
                                | ConditionOperator::OfSet(_, operator) => operator,
                            };
                            for key in condition.keys.iter() {
                                let items = key.values.items.iter();
                                let texts = items.clone().map(|item| &*item.text);
                                // With a value that cannot be read, nothing is compared.
                                let is_read =
                                    items.clone().all(|item| item.meaning != Meaning::Invalid);
                                let family = is_read.then(|| operator.family());
                                wanted.add_key(&key.key, family, texts);
                            }
                        }
                    }
                    Element::Effect | Element::Principal(_) | Element::Sid(_) => {}
                }
            }
        }
        wanted.actions.extend(["ecs:StopInstance".into(), "new:Thing".into()]);
        wanted.resources.extend(["*".into(), "acs:ecs:cn-hangzhou:1:instance/i-1".into()]);
        wanted
    }

    fn add_key<'t>(
        &mut self,
        name: &str,
        family: Option<Family>,
        values: impl Iterator<Item = &'t str>,
    ) {
        let values = values.map(str::to_owned);
        match self.keys.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                known.families.extend(family);
                known.values.extend(values);
            }
            None => self.keys.push(Key {
                name: name.to_owned(),
                families: family.into_iter().collect(),
                values: values.collect(),
            }),
        }
    }
}

/// That many requests near what the policies ask for. Not all of their actions and resources are
/// well formed.
pub fn near(policies: &[&Policy], count: usize) -> impl Iterator<Item = OwnedRequest> {
    let wanted = Wanted::of(policies);
    let mut dice = Dice::new(42);
    (0..count).map(move |_| {
        let text = |texts: &[String], dice: &mut Dice| {
            let number = dice.below(texts.len());
            texts.get(number).cloned().unwrap_or_default()
        };
        let action = text(&wanted.actions, &mut dice);
        let action = action_near(&action, &mut dice);
        let resource = resource_near(&text(&wanted.resources, &mut dice), &mut dice);
        let mut request = OwnedRequest::new(action, resource);
        for key in &wanted.keys {
            // A common key has one value at most.
            let most = if key.name.starts_with("acs:") && !key.name.contains('/') { 2 } else { 3 };
            let count = dice.below(most);
            let mut some = |_| value_near(&text(&key.values, &mut dice), &mut dice);
            let found: Vec<String> = (0..count)
                .filter_map(|_| (0..6).map(&mut some).find(|value| key.is_read(value)))
                .collect();
            if !found.is_empty() {
                request.context.push((key.name.clone(), found));
            }
        }
        request
    })
}

fn action_near(pattern: &str, dice: &mut Dice) -> String {
    let filled = fill(pattern, &["", "X", "Instance", "DescribeInstances", "stop"], dice);
    let (code, name) = filled.split_once(':').unwrap_or(("ecs", &filled));
    let code = if code.is_empty() { "ecs" } else { code };
    let name = if name.is_empty() { "StopInstance" } else { name };
    let name = mutated(name, "aXS-", dice);
    let code = code.to_ascii_lowercase();
    // RAM ignores its case, as that of the name.
    let code = if dice.below(10) == 0 { code.to_ascii_uppercase() } else { code };
    format!("{code}:{name}")
}

fn resource_near(pattern: &str, dice: &mut Dice) -> String {
    let Some(fields) = pattern.strip_prefix("acs:").filter(|_| dice.below(20) > 0) else {
        return "*".into();
    };
    let mut parts = fields.splitn(4, ':');
    let mut next = |fillings: &[&str], letters: &str, dice: &mut Dice| {
        let filled = fill(parts.next().unwrap_or(""), fillings, dice);
        mutated(&filled, letters, dice)
    };
    let service = next(&["ecs", "oss", "x"], "ae*", dice);
    let region = next(&["", "cn-hangzhou", "cn-beijing", "*"], "c-*", dice);
    let account = next(&["1", "2", "12", "system", "*"], "12*", dice);
    let relative = next(&["", "i-1", "/", "a:b", "*", "b.txt"], "ab/:", dice);
    format!("acs:{service}:{region}:{account}:{relative}")
}

fn value_near(wanted: &str, dice: &mut Dice) -> String {
    const OTHERS: [&str; 16] = [
        "true",
        "false",
        "True",
        "False",
        "FALSE",
        "",
        "x",
        "10.0.0.1",
        "11.0.0.0",
        "::1",
        "2025-12-31T23:59:59Z",
        "2026-01-01T00:00:00Z",
        "0",
        "10",
        "9.5",
        "9999-12-31T23:59:59Z",
    ];
    match dice.below(5) {
        0 => dice.pick(&OTHERS).unwrap_or("").to_owned(),
        1 => wanted.split('/').next().unwrap_or(wanted).to_owned(),
        2 => mutated(wanted, "a019.", dice),
        3 => fill(wanted, &["", "x", "ab"], dice),
        _ => wanted.to_owned(),
    }
}

/// The pattern with its wildcards filled in.
fn fill(pattern: &str, fillings: &[&str], dice: &mut Dice) -> String {
    let mut filled = String::new();
    for character in pattern.chars() {
        match character {
            '*' => filled.push_str(dice.pick(fillings).unwrap_or("")),
            '?' => filled.push('a'),
            other => filled.push(other),
        }
    }
    filled
}

/// The text itself, or with one character added, left out, changed, or of the other case.
fn mutated(text: &str, letters: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let place = dice.below(characters.len() + 1);
    let letter = letters.chars().nth(dice.below(letters.len())).unwrap_or('a');
    match dice.below(12) {
        0 => characters.insert(place, letter),
        1 if place < characters.len() => drop(characters.remove(place)),
        2 => {
            if let Some(character) = characters.get_mut(place) {
                *character = letter;
            }
        }
        3 => {
            if let Some(character) = characters.get_mut(place) {
                *character = if character.is_ascii_uppercase() {
                    character.to_ascii_lowercase()
                } else {
                    character.to_ascii_uppercase()
                };
            }
        }
        _ => {}
    }
    characters.into_iter().collect()
}
