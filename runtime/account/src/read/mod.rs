//! Reads an account from what the vendor's command line prints, and from Terraform.

mod documents;
mod folder;
mod parallel;
mod response;
mod terraform;

pub use folder::FolderError;
pub use terraform::{Extent, TerraformError};
