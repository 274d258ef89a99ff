//! The file of local additions to the catalogue.

use std::path::Path;

use ram_policy_model::Additions;

use crate::failure::{Failure, usage};
use crate::files;

/// Reads the file.
pub(crate) fn read(path: &Path) -> Result<Additions, Failure> {
    let shown = path.display();
    let text = files::text_of(path)?;
    Additions::from_json(&text).map_err(|error| usage(format!("`{shown}`: {error}")))
}
