//! Condition keys: what their values are, and tests of them.

use std::collections::{BTreeMap, BTreeSet};

use ram_policy::{KeyType, Operator};
use ram_policy_model::catalogue;
use ram_policy_model::catalogue::condition_key::{self, Verdict};
use ram_policy_model::terms::family::Family;
use ram_policy_model::terms::operand::{Block, Date, Number, parse_boolean};
use ram_policy_model::terms::operator::{Comparison, Order, TextComparison};

use super::LeftOut;
use super::text::{any, constant, equals_ignoring_case, matches_pattern};
use crate::document::{Condition, Statement};

/// The keys of a question.
pub(super) struct Keys(BTreeMap<String, Key>);

struct Key {
    /// Number among the keys, which its variables are called by.
    number: usize,
    family: Family,
    /// How many values a request may have.
    values: usize,
}

/// What a value of a policy asks of one of a request.
enum Wanted<'p> {
    Text(&'p str),
    Number(i128),
    Boolean(bool),
    Block(Block),
}

impl Keys {
    /// Those of the statements.
    pub(super) fn of<'s>(statements: impl Iterator<Item = &'s Statement>) -> Result<Self, LeftOut> {
        let mut uses: BTreeMap<&str, BTreeSet<&Condition>> = BTreeMap::new();
        for condition in statements.flat_map(|statement| &statement.conditions) {
            uses.entry(&condition.1).or_default().insert(condition);
        }
        let keys = uses.into_iter().enumerate().map(|(number, (name, tests))| {
            let is_single = name.starts_with("acs:") && catalogue::tag_prefix(name).is_none();
            // Each test that one value meets can have a value of its own; more change nothing.
            let values = if is_single { 1 } else { tests.len() };
            Ok((name.to_owned(), Key { number, family: family(name, &tests)?, values }))
        });
        keys.collect::<Result<_, _>>().map(Self)
    }

    /// Declares the values, each in the range of its type.
    pub(super) fn declare(&self, script: &mut String) {
        for key in self.0.values() {
            for (is_there, value) in key.variables() {
                let (sort, range) = match key.family {
                    Family::String => ("String", None),
                    Family::Boolean => ("Bool", None),
                    Family::Number => ("Int", Some(NUMBERS)),
                    Family::Date => ("Int", Some(INSTANTS)),
                    Family::Ip => ("Int", Some(("0", ADDRESSES))),
                };
                *script += &format!("(declare-const {is_there} Bool)\n");
                *script += &format!("(declare-const {value} {sort})\n");
                if let Some((first, last)) = range {
                    *script += &format!("(assert (<= {first} {value} {last}))\n");
                }
            }
        }
    }

    /// That a condition of a statement does not keep it from matching.
    pub(super) fn test(&self, allow: bool, condition: &Condition) -> Result<String, LeftOut> {
        let (operator, name, values) = condition;
        let operator = named(operator);
        let key = &self.0[name];
        let some = |test: &dyn Fn(&str) -> Result<String, LeftOut>| {
            let tests = key
                .variables()
                .map(|(is_there, value)| Ok(format!("(and {is_there} {})", test(&value)?)));
            Ok::<_, LeftOut>(any(tests.collect::<Result<_, _>>()?))
        };
        let wanted = wanted(operator, values).filter(|_| key.is_read_as(operator.family()));
        let Some(wanted) = wanted else {
            // Nothing can be read: an `Allow` does not match, a `Deny` does.
            let is_there = some(&|_| Ok("true".into()))?;
            return Ok(match (allow, operator.negated()) {
                (true, false) => "false".into(),
                (false, true) => "true".into(),
                (true, true) => format!("(not {is_there})"),
                (false, false) => is_there,
            });
        };
        let matched = some(&|value| {
            let tests = wanted.iter().map(|wanted| key.matches(operator, value, wanted));
            Ok(any(tests.collect::<Result<_, _>>()?))
        })?;
        Ok(if operator.negated() { format!("(not {matched})") } else { matched })
    }
}

/// The numbers and instants that texts give, and the addresses.
const NUMBERS: (&str, &str) =
    ("(- 999999999999999999999999999999999999)", "999999999999999999999999999999999999");
const INSTANTS: (&str, &str) = ("(- 62167305540000000000)", "253402387139999999999");
const ADDRESSES: &str = "340282366920938463463374607431768211455";
/// Where IPv6 has the addresses of IPv4.
const MAPPED: u128 = 0xffff_0000_0000;

fn named(operator: &str) -> Operator {
    Operator::from_name(operator).expect("RAM takes no other operators")
}

/// What all values of a key are taken for: what the catalogue says, else what the tests ask for.
fn family(name: &str, tests: &BTreeSet<&Condition>) -> Result<Family, LeftOut> {
    let known = match condition_key::judge(name) {
        Verdict::Known(known) => known.value_type,
        _ => KeyType::Unknown,
    };
    let mut asked: Vec<Family> = tests
        .iter()
        .map(|(operator, _, values)| (named(operator), values))
        .filter(|(operator, values)| wanted(*operator, values).is_some())
        .map(|(operator, _)| operator.family())
        .collect();
    asked.sort_by_key(|family| *family as u8);
    asked.dedup();
    let alone = |family: Family| {
        if asked.contains(&Family::String) { Err(LeftOut::MixedKey) } else { Ok(family) }
    };
    match known {
        KeyType::Boolean => Ok(Family::Boolean),
        KeyType::Number => alone(Family::Number),
        KeyType::Date => alone(Family::Date),
        KeyType::Ip => alone(Family::Ip),
        KeyType::String | KeyType::Unknown => match asked.as_slice() {
            [] => Ok(Family::String),
            [one] => Ok(*one),
            [Family::String, Family::Boolean] => Ok(Family::Boolean),
            _ => Err(LeftOut::MixedKey),
        },
    }
}

/// The values of a condition, `None` when one has not the form that the operator asks for.
fn wanted(operator: Operator, values: &[String]) -> Option<Vec<Wanted<'_>>> {
    let read = |text: &String| match operator.family() {
        Family::String => None,
        Family::Number => Some(Wanted::Number(text.parse::<Number>().ok()?.scaled())),
        Family::Date => Some(Wanted::Number(text.parse::<Date>().ok()?.unix_nanoseconds())),
        Family::Boolean => Some(Wanted::Boolean(parse_boolean(text).ok()?)),
        Family::Ip => Some(Wanted::Block(text.parse().ok()?)),
    };
    match operator.family() {
        Family::String => Some(values.iter().map(|text| Wanted::Text(text)).collect()),
        _ => values.iter().map(read).collect(),
    }
}

impl Key {
    /// The variables of each value: whether it is there, and what it is.
    fn variables(&self) -> impl Iterator<Item = (String, String)> {
        let number = self.number;
        (0..self.values).map(move |value| {
            (format!("is_there_{number}_{value}"), format!("value_{number}_{value}"))
        })
    }

    /// Whether an operator of this family reads the values.
    fn is_read_as(&self, family: Family) -> bool {
        self.family == family || (self.family == Family::Boolean && family == Family::String)
    }

    fn matches(
        &self,
        operator: Operator,
        value: &str,
        wanted: &Wanted<'_>,
    ) -> Result<String, LeftOut> {
        let as_text = match self.family {
            Family::Boolean => format!("(ite {value} \"true\" \"false\")"),
            _ => value.to_owned(),
        };
        Ok(match (wanted, operator.comparison()) {
            (Wanted::Text(text), Comparison::Text(TextComparison::Like)) => {
                matches_pattern(&as_text, text)?
            }
            (Wanted::Text(text), Comparison::Text(TextComparison::EqualIgnoreCase)) => {
                equals_ignoring_case(&as_text, text)?
            }
            (Wanted::Text(text), _) => format!("(= {as_text} {})", constant(text)?),
            (Wanted::Number(number), Comparison::Number(asked) | Comparison::Date(asked)) => {
                let sign = match asked {
                    Order::Equal => "=",
                    Order::Less => "<",
                    Order::LessOrEqual => "<=",
                    Order::Greater => ">",
                    Order::GreaterOrEqual => ">=",
                };
                format!("({sign} {value} {})", integer(*number))
            }
            (Wanted::Number(number), _) => format!("(= {value} {})", integer(*number)),
            (Wanted::Boolean(wanted), _) => format!("(= {value} {wanted})"),
            (Wanted::Block(Block::V4 { first, last }), _) => {
                let of = |address: u32| MAPPED + u128::from(address);
                format!("(<= {} {value} {})", of(*first), of(*last))
            }
            (Wanted::Block(Block::V6 { first, last }), _) => {
                let last_mapped = MAPPED + u128::from(u32::MAX);
                format!(
                    "(and (<= {first} {value} {last}) (not (<= {MAPPED} {value} {last_mapped})))"
                )
            }
        })
    }
}

fn integer(number: i128) -> String {
    match number {
        0.. => number.to_string(),
        _ => format!("(- {})", number.unsigned_abs()),
    }
}
