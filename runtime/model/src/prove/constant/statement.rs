//! The statements of a policy's text, and what their actions and resources cover.

use super::bytes::{Text, is};
use super::condition::Conditions;
use super::fields::Fields;
use super::json::{Items, Members};

/// Most statements that are looked at. A policy of 6,144 characters cannot have more.
const MOST: usize = 144;

/// A statement: where its parts stand in the text.
#[derive(Clone, Copy)]
pub(super) struct Statement<'a> {
    pub(super) allows: bool,
    actions: Text<'a>,
    negated: bool,
    resources: Text<'a>,
    pub(super) conditions: Conditions<'a>,
    /// Whether it has something that is not known here.
    pub(super) is_odd: bool,
}

/// The statements of a policy.
#[derive(Clone, Copy)]
pub(super) struct Statements<'a> {
    items: [Statement<'a>; MOST],
    pub(super) len: usize,
    /// Bytes of its text.
    pub(super) size: usize,
    /// Whether every statement is there and is known.
    pub(super) is_whole: bool,
}

/// Actions that belong together: those of one pattern, or all but those of a list.
#[derive(Clone, Copy)]
pub(super) enum Actions<'a> {
    Of(Text<'a>),
    AllBut(Text<'a>),
}

/// The parts of a statement's actions.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    all_but: Option<Text<'a>>,
    items: Items<'a>,
}

impl<'a> Parts<'a> {
    pub(super) const fn next(&mut self) -> Option<Actions<'a>> {
        if let Some(list) = self.all_but {
            self.all_but = None;
            return Some(Actions::AllBut(list));
        }
        match self.items.next() {
            Some(pattern) => Some(Actions::Of(pattern)),
            None => None,
        }
    }
}

impl<'a> Statement<'a> {
    const EMPTY: Self = Self {
        allows: false,
        actions: Text::EMPTY,
        negated: false,
        resources: Text::EMPTY,
        conditions: Conditions::NONE,
        is_odd: true,
    };

    const fn read(mut members: Members<'a>) -> Self {
        let mut statement = Self::EMPTY;
        let mut has_effect = false;
        let mut is_odd = false;
        let mut operators = Members::NONE;
        while let Some(member) = members.next() {
            let value = member.value;
            let name = member.name;
            if is(name, b"Effect", false) {
                statement.allows = is(value, b"\"Allow\"", false);
                has_effect = statement.allows || is(value, b"\"Deny\"", false);
            } else if is(name, b"Action", false) {
                statement.actions = value;
            } else if is(name, b"NotAction", false) {
                statement.actions = value;
                statement.negated = true;
            } else if is(name, b"Resource", false) {
                statement.resources = value;
            } else if is(name, b"Condition", false) {
                operators = Members::of(value);
            } else if !is(name, b"Sid", false) {
                is_odd = true;
            }
        }
        match Conditions::read(operators, statement.allows) {
            Some(conditions) => statement.conditions = conditions,
            None => is_odd = true,
        }
        statement.is_odd =
            is_odd || !has_effect || statement.actions.is_empty() || statement.resources.is_empty();
        statement
    }

    /// Its patterns of actions, also those of `NotAction`.
    pub(super) const fn patterns(&self) -> Items<'a> {
        Items::of(self.actions)
    }

    /// Its resources.
    pub(super) const fn resources(&self) -> Items<'a> {
        Items::of(self.resources)
    }

    /// Its actions in parts.
    pub(super) const fn parts(&self) -> Parts<'a> {
        if self.negated {
            Parts { all_but: Some(self.actions), items: Items::of(Text::EMPTY) }
        } else {
            Parts { all_but: None, items: Items::of(self.actions) }
        }
    }

    /// Whether it names what it does not cover.
    pub(super) const fn is_negated(&self) -> bool {
        self.negated
    }

    /// Whether it is about an action of a request.
    pub(super) const fn is_about(&self, action: Text<'_>) -> bool {
        let action = Fields::of_action(action);
        let mut patterns = self.patterns();
        while let Some(pattern) = patterns.next() {
            if Fields::of_action(pattern).matches(&action) {
                return !self.negated;
            }
        }
        self.negated
    }

    /// Whether it is about a resource of a request.
    pub(super) const fn is_on(&self, resource: &Fields<'_>) -> bool {
        let mut patterns = self.resources();
        while let Some(pattern) = patterns.next() {
            if Fields::of_resource(pattern).matches(resource) {
                return true;
            }
        }
        false
    }

    /// Whether it covers all these actions. Sound: it may say no where it does.
    pub(super) const fn covers_actions(&self, actions: Actions<'_>) -> bool {
        match (actions, self.negated) {
            (Actions::Of(pattern), false) => one_covers(self.actions, pattern),
            (Actions::Of(pattern), true) => !one_can_meet(self.actions, pattern),
            (Actions::AllBut(_), false) => one_covers(self.actions, Text::of(b"*")),
            // What this one leaves out must be left out there too.
            (Actions::AllBut(list), true) => all_covered(self.actions, list),
        }
    }

    /// Whether it may cover one of these actions. Sound: it may say yes where it does not.
    pub(super) const fn can_meet_actions(&self, actions: Actions<'_>) -> bool {
        match (actions, self.negated) {
            (Actions::Of(pattern), false) => one_can_meet(self.actions, pattern),
            (Actions::Of(pattern), true) => !one_covers(self.actions, pattern),
            (Actions::AllBut(list), false) => !all_covered(self.actions, list),
            (Actions::AllBut(_), true) => true,
        }
    }

    /// Whether it covers all resources of a pattern. Sound: it may say no where it does.
    pub(super) const fn covers_resource(&self, pattern: Text<'_>) -> bool {
        let narrow = Fields::of_resource(pattern);
        let mut wide = self.resources();
        while let Some(wide) = wide.next() {
            if Fields::of_resource(wide).covers(&narrow) {
                return true;
            }
        }
        false
    }
}

/// Whether one pattern of a list covers a pattern of actions.
pub(super) const fn one_covers(list: Text<'_>, pattern: Text<'_>) -> bool {
    let narrow = Fields::of_action(pattern);
    let mut items = Items::of(list);
    while let Some(wide) = items.next() {
        if Fields::of_action(wide).covers(&narrow) {
            return true;
        }
    }
    false
}

/// Whether one pattern of a list may meet a pattern of actions.
const fn one_can_meet(list: Text<'_>, pattern: Text<'_>) -> bool {
    let one = Fields::of_action(pattern);
    let mut items = Items::of(list);
    while let Some(other) = items.next() {
        if Fields::of_action(other).can_meet(&one) {
            return true;
        }
    }
    false
}

/// Whether each pattern of the first list is covered by one of the second.
const fn all_covered(list: Text<'_>, by: Text<'_>) -> bool {
    let mut items = Items::of(list);
    while let Some(pattern) = items.next() {
        if !one_covers(by, pattern) {
            return false;
        }
    }
    true
}

impl<'a> Statements<'a> {
    /// The statements of a minified text.
    pub(super) const fn read(text: &'a str) -> Self {
        let text = Text::of(text.as_bytes());
        let size = text.len();
        let mut statements = Self { items: [Statement::EMPTY; MOST], len: 0, size, is_whole: true };
        let mut objects = statements_of(text);
        while let Some(object) = objects.next_object() {
            let statement = Statement::read(object);
            if statements.len == MOST || statement.is_odd {
                statements.is_whole = false;
                return statements;
            }
            statements.put(statement);
        }
        statements
    }

    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    const fn put(&mut self, statement: Statement<'a>) {
        if self.len < MOST {
            self.items[self.len] = statement;
            self.len += 1;
        }
    }

    /// A statement by its number.
    #[allow(clippy::indexing_slicing, reason = "the index is asked for first")]
    pub(super) const fn get(&self, number: usize) -> Statement<'a> {
        if number < self.len { self.items[number] } else { Statement::EMPTY }
    }
}

/// The statements in a document, or those that stand alone.
const fn statements_of(text: Text<'_>) -> Items<'_> {
    let mut members = Members::of(text);
    let mut copy = members;
    match copy.next() {
        Some(member) if is_of_document(member.name) => {
            while let Some(member) = members.next() {
                if is(member.name, b"Statement", false) {
                    return Items::of(member.value);
                }
            }
            Items::of(Text::EMPTY)
        }
        _ => Items::of(text),
    }
}

const fn is_of_document(name: Text<'_>) -> bool {
    is(name, b"Version", false) || is(name, b"Statement", false)
}
