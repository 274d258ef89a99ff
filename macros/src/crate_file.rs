//! Files beside the `Cargo.toml` of the crate: read as text, and tracked as inputs of its build.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;

/// Tells the compiler to build again when a file beside the crate's `Cargo.toml` changes, also
/// while it is wrong.
pub(crate) fn track(name: &str) -> TokenStream {
    quote! {
        const _: &[::core::primitive::u8] = ::core::include_bytes!(
            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #name)
        );
    }
}

/// Reads the file as text.
pub(crate) fn open(name: &str) -> Result<String, String> {
    if Path::new(name).is_absolute() {
        return Err(format!("`{name}` is absolute, write the path from the crate's `Cargo.toml`"));
    }
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let bytes = std::fs::read(folder.join(name)).map_err(|error| {
        format!("cannot read `{name}`, looked for beside the crate's `Cargo.toml`: {error}")
    })?;
    decode(name, bytes)
}

/// The text of a file, without the byte order mark that some editors put in front of it.
pub(crate) fn decode(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        format!("`{name}` is not UTF-8 in line {line}")
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(bare) => bare.to_owned(),
        None => text,
    })
}
