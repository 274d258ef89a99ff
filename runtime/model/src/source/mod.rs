//! A policy as it was written, with the place of every part. Imports the folders up to `report`.

pub mod claim;
pub mod dialect;
pub mod from_json;
pub mod hole;
pub mod mention;
mod places;
pub mod selection;
pub mod syntax;
