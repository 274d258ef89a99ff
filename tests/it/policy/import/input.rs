//! Input that is no policy at all, or one made to take long: refused quickly, without a panic.

use std::time::{Duration, Instant};

use super::reading::Kind;
use super::{is_inside, rules};

/// Far more than any of these should take in a debug build.
const MOST: Duration = Duration::from_secs(10);

/// Reads as every kind, both ways; gives the rules of an identity policy, empty if it was read.
fn read(name: &str, text: &[u8]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        let start = Instant::now();
        let lenient = kind.read_leniently(text);
        let elapsed = start.elapsed();
        assert!(elapsed < MOST, "{name}: {kind:?} took {elapsed:?}");
        let (findings, is_refused) = match lenient {
            Ok(lenient) => (lenient.findings, false),
            Err(error) => (error.into_findings(), true),
        };
        assert!(!is_refused || !findings.is_empty(), "{name}: {kind:?}");
        // What stands far down a long text takes the test long to find.
        for finding in findings.iter().take(10) {
            assert!(is_inside(finding, text), "{name}: {kind:?}: {finding}");
        }
        if kind == Kind::Identity {
            found = rules(&findings);
        }
    }
    found
}

fn assert_refused(name: &str, text: &[u8], rule: &str) {
    let found = read(name, text);
    assert!(found.contains(&rule), "{name}: {:?}", found.get(..10).unwrap_or(&found));
    assert!(Kind::Identity.read_leniently(text).is_err(), "{name}");
}

const BEFORE: &str = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"#;
const STATEMENT: &str = r#"{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}"#;

/// A document with this in the place of the actions.
fn with_action(action: &str) -> String {
    format!(r#"{BEFORE}{action},"Resource":"*"}}]}}"#)
}

fn with_statements(statements: &str) -> String {
    format!(r#"{{"Version":"1","Statement":[{statements}]}}"#)
}

/// A list of so many items.
fn list(items: usize, item: impl Fn(usize) -> String) -> String {
    let items: Vec<String> = (0..items).map(item).collect();
    format!("[{}]", items.join(","))
}

#[test]
fn nothing_is_refused() {
    for text in ["", " ", "\n", " \t\r\n ", "\u{feff}", "\u{a0}", "\0", "//", "#", "{", "\"", "-"] {
        assert_refused(text, text.as_bytes(), "syntax");
    }
    let blanks = " \n\t".repeat(300_000);
    assert_refused("only blanks", blanks.as_bytes(), "syntax");
    let marked = format!("\u{feff}{}", with_statements(STATEMENT));
    assert_refused("a byte order mark", marked.as_bytes(), "syntax");
}

#[test]
fn ten_megabytes_are_refused() {
    const BYTES: usize = 10_000_000;
    let padded = format!("{}{}", with_statements(STATEMENT), " ".repeat(BYTES));
    assert_refused("blanks behind a policy", padded.as_bytes(), "too_long");
    let long = with_action(&format!("\"{}\"", "a".repeat(BYTES)));
    assert_refused("one action", long.as_bytes(), "too_long");
    let many = with_statements(&vec![STATEMENT; BYTES / STATEMENT.len()].join(","));
    assert_refused("many statements", many.as_bytes(), "too_long");
    let opened = "{\"a\":".repeat(BYTES / 5);
    assert_refused("objects not closed", opened.as_bytes(), "too_long");
    assert_refused("brackets", "[".repeat(BYTES).as_bytes(), "too_long");
    assert_refused("a text not closed", format!("\"{long}").as_bytes(), "too_long");
    assert_refused("nothing but NUL", &vec![0; BYTES], "too_long");
    let mut mixed = padded.into_bytes();
    mixed.push(0xff);
    assert_refused("not UTF-8 at the end", &mixed, "syntax");
    assert_refused("not UTF-8 anywhere", &vec![0xff; BYTES], "syntax");
}

#[test]
fn nesting_is_bounded() {
    for depth in [65, 1_000, 10_000, 100_000] {
        let arrays = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        let mixed = format!("{}1{}", "[{\"a\":".repeat(depth), "}]".repeat(depth));
        for nested in [arrays, objects, mixed] {
            assert_refused("nested", nested.as_bytes(), "syntax");
            assert_refused("an action", with_action(&nested).as_bytes(), "syntax");
            assert_refused("a statement", with_statements(&nested).as_bytes(), "syntax");
        }
        assert_refused("not closed", "[".repeat(depth).as_bytes(), "syntax");
    }
    // Nesting that is read, and still no policy.
    let nested = format!("{}{}", "[".repeat(50), "]".repeat(50));
    assert_refused("nested a little", with_action(&nested).as_bytes(), "wrong_type");
}

#[test]
fn what_is_not_utf_8_is_refused_at_its_place() {
    let text = with_statements(STATEMENT);
    for wrong in [
        &[0xff][..],
        &[0x80],
        // Cut short, too long for its character, a surrogate, behind the last character.
        &[0xe6, 0x96],
        &[0xc0, 0xaf],
        &[0xed, 0xa0, 0x80],
        &[0xf4, 0x90, 0x80, 0x80],
    ] {
        for (index, _) in text.char_indices() {
            let (before, after) = text.as_bytes().split_at(index);
            let bytes = [before, wrong, after].concat();
            for kind in Kind::ALL {
                let Err(error) = kind.read_leniently(&bytes) else {
                    unreachable!("{wrong:x?} at {index}")
                };
                let [finding] = error.findings() else { unreachable!("{error}") };
                let place = (finding.rule(), finding.line(), finding.column(), finding.path());
                assert_eq!(place, ("syntax", 1, index + 1, ""), "{wrong:x?}");
            }
        }
    }
    let lines = b"{\n\"\xe6\x96\x87\": \"\xff\"}";
    let Err(error) = Kind::Identity.read_leniently(lines) else { unreachable!("not UTF-8") };
    let [finding] = error.findings() else { unreachable!("{error}") };
    assert_eq!((finding.line(), finding.column()), (2, 7));
}

#[test]
fn half_a_surrogate_pair_and_control_characters_are_refused() {
    for wrong in [
        "\\ud800",
        "\\udfff",
        "\\ud83d\\ud83d",
        "\\ude00\\ud83d",
        "\\ud83d\\n",
        "\\ud83dx",
        "\\ud83d\\u0041",
        "\\uD83D\\",
        "\\u",
        "\\u12",
        "\\uzzzz",
        "\\u+123",
        "\\u 123",
        "\\x41",
        "\\",
        "\\\u{6587}",
        "\\u\u{6587}",
        "\\u1\u{6587}",
        "\0",
        "\u{1}",
        "\n",
        "\r",
        "\t",
        "\u{1f}",
    ] {
        let value = with_action(&format!("\"oss:{wrong}\""));
        assert_refused(wrong, value.as_bytes(), "syntax");
        let name = with_statements(&STATEMENT.replace("Effect", wrong));
        assert_refused(wrong, name.as_bytes(), "syntax");
        let outside = with_statements(&format!("{wrong}{STATEMENT}"));
        if !matches!(wrong, "\n" | "\r" | "\t") {
            assert_refused(wrong, outside.as_bytes(), "syntax");
        }
    }
}

/// Every document that is cut short, and every document with one byte changed.
#[test]
fn damaged_documents_make_no_panic() {
    let text = r#"{"Version": "1", "Statement": [{"Effect": "Deny", "Action": ["oss:*"], "Resource": "acs:oss:*:*:\u6587", "Condition": {"Bool": {"acs:MFAPresent": "true"}}}]}"#;
    for (index, _) in text.char_indices() {
        let (before, after) = text.as_bytes().split_at(index);
        for kind in Kind::ALL {
            assert!(kind.read_leniently(before).is_err(), "{before:?}");
            for byte in [b'"', b'\\', b'{', b'}', b'[', b']', b',', b':', b'0', b' ', 0, 0xff] {
                let changed = [before, &[byte], after.get(1..).unwrap_or(&[])].concat();
                let is_json = serde_json::from_slice::<serde_json::Value>(&changed).is_ok();
                match kind.read_leniently(&changed) {
                    Ok(_) => assert!(is_json, "{changed:?}"),
                    Err(error) => {
                        let is_syntax = rules(error.findings()) == ["syntax"];
                        assert_eq!(is_syntax, !is_json, "{error}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_megabyte_in_one_place_is_refused() {
    let long = "a".repeat(1_000_000);
    let member = format!(r#"{{"Version":"1","{long}":1,"Statement":[{STATEMENT}]}}"#);
    assert_refused("a member name", member.as_bytes(), "unknown_element");
    let element = with_statements(&STATEMENT.replace("\"Effect\"", &format!("\"{long}\"")));
    assert_refused("an element name", element.as_bytes(), "unknown_element");
    assert_refused("an action", with_action(&format!("\"{long}\"")).as_bytes(), "too_long");
    assert_refused("an action", with_action(&format!("\"ecs:{long}\"")).as_bytes(), "too_long");
    let condition = |condition: &str| {
        with_statements(&STATEMENT.replace("\"*\"", &format!("\"*\",\"Condition\":{condition}")))
    };
    for (name, text) in [
        ("an ARN", with_statements(&STATEMENT.replace('*', &format!("acs:oss:*:*:{long}")))),
        ("an operator", condition(&format!(r#"{{"{long}":{{"acs:SourceVpc":"a"}}}}"#))),
        ("a key", condition(&format!(r#"{{"StringEquals":{{"acs:{long}":"a"}}}}"#))),
        ("a value", condition(&format!(r#"{{"StringEquals":{{"acs:SourceVpc":"{long}"}}}}"#))),
    ] {
        assert_refused(name, text.as_bytes(), "too_long");
    }
    let version = with_statements(STATEMENT).replace("\"1\"", &format!("\"{long}\""));
    assert_refused("a version", version.as_bytes(), "wrong_version");
    let effect = with_statements(&STATEMENT.replace("Allow", &long));
    assert_refused("an effect", effect.as_bytes(), "wrong_effect");
    let number = with_statements(&STATEMENT.replace("\"*\"", &"1".repeat(1_000_000)));
    assert_refused("a number", number.as_bytes(), "wrong_type");
}

#[test]
fn a_hundred_thousand_statements_are_refused() {
    for statement in [STATEMENT, "{}"] {
        let many = with_statements(&vec![statement; 100_000].join(","));
        assert_refused(statement, many.as_bytes(), "too_long");
    }
    assert_refused(
        "lists",
        with_action(&list(100_000, |n| format!("\"oss:{n}\""))).as_bytes(),
        "too_long",
    );
}

/// Texts that are wrong in very many places.
#[test]
fn very_many_mistakes_are_found_quickly() {
    let numbers = vec!["1"; 100_000].join(",");
    let numbers = [
        ("statements", with_statements(&numbers)),
        ("actions", with_action(&format!("[{numbers}]"))),
    ];
    for (name, text) in numbers {
        assert_refused(name, text.as_bytes(), "wrong_type");
    }
    let members: Vec<String> = (0..80_000).map(|n| format!("\"{n}\":1")).collect();
    let members = members.join(",");
    assert_refused("members", format!("{{{members}}}").as_bytes(), "unknown_element");
    assert_refused(
        "elements",
        with_statements(&format!("{{{members}}}")).as_bytes(),
        "unknown_element",
    );
    let operators: Vec<String> = (0..60_000).map(|n| format!("\"{n}\":{{}}")).collect();
    let keys: Vec<String> = (0..60_000).map(|n| format!("\"a:{n}\":\"\"")).collect();
    for (name, condition) in [
        ("operators", operators.join(",")),
        ("keys", format!("\"StringEquals\":{{{}}}", keys.join(","))),
    ] {
        let text = STATEMENT.replace("\"*\"", &format!("\"*\",\"Condition\":{{{condition}}}"));
        assert_refused(name, with_statements(&text).as_bytes(), "too_long");
    }
}

/// Texts that are short enough to be compared with the catalogue.
#[test]
fn what_is_compared_with_the_catalogue_is_compared_quickly() {
    let patterns = |count| list(count, |_| "\"*:Stop*\"".into());
    let keys = |count| {
        let keys: Vec<String> = (0..count).map(|n| format!("\"zz:{n}\":\"\"")).collect();
        format!(r#"{{"StringEquals":{{{}}}}}"#, keys.join(","))
    };
    let resources = |count| list(count, |_| "\"acs:ecs:*:*:z/z\"".into());
    let statement = |actions: &str, resources: &str, condition: &str| {
        with_statements(&format!(
            r#"{{"Effect":"Allow","Action":{actions},"Resource":{resources},"Condition":{condition}}}"#
        ))
    };
    let all = "\"*\"";
    // As long as RAM takes.
    for (name, text) in [
        ("short keys", statement(&patterns(250), all, &keys(250))),
        (
            "short resources",
            statement(&list(200, |_| "\"ecs:Stop*\"".into()), &resources(150), "{}"),
        ),
        ("short names", statement(&list(270, |n| format!("\"ecs:StopInstancX{n}\"")), all, "{}")),
        (
            "a short ARN",
            statement("\"ecs:Stop*\"", &format!("\"acs:ecs:*:*:{}\"", "*a".repeat(2_900)), "{}"),
        ),
    ] {
        assert!(text.len() <= 6_144, "{name}: {}", text.len());
        read(name, text.as_bytes());
    }
    // Ten times as long.
    for (name, text) in [
        ("keys", statement(&patterns(2_500), all, &keys(2_900))),
        ("resources", statement(&list(2_500, |_| "\"ecs:Stop*\"".into()), &resources(1_900), "{}")),
        (
            "actions",
            statement(&list(1_600, |_| "\"ecs:StopInstance\"".into()), &resources(1_900), "{}"),
        ),
        ("services", statement(&list(6_000, |n| format!("\"q{n}:*\"")), all, "{}")),
        ("names", statement(&list(3_000, |_| "\"ecs:StopInstancesX\"".into()), all, "{}")),
        (
            "an ARN",
            statement("\"ecs:Stop*\"", &format!("\"acs:ecs:*:*:{}\"", "*a".repeat(30_000)), "{}"),
        ),
        ("a name", with_action(&format!("\"ecs:{}\"", "a".repeat(60_000)))),
        ("stars", with_action(&format!("\"ecs:{}\"", "*a".repeat(30_000)))),
        (
            "placeholders",
            with_statements(
                &STATEMENT.replace('*', &format!("acs:oss:*:*:{}", "$a".repeat(30_000))),
            ),
        ),
        (
            "brackets",
            with_statements(
                &STATEMENT.replace('*', &format!("acs:oss:*:*:{}", "<".repeat(60_000))),
            ),
        ),
    ] {
        assert!(text.len() <= 1 << 16, "{name}: {}", text.len());
        assert_refused(name, text.as_bytes(), "too_long");
    }
}
