//! Prints a document of the table.
//!
//! One line feed follows the document, as a terminal expects; the document itself has none, so
//! that `$(...)` in a shell is byte for byte what the page prints.
//!
//! Exit codes: 1 when the document cannot be made (no documented service, a value that is refused),
//! 2 when the command asks for something that is not there.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
use ram_policy_examples::{EXPORTS, Export, ExportError, Form, Setting, Spacing, find};

/// Prints a documented Alibaba Cloud policy, byte for byte as its page does
#[derive(Parser)]
struct Arguments {
    /// The document
    #[arg(
        required_unless_present = "list",
        hide_possible_values = true,
        value_parser = PossibleValuesParser::new(names()).try_map(|name| find(&name).ok_or("no such document")),
    )]
    name: Option<&'static Export>,
    /// Who may assume the role
    #[arg(long, conflicts_with = "create_role")]
    trust: bool,
    /// What a RAM user needs to create the role; container-registry is a template here, and its
    /// page prints it with --indent 4
    #[arg(long)]
    create_role: bool,
    /// Spaces a level
    #[arg(long, value_name = "N", default_value_t = 2, conflicts_with = "minified")]
    indent: u8,
    /// One line without blanks
    #[arg(long)]
    minified: bool,
    /// Sets a parameter of a template; all are set or none
    #[arg(long, value_name = "NAME=VALUE", value_parser = exactly)]
    set: Vec<Setting>,
    /// Sets a parameter to a pattern with `*` and `?`
    #[arg(long, value_name = "NAME=VALUE", value_parser = pattern)]
    set_wildcard: Vec<Setting>,
    /// Lists all documents; the parameters of a template, or of a role's --create-role, stand in `<>`
    #[arg(long, exclusive = true)]
    list: bool,
}

fn names() -> impl Iterator<Item = PossibleValue> {
    EXPORTS.iter().map(|export| PossibleValue::new(export.name))
}

fn exactly(text: &str) -> Result<Setting, &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected `name=value`")?;
    Ok(Setting::exactly(name, value))
}

fn pattern(text: &str) -> Result<Setting, &'static str> {
    let (name, value) = text.split_once('=').ok_or("expected `name=value`")?;
    Ok(Setting::pattern(name, value))
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let text = match arguments.name {
        None => list(),
        Some(export) => match document(export, arguments) {
            Ok(text) => text,
            Err(error) => return refuse(&error),
        },
    };
    // Not `println!`, which panics when the reader goes away, as `head` does.
    match writeln!(io::stdout(), "{text}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn document(export: &Export, arguments: Arguments) -> Result<String, ExportError> {
    let form = match (arguments.trust, arguments.create_role) {
        (true, _) => Form::Trust,
        (_, true) => Form::CreateRole,
        _ => Form::Document,
    };
    let spacing = if arguments.minified {
        Spacing::Minified
    } else {
        Spacing::Spaces(usize::from(arguments.indent))
    };
    let mut settings = arguments.set;
    settings.extend(arguments.set_wildcard);
    export.text(form, spacing, &settings)
}

fn refuse(error: &ExportError) -> ExitCode {
    eprintln!("error: {error}");
    match error {
        ExportError::Value { parameter, .. } => {
            eprintln!("tip: --set-wildcard '{parameter}=...' sets a pattern");
            ExitCode::FAILURE
        }
        ExportError::NotARole(_) | ExportError::NoParameters(_) => ExitCode::from(2),
        ExportError::NoService(_) | ExportError::Bind(_) | _ => ExitCode::FAILURE,
    }
}

/// Name, kind and title in columns, then the parameters.
fn list() -> String {
    let width = EXPORTS.iter().map(|export| export.name.len()).max().unwrap_or(0);
    let lines: Vec<String> = EXPORTS
        .iter()
        .map(|export| {
            let mut line = format!("{:width$}  {:8}  {}", export.name, export.kind(), export.title);
            let parameters: Vec<&str> = export.parameters().collect();
            if !parameters.is_empty() {
                line += &format!(" <{}>", parameters.join(", "));
            }
            line
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use clap::CommandFactory as _;
    use clap::error::ErrorKind;

    use super::*;

    /// What the command prints for these arguments.
    fn run(arguments: &str) -> Result<String, ExportError> {
        let arguments =
            Arguments::try_parse_from(["export"].into_iter().chain(arguments.split(' ')));
        let arguments = arguments.unwrap();
        document(arguments.name.unwrap(), arguments)
    }

    fn refused(arguments: &str) -> clap::Error {
        let arguments =
            Arguments::try_parse_from(["export"].into_iter().chain(arguments.split(' ')));
        arguments.err().unwrap()
    }

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn lists_every_name() {
        let list = list();
        let first_words = list.lines().map(|line| line.split(' ').next().unwrap());
        assert!(first_words.eq(EXPORTS.iter().map(|export| export.name)));
        assert!(Arguments::try_parse_from(["export", "--list"]).unwrap().list);
    }

    #[test]
    fn flags_choose_the_document() {
        let permissions = run("container-registry").unwrap();
        assert!(permissions.starts_with("{\n  \"Version\": \"1\",\n"));
        assert!(run("container-registry --indent 3").unwrap().starts_with("{\n   \"Version\""));
        assert!(run("container-registry --minified").unwrap().starts_with("{\"Version\":\"1\","));
        assert!(run("container-registry --trust").unwrap().contains("sts:AssumeRole"));
        let create = run("container-registry --create-role").unwrap();
        assert!(create.contains("acs:ram:*:Alibaba Cloud account ID:role/*"));
        let bound = run("container-registry --create-role --set account=1234567890123456").unwrap();
        assert!(bound.contains("acs:ram:*:1234567890123456:role/*"));
        let pattern =
            run("apigateway-query-apis --set-wildcard regionid=* --set accountid=1").unwrap();
        assert!(pattern.contains("acs:apigateway:*:1:apigroup/*"));
        assert!(run("apigateway-query-apis --set regionid=* --set accountid=1").is_err());
        assert!(run("apigateway-put-events --create-role").is_err());
    }

    #[test]
    fn a_wrong_name_brings_the_near_one() {
        let error = refused("connect-user-vcp");
        assert_eq!(error.kind(), ErrorKind::InvalidValue);
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("'connect-user-vpc'"), "{error}");
    }

    #[test]
    fn wrong_arguments_are_refused() {
        for arguments in [
            "connect-user-vpc --trust --create-role",
            "connect-user-vpc --minified --indent 2",
            "connect-user-vpc --indent -1",
            "connect-user-vpc --list",
            "connect-user-vpc --set regionid",
            "--minified",
        ] {
            assert_eq!(refused(arguments).exit_code(), 2, "{arguments}");
        }
    }
}
