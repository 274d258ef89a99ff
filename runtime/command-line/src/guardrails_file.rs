//! The file of what an organisation asks of its policies.

use std::path::Path;

use ram_policy_model::Additions;
use ram_policy_model::claim::organisation::{FILE_NAME, OrganisationRules};

use crate::failure::{Failure, usage};
use crate::files;

/// Reads the file that was asked for, or the one of the working folder where there is one.
pub(crate) fn of(
    asked: Option<&Path>,
    additions: &Additions,
) -> Result<Option<OrganisationRules>, Failure> {
    let beside = Path::new(FILE_NAME);
    let Some(path) = asked.or_else(|| beside.is_file().then_some(beside)) else { return Ok(None) };
    let shown = path.display();
    let text = files::text_of(path)?;
    let rules = OrganisationRules::from_json(&text, additions);
    rules.map(Some).map_err(|error| usage(format!("`{shown}`: {error}")))
}
