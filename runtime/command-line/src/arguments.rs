//! Arguments that several subcommands have.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use ram_policy_forms::Form;
use ram_policy_model::lowered::PolicyKind;

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs; the schema stands in the README of the command line.
    Json,
}

/// What a policy is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// As the file says; else trust with a principal and without a resource, else identity.
    Auto,
    /// Attached to a user, a group or a role.
    Identity,
    /// Kept with a role: who may assume it.
    Trust,
    /// Passed to sts:AssumeRole.
    Session,
    /// Attached to a node of a resource directory.
    Control,
}

impl Kind {
    /// The kind that was asked for, if one was.
    pub(crate) const fn asked(self) -> Option<PolicyKind> {
        match self {
            Self::Auto => None,
            Self::Identity => Some(PolicyKind::Identity),
            Self::Trust => Some(PolicyKind::Trust),
            Self::Session => Some(PolicyKind::Session),
            Self::Control => Some(PolicyKind::Control),
        }
    }
}

/// A kind as `--kind` takes it.
pub(crate) const fn kind_name(kind: PolicyKind) -> &'static str {
    match kind {
        PolicyKind::Identity => "identity",
        PolicyKind::Session => "session",
        PolicyKind::Control => "control",
        PolicyKind::Trust => "trust",
    }
}

/// The values of `--from`.
pub(crate) fn form() -> impl TypedValueParser<Value = Form> {
    let values = Form::ALL.map(|form| PossibleValue::new(form.name()).help(form.description()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Form>())
}
