//! `policy_file!`: a JSON file beside the crate, tracked as an input of the build.

use proc_macro2::TokenStream;
use quote::quote;
use ram_policy_model::policy::reader::{Read, Reader, parsed};
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::rule::{Level, Rule};
use ram_policy_model::source::from_json;
use ram_policy_model::source::syntax::ParameterName;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{self, TextRange};
use ram_policy_model::text::place::Text;
use ram_policy_read::claim::{OF_TEMPLATE, before_document, refuse as refuse_claims};
use ram_policy_read::policy as read_policy;

use crate::claim::{self, Around, Claimed};
use crate::crate_file::{open, track};
use crate::{additions, excerpt, guardrails, policy, report};
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
        let unlisted: Vec<String> = header.unlisted.iter().map(|one| one.value.clone()).collect();
        let reader = policy::reader(PolicyKind::Identity, &header, additions);
        let mut read = read(&text, &header, reader.vouching_for(&unlisted));
        let around = Around::of(&path, reader, &header.unlisted);
        let mut claimed = claim::decide(&claims, read.lowered.as_ref(), &around);
        if let Ok(value) = json::read(&text)
            && !header.is_template
        {
            let written = from_json::read(value, &mut Report::default());
            let asked = guardrails::ask(at, &written, read.lowered.as_ref(), Some(&name), reader);
            read.findings.extend(asked.broken);
            claimed.items.extend(asked.items);
        }
        let file = File { name: &name, at, text: &text };
        write(&path, &header, &file, read, &claimed)
    })
}

/// Most mistakes of a file that are reported one by one.
const MOST_REPORTED: usize = 100;

/// The file a macro call names.
struct File<'t> {
    name: &'t str,
    /// The place of its name.
    at: Place,
    text: &'t str,
}

/// Writes the policy of the file, with what was found in it.
fn write(
    path: &CratePath,
    header: &Header,
    file: &File<'_>,
    Read { lowered, findings }: Read<TextRange>,
    claimed: &Claimed,
) -> TokenStream {
    let File { name, at, text } = *file;
    let levels = &header.levels;
    let refused = || policy::refused(path, header);
    let value = lowered.map_or_else(refused, |lowered| policy::write(path, header, &lowered));
    let show = |diagnostic: &Diagnostic<TextRange>| {
        let (place, message) = match parameter_of(diagnostic, header) {
            Some(parameter) => (parameter, diagnostic.to_string()),
            None => (at, locate(name, text, diagnostic)),
        };
        report::one(place, diagnostic.rule, levels, &message)
    };
    // Each shows its line, and notes are for reports.
    let loud = |diagnostic: &&Diagnostic<_>| levels.level(diagnostic.rule) >= Level::Warning;
    let loud: Vec<&Diagnostic<TextRange>> = findings.iter().filter(loud).collect();
    let mut of_policy: TokenStream = loud.iter().copied().take(MOST_REPORTED).map(show).collect();
    let others = loud.get(MOST_REPORTED..).unwrap_or(&[]);
    let worst = others.iter().find(|diagnostic| levels.is_error(diagnostic.rule));
    if let Some(other) = worst.or(others.first()) {
        let number = others.len();
        let message =
            format!("`{name}` has {number} more mistakes, `ram-policy check` reports them");
        of_policy.extend(report::one(at, other.rule, levels, &message));
    }
    let (track, items) = (track(name), &claimed.items);
    let of_claims = report::all(&claimed.findings, levels);
    quote!({ #track #of_policy #of_claims #items #value })
}

/// The errors of the macro call itself.
fn refuse(path: &CratePath, header: &Header, found: Report<Place>) -> TokenStream {
    let errors = report::all(&found.into_diagnostics(), &header.levels);
    report::before(&errors, policy::refused(path, header))
}

/// Reads the text with the parameters that the macro call declares.
fn read(text: &str, header: &Header, reader: Reader<'_>) -> Read<TextRange> {
    let (mut policy, found) = match parsed(text) {
        Ok(parsed) => parsed,
        Err(found) => return Read { lowered: None, findings: found.into_diagnostics() },
    };
    let text = |text: &Text<Place>, index| Text::new(text.value.clone(), outside(index));
    let parameters = header.parameters.iter().enumerate();
    let parameters = parameters.map(|(index, declared)| ParameterName {
        name: text(&declared.parameter.name, index),
        printed: declared.parameter.printed.as_ref().map(|words| text(words, index)),
    });
    policy.parameters = parameters.collect();
    reader.tree(&policy, found)
}

/// The place of a parameter, which is in the macro call and not in the file.
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
