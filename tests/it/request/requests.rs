//! Requests: what is refused before it can be decided.

use ram_policy::key::{Date, Number, acs, ecs};
use ram_policy::{
    Action, ArnError, Decision, Ecs, OperandError, Request, RequestAction, RequestError, policy,
};

#[test]
fn actions() {
    for (action, expected) in [
        ("ecs:StopInstance", None),
        ("ECS:stopinstance", None),
        ("ecs:StopInstanc", Some(RequestError::UnknownAction)),
        ("bss:DescribeNothing", Some(RequestError::UnknownAction)),
        ("ecs:Stop*", Some(RequestError::MalformedAction)),
        ("ecs:", Some(RequestError::MalformedAction)),
        (":StopInstance", Some(RequestError::MalformedAction)),
        ("StopInstance", Some(RequestError::MalformedAction)),
        ("ecs:Stop:Instance", Some(RequestError::MalformedAction)),
        ("ecs: StopInstance", Some(RequestError::MalformedAction)),
        ("", Some(RequestError::MalformedAction)),
        ("BSS:DescribeNothing", Some(RequestError::UnknownAction)),
        ("SLS:GetLogs", Some(RequestError::UnknownAction)),
        ("BRAND-NEW:Do", Some(RequestError::UnknownCode)),
        ("B_S:DescribeNothing", Some(RequestError::MalformedAction)),
        ("/bss:DescribeNothing", Some(RequestError::MalformedAction)),
        ("b_s:DescribeNothing", Some(RequestError::MalformedAction)),
    ] {
        assert_eq!(Request::new(action, "*").err(), expected, "{action:?}");
    }
}

#[test]
fn resources() {
    for (resource, expected) in [
        ("*", None),
        ("acs:ecs:cn-hangzhou:1:instance/i-1", None),
        ("acs:ecs:cn-hangzhou:1:instance/*", None),
        ("", Some(ArnError::Prefix)),
        ("instance/i-1", Some(ArnError::Prefix)),
        ("acs:ecs:cn-hangzhou:instance/i-1", Some(ArnError::MissingField)),
        ("acs:ECS:cn-hangzhou:1:instance/i-1", Some(ArnError::Service)),
        ("acs:ecs:cn hangzhou:1:instance/i-1", Some(ArnError::Region)),
        ("acs:ecs:cn-hangzhou:one:instance/i-1", Some(ArnError::Account)),
        ("acs:ecs:cn-hangzhou:1:", Some(ArnError::EmptyRelativeId)),
    ] {
        let found = Request::new(Ecs::StopInstance, resource).err();
        assert_eq!(found, expected.map(RequestError::Resource), "{resource:?}");
    }
}

#[test]
fn named_values() -> Result<(), RequestError> {
    let value = |error| Some(RequestError::Value(error));
    for (key, text, expected) in [
        ("acs:SourceIp", "10.0.0.1", None),
        ("acs:SourceIp", "2001:db8::1", None),
        ("acs:SourceIp", "10.0.0.0/8", value(OperandError::Ip)),
        ("acs:SourceIp", "::ffff:10.0.0.1", value(OperandError::MappedIp)),
        ("acs:CurrentTime", "2026-11-22T09:00:00Z", None),
        ("acs:CurrentTime", "2026-11-22", value(OperandError::Date)),
        ("acs:MFAPresent", "TRUE", None),
        ("acs:MFAPresent", "yes", value(OperandError::Boolean)),
        ("acs:ResourceTag/owner", "", None),
        ("ecs:tag/\u{4e2d}:x", "y", None),
        ("acs:sourceIp", "10.0.0.1", Some(RequestError::UnknownKey)),
        ("acs:SourceIP", "10.0.0.1", Some(RequestError::UnknownKey)),
        ("acs:Unheard", "x", Some(RequestError::UnknownKey)),
        ("ecs:Tag/owner", "x", Some(RequestError::UnknownKey)),
        ("ecs:tag", "x", Some(RequestError::UnknownKey)),
        ("ecs:tag/", "x", Some(RequestError::MalformedKey)),
        ("SourceIp", "x", Some(RequestError::MalformedKey)),
        ("", "x", Some(RequestError::MalformedKey)),
        ("mybrandnew:Key", "x", None),
    ] {
        let found = Request::new(Ecs::StopInstance, "*")?.with_named(key, text).err();
        assert_eq!(found, expected, "{key:?} {text:?}");
    }
    Ok(())
}

#[test]
fn a_typed_value_and_its_text_are_the_same() -> Result<(), RequestError> {
    let policy = policy! {
        allow ecs::StopInstance on *
            when acs::SourceIp in "10.0.0.0/8"
            and acs::CurrentTime < "2026-11-22T17:00:00+08:00"
            and acs::MFAPresent == true
            and ecs::tag["owner"] == "zhangsan"
            and ecs::VolumeSize >= 2.5;
    };
    let typed = Request::new(Ecs::StopInstance, "*")?
        .with(acs::SourceIp, [10, 0, 0, 1].into())
        .with(acs::CurrentTime, Date::from_unix_seconds(1_795_337_999))
        .with(acs::MFAPresent, true)
        .with(ecs::tag.of("owner"), "zhangsan")
        .with(ram_policy::key::Key::<Number>::new("ecs:VolumeSize"), Number::from(3));
    let named = Request::new("ecs:stopinstance", "*")?
        .with_named("acs:SourceIp", "10.0.0.1")?
        .with_named("acs:CurrentTime", "2026-11-22T08:59:59Z")?
        .with_named("acs:MFAPresent", "true")?
        .with_named("ecs:tag/owner", "zhangsan")?
        .with_named("ecs:VolumeSize", "3")?;
    assert_eq!(policy.evaluate(&typed), Decision::Allow { statement: 0 });
    assert_eq!(policy.evaluate(&named), Decision::Allow { statement: 0 });
    Ok(())
}

#[test]
fn an_action_of_any_kind_asks_the_same() -> Result<(), RequestError> {
    let policy = policy! { allow ecs::StopInstance on *; };
    let parsed: Action = "ecs:StopInstance".parse()?;
    let unlisted = RequestAction::unlisted("ecs:StopInstance")?;
    let expected = Decision::Allow { statement: 0 };
    assert_eq!(policy.evaluate(&Request::new(Ecs::StopInstance, "*")?), expected);
    assert_eq!(policy.evaluate(&Request::new(&parsed, "*")?), expected);
    assert_eq!(policy.evaluate(&Request::new(unlisted, "*")?), expected);
    Ok(())
}

#[test]
fn a_request_without_resource_stands_for_the_whole_service() -> Result<(), RequestError> {
    let policy = policy! {
        allow ecs::DescribeRegions on "acs:ecs:*:*:*";
        allow vpc::DescribeVpcs on "acs:vpc:cn-hangzhou:*:*";
    };
    let decide = |action| Ok(policy.evaluate(&Request::new(action, "*")?));
    assert_eq!(
        decide("ecs:DescribeRegions"),
        Ok::<_, RequestError>(Decision::Allow { statement: 0 })
    );
    // One region is less than the whole service.
    assert_eq!(decide("vpc:DescribeVpcs"), Ok(Decision::ImplicitDeny));
    Ok(())
}

/// The case of an action must not hide its resource from a `Deny`.
#[test]
fn the_code_of_a_whole_service_is_lower_case() -> Result<(), RequestError> {
    let policy = policy! {
        allow ecs::* on *;
        deny ecs::* on "acs:ecs:*:*:*";
    };
    let request = Request::new("ECS:DescribeRegions", "*")?;
    assert_eq!(policy.evaluate(&request), Decision::ExplicitDeny { statement: 1 });
    Ok(())
}

#[test]
fn a_request_says_what_it_asks() -> Result<(), RequestError> {
    assert_eq!(
        Request::new("ECS:stopinstance", "*")?.to_string(),
        "ecs:StopInstance on acs:ecs:*:*:*"
    );
    Ok(())
}
