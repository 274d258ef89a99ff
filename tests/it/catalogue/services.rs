//! Facts the catalogue must have.

use std::collections::BTreeSet;

use ram_policy::{
    Access, AccessLevel, Action, ApiGateway, Certainty, Ecs, Evidence, Granularity, Service,
};
use ram_policy_model::catalogue::{self, Completeness};

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
    ("DescribeAuthorizedApps", "apigroup/{#GroupId}"),
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
        ("bss:DescribeInstanceBill", true),
        ("bss:DescribeNothing", false),
        ("efc:DescribeBill", false),
    ] {
        assert_eq!(name.parse::<Action>()?.is_known(), known, "{name}");
    }
    Ok(())
}

#[test]
fn the_guide_counts_the_catalogue() {
    let services: Vec<_> = catalogue::services().collect();
    let actions: usize = services.iter().map(|service| usize::from(service.len())).sum();
    let templates: BTreeSet<&str> = services
        .iter()
        .flat_map(|service| service.table().resource_types)
        .map(|kind| kind.template)
        .collect();
    let own: usize = services.iter().map(|service| service.condition_keys.len()).sum();
    let enums = services.iter().filter(|service| !service.is_empty()).count();
    let page = include_str!("../../../runtime/src/guide/catalogue.md");
    for row in [
        format!("| services | {} |", services.len()),
        format!("| with an enum and a feature | {enums} |"),
        format!("| actions | {},{:03} |", actions / 1_000, actions % 1_000),
        format!("| ARN templates | {} |", templates.len()),
        format!("| condition keys | {} |", own + catalogue::GLOBAL_KEYS.len()),
        format!("| data of | {} |", ram_policy::DATA_DATE),
    ] {
        assert!(page.contains(&row), "the guide should say: {row}");
    }
}

#[test]
fn an_enum_has_every_action_of_its_service() {
    assert_eq!(
        Ecs::all().len(),
        usize::from(catalogue::find_service("ecs").map_or(0, |service| service.len()))
    );
    assert!(Ecs::all().all(|action| action.to_string().parse() == Ok(action)));
}

/// Every service of the catalogue, whatever its list: the tables hold together.
#[test]
fn every_row_is_found_by_its_name() {
    for service in catalogue::services() {
        assert_eq!(
            catalogue::find_service(service.code).map(|one| one.index()),
            Some(service.index())
        );
        assert_eq!(service.is_empty(), service.completeness == Completeness::CodeOnly);
        for row in service.actions() {
            let name = row.full_name();
            assert_eq!(name, format!("{}:{}", service.code, row.name()));
            for spelling in [name.to_owned(), name.to_ascii_uppercase()] {
                let found = catalogue::find_action(&spelling).map(|found| found.id());
                assert_eq!(found, Some(row.id()), "{spelling}");
            }
            assert!(
                catalogue::find_action(&name[..name.len() - 1])
                    .is_none_or(|found| found.full_name() != name)
            );
        }
    }
}

#[test]
fn operations_that_begin_with_a_small_letter_have_a_variant() {
    assert_eq!(
        ram_policy::Elasticsearch::GetEmonUserConfig.to_string(),
        "elasticsearch:getEmonUserConfig"
    );
    assert_eq!(
        "elasticsearch:GetEmonUserConfig".parse(),
        Ok(ram_policy::Elasticsearch::GetEmonUserConfig)
    );
}

#[test]
fn every_action_of_the_services_most_policies_are_about_has_an_access_level() {
    for code in ["ecs", "vpc", "ram", "privatelink", "apigateway"] {
        let service = catalogue::find_service(code);
        let rows = service.into_iter().flat_map(|service| service.actions());
        let without: Vec<&str> =
            rows.filter(|row| row.likely_access().is_none()).map(|row| row.full_name()).collect();
        assert_eq!(without, [""; 0]);
    }
}

#[test]
fn an_inferred_level_is_marked() {
    for (name, level, certainty) in [
        ("ecs:StopInstance", AccessLevel::Update, Certainty::Documented),
        ("apigateway:AbolishApi", AccessLevel::Write, Certainty::Inferred),
        ("mse:QueryConfig", AccessLevel::Read, Certainty::Inferred),
        ("mse:CreateApplication", AccessLevel::Create, Certainty::Inferred),
    ] {
        let row = catalogue::find_action(name);
        let found = row.and_then(|row| row.likely_access());
        assert_eq!(found, Some(Access { level, certainty }), "{name}");
        // What asks for a documented level does not get an inferred one.
        let documented = Some(level).filter(|_| certainty == Certainty::Documented);
        assert_eq!(row.and_then(|row| row.access()), documented, "{name}");
    }
    let searched = catalogue::find_action("hbr:SearchHistoricalSnapshots");
    assert!(searched.is_some_and(|row| row.likely_access().is_none()));
}

#[test]
fn a_service_keeps_how_narrow_its_policies_can_be() {
    for (code, granularity) in [
        ("ecs", Some(Granularity::Resource)),
        ("apigateway", Some(Granularity::Service)),
        ("resourcesharing", Some(Granularity::Operation)),
        ("yundun-aegis", Some(Granularity::Operation)),
        ("apig", None),
    ] {
        assert_eq!(Service::find(code).map(Service::granularity), Some(granularity), "{code}");
    }
}

#[test]
fn nicknames_are_no_codes_and_mean_services() {
    for nickname in catalogue::NICKNAMES {
        assert!(Service::find(nickname.name).is_none(), "{nickname:?}");
        assert_eq!(Service::called(nickname.name), Service::find(nickname.code), "{nickname:?}");
        assert!(Service::find(nickname.code).is_some(), "{nickname:?}");
    }
}

/// Pages disagree, so an ARN is not judged by the one that says All Resources.
#[test]
fn doubtful_rows_say_nothing_of_resources() {
    for name in ["log:ConsumerGroupHeartBeat", "fc:GetTrigger", "apigateway:SetDomain"] {
        let row = catalogue::find_action(name);
        assert!(
            row.is_some_and(|row| matches!(row.resources(), catalogue::Resources::Unknown)),
            "{name}"
        );
    }
}

#[test]
fn dependent_actions_are_in_the_tables() {
    let tables: usize = catalogue::services()
        .flat_map(|service| service.actions())
        .map(|row| row.dependents().count())
        .sum();
    assert!(tables > 10, "{tables}");
    for row in catalogue::services().flat_map(|service| service.actions()) {
        for dependent in row.dependents() {
            assert!(catalogue::find_action(dependent).is_some(), "{dependent}");
        }
    }
}

#[test]
fn a_row_keeps_how_much_is_known() {
    for (name, evidence) in [
        ("ecs:StopInstance", Evidence::Documented),
        ("mse:QueryConfig", Evidence::Operation),
        ("log:CreateApp", Evidence::Seen),
        ("fc:GetFunction", Evidence::Documented),
        ("ecs:CreateVpc", Evidence::DeprecatedOperation),
        ("mns:PublishMessage", Evidence::Seen),
    ] {
        let found = catalogue::find_action(name).map(|row| row.evidence());
        assert_eq!(found, Some(evidence), "{name}");
    }
}
