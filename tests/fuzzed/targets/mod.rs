//! What is run on any bytes.

mod additions;
mod arn;
mod documents;
mod evaluators;
mod files;
mod import;
mod json;
mod matcher;
mod operands;
mod proofs;
mod requests;
mod templates;
mod typed;

/// Something that is run on any bytes, and panics when they show a mistake.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// What it is called, by `cargo fuzz` too.
    pub name: &'static str,
    /// Runs it.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "json", run: json::run },
    Target { name: "import", run: import::run },
    Target { name: "arn", run: arn::run },
    Target { name: "matcher", run: matcher::run },
    Target { name: "operands", run: operands::run },
    Target { name: "typed", run: typed::run },
    Target { name: "terraform", run: files::terraform },
    Target { name: "ros", run: files::ros },
    Target { name: "markdown", run: files::markdown },
    Target { name: "rust", run: files::rust },
    Target { name: "requests", run: requests::run },
    Target { name: "action_trail", run: requests::action_trail },
    Target { name: "templates", run: templates::run },
    Target { name: "additions", run: additions::run },
    Target { name: "evaluators", run: evaluators::run },
    Target { name: "proofs", run: proofs::run },
    Target { name: "documents", run: documents::run },
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
