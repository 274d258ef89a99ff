//! The one policy of a file, for subcommands that are about one.

use std::ffi::OsString;

use ram_policy_model::Checker;
use ram_policy_model::lowered::PolicyKind;

use crate::arguments::Kind;
use crate::failure::{Failure, usage};
use crate::policies::{Loaded, load_with};

/// The one policy of a file, which is not about principals.
pub(crate) fn one(file: &OsString, kind: Kind) -> Result<Loaded, Failure> {
    one_with(file, kind, &Checker::new())
}

/// As [`one`], checked in this way.
pub(crate) fn one_with(file: &OsString, kind: Kind, checker: &Checker) -> Result<Loaded, Failure> {
    let loaded = load_with(std::slice::from_ref(file), None, kind, checker)?;
    let shown = file.to_string_lossy();
    let [one] = <[Loaded; 1]>::try_from(loaded)
        .map_err(|found| usage(format!("`{shown}` has {} policies, not one", found.len())))?;
    if one.checked.kind == PolicyKind::Trust {
        return Err(usage("trust policies are about principals, which are not compared"));
    }
    Ok(one)
}
