//! Finds the policies in a text: one reader a form, one result for all.

mod data;
mod holders;
mod inner;
mod json;
mod markdown;
mod marked;
mod pulumi;
mod responses;
mod ros;
mod rust;
mod serverless;
mod terraform;
mod terraform_show;
mod wrapped;
pub(crate) mod yaml;
mod yaml_file;

pub(crate) use self::data::is_policy;
pub(crate) use self::rust::{Call, Macro, calls, skip_declared};
pub use self::terraform::Module;
use crate::embedded::Contents;
use crate::form::Form;
use crate::place::Places;

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
pub struct Reader<'m> {
    form: Form,
    expected: bool,
    module: Option<&'m Module>,
}

impl<'m> Reader<'m> {
    /// Reads texts of this form that are expected to contain a policy.
    #[must_use]
    pub const fn new(form: Form) -> Self {
        Self { form, expected: true, module: None }
    }

    /// Skips texts of another kind, such as a `package.json`, instead of reporting what they lack.
    #[must_use]
    pub const fn of_anything(mut self) -> Self {
        self.expected = false;
        self
    }

    /// Knows what the other files of a module of Terraform define.
    #[must_use]
    pub const fn with_module(mut self, module: &'m Module) -> Self {
        self.module = Some(module);
        self
    }

    /// The policies of a text, and what may be one and could not be read.
    ///
    /// A byte order mark in front of it, which some editors write and RFC 8259 lets readers ignore, is
    /// no part of it in any form.
    #[must_use]
    pub fn read(self, text: &str) -> Contents {
        let Some(bare) = text.strip_prefix('\u{feff}') else { return self.read_bare(text) };
        let mut places = Places::default();
        places.add(bare.len(), text.len() - bare.len()..text.len());
        self.read_bare(bare).within(&places)
    }

    fn read_bare(self, text: &str) -> Contents {
        match self.form {
            Form::Json => json::read(text, self.expected, self.module),
            Form::Terraform => terraform::read(text, self.module),
            Form::Ros => yaml_file::read(text, self.expected),
            Form::Markdown => {
                markdown::read(text, |block, form| Reader::new(form).of_anything().read(block))
            }
            Form::Rust => rust::read(text),
        }
    }
}
