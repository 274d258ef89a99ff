//! The same documents through every door: each finds the same, in the order of the document, and gives
//! or refuses the same.

use proc_macro2::TokenStream;
use ram_policy::{Checker, Finding, ImportError, Imported, Level, Levels, Policy};
use ram_policy_forms::Form;
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::claim;
use ram_policy_model::policy::reader::{Acceptance, Extent, Read, Reader, parsed};
use ram_policy_model::report::diagnostic::{Diagnostic, Report};
use ram_policy_model::report::rule::{Rule, Severity};
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_read::{input, policy};

/// What a door makes of a document.
#[derive(Debug, PartialEq)]
struct Outcome {
    /// The rules that are broken, in the order of the document.
    rules: Vec<Rule>,
    /// Whether the door gives a policy.
    is_given: bool,
}

/// A way to read a document; `None` where the document has no such form.
struct Door {
    name: &'static str,
    /// Whether statements without a document around them will do.
    extent: Extent,
    acceptance: Acceptance,
    read: fn(&str) -> Option<Outcome>,
}

const fn door(
    name: &'static str,
    extent: Extent,
    acceptance: Acceptance,
    read: fn(&str) -> Option<Outcome>,
) -> Door {
    Door { name, extent, acceptance, read }
}

const DOORS: [Door; 13] = [
    door("from_json_with", Extent::Whole, Acceptance::Strict, |text| {
        Some(imported(Policy::from_json_with(text, &Checker::new())))
    }),
    door("from_json_lenient_with", Extent::Whole, Acceptance::Lenient, |text| {
        Some(imported(Policy::from_json_lenient_with(text, &Checker::new())))
    }),
    door("Reader::text", Extent::Whole, Acceptance::Strict, |text| {
        Some(with_reader(Extent::Whole, |reader| sorted(reader.text(text))))
    }),
    door("policy_file!", Extent::Part, Acceptance::Strict, |text| {
        let (tree, report) = parsed(text).ok()?;
        Some(with_reader(Extent::Part, |reader| sorted(reader.tree(&tree, report))))
    }),
    door("policy!", Extent::Part, Acceptance::Strict, by_tokens),
    door("a JSON file", Extent::Whole, Acceptance::Lenient, |text| by_forms(Form::Json, text)),
    door("a text in Terraform", Extent::Whole, Acceptance::Lenient, |text| {
        by_forms(Form::Terraform, &terraform(&format!("<<EOF\n{text}\nEOF")))
    }),
    door("an object in Terraform", Extent::Whole, Acceptance::Lenient, |text| {
        is_json(text).then_some(())?;
        by_forms(Form::Terraform, &terraform(&format!("jsonencode({text})")))
    }),
    door("YAML", Extent::Whole, Acceptance::Lenient, |text| {
        is_json(text).then_some(())?;
        let before = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n";
        let resource = "    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n";
        by_forms(Form::Ros, &format!("{before}{resource}      PolicyDocument: {text}\n"))
    }),
    door("JSON in JSON", Extent::Whole, Acceptance::Lenient, |text| {
        is_json(text).then_some(())?;
        let resource = format!(
            r#"{{"Type":"ALIYUN::RAM::ManagedPolicy","Properties":{{"PolicyDocument":{text}}}}}"#
        );
        let template = format!(
            r#"{{"ROSTemplateFormatVersion":"2015-09-01","Resources":{{"P":{resource}}}}}"#
        );
        by_forms(Form::Ros, &template)
    }),
    door("Markdown", Extent::Part, Acceptance::Lenient, |text| {
        by_forms(Form::Markdown, &format!("# A policy\n\n```json\n{text}\n```\n"))
    }),
    door("a macro in Rust", Extent::Part, Acceptance::Lenient, |text| {
        is_json(text).then_some(())?;
        by_forms(Form::Rust, &format!("const P: Policy = policy! {{ {} }};", in_macro(text)))
    }),
    door("a boundary in a file", Extent::Part, Acceptance::Strict, |text| {
        let (policy, findings) = with_reader(Extent::Part, |reader| {
            let (policy, findings) = claim::policy_of_text(reader, text);
            (policy, sorted(Read { lowered: None, findings }).rules)
        });
        Some(Outcome { rules: findings, is_given: policy.is_some() })
    }),
];

/// Whether JSON's own reader takes the text, which the object of another language needs.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok()
}

fn imported(read: Result<Imported<Policy>, ImportError>) -> Outcome {
    let of = |findings: &[Finding]| {
        findings.iter().filter_map(|finding| Rule::from_name(finding.rule())).collect()
    };
    match read {
        Ok(read) => Outcome { rules: of(&read.findings), is_given: true },
        Err(error) => Outcome { rules: of(error.findings()), is_given: false },
    }
}

/// Gives a reader with the default levels and the built-in catalogue, as the macros have it.
fn with_reader<T>(extent: Extent, read: impl FnOnce(Reader<'_>) -> T) -> T {
    let (levels, additions) = (Levels::new(), Additions::new());
    read(Reader::new(PolicyKind::Identity, &levels, &additions).taking(extent))
}

fn sorted<L: Ord>(Read { lowered, mut findings }: Read<L>) -> Outcome {
    findings.sort_by(|left, right| left.at.cmp(&right.at));
    let rules = findings.iter().map(|found| found.rule).collect();
    Outcome { rules, is_given: lowered.is_some() }
}

/// What stands between the braces of a macro.
fn in_macro(text: &str) -> &str {
    let text = text.trim();
    let is_document = text.contains("\"Statement\"") || text.contains("\"Version\"");
    let inside = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
    inside.filter(|_| is_document).unwrap_or(text)
}

fn by_tokens(text: &str) -> Option<Outcome> {
    is_json(text).then_some(())?;
    let stream = format!("ram_policy {}", in_macro(text)).parse::<TokenStream>().ok()?;
    let (_, mut tokens) = input::split(stream)?;
    let mut report = Report::default();
    let header = input::header(&mut tokens, &mut report);
    let read = policy::read(&mut tokens, &header, &mut report)?;
    let Read { lowered, findings } =
        with_reader(Extent::Part, |reader| reader.tree(&read.policy, report));
    // As the macro puts its errors.
    let findings = findings.into_iter().map(|found| Diagnostic {
        at: found.at.start.byte_range().start,
        rule: found.rule,
        message: found.message,
    });
    Some(sorted(Read { lowered, findings: findings.collect() }))
}

fn terraform(document: &str) -> String {
    format!("resource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = {document}\n}}\n")
}

fn by_forms(form: Form, text: &str) -> Option<Outcome> {
    let policy = ram_policy_forms::Reader::new(form).read(text).policies.into_iter().next()?;
    let checked = policy.check(Some(PolicyKind::Identity), &Checker::new());
    let rules = checked.findings.iter().map(|finding| finding.rule).collect();
    Some(Outcome { rules, is_given: checked.document.is_some() })
}

/// What serde says, which is the messages alone.
fn assert_by_serde(text: &str) {
    let read = serde_json::from_str::<Policy>(text);
    match Policy::from_json(text) {
        Ok(policy) => assert_eq!(read.ok(), Some(policy), "{text}"),
        Err(error) => {
            let findings = error.findings();
            let messages: Vec<&str> = findings.iter().map(Finding::message).collect();
            let said = read.err().map(|error| error.to_string()).unwrap_or_default();
            // What is no JSON is refused by serde's own words.
            let is_json = findings.iter().all(|finding| finding.rule() != "syntax");
            assert!(!said.is_empty(), "{text}");
            assert!(!is_json || said.starts_with(&messages.join("; ")), "{said}: {messages:?}");
        }
    }
}

/// Every door finds these rules broken, in this order: in a whole document, or in what may be a part.
fn assert_all(text: &str, whole: &[Rule], part: &[Rule]) {
    let mut doors = 0;
    for Door { name, extent, acceptance, read } in DOORS {
        let expected = match extent {
            Extent::Whole => whole,
            Extent::Part => part,
        };
        let Some(found) = read(text) else { continue };
        doors += 1;
        let is_of_claim = name == "a boundary in a file";
        // Of what is attached to nobody nothing is said that RAM does as it is written.
        let is_reported = |rule: &&Rule| !is_of_claim || rule.severity() != Severity::Note;
        let rules: Vec<Rule> = expected.iter().filter(is_reported).copied().collect();
        let is_given = rules.iter().all(|rule| match acceptance {
            Acceptance::Strict => Levels::new().of(rule.name()) != Some(Level::Error),
            Acceptance::Lenient => rule.severity() != Severity::Error,
        });
        assert_eq!(found, Outcome { rules, is_given }, "{name}: {text:.300}");
    }
    assert!(doors > 4, "{doors}: {text:.300}");
    assert_by_serde(text);
}

/// A statement with this action, resource and nothing else.
fn statement(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":{action},"Resource":{resource}}}"#)
}

fn document(statements: &[String]) -> String {
    format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","))
}

/// A document of one good statement under this condition.
fn under(condition: &str) -> String {
    let statement = statement(r#""ecs:StopInstance""#, r#""*""#);
    document(&[statement.replace("\"*\"}", &format!("\"*\",\"Condition\":{condition}}}"))])
}

/// Buckets with names that long, a statement for each.
fn buckets(count: usize, length: usize) -> Vec<String> {
    let name = |number: usize| format!(r#""acs:oss:*:*:{}{number:03}/*""#, "b".repeat(length));
    (0..count).map(|number| statement(r#""oss:GetObject""#, &name(number))).collect()
}

macro_rules! documents {
    ($($name:ident: $text:expr => [$($rule:ident),*] $(, in parts [$($of_part:ident),*])?;)*) => {
        $(#[test]
        fn $name() {
            let expected: &[&[Rule]] = &[&[$(Rule::$rule),*], $(&[$(Rule::$of_part),*])?];
            let (whole, part) = (expected.first(), expected.last());
            assert_all(&$text, whole.unwrap_or(&&[][..]), part.unwrap_or(&&[][..]));
        })*
    };
}

documents! {
    what_is_good: document(&[statement(r#""ecs:StopInstance""#, r#""*""#)]) => [];
    what_is_good_under_conditions:
        under(r#"{"IpAddress":{"acs:SourceIp":["192.0.2.0/24"]},"Bool":{"acs:MFAPresent":"true"}}"#) => [];
    a_note: document(&[statement(r#""ecs:*""#, r#""*""#)]) => [WholeService];
    a_warning: document(&[statement(r#""*""#, r#""*""#)]) => [StarOnStar];
    an_unknown_action: document(&[statement(r#""ecs:StopInstanc""#, r#""*""#)]) => [UnknownAction];
    a_misspelt_service:
        document(&[statement(r#""actiontral:CreateTrail""#, r#""*""#)]) => [MisspeltService];
    a_malformed_arn:
        document(&[statement(r#""ecs:StopInstance""#, r#""acs:ecs""#)]) => [MalformedArn];
    a_wrong_type: document(&[statement("5", r#""*""#)]) => [WrongType];
    an_empty_list: document(&[statement("[]", r#""*""#)]) => [EmptyList];
    an_empty_text: document(&[statement(r#""""#, r#""*""#)]) => [EmptyText];
    a_key_that_is_no_key: under(r#"{"StringEquals":{"owner":"a"}}"#) => [MalformedKey];
    a_value_that_cannot_be_read: under(r#"{"IpAddress":{"acs:SourceIp":"10"}}"#) => [InvalidValue];
    an_unknown_operator: under(r#"{"StringIs":{"ecs:tag/a":"b"}}"#) => [UnknownOperator];
    no_version: r#"{"Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}]}"#
        => [MissingElement];
    no_effect: r#"{"Version":"1","Statement":[{"Action":"ecs:StopInstance","Resource":"*"}]}"#
        => [MissingElement];
    a_principal: document(&[
        r#"{"Effect":"Allow","Principal":{"Service":"ecs.aliyuncs.com"},"Action":"sts:AssumeRole"}"#.into(),
    ]) => [MissingElement, UnknownElement];
    a_policy_of_a_bucket: document(&[
        r#"{"Effect":"Allow","Principal":["*"],"Action":"oss:GetObject","Resource":"*"}"#.into(),
    ]) => [OtherDialect];
    what_another_cloud_writes: document(&[
        r#"{"Effect":"Allow","Action":"ecs:StopInstance","NotResource":"*"}"#.into(),
    ]) => [UnknownElement];
    what_is_too_long:
        document(&[statement(r#""oss:GetObject""#, &format!(r#""acs:oss:*:*:{}""#, "b".repeat(6_200)))])
        => [TooLong];
    what_is_nearly_too_long: document(&buckets(58, 22)) => [NearLimit];
    what_is_too_long_with_its_escapes:
        document(&[statement(r#""oss:GetObject""#, &format!(r#""acs:oss:*:*:{}/*""#, r#"\""#.repeat(3_050)))])
        => [TooLong];
    several_in_the_order_of_the_document: r#"{"Statement":[{"Effect":"allow","Action":["ecs:Stop","ecs:StopInstanc"],"Resource":"acs:ecs"},{"Resource":"*","Action":"osss:GetObject"}],"Version":"2"}"#
        => [WrongEffect, UnfamiliarAction, UnknownAction, MalformedArn, MissingElement, MisspeltService, WrongVersion];
    an_error_of_a_level_and_a_note_of_the_length: document(&[
        buckets(57, 22).join(","),
        statement(r#""ecs:StopInstanc""#, r#""*""#),
    ]) => [NearLimit, UnknownAction];
    a_part: statement(r#""ecs:StopInstance""#, r#""*""#) => [MissingElement], in parts [];
    no_json: r#"{"Version":"1","Statement":[}"# => [Syntax];
}

/// A name that is in an object twice is kept twice, where the form of the text can say that.
#[test]
fn a_name_twice() {
    for text in [
        r#"{"Version":"1","Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}]}"#.to_owned(),
        under(r#"{"StringEquals":{"ecs:tag/a":"b","ecs:tag/a":"c"}}"#),
    ] {
        let expected = |is_given| Outcome { rules: vec![Rule::DuplicateElement], is_given };
        for Door { name, read, .. } in DOORS {
            if !["an object in Terraform", "YAML"].contains(&name) {
                assert_eq!(read(&text), Some(expected(false)), "{name}");
            }
        }
        assert_by_serde(&text);
    }
}

/// Each door has a depth beyond which it reads no further; tokens are read on behind it.
#[test]
fn what_is_too_deep() {
    let deep = format!("{}{}", "[".repeat(70), "]".repeat(70));
    let text = document(&[statement(&deep, r#""*""#)]);
    for Door { name, read, .. } in DOORS {
        let Some(found) = read(&text) else { continue };
        assert!(found.rules.contains(&Rule::Syntax) && !found.is_given, "{name}: {found:?}");
    }
    assert_by_serde(&text);
}
