//! `completions` and `man`: made from the arguments of all subcommands.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::output;

/// Prints completions for a shell
#[derive(Args)]
#[command(after_help = "Example: ram-policy completions bash > /etc/bash_completion.d/ram-policy")]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints completions.
pub(crate) fn run(arguments: &Arguments, mut command: Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "ram-policy", &mut script);
    let script = String::from_utf8_lossy(&script);
    // For bash, the generator writes the hyphen of the name in one way where it remembers a
    // subcommand and in another where it looks it up.
    output::document(&script.replace("ram__subcmd__policy", "ram__policy"))
}

/// Prints the man page, one part a subcommand.
pub(crate) fn man(command: Command) -> Result<(), Failure> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands() {
        let name = format!("ram-policy-{}", subcommand.get_name());
        clap_mangen::Man::new(subcommand.clone().display_name(name)).render(&mut page)?;
    }
    output::document(&String::from_utf8_lossy(&page))
}
