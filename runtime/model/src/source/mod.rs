//! A policy as it was written, with the place of every part. Imports `text`, `terms`, `catalogue` and
//! `report`.

pub mod claim;
pub(crate) mod dialect;
pub mod from_json;
pub mod hole;
pub mod mention;
pub mod syntax;
