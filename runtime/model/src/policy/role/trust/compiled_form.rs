//! Where a trust policy comes from, when nothing can be allocated: from the macro.

use super::Compiled;
use crate::request::Request;
use crate::terms::caller::Caller;
use crate::terms::decision::Decision;

#[derive(Clone)]
pub(super) enum Form {
    Compiled(Compiled),
}

impl Form {
    pub(super) fn evaluate(&self, caller: Caller<'_>, request: &Request<'_>) -> Decision {
        let Self::Compiled(compiled) = self;
        (compiled.decide)(caller, request)
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
