//! Writes policies in the forms people keep them in.

pub(crate) mod ros;
pub(crate) mod rust;
pub(crate) mod terraform;
mod words;

use ram_policy_model::document::{self, Document, Indent, Layout, PolicyKind};
use ram_policy_model::text::json::{self, TextRange, Value};

pub(crate) use words::{constant_name, resource_name};

/// A policy that is to be written.
#[derive(Debug)]
pub(crate) struct Named<'d> {
    /// What it is called.
    pub(crate) name: String,
    pub(crate) kind: PolicyKind,
    pub(crate) document: &'d Document,
    /// Rules it breaks that are errors to a macro, although RAM takes it.
    pub(crate) broken: Vec<&'static str>,
}

/// A text, and what it does not say that the policy said.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) lost: Vec<String>,
}

/// The document as a JSON tree, as the one writer writes it; one of statements alone is written whole.
fn tree(document: &Document) -> Option<Value<TextRange>> {
    let layout = match document.layout {
        Layout::StatementsOnly => Layout::VersionFirst,
        other => other,
    };
    let whole = Document { layout, statements: document.statements.clone() };
    json::read(&document::write(&whole, Indent::Minified)).ok()
}
