//! Every export prints its page, and the table forgets no page.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ram_policy::template::BindError;
use ram_policy_examples::{
    Content, EXPORTS, Export, ExportError, Form, Setting, Spacing, find, roles,
};

/// What a page prints, and how an export is asked for it.
struct Golden {
    name: &'static str,
    file: &'static str,
    form: Form,
    spaces: usize,
    text: &'static str,
}

const fn golden(
    name: &'static str,
    file: &'static str,
    form: Form,
    spaces: usize,
    text: &'static str,
) -> Golden {
    Golden { name, file, form, spaces, text }
}

#[rustfmt::skip]
const GOLDEN: &[Golden] = &[
    golden("apigateway-describe-all", "apigateway-describe-all.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-describe-all.json")),
    golden("apigateway-full-access", "apigateway-full-access.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-full-access.json")),
    golden("apigateway-function-compute", "apigateway-function-compute.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-function-compute.json")),
    golden("apigateway-manage-group", "apigateway-manage-group.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-manage-group.json")),
    golden("apigateway-microservices", "apigateway-microservices.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-microservices.json")),
    golden("apigateway-monitoring", "apigateway-monitoring.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-monitoring.json")),
    golden("apigateway-put-events", "apigateway-put-events.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-put-events.json")),
    golden("apigateway-query-apis", "apigateway-query-apis.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-query-apis.json")),
    golden("apigateway-query-tagged", "apigateway-query-tagged.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-query-tagged.json")),
    golden("apigateway-read-only-access", "apigateway-read-only-access.json", Form::Document, 2, include_str!("../../tests/golden/apigateway-read-only-access.json")),
    golden("connect-user-vpc", "connect-user-vpc.create-role.json", Form::CreateRole, 2, include_str!("../../tests/golden/connect-user-vpc.create-role.json")),
    golden("connect-user-vpc", "connect-user-vpc.json", Form::Document, 2, include_str!("../../tests/golden/connect-user-vpc.json")),
    golden("container-registry", "container-registry.create-role.json", Form::CreateRole, 4, include_str!("../../tests/golden/container-registry.create-role.json")),
    golden("container-registry", "container-registry.json", Form::Document, 2, include_str!("../../tests/golden/container-registry.json")),
    golden("container-registry.statements", "container-registry.statements.txt", Form::Document, 2, include_str!("../../tests/golden/container-registry.statements.txt")),
    golden("mqtt-core-rule-engine", "mqtt-core-rule-engine.json", Form::Document, 2, include_str!("../../tests/golden/mqtt-core-rule-engine.json")),
    golden("mqtt-tunnel", "mqtt-tunnel.json", Form::Document, 2, include_str!("../../tests/golden/mqtt-tunnel.json")),
];

const GROUP: [(&str, &str); 4] = [
    ("regionid", "cn-hangzhou"),
    ("accountid", "1234567890123456"),
    ("groupId", "cbd157704e624ab58a204fd3e0b5ad79"),
    ("appId", "20112314518278"),
];

fn settings(values: &[(&str, &str)]) -> Vec<Setting> {
    values.iter().map(|(name, value)| Setting::exactly(name, value)).collect()
}

fn manage_group() -> &'static Export {
    find("apigateway-manage-group").unwrap()
}

#[test]
fn prints_every_page_byte_for_byte() {
    for golden in GOLDEN {
        let export = find(golden.name).unwrap();
        let text = export.text(golden.form, Spacing::Spaces(golden.spaces), &[]).unwrap();
        assert_eq!(text, golden.text, "{}", golden.file);
    }
}

#[test]
fn forgets_no_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    // The `verbatim` texts are the same documents in the crooked indentation of their page.
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|file| !file.ends_with(".verbatim.txt"))
        .collect();
    let tested: BTreeSet<String> = GOLDEN.iter().map(|golden| golden.file.to_owned()).collect();
    assert_eq!(files, tested);
    let exported: BTreeSet<&str> = EXPORTS.iter().map(|export| export.name).collect();
    let pages: BTreeSet<&str> = GOLDEN.iter().map(|golden| golden.name).collect();
    assert_eq!(exported, pages);
}

#[test]
fn finds_every_name_once() {
    for export in EXPORTS {
        assert!(std::ptr::eq(find(export.name).unwrap(), export), "{}", export.name);
    }
    for wrong in ["", "connect-user", "Connect-User-Vpc", "connect-user-vpc.json"] {
        assert!(find(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn names_parameters() {
    assert!(manage_group().parameters().eq(GROUP.map(|(name, _)| name)));
    assert!(find("container-registry").unwrap().parameters().eq(["account"]));
    assert_eq!(find("connect-user-vpc").unwrap().parameters().count(), 0);
}

#[test]
fn names_the_policies() {
    let name = |export: &str| find(export).unwrap().policy_name();
    assert_eq!(name("mqtt-tunnel"), Some("AliyunServiceRolePolicyForMqttTunnel"));
    assert_eq!(name("apigateway-full-access"), Some("AliyunApiGatewayFullAccess"));
    assert_eq!(name("apigateway-manage-group"), None);
    assert_eq!(name("container-registry"), name("container-registry.statements"));
}

#[test]
fn minified_is_the_page_without_blanks() {
    for golden in GOLDEN {
        let export = find(golden.name).unwrap();
        let text = export.text(golden.form, Spacing::Minified, &[]).unwrap();
        // Blanks in texts stay: the placeholder of the account has some.
        let page: String = golden.text.lines().map(str::trim_start).collect();
        assert_eq!(text, page.replace("\": ", "\":"), "{}", golden.file);
    }
}

#[test]
fn statements_are_those_of_the_document() {
    let document = roles::CONTAINER_REGISTRY_STATEMENTS.into_whole_document();
    assert_eq!(document, *roles::CONTAINER_REGISTRY.permissions());
}

#[test]
fn only_the_role_without_a_service_has_no_trust_policy() {
    for export in EXPORTS {
        let Content::Role { role, .. } = &export.content else {
            continue;
        };
        assert_eq!(role.service().is_none(), export.name == "apigateway-put-events");
        for form in [Form::Trust, Form::CreateRole] {
            let text = export.text(form, Spacing::Minified, &[]);
            match role.service() {
                Some(service) => assert!(text.unwrap().contains(service), "{}", export.name),
                None => {
                    let error = text.unwrap_err();
                    assert_eq!(error, ExportError::NoService(role.name()));
                    assert!(error.to_string().starts_with("no document names the service"));
                }
            }
        }
    }
}

#[test]
fn prints_a_trust_policy() {
    let text = find("mqtt-tunnel").unwrap().text(Form::Trust, Spacing::Minified, &[]).unwrap();
    assert_eq!(
        text,
        r#"{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["ep-tunnel.mqtt.aliyuncs.com"]}}],"Version":"1"}"#
    );
}

#[test]
fn sets_parameters() {
    let page = include_str!("../../tests/golden/apigateway-manage-group.json");
    let expected = GROUP
        .iter()
        .fold(page.to_owned(), |text, (name, value)| text.replace(&format!("${name}"), value));
    let text = manage_group().text(Form::Document, Spacing::Spaces(2), &settings(&GROUP)).unwrap();
    assert_eq!(text, expected);

    let mut values = settings(&GROUP);
    values.retain(|setting| *setting != Setting::exactly("regionid", "cn-hangzhou"));
    values.push(Setting::pattern("regionid", "cn-*"));
    let text = manage_group().text(Form::Document, Spacing::Spaces(2), &values).unwrap();
    assert_eq!(text, expected.replace("cn-hangzhou", "cn-*"));

    let page = include_str!("../../tests/golden/container-registry.create-role.json");
    let account = settings(&[("account", "1234567890123456")]);
    let registry = find("container-registry").unwrap();
    let text = registry.text(Form::CreateRole, Spacing::Spaces(4), &account).unwrap();
    assert_eq!(text, page.replace("Alibaba Cloud account ID", "1234567890123456"));
}

#[test]
fn refuses_wildcards_that_are_not_said_to_be_some() {
    for (name, value, error) in [
        ("regionid", "*", BindError::Region),
        ("accountid", "12345678901234??", BindError::AccountId),
        ("groupId", "*", BindError::Name),
        ("groupId", "a/b", BindError::Name),
        ("appId", "", BindError::Name),
    ] {
        let mut values: Vec<(&str, &str)> = GROUP.to_vec();
        values.retain(|(other, _)| *other != name);
        values.push((name, value));
        let refused = manage_group().text(Form::Document, Spacing::Minified, &settings(&values));
        let message = error.to_string();
        let refused = refused.unwrap_err();
        assert_eq!(refused, ExportError::Value { parameter: name.to_owned(), error });
        assert!(refused.to_string().ends_with(&message), "{refused}");
    }
}

#[test]
fn refuses_settings_that_do_not_fit() {
    let refused = |export: &str, form: Form, values: &[(&str, &str)]| {
        find(export).unwrap().text(form, Spacing::Minified, &settings(values)).unwrap_err()
    };
    let [region, account, group, app] = GROUP;
    assert_eq!(
        refused("apigateway-manage-group", Form::Document, &[region, account, group]),
        ExportError::Bind(BindError::Unbound("appId".to_owned()))
    );
    assert_eq!(
        refused("apigateway-query-apis", Form::Document, &[region, account, app]),
        ExportError::Bind(BindError::UnknownParameter { name: "appId".to_owned(), near: None })
    );
    assert_eq!(
        refused("apigateway-query-apis", Form::Document, &[region, account, region]),
        ExportError::Bind(BindError::TwiceBound("regionid".to_owned()))
    );
    for (export, form) in [
        ("connect-user-vpc", Form::Document),
        ("connect-user-vpc", Form::CreateRole),
        ("container-registry", Form::Trust),
        ("apigateway-full-access", Form::Document),
    ] {
        let found = find(export).unwrap();
        assert_eq!(refused(export, form, &[region]), ExportError::NoParameters(found.name));
    }
}

#[test]
fn only_roles_have_several_documents() {
    for export in EXPORTS {
        let role = matches!(export.content, Content::Role { .. });
        for form in [Form::Trust, Form::CreateRole] {
            let refused = export.text(form, Spacing::Minified, &[]);
            assert_eq!(refused == Err(ExportError::NotARole(export.name)), !role);
        }
    }
}
