//! `explain`: what a finding means.

use std::io::Write as _;

use clap::Args;
use ram_policy_model::Strictness;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::text::suggest;
use serde::Serialize;

use crate::arguments::Format;
use crate::failure::{Failure, usage};
use crate::output;

/// Explains what a finding means
#[derive(Args)]
#[command(after_help = "Example: ram-policy explain unknown_action")]
pub(crate) struct Arguments {
    /// The name of the finding, as it appears in brackets after it; without one, all are listed
    #[arg(value_name = "FINDING")]
    rule: Option<String>,
    /// Text or JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Serialize)]
struct Explained {
    rule: &'static str,
    /// Where policies are written: in the macros, and with `--strict`.
    level: &'static str,
    /// Where policies are read.
    audit: &'static str,
    /// Whether RAM refuses the document.
    refused: bool,
    ram: &'static str,
    /// The page in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'static str>,
}

impl Explained {
    fn of(rule: Rule) -> Self {
        Self {
            rule: rule.name(),
            level: rule.level(Strictness::Strict).name(),
            audit: rule.level(Strictness::Audit).name(),
            refused: rule.severity() == ram_policy_model::Severity::Error,
            ram: rule.in_ram(),
            page: ram_policy::findings::page(rule.name()),
        }
    }
}

/// Explains.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let rules: Vec<Rule> = match &arguments.rule {
        None => Rule::ALL.to_vec(),
        Some(name) => match Rule::from_name(name) {
            Some(rule) => vec![rule],
            None => {
                let near = suggest::nearest(name, Rule::ALL.iter().map(|rule| rule.name()));
                let near = suggest::did_you_mean(&near);
                return Err(usage(format!("there is no finding `{name}`{near}")));
            }
        },
    };
    let explained: Vec<Explained> = rules.into_iter().map(Explained::of).collect();
    if arguments.format == Format::Json {
        return output::json(&explained);
    }
    let mut out = output::out();
    match explained.as_slice() {
        [Explained { page: Some(page), .. }] => writeln!(out, "{}", page.trim_end())?,
        all => {
            for Explained { rule, level, audit, ram, .. } in all {
                let audit = if level == audit { String::new() } else { format!(", audit {audit}") };
                writeln!(out, "{rule} ({level}{audit}): RAM {ram}.")?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
