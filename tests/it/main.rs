//! One test binary, one module a subject.

mod catalogue;
mod properties;
mod requests;
mod roles;
mod templates;
