//! ROS templates, those of Fun included, in YAML and JSON.
//!
//! Which properties keep a policy is said by `holders`. What a function gives is only known when ROS
//! runs the template; the branches of `Fn::If` are checked as far as they are written.

use ram_policy_model::text::hole::Hole;
use ram_policy_model::text::json::{Kind, Member, TextRange, Value};

use super::holders::{self, Held, Keeps};
use super::inner::{self, items, member, members, text};
use crate::embedded::{Contents, Embedded, Kept, Language, Skipped, Tree, Unknown};
use crate::holes::uncertain;
use crate::walk::{Change, changed};

type Node = Value<TextRange>;

/// Whether a value is a template.
pub(super) fn is_template(value: &Node) -> bool {
    member(value, "ROSTemplateFormatVersion").is_some() && member(value, "Resources").is_some()
}

/// The policies of a template in JSON.
pub(super) fn of_value(source: &str, value: &Node) -> Contents {
    read(source, value, Tree::Json)
}

/// The policies of a template in YAML.
pub(super) fn of_yaml(source: &str, value: &Node) -> Contents {
    read(source, value, Tree::Yaml)
}

fn read(source: &str, value: &Node, tree: fn(Node) -> Tree) -> Contents {
    let mut reader = Reader { source, tree, contents: Contents::default() };
    for Member { name, value: resource } in member(value, "Resources").map_or(&[][..], members) {
        reader.resource(&name.value, resource);
    }
    reader.contents
}

struct Reader<'t> {
    source: &'t str,
    /// What a document becomes that is a value of the template.
    tree: fn(Node) -> Tree,
    contents: Contents,
}

impl Reader<'_> {
    fn resource(&mut self, name: &str, resource: &Node) {
        let (Some(kind), Some(properties)) =
            (member(resource, "Type").and_then(text), member(resource, "Properties"))
        else {
            return;
        };
        for (known, path, keeps) in holders::ROS {
            if known == kind {
                self.find(name, properties, path, keeps, kind);
            }
        }
    }

    /// Follows a path to documents.
    fn find(&mut self, name: &str, value: &Node, path: &[&str], keeps: Keeps, resource: &str) {
        if is_function(value) {
            self.not_known(name, value);
            return;
        }
        match path {
            [] => self.document(name, value, keeps, resource),
            ["*", rest @ ..] => {
                for (index, item) in items(value).iter().enumerate() {
                    let own = member(item, "PolicyName").and_then(text);
                    let own = own.map_or_else(|| format!("Policies[{index}]"), str::to_owned);
                    self.find(&format!("{name}.{own}"), item, rest, keeps, resource);
                }
            }
            [property, rest @ ..] => {
                if let Some(inner) = member(value, property) {
                    self.find(name, inner, rest, keeps, resource);
                }
            }
        }
    }

    fn not_known(&mut self, name: &str, value: &Node) {
        let reason = "the document is only known when ROS runs the template".to_owned();
        self.contents.skipped.push(Skipped::not_known(value.at, name, reason));
    }

    fn document(&mut self, name: &str, value: &Node, keeps: Keeps, resource: &str) {
        let is_fun = resource.starts_with("Aliyun::Serverless::");
        match (keeps, &value.kind) {
            // The name of a policy, or a list, which another path leads into.
            (_, Kind::String(text)) if is_fun && !text.trim_start().starts_with('{') => {}
            (_, Kind::Array(_)) if is_fun => {}
            (Keeps::Other(what), _) => {
                self.contents.skipped.push(Skipped::not_read(value.at, name, what));
            }
            (Keeps::Policy(held), Kind::String(text)) => {
                let found = inner::of_text(self.source, value.at, text, name, None);
                self.contents.policies.push(held.policy(found));
            }
            (
                Keeps::Policy(held),
                Kind::Object(_)
                | Kind::Array(_)
                | Kind::Number(_)
                | Kind::Boolean(_)
                | Kind::Null
                | Kind::Open(..)
                | Kind::Hole(_)
                | Kind::Unreadable,
            ) => self.object(name, value, held),
        }
    }

    fn object(&mut self, name: &str, value: &Node, held: Held) {
        let mut unknown = Vec::new();
        let tree = known(value, &mut unknown);
        let found = inner::of_value(self.source, tree.clone(), name, None);
        let kept = (!unknown.is_empty()).then(|| Kept {
            language: Language::Ros,
            tree: value.clone(),
            lists: Vec::new(),
            texts: Vec::new(),
        });
        let found = Embedded { unknown, kept, tree: (self.tree)(tree), ..found };
        self.contents.policies.push(held.policy(found));
    }
}

/// The name and the argument of a call of ROS: `{"Ref": ...}`, `{"Fn::Sub": ...}`.
fn function(value: &Node) -> Option<(&str, &Node)> {
    match members(value) {
        [Member { name, value }] if name.value == "Ref" || name.value.starts_with("Fn::") => {
            Some((&name.value, value))
        }
        _ => None,
    }
}

fn is_function(value: &Node) -> bool {
    function(value).is_some()
}

/// Whether a value is nothing at all to ROS.
fn is_nothing(value: &Node) -> bool {
    function(value)
        .is_some_and(|(name, argument)| name == "Ref" && text(argument) == Some("ALIYUN::NoValue"))
}

fn later(at: TextRange, within: Option<TextRange>, what: &str) -> Unknown {
    Unknown { at, within, reason: format!("`{what}` is only known when ROS runs the template") }
}

/// The branches of `Fn::If`: the place of its condition, and what is there in either case.
fn branches(value: &Node) -> Option<(&Node, [&Node; 2])> {
    match function(value) {
        Some(("Fn::If", argument)) => match items(argument) {
            [condition, yes, no] => Some((condition, [yes, no])),
            _ => None,
        },
        _ => None,
    }
}

/// The branch that is checked, unless it is a text, which nothing can be said of; the other one is not
/// known.
fn checked_branch(value: &Node, within: TextRange, unknown: &mut Vec<Unknown>) -> Option<Node> {
    let (condition, both) = branches(value)?;
    let is_written = |branch: &&&Node| !is_function(branch) && text(branch).is_none();
    let chosen = *both.iter().find(is_written)?;
    let hole = Hole { name: "Fn::If".to_owned(), at: condition.at };
    unknown.push(later(condition.at, Some(within), "Fn::If"));
    for other in both.into_iter().filter(|other| other.at != chosen.at && !is_nothing(other)) {
        unknown.push(later(other.at, None, "Fn::If"));
    }
    Some(uncertain(&known(chosen, unknown), &hole))
}

/// The value with a text in the place of every call; what it would give is not known.
fn known(value: &Node, unknown: &mut Vec<Unknown>) -> Node {
    changed(value, &mut |part, within| {
        if let Some(branch) = checked_branch(part, within, unknown) {
            return Change::Is(branch);
        }
        if !std::ptr::eq(part, value) && is_nothing(part) {
            return Change::Gone;
        }
        if is_function(part) {
            let spelt = spelt(part);
            unknown.push(later(part.at, None, &spelt));
            return Change::Is(Value { at: part.at, kind: Kind::String(spelt) });
        }
        Change::Parts
    })
}

/// A call as text: that of `Fn::Sub` and `Ref` as ROS writes it in texts.
fn spelt(value: &Node) -> String {
    match function(value) {
        Some((name, argument)) => match text(argument) {
            Some(text) if name == "Fn::Sub" => text.to_owned(),
            Some(text) => format!("${{{text}}}"),
            None => format!("${{{}}}", name.replace("Fn::", "")),
        },
        None => String::new(),
    }
}
