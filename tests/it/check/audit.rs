//! What an audit of documents that exist calls an error: what RAM refuses, and what its documents say
//! has no effect. Whatever official documents write is none.

use ram_policy::{Checker, Level, Strictness};

use crate::policy::import::reading::Kind;

/// A document, and the findings of an audit above a note that it must have, each with its level.
struct Case {
    shows: &'static str,
    kind: Kind,
    text: &'static str,
    found: &'static [(&'static str, Level)],
}

const fn case(
    shows: &'static str,
    kind: Kind,
    text: &'static str,
    found: &'static [(&'static str, Level)],
) -> Case {
    Case { shows, kind, text, found }
}

const CASES: &[Case] = &[
    case(
        "RAM fills `acs:Service` for `ram:PassRole`",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ram:PassRole","Resource":"acs:ram:*:*:role/web","Condition":{"StringEquals":{"acs:Service":"fc.aliyuncs.com"}}}]}"#,
        &[],
    ),
    case(
        "a common key that no page has",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{"StringEquals":{"acs:BrandNewKey":"a"}}}]}"#,
        &[("unknown_key", Level::Warning)],
    ),
    case(
        "keys that people use and no official document has",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{"StringEquals":{"acs:SourceArn":"a","acs:SourceAccount":"1","acs:SourceVpcId":"vpc-1","acs:SourceIdentity":"a"}}}]}"#,
        &[
            ("unknown_key", Level::Warning),
            ("unknown_key", Level::Warning),
            ("unknown_key", Level::Warning),
            ("unknown_key", Level::Warning),
        ],
    ),
    case(
        "a common key in another case, which RAM never fills",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{"IpAddress":{"acs:SourceIP":"192.0.2.0/24"}}}]}"#,
        &[("misspelt_key", Level::Error)],
    ),
    case(
        "the service of another account",
        Kind::Trust,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["1234567890123456@log.aliyuncs.com","log.aliyuncs.com"]}}]}"#,
        &[],
    ),
    case(
        "the service of something that is no account",
        Kind::Trust,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"me@log.aliyuncs.com"}}]}"#,
        &[("trust", Level::Warning)],
    ),
    case(
        "what a session is given along",
        Kind::Trust,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole","sts:SetSourceIdentity","sts:TagSession"],"Principal":{"Service":"ecs.aliyuncs.com"}}]}"#,
        &[],
    ),
    case(
        "an action of single sign-on that the API has and no trust policy of RAM's pages",
        Kind::Trust,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithOIDC","Principal":{"Federated":"acs:ram::1234567890123456:oidc-provider/ci"},"Condition":{"StringEquals":{"oidc:iss":"https://example.com","oidc:aud":"sts.aliyuncs.com"}}}]}"#,
        &[("trust", Level::Warning)],
    ),
    case(
        "an empty condition, as RAM's own editor writes it",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{}}]}"#,
        &[],
    ),
    case(
        "a `Sid`, as tested policies of Alibaba Cloud have it",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Sid":"Read","Effect":"Allow","Action":"oss:GetObject","Resource":"*"}]}"#,
        &[],
    ),
    case(
        "an operator of a system policy that the page of operators lacks",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"cs:InstallClusterAddons","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"cs:AddonNames":["logtail-ds"]}}}]}"#,
        &[("set_operator", Level::Warning)],
    ),
    case(
        "the number 1 as a version, in JSON",
        Kind::Identity,
        r#"{"Version":1,"Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}]}"#,
        &[("wrong_version", Level::Error)],
    ),
    case(
        "services that no list has",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["brandnew:*","bx7:GetThing"],"Resource":"*"}]}"#,
        &[("unknown_service", Level::Warning), ("unknown_service", Level::Warning)],
    ),
    case(
        "a service one slip away from one that has the action",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"osss:GetObject","Resource":"*"}]}"#,
        &[("misspelt_service", Level::Error)],
    ),
    case(
        "names of products that are near codes, which people use and RAM may have",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["cbn:ListTagResources","pai-dlc:ListJobs","aiworkspace:GetWorkspace"],"Resource":"*"}]}"#,
        &[
            ("unknown_service", Level::Warning),
            ("unknown_service", Level::Warning),
            ("unknown_service", Level::Warning),
        ],
    ),
    case(
        "short codes near others, with what many services have",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["csb:Describe*","pds:ListTagResources"],"Resource":"*"}]}"#,
        &[("unknown_service", Level::Warning), ("unknown_service", Level::Warning)],
    ),
    case(
        "a policy of AWS",
        Kind::Identity,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}"#,
        &[("other_dialect", Level::Error)],
    ),
    case(
        "the version of AWS in a policy of RAM",
        Kind::Identity,
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"acs:oss:*:*:b/*"}]}"#,
        &[("wrong_version", Level::Error)],
    ),
    case(
        "a stack policy of ROS, which has no version",
        Kind::Identity,
        r#"{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}"#,
        &[("other_dialect", Level::Error)],
    ),
    case(
        "an effect to be chosen",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"<Allow|Deny>","Action":"oss:GetObject","Resource":"*"}]}"#,
        &[("placeholder", Level::Error)],
    ),
    case(
        "the common structure, as every page on the authorization of a service prints it",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"<Effect>","Action":"<Action>","Resource":"<Resource>","Condition":{"<Condition_operator>":{"<Condition_key>":["<Condition_value>"]}}}]}"#,
        &[
            ("placeholder", Level::Error),
            ("placeholder", Level::Error),
            ("placeholder", Level::Error),
            ("placeholder", Level::Error),
            ("placeholder", Level::Error),
        ],
    ),
    case(
        "a long code that is one slip away",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"actiontral:*","Resource":"*"}]}"#,
        &[("misspelt_service", Level::Error)],
    ),
    case(
        "an action that no list has, of a service whose list looks complete",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:BrandNewThing","ecs:Brand*"],"Resource":"*"}]}"#,
        &[("unfamiliar_action", Level::Warning), ("empty_wildcard", Level::Warning)],
    ),
    case(
        "one slip away from an action of a list that looks complete",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:RunInstance","Resource":"*"}]}"#,
        &[("unknown_action", Level::Error)],
    ),
    case(
        "the plural, where the list has gaps",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"mns:GetQueueAttribute","Resource":"*"}]}"#,
        &[("unfamiliar_action", Level::Warning)],
    ),
    case(
        "a resource where the tables have none",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:CancelTask","Resource":"acs:ecs:*:*:instance/*"}]}"#,
        &[("no_resource_level", Level::Warning)],
    ),
    case(
        "resources where a page says All Resources and official policies name some",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["log:ConsumerGroupHeartBeat","log:ConsumerGroupUpdateCheckPoint"],"Resource":"acs:log:*:*:project/a/logstore/b"},{"Effect":"Allow","Action":"fc:GetTrigger","Resource":"acs:fc:*:*:services/*/functions/*/triggers/*"}]}"#,
        &[],
    ),
    case(
        "MaxCompute's form of an ARN beside one of RAM",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"odps:*","Resource":["acs:odps:*:projects/sales","acs:odps:*:*:projects/sales"]}]}"#,
        &[("unmatchable_arn", Level::Warning)],
    ),
    case(
        "a policy of a MaxCompute role",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"odps:*","Resource":"acs:odps:*:projects/sales"}]}"#,
        &[("other_dialect", Level::Error)],
    ),
    case(
        "an action with a blank, which none has",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs: StopInstance","Resource":"*"}]}"#,
        &[("unknown_action", Level::Error)],
    ),
    case(
        "kebab case, as DataWorks documents it",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"dataworks:list-nodes","Resource":"*"}]}"#,
        &[("unfamiliar_action", Level::Warning)],
    ),
    case(
        "a star under an operator that takes it literally",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEquals":{"acs:ResourceTag/grade":"*"}}}]}"#,
        &[("literal_wildcard", Level::Warning)],
    ),
    case(
        "a date without a zone, which no page rules out",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"DateLessThan":{"acs:CurrentTime":"2030-01-01T00:00:00"}}}]}"#,
        &[("invalid_value", Level::Warning)],
    ),
    case(
        "a Boolean that is not a text",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"Bool":{"acs:SecureTransport":true}}}]}"#,
        &[("wrong_type", Level::Error)],
    ),
    case(
        "an operator of another family than the key's type",
        Kind::Identity,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*","Condition":{"StringEquals":{"acs:SecureTransport":"yes"},"StringLike":{"acs:SourceIp":"192.0.2.*"}}}]}"#,
        &[("operator_type", Level::Warning), ("operator_type", Level::Warning)],
    ),
];

#[test]
fn an_audit_reports_each_kind_at_its_level() {
    for Case { shows, kind, text, found } in CASES {
        let findings = match kind.read_leniently(text.as_bytes()) {
            Ok(imported) => imported.findings,
            Err(error) => error.into_findings(),
        };
        let told: Vec<(&str, Level)> = findings
            .iter()
            .filter(|finding| finding.level() > Level::Note)
            .filter(|finding| !matches!(finding.rule(), "whole_service"))
            .map(|finding| (finding.rule(), finding.level()))
            .collect();
        assert_eq!(told, *found, "{shows}");
    }
}

#[test]
fn what_is_an_error_to_an_audit_is_one_to_the_macros() {
    for Case { shows, kind, text, found } in CASES {
        let strict = kind.read_with(text.as_bytes(), &Checker::at(Strictness::Strict));
        if found.iter().any(|(_, level)| *level == Level::Error) {
            assert!(strict.is_err(), "{shows}");
        }
        let audit = kind.read_with(text.as_bytes(), &Checker::at(Strictness::Audit));
        let is_error = found.iter().any(|(_, level)| *level == Level::Error);
        assert_eq!(audit.is_err(), is_error, "{shows}");
    }
}

/// A service, an ARN of it, and whether the ARN is said to be narrower than policies of the service are.
const NARROW: &[(&str, &str, &str, bool)] = &[
    ("a service as a whole", "ehpc", "acs:ehpc:*:*:cluster/a", true),
    ("a service by operation", "xtrace", "acs:xtrace:*:*:app/a", true),
    ("in one region", "ehpc", "acs:ehpc:cn-hangzhou:*:*", true),
    ("the whole service", "ehpc", "acs:ehpc:*:*:*", false),
    ("the whole service in an account", "ehpc", "acs:ehpc:*:1234567890123456:*", false),
    ("by resource", "ecs", "acs:ecs:*:*:instance/a", false),
    ("not in the list", "apig", "acs:apig:*:*:gateway/a", false),
    (
        "a whole service of which rows print ARNs",
        "apigateway",
        "acs:apigateway:*:*:apigroup/a",
        false,
    ),
    ("by operation, and rows print ARNs", "config", "acs:config:*:*:rule/a", false),
    (
        "by operation, and a role policy prints ARNs",
        "cms",
        "acs:cms:*:*:prometheusinstance/*",
        false,
    ),
    (
        "a whole service of which a page prints a policy",
        "arms",
        "acs:arms:*:*:armsapp/demo*",
        false,
    ),
];

#[test]
fn an_arn_narrower_than_its_service_allows_is_a_note_unless_some_page_prints_one() {
    for (shows, code, arn, noted) in NARROW {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{code}:*","Resource":"{arn}"}}]}}"#
        );
        for strictness in [Strictness::Audit, Strictness::Strict] {
            let read = Kind::Identity.read_with(text.as_bytes(), &Checker::at(strictness));
            let findings = match read {
                Ok(imported) => imported.findings,
                Err(error) => error.into_findings(),
            };
            let told: Vec<Level> = findings
                .iter()
                .filter(|finding| finding.rule() == "coarse_service")
                .map(ram_policy::Finding::level)
                .collect();
            let expected: &[Level] = if *noted { &[Level::Note] } else { &[] };
            assert_eq!(told, expected, "{shows}");
            assert!(findings.iter().all(|finding| finding.level() < Level::Error), "{shows}");
        }
    }
    // Beside what covers the whole service, the ARN is only superfluous.
    let beside = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ehpc:*","Resource":["acs:ehpc:*:*:cluster/a","acs:ehpc:*:*:*"]}]}"#;
    let read = Kind::Identity.read_leniently(beside.as_bytes());
    let is_silent = |finding: &ram_policy::Finding| finding.rule() != "coarse_service";
    assert!(read.is_ok_and(|read| read.findings.iter().all(is_silent)));
}
