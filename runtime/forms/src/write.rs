//! Writes policies in the forms people keep them in.

mod named;
mod ros;
mod rust;
mod terraform;
mod words;

use std::fmt;

use ram_policy_model::document::{self, Indent};

use crate::embedded::Language;

pub use named::{Named, Written};

/// A form to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The document of one policy.
    Json(Indent),
    /// Constants by `policy!` in its typed form, and in its JSON form what that cannot say.
    Rust,
    /// The data source `alicloud_ram_policy_document` of Terraform.
    TerraformDataSource,
    /// Resources of Terraform with `jsonencode`.
    TerraformJsonencode,
    /// A ROS template in YAML.
    Ros,
    /// A ROS template in JSON.
    RosJson,
}

/// Why policies have no text in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable(String);

impl Target {
    /// The language whose expressions the form keeps.
    #[must_use]
    pub const fn language(self) -> Option<Language> {
        match self {
            Self::Json(_) | Self::Rust => None,
            Self::TerraformDataSource | Self::TerraformJsonencode => Some(Language::Terraform),
            Self::Ros | Self::RosJson => Some(Language::Ros),
        }
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

/// Writes policies in a form, and reports what the form cannot say.
///
/// ```
/// use ram_policy_forms::{Form, Named, Reader, Target, write};
/// use ram_policy_model::Checker;
///
/// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}]}"#;
/// let [policy] = <[_; 1]>::try_from(Reader::new(Form::Json).read(text).policies).unwrap();
/// let checked = policy.check(None, &Checker::new());
/// let document = checked.document.as_ref().unwrap();
/// let written = write(Target::Rust, &[Named::new("stop", checked.kind, document)])?;
/// assert!(written.text.contains("allow ecs::StopInstance on *;"));
/// # Ok::<(), ram_policy_forms::Unwritable>(())
/// ```
///
/// # Errors
///
/// The form cannot say a policy at all, or JSON is asked for and there is not exactly one policy.
pub fn write(target: Target, policies: &[Named<'_>]) -> Result<Written, Unwritable> {
    match target {
        Target::Json(indent) => match policies {
            [only] => {
                let document = only.known().map_err(Unwritable)?;
                let text = format!("{}\n", document::write(document, indent));
                Ok(Written { text, lost: Vec::new() })
            }
            several => {
                let message = format!("JSON contains one policy, not {}", several.len());
                Err(Unwritable(message))
            }
        },
        Target::Rust => rust::write(policies).map_err(Unwritable),
        Target::TerraformDataSource => terraform::data_source(policies).map_err(Unwritable),
        Target::TerraformJsonencode => terraform::encoded(policies).map_err(Unwritable),
        Target::Ros => ros::yaml(policies).map_err(Unwritable),
        Target::RosJson => ros::json(policies).map_err(Unwritable),
    }
}
