//! Adds the row of a new service to `services.tsv`, and of a new product to `products.tsv`.

use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::read::products;
use crate::read::services;
use crate::read::table::read_table;
use crate::read::{DATA, text};

/// The service that new data are about.
#[derive(clap::Args, Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Its RAM code
    #[arg(long)]
    pub code: String,
    /// The product's name, for a service that is new
    #[arg(long)]
    pub title: Option<String>,
    /// The name of its enum; made from the code without it
    #[arg(long = "type", value_name = "ENUM")]
    pub type_name: Option<String>,
    /// The tag of SOURCES.md that says where the data come from
    #[arg(long, value_name = "TAG")]
    pub source: Option<String>,
}

/// Adds the service if the data do not have it; one known by code only has a list that is not
/// complete from then on. New lists are not complete until `services.tsv` says so.
pub(crate) fn add_service(root: &Path, about: &About, source: &str) -> Result<(), Error> {
    let file = Path::new(DATA).join("services.tsv");
    let before = text(root, &file)?;
    let header = services::HEADER;
    let mut rows: Vec<Vec<String>> = read_table(&file, &before, header)?
        .into_iter()
        .map(|(_, cells)| cells.map(str::to_owned).to_vec())
        .collect();
    let known = rows.iter_mut().find(|row| row.first() == Some(&about.code));
    if let Some(row) = known {
        if let Some(completeness) = row.get_mut(4).filter(|word| *word == "code-only") {
            *completeness = "partial".to_owned();
        }
    } else {
        let Some(title) = &about.title else {
            let message = format!("service `{}` is new, so `--title` is needed", about.code);
            return Err(Error::whole(&file, message));
        };
        let type_name = about.type_name.clone().unwrap_or_else(|| type_name(&about.code));
        let cells = [about.code.as_str(), &type_name, title, "no", "partial", "", source];
        rows.push(cells.map(str::to_owned).to_vec());
    }
    let after = table(&header, rows);
    services::read_services(&file, &after)?;
    save(root, &file, &after)
}

/// Adds the product with its code, as an assumption, if the data do not have it.
pub(crate) fn add_product(root: &Path, product: &str, code: &str) -> Result<(), Error> {
    let file = Path::new(DATA).join("products.tsv");
    let before = text(root, &file)?;
    let header = products::HEADER;
    let mut rows: Vec<Vec<String>> = read_table(&file, &before, header)?
        .into_iter()
        .map(|(_, cells)| cells.map(str::to_owned).to_vec())
        .collect();
    let is_known =
        |row: &Vec<String>| matches!(row.as_slice(), [p, c, ..] if p == product && c == code);
    if !rows.iter().any(is_known) {
        let source = if product == code { "product-name" } else { "unconfirmed" };
        rows.push([product, code, "assumed", source].map(str::to_owned).to_vec());
    }
    let after = table(&header, rows);
    products::read_products(&file, &after)?;
    save(root, &file, &after)
}

/// A table with its rows sorted.
pub(crate) fn table(header: &[&str], mut rows: Vec<Vec<String>>) -> String {
    rows.sort();
    let lines = rows.iter().map(|row| row.join("\t") + "\n");
    header.join("\t") + "\n" + &lines.collect::<String>()
}

pub(crate) fn save(root: &Path, file: &Path, text: &str) -> Result<(), Error> {
    let full = root.join(file);
    if let Some(folder) = full.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::whole(file, error))?;
    }
    fs::write(full, text).map_err(|error| Error::whole(file, error))
}

/// `SwasOpen` of `swas-open`.
fn type_name(code: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    code.split('-').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_names() {
        for (code, expected) in [("ots", "Ots"), ("swas-open", "SwasOpen")] {
            assert_eq!(type_name(code), expected);
        }
    }
}
