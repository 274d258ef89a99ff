//! `policy_file!`: a JSON file beside the crate, tracked as an input of the build.

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::compile::{self, Compiled};
use ram_policy_model::diagnostic::{Diagnostic, Report};
use ram_policy_model::document;
use ram_policy_model::json::{self, TextRange};
use ram_policy_model::lowered::PolicyKind;
use ram_policy_model::rule::Rule;
use ram_policy_model::syntax::{Parameter, Text};

use crate::input::{self, CratePath, Header};
use crate::place::Place;
use crate::{policy, report};

pub(crate) fn expand(stream: TokenStream) -> TokenStream {
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(Place::at(proc_macro2::Span::call_site()), "expected a path");
    };
    let mut found = Report::default();
    let header = input::header(&mut tokens, &mut found);
    let at = tokens.place();
    let Some(name) = tokens.peek_text() else {
        let message =
            format!("expected the path of a JSON file in double quotes, found {}", tokens.found());
        found.add(at, Rule::Grammar, message);
        return refuse(&path, &header, found);
    };
    tokens.skip();
    tokens.take_sign(',');
    if !tokens.is_empty() {
        let message = format!("expected nothing after the path, found {}", tokens.found());
        found.add(tokens.place(), Rule::Grammar, message);
    }
    if !found.is_empty() {
        return refuse(&path, &header, found);
    }
    let text = match open(&name) {
        Ok(text) => text,
        Err(message) => {
            found.add(at, Rule::Grammar, message);
            return refuse(&path, &header, found);
        }
    };
    // Tells the compiler to build again when the file changes, also while it is wrong.
    let track = quote! {
        const _: &[::core::primitive::u8] = ::core::include_bytes!(
            ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #name)
        );
    };
    let (diagnostics, value) = match read(&text, &header) {
        Ok(compiled) => (compiled.told, policy::write(&path, &header, &compiled.lowered)),
        Err(diagnostics) => (diagnostics, policy::refused(&path, &header)),
    };
    let told = |diagnostic: &Diagnostic<TextRange>| {
        let (place, message) = match parameter_of(diagnostic, &header) {
            Some(parameter) => (parameter, diagnostic.to_string()),
            None => (at, locate(&name, &text, diagnostic)),
        };
        report::one(place, diagnostic.rule, &header.levels, &message)
    };
    let told: TokenStream = diagnostics.iter().map(told).collect();
    quote!({ #track #told #value })
}

/// The errors of the macro call itself.
fn refuse(path: &CratePath, header: &Header, found: Report<Place>) -> TokenStream {
    let told = report::tell(&found.into_diagnostics(), &header.levels);
    report::before(&told, policy::refused(path, header))
}

/// Reads the file as text.
fn open(name: &str) -> Result<String, String> {
    if Path::new(name).is_absolute() {
        return Err(format!("`{name}` is absolute, write the path from the crate's `Cargo.toml`"));
    }
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let bytes = std::fs::read(folder.join(name)).map_err(|error| {
        format!("cannot read `{name}`, looked for beside the crate's `Cargo.toml`: {error}")
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        format!("`{name}` is not UTF-8 in line {line}")
    })
}

fn read(text: &str, header: &Header) -> Result<Compiled<TextRange>, Vec<Diagnostic<TextRange>>> {
    let mut report = Report::default();
    let value = match json::read(text) {
        Ok(value) => value,
        Err(error) => {
            report.add(error.at, Rule::Syntax, error.value);
            return Err(report.into_diagnostics());
        }
    };
    let mut policy = document::read(value, &mut report);
    let text = |text: &Text<Place>, at| Text::new(text.value.clone(), at);
    policy.unlisted = header.unlisted.iter().map(|action| text(action, outside(0))).collect();
    policy.parameters = header
        .parameters
        .iter()
        .enumerate()
        .map(|(index, declared)| Parameter {
            name: text(&declared.parameter.name, outside(index)),
            printed: declared.parameter.printed.as_ref().map(|words| text(words, outside(index))),
        })
        .collect();
    compile::compile(&policy, PolicyKind::Identity, &header.levels, report)
}

/// The place of a parameter, which stands in the macro call and not in the file.
fn outside(index: usize) -> TextRange {
    TextRange { start: usize::MAX - index, end: usize::MAX }
}

/// The parameter a mistake is about, if it is about one.
fn parameter_of(diagnostic: &Diagnostic<TextRange>, header: &Header) -> Option<Place> {
    let index = (diagnostic.at.end == usize::MAX).then(|| usize::MAX - diagnostic.at.start)?;
    Some(header.parameters.get(index)?.parameter.name.at)
}

/// The mistake with its file, line, column and the line itself.
fn locate(name: &str, text: &str, diagnostic: &Diagnostic<TextRange>) -> String {
    let TextRange { start, end } = diagnostic.at;
    let before = text.get(..start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let number = before.matches('\n').count() + 1;
    let column = text.get(line_start..start).unwrap_or("").chars().count() + 1;
    let line = text.get(line_start..).unwrap_or("").lines().next().unwrap_or("");
    let shown = line.replace('\t', " ");
    let marked =
        text.get(start..end).unwrap_or("").lines().next().unwrap_or("").chars().count().max(1);
    let gutter = " ".repeat(number.to_string().len());
    let message = diagnostic.to_string();
    let (sentence, in_ram) = message.split_once('\n').unwrap_or((&message, ""));
    format!(
        "{name}:{number}:{column}: {sentence}\n{gutter} |\n{number} | {shown}\n{gutter} | {}{}\n{in_ram}",
        " ".repeat(column - 1),
        "^".repeat(marked),
    )
}
