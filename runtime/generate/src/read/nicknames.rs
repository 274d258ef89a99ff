//! Reads `nicknames.tsv`: what people call services beside their RAM codes.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::source::judge_source;
use crate::data::template::is_code;
use crate::data::{Nickname, Product, Service};
use crate::error::Error;
use crate::read::table::read_table;

const HEADER: [&str; 3] = ["name", "code", "source"];

/// The names of the file and those of the products whose actions have another code, sorted. A row
/// of the file wins over the name of a product.
pub(crate) fn read_nicknames(
    file: &Path,
    text: &str,
    services: &[Service],
    products: &[Product],
) -> Result<Vec<Nickname>, Error> {
    let is_service = |code: &str| services.iter().any(|service| service.code == code);
    let mut nicknames: BTreeMap<String, String> = BTreeMap::new();
    for (line, [name, code, source]) in read_table(file, text, HEADER)? {
        let fail = |message: String| Err(Error::at(file, line, message));
        if !is_code(name) {
            return fail(format!("`{name}` is no name"));
        }
        if is_service(name) {
            return fail(format!("`{name}` is the code of a service itself"));
        }
        if !is_service(code) {
            return fail(format!("there is no service `{code}`"));
        }
        if let Err(message) = judge_source(source) {
            return fail(message);
        }
        if nicknames.insert(name.to_owned(), code.to_owned()).is_some() {
            return fail(format!("`{name}` is in the file twice"));
        }
    }
    for product in products.iter().filter(|product| !is_service(&product.product)) {
        nicknames.entry(product.product.clone()).or_insert_with(|| product.code.clone());
    }
    Ok(nicknames.into_iter().map(|(name, code)| Nickname { name, code }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Completeness;

    fn read(rows: &str) -> Result<Vec<(String, String)>, String> {
        let service = |code: &str| Service {
            code: code.to_owned(),
            type_name: String::new(),
            title: String::new(),
            default: false,
            completeness: Completeness::CodeOnly,
            granularity: None,
            prints_arns: false,
            actions: Vec::new(),
        };
        let product = |product: &str, code: &str| Product {
            product: product.to_owned(),
            code: code.to_owned(),
            sure: true,
            sources: Vec::new(),
        };
        let services = ["bss", "bssapi", "cen", "das", "hdm"].map(service);
        let products = [
            product("bssopenapi", "bss"),
            product("cbn", "cen"),
            product("cen", "cen"),
            product("das", "hdm"),
        ];
        let text = format!("{}\n{rows}", HEADER.join("\t"));
        let read = read_nicknames(Path::new("n.tsv"), &text, &services, &products);
        let pair = |row: Nickname| (row.name, row.code);
        read.map(|rows| rows.into_iter().map(pair).collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn products_are_nicknames_unless_they_are_codes() {
        let pairs = |list: &[(&str, &str)]| {
            Ok(list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
        };
        assert_eq!(read(""), pairs(&[("bssopenapi", "bss"), ("cbn", "cen")]));
        assert_eq!(
            read("bssopenapi\tbssapi\tapi-page\nmoney\tbss\tapi-page\n"),
            pairs(&[("bssopenapi", "bssapi"), ("cbn", "cen"), ("money", "bss")])
        );
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (rows, expected) in [
            ("a\tcen\n", "n.tsv:2: 2 columns, not 3"),
            ("A b\tcen\tapi-page\n", "n.tsv:2: `A b` is no name"),
            ("hdm\tcen\tapi-page\n", "n.tsv:2: `hdm` is the code of a service itself"),
            ("a\tb\tapi-page\n", "n.tsv:2: there is no service `b`"),
            ("a\tcen\thearsay\n", "n.tsv:2: unknown source tag `hearsay`"),
            ("a\tcen\tapi-page\na\thdm\tapi-page\n", "n.tsv:3: `a` is in the file twice"),
        ] {
            assert_eq!(read(rows), Err(expected.to_owned()));
        }
    }
}
