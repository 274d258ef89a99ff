//! Tells statements that say what one before them says.

use alloc::collections::BTreeMap;
use core::hash::{Hash, Hasher};

use crate::document::{Element, Statement};

/// Statements by what they say.
#[derive(Debug, Default)]
pub(super) struct Seen<'s>(BTreeMap<u64, &'s Statement>);

impl<'s> Seen<'s> {
    /// Whether a statement says in the same words what one that was seen says.
    ///
    /// Of texts that are made to have one fingerprint only the first is remembered: the others are
    /// looked at more than once, which costs time alone.
    pub(super) fn is_repeated(&mut self, statement: &'s Statement) -> bool {
        let before = *self.0.entry(fingerprint(statement)).or_insert(statement);
        !core::ptr::eq(before, statement)
            && before.effect == statement.effect
            && said(before).eq(said(statement))
    }
}

/// The elements that decide.
fn said(statement: &Statement) -> impl Iterator<Item = &Element> {
    let elements = statement.elements.iter();
    elements.filter(|element| !matches!(element, Element::Effect | Element::Sid(_)))
}

fn fingerprint(statement: &Statement) -> u64 {
    let mut fingerprint = Fingerprint(0);
    statement.effect.hash(&mut fingerprint);
    said(statement).for_each(|element| element.hash(&mut fingerprint));
    fingerprint.finish()
}

/// Eight bytes at a time: turn, mix in, multiply by an odd number.
struct Fingerprint(u64);

impl Hasher for Fingerprint {
    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let word = part.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte));
            self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;
    use crate::policy::Policy;
    use alloc::vec::Vec;

    #[test]
    fn tells_what_was_said_before() -> Result<(), crate::report::finding::ImportError> {
        let allow = r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
        let with_sid = r#"{"Sid":"a","Action":"ecs:*","Resource":"*","Effect":"Allow"}"#;
        let deny = r#"{"Effect":"Deny","Action":"ecs:*","Resource":"*"}"#;
        let other = r#"{"Effect":"Allow","Action":"ecs:*","Resource":"acs:ecs:*:*:*"}"#;
        for (statements, expected) in [
            (&[allow][..], &[false][..]),
            (&[allow, allow], &[false, true]),
            (&[allow, with_sid], &[false, true]),
            (&[allow, deny], &[false, false]),
            (&[deny, allow, deny, other, allow], &[false, false, true, false, true]),
        ] {
            let text =
                alloc::format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","));
            let policy = Policy::from_json_lenient(&text)?.policy;
            let document = policy.document();
            let mut seen = Seen::default();
            let statements = document.statements.iter();
            let found: Vec<bool> = statements.map(|one| seen.is_repeated(one)).collect();
            assert_eq!(found, expected, "{text}");
        }
        Ok(())
    }
}
