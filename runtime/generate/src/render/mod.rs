//! Turns the data into the text of the generated files, and of the generated parts of others.

pub(crate) mod actions;
pub(crate) mod counts;
pub(crate) mod features;
mod index_of_names;
pub(crate) mod keys;
mod lines;
pub(crate) mod model;
pub(crate) mod region;
pub(crate) mod resource_types;
pub(crate) mod source_lists;
mod source_words;
pub(crate) mod verbs;
