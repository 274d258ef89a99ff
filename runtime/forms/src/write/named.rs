//! What is written, and what a text does not say that the policy said.

use ram_policy_model::document::{self, Document, Indent};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::terms::layout::Layout;
use ram_policy_model::text::json::{self, TextRange, Value};

/// A policy that is to be written.
#[derive(Debug, Clone)]
pub struct Named<'d> {
    /// What it is called.
    pub name: String,
    /// What it is attached to.
    pub kind: PolicyKind,
    /// What it says.
    pub document: &'d Document,
    /// Rules it breaks that are errors to a macro, although RAM takes it; see
    /// [`Checked::errors_to_a_macro`](crate::Checked::errors_to_a_macro).
    pub broken: Vec<&'static str>,
}

impl<'d> Named<'d> {
    /// A policy that breaks no rule.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: PolicyKind, document: &'d Document) -> Self {
        Self { name: name.into(), kind, document, broken: Vec::new() }
    }
}

/// A text, and what it does not say that the policy said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// What was lost, a sentence each.
    pub lost: Vec<String>,
}

/// The document as a JSON tree, as the one writer writes it; one of statements alone is written whole.
pub(super) fn tree(document: &Document) -> Option<Value<TextRange>> {
    let layout = match document.layout {
        Layout::StatementsOnly => Layout::VersionFirst,
        other @ (Layout::VersionFirst | Layout::VersionLast) => other,
    };
    let whole = Document { layout, statements: document.statements.clone() };
    json::read(&document::write(&whole, Indent::Minified)).ok()
}
