//! Reads the portal's list of products: which product has which versions.

use std::path::Path;

use serde_json::Value;

use crate::error::Error;

/// One line a product and version, as `Ecs 2014-05-26`, for what fetches the descriptions.
///
/// The list is an array of objects with `code` and `versions`, alone or as `data` or `products` of
/// an object. A code or version that is no plain word is refused: it becomes a part of an address
/// and the name of a folder.
pub fn list_products(file: &Path, text: &str) -> Result<Vec<String>, Error> {
    let fail = |message: String| Error::whole(file, message);
    let list: Value = serde_json::from_str(text).map_err(|error| fail(error.to_string()))?;
    // `get` gives nothing of what is no object.
    let named = || ["data", "products"].iter().find_map(|name| list.get(*name)?.as_array());
    let products = list.as_array().or_else(named);
    let products = products.ok_or_else(|| fail("no list of products".to_owned()))?;
    let mut lines = Vec::new();
    for (index, product) in products.iter().enumerate() {
        let code = product.get("code").and_then(Value::as_str);
        let code = code.filter(|code| is_word(code));
        let code = code.ok_or_else(|| fail(format!("[{index}].code: is no plain word")))?;
        let versions = product.get("versions").and_then(Value::as_array);
        let versions = versions.ok_or_else(|| fail(format!("[{index}].versions: is no array")))?;
        for (at, version) in versions.iter().enumerate() {
            let version = version.as_str().filter(|version| is_word(version));
            let version = version
                .ok_or_else(|| fail(format!("[{index}].versions[{at}]: is no plain word")))?;
            lines.push(format!("{code} {version}"));
        }
    }
    if lines.is_empty() { Err(fail("no products".to_owned())) } else { Ok(lines) }
}

/// Letters, digits, hyphens, underscores and dots, and no dot at the beginning.
fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Result<Vec<String>, String> {
        list_products(Path::new("p.json"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn alone_or_within_an_object() {
        let array = r#"[{"code":"Ecs","name":"ECS","versions":["2014-05-26"]},
            {"code":"R-kvstore","versions":["2015-01-01","2016-02-03"]}]"#;
        let expected = ["Ecs 2014-05-26", "R-kvstore 2015-01-01", "R-kvstore 2016-02-03"];
        for text in [
            array.to_owned(),
            format!(r#"{{"code":0,"data":{array}}}"#),
            format!(r#"{{"products":{array}}}"#),
        ] {
            assert_eq!(list(&text), Ok(expected.map(str::to_owned).to_vec()), "{text}");
        }
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (text, expected) in [
            ("1", "p.json: no list of products"),
            ("[]", "p.json: no products"),
            (r#"[{"versions":[]}]"#, "p.json: [0].code: is no plain word"),
            (r#"[{"code":"../x","versions":["1"]}]"#, "p.json: [0].code: is no plain word"),
            (r#"[{"code":"x"}]"#, "p.json: [0].versions: is no array"),
            (r#"[{"code":"x","versions":["1 2"]}]"#, "p.json: [0].versions[0]: is no plain word"),
        ] {
            assert_eq!(list(text), Err(expected.to_owned()), "{text}");
        }
    }
}
