//! Reads all data files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::catalogue::Catalogue;
use crate::check_references::check_references;
use crate::error::Error;
use crate::read_actions::read_actions;
use crate::read_keys::read_keys;
use crate::read_principals::read_principals;
use crate::read_services::read_services;

/// Folder of the data files, seen from the workspace.
const DATA: &str = "runtime/model/generate/catalogue";

/// Reads and checks the data of the workspace at `root`.
pub fn read(root: &Path) -> Result<Catalogue, Error> {
    let data = Path::new(DATA);
    let (date_file, services_file) = (data.join("date"), data.join("services.tsv"));
    let (keys_file, principals_file) =
        (data.join("condition-keys.tsv"), data.join("service-principals.tsv"));
    let folder = data.join("services");

    let date = read_date(&date_file, &text(root, &date_file)?)?;
    let mut services = read_services(&services_file, &text(root, &services_file)?)?;
    for service in &mut services {
        let file = folder.join(format!("{}.tsv", service.code));
        service.actions = read_actions(&file, &text(root, &file)?)?;
    }
    for file in files(root, &folder)? {
        let known = |code| services.iter().any(|service| service.code == code);
        if !file.file_stem().and_then(|stem| stem.to_str()).is_some_and(known) {
            return Err(Error::whole(&file, "no row in services.tsv"));
        }
    }
    let keys = read_keys(&keys_file, &text(root, &keys_file)?)?;
    let principals = read_principals(&principals_file, &text(root, &principals_file)?)?;

    let catalogue = Catalogue { date, services, keys, principals };
    check_references(&catalogue, &keys_file, &folder)?;
    Ok(catalogue)
}

fn read_date(file: &Path, text: &str) -> Result<String, Error> {
    let date = text.trim_end();
    let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape == "0000-00-00" {
        Ok(date.to_owned())
    } else {
        Err(Error::at(file, 1, format!("`{date}` is no date like 2026-11-01")))
    }
}

fn text(root: &Path, file: &Path) -> Result<String, Error> {
    fs::read_to_string(root.join(file)).map_err(|error| Error::whole(file, error))
}

/// The files of a folder, relative to `root`, sorted. A folder that does not exist has none.
pub(crate) fn files(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::whole(folder, error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        files.push(folder.join(entry.map_err(|error| Error::whole(folder, error))?.file_name()));
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date() {
        let file = Path::new("date");
        assert_eq!(read_date(file, "2026-11-01\n"), Ok("2026-11-01".to_owned()));
        let message = read_date(file, "1 Nov 2026\n").err().map(|error| error.to_string());
        assert_eq!(message.as_deref(), Some("date:1: `1 Nov 2026` is no date like 2026-11-01"));
    }
}
