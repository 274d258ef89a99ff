//! Renders the Cargo features of `runtime/Cargo.toml`: one a service that has actions.

use crate::data::Catalogue;

/// The file.
pub(crate) const FILE: &str = "runtime/Cargo.toml";
/// Where in the file.
pub(crate) const REGION: [&str; 2] = ["# services: begin", "# services: end"];

/// The features, `default` and `all-services` included.
pub(crate) fn render_features(catalogue: &Catalogue) -> String {
    let services = || catalogue.services.iter().filter(|service| service.has_enum());
    let on = services().filter(|service| service.default).map(|service| &*service.code);
    let mut text = feature("default", ["alloc"].into_iter().chain(on));
    for service in services() {
        text += &format!("{} = []\n", service.code);
    }
    text + &feature("all-services", services().map(|service| &*service.code))
}

fn feature<'a>(name: &str, others: impl Iterator<Item = &'a str>) -> String {
    let lines: String = others.map(|other| format!("    {other:?},\n")).collect();
    format!("{name} = [\n{lines}]\n")
}
