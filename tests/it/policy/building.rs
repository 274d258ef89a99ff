//! Policies built, merged and normalised at run time, and through serde.

use ram_policy::{
    Decision, Ecs, Level, Operator, OwnedRequest, Policy, PolicyBuilder, Request, RequestAction,
    StatementBuilder, policy,
};
use ram_policy_model::document::Document;
use ram_policy_model::terms::layout::Layout;

#[test]
fn a_built_policy_is_the_typed_one() -> Result<(), ram_policy::ImportError> {
    let built = PolicyBuilder::new()
        .statement(
            StatementBuilder::allow([Ecs::StartInstance, Ecs::StopInstance])
                .on(["acs:ecs:*:*:instance/*"])
                .when(Operator::IpAddress, "acs:SourceIp", ["10.0.0.0/8"])
                .when(Operator::StringLike, "ecs:tag/owner", ["a*", "b*"])
                .when(Operator::StringLike, "ecs:tag/env", ["test"]),
        )
        .statement(StatementBuilder::deny_except(["ram:*"]).on(["*"]))
        .statement(StatementBuilder::allow_except(["ram:*", "sts:*"]).on(["*"]))
        .statement(StatementBuilder::deny(["ecs:Delete*"]).on(["*"]))
        .build()?;
    let typed = policy! {
        allow ecs::{StartInstance, StopInstance} on "acs:ecs:*:*:instance/*"
            when acs::SourceIp in "10.0.0.0/8"
            and ecs::tag["owner"] like ["a*", "b*"]
            and ecs::tag["env"] like "test";
        deny * except ram::* on *;
        allow * except ram::*, sts::* on *;
        deny ecs::Delete* on *;
    };
    assert_eq!(built, typed);
    Ok(())
}

#[test]
fn a_built_policy_is_checked() {
    let allow = || StatementBuilder::allow(["ecs:StopInstance"]).on(["*"]);
    for (statement, rule, path) in [
        (
            StatementBuilder::allow(["ecs:StopInstanc"]).on(["*"]),
            "unknown_action",
            "Statement[0].Action",
        ),
        (
            StatementBuilder::deny_except(["ecs:*", "ecs:StopInstanc"]).on(["*"]),
            "unknown_action",
            "Statement[0].NotAction[1]",
        ),
        (
            StatementBuilder::allow(["ecs:StopInstance"]).on(["*", "acs:ecs"]),
            "malformed_arn",
            "Statement[0].Resource[1]",
        ),
        (StatementBuilder::allow(["ecs:StopInstance"]), "empty_list", "Statement[0].Resource"),
        (StatementBuilder::allow::<&str>([]).on(["*"]), "empty_list", "Statement[0].Action"),
        (
            allow().when(Operator::Bool, "acs:MFAPresent", ["true", "false"]),
            "several_booleans",
            "Statement[0].Condition.Bool.acs:MFAPresent[1]",
        ),
        (
            allow().when(Operator::StringEquals, "ecs:tag/a", ["x"]).when(
                Operator::StringEquals,
                "ecs:tag/a",
                ["y"],
            ),
            "duplicate_element",
            "Statement[0].Condition.StringEquals.ecs:tag/a",
        ),
        (
            allow().when(Operator::IpAddress, "acs:SourceIp", ["10"]),
            "invalid_value",
            "Statement[0].Condition.IpAddress.acs:SourceIp",
        ),
    ] {
        let error = PolicyBuilder::new().statement(statement).build().err();
        let findings: Vec<(&str, &str)> = error
            .iter()
            .flat_map(|error| error.findings())
            .filter(|finding| finding.level() == Level::Error)
            .map(|finding| (finding.rule(), finding.path()))
            .collect();
        assert_eq!(findings, [(rule, path)]);
    }
}

/// There is no text that a line could be of.
#[test]
fn findings_speak_of_the_builder() {
    let errors = |builder: PolicyBuilder| {
        let error = builder.build().err();
        let findings = error.iter().flat_map(|error| error.findings());
        assert!(
            findings.clone().all(|found| (found.line(), found.column()) == (0, 0)),
            "{error:?}"
        );
        error.map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(
        errors(PolicyBuilder::new()),
        "error: the policy has no statement (Statement) [empty_list]"
    );
    let good = StatementBuilder::allow(["ecs:StopInstance"]).on(["*"]);
    let second = StatementBuilder::allow(["ecs:StopInstanc"])
        .on(["*"])
        .when(Operator::StringLike, "ecs:tag/a", ["x"])
        .when(Operator::Bool, "acs:SourceIp", ["true"]);
    assert_eq!(
        errors(PolicyBuilder::new().statement(good).statement(second)),
        "error: unknown action `ecs:StopInstanc`, did you mean `ecs:StopInstance` or `ecs:StopInstances`? (Statement[1].Action) [unknown_action]\n\
         note: `x` has no wildcard, `StringEquals` says the same (Statement[1].Condition.StringLike.ecs:tag/a) [like_without_wildcard]\n\
         error: `Bool` does not compare `acs:SourceIp`, which is an IP address; use `IpAddress` or `NotIpAddress` (Statement[1].Condition.Bool) [operator_type]"
    );
    let long = StatementBuilder::allow(["oss:GetObject"])
        .on([format!("acs:oss:*:*:{}", "a".repeat(7_000))]);
    let found = errors(PolicyBuilder::new().statement(long));
    assert!(found.ends_with(" (Statement) [too_long]"), "{found}");
}

#[test]
fn text_from_outside_stays_one_value() -> Result<(), Box<dyn std::error::Error>> {
    let owner = r#"x"],"Effect":"Allow"#;
    let built = PolicyBuilder::new()
        .statement(StatementBuilder::allow(["ecs:StopInstance"]).on(["*"]).when(
            Operator::StringEquals,
            "ecs:tag/owner",
            [owner],
        ))
        .build()?;
    let request = Request::new("ecs:StopInstance", "*")?.with_named("ecs:tag/owner", owner)?;
    assert!(built.evaluate(&request).is_allow());
    let value: serde_json::Value = serde_json::from_str(&built.to_json())?;
    assert_eq!(
        value.pointer("/Statement/0/Condition/StringEquals/ecs:tag~1owner"),
        Some(&owner.into())
    );
    Ok(())
}

#[test]
fn merged_policies_decide_together() -> Result<(), Box<dyn std::error::Error>> {
    let view = policy! { allow ecs::* on *; };
    let guard = policy! { deny ecs::DeleteInstance on *; };
    for merged in [Policy::merged([&view, &guard])?, Policy::merged([&guard, &view])?] {
        let delete = merged.evaluate(&Request::new(Ecs::DeleteInstance, "*")?);
        assert!(matches!(delete, Decision::ExplicitDeny { .. }));
        assert!(merged.evaluate(&Request::new(Ecs::StopInstance, "*")?).is_allow());
    }
    let long = policy! { allow ecs::StopInstance on * when ecs::tag["a"] == "0123456789012345678901234567890123456789"; };
    assert!(Policy::merged(std::iter::repeat_n(&long, 60)).is_err());
    Ok(())
}

#[test]
fn normalised_policies_are_stable_and_mean_the_same() -> Result<(), Box<dyn std::error::Error>> {
    let policy = policy! {
        [vpc::DescribeVpcs, ecs::StopInstance, ecs::StopInstance] on ["*"] allow
            when ecs::tag["b"] == ["y", "x", "y"] and ecs::tag["a"] == ["x"] and acs::MFAPresent == true;
        deny ecs::DeleteInstance on *;
        deny ecs::DeleteInstance on *;
        version "1";
    };
    let normalised = policy.normalised();
    assert_eq!(
        normalised.to_json(),
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:StopInstance","vpc:DescribeVpcs"],"Resource":"*","Condition":{"Bool":{"acs:MFAPresent":"true"},"StringEquals":{"ecs:tag/a":"x","ecs:tag/b":["x","y"]}}},{"Effect":"Deny","Action":"ecs:DeleteInstance","Resource":"*"}]}"#
    );
    assert_eq!(normalised.normalised(), normalised);
    for (tag_a, tag_b, mfa) in
        [("x", "x", "true"), ("x", "z", "true"), ("y", "x", "true"), ("x", "y", "false")]
    {
        let request = Request::new("ecs:StopInstance", "*")?
            .with_named("ecs:tag/a", tag_a)?
            .with_named("ecs:tag/b", tag_b)?
            .with_named("acs:MFAPresent", mfa)?;
        assert_eq!(policy.evaluate(&request).is_allow(), normalised.evaluate(&request).is_allow());
    }
    Ok(())
}

#[test]
fn serde_calls_the_same_reader_and_writer() -> Result<(), Box<dyn std::error::Error>> {
    for policy in [
        policy! { [ecs::StopInstance] on * deny when acs::MFAPresent == false; version "1"; },
        policy! { { "Effect": "Allow", "Action": ["ecs:*"], "Resource": ["*"] }, { "Effect": "Deny", "NotAction": "ram:*", "Resource": "*" } },
        policy! { allow ecs::* on "acs:ecs:*:*:*", "acs:vpc:*:*:*"; },
    ] {
        let text = serde_json::to_string(&policy)?;
        let single = policy.to_json();
        assert!(text == single || text == format!("[{single}]"), "{text} {single}");
        assert_eq!(serde_json::from_str::<Policy>(&text)?, policy);
    }
    let error = serde_json::from_str::<Policy>(
        r#"{"Version":"1","Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Foo","Resource":"*"}]}"#,
    );
    let message = error.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(message.contains("`Version` appears twice; unknown action `ecs:Foo`"), "{message}");
    // What `from_json` refuses: a statement without a document, and what is too long, before its
    // actions are compared with the catalogue.
    let alone = r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
    let long = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":["ecs:Foo{}"],"Resource":"*"}}]}}"#,
        r#"","ecs:Foo"#.repeat(2_000)
    );
    for (text, expected) in [
        (alone, "a document has `Version` and `Statement`, these are statements alone"),
        (&long, "an identity policy has at most 6144"),
    ] {
        assert!(Policy::from_json(text).is_err(), "{text}");
        let error = serde_json::from_str::<Policy>(text).err();
        let message = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(message.contains(expected) && !message.contains("ecs:Foo"), "{message}");
    }
    Ok(())
}

#[test]
fn decisions_and_requests_through_serde() -> Result<(), Box<dyn std::error::Error>> {
    for (decision, text) in [
        (Decision::Allow { statement: 0 }, r#"{"decision":"Allow","statement":0}"#),
        (Decision::ExplicitDeny { statement: 3 }, r#"{"decision":"ExplicitDeny","statement":3}"#),
        (Decision::ImplicitDeny, r#"{"decision":"ImplicitDeny"}"#),
    ] {
        assert_eq!(serde_json::to_string(&decision)?, text);
        assert_eq!(serde_json::from_str::<Decision>(text)?, decision);
    }
    for wrong in [
        r#"{"decision":"Allow"}"#,
        r#"{"decision":"ImplicitDeny","statement":1}"#,
        r#"{"decision":"Maybe"}"#,
        r#"{"statement":1}"#,
        "5",
    ] {
        assert!(serde_json::from_str::<Decision>(wrong).is_err(), "{wrong}");
    }
    let line = r#"{"action":"ecs:StopInstance","resource":"acs:ecs:cn-hangzhou:1:instance/i-1","context":{"acs:SourceIp":"10.0.0.1","ecs:tag/owner":["a","b"]}}"#;
    let owned: OwnedRequest = serde_json::from_str(line)?;
    assert_eq!(owned, OwnedRequest::from_json(line)?);
    assert_eq!(serde_json::to_string(&owned)?, line);
    assert_eq!(serde_json::to_string(&owned.request()?)?, line);
    let unlisted = Request::new(RequestAction::unlisted("bss:New")?, "acs:bss:*:1:x")?;
    assert_eq!(
        serde_json::to_string(&unlisted)?,
        r#"{"action":"bss:New","resource":"acs:bss:*:1:x"}"#
    );
    Ok(())
}

#[test]
fn no_denial_behind_many_statements_is_lost() -> Result<(), Box<dyn std::error::Error>> {
    let part = |policy: Policy| policy.document().into_owned().statements.into_owned();
    let allow = part(policy! { allow ecs::* on *; });
    let deny = part(policy! { deny ecs::StopInstance on "acs:ecs:*:*:instance/i-1"; });
    // One more than sixteen bits count.
    let number = usize::from(u16::MAX) + 1;
    let statements = allow.into_iter().cycle().take(number).chain(deny).collect();
    let policy = Policy::from_document(Document { layout: Layout::VersionFirst, statements });
    let stop = |name: &str| format!("acs:ecs:cn-hangzhou:1:instance/{name}");
    let (denied, allowed) = (stop("i-1"), stop("i-2"));
    let denied = Request::new(Ecs::StopInstance, &denied)?;
    assert_eq!(policy.evaluate(&denied), Decision::ExplicitDeny { statement: number });
    assert_eq!(policy.evaluate_by_name(&denied), Decision::ExplicitDeny { statement: number });
    assert!(policy.evaluate(&Request::new(Ecs::StopInstance, &allowed)?).is_allow());
    Ok(())
}
