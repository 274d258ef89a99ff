//! One test binary, one module a subject.

#![allow(deprecated, reason = "policies are wide here to show decisions; the macro warns of that")]

mod additions;
mod agreement;
mod authorizer;
mod building;
mod catalogue;
mod claims;
mod completeness;
mod corpus;
mod explain;
mod export_to;
mod findings;
mod golden;
mod import;
mod lookup;
mod owned_requests;
mod properties;
mod prove;
mod requests;
mod roles;
mod tag_keys;
mod templates;
mod vectors;
