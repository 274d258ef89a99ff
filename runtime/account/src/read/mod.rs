//! Reads an account from what the vendor's command line prints.

mod folder;
mod response;

pub use folder::FolderError;
