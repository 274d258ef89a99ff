//! Patterns of actions and of resources, each taken apart once.

use alloc::borrow::Cow;

use super::arn::Fields;
use super::characters::is_of_action;
use super::glob::Glob;
use super::placeholder;

/// A text that is either a constant of the program or owned.
type Text = Cow<'static, str>;

/// An action or a pattern of actions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ActionPattern {
    /// As written.
    pub text: Text,
    /// The part before the colon.
    pub code: Glob,
    /// The part after the colon.
    pub name: Glob,
}

/// A resource or a pattern of resources.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResourcePattern {
    /// As written.
    pub text: Text,
    /// `None` for `*` alone; else the four fields after `acs:`.
    pub fields: Option<Fields<Glob>>,
}

/// What is wrong with the form of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionMistake<'t> {
    /// It has no character.
    Empty,
    /// A placeholder, as spelt.
    Placeholder(&'t str),
    /// More than one `:`.
    ManyColons,
    /// Nothing before or behind the `:`, or none.
    NotServiceAndName,
    /// A blank in it.
    Blank,
    /// A character that no action has.
    Character(char),
}

impl ActionPattern {
    /// What is wrong with the form of an action or a pattern of actions, `*` alone aside.
    #[must_use]
    pub fn mistake(text: &str) -> Option<ActionMistake<'_>> {
        if text.is_empty() {
            return Some(ActionMistake::Empty);
        }
        if let Some(found) = placeholder::find(text).first() {
            return Some(ActionMistake::Placeholder(found.spelt));
        }
        let mut parts = text.split(':');
        let (code, name) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        if parts.next().is_some() {
            return Some(ActionMistake::ManyColons);
        }
        if code.is_empty() || name.is_empty() {
            return Some(ActionMistake::NotServiceAndName);
        }
        if text.contains(char::is_whitespace) {
            return Some(ActionMistake::Blank);
        }
        let is_plain = |byte| is_of_action(byte) || matches!(byte, b'*' | b'?' | b':');
        let odd = text.bytes().position(|byte| !is_plain(byte))?;
        text.get(odd..)?.chars().next().map(ActionMistake::Character)
    }

    /// Classifies an action; `*` alone covers every code and name.
    #[must_use]
    pub fn new(text: Text) -> Self {
        let colon = text.find(':');
        let code = Glob::classify(&text, 0, colon.unwrap_or(text.len()));
        let name = Glob::classify(&text, colon.map_or(0, |colon| colon + 1), text.len());
        Self { text, code, name }
    }

    /// Whether the action `code:name` is covered, ASCII case ignored (RAM: Policy elements).
    #[must_use]
    pub fn matches(&self, code: &str, name: &str) -> bool {
        self.code.matches_ignore_case(&self.text, code)
            && self.name.matches_ignore_case(&self.text, name)
    }
}

impl ResourcePattern {
    /// Classifies a resource; a text that is neither `*` nor an ARN matches only itself as an ARN
    /// would, that is, nothing.
    #[must_use]
    pub fn new(text: Text) -> Self {
        let fields = if text == "*" {
            None
        } else {
            let nothing = || Fields::all_of(text.len()..text.len());
            let ranges = Fields::places(&text).unwrap_or_else(|_| nothing());
            Some(ranges.map(|range| Glob::classify(&text, range.start, range.end)))
        };
        Self { text, fields }
    }
}
