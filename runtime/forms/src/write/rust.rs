//! Rust source: the typed form of `policy!`, formatted; the JSON form for what it cannot say.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::document::{
    self, Condition, Document, Element, Indent, KeyCondition, Principals, Statement, Values,
};
use ram_policy_model::policy::reader::{Extent, Reader};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::terms::characters;
use ram_policy_model::terms::kind::{PolicyKind, ResourceKind};
use ram_policy_model::terms::layout::{Layout, Shape};
use ram_policy_model::terms::operator::{ConditionOperator, Operator};
use ram_policy_model::terms::pattern::ActionPattern;
use ram_policy_read::kind::{self, word_of};
use ram_policy_read::place::Place;
use ram_policy_read::sign::{Sign, ValueKind};
use ram_policy_read::tokens::Tokens;
use ram_policy_read::word::Word;
use ram_policy_read::{input, policy};

use super::named::{Named, Written};
use super::words::constant_name;
use crate::format;

/// A file of constants.
///
/// # Errors
///
/// Why a policy has no form in Rust source.
pub(super) fn write(policies: &[Named<'_>]) -> Result<Written, String> {
    // Types before macros, as rustfmt sorts them.
    let names: BTreeSet<&str> = policies.iter().flat_map(|named| names_of(named.kind)).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let mut written =
        Written { text: format!("use ram_policy::{{{}}};\n", names.join(", ")), lost: Vec::new() };
    for named in policies {
        let (input, is_json) = macro_input(named)?;
        let [kind, name] = names_of(named.kind);
        match named.kind {
            PolicyKind::Session => written.lost.push(format!(
                "`{}` is a session policy; take it as one by `SessionPolicy::new`",
                named.name
            )),
            PolicyKind::Control => written.lost.push(format!(
                "`{}` is a control policy; take it as one by `ControlPolicy::new`",
                named.name
            )),
            PolicyKind::Inline => written.lost.push(format!(
                "`{}` is an inline policy of CloudSSO, whose limit the macro does not check",
                named.name
            )),
            PolicyKind::Identity | PolicyKind::Trust | PolicyKind::Resource(_) => {}
        }
        if is_json {
            written.lost.push(format!("`{}` has no typed form and is written as JSON", named.name));
        }
        let constant = constant_name(&named.name);
        // Writing to a text cannot fail.
        let _ = write!(written.text, "\npub const {constant}: {kind} = {name}! {{\n{input}}};\n");
    }
    Ok(written)
}

/// The type and the macro of a kind.
const fn names_of(kind: PolicyKind) -> [&'static str; 2] {
    match kind {
        PolicyKind::Identity | PolicyKind::Inline | PolicyKind::Session | PolicyKind::Control => {
            ["Policy", "policy"]
        }
        PolicyKind::Trust => ["TrustPolicy", "trust_policy"],
        PolicyKind::Resource(_) => ["ResourcePolicy", "resource_policy"],
    }
}

/// What stands between the braces, and whether it is the JSON form.
fn macro_input(named: &Named<'_>) -> Result<(String, bool), String> {
    let mut head = String::new();
    if !named.broken.is_empty() {
        let _ = writeln!(head, "    #![warn({})]", named.broken.join(", "));
    }
    if let Some(kind) = kind_of_resource(named.kind) {
        let _ = writeln!(head, "    {};", word_of(kind));
    }
    let document = named.known()?;
    if let Some(typed) = typed(document) {
        let input = format!("{head}{typed}");
        if gives(&input, named) {
            return Ok((input, false));
        }
    }
    let input = format!("{head}{}", pasted(document));
    if gives(&input, named) {
        return Ok((input, true));
    }
    let name = &named.name;
    Err(format!("`{name}` cannot be written in Rust source; keep it as a file for `policy_file!`"))
}

const fn kind_of_resource(kind: PolicyKind) -> Option<ResourceKind> {
    match kind {
        PolicyKind::Resource(kind) => Some(kind),
        PolicyKind::Identity
        | PolicyKind::Inline
        | PolicyKind::Session
        | PolicyKind::Control
        | PolicyKind::Trust => None,
    }
}

/// Whether a macro with this input prints the document; it is read as the macro reads it.
fn gives(input: &str, named: &Named<'_>) -> bool {
    let Ok(stream) = input.parse::<TokenStream>() else { return false };
    let mut tokens = Tokens::new(stream, Place::at(proc_macro2::Span::call_site()));
    let mut report = Report::default();
    let header = input::header(&mut tokens, &mut report);
    let kind = kind_of_resource(named.kind);
    if kind.is_some() && kind::read(&mut tokens, &mut report) != kind {
        return false;
    }
    let Some(read) = policy::read(&mut tokens, &header, &mut report) else { return false };
    let additions = Additions::new();
    let reader = Reader::new(named.kind, &header.levels, &additions).taking(Extent::Part);
    reader.tree(&read.policy, report).lowered.is_some_and(|lowered| {
        let minified = |document: &Document| document::write(document, Indent::Minified);
        Ok(minified(&lowered.document)) == named.known().map(minified)
    })
}

/// The document as JSON, its outer braces being those of the macro.
fn pasted(document: &Document) -> String {
    let text = document::write(document, Indent::Spaces(4));
    if document.layout == Layout::StatementsOnly {
        return text.lines().map(|line| format!("    {line}\n")).collect();
    }
    let inside = text.strip_prefix("{\n").and_then(|text| text.strip_suffix("\n}"));
    format!("{}\n", inside.unwrap_or(&text))
}

/// The typed form; `None` when it cannot say the document.
fn typed(document: &Document) -> Option<String> {
    let mut text = String::new();
    for statement in document.statements.iter() {
        let _ = writeln!(text, "{};", statement_text(statement)?);
    }
    match document.layout {
        Layout::VersionFirst => {}
        Layout::VersionLast => {
            let _ = writeln!(text, "{} \"1\";", Word::Version.text());
        }
        Layout::StatementsOnly => {
            let _ = writeln!(text, "{} {};", Word::Statements.text(), Word::Only.text());
        }
    }
    format::items(&text)
}

/// The clauses of a statement, with blanks between them.
fn statement_text(statement: &Statement) -> Option<String> {
    let mut clauses: Vec<String> = Vec::new();
    let mut after_effect = true;
    for element in statement.elements.iter() {
        let word_of_actions = if after_effect { "" } else { Word::Do.text() };
        let clause = match element {
            Element::Effect => Word::of_effect(statement.effect).text().to_owned(),
            Element::Action(actions) => clause(&[word_of_actions], &action_list(actions)),
            Element::NotAction(actions) => {
                clause(&[word_of_actions, "*", Word::Except.text()], &action_list(actions))
            }
            Element::Resource(resources) => {
                let entries = resources.items.iter().map(|item| resource(&item.text)).collect();
                clause(&[Word::On.text()], &list(resources, entries))
            }
            Element::Principal(principals) => {
                let one = |principal: &document::Principal| {
                    let values = &principal.values;
                    let entries: Vec<String> =
                        values.items.iter().map(|item| literal(item)).collect();
                    let entries = match values.shape {
                        Shape::One => entries.concat(),
                        Shape::Many => format!("[{}]", entries.join(", ")),
                    };
                    clause(&[Word::of_principal(principal.kind).text()], &entries)
                };
                let entries = match principals {
                    Principals::ByType(principals) => {
                        principals.iter().map(one).collect::<Vec<_>>().join(", ")
                    }
                    Principals::Listed(values) => {
                        let entries: Vec<String> =
                            values.items.iter().map(|item| resource(item)).collect();
                        match values.shape {
                            Shape::One => entries.concat(),
                            // Any list is in brackets, so that an empty one is, too.
                            Shape::Many => format!("[{}]", entries.join(", ")),
                        }
                    }
                };
                clause(&[Word::By.text()], &entries)
            }
            Element::Condition(conditions) => {
                let entries: Option<Vec<Vec<String>>> = conditions.iter().map(tests).collect();
                let entries = entries?.concat();
                if entries.is_empty() {
                    return None;
                }
                let and = format!(" {} ", Word::And.text());
                clause(&[Word::When.text()], &entries.join(&and))
            }
            Element::Sid(_) => return None,
        };
        after_effect = matches!(element, Element::Effect);
        clauses.push(clause);
    }
    Some(clauses.join(" "))
}

/// Words and what follows them.
fn clause(words: &[&str], entries: &str) -> String {
    let words = words.iter().copied().filter(|word| !word.is_empty());
    words.chain([entries]).collect::<Vec<_>>().join(" ")
}

/// The entries of a list with commas; brackets make one value a list.
fn list<T: Clone>(values: &Values<T>, entries: Vec<String>) -> String {
    let entries = entries.join(", ");
    let is_bracketed = values.shape == Shape::Many && values.items.len() == 1;
    if is_bracketed { format!("[{entries}]") } else { entries }
}

fn action_list(actions: &Values<ActionPattern>) -> String {
    list(actions, action_entries(actions.items.iter().map(|item| &*item.text)))
}

/// Actions as paths; neighbours of one service in one pair of braces.
fn action_entries<'t>(actions: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut entries: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for action in actions {
        let path = action.split_once(':').filter(|(code, name)| is_code(code) && is_name(name));
        match (path, entries.last_mut()) {
            (Some((code, name)), Some((Some(last), names))) if code == *last => {
                names.push(name.to_owned());
            }
            (Some((code, name)), _) => entries.push((Some(code), vec![name.to_owned()])),
            (None, _) => {
                let entry = if action == "*" { "*".into() } else { literal(action) };
                entries.push((None, vec![entry]));
            }
        }
    }
    let text = |(code, names): (Option<&str>, Vec<String>)| match (code, names.as_slice()) {
        (None, _) => names.concat(),
        (Some(code), [name]) => format!("{code}::{name}"),
        (Some(code), names) => format!("{code}::{{{}}}", names.join(", ")),
    };
    entries.into_iter().map(text).collect()
}

/// Whether a path can have this word.
fn is_free(word: &str) -> bool {
    !Word::of(word).is_some_and(Word::is_reserved)
}

/// Whether a service code can stand in a path.
fn is_code(code: &str) -> bool {
    let is_word =
        |part: &str| part.starts_with(|first: char| first.is_ascii_lowercase()) && is_free(part);
    characters::is_code(code) && code.split('-').all(is_word)
}

/// Whether the name of an action, or a pattern of names, can stand in a path.
fn is_name(name: &str) -> bool {
    let starts =
        name.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '*' | '?'));
    starts
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'?'))
        && name.split(['*', '?']).all(is_free)
}

fn resource(text: &str) -> String {
    if text == "*" { text.to_owned() } else { literal(text) }
}

/// A text as a Rust literal.
fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// `None` for an operator that the typed form does not have.
fn tests(condition: &Condition) -> Option<Vec<String>> {
    let ConditionOperator::Known(operator) = condition.operator else { return None };
    Some(condition.keys.iter().map(|key| test(operator, key)).collect())
}

/// `acs::SourceIp in ["10.0.0.0/8"]`.
fn test(operator: Operator, key: &KeyCondition) -> String {
    let texts: Vec<&str> = key.values.items.iter().map(|operand| &*operand.text).collect();
    let has_form = |kind: ValueKind| match kind {
        ValueKind::Boolean => texts.iter().all(|text| matches!(*text, "true" | "false")),
        ValueKind::Number => texts.iter().all(|text| is_number(text)),
        ValueKind::Text => true,
    };
    let kinds = [ValueKind::Boolean, ValueKind::Number, ValueKind::Text];
    let mut signs = kinds
        .into_iter()
        .filter(|kind| has_form(*kind))
        .filter_map(|kind| Some((Sign::of_operator(operator, kind)?.text(), kind)));
    let (sign, kind) = signs.next().unwrap_or((operator.name(), ValueKind::Text));
    let is_quoted = kind == ValueKind::Text;
    let values: Vec<String> = texts
        .iter()
        .map(|text| if is_quoted { literal(text) } else { (*text).to_owned() })
        .collect();
    let values = match key.values.shape {
        Shape::One => values.concat(),
        Shape::Many => format!("[{}]", values.join(", ")),
    };
    format!("{} {sign} {values}", key_text(&key.key))
}

/// Whether a text is a number that Rust prints as it is written.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain(whole) && plain(part) && digits.len() < 30
}

/// `ecs:tag/owner` as `ecs::tag["owner"]`; in double quotes when it has no path.
fn key_text(key: &str) -> String {
    let word = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && is_free(text)
    };
    let Some((code, name)) = key.split_once(':').filter(|(code, _)| is_code(code)) else {
        return literal(key);
    };
    let code = code.replace('-', "_");
    match name.split_once('/') {
        None if word(name) => format!("{code}::{name}"),
        Some((name, tag)) if word(name) => format!("{code}::{name}[{}]", literal(tag)),
        _ => literal(key),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a panic fails the test")]
mod tests {
    use proc_macro2::{Span, TokenStream, TokenTree};
    use ram_policy_model::Checker;
    use ram_policy_model::policy::reader::Reader;
    use ram_policy_model::report::diagnostic::Report;
    use ram_policy_model::terms::kind::PolicyKind;
    use ram_policy_model::terms::operator::Operator;
    use ram_policy_read::place::Place;
    use ram_policy_read::tokens::{Tokens, is_sign};
    use ram_policy_read::word::Word;
    use ram_policy_read::{input, policy};

    use super::typed;

    /// The words of a text that are no part of a path.
    fn words(text: &str) -> Vec<String> {
        let stream: TokenStream = text.parse().expect("tokens");
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let is_in_path = |index: usize| {
            let before = index.checked_sub(1).and_then(|before| tokens.get(before));
            is_sign(before, ':') || is_sign(tokens.get(index + 1), ':')
        };
        let words = tokens.iter().enumerate().filter_map(|(index, token)| match token {
            TokenTree::Ident(word) if !is_in_path(index) => Some(word.to_string()),
            TokenTree::Ident(_)
            | TokenTree::Group(_)
            | TokenTree::Punct(_)
            | TokenTree::Literal(_) => None,
        });
        words.filter(|word| word != "true").collect()
    }

    /// Statements that have every element and every operator, each with the kind of its policy.
    fn statements() -> Vec<(PolicyKind, String)> {
        let about_resources = [
            r#""Effect":"Deny","NotAction":["ram:*"],"Resource":"*""#,
            r#""NotAction":"ram:*","Effect":"Deny","Resource":["*"]"#,
            r#""Resource":"*","Action":"ecs:*","Effect":"Allow""#,
        ];
        let mut statements = Vec::from(
            about_resources.map(|statement| (PolicyKind::Identity, statement.to_owned())),
        );
        for operator in Operator::ALL {
            for (key, value) in [
                ("acs:SourceIp", "10.0.0.1"),
                ("acs:MFAPresent", "true"),
                ("acs:CurrentTime", "2026-11-01T00:00:00Z"),
                ("ecs:x", "12"),
                ("ecs:x", "a"),
            ] {
                let operator = operator.name();
                let statement = format!(
                    r#""Effect":"Allow","Action":"ecs:*","Resource":"*","Condition":{{"{operator}":{{"{key}":"{value}"}}}}"#
                );
                statements.push((PolicyKind::Identity, statement));
            }
        }
        for principal in [
            r#""Service":["ecs.aliyuncs.com"]"#,
            r#""RAM":"acs:ram::1234567890123456:root""#,
            r#""Federated":["acs:ram::1234567890123456:saml-provider/okta"]"#,
        ] {
            let statement = format!(
                r#""Effect":"Allow","Action":"sts:AssumeRole","Principal":{{{principal}}},"Condition":{{"StringEquals":{{"saml:recipient":"https://signin.aliyun.com/saml-role/sso"}}}}"#
            );
            statements.push((PolicyKind::Trust, statement));
        }
        statements
    }

    #[test]
    fn every_word_that_is_written_is_read() {
        let checker = Checker::new();
        let mut written = 0;
        for (kind, statement) in statements() {
            for document in [
                format!(r#"{{"Version":"1","Statement":[{{{statement}}}]}}"#),
                format!(r#"{{"Statement":[{{{statement}}}],"Version":"1"}}"#),
            ] {
                // Not every operator compares every value.
                let read = Reader::of(kind, &checker).bytes(document.as_bytes());
                let Ok(read) = read else { continue };
                let text = typed(&read.policy).expect("a typed form");
                for word in words(&text) {
                    let is_known =
                        Word::of(&word).is_some() || Operator::from_name(&word).is_some();
                    assert!(is_known, "{word}: {text}");
                }
                let mut report = Report::default();
                let stream: TokenStream = text.parse().expect("tokens");
                let mut tokens = Tokens::new(stream, Place::at(Span::call_site()));
                let header = input::header(&mut tokens, &mut report);
                let found = policy::read(&mut tokens, &header, &mut report);
                assert!(found.is_some_and(|found| !found.policy.broken), "{text}");
                assert!(report.is_empty(), "{text}: {report:?}");
                written += 1;
            }
        }
        assert!(written > 60, "{written}");
    }
}
