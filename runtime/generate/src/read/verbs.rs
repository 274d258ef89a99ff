//! Reads `verbs.tsv`, and infers the access level of an action from the verb of its name.
//!
//! The levels in the file are judgements; how many of the documented rows agree is counted, and a
//! verb with which too few agree is an error.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::{Access, Action, Service, Verb};
use crate::error::Error;
use crate::read::table::read_table;

pub(crate) const HEADER: [&str; 4] = ["verb", "level", "rows", "agree"];

/// Stands for every verb that has no row of its own.
const OTHERS: &str = "*";

/// Of a hundred documented rows with a verb, this many must agree at least.
const LEAST: usize = 97;

/// The verbs in the order of the file, with the counts of these services' rows.
pub(crate) fn read_verbs(
    file: &Path,
    text: &str,
    services: &[Service],
) -> Result<Vec<Verb>, Error> {
    let mut verbs: Vec<Verb> = Vec::new();
    // What the file says of the counts is written anew by the generator.
    for (line, [name, level, ..]) in read_table(file, text, HEADER)? {
        let fail = |message: String| Err(Error::at(file, line, message));
        if name != OTHERS && verb(name) != name {
            return fail(format!("`{name}` is no verb"));
        }
        let level = match level {
            "" => None,
            word => match Access::ALL.iter().find(|(known, _)| *known == word) {
                Some((_, level)) => Some(*level),
                None => return fail(format!("unknown access level `{word}`")),
            },
        };
        if verbs.iter().any(|known| known.name == name) {
            return fail(format!("`{name}` is in the file twice"));
        }
        let counted = count(name, level, &verbs, services);
        if let (Some(level), Some((rows, agree))) = (level, counted)
            && (rows == 0 || agree * 100 < rows * LEAST)
        {
            let message = format!(
                "`{name}` is taken for `{}`, and only {agree} of {rows} documented rows agree",
                level.word()
            );
            return fail(message);
        }
        verbs.push(Verb { name: name.to_owned(), level, counted });
    }
    Ok(verbs)
}

/// Documented rows with the verb, and those that agree with the level. Those of the other verbs
/// are the rows of every verb that is not listed as reading: whether a name that does not begin
/// with one of these writes.
fn count(
    name: &str,
    level: Option<Access>,
    before: &[Verb],
    services: &[Service],
) -> Option<(usize, usize)> {
    let level = level?;
    let is_meant = |action: &Action| {
        let found = verb(&action.name);
        if name == OTHERS {
            before.iter().all(|known| known.name != found || !known.level.is_some_and(reads))
        } else {
            found == name
        }
    };
    let rows = services.iter().flat_map(|service| &service.actions);
    let levels: Vec<Access> =
        rows.filter(|row| is_meant(row)).filter_map(|row| row.access).collect();
    let agree = levels.iter().filter(|found| agrees(level, **found)).count();
    Some((levels.len(), agree))
}

/// Whether a documented level is the one that is inferred, as far as its word says: older pages
/// print `read` for get and list, and `write` for the rest.
fn agrees(inferred: Access, documented: Access) -> bool {
    let is_coarse = |level| matches!(level, Access::Read | Access::Write);
    inferred == documented
        || reads(inferred) == reads(documented) && (is_coarse(inferred) || is_coarse(documented))
}

fn reads(level: Access) -> bool {
    match level {
        Access::Get | Access::List | Access::Read => true,
        Access::Create | Access::Delete | Access::Update | Access::Write => false,
    }
}

/// Infers the level of each action that no document gives one.
pub(crate) fn infer_access(services: &mut [Service], verbs: &[Verb]) {
    let levels: BTreeMap<&str, Option<Access>> =
        verbs.iter().map(|verb| (verb.name.as_str(), verb.level)).collect();
    let others = levels.get(OTHERS).copied().flatten();
    for action in services.iter_mut().flat_map(|service| &mut service.actions) {
        if action.access.is_none() {
            let variant = action.variant();
            action.inferred = levels.get(verb(&variant)).copied().unwrap_or(others);
        }
    }
}

/// The verb a name begins with: `Describe` of `DescribeInstances`.
fn verb(name: &str) -> &str {
    let is_small = |c: char| c.is_ascii_lowercase();
    let first = name.chars().next().map_or(0, char::len_utf8);
    let small =
        name.get(first..).map_or(0, |rest| rest.find(|c| !is_small(c)).unwrap_or(rest.len()));
    let end = if small > 0 {
        first + small
    } else {
        // An acronym stands there instead, as in `PUB`.
        name.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(name.len())
    };
    name.get(..end).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Completeness, Evidence, Resources};

    fn services(rows: &[(&str, Option<Access>)]) -> Vec<Service> {
        let action = |(name, access): &(&str, Option<Access>)| Action {
            line: 2,
            name: (*name).to_owned(),
            access: *access,
            inferred: None,
            resources: Resources::Unknown,
            keys: Vec::new(),
            dependents: Vec::new(),
            evidence: Evidence::Documented,
            source: "api-page".to_owned(),
        };
        vec![Service {
            code: "x".to_owned(),
            type_name: "X".to_owned(),
            title: "X".to_owned(),
            default: false,
            completeness: Completeness::Partial,
            granularity: None,
            prints_arns: false,
            actions: rows.iter().map(action).collect(),
        }]
    }

    #[test]
    fn verbs_of_names() {
        for (name, expected) in [
            ("DescribeInstances", "Describe"),
            ("Describe95TrafficInfo", "Describe"),
            ("getEmonUserConfig", "get"),
            ("PUB", "PUB"),
            ("SDKGenerate", "SDKG"),
            ("Get", "Get"),
            ("A", "A"),
            ("", ""),
        ] {
            assert_eq!(verb(name), expected, "{name}");
        }
    }

    #[test]
    fn an_older_word_agrees_with_what_it_covers() {
        for (inferred, documented, expected) in [
            (Access::Read, Access::List, true),
            (Access::Read, Access::Read, true),
            (Access::Create, Access::Write, true),
            (Access::Write, Access::Delete, true),
            (Access::Create, Access::Update, false),
            (Access::Get, Access::List, false),
            (Access::Read, Access::Write, false),
            (Access::Write, Access::Get, false),
        ] {
            assert_eq!(agrees(inferred, documented), expected, "{inferred:?} {documented:?}");
        }
    }

    #[test]
    fn a_level_is_inferred_where_none_is_documented() -> Result<(), Error> {
        let mut services = services(&[
            ("GetA", Some(Access::List)),
            ("getB", None),
            ("CreateA", Some(Access::Write)),
            ("MoveA", None),
            ("SearchA", None),
        ]);
        let text = "verb\tlevel\trows\tagree\nGet\tread\t\t\nSearch\t\t\t\n*\twrite\t\t\n";
        let verbs = read_verbs(Path::new("v.tsv"), text, &services)?;
        let counts: Vec<_> = verbs.iter().map(|verb| verb.counted).collect();
        assert_eq!(counts, [Some((1, 1)), None, Some((1, 1))]);
        infer_access(&mut services, &verbs);
        let found: Vec<_> = services
            .iter()
            .flat_map(|service| &service.actions)
            .map(|row| (row.access, row.inferred))
            .collect();
        assert_eq!(
            found,
            [
                (Some(Access::List), None),
                (None, Some(Access::Read)),
                (Some(Access::Write), None),
                (None, Some(Access::Write)),
                (None, None),
            ]
        );
        Ok(())
    }

    #[test]
    fn every_mistake_is_an_error() {
        let services = services(&[("GetA", Some(Access::Get)), ("GetB", Some(Access::Update))]);
        for (rows, expected) in [
            ("Get\tread\t\n", "v.tsv:2: 3 columns, not 4"),
            ("GetA\tread\t\t\n", "v.tsv:2: `GetA` is no verb"),
            ("Get\tall\t\t\n", "v.tsv:2: unknown access level `all`"),
            ("Put\t\t\t\nPut\t\t\t\n", "v.tsv:3: `Put` is in the file twice"),
            (
                "Get\tread\t2\t2\n",
                "v.tsv:2: `Get` is taken for `read`, and only 1 of 2 documented rows agree",
            ),
            (
                "Put\twrite\t\t\n",
                "v.tsv:2: `Put` is taken for `write`, and only 0 of 0 documented rows agree",
            ),
        ] {
            let text = format!("{}\n{rows}", HEADER.join("\t"));
            let error = read_verbs(Path::new("v.tsv"), &text, &services).err();
            assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(expected));
        }
    }
}
