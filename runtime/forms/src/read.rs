//! Finds the policies in a text: one reader a form, one result for all.

mod json;
mod markdown;
mod ros;
mod rust;
mod terraform;
pub(crate) mod yaml;

use crate::embedded::Contents;
use crate::form::Form;

/// Reads the policies of texts.
///
/// ```
/// use ram_policy_forms::{Form, Reader};
///
/// let text = r#"
/// resource "alicloud_ram_policy" "stop" {
///   policy_document = jsonencode({
///     Version   = "1"
///     Statement = [{ Effect = "Allow", Action = "ecs:StopInstance", Resource = "*" }]
///   })
/// }
/// "#;
/// let contents = Reader::new(Form::Terraform).read(text);
/// assert_eq!(contents.policies[0].name, "alicloud_ram_policy.stop");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    form: Form,
    expected: bool,
}

impl Reader {
    /// Reads texts of this form that are expected to contain a policy.
    #[must_use]
    pub const fn new(form: Form) -> Self {
        Self { form, expected: true }
    }

    /// Skips texts of another kind, such as a `package.json`, instead of reporting what they lack.
    #[must_use]
    pub const fn of_anything(mut self) -> Self {
        self.expected = false;
        self
    }

    /// The policies of a text, and what may be one and could not be read.
    #[must_use]
    pub fn read(self, text: &str) -> Contents {
        match self.form {
            Form::Json => json::read(text, self.expected),
            Form::Terraform => terraform::read(text),
            Form::Ros => ros::read(text, self.expected),
            Form::Markdown => {
                markdown::read(text, |block, form| Self::new(form).of_anything().read(block))
            }
            Form::Rust => rust::read(text),
        }
    }
}
