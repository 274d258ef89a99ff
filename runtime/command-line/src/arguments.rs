//! Arguments that several subcommands have.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use ram_policy_forms::{Form, Module};
use ram_policy_model::terms::kind::{PolicyKind, ResourceKind};

use crate::failure::{Failure, usage};
use crate::files::text_of;

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs; the schema is in the README of the command line.
    Json,
}

/// What a policy is attached to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// As the file says, else as the policy looks.
    ///
    /// With a principal and without a resource it is trust; with both it is the kind that the principals,
    /// actions and resources show; else identity.
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
    /// In an access configuration of CloudSSO.
    Inline,
    /// Kept with a bucket of OSS.
    Bucket,
    /// Kept with an access point of OSS.
    AccessPoint,
    /// Kept with an access point of OSS for object processing.
    ObjectProcess,
    /// Kept with an endpoint of a VPC.
    Endpoint,
    /// Kept with a key of KMS.
    Key,
    /// Kept with a secret of KMS.
    Secret,
    /// Kept with a project of Simple Log Service.
    Project,
    /// Kept with an instance of Tablestore.
    Instance,
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
            Self::Inline => Some(PolicyKind::Inline),
            Self::Bucket => Some(PolicyKind::Resource(ResourceKind::Bucket)),
            Self::AccessPoint => Some(PolicyKind::Resource(ResourceKind::AccessPoint)),
            Self::ObjectProcess => Some(PolicyKind::Resource(ResourceKind::ObjectProcess)),
            Self::Endpoint => Some(PolicyKind::Resource(ResourceKind::Endpoint)),
            Self::Key => Some(PolicyKind::Resource(ResourceKind::Key)),
            Self::Secret => Some(PolicyKind::Resource(ResourceKind::Secret)),
            Self::Project => Some(PolicyKind::Resource(ResourceKind::Project)),
            Self::Instance => Some(PolicyKind::Resource(ResourceKind::Instance)),
        }
    }

    /// The kind of a resource's policy, as the account file names it.
    pub(crate) const fn of_resource(kind: ResourceKind) -> Self {
        match kind {
            ResourceKind::Bucket => Self::Bucket,
            ResourceKind::AccessPoint => Self::AccessPoint,
            ResourceKind::ObjectProcess => Self::ObjectProcess,
            ResourceKind::Endpoint => Self::Endpoint,
            ResourceKind::Key => Self::Key,
            ResourceKind::Secret => Self::Secret,
            ResourceKind::Project => Self::Project,
            ResourceKind::Instance => Self::Instance,
        }
    }
}

// No documentation: the parser would take it for that of the command.
#[derive(Debug, Default, Args)]
pub(crate) struct Select {
    /// The policy of this name, of a file that has several; mistakes in the others do not matter
    #[arg(long, value_name = "NAME")]
    select: Option<String>,
    #[command(flatten)]
    variables: Variables,
}

// No documentation: the parser would take it for that of the command.
#[derive(Debug, Default, Args)]
pub(crate) struct Variables {
    /// Terraform: values of variables, as `*.tfvars` or `*.tfvars.json` has them
    #[arg(long, value_name = "FILE")]
    var_file: Vec<PathBuf>,
    /// Terraform: the value of a variable; takes precedence over those of files
    #[arg(long, value_name = "NAME=VALUE")]
    var: Vec<String>,
}

/// Values of variables of Terraform, as they were given.
#[derive(Debug, Default)]
pub(crate) struct Values {
    /// Texts, and whether they are JSON.
    files: Vec<(String, bool)>,
    values: Vec<(String, String)>,
}

impl Variables {
    /// Reads the files.
    pub(crate) fn values(&self) -> Result<Values, Failure> {
        let mut read = Values::default();
        for path in &self.var_file {
            let text = text_of(path)?;
            let is_json = path.extension().is_some_and(|extension| extension == "json");
            let wrong = |error: String| usage(format!("`{}`: {error}", path.display()));
            Module::default().add_values(&text, is_json).map_err(wrong)?;
            read.files.push((text, is_json));
        }
        for given in &self.var {
            let Some((name, value)) = given.split_once('=') else {
                return Err(usage(format!("`--var {given}` is no NAME=VALUE")));
            };
            read.values.push((name.trim().to_owned(), value.to_owned()));
        }
        Ok(read)
    }
}

impl Values {
    /// Whether none was given.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.values.is_empty()
    }

    /// Gives them to a module.
    pub(crate) fn add_to(&self, module: &mut Module) {
        for (text, is_json) in &self.files {
            // They have been read before.
            let _ = module.add_values(text, *is_json);
        }
        for (name, value) in &self.values {
            module.add_value(name, value);
        }
    }
}

impl Select {
    /// The values of variables that were given.
    pub(crate) const fn variables(&self) -> Option<&Variables> {
        Some(&self.variables)
    }

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
