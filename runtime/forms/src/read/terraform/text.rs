//! Texts of Terraform: what a template says, where each part of it is written, and which parts are
//! only known later.

use std::ops::Range;

use ram_policy_model::text::json::TextRange;

use crate::place::Places;

/// Most expressions that are kept for the parts of one text.
const MOST_MARKS: usize = 64;

/// An expression of a file of the module.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) file: usize,
    pub(super) at: TextRange,
}

/// A text that was taken out of a template.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    pub(super) text: String,
    pub(super) places: Places,
    /// Parts of the text that are only known later.
    pub(super) open: Vec<Open>,
    /// Parts of the text that the source has an expression in the place of.
    pub(super) written: Vec<(TextRange, Mark)>,
}

/// A part of a text that is only known later.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) at: TextRange,
    /// How the source spells it.
    pub(super) spelt: String,
    pub(super) stands: Stands,
}

/// What stands for a part of a text that is only known later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// The text that an expression gives.
    Text,
    /// The JSON of the value that an expression gives.
    Value,
    /// The JSON of what more a list or an object contains.
    Rest,
}

impl Taken {
    /// A text that is written as it is.
    pub(super) fn verbatim(text: &str, file: Range<usize>) -> Self {
        let mut taken = Self::default();
        taken.push(text, file);
        taken
    }

    /// Adds a part that is written at `file`.
    pub(super) fn push(&mut self, part: &str, file: Range<usize>) {
        if part.is_empty() {
            return;
        }
        self.text.push_str(part);
        self.places.add(part.len(), file);
    }

    /// Adds another text, with its own places.
    pub(super) fn append(&mut self, other: &Self) {
        let start = self.text.len();
        let part = |range: Range<usize>| other.text.get(range).unwrap_or("");
        // Runs of the other text keep the places they have.
        for run in other.places.runs() {
            self.push(part(run.text.clone()), run.file.clone());
        }
        let moved = |at: TextRange| TextRange { start: at.start + start, end: at.end + start };
        self.open.extend(other.open.iter().map(|open| Open { at: moved(open.at), ..open.clone() }));
        if self.written.len() + other.written.len() <= MOST_MARKS {
            self.written.extend(other.written.iter().map(|(at, mark)| (moved(*at), *mark)));
        }
    }

    /// Adds a part that is only known later, as it is spelt.
    pub(super) fn unknown(&mut self, spelt: &str, file: Range<usize>) {
        self.open(spelt, Stands::Text, file);
    }

    /// The same, and what stands for it.
    pub(super) fn open(&mut self, spelt: &str, stands: Stands, file: Range<usize>) {
        let start = self.text.len();
        self.push(&format!("${{{spelt}}}"), file);
        let at = TextRange { start, end: self.text.len() };
        self.open.push(Open { at, spelt: spelt.to_owned(), stands });
    }

    /// The source has this expression in the place of the whole text.
    pub(super) fn mark(&mut self, mark: Mark) {
        self.mark_from(0, mark);
    }

    /// The source has this expression in the place of the text from `start` on.
    pub(super) fn mark_from(&mut self, start: usize, mark: Mark) {
        if self.written.len() >= MOST_MARKS {
            self.written.clear();
        }
        if start < self.text.len() {
            self.written.push((TextRange { start, end: self.text.len() }, mark));
        }
    }

    /// Whether nothing is known of the text.
    pub(super) fn is_all_open(&self) -> bool {
        let open: usize = self.open.iter().map(|open| open.at.end - open.at.start).sum();
        open > 0 && open >= self.text.len()
    }

    /// The text as JSON that can be read: an unknown part outside of a text stands for a text, and none
    /// ends the text that it is in.
    pub(super) fn as_json(&self) -> Self {
        let mut json = Self::default();
        let (mut in_text, mut escaped) = (false, false);
        for run in self.places.runs() {
            let part = self.text.get(run.text.clone()).unwrap_or("");
            let open = self.open.iter().find(|open| open.at.start == run.text.start);
            let Some(open) = open.filter(|open| open.at.end == run.text.end) else {
                for byte in part.bytes() {
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' if in_text => escaped = true,
                        b'"' => in_text = !in_text,
                        _ => {}
                    }
                }
                json.push(part, run.file.clone());
                continue;
            };
            let harmless =
                |c: char| if matches!(c, '"' | '\\') || c.is_control() { '\'' } else { c };
            let harmless: String = part.chars().map(harmless).collect();
            let shown = if in_text { harmless } else { format!("\"{harmless}\"") };
            let start = json.text.len();
            json.push(&shown, run.file.clone());
            let at = TextRange { start, end: json.text.len() };
            json.open.push(Open { at, ..open.clone() });
        }
        json
    }

    /// Adds a part of a heredoc, which only escapes `${` and `%{`.
    pub(super) fn heredoc(&mut self, source: &str, span: Range<usize>) {
        let part = source.get(span.clone()).unwrap_or("");
        let mut done = 0;
        let mut escapes: Vec<(usize, &str)> =
            part.match_indices("$${").chain(part.match_indices("%%{")).collect();
        escapes.sort_unstable();
        for (at, escape) in escapes {
            if at >= done {
                self.push(part.get(done..at).unwrap_or(""), span.start + done..span.start + at);
                let end = at + escape.len();
                self.push(escape.get(1..).unwrap_or(""), span.start + at..span.start + end);
                done = end;
            }
        }
        self.push(part.get(done..).unwrap_or(""), span.start + done..span.end);
    }

    /// Adds a part of a text in quotes.
    pub(super) fn quoted(&mut self, source: &str, span: Range<usize>) {
        let part = source.get(span.clone()).unwrap_or("");
        let mut at = 0;
        while let Some(rest) = part.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = rest.find(['\\', '$', '%']).unwrap_or(rest.len());
            if plain > 0 {
                let start = span.start + at;
                self.push(rest.get(..plain).unwrap_or(""), start..start + plain);
                at += plain;
                continue;
            }
            let (value, length) = escape(rest);
            self.push(&value, span.start + at..span.start + at + length);
            at += length;
        }
    }

    /// The same text, every part of it placed at `at`.
    pub(super) fn moved(&self, at: TextRange) -> Self {
        let mut places = Places::default();
        for run in self.places.runs() {
            places.add(run.text.len(), at.start..at.end);
        }
        Self { places, ..self.clone() }
    }
}

/// What a text that begins with `\`, `$` or `%` begins with, and how long that is written.
fn escape(text: &str) -> (String, usize) {
    let mut characters = text.chars();
    let first = characters.next().unwrap_or(' ');
    let second = characters.next();
    let code = |digits: usize| {
        let hex = text.get(2..2 + digits)?;
        let character = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)?;
        Some((character.to_string(), 2 + digits))
    };
    match (first, second) {
        ('\\', Some('n')) => ("\n".into(), 2),
        ('\\', Some('r')) => ("\r".into(), 2),
        ('\\', Some('t')) => ("\t".into(), 2),
        ('\\', Some(same @ ('"' | '\\'))) => (same.into(), 2),
        ('\\', Some('u')) => code(4).unwrap_or(("\\".into(), 1)),
        ('\\', Some('U')) => code(8).unwrap_or(("\\".into(), 1)),
        ('$', Some('$')) if text.starts_with("$${") => ("${".into(), 3),
        ('%', Some('%')) if text.starts_with("%%{") => ("%{".into(), 3),
        (other, _) => (other.into(), other.len_utf8()),
    }
}
