//! How mistakes are reported: rules, levels and diagnostics. Imports `text`.

pub mod diagnostic;
pub mod finding;
pub mod level;
pub mod rule;
