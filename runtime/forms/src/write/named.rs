//! What is written, and what a text does not say that the policy said.

use ram_policy_model::document::{self, Document};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{TextRange, Value};

use crate::embedded::{Kept, Language};

/// A policy that is to be written.
#[derive(Debug, Clone)]
pub struct Named<'d> {
    /// What it is called.
    pub name: String,
    /// What it is attached to.
    pub kind: PolicyKind,
    /// What it says; `None` where a part of it is not known.
    pub document: Option<&'d Document>,
    /// The same with its expressions, for the language that they are of.
    pub kept: Option<&'d Kept>,
    /// Rules it breaks that are errors to a macro, although RAM takes it; see
    /// [`Checked::errors_to_a_macro`](crate::Checked::errors_to_a_macro).
    pub broken: Vec<&'static str>,
}

impl<'d> Named<'d> {
    /// A policy that breaks no rule.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: PolicyKind, document: &'d Document) -> Self {
        let document = Some(document);
        Self { name: name.into(), kind, document, kept: None, broken: Vec::new() }
    }

    /// The document.
    pub(super) fn known(&self) -> Result<&'d Document, String> {
        let unknown =
            || format!("a part of `{}` is not known, and this form cannot say it", self.name);
        self.document.ok_or_else(unknown)
    }

    /// The document as a JSON tree; with its expressions, where they are of this language.
    pub(super) fn tree(&self, language: Language) -> Result<Value<TextRange>, String> {
        match self.kept.filter(|kept| kept.language == language) {
            Some(kept) => Ok(kept.tree.clone()),
            None => Ok(document::value(self.known()?, TextRange { start: 0, end: 0 })),
        }
    }

    /// Whether expressions of a language are kept.
    pub(super) fn keeps(&self, language: Language) -> bool {
        self.kept.is_some_and(|kept| kept.language == language)
    }

    /// Whether an expression gives a list, or a text; `None` where nobody knows.
    pub(super) fn is_list(&self, expression: &str) -> Option<bool> {
        let kept = self.kept?;
        let has = |known: &[String]| known.iter().any(|one| one == expression);
        match (has(&kept.lists), has(&kept.texts)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            (true, true) | (false, false) => None,
        }
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
