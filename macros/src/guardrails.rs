//! `ram-guardrails.json` beside the crate's `Cargo.toml`: read once, an input of the build, and asked of
//! every policy of the crate.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use proc_macro2::TokenStream;
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::claim::organisation::{FILE_NAME, OrganisationRules, Written};
use ram_policy_model::document::lower::Lowered;
use ram_policy_model::policy::reader::Reader;
use ram_policy_model::report::diagnostic::Diagnostic;
use ram_policy_model::source::syntax::Policy;

use crate::{crate_file, excerpt, report};
use ram_policy_read::place::Place;

/// The file of a crate: its rules, or its mistakes, ready to be shown.
type Local = Result<OrganisationRules, Vec<String>>;

/// A compiler builds one crate, an editor's server many, so each folder is looked into once; `None` where
/// there is no file.
static CRATES: Mutex<BTreeMap<OsString, Option<Arc<Local>>>> = Mutex::new(BTreeMap::new());

/// What came of asking a policy.
pub(crate) struct Asked<L> {
    /// The rules that it breaks.
    pub(crate) broken: Vec<Diagnostic<L>>,
    /// Items that make the file an input of the build, and the mistakes of the file.
    pub(crate) items: TokenStream,
}

/// Asks a policy, of which `at` is a place; a template is asked when it is bound.
pub(crate) fn ask<L: Copy>(
    at: Place,
    policy: &Policy<L>,
    lowered: Option<&Lowered>,
    file: Option<&str>,
    reader: Reader<'_>,
) -> Asked<L> {
    let mut asked = Asked { broken: Vec::new(), items: TokenStream::new() };
    let Some(local) = of_crate(reader.additions()) else { return asked };
    asked.items = crate_file::track(FILE_NAME);
    match &*local {
        Ok(rules) if policy.parameters.is_empty() => {
            let own = source_file(at);
            let document = lowered.map(|lowered| &lowered.document);
            let file = file.unwrap_or(&own);
            asked.broken = rules.check(&Written { file, policy, document, bounds: None, reader });
        }
        Ok(_) => {}
        Err(mistakes) => {
            asked.items.extend(mistakes.iter().map(|mistake| report::error(at, mistake)));
        }
    }
    asked
}

/// The path of the source file; empty outside a compiler.
fn source_file(at: Place) -> String {
    if proc_macro::is_available() { at.start.unwrap().file() } else { String::new() }
}

/// The file of the crate that is compiled.
fn of_crate(additions: &Additions) -> Option<Arc<Local>> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let mut crates = CRATES.lock().unwrap_or_else(PoisonError::into_inner);
    let read = |folder: &OsString| read(folder.as_ref(), additions).map(Arc::new);
    crates.entry(folder).or_insert_with_key(read).clone()
}

fn read(folder: &Path, additions: &Additions) -> Option<Local> {
    let bytes = match std::fs::read(folder.join(FILE_NAME)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(error) => return Some(Err(vec![format!("cannot read `{FILE_NAME}`: {error}")])),
    };
    let text = match crate_file::decode(FILE_NAME, bytes) {
        Ok(text) => text,
        Err(message) => return Some(Err(vec![message])),
    };
    Some(OrganisationRules::from_json(&text, additions).map_err(|error| {
        error.mistakes().map(|(at, message)| excerpt::show(FILE_NAME, &text, at, message)).collect()
    }))
}
