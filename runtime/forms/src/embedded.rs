//! Policies as a reader finds them in a text, before they are checked.

use std::path::PathBuf;

use ram_policy_model::diagnostic::Report;
use ram_policy_model::json::{TextRange, Value};
use ram_policy_model::level::Levels;
use ram_policy_model::lowered::PolicyKind;
use ram_policy_model::syntax::{Policy, Text};
use ram_policy_read::claim::Claim;
use ram_policy_read::place::Place;

use crate::place::Places;

/// A policy that stands in a file.
#[derive(Debug)]
pub struct Embedded {
    /// What the file calls it, as `alicloud_ram_policy.viewer`; empty when it has no name.
    pub name: String,
    /// What kind the file says it is.
    pub kind: Option<PolicyKind>,
    /// What was read.
    pub tree: Tree,
    /// Whether statements alone will do, as pages print them.
    pub may_be_part: bool,
    /// Values that are only known when something else runs; they are not judged.
    pub open: Vec<TextRange>,
    /// Where its text stands in the file.
    pub places: Places,
}

/// What a reader has read.
#[derive(Debug)]
pub enum Tree {
    /// JSON, or what stands for it.
    Json(Value<TextRange>),
    /// A text that is not JSON.
    NotJson(Text<TextRange>),
    /// A macro in Rust source.
    Typed(Box<Typed>),
}

/// A macro in Rust source.
#[derive(Debug)]
pub struct Typed {
    /// Its place.
    pub at: Place,
    /// The policy, as far as it could be read.
    pub policy: Option<Policy<Place>>,
    /// What reading it has found.
    pub report: Report<Place>,
    /// The levels its attributes set.
    pub levels: Levels,
    /// What it claims of itself.
    pub claims: Vec<Claim>,
    /// The folder that the paths of its boundaries begin in, where it is known.
    pub folder: Option<PathBuf>,
}

/// Something that may be a policy and could not be read, with the reason.
#[derive(Debug)]
pub struct Skipped {
    /// Its place in the file.
    pub at: TextRange,
    /// Why, in one sentence.
    pub reason: String,
}

/// What a text contains.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its policies, in the order in which the reader finds them.
    pub policies: Vec<Embedded>,
    /// What may be a policy and could not be read.
    pub skipped: Vec<Skipped>,
}

impl Embedded {
    /// A document that is all of a text, or a part of one with places of its own.
    #[must_use]
    pub fn of_value(value: Value<TextRange>, kind: Option<PolicyKind>, places: Places) -> Self {
        Self {
            name: String::new(),
            kind,
            tree: Tree::Json(value),
            may_be_part: false,
            open: Vec::new(),
            places,
        }
    }
}

impl Typed {
    /// The levels that the source sets, and those asked for over them.
    #[must_use]
    pub fn levels(&self, asked: &Levels) -> Levels {
        self.levels.clone().followed_by(asked)
    }
}
