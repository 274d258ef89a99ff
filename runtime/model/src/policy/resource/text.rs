//! Policies of resources from documents, and their documents as text.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use super::{Form, ResourcePolicy};
use crate::check::checker::Checker;
use crate::document::{self, Document, Indent};
use crate::policy::reader::{Acceptance, Reader};
use crate::report::finding::{ImportError, Imported};
use crate::report::rule::Strictness;
use crate::terms::kind::{PolicyKind, ResourceKind};

impl ResourcePolicy {
    /// A policy of a document that was checked as one of this kind.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_document(kind: ResourceKind, document: Document) -> Self {
        Self { kind, form: Form::Read(document) }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn document(&self) -> Cow<'_, Document> {
        self.form.document()
    }

    /// Reads a document of this kind; refuses whatever the macro of the kind refuses, all at once.
    ///
    /// ```
    /// use ram_policy::{ResourceKind, ResourcePolicy};
    ///
    /// let text = r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"*","Principal":["*"],"Resource":"acs:log:*:*:project/web/*","Condition":{"StringNotLike":{"acs:SourceVpc":["vpc-*"]}}}]}"#;
    /// assert_eq!(ResourcePolicy::from_json(ResourceKind::Project, text)?.to_json(), text);
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json(kind: ResourceKind, text: impl AsRef<[u8]>) -> Result<Self, ImportError> {
        Self::from_json_with(kind, text, &Checker::new()).map(|imported| imported.policy)
    }

    /// Reads a document of this kind; refuses it for any finding that is an error at the checker's
    /// levels, and gives the others.
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json_with(
        kind: ResourceKind,
        text: impl AsRef<[u8]>,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        Self::read(kind, text, Acceptance::Strict, checker)
    }

    /// Reads every document of this kind whose grammar its service accepts; the rest is kept as findings.
    ///
    /// # Errors
    ///
    /// All that was found, when the service would refuse the document for some of it.
    pub fn from_json_lenient(
        kind: ResourceKind,
        text: impl AsRef<[u8]>,
    ) -> Result<Imported<Self>, ImportError> {
        Self::from_json_lenient_with(kind, text, &Checker::at(Strictness::Audit))
    }

    /// As [`ResourcePolicy::from_json_lenient`], with the checker's levels.
    ///
    /// # Errors
    ///
    /// As [`ResourcePolicy::from_json_lenient`].
    pub fn from_json_lenient_with(
        kind: ResourceKind,
        text: impl AsRef<[u8]>,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        Self::read(kind, text, Acceptance::Lenient, checker)
    }

    fn read(
        kind: ResourceKind,
        text: impl AsRef<[u8]>,
        acceptance: Acceptance,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        let reader = Reader::of(PolicyKind::Resource(kind), checker).accepting(acceptance);
        let imported = reader.bytes(text.as_ref())?;
        Ok(imported.map(|document| Self::from_document(kind, document)))
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
impl fmt::Display for ResourcePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json_pretty())
    }
}
