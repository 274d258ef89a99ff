//! Policies as a reader finds them in a text, before they are checked.

use std::path::PathBuf;

use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::level::Levels;
use ram_policy_model::source::syntax::Policy;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{Kind, TextRange, Value};
use ram_policy_model::text::place::Text;
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
    /// Most characters that its place takes, where that is another number than for its kind.
    pub most: Option<usize>,
    /// Parts that are only known when something else runs; they are not checked.
    pub unknown: Vec<Unknown>,
    /// The policy with its expressions, where it has any that can be kept.
    pub kept: Option<Kept>,
    /// Where its text stands in the file.
    pub places: Places,
}

/// A policy with the expressions of the language that it is written in.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Whose expressions they are.
    pub language: Language,
    /// The policy. Of Terraform, the name of a hole is the expression; calls of ROS are objects.
    pub tree: Value<TextRange>,
    /// Expressions that give lists.
    pub lists: Vec<String>,
    /// Expressions that give texts.
    pub texts: Vec<String>,
}

/// A language that documents are written in with expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// HCL, with names of the module that the policy is in.
    Terraform,
    /// Functions of ROS templates.
    Ros,
}

/// What a reader has read.
#[derive(Debug)]
pub enum Tree {
    /// JSON, or what stands for it.
    Json(Value<TextRange>),
    /// YAML of a ROS template, where official templates write the version as a number.
    Yaml(Value<TextRange>),
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

/// A part of a policy that is only known when something else runs: a variable of Terraform, a function
/// of ROS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Its place.
    pub at: TextRange,
    /// Where it decides what else an object or a list contains: the place of that.
    pub within: Option<TextRange>,
    /// What is not known, in one sentence.
    pub reason: String,
}

/// Something that may be a policy and was not read.
#[derive(Debug, Clone)]
pub struct Skipped {
    /// What the text calls the policy; empty where it does not say.
    pub name: String,
    /// Its place in the text.
    pub at: TextRange,
    /// Why it was not read.
    pub why: Why,
    /// The same, in one sentence.
    pub reason: String,
}

/// Why something that may be a policy was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The text does not have the form it is read as.
    Unreadable,
    /// The document is only known when something else runs.
    NotKnown,
    /// The policy is in a language of its own, as that of a bucket.
    Other,
    /// A part of a policy that was read is only known when something else runs.
    Part,
}

impl Skipped {
    /// A text, or a part of it, that does not have its form.
    pub(crate) fn unreadable(at: TextRange, reason: String) -> Self {
        Self { name: String::new(), at, why: Why::Unreadable, reason }
    }

    /// A document that is only known later.
    pub(crate) fn not_known(at: TextRange, name: &str, reason: String) -> Self {
        Self { name: name.to_owned(), at, why: Why::NotKnown, reason }
    }

    /// A policy in another language.
    pub(crate) fn not_read(at: TextRange, name: &str, what: &str) -> Self {
        let reason = format!("`{name}` has {what}, whose language is not read");
        Self { name: name.to_owned(), at, why: Why::Other, reason }
    }
}

/// What a text contains.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its policies, in the order in which the reader finds them.
    pub policies: Vec<Embedded>,
    /// What may be a policy and could not be read.
    pub skipped: Vec<Skipped>,
}

impl Contents {
    /// The contents of a text that was taken out of another one.
    pub(crate) fn within(mut self, places: &Places) -> Self {
        for policy in &mut self.policies {
            policy.places = policy.places.within(places);
        }
        for skipped in &mut self.skipped {
            skipped.at = places.of(skipped.at);
        }
        self
    }
}

impl Embedded {
    /// A document that is all of a text, or a part of one with places of its own.
    #[must_use]
    pub fn of_value(value: Value<TextRange>, kind: Option<PolicyKind>, places: Places) -> Self {
        Self { kind, ..Self::of_tree(Tree::Json(value), places) }
    }

    /// What was read, and nothing else.
    pub(crate) fn of_tree(tree: Tree, places: Places) -> Self {
        Self {
            name: String::new(),
            kind: None,
            tree,
            may_be_part: false,
            most: None,
            unknown: Vec::new(),
            kept: None,
            places,
        }
    }

    /// What it says, wherever that is written.
    pub(crate) fn shape(&self) -> String {
        let mut shape = format!("{:?}", self.kind);
        match &self.tree {
            Tree::Json(value) | Tree::Yaml(value) => write_shape(value, &mut shape),
            Tree::NotJson(error) => shape.push_str(&error.value),
            // No two macros are taken for one.
            Tree::Typed(_) => shape.push_str(&self.name),
        }
        for unknown in &self.unknown {
            shape.push_str(&unknown.reason);
        }
        shape
    }
}

fn write_shape(value: &Value<TextRange>, shape: &mut String) {
    match &value.kind {
        Kind::String(text) => shape.push_str(&format!("{text:?}")),
        Kind::Number(text) | Kind::Hole(text) | Kind::Open(text, _) => {
            shape.push_str(&format!("<{text}>"));
        }
        Kind::Boolean(boolean) => shape.push_str(if *boolean { "true" } else { "false" }),
        Kind::Null => shape.push_str("null"),
        Kind::Unreadable => shape.push('?'),
        Kind::Array(items) => {
            shape.push('[');
            for item in items {
                write_shape(item, shape);
                shape.push(',');
            }
            shape.push(']');
        }
        Kind::Object(members) => {
            shape.push('{');
            for member in members {
                shape.push_str(&format!("{:?}:", member.name.value));
                write_shape(&member.value, shape);
            }
            shape.push('}');
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
