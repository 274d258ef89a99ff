//! All policies that have a say in an account. Imports the folders up to `policy`.

pub mod authorize;
pub mod explain;
mod kept;
pub mod partial;
pub mod stage;
