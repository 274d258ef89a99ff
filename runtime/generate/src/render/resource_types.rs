//! Renders `runtime/src/resource_type/generated.rs`: one module of constants a service code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::data::{Catalogue, Resources};
use crate::model::arn::Arn;
use crate::render::lines::header;

/// The file.
const FILE: &str = "runtime/src/resource_type/generated.rs";

/// A resource type: every spelling of its name, and every template.
#[derive(Default)]
struct Kind<'c> {
    names: BTreeSet<&'c str>,
    templates: BTreeSet<&'c str>,
}

/// The file with its text.
pub(crate) fn render_resource_types(catalogue: &Catalogue) -> (PathBuf, String) {
    // By the code in the ARN, then by the name without case, blanks and hyphens: the documents
    // write both `VPC` and `vpc`.
    let mut codes: BTreeMap<&str, BTreeMap<String, Kind<'_>>> = BTreeMap::new();
    for action in catalogue.services.iter().flat_map(|service| &service.actions) {
        let Resources::Types(types) = &action.resources else { continue };
        for one in types {
            let code = Arn::split(&one.template).map_or("", |fields| fields.service);
            let key = constant(&one.name).to_ascii_lowercase();
            let kind = codes.entry(code).or_default().entry(key).or_default();
            kind.names.insert(&one.name);
            kind.templates.insert(&one.template);
        }
    }
    let mut text = header(catalogue);
    for (code, kinds) in &codes {
        let title = catalogue.services.iter().find(|service| service.code == *code);
        let title = title.filter(|service| service.has_enum());
        text += &module(code, title.map(|service| service.title.as_str()), kinds.values());
    }
    (Path::new(FILE).to_owned(), text)
}

/// Resource types of a code that is no service need no feature.
fn module<'c>(
    code: &str,
    title: Option<&str>,
    kinds: impl Iterator<Item = &'c Kind<'c>>,
) -> String {
    let (doc, feature) = match title {
        Some(title) => {
            (format!("Resource types of {title}."), format!("#[cfg(feature = {code:?})]\n"))
        }
        None => (format!("Resource types `acs:{code}:...`."), String::new()),
    };
    let constants: String = kinds.map(constant_of).collect();
    format!(
        "\n/// {doc}\n\
         {feature}\
         #[rustfmt::skip]\n\
         #[allow(non_upper_case_globals, reason = \"the constants are spelt as the documents spell the types\")]\n\
         pub mod {} {{\n    \
             use crate::resource_type::ResourceKind;\n\n\
         {constants}}}\n",
        code.replace('-', "_")
    )
}

fn constant_of(kind: &Kind<'_>) -> String {
    // Capitals sort first, and the newer documents write them.
    let name = kind.names.first().copied().unwrap_or("");
    let templates: Vec<String> =
        kind.templates.iter().map(|template| format!("`{template}`")).collect();
    let literals: Vec<String> =
        kind.templates.iter().map(|template| format!("{template:?}")).collect();
    format!(
        "    /// {name}: {}.\n    \
             pub const {}: ResourceKind = ResourceKind::new({name:?}, &[{}]);\n",
        templates.join(", "),
        constant(name),
        literals.join(", ")
    )
}

/// The name as a Rust name: `Alias container` is `AliasContainer`.
fn constant(name: &str) -> String {
    let mut text = String::new();
    for (index, word) in name.split([' ', '-']).filter(|word| !word.is_empty()).enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index > 0 => text.push(first.to_ascii_uppercase()),
            Some(first) => text.push(first),
            None => {}
        }
        text.extend(letters);
    }
    // No Rust name begins with a digit.
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        text.insert(0, '_');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::constant;

    #[test]
    fn names_are_rust_names() {
        for (name, expected) in [
            ("Instance", "Instance"),
            ("Alias container", "AliasContainer"),
            ("saml-provider", "samlProvider"),
            ("Group ID", "GroupID"),
            ("5GInstance", "_5GInstance"),
            (" -x", "x"),
        ] {
            assert_eq!(constant(name), expected, "{name:?}");
        }
    }
}
