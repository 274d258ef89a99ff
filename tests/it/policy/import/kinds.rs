//! The same text read as each kind of policy.

use ram_policy::{ControlPolicy, Policy, SessionPolicy, TooLong, Unit};

use super::reading::{self, Kind};
use super::rules;

/// The rules a text breaks as an identity, a session, a control and a trust policy.
struct Row {
    text: &'static str,
    broken: [&'static [&'static str]; 4],
}

/// A text that breaks the same rules as each policy but a trust policy.
const fn permissions(
    text: &'static str,
    permissions: &'static [&'static str],
    trust: &'static [&'static str],
) -> Row {
    Row { text, broken: [permissions, permissions, permissions, trust] }
}

const CLEAN: &[&str] = &[];

const TABLE: &[Row] = &[
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}]}"#,
        CLEAN,
        &["missing_element", "trust", "unknown_element"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","NotAction":"oss:*","Resource":["*"]}]}"#,
        CLEAN,
        &["missing_element", "trust", "trust", "unknown_element"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"acs:ram:*:*:role/web"}]}"#,
        CLEAN,
        &["missing_element", "unknown_element"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs.aliyuncs.com"}}]}"#,
        &["missing_element", "unknown_element"],
        CLEAN,
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["STS:assumerole"],"Principal":{"RAM":["acs:ram::1234567890123456:root"]}}]}"#,
        &["missing_element", "unknown_element"],
        CLEAN,
    ),
    // Neither one nor the other.
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}"#,
        &["missing_element"],
        &["missing_element"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs.aliyuncs.com"},"Resource":"*"}]}"#,
        &["unknown_element"],
        &["unknown_element"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}]}"#,
        &["missing_element", "unknown_element"],
        &["wrong_type"],
    ),
    // A trust policy names no other action, and no pattern of actions.
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole*","Principal":{"Service":"ecs.aliyuncs.com"}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["*","sts:GetCallerIdentity"],"Principal":{"Service":"ecs.aliyuncs.com"}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust", "trust"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Deny","NotAction":"sts:AssumeRole","Principal":{"Service":"ecs.aliyuncs.com"}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust"],
    ),
    // Single sign-on says where the assertion comes from.
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Federated":"acs:ram::1234567890123456:saml-provider/idp"}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Federated":"acs:ram::1234567890123456:saml-provider/idp"},"Condition":{"StringEquals":{"saml:recipient":"https://signin.alibabacloud.com/saml-role/sso"}}}]}"#,
        &["missing_element", "unknown_element"],
        CLEAN,
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Federated":"acs:ram::1234567890123456:saml-provider/idp"},"Condition":{"StringEquals":{"oidc:iss":"https://oidc.example.org"}}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Federated":"acs:ram::1234567890123456:oidc-provider/idp"}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Federated":"acs:ram::1234567890123456:oidc-provider/idp"},"Condition":{"StringEquals":{"oidc:iss":"https://oidc.example.org"}}}]}"#,
        &["missing_element", "unknown_element"],
        CLEAN,
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Federated":"acs:ram::1234567890123456:oidc-provider/idp"},"Condition":{"StringLike":{"oidc:iss":"https://*"}}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Federated":["acs:ram::1234567890123456:oidc-provider/idp","acs:ram::1234567890123456:saml-provider/idp"]}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust", "trust"],
    ),
    // The keys of single sign-on come with `sts:AssumeRole`, whatever the policy.
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Condition":{"StringEquals":{"saml:recipient":"elsewhere"}}}]}"#,
        CLEAN,
        &["missing_element", "unknown_element"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{"StringEquals":{"saml:recipient":"elsewhere"}}}]}"#,
        &["unfilled_key"],
        &["missing_element", "trust", "unknown_element"],
    ),
    permissions(
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Federated":"acs:ram::1234567890123456:saml-provider/idp"},"Condition":{"StringEquals":{"saml:recipient":["https://signin.aliyun.com/saml-role/sso","elsewhere"]}}}]}"#,
        &["missing_element", "unknown_element"],
        &["trust"],
    ),
    permissions(r#"{"Version":"1","Statement":[]}"#, &["empty_list"], &["empty_list"]),
    permissions("[]", &["wrong_type"], &["wrong_type"]),
    permissions("", &["syntax"], &["syntax"]),
];

#[test]
fn each_kind_has_its_grammar() {
    for row in TABLE {
        for (kind, expected) in Kind::ALL.into_iter().zip(row.broken) {
            let (found, message) = match kind.read_strictly(row.text.as_bytes()) {
                Ok(policy) => {
                    assert_eq!(policy.minified(), row.text);
                    (Vec::new(), String::new())
                }
                Err(error) => (rules(error.findings()), error.to_string()),
            };
            assert_eq!(found, expected, "{kind:?} {}\n{message}", row.text);
        }
    }
}

/// A document of exactly so many characters; most of them are not ASCII, and no limit counts bytes.
fn of_length(characters: usize, around: (&str, &str)) -> String {
    let (before, after) = around;
    let rest = characters - before.chars().count() - after.chars().count();
    format!("{before}{}{after}", "\u{6587}".repeat(rest))
}

const PERMISSIONS: (&str, &str) = (
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:b/"#,
    r#""}]}"#,
);
const TRUST: (&str, &str) = (
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1234567890123456:user/"#,
    r#""}}]}"#,
);

#[test]
fn each_kind_has_its_limit() {
    for (kind, most) in [(Kind::Identity, 6144), (Kind::Session, 2048), (Kind::Control, 4096)] {
        for (characters, is_allowed) in [(most - 1, true), (most, true), (most + 1, false)] {
            let text = of_length(characters, PERMISSIONS);
            let read = kind.read_strictly(text.as_bytes());
            match read {
                Ok(policy) => assert!(is_allowed && policy.minified() == text, "{kind:?}"),
                Err(error) => {
                    assert!(!is_allowed, "{kind:?} {characters}: {error}");
                    assert_eq!(rules(error.findings()), ["too_long"], "{kind:?}");
                    let said = error.to_string();
                    assert!(said.contains(&characters.to_string()), "{said}");
                    assert!(said.contains(&most.to_string()), "{said}");
                }
            }
            // Blanks are not counted: the document can be sent without them.
            let loose = text.replace(",\"", " ,\n\t\"").replace("\":", "\" : ");
            assert_eq!(kind.read_strictly(loose.as_bytes()).is_ok(), is_allowed, "{kind:?}");
            // Nor are escapes: a character is one, however it was written.
            let escaped = text.replace('\u{6587}', "\\u6587");
            assert_eq!(kind.read_strictly(escaped.as_bytes()).is_ok(), is_allowed, "{kind:?}");
        }
    }
    // No document gives a limit for trust policies.
    let text = of_length(20_000, TRUST);
    let read = Kind::Trust.read_strictly(text.as_bytes());
    assert_eq!(read.map(|policy| policy.minified()), Ok(text));
}

#[test]
fn a_policy_is_taken_as_another_kind_by_its_length() {
    for (characters, session, control) in
        [(2048, true, true), (2049, false, true), (4096, false, true), (4097, false, false)]
    {
        let text = of_length(characters, PERMISSIONS);
        let Ok(policy) = Policy::from_json(&text) else { unreachable!("{text}") };
        let as_session = SessionPolicy::new(policy.clone());
        let as_control = ControlPolicy::new(policy.clone());
        let too_long = |most| TooLong { length: characters, most, unit: Unit::Characters };
        match &as_session {
            Ok(taken) => assert!(session && *taken.policy() == policy),
            Err(error) => assert!(!session && *error == too_long(2048), "{error}"),
        }
        match &as_control {
            Ok(taken) => assert!(control && *taken.policy() == policy),
            Err(error) => assert!(!control && *error == too_long(4096), "{error}"),
        }
        assert_eq!(as_session.ok(), SessionPolicy::from_json(&text).ok());
        assert_eq!(as_control.ok(), ControlPolicy::from_json(&text).ok());
    }
}

#[test]
fn the_control_policy_of_every_node_allows_everything() {
    let full = ControlPolicy::full_aliyun_access();
    assert_eq!(
        reading::minified(full.to_string().as_bytes()).ok().as_deref(),
        Some(r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#)
    );
}

#[test]
fn text_and_bytes_are_read_alike() {
    let text = of_length(500, PERMISSIONS);
    let policy = Policy::from_json(text.as_bytes());
    assert_eq!(policy, Policy::from_json(&text));
    assert_eq!(policy, Policy::from_json(text.clone().into_bytes()));
    assert_eq!(policy, Policy::from_json(text.clone()));
    assert_eq!(policy.map(|policy| policy.to_json()), Ok(text));
}
