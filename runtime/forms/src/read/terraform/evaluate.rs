//! Evaluates expressions as far as they are known before Terraform runs: literals, locals, variables
//! with defaults, references between resources of the module, and the functions that put documents
//! together.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hcl_edit::Span as _;
use hcl_edit::expr::{
    BinaryOp, BinaryOperator, Expression, ForExpr, FuncCall, ObjectKey, Traversal,
    TraversalOperator, UnaryOp, UnaryOperator,
};
use hcl_edit::structure::Block;
use hcl_edit::template::{Element, Template};
use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::place::Text;

use super::functions;
use super::module::{Definition, Names};
use super::node::{Is, Items, Members, Node, Rest};
use super::text::Taken;

/// Deepest nesting of expressions and references that is followed.
const MAX_DEPTH: usize = 200;

/// Most values that are made for one file; a few lines could ask for any number.
const MAX_VALUES: usize = 200_000;

/// Evaluates the expressions of a file.
pub(super) struct Evaluator<'m> {
    names: &'m Names<'m>,
    /// The file that the places of values are in.
    file: usize,
    /// What is being evaluated, so that a definition that needs itself ends.
    within: Rc<RefCell<Vec<(usize, TextRange)>>>,
    values: Rc<Cell<usize>>,
    /// How deep in expressions and definitions the evaluation is.
    depth: Rc<Cell<usize>>,
    data_source: DataSource,
}

/// The document that the blocks of a data source are, as `statements` reads them.
pub(super) type DataSource = fn(&Evaluator<'_>, &Block, &Scope) -> Node;

/// Names that a block or a `for` gives to values.
pub(super) type Scope = Vec<(String, Node)>;

impl<'m> Evaluator<'m> {
    pub(super) fn new(names: &'m Names<'m>, data_source: DataSource) -> Self {
        Self {
            names,
            file: 0,
            within: Rc::default(),
            values: Rc::default(),
            depth: Rc::default(),
            data_source,
        }
    }

    /// The text of the file.
    fn source(&self) -> &'m str {
        self.names.text(self.file)
    }

    /// How the source spells what is at a place.
    pub(super) fn spelt(&self, at: TextRange) -> String {
        self.source().get(at.start..at.end).unwrap_or("").trim().to_owned()
    }

    fn unknown(&self, at: TextRange) -> Node {
        Node::unknown(at, self.spelt(at))
    }

    /// The value of an expression.
    pub(super) fn value(&self, expression: &Expression, scope: &Scope) -> Node {
        let at = place(expression);
        let made = self.values.get().saturating_add(1);
        self.values.set(made);
        let depth = self.depth.get();
        if made > MAX_VALUES || depth >= MAX_DEPTH {
            return self.unknown(at);
        }
        self.depth.set(depth + 1);
        let value = self.evaluated(expression, at, scope);
        self.depth.set(depth);
        value
    }

    fn evaluated(&self, expression: &Expression, at: TextRange, scope: &Scope) -> Node {
        let is = match expression {
            Expression::Null(_) => Is::Null,
            Expression::Bool(boolean) => Is::Boolean(*boolean.value()),
            Expression::Number(number) => Is::Number(number.value().to_string()),
            Expression::String(_) => {
                let mut taken = Taken::default();
                taken.quoted(self.source(), at.start + 1..at.end.saturating_sub(1));
                Is::Text(taken)
            }
            Expression::Array(array) => {
                let known = array.iter().map(|item| self.value(item, scope)).collect();
                Is::List(Items { known, rest: Vec::new() })
            }
            Expression::Object(object) => {
                let mut members = Members::default();
                for (key, value) in object.iter() {
                    let value = self.value(value.expr(), scope);
                    self.member(key, value, scope, &mut members);
                }
                Is::Object(members)
            }
            Expression::Parenthesis(inner) => return self.value(inner.inner(), scope),
            Expression::StringTemplate(template) => {
                return self.template(template, true, at, scope);
            }
            Expression::HeredocTemplate(heredoc) => {
                return self.template(&heredoc.template, false, at, scope);
            }
            Expression::Variable(name) => match in_scope(scope, name.as_str()) {
                Some(value) => return value.clone(),
                None => return self.unknown(at),
            },
            Expression::Traversal(traversal) => return self.traversal(traversal, at, scope),
            Expression::Conditional(conditional) => {
                return match self.value(&conditional.cond_expr, scope).boolean() {
                    Some(true) => self.value(&conditional.true_expr, scope),
                    Some(false) => self.value(&conditional.false_expr, scope),
                    None => self.unknown(at),
                };
            }
            Expression::FuncCall(call) => return self.call(call, at, scope),
            Expression::ForExpr(expression) => return self.each(expression, at, scope),
            Expression::UnaryOp(operation) => return self.unary(operation, at, scope),
            Expression::BinaryOp(operation) => return self.binary(operation, at, scope),
        };
        Node { at, is }
    }

    fn member(&self, key: &ObjectKey, value: Node, scope: &Scope, members: &mut Members) {
        let at = range(key.span());
        let name = match key {
            ObjectKey::Ident(ident) => Some(ident.as_str().to_owned()),
            ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str().to_owned()),
            ObjectKey::Expression(expression) => {
                self.value(expression, scope).known_text().map(str::to_owned)
            }
        };
        match name {
            Some(name) => members.known.push((Text::new(name, at), value)),
            None => members.rest.push(Rest { at, spelt: self.spelt(at) }),
        }
    }

    /// The text of a template; a template that is one value alone is that value.
    fn template(&self, template: &Template, quoted: bool, at: TextRange, scope: &Scope) -> Node {
        if let Some(Element::Interpolation(only)) = template.as_single_element()
            && quoted
        {
            let value = self.value(&only.expr, scope);
            return Node { at, ..value };
        }
        let mut taken = Taken::default();
        for element in template.iter() {
            let Some(span) = element.span() else { continue };
            match element {
                Element::Literal(_) if quoted => taken.quoted(self.source(), span),
                Element::Literal(_) => taken.heredoc(self.source(), span),
                Element::Interpolation(inner) => {
                    let value = self.value(&inner.expr, scope);
                    let at = TextRange { start: span.start, end: span.end };
                    let inside = place(&inner.expr);
                    match &value.is {
                        // What another place says is marked where it is used.
                        Is::Text(text) => taken.append(&text.moved(at)),
                        Is::Encoded(inner) => taken.append(&inner.encoded()),
                        Is::Number(number) => taken.push(number, span),
                        Is::Boolean(boolean) => {
                            taken.push(if *boolean { "true" } else { "false" }, span);
                        }
                        Is::Null | Is::List(_) | Is::Object(_) | Is::Unknown(_) => {
                            taken.unknown(&self.spelt(inside), span);
                        }
                    }
                }
                Element::Directive(_) => {
                    let at = TextRange { start: span.start, end: span.end };
                    taken.unknown(&self.spelt(at), span);
                }
            }
        }
        Node { at, is: Is::Text(taken) }
    }

    fn call(&self, call: &FuncCall, at: TextRange, scope: &Scope) -> Node {
        let name = call.name.name.as_str();
        if call.name.is_namespaced() {
            return self.unknown(at);
        }
        let mut arguments: Vec<Node> = call.args.iter().map(|one| self.value(one, scope)).collect();
        if call.args.expand_final() {
            match arguments.pop().map(|last| last.is) {
                Some(Is::List(items)) if items.rest.is_empty() => arguments.extend(items.known),
                _ => return self.unknown(at),
            }
        }
        match (name, arguments.as_slice()) {
            ("jsonencode", [only]) => Node { at, is: Is::Encoded(Rc::new(only.clone())) },
            ("file", [path]) => match path.known_text().and_then(|path| self.names.file(path)) {
                Some(text) => Node::text(at, &text),
                None => self.unknown(at),
            },
            _ => functions::call(name, &arguments, at).unwrap_or_else(|| self.unknown(at)),
        }
    }

    /// `[for ...]` and `{for ...}` over what is known.
    fn each(&self, expression: &ForExpr, at: TextRange, scope: &Scope) -> Node {
        let intro = &expression.intro;
        let collection = self.value(&intro.collection_expr, scope);
        let Some((entries, rest)) = entries(&collection) else { return self.unknown(at) };
        let mut items = Items { known: Vec::new(), rest: rest.clone() };
        let mut members = Members { known: Vec::new(), rest };
        for (key, value) in entries {
            let mut inner = scope.clone();
            if let Some(name) = &intro.key_var {
                inner.push((name.as_str().to_owned(), key));
            }
            inner.push((intro.value_var.as_str().to_owned(), value));
            if let Some(condition) = &expression.cond {
                match self.value(&condition.expr, &inner).boolean() {
                    Some(true) => {}
                    Some(false) => continue,
                    None => {
                        let spelt = self.spelt(place(&condition.expr));
                        let rest = Rest { at: place(&condition.expr), spelt };
                        items.rest.push(rest.clone());
                        members.rest.push(rest);
                        continue;
                    }
                }
            }
            let value = self.value(&expression.value_expr, &inner);
            match &expression.key_expr {
                None => items.known.push(value),
                Some(_) if expression.grouping => return self.unknown(at),
                Some(key) => {
                    let found = self.value(key, &inner);
                    match found.known_text() {
                        Some(name) => members.set(Text::new(name.to_owned(), found.at), value),
                        None => return self.unknown(at),
                    }
                }
            }
        }
        let is = match expression.key_expr {
            None => Is::List(items),
            Some(_) => Is::Object(members),
        };
        Node { at, is }
    }

    fn unary(&self, operation: &UnaryOp, at: TextRange, scope: &Scope) -> Node {
        let value = self.value(&operation.expr, scope);
        match (operation.operator.value(), value.is) {
            (UnaryOperator::Not, Is::Boolean(boolean)) => Node { at, is: Is::Boolean(!boolean) },
            (UnaryOperator::Neg, Is::Number(number)) => {
                let number = number.strip_prefix('-').map_or(format!("-{number}"), str::to_owned);
                Node { at, is: Is::Number(number) }
            }
            _ => self.unknown(at),
        }
    }

    fn binary(&self, operation: &BinaryOp, at: TextRange, scope: &Scope) -> Node {
        let left = self.value(&operation.lhs_expr, scope);
        let right = self.value(&operation.rhs_expr, scope);
        let operator = *operation.operator.value();
        let boolean = match (operator, &left.is, &right.is) {
            (BinaryOperator::Eq, ..) => same(&left, &right),
            (BinaryOperator::NotEq, ..) => same(&left, &right).map(|same| !same),
            (BinaryOperator::And, Is::Boolean(left), Is::Boolean(right)) => Some(*left && *right),
            (BinaryOperator::And, Is::Boolean(false), _)
            | (BinaryOperator::And, _, Is::Boolean(false)) => Some(false),
            (BinaryOperator::Or, Is::Boolean(left), Is::Boolean(right)) => Some(*left || *right),
            (BinaryOperator::Or, Is::Boolean(true), _)
            | (BinaryOperator::Or, _, Is::Boolean(true)) => Some(true),
            (operator, Is::Number(left), Is::Number(right)) => compared(operator, left, right),
            _ => None,
        };
        match boolean {
            Some(boolean) => Node { at, is: Is::Boolean(boolean) },
            None => self.unknown(at),
        }
    }

    /// `local.x`, `var.x.y`, `alicloud_ram_policy.p.policy_name`, `each.value`, `x[0]`.
    fn traversal(&self, traversal: &Traversal, at: TextRange, scope: &Scope) -> Node {
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
            ("var", Some(name)) => (self.defined(self.names.variable(name), at), after(1)),
            ("path", Some(_)) => (Some(Node::text(at, "")), after(1)),
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
            let found = self.guarded(file, range(block.span()), || {
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
        let found =
            self.guarded(file, place(expression), || Some(inner.value(expression, &Scope::new())))?;
        // Values that were taken over are counted, too: a few names could double them without end.
        self.values.set(self.values.get().saturating_add(found.size()));
        Some(self.placed(found, file, at))
    }

    fn in_file(&self, file: usize) -> Self {
        let within = Rc::clone(&self.within);
        let (values, depth) = (Rc::clone(&self.values), Rc::clone(&self.depth));
        Self { names: self.names, file, within, values, depth, data_source: self.data_source }
    }

    /// A value of this or of another file.
    fn placed(&self, node: Node, file: usize, at: TextRange) -> Node {
        if file == self.file { node } else { node.moved(at) }
    }

    /// Evaluates a definition unless it is being evaluated.
    fn guarded(
        &self,
        file: usize,
        at: TextRange,
        value: impl FnOnce() -> Option<Node>,
    ) -> Option<Node> {
        let definition = (file, at);
        if self.within.borrow().contains(&definition) {
            return None;
        }
        self.within.borrow_mut().push(definition);
        let found = value();
        self.within.borrow_mut().pop();
        found
    }

    /// What operators lead to.
    fn follow(&self, start: Node, operators: &[&TraversalOperator], scope: &Scope) -> Option<Node> {
        let Some((first, rest)) = operators.split_first() else { return Some(start) };
        match first {
            TraversalOperator::GetAttr(name) => {
                let Is::Object(members) = &start.is else { return None };
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
                let Is::List(items) = &start.is else { return None };
                if !items.rest.is_empty() {
                    return None;
                }
                let index = usize::try_from(*index.value()).ok()?;
                self.follow(items.known.get(index)?.clone(), rest, scope)
            }
            TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
                let Is::List(items) = start.is else { return None };
                let known: Option<Vec<Node>> =
                    items.known.into_iter().map(|item| self.follow(item, rest, scope)).collect();
                let items = Items { known: known?, rest: items.rest };
                Some(Node { at: start.at, is: Is::List(items) })
            }
        }
    }
}

/// The data source whose blocks are a document.
pub(super) const DOCUMENT: &str = "alicloud_ram_policy_document";

fn in_scope<'s>(scope: &'s Scope, name: &str) -> Option<&'s Node> {
    scope.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// Keys and values of a collection, and what more it may have.
type Entries = (Vec<(Node, Node)>, Vec<Rest>);

/// The entries of a list or an object.
pub(super) fn entries(collection: &Node) -> Option<Entries> {
    match &collection.is {
        Is::List(items) => {
            let number = |(index, item): (usize, &Node)| {
                (Node { at: item.at, is: Is::Number(index.to_string()) }, item.clone())
            };
            Some((items.known.iter().enumerate().map(number).collect(), items.rest.clone()))
        }
        Is::Object(members) => {
            let name = |(name, value): &(Text<TextRange>, Node)| {
                (Node::text(name.at, &name.value), value.clone())
            };
            Some((members.known.iter().map(name).collect(), members.rest.clone()))
        }
        Is::Null
        | Is::Boolean(_)
        | Is::Number(_)
        | Is::Text(_)
        | Is::Encoded(_)
        | Is::Unknown(_) => None,
    }
}

/// Whether two known values are equal.
fn same(left: &Node, right: &Node) -> Option<bool> {
    match (&left.is, &right.is) {
        (Is::Null, Is::Null) => Some(true),
        (Is::Boolean(left), Is::Boolean(right)) => Some(left == right),
        (Is::Number(left), Is::Number(right)) => compared(BinaryOperator::Eq, left, right),
        (Is::Text(_), Is::Text(_)) => Some(left.known_text()? == right.known_text()?),
        (Is::Null, Is::Boolean(_) | Is::Number(_) | Is::Text(_) | Is::List(_) | Is::Object(_))
        | (Is::Boolean(_) | Is::Number(_) | Is::Text(_) | Is::List(_) | Is::Object(_), Is::Null) => {
            Some(false)
        }
        (Is::List(left), Is::List(right)) if left.known.is_empty() && right.known.is_empty() => {
            (left.rest.is_empty() && right.rest.is_empty()).then_some(true)
        }
        _ => None,
    }
}

fn compared(operator: BinaryOperator, left: &str, right: &str) -> Option<bool> {
    let (left, right) = (left.parse::<i64>().ok()?, right.parse::<i64>().ok()?);
    Some(match operator {
        BinaryOperator::Eq => left == right,
        BinaryOperator::NotEq => left != right,
        BinaryOperator::Less => left < right,
        BinaryOperator::LessEq => left <= right,
        BinaryOperator::Greater => left > right,
        BinaryOperator::GreaterEq => left >= right,
        BinaryOperator::Plus
        | BinaryOperator::Minus
        | BinaryOperator::Mul
        | BinaryOperator::Div
        | BinaryOperator::Mod
        | BinaryOperator::And
        | BinaryOperator::Or => return None,
    })
}

/// The place of an expression.
pub(super) fn place(expression: &Expression) -> TextRange {
    range(expression.span())
}

pub(super) fn range(span: Option<std::ops::Range<usize>>) -> TextRange {
    let span = span.unwrap_or(0..0);
    TextRange { start: span.start, end: span.end }
}
