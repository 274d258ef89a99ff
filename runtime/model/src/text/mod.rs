//! Texts and places in them.

pub mod hole;
