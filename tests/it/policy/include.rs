//! `include`: what is put in prints and decides as where it is written, and changes nothing of what
//! was there.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

use ram_policy::key::acs;
use ram_policy::template::{Name, Region};
use ram_policy::{
    Checker, Decision, Level, Policy, PolicyTemplate, Request, RequestAction, policy,
};
use ram_policy_forms::{Form, Reader};
use ram_policy_model::catalogue::find;

const VIEW: Policy =
    policy! { allow ecs::Describe*, ram::Get* on *; deny ecs::DescribeRegions on *; };

const KEEP: Policy = policy! {
    deny ecs::Delete*, oss::* on *;
    deny ram::GetRole on * when acs::SourceIp not in "10.0.0.0/8";
    version "1";
};

const STATEMENTS: Policy =
    policy! { statements only; allow oss::GetObject on "acs:oss:*:*:logs/*"; };

const FIRST: Policy = policy! { include VIEW; allow ecs::*Instance on "acs:ecs:*:*:instance/*"; };

const LAST: Policy = policy! { allow ecs::*Instance on "acs:ecs:*:*:instance/*"; include KEEP; };

const AMONG: Policy = policy! {
    allow ecs::StopInstance on *;
    include VIEW;
    deny ecs::StopInstance on "acs:ecs:cn-beijing:*:*";
    allow * except oss::* on "acs:ecs:*:*:*";
    include KEEP;
    deny ram::* on * when acs::MFAPresent == false;
    include STATEMENTS;
};

const NOTHING_ELSE: Policy = policy! { include VIEW; };

const ALONE: Policy = policy! { statements only; include VIEW; include STATEMENTS; };

const BEHIND: Policy = policy! { include STATEMENTS; allow ecs::StopInstance on *; version "1"; };

const NESTED: Policy =
    policy! { include AMONG; allow unlisted ecs::BrandNew, unlisted "unlisted:*" on *; };

const OF_A_FILE: Policy = policy! {
    #![unlisted("unlisted:*")]
    allow "unlisted:*" on *;
    include "ui/files/stop.json";
    include VIEW;
    deny ecs::StopInstance on "acs:ecs:cn-beijing:*:*";
};

const DENIALS: Policy = policy! { include KEEP; include DENY_ALL; };

const DENY_ALL: Policy = policy! { deny * on *; };

const POLICIES: [(&str, &Policy); 10] = [
    ("first", &FIRST),
    ("last", &LAST),
    ("among", &AMONG),
    ("nothing else", &NOTHING_ELSE),
    ("alone", &ALONE),
    ("behind", &BEHIND),
    ("nested", &NESTED),
    ("of a file", &OF_A_FILE),
    ("denials", &DENIALS),
    ("included", &VIEW),
];

/// The statements of a document, as they are printed.
fn statements(policy: &Policy) -> String {
    let text = policy.clone().into_whole_document().to_json();
    let text = text.strip_prefix(r#"{"Version":"1","Statement":["#).map_or_else(
        || {
            text.strip_prefix(r#"{"Statement":["#)
                .and_then(|text| text.strip_suffix(r#"],"Version":"1"}"#))
        },
        |text| text.strip_suffix("]}"),
    );
    text.expect("a document").to_owned()
}

#[test]
fn what_is_included_prints_as_where_it_is_written() {
    let view = statements(&VIEW);
    let own = r#"{"Effect":"Allow","Action":"ecs:*Instance","Resource":"acs:ecs:*:*:instance/*"}"#;
    assert_eq!(FIRST.to_json(), format!(r#"{{"Version":"1","Statement":[{view},{own}]}}"#));
    let keep = statements(&KEEP);
    assert_eq!(LAST.to_json(), format!(r#"{{"Version":"1","Statement":[{own},{keep}]}}"#));
    assert_eq!(NOTHING_ELSE.to_json(), VIEW.to_json());
    assert_eq!(ALONE.to_json(), format!("{view},{}", STATEMENTS.to_json()));
    let stop = r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}"#;
    let logs = STATEMENTS.to_json();
    assert_eq!(BEHIND.to_json(), format!(r#"{{"Statement":[{logs},{stop}],"Version":"1"}}"#));
    let places = |text: &str| AMONG.to_json().find(text).expect(text);
    assert!(places(&view) < places("cn-beijing") && places("cn-beijing") < places(&keep));
    assert!(places(&keep) < places("acs:MFAPresent") && places("acs:MFAPresent") < places(&logs));
}

/// The document of each, read at run time, is the judge.
#[test]
fn they_decide_and_grant_what_their_document_does() {
    for (name, policy) in POLICIES {
        let text = policy.clone().into_whole_document().to_json();
        let read = Policy::from_json_lenient(text).expect(name).policy;
        for row in find::actions() {
            assert_eq!(
                policy.grants(row.id()),
                read.grants(row.id()),
                "{name}: {}",
                row.full_name()
            );
        }
        let services = ["ecs", "ram", "oss"];
        let names = find::actions().filter(|row| services.contains(&row.service().code));
        let names = names.map(|row| row.full_name().to_owned());
        let others = ["ecs:BrandNew", "ecs:DescribeNothing", "unlisted:Any", "oss:Other"];
        for action in names.chain(others.map(str::to_owned)) {
            for resource in [
                "*",
                "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1",
                "acs:ecs:cn-beijing:1234567890123456:instance/i-1",
                "acs:oss:oss-cn-hangzhou:1234567890123456:logs/a",
            ] {
                let asked = RequestAction::unlisted(&action).expect("an action");
                let request = Request::new(asked, resource).expect("a request");
                let inside = request.clone().with(acs::SourceIp, [10, 0, 0, 1].into());
                for request in [request.with(acs::MFAPresent, false), inside] {
                    assert_eq!(
                        policy.evaluate(&request),
                        read.evaluate(&request),
                        "{name}: {request}"
                    );
                }
            }
        }
    }
}

/// What was there decides as before, unless what is included denies or allows it.
#[test]
fn an_include_adds_and_takes_nothing_away() {
    const BEFORE: Policy = policy! { allow ecs::*Instance on "acs:ecs:*:*:instance/*"; };
    let resource = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
    for row in find::actions() {
        let request = Request::new(row.full_name(), resource).expect("a request");
        let (before, view, with) =
            (BEFORE.evaluate(&request), VIEW.evaluate(&request), FIRST.evaluate(&request));
        let expected = match (view, before) {
            (Decision::ExplicitDeny { statement }, _) => Decision::ExplicitDeny { statement },
            (Decision::Allow { statement }, _) => Decision::Allow { statement },
            (Decision::ImplicitDeny, Decision::Allow { statement }) => {
                Decision::Allow { statement: statement + 2 }
            }
            (Decision::ImplicitDeny, other) => other,
        };
        assert_eq!(with, expected, "{}", row.full_name());
    }
}

const READ: PolicyTemplate = policy! {
    <bucket, folder: path>
    allow oss::GetObject on "acs:oss:*:*:{bucket}/{folder}/*";
    allow oss::ListObjects on "acs:oss:*:*:{bucket}" when oss::Prefix like "{folder}/*";
};

const PASSED_ON: PolicyTemplate = policy! {
    <region, folder: path, bucket>
    allow ecs::StopInstance on "acs:ecs:{region}:*:instance/*";
    include READ;
    include VIEW;
    allow oss::GetBucketInfo on "acs:oss:*:*:{bucket}";
};

const PASSED_ON_TWICE: PolicyTemplate = policy! {
    <bucket, region, folder: path>
    include PASSED_ON;
};

#[test]
fn parameters_pass_through() {
    let whole: PolicyTemplate = policy! {
        <region, folder: path, bucket>
        allow ecs::StopInstance on "acs:ecs:{region}:*:instance/*";
        allow oss::GetObject on "acs:oss:*:*:{bucket}/{folder}/*";
    allow oss::ListObjects on "acs:oss:*:*:{bucket}" when oss::Prefix like "{folder}/*";
        allow ecs::Describe*, ram::Get* on *;
        deny ecs::DescribeRegions on *;
        allow oss::GetBucketInfo on "acs:oss:*:*:{bucket}";
    };
    assert!(PASSED_ON.parameters().eq(["region", "folder", "bucket"]));
    assert!(PASSED_ON_TWICE.parameters().eq(["bucket", "region", "folder"]));
    let bound = |template: &PolicyTemplate| {
        let policy = template.bind([
            ("region", Region::new("cn-hangzhou").expect("a region").into()),
            ("bucket", Name::new("logs").expect("a name").into()),
            ("folder", ram_policy::template::Path::new("a/b").expect("a path").into()),
        ]);
        policy.expect("a policy").to_json()
    };
    assert_eq!(PASSED_ON.to_json(), whole.to_json());
    assert_eq!(PASSED_ON_TWICE.to_json(), whole.to_json());
    assert_eq!(bound(&PASSED_ON), bound(&whole));
    assert_eq!(bound(&PASSED_ON_TWICE), bound(&whole));
}

/// Whoever reads Rust source sees a path, and takes what it names for unknown.
#[test]
fn what_is_included_is_unknown_outside_of_the_compiler() {
    for (text, name) in [
        (
            "const P: Policy = policy! { include crate::policies::VIEW; allow ecs::StopInstance on *; };",
            "crate::policies::VIEW",
        ),
        (
            "const P: Policy = policy! { allow ecs::StopInstance on *; include \"view.json\"; };",
            "view.json",
        ),
    ] {
        let contents = Reader::new(Form::Rust).read(text);
        let policy = contents.policies.into_iter().next().expect(text);
        let checked = policy.check(None, &Checker::new());
        assert!(checked.document.is_none(), "{text}");
        let unknown: Vec<&str> = checked.unknown.iter().map(|one| one.reason.as_str()).collect();
        assert!(matches!(unknown.as_slice(), [one] if one.contains(name)), "{text}: {unknown:?}");
        assert!(
            checked.findings.iter().all(|one| one.level < Level::Warning),
            "{:?}",
            checked.findings
        );

        assert!(checked.bounds.is_some(), "{text}");
    }
}
