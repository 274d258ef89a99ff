//! Texts with `${...}` and `%{...}`: in quotes, as heredocs, and in files for `templatefile`.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::structure::Body;
use hcl_edit::template::{Directive, Element, ForDirective, IfDirective, Strip, Template};
use ram_policy_model::text::json::TextRange;
use ram_policy_model::text::place::Text;

use super::evaluate::{Evaluator, Scope, entries, place};
use super::module::Names;
use super::node::{Is, Node};
use super::text::{Mark, Taken};

/// Whether blanks at the ends of a template are left out.
#[derive(Clone, Copy, Default)]
struct Stripped {
    start: bool,
    end: bool,
}

const fn strips_before(strip: Strip) -> bool {
    matches!(strip, Strip::Start | Strip::Both)
}

const fn strips_behind(strip: Strip) -> bool {
    matches!(strip, Strip::End | Strip::Both)
}

/// What an element leaves out before itself and behind.
fn strips(element: &Element) -> Stripped {
    let (first, last) = match element {
        Element::Literal(_) => (Strip::None, Strip::None),
        Element::Interpolation(inner) => (inner.strip, inner.strip),
        Element::Directive(directive) => match &**directive {
            Directive::If(inner) => (inner.if_expr.strip, inner.endif_expr.strip),
            Directive::For(inner) => (inner.for_expr.strip, inner.endfor_expr.strip),
        },
    };
    Stripped { start: strips_before(first), end: strips_behind(last) }
}

impl Evaluator<'_> {
    /// The text of a template; a template that is one value alone is that value.
    pub(super) fn template(
        &self,
        template: &Template,
        quoted: bool,
        at: TextRange,
        scope: &Scope,
    ) -> Node {
        if let Some(Element::Interpolation(only)) = template.as_single_element()
            && quoted
        {
            let value = self.value(&only.expr, scope);
            return Node { at, ..value };
        }
        let mut taken = Taken::default();
        self.elements(template, quoted, Stripped::default(), scope, &mut taken);
        Node { at, is: Is::Text(taken) }
    }

    /// The text of a template in a file of the module, with the values that are given to it.
    pub(super) fn template_file(&self, path: &Node, values: &Node, at: TextRange) -> Option<Node> {
        let text = self.names.file(path.known_text()?)?;
        let Is::Object(values) = &values.is else { return None };
        if !values.rest.is_empty() {
            return None;
        }
        let value =
            |(name, node): &(Text<TextRange>, Node)| (name.value.clone(), node.clone().unmarked());
        let scope: Scope = values.known.iter().map(value).collect();
        let template = hcl_edit::parser::parse_template(&text).ok()?;
        let nothing = Body::new();
        let names = Names::of_text(&text, &nothing, self.next_module());
        self.count(text.len() / 64);
        let whole = TextRange { start: 0, end: text.len() };
        let found = self.of_names(&names).template(&template, false, whole, &scope);
        Some(found.unmarked().moved(at))
    }

    fn elements(
        &self,
        template: &Template,
        quoted: bool,
        around: Stripped,
        scope: &Scope,
        taken: &mut Taken,
    ) {
        let elements: Vec<&Element> = template.iter().collect();
        for (index, element) in elements.iter().enumerate() {
            let Some(span) = element.span() else { continue };
            match element {
                Element::Literal(_) => {
                    let before = index.checked_sub(1).and_then(|before| elements.get(before));
                    let start = before.map_or(around.start, |before| strips(before).end);
                    let end = elements.get(index + 1);
                    let end = end.map_or(around.end, |behind| strips(behind).start);
                    let span = self.stripped(span, Stripped { start, end });
                    if quoted {
                        taken.quoted(self.source(), span);
                    } else {
                        taken.heredoc(self.source(), span);
                    }
                }
                Element::Interpolation(inner) => {
                    let value = self.value(&inner.expr, scope);
                    let mark = Mark { file: self.file, at: place(&inner.expr) };
                    self.interpolated(&value, span, mark, taken);
                }
                Element::Directive(directive) => {
                    let known = match &**directive {
                        Directive::If(inner) => self.branch(inner, quoted, scope, taken),
                        Directive::For(inner) => self.repeated(inner, quoted, scope, taken),
                    };
                    if known.is_none() {
                        let at = TextRange { start: span.start, end: span.end };
                        taken.unknown(&self.spelt(at), span);
                    }
                }
            }
        }
    }

    fn stripped(&self, span: Range<usize>, stripped: Stripped) -> Range<usize> {
        let part = self.source().get(span.clone()).unwrap_or("");
        let start = if stripped.start { part.len() - part.trim_start().len() } else { 0 };
        let end = if stripped.end { part.len() - part.trim_end().len() } else { 0 };
        let start = span.start + start;
        start..(span.end - end).max(start)
    }

    /// Adds the value of an expression that is written at `span`.
    fn interpolated(&self, value: &Node, span: Range<usize>, mark: Mark, taken: &mut Taken) {
        let start = taken.text.len();
        let at = TextRange { start: span.start, end: span.end };
        match &value.is {
            // What another place says is marked where it is used.
            Is::Text(text) => taken.append(&text.moved(at)),
            Is::Encoded(inner) => {
                taken.append(&inner.encoded());
                taken.mark_from(start, mark);
            }
            Is::Number(number) => taken.push(number, span),
            Is::Boolean(boolean) => taken.push(if *boolean { "true" } else { "false" }, span),
            Is::Unknown(spelt) => taken.unknown(spelt, span),
            Is::Null | Is::List(_) | Is::Object(_) => taken.unknown(&self.spelt(mark.at), span),
        }
    }

    /// The branch of `%{if}`; `None` where it is not known which.
    fn branch(
        &self,
        directive: &IfDirective,
        quoted: bool,
        scope: &Scope,
        taken: &mut Taken,
    ) -> Option<()> {
        let IfDirective { if_expr, else_expr, endif_expr, .. } = directive;
        let Is::Boolean(condition) = self.value(&if_expr.cond_expr, scope).is else { return None };
        let behind = else_expr.as_ref().map_or(endif_expr.strip, |other| other.strip);
        let (template, start, end) = match (condition, else_expr) {
            (true, _) => (&if_expr.template, if_expr.strip, behind),
            (false, Some(other)) => (&other.template, other.strip, endif_expr.strip),
            (false, None) => return Some(()),
        };
        let around = Stripped { start: strips_behind(start), end: strips_before(end) };
        self.elements(template, quoted, around, scope, taken);
        Some(())
    }

    /// The repetitions of `%{for}`; `None` where it is not known over what.
    fn repeated(
        &self,
        directive: &ForDirective,
        quoted: bool,
        scope: &Scope,
        taken: &mut Taken,
    ) -> Option<()> {
        let ForDirective { for_expr, endfor_expr, .. } = directive;
        let (entries, rest) = entries(&self.value(&for_expr.collection_expr, scope))?;
        if !rest.is_empty() {
            return None;
        }
        let around = Stripped {
            start: strips_behind(for_expr.strip),
            end: strips_before(endfor_expr.strip),
        };
        for (key, value) in entries {
            self.count(1);
            if self.is_exhausted() {
                return None;
            }
            let mut inner = scope.clone();
            if let Some(name) = &for_expr.key_var {
                inner.push((name.as_str().to_owned(), key));
            }
            inner.push((for_expr.value_var.as_str().to_owned(), value));
            self.elements(&for_expr.template, quoted, around, &inner, taken);
        }
        Some(())
    }
}
