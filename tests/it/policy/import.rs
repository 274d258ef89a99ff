//! Reads documents at run time: those of `tests/documents`, each by what must become of it.
//!
//! A file is named `<kind>-<what it shows>.json` in `clean`, `<kind>-<rule>[-<detail>].json` in
//! `warned`, `taken` and `refused`.

#![allow(clippy::panic, reason = "a folder that cannot be read fails the test")]

mod input;
mod kinds;
mod places;
pub(crate) mod reading;

use std::collections::BTreeSet;

use ram_policy::{Checker, Finding, Level, Levels, Severity, Strictness};
use ram_policy_model::report::rule::Rule;
use ram_policy_model::terms::operator::Operator;
use reading::Kind;

/// A file of `tests/documents`.
struct File {
    kind: Kind,
    /// The name between the kind and `.json`.
    shows: String,
    bytes: Vec<u8>,
}

impl File {
    /// The rule a file of `warned`, `taken` or `refused` breaks.
    fn rule(&self) -> Rule {
        let name = self.shows.split('-').next().unwrap_or("");
        Rule::ALL
            .iter()
            .copied()
            .find(|rule| rule.name() == name)
            .unwrap_or_else(|| panic!("{}: no rule `{name}`", self.name()))
    }

    fn name(&self) -> String {
        format!("{}-{}.json", self.kind.name(), self.shows)
    }
}

/// The files of a folder by name; at least as many as are known to be there.
fn files(folder: &str, at_least: usize) -> Vec<File> {
    let folder = format!("{}/documents/{folder}", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<File> = entries
        .map(|entry| {
            let path = entry.unwrap_or_else(|error| panic!("{folder}: {error}")).path();
            let bytes =
                std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let (kind, shows) = name
                .strip_suffix(".json")
                .and_then(|stem| stem.split_once('-'))
                .and_then(|(kind, shows)| Some((Kind::from_name(kind)?, shows.to_owned())))
                .unwrap_or_else(|| panic!("{folder}: `{name}` is not `<kind>-<name>.json`"));
            File { kind, shows, bytes }
        })
        .collect();
    files.sort_by_key(File::name);
    assert!(files.len() >= at_least, "{folder}: {} files", files.len());
    files
}

/// The rules whose breaking is an error; `findings` of the crate's documentation shows the others.
fn rules(findings: &[Finding]) -> Vec<&'static str> {
    errors(findings).map(Finding::rule).collect()
}

fn errors(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| finding.level() == Level::Error)
}

/// Whether the place of a finding lies in the text or right behind it.
fn is_inside(finding: &Finding, text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let line = finding.line().checked_sub(1).and_then(|above| text.split('\n').nth(above));
    line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&finding.column()))
}

#[test]
fn clean_documents_are_read_without_a_finding() {
    for file in files("clean", 87) {
        let name = file.name();
        let policy = match file.kind.read_strictly(&file.bytes) {
            Ok(policy) => policy,
            Err(error) => panic!("{name}: {error}"),
        };
        match file.kind.read_leniently(&file.bytes) {
            Ok(lenient) => {
                assert_eq!(rules(&lenient.findings), [""; 0], "{name}");
                assert_eq!(lenient.policy, policy, "{name}");
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
}

#[test]
fn clean_documents_are_written_back() {
    for file in files("clean", 87) {
        let name = file.name();
        let Ok(policy) = file.kind.read_strictly(&file.bytes) else { panic!("{name}") };
        let written = policy.minified();
        assert_eq!(Some(&written), reading::minified(&file.bytes).ok().as_ref(), "{name}");
        assert_eq!(file.kind.read_strictly(written.as_bytes()).as_ref(), Ok(&policy), "{name}");
        for spaces in [0, 1, 2, 4, 7] {
            let indented = policy.indented(spaces);
            assert_eq!(
                reading::minified(indented.as_bytes()).ok().as_ref(),
                Some(&written),
                "{name}"
            );
            assert_eq!(
                file.kind.read_strictly(indented.as_bytes()).as_ref(),
                Ok(&policy),
                "{name}"
            );
        }
    }
}

#[test]
fn clean_documents_show_every_operator_and_kind() {
    let files = files("clean", 87);
    for operator in Operator::ALL {
        let shows = format!("operator-{}", operator.name());
        let file = files.iter().find(|file| file.shows == shows);
        let member = format!("\"{}\"", operator.name());
        let is_used =
            file.is_some_and(|file| String::from_utf8_lossy(&file.bytes).contains(&member));
        assert!(is_used, "{shows}");
    }
    for kind in Kind::ALL {
        assert!(files.iter().any(|file| file.kind == kind), "{kind:?}");
    }
}

#[test]
fn warned_documents_are_read_leniently_with_one_finding() {
    for file in files("warned", 83) {
        let (name, rule) = (file.name(), file.rule());
        let Err(refused) = file.kind.read_strictly(&file.bytes) else { panic!("{name}") };
        assert_eq!(rules(refused.findings()), [rule.name()], "{name}");
        let lenient = match file.kind.read_leniently_with(&file.bytes, &Checker::new()) {
            Ok(lenient) => lenient,
            Err(error) => panic!("{name}: {error}"),
        };
        assert_eq!(lenient.findings, refused.findings(), "{name}");
        // The same is found whatever the strictness; only the levels differ.
        let audit = file.kind.read_leniently(&file.bytes).map(|audit| audit.findings);
        let levels = |findings: &[Finding], strictness| -> Vec<(String, Option<Level>)> {
            let levels = Levels::at(strictness);
            findings.iter().map(|one| (one.message().into(), levels.of(one.rule()))).collect()
        };
        let told: Vec<_> =
            audit.iter().flatten().map(|one| (one.message().into(), Some(one.level()))).collect();
        assert_eq!(told, levels(refused.findings(), Strictness::Audit), "{name}");
        for finding in errors(&lenient.findings) {
            assert_eq!(finding.severity(), Severity::Warning, "{name}");
            assert!(is_inside(finding, &file.bytes), "{name}: {finding}");
        }
        let written = lenient.policy.minified();
        assert_eq!(Some(&written), reading::minified(&file.bytes).ok().as_ref(), "{name}");
        // What was written has the same finding and is the same policy.
        for text in [written, lenient.policy.indented(2)] {
            let again = file.kind.read_leniently_with(text.as_bytes(), &Checker::new());
            let again = again.as_ref().map(|again| (&again.policy, rules(&again.findings)));
            assert_eq!(again, Ok((&lenient.policy, vec![rule.name()])), "{name}");
        }
    }
}

/// What official documents write although the grammar's page does not have it.
#[test]
fn taken_documents_are_read_with_a_finding_that_is_no_error() {
    for file in files("taken", 7) {
        let (name, rule) = (file.name(), file.rule());
        let policy = match file.kind.read_strictly(&file.bytes) {
            Ok(policy) => policy,
            Err(error) => panic!("{name}: {error}"),
        };
        for strictness in Strictness::ALL {
            let checker = Checker::at(strictness);
            let lenient = match file.kind.read_leniently_with(&file.bytes, &checker) {
                Ok(lenient) => lenient,
                Err(error) => panic!("{name}: {error}"),
            };
            assert_eq!(lenient.policy, policy, "{name}");
            let found = lenient.findings.iter().find(|finding| finding.rule() == rule.name());
            assert_eq!(found.map(Finding::level), Some(rule.level(strictness)), "{name}");
            assert_eq!(rules(&lenient.findings), [""; 0], "{name}");
        }
        let written = policy.minified();
        assert_eq!(Some(&written), reading::minified(&file.bytes).ok().as_ref(), "{name}");
    }
}

#[test]
fn refused_documents_are_refused_by_their_rule() {
    for file in files("refused", 153) {
        let (name, rule) = (file.name(), file.rule());
        let Err(refused) = file.kind.read_strictly(&file.bytes) else { panic!("{name}") };
        let lenient = file.kind.read_leniently_with(&file.bytes, &Checker::new());
        let Err(lenient) = lenient else { panic!("{name}") };
        assert!(file.kind.read_leniently(&file.bytes).is_err(), "{name}");
        assert_eq!(lenient, refused, "{name}");
        assert!(rules(refused.findings()).contains(&rule.name()), "{name}: {refused}");
        for finding in refused.findings() {
            assert!(is_inside(finding, &file.bytes), "{name}: {finding}");
            if finding.rule() == rule.name() {
                assert_eq!(finding.severity(), Severity::Error, "{name}");
            }
        }
        let places: Vec<(usize, usize)> =
            refused.findings().iter().map(|finding| (finding.line(), finding.column())).collect();
        assert!(places.is_sorted(), "{name}: {refused}");
        // What is not JSON to another library is not to this one.
        let is_json = serde_json::from_slice::<serde_json::Value>(&file.bytes).is_ok();
        let nests_too_deeply = file.shows == "syntax-nested-too-deeply";
        assert_eq!(rule == Rule::Syntax, !is_json || nests_too_deeply, "{name}");
    }
}

#[test]
fn every_rule_is_broken_by_some_document() {
    // Only tokens can break the first three, a declared role the fourth, and a file of rules beside the
    // policy the last.
    const NOT_FROM_JSON: [Rule; 5] = [
        Rule::Grammar,
        Rule::Parameter,
        Rule::FailedClaim,
        Rule::ServiceLinkedRole,
        Rule::Guardrail,
    ];
    let (warned, refused) = (files("warned", 83), files("refused", 153));
    let broken: BTreeSet<Rule> = warned.iter().chain(&refused).map(File::rule).collect();
    let expected: BTreeSet<Rule> = Rule::ALL
        .iter()
        .copied()
        .filter(|rule| {
            rule.level(Strictness::Strict) == Level::Error && !NOT_FROM_JSON.contains(rule)
        })
        .collect();
    assert_eq!(broken, expected);
    for (files, severity) in [(warned, Severity::Warning), (refused, Severity::Error)] {
        for file in files {
            assert_eq!(file.rule().severity(), severity, "{}", file.name());
        }
    }
}
