//! The document as the source writes it, with its expressions: what is written as Terraform again keeps
//! them.

use hcl_edit::expr::{Expression, ForExpr, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::visit::{self, Visit};
use ram_policy_model::text::hole::{Hole, TextHole};
use ram_policy_model::text::json::{self, Kind, Member, TextRange, Value};
use ram_policy_model::text::place::Text;

use super::module::Names;
use super::node::{Is, Items, Members, Node};
use super::text::{Mark, Open, Stands, Taken};
use crate::embedded::{Kept, Language};

/// Longest expression that is kept, in bytes.
const MAX_LENGTH: usize = 1 << 16;

/// Stands around the number of an expression in a text of JSON.
const IN_TEXT: char = '\u{e000}';
const ALONE: char = '\u{e002}';
const END: char = '\u{e001}';

/// The document that a value is; `None` where it needs an expression that means nothing elsewhere, and
/// where it has none.
pub(super) fn of_node(node: &Node, names: &Names<'_>) -> Option<Kept> {
    let mut keeper = Keeper::new(names);
    let tree = keeper.node(node)?;
    keeper.kept(tree)
}

/// The same of a document that is a text of JSON.
pub(super) fn of_text(taken: &Taken, names: &Names<'_>) -> Option<Kept> {
    let mut keeper = Keeper::new(names);
    let parts = keeper.parts(taken, true)?;
    let (text, expressions) = keeper.json(taken, &parts)?;
    let value = json::read(&text).ok()?;
    let tree = keeper.filled(&value, &expressions)?;
    keeper.kept(tree)
}

struct Keeper<'n> {
    names: &'n Names<'n>,
    lists: Vec<String>,
    texts: Vec<String>,
    /// Whether any expression was kept.
    any: bool,
}

/// A part of a text that an expression stands for.
struct Part {
    at: TextRange,
    expression: String,
    stands: Stands,
}

impl<'n> Keeper<'n> {
    const fn new(names: &'n Names<'n>) -> Self {
        Self { names, lists: Vec::new(), texts: Vec::new(), any: false }
    }

    fn kept(self, tree: Value<TextRange>) -> Option<Kept> {
        let Self { lists, texts, any, .. } = self;
        any.then_some(Kept { language: Language::Terraform, tree, lists, texts })
    }

    /// The expression at a mark, where it means the same elsewhere in the module.
    fn expression(&self, mark: Mark) -> Option<String> {
        let written = self.names.text(mark.file).get(mark.at.start..mark.at.end)?.trim();
        self.is_live(written).then(|| written.to_owned())
    }

    fn is_live(&self, written: &str) -> bool {
        if written.len() > MAX_LENGTH {
            return false;
        }
        let Ok(expression) = hcl_edit::parser::parse_expr(written) else { return false };
        let mut roots = Roots { names: self.names, bound: Vec::new(), is_live: true };
        roots.visit_expr(&expression);
        roots.is_live
    }

    /// Notes whether an expression gives a list or a text, where that is plain.
    fn note(&mut self, written: &str) {
        let is_list = match hcl_edit::parser::parse_expr(written) {
            Ok(Expression::Array(_)) => Some(true),
            Ok(Expression::ForExpr(each)) => each.key_expr.is_none().then_some(true),
            Ok(Expression::String(_) | Expression::StringTemplate(_)) => Some(false),
            Ok(Expression::FuncCall(call)) => match call.name.name.as_str() {
                "concat" | "flatten" | "compact" | "distinct" | "formatlist" | "keys"
                | "reverse" | "setsubtract" | "setunion" | "slice" | "sort" | "split"
                | "tolist" | "toset" | "values" => Some(true),
                "format" | "join" | "jsonencode" | "lower" | "replace" | "tostring" | "trim"
                | "trimprefix" | "trimspace" | "trimsuffix" | "upper" => Some(false),
                _ => None,
            },
            Ok(_) | Err(_) => {
                let name = written.strip_prefix("var.");
                name.and_then(|name| self.names.is_list(name))
            }
        };
        match is_list {
            Some(true) => self.lists.push(written.to_owned()),
            Some(false) => self.texts.push(written.to_owned()),
            None => {}
        }
    }

    fn node(&mut self, node: &Node) -> Option<Value<TextRange>> {
        let at = node.at;
        let kind = match &node.is {
            Is::Null => Kind::Null,
            Is::Boolean(boolean) => Kind::Boolean(*boolean),
            Is::Number(number) => Kind::Number(number.clone()),
            Is::Text(taken) => self.text(taken, at)?,
            Is::Encoded(inner) => {
                let inner = inner.encoded();
                if !inner.open.is_empty() {
                    return None;
                }
                Kind::String(inner.text)
            }
            Is::List(items) => self.list(items)?,
            Is::Object(members) => self.object(members)?,
            Is::Unknown(spelt) => {
                if !self.is_live(spelt) {
                    return None;
                }
                self.note(spelt);
                self.any = true;
                Kind::Hole(spelt.clone())
            }
        };
        Some(Value { at, kind })
    }

    fn list(&mut self, items: &Items) -> Option<Kind<TextRange>> {
        let is_text = |item: &Node| matches!(item.is, Is::Text(_) | Is::Unknown(_));
        let is_open = !items.rest.is_empty();
        if (is_open || items.known.iter().all(is_text))
            && let Some(written) = items.written.and_then(|mark| self.expression(mark))
        {
            self.lists.push(written.clone());
            self.any = true;
            return Some(Kind::Hole(written));
        }
        if is_open {
            return None;
        }
        let items: Option<Vec<_>> = items.known.iter().map(|item| self.node(item)).collect();
        Some(Kind::Array(items?))
    }

    fn object(&mut self, members: &Members) -> Option<Kind<TextRange>> {
        if !members.rest.is_empty() {
            let written = members.written.and_then(|mark| self.expression(mark))?;
            self.any = true;
            return Some(Kind::Hole(written));
        }
        let mut found = Vec::new();
        for (name, value) in &members.known {
            found.push(Member { name: name.clone(), value: self.node(value)? });
        }
        Some(Kind::Object(found))
    }

    /// A text with its expressions.
    fn text(&mut self, taken: &Taken, at: TextRange) -> Option<Kind<TextRange>> {
        let parts = self.parts(taken, false)?;
        if let [only] = parts.as_slice()
            && (only.at.start, only.at.end) == (0, taken.text.len())
        {
            self.any = true;
            self.texts.push(only.expression.clone());
            return Some(Kind::Hole(only.expression.clone()));
        }
        if parts.is_empty() {
            return Some(Kind::String(taken.text.clone()));
        }
        let (mut text, mut holes, mut done) = (String::new(), Vec::new(), 0);
        for part in parts {
            text.push_str(taken.text.get(done..part.at.start).unwrap_or(""));
            holes.push(open(&mut text, part.expression, at));
            done = part.at.end;
        }
        text.push_str(taken.text.get(done..).unwrap_or(""));
        self.any = true;
        Some(Kind::Open(text, holes))
    }

    /// The parts of a text that expressions stand for, from left to right; of parts that stand in each
    /// other the outer one. `None` where one that is not known means nothing elsewhere.
    fn parts(&self, taken: &Taken, is_document: bool) -> Option<Vec<Part>> {
        let mut found: Vec<Part> = Vec::new();
        let is_inside = |at: TextRange, found: &[Part]| {
            found.iter().any(|part| part.at.start <= at.start && at.end <= part.at.end)
        };
        let mut marks: Vec<(TextRange, Mark)> = taken.written.clone();
        marks.sort_by_key(|(at, _)| std::cmp::Reverse(at.end - at.start));
        for (at, mark) in marks {
            let is_whole = (at.start, at.end) == (0, taken.text.len());
            if (is_document && is_whole) || is_inside(at, &found) {
                continue;
            }
            if let Some(expression) = self.expression(mark) {
                found.push(Part { at, expression, stands: Stands::Text });
            }
        }
        let marked = found.len();
        for Open { at, spelt, stands } in &taken.open {
            if is_inside(*at, found.get(..marked).unwrap_or(&[])) {
                continue;
            }
            if *stands == Stands::Rest || !self.is_live(spelt) {
                return None;
            }
            found.push(Part { at: *at, expression: spelt.clone(), stands: *stands });
        }
        found.sort_by_key(|part| part.at.start);
        Some(found)
    }

    /// A text of JSON with a sign in the place of every expression, and the expressions.
    fn json(&self, taken: &Taken, parts: &[Part]) -> Option<(String, Vec<String>)> {
        if taken.text.contains([IN_TEXT, ALONE, END]) {
            return None;
        }
        let (mut json, mut expressions, mut done) = (String::new(), Vec::new(), 0);
        let (mut in_text, mut escaped) = (false, false);
        let literal = |part: &str, json: &mut String, in_text: &mut bool, escaped: &mut bool| {
            for byte in part.bytes() {
                match byte {
                    _ if *escaped => *escaped = false,
                    b'\\' if *in_text => *escaped = true,
                    b'"' => *in_text = !*in_text,
                    _ => {}
                }
            }
            json.push_str(part);
        };
        for part in parts {
            let before = taken.text.get(done..part.at.start)?;
            literal(before, &mut json, &mut in_text, &mut escaped);
            let known = taken.text.get(part.at.start..part.at.end)?;
            let number = expressions.len();
            done = part.at.end;
            if in_text {
                // What is known must not end the text that it stands in.
                json.push_str(&format!("{IN_TEXT}{number}{END}"));
                expressions.push(part.expression.clone());
                continue;
            }
            let is_inside =
                |open: &Open| part.at.start <= open.at.start && open.at.end <= part.at.end;
            let expression = match (encoded(&part.expression), part.stands) {
                (Some(value), Stands::Text) => value,
                // JSON that is known, from somewhere else.
                (None, Stands::Text) if !taken.open.iter().any(is_inside) => {
                    literal(known, &mut json, &mut in_text, &mut escaped);
                    continue;
                }
                (None, Stands::Text) => format!("jsondecode({})", part.expression),
                (_, Stands::Value) => part.expression.clone(),
                (_, Stands::Rest) => return None,
            };
            json.push_str(&format!("\"{ALONE}{number}{END}\""));
            expressions.push(expression);
        }
        literal(taken.text.get(done..)?, &mut json, &mut in_text, &mut escaped);
        Some((json, expressions))
    }

    /// The value with the expressions in the place of their signs.
    fn filled(
        &mut self,
        value: &Value<TextRange>,
        expressions: &[String],
    ) -> Option<Value<TextRange>> {
        let at = value.at;
        let kind = match &value.kind {
            Kind::String(text) => {
                if let Some(rest) = text.strip_prefix(ALONE) {
                    let number: usize = rest.strip_suffix(END)?.parse().ok()?;
                    let expression = expressions.get(number)?;
                    self.note(expression);
                    self.any = true;
                    Kind::Hole(expression.clone())
                } else {
                    let Text { value: text, holes, .. } = self.named(text, at, expressions)?;
                    if holes.is_empty() { Kind::String(text) } else { Kind::Open(text, holes) }
                }
            }
            Kind::Array(items) => {
                let items: Option<Vec<_>> =
                    items.iter().map(|item| self.filled(item, expressions)).collect();
                Kind::Array(items?)
            }
            Kind::Object(members) => {
                let mut found = Vec::new();
                for Member { name, value } in members {
                    let name = self.named(&name.value, name.at, expressions)?;
                    found.push(Member { name, value: self.filled(value, expressions)? });
                }
                Kind::Object(found)
            }
            Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Open(..)
            | Kind::Hole(_)
            | Kind::Unreadable => value.kind.clone(),
        };
        Some(Value { at, kind })
    }

    fn named(
        &mut self,
        text: &str,
        at: TextRange,
        expressions: &[String],
    ) -> Option<Text<TextRange>> {
        let (mut found, mut holes, mut rest) = (String::new(), Vec::new(), text);
        while let Some((before, after)) = rest.split_once(IN_TEXT) {
            let (number, behind) = after.split_once(END)?;
            found.push_str(before);
            let expression = expressions.get(number.parse::<usize>().ok()?)?;
            holes.push(open(&mut found, expression.clone(), at));
            self.any = true;
            rest = behind;
        }
        found.push_str(rest);
        Some(if holes.is_empty() { Text::new(found, at) } else { Text::open(found, at, holes) })
    }
}

/// Adds an expression to a text.
fn open(text: &mut String, expression: String, at: TextRange) -> TextHole<TextRange> {
    let start = text.len();
    text.push_str(&format!("${{{expression}}}"));
    TextHole { range: start..text.len(), hole: Hole { name: expression, at } }
}

/// The expression whose value `jsonencode` writes.
fn encoded(written: &str) -> Option<String> {
    let inside = written.strip_prefix("jsonencode(")?.strip_suffix(')')?.trim();
    // A parenthesis at the end may be another one's.
    hcl_edit::parser::parse_expr(inside).is_ok().then(|| inside.to_owned())
}

/// Whether the names in an expression mean the same anywhere in the module.
struct Roots<'n> {
    names: &'n Names<'n>,
    bound: Vec<String>,
    is_live: bool,
}

impl Roots<'_> {
    fn is_known(&self, traversal: &Traversal) -> bool {
        let Expression::Variable(root) = &traversal.expr else { return true };
        let attribute = |index: usize| {
            let operator = traversal.operators.get(index)?;
            let TraversalOperator::GetAttr(name) = operator.value() else { return None };
            Some(name.as_str())
        };
        let root = root.as_str();
        if self.bound.iter().any(|bound| bound == root) {
            return true;
        }
        match (root, attribute(0)) {
            ("var" | "local" | "module" | "path" | "data" | "terraform", Some(_)) => true,
            (kind, Some(name)) => {
                self.names.block("resource", kind, name).is_some()
                    || (kind.contains('_') && attribute(1).is_some())
            }
            (_, None) => false,
        }
    }
}

impl Visit for Roots<'_> {
    fn visit_expr(&mut self, node: &Expression) {
        if let Expression::Variable(name) = node {
            self.is_live &= self.bound.iter().any(|bound| bound == name.as_str());
        } else if let Expression::Traversal(traversal) = node {
            self.is_live &= self.is_known(traversal);
            if !matches!(traversal.expr, Expression::Variable(_)) {
                self.visit_expr(&traversal.expr);
            }
            for operator in &traversal.operators {
                self.visit_traversal_operator(operator.value());
            }
        } else {
            visit::visit_expr(self, node);
        }
    }

    fn visit_object_key(&mut self, node: &ObjectKey) {
        // A name alone is no expression.
        if !matches!(node, ObjectKey::Expression(Expression::Variable(_))) {
            visit::visit_object_key(self, node);
        }
    }

    fn visit_for_expr(&mut self, node: &ForExpr) {
        self.visit_expr(&node.intro.collection_expr);
        let before = self.bound.len();
        let names = node.intro.key_var.iter().chain(std::iter::once(&node.intro.value_var));
        self.bound.extend(names.map(|name| name.as_str().to_owned()));
        if let Some(key) = &node.key_expr {
            self.visit_expr(key);
        }
        self.visit_expr(&node.value_expr);
        if let Some(condition) = &node.cond {
            self.visit_expr(&condition.expr);
        }
        self.bound.truncate(before);
    }
}
