//! Arguments that several subcommands have.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use ram_policy_forms::Form;
use ram_policy_model::terms::kind::PolicyKind;

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs; the schema stands in the README of the command line.
    Json,
}

/// What a policy is attached to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// As the file says; else trust with a principal and without a resource, else identity.
    #[default]
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

// No documentation: the parser would take it for that of the command.
#[derive(Debug, Default, Args)]
pub(crate) struct Select {
    /// The policy of this name, of a file that has several; mistakes in the others do not matter
    #[arg(long, value_name = "NAME")]
    select: Option<String>,
}

impl Select {
    /// The name that was asked for.
    pub(crate) fn name(&self) -> Option<&str> {
        self.select.as_deref()
    }
}

/// The values of `--from`.
pub(crate) fn form() -> impl TypedValueParser<Value = Form> {
    let values = Form::ALL.map(|form| PossibleValue::new(form.name()).help(form.description()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Form>())
}
