//! The file of local additions to the catalogue.

use std::path::Path;

use ram_policy_model::Additions;

use crate::failure::{Failure, usage};

/// Reads the file.
pub(crate) fn read(path: &Path) -> Result<Additions, Failure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| usage(format!("`{shown}` cannot be read: {error}")))?;
    Additions::from_json(&text).map_err(|error| usage(format!("`{shown}`: {error}")))
}
