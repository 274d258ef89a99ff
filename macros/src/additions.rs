//! `ram-catalogue.json` beside the crate's `Cargo.toml`: read once, an input of the build.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::catalogue::additions::{Additions, FILE_NAME, Mistake, Subject};

use crate::{crate_file, excerpt, report};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::source::selection::Selection;
use ram_policy_read::place::Place;

/// The file of a crate.
enum Local {
    /// There is none.
    Missing,
    /// It is good.
    Read(Additions),
    /// It cannot be read, for this reason.
    Unreadable(String),
    /// It has these mistakes, ready to be shown.
    Wrong(Vec<String>),
}

/// A compiler builds one crate, an editor's server many, so each folder is looked into once.
static CRATES: Mutex<BTreeMap<OsString, Arc<Local>>> = Mutex::new(BTreeMap::new());

/// Expands a policy with the additions of its crate; `refused` stands for it while their file is
/// wrong, because then nothing can be said of the policy. `at` is where the file's mistakes are
/// reported.
pub(crate) fn expand_with(
    at: Place,
    refused: impl FnOnce() -> TokenStream,
    expand: impl FnOnce(&Additions) -> TokenStream,
) -> TokenStream {
    match &*of_crate() {
        Local::Missing => expand(&Additions::new()),
        Local::Read(additions) => {
            let (track, value) = (crate_file::track(FILE_NAME), expand(additions));
            quote!({ #track #value })
        }
        Local::Unreadable(reason) => report::before(&report::error(at, reason), refused()),
        Local::Wrong(mistakes) => {
            let (track, value) = (crate_file::track(FILE_NAME), refused());
            let errors = mistakes.iter().map(|mistake| report::error(at, mistake));
            quote!({ #track #(#errors)* #value })
        }
    }
}

/// As [`expand_with`], for items in the place of a value.
pub(crate) fn items_with(at: Place, expand: impl FnOnce(&Additions) -> TokenStream) -> TokenStream {
    match &*of_crate() {
        Local::Missing => expand(&Additions::new()),
        Local::Read(additions) => {
            let (track, items) = (crate_file::track(FILE_NAME), expand(additions));
            quote!(#track #items)
        }
        Local::Unreadable(reason) => report::error(at, reason),
        Local::Wrong(mistakes) => {
            let track = crate_file::track(FILE_NAME);
            let errors = mistakes.iter().map(|mistake| report::error(at, mistake));
            quote!(#track #(#errors)*)
        }
    }
}

/// Whether the crate's file adds something of this name, for which there is no Rust name.
pub(crate) fn has_new(subject: Subject, name: &str) -> bool {
    match &*of_crate() {
        Local::Read(additions) => additions.has_new(subject, name),
        Local::Missing | Local::Unreadable(_) | Local::Wrong(_) => false,
    }
}

/// What a selection selects, in words for an editor.
pub(crate) fn selected(selection: &Selection<Place>) -> String {
    let local = of_crate();
    let none = Additions::new();
    let additions = match &*local {
        Local::Read(additions) => additions,
        Local::Missing | Local::Unreadable(_) | Local::Wrong(_) => &none,
    };
    match selection.chosen(additions, &mut Report::default()) {
        Some(chosen) => {
            let names: Vec<String> = chosen.names().map(|name| format!("- `{name}`")).collect();
            let (text, pin) = (&selection.text.value, chosen.pin());
            format!("`{text}` selects, with the pin `{pin}`:\n\n{}", names.join("\n"))
        }
        None => format!("`{}` selects nothing.", selection.text.value),
    }
}

/// The file of the crate that is compiled.
fn of_crate() -> Arc<Local> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let mut crates = CRATES.lock().unwrap_or_else(PoisonError::into_inner);
    let read = |folder: &OsString| Arc::new(read(folder.as_ref()));
    Arc::clone(crates.entry(folder).or_insert_with_key(read))
}

fn read(folder: &Path) -> Local {
    let bytes = match std::fs::read(folder.join(FILE_NAME)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Local::Missing,
        Err(error) => return Local::Unreadable(format!("cannot read `{FILE_NAME}`: {error}")),
    };
    let text = match crate_file::decode(FILE_NAME, bytes) {
        Ok(text) => text,
        Err(message) => return Local::Wrong(vec![message]),
    };
    match Additions::from_json(&text) {
        Ok(additions) => Local::Read(additions),
        Err(error) => {
            let show = |mistake: &Mistake| {
                excerpt::show(FILE_NAME, &text, mistake.range(), mistake.message())
            };
            Local::Wrong(error.mistakes().iter().map(show).collect())
        }
    }
}
