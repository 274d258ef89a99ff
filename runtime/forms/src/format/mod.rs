//! Formats policies where they are written: JSON files, and the macros in Rust source.
//!
//! Only blanks, line breaks and commas behind the last entry of a list change. What is written is read
//! again and compared before it takes the place of what was there: the tokens, the comments and the
//! document are those from before, or nothing is changed.
//!
//! text → `lexed` (tokens with comments) → `typed` (items and clauses) → `layout` (lines).

mod json;
mod layout;
mod lexed;
mod typed;

#[cfg(test)]
mod tests;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::document::{self, Element, Indent, Statement};
use ram_policy_model::policy::reader::{Extent, Reader};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::syntax::Policy;
use ram_policy_model::terms::kind::{PolicyKind, ResourceKind};
use ram_policy_model::terms::layout::Layout;
use ram_policy_model::text::json::{self as text_json, TextRange};
use ram_policy_read::place::Place;
use ram_policy_read::tokens::Tokens;
use ram_policy_read::word::Word;
use ram_policy_read::{claim, input, kind, policy, role};

use crate::form::Form;
use crate::place::of_tokens;
use crate::read::{Call, Macro, calls, is_policy, skip_declared};
use typed::Input;

/// How policies are formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Whether the elements of each statement are put into the order of RAM's documents (`Effect`,
    /// `Principal`, `Action`, `Resource`, `Condition`), and `Version` first; else they keep theirs.
    pub canonical: bool,
    /// Spaces a level of JSON files.
    pub indent: usize,
}

impl Default for Format {
    /// Elements keep their order; JSON has 2 spaces a level.
    fn default() -> Self {
        Self { canonical: false, indent: 2 }
    }
}

/// A text that is formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// What of the text before has changed, in its order.
    pub edits: Vec<Edit>,
    /// What was left as it was.
    pub left: Vec<Left>,
    /// How many policies the text has, without those that were left.
    pub policies: usize,
}

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The place of what was there.
    pub at: TextRange,
    /// What is there now.
    pub text: String,
}

/// A policy that was left as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The place of what could not be read.
    pub at: TextRange,
    /// Why, in one sentence.
    pub reason: String,
}

/// Formats the policies of a text; `None` for a form that is not formatted.
///
/// JSON is formatted where the whole text is a policy. Of Rust source, the input of `policy!`,
/// `trust_policy!`, `policy_file!` and `service_linked_role!` is, and every other byte stays. Formatting
/// twice is formatting once.
///
/// ```
/// use ram_policy_forms::{Form, Format, format};
///
/// let text = "const P: Policy = policy! {
///   allow ecs::{ StopInstance,StartInstance } on *;  // all of them
/// };";
/// let formatted = format(text, Form::Rust, Format::default()).unwrap();
/// assert_eq!(formatted.text, "const P: Policy = policy! {
///     allow ecs::{StopInstance, StartInstance} on *; // all of them
/// };");
///
/// let text = r#"{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}],"Version":"1"}"#;
/// let formatted = format(text, Form::Json, Format { canonical: true, indent: 4 }).unwrap();
/// assert!(formatted.text.starts_with("{\n    \"Version\": \"1\",\n"));
/// assert_eq!(format(text, Form::Ros, Format::default()), None);
/// ```
#[must_use]
pub fn format(text: &str, form: Form, format: Format) -> Option<Formatted> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = text.len() - bare.len();
    let mut page =
        Page { source: bare, text: text[..mark].to_owned(), format, mark, found: Found::default() };
    match form {
        Form::Json => page.json(),
        Form::Rust => page.rust(),
        Form::Terraform | Form::Ros | Form::Markdown => return None,
    }
    let Found { edits, left, policies } = page.found;
    Some(Formatted { text: page.text, edits, left, policies })
}

#[derive(Debug, Default)]
struct Found {
    edits: Vec<Edit>,
    left: Vec<Left>,
    policies: usize,
}

/// A text on its way.
struct Page<'t> {
    /// Without its byte order mark.
    source: &'t str,
    /// What is written so far.
    text: String,
    format: Format,
    /// The bytes of the byte order mark.
    mark: usize,
    found: Found,
}

impl Page<'_> {
    fn leave(&mut self, at: TextRange, reason: impl Into<String>) {
        let at = TextRange { start: at.start + self.mark, end: at.end + self.mark };
        self.found.left.push(Left { at, reason: reason.into() });
    }

    /// Writes what takes the place of a part of the source.
    fn write(&mut self, at: TextRange, text: &str) {
        if self.source.get(at.start..at.end) != Some(text) {
            let at = TextRange { start: at.start + self.mark, end: at.end + self.mark };
            self.found.edits.push(Edit { at, text: text.to_owned() });
        }
        self.text.push_str(text);
    }

    fn json(&mut self) {
        let source = self.source;
        let whole = TextRange { start: 0, end: source.len() };
        let value = match text_json::read(source) {
            Ok(value) if is_policy(&value) => value,
            Ok(_) => {
                self.text.push_str(source);
                return;
            }
            Err(error) => {
                self.leave(error.at, format!("this is not JSON: {}", error.value));
                self.text.push_str(source);
                return;
            }
        };
        let newline = newline(source);
        let mut page = json::Page {
            source,
            spaces: self.format.indent,
            newline,
            in_order: self.format.canonical,
            text: String::new(),
        };
        page.value(&value, 0);
        if source.ends_with('\n') {
            page.text.push_str(newline);
        }
        let is_same = text_json::read(&page.text).is_ok_and(|now| json::is_same(&value, &now));
        if is_same {
            self.found.policies += 1;
            self.write(whole, &page.text);
        } else {
            self.leave(whole, NOT_THE_SAME);
            self.text.push_str(source);
        }
    }

    fn rust(&mut self) {
        let source = self.source;
        let tokens: TokenStream = match source.parse() {
            Ok(tokens) => tokens,
            Err(error) => {
                let at = error.span().byte_range();
                self.leave(
                    TextRange { start: at.start, end: at.end },
                    format!("this is not Rust: {error}"),
                );
                self.text.push_str(source);
                return;
            }
        };
        let (calls, too_deep) = calls(tokens);
        for at in too_deep {
            self.leave(of_tokens(at), "nested too deeply");
        }
        let newline = newline(source);
        let mut done = 0;
        for call in calls {
            let (open, close) = (call.group.span_open(), call.group.span_close());
            let at = TextRange { start: open.byte_range().start, end: close.byte_range().end };
            self.text.push_str(source.get(done..at.start).unwrap_or(""));
            done = at.end;
            let written = source.get(at.start..at.end).unwrap_or("");
            match formatted(source, &call, self.format.canonical, &self.text, newline) {
                Ok(text) => {
                    self.found.policies += 1;
                    self.write(at, &text);
                }
                Err((at, reason)) => {
                    self.leave(at, reason);
                    self.text.push_str(written);
                }
            }
        }
        self.text.push_str(source.get(done..).unwrap_or(""));
    }
}

const NOT_THE_SAME: &str = "it would not be read as the same policy";

/// How the lines of a text end.
fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The input of a macro with its brackets, behind a text; or the place of what keeps it from being
/// formatted, and the reason.
fn formatted(
    source: &str,
    call: &Call,
    canonical: bool,
    before: &str,
    newline: &str,
) -> Result<String, (TextRange, String)> {
    let at = of_tokens(Place::at(call.group.span_open()).to(Place::at(call.group.span_close())));
    let read = read(call).map_err(|(at, reason)| (of_tokens(at), reason))?;
    let documented = if call.which == Macro::Request {
        "a request with a documentation comment is not formatted"
    } else {
        "a documentation comment cannot be in a policy"
    };
    let not_read = || (at, documented.to_owned());
    let group = lexed::group(source, &call.group).ok_or_else(not_read)?;
    let was = Essence::of(&group, canonical);
    let line = before.rsplit('\n').next().unwrap_or("");
    let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or("");
    let is_on_one_line = !source.get(at.start..at.end).unwrap_or("").contains('\n');
    let column = is_on_one_line.then(|| line.chars().count());
    let brackets = brackets(&call.group);
    let mut body = typed::body(group, input_of(call.which));
    if canonical {
        typed::in_order(&mut body);
    }
    let text = layout::lay_out(&body, brackets, column, indent, newline);
    // What is written is read again.
    let again = parsed(&text).and_then(|group| {
        let lexed = lexed::group(&text, &group)?;
        let call = Call { group, which: call.which, name: String::new() };
        Some((Essence::of(&lexed, canonical), self::read(&call).ok()?))
    });
    match again {
        Some((is, document)) if is == was && document == read => Ok(text),
        _ => Err((at, NOT_THE_SAME.to_owned())),
    }
}

/// The items of the typed form, each a level deep, with a line feed behind each line; `None` where it is
/// no policy.
pub(crate) fn items(text: &str) -> Option<String> {
    Some(layout::items(&typed::body(lexed::braced(text)?, Input::Policy)))
}

const fn input_of(which: Macro) -> Input {
    match which {
        // The kind of a resource comes first, as an item, and so does what a request declares.
        Macro::Policy | Macro::Trust | Macro::Resource | Macro::Request | Macro::File => {
            Input::Policy
        }
        Macro::Role => Input::Role,
    }
}

fn brackets(group: &proc_macro2::Group) -> (&'static str, &'static str) {
    match group.delimiter() {
        Delimiter::Brace | Delimiter::None => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Parenthesis => ("(", ")"),
    }
}

/// The one group that a text is.
fn parsed(text: &str) -> Option<proc_macro2::Group> {
    let stream: TokenStream = text.parse().ok()?;
    let mut tokens = stream.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) => Some(group),
        _ => None,
    }
}

/// What formatting keeps: tokens without commas, in their order where elements keep theirs, and comments.
#[derive(Debug, PartialEq, Eq)]
struct Essence {
    tokens: Vec<String>,
    comments: Vec<String>,
}

impl Essence {
    fn of(group: &lexed::Group, canonical: bool) -> Self {
        let mut essence = Self { tokens: Vec::new(), comments: Vec::new() };
        let mut take = |leaf: &lexed::Leaf| {
            // Behind the effect, actions need no `do`.
            let is_needed = !canonical || leaf.text != Word::Do.text();
            if !leaf.is_sign(',') && is_needed {
                essence.tokens.push(leaf.text.clone());
            }
            for comment in leaf.before.iter().chain(&leaf.after) {
                essence.comments.push(comment.text.clone());
            }
        };
        take(&group.open);
        lexed::leaves(&group.inside, &mut take);
        take(&group.close);
        essence.comments.sort();
        if canonical {
            essence.tokens.sort();
        }
        essence
    }
}

/// The document of a macro as text, elements in one order; `None` where what it names has none. Where it
/// cannot be read, the first place and why.
fn read(call: &Call) -> Result<Option<String>, (Place, String)> {
    let mut tokens = Tokens::new(call.group.stream(), Place::at(call.group.span_open()));
    let mut report = Report::default();
    let (kind, policy, levels) = match call.which {
        Macro::Role => {
            let role::Read { declaration, levels, .. } = role::read(&mut tokens, &mut report);
            (PolicyKind::Identity, declaration.map(|role| role.permissions), levels)
        }
        Macro::File => {
            let header = input::header(&mut tokens, &mut report);
            claim::before_document(&mut tokens, &header, policy::read, &mut report);
            (PolicyKind::Identity, None, header.levels)
        }
        Macro::Resource => {
            let header = input::header(&mut tokens, &mut report);
            let kind = kind::read(&mut tokens, &mut report).unwrap_or(ResourceKind::Bucket);
            let read = policy::read(&mut tokens, &header, &mut report);
            (PolicyKind::Resource(kind), read.map(|read| read.policy), header.levels)
        }
        Macro::Policy | Macro::Trust | Macro::Request => {
            if call.which == Macro::Request {
                skip_declared(&mut tokens);
            }
            let header = input::header(&mut tokens, &mut report);
            let read = policy::read(&mut tokens, &header, &mut report);
            let kind =
                if call.which == Macro::Trust { PolicyKind::Trust } else { PolicyKind::Identity };
            (kind, read.map(|read| read.policy), header.levels)
        }
    };
    // Other mistakes are in what was read, whose form is right.
    let is_unread = |rule: Rule| matches!(rule, Rule::Grammar | Rule::Syntax);
    let mut mistakes = report.into_diagnostics().into_iter();
    if let Some(first) = mistakes.find(|mistake| is_unread(mistake.rule)) {
        return Err((first.at, first.message));
    }
    let Some(policy) = policy else { return Ok(None) };
    let additions = Additions::new();
    let reader = Reader::new(kind, &levels, &additions).taking(Extent::Part);
    Ok(document_of(&policy, reader))
}

fn document_of(policy: &Policy<Place>, reader: Reader<'_>) -> Option<String> {
    let mut document = reader.tree(policy, Report::default()).lowered?.document;
    for statement in document.statements.to_mut() {
        in_order(statement);
    }
    if document.layout == Layout::VersionLast {
        document.layout = Layout::VersionFirst;
    }
    Some(document::write(&document, Indent::Minified))
}

fn in_order(statement: &mut Statement) {
    statement.elements.to_mut().sort_by_key(|element| match element {
        Element::Sid(_) => 0,
        Element::Effect => 1,
        Element::Principal(_) => 2,
        Element::Action(_) => 3,
        Element::NotAction(_) => 4,
        Element::Resource(_) => 5,
        Element::Condition(_) => 6,
    });
}
