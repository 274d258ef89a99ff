//! What is run on any bytes.

mod additions;
mod arn;
mod documents;
mod evaluators;
mod files;
mod format;
mod import;
mod json;
mod matcher;
mod operands;
mod proofs;
mod requests;
mod templates;
mod typed;

use ram_policy_model::text::steps::counted;

/// Something that is run on any bytes, and panics when they show a mistake.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// What it is called, by `cargo fuzz` too.
    pub name: &'static str,
    work: fn(&[u8]),
}

/// Most steps of a target on few bytes. The longest of them compare policies, which has a budget of its
/// own.
const MOST_STEPS: u64 = 100_000_000;

/// Steps more for each byte.
const STEPS_OF_A_BYTE: u64 = 50_000;

impl Target {
    /// Runs it, and counts its steps.
    ///
    /// # Panics
    ///
    /// It has shown a mistake, or has taken more steps than grow with the length of its input.
    pub fn run(&self, bytes: &[u8]) {
        let ((), steps) = counted(|| (self.work)(bytes));
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let most = MOST_STEPS.saturating_add(STEPS_OF_A_BYTE.saturating_mul(length));
        assert!(steps <= most, "{} has taken {steps} steps for {length} bytes", self.name);
        if std::env::var_os("RAM_POLICY_SHOW_STEPS").is_some() {
            println!("{} {steps} {length}", self.name);
        }
    }
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "json", work: json::run },
    Target { name: "import", work: import::run },
    Target { name: "arn", work: arn::run },
    Target { name: "matcher", work: matcher::run },
    Target { name: "operands", work: operands::run },
    Target { name: "typed", work: typed::run },
    Target { name: "terraform", work: files::terraform },
    Target { name: "ros", work: files::ros },
    Target { name: "markdown", work: files::markdown },
    Target { name: "rust", work: files::rust },
    Target { name: "format", work: format::run },
    Target { name: "requests", work: requests::run },
    Target { name: "action_trail", work: requests::action_trail },
    Target { name: "logs", work: requests::logs },
    Target { name: "templates", work: templates::run },
    Target { name: "additions", work: additions::run },
    Target { name: "evaluators", work: evaluators::run },
    Target { name: "proofs", work: proofs::run },
    Target { name: "documents", work: documents::run },
];

/// The target of a name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// The text of an input; other bytes than UTF-8's give none.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// What is shown of a document cannot move the cursor, turn the line or fill the screen.
fn assert_can_be_shown(message: &str) {
    let moves = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    // The lines behind a sentence are indented, so that none of them can pass for another message.
    assert!(!message.replace("\n  ", " ").contains(moves), "{message:?}");
    assert!(message.chars().count() < 5_000, "{message:?}");
}
