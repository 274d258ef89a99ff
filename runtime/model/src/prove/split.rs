//! Splits a document that is too long into several that decide together as it does.

use alloc::vec::Vec;
use core::fmt;

use super::budget::{Effort, Size};
use super::proof::{Proof, Reason};
use super::simplify::decides_as;
use super::simplify::lists::{ListOf, keeping, lists};
use crate::document::{Document, Statement};
use crate::terms::kind::TooLong;
use crate::terms::layout::Layout;

/// Characters around the statements of a document: `{"Version":"1","Statement":[]}`.
const AROUND: usize = r#"{"Version":"1","Statement":[]}"#.len();

/// Most parts of a policy; RAM attaches far fewer.
const MOST_PARTS: usize = 500;

/// Why a policy cannot be split.
///
/// ```
/// use ram_policy::{SplitError, policy};
///
/// let policy = policy! { deny * except ecs::*, vpc::*, oss::*, ram::* on *; };
/// // The actions of `NotAction` belong together.
/// assert!(matches!(policy.split(100), Err(SplitError::TooLong { statement: 0, .. })));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SplitError {
    /// A statement alone is too long, and none of its lists can be divided any further.
    TooLong {
        /// The statement, from 0.
        statement: usize,
        /// A document with the least part of it, and the limit.
        too_long: TooLong,
    },
    /// More policies would be needed than anybody can attach.
    TooMany,
    /// That the parts decide as the policy could not be proved.
    NotProved(Reason),
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { statement, too_long: TooLong { characters, most } } => write!(
                f,
                "statement {statement} cannot be divided: its least part has {characters} characters minified, at most {most} are allowed"
            ),
            Self::TooMany => write!(f, "more than {MOST_PARTS} policies would be needed"),
            Self::NotProved(reason) => {
                write!(f, "the parts are not proved to decide as the policy: {reason}")
            }
        }
    }
}

impl core::error::Error for SplitError {}

/// Several documents of at most so many characters, minified, that decide together as this one does.
///
/// # Errors
///
/// As those of `Policy::split`.
pub(crate) fn split(document: &Document, most: usize) -> Result<Vec<Document>, SplitError> {
    let mut parts: Vec<(usize, Vec<Statement>)> = Vec::new();
    for (number, statement) in document.statements.iter().enumerate() {
        for piece in pieces(statement, number, most)? {
            let length = length_of(&piece);
            // A comma stands between two statements.
            let with_room = parts.iter_mut().find(|(used, _)| used + length < most);
            if let Some((used, statements)) = with_room {
                *used += length + 1;
                statements.push(piece);
            } else if parts.len() < MOST_PARTS {
                parts.push((AROUND + length, Vec::from([piece])));
            } else {
                return Err(SplitError::TooMany);
            }
        }
    }
    let whole = |(_, part): (usize, Vec<Statement>)| Document {
        layout: Layout::VersionFirst,
        statements: part.into(),
    };
    let parts: Vec<Document> = parts.into_iter().map(whole).collect();
    let all: Vec<&Document> = parts.iter().collect();
    let size = Size::of(document);
    match decides_as(&[document], &all, &mut Effort::for_rewriting(size)) {
        Proof::Yes => Ok(parts),
        Proof::Unknown(reason) => Err(SplitError::NotProved(reason)),
        Proof::No(request) => Err(SplitError::NotProved(Reason::NotConfirmed(request))),
    }
}

/// Characters of a statement alone.
fn length_of(statement: &Statement) -> usize {
    let layout = Layout::StatementsOnly;
    let document = Document { layout, statements: Vec::from([statement.clone()]).into() };
    document.characters()
}

/// The statement in parts that each fit into a document of their own.
fn pieces(statement: &Statement, number: usize, most: usize) -> Result<Vec<Statement>, SplitError> {
    let mut done = Vec::new();
    let mut waiting = Vec::from([statement.clone()]);
    while let Some(statement) = waiting.pop() {
        let length = length_of(&statement);
        if AROUND + length <= most {
            if done.len() == MOST_PARTS {
                return Err(SplitError::TooMany);
            }
            done.push(statement);
            continue;
        }
        let lists = lists(&statement);
        let divisible = lists.iter().enumerate().filter(|(_, list)| list.is_any && list.length > 1);
        let Some((list, of)) = divisible.max_by_key(|(_, list)| list.characters) else {
            let too_long = TooLong { characters: AROUND + length, most };
            return Err(SplitError::TooLong { statement: number, too_long });
        };
        let cut = cut(&statement, list, *of, most);
        // The first part is looked at first.
        waiting.push(keeping(&statement, list, |item| item >= cut));
        waiting.push(keeping(&statement, list, |item| item < cut));
    }
    Ok(done)
}

/// How many values of a list the first part takes: as many as fit, or half of them where the rest
/// of the statement has to be divided too.
fn cut(statement: &Statement, list: usize, of: ListOf, most: usize) -> usize {
    let fits =
        |count: usize| AROUND + length_of(&keeping(statement, list, |item| item < count)) <= most;
    if !fits(1) {
        return of.length / 2;
    }
    let (mut good, mut bad) = (1, of.length);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if fits(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}
