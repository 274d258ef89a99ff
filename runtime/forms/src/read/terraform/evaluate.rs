//! Evaluates expressions as far as they are known before Terraform runs: literals, operators, `for`,
//! and calls of functions. What names stand for is in `references`, texts are in `templates`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hcl_edit::Span as _;
use hcl_edit::expr::{
    BinaryOp, BinaryOperator, Expression, ForExpr, FuncCall, ObjectKey, UnaryOp, UnaryOperator,
};
use hcl_edit::structure::Block;
use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::place::Text;

use super::functions;
use super::module::Names;
use super::node::{Is, Items, Members, Node, Rest};
use super::operators::{compared, computed, same};
use super::text::{Mark, Taken};

/// Deepest nesting of expressions and references that is followed.
const MAX_DEPTH: usize = 200;

/// Most values that are made for one file; a few lines could ask for any number.
const MAX_VALUES: usize = 200_000;

/// Evaluates the expressions of a file.
pub(super) struct Evaluator<'m> {
    pub(super) names: &'m Names<'m>,
    /// The file that the places of values are in.
    pub(super) file: usize,
    pub(super) data_source: DataSource,
    /// Whether variables have values; of what is not made by the values that they have, nobody knows for
    /// which it would be.
    pub(super) knows_variables: bool,
    counts: Rc<Counts>,
}

/// What is counted for a file that is read, child modules and templates included.
#[derive(Default)]
struct Counts {
    /// What is being evaluated, so that a definition that needs itself ends.
    within: RefCell<Vec<Being>>,
    values: Cell<usize>,
    /// How deep in expressions and definitions the evaluation is.
    depth: Cell<usize>,
    /// The number of the next module.
    modules: Cell<usize>,
}

/// Something that is being evaluated: the number of the module, the file in it, and the place.
type Being = (usize, usize, TextRange, String);

/// The document that the blocks of a data source are, as `statements` reads them.
pub(super) type DataSource = fn(&Evaluator<'_>, &Block, &Scope) -> Node;

/// Names that a block or a `for` gives to values.
pub(super) type Scope = Vec<(String, Node)>;

impl<'m> Evaluator<'m> {
    pub(super) fn new(names: &'m Names<'m>, data_source: DataSource) -> Self {
        Self { names, file: 0, data_source, knows_variables: true, counts: Rc::default() }
    }

    /// Evaluates the expressions of another file of the module.
    pub(super) fn in_file(&self, file: usize) -> Self {
        let (data_source, counts) = (self.data_source, Rc::clone(&self.counts));
        let knows_variables = self.knows_variables;
        Self { names: self.names, file, data_source, knows_variables, counts }
    }

    /// Evaluates the expressions of the same file without the values of variables.
    pub(super) fn without_variables(&self) -> Self {
        Self { knows_variables: false, ..self.in_file(self.file) }
    }

    /// Evaluates the expressions of other names, and counts with this one.
    pub(super) fn of_names<'n>(&self, names: &'n Names<'n>) -> Evaluator<'n> {
        let (data_source, counts) = (self.data_source, Rc::clone(&self.counts));
        Evaluator { names, file: 0, data_source, knows_variables: true, counts }
    }

    /// A number that no other module has.
    pub(super) fn next_module(&self) -> usize {
        let next = self.counts.modules.get().saturating_add(1);
        self.counts.modules.set(next);
        next
    }

    /// Counts values that were not made by an expression of their own.
    pub(super) fn count(&self, values: usize) {
        self.counts.values.set(self.counts.values.get().saturating_add(values));
    }

    /// Whether no more values are made.
    pub(super) fn is_exhausted(&self) -> bool {
        self.counts.values.get() > MAX_VALUES
    }

    /// Evaluates a definition unless it is being evaluated.
    pub(super) fn guarded(
        &self,
        file: usize,
        at: TextRange,
        name: &str,
        value: impl FnOnce() -> Option<Node>,
    ) -> Option<Node> {
        let being = (self.names.number(), file, at, name.to_owned());
        if self.counts.within.borrow().contains(&being) {
            return None;
        }
        self.counts.within.borrow_mut().push(being);
        let found = value();
        self.counts.within.borrow_mut().pop();
        found
    }

    /// The text of the file.
    pub(super) fn source(&self) -> &'m str {
        self.names.text(self.file)
    }

    /// How the source spells what is at a place.
    pub(super) fn spelt(&self, at: TextRange) -> String {
        self.source().get(at.start..at.end).unwrap_or("").trim().to_owned()
    }

    pub(super) fn unknown(&self, at: TextRange) -> Node {
        Node::unknown(at, self.spelt(at))
    }

    /// The value of an expression.
    pub(super) fn value(&self, expression: &Expression, scope: &Scope) -> Node {
        let at = place(expression);
        self.count(1);
        let depth = self.counts.depth.get();
        if self.is_exhausted() || depth >= MAX_DEPTH {
            return self.unknown(at);
        }
        self.counts.depth.set(depth + 1);
        let value = self.evaluated(expression, at, scope);
        self.counts.depth.set(depth);
        let is_reference = matches!(
            expression,
            Expression::Traversal(_)
                | Expression::Conditional(_)
                | Expression::FuncCall(_)
                | Expression::ForExpr(_)
        );
        if is_reference && !self.needs(scope, at) {
            return value.written_as(Mark { file: self.file, at });
        }
        value
    }

    /// Whether what is written at a place may mean nothing elsewhere, as `each.value`.
    fn needs(&self, scope: &Scope, at: TextRange) -> bool {
        let written = self.source().get(at.start..at.end).unwrap_or("");
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        written.split(|character| !is_word(character)).any(|word| {
            matches!(word, "each" | "count" | "self") || scope.iter().any(|(name, _)| name == word)
        })
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
                Is::List(Items::of(known))
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
            None => {
                members.rest.push(Rest { at, spelt: self.spelt(at) });
                members.unnamed.push(value);
            }
        }
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
            ("templatefile", [path, values]) => {
                self.template_file(path, values, at).unwrap_or_else(|| self.unknown(at))
            }
            _ => functions::call(name, &arguments, at).unwrap_or_else(|| self.unknown(at)),
        }
    }

    /// `[for ...]` and `{for ...}` over what is known.
    fn each(&self, expression: &ForExpr, at: TextRange, scope: &Scope) -> Node {
        let intro = &expression.intro;
        let collection = self.value(&intro.collection_expr, scope);
        let Some((entries, rest)) = entries(&collection) else { return self.unknown(at) };
        let mut items = Items { rest: rest.clone(), ..Items::default() };
        let mut members = Members { rest, ..Members::default() };
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
                Some(key) => {
                    let found = self.value(key, &inner);
                    let Some(name) = found.as_key() else {
                        let spelt = self.spelt(place(key));
                        members.rest.push(Rest { at: place(key), spelt });
                        members.unnamed.push(value);
                        continue;
                    };
                    let name = Text::new(name, found.at);
                    if expression.grouping {
                        members.group(name, value);
                    } else {
                        members.set(name, value);
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
        if let (Is::Number(left), Is::Number(right)) = (&left.is, &right.is)
            && let Some(number) = computed(operator, left, right)
        {
            return Node { at, is: Is::Number(number) };
        }
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
}

/// The data source whose blocks are a document.
pub(super) const DOCUMENT: &str = "alicloud_ram_policy_document";

pub(super) fn in_scope<'s>(scope: &'s Scope, name: &str) -> Option<&'s Node> {
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

/// The place of an expression.
pub(super) fn place(expression: &Expression) -> TextRange {
    range(expression.span())
}

pub(super) fn range(span: Option<std::ops::Range<usize>>) -> TextRange {
    let span = span.unwrap_or(0..0);
    TextRange { start: span.start, end: span.end }
}
