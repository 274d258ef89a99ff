//! Where a policy comes from: from the macro, or from a document that is made at run time.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Compiled, Policy};
use crate::decide::index::Index;
use crate::decide::{dispatch, grants};
use crate::document::{self, Document, Indent, lower};
use crate::request::Request;
use crate::terms::decision::Decision;

#[derive(Clone)]
pub(super) enum Form {
    Compiled(Compiled),
    /// Made at run time.
    Read {
        document: Document,
        index: Index,
        grants: Vec<u8>,
    },
}

impl Form {
    #[inline]
    pub(super) fn evaluate(&self, request: &Request<'_>) -> Decision {
        match self {
            Self::Compiled(compiled) => (compiled.decide)(request),
            Self::Read { document, index, .. } => index.evaluate(document, request),
        }
    }

    /// The runs of numbers of the actions that are granted.
    pub(super) const fn grants(&self) -> &[u8] {
        match self {
            Self::Compiled(compiled) => compiled.grants,
            Self::Read { grants, .. } => grants.as_slice(),
        }
    }

    /// The runs of numbers of the actions that a statement denies everywhere, of a policy of the macro.
    pub(super) const fn denied(&self) -> &'static [u8] {
        match self {
            Self::Compiled(compiled) => compiled.denied,
            Self::Read { .. } => &[],
        }
    }

    /// The minified document, where the program contains it.
    pub(super) const fn static_text(&self) -> Option<&'static str> {
        match self {
            Self::Compiled(compiled) => Some(compiled.text),
            Self::Read { .. } => None,
        }
    }

    /// The minified document.
    pub(super) fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Compiled(compiled) => Cow::Borrowed(compiled.text),
            Self::Read { document, .. } => Cow::Owned(document::write(document, Indent::Minified)),
        }
    }
}

impl Policy {
    /// A policy of a document that is made at run time.
    #[doc(hidden)]
    #[must_use]
    pub fn from_document(document: Document) -> Self {
        let runs = dispatch::runs(&document);
        let grants = grants::grants(&document, &runs);
        let index = Index::of(&document, &runs);
        Self { form: Form::Read { document, index, grants } }
    }

    /// The lowered document; that of a policy of the macro is read from its text.
    #[doc(hidden)]
    #[must_use]
    pub fn document(&self) -> Cow<'_, Document> {
        match &self.form {
            Form::Compiled(compiled) => Cow::Owned(lower::decode(compiled.text)),
            Form::Read { document, .. } => Cow::Borrowed(document),
        }
    }
}
