//! Looking things up; the checker must agree with every answer.

use std::collections::BTreeSet;

use ram_policy::resource_type::{self, ResourceKind};
use ram_policy::{
    AccessLevel, Action, ArnError, Ecs, KeyType, Operator, Policy, RequestAction, RequestError, key,
};
use ram_policy_model::catalogue::{self, find};
use ram_policy_model::terms::family::Family;

/// The names of the findings about a statement with this action, resource and key.
fn findings(action: &str, resource: &str, key: Option<(Operator, &str)>) -> Vec<String> {
    let condition = key.map_or(String::new(), |(operator, key)| {
        let value = match operator.family() {
            Family::Ip => "10.0.0.1",
            Family::Boolean => "true",
            Family::Date => "2026-11-01T00:00:00Z",
            Family::String | Family::Number => "1",
        };
        format!(r#","Condition":{{"{}":{{"{key}":"{value}"}}}}"#, operator.name())
    });
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"{condition}}}]}}"#
    );
    match Policy::from_json_lenient(&text) {
        Ok(imported) => {
            imported.findings.iter().map(|finding| finding.rule().to_string()).collect()
        }
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn a_pattern_gives_what_it_covers() -> Result<(), RequestError> {
    for pattern in ["ecs:Describe*", "?cs:*Instance", "ram:*", "*", "*:*", "oss:getobject"] {
        let found: BTreeSet<String> =
            Action::matching(pattern)?.map(|one| one.to_string()).collect();
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"{pattern}","Resource":"*"}}]}}"#
        );
        let policy = Policy::from_json(&text).map_err(|_| RequestError::MalformedAction)?;
        for row in find::actions() {
            let name = format!("{}:{}", row.service().code, row.name());
            let request = ram_policy::Request::new(name.as_str(), "*")?;
            let allowed = policy.evaluate(&request) != ram_policy::Decision::ImplicitDeny;
            assert_eq!(found.contains(&name), allowed, "{pattern} {name}");
        }
    }
    Ok(())
}

#[test]
fn access_levels_share_out_the_actions() {
    let levels = [
        AccessLevel::Create,
        AccessLevel::Delete,
        AccessLevel::Get,
        AccessLevel::List,
        AccessLevel::Read,
        AccessLevel::Update,
        AccessLevel::Write,
    ];
    let mut sum = 0;
    for level in levels {
        for action in Action::with_access_level(level) {
            assert_eq!(action.access_level(), Some(level), "{action}");
            sum += 1;
        }
    }
    assert!(sum > 0);
    assert_eq!(sum, find::actions().filter(|row| row.access().is_some()).count());
}

#[test]
fn every_action_is_found_by_its_resource_types() {
    for action in Ecs::all().map(Action::from) {
        for row in action.resource_types() {
            let kind = ResourceKind::from(row);
            assert!(Action::for_resource_type(kind).any(|other| other == action), "{action}");
        }
    }
}

#[test]
fn constants_of_resource_types_have_their_facts() {
    for (kind, service, name, template, action) in [
        (
            resource_type::ecs::Instance,
            "ecs",
            "Instance",
            "acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}",
            "ecs:StopInstance",
        ),
        (
            resource_type::vpc::VPC,
            "vpc",
            "VPC",
            "acs:vpc:{#regionId}:{#accountId}:vpc/{#vpcId}",
            "ecs:AttachClassicLinkVpc",
        ),
        (
            resource_type::kms::AliasContainer,
            "kms",
            "Alias container",
            "acs:kms:{#regionId}:{#accountId}:alias",
            "kms:ListAliases",
        ),
        (
            resource_type::oss::Object,
            "oss",
            "Object",
            "acs:oss:*:{#bucket_owner}:{#bucket_name}/{#object_name}",
            "oss:GetObject",
        ),
    ] {
        assert_eq!((kind.service(), kind.name()), (service, name));
        assert!(kind.templates().contains(&template), "{name}: {:?}", kind.templates());
        assert!(kind.actions().any(|other| other.to_string() == action), "{name} {action}");
    }
}

/// Whether an ARN goes with an action is what the checker reports as `useless_resource`.
#[test]
fn the_checker_agrees_about_arns() -> Result<(), ArnError> {
    for arn in [
        "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1",
        "acs:ecs:*:*:eni/*",
        "acs:ecs:cn-hangzhou:*:*",
        "acs:vpc:*:*:vpc/vpc-1",
        "acs:ram::1234567890123456:role/*",
    ] {
        let found: Vec<Action> = Action::for_arn(arn)?.collect();
        assert!(!found.is_empty(), "{arn}");
        for action in Ecs::all().map(Action::from) {
            // The checker says nothing about actions whose resources nothing says.
            if action.resource_types().next().is_none() {
                assert!(!found.contains(&action), "{action} on {arn}");
                continue;
            }
            let found_useless = findings(&action.to_string(), arn, None);
            let useless = found_useless.iter().any(|rule| rule == "useless_resource");
            assert_eq!(found.contains(&action), !useless, "{action} on {arn}: {found_useless:?}");
        }
    }
    Ok(())
}

/// Whether a key goes with an action is what the checker reports as `unfilled_key`.
#[test]
fn the_checker_agrees_about_keys() -> Result<(), RequestError> {
    let actions: Vec<Action> = [
        "ecs:RunCommand",
        "ecs:AttachClassicLinkVpc",
        "sts:AssumeRoleWithOIDC",
        "oss:PutObject",
        "ram:CreateServiceLinkedRole",
        "mse:ListGateway",
    ]
    .into_iter()
    .map(str::parse)
    .collect::<Result<_, _>>()?;
    let mut pairs = 0;
    for action in &actions {
        let usable: BTreeSet<&str> = action.usable_keys().map(|known| known.name).collect();
        for known in find::keys() {
            let name = if known.name.ends_with('/') {
                format!("{}\u{6210}\u{672c}:a/b", known.name)
            } else {
                known.name.to_owned()
            };
            let typed = key::Key::<key::Text>::new(known.name);
            let operator = match known.value_type {
                KeyType::Number => Operator::NumericEquals,
                KeyType::Date => Operator::DateEquals,
                KeyType::Boolean => Operator::Bool,
                KeyType::Ip => Operator::IpAddress,
                KeyType::String | KeyType::Unknown => Operator::StringEquals,
            };
            assert!(typed.operators().any(|one| one == operator), "{name}");
            let found = findings(&action.to_string(), "*", Some((operator, &name)));
            let unfilled = found.iter().any(|rule| rule == "unfilled_key");
            assert_eq!(usable.contains(known.name), !unfilled, "{action} {name}: {found:?}");
            // Nothing else is wrong with the key, its operator or its value.
            for rule in ["misspelt_key", "unknown_key", "operator_type", "invalid_value"] {
                assert!(!found.iter().any(|one| one == rule), "{action} {name}: {found:?}");
            }
            let with_key = Action::with_condition_key(&name)?.any(|other| other == *action);
            assert_eq!(with_key, !unfilled, "{action} {name}");
            pairs += 1;
        }
    }
    assert_eq!(pairs, actions.len() * find::keys().count());
    Ok(())
}

/// Which operators a key takes is what the checker reports as `operator_type`.
#[test]
fn the_checker_agrees_about_operators() {
    for name in ["acs:SourceIp", "acs:MFAPresent", "acs:CurrentTime", "acs:UserAgent"] {
        let typed: Vec<Operator> = key::Key::<key::Text>::new(name).operators().collect();
        for operator in Operator::ALL {
            let found = findings("ecs:StopInstance", "*", Some((operator, name)));
            let fits = !found.iter().any(|rule| rule == "operator_type");
            assert_eq!(typed.contains(&operator), fits, "{} {name}: {found:?}", operator.name());
        }
    }
}

#[test]
fn keys_that_cannot_exist_are_errors() {
    for (name, error) in [
        ("acs:sourceip", RequestError::UnknownKey),
        ("acs:NoSuchKey", RequestError::UnknownKey),
        ("ecs:Tag/owner", RequestError::UnknownKey),
        ("ecs:tag/", RequestError::MalformedKey),
        ("SourceIp", RequestError::MalformedKey),
        ("", RequestError::MalformedKey),
    ] {
        assert_eq!(Action::with_condition_key(name).err(), Some(error), "{name:?}");
    }
}

#[test]
fn an_action_of_no_list_has_the_keys_of_its_service() -> Result<(), RequestError> {
    let brand_new: Action = "ecs:BrandNew".parse()?;
    let keys: BTreeSet<&str> = brand_new.usable_keys().map(|known| known.name).collect();
    for (name, usable) in [
        ("acs:SourceIp", true),
        ("ecs:tag/", true),
        // Its list of actions is complete.
        ("ecs:CommandRunAs", false),
        ("vpc:tag/", false),
    ] {
        assert_eq!(keys.contains(name), usable, "{name}");
    }
    Ok(())
}

#[test]
fn a_key_names_the_actions_that_fill_it() {
    let names = |actions: Vec<RequestAction<'static>>| -> Vec<String> {
        actions.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        names(key::ram::ServiceName.filled_by().collect()),
        catalogue::find_key("ram:ServiceName").map_or(&[][..], |known| known.filled_by)
    );
    assert!(
        names(key::vpc::tag.filled_by().collect()).contains(&"ecs:AttachClassicLinkVpc".into())
    );
    assert_eq!(names(key::acs::MFAPresent.filled_by().collect()), Vec::<String>::new());
}
