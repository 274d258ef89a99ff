//! `search`: the catalogue by words.

use std::io::Write as _;

use clap::Args;
use ram_policy_model::catalogue::find::search;
use ram_policy_model::catalogue::{self, Access, Granularity};
use serde::Serialize;

use crate::actions::Action;
use crate::arguments::Format;
use crate::failure::Failure;
use crate::output;

/// Searches services, actions, ARN templates, condition keys and service principals
///
/// Every word must occur, letter case ignored; of an action in its name, as the initials of words of
/// it (`sg` for SecurityGroup), in its resource types or in what its service is called. The actions that
/// go best with the words come first. Exit code 0 also when nothing is found.
#[derive(Args)]
#[command(after_help = "Example: ram-policy search snapshot --access delete")]
pub(crate) struct Arguments {
    /// Words
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    /// Actions of this service alone
    #[arg(long, value_name = "CODE")]
    service: Option<String>,
    /// Actions of this access level alone, documented or inferred: create, delete, get, list, read,
    /// update or write
    #[arg(long, value_name = "LEVEL")]
    access: Option<String>,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Serialize)]
struct Found {
    services: Vec<Service>,
    actions: Vec<Action>,
    condition_keys: Vec<Key>,
    service_principals: Vec<Principal>,
}

#[derive(Serialize)]
struct Service {
    code: &'static str,
    title: &'static str,
    actions: u16,
    /// How narrow its policies can be, in words; absent where RAM's list of services does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    granularity: Option<&'static str>,
}

#[derive(Serialize)]
struct Key {
    key: &'static str,
    value: &'static str,
    meaning: &'static str,
}

#[derive(Serialize)]
struct Principal {
    principal: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    role: &'static str,
}

/// Searches.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let words: Vec<String> = arguments.words.iter().map(|word| word.to_lowercase()).collect();
    let has = |texts: &[&str]| {
        let all = texts.join("\n").to_lowercase();
        words.iter().all(|word| all.contains(word.as_str()))
    };
    let only_actions = arguments.service.is_some() || arguments.access.is_some();
    let in_service = |code: &str| {
        arguments.service.as_ref().is_none_or(|asked| asked.eq_ignore_ascii_case(code))
    };
    let at_level = |access: Option<Access>| {
        arguments.access.as_ref().is_none_or(|asked| {
            access.is_some_and(|one| one.level.name().eq_ignore_ascii_case(asked))
        })
    };
    let services = catalogue::services()
        .filter(|service| !only_actions && has(&[service.code, service.title]))
        .map(|service| Service {
            code: service.table().code,
            title: service.table().title,
            actions: service.len(),
            granularity: service.granularity.map(Granularity::words),
        });
    let actions = search(&arguments.words.join(" "))
        .filter(|row| in_service(row.service().code) && at_level(row.likely_access()))
        .map(Action::of);
    let keys = catalogue::GLOBAL_KEYS
        .iter()
        .chain(catalogue::SERVICES.iter().flat_map(|service| service.condition_keys))
        .filter(|key| !only_actions && has(&[key.name, key.meaning]))
        .map(|key| Key { key: key.name, value: key.value_type.name(), meaning: key.meaning });
    let principals = catalogue::SERVICE_PRINCIPALS
        .iter()
        .filter(|known| !only_actions && has(&[known.principal, known.role]))
        .map(|known| Principal { principal: known.principal, role: known.role });
    let found = Found {
        services: services.collect(),
        actions: actions.collect(),
        condition_keys: keys.collect(),
        service_principals: principals.collect(),
    };
    match arguments.format {
        Format::Json => output::json(&found),
        Format::Text => found.write(),
    }
}

impl Found {
    fn write(&self) -> Result<(), Failure> {
        let mut out = output::out();
        let mut blank = "";
        let mut heading = |out: &mut dyn std::io::Write, title: &str, empty: bool| {
            if empty {
                return Ok(());
            }
            let before = std::mem::replace(&mut blank, "\n");
            writeln!(out, "{before}{title}")
        };
        heading(&mut out, "Services", self.services.is_empty())?;
        for Service { code, title, actions, granularity } in &self.services {
            let granularity = granularity.map_or(String::new(), |words| format!("; {words}"));
            writeln!(out, "  {code}  {title}, {actions} actions{granularity}")?;
        }
        heading(&mut out, "Actions", self.actions.is_empty())?;
        let width = self.actions.iter().map(Action::width).max().unwrap_or(0);
        for action in &self.actions {
            writeln!(out, "  {}", action.line(width))?;
        }
        heading(&mut out, "Condition keys", self.condition_keys.is_empty())?;
        for Key { key, value, meaning } in &self.condition_keys {
            writeln!(out, "  {key}  {value}: {meaning}")?;
        }
        heading(&mut out, "Service principals", self.service_principals.is_empty())?;
        for Principal { principal, role } in &self.service_principals {
            writeln!(out, "  {principal}  {role}")?;
        }
        out.flush()?;
        Ok(())
    }
}
