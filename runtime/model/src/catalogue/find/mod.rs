//! Finds what goes with something that is no name: which actions a word, a pattern, an ARN or a
//! condition key goes with.
//!
//! The checker judges a policy by the same questions, so an answer here is never one that the
//! checker would refuse.

mod arn;
mod condition_key;
mod pattern;
mod search;

pub(crate) use arn::Template;
pub use arn::{fits, taking, taking_templates};
pub use condition_key::{can_fill, can_fill_unlisted, fillers, keys, operator_fits};
pub(crate) use condition_key::{code_of, fills, fills_by_code};
pub use pattern::{covered, covered_by, matching};
pub use search::search;

use crate::catalogue::{self, AccessLevel, ActionRow};

/// Every action of the catalogue, in the order of codes and names.
pub fn actions() -> impl Iterator<Item = ActionRow> {
    catalogue::services().flat_map(catalogue::ServiceEntry::actions)
}

/// The actions a document gives this access level.
pub fn with_access_level(level: AccessLevel) -> impl Iterator<Item = ActionRow> {
    actions().filter(move |row| row.access() == Some(level))
}
