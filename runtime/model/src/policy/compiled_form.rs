//! Where a policy comes from, when nothing can be allocated: from the macro.

use super::Compiled;
use crate::request::Request;
use crate::terms::decision::Decision;

#[derive(Clone)]
pub(super) enum Form {
    Compiled(Compiled),
}

impl Form {
    #[inline]
    pub(super) fn evaluate(&self, request: &Request<'_>) -> Decision {
        let Self::Compiled(compiled) = self;
        (compiled.decide)(request)
    }

    /// The runs of numbers of the actions that are granted.
    pub(super) const fn grants(&self) -> &[u8] {
        let Self::Compiled(compiled) = self;
        compiled.grants
    }

    /// The runs of numbers of the actions that a statement denies everywhere.
    pub(super) const fn denied(&self) -> &'static [u8] {
        let Self::Compiled(compiled) = self;
        compiled.denied
    }

    /// The minified document, where the program contains it.
    pub(super) const fn static_text(&self) -> Option<&'static str> {
        Some(self.text())
    }

    /// The minified document.
    pub(super) const fn text(&self) -> &'static str {
        let Self::Compiled(compiled) = self;
        compiled.text
    }
}
