//! `describe`: Markdown, HTML and JSON.

use serde_json::Value;

use crate::run::{documents, golden, run, run_on};

const MIXED: &str = r#"{"Version":"1","Statement":[
{"Effect":"Allow","Action":["sts:*","ecs:St*Instance"],"Resource":"*"},
{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:<b>/*","Condition":{"IpAddress":{"acs:SourceIp":["10.0.0.0/8","192.0.2.7"]}}},
{"Effect":"Deny","Action":"ecs:StopInstance","Resource":"*"}]}"#;

#[test]
fn every_statement_is_told_in_words() {
    let ran = run_on(&["describe", "-"], MIXED);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    for line in [
        "Allows 6 known actions of ecs and sts on every resource.",
        "Allows `oss:GetObject` on `acs:oss:*:*:<b>/*`, only if `acs:SourceIp` is in `10.0.0.0/8` or `192.0.2.7`.",
        "Denies `ecs:StopInstance` on every resource.",
        "- update (2): `ecs:StartInstance`, `ecs:StopInstance`",
    ] {
        assert!(ran.out.lines().any(|found| found == line), "{line} in {}", ran.out);
    }
    // What is denied is not counted as allowed, what is limited is marked.
    let row =
        |service: &str| ran.out.lines().find(|line| line.starts_with(&format!("| {service} |")));
    assert!(row("ecs").is_some_and(|row| row.contains(" 1/")), "{}", ran.out);
    assert!(row("oss").is_some_and(|row| row.contains('*')), "{}", ran.out);
    assert_eq!(row("vpc"), None);
}

#[test]
fn html_needs_nothing_else_and_escapes_what_stands_in_a_policy() {
    let ran = run_on(&["describe", "--format", "html", "-"], MIXED);
    assert!(ran.out.starts_with("<!doctype html>"));
    assert!(ran.out.contains("<svg role=\"img\""));
    assert!(ran.out.contains("acs:oss:*:*:&lt;b&gt;/*"), "{}", ran.out);
    assert!(!ran.out.contains("<b>/*"), "{}", ran.out);
    for foreign in ["http://", "https://", "<script", "<link", "@import", "url("] {
        assert!(!ran.out.contains(foreign), "{foreign}");
    }
    for tag in ["main", "article", "section", "details", "svg", "ul", "p"] {
        let opened = ran.out.matches(&format!("<{tag}>")).count()
            + ran.out.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, ran.out.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn json_has_its_schema() {
    let ran = run_on(&["describe", "--format", "json", "-"], MIXED);
    let pages: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(pages[0]["kind"], "identity");
    assert_eq!(pages[0]["statements"][2]["effect"], "Deny");
    assert_eq!(pages[0]["statements"][1]["findings"][0]["rule"], "placeholder");
    let rows = pages[0]["matrix"]["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["service"] == "sts"), "{pages}");
}

#[test]
fn every_official_document_has_a_page() {
    let paths = documents(&golden());
    for format in ["markdown", "html", "json"] {
        let arguments = paths.iter().map(|path| path.as_os_str());
        let ran = run(["describe".as_ref(), "--format".as_ref(), format.as_ref()]
            .into_iter()
            .chain(arguments));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(
            ran.out.contains("AliyunServiceRole") || ran.out.contains("connect-user-vpc"),
            "{format}"
        );
    }
}
