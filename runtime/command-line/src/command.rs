//! The arguments, and which command they ask for.

mod account;
mod additions;
mod audit;
mod check;
mod completions;
mod convert;
mod coverage;
mod describe;
mod diff;
mod eval;
mod expand;
mod explain;
mod fmt;
mod least;
mod prove;
mod search;
mod shrink;
mod split;
mod unused;

use std::process::ExitCode;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{ColorChoice, CommandFactory as _, Parser, Subcommand};

use crate::failure::Failure;
use crate::output;

/// Checks, decides, converts and describes policies of Alibaba Cloud RAM.
///
/// Policies are read from JSON, Terraform, ROS templates, Markdown and Rust source. Exit codes: 0
/// when all is well, 1 when a finding is an error, 2 when the command cannot do what was asked.
#[derive(Parser)]
#[command(name = "ram-policy", version, styles = STYLES, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Eval(eval::Arguments),
    Audit(audit::Arguments),
    Convert(convert::Arguments),
    Fmt(fmt::Arguments),
    Describe(describe::Arguments),
    Diff(diff::Arguments),
    Prove(prove::Arguments),
    Least(least::Arguments),
    Unused(unused::Arguments),
    Coverage(coverage::Arguments),
    Expand(expand::Arguments),
    Shrink(shrink::Arguments),
    Split(split::Arguments),
    Account(account::Arguments),
    Search(search::Arguments),
    Explain(explain::Arguments),
    Additions(additions::Arguments),
    Completions(completions::Arguments),
    /// Prints the man page
    #[command(after_help = "Example: ram-policy man > ram-policy.1")]
    Man,
}

/// Reads the arguments and does what they ask for.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // It shows what was written, which may be the name of a file.
        Err(error) if error.use_stderr() => return output::wrong_arguments(&error),
        Err(help) => help.exit(),
    };
    match arguments.color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    let done: Result<(), Failure> = match arguments.command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Fmt(arguments) => fmt::run(&arguments),
        Command::Describe(arguments) => describe::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Prove(arguments) => prove::run(&arguments),
        Command::Least(arguments) => least::run(&arguments),
        Command::Unused(arguments) => unused::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Expand(arguments) => expand::run(&arguments),
        Command::Shrink(arguments) => shrink::run(&arguments),
        Command::Split(arguments) => split::run(&arguments),
        Command::Account(arguments) => account::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Additions(arguments) => additions::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, Arguments::command()),
        Command::Man => completions::man(Arguments::command()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}
