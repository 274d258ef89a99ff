//! Imports the operations of a vendor's SDK package, which has a method for each. The package is
//! read as text; nothing of it is run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::data::Operation;
use crate::error::Error;
use crate::import::service::{About, add_product, add_service, save};
use crate::read::operations::{Section, read_operations, write_operations};
use crate::read::{DATA, files, text};

/// Writes `operations/<product>.txt` and, if they are new, the rows of product and service.
///
/// The folder is that of the unpacked package: it has `<name>/client.py` and the folder
/// `<name>-<version>.dist-info`. What the file has from the same package in another version is
/// replaced.
pub fn import_sdk(root: &Path, about: &About, folder: &Path) -> Result<String, Error> {
    let (package, version) = package(folder)?;
    let client = folder.join(package.replace('-', "_")).join("client.py");
    let code = fs::read_to_string(&client).map_err(|error| Error::whole(&client, error))?;
    let operations = operations(&code);
    if operations.is_empty() {
        return Err(Error::whole(&client, "no operations"));
    }
    let message = format!("{package} {version}: {} operations", operations.len());
    let product = product(&package).ok_or_else(|| {
        Error::whole(folder, format!("`{package}` is not `alibabacloud-<product><version>`"))
    })?;

    let file = Path::new(DATA).join("operations").join(format!("{product}.txt"));
    let mut sections = if root.join(&file).exists() {
        read_operations(&file, &text(root, &file)?)?
    } else {
        Vec::new()
    };
    let head = format!("pypi {package} ");
    sections.retain(|section| !section.source.starts_with(&head));
    sections.push(Section { source: format!("{head}{version}"), operations });
    let after = write_operations(&sections);
    read_operations(&file, &after)?;
    let source = about.source.as_deref();
    let name = if product == about.code { "product-name" } else { "unconfirmed" };
    add_service(root, about, source.unwrap_or(name))?;
    add_product(root, product, &about.code)?;
    save(root, &file, &after)?;
    Ok(message)
}

/// Name and version of the package, from the folder `<name>-<version>.dist-info`.
fn package(folder: &Path) -> Result<(String, String), Error> {
    for path in files(Path::new(""), folder)? {
        let stem = path.file_name().and_then(|name| name.to_str());
        let stem = stem.and_then(|name| name.strip_suffix(".dist-info"));
        if let Some((name, version)) = stem.and_then(|stem| stem.rsplit_once('-')) {
            return Ok((name.replace('_', "-"), version.to_owned()));
        }
    }
    Err(Error::whole(folder, "no folder `<name>-<version>.dist-info`"))
}

/// `ots` of `alibabacloud-ots20160620`.
fn product(package: &str) -> Option<&str> {
    let name = package.strip_prefix("alibabacloud-")?;
    let (product, version) = name.split_at_checked(name.len().checked_sub(8)?)?;
    (version.chars().all(|c| c.is_ascii_digit()) && !product.is_empty()).then_some(product)
}

/// The operations of a client, sorted. It names each where it sends the request: as
/// `action='CreateX'`, in older packages as the first argument of `do_rpcrequest`.
fn operations(client: &str) -> Vec<Operation> {
    let mut found: BTreeMap<String, Operation> = BTreeMap::new();
    let mut deprecated: Vec<&str> = Vec::new();
    for line in client.lines() {
        let line = line.trim();
        if let Some(note) = line.strip_prefix("@deprecated OpenAPI ") {
            deprecated.extend(note.split(' ').next());
        }
        let call = ["action=", "action =", "do_rpcrequest(", "do_rpcrequest_async("]
            .iter()
            .find_map(|head| line.split_once(head));
        let Some(name) = call.and_then(|(_, rest)| quoted(rest.trim_start())) else {
            continue;
        };
        let operation = Operation { name: name.to_owned(), deprecated: false, actions: Vec::new() };
        found.entry(name.to_ascii_lowercase()).or_insert(operation);
    }
    for name in deprecated {
        if let Some(operation) = found.get_mut(&name.to_ascii_lowercase()) {
            operation.deprecated = true;
        }
    }
    found.into_values().collect()
}

/// The text in quotes at the beginning, if it can be an operation's name.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let (name, _) = text.get(1..)?.split_once(quote)?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products() {
        for (package, expected) in [
            ("alibabacloud-ots20160620", Some("ots")),
            ("alibabacloud-swas-open20200601", Some("swas-open")),
            ("alibabacloud-20200601", None),
            ("alibabacloud-tea", None),
            ("requests20200601", None),
        ] {
            assert_eq!(product(package), expected);
        }
    }

    #[test]
    fn operations_of_both_styles() {
        let client = "
    def create_x_with_options(self):
        params = Params(
            action = 'CreateX',
            version = '2016-06-20',
        )
    async def create_x_with_options_async(self):
        params = Params(
            action='CreateX',
        )
    def old_y(self):
        \"\"\"
        @deprecated OpenAPI OldY is deprecated, please use X instead.
        \"\"\"
        params = Params(action=\"OldY\", version='1')
    def get_a(self):
        self.do_rpcrequest('GetA', '2019-01-01', 'HTTPS', 'POST', 'AK', 'json', req, runtime)
        query['action'] = action
        action = ''
";
        let found = operations(client);
        let found: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.deprecated)).collect();
        assert_eq!(found, [("CreateX", false), ("GetA", false), ("OldY", true)]);
    }
}
