//! Rewrites a policy to a shorter one that decides every request in the same way.
//!
//! Lists lose what another value of theirs covers, statements that differ in one list are put
//! together, and what can be left out without changing a decision is left out. Each rewriting is
//! proved, not assumed: what cannot be proved stays as it is.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::{vec, vec::Vec};

use super::guardrails::everything;
use super::proof::Proof;
use super::prover::Prover;
use crate::arn;
use crate::build::normalised;
use crate::cover::{covers, covers_ignore_case};
use crate::json::{self, Indent};
use crate::lowered::{
    Condition, Document, Effect, Element, KeyCondition, Layout, List, ResourcePattern, Shape,
    Statement, Values,
};
use crate::policy::Policy;

/// Most proofs for one policy; each value and each statement takes one. What is left when they are
/// used up stays.
const MOST_PROOFS: usize = 500;

/// Most characters of a policy for which single values are tried: twice what RAM allows (RAM:
/// Limits). A proof about a longer one may take a second.
const MOST_CHARACTERS: usize = 2 * 6144;

impl Policy {
    /// A shorter policy that decides every request as this one does; this one where none is found.
    ///
    /// What a request is refused by stays too: a `Deny` that meets no `Allow` of this policy is
    /// kept, because it may meet one of another policy of the same caller (RAM: How RAM evaluates
    /// policies). Which statement decides may change. The result is shortest as far as leaving out
    /// and putting together go; no wildcard is made of several names.
    ///
    /// ```
    /// use ram_policy::policy;
    ///
    /// let long = policy! {
    ///     allow ecs::{DescribeInstances, Describe*} on *;
    ///     allow ecs::StopInstance on *;
    ///     allow ecs::StopInstance on "acs:ecs:*:*:instance/i-1";
    /// };
    /// assert_eq!(long.simplified(), policy! { allow ecs::{Describe*, StopInstance} on *; });
    /// ```
    #[must_use]
    pub fn simplified(&self) -> Self {
        let document = self.document();
        let length = self.to_json().len();
        let proofs = if length > MOST_CHARACTERS { 0 } else { MOST_PROOFS };
        let mut rewriting = Rewriting { original: self, proofs };
        let mut statements: Vec<Statement> = document.statements.iter().map(tidy).collect();
        merge(&mut statements);
        rewriting.leave_out_statements(&mut statements);
        rewriting.leave_out_values(&mut statements);
        merge(&mut statements);
        let short = policy_of(&statements);
        let document = Document { layout: document.layout, statements: Cow::Owned(statements) };
        let result = Self::from_document(document);
        if result.to_json().len() < length && decides_as(self, &short) == Proof::Yes {
            result
        } else {
            self.clone()
        }
    }
}

/// Leaves out what a proof says makes no difference.
struct Rewriting<'p> {
    original: &'p Policy,
    proofs: usize,
}

impl Rewriting<'_> {
    /// Whether these statements decide as the original, as far as there are proofs left to try.
    fn is_same(&mut self, statements: &[Statement]) -> bool {
        let Some(left) = self.proofs.checked_sub(1) else { return false };
        let proof = decides_as(self.original, &policy_of(statements));
        // Where one cannot be decided the next ones hardly can, and each takes long.
        self.proofs = if matches!(proof, Proof::Unknown(_)) { 0 } else { left };
        proof.is_yes()
    }

    /// The last statements go first, so that the first ones stay.
    fn leave_out_statements(&mut self, statements: &mut Vec<Statement>) {
        for place in (0..statements.len()).rev() {
            let mut shorter = statements.clone();
            shorter.remove(place);
            if self.is_same(&shorter) {
                *statements = shorter;
            }
        }
    }

    fn leave_out_values(&mut self, statements: &mut Vec<Statement>) {
        for place in 0..statements.len() {
            let lists = statements.get(place).map_or(0, |statement| lengths(statement).count());
            for list in 0..lists {
                let length =
                    statements.get(place).and_then(|one| lengths(one).nth(list)).unwrap_or(0);
                for item in (0..length).rev() {
                    let shorter = statements
                        .get(place)
                        .filter(|one| lengths(one).nth(list).is_some_and(|left| left > 1))
                        .map(|statement| without(statement, list, item));
                    let Some(shorter) = shorter else { continue };
                    let mut candidate = statements.clone();
                    if let Some(statement) = candidate.get_mut(place) {
                        *statement = shorter;
                    }
                    if self.is_same(&candidate) {
                        *statements = candidate;
                    }
                }
            }
        }
    }
}

fn document_of(statements: Vec<Statement>) -> Document {
    Document { layout: Layout::VersionFirst, statements: Cow::Owned(statements) }
}

fn policy_of(statements: &[Statement]) -> Policy {
    Policy::from_document(document_of(statements.to_vec()))
}

/// Whether both policies decide every request in the same way: whether they allow the same, and
/// their denials match the same.
fn decides_as(left: &Policy, right: &Policy) -> Proof {
    let (prover, all) = (Prover::new(), everything());
    match prover.equivalent([left], [right]) {
        Proof::Yes => {
            let [left, right] = [left, right].map(denials);
            prover.equivalent([&all, &left], [&all, &right])
        }
        other => other,
    }
}

fn denials(policy: &Policy) -> Policy {
    let document = policy.document();
    let denials = document.statements.iter().filter(|one| one.effect == Effect::Deny);
    policy_of(&denials.cloned().collect::<Vec<_>>())
}

/// The statement without what says nothing and what is covered within its own lists.
fn tidy(statement: &Statement) -> Statement {
    let elements = statement.elements.iter().filter_map(|element| {
        Some(match element {
            Element::Action(actions) => Element::Action(shortest(actions, |wide, narrow| {
                covers_action(&wide.text, &narrow.text)
            })),
            Element::NotAction(actions) => Element::NotAction(shortest(actions, |wide, narrow| {
                covers_action(&wide.text, &narrow.text)
            })),
            Element::Resource(resources) => Element::Resource(shortest(resources, covers_resource)),
            Element::Condition(conditions) => {
                let conditions: Vec<Condition> = conditions.iter().map(tidy_condition).collect();
                if conditions.iter().all(|condition| condition.keys.is_empty()) {
                    return None;
                }
                Element::Condition(Cow::Owned(conditions))
            }
            Element::Sid(_) => return None,
            Element::Effect | Element::Principal(_) => element.clone(),
        })
    });
    Statement { effect: statement.effect, elements: elements.collect() }
}

fn tidy_condition(condition: &Condition) -> Condition {
    let keys = condition.keys.iter().map(|key| KeyCondition {
        key: key.key.clone(),
        values: shortest(&key.values, |wide, narrow| wide.text == narrow.text),
    });
    Condition { operator: condition.operator, keys: keys.collect() }
}

/// The values that no other one covers; of two that cover each other the first.
fn shortest<T: Clone>(values: &Values<T>, covers: impl Fn(&T, &T) -> bool) -> Values<T> {
    let items = values.items.iter().enumerate();
    let needed = items.clone().filter(|(place, item)| {
        !items.clone().any(|(other, wide)| {
            other != *place && covers(wide, item) && (other < *place || !covers(item, wide))
        })
    });
    values_of(needed.map(|(_, item)| item.clone()).collect())
}

fn values_of<T: Clone>(items: Vec<T>) -> Values<T> {
    let shape = if items.len() == 1 { Shape::One } else { Shape::Many };
    Values { shape, items: Cow::Owned(items) }
}

/// Whether one action covers another, code and name each by itself.
fn covers_action(wide: &str, narrow: &str) -> bool {
    let parts = |text| str::split_once(text, ':').unwrap_or((text, text));
    let (wide, narrow) = (parts(wide), parts(narrow));
    let [code, name] = [(wide.0, narrow.0), (wide.1, narrow.1)].map(|(wide, narrow)| {
        covers_ignore_case(wide, narrow) || wide.eq_ignore_ascii_case(narrow)
    });
    code && name
}

fn covers_resource(wide: &ResourcePattern, narrow: &ResourcePattern) -> bool {
    if wide.text == narrow.text || wide.fields.is_none() {
        return true;
    }
    let (Ok(wides), Ok(narrows)) = (arn::split(&wide.text), arn::split(&narrow.text)) else {
        return false;
    };
    wides.into_iter().zip(narrows).all(|(of_wide, of_narrow)| {
        covers(wide.text.get(of_wide).unwrap_or(""), narrow.text.get(of_narrow).unwrap_or(""))
    })
}

/// A part of a statement in which it may differ from one that it is put together with.
const PARTS: [fn(&Element) -> bool; 2] = [
    |element| matches!(element, Element::Action(_)),
    |element| matches!(element, Element::Resource(_)),
];

/// A statement with its text but for each of the [`PARTS`], in one stable form.
struct Outline {
    statement: Statement,
    rests: [String; 2],
}

impl Outline {
    fn of(statement: Statement) -> Self {
        let stable = normalised(&statement);
        let rests = PARTS.map(|is_part| {
            let rest = stable.elements.iter().filter(|element| !is_part(element)).cloned();
            let rest = Statement { effect: statement.effect, elements: rest.collect() };
            json::write(&document_of(Vec::from([rest])), Indent::Minified)
        });
        Self { statement, rests }
    }

    /// Whether the statements differ in this part only.
    fn is_like(&self, other: &Self, part: usize) -> bool {
        self.rests.get(part) == other.rests.get(part)
    }

    /// This statement and others that differ from it in one part only, as one.
    fn with(self, others: &[Self]) -> Self {
        let elements = self.statement.elements.iter().map(|own| {
            let of_others = others.iter().flat_map(|other| other.statement.elements.iter());
            match own {
                Element::Action(own) => {
                    let actions = of_others.filter_map(|element| match element {
                        Element::Action(actions) => Some(actions),
                        _ => None,
                    });
                    Element::Action(all(own, actions))
                }
                Element::Resource(own) => {
                    let resources = of_others.filter_map(|element| match element {
                        Element::Resource(resources) => Some(resources),
                        _ => None,
                    });
                    Element::Resource(all(own, resources))
                }
                other => other.clone(),
            }
        });
        let elements = elements.collect();
        Self::of(tidy(&Statement { effect: self.statement.effect, elements }))
    }
}

/// Puts statements together that differ in their actions only, or in their resources only.
fn merge(statements: &mut Vec<Statement>) {
    let mut outlines: Vec<Outline> = statements.drain(..).map(Outline::of).collect();
    let mut place = 0;
    while place < outlines.len() {
        let behind = outlines.split_off(place + 1);
        let Some(first) = outlines.pop() else { break };
        let is_like = |part: usize| behind.iter().any(|other| first.is_like(other, part));
        let Some(part) = (0..PARTS.len()).find(|part| is_like(*part)) else {
            outlines.push(first);
            outlines.extend(behind);
            place += 1;
            continue;
        };
        let (like, rest): (Vec<Outline>, Vec<Outline>) =
            behind.into_iter().partition(|other| first.is_like(other, part));
        outlines.push(first.with(&like));
        outlines.extend(rest);
        // What has grown may now be like one before it.
        place = 0;
    }
    statements.extend(outlines.into_iter().map(|outline| outline.statement));
}

fn all<'v, T: Clone + 'static>(
    own: &'v Values<T>,
    others: impl Iterator<Item = &'v Values<T>>,
) -> Values<T> {
    values_of(
        own.items.iter().chain(others.flat_map(|other| other.items.iter())).cloned().collect(),
    )
}

/// How many values each list of the statement has.
fn lengths(statement: &Statement) -> impl Iterator<Item = usize> {
    statement.elements.iter().flat_map(|element| match element {
        Element::Action(actions) | Element::NotAction(actions) => vec![actions.items.len()],
        Element::Resource(resources) => vec![resources.items.len()],
        Element::Condition(conditions) => conditions
            .iter()
            .flat_map(|condition| condition.keys.iter().map(|key| key.values.items.len()))
            .collect(),
        Element::Effect | Element::Principal(_) | Element::Sid(_) => Vec::new(),
    })
}

/// The statement without one value of one list, counted as by [`lengths`].
fn without(statement: &Statement, list: usize, item: usize) -> Statement {
    let mut number = 0;
    let mut is_at = || {
        number += 1;
        number == list + 1
    };
    let elements = statement.elements.iter().map(|element| match element {
        Element::Action(actions) if is_at() => Element::Action(left_of(actions, item)),
        Element::NotAction(actions) if is_at() => Element::NotAction(left_of(actions, item)),
        Element::Resource(resources) if is_at() => Element::Resource(left_of(resources, item)),
        Element::Condition(conditions) => {
            let conditions: List<Condition> = conditions
                .iter()
                .map(|condition| Condition {
                    operator: condition.operator,
                    keys: condition
                        .keys
                        .iter()
                        .map(|key| {
                            let values = if is_at() {
                                left_of(&key.values, item)
                            } else {
                                key.values.clone()
                            };
                            KeyCondition { key: key.key.clone(), values }
                        })
                        .collect(),
                })
                .collect();
            Element::Condition(conditions)
        }
        other => other.clone(),
    });
    Statement { effect: statement.effect, elements: elements.collect() }
}

fn left_of<T: Clone>(values: &Values<T>, item: usize) -> Values<T> {
    let items = values.items.iter().enumerate().filter(|(place, _)| *place != item);
    values_of(items.map(|(_, item)| item.clone()).collect())
}
