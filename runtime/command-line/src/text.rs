//! Texts in and out without files or arguments, for the tests that feed readers with anything.

use ram_policy_model::lowered::{Document, PolicyKind};
use ram_policy_model::{Checker, Strictness};

use crate::judge::{Checked, judge};
use crate::read::{self, Form};
use crate::write::{Named, ros, rust, terraform};

/// A form of text that holds policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextForm {
    /// A policy, or a ROS template.
    Json,
    /// Terraform.
    Terraform,
    /// A ROS template in YAML or JSON.
    Ros,
    /// Code blocks of Markdown.
    Markdown,
    /// The macros in Rust source.
    Rust,
}

impl TextForm {
    const fn form(self) -> Form {
        match self {
            Self::Json => Form::Json,
            Self::Terraform => Form::Terraform,
            Self::Ros => Form::Ros,
            Self::Markdown => Form::Markdown,
            Self::Rust => Form::Rust,
        }
    }
}

/// A policy that stands in a text.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it was checked as.
    pub kind: PolicyKind,
    /// The policy, unless RAM would refuse it.
    pub document: Option<Document>,
    /// First byte and the byte behind each finding.
    pub places: Vec<(usize, usize)>,
    /// What the findings say.
    pub messages: Vec<String>,
    /// Whether some values are only known when something else runs.
    pub is_open: bool,
}

/// Reads a text as the subcommands do, and checks every policy in it.
///
/// ```
/// use ram_policy_cli::text::{TextForm, policies};
///
/// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Foo","Resource":"*"}]}"#;
/// let found = policies(text, TextForm::Json);
/// assert_eq!(found[0].places, [(55, 64)]);
/// ```
#[must_use]
pub fn policies(text: &str, form: TextForm) -> Vec<Found> {
    let found = |checked: Checked| Found {
        kind: checked.kind,
        document: checked.document,
        places: checked.found.iter().map(|found| (found.at.start, found.at.end)).collect(),
        messages: checked.found.into_iter().map(|found| found.message).collect(),
        is_open: checked.open > 0,
    };
    let reading = read::read(text, form.form(), true);
    let checker = Checker::at(Strictness::Audit);
    reading.policies.into_iter().map(|policy| found(judge(policy, None, &checker))).collect()
}

/// Writes a policy as `convert` does; `None` where the form cannot say it.
///
/// ```
/// use ram_policy_cli::text::{TextForm, policies, written};
///
/// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}]}"#;
/// let found = policies(text, TextForm::Json);
/// let document = found[0].document.as_ref().unwrap();
/// let template = written(document, found[0].kind, TextForm::Ros).unwrap();
/// assert_eq!(policies(&template, TextForm::Ros)[0].document.as_ref(), Some(document));
/// ```
#[must_use]
pub fn written(document: &Document, kind: PolicyKind, form: TextForm) -> Option<String> {
    let named = [Named { name: "policy".into(), kind, document, broken: Vec::new() }];
    match form {
        TextForm::Json => Some(ros::json(&named).text),
        TextForm::Terraform => Some(terraform::encoded(&named).text),
        TextForm::Ros => Some(ros::yaml(&named).text),
        TextForm::Markdown => None,
        TextForm::Rust => rust::write(&named).ok().map(|written| written.text),
    }
}
