//! What a statement covers, as far as patterns tell, for comparing statements with each other.

use alloc::{format, string::String, vec::Vec};

use crate::source::syntax::Statement;
use crate::terms::arn;
use crate::terms::cover::{covers, outline_covers_ignore_case};
use crate::terms::effect::Effect;
use crate::terms::overlap::{Outline, overlap};
use crate::text::order;
use crate::text::place::Text;

/// The parts of a statement that say what it is about.
pub(super) struct Shape<'s, L> {
    /// Its place.
    pub(super) at: L,
    /// Its effect.
    pub(super) effect: Effect,
    actions: Vec<Outline<'s>>,
    negated: bool,
    resources: Vec<Resource<'s>>,
    /// One line a key, in an order of their own.
    conditions: Vec<String>,
}

/// A resource as it is compared.
enum Resource<'s> {
    Everything,
    Arn([&'s str; 4]),
}

impl<'s, L: Copy> Shape<'s, L> {
    /// The shape of a statement that has all its parts; `None` for others.
    pub(super) fn of(statement: &'s Statement<L>) -> Option<Self> {
        let (actions, negated) = statement.actions()?;
        let resources: Option<Vec<Resource<'_>>> =
            statement.resources()?.items.iter().map(Resource::of).collect();
        let mut conditions: Vec<String> = statement
            .conditions()
            .flat_map(|condition| {
                condition.keys.iter().map(|key| {
                    let mut values: Vec<&str> =
                        key.values.items.iter().map(|value| value.value.as_str()).collect();
                    order::sort(&mut values);
                    values.dedup();
                    format!("{} {} {values:?}", condition.operator.value, key.key.value)
                })
            })
            .collect();
        order::sort(&mut conditions);
        Some(Self {
            at: statement.at,
            effect: statement.effect()?,
            actions: actions.items.iter().map(|action| Outline::of(&action.value)).collect(),
            negated,
            resources: resources?,
            conditions,
        })
    }

    /// Whether this statement surely matches every request the other one matches.
    pub(super) fn covers(&self, other: &Self) -> bool {
        (self.conditions.is_empty() || self.conditions == other.conditions)
            && self.covers_resources(other)
            && self.covers_actions(other)
    }

    fn covers_actions(&self, other: &Self) -> bool {
        let (own, others) = (&self.actions, &other.actions);
        match (self.negated, other.negated) {
            (false, false) => others.iter().all(|action| is_covered(*action, own)),
            (false, true) => own.iter().any(|action| action.text == "*"),
            (true, false) => !others.iter().any(|action| meets(*action, own)),
            (true, true) => own.iter().all(|action| is_covered(*action, others)),
        }
    }

    fn covers_resources(&self, other: &Self) -> bool {
        let is_covered =
            |narrow: &Resource<'_>| self.resources.iter().any(|wide| wide.covers(narrow));
        other.resources.iter().all(is_covered)
    }

    /// Whether some request may match both, whatever the conditions.
    pub(super) fn may_meet(&self, other: &Self) -> bool {
        let resources = self
            .resources
            .iter()
            .any(|own| other.resources.iter().any(|resource| own.meets(resource)));
        resources && self.actions_may_meet(other)
    }

    fn actions_may_meet(&self, other: &Self) -> bool {
        let (own, others) = (&self.actions, &other.actions);
        match (self.negated, other.negated) {
            (false, false) => others.iter().any(|action| meets(*action, own)),
            (false, true) => own.iter().any(|action| !is_covered(*action, others)),
            (true, false) => others.iter().any(|action| !is_covered(*action, own)),
            (true, true) => true,
        }
    }
}

fn is_covered(narrow: Outline<'_>, by: &[Outline<'_>]) -> bool {
    by.iter().any(|wide| outline_covers_ignore_case(*wide, narrow))
}

fn meets(action: Outline<'_>, others: &[Outline<'_>]) -> bool {
    others.iter().any(|other| action.meets_ignore_case(*other))
}

impl<'s> Resource<'s> {
    /// `None` for what is no ARN, which is reported elsewhere.
    fn of<L>(text: &'s Text<L>) -> Option<Self> {
        let text = text.value.as_str();
        if text == "*" {
            return Some(Self::Everything);
        }
        let fields = arn::split(text).ok()?;
        Some(Self::Arn(fields.map(|range| text.get(range).unwrap_or(""))))
    }

    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everything, _) => true,
            (Self::Arn(_), Self::Everything) => false,
            (Self::Arn(wide), Self::Arn(narrow)) => {
                wide.iter().zip(narrow).all(|(wide, narrow)| covers(wide, narrow))
            }
        }
    }

    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Arn(left), Self::Arn(right)) => {
                left.iter().zip(right).all(|(left, right)| overlap(left, right))
            }
            _ => true,
        }
    }
}

/// Whether an ARN covers another.
pub(super) fn resource_covers<L>(wide: &Text<L>, narrow: &Text<L>) -> bool {
    match (Resource::of(wide), Resource::of(narrow)) {
        (Some(wide), Some(narrow)) => wide.covers(&narrow),
        _ => false,
    }
}
