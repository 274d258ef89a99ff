//! Classifies the texts of a policy: patterns of actions and resources, condition values.

use crate::document::{ActionPattern, Meaning, Operand, ResourcePattern, Text};
use crate::terms::arn;
use crate::terms::glob::Glob;
use crate::terms::operand::{self, OperandError};
use crate::terms::operator::{Comparison, Family, Operator};

/// Classifies an action; `*` alone covers every code and name.
#[must_use]
pub fn action(text: Text) -> ActionPattern {
    let colon = text.find(':');
    let code = Glob::classify(&text, 0, colon.unwrap_or(text.len()));
    let name = Glob::classify(&text, colon.map_or(0, |colon| colon + 1), text.len());
    ActionPattern { text, code, name }
}

/// Classifies a resource; a text that is neither `*` nor an ARN matches only itself as an ARN
/// would, that is, nothing.
#[must_use]
pub fn resource(text: Text) -> ResourcePattern {
    let fields = if text == "*" {
        None
    } else {
        let ranges = arn::split(&text).unwrap_or_else(|_| {
            let end = text.len();
            [end..end, end..end, end..end, end..end]
        });
        Some(ranges.map(|range| Glob::classify(&text, range.start, range.end)))
    };
    ResourcePattern { text, fields }
}

/// Reads a condition value as its operator does.
///
/// # Errors
///
/// The value does not parse.
pub fn operand(operator: Operator, text: Text) -> Result<Operand, OperandError> {
    let meaning = match operator.family() {
        Family::String => match operator.comparison() {
            Comparison::Like => Meaning::Pattern(Glob::classify(&text, 0, text.len())),
            _ => Meaning::Text,
        },
        Family::Number => Meaning::Number(text.parse()?),
        Family::Date => Meaning::Date(text.parse()?),
        Family::Boolean => Meaning::Boolean(operand::parse_boolean(&text)?),
        Family::Ip => Meaning::Block(text.parse()?),
    };
    Ok(Operand { text, meaning })
}
