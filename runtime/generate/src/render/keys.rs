//! Renders `runtime/src/key/generated.rs`: one module of constants a service code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::data::{Catalogue, Key, KeyType};
use crate::render::lines::header;

/// The file.
const FILE: &str = "runtime/src/key/generated.rs";

/// The file with its text.
pub(crate) fn render_keys(catalogue: &Catalogue) -> (PathBuf, String) {
    let mut codes: BTreeMap<&str, Vec<&Key>> = BTreeMap::new();
    for key in &catalogue.keys {
        codes.entry(key.code()).or_default().push(key);
    }
    let mut text = header(catalogue);
    for (code, keys) in codes {
        let service = catalogue.services.iter().find(|service| service.code == code);
        let service = service.filter(|service| service.has_enum());
        text += &module(code, service.map(|service| service.title.as_str()), &keys);
    }
    (Path::new(FILE).to_owned(), text)
}

/// Keys of a code that is no service need no feature.
fn module(code: &str, title: Option<&str>, keys: &[&Key]) -> String {
    let (doc, feature) = match title {
        Some(title) => {
            (format!("Condition keys of {title}."), format!("#[cfg(feature = {code:?})]\n"))
        }
        None => (
            format!("Condition keys `{code}:...`, which belong to no single service."),
            String::new(),
        ),
    };
    let mut imports = BTreeSet::new();
    let mut constants = String::new();
    for key in keys {
        let name = key.name.rsplit_once(':').map_or("", |(_, name)| name).replace('-', "_");
        let note =
            if key.value_type == KeyType::Unknown { " (the documents print no type)" } else { "" };
        if let Some(name) = name.strip_suffix('/') {
            imports.insert("TagKey");
            constants += &format!(
                "    /// `{}...`: {}{note}.\n    pub const {name}: TagKey = TagKey::new({:?});\n",
                key.name, key.meaning, key.name
            );
        } else {
            let (value, import) = value_type(key.value_type);
            imports.insert("Key");
            imports.extend(import);
            constants += &format!(
                "    /// `{}`: {}{note}.\n    pub const {name}: Key<{value}> = Key::new({:?});\n",
                key.name, key.meaning, key.name
            );
        }
    }
    let imports: Vec<&str> = imports.into_iter().collect();
    let imports = match imports.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("{{{}}}", many.join(", ")),
    };
    format!(
        "\n/// {doc}\n\
         {feature}\
         #[rustfmt::skip]\n\
         #[allow(non_upper_case_globals, reason = \"the constants are spelt as RAM spells the keys\")]\n\
         pub mod {} {{\n    \
             use crate::key::{imports};\n\n\
         {constants}}}\n",
        code.replace('-', "_")
    )
}

/// The Rust type of the values, and what of `crate::key` it needs.
fn value_type(kind: KeyType) -> (&'static str, Option<&'static str>) {
    match kind {
        KeyType::String | KeyType::Unknown => ("Text", Some("Text")),
        KeyType::Number => ("Number", Some("Number")),
        KeyType::Date => ("Date", Some("Date")),
        KeyType::Boolean => ("bool", None),
        KeyType::Ip => ("core::net::IpAddr", None),
    }
}
