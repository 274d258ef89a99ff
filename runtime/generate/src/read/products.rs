//! Reads `products.tsv`: the RAM codes of the API's products.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::Product;
use crate::data::source::judge_source;
use crate::data::template::is_code;
use crate::error::Error;
use crate::read::table::read_table;

pub(crate) const HEADER: [&str; 4] = ["product", "code", "certainty", "source"];

/// The products, sorted; one that uses several codes stands there several times.
pub(crate) fn read_products(file: &Path, text: &str) -> Result<Vec<Product>, Error> {
    let mut products = BTreeMap::new();
    for (line, cells) in read_table(file, text, HEADER)? {
        let product = product(cells).map_err(|message| Error::at(file, line, message))?;
        let message =
            format!("product `{}` has the code `{}` twice", product.product, product.code);
        let key = (product.product.clone(), product.code.clone());
        if products.insert(key, product).is_some() {
            return Err(Error::at(file, line, message));
        }
    }
    Ok(products.into_values().collect())
}

fn product([product, code, certainty, source]: [&str; 4]) -> Result<Product, String> {
    for text in [product, code] {
        if !is_code(text) {
            return Err(format!("`{text}` is no code"));
        }
    }
    let sure = match certainty {
        "sure" => true,
        "assumed" => false,
        other => return Err(format!("certainty is `{other}`, not sure or assumed")),
    };
    judge_source(source)?;
    Ok(Product { product: product.to_owned(), code: code.to_owned(), sure, sources: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Vec<Product>, Error> {
        read_products(Path::new("p.tsv"), &format!("{}\n{rows}", HEADER.join("\t")))
    }

    #[test]
    fn one_product_may_use_several_codes() {
        let rows = "bssopenapi\tbssapi\tsure\tapi-page\nbssopenapi\tbss\tassumed\tunconfirmed\n";
        let products = read(rows).unwrap_or_default();
        let found: Vec<_> = products.iter().map(|row| (row.code.as_str(), row.sure)).collect();
        assert_eq!(found, [("bss", false), ("bssapi", true)]);
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (rows, expected) in [
            ("cbn\tcen\tsure\n", "p.tsv:2: 3 columns, not 4"),
            ("cbn\tCEN\tsure\tapi-page\n", "p.tsv:2: `CEN` is no code"),
            ("\tcen\tsure\tapi-page\n", "p.tsv:2: `` is no code"),
            ("cbn\tcen\tyes\tapi-page\n", "p.tsv:2: certainty is `yes`, not sure or assumed"),
            ("cbn\tcen\tsure\thearsay\n", "p.tsv:2: unknown source tag `hearsay`"),
            (
                "cbn\tcen\tsure\tapi-page\ncbn\tcen\tsure\tapi-page\n",
                "p.tsv:3: product `cbn` has the code `cen` twice",
            ),
        ] {
            assert_eq!(read(rows).err().map(|error| error.to_string()).as_deref(), Some(expected));
        }
    }
}
