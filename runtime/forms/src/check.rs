//! Checks embedded policies by the library's checker; every finding gets its place in the file.

use ram_policy_model::claim::organisation::{OrganisationRules, Written};
use ram_policy_model::document::Document;
use ram_policy_model::document::bounds::Bounds;
use ram_policy_model::policy::length;
use ram_policy_model::policy::reader::{Acceptance, Extent, Read, Reader};
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::level::Levels;
use ram_policy_model::report::rule::{Rule, Severity};
use ram_policy_model::source::syntax::{Policy, Statement};
use ram_policy_model::source::{dialect, from_json, hole};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::{self, Kind, TextRange, Value};
use ram_policy_model::text::place::Text;
use ram_policy_model::text::shown::shown;
use ram_policy_model::{Checker, Level};
use ram_policy_read::place::Place;

use crate::claims::{self, Around};
use crate::embedded::{Embedded, Kept, Tree, Typed, Unknown};
use crate::holes::{spelt, with_holes};
use crate::place::of_tokens;

/// Something about a policy, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// Whether it is an error, a warning or a note.
    pub level: Level,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Path in the document; empty for the whole of it and for what is no JSON.
    pub path: String,
    /// Its place in the text.
    pub at: TextRange,
}

/// A policy that was checked.
#[derive(Debug)]
pub struct Checked {
    /// What the file calls it.
    pub name: String,
    /// What it was checked as.
    pub kind: PolicyKind,
    /// Where it begins in the file.
    pub at: TextRange,
    /// In the order of the file.
    pub findings: Vec<Finding>,
    /// The policy, unless RAM would refuse it or a part of it is not known.
    pub document: Option<Document>,
    /// The bounds of the policy, where a part of it is not known, unless RAM would refuse it whatever
    /// that is: by them it decides.
    pub bounds: Option<Bounds>,
    /// The policy without the parts that are not known, or with them as they are spelt; the same as
    /// `document` where everything is known. It is for showing, never for deciding.
    pub known_part: Option<Document>,
    /// Parts that are only known when something else runs.
    pub unknown: Vec<Unknown>,
    /// That it is not known whether the policy is too long for its place, in one sentence.
    pub not_measured: Option<String>,
    /// The policy with its expressions, where it has any that can be kept.
    pub kept: Option<Kept>,
    /// How many characters it has at least, minified.
    least_length: Option<usize>,
}

impl Embedded {
    /// Checks the policy as the kind that was asked for, that its text says it is, or that it looks
    /// like.
    ///
    /// ```
    /// use ram_policy_forms::{Form, Reader};
    /// use ram_policy_model::Checker;
    ///
    /// let text = "const P: Policy = policy! { allow ecs::Foo on *; };";
    /// let policies = Reader::new(Form::Rust).read(text).policies;
    /// let checked = policies.into_iter().next().unwrap().check(None, &Checker::new());
    /// let finding = &checked.findings[0];
    /// assert_eq!(&text[finding.at.start..finding.at.end], "Foo");
    /// ```
    #[must_use]
    pub fn check(self, asked: Option<PolicyKind>, checker: &Checker) -> Checked {
        self.check_for(asked, checker, None)
    }

    /// As [`Embedded::check`], and by the rules of an organisation, of a policy in the file of this path.
    #[must_use]
    pub fn check_for(
        self,
        asked: Option<PolicyKind>,
        checker: &Checker,
        organisation: Option<(&OrganisationRules, &str)>,
    ) -> Checked {
        let Self { name, kind, tree, may_be_part, most, mut unknown, kept, places } = self;
        let kind = asked.or(kind);
        let around = By { checker, organisation };
        let mut checked = match tree {
            Tree::Json(value) => {
                of_value(value, kind, may_be_part, &unknown, &around, Report::default())
            }
            Tree::Yaml(value) => {
                let mut report = Report::default();
                let value = with_text_version(value, &mut report);
                of_value(value, kind, may_be_part, &unknown, &around, report)
            }
            Tree::NotJson(error) => not_json(&error, kind),
            Tree::Typed(typed) => of_macro(*typed, kind, &around),
        };
        if let Some(most) = most {
            let document = checked.document.as_ref().filter(|_| unknown.is_empty());
            let length = document.map(Document::characters).or(checked.least_length);
            if let Some(length) = length {
                checked.limit(length, most, !unknown.is_empty(), checker.levels());
            }
        }
        for finding in &mut checked.findings {
            finding.at = places.of(finding.at);
        }
        checked.at = places.of(checked.at);
        checked.findings.sort_by_key(|finding| finding.at);
        for part in &mut unknown {
            part.at = places.of(part.at);
            part.within = part.within.map(|within| places.of(within));
        }
        if unknown.is_empty() {
            checked.known_part = checked.document.clone();
        } else {
            // What is not known must never decide.
            checked.document = None;
        }
        Checked { name, unknown, kept, ..checked }
    }
}

impl Checked {
    /// Refuses a policy that is longer than its place takes. What stands for a part that is not known
    /// has no length: where there `are_more` characters, nobody knows whether the rest is too long.
    fn limit(&mut self, length: usize, most: usize, are_more: bool, levels: &Levels) {
        if length <= most {
            self.not_measured = are_more.then(|| {
                format!(
                    "how long the policy is: what is known of it has {length} characters minified, and its place takes at most {most}"
                )
            });
            return;
        }
        let at_least = if are_more { "at least " } else { "" };
        let message = format!(
            "the policy has {at_least}{length} characters minified, and its place takes at most {most}"
        );
        let rule = Rule::TooLong;
        let level = levels.level(rule);
        self.findings.push(Finding { rule, level, message, path: String::new(), at: self.at });
        (self.document, self.bounds, self.known_part) = (None, None, None);
    }

    /// The rules whose findings keep a macro from compiling, although RAM may take the policy.
    #[must_use]
    pub fn errors_to_a_macro(&self) -> Vec<&'static str> {
        let default = Levels::new();
        let rules = self.findings.iter().map(|finding| finding.rule);
        let errors = rules.filter(|rule| default.level(*rule) == Level::Error);
        let mut names: Vec<&'static str> = errors.map(Rule::name).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// What policies are checked by.
struct By<'a> {
    checker: &'a Checker,
    /// The rules of an organisation, and the path of the file.
    organisation: Option<(&'a OrganisationRules, &'a str)>,
}

impl By<'_> {
    /// What a policy breaks of the rules of the organisation; they are about what a policy allows.
    fn broken<L: Copy>(
        &self,
        policy: &Policy<L>,
        kind: PolicyKind,
        (document, bounds): (Option<&Document>, Option<&Bounds>),
        reader: Reader<'_>,
    ) -> Vec<Diagnostic<L>> {
        match self.organisation {
            Some((rules, file)) if !kind.asks_who() => {
                rules.check(&Written { file, policy, document, bounds, reader })
            }
            Some(_) | None => Vec::new(),
        }
    }
}

fn of_value(
    value: Value<TextRange>,
    kind: Option<PolicyKind>,
    may_be_part: bool,
    unknown: &[Unknown],
    by: &By<'_>,
    mut report: Report<TextRange>,
) -> Checked {
    let checker = by.checker;
    let at = value.at;
    let (tree, nothing_known) = with_holes(&value, unknown);
    let policy = from_json::read(tree, &mut report);
    let kind = kind.unwrap_or_else(|| guess(&policy));
    let reader = Reader::of(kind, checker).accepting(Acceptance::Lenient);
    let extent = if may_be_part { Extent::Part } else { Extent::Whole };
    let Read { lowered, mut findings } = reader.taking(extent).tree(&policy, report);
    let document = lowered.map(|lowered| lowered.document);
    let is_refused = findings.iter().any(|found| found.rule.severity() == Severity::Error);
    let least_length = match &nothing_known {
        Some(_) => 0,
        None => length::least_length(&policy),
    };
    let (bounds, known_part) = if unknown.is_empty() || is_refused {
        (None, document.clone())
    } else {
        let bounds = match nothing_known {
            None => Bounds::of(&policy),
            Some(nothing) => Bounds::of(&from_json::read(nothing, &mut Report::default())),
        };
        let spelt = reader.taking(Extent::Part).value(spelt(&value), Report::default());
        (bounds, spelt.lowered.map(|lowered| lowered.document))
    };
    let known = document.as_ref().filter(|_| unknown.is_empty());
    findings.extend(by.broken(&policy, kind, (known, bounds.as_ref()), reader.taking(extent)));
    let findings = findings
        .into_iter()
        .filter(|found| is_asked_for(found, checker))
        .map(|diagnostic| {
            let path = json::path(&value, diagnostic.at);
            Finding { path, ..finding(diagnostic, |at| at, checker.levels()) }
        })
        .collect();
    Checked {
        name: String::new(),
        kind,
        at,
        findings,
        document,
        bounds,
        known_part,
        unknown: Vec::new(),
        not_measured: None,
        kept: None,
        least_length: (!unknown.is_empty() && !is_refused).then_some(least_length),
    }
}

/// The document with the text `1` for a version that is written as the number, which ROS takes.
fn with_text_version(
    mut value: Value<TextRange>,
    report: &mut Report<TextRange>,
) -> Value<TextRange> {
    if let Kind::Object(members) = &mut value.kind {
        for member in members.iter_mut().filter(|member| member.name.value == "Version") {
            if matches!(&member.value.kind, Kind::Number(number) if number == "1") {
                let message = "`Version` is the number 1 here, RAM's own documents write `'1'`";
                report.add(member.value.at, Rule::VersionNumber, message);
                member.value.kind = Kind::String("1".into());
            }
        }
    }
    value
}

/// A macro in Rust source, at the levels its attributes set and those asked for over them.
fn of_macro(typed: Typed, kind: Option<PolicyKind>, by: &By<'_>) -> Checked {
    let checker = by.checker;
    let levels = typed.levels(checker.levels());
    let at = of_tokens(typed.at);
    let kind = kind.unwrap_or(PolicyKind::Identity);
    let reader = Reader::of(kind, checker).at_levels(&levels);
    let reader = reader.taking(Extent::Part).accepting(Acceptance::Lenient);
    let Read { lowered, mut findings } = match &typed.policy {
        Some(policy) => reader.tree(policy, typed.report),
        None => Read { lowered: None, findings: typed.report.at_levels(&levels).0 },
    };
    if let Some(policy) = &typed.policy
        && !kind.asks_who()
    {
        let around = Around { folder: typed.folder.as_deref(), reader, unlisted: &policy.unlisted };
        findings.extend(claims::decide(&typed.claims, lowered.as_ref(), &around));
        // What a template allows is known when it is bound.
        if policy.parameters.is_empty() {
            let is_known = hole::all_known(policy);
            let known = lowered.as_ref().filter(|_| is_known).map(|lowered| &lowered.document);
            let bounds = (!is_known && lowered.is_some()).then(|| Bounds::of(policy)).flatten();
            findings.extend(by.broken(policy, kind, (known, bounds.as_ref()), reader));
        }
    }
    let is_refused = findings.iter().any(|found| found.rule.severity() == Severity::Error);
    let open = typed.policy.as_ref().filter(|policy| !is_refused && !hole::all_known(*policy));
    let is_asked_for = |found: &Diagnostic<Place>| is_asked_for(found, checker);
    let findings = findings.into_iter().filter(is_asked_for);
    let findings = findings.map(|found| finding(found, of_tokens, &levels)).collect();
    let document = lowered.map(|lowered| lowered.document);
    Checked {
        name: String::new(),
        kind,
        at,
        findings,
        bounds: open.and_then(Bounds::of),
        known_part: document.clone(),
        document,
        unknown: Vec::new(),
        not_measured: None,
        kept: None,
        least_length: open.map(length::least_length),
    }
}

/// What is not known is reported beside the findings; a finding of it is one that is asked for.
fn is_asked_for<L>(found: &Diagnostic<L>, checker: &Checker) -> bool {
    found.rule != Rule::NotChecked || checker.levels().level(found.rule) > Level::Note
}

/// A finding without a path.
fn finding<L>(
    diagnostic: Diagnostic<L>,
    range: impl Fn(L) -> TextRange,
    levels: &Levels,
) -> Finding {
    Finding {
        rule: diagnostic.rule,
        level: levels.level(diagnostic.rule),
        message: diagnostic.message,
        path: String::new(),
        at: range(diagnostic.at),
    }
}

fn not_json(error: &Text<TextRange>, kind: Option<PolicyKind>) -> Checked {
    let finding = Finding {
        rule: Rule::Syntax,
        level: Level::Error,
        message: shown(error.value.clone()),
        path: String::new(),
        at: error.at,
    };
    let kind = kind.unwrap_or(PolicyKind::Identity);
    Checked {
        name: String::new(),
        kind,
        at: error.at,
        findings: vec![finding],
        document: None,
        bounds: None,
        known_part: None,
        unknown: Vec::new(),
        not_measured: None,
        kept: None,
        least_length: None,
    }
}

/// A document with principals and without resources is a trust policy; one with both is of the kind
/// that its principals, actions and resources show.
fn guess<L: Copy>(policy: &Policy<L>) -> PolicyKind {
    if let Some(kind) = dialect::kind_of(&policy.statements) {
        return PolicyKind::Resource(kind);
    }
    let names = |statement: &Statement<L>| {
        statement.elements.iter().any(|element| element.kind.name() == "Principal")
    };
    let has_principal = policy.statements.iter().any(names);
    let has_resource = policy.statements.iter().any(|statement| statement.resources().is_some());
    if has_principal && !has_resource { PolicyKind::Trust } else { PolicyKind::Identity }
}
