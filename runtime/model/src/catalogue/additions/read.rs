//! Reads the form of a file: members, types and spellings, before anything is compared with the
//! catalogue.

use alloc::{borrow::ToOwned, format, string::String, vec::Vec};

use super::LocalResources;
use super::report::Change;
use crate::catalogue::{AccessLevel, KeyType};
use crate::terms::arn::Arn;
use crate::terms::characters::{is_action, is_code, is_of_key};
use crate::terms::template::{self, Part};
use crate::text::json::{Kind, Member, TextRange, Value};
use crate::text::place::Text;
use crate::text::suggest;

/// The entries of a file.
#[derive(Default)]
pub(super) struct File {
    pub(super) actions: Vec<ActionEntry>,
    pub(super) resources: Vec<ResourceEntry>,
    pub(super) keys: Vec<KeyEntry>,
}

/// What all entries have.
pub(super) struct Head {
    pub(super) name: Text<TextRange>,
    pub(super) change: Change,
    pub(super) reason: String,
}

/// An action; `None` where the file does not say.
pub(super) struct ActionEntry {
    pub(super) head: Head,
    pub(super) access: Option<Option<AccessLevel>>,
    pub(super) resources: Option<LocalResources>,
    pub(super) keys: Option<Vec<Text<TextRange>>>,
}

/// An ARN template.
pub(super) struct ResourceEntry {
    pub(super) head: Head,
    /// What stands in its place, when it is corrected.
    pub(super) template: Option<String>,
    /// The actions that take it, when it is added.
    pub(super) actions: Vec<Text<TextRange>>,
}

/// A condition key; the type of a retired one is not looked at.
pub(super) struct KeyEntry {
    pub(super) head: Head,
    pub(super) value_type: KeyType,
}

/// Reads all entries; one that is wrong is reported and left out.
pub(super) fn read(value: &Value<TextRange>, mistakes: &mut Vec<Text<TextRange>>) -> File {
    let mut reader = Reader { mistakes };
    let mut file = File::default();
    let known = ["actions", "resources", "keys"];
    let Some(sections) = reader.members(value, "the file", &known) else { return file };
    for section in sections {
        match section.name.value.as_str() {
            "actions" => file.actions = reader.entries(section, str::to_ascii_lowercase, action),
            "resources" => file.resources = reader.entries(section, str::to_owned, resource),
            "keys" => file.keys = reader.entries(section, str::to_owned, key),
            _ => {}
        }
    }
    file
}

type Json = Value<TextRange>;

const LEVELS: [AccessLevel; 7] = [
    AccessLevel::Create,
    AccessLevel::Delete,
    AccessLevel::Get,
    AccessLevel::List,
    AccessLevel::Read,
    AccessLevel::Update,
    AccessLevel::Write,
];

struct Reader<'m> {
    mistakes: &'m mut Vec<Text<TextRange>>,
}

impl Reader<'_> {
    fn wrong(&mut self, at: TextRange, message: String) {
        self.mistakes.push(Text::new(message, at));
    }

    /// The members of an object that may have these.
    fn members<'v>(
        &mut self,
        value: &'v Json,
        what: &str,
        known: &[&str],
    ) -> Option<&'v [Member<TextRange>]> {
        let members = self.object(value, what)?;
        for (index, member) in members.iter().enumerate() {
            let name = member.name.value.as_str();
            if !known.contains(&name) {
                let near = suggest::did_you_mean(&suggest::nearest(name, known.iter().copied()));
                self.wrong(member.name.at, format!("{what} has no `{name}`{near}"));
            } else if members.iter().take(index).any(|earlier| earlier.name.value == name) {
                self.wrong(member.name.at, format!("`{name}` appears twice"));
            }
        }
        Some(members)
    }

    fn object<'v>(&mut self, value: &'v Json, what: &str) -> Option<&'v [Member<TextRange>]> {
        if let Kind::Object(members) = &value.kind {
            return Some(members);
        }
        self.wrong_type(value, what, "an object");
        None
    }

    fn wrong_type(&mut self, value: &Json, what: &str, expected: &str) {
        let found = value.kind.type_name();
        self.wrong(value.at, format!("{what} is {expected}, not {found}"));
    }

    /// The entries of a section; two names are the same when they fold to the same.
    fn entries<T>(
        &mut self,
        section: &Member<TextRange>,
        fold: fn(&str) -> String,
        one: fn(&mut Self, &Member<TextRange>) -> Option<T>,
    ) -> Vec<T> {
        let what = format!("`{}`", section.name.value);
        let members = self.object(&section.value, &what).unwrap_or(&[]);
        let mut seen: Vec<String> = Vec::new();
        let mut entries = Vec::new();
        for member in members {
            let folded = fold(&member.name.value);
            if seen.contains(&folded) {
                self.wrong(member.name.at, format!("`{}` appears twice", member.name.value));
            }
            seen.push(folded);
            entries.extend(one(self, member));
        }
        entries
    }

    /// `change` and `reason`; and that nothing stands there that the change does not take.
    fn head(&mut self, entry: &Member<TextRange>, members: &[Member<TextRange>]) -> Option<Head> {
        let name = entry.name.value.as_str();
        let change = match member(members, "change") {
            Some(value) => {
                self.word(value, "`change`", &Change::ALL.map(|change| (change.name(), change)))
            }
            None => {
                let message = format!("`{name}` has no `change`, say `add`, `correct` or `retire`");
                self.wrong(entry.name.at, message);
                None
            }
        };
        let reason = match member(members, "reason") {
            Some(value) => self.text(value, "`reason`"),
            None => {
                self.wrong(entry.name.at, format!("`{name}` has no `reason`, say why it is here"));
                None
            }
        };
        Some(Head { name: entry.name.clone(), change: change?, reason: reason? })
    }

    /// Reports members that an entry does not take because of its change.
    fn only(&mut self, change: Change, members: &[Member<TextRange>], known: &[&str]) {
        for other in members {
            let name = other.name.value.as_str();
            if !matches!(name, "change" | "reason") && !known.contains(&name) {
                let message =
                    format!("an entry with the change `{}` has no `{name}`", change.name());
                self.wrong(other.name.at, message);
            }
        }
    }

    /// A text that is not blank.
    fn text(&mut self, value: &Json, what: &str) -> Option<String> {
        let Kind::String(text) = &value.kind else {
            self.wrong_type(value, what, "a string");
            return None;
        };
        if text.trim().is_empty() {
            self.wrong(value.at, format!("{what} is empty"));
            return None;
        }
        Some(text.clone())
    }

    /// One of these words.
    fn word<T: Copy>(&mut self, value: &Json, what: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(value, what)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let near = suggest::nearest(&text, words.iter().map(|(word, _)| *word));
        let hint = if near.is_empty() {
            let all: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            format!(", say one of {}", all.join(", "))
        } else {
            suggest::did_you_mean(&near)
        };
        self.wrong(value.at, format!("{what} is not `{text}`{hint}"));
        None
    }

    /// A list of texts, each of which is well formed.
    fn texts(
        &mut self,
        value: &Json,
        what: &str,
        wrong: fn(&str) -> Option<String>,
    ) -> Option<Vec<Text<TextRange>>> {
        let Kind::Array(items) = &value.kind else {
            self.wrong_type(value, what, "a list");
            return None;
        };
        let mut texts: Vec<Text<TextRange>> = Vec::new();
        for item in items {
            let Some(text) = self.text(item, &format!("an entry of {what}")) else { continue };
            if let Some(message) = wrong(&text) {
                self.wrong(item.at, message);
            } else if texts.iter().any(|earlier| earlier.value == text) {
                self.wrong(item.at, format!("`{text}` appears in {what} twice"));
            } else {
                texts.push(Text::new(text, item.at));
            }
        }
        Some(texts)
    }

    fn well_formed(&mut self, name: &Text<TextRange>, wrong: fn(&str) -> Option<String>) {
        if let Some(message) = wrong(&name.value) {
            self.wrong(name.at, message);
        }
    }
}

fn member<'v>(members: &'v [Member<TextRange>], name: &str) -> Option<&'v Json> {
    members.iter().find(|member| member.name.value == name).map(|member| &member.value)
}

fn action(reader: &mut Reader<'_>, entry: &Member<TextRange>) -> Option<ActionEntry> {
    reader.well_formed(&entry.name, malformed_action);
    let known = ["change", "access", "resources", "keys", "reason"];
    let members = reader.members(&entry.value, "an action", &known)?;
    let head = reader.head(entry, members);
    let access = member(members, "access").and_then(|value| access(reader, value));
    let resources = member(members, "resources").and_then(|value| resources(reader, value));
    let keys =
        member(members, "keys").and_then(|value| reader.texts(value, "`keys`", malformed_key));
    let head = head?;
    match head.change {
        Change::Add => {}
        Change::Retire => reader.only(head.change, members, &[]),
        Change::Correct => {
            if !members
                .iter()
                .any(|m| matches!(m.name.value.as_str(), "access" | "resources" | "keys"))
            {
                let message = format!(
                    "`{}` is corrected and nothing says how, give its `access`, `resources` or `keys`",
                    head.name.value
                );
                reader.wrong(head.name.at, message);
            }
        }
    }
    Some(ActionEntry { head, access, resources, keys })
}

fn access(reader: &mut Reader<'_>, value: &Json) -> Option<Option<AccessLevel>> {
    if value.kind == Kind::Null {
        return Some(None);
    }
    reader.word(value, "`access`", &LEVELS.map(|level| (level.name(), level))).map(Some)
}

fn resources(reader: &mut Reader<'_>, value: &Json) -> Option<LocalResources> {
    match &value.kind {
        Kind::Null => Some(LocalResources::Unknown),
        Kind::String(all) if all == "*" => Some(LocalResources::All),
        Kind::Array(items) if !items.is_empty() => {
            let templates = reader.texts(value, "`resources`", malformed_template)?;
            let texts = templates.into_iter().map(|template| template.value);
            Some(LocalResources::Templates(texts.collect()))
        }
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Array(_)
        | Kind::Object(_)
        | Kind::Open(..)
        | Kind::Hole(_)
        | Kind::Unreadable => {
            let message = "`resources` is a list of ARN templates, `\"*\"` for All Resources or `null` for not known";
            reader.wrong(value.at, message.into());
            None
        }
    }
}

fn resource(reader: &mut Reader<'_>, entry: &Member<TextRange>) -> Option<ResourceEntry> {
    reader.well_formed(&entry.name, malformed_template);
    let known = ["change", "template", "actions", "reason"];
    let members = reader.members(&entry.value, "a resource", &known)?;
    let head = reader.head(entry, members);
    let template = member(members, "template").and_then(|value| {
        let template = reader.text(value, "`template`")?;
        reader.well_formed(&Text::new(template.clone(), value.at), malformed_template);
        Some(template)
    });
    let actions = member(members, "actions")
        .and_then(|value| reader.texts(value, "`actions`", malformed_action));
    let head = head?;
    let needed = match head.change {
        Change::Add => Some(("actions", "say which actions take it")),
        Change::Correct => Some(("template", "say what takes its place")),
        Change::Retire => None,
    };
    match needed {
        Some((needed, hint)) => {
            reader.only(head.change, members, &[needed]);
            let is_empty = actions.as_ref().is_some_and(Vec::is_empty) && needed == "actions";
            if is_empty || member(members, needed).is_none() {
                let message = format!("`{}` has no `{needed}`, {hint}", head.name.value);
                reader.wrong(head.name.at, message);
            }
        }
        None => reader.only(head.change, members, &[]),
    }
    Some(ResourceEntry { head, template, actions: actions.unwrap_or_default() })
}

fn key(reader: &mut Reader<'_>, entry: &Member<TextRange>) -> Option<KeyEntry> {
    reader.well_formed(&entry.name, malformed_key);
    let members = reader.members(&entry.value, "a key", &["change", "type", "reason"])?;
    let head = reader.head(entry, members);
    let value_type =
        member(members, "type").and_then(|value| reader.word(value, "`type`", &KeyType::ALL));
    let head = head?;
    if head.change == Change::Retire {
        reader.only(head.change, members, &[]);
        return Some(KeyEntry { head, value_type: KeyType::Unknown });
    }
    if member(members, "type").is_none() {
        let message =
            format!("`{}` has no `type`, say what its values are, or `Unknown`", head.name.value);
        reader.wrong(head.name.at, message);
    }
    Some(KeyEntry { head, value_type: value_type? })
}

/// What is wrong with an action's name; requests take the same characters.
fn malformed_action(name: &str) -> Option<String> {
    if name.contains(['*', '?']) {
        return Some(format!("`{name}` is a pattern, name each action"));
    }
    let good = name.split_once(':').is_some_and(|(code, name)| is_code(code) && is_action(name));
    (!good).then(|| format!("`{name}` is not an action, write it as `ecs:StopInstance`"))
}

/// What is wrong with a key's name.
fn malformed_key(name: &str) -> Option<String> {
    if let Some((head, tag)) = name.split_once('/')
        && !tag.is_empty()
    {
        return Some(format!("`{name}` names one tag, write `{head}/`, which stands for all"));
    }
    let of_name = |byte| is_of_key(byte) && byte != b':';
    let good = name.split_once(':').is_some_and(|(code, rest)| {
        is_code(code) && !matches!(rest, "" | "/") && rest.bytes().all(of_name)
    });
    (!good).then(|| format!("`{name}` is not a condition key, write it as `acs:SourceIp`"))
}

/// What is wrong with an ARN template.
fn malformed_template(template: &str) -> Option<String> {
    let mut placeholders = template::placeholders(template);
    if let Some(found) = placeholders.find(|found| !found.is_of_catalogue()) {
        let name = if found.name.is_empty() { "name" } else { found.name };
        let spelt = found.spelt;
        return Some(format!("`{spelt}` is no placeholder of a template, write `{{#{name}}}`"));
    }
    let is_odd = |part| match part {
        Part::Literal(text) => text.contains("{#") || text.contains('}'),
        Part::Placeholder(found) => found.name.contains(' '),
    };
    if template::parts(template).any(is_odd) {
        return Some(format!("`{template}` has a placeholder that is not written as `{{#name}}`"));
    }
    let plain = template::with_stars(template);
    if let Err(error) = Arn::parse(&plain) {
        return Some(format!("`{template}` is not an ARN template: {error}"));
    }
    let plain_byte =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '/' | '%' | '-' | '_' | '.' | ':');
    let odd = plain.chars().find(|c| !plain_byte(*c))?;
    Some(format!("`{template}` has the character `{}` in it", odd.escape_default()))
}
