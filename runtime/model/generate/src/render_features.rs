//! Renders the Cargo features of `runtime/Cargo.toml`: one a service that has actions.

use crate::catalogue::{Catalogue, Service};

/// The file.
pub(crate) const FILE: &str = "runtime/Cargo.toml";
/// Where in the file.
pub(crate) const REGION: [&str; 2] = ["# services: begin", "# services: end"];

/// The features, `default` and `all-services` included.
pub(crate) fn render_features(catalogue: &Catalogue) -> String {
    let services = || catalogue.services.iter().filter(|service| service.has_enum());
    let mut text = feature("default", services().filter(|service| service.default));
    for service in services() {
        text += &format!("{} = []\n", service.code);
    }
    text + &feature("all-services", services())
}

fn feature<'a>(name: &str, services: impl Iterator<Item = &'a Service>) -> String {
    let lines: String = services.map(|service| format!("    {:?},\n", service.code)).collect();
    format!("{name} = [\n{lines}]\n")
}
