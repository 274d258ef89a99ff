//! What a question is about: the dimensions of a request, and the sets of points or texts that the
//! statements cut out of each.

use alloc::string::{String, ToString};
use alloc::{vec, vec::Vec};

use core::cmp::Ordering;

use super::pattern::Texts;
use super::ranges::{Range, Ranges};
use crate::catalogue;
use crate::catalogue::Letters;
use crate::catalogue::condition_key;
use crate::catalogue::pattern_runs::{FEW_PATTERNS, is_costly};
use crate::document::{Document, Statement};
use crate::terms::family::Family;
use crate::terms::operand::Meaning;
use crate::terms::operator::ConditionOperator;
use crate::text::order;

/// Which requests are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scope {
    /// Only actions of the catalogue, or any well-formed ones.
    pub(super) catalogue_only: bool,
    /// Only the resource `*`, whose service is that of the action, or only ARNs.
    pub(super) star_resource: bool,
}

/// Number of the dimension of actions.
pub(super) const ACTION: usize = 0;
/// Number of the dimension of resources.
pub(super) const RESOURCE: usize = 1;
/// Number of the first condition key.
const FIRST_KEY: usize = 2;

/// All dimensions of a request.
#[derive(Debug)]
pub(super) struct Universe {
    pub(super) scope: Scope,
    /// The numbers of the actions of the catalogue that are searched, where others are not.
    pub(super) actions: Ranges,
    /// For many patterns of actions that say little about how a name begins.
    pub(super) letters: Option<Letters>,
    /// Those of the condition keys in the order of their names.
    dimensions: Vec<Dimension>,
}

/// One dimension of a request.
#[derive(Debug)]
pub(super) struct Dimension {
    pub(super) subject: Subject,
    atoms: Vec<Atom>,
    /// The numbers of the sets, in the order of the sets.
    numbers: Vec<u32>,
}

/// What a dimension is.
#[derive(Debug)]
pub(super) enum Subject {
    /// The action.
    Action {
        /// Whether only those of the catalogue are searched.
        catalogue_only: bool,
    },
    /// The resource.
    Resource,
    /// The values of a condition key.
    Key(Key),
}

/// A condition key with the values it can have.
#[derive(Debug)]
pub(super) struct Key {
    /// The key.
    pub(super) name: String,
    /// What its values are.
    pub(super) values: KeyValues,
    /// Whether a request has at most one value.
    pub(super) is_single: bool,
}

/// What the values of a condition key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyValues {
    /// Of this family alone.
    Of(Family),
    /// Compared as several, which is decided only for requests without the key.
    Mixed,
}

/// A set that statements ask for in one dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    /// Texts that match patterns.
    Texts(Texts),
    /// Points.
    Points(Ranges),
    /// A test that is not looked into, told apart by its text.
    Closed(String),
}

impl Universe {
    /// The dimensions of requests that these documents speak about.
    pub(super) fn of<'d>(
        documents: impl Iterator<Item = &'d Document> + Clone,
        scope: Scope,
        actions: Option<&Ranges>,
    ) -> Self {
        let statements = documents.clone().flat_map(|document| document.statements.iter());
        let patterns = statements.filter_map(Statement::actions);
        let patterns = patterns.flat_map(|(actions, _)| actions.items.iter());
        let are_many = || patterns.filter(is_costly).nth(FEW_PATTERNS).is_some();
        let letters = (scope.catalogue_only && are_many()).then(Letters::new);
        let mut universe = Self {
            scope,
            actions: actions.cloned().unwrap_or_else(all_actions),
            letters,
            dimensions: vec![
                Dimension::new(Subject::Action { catalogue_only: scope.catalogue_only }),
                Dimension::new(Subject::Resource),
            ],
        };
        let mut uses: Vec<(&str, Option<Family>)> = documents.flat_map(uses_of).collect();
        order::sort_by(&mut uses, |(left, _), (right, _)| left.cmp(right));
        for of_key in uses.chunk_by(|(left, _), (right, _)| left == right) {
            let Some((name, _)) = of_key.first() else { continue };
            let families: Vec<Family> = of_key.iter().filter_map(|(_, family)| *family).collect();
            let key = Key::new(name, &families);
            universe.dimensions.push(Dimension::new(Subject::Key(key)));
        }
        universe
    }

    /// All dimensions with their numbers.
    pub(super) fn dimensions(&self) -> impl Iterator<Item = (usize, &Dimension)> {
        self.dimensions.iter().enumerate()
    }

    /// A dimension by its number.
    pub(super) fn dimension(&self, number: usize) -> Option<&Dimension> {
        self.dimensions.get(number)
    }

    /// The dimension of a condition key with its number.
    pub(super) fn key(&self, name: &str) -> Option<(usize, &Key)> {
        let of_keys = self.dimensions.get(FIRST_KEY..)?;
        let found = of_keys.binary_search_by(|dimension| match &dimension.subject {
            Subject::Key(key) => key.name.as_str().cmp(name),
            // Those are before the keys.
            Subject::Action { .. } | Subject::Resource => Ordering::Less,
        });
        let number = FIRST_KEY + found.ok()?;
        match &self.dimensions.get(number)?.subject {
            Subject::Key(key) => Some((number, key)),
            Subject::Action { .. } | Subject::Resource => None,
        }
    }

    /// The number of a set in a dimension; the same set has the same number.
    pub(super) fn atom(&mut self, dimension: usize, atom: Atom) -> Option<u32> {
        let dimension = self.dimensions.get_mut(dimension)?;
        let order = |number: &u32| dimension.atom(*number).map(|known| known.cmp(&atom));
        let found =
            dimension.numbers.binary_search_by(|number| order(number).unwrap_or(Ordering::Less));
        let place = match found {
            Ok(place) => return dimension.numbers.get(place).copied(),
            Err(place) => place,
        };
        let number = u32::try_from(dimension.atoms.len()).ok()?;
        dimension.numbers.insert(place, number);
        dimension.atoms.push(atom);
        Some(number)
    }
}

impl Dimension {
    const fn new(subject: Subject) -> Self {
        Self { subject, atoms: Vec::new(), numbers: Vec::new() }
    }

    /// A set by its number.
    pub(super) fn atom(&self, number: u32) -> Option<&Atom> {
        self.atoms.get(usize::try_from(number).ok()?)
    }
}

/// The keys of a document's conditions, each with how it is compared where its values are well
/// formed.
fn uses_of(document: &Document) -> impl Iterator<Item = (&str, Option<Family>)> {
    let conditions = document.statements.iter().flat_map(Statement::conditions);
    conditions.flat_map(|condition| {
        condition.keys.iter().map(|key| {
            let is_read = key.values.items.iter().all(|item| item.meaning != Meaning::Invalid);
            let family = match condition.operator {
                ConditionOperator::Known(operator) => is_read.then_some(operator.family()),
                ConditionOperator::OfSet(..) => None,
            };
            (&*key.key, family)
        })
    })
}

impl Key {
    fn new(name: &str, families: &[Family]) -> Self {
        let values = match condition_key::judge(name).value_type().family() {
            None | Some(Family::String) => values_of_text(families),
            // The prover knows every spelling of a Boolean.
            Some(Family::Boolean) => KeyValues::Of(Family::Boolean),
            Some(_) if families.contains(&Family::String) => KeyValues::Mixed,
            Some(typed) => KeyValues::Of(typed),
        };
        // The common keys say one thing about a request each (RAM: Common condition keys); a tag
        // may come several times.
        let is_single = name.starts_with("acs:") && catalogue::tag_prefix(name).is_none();
        Self { name: name.to_string(), values, is_single }
    }

    /// Whether a test of this family reads the values of the key at all.
    pub(super) fn is_read_as(&self, family: Family) -> bool {
        match self.values {
            KeyValues::Of(Family::Boolean) => matches!(family, Family::Boolean | Family::String),
            KeyValues::Of(values) => values == family,
            KeyValues::Mixed => true,
        }
    }
}

/// What the values of a key are whose texts are read as each operator asks.
fn values_of_text(families: &[Family]) -> KeyValues {
    let has_text = families.contains(&Family::String);
    let mut typed = families.iter().filter(|family| **family != Family::String);
    match typed.next() {
        None => KeyValues::Of(Family::String),
        Some(first) if typed.any(|other| other != first) => KeyValues::Mixed,
        Some(Family::Boolean) => KeyValues::Of(Family::Boolean),
        Some(_) if has_text => KeyValues::Mixed,
        Some(first) => KeyValues::Of(*first),
    }
}

/// The numbers of all actions of the catalogue.
pub(super) fn all_actions() -> Ranges {
    Ranges::of(catalogue::services().filter_map(|service| {
        let last = service.len().checked_sub(1)?;
        Some(run_of_actions(
            catalogue::ActionId::new(service.index(), 0).number(),
            catalogue::ActionId::new(service.index(), last).number(),
        ))
    }))
}

/// A run of action numbers.
pub(super) fn run_of_actions(first: u32, last: u32) -> Range {
    Range { kind: 0, first: u128::from(first), last: u128::from(last) }
}
