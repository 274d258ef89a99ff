//! Where a policy of a resource comes from, when nothing can be allocated: from the macro.

use super::Compiled;
use crate::request::Request;
use crate::terms::caller::Asker;
use crate::terms::decision::Decision;
use crate::terms::kind::ResourceKind;

#[derive(Clone)]
pub(super) enum Form {
    Compiled(Compiled),
}

impl Form {
    pub(super) fn evaluate(
        &self,
        _: ResourceKind,
        asker: Asker<'_>,
        owns: bool,
        request: &Request<'_>,
    ) -> Decision {
        let Self::Compiled(compiled) = self;
        (compiled.decide)(asker, owns, request)
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
