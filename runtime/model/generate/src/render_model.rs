//! Renders `runtime/model/src/catalogue/generated`: the static tables.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::catalogue::{Access, Catalogue, Key, Resources, Service};
use crate::render_lines::{bytes, header, items, numbers, strings};

/// Folder of these files.
pub(crate) const FOLDER: &str = "runtime/model/src/catalogue/generated";

/// Stands alone in a row of `resources` for "All Resources".
const ALL_RESOURCES: usize = 65535;

/// The folder's files. Numbers that do not fit their arrays would not compile, so none is checked.
pub(crate) fn render_model(catalogue: &Catalogue) -> Vec<(PathBuf, String)> {
    let folder = Path::new(FOLDER);
    let mut files = vec![(folder.join("mod.rs"), index(catalogue))];
    for service in &catalogue.services {
        let path = folder.join(format!("{}.rs", service.module()));
        files.push((path, header(catalogue) + &table(service, &catalogue.keys)));
    }
    files
}

fn index(catalogue: &Catalogue) -> String {
    let mut modules = String::new();
    for service in &catalogue.services {
        modules += &format!("#[rustfmt::skip]\nmod {};\n", service.module());
    }
    let services =
        catalogue.services.iter().map(|service| format!("&{}::SERVICE", service.module()));
    let no_service =
        |key: &&Key| catalogue.services.iter().all(|service| service.code != key.code());
    let keys = catalogue.keys.iter().filter(no_service).map(condition_key);
    let principals = catalogue.principals.iter().map(|row| {
        format!("ServicePrincipal {{ principal: {:?}, role: {:?} }}", row.principal, row.role)
    });
    format!(
        "{}\nuse super::{{ConditionKey, KeyType, Service, ServicePrincipal}};\n\n\
         {modules}\n\
         /// The day the data describe.\n\
         pub const DATA_DATE: &str = {:?};\n\n\
         /// Every service, sorted by code.\n\
         #[rustfmt::skip]\n\
         pub static SERVICES: &[&Service] = {};\n\n\
         /// Condition keys whose code is no service of [`SERVICES`], sorted by name.\n\
         #[rustfmt::skip]\n\
         pub static GLOBAL_KEYS: &[ConditionKey] = {};\n\n\
         /// Service principals, sorted.\n\
         #[rustfmt::skip]\n\
         pub static SERVICE_PRINCIPALS: &[ServicePrincipal] = {};\n",
        header(catalogue),
        catalogue.date,
        items("", services),
        items("", keys),
        items("", principals),
    )
}

fn table(service: &Service, keys: &[Key]) -> String {
    let actions = &service.actions;
    let mut names = String::new();
    let mut name_ends = Vec::new();
    for action in actions {
        names += &action.name;
        name_ends.push(names.len());
        names.push('\n');
    }
    let access: Vec<char> =
        actions.iter().map(|action| action.access.map_or('-', Access::byte)).collect();
    let evidence: Vec<char> = actions.iter().map(|action| action.evidence.byte()).collect();
    let (types, resource_ends, resources) = resources(service);
    let (row_keys, key_ends, row_key_numbers) = row_keys(service);
    let own_keys: Vec<&Key> = keys.iter().filter(|key| key.code() == service.code).collect();

    let mut imports = Vec::new();
    if !own_keys.is_empty() {
        imports.extend(["ConditionKey", "KeyType"]);
    }
    if !types.is_empty() {
        imports.push("ResourceType");
    }
    imports.push("Service");
    let imports = match imports.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("{{{}}}", many.join(", ")),
    };
    let types = types.iter().map(|(name, template)| {
        format!("ResourceType {{ name: {name:?}, template: {template:?} }}")
    });

    format!(
        "\nuse crate::catalogue::{imports};\n\n\
         pub(super) static SERVICE: Service = Service {{\n    \
             code: {:?},\n    \
             type_name: {:?},\n    \
             title: {:?},\n    \
             names: \"\\\n{names}\",\n    \
             name_ends: {},\n    \
             access: {},\n    \
             evidence: {},\n    \
             resource_types: {},\n    \
             resource_ends: {},\n    \
             resources: {},\n    \
             row_keys: {},\n    \
             key_ends: {},\n    \
             keys: {},\n    \
             condition_keys: {},\n\
         }};\n",
        service.code,
        service.type_name,
        service.title,
        numbers(&name_ends),
        bytes(&access),
        bytes(&evidence),
        items("    ", types),
        numbers(&resource_ends),
        numbers(&resources),
        items("    ", row_keys.iter().map(|key| format!("{key:?}"))),
        numbers(&key_ends),
        numbers(&row_key_numbers),
        items("    ", own_keys.into_iter().map(condition_key)),
    )
}

/// The distinct resource types, where each row ends, and the numbers of all rows.
fn resources(service: &Service) -> (Vec<(&str, &str)>, Vec<usize>, Vec<usize>) {
    let mut types = BTreeSet::new();
    for action in &service.actions {
        if let Resources::Types(row) = &action.resources {
            types.extend(row.iter().map(|one| (one.name.as_str(), one.template.as_str())));
        }
    }
    let types: Vec<_> = types.into_iter().collect();
    let (mut ends, mut all) = (Vec::new(), Vec::new());
    for action in &service.actions {
        match &action.resources {
            Resources::Unknown => {}
            Resources::All => all.push(ALL_RESOURCES),
            Resources::Types(row) => all.extend(row.iter().filter_map(|one| {
                let index = types.binary_search(&(&one.name, &one.template)).ok()?;
                Some(index * 2 + usize::from(one.required))
            })),
        }
        ends.push(all.len());
    }
    (types, ends, all)
}

/// The distinct condition keys of the rows, where each row ends, and the numbers of all rows.
fn row_keys(service: &Service) -> (Vec<&str>, Vec<usize>, Vec<usize>) {
    let keys: BTreeSet<&str> =
        service.actions.iter().flat_map(|action| &action.keys).map(String::as_str).collect();
    let keys: Vec<&str> = keys.into_iter().collect();
    let (mut ends, mut all) = (Vec::new(), Vec::new());
    for action in &service.actions {
        all.extend(action.keys.iter().filter_map(|key| keys.binary_search(&key.as_str()).ok()));
        ends.push(all.len());
    }
    (keys, ends, all)
}

fn condition_key(key: &Key) -> String {
    format!(
        "ConditionKey {{ name: {:?}, value_type: KeyType::{}, meaning: {:?}, filled_by: {} }}",
        key.name,
        key.value_type.word(),
        key.meaning,
        strings(&key.filled_by),
    )
}
