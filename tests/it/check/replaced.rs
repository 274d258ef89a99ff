//! Actions whose operation the vendor deprecates, and wildcards that cover no others.

#![allow(clippy::expect_used, reason = "a panic fails the test")]

use ram_policy::{Level, Policy, policy};

/// The messages about replaced and deprecated actions of a statement with these actions.
fn found(actions: &str) -> Vec<(String, Level, String)> {
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"Deny","Action":[{actions}],"Resource":"*"}}]}}"#
    );
    let findings = Policy::from_json_lenient(text).expect("RAM takes it").findings;
    let about = |rule: &str| rule == "replaced_action" || rule == "deprecated_action";
    findings
        .into_iter()
        .filter(|finding| about(finding.rule()))
        .map(|finding| (finding.rule().to_owned(), finding.level(), finding.message().to_owned()))
        .collect()
}

macro_rules! actions {
    ($($name:ident: $actions:literal => [$(($rule:literal, $message:literal)),*];)*) => {
        $(#[test]
        fn $name() {
            let expected: &[(&str, &str)] = &[$(($rule, $message)),*];
            let expected: Vec<(String, Level, String)> = expected
                .iter()
                .map(|(rule, message)| ((*rule).into(), Level::Note, (*message).into()))
                .collect();
            assert_eq!(found($actions), expected);
        })*
    };
}

actions! {
    of_another_service: r#""ecs:CreateVpc""# => [(
        "replaced_action",
        "the API operation behind `ecs:CreateVpc` is deprecated, its successor is `vpc:CreateVpc`"
    )];
    of_another_name: r#""vpc:DescribeRouteTables""# => [(
        "replaced_action",
        "the API operation behind `vpc:DescribeRouteTables` is deprecated, its successor is `vpc:DescribeRouteTableList`"
    )];
    in_another_case: r#""ECS:createvpc""# => [(
        "replaced_action",
        "the API operation behind `ECS:createvpc` is deprecated, its successor is `vpc:CreateVpc`"
    )];
    beside_its_successor: r#""ecs:CreateVpc","vpc:CreateVpc""# => [];
    beside_a_wildcard_over_its_successor: r#""ecs:CreateVpc","vpc:Create*""# => [];
    beside_another: r#""ecs:CreateVpc","vpc:DeleteVpc""# => [(
        "replaced_action",
        "the API operation behind `ecs:CreateVpc` is deprecated, its successor is `vpc:CreateVpc`"
    )];
    without_a_successor: r#""ecs:ExportSnapshot""# => [(
        "deprecated_action",
        "the API operation behind `ecs:ExportSnapshot` is deprecated"
    )];
    whose_successor_does_something_else: r#""ecs:DeleteNetworkInterfacePermission""# => [(
        "deprecated_action",
        "the API operation behind `ecs:DeleteNetworkInterfacePermission` is deprecated"
    )];
    a_wildcard_over_deprecated_ones: r#""ecs:*HaVip""# => [(
        "replaced_action",
        "the API operations behind all that `ecs:*HaVip` covers are deprecated, one successor is `vpc:AssociateHaVip`"
    )];
    such_a_wildcard_beside_the_successors: r#""ecs:*HaVip","vpc:*""# => [];
    a_wildcard_over_others_too: r#""ecs:Create*""# => [];
    what_is_up_to_date: r#""vpc:CreateVpc","ecs:TagResources""# => [];
}

/// Where policies are written it is a warning, which the macro gives as one of a deprecated function.
#[test]
fn a_written_policy_has_a_warning() {
    let text = r#"{"Version":"1","Statement":[{"Effect":"Deny","Action":"ecs:CreateVpc","Resource":"*"}]}"#;
    let read = Policy::from_json_with(text, &ram_policy::Checker::new()).expect("a warning alone");
    let levels: Vec<(&str, Level)> =
        read.findings.iter().map(|finding| (finding.rule(), finding.level())).collect();
    assert!(levels.contains(&("replaced_action", Level::Warning)), "{levels:?}");
}

/// The level of the rule is set as that of any other.
#[test]
fn the_macro_can_be_told_not_to_mind() {
    const OLD: Policy = policy! { #![allow(replaced_action)] deny ecs::CreateVpc on *; };
    assert!(OLD.to_json().contains("ecs:CreateVpc"));
}
