//! Finds the policies in a file: one reader a form, one result for all.

mod json;
mod markdown;
mod ros;
pub(crate) mod rust;
mod terraform;
pub(crate) mod yaml;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use ram_policy_model::document::PolicyKind;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::level::Levels;
use ram_policy_model::source::syntax::{Policy, Text};
use ram_policy_model::text::json::{TextRange, Value};
use ram_policy_read::claim::Claim;
use ram_policy_read::place::Place;

use crate::place::Places;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A policy, or a ROS template.
    Json,
    /// Terraform: resources of the alicloud provider.
    Terraform,
    /// A ROS template in YAML or JSON.
    Ros,
    /// Code blocks of Markdown.
    Markdown,
    /// The macros of ram-policy in Rust source.
    Rust,
}

impl Form {
    /// What the name of a file says it is.
    pub(crate) fn of_path(path: &Path) -> Option<Self> {
        Self::of_extension(&path.extension()?.to_str()?.to_ascii_lowercase())
    }

    /// What an extension, or the language of a code block, says it is.
    pub(crate) fn of_extension(extension: &str) -> Option<Self> {
        match extension {
            "json" => Some(Self::Json),
            "tf" | "tofu" | "hcl" | "terraform" => Some(Self::Terraform),
            "yaml" | "yml" | "ros" => Some(Self::Ros),
            "md" | "markdown" => Some(Self::Markdown),
            "rs" | "rust" => Some(Self::Rust),
            _ => None,
        }
    }

    /// What a text without a name looks like.
    pub(crate) fn of_text(text: &str) -> Self {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let has_line =
            |prefix: &str| text.lines().any(|line| line.trim_start().starts_with(prefix));
        if start.starts_with(['{', '[', '"']) || start.is_empty() {
            Self::Json
        } else if has_line("ROSTemplateFormatVersion") {
            Self::Ros
        } else if has_line("resource \"") || has_line("data \"") {
            Self::Terraform
        } else if text.contains("policy!") || text.contains("service_linked_role!") {
            Self::Rust
        } else if has_line("```") || has_line("#") {
            Self::Markdown
        } else {
            Self::Json
        }
    }
}

/// A policy that stands in a file.
#[derive(Debug)]
pub(crate) struct Embedded {
    /// What the file calls it, as `alicloud_ram_policy.viewer`; empty when it has no name.
    pub(crate) name: String,
    /// What kind the file says it is.
    pub(crate) kind: Option<PolicyKind>,
    /// What was read.
    pub(crate) tree: Tree,
    /// Whether statements alone will do, as pages print them.
    pub(crate) may_be_part: bool,
    /// Values that are only known when something else runs; they are not judged.
    pub(crate) open: Vec<TextRange>,
    /// Where its text stands in the file.
    pub(crate) places: Places,
}

/// What a reader has read.
#[derive(Debug)]
pub(crate) enum Tree {
    /// JSON, or what stands for it.
    Json(Value<TextRange>),
    /// A text that is not JSON.
    NotJson(Text<TextRange>),
    /// A macro in Rust source.
    Typed(Box<Typed>),
}

/// A macro in Rust source.
#[derive(Debug)]
pub(crate) struct Typed {
    /// Its place.
    pub(crate) at: Place,
    /// The policy, as far as it could be read.
    pub(crate) policy: Option<Policy<Place>>,
    /// What reading it has found.
    pub(crate) report: Report<Place>,
    /// The levels its attributes set.
    pub(crate) levels: Levels,
    /// What it claims of itself.
    pub(crate) claims: Vec<Claim>,
    /// The folder that the paths of its boundaries begin in, where it is known.
    pub(crate) folder: Option<PathBuf>,
}

/// Something that may be a policy and could not be read, with the reason.
#[derive(Debug)]
pub(crate) struct Skipped {
    /// Its place in the file.
    pub(crate) at: TextRange,
    /// Why, in one sentence.
    pub(crate) reason: String,
}

/// What stands in a file.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) policies: Vec<Embedded>,
    pub(crate) skipped: Vec<Skipped>,
}

/// Reads a file; `named` says that it must hold a policy.
pub(crate) fn read(text: &str, form: Form, named: bool) -> Reading {
    match form {
        Form::Json => json::read(text, named),
        Form::Terraform => terraform::read(text),
        Form::Ros => ros::read(text, named),
        Form::Markdown => markdown::read(text),
        Form::Rust => rust::read(text),
    }
}
