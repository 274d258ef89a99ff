//! One test binary, one module a subject.

mod catalogue;
mod golden;
mod properties;
mod requests;
mod roles;
mod templates;
mod vectors;
