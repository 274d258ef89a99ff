//! What the data say, as structs; the tags of their sources; the form of an ARN template.

mod catalogue;
pub(crate) mod source;
pub(crate) mod template;

pub use catalogue::{
    Access, Action, Catalogue, Completeness, EventName, Evidence, Granularity, Key, KeyType,
    Nickname, Operation, Principal, Product, Replaced, Resource, Resources, Service, Verb,
};
pub use source::SOURCES;
