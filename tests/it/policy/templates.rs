//! Templates: what they print, what they bind, and what can never widen them.

use ram_policy::template::{AccountId, Argument, BindError, Name, Path, Region, Wildcard};
use ram_policy::{Decision, OpenPolicy, PolicyTemplate, Request, policy};

const GROUP: PolicyTemplate = policy! {
    <regionid, accountid, groupId>
    allow apigateway::* on "acs:apigateway:{regionid}:{accountid}:apigroup/{groupId}";
};

const SERVICE: PolicyTemplate = policy! {
    <service>
    allow ram::CreateServiceLinkedRole on * when ram::ServiceName == "{service}.aliyuncs.com";
};

const OBJECTS: PolicyTemplate = policy! {
    <bucket, folder: path>
    allow oss::GetObject on "acs:oss:*:*:{bucket}/{folder}/*";
};

const OFFICE: PolicyTemplate = policy! {
    <office>
    allow ecs::StopInstance on * when acs::SourceIp in ["{office}", "192.0.2.0/24"];
};

/// Statements alone, as pages print them.
const PRINTED: PolicyTemplate = policy! {
    <bucket>
    { "Effect": "Allow", "Action": "oss:*", "Resource": "acs:oss:*:*:$bucket/*" },
    { "Effect": "Deny", "Action": "oss:DeleteObject", "Resource": "*" }
};

type Bound = Result<String, BindError>;

fn group(region: Argument<'_>, account: Argument<'_>, group: Argument<'_>) -> Bound {
    let bound = GROUP.bind([("regionid", region), ("accountid", account), ("groupId", group)])?;
    Ok(bound.to_json())
}

#[test]
fn prints_the_documentation_form() {
    assert_eq!(
        GROUP.to_json(),
        r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"apigateway:*","Resource":"acs:apigateway:$regionid:$accountid:apigroup/$groupId"}]}"#
    );
    assert!(GROUP.parameters().eq(["regionid", "accountid", "groupId"]));
}

#[test]
fn every_spelling_of_a_placeholder_is_filled() -> Result<(), BindError> {
    for template in [
        policy!(<id> { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "acs:ecs:*:*:instance/$id" }] }),
        policy!(<id> { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "acs:ecs:*:*:instance/${id}" }] }),
        policy!(<id> { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "acs:ecs:*:*:instance/{#id}" }] }),
        policy!(<id> { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "acs:ecs:*:*:instance/{id}" }] }),
        policy!(<id> { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "acs:ecs:*:*:instance/<id>" }] }),
        policy!(<id = "Instance ID"> { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "ecs:StopInstance", "Resource": "acs:ecs:*:*:instance/Instance ID" }] }),
        policy!(<id> allow ecs::StopInstance on "acs:ecs:*:*:instance/{id}";),
        policy!(<id> allow ecs::StopInstance on "acs:ecs:*:*:instance/$id";),
        policy!(<id = "Instance ID"> allow ecs::StopInstance on "acs:ecs:*:*:instance/{id}";),
    ] {
        let bound = template.bind([("id", Name::new("i-1")?.into())])?.to_json();
        assert!(bound.contains(r#""acs:ecs:*:*:instance/i-1""#), "{bound}");
    }
    Ok(())
}

#[test]
fn binds_and_decides() -> Result<(), Box<dyn std::error::Error>> {
    let policy = GROUP.bind([
        ("groupId", Name::new("g1")?.into()),
        ("accountid", AccountId::new("1234567890123456")?.into()),
        ("regionid", Region::new("cn-hangzhou")?.into()),
    ])?;
    let decide = |resource| -> Result<Decision, ram_policy::RequestError> {
        Ok(policy.evaluate(&Request::new("apigateway:DescribeApis", resource)?))
    };
    let allowed = Decision::Allow { statement: 0 };
    assert_eq!(decide("acs:apigateway:cn-hangzhou:1234567890123456:apigroup/g1")?, allowed);
    for resource in [
        "acs:apigateway:cn-beijing:1234567890123456:apigroup/g1",
        "acs:apigateway:cn-hangzhou:6543210987654321:apigroup/g1",
        "acs:apigateway:cn-hangzhou:1234567890123456:apigroup/g2",
        "acs:apigateway:cn-hangzhou:1234567890123456:apigroup/g1/more",
    ] {
        assert_eq!(decide(resource)?, Decision::ImplicitDeny, "{resource}");
    }
    Ok(())
}

#[test]
fn a_wildcard_is_bound_only_when_it_is_said() -> Result<(), BindError> {
    let bound = group(
        Wildcard::new("*")?.into(),
        Wildcard::new("*")?.into(),
        Wildcard::new("team-a-*")?.into(),
    )?;
    assert!(bound.contains(r#""acs:apigateway:*:*:apigroup/team-a-*""#), "{bound}");
    Ok(())
}

#[test]
fn no_text_widens_a_policy() {
    for text in
        ["*", "?", "a*", "a?b", "a:b", ":", "a/b", "/", "", "a\nb", "\u{0}", "$a", "{a}", "****"]
    {
        assert_eq!(Name::new(text), Err(BindError::Name), "{text:?}");
        assert_eq!(Region::new(text), Err(BindError::Region), "{text:?}");
        assert_eq!(AccountId::new(text), Err(BindError::AccountId), "{text:?}");
    }
    for text in ["*", "a/*", "a?", "a:b", "", "a\u{7f}"] {
        assert_eq!(Path::new(text), Err(BindError::Path), "{text:?}");
    }
    for text in ["a:*", "", "*\n", "${a}"] {
        assert_eq!(Wildcard::new(text), Err(BindError::Wildcard), "{text:?}");
    }
}

#[test]
fn a_value_that_does_not_fit_its_place_is_refused() -> Result<(), BindError> {
    let region = || Region::new("cn-hangzhou").map(Argument::from);
    let account = || AccountId::new("1234567890123456").map(Argument::from);
    let name = |text: &'static str| Name::new(text).map(Argument::from);
    let wrong =
        |parameter: &str, takes| Err(BindError::WrongType { parameter: parameter.into(), takes });
    assert_eq!(
        group(name("cn-hangzhou")?, account()?, name("g")?),
        wrong("regionid", "a `Region`")
    );
    assert_eq!(group(region()?, name("1")?, name("g")?), wrong("accountid", "an `AccountId`"));
    assert_eq!(
        group(region()?, account()?, Path::new("a/b")?.into()),
        wrong("groupId", "a `Name`, which is one segment")
    );
    assert_eq!(
        group(region()?, account()?, Wildcard::new("a/*")?.into()),
        wrong("groupId", "a `Name`, which is one segment")
    );
    assert_eq!(
        group(Wildcard::new("cn/*")?.into(), account()?, name("g")?),
        wrong("regionid", "a `Region`")
    );
    Ok(())
}

/// `StringEquals` takes `*` literally: such a policy would never match.
#[test]
fn a_pattern_is_refused_where_it_would_be_taken_literally() -> Result<(), BindError> {
    let bound = SERVICE.bind([("service", Wildcard::new("a*")?.into())]);
    assert!(matches!(bound, Err(BindError::WrongType { parameter, .. }) if parameter == "service"));
    Ok(())
}

#[test]
fn names_are_checked() -> Result<(), BindError> {
    let value = || Name::new("x").map(Argument::from);
    assert_eq!(
        SERVICE.bind([("servce", value()?)]).err().map(|error| error.to_string()).as_deref(),
        Some("the template has no parameter `servce`, did you mean `service`?")
    );
    assert_eq!(SERVICE.bind([]).err(), Some(BindError::Unbound("service".into())));
    assert_eq!(
        SERVICE.bind([("service", value()?), ("service", value()?)]).err(),
        Some(BindError::TwiceBound("service".into()))
    );
    Ok(())
}

#[test]
fn a_path_may_have_segments() -> Result<(), BindError> {
    let bound = OBJECTS.bind([
        ("bucket", Name::new("ledger")?.into()),
        ("folder", Path::new("north/2026")?.into()),
    ])?;
    assert!(bound.to_json().contains(r#""acs:oss:*:*:ledger/north/2026/*""#));
    let slash = OBJECTS
        .bind([("bucket", Path::new("a/b")?.into()), ("folder", Path::new("north")?.into())]);
    assert!(matches!(slash, Err(BindError::WrongType { parameter, .. }) if parameter == "bucket"));
    Ok(())
}

#[test]
fn a_condition_value_is_read_when_it_is_bound() -> Result<(), Box<dyn std::error::Error>> {
    let bound = OFFICE.bind([("office", Name::new("10.1.2.3")?.into())])?;
    let request = |last: u8| -> Result<_, ram_policy::RequestError> {
        Ok(Request::new("ecs:StopInstance", "*")?
            .with(ram_policy::key::acs::SourceIp, [10, 1, 2, last].into()))
    };
    assert!(bound.evaluate(&request(3)?).is_allow());
    assert!(!bound.evaluate(&request(4)?).is_allow());
    let wrong = OFFICE.bind([("office", Name::new("10.1.2")?.into())]);
    assert!(matches!(wrong, Err(BindError::Value { parameter, .. }) if parameter == "office"));
    Ok(())
}

#[test]
fn a_bound_value_is_escaped_in_json() -> Result<(), Box<dyn std::error::Error>> {
    let bound = SERVICE.bind([("service", Name::new(r#"a"},"Effect"\b"#)?.into())])?;
    let value: serde_json::Value = serde_json::from_str(&bound.to_json())?;
    let name = value.pointer("/Statement/0/Condition/StringEquals/ram:ServiceName");
    assert_eq!(name, Some(&serde_json::json!(r#"a"},"Effect"\b.aliyuncs.com"#)));
    Ok(())
}

#[test]
fn a_bound_policy_is_not_too_long() -> Result<(), BindError> {
    let long = "x".repeat(6_200);
    let bound = SERVICE.bind([("service", Name::new(&long)?.into())]);
    assert!(
        matches!(bound, Err(BindError::TooLong { characters, most: 6_144 }) if characters > 6_144)
    );
    Ok(())
}

/// What is not bound yet is no more lost where statements have no document around them.
#[test]
fn statements_alone_are_open_as_in_a_document() -> Result<(), Box<dyn std::error::Error>> {
    let open = OpenPolicy::from(PRINTED);
    assert!(open.holes().eq([(0, "bucket")]));
    let ask = |action| Request::new(action, "acs:oss:*:1234567890123456:photos/a");
    let denied = open.evaluate(&ask("oss:DeleteObject")?);
    assert_eq!(denied.decision(), Some(Decision::ExplicitDeny { statement: 1 }));
    let read = open.evaluate(&ask("oss:GetObject")?);
    assert_eq!(read.to_string(), "allowed if statement 0 allows it, which has `bucket`");
    let nothing = OpenPolicy::from(policy! { deny oss::* on *; });
    assert!(!open.within(&nothing).is_yes());
    Ok(())
}
