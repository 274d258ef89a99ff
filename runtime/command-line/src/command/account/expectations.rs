//! The file of expectations: what must hold for an account.
//!
//! Its form stands in the README of the command line.

use std::path::Path;

use ram_policy_account::{Account, Broken, Expectation, Principal, Question};
use ram_policy_forms::{Lines, yaml};
use ram_policy_model::text::json::{self, Kind as Json, Member, TextRange, Value};
use ram_policy_model::text::shown::shown;
use ram_policy_model::text::suggest;
use serde_json::json;

use super::As;
use crate::arguments::Format;
use crate::failure::{Failure, usage};
use crate::files;
use crate::output;
use crate::report::counted;

const MEMBERS: [&str; 9] = [
    "only",
    "nobody_outside",
    "principal",
    "may",
    "may_not",
    "cannot_become",
    "on",
    "when",
    "because",
];

type Node = Value<TextRange>;

/// An expectation with its place and its reason.
struct Expected {
    expectation: Expectation,
    because: Option<String>,
    line: usize,
}

/// Checks the expectations of a file.
pub(super) fn check(
    account: &Account,
    path: &Path,
    output: As,
    format: Format,
) -> Result<(), Failure> {
    let name = path.display().to_string();
    let text = files::text_of(path)?;
    let is_json = path.extension().is_some_and(|extension| extension == "json");
    let reader = Reader { name: &name, text: &text };
    let value = if is_json { json::read(&text) } else { yaml::read(&text) };
    let value = value.map_err(|error| reader.refuse(error.at, &error.value))?;
    let expected = reader.expectations(&value)?;
    let checked: Vec<(&Expected, Result<(), Broken>)> =
        expected.iter().map(|one| (one, account.check(&one.expectation))).collect();
    match (output, format) {
        (As::Sarif, _) => output::json(&sarif(&name, &checked))?,
        (As::Json, _) | (As::Text, Format::Json) => output::json(&as_json(&checked))?,
        (As::Text, Format::Text) => output::text(&in_words(&name, &checked))?,
    }
    let broken = || checked.iter().filter_map(|(_, checked)| checked.as_ref().err());
    if broken().any(|broken| broken.is_certain) {
        return Err(Failure::Refused);
    }
    match broken().count() {
        0 => Ok(()),
        open => Err(Failure::NotKnown(format!(
            "nobody can say whether {} of the account",
            counted(open, "expectation holds", "expectations hold")
        ))),
    }
}

fn in_words(name: &str, checked: &[(&Expected, Result<(), Broken>)]) -> String {
    let mut text = String::new();
    for (expected, checked) in checked {
        let Err(broken) = checked else { continue };
        let verdict = if broken.is_certain { "does not hold" } else { "may not hold" };
        let because = expected.because.as_ref().map(|because| format!(" ({because})"));
        let what = format!("{}{}", expected.expectation, because.unwrap_or_default());
        text.push_str(&format!(
            "{}:{}: {verdict}: {}\n",
            shown(name.to_owned()),
            expected.line,
            shown(what)
        ));
        for reason in &broken.reasons {
            text.push_str(&format!("  {}\n", shown(reason.clone())));
        }
    }
    let kept = checked.iter().filter(|(_, checked)| checked.is_ok()).count();
    let of = counted(checked.len(), "expectation", "expectations");
    text.push_str(&format!("{kept} of {of} hold\n"));
    text
}

fn verdict(checked: &Result<(), Broken>) -> &'static str {
    match checked {
        Ok(()) => "holds",
        Err(broken) if broken.is_certain => "broken",
        Err(_) => "unknown",
    }
}

fn as_json(checked: &[(&Expected, Result<(), Broken>)]) -> serde_json::Value {
    let all = checked.iter().map(|(expected, checked)| {
        json!({
            "expectation": expected.expectation.to_string(),
            "because": expected.because,
            "line": expected.line,
            "verdict": verdict(checked),
            "reasons": checked.as_ref().err().map_or(&[][..], |broken| &broken.reasons),
        })
    });
    json!({ "expectations": all.collect::<Vec<_>>() })
}

fn sarif(name: &str, checked: &[(&Expected, Result<(), Broken>)]) -> serde_json::Value {
    let results = checked.iter().filter_map(|(expected, checked)| {
        let broken = checked.as_ref().err()?;
        let message = format!("{}: {}", expected.expectation, broken.reasons.join("; "));
        Some(json!({
            "ruleId": "expectation",
            "level": if broken.is_certain { "error" } else { "warning" },
            "message": { "text": message },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": name },
                    "region": { "startLine": expected.line },
                },
            }],
        }))
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "ram-policy",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": [{
                    "id": "expectation",
                    "shortDescription": { "text": "What is expected of the account does not hold." },
                }],
            }},
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

struct Reader<'t> {
    name: &'t str,
    text: &'t str,
}

impl Reader<'_> {
    fn refuse(&self, at: TextRange, message: &str) -> Failure {
        let position = Lines::new(self.text).position(at.start);
        usage(shown(format!("{}:{}:{}: {message}", self.name, position.line, position.column)))
    }

    fn expectations(&self, value: &Node) -> Result<Vec<Expected>, Failure> {
        let Json::Array(items) = &value.kind else {
            return Err(self.refuse(value.at, "a file of expectations is a list"));
        };
        items.iter().map(|item| self.expectation(item)).collect()
    }

    fn expectation(&self, value: &Node) -> Result<Expected, Failure> {
        let Json::Object(members) = &value.kind else {
            return Err(self.refuse(value.at, "an expectation is an object"));
        };
        for Member { name, .. } in members {
            if !MEMBERS.contains(&name.value.as_str()) {
                let near = suggest::nearest(&name.value, MEMBERS.into_iter());
                let message = format!(
                    "an expectation has no `{}`{}",
                    name.value,
                    suggest::did_you_mean(&near)
                );
                return Err(self.refuse(name.at, &message));
            }
        }
        let of = |name: &str| {
            members.iter().find(|member| member.name.value == name).map(|member| &member.value)
        };
        let asked = |action: &Node| self.question(action, of("on"), of("when"));
        let expectation = if let Some(only) = of("only") {
            let Some(may) = of("may") else {
                return Err(self.refuse(value.at, "`only` goes with `may`"));
            };
            let (mut principals, mut groups) = (Vec::new(), Vec::new());
            for item in self.list(only) {
                let text = self.word(item)?;
                match text.strip_prefix("group/") {
                    Some(group) => groups.push(group.to_owned()),
                    None => principals.push(self.principal(item)?),
                }
            }
            Expectation::Only { principals, groups, question: asked(may)? }
        } else if let Some(action) = of("nobody_outside") {
            Expectation::NobodyOutside(asked(action)?)
        } else if let Some(who) = of("principal") {
            let who = self.principal(who)?;
            match (of("may"), of("may_not"), of("cannot_become")) {
                (Some(may), None, None) => Expectation::May(who, asked(may)?),
                (None, Some(may_not), None) => Expectation::MayNot(who, asked(may_not)?),
                (None, None, Some(other)) if self.word(other)? == "administrator" => {
                    Expectation::CannotReach(who, None)
                }
                (None, None, Some(other)) => {
                    Expectation::CannotReach(who, Some(self.principal(other)?))
                }
                (None, None, None) | (Some(_), ..) | (None, Some(_), _) => {
                    let message =
                        "`principal` goes with one of `may`, `may_not` and `cannot_become`";
                    return Err(self.refuse(value.at, message));
                }
            }
        } else {
            let message = "an expectation has `only`, `nobody_outside` or `principal`";
            return Err(self.refuse(value.at, message));
        };
        let because = of("because").map(|because| self.word(because)).transpose()?;
        let line = Lines::new(self.text).position(value.at.start).line;
        Ok(Expected { expectation, because: because.map(str::to_owned), line })
    }

    fn question(
        &self,
        action: &Node,
        on: Option<&Node>,
        when: Option<&Node>,
    ) -> Result<Question, Failure> {
        let mut question = Question::new(self.word(action)?)
            .map_err(|error| self.refuse(action.at, &error.to_string()))?;
        if let Some(on) = on {
            question = question
                .on(self.word(on)?)
                .map_err(|error| self.refuse(on.at, &error.to_string()))?;
        }
        let Some(when) = when else { return Ok(question) };
        let Json::Object(members) = &when.kind else {
            return Err(self.refuse(when.at, "`when` is an object of keys and values"));
        };
        for Member { name, value } in members {
            let text = match &value.kind {
                Json::Boolean(is_true) => is_true.to_string(),
                Json::Number(text) => text.clone(),
                Json::String(_)
                | Json::Null
                | Json::Array(_)
                | Json::Object(_)
                | Json::Open(..)
                | Json::Hole(_)
                | Json::Unreadable => self.word(value)?.to_owned(),
            };
            question = question
                .when(&name.value, text)
                .map_err(|error| self.refuse(value.at, &error.to_string()))?;
        }
        Ok(question)
    }

    fn principal(&self, value: &Node) -> Result<Principal, Failure> {
        let text = self.word(value)?;
        text.parse().map_err(|error: ram_policy_account::PrincipalError| {
            self.refuse(value.at, &error.to_string())
        })
    }

    /// A list, or one value alone.
    fn list<'v>(&self, value: &'v Node) -> &'v [Node] {
        if let Json::Array(items) = &value.kind { items } else { std::slice::from_ref(value) }
    }

    fn word<'v>(&self, value: &'v Node) -> Result<&'v str, Failure> {
        let Json::String(text) = &value.kind else {
            let message = format!("expected a text, found {}", value.kind.type_name());
            return Err(self.refuse(value.at, &message));
        };
        Ok(text)
    }
}
