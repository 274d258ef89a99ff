//! One test binary, one module a subject.

#![allow(deprecated, reason = "policies are wide here to show decisions; the macro warns of that")]

mod catalogue {
    mod additions;
    mod lookup;
    mod services;
}
mod report {
    pub(crate) mod findings;
    mod shown;
    mod suggestions;
}
mod check {
    mod audit;
    mod completeness;
    mod replaced;
    mod selections;
    mod unicode;
}
mod document {
    mod export_to;
    mod golden;
}
mod request {
    mod owned_requests;
    mod request_reader;
    mod requests;
    mod tag_keys;
    mod typed;
}
mod decide {
    mod agreement;
    mod conformance;
    mod decisions;
    mod holes;
    mod set_operators;
    pub(crate) mod vectors;
}
mod prove;
mod policy {
    mod building;
    mod doors;
    pub(crate) mod import;
    mod include;
    mod length;
    mod never_panics;
    mod open;
    mod packs;
    pub(crate) mod properties;
    mod roles;
    mod templates;
}
mod account {
    pub(crate) mod authorizer;
    mod explain;
    mod kept;
    mod open;
}
mod advice {
    mod least;
    mod open;
}
mod claim {
    mod claims;
    mod organisation;
}
/// What the repository keeps to.
mod house {
    pub(crate) mod corpus;
    mod dependencies;
    mod grammar;
    pub(crate) mod layers;
    mod pages;
    mod release;
    mod security;
    mod translations;
    mod tutorial;
}
