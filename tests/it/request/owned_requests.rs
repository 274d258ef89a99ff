//! Requests from JSON lines and from events of ActionTrail.

use ram_policy::{
    Date, OwnedRequest, OwnedRequestError, Request, RequestError, RequestReader, key, policy,
};

#[test]
fn a_line_is_a_request() -> Result<(), OwnedRequestError> {
    let line = r#"{"action": "ecs:StopInstance", "resource": "acs:ecs:cn-hangzhou:1:instance/i-1", "context": {"acs:SourceIp": "10.0.0.1", "ecs:tag/owner": ["a", "b"]}}"#;
    let owned = OwnedRequest::from_json(line)?;
    let request = owned.request()?;
    assert_eq!(request.to_string(), "ecs:StopInstance on acs:ecs:cn-hangzhou:1:instance/i-1");
    let policy = policy! {
        allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8" and ecs::tag["owner"] == "b";
    };
    assert!(policy.evaluate(&request).is_allow());
    assert_eq!(OwnedRequest::from(&request), owned);
    Ok(())
}

#[test]
fn a_line_of_another_form_is_an_error() {
    for (line, expected) in [
        ("", "the text ends where a JSON value should be (byte 0)"),
        ("[]", "expected an object, found a list (byte 0)"),
        (r#"{"resource": "*"}"#, "the request has no `action` (byte 0)"),
        (r#"{"action": 5}"#, "expected a text, found a number (byte 11)"),
        (r#"{"action": "a:B", "Resource": "*"}"#, "a request has no `Resource` (byte 18)"),
        (r#"{"action": "a:B", "action": "a:C"}"#, "`action` appears twice (byte 18)"),
        (r#"{"action": "a:B", "context": []}"#, "expected an object, found a list (byte 29)"),
        (
            r#"{"action": "a:B", "context": {"k:K": true}}"#,
            "expected a text, found a Boolean (byte 37)",
        ),
        (
            r#"{"action": "a:B", "context": {"k:K": "1", "k:K": "2"}}"#,
            "`k:K` appears twice (byte 42)",
        ),
        (r#"{"action": "a:B"} x"#, "expected nothing after the document (byte 18)"),
    ] {
        let error = OwnedRequest::from_json(line).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(expected), "{line}");
    }
    assert!(OwnedRequest::from_json(b"{\"action\": \"\xff\"}").is_err());
}

#[test]
fn a_request_from_a_line_is_checked() -> Result<(), OwnedRequestError> {
    for (line, expected) in [
        (r#"{"action": "ecs:StopInstanc"}"#, RequestError::UnknownAction),
        (r#"{"action": "ecs"}"#, RequestError::MalformedAction),
        (
            r#"{"action": "ecs:StopInstance", "context": {"acs:sourceip": "10.0.0.1"}}"#,
            RequestError::UnknownKey,
        ),
    ] {
        assert_eq!(OwnedRequest::from_json(line)?.request().err(), Some(expected), "{line}");
    }
    let unlisted = OwnedRequest::from_json(r#"{"action": "bss:BrandNew"}"#)?;
    assert!(unlisted.request().is_err());
    assert!(unlisted.request_unlisted().is_ok());
    Ok(())
}

/// Written after the structure of management events (ActionTrail: Management event structure).
const EVENT: &str = r#"{
  "eventId": "5F0F8B6C", "eventVersion": "1", "eventType": "ApiCall",
  "eventName": "DeleteDisk", "serviceName": "Ecs", "eventSource": "ecs.aliyuncs.com",
  "eventTime": "2026-11-22T09:00:00Z", "acsRegion": "cn-hangzhou",
  "sourceIpAddress": "203.0.113.7", "userAgent": "console", "vpcId": "vpc-1",
  "recipientAccountId": "1234567890123456",
  "referencedResources": {"ACS::ECS::Disk": ["d-1", "d-2"], "ACS::ECS::Unheard": ["x"]},
  "additionalEventData": {"Scheme": "https"},
  "userIdentity": {
    "type": "assumed-role", "accountId": "1234567890123456", "userName": "operators:alice",
    "sessionContext": {"attributes": {"mfaAuthenticated": "false"}}
  }
}"#;

#[test]
fn an_event_is_one_request_for_each_resource() -> Result<(), OwnedRequestError> {
    let requests = OwnedRequest::from_action_trail(EVENT)?;
    let resources: Vec<&str> = requests.iter().map(|request| request.resource.as_str()).collect();
    assert_eq!(
        resources,
        [
            "acs:ecs:cn-hangzhou:1234567890123456:disk/d-1",
            "acs:ecs:cn-hangzhou:1234567890123456:disk/d-2",
            // The catalogue has no template for the other.
            "*",
        ]
    );
    let context: Vec<(&str, &str)> = requests
        .iter()
        .take(1)
        .flat_map(|request| &request.context)
        .map(|(key, values)| (key.as_str(), values.first().map_or("", String::as_str)))
        .collect();
    assert_eq!(
        context,
        [
            ("acs:SourceIp", "203.0.113.7"),
            ("acs:CurrentTime", "2026-11-22T09:00:00Z"),
            ("acs:UserAgent", "console"),
            ("acs:SourceVpc", "vpc-1"),
            ("acs:SecureTransport", "true"),
            // Calls with an AccessKey have no `acs:MFAPresent`.
            ("acs:PrincipalARN", "acs:ram::1234567890123456:role/operators"),
        ]
    );
    for request in &requests {
        assert_eq!(request.action, "ecs:DeleteDisk");
        assert!(request.request().is_ok());
    }
    Ok(())
}

#[test]
fn an_event_of_log_service_is_the_same() -> Result<(), OwnedRequestError> {
    let wrapped = format!(r#"{{"__topic__": "actiontrail_audit_event", "event": {EVENT}}}"#);
    assert_eq!(OwnedRequest::from_action_trail(wrapped)?, OwnedRequest::from_action_trail(EVENT)?);
    Ok(())
}

/// The event of `EVENT`, as Log Service exports it.
#[test]
fn an_event_of_log_service_in_texts_and_columns_is_the_same() -> Result<(), OwnedRequestError> {
    let quoted = |text: &str| {
        format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', " "))
    };
    let identity = r#"{"type": "assumed-role", "accountId": "1234567890123456", "userName": "operators:alice", "sessionContext": {"attributes": {"mfaAuthenticated": "false"}}}"#;
    let resources = r#"{"ACS::ECS::Disk": ["d-1", "d-2"], "ACS::ECS::Unheard": ["x"]}"#;
    let columns = r#""__topic__": "actiontrail_event", "event.eventType": "ApiCall",
        "event.eventName": "DeleteDisk", "event.serviceName": "Ecs", "event.acsRegion": "cn-hangzhou",
        "event.eventTime": "2026-11-22T09:00:00Z", "event.sourceIpAddress": "203.0.113.7",
        "event.userAgent": "console", "event.vpcId": "vpc-1", "event.recipientAccountId": "1234567890123456",
        "event.additionalEventData.Scheme": "https""#;
    let flat = r#""event.userIdentity.type": "assumed-role", "event.userIdentity.accountId": "1234567890123456",
        "event.userIdentity.userName": "operators:alice",
        "event.userIdentity.sessionContext.attributes.mfaAuthenticated": "false""#;
    let expected = OwnedRequest::from_action_trail(EVENT)?;
    for (name, row) in [
        ("a text", format!(r#"{{"event": {}}}"#, quoted(EVENT))),
        ("a text of a text", quoted(&format!(r#"{{"event": {}}}"#, quoted(EVENT)))),
        (
            "columns",
            format!(
                r#"{{{columns}, {flat}, "event.referencedResources.ACS::ECS::Disk": "[\"d-1\",\"d-2\"]",
                "event.referencedResources.ACS::ECS::Unheard": "x"}}"#
            ),
        ),
        (
            "columns of texts",
            format!(
                r#"{{{columns}, "event.userIdentity": {}, "event.referencedResources": {}}}"#,
                quoted(identity),
                quoted(resources)
            ),
        ),
        (
            "columns of objects",
            format!(
                r#"{{{columns}, "event.userIdentity": {identity}, "event.referencedResources": {resources}}}"#
            ),
        ),
    ] {
        assert_eq!(OwnedRequest::from_action_trail(&row)?, expected, "{name}: {row}");
    }
    for (name, row) in [
        ("a text that is cut off", r#"{"event": "{\"eventName\": "}"#),
        (
            "resources that are cut off",
            r#"{"event.serviceName": "Ecs", "event.eventName": "X", "event.referencedResources": "{\"A\": [\"x"}"#,
        ),
        ("columns of another name", r#"{"events.serviceName": "Ecs", "events.eventName": "X"}"#),
        ("paths that lead nowhere", r#"{"event.serviceName.x": "Ecs", "event.eventName": "X"}"#),
    ] {
        assert!(OwnedRequest::from_action_trail(row).is_err(), "{name}");
    }
    Ok(())
}

/// ActionTrail's names beside RAM's.
#[test]
fn an_event_is_read_in_words_of_ram() -> Result<(), OwnedRequestError> {
    let bucket = r#""ACS::OSS::Bucket":["logs"]"#;
    for (service, name, resources, action, resource, called) in [
        ("PrivateZone", "AddZone", r#""Zone":["z"]"#, "pvtz:AddZone", "acs:pvtz::7:zone/*", None),
        (
            "privatezone",
            "AddZoneRecord",
            r#""ACS::PrivateZone::ZoneRecord":["175"]"#,
            "pvtz:AddZoneRecord",
            "*",
            Some("175 of type ACS::PrivateZone::ZoneRecord"),
        ),
        ("Oss", "PutBucketAcl", bucket, "oss:PutBucketAcl", "acs:oss:*:7:logs", None),
        ("OSS", "HeadObject", bucket, "oss:GetObject", "acs:oss:*:7:logs", None),
        ("Oss", "GetBucketTags", bucket, "oss:GetBucketTagging", "acs:oss:*:7:logs", None),
        // The catalogue knows no type of this action.
        ("Oss", "GetBucketWorm", bucket, "oss:GetBucketWorm", "acs:oss:*:7:logs", None),
        (
            "ResourceManager",
            "CreatePolicy",
            r#""Policy":["p"]"#,
            "ram:CreatePolicy",
            "acs:ram:*:7:policy/p",
            None,
        ),
        ("ResourceManager", "CreateFolder", "", "resourcemanager:CreateFolder", "*", None),
        ("CloudStorageGateway", "X", "", "hcs-sgw:X", "*", None),
        ("Cloudfw", "X", "", "yundun-cloudfirewall:X", "*", None),
        ("Kms", "X", "", "kms:X", "*", None),
        ("Sas", "X", "", "yundun-sas:X", "*", None),
        ("Unheard", "X", "", "unheard:X", "*", None),
        // Another service has the type.
        (
            "Vpc",
            "X",
            r#""ACS::EIP::EipAddress":["eip-1"]"#,
            "vpc:X",
            "acs:vpc:cn-beijing:7:eip/eip-1",
            None,
        ),
        (
            "Ecs",
            "DeleteDisk",
            r#""ACS::ECS::Instance":["i-1"]"#,
            "ecs:DeleteDisk",
            "acs:ecs:cn-beijing:7:instance/i-1",
            None,
        ),
        (
            "Ecs",
            "CreateNetworkInterface",
            r#""VSwitch":["vsw-1"]"#,
            "ecs:CreateNetworkInterface",
            "acs:vpc:cn-beijing:7:vswitch/vsw-1",
            None,
        ),
        (
            "Ecs",
            "X",
            r#""ACS::ECS::KeyPair":["k"]"#,
            "ecs:X",
            "acs:ecs:cn-beijing:7:keypair/k",
            None,
        ),
        (
            "Ecs",
            "StopInstance",
            r#""x":["acs:ecs:a:1:instance/i-1"]"#,
            "ecs:StopInstance",
            "acs:ecs:a:1:instance/i-1",
            None,
        ),
        (
            "Ecs",
            "StopInstance",
            r#""Disk":[""]"#,
            "ecs:StopInstance",
            "*",
            Some("a resource of type Disk"),
        ),
        // RAM asks for no resource.
        (
            "Ecs",
            "CreateDeploymentSet",
            r#""ACS::ECS::DeploymentSet":["d"]"#,
            "ecs:CreateDeploymentSet",
            "*",
            None,
        ),
        // RAM's list says that `config` has no ARNs, and its pages print some.
        (
            "Config",
            "X",
            r#""ACS::ECS::Instance":["i-1"]"#,
            "config:X",
            "acs:ecs:cn-beijing:7:instance/i-1",
            None,
        ),
        ("Ahas", "X", r#""ACS::ECS::Instance":["i-1"]"#, "ahas:X", "*", None),
    ] {
        let event = format!(
            r#"{{"serviceName": "{service}", "eventName": "{name}", "acsRegion": "cn-beijing", "recipientAccountId": "7", "referencedResources": {{{resources}}}}}"#
        );
        let requests = OwnedRequest::from_action_trail(&event)?;
        let found: Vec<(&str, &str, Option<&str>)> = requests
            .iter()
            .map(|one| (one.action.as_str(), one.resource.as_str(), one.called.as_deref()))
            .collect();
        assert_eq!(found, [(action, resource, called)], "{event}");
    }
    // The host of the API tells a service that nothing else does; what a caller writes does not.
    for (more, action) in [
        (r#""eventSource": "sgw.cn-hangzhou.aliyuncs.com""#, "hcs-sgw:X"),
        (r#""eventSource": "sgw.example.com""#, "unheard:X"),
        (r#""requestParameters": {"AcsProduct": "ecs", "ServiceCode": "ecs"}"#, "unheard:X"),
    ] {
        let event = format!(r#"{{"serviceName": "Unheard", "eventName": "X", {more}}}"#);
        let requests = OwnedRequest::from_action_trail(event)?;
        assert_eq!(requests.first().map(|one| one.action.as_str()), Some(action), "{more}");
    }
    Ok(())
}

#[test]
fn an_event_without_known_resources_asks_for_the_service() -> Result<(), OwnedRequestError> {
    for (event, action, resource) in [
        (r#"{"serviceName": "Ecs", "eventName": "DescribeRegions"}"#, "ecs:DescribeRegions", "*"),
        (r#"{"serviceName": "CloudAPI", "eventName": "CreateApi"}"#, "apigateway:CreateApi", "*"),
        (
            r#"{"serviceName": "Bss", "eventName": "BrandNew", "resourceType": "X", "resourceName": "y"}"#,
            "bss:BrandNew",
            "*",
        ),
        (
            r#"{"serviceName": "Ecs", "eventName": "StopInstance", "acsRegion": "cn-beijing", "userIdentity": {"accountId": "7"}, "resourceType": "ACS::ECS::Instance", "resourceName": "i-9"}"#,
            "ecs:StopInstance",
            "acs:ecs:cn-beijing:7:instance/i-9",
        ),
    ] {
        let requests = OwnedRequest::from_action_trail(event)?;
        let found: Vec<(&str, &str)> =
            requests.iter().map(|one| (one.action.as_str(), one.resource.as_str())).collect();
        assert_eq!(found, [(action, resource)], "{event}");
    }
    assert!(OwnedRequest::from_action_trail(r#"{"eventName": "X"}"#).is_err());
    assert!(OwnedRequest::from_action_trail("[]").is_err());
    Ok(())
}

/// A resource that the policy does not allow is not lost beside one that it allows.
#[test]
fn an_event_is_allowed_only_with_all_its_resources() -> Result<(), OwnedRequestError> {
    let policy = policy! { allow ecs::StopInstance on "acs:ecs:*:*:instance/*"; };
    let event = |resources: &str| {
        format!(
            r#"{{"eventName": "StopInstance", "serviceName": "Ecs", "acsRegion": "cn-hangzhou", "recipientAccountId": "1", "referencedResources": {{{resources}}}}}"#
        )
    };
    for (resources, expected) in [
        (r#""ACS::ECS::Instance": ["i-1"]"#, true),
        (r#""ACS::Foo::Bar": ["secret"]"#, false),
        (r#""ACS::ECS::Instance": ["i-1"], "ACS::Foo::Bar": ["secret"]"#, false),
    ] {
        let requests = OwnedRequest::from_action_trail(event(resources))?;
        let decided: Result<Vec<bool>, RequestError> =
            requests.iter().map(|one| Ok(policy.evaluate(&one.request()?).is_allow())).collect();
        assert_eq!(decided?.into_iter().all(|allowed| allowed), expected, "{resources}");
    }
    Ok(())
}

#[test]
fn of_an_event_the_first_member_of_a_name_counts() -> Result<(), OwnedRequestError> {
    const INSTANCE: &str = "acs:ecs:cn-beijing:7:instance/i-1";
    let event = |more: &str| {
        format!(
            r#"{{"x": [{{"serviceName": "Oss"}}, 1e3, null], "serviceName": "Ecs", "eventName": "StopInstance", "acsRegion": "cn-beijing", "recipientAccountId": "7", {more}}}"#
        )
    };
    for (name, more, resources, context) in [
        (
            "resources twice",
            r#""referencedResources": {"Instance": ["i-1"]}, "referencedResources": {"Instance": ["i-2"]}"#,
            &[INSTANCE, "acs:ecs:cn-beijing:7:instance/i-2"][..],
            &[][..],
        ),
        (
            "a type without a template beside one with",
            r#""referencedResources": {"ACS::Foo::Bar": ["secret", "more"], "Instance": ["i-1"]}"#,
            &["*", INSTANCE],
            &[],
        ),
        (
            "a name that is empty",
            r#""referencedResources": {"Instance": ["i-1", ""]}"#,
            &[INSTANCE, "*"],
            &[],
        ),
        (
            "a type that is no list",
            r#""referencedResources": {"Instance": ["i-1"], "Disk": {"d": 1}}"#,
            &[INSTANCE, "*"],
            &[],
        ),
        (
            "more types than names",
            r#""resourceType": "Instance;Bar", "resourceName": "i-1""#,
            &[INSTANCE, "*"],
            &[],
        ),
        (
            "more names than types",
            r#""resourceType": "Instance", "resourceName": "i-1;x""#,
            &[INSTANCE, "*"],
            &[],
        ),
        (
            "a type twice",
            r#""referencedResources": {"Instance": "i-1", "ACS::ECS::Instance": ["i-2"], "Disk": []}"#,
            &[INSTANCE, "acs:ecs:cn-beijing:7:instance/i-2"],
            &[],
        ),
        (
            "names that are no texts",
            r#""referencedResources": {"Instance": ["i-1", 5]}, "resourceType": "Instance", "resourceName": "i-1""#,
            &[INSTANCE, "*"],
            &[],
        ),
        ("resources that are none", r#""referencedResources": ["i-1"]"#, &["*"], &[]),
        ("a text twice", r#""userAgent": 5, "userAgent": "a""#, &["*"], &[]),
        (
            "an escaped name",
            r#""user\u0041gent": "\u4e2d\"", "vpcId": "", "serviceName": "Rds""#,
            &["*"],
            &[("acs:UserAgent", "\u{4e2d}\"")],
        ),
        (
            "members of other objects",
            r#""additionalEventData": {"userAgent": "a", "Scheme": "http"}, "requestParameters": {"userAgent": "b"}"#,
            &["*"],
            &[("acs:SecureTransport", "false")],
        ),
        (
            "a second factor",
            r#""userIdentity": {"sessionContext": {"attributes": {"mfaAuthenticated": "true"}}, "type": "root-account", "accountId": "7", "userName": "root"}"#,
            &["*"],
            &[("acs:MFAPresent", "true"), ("acs:PrincipalARN", "acs:ram::7:root")],
        ),
        (
            "an event in an event of its own",
            r#""event": {"event": {}, "serviceName": "Ecs", "eventName": "StopInstance", "userAgent": "c"}"#,
            &["*"],
            &[("acs:UserAgent", "c")],
        ),
    ] {
        let requests = OwnedRequest::from_action_trail(event(more))?;
        let found: Vec<&str> = requests.iter().map(|one| one.resource.as_str()).collect();
        assert_eq!(found, resources, "{name}");
        let expected: Vec<(String, Vec<String>)> = context
            .iter()
            .map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()]))
            .collect();
        for request in &requests {
            assert_eq!(request.action, "ecs:StopInstance", "{name}");
            assert_eq!(request.context, expected, "{name}");
        }
    }
    for (name, text) in [
        ("an event that is no object", event(r#""event": "x""#)),
        ("a mistake behind all that counts", event("\"x\": tru")),
        ("more behind the event", event("\"x\": 1") + "1"),
        ("nested too deeply", event(&format!("\"x\": {}{}", "[".repeat(64), "]".repeat(64)))),
    ] {
        assert!(OwnedRequest::from_action_trail(&text).is_err(), "{name}: {text}");
    }
    // One level less is read.
    let deep = event(&format!("\"x\": {}{}", "[".repeat(63), "]".repeat(63)));
    assert!(OwnedRequest::from_action_trail(deep).is_ok());
    Ok(())
}

#[test]
fn typed_values_become_texts_that_mean_the_same() -> Result<(), RequestError> {
    let request = Request::new("ecs:StopInstance", "*")?
        .with(key::acs::CurrentTime, Date::from_unix_seconds(1_795_338_000))
        .with(key::acs::SourceIp, [10, 0, 0, 1].into())
        .with(key::acs::MFAPresent, true);
    let owned = OwnedRequest::from(&request);
    let texts: Vec<&str> =
        owned.context.iter().flat_map(|(_, values)| values).map(String::as_str).collect();
    assert_eq!(texts, ["2026-11-22T09:00:00Z", "10.0.0.1", "true"]);
    assert!(owned.request().is_ok());
    Ok(())
}

#[test]
fn many_keys_are_read_quickly() -> Result<(), OwnedRequestError> {
    // Each compared with each, these would take hours.
    let keys = (0..300_000).map(|number| format!(r#""ecs:tag/{number}":"a""#));
    let keys = keys.collect::<Vec<_>>().join(",");
    let line = format!(r#"{{"action":"ecs:StopInstance","context":{{{keys}}}}}"#);
    assert_eq!(OwnedRequest::from_json(&line)?.context.len(), 300_000);
    let mut reader = RequestReader::new();
    assert!(reader.read(line.as_bytes(), |_| ()).is_ok());
    let twice = line.replace("}}", r#","ecs:tag/0":"b"}}"#);
    assert!(OwnedRequest::from_json(twice).is_err());
    Ok(())
}
