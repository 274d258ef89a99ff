//! The one policy of a file, for subcommands that are about one.

use std::ffi::OsString;

use crate::failure::{Failure, usage};
use crate::policies::{Loaded, Wanted, load};

/// The one policy of a file, which is not about principals.
pub(crate) fn one(file: &OsString, wanted: &Wanted<'_>) -> Result<Loaded, Failure> {
    let loaded = load(std::slice::from_ref(file), wanted)?;
    let [one] = <[Loaded; 1]>::try_from(loaded).map_err(|found| several(file, &found))?;
    if one.checked.kind.asks_who() {
        let kind = one.checked.kind.rules().name;
        return Err(usage(format!("{kind} says who, which is not compared here")));
    }
    Ok(one)
}

fn several(file: &OsString, found: &[Loaded]) -> Failure {
    let shown = file.to_string_lossy();
    let names: Vec<&str> = found.iter().map(|one| one.checked.name.as_str()).collect();
    let choose = match names.as_slice() {
        [] => String::new(),
        names => format!(", --select one of `{}`", names.join("`, `")),
    };
    usage(format!("`{shown}` has {} policies, not one{choose}", found.len()))
}
