//! Every policy of `tests/golden`, read from its file. Those the pages print with placeholders are
//! pasted with real values; one of them is also a template that is bound at run time, which is not
//! compiled for its values.

#[path = "golden/by_hand.rs"]
mod by_hand;

use ram_policy::template::{AccountId, Argument, BindError, Name, Region};
use ram_policy::{
    AliKafka, ApiGateway, Cms, Ecs, Edas, EventBridge, Fc, Mse, Policy, PolicyTemplate,
    PrivateLink, Ram, Vpc, policy, policy_file,
};
use ram_policy_benchmarks::asked::{ACCOUNT, Asked, ask};

use crate::case::Case;

const GROUP_ID: &str = "cbd157704e624ab58a204fd3e0b5ad79";

const API_GROUP: &str =
    "acs:apigateway:cn-hangzhou:1234567890123456:apigroup/cbd157704e624ab58a204fd3e0b5ad79";
const OTHER_API_GROUP: &str =
    "acs:apigateway:cn-beijing:1234567890123456:apigroup/0009db9c828549768a200320714b8930";
const APP: &str = "acs:apigateway:cn-hangzhou:1234567890123456:app/20112314518278";
const BUS: &str = "acs:eventbridge:cn-hangzhou:1234567890123456:eventbus/orders";
const CLUSTER: &str = "acs:mse:cn-hangzhou:1234567890123456:cluster/mse-1";
const ENDPOINT: &str = "acs:privatelink:cn-hangzhou:1234567890123456:vpcendpoint/ep-1";
const FUNCTION: &str = "acs:fc:cn-hangzhou:1234567890123456:services/s/functions/f";
const INSTANCE: &str = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
const KAFKA: &str = "acs:alikafka:cn-hangzhou:1234567890123456:alikafka_post-cn-1";
const MICROSERVICE: &str = "acs:edas:cn-hangzhou:1234567890123456:namespace/n/application/a";
const MONITOR_GROUP: &str = "acs:cms:cn-hangzhou:1234567890123456:group/7301";
const NETWORK_INTERFACE: &str = "acs:ecs:cn-hangzhou:1234567890123456:eni/eni-1";
const ROLE: &str = "acs:ram::1234567890123456:role/r";
const SECURITY_GROUP: &str = "acs:ecs:cn-hangzhou:1234567890123456:securitygroup/sg-1";
const VPC: &str = "acs:vpc:cn-hangzhou:1234567890123456:vpc/vpc-1";
const VSWITCH: &str = "acs:vpc:cn-hangzhou:1234567890123456:vswitch/vsw-1";

/// The cases, in the order of the files.
pub(crate) fn cases() -> Result<Vec<Case>, BindError> {
    Ok(vec![
        Case {
            name: "apigateway-describe-all",
            policy: DESCRIBE_ALL,
            by_hand: by_hand::describe_all,
            asked: asked_of_apis(),
        },
        Case {
            name: "apigateway-full-access",
            policy: FULL_ACCESS,
            by_hand: by_hand::full_access,
            asked: vec![
                ask(ApiGateway::CreateApi, API_GROUP),
                ask(ApiGateway::DescribeApis, OTHER_API_GROUP),
                ask(Ram::CreateServiceLinkedRole, ROLE).for_service("sls.apigateway.aliyuncs.com"),
                ask(Ram::CreateServiceLinkedRole, ROLE).for_service("ecs.aliyuncs.com"),
                ask(Ecs::DescribeInstances, INSTANCE),
            ],
        },
        Case {
            name: "apigateway-function-compute",
            policy: FUNCTION_COMPUTE,
            by_hand: by_hand::function_compute,
            asked: vec![
                ask(Fc::InvokeFunction, FUNCTION),
                ask(Fc::ListFunctions, FUNCTION),
                ask(Ecs::DescribeInstances, INSTANCE),
            ],
        },
        Case {
            name: "apigateway-manage-group",
            policy: MANAGE_GROUP,
            by_hand: by_hand::manage_group,
            asked: vec![
                ask(ApiGateway::CreateApi, API_GROUP),
                ask(ApiGateway::DescribeApis, APP),
                ask(ApiGateway::CreateApi, OTHER_API_GROUP),
                ask(Ecs::DescribeInstances, INSTANCE),
            ],
        },
        Case {
            name: "manage-group, template bound",
            policy: manage_group_bound()?,
            by_hand: by_hand::manage_group,
            asked: vec![
                ask(ApiGateway::CreateApi, API_GROUP),
                ask(ApiGateway::DescribeApis, APP),
                ask(ApiGateway::CreateApi, OTHER_API_GROUP),
                ask(Ecs::DescribeInstances, INSTANCE),
            ],
        },
        Case {
            name: "apigateway-microservices",
            policy: MICROSERVICES,
            by_hand: by_hand::microservices,
            asked: vec![
                ask(Edas::ReadApplication, MICROSERVICE),
                ask(Mse::QueryClusterInfo, CLUSTER),
                ask(Ram::DeleteServiceLinkedRole, ROLE)
                    .for_service("microservice-integration.apigateway.aliyuncs.com"),
                ask(Ram::DeleteServiceLinkedRole, ROLE).for_service("ecs.aliyuncs.com"),
                ask(Mse::DeleteCluster, CLUSTER),
            ],
        },
        Case {
            name: "apigateway-monitoring",
            policy: MONITORING,
            by_hand: by_hand::monitoring,
            asked: vec![
                ask(Cms::CreateMonitorGroup, MONITOR_GROUP),
                ask(Cms::DeleteMonitorGroupInstances, MONITOR_GROUP),
                ask(Cms::CreateMonitorGroup, INSTANCE),
                ask(Cms::DescribeMetricList, MONITOR_GROUP),
            ],
        },
        Case {
            name: "apigateway-put-events",
            policy: PUT_EVENTS,
            by_hand: by_hand::put_events,
            asked: vec![
                ask(EventBridge::PutEvents, BUS),
                ask(EventBridge::ListRules, BUS),
                ask(Ecs::DescribeInstances, INSTANCE),
            ],
        },
        Case {
            name: "apigateway-query-apis",
            policy: QUERY_APIS,
            by_hand: by_hand::query_apis,
            asked: asked_of_apis(),
        },
        Case {
            name: "apigateway-query-tagged",
            policy: QUERY_TAGGED,
            by_hand: by_hand::query_tagged,
            asked: vec![
                ask(ApiGateway::DescribeApis, API_GROUP).of_version("v1"),
                ask(ApiGateway::DescribeApis, API_GROUP).of_version("v2"),
                ask(ApiGateway::DescribeApis, API_GROUP),
                ask(ApiGateway::DescribeApis, OTHER_API_GROUP).of_version("v1"),
                ask(ApiGateway::CreateApi, API_GROUP).of_version("v1"),
            ],
        },
        Case {
            name: "apigateway-read-only-access",
            policy: READ_ONLY_ACCESS,
            by_hand: by_hand::describe_all,
            asked: asked_of_apis(),
        },
        Case {
            name: "connect-user-vpc.create-role",
            policy: CONNECT_USER_VPC_CREATE_ROLE,
            by_hand: by_hand::connect_user_vpc_create_role,
            asked: vec![
                ask(Ram::CreateServiceLinkedRole, ROLE)
                    .for_service("connectuservpc.apigateway.aliyuncs.com"),
                ask(Ram::CreateServiceLinkedRole, ROLE).for_service("ecs.aliyuncs.com"),
                ask(Ram::CreateServiceLinkedRole, ROLE),
                ask(Ram::DeleteServiceLinkedRole, ROLE)
                    .for_service("connectuservpc.apigateway.aliyuncs.com"),
            ],
        },
        Case {
            name: "connect-user-vpc",
            policy: CONNECT_USER_VPC,
            by_hand: by_hand::connect_user_vpc,
            asked: vec![
                ask(Ecs::CreateNetworkInterface, NETWORK_INTERFACE),
                ask(Vpc::ModifyBypassToaAttribute, VPC),
                ask(Ram::DeleteServiceLinkedRole, ROLE)
                    .for_service("connectuservpc.apigateway.aliyuncs.com"),
                ask(Ram::DeleteServiceLinkedRole, ROLE).for_service("ecs.aliyuncs.com"),
                ask(Ecs::DeleteInstance, INSTANCE),
            ],
        },
        Case {
            name: "container-registry.create-role",
            policy: CONTAINER_REGISTRY_CREATE_ROLE,
            by_hand: by_hand::container_registry_create_role,
            asked: vec![
                ask(Ram::CreateServiceLinkedRole, ROLE)
                    .for_service("connect-customer-vpc.cr.aliyuncs.com"),
                ask(Ram::CreateServiceLinkedRole, ROLE).for_service("ecs.aliyuncs.com"),
                ask(Ram::CreateServiceLinkedRole, "acs:ram::6543210987654321:role/r")
                    .for_service("connect-customer-vpc.cr.aliyuncs.com"),
                ask(Ram::DeleteServiceLinkedRole, ROLE)
                    .for_service("connect-customer-vpc.cr.aliyuncs.com"),
            ],
        },
        Case {
            name: "container-registry",
            policy: CONTAINER_REGISTRY,
            by_hand: by_hand::container_registry,
            asked: vec![
                ask(Ecs::DescribeSecurityGroups, SECURITY_GROUP),
                ask(Vpc::DescribeVpcs, VPC),
                ask(Ecs::DeleteNetworkInterface, NETWORK_INTERFACE),
            ],
        },
        Case {
            name: "mqtt-core-rule-engine",
            policy: MQTT_CORE_RULE_ENGINE,
            by_hand: by_hand::mqtt_core_rule_engine,
            asked: [ask(AliKafka::ListTopic, KAFKA), ask(AliKafka::DeleteTopic, KAFKA)]
                .into_iter()
                .chain(asked_of_endpoints("core-rule-engine.mqtt.aliyuncs.com"))
                .collect(),
        },
        Case {
            name: "mqtt-tunnel",
            policy: MQTT_TUNNEL,
            by_hand: by_hand::mqtt_tunnel,
            asked: asked_of_endpoints("ep-tunnel.mqtt.aliyuncs.com").into(),
        },
    ])
}

fn manage_group_bound() -> Result<Policy, BindError> {
    let [region, account] = place();
    let group = ("groupId", Name::new(GROUP_ID)?.into());
    let app = ("appId", Name::new("20112314518278")?.into());
    MANAGE_GROUP_TEMPLATE.bind([region, account, group, app])
}

fn place() -> [(&'static str, Argument<'static>); 2] {
    let region = Region::new("cn-hangzhou").expect("a region");
    let account = AccountId::new(ACCOUNT).expect("an account");
    [("regionid", region.into()), ("accountid", account.into())]
}

fn asked_of_apis() -> Vec<Asked> {
    vec![
        ask(ApiGateway::DescribeApis, API_GROUP),
        ask(ApiGateway::DescribeApiGroup, OTHER_API_GROUP),
        ask(ApiGateway::CreateApi, API_GROUP),
        ask(Ecs::DescribeInstances, INSTANCE),
    ]
}

fn asked_of_endpoints(service_name: &'static str) -> [Asked; 7] {
    [
        ask(PrivateLink::CreateVpcEndpoint, ENDPOINT),
        ask(PrivateLink::CreateVpcEndpoint, SECURITY_GROUP),
        ask(PrivateLink::ListVpcEndpoints, ENDPOINT),
        ask(Vpc::DescribeVSwitches, VSWITCH),
        ask(Ecs::CreateSecurityGroup, ENDPOINT),
        ask(Ram::DeleteServiceLinkedRole, ROLE).for_service(service_name),
        ask(Ecs::RunInstances, INSTANCE),
    ]
}

const DESCRIBE_ALL: Policy = policy_file!("../golden/apigateway-describe-all.json");

const FULL_ACCESS: Policy = policy_file!("../golden/apigateway-full-access.json");

const FUNCTION_COMPUTE: Policy = policy_file!("../golden/apigateway-function-compute.json");

const MANAGE_GROUP: Policy = policy!({
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:*",
      "Resource": [
        "acs:apigateway:cn-hangzhou:1234567890123456:apigroup/cbd157704e624ab58a204fd3e0b5ad79",
        "acs:apigateway:cn-hangzhou:1234567890123456:app/20112314518278",
        "acs:apigateway:cn-hangzhou:1234567890123456:vpcaccess/*"
      ],
      "Effect": "Allow"
    }
  ]
});

const MANAGE_GROUP_TEMPLATE: PolicyTemplate =
    policy_file!(<regionid, accountid, groupId, appId> "../golden/apigateway-manage-group.json");

const MICROSERVICES: Policy = policy_file!("../golden/apigateway-microservices.json");

const MONITORING: Policy = policy_file!("../golden/apigateway-monitoring.json");

const PUT_EVENTS: Policy = policy_file!("../golden/apigateway-put-events.json");

const QUERY_APIS: Policy = policy!({
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:Describe*",
      "Resource": "acs:apigateway:cn-hangzhou:1234567890123456:apigroup/*",
      "Effect": "Allow"
    }
  ]
});

const QUERY_TAGGED: Policy = policy!({
  "Version": "1",
  "Statement": [
    {
      "Action": "apigateway:Describe*",
      "Resource": "acs:apigateway:cn-hangzhou:1234567890123456:apigroup/*",
      "Effect": "Allow",
      "Condition": {
        "StringEquals": {
          "apigateway:tag/version": "v1"
        }
      }
    }
  ]
});

const READ_ONLY_ACCESS: Policy = policy_file!("../golden/apigateway-read-only-access.json");

const CONNECT_USER_VPC_CREATE_ROLE: Policy =
    policy_file!("../golden/connect-user-vpc.create-role.json");

const CONNECT_USER_VPC: Policy = policy_file!("../golden/connect-user-vpc.json");

const CONTAINER_REGISTRY_CREATE_ROLE: Policy = policy!({
    "Statement": [
        {
            "Action": [
                "ram:CreateServiceLinkedRole"
            ],
            "Resource": "acs:ram:*:1234567890123456:role/*",
            "Effect": "Allow",
            "Condition": {
                "StringEquals": {
                    "ram:ServiceName": [
                        "connect-customer-vpc.cr.aliyuncs.com"
                    ]
                }
            }
        }
    ],
    "Version": "1"
});

const CONTAINER_REGISTRY: Policy = policy_file!("../golden/container-registry.json");

const MQTT_CORE_RULE_ENGINE: Policy = policy_file!("../golden/mqtt-core-rule-engine.json");

const MQTT_TUNNEL: Policy = policy_file!("../golden/mqtt-tunnel.json");
