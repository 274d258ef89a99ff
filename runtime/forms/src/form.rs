//! The forms of text that policies are kept in, and how a text's form is found.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// What a text is.
///
/// ```
/// use ram_policy_forms::Form;
///
/// assert_eq!(Form::of_path("infra/main.tf".as_ref()), Some(Form::Terraform));
/// assert_eq!(Form::of_text("# Title\n"), Form::Markdown);
/// assert_eq!("ros".parse(), Ok(Form::Ros));
/// assert_eq!(Form::Ros.to_string(), "ros");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
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
    /// All forms.
    pub const ALL: [Self; 5] = [Self::Json, Self::Terraform, Self::Ros, Self::Markdown, Self::Rust];

    /// The name that [`Form::from_str`] reads.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Terraform => "terraform",
            Self::Ros => "ros",
            Self::Markdown => "markdown",
            Self::Rust => "rust",
        }
    }

    /// What a text of this form is, in one sentence.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Json => "A policy, or a ROS template",
            Self::Terraform => "Terraform: resources of the alicloud provider",
            Self::Ros => "A ROS template in YAML or JSON",
            Self::Markdown => "Code blocks of Markdown",
            Self::Rust => "The macros of ram-policy in Rust source",
        }
    }

    /// The form that the name of a file says.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        Self::of_extension(&path.extension()?.to_str()?.to_ascii_lowercase())
    }

    /// The form that an extension, or the language of a code block, says.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension {
            "json" => Some(Self::Json),
            "tf" | "tofu" | "hcl" | "terraform" => Some(Self::Terraform),
            "yaml" | "yml" | "ros" => Some(Self::Ros),
            "md" | "markdown" => Some(Self::Markdown),
            "rs" | "rust" => Some(Self::Rust),
            _ => None,
        }
    }

    /// The form that a text without a name most likely has.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
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

/// The name of the form.
impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// There is no form of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownForm;

impl fmt::Display for UnknownForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Form::ALL.iter().map(|form| form.name()).collect();
        write!(f, "a form is one of {}", names.join(", "))
    }
}

impl std::error::Error for UnknownForm {}

impl FromStr for Form {
    type Err = UnknownForm;

    fn from_str(name: &str) -> Result<Self, UnknownForm> {
        Self::ALL.into_iter().find(|form| form.name() == name).ok_or(UnknownForm)
    }
}
