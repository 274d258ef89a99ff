//! Renders `runtime/src/action/generated`: one enum a service.

use std::path::{Path, PathBuf};

use crate::catalogue::{Access, Action, Catalogue, Resources, Service};
use crate::describe_source::describe_source;
use crate::render_lines::header;

/// Folder of these files.
pub(crate) const FOLDER: &str = "runtime/src/action/generated";

/// The folder's files.
pub(crate) fn render_actions(catalogue: &Catalogue) -> Vec<(PathBuf, String)> {
    let folder = Path::new(FOLDER);
    let mut files = vec![(folder.join("mod.rs"), index(catalogue))];
    for service in &catalogue.services {
        let path = folder.join(format!("{}.rs", service.module()));
        files.push((path, header(catalogue) + &actions(service)));
    }
    files
}

fn index(catalogue: &Catalogue) -> String {
    let mut rows = String::new();
    for (index, service) in catalogue.services.iter().enumerate() {
        rows += &format!(
            "    {}, {}, {:?}, {index}, {:?};\n",
            service.module(),
            service.type_name,
            service.code,
            service.title
        );
    }
    format!("{}\nservices! {{\n{rows}}}\n", header(catalogue))
}

fn actions(service: &Service) -> String {
    let Service { code, type_name, title, .. } = service;
    let variants: String = service.actions.iter().map(variant).collect();
    format!(
        "\nuse strum::{{Display, EnumCount, EnumIter, IntoStaticStr, VariantArray}};\n\n\
         /// Actions of {title}, as `{code}:...`.\n\
         #[derive(\n    \
             Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Display, EnumCount, EnumIter,\n    \
             IntoStaticStr, VariantArray,\n\
         )]\n\
         #[strum(prefix = \"{code}:\")]\n\
         #[non_exhaustive]\n\
         #[repr(u16)]\n\
         pub enum {type_name} {{\n{variants}}}\n"
    )
}

fn variant(action: &Action) -> String {
    let evidence = action.evidence.sentence();
    let source = describe_source(&action.source);
    let level = action.access.map_or("not known", Access::word);
    let mut text = format!("    /// {evidence}: {source}. Access level: {level}.\n");
    text += "    ///\n";
    match &action.resources {
        Resources::Unknown => text += "    /// Resources: not known.\n",
        Resources::All => text += "    /// Resources: All Resources.\n",
        Resources::Types(types) => {
            text += "    /// Resources:\n";
            for one in types {
                let required = if one.required { ", required" } else { "" };
                text += &format!("    /// - `{}` ({}{required})\n", one.template, one.name);
            }
        }
    }
    text += &list("Condition keys", &action.keys);
    text += &list("Also needs", &action.dependents);
    text += &format!("    {},\n", action.name);
    text
}

fn list(title: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("    ///\n    /// {title}: {}.\n", names.join(", "))
}
