//! Reads one `api-docs.json`: what its operations say of their authorization.
//!
//! Only `apis.<operation>.ramActions` is looked at. An entry is the authorization itself, or has it
//! in `ramAction`. What is not understood there is a mistake, with its path in the file; the rest of
//! the file describes parameters and responses.

use serde_json::{Map, Value};

use crate::data::Access;
use crate::data::template::{check_template, is_code};
use crate::import::arn::{last_literal, normalised, plain};
use crate::read::actions::is_action_name;

/// What an operation says of one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// The operation.
    pub(super) operation: String,
    /// Service code of the action.
    pub(super) code: String,
    /// The action without the code.
    pub(super) name: String,
    /// Access level, where the file gives one.
    pub(super) access: Option<Access>,
    /// Its resources, where the file speaks of them.
    pub(super) resources: Option<Said>,
    /// Its condition keys, where the file speaks of them.
    pub(super) keys: Option<Vec<String>>,
}

/// What a file says of resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// All Resources.
    All,
    /// Types with their templates, as the data files write them: `*Name=template`.
    Types(Vec<String>),
}

/// The facts of a file, and one line for each place that is not understood: path and reason.
pub(super) fn read(text: &str) -> (Vec<Fact>, Vec<String>) {
    let mut reader = Reader::default();
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(file)) => reader.file(&file),
        Ok(_) => reader.refuse("", "is no object"),
        Err(error) => reader.refuse("", &error.to_string()),
    }
    (reader.facts, reader.mistakes)
}

/// Words of `validationType`, and whether they make a resource type required.
const VALIDATIONS: [(&str, bool); 4] =
    [("always", true), ("required", true), ("optional", false), ("conditional", false)];

/// Words of `authLevel` that say how narrow policies of the action can be, which the resources say
/// better.
const GRANULARITIES: [&str; 4] = ["operate", "operation", "resource", "service"];

#[derive(Default)]
struct Reader {
    facts: Vec<Fact>,
    mistakes: Vec<String>,
}

impl Reader {
    fn refuse(&mut self, path: &str, reason: &str) {
        let path = if path.is_empty() { "the file" } else { path };
        self.mistakes.push(format!("{path}: {reason}"));
    }

    fn file(&mut self, file: &Map<String, Value>) {
        let Some(apis) = file.get("apis") else {
            return self.refuse("", "has no `apis`");
        };
        let Value::Object(apis) = apis else {
            return self.refuse("apis", "is no object");
        };
        for (operation, api) in apis {
            let path = format!("apis.{operation}");
            let Value::Object(api) = api else {
                self.refuse(&path, "is no object");
                continue;
            };
            let path = format!("{path}.ramActions");
            match api.get("ramActions") {
                None | Some(Value::Null) => {}
                Some(Value::Array(entries)) => {
                    for (index, entry) in entries.iter().enumerate() {
                        let path = format!("{path}[{index}]");
                        // A mistake leaves the entry out as a whole.
                        let before = self.mistakes.len();
                        let fact = self.entry(operation, entry, &path);
                        if self.mistakes.len() == before {
                            self.facts.extend(fact);
                        }
                    }
                }
                Some(_) => self.refuse(&path, "is no array"),
            }
        }
    }

    fn entry(&mut self, operation: &str, entry: &Value, path: &str) -> Option<Fact> {
        let Value::Object(entry) = entry else {
            self.refuse(path, "is no object");
            return None;
        };
        let (inner, path, outer) = match entry.get("ramAction") {
            None => (entry, path.to_owned(), None),
            Some(Value::Object(inner)) => {
                self.fields(entry, path, &["operationType", "ramAction"]);
                let outer = entry.get("operationType");
                let outer = self.level(outer, &format!("{path}.operationType"));
                (inner, format!("{path}.ramAction"), outer)
            }
            Some(_) => {
                self.refuse(&format!("{path}.ramAction"), "is no object");
                return None;
            }
        };
        let known = ["action", "operationType", "authLevel", "actionConditions", "resources"];
        self.fields(inner, &path, &known);
        let level = self.level(inner.get("operationType"), &format!("{path}.operationType"));
        let level = level.or(outer);
        let own = self.auth_level(inner.get("authLevel"), &format!("{path}.authLevel"));
        let level = own.or(level);
        let action = inner.get("action").and_then(Value::as_str);
        let Some(action) = action else {
            self.refuse(&format!("{path}.action"), "is no text");
            return None;
        };
        let named =
            action.split_once(':').filter(|(code, name)| is_code(code) && is_action_name(name));
        let Some((code, name)) = named else {
            self.refuse(&format!("{path}.action"), &format!("`{action}` is no `service:Action`"));
            return None;
        };
        Some(Fact {
            operation: operation.to_owned(),
            code: code.to_owned(),
            name: name.to_owned(),
            access: level,
            resources: self.resources(inner.get("resources"), &format!("{path}.resources")),
            keys: self.keys(inner.get("actionConditions"), &format!("{path}.actionConditions")),
        })
    }

    /// Refuses fields that are not known: what they say might change what the others mean.
    fn fields(&mut self, object: &Map<String, Value>, path: &str, known: &[&str]) {
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            self.refuse(&format!("{path}.{name}"), "is no field that is understood");
        }
    }

    fn text<'v>(&mut self, value: Option<&'v Value>, path: &str) -> Option<&'v str> {
        match value {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                self.refuse(path, "is no text");
                None
            }
        }
    }

    fn level(&mut self, value: Option<&Value>, path: &str) -> Option<Access> {
        let text = self.text(value, path)?;
        let word = text.to_lowercase();
        if matches!(word.as_str(), "" | "none") {
            return None;
        }
        let found = Access::ALL.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            self.refuse(path, &format!("`{text}` is no access level"));
        }
        found.map(|(_, level)| *level)
    }

    /// `authLevel` has an access level in some descriptions, and how narrow policies are in others.
    fn auth_level(&mut self, value: Option<&Value>, path: &str) -> Option<Access> {
        let is_granularity = |value: &Value| {
            value.as_str().is_some_and(|text| GRANULARITIES.contains(&text.to_lowercase().as_str()))
        };
        self.level(value.filter(|value| !is_granularity(value)), path)
    }

    fn resources(&mut self, value: Option<&Value>, path: &str) -> Option<Said> {
        let entries = match value {
            None | Some(Value::Null) => return None,
            Some(Value::Array(entries)) => entries,
            Some(_) => {
                self.refuse(path, "is no array");
                return None;
            }
        };
        let mut types = Vec::new();
        let mut all = false;
        for (index, entry) in entries.iter().enumerate() {
            match self.resource(entry, &format!("{path}[{index}]")) {
                Some(None) => all = true,
                Some(Some(one)) if !types.contains(&one) => types.push(one),
                Some(Some(_)) | None => {}
            }
        }
        // An action with a type and All Resources can be limited to the type.
        if !types.is_empty() {
            Some(Said::Types(types))
        } else if all {
            Some(Said::All)
        } else {
            None
        }
    }

    /// `*Name=template`; none within for All Resources.
    fn resource(&mut self, entry: &Value, path: &str) -> Option<Option<String>> {
        let Value::Object(entry) = entry else {
            self.refuse(path, "is no object");
            return None;
        };
        self.fields(entry, path, &["validationType", "product", "resourceType", "arn"]);
        let validation = self.text(entry.get("validationType"), &format!("{path}.validationType"));
        let required = match validation.unwrap_or("") {
            "" => false,
            word => {
                let found = VALIDATIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
                if found.is_none() {
                    let reason = format!("`{word}` is no validation that is understood");
                    self.refuse(&format!("{path}.validationType"), &reason);
                }
                found.is_some_and(|(_, required)| *required)
            }
        };
        let name = self.text(entry.get("resourceType"), &format!("{path}.resourceType"));
        let arn = self.text(entry.get("arn"), &format!("{path}.arn"));
        let Some(arn) = arn else {
            self.refuse(&format!("{path}.arn"), "is no text");
            return None;
        };
        if arn == "*" {
            return Some(None);
        }
        let template = normalised(arn);
        if let Err(reason) = check_template(&template) {
            self.refuse(&format!("{path}.arn"), &reason);
            return None;
        }
        let name = name.map(plain).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| last_literal(&template));
        let mark = if required { "*" } else { "" };
        Some(Some(format!("{mark}{name}={template}")))
    }

    /// Each is a text, or an object with the key under one of a few names.
    fn keys(&mut self, value: Option<&Value>, path: &str) -> Option<Vec<String>> {
        let entries = match value {
            None | Some(Value::Null) => return None,
            Some(Value::Array(entries)) => entries,
            Some(_) => {
                self.refuse(path, "is no array");
                return None;
            }
        };
        let mut keys: Vec<String> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let path = format!("{path}[{index}]");
            let named = || {
                let fields = entry.as_object().filter(|fields| fields.len() == 1)?;
                ["key", "conditionKey", "name"].iter().find_map(|name| fields.get(*name)?.as_str())
            };
            let key = entry.as_str().or_else(named);
            match key {
                Some(key) if key.contains(':') => {
                    if keys.iter().all(|known| known != key) {
                        keys.push(key.to_owned());
                    }
                }
                Some(key) => self.refuse(&path, &format!("`{key}` is no `service:Key`")),
                None => self.refuse(&path, "is no condition key that is understood"),
            }
        }
        Some(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ram_actions: &str) -> (Vec<Fact>, Vec<String>) {
        read(&format!(r#"{{"apis":{{"GetA":{{"ramActions":{ram_actions}}}}}}}"#))
    }

    fn fact() -> Fact {
        Fact {
            operation: "GetA".to_owned(),
            code: "x".to_owned(),
            name: "ReadA".to_owned(),
            access: Some(Access::Get),
            resources: Some(Said::Types(vec![
                "*Big thing=acs:x:{#regionId}:{#accountId}:thing/{#ThingId}".to_owned(),
                "sub=acs:x:*:{#accountId}:thing/*/sub/*".to_owned(),
            ])),
            keys: Some(vec!["x:tag".to_owned(), "acs:ResourceTag".to_owned()]),
        }
    }

    #[test]
    fn both_shapes_say_the_same() {
        let resources = r#""resources":[
            {"validationType":"always","product":"X","resourceType":"Big_thing","arn":"acs:x:$regionid:${accountId}:thing/{#ThingId}"},
            {"product":"X","arn":"acs:x:*:{#AccountId}:thing/*/sub/*"}]"#;
        let conditions = r#""actionConditions":["x:tag",{"key":"acs:ResourceTag"},"x:tag"]"#;
        let flat = format!(
            r#"[{{"action":"x:ReadA","operationType":"get","authLevel":"resource",{conditions},{resources}}}]"#
        );
        let nested = format!(
            r#"[{{"operationType":"none","ramAction":{{"action":"x:ReadA","authLevel":"Get",{conditions},{resources}}}}}]"#
        );
        for text in [flat, nested] {
            assert_eq!(of(&text), (vec![fact()], vec![]), "{text}");
        }
    }

    #[test]
    fn what_a_file_does_not_say_is_not_said() {
        for (text, resources, keys) in [
            (r#"[{"action":"x:ReadA"}]"#, None, None),
            (r#"[{"action":"x:ReadA","resources":[],"actionConditions":[]}]"#, None, Some(vec![])),
            (
                r#"[{"action":"x:ReadA","resources":[{"resourceType":"All","arn":"*"}]}]"#,
                Some(Said::All),
                None,
            ),
        ] {
            let expected = Fact { access: None, resources, keys, ..fact() };
            assert_eq!(of(text), (vec![expected], vec![]), "{text}");
        }
        for text in [r#"{"apis":{"GetA":{}}}"#, r#"{"apis":{"GetA":{"ramActions":null}}}"#] {
            assert_eq!(read(text), (vec![], vec![]), "{text}");
        }
    }

    #[test]
    fn every_mistake_has_its_path() {
        let at = "apis.GetA.ramActions[0]";
        for (text, expected) in [
            (r#"{}"#, "apis.GetA.ramActions: is no array".to_owned()),
            ("[1]", format!("{at}: is no object")),
            ("[{}]", format!("{at}.action: is no text")),
            (r#"[{"action":"ReadA"}]"#, format!("{at}.action: `ReadA` is no `service:Action`")),
            (r#"[{"ramAction":1}]"#, format!("{at}.ramAction: is no object")),
            (
                r#"[{"ramAction":{"action":"x:A"},"more":1}]"#,
                format!("{at}.more: is no field that is understood"),
            ),
            (
                r#"[{"ramAction":{"action":"x:A","more":1}}]"#,
                format!("{at}.ramAction.more: is no field that is understood"),
            ),
            (
                r#"[{"action":"x:A","authLevel":"all"}]"#,
                format!("{at}.authLevel: `all` is no access level"),
            ),
            (r#"[{"action":"x:A","operationType":7}]"#, format!("{at}.operationType: is no text")),
            (r#"[{"action":"x:A","resources":{}}]"#, format!("{at}.resources: is no array")),
            (
                r#"[{"action":"x:A","resources":[{"arn":"acs:x"}]}]"#,
                format!("{at}.resources[0].arn: ARN template `acs:x`: has fewer than five parts"),
            ),
            (
                r#"[{"action":"x:A","resources":[{"arn":"*","validationType":"now"}]}]"#,
                format!(
                    "{at}.resources[0].validationType: `now` is no validation that is understood"
                ),
            ),
            (
                r#"[{"action":"x:A","resources":[{"resourceType":"A"}]}]"#,
                format!("{at}.resources[0].arn: is no text"),
            ),
            (
                r#"[{"action":"x:A","actionConditions":[{"a":"x:B"}]}]"#,
                format!("{at}.actionConditions[0]: is no condition key that is understood"),
            ),
            (
                r#"[{"action":"x:A","actionConditions":["B"]}]"#,
                format!("{at}.actionConditions[0]: `B` is no `service:Key`"),
            ),
        ] {
            assert_eq!(of(text), (vec![], vec![expected]), "{text}");
        }
        for (text, expected) in [
            ("[]", "the file: is no object"),
            ("{}", "the file: has no `apis`"),
            (r#"{"apis":[]}"#, "apis: is no object"),
            (r#"{"apis":{"A":1}}"#, "apis.A: is no object"),
        ] {
            assert_eq!(read(text), (vec![], vec![expected.to_owned()]), "{text}");
        }
        assert!(read("{").1.concat().starts_with("the file: EOF"));
    }

    #[test]
    fn a_mistake_leaves_out_its_entry_alone() {
        let (facts, mistakes) = of(r#"[{"action":"x:A","more":1},{"action":"x:B"}]"#);
        assert_eq!(facts.iter().map(|fact| fact.name.as_str()).collect::<Vec<_>>(), ["B"]);
        assert_eq!(mistakes.len(), 1);
    }
}
