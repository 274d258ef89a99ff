//! Reads all data files.

mod action_trail;
pub(crate) mod actions;
pub(crate) mod keys;
mod merge;
mod nicknames;
pub(crate) mod operations;
mod principals;
pub(crate) mod products;
mod references;
mod replaced;
pub(crate) mod services;
mod sizes;
pub(crate) mod table;
pub(crate) mod verbs;

use std::fs;
use std::path::{Path, PathBuf};

use crate::data::{Catalogue, Completeness, Product, Service};
use crate::error::Error;
use crate::read::action_trail::read_event_names;
use crate::read::actions::read_actions;
use crate::read::keys::read_keys;
use crate::read::merge::merge_operations;
use crate::read::nicknames::read_nicknames;
use crate::read::operations::read_operations;
use crate::read::principals::read_principals;
use crate::read::products::read_products;
use crate::read::references::check_references;
use crate::read::replaced::read_replaced;
use crate::read::services::read_services;
use crate::read::sizes::check_sizes;
use crate::read::verbs::{infer_access, read_verbs};

/// Folder of the data files, seen from the workspace.
pub(crate) const DATA: &str = "runtime/generate/catalogue";

/// Reads and checks the data of the workspace at `root`.
pub fn read(root: &Path) -> Result<Catalogue, Error> {
    let data = Path::new(DATA);
    let (date_file, services_file) = (data.join("date"), data.join("services.tsv"));
    let (keys_file, principals_file) =
        (data.join("condition-keys.tsv"), data.join("service-principals.tsv"));
    let folder = data.join("services");

    let date = read_date(&date_file, &text(root, &date_file)?)?;
    let mut services = read_services(&services_file, &text(root, &services_file)?)?;
    for file in files(root, &folder)? {
        let service = services.iter_mut().find(|service| is_stem(&file, &service.code));
        let service = service.ok_or_else(|| Error::whole(&file, "no row in services.tsv"))?;
        service.actions = read_actions(&file, &text(root, &file)?)?;
    }
    let products_file = data.join("products.tsv");
    let mut products = read_products(&products_file, &text(root, &products_file)?)?;
    add_operations(root, &data.join("operations"), &mut products, &mut services)?;
    for service in &services {
        if service.actions.is_empty() != (service.completeness == Completeness::CodeOnly) {
            let message = format!("service `{}`: code-only means without actions", service.code);
            return Err(Error::whole(&services_file, message));
        }
    }
    let keys = read_keys(&keys_file, &text(root, &keys_file)?)?;
    let principals = read_principals(&principals_file, &text(root, &principals_file)?)?;

    let nicknames_file = data.join("nicknames.tsv");
    let nicknames_text = text(root, &nicknames_file)?;
    let nicknames = read_nicknames(&nicknames_file, &nicknames_text, &services, &products)?;

    let replaced_file = data.join("replaced.tsv");
    let replaced = read_replaced(&replaced_file, &text(root, &replaced_file)?, &services)?;

    let events_file = data.join("action-trail.tsv");
    let event_names = read_event_names(&events_file, &text(root, &events_file)?, &services)?;

    let verbs_file = data.join("verbs.tsv");
    let verbs = read_verbs(&verbs_file, &text(root, &verbs_file)?, &services)?;
    infer_access(&mut services, &verbs);

    let catalogue = Catalogue {
        date,
        services,
        keys,
        principals,
        products,
        nicknames,
        replaced,
        event_names,
        verbs,
    };
    check_sizes(&catalogue, &services_file)?;
    check_references(&catalogue, &keys_file, &folder)?;
    Ok(catalogue)
}

/// Adds the operations of each file to the services of its product, in the order of the products.
fn add_operations(
    root: &Path,
    folder: &Path,
    products: &mut [Product],
    services: &mut [Service],
) -> Result<(), Error> {
    for file in files(root, folder)? {
        if !products.iter().any(|product| is_stem(&file, &product.product)) {
            return Err(Error::whole(&file, "no row in products.tsv"));
        }
    }
    for product in products {
        let file = folder.join(format!("{}.txt", product.product));
        let sections = read_operations(&file, &text(root, &file)?)?;
        let service = services.iter_mut().find(|service| service.code == product.code);
        let service = service.ok_or_else(|| {
            Error::whole(&file, format!("no service `{}` in services.tsv", product.code))
        })?;
        merge_operations(service, sections.iter());
        product.sources = sections.into_iter().map(|section| section.source).collect();
    }
    Ok(())
}

/// Whether a file is called so, whatever its extension.
fn is_stem(file: &Path, name: &str) -> bool {
    file.file_stem().and_then(|stem| stem.to_str()) == Some(name)
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

pub(crate) fn text(root: &Path, file: &Path) -> Result<String, Error> {
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
