//! What a statement covers, as far as patterns tell, for comparing statements with each other.

use alloc::boxed::Box;
use alloc::{format, string::String, vec::Vec};
use core::cell::{Cell, OnceCell};

use crate::source::syntax::Statement;
use crate::terms::arn::{Arn, Fields};
use crate::terms::cover::{MOST_COMPARISONS, Normal};
use crate::terms::effect::Effect;
use crate::terms::overlap::Outline;
use crate::text::place::Text;
use crate::text::{order, steps};

/// How many comparisons of patterns are left for a document.
pub(super) struct Comparisons {
    left: Cell<usize>,
}

impl Comparisons {
    /// As many as a document that RAM takes may need.
    pub(super) const fn new() -> Self {
        Self { left: Cell::new(MOST_COMPARISONS) }
    }

    /// Takes one; whether there was one.
    fn take(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

/// The parts of a statement that say what it is about.
pub(super) struct Shape<'s, L> {
    /// Its place.
    pub(super) at: L,
    /// Its effect.
    pub(super) effect: Effect,
    actions: Vec<Part<'s>>,
    negated: bool,
    resources: Vec<Resource<'s>>,
    /// One line a key, in an order of their own.
    conditions: Vec<String>,
}

/// A resource as it is compared.
enum Resource<'s> {
    Everything,
    Arn(Box<Fields<Part<'s>>>),
}

/// A pattern that is compared with many: by its ends, and by the whole of it where those do not tell.
struct Part<'s> {
    outline: Outline<'s>,
    ignores_case: bool,
    normal: OnceCell<Normal>,
}

impl<'s> Part<'s> {
    fn of(text: &'s str, ignores_case: bool) -> Self {
        Self { outline: Outline::of(text), ignores_case, normal: OnceCell::new() }
    }

    fn normal(&self) -> &Normal {
        self.normal.get_or_init(|| Normal::of(self.outline.text, self.ignores_case))
    }

    fn same(&self) -> fn(&[u8], &[u8]) -> bool {
        if self.ignores_case { <[u8]>::eq_ignore_ascii_case } else { |left, right| left == right }
    }

    /// Whether this pattern surely matches all that the other one does.
    fn covers(&self, other: &Self, comparisons: &Comparisons) -> bool {
        steps::take!(1);
        comparisons.take()
            && self.outline.may_cover(other.outline, self.same())
            && (!self.outline.is_wild() || self.normal().covers(other.normal()))
    }

    /// Whether some string may match both.
    fn meets(&self, other: &Self, comparisons: &Comparisons) -> bool {
        if !comparisons.take() {
            true
        } else if self.ignores_case {
            self.outline.meets_ignore_case(other.outline)
        } else {
            self.outline.meets(other.outline)
        }
    }
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
        // Who is named narrows a statement as a condition does.
        conditions.extend(statement.named().map(|principals| {
            let mut texts: Vec<&str> = principals.texts().map(|text| text.value.as_str()).collect();
            order::sort(&mut texts);
            format!("Principal {texts:?}")
        }));
        order::sort(&mut conditions);
        Some(Self {
            at: statement.at,
            effect: statement.effect()?,
            actions: actions.items.iter().map(|action| Part::of(&action.value, true)).collect(),
            negated,
            resources: resources?,
            conditions,
        })
    }

    /// Whether this statement surely matches every request the other one matches.
    pub(super) fn covers(&self, other: &Self, comparisons: &Comparisons) -> bool {
        (self.conditions.is_empty() || self.conditions == other.conditions)
            && self.covers_resources(other, comparisons)
            && self.covers_actions(other, comparisons)
    }

    fn covers_actions(&self, other: &Self, comparisons: &Comparisons) -> bool {
        let (own, others) = (&self.actions, &other.actions);
        match (self.negated, other.negated) {
            (false, false) => others.iter().all(|action| is_covered(action, own, comparisons)),
            (false, true) => own.iter().any(|action| action.outline.text == "*"),
            (true, false) => !others.iter().any(|action| meets(action, own, comparisons)),
            (true, true) => own.iter().all(|action| is_covered(action, others, comparisons)),
        }
    }

    fn covers_resources(&self, other: &Self, comparisons: &Comparisons) -> bool {
        let is_covered = |narrow: &Resource<'_>| {
            self.resources.iter().any(|wide| wide.covers(narrow, comparisons))
        };
        other.resources.iter().all(is_covered)
    }

    /// Whether some request may match both, whatever the conditions.
    pub(super) fn may_meet(&self, other: &Self, comparisons: &Comparisons) -> bool {
        let resources = self
            .resources
            .iter()
            .any(|own| other.resources.iter().any(|resource| own.meets(resource, comparisons)));
        resources && self.actions_may_meet(other, comparisons)
    }

    fn actions_may_meet(&self, other: &Self, comparisons: &Comparisons) -> bool {
        let (own, others) = (&self.actions, &other.actions);
        match (self.negated, other.negated) {
            (false, false) => others.iter().any(|action| meets(action, own, comparisons)),
            (false, true) => own.iter().any(|action| !is_covered(action, others, comparisons)),
            (true, false) => others.iter().any(|action| !is_covered(action, own, comparisons)),
            (true, true) => true,
        }
    }
}

fn is_covered(narrow: &Part<'_>, by: &[Part<'_>], comparisons: &Comparisons) -> bool {
    by.iter().any(|wide| wide.covers(narrow, comparisons))
}

fn meets(action: &Part<'_>, others: &[Part<'_>], comparisons: &Comparisons) -> bool {
    others.iter().any(|other| action.meets(other, comparisons))
}

impl<'s> Resource<'s> {
    /// `None` for what is no ARN, which is reported elsewhere.
    fn of<L>(text: &'s Text<L>) -> Option<Self> {
        let text = text.value.as_str();
        if text == "*" {
            return Some(Self::Everything);
        }
        let fields = Arn::split(text).ok()?.map(|field| Part::of(field, false));
        Some(Self::Arn(Box::new(fields)))
    }

    fn covers(&self, other: &Self, comparisons: &Comparisons) -> bool {
        match (self, other) {
            (Self::Everything, _) => true,
            (Self::Arn(_), Self::Everything) => false,
            (Self::Arn(wide), Self::Arn(narrow)) => {
                wide.meets(narrow, |wide, narrow| wide.covers(narrow, comparisons))
            }
        }
    }

    fn meets(&self, other: &Self, comparisons: &Comparisons) -> bool {
        match (self, other) {
            (Self::Arn(left), Self::Arn(right)) => {
                left.meets(right, |left, right| left.meets(right, comparisons))
            }
            _ => true,
        }
    }
}
