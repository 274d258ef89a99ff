//! Statements as blocks: those of `alicloud_ram_policy_document`, and of the older form of
//! `alicloud_ram_policy`.

use hcl_edit::Span as _;
use hcl_edit::structure::{Block, Body};
use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::place::Text;

use super::evaluate::{Evaluator, Scope, entries, place, range};
use super::node::{Is, Items, Members, Node, Rest};

/// The document of a data source, as the provider writes it.
pub(super) fn data_source(evaluator: &Evaluator<'_>, block: &Block, scope: &Scope) -> Node {
    let at = range(block.ident.span());
    let statements = blocks(evaluator, &block.body, "statement", scope, |body, scope| {
        let at = start(body);
        Node { at, is: Is::Object(blocks_of_statement(evaluator, body, scope)) }
    });
    let version = block.body.get_attribute("version");
    let version = version.map(|version| evaluator.value(&version.value, scope));
    document(at, statements, version)
}

/// The document of statements as objects, as the argument `statement` has them.
pub(super) fn document(at: TextRange, statements: Items, version: Option<Node>) -> Node {
    let known = statements.known.into_iter().map(statement).collect();
    let list = Node {
        at,
        is: Is::List(Items { known, rest: statements.rest, written: statements.written }),
    };
    // The provider writes the version when the block does not.
    let version = version.unwrap_or_else(|| Node::text(at, "1"));
    let known = vec![
        (Text::new("Statement".into(), list.at), list),
        (Text::new("Version".into(), version.at), version),
    ];
    Node { at, is: Is::Object(Members::of(known)) }
}

/// The document that lets these principals assume a role, as the provider writes it.
pub(super) fn trusting(at: TextRange, principals: Vec<(Text<TextRange>, Node)>) -> Node {
    let member = |name: &str, value: Node| (Text::new(name.to_owned(), value.at), value);
    let object = |known| Node { at, is: Is::Object(Members::of(known)) };
    let statement = object(vec![
        member("Effect", Node::text(at, "Allow")),
        member("Action", Node::text(at, "sts:AssumeRole")),
        member("Principal", object(principals)),
    ]);
    let statements = Node { at, is: Is::List(Items::of(vec![statement])) };
    object(vec![member("Statement", statements), member("Version", Node::text(at, "1"))])
}

/// The place where a body begins.
fn start(body: &Body) -> TextRange {
    range(body.iter().next().and_then(hcl_edit::Span::span))
}

/// The blocks of one name, those that `dynamic` makes included.
pub(super) fn blocks(
    evaluator: &Evaluator<'_>,
    body: &Body,
    name: &str,
    scope: &Scope,
    of: impl Fn(&Body, &Scope) -> Node,
) -> Items {
    let mut items = Items::default();
    for block in body.blocks() {
        match (block.ident.as_str(), block.labels.first().map(|label| label.as_str())) {
            (own, _) if own == name => items.known.push(of(&block.body, scope)),
            ("dynamic", Some(made)) if made == name => {
                let made = repeated(evaluator, block, name, scope);
                items.known.extend(made.known.iter().map(|(content, scope)| of(content, scope)));
                items.rest.extend(made.rest);
            }
            _ => {}
        }
    }
    items
}

/// What `dynamic "statement" { for_each = ..., content { ... } }` makes.
#[derive(Default)]
pub(super) struct Repeated<'b> {
    /// The content, and what names stand for in it.
    pub(super) known: Vec<(&'b Body, Scope)>,
    /// That there may be more.
    pub(super) rest: Option<Rest>,
}

/// The repetitions of the content of a `dynamic` block, with the values that it gives to a name.
pub(super) fn repeated<'b>(
    evaluator: &Evaluator<'_>,
    block: &'b Block,
    name: &str,
    scope: &Scope,
) -> Repeated<'b> {
    let at = range(block.ident.span());
    let mut made = Repeated::default();
    let unknown =
        |spelt: String| Some(Rest { at, spelt: format!("dynamic \"{name}\" over {spelt}") });
    let over = block.body.get_attribute("for_each").map(|over| &over.value);
    let content = block.body.get_blocks("content").next();
    let (Some(over), Some(content)) = (over, content) else {
        made.rest = unknown("nothing".into());
        return made;
    };
    let spelt = evaluator.spelt(place(over));
    let Some((found, rest)) = entries(&evaluator.value(over, scope)) else {
        made.rest = unknown(spelt);
        return made;
    };
    if !rest.is_empty() {
        made.rest = unknown(spelt);
    }
    let iterator = match block.body.get_attribute("iterator").map(|named| &named.value) {
        Some(hcl_edit::expr::Expression::Variable(named)) => named.as_str(),
        _ => name,
    };
    for (key, value) in found {
        let member = |name: &str, node: Node| (Text::new(name.to_owned(), node.at), node);
        let each = Members::of(vec![member("key", key), member("value", value)]);
        let mut inner = scope.clone();
        inner.push((iterator.to_owned(), Node { at, is: Is::Object(each) }));
        made.known.push((&content.body, inner));
    }
    made
}

/// The arguments and inner blocks of a `statement` block, under the names of the arguments.
fn blocks_of_statement(evaluator: &Evaluator<'_>, body: &Body, scope: &Scope) -> Members {
    let mut members = attributes(evaluator, body, scope);
    for name in ["principal", "condition"] {
        let inner = blocks(evaluator, body, name, scope, |body, scope| {
            let at = start(body);
            Node { at, is: Is::Object(attributes(evaluator, body, scope)) }
        });
        if !inner.known.is_empty() || !inner.rest.is_empty() {
            let at = start(body);
            members.known.push((Text::new(name.into(), at), Node { at, is: Is::List(inner) }));
        }
    }
    for block in body.blocks() {
        let made = match block.ident.as_str() {
            "dynamic" => block.labels.first().map_or("", |label| label.as_str()),
            own => own,
        };
        if !matches!(made, "principal" | "condition") {
            let at = range(block.ident.span());
            members.rest.push(Rest { at, spelt: format!("the block `{made}`") });
        }
    }
    members
}

fn attributes(evaluator: &Evaluator<'_>, body: &Body, scope: &Scope) -> Members {
    let mut members = Members::default();
    for attribute in body.attributes() {
        let name = Text::new(attribute.key.as_str().to_owned(), range(attribute.key.span()));
        members.known.push((name, evaluator.value(&attribute.value, scope)));
    }
    members
}

/// A statement of the document from one with the names of arguments.
fn statement(arguments: Node) -> Node {
    let at = arguments.at;
    let Is::Object(Members { mut known, rest, .. }) = arguments.is else {
        return arguments;
    };
    let mut statement = Members { rest, ..Members::default() };
    let mut take = |name: &str| {
        let index = known.iter().position(|(known, _)| known.value == name)?;
        Some(known.remove(index))
    };
    // In the order in which the provider writes them.
    let renamed = |name: &str, at: TextRange| Text::new(name.to_owned(), at);
    match take("effect") {
        Some((key, value)) => statement.known.push((renamed("Effect", key.at), value)),
        None if statement.rest.is_empty() => {
            statement.known.push((renamed("Effect", at), Node::text(at, "Allow")));
        }
        None => {}
    }
    for (argument, element) in [("action", "Action"), ("resource", "Resource")] {
        if let Some((key, value)) = take(argument) {
            statement.known.push((renamed(element, key.at), one_alone(value)));
        }
    }
    let (principal, condition) = (take("principal"), take("condition"));
    // What no statement has is reported under the name it has.
    statement.known.append(&mut known);
    if let Some((_, list)) = principal {
        statement.known.push((renamed("Principal", at), principals(list)));
    }
    if let Some((_, list)) = condition {
        statement.known.push((renamed("Condition", at), conditions(list)));
    }
    Node { at, is: Is::Object(statement) }
}

/// The provider writes a list of one value as that value; of one that is not known the list is kept, so
/// that what it was written as is known.
fn one_alone(value: Node) -> Node {
    let is_open = |item: &Node| matches!(item.is, Is::Unknown(_));
    match value.is {
        Is::List(Items { mut known, rest, .. })
            if known.len() == 1 && rest.is_empty() && !known.iter().any(is_open) =>
        {
            known.pop().unwrap_or(Node { at: value.at, is: Is::Null })
        }
        is @ (Is::Null
        | Is::Boolean(_)
        | Is::Number(_)
        | Is::Text(_)
        | Is::Encoded(_)
        | Is::List(_)
        | Is::Object(_)
        | Is::Unknown(_)) => Node { at: value.at, is },
    }
}

/// Takes the arguments of an inner block that are named so; what lacks one is not known.
fn parts<const N: usize>(block: &Node, names: [&str; N]) -> Result<[Node; N], Rest> {
    let unclear =
        || Rest { at: block.at, spelt: format!("a block without known {}", names.join(", ")) };
    let Is::Object(members) = &block.is else { return Err(unclear()) };
    let found: Option<Vec<Node>> = names.iter().map(|name| members.get(name).cloned()).collect();
    found.and_then(|found| found.try_into().ok()).ok_or_else(unclear)
}

fn list_of(node: Node) -> Result<Items, Node> {
    match node.is {
        Is::List(items) => Ok(items),
        Is::Object(_) => Ok(Items::of(vec![node])),
        Is::Null => Ok(Items::default()),
        is @ (Is::Boolean(_) | Is::Number(_) | Is::Text(_) | Is::Encoded(_) | Is::Unknown(_)) => {
            Err(Node { at: node.at, is })
        }
    }
}

fn principals(list: Node) -> Node {
    let at = list.at;
    let items = match list_of(list) {
        Ok(items) => items,
        Err(other) => return other,
    };
    let mut members = Members { rest: items.rest, ..Members::default() };
    for block in &items.known {
        match parts(block, ["entity", "identifiers"]) {
            Ok([entity, identifiers]) => match entity.known_text() {
                Some(name) => {
                    members.known.push((Text::new(name.to_owned(), entity.at), identifiers));
                }
                None => members.rest.push(Rest { at: entity.at, spelt: "the entity".into() }),
            },
            Err(rest) => members.rest.push(rest),
        }
    }
    Node { at, is: Is::Object(members) }
}

fn conditions(list: Node) -> Node {
    let at = list.at;
    let items = match list_of(list) {
        Ok(items) => items,
        Err(other) => return other,
    };
    let mut members = Members { rest: items.rest, ..Members::default() };
    for block in &items.known {
        let [operator, key, values] = match parts(block, ["operator", "variable", "values"]) {
            Ok(parts) => parts,
            Err(rest) => {
                members.rest.push(rest);
                continue;
            }
        };
        let (Some(name), Some(key_name)) = (operator.known_text(), key.known_text()) else {
            let spelt = "the operator or the variable of a condition".into();
            members.rest.push(Rest { at: operator.at, spelt });
            continue;
        };
        let member = (Text::new(key_name.to_owned(), key.at), one_alone(values));
        let known = members.known.iter_mut().find(|(known, _)| known.value == name);
        match known.map(|(_, value)| &mut value.is) {
            Some(Is::Object(keys)) => keys.known.push(member),
            _ => {
                let keys = Members::of(vec![member]);
                let keys = Node { at: operator.at, is: Is::Object(keys) };
                members.known.push((Text::new(name.to_owned(), operator.at), keys));
            }
        }
    }
    Node { at, is: Is::Object(members) }
}
