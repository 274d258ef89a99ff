//! The whole decision by policies with holes is not contradicted by what the holes contain.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

use ram_policy::{
    Authorizer, Caller, ControlPolicy, OpenPolicy, OpenTrustPolicy, PartialAuthorization,
    PartialRequest, Policy, Request, ResourceGroupRule, SessionPolicy, TrustPolicy,
};
use ram_policy_fuzzed::choices::{Choices, Dice};
use ram_policy_fuzzed::generate;
use ram_policy_fuzzed::open::{self, Open, request};
use ram_policy_model::document::Document;
use ram_policy_model::document::bounds::Bounds;
use ram_policy_model::document::lower;
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::source::from_json;
use ram_policy_model::text::json::{self, Kind, Value};

const ALICE: Caller<'_> = Caller::User { account: "1", name: "alice" };

#[test]
fn no_authorization_is_contradicted_by_what_the_holes_contain() {
    let (mut decided, mut allowed, mut undetermined) = (0, 0, 0);
    for case in 15_000_000..15_001_200 {
        let bytes = Dice::new(case).bytes(6_000);
        let mut choices = Choices::new(&bytes);
        let mut opens = |most: usize| -> Vec<Open> {
            (0..choices.below(most + 1))
                .map(|_| open::open(generate::document(&mut choices), &mut choices))
                .collect()
        };
        let (own, group, control, session) = (opens(2), opens(1), opens(2), opens(1));
        let rule = if choices.below(2) == 0 {
            ResourceGroupRule::AccountLevelFirst
        } else {
            ResourceGroupRule::DenyOverrides
        };
        let of = |opens: &[Open]| -> Vec<OpenPolicy> {
            opens.iter().map(|open| open.policy().expect("what is shown is right")).collect()
        };
        let (open_own, open_group) = (of(&own), of(&group));
        let (open_control, open_session) = (of(&control), of(&session));
        let mut authorizer = Authorizer::new(ALICE)
            .with_open_policies(&open_own)
            .with_open_resource_group_policies(&open_group)
            .with_resource_group_rule(rule);
        if !control.is_empty() {
            authorizer = authorizer.with_open_control_level(&open_control);
        }
        if let Some(session) = open_session.first() {
            authorizer = authorizer.with_open_session_policy(session);
        }
        for _ in 0..4 {
            let mut fill = |opens: &[Open]| -> Option<Vec<Policy>> {
                opens
                    .iter()
                    .map(|open| Some(Policy::from_document(open.filled(&mut choices)?.1)))
                    .collect()
            };
            let (Some(own), Some(group), Some(control), Some(session)) =
                (fill(&own), fill(&group), fill(&control), fill(&session))
            else {
                continue;
            };
            let control: Vec<ControlPolicy> =
                control.into_iter().map(|one| ControlPolicy::new(one).expect("short")).collect();
            let session: Vec<SessionPolicy> =
                session.into_iter().map(|one| SessionPolicy::new(one).expect("short")).collect();
            let mut filled = Authorizer::new(ALICE)
                .with_policies(&own)
                .with_resource_group_policies(&group)
                .with_resource_group_rule(rule);
            if !control.is_empty() {
                filled = filled.with_control_level(&control);
            }
            if let Some(session) = session.first() {
                filled = filled.with_session_policy(session);
            }
            for _ in 0..4 {
                let asked = open::asked(&mut choices);
                let request = request(&asked);
                let expected = filled.authorize(&request);
                let told = || format!("{case}: {asked:?}\n{filled:?}\n{authorizer:?}");
                match authorizer.authorize_partial(&request.clone().into()) {
                    PartialAuthorization::Decided(answer) => {
                        decided += 1;
                        allowed += usize::from(answer.is_allow());
                        assert_eq!(answer.outcome, expected.outcome, "{}", told());
                    }
                    PartialAuthorization::Undetermined { may_be_allowed, policies } => {
                        undetermined += 1;
                        assert!(may_be_allowed || !expected.is_allow(), "{}", told());
                        assert!(!policies.is_empty(), "{}", told());
                    }
                }
                // Taken alone, what is not known allows nothing.
                let at_least = authorizer.authorize(&request).is_allow();
                assert!(!at_least || expected.is_allow(), "{}", told());
            }
        }
    }
    assert!(decided * 2 > undetermined && allowed > 80, "{decided}, {allowed}, {undetermined}");
}

/// A trust policy with a hole `?`, and what may stand there.
const TRUST: [(&str, &str, &[&str]); 5] = [
    (
        "a principal",
        r#"[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"?"}}]"#,
        &[
            "acs:ram::1:root",
            "acs:ram::2:root",
            "acs:ram::1:user/alice",
            "acs:ram::1:user/bob",
            "*",
        ],
    ),
    (
        "a denied principal",
        r#"[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1:root"}},{"Effect":"Deny","Action":"sts:AssumeRole","Principal":{"RAM":["?"]}}]"#,
        &["acs:ram::1:root", "acs:ram::2:root", "acs:ram::1:user/alice", "acs:ram::1:user/bob"],
    ),
    (
        "a service",
        r#"[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com","?"]}}]"#,
        &["fc.aliyuncs.com", "ecs.aliyuncs.com"],
    ),
    (
        "an action",
        r#"[{"Effect":"Allow","Action":"?","Principal":{"Service":"ecs.aliyuncs.com","RAM":"acs:ram::1:root"}}]"#,
        &["sts:AssumeRole", "sts:*", "*", "sts:AssumeRoleWithSAML"],
    ),
    (
        "a value of a condition",
        r#"[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1:root"},"Condition":{"IpAddress":{"acs:SourceIp":"?"}}}]"#,
        &["10.0.0.0/8", "192.0.2.1", "not one"],
    ),
];

const CALLERS: [Caller<'_>; 4] = [
    ALICE,
    Caller::User { account: "2", name: "carol" },
    Caller::Service { principal: "ecs.aliyuncs.com" },
    Caller::Service { principal: "fc.aliyuncs.com" },
];

/// The statements as the reader gives them, `?` as a hole.
fn tree(statements: &str) -> Value<()> {
    fn of(value: Value<json::TextRange>) -> Value<()> {
        let kind = match value.kind {
            Kind::String(text) if text == "?" => Kind::Hole(text),
            Kind::String(text) => Kind::String(text),
            Kind::Array(items) => Kind::Array(items.into_iter().map(of).collect()),
            Kind::Object(members) => Kind::Object(
                members
                    .into_iter()
                    .map(|member| json::Member {
                        name: ram_policy_model::text::place::Text::new(member.name.value, ()),
                        value: of(member.value),
                    })
                    .collect(),
            ),
            Kind::Null
            | Kind::Boolean(_)
            | Kind::Number(_)
            | Kind::Open(..)
            | Kind::Hole(_)
            | Kind::Unreadable => Kind::Null,
        };
        Value { at: (), kind }
    }
    let text = format!(r#"{{"Version":"1","Statement":{statements}}}"#);
    of(json::read(&text).expect("JSON"))
}

fn document(statements: &str) -> Document {
    let policy = from_json::read(tree(statements), &mut Report::default());
    lower::lower(&policy).expect("a policy").document
}

#[test]
fn no_trust_is_contradicted_by_what_the_holes_contain() {
    let (mut decided, mut undetermined) = (0, 0);
    let everything = ram_policy::policy! { allow sts::AssumeRole on *; };
    for (name, statements, fillings) in TRUST {
        let policy = from_json::read(tree(statements), &mut Report::default());
        let open = OpenTrustPolicy::of(Bounds::of(&policy).expect("bounds"));
        assert!(open.as_policy().is_none() && open.holes().count() == 1, "{name}");
        for filling in fillings {
            let trust = TrustPolicy::from_document(document(&statements.replace('?', filling)));
            for caller in CALLERS {
                for source in [None, Some("10.0.0.1"), Some("192.0.2.1")] {
                    let request =
                        Request::new("sts:AssumeRole", "acs:ram::1:role/web").expect("one");
                    let request = match source {
                        Some(address) => request.with_unchecked("acs:SourceIp", address),
                        None => request,
                    };
                    let told = || format!("{name}: {filling} {caller:?} {source:?}");
                    let expected = trust.evaluate(caller, &request);
                    let found = open.evaluate(caller, &request);
                    match found.decision() {
                        Some(decision) => {
                            decided += 1;
                            assert_eq!(decision, expected, "{}", told());
                        }
                        None => {
                            undetermined += 1;
                            let may = found.residual().is_some_and(|on| on.may_be_allowed());
                            assert!(may || !expected.is_allow(), "{}", told());
                        }
                    }
                    // With all policies that have a say it is the same.
                    let of = |authorizer: Authorizer<'_>| {
                        let request = PartialRequest::of(request.clone());
                        authorizer.authorize_partial(&request).authorization()
                    };
                    let all = Authorizer::new(caller).with_policies([&everything]);
                    let whole = all.clone().with_trust_policy(&trust).authorize(&request);
                    if let Some(answer) = of(all.with_open_trust_policy(&open)) {
                        assert_eq!(answer.outcome, whole.outcome, "{}", told());
                    }
                }
            }
        }
    }
    assert!(decided > 50 && undetermined > 50, "{decided}, {undetermined}");
}
