//! Facts the catalogue must have.

use std::collections::BTreeSet;

use ram_policy::{AccessLevel, Action, ApiGateway, Ecs, Evidence};
use ram_policy_model::catalogue;

/// The table of actions and resources on the page of API Gateway (API Gateway: Use RAM to manage
/// API operations), all 25 rows.
const API_GATEWAY: [(&str, &str); 25] = [
    ("CreateApiGroup", "apigroup/*"),
    ("ModifyApiGroup", "apigroup/{#groupId}"),
    ("DeleteApiGroup", "apigroup/{#groupId}"),
    ("DescribeApiGroups", "apigroup/*"),
    ("CreateApi", "apigroup/{#groupId}"),
    ("DeployApi", "apigroup/{#groupId}"),
    ("AbolishApi", "apigroup/{#groupId}"),
    ("DeleteApi", "apigroup/{#groupId}"),
    ("DescribeApis", "apigroup/*"),
    ("CreatePlugin", "plugin/*"),
    ("ModifyPlugin", "plugin/{#pluginId}"),
    ("DeletePlugin", "plugin/{#pluginId}"),
    ("AttachPlugin", "plugin/{#pluginId}"),
    ("DetachPlugin", "plugin/{#pluginId}"),
    ("DescribePluginsByApi", "plugin/{#pluginId}"),
    ("CreateApp", "app/*"),
    ("ModifyApp", "app/{#appId}"),
    ("DeleteApp", "app/{#appId}"),
    ("DescribeAppAttributes", "app/{#appId}"),
    ("SetApisAuthorities", "apigroup/{#groupId}"),
    ("DescribeAuthorizedApps", "apigroup/{#groupId}"),
    ("SetVpcAccess", "vpcaccess/*"),
    ("RemoveVpcAccess", "vpcaccess/*"),
    ("DescribeVpcAccesses", "vpcaccess/*"),
    ("DescribeInstances", "instance/{#instanceId}"),
];

#[test]
fn api_gateway_has_the_table_of_its_page() -> Result<(), ram_policy::RequestError> {
    for (name, relative_id) in API_GATEWAY {
        let action: ApiGateway = format!("apigateway:{name}").parse()?;
        let template = format!("acs:apigateway:{{#regionId}}:{{#accountId}}:{relative_id}");
        let mut templates = action.resource_types().map(|kind| kind.template);
        assert!(templates.any(|known| known == template), "{name}");
    }
    Ok(())
}

#[test]
fn an_action_has_its_facts() -> Result<(), ram_policy::RequestError> {
    let stop: Action = "ecs:StopInstance".parse()?;
    assert_eq!(stop, Action::Ecs(Ecs::StopInstance));
    assert_eq!(stop.access_level(), Some(AccessLevel::Update));
    assert_eq!(stop.evidence(), Some(Evidence::Documented));
    let templates: Vec<&str> = stop.resource_types().map(|kind| kind.template).collect();
    assert_eq!(templates, ["acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}"]);
    assert_eq!(Ecs::StopInstance.applies_to_all_resources_only(), Some(false));
    assert_eq!(Ecs::CreateDeploymentSet.applies_to_all_resources_only(), Some(true));
    assert_eq!(Ecs::CreateNetworkInterfacePermission.applies_to_all_resources_only(), None);
    assert!(Ecs::RunCommand.condition_keys().any(|key| key == "ecs:CommandRunAs"));
    Ok(())
}

#[test]
fn a_name_of_another_service_is_not_found() {
    assert!("vpc:StopInstance".parse::<Ecs>().is_err());
    assert!("ecs:StopInstance ".parse::<Ecs>().is_err());
    assert!("StopInstance".parse::<Ecs>().is_err());
    assert_eq!("eCs:sTOPiNSTANCE".parse(), Ok(Ecs::StopInstance));
}

#[test]
fn an_unknown_action_is_told_from_a_known_one() -> Result<(), ram_policy::RequestError> {
    for (name, known) in [
        ("ecs:RunInstances", true),
        ("ecs:RunInstance", false),
        ("bss:DescribeInstanceBill", false),
    ] {
        assert_eq!(name.parse::<Action>()?.is_known(), known, "{name}");
    }
    Ok(())
}

#[test]
fn the_readme_counts_the_catalogue() {
    let services: Vec<_> = catalogue::services().collect();
    let actions: usize = services.iter().map(|service| usize::from(service.len())).sum();
    let templates: BTreeSet<&str> = services
        .iter()
        .flat_map(|service| service.table().resource_types)
        .map(|kind| kind.template)
        .collect();
    let own: usize = services.iter().map(|service| service.condition_keys.len()).sum();
    let keys = own + catalogue::GLOBAL_KEYS.len();
    let count = format!(
        "{} services, {},{:03} actions, {} ARN templates and {keys} condition keys",
        services.len(),
        actions / 1_000,
        actions % 1_000,
        templates.len(),
    );
    assert!(include_str!("../../README.md").contains(&count), "the README should say: {count}");
}

#[test]
fn an_enum_has_every_action_of_its_service() {
    assert_eq!(
        Ecs::all().len(),
        usize::from(catalogue::find_service("ecs").map_or(0, |service| service.len()))
    );
    assert!(Ecs::all().all(|action| action.to_string().parse() == Ok(action)));
}
