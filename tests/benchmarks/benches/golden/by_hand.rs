//! The policies of `tests/golden` as someone writes them by hand: a `match` on the action.
#![allow(clippy::wildcard_enum_match_arm, reason = "by hand one names the actions that one means")]

use ram_policy::{
    Action, AliKafka, ApiGateway, Cms, Ecs, Edas, EventBridge, Fc, Mse, PrivateLink, Ram, Vpc,
};
use ram_policy_benchmarks::asked::{Asked, Verdict};

const fn allow_if(allowed: bool) -> Verdict {
    if allowed { Verdict::Allow } else { Verdict::ImplicitDeny }
}

pub(super) fn describe_all(asked: &Asked) -> Verdict {
    match asked.action {
        Action::ApiGateway(action) => allow_if(describes(action)),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn full_access(asked: &Asked) -> Verdict {
    match asked.action {
        Action::ApiGateway(_) => Verdict::Allow,
        Action::Ram(Ram::CreateServiceLinkedRole) => allow_if(matches!(
            asked.text("ram:ServiceName"),
            Some(
                "apigateway.aliyuncs.com"
                    | "monitor.apigateway.aliyuncs.com"
                    | "sls.apigateway.aliyuncs.com"
            )
        )),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn function_compute(asked: &Asked) -> Verdict {
    allow_if(matches!(asked.action, Action::Fc(Fc::InvokeFunction)))
}

pub(super) fn manage_group(asked: &Asked) -> Verdict {
    match asked.action {
        Action::ApiGateway(_) => allow_if(
            in_place(asked)
                && (matches!(
                    asked.relative_id,
                    "apigroup/cbd157704e624ab58a204fd3e0b5ad79" | "app/20112314518278"
                ) || asked.relative_id.starts_with("vpcaccess/")),
        ),
        _ => Verdict::ImplicitDeny,
    }
}

fn in_place(asked: &Asked) -> bool {
    asked.service == "apigateway"
        && asked.region == "cn-hangzhou"
        && asked.account == "1234567890123456"
}

pub(super) fn microservices(asked: &Asked) -> Verdict {
    match asked.action {
        Action::Edas(Edas::ReadApplication | Edas::ReadNamespace | Edas::ReadService)
        | Action::Mse(
            Mse::ListAnsServices
            | Mse::ListAnsInstances
            | Mse::ListClusters
            | Mse::QueryInstancesInfo
            | Mse::QueryClusterInfo,
        ) => Verdict::Allow,
        Action::Ram(Ram::DeleteServiceLinkedRole) => allow_if(
            asked.text("ram:ServiceName")
                == Some("microservice-integration.apigateway.aliyuncs.com"),
        ),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn monitoring(asked: &Asked) -> Verdict {
    match asked.action {
        Action::Cms(
            Cms::CreateMonitorGroup
            | Cms::CreateMonitorGroupInstances
            | Cms::DescribeMonitorGroups
            | Cms::DeleteMonitorGroup
            | Cms::DeleteMonitorGroupInstances,
        ) => allow_if(asked.service == "cms"),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn put_events(asked: &Asked) -> Verdict {
    allow_if(matches!(asked.action, Action::EventBridge(EventBridge::PutEvents)))
}

pub(super) fn query_apis(asked: &Asked) -> Verdict {
    match asked.action {
        Action::ApiGateway(action) => allow_if(
            describes(action) && in_place(asked) && asked.relative_id.starts_with("apigroup/"),
        ),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn query_tagged(asked: &Asked) -> Verdict {
    match asked.action {
        Action::ApiGateway(action) => allow_if(
            describes(action)
                && in_place(asked)
                && asked.relative_id.starts_with("apigroup/")
                && asked.text("apigateway:tag/version") == Some("v1"),
        ),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn connect_user_vpc_create_role(asked: &Asked) -> Verdict {
    match asked.action {
        Action::Ram(Ram::CreateServiceLinkedRole) => allow_if(
            asked.text("ram:ServiceName") == Some("connectuservpc.apigateway.aliyuncs.com"),
        ),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn connect_user_vpc(asked: &Asked) -> Verdict {
    match asked.action {
        Action::Ecs(
            Ecs::CreateNetworkInterface
            | Ecs::DescribeNetworkInterfaceAttribute
            | Ecs::DescribeNetworkInterfaces
            | Ecs::DeleteNetworkInterface
            | Ecs::DescribeSecurityGroups
            | Ecs::ModifyNetworkInterfaceAttribute
            | Ecs::AssignPrivateIpAddresses
            | Ecs::UnassignPrivateIpAddresses
            | Ecs::AssignIpv6Addresses
            | Ecs::UnassignIpv6Addresses
            | Ecs::AttachNetworkInterface
            | Ecs::DetachNetworkInterface
            | Ecs::CreateNetworkInterfacePermission
            | Ecs::DescribeNetworkInterfacePermissions
            | Ecs::ListTagResources,
        )
        | Action::Vpc(
            Vpc::DescribeVpcs
            | Vpc::DescribeVSwitches
            | Vpc::DescribeVSwitchAttributes
            | Vpc::DescribeVpcAttribute
            | Vpc::ModifyBypassToaAttribute,
        ) => Verdict::Allow,
        Action::Ram(Ram::DeleteServiceLinkedRole) => allow_if(
            asked.text("ram:ServiceName") == Some("connectuservpc.apigateway.aliyuncs.com"),
        ),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn container_registry_create_role(asked: &Asked) -> Verdict {
    match asked.action {
        Action::Ram(Ram::CreateServiceLinkedRole) => allow_if(
            asked.service == "ram"
                && asked.account == "1234567890123456"
                && asked.relative_id.starts_with("role/")
                && asked.text("ram:ServiceName") == Some("connect-customer-vpc.cr.aliyuncs.com"),
        ),
        _ => Verdict::ImplicitDeny,
    }
}

pub(super) fn container_registry(asked: &Asked) -> Verdict {
    allow_if(matches!(
        asked.action,
        Action::Ecs(
            Ecs::CreateNetworkInterfacePermission
                | Ecs::DeleteNetworkInterfacePermission
                | Ecs::CreateNetworkInterface
                | Ecs::DescribeNetworkInterfaces
                | Ecs::DescribeSecurityGroups
        ) | Action::Vpc(Vpc::DescribeVSwitches | Vpc::DescribeVpcs)
    ))
}

pub(super) fn mqtt_core_rule_engine(asked: &Asked) -> Verdict {
    match asked.action {
        Action::AliKafka(AliKafka::ListInstance | AliKafka::ListTopic) => {
            allow_if(asked.service == "alikafka")
        }
        _ => endpoints(asked, "core-rule-engine.mqtt.aliyuncs.com"),
    }
}

pub(super) fn mqtt_tunnel(asked: &Asked) -> Verdict {
    endpoints(asked, "ep-tunnel.mqtt.aliyuncs.com")
}

#[inline]
fn endpoints(asked: &Asked, service_name: &str) -> Verdict {
    match asked.action {
        Action::PrivateLink(PrivateLink::CreateVpcEndpoint) => {
            allow_if(matches!(asked.service, "privatelink" | "vpc" | "ecs"))
        }
        Action::PrivateLink(
            PrivateLink::UpdateVpcEndpointAttribute
            | PrivateLink::DeleteVpcEndpoint
            | PrivateLink::ListVpcEndpoints
            | PrivateLink::GetVpcEndpointAttribute
            | PrivateLink::ListVpcEndpointServicesByEndUser
            | PrivateLink::ListVpcEndpointZones
            | PrivateLink::ListVpcEndpointSecurityGroups
            | PrivateLink::AddZoneToVpcEndpoint
            | PrivateLink::RemoveZoneFromVpcEndpoint,
        ) => allow_if(asked.service == "privatelink"),
        Action::Vpc(Vpc::DescribeVSwitches) => allow_if(asked.service == "vpc"),
        Action::Ecs(Ecs::CreateSecurityGroup) => allow_if(matches!(asked.service, "vpc" | "ecs")),
        Action::Ecs(
            Ecs::DescribeSecurityGroupAttribute
            | Ecs::DescribeSecurityGroups
            | Ecs::AuthorizeSecurityGroup
            | Ecs::DeleteSecurityGroup
            | Ecs::RevokeSecurityGroup,
        ) => allow_if(asked.service == "ecs"),
        Action::Ram(Ram::DeleteServiceLinkedRole) => {
            allow_if(asked.text("ram:ServiceName") == Some(service_name))
        }
        _ => Verdict::ImplicitDeny,
    }
}

/// `apigateway:Describe*`
fn describes(action: ApiGateway) -> bool {
    matches!(
        action,
        ApiGateway::DescribeAbolishApiTask
            | ApiGateway::DescribeAccessControlListAttribute
            | ApiGateway::DescribeAccessControlLists
            | ApiGateway::DescribeApi
            | ApiGateway::DescribeApiDoc
            | ApiGateway::DescribeApiGroup
            | ApiGateway::DescribeApiGroups
            | ApiGateway::DescribeApiGroupVpcWhitelist
            | ApiGateway::DescribeApiHistories
            | ApiGateway::DescribeApiHistory
            | ApiGateway::DescribeApiIpControls
            | ApiGateway::DescribeApiLatencyData
            | ApiGateway::DescribeApiMarketAttributes
            | ApiGateway::DescribeApiProductApis
            | ApiGateway::DescribeApiProductsByApp
            | ApiGateway::DescribeApiQpsData
            | ApiGateway::DescribeApis
            | ApiGateway::DescribeApisByApp
            | ApiGateway::DescribeApisByBackend
            | ApiGateway::DescribeApisByIpControl
            | ApiGateway::DescribeApisBySignature
            | ApiGateway::DescribeApisByTrafficControl
            | ApiGateway::DescribeApisByVpcAccess
            | ApiGateway::DescribeApiSignatures
            | ApiGateway::DescribeApisWithStageNameIntegratedByApp
            | ApiGateway::DescribeApiTrafficControls
            | ApiGateway::DescribeApiTrafficData
            | ApiGateway::DescribeApp
            | ApiGateway::DescribeAppAttributes
            | ApiGateway::DescribeApps
            | ApiGateway::DescribeAppsByApiProduct
            | ApiGateway::DescribeAppSecurities
            | ApiGateway::DescribeAppSecurity
            | ApiGateway::DescribeAuthorizedApis
            | ApiGateway::DescribeAuthorizedApps
            | ApiGateway::DescribeBackendInfo
            | ApiGateway::DescribeBackendList
            | ApiGateway::DescribeDatasetInfo
            | ApiGateway::DescribeDatasetItemInfo
            | ApiGateway::DescribeDatasetItemList
            | ApiGateway::DescribeDatasetList
            | ApiGateway::DescribeDeployApiTask
            | ApiGateway::DescribeDeployedApi
            | ApiGateway::DescribeDeployedApis
            | ApiGateway::DescribeDomain
            | ApiGateway::DescribeGroupLatency
            | ApiGateway::DescribeGroupQps
            | ApiGateway::DescribeGroupTraffic
            | ApiGateway::DescribeHistoryApis
            | ApiGateway::DescribeImportOASTask
            | ApiGateway::DescribeInstanceClusterInfo
            | ApiGateway::DescribeInstanceClusterList
            | ApiGateway::DescribeInstanceDropConnections
            | ApiGateway::DescribeInstanceDropPacket
            | ApiGateway::DescribeInstanceHttpCode
            | ApiGateway::DescribeInstanceLatency
            | ApiGateway::DescribeInstanceNewConnections
            | ApiGateway::DescribeInstancePackets
            | ApiGateway::DescribeInstanceQps
            | ApiGateway::DescribeInstances
            | ApiGateway::DescribeInstanceSlbConnect
            | ApiGateway::DescribeInstanceTraffic
            | ApiGateway::DescribeIpControlPolicyItems
            | ApiGateway::DescribeIpControls
            | ApiGateway::DescribeLogConfig
            | ApiGateway::DescribeMarketRemainsQuota
            | ApiGateway::DescribeModels
            | ApiGateway::DescribePluginApis
            | ApiGateway::DescribePluginGroups
            | ApiGateway::DescribePlugins
            | ApiGateway::DescribePluginsByApi
            | ApiGateway::DescribePluginsByGroup
            | ApiGateway::DescribePluginSchemas
            | ApiGateway::DescribePluginTemplates
            | ApiGateway::DescribePurchasedApiGroup
            | ApiGateway::DescribePurchasedApiGroups
            | ApiGateway::DescribePurchasedApis
            | ApiGateway::DescribeRegions
            | ApiGateway::DescribeSignatures
            | ApiGateway::DescribeSignaturesByApi
            | ApiGateway::DescribeSummaryData
            | ApiGateway::DescribeSystemParameters
            | ApiGateway::DescribeTrafficControls
            | ApiGateway::DescribeTrafficControlsByApi
            | ApiGateway::DescribeUpdateBackendTask
            | ApiGateway::DescribeUpdateVpcInfoTask
            | ApiGateway::DescribeVpcAccesses
            | ApiGateway::DescribeZones
    )
}
