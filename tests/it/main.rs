//! One test binary, one module a subject.

mod authorizer;
mod building;
mod catalogue;
mod explain;
mod golden;
mod owned_requests;
mod properties;
mod requests;
mod roles;
mod templates;
mod vectors;
