//! Renders `runtime/model/src/catalogue/generated`: the static tables.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::data::{Access, Action, Catalogue, Key, Resources, Service};
use crate::error::Error;
use crate::render::index_of_names::fill_index;
use crate::render::lines::{bytes, header, items, numbers, strings};

/// Folder of these files.
pub(crate) const FOLDER: &str = "runtime/model/src/catalogue/generated";

/// No service has this number.
const FREE_SLOT: usize = 65535;

/// Stands alone in a row of `resources` for "All Resources".
const ALL_RESOURCES: usize = 65535;

/// The folder's files.
pub(crate) fn render_model(catalogue: &Catalogue) -> Result<Vec<(PathBuf, String)>, Error> {
    let folder = Path::new(FOLDER);
    let mut files = vec![
        (folder.join("mod.rs"), overview(catalogue)),
        (folder.join("index_of_names.rs"), header(catalogue) + &index_of_names(catalogue)?),
    ];
    for service in &catalogue.services {
        let path = folder.join(format!("{}.rs", service.module()));
        files.push((path, header(catalogue) + &table(service, &catalogue.keys)));
    }
    Ok(files)
}

fn index_of_names(catalogue: &Catalogue) -> Result<String, Error> {
    let (mut names, mut places) = (Vec::new(), Vec::new());
    for (number, service) in catalogue.services.iter().enumerate() {
        for (row, action) in service.actions.iter().enumerate() {
            names.push(format!("{}:{}", service.code, action.name));
            places.push([number, row]);
        }
    }
    let index = fill_index(&names).ok_or_else(|| {
        Error::whole(Path::new(FOLDER), "the index has no place for some names, change its hash")
    })?;
    let displacements: Vec<usize> = index.displacements.into_iter().map(usize::from).collect();
    let slots = index
        .slots
        .into_iter()
        .flat_map(|name| name.and_then(|name| places.get(name)).copied().unwrap_or([FREE_SLOT; 2]));
    Ok(format!(
        "\nuse crate::catalogue::Numbers;\n\n\
         /// How far each bucket of names is displaced.\n\
         pub(in crate::catalogue) static DISPLACEMENTS: Numbers = {};\n\n\
         /// Service and row of each slot.\n\
         pub(in crate::catalogue) static SLOTS: Numbers = {};\n",
        numbers(&displacements),
        numbers(&slots.collect::<Vec<_>>()),
    ))
}

fn overview(catalogue: &Catalogue) -> String {
    let mut modules = "#[rustfmt::skip]\nmod index_of_names;\n".to_owned();
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
    let nicknames = catalogue
        .nicknames
        .iter()
        .map(|row| format!("Nickname {{ name: {:?}, code: {:?} }}", row.name, row.code));
    let replaced = catalogue.replaced.iter().map(|row| {
        let (code, name) = row.action.split_once(':').unwrap_or((&row.action, ""));
        format!("Replaced {{ code: {code:?}, name: {name:?}, instead: {:?} }}", row.instead)
    });
    let event_names = catalogue
        .event_names
        .iter()
        .map(|row| format!("EventName {{ name: {:?}, means: {:?} }}", row.name, row.means));
    format!(
        "{}\nuse super::{{ConditionKey, EventName, KeyType, Nickname, Replaced, Service, ServicePrincipal}};\n\n\
         {modules}\n\
         pub(super) use index_of_names::{{DISPLACEMENTS, SLOTS}};\n\n\
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
         pub static SERVICE_PRINCIPALS: &[ServicePrincipal] = {};\n\n\
         /// What people call services, sorted by name.\n\
         #[rustfmt::skip]\n\
         pub static NICKNAMES: &[Nickname] = {};\n\n\
         /// Actions whose operation the vendor deprecates, sorted.\n\
         #[rustfmt::skip]\n\
         pub static REPLACED: &[Replaced] = {};\n\n\
         /// What ActionTrail calls otherwise than RAM, types behind services and operations.\n\
         #[rustfmt::skip]\n\
         pub static EVENT_NAMES: &[EventName] = {};\n",
        header(catalogue),
        catalogue.date,
        items("", services),
        items("", keys),
        items("", principals),
        items("", nicknames),
        items("", replaced),
        items("", event_names),
    )
}

/// The byte of the access level; a capital letter when it is inferred.
fn access_byte(action: &Action) -> char {
    let inferred = action.inferred.map(|level| level.byte().to_ascii_uppercase());
    action.access.map(Access::byte).or(inferred).unwrap_or('-')
}

fn table(service: &Service, keys: &[Key]) -> String {
    let actions = &service.actions;
    let mut names = String::new();
    let mut name_ends = Vec::new();
    for action in actions {
        names += &format!("{}:{}", service.code, action.name);
        name_ends.push(names.len());
        names.push('\n');
    }
    let mut access: Vec<char> = actions.iter().map(access_byte).collect();
    if access.iter().all(|byte| *byte == '-') {
        access.clear();
    }
    let evidence: Vec<char> = actions.iter().map(|action| action.evidence.byte()).collect();
    let (types, resource_ends, resources) = resources(service);
    let (row_keys, key_ends, row_key_numbers) = names_of_rows(service, |row| &row.keys);
    let (row_dependents, dependent_ends, dependents) =
        names_of_rows(service, |row| &row.dependents);
    let own_keys: Vec<&Key> = keys.iter().filter(|key| key.code() == service.code).collect();

    let mut imports = vec!["Completeness"];
    if !own_keys.is_empty() {
        imports.extend(["ConditionKey", "KeyType"]);
    }
    if service.granularity.is_some() {
        imports.insert(imports.len() - usize::from(!own_keys.is_empty()), "Granularity");
    }
    imports.push("Numbers");
    if !types.is_empty() {
        imports.push("ResourceType");
    }
    imports.push("Service");
    let imports = imports.join(", ");
    let types = types.iter().map(|(name, template)| {
        format!("ResourceType {{ name: {name:?}, template: {template:?} }}")
    });

    format!(
        "\nuse crate::catalogue::{{{imports}}};\n\n\
         pub(super) static SERVICE: Service = Service {{\n    \
             code: {:?},\n    \
             type_name: {:?},\n    \
             title: {:?},\n    \
             completeness: Completeness::{},\n    \
             granularity: {},\n    \
             has_arns: {},\n    \
             names: \"{}\",\n    \
             name_ends: {},\n    \
             access: {},\n    \
             evidence: {},\n    \
             resource_types: {},\n    \
             resource_ends: {},\n    \
             resources: {},\n    \
             row_keys: {},\n    \
             key_ends: {},\n    \
             keys: {},\n    \
             row_dependents: {},\n    \
             dependent_ends: {},\n    \
             dependents: {},\n    \
             condition_keys: {},\n\
         }};\n",
        service.code,
        service.type_name,
        service.title,
        service.completeness.variant(),
        service.granularity.map_or("None".to_owned(), |granularity| {
            format!("Some(Granularity::{})", granularity.variant())
        }),
        service.has_arns(),
        if names.is_empty() { String::new() } else { format!("\\\n{names}") },
        numbers(&name_ends),
        bytes(&access),
        bytes(&evidence),
        items("    ", types),
        numbers(&resource_ends),
        numbers(&resources),
        items("    ", row_keys.iter().map(|key| format!("{key:?}"))),
        numbers(&key_ends),
        numbers(&row_key_numbers),
        items("    ", row_dependents.iter().map(|action| format!("{action:?}"))),
        numbers(&dependent_ends),
        numbers(&dependents),
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
            Resources::Unknown | Resources::Doubtful | Resources::Named(_) => {}
            Resources::All => all.push(ALL_RESOURCES),
            Resources::Types(row) => all.extend(row.iter().filter_map(|one| {
                let index = types.binary_search(&(&one.name, &one.template)).ok()?;
                Some(index * 2 + usize::from(one.required))
            })),
        }
        ends.push(all.len());
    }
    (types, ends_of(&all, ends), all)
}

/// The distinct names of the rows, where each row ends, and the numbers of all rows.
fn names_of_rows(
    service: &Service,
    of_row: fn(&Action) -> &[String],
) -> (Vec<&str>, Vec<usize>, Vec<usize>) {
    let rows = service.actions.iter().map(of_row);
    let names: BTreeSet<&str> = rows.clone().flatten().map(String::as_str).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let (mut ends, mut all) = (Vec::new(), Vec::new());
    for row in rows {
        all.extend(row.iter().filter_map(|name| names.binary_search(&name.as_str()).ok()));
        ends.push(all.len());
    }
    (names, ends_of(&all, ends), all)
}

/// Where each row ends; nothing when every row is empty.
fn ends_of(all: &[usize], ends: Vec<usize>) -> Vec<usize> {
    if all.is_empty() { Vec::new() } else { ends }
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
