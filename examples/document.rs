//! A document of the table, and how it becomes text.

use std::fmt;

use ram_policy::template::{AccountId, Argument, BindError, Name, Region, Wildcard};
use ram_policy::{Policy, PolicyTemplate, ServiceLinkedRole};

/// A document with its name.
#[derive(Debug)]
pub struct Export {
    /// The name to ask for it by.
    pub name: &'static str,
    /// What it is for, in one line.
    pub title: &'static str,
    /// What it is.
    pub content: Content,
}

/// What an [`Export`] is.
#[derive(Debug)]
pub enum Content {
    /// A service-linked role, with its permissions, its trust policy and what it takes to create
    /// it.
    Role {
        /// The role.
        role: ServiceLinkedRole,
        /// The policy its page prints for creating it, where that is not the usual one.
        create_role: Option<PolicyTemplate>,
    },
    /// A policy.
    Policy {
        /// The policy.
        policy: Policy,
        /// Its name in RAM; `None` for a custom policy, which its owner names.
        policy_name: Option<&'static str>,
    },
    /// A custom policy with parameters.
    Template(PolicyTemplate),
}

/// Which of a role's documents is meant; all others have one document only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The permissions of a role, or the policy.
    Document,
    /// Who may assume a role.
    Trust,
    /// What a RAM user needs to create a role.
    CreateRole,
}

/// How a document is spaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// One line without blanks.
    Minified,
    /// One element a line, with that many spaces a level.
    Spaces(usize),
}

/// A value for a parameter of a template, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    name: String,
    value: String,
    pattern: bool,
}

impl Setting {
    /// A value that means exactly itself; one with wildcards is refused.
    #[must_use]
    pub fn exactly(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), value: value.to_owned(), pattern: false }
    }

    /// A value that is meant as a pattern, `*` and `?` being wildcards.
    #[must_use]
    pub fn pattern(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), value: value.to_owned(), pattern: true }
    }

    /// The value as the type its parameter takes. The documents call a region `region...` and an
    /// account `account...`; everything else is a name.
    fn argument(&self) -> Result<Argument<'_>, BindError> {
        let value = self.value.as_str();
        Ok(if self.pattern {
            Wildcard::new(value)?.into()
        } else if self.name.starts_with("region") {
            Region::new(value)?.into()
        } else if self.name.starts_with("account") {
            AccountId::new(value)?.into()
        } else {
            Name::new(value)?.into()
        })
    }
}

/// Why a document cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportError {
    /// Only a role has a trust policy and a policy to create it.
    NotARole(&'static str),
    /// The document has no parameters to set.
    NoParameters(&'static str),
    /// The pages do not say which service assumes the role.
    NoService(&'static str),
    /// A value is not what its parameter takes.
    Value {
        /// The parameter.
        parameter: String,
        /// What is wrong.
        error: BindError,
    },
    /// The values do not fit the template.
    Bind(BindError),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotARole(name) => {
                write!(f, "`{name}` is no role: it has one document, and nobody assumes it")
            }
            Self::NoParameters(name) => write!(f, "this document of `{name}` has no parameters"),
            Self::NoService(role) => write!(
                f,
                "no document names the service that assumes `{role}`, so its trust policy and the policy to create it are not known"
            ),
            Self::Value { parameter, error } => write!(f, "the value of `{parameter}`: {error}"),
            Self::Bind(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let Self::Value { error, .. } = self { Some(error) } else { None }
    }
}

impl Export {
    /// The name of the policy in RAM; `None` for a custom policy, which its owner names.
    #[must_use]
    pub fn policy_name(&self) -> Option<&'static str> {
        match &self.content {
            Content::Role { role, .. } => Some(role.policy_name()),
            Content::Policy { policy_name, .. } => *policy_name,
            Content::Template(_) => None,
        }
    }

    /// What the document is: `role`, `policy` or `template`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match &self.content {
            Content::Role { .. } => "role",
            Content::Policy { .. } => "policy",
            Content::Template(_) => "template",
        }
    }

    /// The names of the parameters, in the order they were declared; those of a role belong to
    /// [`Form::CreateRole`].
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        let template = match &self.content {
            Content::Role { create_role, .. } => create_role.as_ref(),
            Content::Policy { .. } => None,
            Content::Template(template) => Some(template),
        };
        template.into_iter().flat_map(PolicyTemplate::parameters)
    }

    /// The text of a document; no line feed at the end.
    ///
    /// A template without settings prints as its page does, with settings as a real policy.
    ///
    /// # Errors
    ///
    /// The document does not exist, or the settings are not for it.
    pub fn text(
        &self,
        form: Form,
        spacing: Spacing,
        settings: &[Setting],
    ) -> Result<String, ExportError> {
        match (&self.content, form) {
            (Content::Template(template), Form::Document) => {
                template_text(template, spacing, settings)
            }
            (Content::Role { create_role: Some(template), .. }, Form::CreateRole) => {
                template_text(template, spacing, settings)
            }
            (Content::Policy { .. } | Content::Template(_), Form::Trust | Form::CreateRole) => {
                Err(ExportError::NotARole(self.name))
            }
            _ if !settings.is_empty() => Err(ExportError::NoParameters(self.name)),
            (Content::Policy { policy, .. }, Form::Document) => Ok(policy_text(policy, spacing)),
            (Content::Role { role, .. }, Form::Document) => {
                Ok(policy_text(role.permissions(), spacing))
            }
            (Content::Role { role, .. }, Form::CreateRole) => role
                .create_policy()
                .map(|policy| policy_text(&policy, spacing))
                .ok_or_else(|| ExportError::NoService(role.name())),
            (Content::Role { role, .. }, Form::Trust) => role
                .trust_policy()
                .map(|trust| match spacing {
                    Spacing::Minified => trust.to_json(),
                    Spacing::Spaces(spaces) => trust.to_json_with_indent(spaces),
                })
                .ok_or_else(|| ExportError::NoService(role.name())),
        }
    }
}

fn policy_text(policy: &Policy, spacing: Spacing) -> String {
    match spacing {
        Spacing::Minified => policy.to_json(),
        Spacing::Spaces(spaces) => policy.to_json_with_indent(spaces),
    }
}

fn template_text(
    template: &PolicyTemplate,
    spacing: Spacing,
    settings: &[Setting],
) -> Result<String, ExportError> {
    if settings.is_empty() {
        return Ok(match spacing {
            Spacing::Minified => template.to_json(),
            Spacing::Spaces(spaces) => template.to_json_with_indent(spaces),
        });
    }
    let mut values = Vec::with_capacity(settings.len());
    for setting in settings {
        let argument = setting
            .argument()
            .map_err(|error| ExportError::Value { parameter: setting.name.clone(), error })?;
        values.push((setting.name.as_str(), argument));
    }
    template.bind(values).map(|policy| policy_text(&policy, spacing)).map_err(ExportError::Bind)
}
