//! Service-linked roles: the documents that follow from a declaration.

use ram_policy::{Decision, Ram, Request, ServiceLinkedRole, key, service_linked_role};

const TUNNEL: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForMqttTunnel,
    policy: AliyunServiceRolePolicyForMqttTunnel,
    service: "ep-tunnel.mqtt.aliyuncs.com",
    permissions: {
        allow vpc::DescribeVSwitches on *;
        allow ram::DeleteServiceLinkedRole on * when ram::ServiceName == "ep-tunnel.mqtt.aliyuncs.com";
    },
};

/// A user's own suffix follows the name.
const SUFFIXED: ServiceLinkedRole = service_linked_role! {
    service: "ep-tunnel.mqtt.aliyuncs.com",
    role: "AliyunServiceRoleForMqttTunnel_mine",
    policy: AliyunServiceRolePolicyForMqttTunnel,
    permissions: { "Version": "1", "Statement": [{ "Effect": "Allow", "Action": "vpc:DescribeVSwitches", "Resource": "*" }] }
};

const WITHOUT_SERVICE: ServiceLinkedRole = service_linked_role! {
    role: AliyunServiceRoleForApigatewayPutEventsToEventBridge,
    policy: AliyunServiceRolePolicyForApigatewayPutEventsToEventBridge,
    service: none,
    permissions: { allow eventbridge::PutEvents on *; },
};

#[test]
fn a_role_has_its_names() {
    assert_eq!(TUNNEL.name(), "AliyunServiceRoleForMqttTunnel");
    assert_eq!(TUNNEL.policy_name(), "AliyunServiceRolePolicyForMqttTunnel");
    assert_eq!(TUNNEL.service(), Some("ep-tunnel.mqtt.aliyuncs.com"));
    assert_eq!(SUFFIXED.name(), "AliyunServiceRoleForMqttTunnel_mine");
    assert_eq!(WITHOUT_SERVICE.service(), None);
}

#[test]
fn its_service_may_assume_it() {
    let trust = TUNNEL.trust_policy().map(|trust| trust.to_json());
    assert_eq!(
        trust.as_deref(),
        Some(
            r#"{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["ep-tunnel.mqtt.aliyuncs.com"]}}],"Version":"1"}"#
        )
    );
}

#[test]
fn a_user_with_the_create_policy_creates_this_role_and_no_other()
-> Result<(), Box<dyn std::error::Error>> {
    let create = TUNNEL.create_policy().ok_or("the role has a service")?;
    let ask = |service| -> Result<Decision, ram_policy::RequestError> {
        let request =
            Request::new(Ram::CreateServiceLinkedRole, "*")?.with(key::ram::ServiceName, service);
        Ok(create.evaluate(&request))
    };
    assert_eq!(ask("ep-tunnel.mqtt.aliyuncs.com")?, Decision::Allow { statement: 0 });
    assert_eq!(ask("core-rule-engine.mqtt.aliyuncs.com")?, Decision::ImplicitDeny);
    Ok(())
}

#[test]
fn nothing_is_invented_without_a_service() {
    assert_eq!(WITHOUT_SERVICE.trust_policy(), None);
    assert_eq!(WITHOUT_SERVICE.create_policy(), None);
}

#[test]
fn permissions_are_a_policy() -> Result<(), ram_policy::RequestError> {
    let request = Request::new("vpc:DescribeVSwitches", "*")?;
    assert!(TUNNEL.permissions().evaluate(&request).is_allow());
    assert!(SUFFIXED.permissions().evaluate(&request).is_allow());
    Ok(())
}
