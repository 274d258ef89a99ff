//! YAML as the JSON tree it stands for, with the place of every part.
//!
//! Short tags of ROS (`!Ref x`, `!Sub "..."`) become the long form (`{"Ref": "x"}`).

use std::collections::BTreeMap;

use ram_policy_model::text::json::{Kind, Member, TextRange, Value};
use ram_policy_model::text::place::Text;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, StrInput, Tag};

use crate::walk::children;

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 64;

/// Most values that are read; aliases could multiply a short text without end.
const MAX_VALUES: usize = 1_000_000;

/// Reads the first document of a text.
///
/// # Errors
///
/// The place and a sentence for the first thing that is not YAML.
pub fn read(text: &str) -> Result<Value<TextRange>, Text<TextRange>> {
    Reader::new(text).document()
}

/// Reads every document of a text.
pub(super) fn read_all(text: &str) -> Result<Vec<Value<TextRange>>, Text<TextRange>> {
    let mut reader = Reader::new(text);
    let mut found = Vec::new();
    loop {
        match reader.next()? {
            (
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing,
                _,
            ) => {}
            (Event::StreamEnd, _) => return Ok(found),
            (event, span) => found.push(reader.value(event, span, MAX_DEPTH)?),
        }
    }
}

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    /// The byte of every character; the parser counts characters.
    bytes: Vec<usize>,
    anchors: BTreeMap<usize, Value<TextRange>>,
    values: usize,
}

type Read<T> = Result<T, Text<TextRange>>;

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            parser: Parser::new_from_str(text),
            bytes: text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect(),
            anchors: BTreeMap::new(),
            values: 0,
        }
    }

    fn document(&mut self) -> Read<Value<TextRange>> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::StreamEnd | Event::DocumentEnd, span) => {
                    return Ok(Value { at: self.range(span), kind: Kind::Null });
                }
                (event, span) => return self.value(event, span, MAX_DEPTH),
            }
        }
    }

    fn next(&mut self) -> Read<(Event<'t>, Span)> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let start = self.byte(error.marker());
                let at = TextRange { start, end: start };
                Err(Text::new(format!("this is not YAML: {}", error.info()), at))
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn byte(&self, marker: &Marker) -> usize {
        let end = self.bytes.last().copied().unwrap_or(0);
        self.bytes.get(marker.index()).copied().unwrap_or(end)
    }

    fn range(&self, span: Span) -> TextRange {
        let start = self.byte(&span.start);
        TextRange { start, end: self.byte(&span.end).max(start) }
    }

    fn refuse<T>(&self, span: Span, message: &str) -> Read<T> {
        Err(Text::new(message.into(), self.range(span)))
    }

    fn value(&mut self, event: Event<'t>, span: Span, depth: usize) -> Read<Value<TextRange>> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return self.refuse(span, "the file has too many values");
        }
        let Some(depth) = depth.checked_sub(1) else {
            return self.refuse(span, "nested too deeply");
        };
        let at = self.range(span);
        let (value, anchor, tag) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag
                    .as_ref()
                    .is_some_and(|tag| !tag.is_yaml_core_schema() || tag.suffix == "str");
                let plain = style == ScalarStyle::Plain && !is_text;
                let kind = if plain { plain_scalar(&text) } else { Kind::String(text.into()) };
                (Value { at, kind }, anchor, tag)
            }
            Event::SequenceStart(anchor, tag) => {
                let mut items = Vec::new();
                let end = loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => break end,
                        (event, span) => items.push(self.value(event, span, depth)?),
                    }
                };
                (Value { at: self.to(at, end), kind: Kind::Array(items) }, anchor, tag)
            }
            Event::MappingStart(anchor, tag) => {
                let mut members = Vec::new();
                let end = loop {
                    let (event, span) = match self.next()? {
                        (Event::MappingEnd, end) => break end,
                        start => start,
                    };
                    let Event::Scalar(name, ..) = event else {
                        return self.refuse(span, "a member's name is a text");
                    };
                    let name = Text::new(name.into(), self.range(span));
                    let (event, span) = self.next()?;
                    let value = self.value(event, span, depth)?;
                    members.push(Member { name, value });
                };
                (Value { at: self.to(at, end), kind: Kind::Object(members) }, anchor, tag)
            }
            Event::Alias(anchor) => {
                let Some(known) = self.anchors.get(&anchor).cloned() else {
                    return self.refuse(span, "nothing has the name of the alias");
                };
                self.values += count(&known);
                // A mistake in it is told where it is used.
                (Value { at, kind: known.kind }, 0, None)
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => return self.refuse(span, "expected a value"),
        };
        let value = match tag.filter(|tag| !tag.is_yaml_core_schema()) {
            Some(tag) => long_form(&tag, value),
            None => value,
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn to(&self, start: TextRange, end: Span) -> TextRange {
        TextRange { start: start.start, end: self.byte(&end.end).max(start.end) }
    }
}

fn count(value: &Value<TextRange>) -> usize {
    1 + children(value).into_iter().map(count).sum::<usize>()
}

/// `!Ref x` as `{"Ref": "x"}`, `!Sub x` as `{"Fn::Sub": "x"}`.
fn long_form(tag: &Tag, value: Value<TextRange>) -> Value<TextRange> {
    let at = value.at;
    let name = match tag.suffix.as_str() {
        "Ref" | "Condition" => tag.suffix.clone(),
        other => format!("Fn::{other}"),
    };
    let member = Member { name: Text::new(name, at), value };
    Value { at, kind: Kind::Object(vec![member]) }
}

/// A scalar without quotes by YAML's core schema.
fn plain_scalar(text: &str) -> Kind<TextRange> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Boolean(true),
        "false" | "False" | "FALSE" => return Kind::Boolean(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && digits.bytes().any(|byte| byte.is_ascii_digit())
        && text.parse::<f64>().is_ok();
    if is_number { Kind::Number(text.into()) } else { Kind::String(text.into()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test")]
mod tests {
    use super::*;

    /// The tree in words, places as the text that stands there.
    fn told(text: &str, value: &Value<TextRange>) -> String {
        let at = text.get(value.at.start..value.at.end).unwrap_or("?");
        match &value.kind {
            Kind::Object(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|member| format!("{}={}", member.name.value, told(text, &member.value)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
            Kind::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| told(text, item)).collect();
                format!("[{}]", items.join(","))
            }
            Kind::String(string) => format!("{string}<{at}>"),
            Kind::Number(number) => format!("#{number}"),
            Kind::Boolean(boolean) => format!("{boolean}"),
            Kind::Null => "null".into(),
            Kind::Open(..) | Kind::Hole(_) | Kind::Unreadable => "unreadable".into(),
        }
    }

    #[test]
    fn reads_what_stands_for_json() {
        for (text, expected) in [
            ("a: b", "{a=b<b>}"),
            ("\u{4e2d}: 'x'\nb: \"y\"", "{\u{4e2d}=x<'x'>,b=y<\"y\">}"),
            (
                "- 1\n- '1'\n- true\n- ~\n- ecs:Describe*",
                "[#1,1<'1'>,true,null,ecs:Describe*<ecs:Describe*>]",
            ),
            ("a: !Ref b", "{a={Ref=b<!Ref b>}}"),
            ("a: !Sub 'x ${y}'", "{a={Fn::Sub=x ${y}<!Sub 'x ${y}'>}}"),
            ("a: !Join ['', [x]]", "{a={Fn::Join=[<''>,[x<x>]]}}"),
            ("a: &n {b: c}\nd: *n", "{a={b=c<c>},d={b=c<c>}}"),
            ("{\"a\": [1, \"b\"]}", "{a=[#1,b<\"b\">]}"),
            ("", "null"),
        ] {
            let value = read(text).unwrap();
            assert_eq!(told(text, &value), expected, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_yaml() {
        for text in ["a: [", "a: *b", "\"", "a: b: c", "? [x]\n: y"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
