//! Single sign-on: the trust policy alone.

use ram_policy::Outcome::ImplicitDeny;
use ram_policy::{Caller, Decision, ImportError, Request, TrustPolicy, trust_policy};

use super::answer::{
    TRUST, allow, control_allows_not, control_denies, deny, nothing, without_policy,
};
use super::callers::{ALICE, KEYCLOAK, OKTA, OKTA_OF_22, OPS};
use super::policies::{ALL, NOTHING_AT_ALL, OSS, READ, TRUST_ACCOUNT, TRUST_KEYCLOAK, TRUST_OKTA};
use super::{INSTANCE, ISSUER, RECIPIENT, RECIPIENT_IN_CHINA, SUBJECT, WEB};

static TRUST_OKTA_OF_BOTH_SITES: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated "acs:ram::11:saml-provider/okta"
        when saml::recipient == [
            "https://signin.alibabacloud.com/saml-role/sso",
            "https://signin.aliyun.com/saml-role/sso",
        ];
};
static TRUST_KEYCLOAK_BY_ISSUER: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated "acs:ram::11:oidc-provider/keycloak"
        when oidc::iss == "https://id.example.com/realms/main";
};
static TRUST_KEYCLOAK_BUT_NOT_TESTS: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated "acs:ram::11:oidc-provider/keycloak"
        when oidc::iss == "https://id.example.com/realms/main";
    deny sts::AssumeRole by federated "acs:ram::11:oidc-provider/keycloak"
        when oidc::iss == "https://id.example.com/realms/main" and oidc::aud == "test-client";
};

rows! {
    each: {} "sts:AssumeRoleWithSAML" on WEB with ["saml:recipient" = RECIPIENT];
    saml_needs_no_policy: OKTA { trust: TRUST_OKTA_OF_BOTH_SITES }
        with ["saml:recipient" = RECIPIENT_IN_CHINA] => allow(TRUST, 0, 0);
    saml_recipient_of_another_site: OKTA { trust: TRUST_OKTA }
        with ["saml:recipient" = RECIPIENT_IN_CHINA] => nothing(TRUST);
    saml_recipient_minds_case: OKTA { trust: TRUST_OKTA }
        with ["saml:recipient" = "https://signin.alibabacloud.com/SAML-role/sso"] => nothing(TRUST);
    saml_without_recipient: OKTA { trust: TRUST_OKTA } with [] => nothing(TRUST);
    saml_by_a_provider_of_another_account: OKTA_OF_22 { owner: "11", trust: TRUST_OKTA }
        => nothing(TRUST);
    saml_role_is_not_for_oidc: KEYCLOAK { trust: TRUST_OKTA } "sts:AssumeRoleWithOIDC" on WEB
        with ["saml:recipient" = RECIPIENT, "oidc:iss" = ISSUER] => nothing(TRUST);
    saml_provider_is_not_its_account: OKTA { trust: TRUST_ACCOUNT } => nothing(TRUST);
    saml_without_trust_policy: OKTA { policies: [ALL] } => nothing(TRUST);
    saml_in_any_case_of_letters: OKTA { trust: TRUST_OKTA } "sts:assumerolewithsaml" on WEB
        => allow(TRUST, 0, 0);
    saml_role_is_not_for_a_user: ALICE { policies: [ALL], trust: TRUST_OKTA }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    saml_under_control_policies: OKTA { control: [[ALL], [OSS]], trust: TRUST_OKTA }
        => control_allows_not(1);
    saml_session_policy_is_for_later: OKTA { session: READ, trust: TRUST_OKTA }
        => allow(TRUST, 0, 0);
    saml_gives_no_other_action: OKTA { policies: [ALL], trust: TRUST_OKTA }
        "ecs:StopInstance" on INSTANCE => nothing(TRUST);
}

rows! {
    each: { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB;
    oidc_second_client: KEYCLOAK {}
        with ["oidc:iss" = ISSUER, "oidc:aud" = "cli-client", "oidc:sub" = SUBJECT]
        => allow(TRUST, 0, 0);
    oidc_another_issuer: KEYCLOAK {}
        with [
            "oidc:iss" = "https://id.example.net/realms/main", "oidc:aud" = "web-client",
            "oidc:sub" = SUBJECT
        ] => nothing(TRUST);
    oidc_another_subject: KEYCLOAK {}
        with [
            "oidc:iss" = ISSUER, "oidc:aud" = "web-client",
            "oidc:sub" = "system:serviceaccount:bank:cart"
        ] => nothing(TRUST);
    oidc_without_issuer: KEYCLOAK {}
        with ["oidc:aud" = "web-client", "oidc:sub" = SUBJECT] => nothing(TRUST);
    oidc_without_client: KEYCLOAK {}
        with ["oidc:iss" = ISSUER, "oidc:sub" = SUBJECT] => nothing(TRUST);
    oidc_without_anything: KEYCLOAK {} => nothing(TRUST);
    oidc_one_of_several_clients_in_the_token: KEYCLOAK {}
        with [
            "oidc:iss" = ISSUER, "oidc:aud" = "other-client", "oidc:aud" = "web-client",
            "oidc:sub" = SUBJECT
        ] => allow(TRUST, 0, 0);
    oidc_by_issuer_alone: KEYCLOAK { trust: TRUST_KEYCLOAK_BY_ISSUER }
        with ["oidc:iss" = ISSUER, "oidc:aud" = "any-client"] => allow(TRUST, 0, 0);
    oidc_client_is_denied: KEYCLOAK { trust: TRUST_KEYCLOAK_BUT_NOT_TESTS }
        with ["oidc:iss" = ISSUER, "oidc:aud" = "test-client"] => deny(TRUST, 0, 1);
    oidc_another_client_is_not_denied: KEYCLOAK { trust: TRUST_KEYCLOAK_BUT_NOT_TESTS }
        with ["oidc:iss" = ISSUER, "oidc:aud" = "web-client"] => allow(TRUST, 0, 0);
    oidc_role_is_not_for_saml: OKTA { trust: TRUST_KEYCLOAK_BY_ISSUER }
        "sts:AssumeRoleWithSAML" on WEB with ["oidc:iss" = ISSUER] => nothing(TRUST);
    oidc_under_control_policies: KEYCLOAK {
        control: [[ALL, NOTHING_AT_ALL]], trust: TRUST_KEYCLOAK_BY_ISSUER
    } with ["oidc:iss" = ISSUER] => control_denies(0, 1, 0);
}

// Who must take another way to a role.
rows! {
    each: { trust: TRUST_ACCOUNT } "sts:AssumeRoleWithOIDC" on WEB;
    a_user_cannot_sign_on: ALICE { policies: [ALL] } "sts:AssumeRoleWithSAML" on WEB
        => without_policy(ImplicitDeny);
    a_role_cannot_sign_on: OPS { session: ALL, policies: [ALL] } => without_policy(ImplicitDeny);
    who_signs_on_cannot_assume_directly: OKTA {} "sts:AssumeRole" on WEB
        => without_policy(ImplicitDeny);
    saml_does_not_sign_on_by_oidc: OKTA {} => without_policy(ImplicitDeny);
}

/// Whom an identity provider vouches for is never trusted without saying for which console, or by
/// which issuer: such a trust policy is refused where it is written, and one that exists trusts nobody.
#[test]
fn sign_on_without_condition_is_not_trusted() -> Result<(), Box<dyn std::error::Error>> {
    for (provider, condition) in [
        ("saml-provider/okta", r#""Bool":{"acs:SecureTransport":"true"}"#),
        ("saml-provider/okta", r#""StringEquals":{"oidc:iss":"https://id.example.com"}"#),
        ("saml-provider/okta", r#""StringLike":{"saml:recipient":"https://*"}"#),
        ("oidc-provider/keycloak", r#""StringEquals":{"oidc:aud":"web-client"}"#),
        ("oidc-provider/keycloak", r#""StringLike":{"oidc:iss":"https://*"}"#),
    ] {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{
                "Effect":"Allow","Action":"sts:AssumeRole",
                "Principal":{{"Federated":"acs:ram::11:{provider}"}},
                "Condition":{{{condition}}}
            }}]}}"#
        );
        let strictly = TrustPolicy::from_json(&text).err();
        let trust = |error: ImportError| error.findings().iter().any(|f| f.rule() == "trust");
        assert!(strictly.is_some_and(trust), "{text}");
        let policy = TrustPolicy::from_json_lenient(&text)?.policy;
        let provider = format!("acs:ram::11:{provider}");
        let caller = Caller::Federated { provider: &provider };
        let request = Request::new("sts:AssumeRole", WEB)?
            .with_unchecked("acs:SecureTransport", "true")
            .with_unchecked("oidc:iss", "https://id.example.com")
            .with_unchecked("oidc:aud", "web-client")
            .with_unchecked("saml:recipient", RECIPIENT);
        assert_eq!(policy.evaluate(caller, &request), Decision::ImplicitDeny, "{text}");
        let explained = policy.explain(caller, &request);
        assert_eq!(explained.decision, Decision::ImplicitDeny, "{text}");
        // What is not known denies.
        let denies = text.replace("Allow", "Deny");
        let policy = TrustPolicy::from_json_lenient(denies)?.policy;
        let decision = policy.evaluate(caller, &request);
        assert_eq!(decision, Decision::ExplicitDeny { statement: 0 }, "{text}");
    }
    Ok(())
}

/// Whatever RAM's documents do not have in a trust policy, each with an effect that may be a mistake.
static IN_DOUBT: TrustPolicy = trust_policy! {
    #![allow(trust)]
    "Version": "1",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": { "Federated": "acs:ram::11:saml-provider/okta" }
        },
        { "Effect": "Allow", "Action": "sts:*", "Principal": { "Service": "ecs.aliyuncs.com" } },
        {
            "Effect": "Allow",
            "Action": "sts:TagSession",
            "Principal": { "Service": "ess.aliyuncs.com" }
        },
        { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": "acs:ram::*:root" } },
        {
            "Effect": "Allow",
            "Action": ["sts:AssumeRole", "sts:AssumeRoleWithSAML"],
            "Principal": { "Service": ["fc.aliyuncs.com", "11@log.aliyuncs.com"] }
        },
        {
            "Effect": "Deny",
            "Action": "sts:AssumeRoleWithOIDC",
            "Principal": { "Service": ["cs.aliyuncs.com"] }
        },
        {
            "Effect": "Deny",
            "Action": ["sts:TagSession", "sts:SetSourceIdentity"],
            "Principal": { "Service": ["fc.aliyuncs.com"] }
        },
        {
            "Effect": "Deny",
            "Action": "sts:AssumeRole",
            "Principal": { "RAM": "acs:ram::22:user/*" },
            "Condition": { "Bool": { "acs:SecureTransport": "false" } }
        }
    ]
};

#[test]
fn what_is_in_doubt_allows_nobody_and_denies() -> Result<(), Box<dyn std::error::Error>> {
    let read = TrustPolicy::from_json_lenient(IN_DOUBT.to_json())?.policy;
    assert_eq!(read, IN_DOUBT);
    let service = |principal| Caller::Service { principal };
    for (caller, transport, expected) in [
        (
            Caller::Federated { provider: "acs:ram::11:saml-provider/okta" },
            "true",
            Decision::ImplicitDeny,
        ),
        (service("ecs.aliyuncs.com"), "true", Decision::ImplicitDeny),
        (service("ess.aliyuncs.com"), "true", Decision::ImplicitDeny),
        (Caller::Root { account: "11" }, "true", Decision::ImplicitDeny),
        (service("fc.aliyuncs.com"), "true", Decision::Allow { statement: 4 }),
        (service("11@log.aliyuncs.com"), "true", Decision::Allow { statement: 4 }),
        (service("log.aliyuncs.com"), "true", Decision::ImplicitDeny),
        (service("cs.aliyuncs.com"), "true", Decision::ExplicitDeny { statement: 5 }),
        (
            Caller::User { account: "22", name: "bob" },
            "false",
            Decision::ExplicitDeny { statement: 7 },
        ),
    ] {
        let request =
            Request::new("sts:AssumeRole", WEB)?.with_unchecked("acs:SecureTransport", transport);
        assert_eq!(IN_DOUBT.evaluate(caller, &request), expected, "compiled: {caller}");
        assert_eq!(read.evaluate(caller, &request), expected, "read: {caller}");
        assert_eq!(IN_DOUBT.explain(caller, &request).decision, expected, "explained: {caller}");
    }
    Ok(())
}
