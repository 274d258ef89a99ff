//! What the names of a module stand for: locals, variables, other resources and data sources, and the
//! outputs of child modules.

use std::rc::Rc;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, Traversal, TraversalOperator};
use hcl_edit::structure::{Block, Body};
use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::place::Text;

use super::evaluate::{DOCUMENT, Evaluator, Scope, entries, in_scope, place, range};
use super::module::{Arguments, Definition, Names};
use super::node::{Is, Items, Members, Node};

/// Most instances of a resource or a module that are told apart.
const MOST_INSTANCES: usize = 1_000;

/// The arguments of the call of a module.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'m> {
    pub(super) evaluator: &'m Evaluator<'m>,
    pub(super) body: &'m Body,
    pub(super) scope: &'m Scope,
}

impl Arguments for Inputs<'_> {
    fn argument(&self, name: &str, at: TextRange) -> Option<Option<Node>> {
        let Self { evaluator, body, scope } = self;
        let attribute = body.get_attribute(name)?;
        let found = evaluator.guarded(evaluator.file, range(attribute.key.span()), name, || {
            Some(evaluator.value(&attribute.value, scope))
        });
        Some(found.map(|found| {
            evaluator.count(found.size());
            found.unmarked().moved(at)
        }))
    }
}

/// One of the objects that a block makes.
pub(super) struct Instance {
    /// What stands behind the name of the block: `[0]`, `["a"]`, or nothing.
    pub(super) key: String,
    /// What `each` and `count` stand for.
    pub(super) scope: Scope,
    /// Whether the values of variables make it.
    pub(super) is_made: bool,
}

impl Instance {
    /// The only object, or one of a number that is not known.
    fn only() -> Self {
        Self { key: String::new(), scope: Scope::new(), is_made: true }
    }

    fn new(key: String, name: &str, members: Vec<(&str, Node)>) -> Self {
        let at = members.first().map_or(TextRange { start: 0, end: 0 }, |(_, node)| node.at);
        let known = members.into_iter();
        let known = known.map(|(name, node)| (Text::new(name.to_owned(), node.at), node));
        let object = Node { at, is: Is::Object(Members::of(known.collect())) };
        Self { key, scope: vec![(name.to_owned(), object)], is_made: true }
    }
}

impl<'m> Evaluator<'m> {
    /// The objects that a block makes by `count` or `for_each`. Where nobody knows how many, it is one of
    /// which nothing else is known; where it makes none, one that is not made.
    pub(super) fn instances(&self, body: &Body, scope: &Scope) -> Vec<Instance> {
        let argument = |name: &str| {
            let attribute = body.get_attribute(name)?;
            Some(self.value(&attribute.value, scope))
        };
        let mut found = Vec::new();
        let mut is_made = true;
        if let Some(over) = argument("for_each") {
            is_made = false;
            let is_list = matches!(over.is, Is::List(_));
            let Some((known, rest)) = entries(&over) else { return vec![Instance::only()] };
            for (key, value) in known.into_iter().take(MOST_INSTANCES) {
                let key = if is_list { value.clone() } else { key };
                let Some(name) = key.as_key() else { return vec![Instance::only()] };
                let name = format!("[{}]", serde_json::Value::from(name));
                found.push(Instance::new(name, "each", vec![("key", key), ("value", value)]));
            }
            // What has no known name is known all the same.
            let unnamed = over.object().map_or(&[][..], |members| &members.unnamed);
            for value in unnamed.iter().take(MOST_INSTANCES) {
                let key = Node::unknown(value.at, "each.key");
                let values = vec![("key", key), ("value", value.clone())];
                found.push(Instance::new("[...]".to_owned(), "each", values));
            }
            if rest.len() > unnamed.len() {
                found.push(Instance::only());
            }
        } else if let Some(Node { at, is: Is::Number(number) }) = argument("count") {
            is_made = false;
            let count = number.parse::<usize>().unwrap_or(0);
            for index in 0..count.min(MOST_INSTANCES) {
                let node = Node { at, is: Is::Number(index.to_string()) };
                found.push(Instance::new(format!("[{index}]"), "count", vec![("index", node)]));
            }
        }
        if found.is_empty() {
            found.push(Instance { is_made, ..Instance::only() });
        }
        found
    }

    /// `local.x`, `var.x.y`, `alicloud_ram_policy.p.policy_name`, `each.value`, `x[0]`.
    pub(super) fn traversal(&self, traversal: &Traversal, at: TextRange, scope: &Scope) -> Node {
        let operators: Vec<&TraversalOperator> =
            traversal.operators.iter().map(|operator| operator.value()).collect();
        let (start, rest) = if let Expression::Variable(root) = &traversal.expr {
            match in_scope(scope, root.as_str()) {
                Some(value) => (Some(value.clone()), operators.as_slice()),
                None => self.referenced(root.as_str(), &operators, at),
            }
        } else {
            (Some(self.value(&traversal.expr, scope)), operators.as_slice())
        };
        let found = start.and_then(|start| self.follow(start, rest, scope));
        found.unwrap_or_else(|| self.unknown(at))
    }

    /// What a name of the module stands for, and the operators behind the name.
    fn referenced<'o>(
        &self,
        root: &str,
        operators: &'o [&'o TraversalOperator],
        at: TextRange,
    ) -> (Option<Node>, &'o [&'o TraversalOperator]) {
        let attribute = |index: usize| match operators.get(index) {
            Some(TraversalOperator::GetAttr(name)) => Some(name.as_str()),
            _ => None,
        };
        let after = |count: usize| operators.get(count..).unwrap_or(&[]);
        match (root, attribute(0)) {
            ("local", Some(name)) => (self.defined(self.names.local(name), at), after(1)),
            ("var", Some(name)) => (self.variable(name, at), after(1)),
            ("module", Some(name)) => self.output(name, after(1), at),
            ("path", Some("module")) => (Some(Node::text(at, "")), after(1)),
            ("path", Some(_)) if !self.names.is_child() => (Some(Node::text(at, "")), after(1)),
            ("data", Some(kind)) => {
                let Some(name) = attribute(1) else { return (None, &[]) };
                self.attribute(self.names.block("data", kind, name), after(2), at)
            }
            (kind, Some(name)) => {
                self.attribute(self.names.block("resource", kind, name), after(1), at)
            }
            (_, None) => (None, &[]),
        }
    }

    /// The attribute of a block that operators ask for.
    fn attribute<'o>(
        &self,
        block: Option<(usize, &'m Block)>,
        operators: &'o [&'o TraversalOperator],
        at: TextRange,
    ) -> (Option<Node>, &'o [&'o TraversalOperator]) {
        // One of several instances is like the others, as far as it is known.
        let operators = match operators {
            [TraversalOperator::Index(_) | TraversalOperator::LegacyIndex(_), rest @ ..] => rest,
            all => all,
        };
        let (Some((file, block)), Some(TraversalOperator::GetAttr(name))) =
            (block, operators.first())
        else {
            return (None, &[]);
        };
        let after = operators.get(1..).unwrap_or(&[]);
        let is_document = block.labels.first().is_some_and(|kind| kind.as_str() == DOCUMENT);
        if is_document && matches!(name.as_str(), "document" | "json") {
            let inner = self.in_file(file);
            let found = self.guarded(file, range(block.span()), "", || {
                Some((self.data_source)(&inner, block, &Scope::new()))
            });
            let found = found.map(|node| Node { at, is: Is::Encoded(Rc::new(node)) });
            return (found.map(|node| self.placed(node, file, at)), after);
        }
        let definition = block
            .body
            .get_attribute(name.as_str())
            .map(|attribute| Definition { file, expression: &attribute.value });
        (self.defined(definition, at), after)
    }

    /// The value of a definition of the module.
    fn defined(&self, definition: Option<Definition<'m>>, at: TextRange) -> Option<Node> {
        let Definition { file, expression } = definition?;
        let inner = self.in_file(file);
        let found = self.guarded(file, place(expression), "", || {
            Some(inner.value(expression, &Scope::new()))
        })?;
        // Values that were taken over are counted, too: a few names could double them without end.
        self.count(found.size());
        Some(self.placed(found, file, at))
    }

    /// The value of a variable: what the caller gives, or the user, or its default.
    fn variable(&self, name: &str, at: TextRange) -> Option<Node> {
        if !self.knows_variables {
            return None;
        }
        let arguments = self.names.arguments();
        if let Some(found) = arguments.and_then(|arguments| arguments.argument(name, at)) {
            return found;
        }
        if let Some(given) = self.names.given(name) {
            self.count(given.size());
            return Some(given.moved(at));
        }
        self.defined(self.names.variable(name), at)
    }

    /// The output of a child module that operators ask for.
    fn output<'o>(
        &self,
        name: &str,
        operators: &'o [&'o TraversalOperator],
        at: TextRange,
    ) -> (Option<Node>, &'o [&'o TraversalOperator]) {
        let (index, operators) = match operators {
            [TraversalOperator::Index(index), rest @ ..] => (Some(index), rest),
            [TraversalOperator::LegacyIndex(_), rest @ ..] => (None, rest),
            all => (None, all),
        };
        let (Some((file, block)), Some(TraversalOperator::GetAttr(output))) =
            (self.names.call(name), operators.first())
        else {
            return (None, &[]);
        };
        let key = index.and_then(|index| {
            let key = self.value(index, &Scope::new());
            Some(match key.number() {
                Some(number) => format!("[{number}]"),
                None => format!("[{}]", serde_json::Value::from(key.known_text()?)),
            })
        });
        let caller = self.in_file(file);
        let instances = caller.instances(&block.body, &Scope::new());
        let is_asked = |instance: &&Instance| key.as_ref().is_none_or(|key| *key == instance.key);
        let scope = instances.iter().find(is_asked).map(|instance| &instance.scope);
        let nothing = Scope::new();
        let inputs =
            Inputs { evaluator: &caller, body: &block.body, scope: scope.unwrap_or(&nothing) };
        let found = self.guarded(file, range(block.span()), output.as_str(), || {
            let names = Names::of_child(self.names.child(name)?, &inputs, self.next_module());
            self.count(names.size());
            let Definition { file, expression } = names.output(output.as_str())?;
            let inner = self.of_names(&names).in_file(file);
            Some(inner.value(expression, &Scope::new()).unmarked())
        });
        let after = operators.get(1..).unwrap_or(&[]);
        let Some(found) = found else { return (None, after) };
        self.count(found.size());
        // What the child calls it means nothing here.
        let is_unknown = matches!(found.is, Is::Unknown(_));
        (Some(if is_unknown { self.unknown(at) } else { found.moved(at) }), after)
    }

    /// A value of this or of another file.
    fn placed(&self, node: Node, file: usize, at: TextRange) -> Node {
        if file == self.file { node } else { node.moved(at) }
    }

    /// What operators lead to.
    fn follow(&self, start: Node, operators: &[&TraversalOperator], scope: &Scope) -> Option<Node> {
        let Some((first, rest)) = operators.split_first() else { return Some(start) };
        match first {
            TraversalOperator::GetAttr(name) => {
                let members = start.object()?;
                self.follow(members.get(name.as_str())?.clone(), rest, scope)
            }
            TraversalOperator::Index(index) => {
                let index = self.value(index, scope);
                let found = match (&start.is, &index.is) {
                    (Is::List(items), Is::Number(number)) if items.rest.is_empty() => {
                        items.known.get(number.parse::<usize>().ok()?)?
                    }
                    (Is::Object(members), Is::Text(_)) => members.get(index.known_text()?)?,
                    _ => return None,
                };
                self.follow(found.clone(), rest, scope)
            }
            TraversalOperator::LegacyIndex(index) => {
                let items = start.list().filter(|items| items.rest.is_empty())?;
                let index = usize::try_from(*index.value()).ok()?;
                self.follow(items.known.get(index)?.clone(), rest, scope)
            }
            TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
                let Is::List(items) = start.is else { return None };
                let known: Option<Vec<Node>> =
                    items.known.into_iter().map(|item| self.follow(item, rest, scope)).collect();
                let items = Items { known: known?, rest: items.rest, written: None };
                Some(Node { at: start.at, is: Is::List(items) })
            }
        }
    }
}
