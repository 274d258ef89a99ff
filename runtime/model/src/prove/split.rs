//! Splits a document that is too long into several that decide together as it does.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::budget::{Effort, Size};
use super::proof::{Proof, Reason};
use super::simplify::decides_as;
use super::simplify::lists::{ListOf, keeping, lists};
use crate::document::{Document, Statement};
use crate::terms::kind::{TooLong, Unit};
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
    /// What else the policy contains is not known, so that nobody knows how long its parts are.
    NotKnown {
        /// What the source writes in its place.
        holes: Vec<String>,
    },
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { statement, too_long: TooLong { length: characters, most, .. } } => {
                write!(
                    f,
                    "statement {statement} cannot be divided: its least part has {characters} characters minified, at most {most} are allowed"
                )
            }
            Self::TooMany => write!(f, "more than {MOST_PARTS} policies would be needed"),
            Self::NotProved(reason) => {
                write!(f, "the parts are not proved to decide as the policy: {reason}")
            }
            Self::NotKnown { holes } => {
                let reason = Reason::NotKnown { holes: holes.clone() };
                write!(f, "the length of the parts is not known: {reason}")
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
    let parts = split_beside(document, |_| false, most)?;
    let whole = |part: Vec<Piece>| Document {
        layout: Layout::VersionFirst,
        statements: part.into_iter().map(|piece| piece.statement).collect(),
    };
    Ok(parts.into_iter().map(whole).collect())
}

/// A statement of a part, or a part of one.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// The statement of the whole that it is of, from 0.
    pub(crate) of: usize,
    pub(crate) statement: Statement,
}

/// As [`split`], where some statements are only known in part: these stay as they are written.
///
/// That the pieces of the others decide as those do is proved. Then the parts also decide together as
/// the whole does, whatever the statements contain that stay as they are: these match the same in any
/// part.
pub(crate) fn split_beside(
    document: &Document,
    stays: impl Fn(usize) -> bool,
    most: usize,
) -> Result<Vec<Vec<Piece>>, SplitError> {
    let mut parts: Vec<(usize, Vec<Piece>)> = Vec::new();
    for (of, statement) in document.statements.iter().enumerate() {
        for statement in pieces(statement, of, stays(of), most)? {
            let length = length_of(&statement);
            let piece = Piece { of, statement };
            // A comma stands between two statements.
            let with_room = parts.iter_mut().find(|(used, _)| used + length < most);
            if let Some((used, pieces)) = with_room {
                *used += length + 1;
                pieces.push(piece);
            } else if parts.len() < MOST_PARTS {
                parts.push((AROUND + length, Vec::from([piece])));
            } else {
                return Err(SplitError::TooMany);
            }
        }
    }
    let parts: Vec<Vec<Piece>> = parts.into_iter().map(|(_, part)| part).collect();
    let known = |pieces: &mut dyn Iterator<Item = (usize, &Statement)>| Document {
        layout: Layout::VersionFirst,
        statements: pieces.filter(|(of, _)| !stays(*of)).map(|(_, one)| one.clone()).collect(),
    };
    let whole = known(&mut document.statements.iter().enumerate());
    let of_part =
        |part: &Vec<Piece>| known(&mut part.iter().map(|piece| (piece.of, &piece.statement)));
    let documents: Vec<Document> = parts.iter().map(of_part).collect();
    let all: Vec<&Document> = documents.iter().collect();
    let size = Size::of(&whole);
    match decides_as(&[&whole], &all, &mut Effort::for_rewriting(size)) {
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

/// The statement in parts that each fit into a document of their own; one that `stays` is not divided.
fn pieces(
    statement: &Statement,
    number: usize,
    stays: bool,
    most: usize,
) -> Result<Vec<Statement>, SplitError> {
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
        let lists = if stays { Vec::new() } else { lists(&statement) };
        let divisible = lists.iter().enumerate().filter(|(_, list)| list.is_any && list.length > 1);
        let Some((list, of)) = divisible.max_by_key(|(_, list)| list.characters) else {
            let unit = Unit::Characters;
            let too_long = TooLong { length: AROUND + length, most, unit };
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
