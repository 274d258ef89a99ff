//! One test binary, one module a subject.

#![allow(deprecated, reason = "policies are wide here to show decisions; the macro warns of that")]

mod additions;
mod agreement;
mod audit;
mod authorizer;
mod building;
mod catalogue;
mod claims;
mod completeness;
mod corpus;
mod decisions;
mod dependencies;
mod explain;
mod export_to;
mod findings;
mod golden;
mod holes;
mod import;
mod layers;
mod least;
mod length;
mod lookup;
mod never_panics;
mod owned_requests;
mod properties;
mod prove;
mod request_reader;
mod requests;
mod roles;
mod security;
mod set_operators;
mod shown;
mod suggestions;
mod tag_keys;
mod templates;
mod unicode;
mod vectors;
