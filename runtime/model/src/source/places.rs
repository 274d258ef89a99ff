//! The same statement with other places: what a file says, at the place where the file is named.

use alloc::vec::Vec;

use super::syntax::{
    Condition, Element, ElementKind, KeyCondition, Principal, Principals, Statement, Values,
};
use crate::text::hole::{Hole, TextHole};
use crate::text::place::Text;

impl<L: Copy> Statement<L> {
    /// The statement with these places; what a JSON document says has no selections.
    #[must_use]
    pub fn with_places<M: Copy>(&self, place: &impl Fn(L) -> M) -> Statement<M> {
        let elements = self
            .elements
            .iter()
            .map(|element| Element { at: place(element.at), kind: kind(&element.kind, place) });
        Statement {
            at: place(self.at),
            elements: elements.collect(),
            broken: self.broken,
            selections: Vec::new(),
        }
    }
}

fn kind<L: Copy, M: Copy>(kind: &ElementKind<L>, place: &impl Fn(L) -> M) -> ElementKind<M> {
    match kind {
        ElementKind::Effect(effect) => ElementKind::Effect(*effect),
        ElementKind::Action(items) => ElementKind::Action(values(items, place)),
        ElementKind::NotAction(items) => ElementKind::NotAction(values(items, place)),
        ElementKind::Resource(items) => ElementKind::Resource(values(items, place)),
        ElementKind::Principal(principals) => {
            let by_type = |principal: &Principal<L>| Principal {
                at: place(principal.at),
                kind: principal.kind,
                values: values(&principal.values, place),
            };
            ElementKind::Principal(match principals {
                Principals::ByType(all) => Principals::ByType(all.iter().map(by_type).collect()),
                Principals::Listed(listed) => Principals::Listed(values(listed, place)),
            })
        }
        ElementKind::Condition(conditions) => {
            let conditions = conditions.iter().map(|condition| Condition {
                sign: condition.sign,
                operator: text(&condition.operator, place),
                keys: condition
                    .keys
                    .iter()
                    .map(|key| KeyCondition {
                        key: text(&key.key, place),
                        values: values(&key.values, place),
                    })
                    .collect(),
            });
            ElementKind::Condition(conditions.collect())
        }
        ElementKind::Sid(sid) => ElementKind::Sid(text(sid, place)),
        ElementKind::Hole(unknown, of) => ElementKind::Hole(*unknown, hole(of, place)),
    }
}

fn values<L: Copy, M: Copy>(values: &Values<L>, place: &impl Fn(L) -> M) -> Values<M> {
    let items = values.items.iter().map(|item| text(item, place));
    Values { at: place(values.at), shape: values.shape, items: items.collect() }
}

fn text<L: Copy, M: Copy>(text: &Text<L>, place: &impl Fn(L) -> M) -> Text<M> {
    let holes = text
        .holes
        .iter()
        .map(|one| TextHole { range: one.range.clone(), hole: hole(&one.hole, place) });
    Text {
        value: text.value.clone(),
        at: place(text.at),
        head: place(text.head),
        holes: holes.collect(),
    }
}

fn hole<L: Copy, M>(hole: &Hole<L>, place: &impl Fn(L) -> M) -> Hole<M> {
    Hole { name: hole.name.clone(), at: place(hole.at) }
}
