//! How long a document may be, and whether a shorter one would do.

use alloc::{format, string::String};

use crate::document::lower::Lowered;
use crate::document::{self, Document, Indent};
#[cfg(feature = "proofs")]
use crate::prove::shorter_length;
use crate::report::diagnostic::Report;
use crate::report::rule::Rule;
use crate::terms::kind::PolicyKind;

/// Most characters of a document for which a shorter form is looked for.
const MOST_CHARACTERS: usize = 4 * 6144;

/// Reports a document that is too long once minified, or close to it.
pub fn check<L: Copy>(at: L, lowered: &Lowered, kind: PolicyKind, report: &mut Report<L>) {
    let Some(most) = kind.max_characters() else { return };
    let length = document::write(&lowered.document, Indent::Minified).chars().count();
    if length > most {
        // What the holes of a template are filled with may change what covers what.
        let document = || lowered.holes.is_empty().then(|| lowered.document.clone());
        report.add(at, Rule::TooLong, too_long(length, most, kind, document));
    } else if length > most / 10 * 9 {
        report.add(at, Rule::NearLimit, measured(length, most, kind));
    }
}

/// The message about a document that is too long, with the length of a form that decides the same
/// and is not, if one is found.
pub(crate) fn too_long(
    length: usize,
    most: usize,
    kind: PolicyKind,
    document: impl FnOnce() -> Option<Document>,
) -> String {
    let measured = measured(length, most, kind);
    let looks = kind != PolicyKind::Trust && length <= MOST_CHARACTERS;
    let document = looks.then(document).flatten();
    match document.and_then(|document| shorter_length(document, most)) {
        Some(shorter) => {
            format!("{measured}; an equivalent form has {shorter}, `ram-policy shrink` prints it")
        }
        None => measured,
    }
}

/// Without proofs none is looked for.
#[cfg(not(feature = "proofs"))]
fn shorter_length(_: Document, _: usize) -> Option<usize> {
    None
}

fn measured(length: usize, most: usize, kind: PolicyKind) -> String {
    format!("the policy has {length} characters minified, {} has at most {most}", kind.name())
}
