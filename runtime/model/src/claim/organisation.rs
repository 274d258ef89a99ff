//! What an organisation asks of every policy: `ram-guardrails.json`.
//!
//! A rule of the file is a claim that every policy makes, with a name, a reason and exceptions. Whatever the
//! file says, a policy prints and decides as without it.

use alloc::string::{String, ToString};
use alloc::{format, vec::Vec};

#[cfg(feature = "proofs")]
use super::boundary::guardrail;
use super::policy_of;
use crate::catalogue::additions::Additions;
use crate::document::Document;
use crate::document::bounds::Bounds;
use crate::policy::Policy;
use crate::policy::reader::{Extent, Reader};
use crate::report::diagnostic::{Diagnostic, Report};
use crate::report::level::Levels;
use crate::report::rule::{Level, Rule};
use crate::source::from_json;
use crate::source::syntax;
use crate::terms::kind::PolicyKind;
use crate::text::json::{self, Kind, Member, TextRange, Value};
use crate::text::place::Text;
use crate::text::position::{decode, position};
use crate::text::shown::shown;
use crate::text::{order, suggest};

/// Name of the file, beside the `Cargo.toml` of the crate whose policies it is for.
pub const FILE_NAME: &str = "ram-guardrails.json";

/// The rules of an organisation for its policies.
///
/// The macros read `ram-guardrails.json` beside the crate's `Cargo.toml`, `ram-policy check` the one in the
/// working folder or that of `--guardrails`.
///
/// # Format
///
/// A JSON object with a member for each rule, whose name is the name of the rule.
///
/// | member of a rule | what |
/// | --- | --- |
/// | `reason` | why, in one sentence; errors show it |
/// | `never` | what no policy allows: a statement without `Effect`, and on every resource unless it names some, or a list of such statements |
/// | `within` | what every policy keeps within: a policy, or the name of a function of `Guardrail` in a list with its arguments |
/// | `finding` | the name of a rule of the checker that no policy breaks |
/// | `except` | optional: an object of files and reasons; a policy in a file whose path ends so is not asked |
///
/// Each rule has `reason` and one of `never`, `within` and `finding`. The feature `proofs` decides the first two.
///
/// ```
/// use ram_policy_model::catalogue::additions::Additions;
/// use ram_policy_model::claim::organisation::OrganisationRules;
///
/// let rules = OrganisationRules::from_json(
///     r#"{
///   "roles-for-one-service": {
///     "reason": "a role is handed to the service that it is made for",
///     "never": {
///       "Action": "ram:PassRole",
///       "Condition": { "StringNotLike": { "acs:Service": "*" } }
///     },
///     "except": { "src/administrators.rs": "they set up every service" }
///   },
///   "nobody-does-everything": { "reason": "least privilege", "finding": "star_on_star" }
/// }"#,
///     &Additions::new(),
/// )?;
/// assert_eq!(rules.names().collect::<Vec<_>>(), ["roles-for-one-service", "nobody-does-everything"]);
/// # Ok::<(), ram_policy_model::claim::organisation::RulesError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OrganisationRules {
    rules: Vec<OrganisationRule>,
}

#[derive(Debug, Clone, PartialEq)]
struct OrganisationRule {
    name: String,
    reason: String,
    asks: Asks,
    /// The ends of the paths of files that are not asked.
    except: Vec<String>,
}

/// What a rule asks.
#[derive(Debug, Clone, PartialEq)]
enum Asks {
    /// That no policy allows what this one denies.
    Never(Policy),
    /// That every policy keeps within this one.
    Within(Policy),
    /// That no policy breaks this rule of the checker.
    Finding(Rule),
}

/// Every mistake of a file of rules, in the order of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesError {
    /// Line, column, place and sentence.
    mistakes: Vec<(usize, usize, Text<TextRange>)>,
}

impl RulesError {
    fn new(text: &str, mut found: Vec<Text<TextRange>>) -> Self {
        order::sort_by(&mut found, |left, right| left.at.cmp(&right.at));
        let mistakes = found.into_iter().map(|found| {
            let (line, column) = position(text, found.at.start);
            let message = Text::new(shown(found.value), found.at);
            (line, column, message)
        });
        Self { mistakes: mistakes.collect() }
    }

    /// The mistakes with their places in bytes; at least one.
    pub fn mistakes(&self) -> impl Iterator<Item = (TextRange, &str)> {
        self.mistakes.iter().map(|(_, _, mistake)| (mistake.at, mistake.value.as_str()))
    }
}

/// One mistake a line.
impl core::fmt::Display for RulesError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for (index, (line, column, mistake)) in self.mistakes.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{line}:{column}: {}", mistake.value)?;
        }
        Ok(())
    }
}

impl core::error::Error for RulesError {}

/// A policy as it was written, for the rules of an organisation.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a, L> {
    /// The path of its file.
    pub file: &'a str,
    /// What was read.
    pub policy: &'a syntax::Policy<L>,
    /// The document, unless RAM would refuse it or a part is not known.
    pub document: Option<&'a Document>,
    /// Its bounds, where a part is not known.
    pub bounds: Option<&'a Bounds>,
    /// How it was read.
    pub reader: Reader<'a>,
}

impl OrganisationRules {
    /// Reads the text of a `ram-guardrails.json`; its policies may name what the additions have.
    ///
    /// # Errors
    ///
    /// Every mistake of the file, with its line and column.
    pub fn from_json(text: impl AsRef<[u8]>, additions: &Additions) -> Result<Self, RulesError> {
        let text = decode(text.as_ref()).map_err(|error| {
            let at = TextRange { start: 0, end: 0 };
            let (line, column) = error.at;
            RulesError { mistakes: [(line, column, Text::new(error.message, at))].into() }
        })?;
        let wrong = |mistakes| RulesError::new(text, mistakes);
        let value = json::read(text).map_err(|error| wrong([error].into()))?;
        let mut file = File { additions, mistakes: Vec::new() };
        let rules = file.rules(value);
        if file.mistakes.is_empty() { Ok(Self { rules }) } else { Err(wrong(file.mistakes)) }
    }

    /// The names of the rules, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.name.as_str())
    }

    /// The rules that a policy breaks, each at the part that breaks it.
    #[must_use]
    pub fn check<L: Copy>(&self, written: &Written<'_, L>) -> Vec<Diagnostic<L>> {
        let mut report = Report::default();
        let asked = self.rules.iter().filter(|rule| !rule.excepts(written.file));
        let mut found: Option<Vec<Diagnostic<L>>> = None;
        for rule in asked {
            match &rule.asks {
                Asks::Finding(broken) => {
                    let found = found.get_or_insert_with(|| self.found(written));
                    for one in found.iter().filter(|one| one.rule == *broken) {
                        let message = format!("{}; {}", rule.sentence(), one.message);
                        report.add(one.at, Rule::Guardrail, message);
                    }
                }
                Asks::Never(policy) | Asks::Within(policy) => {
                    rule.prove(policy, written, &mut report);
                }
            }
        }
        report.into_diagnostics()
    }

    /// What the checker finds whatever levels the author has set.
    fn found<L: Copy>(&self, written: &Written<'_, L>) -> Vec<Diagnostic<L>> {
        let mut levels = Levels::new();
        for rule in &self.rules {
            if let Asks::Finding(rule) = rule.asks {
                // What RAM refuses is an error already.
                let _ = levels.set(rule.name(), Level::Warning);
            }
        }
        written.reader.at_levels(&levels).tree(written.policy, Report::default()).findings
    }
}

impl OrganisationRule {
    /// Whether a file is one whose path ends as an exception does, by whole parts.
    fn excepts(&self, file: &str) -> bool {
        let parts = |path: &str| -> Vec<String> {
            let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "."));
            parts.map(ToString::to_string).collect()
        };
        let file = parts(file);
        self.except.iter().any(|end| file.ends_with(&parts(end)))
    }

    fn sentence(&self) -> String {
        format!("the guardrail `{}` does not allow this: {}", self.name, self.reason)
    }

    #[cfg(feature = "proofs")]
    fn prove<L: Copy>(&self, policy: &Policy, written: &Written<'_, L>, report: &mut Report<L>) {
        use crate::policy::open::OpenPolicy;
        use crate::prove::Proof;

        let asked: OpenPolicy = match (written.document, written.bounds) {
            (Some(document), _) => Policy::from_document(document.clone()).into(),
            (None, Some(bounds)) => OpenPolicy::of(bounds.clone()),
            // It is refused for another reason.
            (None, None) => return,
        };
        let other: OpenPolicy = policy.clone().into();
        let proof = match self.asks {
            Asks::Within(_) => asked.within(&other),
            Asks::Never(_) | Asks::Finding(_) => asked.never_allows(&other),
        };
        match proof {
            Proof::Yes => {}
            Proof::No(found) => {
                let action = &found.as_request().action;
                let at = allowing(written.policy, action);
                let line = found.to_string();
                report.add_with(at, Rule::Guardrail, self.sentence(), [line.as_str()]);
            }
            Proof::Unknown(reason) => {
                let message = format!(
                    "it cannot be decided whether the guardrail `{}` allows this: {reason}",
                    self.name
                );
                report.add(written.policy.at, Rule::Guardrail, message);
            }
        }
    }

    #[cfg(not(feature = "proofs"))]
    fn prove<L: Copy>(&self, _policy: &Policy, written: &Written<'_, L>, report: &mut Report<L>) {
        let message = format!(
            "the guardrail `{}` is decided by the feature `proofs`, which is off",
            self.name
        );
        report.add(written.policy.at, Rule::Guardrail, message);
    }
}

/// The action of an `Allow` that covers an action; the whole policy where none is written so.
#[cfg(feature = "proofs")]
fn allowing<L: Copy>(policy: &syntax::Policy<L>, action: &str) -> L {
    use crate::source::syntax::ElementKind;
    use crate::terms::effect::Effect;
    use crate::terms::pattern::ActionPattern;

    let (code, name) = action.split_once(':').unwrap_or((action, ""));
    for statement in &policy.statements {
        let is_allow = |kind: &ElementKind<L>| matches!(kind, ElementKind::Effect(Effect::Allow));
        if !statement.elements.iter().any(|element| is_allow(&element.kind)) {
            continue;
        }
        let Some((actions, is_negated)) = statement.actions() else { continue };
        let covers =
            |item: &&Text<L>| ActionPattern::new(item.value.clone().into()).matches(code, name);
        match (actions.items.iter().find(covers), is_negated) {
            (Some(item), false) => return item.at,
            (None, true) => return actions.at,
            (Some(_), true) | (None, false) => {}
        }
    }
    policy.at
}

/// The text that a value is.
fn text_of(value: Value<TextRange>) -> Option<Text<TextRange>> {
    if let Kind::String(text) = value.kind { Some(Text::new(text, value.at)) } else { None }
}

/// A file that is read.
struct File<'a> {
    additions: &'a Additions,
    mistakes: Vec<Text<TextRange>>,
}

const MEMBERS: [&str; 5] = ["reason", "never", "within", "finding", "except"];

impl File<'_> {
    fn wrong(&mut self, at: TextRange, message: impl Into<String>) {
        self.mistakes.push(Text::new(message.into(), at));
    }

    fn rules(&mut self, value: Value<TextRange>) -> Vec<OrganisationRule> {
        let at = value.at;
        let Kind::Object(members) = value.kind else {
            let message =
                format!("the file is an object with rules, not {}", value.kind.type_name());
            self.wrong(at, message);
            return Vec::new();
        };
        let mut rules: Vec<OrganisationRule> = Vec::new();
        for Member { name, value } in members {
            if rules.iter().any(|rule| rule.name == name.value) {
                self.wrong(name.at, format!("the rule `{}` appears twice", name.value));
            }
            rules.extend(self.rule(name, value));
        }
        rules
    }

    fn rule(&mut self, name: Text<TextRange>, value: Value<TextRange>) -> Option<OrganisationRule> {
        let Kind::Object(members) = value.kind else {
            let message = format!("a rule is an object, not {}", value.kind.type_name());
            self.wrong(value.at, message);
            return None;
        };
        if name.value.is_empty() {
            self.wrong(name.at, "a rule has a name");
        }
        let (mut reason, mut asks, mut except) = (None, Vec::new(), Vec::new());
        let mut seen: Vec<String> = Vec::new();
        for member in members {
            let (known, at) = (member.name.value.clone(), member.name.at);
            if seen.contains(&known) {
                self.wrong(at, format!("`{known}` appears twice"));
                continue;
            }
            match known.as_str() {
                "reason" => {
                    let at = member.value.at;
                    reason = text_of(member.value).filter(|text| !text.value.trim().is_empty());
                    if reason.is_none() {
                        self.wrong(at, "a reason is a sentence in double quotes");
                    }
                }
                "never" => asks.push(self.never(member.value)),
                "within" => asks.push(self.within(member.value)),
                "finding" => asks.push(self.finding(member.value)),
                "except" => except = self.except(member.value),
                _ => {
                    let near = suggest::nearest(&known, MEMBERS.into_iter());
                    let hint = suggest::did_you_mean(&near);
                    self.wrong(at, format!("a rule has no `{known}`{hint}"));
                }
            }
            seen.push(known);
        }
        if !seen.iter().any(|member| member == "reason") {
            self.wrong(name.at, format!("the rule `{}` has no `reason`", name.value));
        }
        if asks.len() != 1 {
            let message = format!(
                "the rule `{}` has exactly one of `never`, `within` and `finding`",
                name.value
            );
            self.wrong(name.at, message);
        }
        let asks = asks.into_iter().next().flatten()?;
        Some(OrganisationRule { name: name.value, reason: reason?.value, asks, except })
    }

    /// Statements without an effect, as a policy that denies.
    fn never(&mut self, value: Value<TextRange>) -> Option<Asks> {
        let at = value.at;
        let values = if let Kind::Array(items) = value.kind { items } else { [value].into() };
        if values.is_empty() {
            self.wrong(at, "`never` is a statement or a list of them");
            return None;
        }
        let text = |text: &str| Value { at, kind: Kind::String(text.into()) };
        let member = |name: &str, value| Member { name: Text::new(name.into(), at), value };
        let mut statements = Vec::new();
        for value in values {
            let Kind::Object(mut members) = value.kind else {
                let message = format!(
                    "`never` is a statement or a list of them, not {}",
                    value.kind.type_name()
                );
                self.wrong(value.at, message);
                return None;
            };
            let has = |name: &str| members.iter().find(|member| member.name.value == name);
            if let Some(effect) = has("Effect") {
                self.wrong(effect.name.at, "`never` has no effect, it only names requests");
                return None;
            }
            if has("Resource").is_none() {
                members.push(member("Resource", text("*")));
            }
            members.push(member("Effect", text("Deny")));
            statements.push(Value { at: value.at, kind: Kind::Object(members) });
        }
        let mut report = Report::default();
        let policy = from_json::statements(at, statements, &mut report);
        self.policy(&policy, report).map(Asks::Never)
    }

    /// A policy, or a guardrail with its arguments.
    fn within(&mut self, value: Value<TextRange>) -> Option<Asks> {
        let at = value.at;
        let texts: Option<Vec<Text<TextRange>>> = match value.kind {
            Kind::String(name) => Some([Text::new(name, at)].into()),
            Kind::Array(items) => items.into_iter().map(text_of).collect(),
            kind @ (Kind::Object(_)
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Open(..)
            | Kind::Hole(_)
            | Kind::Unreadable) => {
                let mut report = Report::default();
                let policy = from_json::read(Value { at, kind }, &mut report);
                return self.policy(&policy, report).map(Asks::Within);
            }
        };
        let texts = texts.unwrap_or_default();
        let Some((name, arguments)) = texts.split_first() else {
            let message =
                "`within` is a policy, or the name of a guardrail in a list with its arguments";
            self.wrong(at, message);
            return None;
        };
        self.guardrail(name, arguments)
    }

    #[cfg(feature = "proofs")]
    fn guardrail(&mut self, name: &Text<TextRange>, arguments: &[Text<TextRange>]) -> Option<Asks> {
        let (policy, found) = guardrail(name, arguments);
        for mistake in found {
            self.wrong(mistake.at, mistake.message);
        }
        policy.map(Asks::Within)
    }

    /// Without proofs it stands for any policy, because nothing is decided by it.
    #[cfg(not(feature = "proofs"))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the other has mistakes")]
    fn guardrail(
        &mut self,
        _name: &Text<TextRange>,
        _arguments: &[Text<TextRange>],
    ) -> Option<Asks> {
        Some(Asks::Within(Policy::refused()))
    }

    fn finding(&mut self, value: Value<TextRange>) -> Option<Asks> {
        let Kind::String(name) = value.kind else {
            self.wrong(value.at, "`finding` is the name of a rule in double quotes");
            return None;
        };
        let rule = Rule::from_name(&name);
        if rule.is_none() {
            let near = suggest::nearest(&name, Rule::ALL.iter().map(|rule| rule.name()));
            let hint = suggest::did_you_mean(&near);
            self.wrong(value.at, format!("there is no rule `{name}`{hint}"));
        }
        rule.map(Asks::Finding)
    }

    fn except(&mut self, value: Value<TextRange>) -> Vec<String> {
        let Kind::Object(members) = value.kind else {
            self.wrong(value.at, "`except` is an object of files and reasons");
            return Vec::new();
        };
        let mut files = Vec::new();
        for Member { name, value } in members {
            let at = value.at;
            if text_of(value).is_none_or(|reason| reason.value.trim().is_empty()) {
                self.wrong(at, "an exception has a reason in double quotes");
            }
            let is_file = name.value.split('/').all(|part| !matches!(part, "" | "." | ".."));
            if !is_file || name.value.contains(['*', '\\']) {
                let message = format!("`{}` is no path as `src/administrators.rs`", name.value);
                self.wrong(name.at, message);
            }
            files.push(name.value);
        }
        files
    }

    /// A policy of the file, unless it is refused.
    fn policy(
        &mut self,
        policy: &syntax::Policy<TextRange>,
        report: Report<TextRange>,
    ) -> Option<Policy> {
        let levels = Levels::new();
        let reader = Reader::new(PolicyKind::Identity, &levels, self.additions);
        let (policy, found) = policy_of(reader.taking(Extent::Part), policy, report);
        let errors = found.into_iter().filter(|found| levels.is_error(found.rule));
        for mistake in errors {
            self.wrong(mistake.at, mistake.message);
        }
        policy
    }
}
