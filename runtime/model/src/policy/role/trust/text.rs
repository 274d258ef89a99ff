//! Trust policies of documents, and their documents as text.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use super::{Form, TrustPolicy};
use crate::check::checker::Checker;
use crate::document::{self, Document, Indent};
use crate::policy::import;
use crate::report::finding::{ImportError, Imported};
use crate::report::rule::Strictness;
use crate::terms::kind::PolicyKind;

impl TrustPolicy {
    /// A trust policy of a document that was checked as one.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_document(document: Document) -> Self {
        Self { form: Form::Read(document) }
    }

    #[doc(hidden)]
    #[must_use]
    pub fn document(&self) -> Cow<'_, Document> {
        self.form.document()
    }

    /// Reads a document; refuses whatever `trust_policy!` refuses.
    ///
    /// ```
    /// use ram_policy::TrustPolicy;
    ///
    /// let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs.aliyuncs.com"}}]}"#;
    /// assert_eq!(TrustPolicy::from_json(text)?.to_json(), text);
    /// # Ok::<(), ram_policy::ImportError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json(text: impl AsRef<[u8]>) -> Result<Self, ImportError> {
        Self::from_json_with(text, &Checker::new()).map(|imported| imported.policy)
    }

    /// Reads a document; refuses it for any finding that is an error at the checker's levels, and
    /// gives the others.
    ///
    /// # Errors
    ///
    /// All that was found, with line, column and path.
    pub fn from_json_with(
        text: impl AsRef<[u8]>,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        import::read_strictly(text.as_ref(), PolicyKind::Trust, checker)
            .map(|imported| imported.map(Self::from_document))
    }

    /// Reads every document whose grammar RAM accepts; the rest is kept as findings.
    ///
    /// # Errors
    ///
    /// All that was found, when RAM would refuse the document for some of it.
    pub fn from_json_lenient(text: impl AsRef<[u8]>) -> Result<Imported<Self>, ImportError> {
        Self::from_json_lenient_with(text, &Checker::at(Strictness::Audit))
    }

    /// As [`TrustPolicy::from_json_lenient`], with the checker's levels.
    ///
    /// # Errors
    ///
    /// As [`TrustPolicy::from_json_lenient`].
    pub fn from_json_lenient_with(
        text: impl AsRef<[u8]>,
        checker: &Checker,
    ) -> Result<Imported<Self>, ImportError> {
        import::read_leniently(text.as_ref(), PolicyKind::Trust, checker)
            .map(|imported| imported.map(Self::from_document))
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
