//! Lists for `SOURCES.md` what the data say of themselves: packages, assumed codes, complete lists.

use crate::data::{Catalogue, Completeness, Service};

/// The file.
pub(crate) const FILE: &str = "runtime/generate/catalogue/SOURCES.md";
/// Where in the file.
pub(crate) const REGION: [&str; 2] = ["<!-- lists: begin", "<!-- lists: end"];

/// Characters in a line.
const WIDTH: usize = 100;

/// The lists.
pub(crate) fn list_sources(catalogue: &Catalogue) -> String {
    let mut packages: Vec<String> = Vec::new();
    for product in &catalogue.products {
        for source in &product.sources {
            if let Some(package) = source.strip_prefix("pypi ") {
                packages.push(format!("`{}` for `{}`", package, product.code));
            }
        }
    }
    let assumed = catalogue.products.iter().filter(|product| !product.sure).map(|product| {
        if product.product == product.code {
            format!("`{}`", product.code)
        } else {
            format!("`{}` of product `{}`", product.code, product.product)
        }
    });
    let of = |kind: Completeness| {
        let services = catalogue.services.iter().filter(move |one| one.completeness == kind);
        services.map(|service: &Service| format!("`{}`", service.code)).collect::<Vec<_>>()
    };
    [
        ("Packages whose operations are in the data, with their versions:", packages),
        ("RAM codes that are assumed:", assumed.collect()),
        ("Services whose list is complete:", of(Completeness::Complete)),
        ("Services known by code only:", of(Completeness::CodeOnly)),
    ]
    .into_iter()
    .map(|(head, names)| folded(head, &names))
    .collect::<String>()
        + "\n"
}

/// A paragraph, folded between the names.
fn folded(head: &str, names: &[String]) -> String {
    let mut text = format!("\n{head}\n");
    let mut width = 0;
    for (index, name) in names.iter().enumerate() {
        let name = name.clone() + if index + 1 == names.len() { "." } else { "," };
        let length = name.chars().count() + 1;
        if width > 0 {
            let fits = width + length <= WIDTH;
            text.push(if fits { ' ' } else { '\n' });
            width = if fits { width } else { 0 };
        }
        width += length;
        text += &name;
    }
    text + "\n"
}
