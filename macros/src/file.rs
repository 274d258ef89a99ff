//! `policy_file!`: a JSON file beside the crate, tracked as an input of the build.

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::policy::compile::{self, Compiled};
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::rule::{Level, Rule};
use ram_policy_model::source::from_json;
use ram_policy_model::source::syntax::Parameter;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{self, TextRange};
use ram_policy_model::text::place::Text;
use ram_policy_read::claim::{Claim, OF_TEMPLATE, before_document, refuse as refuse_claims};
use ram_policy_read::policy as read_policy;

use crate::claim::{self, Around};
use crate::crate_file::{open, track};
use crate::{additions, excerpt, policy, report};
use ram_policy_read::input::{self, CratePath, Header};
use ram_policy_read::place::Place;

pub(crate) fn expand(stream: TokenStream) -> TokenStream {
    let Some((path, mut tokens)) = input::split(stream) else {
        return report::error(Place::at(proc_macro2::Span::call_site()), "expected a path");
    };
    let mut found = Report::default();
    let header = input::header(&mut tokens, &mut found);
    let mut claims = before_document(&mut tokens, &header, read_policy::read, &mut found);
    if header.is_template {
        refuse_claims(&claims, OF_TEMPLATE, &mut found);
        claims.clear();
    }
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
    let refused = || policy::refused(&path, &header);
    additions::expand_with(at, refused, |additions| {
        let compiled = read(&text, &header, additions);
        let file = File { name, at, text: &text, claims };
        write(&path, &header, &file, additions, compiled)
    })
}

/// Most mistakes of a file that are told one by one.
const MOST_TOLD: usize = 100;

/// The file a macro call names.
struct File<'t> {
    name: String,
    /// The place of its name.
    at: Place,
    text: &'t str,
    /// What is claimed of it.
    claims: Vec<Claim>,
}

/// Writes what the file holds, with what is to be told about it.
fn write(
    path: &CratePath,
    header: &Header,
    file: &File<'_>,
    additions: &Additions,
    compiled: Result<Compiled<TextRange>, Vec<Diagnostic<TextRange>>>,
) -> TokenStream {
    let File { name, at, text, claims } = file;
    let Header { levels, unlisted, .. } = header;
    let around = Around { path, levels, additions, unlisted };
    let document = compiled.as_ref().ok().map(|compiled| &compiled.lowered.document);
    let held = claim::hold(claims, document, &around);
    let (diagnostics, value) = match compiled {
        Ok(compiled) => (compiled.told, policy::write(path, header, &compiled.lowered)),
        Err(diagnostics) => (diagnostics, policy::refused(path, header)),
    };
    let told = |diagnostic: &Diagnostic<TextRange>| {
        let (place, message) = match parameter_of(diagnostic, header) {
            Some(parameter) => (parameter, diagnostic.to_string()),
            None => (*at, locate(name, text, diagnostic)),
        };
        report::one(place, diagnostic.rule, &header.levels, &message)
    };
    // Each shows its line, and notes are for reports.
    let loud = |diagnostic: &&Diagnostic<_>| levels.level(diagnostic.rule) >= Level::Warning;
    let loud: Vec<&Diagnostic<TextRange>> = diagnostics.iter().filter(loud).collect();
    let mut of_policy: TokenStream = loud.iter().copied().take(MOST_TOLD).map(told).collect();
    let others = loud.get(MOST_TOLD..).unwrap_or(&[]);
    let worst = others.iter().find(|diagnostic| levels.is_error(diagnostic.rule));
    if let Some(other) = worst.or(others.first()) {
        let number = others.len();
        let message = format!("`{name}` has {number} more mistakes, `ram-policy check` tells them");
        of_policy.extend(report::one(*at, other.rule, levels, &message));
    }
    let (track, items) = (track(name), held.items);
    let of_claims = report::tell(&held.told, levels);
    quote!({ #track #of_policy #of_claims #items #value })
}

/// The errors of the macro call itself.
fn refuse(path: &CratePath, header: &Header, found: Report<Place>) -> TokenStream {
    let told = report::tell(&found.into_diagnostics(), &header.levels);
    report::before(&told, policy::refused(path, header))
}

fn read(
    text: &str,
    header: &Header,
    additions: &Additions,
) -> Result<Compiled<TextRange>, Vec<Diagnostic<TextRange>>> {
    let mut report = Report::default();
    let value = match json::read(text) {
        Ok(value) => value,
        Err(error) => {
            report.add(error.at, Rule::Syntax, error.value);
            return Err(report.into_diagnostics());
        }
    };
    let mut policy = from_json::read(value, &mut report);
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
    compile::compile(&policy, PolicyKind::Identity, &header.levels, additions, report)
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
    let message = diagnostic.to_string();
    let (sentence, in_ram) = message.split_once('\n').unwrap_or((&message, ""));
    format!("{}\n{in_ram}", excerpt::show(name, text, diagnostic.at, sentence))
}
