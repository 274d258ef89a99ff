//! Lays out items, clauses and lists on lines.
//!
//! An item is on one line where it fits; else each of its clauses has a line, and of a clause that does
//! not fit each entry. A comment keeps its line, or the end of its line.

use super::lexed::Comment;

/// Longest line.
const WIDTH: usize = 100;

/// Spaces a level.
const LEVEL: usize = 4;

/// What is between brackets of a macro, or of a policy in it.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Attributes and parameters, each on a line.
    pub(super) head: Vec<Entry>,
    pub(super) items: Vec<Item>,
    /// What comes after the items: fields of a role, or a document.
    pub(super) rest: Option<List>,
    /// Comments behind all of it.
    pub(super) last: Vec<Comment>,
    /// Whether it was written on lines of its own, and so is not put on one with what is around it.
    pub(super) has_lines: bool,
}

/// What ends with `;`.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) before: Vec<Comment>,
    /// Whether an empty line is before it, behind its comments.
    pub(super) blank: bool,
    pub(super) clauses: Vec<Clause>,
    /// Whether the `;` is there; the last item may lack it.
    pub(super) is_ended: bool,
    pub(super) after: Vec<Comment>,
}

/// A word and what it is about.
#[derive(Debug)]
pub(super) struct Clause {
    pub(super) before: Vec<Comment>,
    /// Empty before actions that begin a statement.
    pub(super) word: String,
    pub(super) entries: Vec<Entry>,
    /// The word between the entries; a comma where there is none.
    pub(super) joint: Option<&'static str>,
}

/// An entry of a list.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) before: Vec<Comment>,
    /// Whether an empty line is before it, behind its comments.
    pub(super) blank: bool,
    pub(super) parts: Vec<Part>,
    pub(super) after: Vec<Comment>,
}

/// A part of an entry.
#[derive(Debug)]
pub(super) enum Part {
    /// With the blanks around it.
    Text(String),
    List(List),
    /// A policy in braces.
    Body(Body),
}

/// Entries in brackets.
#[derive(Debug)]
pub(super) struct List {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) entries: Vec<Entry>,
    /// Comments behind the entries.
    pub(super) last: Vec<Comment>,
    pub(super) style: Style,
}

/// How a list is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As many entries on a line as fit.
    Filled,
    /// An entry a line, where not all fit on one; blanks inside the brackets.
    Spaced,
    /// An entry a line, where not all fit on one.
    Lines,
    /// A tag or an attribute, which is one entry without a comma.
    Single,
    /// JSON: an entry a line, no comma behind the last.
    Json,
}

impl Body {
    /// On one line without its brackets; `None` where it has comments.
    pub(super) fn one_line(&self) -> Option<String> {
        if !self.last.is_empty() {
            return None;
        }
        let mut parts = Vec::new();
        for entry in &self.head {
            parts.push(entry.one_line()?);
        }
        for item in &self.items {
            parts.push(item.one_line()?);
        }
        if let Some(rest) = &self.rest {
            parts.push(rest.entries_on_one_line()?);
        }
        Some(parts.join(" "))
    }

    pub(super) fn is_empty(&self) -> bool {
        let rest =
            self.rest.as_ref().is_none_or(|rest| rest.entries.is_empty() && rest.last.is_empty());
        self.head.is_empty() && self.items.is_empty() && rest && self.last.is_empty()
    }
}

impl Item {
    fn one_line(&self) -> Option<String> {
        if !(self.before.is_empty() && self.after.is_empty()) {
            return None;
        }
        let clauses: Option<Vec<String>> = self.clauses.iter().map(Clause::one_line).collect();
        let end = if self.is_ended { ";" } else { "" };
        Some(format!("{}{end}", clauses?.join(" ")))
    }
}

impl Clause {
    fn one_line(&self) -> Option<String> {
        if self.before.is_empty() { self.one_line_of_entries() } else { None }
    }

    /// On one line, whatever comments are before it.
    fn one_line_of_entries(&self) -> Option<String> {
        let entries: Option<Vec<String>> = self.entries.iter().map(Entry::one_line).collect();
        let between = self.joint.map_or_else(|| ", ".to_owned(), |word| format!(" {word} "));
        let entries = entries?.join(&between);
        let blank = if self.word.is_empty() || entries.is_empty() { "" } else { " " };
        Some(format!("{}{blank}{entries}", self.word))
    }
}

impl Entry {
    fn one_line(&self) -> Option<String> {
        let is_bare = self.before.is_empty() && self.after.is_empty();
        if is_bare { self.one_line_of_parts() } else { None }
    }

    /// On one line, whatever comments are around it; a policy of several items has lines.
    fn one_line_of_parts(&self) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::List(list) => text.push_str(&list.one_line()?),
                Part::Body(body) if body.is_empty() => text.push_str("{}"),
                Part::Body(body) => {
                    let items = body.items.len() + body.head.len();
                    if items > 1 || body.rest.is_some() || body.has_lines {
                        return None;
                    }
                    text.push_str("{ ");
                    text.push_str(&body.one_line()?);
                    text.push_str(" }");
                }
            }
        }
        Some(text)
    }

    /// Whether it has a line for each of its values even if all fit on one.
    fn is_always_broken(&self) -> bool {
        self.parts.iter().any(|part| match part {
            Part::List(list) => list.style == Style::Json && !list.entries.is_empty(),
            Part::Text(_) | Part::Body(_) => false,
        })
    }

    /// Whether it is a word or a pattern, many of which go on a line.
    pub(super) fn is_short(&self) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Text(text) => !text.contains('"'),
            Part::List(_) | Part::Body(_) => false,
        })
    }
}

impl List {
    fn entries_on_one_line(&self) -> Option<String> {
        if !self.last.is_empty() {
            return None;
        }
        let entries: Option<Vec<String>> = self.entries.iter().map(Entry::one_line).collect();
        Some(entries?.join(", "))
    }

    fn one_line(&self) -> Option<String> {
        let entries = self.entries_on_one_line()?;
        let blank = match self.style {
            Style::Filled | Style::Lines | Style::Single => "",
            Style::Json if self.open == "[" => "",
            Style::Spaced | Style::Json => " ",
        };
        let blank = if entries.is_empty() { "" } else { blank };
        Some(format!("{}{blank}{entries}{blank}{}", self.open, self.close))
    }
}

/// The text of a body and its brackets, to be put behind a first line with that indent.
///
/// `before` is what is on the line of the opening bracket; `None` where the body was written on more than
/// one line, so that it is not put on one.
pub(super) fn lay_out(
    body: &Body,
    (open, close): (&str, &str),
    before: Option<usize>,
    indent: &str,
    newline: &str,
) -> String {
    let blank = if open == "{" { " " } else { "" };
    if body.is_empty() {
        return format!("{open}{close}");
    }
    if let Some(before) = before
        && let Some(text) = body.one_line()
    {
        let text = format!("{open}{blank}{text}{blank}{close}");
        if before + width(&text) <= WIDTH && !text.contains('\n') {
            return text;
        }
    }
    let mut page = Page { text: open.to_owned(), column: before.unwrap_or(0), indent, newline };
    page.body(body, LEVEL);
    page.line(0);
    page.push(close);
    page.text
}

/// The items of a body a level deep, each line with a line feed.
pub(super) fn items(body: &Body) -> String {
    let mut page = Page { text: String::new(), column: 0, indent: "", newline: "\n" };
    page.body(body, LEVEL);
    let text = page.text.strip_prefix('\n').unwrap_or(&page.text);
    format!("{text}\n")
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// A text that is laid out.
struct Page<'i> {
    text: String,
    /// The characters of the last line.
    column: usize,
    /// What each line begins with.
    indent: &'i str,
    newline: &'i str,
}

impl Page<'_> {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column = match text.rsplit_once('\n') {
            Some((_, last)) => width(last),
            None => self.column + width(text),
        };
    }

    /// Goes to a new line.
    fn line(&mut self, level: usize) {
        self.text.push_str(self.newline);
        self.text.push_str(self.indent);
        self.text.extend(std::iter::repeat_n(' ', level));
        self.column = width(self.indent) + level;
    }

    fn empty_line(&mut self) {
        self.text.push_str(self.newline);
    }

    /// Whether the text fits on the line with so many characters behind it.
    fn fits(&self, text: &str, behind: usize) -> bool {
        self.column + width(text) + behind <= WIDTH && !text.contains('\n')
    }

    /// Goes to a new line for what has these comments before it, and writes them.
    fn begin(&mut self, before: &[Comment], blank: bool, is_first: bool, level: usize) {
        let mut is_first = is_first;
        for comment in before {
            if comment.blank && !is_first {
                self.empty_line();
            }
            self.line(level);
            self.push(&comment.text);
            is_first = false;
        }
        if blank && !is_first {
            self.empty_line();
        }
        self.line(level);
    }

    /// Comments behind something, on its line.
    fn after(&mut self, after: &[Comment]) {
        for comment in after {
            self.push(" ");
            self.push(&comment.text);
        }
    }

    /// Comments on lines of their own at the end.
    fn last(&mut self, last: &[Comment], is_first: bool, level: usize) {
        if let Some((end, others)) = last.split_last() {
            self.begin(others, end.blank, is_first, level);
            self.push(&end.text);
        }
    }

    fn body(&mut self, body: &Body, level: usize) {
        let mut is_first = true;
        for entry in &body.head {
            self.begin(&entry.before, entry.blank, is_first, level);
            self.entry(entry, level, "");
            is_first = false;
        }
        for item in &body.items {
            self.begin(&item.before, item.blank, is_first, level);
            self.item(item, level);
            is_first = false;
        }
        if let Some(rest) = &body.rest {
            self.entries(rest, level, is_first);
            is_first = is_first && rest.entries.is_empty() && rest.last.is_empty();
        }
        self.last(&body.last, is_first, level);
    }

    fn item(&mut self, item: &Item, level: usize) {
        let end = if item.is_ended { ";" } else { "" };
        let clauses: Option<Vec<String>> = item.clauses.iter().map(Clause::one_line).collect();
        let flat = clauses.map(|clauses| format!("{}{end}", clauses.join(" ")));
        match flat.filter(|text| self.fits(text, 0)) {
            Some(text) => self.push(&text),
            None => {
                for (index, clause) in item.clauses.iter().enumerate() {
                    let level = if index == 0 { level } else { level + LEVEL };
                    if index > 0 {
                        self.begin(&clause.before, false, false, level);
                    }
                    let is_last = index + 1 == item.clauses.len();
                    self.clause(clause, level, if is_last { end } else { "" });
                }
            }
        }
        self.after(&item.after);
    }

    fn clause(&mut self, clause: &Clause, level: usize, end: &str) {
        let is_commented = |entry: &Entry| !entry.after.is_empty();
        let flat = clause.one_line_of_entries();
        if let Some(text) = flat.filter(|text| self.fits(text, end.len())) {
            self.push(&text);
            self.push(end);
            return;
        }
        self.push(&clause.word);
        let blank = if clause.word.is_empty() { "" } else { " " };
        let beside = level + width(&clause.word) + blank.len();
        let is_list = clause.joint.is_none() && clause.entries.len() > 1;
        let indent = width(self.indent);
        let is_broken = |entry: &Entry| {
            let fits = |text: &str| indent + beside + width(text) < WIDTH;
            let is_long = !entry.one_line_of_parts().is_some_and(|text| fits(&text));
            is_long || !entry.before.is_empty()
        };
        let hangs = clause.entries.first().is_some_and(|first| !first.before.is_empty())
            || (is_list && !clause.word.is_empty() && clause.entries.iter().any(is_broken));
        let at = match (hangs, clause.joint) {
            (true, _) => level + LEVEL,
            (false, Some(_)) => level,
            (false, None) => beside,
        };
        let is_filled = clause.joint.is_none() && clause.entries.iter().all(Entry::is_short);
        for (index, entry) in clause.entries.iter().enumerate() {
            let is_last = index + 1 == clause.entries.len();
            let before_it = index.checked_sub(1).and_then(|before| clause.entries.get(before));
            let between = match (clause.joint, is_last) {
                (_, true) => end,
                (Some(_), false) => "",
                (None, false) => ",",
            };
            let goes_on = is_filled
                && entry.before.is_empty()
                && before_it.is_some_and(|before| !is_commented(before))
                && entry
                    .one_line_of_parts()
                    .is_some_and(|text| self.fits(&text, between.len() + 1));
            if index == 0 && !hangs {
                self.push(blank);
            } else if goes_on {
                self.push(" ");
            } else {
                self.begin(&entry.before, false, true, at);
                if let (Some(word), true) = (clause.joint, index > 0) {
                    self.push(word);
                    self.push(" ");
                }
            }
            // Brackets end where the line begins.
            let line = if index == 0 && !hangs { level } else { at };
            self.entry(entry, line, between);
        }
        if clause.entries.is_empty() {
            self.push(end);
        }
    }

    /// Writes an entry with what is between it and the next; lines of its lists begin at a level deeper.
    fn entry(&mut self, entry: &Entry, level: usize, between: &str) {
        match entry.one_line_of_parts().filter(|text| self.fits(text, between.len())) {
            Some(text) if !entry.is_always_broken() => self.push(&text),
            _ => self.broken(entry, level),
        }
        self.push(between);
        self.after(&entry.after);
    }

    /// Writes an entry whose last list is broken, and others that have comments.
    fn broken(&mut self, entry: &Entry, level: usize) {
        let last = entry.parts.iter().rposition(|part| !matches!(part, Part::Text(_)));
        for (index, part) in entry.parts.iter().enumerate() {
            match part {
                Part::Text(text) => self.push(text),
                Part::List(list) => match list.one_line() {
                    Some(text) if Some(index) != last || list.entries.is_empty() => {
                        self.push(&text)
                    }
                    _ => {
                        self.push(list.open);
                        self.entries(list, level + LEVEL, true);
                        self.line(level);
                        self.push(list.close);
                    }
                },
                Part::Body(body) => {
                    self.push("{");
                    self.body(body, level + LEVEL);
                    self.line(level);
                    self.push("}");
                }
            }
        }
    }

    /// The entries of a list on lines.
    fn entries(&mut self, list: &List, level: usize, is_first: bool) {
        let has_last_comma = !matches!(list.style, Style::Json | Style::Single);
        let is_filled = list.style == Style::Filled;
        for (index, entry) in list.entries.iter().enumerate() {
            let before_it = index.checked_sub(1).and_then(|before| list.entries.get(before));
            let is_last = index + 1 == list.entries.len();
            let between = if is_last && !has_last_comma { "" } else { "," };
            let goes_on = is_filled
                && entry.before.is_empty()
                && before_it.is_some_and(|before| before.after.is_empty())
                && entry
                    .one_line_of_parts()
                    .is_some_and(|text| self.fits(&text, between.len() + 1));
            if goes_on {
                self.push(" ");
            } else {
                self.begin(&entry.before, entry.blank && !is_filled, is_first && index == 0, level);
            }
            self.entry(entry, level, between);
        }
        self.last(&list.last, is_first && list.entries.is_empty(), level);
    }
}
