//! Where the texts of a template mention its parameters.

use alloc::vec::Vec;
use core::ops::Range;

use super::syntax::{ParameterName, Policy};
use crate::terms::arn::Fields;
use crate::terms::placeholder;
use crate::text::order;

/// A parameter where a text mentions it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub range: Range<usize>,
    /// Which parameter.
    pub parameter: usize,
}

/// What a parameter stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    /// The region of an ARN.
    Region,
    /// The account of an ARN.
    Account,
    /// The last field of an ARN.
    RelativeId,
    /// A condition value.
    Value,
}

/// The declared placeholders of a text, from left to right.
#[must_use]
pub fn mentions<L>(policy: &Policy<L>, text: &str) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    for (parameter, declared) in policy.parameters.iter().enumerate() {
        let places = places(declared, text).into_iter();
        mentions.extend(places.map(|range| Mention { range, parameter }));
    }
    order::sort_by(&mut mentions, |left, right| left.range.start.cmp(&right.range.start));
    mentions
}

/// Where a text has what is printed for a parameter.
pub(crate) fn places<L>(declared: &ParameterName<L>, text: &str) -> Vec<Range<usize>> {
    match &declared.printed {
        Some(printed) if !printed.value.is_empty() => {
            let found = text.match_indices(printed.value.as_str());
            found.map(|(start, words)| start..start + words.len()).collect()
        }
        _ => {
            let found = placeholder::find(text).into_iter();
            let of_it = found.filter(|found| found.name == declared.name.value);
            of_it.map(|found| found.range).collect()
        }
    }
}

impl Mention {
    /// What it stands in, in an ARN.
    #[must_use]
    pub fn position(&self, text: &str) -> Option<Position> {
        let Fields { region, account, relative_id, .. } = Fields::places(text).ok()?;
        let inside =
            |field: &Range<usize>| field.start <= self.range.start && self.range.end <= field.end;
        if inside(&region) {
            Some(Position::Region)
        } else if inside(&account) {
            Some(Position::Account)
        } else if inside(&relative_id) {
            Some(Position::RelativeId)
        } else {
            None
        }
    }
}
