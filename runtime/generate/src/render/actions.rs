//! Renders `runtime/src/action/generated`: one enum a service.

use std::path::{Path, PathBuf};

use crate::data::{Action, Catalogue, Granularity, Resources, Service};
use crate::render::lines::{header, items};
use crate::render::source_words::describe_source;

/// Folder of these files.
pub(crate) const FOLDER: &str = "runtime/src/action/generated";

/// The folder's files.
pub(crate) fn render_actions(catalogue: &Catalogue) -> Vec<(PathBuf, String)> {
    let folder = Path::new(FOLDER);
    let mut files = vec![(folder.join("mod.rs"), index(catalogue))];
    for (index, service) in catalogue.services.iter().enumerate() {
        if service.has_enum() {
            let path = folder.join(format!("{}.rs", service.module()));
            files.push((path, header(catalogue) + &actions(service, index)));
        }
    }
    files
}

fn index(catalogue: &Catalogue) -> String {
    let mut rows = String::new();
    for (index, service) in catalogue.services.iter().enumerate() {
        if service.has_enum() {
            rows += &format!(
                "            {}, {}, {:?},\n            {index}, {:?};\n",
                service.module(),
                service.type_name,
                service.code,
                service.title
            );
        }
    }
    format!(
        "{}\n/// Hands every service to a macro: module, enum, code, number and title.\n\
         macro_rules! every_service {{\n    \
             ($($then:tt)+) => {{\n        $($then)+! {{\n{rows}        }}\n    }};\n\
         }}\n\n\
         pub(crate) use every_service;\n\n\
         every_service!(services);\n",
        header(catalogue)
    )
}

fn actions(service: &Service, index: usize) -> String {
    let Service { code, type_name, title, .. } = service;
    let names: Vec<String> = service.actions.iter().map(Action::variant).collect();
    let variants: String =
        service.actions.iter().zip(&names).map(|(action, name)| variant(action, name)).collect();
    let all = items("    ", names.iter().map(|name| format!("{type_name}::{name}")));
    let granularity = service
        .granularity
        .map(|granularity| format!("///\n/// {}.\n", Granularity::sentence(granularity)));
    let granularity = granularity.unwrap_or_default();
    format!(
        "\n/// Actions of {title}, as `{code}:...`.\n\
         {granularity}\
         #[derive(Clone, Copy, PartialEq, Hash, PartialOrd, Ord)]\n\
         #[non_exhaustive]\n\
         #[repr(u16)]\n\
         pub enum {type_name} {{\n{variants}}}\n\n\
         crate::action::actions! {{\n    {type_name}, {code:?}, {index},\n    {all}\n}}\n"
    )
}

fn variant(action: &Action, name: &str) -> String {
    let evidence = action.evidence.sentence();
    let source = describe_source(&action.source);
    let level = match (action.access, action.inferred) {
        (Some(level), _) => level.word().to_owned(),
        (None, Some(level)) => format!("{}, inferred from its verb", level.word()),
        (None, None) => "not known".to_owned(),
    };
    let nothing_else = action.access.is_none()
        && action.resources == Resources::Unknown
        && action.keys.is_empty()
        && action.dependents.is_empty();
    if nothing_else {
        // One line of documentation, because most actions are so and each line costs the compiler.
        return format!(
            "    /// {evidence}: {source}. Access level: {level}. Nothing else is known.\n    {name},\n"
        );
    }
    let mut text = format!("    /// {evidence}: {source}. Access level: {level}.\n");
    text += "    ///\n";
    match &action.resources {
        Resources::Unknown => text += "    /// Resources: not known.\n",
        Resources::Doubtful => {
            text +=
                "    /// Resources: not known; a page says All Resources, others contradict it.\n";
        }
        Resources::Named(types) => {
            let types = types.join(", ");
            text += &format!("    /// Resources: {types}; no page at hand prints the ARN.\n");
        }
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
    text += &format!("    {name},\n");
    text
}

fn list(title: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("    ///\n    /// {title}: {}.\n", names.join(", "))
}
