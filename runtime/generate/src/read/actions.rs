//! Reads `services/<code>.tsv`: the actions of one service.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::source::judge_source;
use crate::data::template::{check_template, is_code};
use crate::data::{Access, Action, Evidence, Resource, Resources};
use crate::error::Error;
use crate::read::table::{items, read_table};

pub(crate) const HEADER: [&str; 6] =
    ["action", "access_level", "resources", "condition_keys", "dependent_actions", "source"];

/// Stands behind a type whose ARN could not be read.
const UNREADABLE: &str = "=?";

/// The actions, sorted by ASCII lower case.
pub(crate) fn read_actions(file: &Path, text: &str) -> Result<Vec<Action>, Error> {
    // RAM ignores case, so two spellings of one action would be one action twice.
    let mut actions = BTreeMap::new();
    for (line, cells) in read_table(file, text, HEADER)? {
        let action = action(line, cells).map_err(|message| Error::at(file, line, message))?;
        let message = format!("action `{}` stands in the file twice", action.name);
        if actions.insert(action.name.to_ascii_lowercase(), action).is_some() {
            return Err(Error::at(file, line, message));
        }
    }
    if actions.is_empty() {
        return Err(Error::whole(file, "no actions"));
    }
    Ok(actions.into_values().collect())
}

fn action(line: usize, cells: [&str; 6]) -> Result<Action, String> {
    let [name, access, resources, keys, dependents, source] = cells;
    if !is_action_name(name) {
        return Err(format!("`{name}` is no action name"));
    }
    Ok(Action {
        line,
        name: name.to_owned(),
        access: access_level(access)?,
        inferred: None,
        resources: resource_types(resources)?,
        keys: condition_keys(keys)?,
        dependents: dependent_actions(dependents)?,
        evidence: evidence(source)?,
        source: source.to_owned(),
    })
}

/// Action names become Rust variants, so they must be letters and digits.
pub(crate) fn is_action_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && !name.eq_ignore_ascii_case("self")
}

fn access_level(cell: &str) -> Result<Option<Access>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let found = Access::ALL.iter().find(|(word, _)| *word == cell);
    let (_, level) = found.ok_or_else(|| format!("unknown access level `{cell}`"))?;
    Ok(Some(*level))
}

fn resource_types(cell: &str) -> Result<Resources, String> {
    match cell {
        "" => Ok(Resources::Unknown),
        "*" => Ok(Resources::All),
        "*?" => Ok(Resources::Doubtful),
        _ if items(cell).all(|item| item.ends_with(UNREADABLE)) => {
            let named = |item: &str| {
                type_name(item.strip_suffix(UNREADABLE).unwrap_or(item))
                    .map(|(name, _)| name)
                    .map_err(|()| format!("resource `{item}` has no proper type name"))
            };
            items(cell).map(named).collect::<Result<_, _>>().map(Resources::Named)
        }
        _ => {
            let mut types: Vec<Resource> = Vec::new();
            for item in items(cell) {
                let new = resource(item)?;
                if types.iter().any(|old| old.name == new.name && old.template == new.template) {
                    return Err(format!("resource `{item}` stands in the row twice"));
                }
                types.push(new);
            }
            Ok(Resources::Types(types))
        }
    }
}

fn resource(item: &str) -> Result<Resource, String> {
    let pair = item.split_once('=');
    let (name, template) = pair.ok_or_else(|| format!("resource `{item}` has no `=`"))?;
    let (name, required) =
        type_name(name).map_err(|()| format!("resource `{item}` has no proper type name"))?;
    check_template(template)?;
    Ok(Resource { name, template: template.to_owned(), required })
}

/// The name, and whether a `*` before it marks it as required.
fn type_name(text: &str) -> Result<(String, bool), ()> {
    let (name, required) = text.strip_prefix('*').map_or((text, false), |name| (name, true));
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    if name.is_empty() || !name.chars().all(is_letter) {
        Err(())
    } else {
        Ok((name.to_owned(), required))
    }
}

/// Whether the keys exist is checked later, when all are read.
fn condition_keys(cell: &str) -> Result<Vec<String>, String> {
    let mut keys: Vec<String> = Vec::new();
    for key in items(cell) {
        if !key.contains(':') {
            return Err(format!("condition key `{key}` has no service code"));
        }
        if keys.iter().any(|old| old == key) {
            return Err(format!("condition key `{key}` stands in the row twice"));
        }
        keys.push(key.to_owned());
    }
    Ok(keys)
}

fn dependent_actions(cell: &str) -> Result<Vec<String>, String> {
    let dependent = |item: &str| match item.split_once(':') {
        Some((code, name)) if is_code(code) && is_action_name(name) => Ok(item.to_owned()),
        _ => Err(format!("dependent action `{item}` is no `service:Action`")),
    };
    items(cell).map(dependent).collect()
}

fn evidence(cell: &str) -> Result<Evidence, String> {
    judge_source(cell)?.ok_or_else(|| format!("source `{cell}` proves nothing about an action"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Vec<Action>, Error> {
        read_actions(Path::new("ecs.tsv"), &format!("{}\n{rows}", HEADER.join("\t")))
    }

    fn message(rows: &str) -> String {
        read(rows).err().map_or(String::new(), |error| error.to_string())
    }

    #[test]
    fn one_row() {
        let row = "RunInstances\tcreate\t*Disk=acs:ecs:*:*:disk/*;VPC=acs:vpc:*:*:vpc/*\t\
                   ecs:tag/\tvpc:CreateVpc\tapi-page\n";
        let resource = |name: &str, template: &str, required| Resource {
            name: name.to_owned(),
            template: template.to_owned(),
            required,
        };
        let expected = Action {
            line: 2,
            name: "RunInstances".to_owned(),
            access: Some(Access::Create),
            inferred: None,
            resources: Resources::Types(vec![
                resource("Disk", "acs:ecs:*:*:disk/*", true),
                resource("VPC", "acs:vpc:*:*:vpc/*", false),
            ]),
            keys: vec!["ecs:tag/".to_owned()],
            dependents: vec!["vpc:CreateVpc".to_owned()],
            evidence: Evidence::Documented,
            source: "api-page".to_owned(),
        };
        assert_eq!(read(row), Ok(vec![expected]));
    }

    #[test]
    fn what_is_not_known_of_resources() {
        let named = |names: &[&str]| {
            Resources::Named(names.iter().map(|name| (*name).to_owned()).collect())
        };
        for (cell, expected) in [
            ("", Resources::Unknown),
            ("*", Resources::All),
            ("*?", Resources::Doubtful),
            ("*App=?", named(&["App"])),
            ("*App=?;Api group=?", named(&["App", "Api group"])),
        ] {
            let rows = read(&format!("A\t\t{cell}\t\t\tapi-page\n")).unwrap_or_default();
            assert_eq!(rows.first().map(|row| &row.resources), Some(&expected), "{cell}");
        }
    }

    #[test]
    fn sorted_without_case() {
        let rows = read("GetB\t\t\t\t\tapi-page\nGETa\t\t*\t\t\tapi-page\n").unwrap_or_default();
        let found: Vec<_> = rows.iter().map(|row| (row.name.as_str(), &row.resources)).collect();
        assert_eq!(found, [("GETa", &Resources::All), ("GetB", &Resources::Unknown)]);
    }

    #[test]
    fn every_mistake_is_an_error() {
        for (rows, expected) in [
            ("", "ecs.tsv: no actions"),
            ("A\t\t\t\tapi-page\n", "ecs.tsv:2: 5 columns, not 6"),
            ("run!\t\t\t\t\tapi-page\n", "ecs.tsv:2: `run!` is no action name"),
            ("A\tall\t\t\t\tapi-page\n", "ecs.tsv:2: unknown access level `all`"),
            ("A\t\tDisk\t\t\tapi-page\n", "ecs.tsv:2: resource `Disk` has no `=`"),
            (
                "A\t\t*=acs:ecs:*:*:a\t\t\tapi-page\n",
                "ecs.tsv:2: resource `*=acs:ecs:*:*:a` has no proper type name",
            ),
            ("A\t\t*=?\t\t\tapi-page\n", "ecs.tsv:2: resource `*=?` has no proper type name"),
            (
                "A\t\tB=?;D=acs:ecs:*:*:d\t\t\tapi-page\n",
                "ecs.tsv:2: ARN template `?`: does not start with `acs:`",
            ),
            (
                "A\t\tD=acs:ecs:*:*\t\t\tapi-page\n",
                "ecs.tsv:2: ARN template `acs:ecs:*:*`: has fewer than five parts",
            ),
            (
                "A\t\tD=acs:ecs:*:*:d;*D=acs:ecs:*:*:d\t\t\tapi-page\n",
                "ecs.tsv:2: resource `*D=acs:ecs:*:*:d` stands in the row twice",
            ),
            (
                "A\t\t\tResourceOwner\t\tapi-page\n",
                "ecs.tsv:2: condition key `ResourceOwner` has no service code",
            ),
            (
                "A\t\t\tecs:tag/;ecs:tag/\t\tapi-page\n",
                "ecs.tsv:2: condition key `ecs:tag/` stands in the row twice",
            ),
            (
                "A\t\t\t\tDecrypt\tapi-page\n",
                "ecs.tsv:2: dependent action `Decrypt` is no `service:Action`",
            ),
            ("A\t\t\t\t\thearsay\n", "ecs.tsv:2: unknown source tag `hearsay`"),
            (
                "A\t\t\t\t\tseen-in:x\n",
                "ecs.tsv:2: source `seen-in:x` proves nothing about an action",
            ),
            (
                "UnTag\t\t\t\t\tapi-page\nUntag\t\t\t\t\tapi-page\n",
                "ecs.tsv:3: action `Untag` stands in the file twice",
            ),
        ] {
            assert_eq!(message(rows), expected);
        }
    }
}
