//! Properties of the matcher, the parser, the writer and the evaluator.

use proptest::prelude::*;
use ram_policy::{Action, Additions, Decision, Ecs, Levels, Request, RequestAction, Vpc, key};
use ram_policy_fuzzed::plain;
pub(crate) use ram_policy_fuzzed::policy_of;
use ram_policy_model::catalogue;
use ram_policy_model::document::{self, lower};
use ram_policy_model::policy::reader::Reader;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::report::rule::Rule;
use ram_policy_model::source::from_json;
use ram_policy_model::terms::arn::Arn;
use ram_policy_model::terms::glob::Glob;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::terms::operand::{Block, Date, Number};
use ram_policy_model::terms::overlap::overlap;
use ram_policy_model::text::json;

/// Texts of few letters, so that patterns and inputs meet.
fn pattern() -> impl Strategy<Value = String> {
    "[ab*?/:\u{e9}]{0,8}"
}

fn input() -> impl Strategy<Value = String> {
    "[ab/:\u{e9}]{0,8}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_matcher_agrees_with_the_plain_one(pattern in pattern(), text in input()) {
        let glob = Glob::classify(&pattern, 0, pattern.len());
        let expected = plain::matches(&pattern, &text);
        prop_assert_eq!(glob.matches(&pattern, &text), expected);
    }

    #[test]
    fn the_matcher_agrees_with_the_plain_one_on_long_texts(
        pattern in "[ab*?\u{e9}]{0,10}",
        text in "[ab\u{e9}]{0,3}(a{20,90}|(ab){10,60}|[ab\u{e9}]{20,90})[ab\u{e9}]{0,3}",
    ) {
        let glob = Glob::classify(&pattern, 0, pattern.len());
        let expected = plain::matches(&pattern, &text);
        prop_assert_eq!(glob.matches(&pattern, &text), expected);
        prop_assert_eq!(glob.matches_ignore_case(&pattern, &text), expected);
    }

    #[test]
    fn a_glob_inside_a_longer_text_is_the_same(before in input(), pattern in pattern(), after in input(), text in input()) {
        let whole = format!("{before}{pattern}{after}");
        let inside = Glob::classify(&whole, before.len(), before.len() + pattern.len());
        let alone = Glob::classify(&pattern, 0, pattern.len());
        prop_assert_eq!(inside.matches(&whole, &text), alone.matches(&pattern, &text));
    }

    #[test]
    fn patterns_that_match_one_text_overlap(left in pattern(), right in pattern(), text in input()) {
        let matches = |pattern: &str| plain::matches(pattern, &text);
        if matches(&left) && matches(&right) {
            prop_assert!(overlap(&left, &right));
        }
        prop_assert_eq!(overlap(&left, &right), overlap(&right, &left));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let lossy = String::from_utf8_lossy(&bytes);
        for text in [text.as_str(), &lossy] {
            let _ = text.parse::<Action>();
            let _ = text.parse::<Ecs>();
            let _ = RequestAction::unlisted(text);
            let _ = RequestAction::try_from(text);
            let _ = Arn::parse(text);
            let _ = text.parse::<Number>();
            let _ = text.parse::<Date>();
            let _ = text.parse::<Block>();
            let _ = json::read(text);
            if let Ok(request) = Request::new(Ecs::StopInstance, text) {
                let _ = request.clone().with_named(text, text);
                let _ = request.with_unchecked(text, text);
            }
        }
    }

    #[test]
    fn additions_that_are_nearly_good_do_not_panic(
        section in prop::sample::select(vec!["actions", "resources", "keys"]),
        name in prop::sample::select(vec![
            "ecs:StopInstance", "ecs:stopinstance", "ecs:New", "ecs", "", ":", "acs:SourceIp", "ecs:tag/",
            "acs:ecs:{#r}:{#a}:instance/{#i}", "acs:ecs:*:*:x", "acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}",
            "\u{4e2d}:\u{4e2d}", "acs:::::", "{#", "}", "acs:ecs:*:*:{#", "acs:ecs:*:*:}{#x",
        ]),
        members in prop::collection::vec(
            prop::sample::select(vec![
                r#""change":"add""#, r#""change":"correct""#, r#""change":"retire""#, r#""reason":"r""#,
                r#""access":"get""#, r#""access":null"#, r#""resources":"*""#, r#""resources":["acs:ecs:*:*:x"]"#,
                r#""resources":[null]"#, r#""keys":["ecs:tag/","acs:Nothing"]"#, r#""type":"Ip""#,
                r#""template":"acs:ecs:*:*:{#y}""#, r#""actions":["ecs:StopInstance","ecs:New"]"#, r#""other":1"#,
            ]),
            0..6,
        ),
    ) {
        let text = format!(r#"{{"{section}":{{"{name}":{{{}}}}}}}"#, members.join(","));
        match Additions::from_json(&text) {
            Ok(additions) => prop_assert_eq!(additions.report().len(), 1),
            Err(error) => prop_assert!(!error.mistakes().is_empty()),
        }
    }

    #[test]
    fn json_that_is_nearly_json_does_not_panic(text in r#"[\[\]{}",:\\u0-9a-f truefalsn-]{0,60}"#) {
        let (levels, additions) = (Levels::new(), Additions::new());
        let read = Reader::new(PolicyKind::Identity, &levels, &additions).text(&text);
        let is_json = json::read(&text).is_ok();
        prop_assert_eq!(is_json, read.findings.iter().all(|found| found.rule != Rule::Syntax));
        // An independent reader must agree that it is JSON.
        prop_assert!(!is_json || serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }

    #[test]
    fn what_an_independent_reader_takes_is_read(value in json_value()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap_or_default()] {
            prop_assert!(json::read(&text).is_ok(), "{}", text);
        }
    }

    #[test]
    fn reading_and_writing_is_the_identity(document in document_value(), indent in 0usize..5) {
        let text = document.to_string();
        let written = read_and_write(&text, document::Indent::Minified);
        prop_assert_eq!(written.as_deref(), Some(text.as_str()));
        let indented = read_and_write(&text, document::Indent::Spaces(indent)).unwrap_or_default();
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&indented).ok(), Some(document));
        let again = read_and_write(&indented, document::Indent::Spaces(indent));
        prop_assert_eq!(again, Some(indented));
    }

    #[test]
    fn the_quick_way_decides_as_the_plain_one(
        text in policy_text(),
        action in proptest::sample::select(&ACTIONS[..]),
        resource in proptest::sample::select(&RESOURCES[..]),
        owner in proptest::option::of("[ab]{0,2}"),
        address in proptest::option::of(0u8..4),
    ) {
        let policy = policy_of(&text);
        let mut request = Request::new(action, resource)
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        if let Some(owner) = &owner {
            request = request.with(key::ecs::tag.of("owner"), owner);
        }
        if let Some(last) = address {
            request = request.with(key::acs::SourceIp, [10, 0, 0, last].into());
        }
        prop_assert_eq!(policy.evaluate(&request), policy.evaluate_by_name(&request));
    }

    #[test]
    fn another_allow_never_takes_away_and_a_deny_never_gives(
        text in policy_text(),
        action in proptest::sample::select(&ACTIONS[..]),
        resource in proptest::sample::select(&RESOURCES[..]),
    ) {
        let request = Request::new(action, resource)
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let before = policy_of(&text).evaluate(&request);
        // The text ends in `]}`; another statement goes before that.
        let statements = text.strip_suffix("]}").unwrap_or(&text);
        let with = |effect: &str| {
            let added = format!(r#"{statements},{{"Effect":"{effect}","Action":"ecs:*","Resource":"*"}}]}}"#);
            policy_of(&added).evaluate(&request)
        };
        let allowed = with("Allow");
        if before.is_allow() {
            prop_assert!(allowed.is_allow());
        }
        let denied = with("Deny");
        if denied.is_allow() {
            prop_assert!(before.is_allow());
        }
    }
}

const ACTIONS: [&str; 6] = [
    "ecs:StopInstance",
    "ecs:DescribeInstances",
    "ecs:DeleteInstance",
    "vpc:DescribeVpcs",
    "vpc:CreateVpc",
    "ram:GetUser",
];

const RESOURCES: [&str; 5] = [
    "*",
    "acs:ecs:cn-hangzhou:1:instance/i-1",
    "acs:ecs:cn-beijing:2:instance/i-2",
    "acs:vpc:cn-hangzhou:1:vpc/vpc-1",
    "acs:ram::1:user/u",
];

fn read_and_write(text: &str, indent: document::Indent) -> Option<String> {
    let mut report = Report::default();
    let policy = from_json::read(json::read(text).ok()?, &mut report);
    report.is_empty().then_some(())?;
    Some(document::write(&lower::lower(&policy)?.document, indent))
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::Array),
            proptest::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A text, or a list of texts of which one is enough.
fn text_or_list(
    texts: impl Strategy<Value = String> + Clone + 'static,
) -> BoxedStrategy<serde_json::Value> {
    prop_oneof![
        texts.clone().prop_map(serde_json::Value::String),
        proptest::collection::vec(texts, 1..4).prop_map(Into::into),
    ]
    .boxed()
}

fn action_text() -> impl Strategy<Value = String> + Clone {
    proptest::sample::select(vec![
        "*",
        "ecs:*",
        "ecs:Describe*",
        "ECS:stopinstance",
        "ecs:*Instance*",
        "ecs:?topInstance",
        "ecs:DeleteInstance",
        "vpc:DescribeVpcs",
        "*:Describe*",
        "vpc:*",
        "e?s:Stop*",
        "bss:*",
    ])
    .prop_map(String::from)
}

fn resource_text() -> impl Strategy<Value = String> + Clone {
    proptest::sample::select(vec![
        "*",
        "acs:ecs:*:*:*",
        "acs:ecs:cn-hangzhou:*:instance/*",
        "acs:*:*hang*:1:*",
        "acs:ecs:*:2:instance/i-?",
        "acs:ram:*:*:user/u",
        "acs:vpc:*:*:vpc/*",
    ])
    .prop_map(String::from)
}

fn condition() -> impl Strategy<Value = serde_json::Value> {
    let owners = || text_or_list("[ab*?]{0,3}");
    let blocks = proptest::sample::select(vec!["10.0.0.1", "10.0.0.0/31", "0.0.0.0/0", "::/0"]);
    let strings = proptest::sample::select(vec![
        "StringEquals",
        "StringNotEquals",
        "StringLike",
        "StringNotLike",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
    ]);
    let addresses = proptest::sample::select(vec!["IpAddress", "NotIpAddress"]);
    let of = |operators: Vec<&'static str>, key: &'static str, values: Vec<&'static str>| {
        let values = text_or_list(proptest::sample::select(values).prop_map(String::from));
        (proptest::sample::select(operators), values)
            .prop_map(move |(operator, values)| serde_json::json!({ operator: { key: values } }))
    };
    let numbers = vec![
        "NumericEquals",
        "NumericNotEquals",
        "NumericLessThan",
        "NumericLessThanEquals",
        "NumericGreaterThan",
        "NumericGreaterThanEquals",
    ];
    let dates = vec![
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
    ];
    let instants =
        vec!["2026-01-01T00:00:00Z", "2026-01-01T08:00:01+08:00", "2027-01-01T00:00:00Z"];
    prop_oneof![
        (strings, owners()).prop_map(|(operator, values)| {
            serde_json::json!({ operator: { "ecs:tag/owner": values } })
        }),
        (addresses, text_or_list(blocks.prop_map(String::from))).prop_map(|(operator, values)| {
            serde_json::json!({ operator: { "acs:SourceIp": values } })
        }),
        of(numbers, "ecs:Bandwidth", vec!["0", "9.5", "10", "-1"]),
        of(dates, "acs:CurrentTime", instants),
        of(vec!["Bool"], "acs:MFAPresent", vec!["true", "false"]),
        of(
            vec!["StringEquals", "StringNotLike", "StringLike"],
            "acs:UserAgent",
            vec!["a", "a*", "*b"]
        ),
    ]
}

fn statement() -> impl Strategy<Value = serde_json::Value> {
    let effect = proptest::sample::select(vec!["Allow", "Deny"]);
    let action_element = proptest::sample::select(vec!["Action", "NotAction"]);
    (
        effect,
        action_element,
        text_or_list(action_text()),
        text_or_list(resource_text()),
        proptest::option::of(condition()),
        any::<bool>(),
    )
        .prop_map(|(effect, element, actions, resources, condition, effect_last)| {
            let mut statement = serde_json::Map::new();
            if !effect_last {
                statement.insert("Effect".into(), effect.into());
            }
            statement.insert(element.into(), actions);
            statement.insert("Resource".into(), resources);
            if effect_last {
                statement.insert("Effect".into(), effect.into());
            }
            if let Some(condition) = condition {
                statement.insert("Condition".into(), condition);
            }
            statement.into()
        })
}

/// A document in either order of its members.
fn document_value() -> impl Strategy<Value = serde_json::Value> {
    (proptest::collection::vec(statement(), 1..5), any::<bool>()).prop_map(|(statements, last)| {
        if last {
            serde_json::json!({ "Statement": statements, "Version": "1" })
        } else {
            serde_json::json!({ "Version": "1", "Statement": statements })
        }
    })
}

pub(crate) fn policy_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(statement(), 1..6).prop_map(|statements| {
        serde_json::json!({ "Version": "1", "Statement": statements }).to_string()
    })
}

#[test]
fn json_nested_without_end_is_an_error() {
    for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
        assert!(json::read(&text).is_err());
    }
}

#[test]
fn every_action_is_found_by_its_name_in_any_case() {
    let mut seen = std::collections::BTreeSet::new();
    for service in catalogue::services() {
        for row in service.actions() {
            let name = format!("{}:{}", service.code, row.name());
            assert_eq!(
                catalogue::find_action(&name).map(|found| found.id()),
                Some(row.id()),
                "{name}"
            );
            let upper = name.to_ascii_uppercase();
            assert_eq!(
                catalogue::find_action(&upper).map(|found| found.id()),
                Some(row.id()),
                "{upper}"
            );
            assert_eq!(name.parse::<Action>().map(|action| action.to_string()), Ok(name.clone()));
            assert!(seen.insert(row.id().number()), "{name} has the number of another action");
        }
    }
    assert!(seen.len() > 3_000);
}

#[test]
fn enums_and_tables_have_the_same_rows() {
    use strum::{EnumCount, IntoEnumIterator};
    assert_eq!(Ecs::iter().count(), Ecs::COUNT);
    let table = catalogue::find_service("ecs").map(|service| {
        service.actions().map(|row| format!("ecs:{}", row.name())).collect::<Vec<_>>()
    });
    assert_eq!(table, Some(Ecs::iter().map(|action| action.to_string()).collect()));
    for action in Vpc::iter() {
        assert_eq!(action.to_string().to_uppercase().parse(), Ok(action));
    }
}

#[test]
fn an_unlisted_action_is_decided_by_name() -> Result<(), ram_policy::RequestError> {
    let policy = policy_of(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"b*:Get?","Resource":"*"}]}"#,
    );
    let decide = |name| Ok(policy.evaluate(&Request::new(RequestAction::unlisted(name)?, "*")?));
    assert_eq!(
        decide("bss:GetX"),
        Ok::<_, ram_policy::RequestError>(Decision::Allow { statement: 0 })
    );
    assert_eq!(decide("bss:GetXY"), Ok(Decision::ImplicitDeny));
    assert_eq!(decide("ess:GetX"), Ok(Decision::ImplicitDeny));
    Ok(())
}
