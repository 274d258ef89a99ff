//! Trust policies of documents, and their documents as text.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use super::{Form, TrustPolicy};
use crate::document::{self, Document, Indent};

impl TrustPolicy {
    /// A trust policy of a document that was checked as one.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_document(document: Document) -> Self {
        Self { form: Form::Read(document) }
    }

    pub(crate) fn document(&self) -> Cow<'_, Document> {
        self.form.document()
    }

    /// The document on one line without blanks.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::write(&self.document(), Indent::Minified)
    }

    /// The document with 2 spaces a level; no line feed at the end.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        self.to_json_with_indent(2)
    }

    /// The document with that many spaces a level; no line feed at the end.
    #[must_use]
    pub fn to_json_with_indent(&self, spaces: usize) -> String {
        document::write(&self.document(), Indent::Spaces(spaces))
    }
}

/// The document, indented.
impl fmt::Display for TrustPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json_pretty())
    }
}
