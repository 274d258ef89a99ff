//! Reads a document as each kind of policy, and minifies JSON by another library.

use ram_policy::{
    Checker, ControlPolicy, ImportError, Imported, Policy, ResourceKind, ResourcePolicy,
    SessionPolicy, TrustPolicy,
};
use ram_policy_model::PolicyKind;

/// What a document is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Identity,
    Session,
    Control,
    Trust,
    Resource(ResourceKind),
}

/// A document that was read.
#[derive(Debug, PartialEq)]
pub(crate) enum Document {
    Identity(Policy),
    Session(SessionPolicy),
    Control(ControlPolicy),
    Trust(TrustPolicy),
    Resource(ResourcePolicy),
}

/// Calls a reader of the type that belongs to a kind.
macro_rules! as_kind {
    ($kind:expr, $read:ident($($argument:expr),*)) => {
        Ok(match $kind {
            Kind::Identity => Policy::$read($($argument),*)?.map(Document::Identity),
            Kind::Session => SessionPolicy::$read($($argument),*)?.map(Document::Session),
            Kind::Control => ControlPolicy::$read($($argument),*)?.map(Document::Control),
            Kind::Trust => TrustPolicy::$read($($argument),*)?.map(Document::Trust),
            Kind::Resource(kind) => {
                ResourcePolicy::$read(kind, $($argument),*)?.map(Document::Resource)
            }
        })
    };
}

impl Kind {
    /// Those of RAM's own policies.
    pub(crate) const ALL: [Self; 4] = [Self::Identity, Self::Session, Self::Control, Self::Trust];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Session => "session",
            Self::Control => "control",
            Self::Trust => "trust",
            Self::Resource(kind) => PolicyKind::Resource(kind).rules().word,
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let of_resources = ResourceKind::ALL.map(Self::Resource);
        Self::ALL.into_iter().chain(of_resources).find(|kind| kind.name() == name)
    }

    pub(crate) fn read_strictly(self, text: &[u8]) -> Result<Document, ImportError> {
        Ok(match self {
            Self::Identity => Document::Identity(Policy::from_json(text)?),
            Self::Session => Document::Session(SessionPolicy::from_json(text)?),
            Self::Control => Document::Control(ControlPolicy::from_json(text)?),
            Self::Trust => Document::Trust(TrustPolicy::from_json(text)?),
            Self::Resource(kind) => Document::Resource(ResourcePolicy::from_json(kind, text)?),
        })
    }

    pub(crate) fn read_leniently(self, text: &[u8]) -> Result<Imported<Document>, ImportError> {
        as_kind!(self, from_json_lenient(text))
    }

    /// As `read_strictly`, at the checker's levels.
    pub(crate) fn read_with(
        self,
        text: &[u8],
        checker: &Checker,
    ) -> Result<Imported<Document>, ImportError> {
        as_kind!(self, from_json_with(text, checker))
    }

    /// As `read_leniently`, at the checker's levels.
    pub(crate) fn read_leniently_with(
        self,
        text: &[u8],
        checker: &Checker,
    ) -> Result<Imported<Document>, ImportError> {
        as_kind!(self, from_json_lenient_with(text, checker))
    }
}

impl Document {
    pub(crate) fn minified(&self) -> String {
        match self {
            Self::Identity(policy) => policy.to_json(),
            Self::Session(policy) => policy.policy().to_json(),
            Self::Control(policy) => policy.policy().to_json(),
            Self::Trust(policy) => policy.to_json(),
            Self::Resource(policy) => policy.to_json(),
        }
    }

    pub(crate) fn indented(&self, spaces: usize) -> String {
        match self {
            Self::Identity(policy) => policy.to_json_with_indent(spaces),
            Self::Session(policy) => policy.policy().to_json_with_indent(spaces),
            Self::Control(policy) => policy.policy().to_json_with_indent(spaces),
            Self::Trust(policy) => policy.to_json_with_indent(spaces),
            Self::Resource(policy) => policy.to_json_with_indent(spaces),
        }
    }
}

/// The text minified by another library, members in order, with the escapes this one writes.
pub(crate) fn minified(text: &[u8]) -> Result<String, serde_json::Error> {
    let text = serde_json::from_slice::<serde_json::Value>(text)?.to_string();
    let mut spelt = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            spelt.push(character);
            continue;
        }
        // The other library also writes the two short escapes that RFC 8259 leaves free.
        match characters.next() {
            Some('b') => spelt.push_str("\\u0008"),
            Some('f') => spelt.push_str("\\u000c"),
            escaped => {
                spelt.push('\\');
                spelt.extend(escaped);
            }
        }
    }
    Ok(spelt)
}
