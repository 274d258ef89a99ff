//! Where a policy of a resource comes from: from the macro, or from a document that is made at run time.

use alloc::borrow::Cow;

use super::Compiled;
use crate::decide::evaluate;
use crate::document::{self, Document, Indent, lower};
use crate::request::Request;
use crate::terms::caller::Asker;
use crate::terms::decision::Decision;
use crate::terms::kind::ResourceKind;

#[derive(Clone)]
pub(super) enum Form {
    Compiled(Compiled),
    /// Made at run time.
    Read(Document),
}

impl Form {
    pub(super) fn evaluate(
        &self,
        kind: ResourceKind,
        asker: Asker<'_>,
        owns: bool,
        request: &Request<'_>,
    ) -> Decision {
        match self {
            Self::Compiled(compiled) => (compiled.decide)(asker, owns, request),
            Self::Read(document) => evaluate::evaluate_kept(kind, document, asker, owns, request),
        }
    }

    /// The document; that of a policy of the macro is read from its text.
    pub(super) fn document(&self) -> Cow<'_, Document> {
        match self {
            Self::Compiled(compiled) => Cow::Owned(lower::decode(compiled.text)),
            Self::Read(document) => Cow::Borrowed(document),
        }
    }

    /// The minified document, where the program contains it.
    pub(super) const fn static_text(&self) -> Option<&'static str> {
        match self {
            Self::Compiled(compiled) => Some(compiled.text),
            Self::Read(_) => None,
        }
    }

    /// The minified document.
    pub(super) fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Compiled(compiled) => Cow::Borrowed(compiled.text),
            Self::Read(document) => Cow::Owned(document::write(document, Indent::Minified)),
        }
    }
}
