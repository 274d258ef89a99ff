//! The whole decision, as a table: a caller, the policies that have a say, a request, the answer.
//!
//! Every row is asked with its policies and statements as written, then in the opposite order and
//! read from JSON, because order has no effect (RAM: How RAM evaluates policies).

use std::error::Error;

use ram_policy::Outcome::{self, Allow, ExplicitDeny, ImplicitDeny};
use ram_policy::{
    ArnError, Authorization, Authorizer, Caller, ControlPolicy, ImportError, Policy, PolicyType,
    Request, RequestAction, ResourceGroupRule, SessionPolicy, TrustPolicy, policy, trust_policy,
};

const ACCOUNT: PolicyType = PolicyType::AccountLevelIdentityBasedPolicy;
const GROUP: PolicyType = PolicyType::ResourceGroupLevelIdentityBasedPolicy;
const SESSION: PolicyType = PolicyType::SessionPolicy;
const TRUST: PolicyType = PolicyType::AssumeRolePolicy;

const INSTANCE: &str = "acs:ecs:cn-hangzhou:11:instance/i-1";
const DISK: &str = "acs:ecs:cn-hangzhou:11:disk/d-1";
const OBJECT: &str = "acs:oss:*:11:archive/a";
const WEB: &str = "acs:ram::11:role/web";

/// Where SAML assertions go, on the international site and in China.
const RECIPIENT: &str = "https://signin.alibabacloud.com/saml-role/sso";
const RECIPIENT_IN_CHINA: &str = "https://signin.aliyun.com/saml-role/sso";
const ISSUER: &str = "https://id.example.com/realms/main";

// Accounts 11 and 22; roles and resources are those of 11.
const ROOT: Caller<'static> = Caller::Root { account: "11" };
const ROOT_OF_22: Caller<'static> = Caller::Root { account: "22" };
const ALICE: Caller<'static> = Caller::User { account: "11", name: "alice" };
const BOB: Caller<'static> = Caller::User { account: "11", name: "bob" };
const ICE: Caller<'static> = Caller::User { account: "11", name: "ice" };
const USER_OPS: Caller<'static> = Caller::User { account: "11", name: "ops" };
const ALICE_OF_22: Caller<'static> = Caller::User { account: "22", name: "alice" };
const OPS: Caller<'static> = Caller::Role { account: "11", name: "ops" };
const OPS_IN_CAPITALS: Caller<'static> = Caller::Role { account: "11", name: "Ops" };
const OPS_ADMIN: Caller<'static> = Caller::Role { account: "11", name: "ops-admin-1" };
const OPS_OF_22: Caller<'static> = Caller::Role { account: "22", name: "ops" };
const ROLE_ALICE: Caller<'static> = Caller::Role { account: "11", name: "alice" };
const ECS_SERVICE: Caller<'static> = Caller::Service { principal: "ecs.aliyuncs.com" };
const FC_SERVICE: Caller<'static> = Caller::Service { principal: "fc.aliyuncs.com" };
const OKTA: Caller<'static> = Caller::Federated { provider: "acs:ram::11:saml-provider/okta" };
const OKTA_OF_22: Caller<'static> =
    Caller::Federated { provider: "acs:ram::22:saml-provider/okta" };
const KEYCLOAK: Caller<'static> =
    Caller::Federated { provider: "acs:ram::11:oidc-provider/keycloak" };

static ALL: Policy = policy! { allow * on *; };
static ECS: Policy = policy! { allow ecs::* on *; };
static ECS_AND_VPC: Policy = policy! { allow ecs::*, vpc::* on *; };
static STOP: Policy = policy! { allow ecs::StopInstance on *; };
static START: Policy = policy! { allow ecs::StartInstance on *; };
static NO_STOP: Policy = policy! { deny ecs::StopInstance on *; };
static NO_DELETE: Policy = policy! { deny ecs::DeleteInstance on *; };
static NO_ECS: Policy = policy! { deny ecs::* on *; };
static OSS: Policy = policy! { allow oss::* on *; };
static READ: Policy = policy! { allow oss::GetObject on *; };
static NO_OSS: Policy = policy! { deny oss::* on *; };
static NOTHING_AT_ALL: Policy = policy! { deny * on *; };
static START_BUT_NOT_STOP: Policy = policy! {
    allow ecs::StartInstance on *;
    allow ecs::StopInstance on *;
    deny ecs::StopInstance on *;
};
static ECS_BUT_RAM: Policy = policy! { allow * except ram::* on *; };
static STOP_FROM_OFFICE: Policy = policy! {
    allow ecs::StopInstance on * when acs::SourceIp in "192.0.2.0/24";
};
static NO_STOP_FROM_ELSEWHERE: Policy = policy! {
    deny ecs::StopInstance on * when acs::SourceIp not in "192.0.2.0/24";
};
static ONLY_HANGZHOU: Policy = policy! { allow ecs::* on "acs:ecs:cn-hangzhou:*:*"; };
static NO_BEIJING: Policy = policy! { deny ecs::* on "acs:ecs:cn-beijing:*:*"; };
static NOTHING_BUT_OPS: Policy = policy! {
    deny * on * when acs::PrincipalARN not like "acs:ram:*:*:role/ops";
};
static GROUP_INSTANCES: Policy = policy! { allow ecs::* on "acs:ecs:*:*:instance/i-1"; };
static ATTACH_TO_INSTANCE: Policy = policy! {
    allow ecs::AttachDisk on "acs:ecs:*:*:instance/*";
};
static ATTACH_DISK: Policy = policy! { allow ecs::AttachDisk on "acs:ecs:*:*:disk/*"; };
static NO_ATTACH_DISK: Policy = policy! { deny ecs::AttachDisk on "acs:ecs:*:*:disk/*"; };
/// Regions for ECS and RDS, and roles that are exempt.
static REGIONS: Policy = policy! {
    allow ecs::*, rds::* on ["acs:*:*cn-shenzhen*:*:*", "acs:*:*cn-chengdu*:*:*"];
    allow * on * when acs::PrincipalARN like ["acs:ram:*:*:role/ops-admin-*"];
};
/// Shares with three targets alone.
static SHARES: Policy = policy! {
    #![unlisted("resourcesharing:AssociateResourceShare", "resourcesharing:CreateResourceShare")]
    deny ["resourcesharing:AssociateResourceShare", "resourcesharing:CreateResourceShare"] on *
        when "resourcesharing:Target" not like [
            "rd-aa1/r-bb2/*",
            "rd-aa1/r-bb2",
            "3300000000000033",
        ];
};

static ASSUME: Policy = policy! { allow sts::AssumeRole on *; };
static ASSUME_WEB: Policy = policy! { allow sts::AssumeRole on "acs:ram:*:*:role/web"; };
static ASSUME_DB: Policy = policy! { allow sts::AssumeRole on "acs:ram:*:*:role/db"; };
static NO_ASSUME: Policy = policy! { deny sts::AssumeRole on *; };

static TRUST_ACCOUNT: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:root";
};
static TRUST_22: TrustPolicy = trust_policy! { allow sts::AssumeRole by ram "acs:ram::22:root"; };
static TRUST_ALICE: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:user/alice";
};
static TRUST_ALICE_OF_22: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram ["acs:ram::22:user/alice"];
};
static TRUST_OPS: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:role/ops";
};
static TRUST_BOB_THEN_ALICE: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:user/bob";
    allow sts::AssumeRole by ram ["acs:ram::22:root", "acs:ram::11:user/alice"];
};
static TRUST_ALL_BUT_ALICE: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:root";
    deny sts::AssumeRole by ram "acs:ram::11:user/alice";
};
static DISTRUST_ACCOUNT: TrustPolicy = trust_policy! {
    deny sts::AssumeRole by ram "acs:ram::11:root";
};
static TRUST_WITH_MFA: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:root" when acs::MFAPresent == true;
};
static DISTRUST_PLAIN_TEXT: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by ram "acs:ram::11:root";
    deny sts::AssumeRole by ram "acs:ram::11:root" when acs::SecureTransport == false;
};
static TRUST_ECS: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com";
};
static TRUST_ECS_AND_FC: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service ["ecs.aliyuncs.com", "fc.aliyuncs.com"];
};
static TRUST_ECS_OR_ALICE: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by service "ecs.aliyuncs.com", ram "acs:ram::11:user/alice";
};
static DISTRUST_FC: TrustPolicy = trust_policy! {
    deny sts::AssumeRole by service "fc.aliyuncs.com";
    allow sts::AssumeRole by service ["ecs.aliyuncs.com", "fc.aliyuncs.com"];
};
static TRUST_OKTA: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated ["acs:ram::11:saml-provider/okta"]
        when saml::recipient == "https://signin.alibabacloud.com/saml-role/sso";
};
static TRUST_OKTA_OF_BOTH_SITES: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated "acs:ram::11:saml-provider/okta"
        when saml::recipient == [
            "https://signin.alibabacloud.com/saml-role/sso",
            "https://signin.aliyun.com/saml-role/sso",
        ];
};
static TRUST_KEYCLOAK: TrustPolicy = trust_policy! {
    allow sts::AssumeRole by federated ["acs:ram::11:oidc-provider/keycloak"]
        when oidc::iss == "https://id.example.com/realms/main"
        and oidc::aud == ["web-client", "cli-client"]
        and oidc::sub like "system:serviceaccount:shop:*";
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

/// Who asks, and the policies that have a say.
struct Case {
    caller: Caller<'static>,
    owner: Option<&'static str>,
    control: Vec<Vec<&'static Policy>>,
    session: Option<&'static Policy>,
    policies: Vec<&'static Policy>,
    group: Vec<&'static Policy>,
    trust: Option<&'static TrustPolicy>,
    rule: ResourceGroupRule,
}

impl Case {
    fn of(caller: Caller<'static>) -> Self {
        Self {
            caller,
            owner: None,
            control: Vec::new(),
            session: None,
            policies: Vec::new(),
            group: Vec::new(),
            trust: None,
            rule: ResourceGroupRule::default(),
        }
    }

    /// The policies as written, each as its kind.
    fn as_written(&self) -> Result<Attached, Box<dyn Error>> {
        let level = |level: &Vec<&'static Policy>| {
            level.iter().map(|policy| ControlPolicy::new((*policy).clone())).collect()
        };
        Ok(Attached {
            control: self.control.iter().map(level).collect::<Result<_, _>>()?,
            session: self.session.map(|policy| SessionPolicy::new(policy.clone())).transpose()?,
            policies: self.policies.iter().map(|policy| (*policy).clone()).collect(),
            group: self.group.iter().map(|policy| (*policy).clone()).collect(),
            trust: self.trust.cloned(),
        })
    }

    /// The policies read from their JSON, in the order asked for.
    fn read_again(&self, order: Order) -> Result<Attached, Box<dyn Error>> {
        let text = |policy: &Policy| order.of_statements(&policy.to_json());
        let identity = |policies: &[&Policy]| -> Result<Vec<Policy>, Box<dyn Error>> {
            let read = |policy: &&Policy| Ok(Policy::from_json_lenient(text(policy)?)?.policy);
            policies.iter().map(read).collect::<Result<_, _>>().map(|read| order.of(read))
        };
        let mut control = Vec::new();
        for level in &self.control {
            let mut policies = Vec::new();
            for policy in level {
                policies.push(ControlPolicy::from_json_lenient(text(policy)?)?.policy);
            }
            control.push(order.of(policies));
        }
        let session = match self.session {
            Some(policy) => Some(SessionPolicy::from_json_lenient(text(policy)?)?.policy),
            None => None,
        };
        let trust = match self.trust {
            Some(trust) => {
                let text = order.of_statements(&trust.to_json())?;
                Some(TrustPolicy::from_json_lenient(text)?.policy)
            }
            None => None,
        };
        let policies = identity(&self.policies)?;
        let group = identity(&self.group)?;
        Ok(Attached { control, session, policies, group, trust })
    }
}

/// The policies of a case.
struct Attached {
    control: Vec<Vec<ControlPolicy>>,
    session: Option<SessionPolicy>,
    policies: Vec<Policy>,
    group: Vec<Policy>,
    trust: Option<TrustPolicy>,
}

impl Attached {
    fn authorizer<'p>(&'p self, case: &Case) -> Authorizer<'p> {
        let mut authorizer = Authorizer::new(case.caller)
            .with_policies(&self.policies)
            .with_resource_group_policies(&self.group)
            .with_resource_group_rule(case.rule);
        for level in &self.control {
            authorizer = authorizer.with_control_level(level);
        }
        if let Some(owner) = case.owner {
            authorizer = authorizer.with_owner(owner);
        }
        if let Some(session) = &self.session {
            authorizer = authorizer.with_session_policy(session);
        }
        if let Some(trust) = &self.trust {
            authorizer = authorizer.with_trust_policy(trust);
        }
        authorizer
    }
}

/// Which orders are turned round.
#[derive(Debug, Clone, Copy)]
struct Order {
    policies: bool,
    statements: bool,
}

impl Order {
    fn of<T>(self, mut policies: Vec<T>) -> Vec<T> {
        if self.policies {
            policies.reverse();
        }
        policies
    }

    fn of_statements(self, document: &str) -> serde_json::Result<String> {
        let mut document: serde_json::Value = serde_json::from_str(document)?;
        if self.statements
            && let Some(statements) =
                document.get_mut("Statement").and_then(serde_json::Value::as_array_mut)
        {
            statements.reverse();
        }
        serde_json::to_string(&document)
    }
}

/// What an answer says but who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Answer {
    outcome: Outcome,
    policy_type: Option<PolicyType>,
    level: Option<usize>,
    /// Policy and statement.
    place: Option<(usize, usize)>,
}

impl Answer {
    fn given(answer: Authorization) -> Self {
        let Authorization { outcome, policy_type, level, policy, statement, .. } = answer;
        assert_eq!(policy.is_some(), statement.is_some(), "{answer:?}");
        Self { outcome, policy_type, level, place: policy.zip(statement) }
    }

    fn without_place(self) -> Self {
        Self { place: None, ..self }
    }
}

/// A statement of a policy of this type allows.
const fn allow(policy_type: PolicyType, policy: usize, statement: usize) -> Answer {
    let place = Some((policy, statement));
    Answer { outcome: Allow, policy_type: Some(policy_type), level: None, place }
}

/// A statement of a policy of this type denies.
const fn deny(policy_type: PolicyType, policy: usize, statement: usize) -> Answer {
    Answer { outcome: ExplicitDeny, ..allow(policy_type, policy, statement) }
}

/// Policies of this type should have allowed.
const fn nothing(policy_type: PolicyType) -> Answer {
    Answer { outcome: ImplicitDeny, policy_type: Some(policy_type), level: None, place: None }
}

/// A control policy of this level denies.
const fn control_denies(level: usize, policy: usize, statement: usize) -> Answer {
    Answer { level: Some(level), ..deny(PolicyType::ControlPolicy, policy, statement) }
}

/// No control policy of this level allows.
const fn control_allows_not(level: usize) -> Answer {
    Answer { level: Some(level), ..nothing(PolicyType::ControlPolicy) }
}

/// No policy is asked.
const fn without_policy(outcome: Outcome) -> Answer {
    Answer { outcome, policy_type: None, level: None, place: None }
}

/// RAM's word for who asks.
const fn principal_type(caller: Caller<'_>) -> &'static str {
    match caller {
        Caller::Root { .. } => "RootUser",
        Caller::User { .. } => "SubUser",
        Caller::Role { .. } => "AssumedRoleUser",
        Caller::Service { .. } => "Service",
        Caller::Federated { .. } => "Federated",
    }
}

fn decides(
    case: &Case,
    action: &'static str,
    resources: &[&'static str],
    values: &[(&'static str, &'static str)],
    expected: Answer,
) -> Result<(), Box<dyn Error>> {
    let mut requests = Vec::new();
    for resource in resources {
        let mut request = Request::new(RequestAction::unlisted(action)?, resource)?;
        for (key, value) in values {
            request = request.with_named(key, value)?;
        }
        requests.push(request);
    }
    let ask = |attached: &Attached| {
        let authorizer = attached.authorizer(case);
        let answer = authorizer.authorize_all(&requests);
        if let [request] = requests.as_slice() {
            assert_eq!(authorizer.authorize(request), answer);
        }
        assert_eq!(answer.principal_type, principal_type(case.caller));
        assert_eq!(answer.is_allow(), answer.outcome == Allow);
        Answer::given(answer)
    };
    assert_eq!(ask(&case.as_written()?), expected, "as written");
    let unturned = Order { policies: false, statements: false };
    assert_eq!(ask(&case.read_again(unturned)?), expected, "from JSON");
    for (policies, statements) in [(true, false), (false, true), (true, true)] {
        let order = Order { policies, statements };
        let answer = ask(&case.read_again(order)?);
        assert_eq!(answer.without_place(), expected.without_place(), "{order:?}");
    }
    Ok(())
}

/// Writes one test a row:
/// `name: CALLER { part: value, ... } "action" on RESOURCE with ["key" = "value"] => answer;`.
///
/// Parts are `owner`, `control` (its levels from the account up), `session`, `policies`, `group`
/// (those of the resource group), `trust` and `rule`. Several resources stand in `[...]`.
macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident: $caller:ident { $($part:ident: $value:tt),* $(,)? }
        $action:literal on $resource:tt $(with [$($key:literal = $given:expr),*])?
        => $expected:expr;)*) => {
        $($(#[$doc])* #[test]
        fn $name() -> Result<(), Box<dyn Error>> {
            #[allow(unused_mut, reason = "a row without parts changes nothing")]
            let mut case = Case::of($caller);
            $(rows!(@set case $part $value);)*
            let values: &[(&str, &str)] = &[$($(($key, $given)),*)?];
            decides(&case, $action, rows!(@resources $resource), values, $expected)
        })*
    };
    (@set $case:ident owner $owner:literal) => { $case.owner = Some($owner); };
    (@set $case:ident control [$([$($policy:ident),*]),*]) => {
        $case.control = vec![$(vec![$(&$policy),*]),*];
    };
    (@set $case:ident session $policy:ident) => { $case.session = Some(&$policy); };
    (@set $case:ident policies [$($policy:ident),*]) => { $case.policies = vec![$(&$policy),*]; };
    (@set $case:ident group [$($policy:ident),*]) => { $case.group = vec![$(&$policy),*]; };
    (@set $case:ident trust $trust:ident) => { $case.trust = Some(&$trust); };
    (@set $case:ident rule $rule:ident) => { $case.rule = ResourceGroupRule::$rule; };
    (@resources [$($resource:expr),*]) => { &[$($resource),*] };
    (@resources $resource:expr) => { &[$resource] };
}

// What RAM's documents say of the whole flow, with names of our own.
rows! {
    // RAM: How RAM evaluates policies.
    v01_nothing_is_allowed_by_default: ALICE {} "ecs:StopInstance" on INSTANCE
        => nothing(ACCOUNT);

    // Resource Sharing: a control policy that limits the targets.
    v27_share_with_a_listed_account: ALICE { control: [[ALL, SHARES]], policies: [ALL] }
        "resourcesharing:CreateResourceShare" on "*"
        with ["resourcesharing:Target" = "3300000000000033"] => allow(ACCOUNT, 0, 0);
    v27_share_with_another_account: ALICE { control: [[ALL, SHARES]], policies: [ALL] }
        "resourcesharing:CreateResourceShare" on "*"
        with ["resourcesharing:Target" = "1111"] => control_denies(0, 1, 0);
    v27_share_with_a_listed_folder: ALICE { control: [[ALL, SHARES]], policies: [ALL] }
        "resourcesharing:AssociateResourceShare" on "*"
        with ["resourcesharing:Target" = "rd-aa1/r-bb2/fd-1"] => allow(ACCOUNT, 0, 0);

    // Resource Management: Languages of access control policies.
    v28_listed_service_and_region: ALICE { control: [[REGIONS]], policies: [ECS_AND_VPC] }
        "ecs:StopInstance" on "acs:ecs:cn-shenzhen:11:instance/i-1" => allow(ACCOUNT, 0, 0);
    v28_service_is_not_listed: ALICE { control: [[REGIONS]], policies: [ECS_AND_VPC] }
        "vpc:AllocateEipAddress" on "acs:vpc:cn-shenzhen:11:eip/*" => control_allows_not(0);
    v28_user_is_not_allowed: ALICE { control: [[REGIONS]], policies: [ECS_AND_VPC] }
        "rds:DescribeDBInstances" on "acs:rds:cn-shenzhen:11:dbinstance/*" => nothing(ACCOUNT);
    v28_region_is_not_listed: ALICE { control: [[REGIONS]], policies: [ECS_AND_VPC] }
        "ecs:StopInstance" on INSTANCE => control_allows_not(0);
    v29_exempt_role: OPS_ADMIN { control: [[REGIONS]], policies: [ALL] }
        "vpc:AllocateEipAddress" on "acs:vpc:cn-hangzhou:11:eip/*"
        => allow(ACCOUNT, 0, 0);
    v29_another_role: OPS { control: [[REGIONS]], policies: [ALL] }
        "vpc:AllocateEipAddress" on "acs:vpc:cn-hangzhou:11:eip/*" => control_allows_not(0);
    v29_a_request_cannot_say_who_asks: OPS { control: [[REGIONS]], policies: [ALL] }
        "vpc:AllocateEipAddress" on "acs:vpc:cn-hangzhou:11:eip/*"
        with ["acs:PrincipalARN" = "acs:ram::11:role/ops-admin-1"] => control_allows_not(0);
    v30_root_is_not_bound: ROOT { control: [[REGIONS]] }
        "vpc:AllocateEipAddress" on "acs:vpc:cn-hangzhou:11:eip/*" => without_policy(Allow);

    // RAM: How RAM evaluates policies.
    v31_group_allows: ALICE { policies: [ECS] } "ecs:DeleteInstance" on INSTANCE
        => allow(ACCOUNT, 0, 0);
    v31_user_denies_what_its_group_allows: ALICE { policies: [ECS, NO_DELETE] }
        "ecs:DeleteInstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    v32_account_level_ends_it: ALICE { policies: [ECS], group: [NO_ECS] }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    v32_account_level_ends_it_not: ALICE { policies: [ECS], group: [NO_ECS], rule: DenyOverrides }
        "ecs:StopInstance" on INSTANCE => deny(GROUP, 0, 0);
    v33_resource_group_allows: ALICE { group: [ECS] } "ecs:StopInstance" on INSTANCE
        => allow(GROUP, 0, 0);
    // For a resource outside the group, the group's policies are not there.
    v33_outside_the_resource_group: ALICE {} "ecs:StopInstance" on INSTANCE => nothing(ACCOUNT);

    // STS: AssumeRole.
    v34_session_allows: OPS { session: READ, policies: [OSS] } "oss:GetObject" on OBJECT
        => allow(ACCOUNT, 0, 0);
    v34_session_allows_not: OPS { session: READ, policies: [OSS] } "oss:PutObject" on OBJECT
        => nothing(SESSION);
    v35_session_grants_nothing: OPS { session: ECS, policies: [OSS] } "ecs:StopInstance" on INSTANCE
        => nothing(ACCOUNT);

    // RAM: Policy evaluation process of assuming a RAM role.
    v36_both_sides_allow: ALICE { policies: [ASSUME], trust: TRUST_ACCOUNT }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    v36_user_is_not_allowed: ALICE { trust: TRUST_ACCOUNT } "sts:AssumeRole" on WEB
        => nothing(ACCOUNT);
    v36_user_of_another_account: ALICE_OF_22 {
        owner: "11", policies: [ASSUME], trust: TRUST_ACCOUNT
    } "sts:AssumeRole" on WEB => nothing(TRUST);
    v37_another_user: BOB { policies: [ASSUME], trust: TRUST_ALICE } "sts:AssumeRole" on WEB
        => nothing(TRUST);
    v38_role_of_a_service: ALICE { policies: [ASSUME], trust: TRUST_ECS } "sts:AssumeRole" on WEB
        => nothing(TRUST);

    // RAM: Create a RAM role for a trusted IdP.
    v39_right_recipient: OKTA { trust: TRUST_OKTA } "sts:AssumeRoleWithSAML" on WEB
        with ["saml:recipient" = RECIPIENT] => allow(TRUST, 0, 0);
    v39_wrong_recipient: OKTA { trust: TRUST_OKTA } "sts:AssumeRoleWithSAML" on WEB
        with ["saml:recipient" = "https://signin.example.com/saml-role/sso"] => nothing(TRUST);
    v40_right_issuer_and_client: KEYCLOAK { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB
        with [
            "oidc:iss" = ISSUER, "oidc:aud" = "web-client",
            "oidc:sub" = "system:serviceaccount:shop:cart"
        ] => allow(TRUST, 0, 0);
    v40_another_client: KEYCLOAK { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB
        with [
            "oidc:iss" = ISSUER, "oidc:aud" = "other-client",
            "oidc:sub" = "system:serviceaccount:shop:cart"
        ] => nothing(TRUST);
}

// The owner of an account.
rows! {
    root_may_everything: ROOT {} "ecs:StopInstance" on INSTANCE => without_policy(Allow);
    root_of_the_owner: ROOT { owner: "11" } "ecs:StopInstance" on INSTANCE
        => without_policy(Allow);
    root_of_another_account: ROOT_OF_22 { owner: "11" } "ecs:StopInstance" on INSTANCE
        => without_policy(ImplicitDeny);
    root_of_another_account_with_policies: ROOT_OF_22 { owner: "11", policies: [ALL] }
        "ecs:StopInstance" on INSTANCE => without_policy(ImplicitDeny);
    root_is_not_bound_by_control_policies: ROOT { control: [[ALL], [NOTHING_AT_ALL]] }
        "ecs:StopInstance" on INSTANCE => without_policy(Allow);
    root_is_not_bound_without_full_access: ROOT { control: [[]] }
        "ecs:StopInstance" on INSTANCE => without_policy(Allow);
    root_is_not_bound_by_policies: ROOT {
        session: NOTHING_AT_ALL, policies: [NOTHING_AT_ALL], group: [NOTHING_AT_ALL]
    } "ecs:StopInstance" on INSTANCE => without_policy(Allow);
    root_cannot_assume: ROOT { policies: [ALL], trust: TRUST_ACCOUNT } "sts:AssumeRole" on WEB
        => without_policy(ImplicitDeny);
    root_cannot_assume_in_any_case_of_letters: ROOT { policies: [ALL], trust: TRUST_ACCOUNT }
        "STS:assumerole" on WEB => without_policy(ImplicitDeny);
    root_of_another_account_cannot_assume: ROOT_OF_22 {
        owner: "11", policies: [ALL], trust: TRUST_22
    } "sts:AssumeRole" on WEB => without_policy(ImplicitDeny);
    root_signs_on_nowhere: ROOT { trust: TRUST_ACCOUNT } "sts:AssumeRoleWithSAML" on WEB
        => without_policy(ImplicitDeny);
    root_asks_the_token_service_who_it_is: ROOT {} "sts:GetCallerIdentity" on "*"
        => without_policy(Allow);
    root_needs_every_resource_to_be_its_own: ROOT_OF_22 { owner: "11" }
        "ecs:AttachDisk" on [DISK, INSTANCE] => without_policy(ImplicitDeny);
    root_may_with_every_resource: ROOT {} "ecs:AttachDisk" on [DISK, INSTANCE]
        => without_policy(Allow);
}

// Control policies, from the account up to the Root folder.
rows! {
    control_all_levels_allow: ALICE { control: [[ALL], [ALL], [ALL]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    control_grants_nothing: ALICE { control: [[ALL], [ALL], [ALL]] }
        "ecs:StopInstance" on INSTANCE => nothing(ACCOUNT);
    control_implicit_at_the_account: ALICE { control: [[OSS], [ALL], [ALL]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => control_allows_not(0);
    control_implicit_at_a_folder: ALICE { control: [[ALL], [OSS], [ALL]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => control_allows_not(1);
    control_implicit_at_the_root_folder: ALICE { control: [[ALL], [ALL], [OSS]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => control_allows_not(2);
    control_explicit_at_the_account: ALICE {
        control: [[ALL, NO_ECS], [ALL], [ALL]], policies: [ECS]
    } "ecs:StopInstance" on INSTANCE => control_denies(0, 1, 0);
    control_explicit_at_a_folder: ALICE {
        control: [[ALL], [NO_ECS, ALL], [ALL]], policies: [ECS]
    } "ecs:StopInstance" on INSTANCE => control_denies(1, 0, 0);
    control_explicit_at_the_root_folder: ALICE {
        control: [[ALL], [ALL], [ALL, READ, START_BUT_NOT_STOP]], policies: [ECS]
    } "ecs:StopInstance" on INSTANCE => control_denies(2, 2, 2);
    control_reports_the_lowest_level: ALICE {
        control: [[ALL], [ALL, NO_STOP], [ALL, NO_ECS]], policies: [ECS]
    } "ecs:StopInstance" on INSTANCE => control_denies(1, 1, 0);
    control_implicit_below_explicit: ALICE {
        control: [[OSS], [ALL, NO_ECS]], policies: [ECS]
    } "ecs:StopInstance" on INSTANCE => control_allows_not(0);
    control_without_any_policy_on_a_node: ALICE { control: [[ALL], [], [ALL]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => control_allows_not(1);
    control_denial_without_full_access: ALICE { control: [[NO_BEIJING]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => control_allows_not(0);
    control_denial_beside_full_access: ALICE { control: [[ALL, NO_BEIJING]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    control_denies_a_region: ALICE { control: [[ALL, NO_BEIJING]], policies: [ECS] }
        "ecs:StopInstance" on "acs:ecs:cn-beijing:11:instance/i-1" => control_denies(0, 1, 0);
    control_levels_intersect: ALICE { control: [[ECS], [ONLY_HANGZHOU]], policies: [ALL] }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    control_levels_intersect_elsewhere: ALICE { control: [[ECS], [ONLY_HANGZHOU]], policies: [ALL] }
        "ecs:StopInstance" on "acs:ecs:cn-beijing:11:instance/i-1" => control_allows_not(1);
    control_comes_before_the_user: ALICE { control: [[OSS]], policies: [NO_ECS] }
        "ecs:StopInstance" on INSTANCE => control_allows_not(0);
    control_comes_before_the_session: OPS {
        control: [[ALL, NO_STOP]], session: OSS, policies: [ECS]
    } "ecs:StopInstance" on INSTANCE => control_denies(0, 1, 0);
    control_user_still_denies: ALICE { control: [[ALL]], policies: [ECS, NO_STOP] }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    control_binds_roles: OPS { control: [[ALL, NO_STOP]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => control_denies(0, 1, 0);
    control_binds_who_assumes: ALICE {
        control: [[ALL, NO_ASSUME]], policies: [ASSUME], trust: TRUST_ACCOUNT
    } "sts:AssumeRole" on WEB => control_denies(0, 1, 0);
    control_binds_resource_groups: ALICE { control: [[ALL, NO_ECS]], group: [ECS] }
        "ecs:StopInstance" on INSTANCE => control_denies(0, 1, 0);
    control_except_for_a_role: OPS { control: [[ALL, NOTHING_BUT_OPS]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE with ["acs:PrincipalARN" = "acs:ram::11:role/ops"]
        => allow(ACCOUNT, 0, 0);
    control_except_for_another: ALICE { control: [[ALL, NOTHING_BUT_OPS]], policies: [ECS] }
        "ecs:StopInstance" on INSTANCE with ["acs:PrincipalARN" = "acs:ram::11:user/alice"]
        => control_denies(0, 1, 0);
    control_on_one_of_two_resources: ALICE { control: [[ALL, NO_ATTACH_DISK]], policies: [ECS] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => control_denies(0, 1, 0);
}

// The session policy of a role.
rows! {
    session_and_role_allow: OPS { session: ECS, policies: [STOP] } "ecs:StopInstance" on INSTANCE
        => allow(ACCOUNT, 0, 0);
    session_denies: OPS { session: NO_STOP, policies: [ECS] } "ecs:StopInstance" on INSTANCE
        => deny(SESSION, 0, 0);
    session_denies_what_it_allows: OPS { session: START_BUT_NOT_STOP, policies: [ECS] }
        "ecs:StopInstance" on INSTANCE => deny(SESSION, 0, 2);
    session_allows_the_rest: OPS { session: START_BUT_NOT_STOP, policies: [ECS] }
        "ecs:StartInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    session_allows_not: OPS { session: START, policies: [ECS] } "ecs:StopInstance" on INSTANCE
        => nothing(SESSION);
    session_comes_before_the_role: OPS { session: START, policies: [NO_ECS] }
        "ecs:StopInstance" on INSTANCE => nothing(SESSION);
    session_grants_nothing_to_a_role_without_policies: OPS { session: ALL }
        "ecs:StopInstance" on INSTANCE => nothing(ACCOUNT);
    session_does_not_undo_a_denial: OPS { session: ALL, policies: [ECS, NO_STOP] }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    session_narrows_a_resource_group: OPS { session: START, group: [ECS] }
        "ecs:StopInstance" on INSTANCE => nothing(SESSION);
    session_and_resource_group_allow: OPS { session: STOP, group: [ECS] }
        "ecs:StopInstance" on INSTANCE => allow(GROUP, 0, 0);
    session_condition_holds: OPS { session: STOP_FROM_OFFICE, policies: [ECS] }
        "ecs:StopInstance" on INSTANCE with ["acs:SourceIp" = "192.0.2.7"] => allow(ACCOUNT, 0, 0);
    session_condition_holds_not: OPS { session: STOP_FROM_OFFICE, policies: [ECS] }
        "ecs:StopInstance" on INSTANCE with ["acs:SourceIp" = "198.51.100.7"] => nothing(SESSION);
    session_allows_to_assume: OPS { session: ASSUME, policies: [ASSUME], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    session_allows_not_to_assume: OPS { session: ECS, policies: [ASSUME], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => nothing(SESSION);
    session_denies_to_assume: OPS { session: NO_ASSUME, policies: [ASSUME], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => deny(SESSION, 0, 0);
    session_allows_what_trust_does_not: OPS { session: ALL, policies: [ASSUME], trust: TRUST_ALICE }
        "sts:AssumeRole" on WEB => nothing(TRUST);
}

// The policies of a user and its groups, or of a role.
rows! {
    account_user_allows: ALICE { policies: [STOP] } "ecs:StopInstance" on INSTANCE
        => allow(ACCOUNT, 0, 0);
    account_role_allows: OPS { policies: [STOP] } "ecs:StopInstance" on INSTANCE
        => allow(ACCOUNT, 0, 0);
    account_another_action: ALICE { policies: [STOP] } "ecs:StartInstance" on INSTANCE
        => nothing(ACCOUNT);
    account_group_denies_what_the_user_allows: ALICE { policies: [STOP, NO_ECS] }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    account_user_denies_what_groups_allow: ALICE { policies: [NO_STOP, ECS, ALL] }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 0, 0);
    account_role_denies: OPS { policies: [ALL, NO_OSS, NO_STOP] } "ecs:StopInstance" on INSTANCE
        => deny(ACCOUNT, 2, 0);
    account_groups_add_up: ALICE { policies: [START, STOP] } "ecs:StopInstance" on INSTANCE
        => allow(ACCOUNT, 1, 0);
    account_first_that_allows_is_named: ALICE { policies: [START, STOP, ECS, ALL] }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 1, 0);
    account_first_that_denies_is_named: ALICE { policies: [ALL, START, NO_STOP, NO_ECS] }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 2, 0);
    account_deny_within_one_policy: ALICE { policies: [START_BUT_NOT_STOP] }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 0, 2);
    account_deny_of_another_action: ALICE { policies: [NO_DELETE, ECS] }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 1, 0);
    account_not_action_does_not_deny: ALICE { policies: [ECS_BUT_RAM, ALL] }
        "ram:CreateUser" on "acs:ram:*:11:user/*" => allow(ACCOUNT, 1, 0);
    account_not_action_alone: ALICE { policies: [ECS_BUT_RAM] }
        "ram:CreateUser" on "acs:ram:*:11:user/*" => nothing(ACCOUNT);
    account_condition_holds: ALICE { policies: [STOP_FROM_OFFICE] }
        "ecs:StopInstance" on INSTANCE with ["acs:SourceIp" = "192.0.2.7"] => allow(ACCOUNT, 0, 0);
    account_condition_without_its_key: ALICE { policies: [STOP_FROM_OFFICE] }
        "ecs:StopInstance" on INSTANCE => nothing(ACCOUNT);
    account_negated_condition_of_a_denial_without_its_key: ALICE {
        policies: [ECS, NO_STOP_FROM_ELSEWHERE]
    } "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    account_negated_condition_of_a_denial: ALICE { policies: [ECS, NO_STOP_FROM_ELSEWHERE] }
        "ecs:StopInstance" on INSTANCE with ["acs:SourceIp" = "192.0.2.7"] => allow(ACCOUNT, 0, 0);
    account_action_in_any_case_of_letters: ALICE { policies: [ECS, NO_STOP] }
        "ECS:stopinstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    account_action_of_no_catalogue: ALICE { policies: [NO_OSS, ALL] }
        "bss:DescribeSomething" on "*" => allow(ACCOUNT, 1, 0);
    account_trust_policies_say_nothing_of_other_actions: ALICE { trust: TRUST_ACCOUNT }
        "ecs:StopInstance" on INSTANCE => nothing(ACCOUNT);
    account_distrust_says_nothing_of_other_actions: ALICE {
        policies: [ECS], trust: DISTRUST_ACCOUNT
    } "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
}

// Policies granted for a resource group.
rows! {
    group_denies_alone: ALICE { group: [NO_ECS] } "ecs:StopInstance" on INSTANCE
        => deny(GROUP, 0, 0);
    group_deny_beats_group_allow: ALICE { group: [ECS, NO_STOP] } "ecs:StopInstance" on INSTANCE
        => deny(GROUP, 1, 0);
    group_says_nothing: ALICE { group: [START] } "ecs:StopInstance" on INSTANCE
        => nothing(ACCOUNT);
    group_covers_its_resource: ALICE { policies: [START], group: [START, GROUP_INSTANCES] }
        "ecs:StopInstance" on INSTANCE => allow(GROUP, 1, 0);
    group_covers_no_other_resource: ALICE { group: [GROUP_INSTANCES] }
        "ecs:StopInstance" on "acs:ecs:cn-hangzhou:11:instance/i-2" => nothing(ACCOUNT);
    group_after_an_account_that_says_nothing: ALICE { policies: [OSS], group: [NO_STOP] }
        "ecs:StopInstance" on INSTANCE => deny(GROUP, 0, 0);
    group_does_not_undo_a_denial: ALICE { policies: [NO_STOP], group: [ALL] }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 0, 0);
    group_of_a_role: OPS { group: [STOP] } "ecs:StopInstance" on INSTANCE => allow(GROUP, 0, 0);
    group_is_not_asked_when_the_account_allows: ALICE { policies: [STOP], group: [ALL] }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    group_allows_to_assume: ALICE { group: [ASSUME], trust: TRUST_ACCOUNT }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    group_denies_to_assume: ALICE { group: [NO_ASSUME], trust: TRUST_ACCOUNT }
        "sts:AssumeRole" on WEB => deny(GROUP, 0, 0);
    group_denial_to_assume_is_hidden: ALICE {
        policies: [ASSUME], group: [NO_ASSUME], trust: TRUST_ACCOUNT
    } "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);

    overriding_group_denies_to_assume: ALICE {
        policies: [ASSUME], group: [NO_ASSUME], trust: TRUST_ACCOUNT, rule: DenyOverrides
    } "sts:AssumeRole" on WEB => deny(GROUP, 0, 0);
    overriding_group_allows: ALICE { group: [STOP], rule: DenyOverrides }
        "ecs:StopInstance" on INSTANCE => allow(GROUP, 0, 0);
    overriding_group_denies_alone: ALICE { group: [ECS, NO_STOP], rule: DenyOverrides }
        "ecs:StopInstance" on INSTANCE => deny(GROUP, 1, 0);
    overriding_group_says_nothing: ALICE { policies: [ECS], group: [START], rule: DenyOverrides }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    overriding_both_allow: ALICE { policies: [ECS], group: [ECS], rule: DenyOverrides }
        "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
    overriding_account_denies: ALICE { policies: [ECS, NO_STOP], group: [ECS], rule: DenyOverrides }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 1, 0);
    overriding_both_deny: ALICE { policies: [NO_STOP], group: [NO_STOP], rule: DenyOverrides }
        "ecs:StopInstance" on INSTANCE => deny(ACCOUNT, 0, 0);
    overriding_nothing: ALICE { policies: [START], group: [START], rule: DenyOverrides }
        "ecs:StopInstance" on INSTANCE => nothing(ACCOUNT);
    overriding_denial_of_another_action: ALICE {
        policies: [ECS], group: [NO_DELETE], rule: DenyOverrides
    } "ecs:StopInstance" on INSTANCE => allow(ACCOUNT, 0, 0);
}

// The caller's policies and the trust policy of the role, each allowing, denying, saying nothing.
rows! {
    assume_own_allow_trust_allow: ALICE { policies: [ASSUME_WEB], trust: TRUST_ALICE }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    assume_own_allow_trust_deny: ALICE { policies: [ASSUME_WEB], trust: TRUST_ALL_BUT_ALICE }
        "sts:AssumeRole" on WEB => deny(TRUST, 0, 1);
    assume_own_allow_trust_nothing: ALICE { policies: [ASSUME_WEB], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    assume_own_deny_trust_allow: ALICE { policies: [ASSUME, NO_ASSUME], trust: TRUST_ALICE }
        "sts:AssumeRole" on WEB => deny(ACCOUNT, 1, 0);
    assume_own_deny_trust_deny: ALICE { policies: [ASSUME, NO_ASSUME], trust: TRUST_ALL_BUT_ALICE }
        "sts:AssumeRole" on WEB => deny(ACCOUNT, 1, 0);
    assume_own_deny_trust_nothing: ALICE { policies: [NO_ASSUME], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => deny(ACCOUNT, 0, 0);
    assume_own_nothing_trust_allow: ALICE { policies: [ASSUME_DB], trust: TRUST_ALICE }
        "sts:AssumeRole" on WEB => nothing(ACCOUNT);
    assume_own_nothing_trust_deny: ALICE { policies: [ASSUME_DB], trust: TRUST_ALL_BUT_ALICE }
        "sts:AssumeRole" on WEB => deny(TRUST, 0, 1);
    assume_own_nothing_trust_nothing: ALICE { policies: [ASSUME_DB], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => nothing(ACCOUNT);

    assume_without_trust_policy: ALICE { policies: [ALL] } "sts:AssumeRole" on WEB
        => nothing(TRUST);
    assume_without_anything: ALICE {} "sts:AssumeRole" on WEB => nothing(ACCOUNT);
    assume_in_any_case_of_letters: ALICE { policies: [ASSUME] } "sts:assumerole" on WEB
        => nothing(TRUST);
    assume_from_a_session_of_a_role: OPS { policies: [ASSUME], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    assume_from_a_role_without_policies: OPS { trust: TRUST_OPS } "sts:AssumeRole" on WEB
        => nothing(ACCOUNT);
    assume_from_a_role_that_must_not: OPS { policies: [ALL, NO_ASSUME], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => deny(ACCOUNT, 1, 0);

    trust_in_an_account_covers_its_users: BOB { policies: [ASSUME], trust: TRUST_ACCOUNT }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    trust_in_an_account_covers_its_roles: OPS { policies: [ASSUME], trust: TRUST_ACCOUNT }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    trust_in_an_account_covers_no_other: OPS_OF_22 {
        owner: "11", policies: [ASSUME], trust: TRUST_ACCOUNT
    } "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_in_another_account: ALICE_OF_22 { owner: "11", policies: [ASSUME], trust: TRUST_22 }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    trust_in_another_account_covers_its_roles: OPS_OF_22 {
        owner: "11", policies: [ASSUME], trust: TRUST_22
    } "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    trust_in_another_account_covers_not_its_own: ALICE { policies: [ASSUME], trust: TRUST_22 }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_in_another_account_needs_the_other_side: ALICE_OF_22 { owner: "11", trust: TRUST_22 }
        "sts:AssumeRole" on WEB => nothing(ACCOUNT);
    trust_in_a_user_of_another_account: ALICE_OF_22 {
        owner: "11", policies: [ASSUME], trust: TRUST_ALICE_OF_22
    } "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    trust_in_a_user_of_the_same_name: ALICE { policies: [ASSUME], trust: TRUST_ALICE_OF_22 }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_in_a_user_covers_no_role_of_its_name: ROLE_ALICE {
        policies: [ASSUME], trust: TRUST_ALICE
    } "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_in_a_role_covers_no_user_of_its_name: USER_OPS { policies: [ASSUME], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_in_a_user_whose_name_ends_alike: ICE { policies: [ASSUME], trust: TRUST_ALICE }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_in_a_role: OPS { policies: [ASSUME], trust: TRUST_OPS } "sts:AssumeRole" on WEB
        => allow(TRUST, 0, 0);
    trust_in_a_role_of_another_account: OPS_OF_22 {
        owner: "11", policies: [ASSUME], trust: TRUST_OPS
    } "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_in_a_role_minds_case: OPS_IN_CAPITALS { policies: [ASSUME], trust: TRUST_OPS }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_in_one_of_several: ALICE { policies: [ASSUME], trust: TRUST_BOB_THEN_ALICE }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 1);
    trust_in_several_types: ALICE { policies: [ASSUME], trust: TRUST_ECS_OR_ALICE }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    trust_denies_one_and_allows_the_rest: BOB { policies: [ASSUME], trust: TRUST_ALL_BUT_ALICE }
        "sts:AssumeRole" on WEB => allow(TRUST, 0, 0);
    trust_denies_a_whole_account: OPS { policies: [ASSUME], trust: DISTRUST_ACCOUNT }
        "sts:AssumeRole" on WEB => deny(TRUST, 0, 0);
    trust_denies_no_other_account: ALICE_OF_22 {
        owner: "11", policies: [ASSUME], trust: DISTRUST_ACCOUNT
    } "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_condition_holds: ALICE { policies: [ASSUME], trust: TRUST_WITH_MFA }
        "sts:AssumeRole" on WEB with ["acs:MFAPresent" = "true"] => allow(TRUST, 0, 0);
    trust_condition_holds_not: ALICE { policies: [ASSUME], trust: TRUST_WITH_MFA }
        "sts:AssumeRole" on WEB with ["acs:MFAPresent" = "false"] => nothing(TRUST);
    trust_condition_without_its_key: ALICE { policies: [ASSUME], trust: TRUST_WITH_MFA }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    trust_condition_of_a_denial_holds: ALICE { policies: [ASSUME], trust: DISTRUST_PLAIN_TEXT }
        "sts:AssumeRole" on WEB with ["acs:SecureTransport" = "false"] => deny(TRUST, 0, 1);
    trust_condition_of_a_denial_holds_not: ALICE { policies: [ASSUME], trust: DISTRUST_PLAIN_TEXT }
        "sts:AssumeRole" on WEB with ["acs:SecureTransport" = "true"] => allow(TRUST, 0, 0);
}

// Services.
rows! {
    service_is_trusted: ECS_SERVICE { trust: TRUST_ECS } "sts:AssumeRole" on WEB
        => allow(TRUST, 0, 0);
    service_is_one_of_two: FC_SERVICE { trust: TRUST_ECS_AND_FC } "sts:AssumeRole" on WEB
        => allow(TRUST, 0, 0);
    service_beside_a_user: ECS_SERVICE { trust: TRUST_ECS_OR_ALICE } "sts:AssumeRole" on WEB
        => allow(TRUST, 0, 0);
    service_is_another: FC_SERVICE { trust: TRUST_ECS } "sts:AssumeRole" on WEB => nothing(TRUST);
    service_is_denied: FC_SERVICE { trust: DISTRUST_FC } "sts:AssumeRole" on WEB
        => deny(TRUST, 0, 0);
    service_beside_one_that_is_denied: ECS_SERVICE { trust: DISTRUST_FC } "sts:AssumeRole" on WEB
        => allow(TRUST, 0, 1);
    service_is_no_account: ECS_SERVICE { trust: TRUST_ACCOUNT } "sts:AssumeRole" on WEB
        => nothing(TRUST);
    service_without_trust_policy: ECS_SERVICE { policies: [ALL] } "sts:AssumeRole" on WEB
        => nothing(TRUST);
    service_does_nothing_else: ECS_SERVICE { policies: [ALL], trust: TRUST_ECS }
        "ecs:StopInstance" on INSTANCE => nothing(TRUST);
    service_role_is_not_for_a_role: OPS { policies: [ALL], trust: TRUST_ECS }
        "sts:AssumeRole" on WEB => nothing(TRUST);
    service_role_is_not_for_an_identity_provider: OKTA { trust: TRUST_ECS }
        "sts:AssumeRoleWithSAML" on WEB with ["saml:recipient" = RECIPIENT] => nothing(TRUST);
}

// Single sign-on: the trust policy alone.
rows! {
    saml_needs_no_policy: OKTA { trust: TRUST_OKTA_OF_BOTH_SITES } "sts:AssumeRoleWithSAML" on WEB
        with ["saml:recipient" = RECIPIENT_IN_CHINA] => allow(TRUST, 0, 0);
    saml_recipient_of_another_site: OKTA { trust: TRUST_OKTA } "sts:AssumeRoleWithSAML" on WEB
        with ["saml:recipient" = RECIPIENT_IN_CHINA] => nothing(TRUST);
    saml_recipient_minds_case: OKTA { trust: TRUST_OKTA } "sts:AssumeRoleWithSAML" on WEB
        with ["saml:recipient" = "https://signin.alibabacloud.com/SAML-role/sso"] => nothing(TRUST);
    saml_without_recipient: OKTA { trust: TRUST_OKTA } "sts:AssumeRoleWithSAML" on WEB
        => nothing(TRUST);
    saml_by_a_provider_of_another_account: OKTA_OF_22 { owner: "11", trust: TRUST_OKTA }
        "sts:AssumeRoleWithSAML" on WEB with ["saml:recipient" = RECIPIENT] => nothing(TRUST);
    saml_role_is_not_for_oidc: KEYCLOAK { trust: TRUST_OKTA } "sts:AssumeRoleWithOIDC" on WEB
        with ["saml:recipient" = RECIPIENT, "oidc:iss" = ISSUER] => nothing(TRUST);
    saml_provider_is_not_its_account: OKTA { trust: TRUST_ACCOUNT } "sts:AssumeRoleWithSAML" on WEB
        with ["saml:recipient" = RECIPIENT] => nothing(TRUST);
    saml_without_trust_policy: OKTA { policies: [ALL] } "sts:AssumeRoleWithSAML" on WEB
        with ["saml:recipient" = RECIPIENT] => nothing(TRUST);
    saml_in_any_case_of_letters: OKTA { trust: TRUST_OKTA } "sts:assumerolewithsaml" on WEB
        with ["saml:recipient" = RECIPIENT] => allow(TRUST, 0, 0);
    saml_role_is_not_for_a_user: ALICE { policies: [ALL], trust: TRUST_OKTA }
        "sts:AssumeRole" on WEB with ["saml:recipient" = RECIPIENT] => nothing(TRUST);
    saml_under_control_policies: OKTA { control: [[ALL], [OSS]], trust: TRUST_OKTA }
        "sts:AssumeRoleWithSAML" on WEB with ["saml:recipient" = RECIPIENT]
        => control_allows_not(1);
    saml_session_policy_is_for_later: OKTA { session: READ, trust: TRUST_OKTA }
        "sts:AssumeRoleWithSAML" on WEB with ["saml:recipient" = RECIPIENT] => allow(TRUST, 0, 0);
    saml_gives_no_other_action: OKTA { policies: [ALL], trust: TRUST_OKTA }
        "ecs:StopInstance" on INSTANCE with ["saml:recipient" = RECIPIENT] => nothing(TRUST);

    oidc_second_client: KEYCLOAK { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB
        with [
            "oidc:iss" = ISSUER, "oidc:aud" = "cli-client",
            "oidc:sub" = "system:serviceaccount:shop:cart"
        ] => allow(TRUST, 0, 0);
    oidc_another_issuer: KEYCLOAK { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB
        with [
            "oidc:iss" = "https://id.example.net/realms/main", "oidc:aud" = "web-client",
            "oidc:sub" = "system:serviceaccount:shop:cart"
        ] => nothing(TRUST);
    oidc_another_subject: KEYCLOAK { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB
        with [
            "oidc:iss" = ISSUER, "oidc:aud" = "web-client",
            "oidc:sub" = "system:serviceaccount:bank:cart"
        ] => nothing(TRUST);
    oidc_without_issuer: KEYCLOAK { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB
        with ["oidc:aud" = "web-client", "oidc:sub" = "system:serviceaccount:shop:cart"]
        => nothing(TRUST);
    oidc_without_client: KEYCLOAK { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB
        with ["oidc:iss" = ISSUER, "oidc:sub" = "system:serviceaccount:shop:cart"]
        => nothing(TRUST);
    oidc_without_anything: KEYCLOAK { trust: TRUST_KEYCLOAK } "sts:AssumeRoleWithOIDC" on WEB
        => nothing(TRUST);
    oidc_one_of_several_clients_in_the_token: KEYCLOAK { trust: TRUST_KEYCLOAK }
        "sts:AssumeRoleWithOIDC" on WEB
        with [
            "oidc:iss" = ISSUER, "oidc:aud" = "other-client", "oidc:aud" = "web-client",
            "oidc:sub" = "system:serviceaccount:shop:cart"
        ] => allow(TRUST, 0, 0);
    oidc_by_issuer_alone: KEYCLOAK { trust: TRUST_KEYCLOAK_BY_ISSUER }
        "sts:AssumeRoleWithOIDC" on WEB with ["oidc:iss" = ISSUER, "oidc:aud" = "any-client"]
        => allow(TRUST, 0, 0);
    oidc_client_is_denied: KEYCLOAK { trust: TRUST_KEYCLOAK_BUT_NOT_TESTS }
        "sts:AssumeRoleWithOIDC" on WEB with ["oidc:iss" = ISSUER, "oidc:aud" = "test-client"]
        => deny(TRUST, 0, 1);
    oidc_another_client_is_not_denied: KEYCLOAK { trust: TRUST_KEYCLOAK_BUT_NOT_TESTS }
        "sts:AssumeRoleWithOIDC" on WEB with ["oidc:iss" = ISSUER, "oidc:aud" = "web-client"]
        => allow(TRUST, 0, 0);
    oidc_role_is_not_for_saml: OKTA { trust: TRUST_KEYCLOAK_BY_ISSUER }
        "sts:AssumeRoleWithSAML" on WEB with ["oidc:iss" = ISSUER] => nothing(TRUST);
    oidc_under_control_policies: KEYCLOAK {
        control: [[ALL, NOTHING_AT_ALL]], trust: TRUST_KEYCLOAK_BY_ISSUER
    } "sts:AssumeRoleWithOIDC" on WEB with ["oidc:iss" = ISSUER] => control_denies(0, 1, 0);
}

// Actions that need several resources (ECS: Authentication rules).
rows! {
    every_resource_is_allowed: ALICE { policies: [ATTACH_TO_INSTANCE, ATTACH_DISK] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => allow(ACCOUNT, 1, 0);
    every_resource_by_one_policy: ALICE { policies: [ECS] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => allow(ACCOUNT, 0, 0);
    last_resource_is_missing: ALICE { policies: [ATTACH_TO_INSTANCE] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => nothing(ACCOUNT);
    first_resource_is_missing: ALICE { policies: [ATTACH_DISK] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => nothing(ACCOUNT);
    one_resource_is_denied: ALICE { policies: [ECS, NO_ATTACH_DISK] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => deny(ACCOUNT, 1, 0);
    first_resource_is_denied: ALICE { policies: [ECS, NO_ATTACH_DISK] }
        "ecs:AttachDisk" on [DISK, INSTANCE] => deny(ACCOUNT, 1, 0);
    one_resource_by_its_group: ALICE { policies: [ATTACH_TO_INSTANCE], group: [ATTACH_DISK] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => allow(GROUP, 0, 0);
    a_user_cannot_sign_on: ALICE { policies: [ALL], trust: TRUST_ACCOUNT }
        "sts:AssumeRoleWithSAML" on [WEB] => without_policy(ImplicitDeny);
    a_role_cannot_sign_on: OPS { session: ALL, policies: [ALL], trust: TRUST_ACCOUNT }
        "sts:AssumeRoleWithOIDC" on [WEB] => without_policy(ImplicitDeny);
    who_signs_on_cannot_assume_directly: OKTA { trust: TRUST_ACCOUNT }
        "sts:AssumeRole" on [WEB] => without_policy(ImplicitDeny);
    saml_does_not_sign_on_by_oidc: OKTA { trust: TRUST_ACCOUNT }
        "sts:AssumeRoleWithOIDC" on [WEB] => without_policy(ImplicitDeny);
    only_a_role_is_assumed: ALICE { policies: [ALL], trust: TRUST_ACCOUNT }
        "sts:AssumeRole" on [INSTANCE] => without_policy(ImplicitDeny);
    policies_do_not_reach_into_another_account: ALICE { policies: [ECS] }
        "ecs:StopInstance" on ["acs:ecs:cn-hangzhou:22:instance/i-1"] => nothing(ACCOUNT);
    a_denial_does: ALICE { policies: [NO_ECS] }
        "ecs:StopInstance" on ["acs:ecs:cn-hangzhou:22:instance/i-1"] => deny(ACCOUNT, 0, 0);
    root_does_not_own_what_the_arn_says_is_another_s: ROOT {}
        "ecs:StopInstance" on ["acs:ecs:cn-hangzhou:22:instance/i-1"] => without_policy(ImplicitDeny);
    no_resource_at_all: ALICE { policies: [ALL] } "ecs:AttachDisk" on []
        => without_policy(ImplicitDeny);
    root_with_no_resource_at_all: ROOT {} "ecs:AttachDisk" on [] => without_policy(ImplicitDeny);
    one_resource_of_many: OPS { session: ATTACH_TO_INSTANCE, policies: [ECS] }
        "ecs:AttachDisk" on [INSTANCE, DISK] => nothing(SESSION);
}

/// Writes one test a row: `name: "ARN" => caller or error;`.
macro_rules! callers {
    ($($name:ident: $text:literal => $expected:expr;)*) => {
        $(#[test]
        fn $name() {
            assert_eq!(Caller::from_arn($text), $expected);
        })*
    };
}

callers! {
    arn_of_root: "acs:ram::11:root" => Ok(ROOT);
    arn_of_a_user: "acs:ram::11:user/alice" => Ok(ALICE);
    arn_of_a_user_with_every_character: "acs:ram::11:user/al.i_c-e1"
        => Ok(Caller::User { account: "11", name: "al.i_c-e1" });
    arn_of_a_role: "acs:ram::11:role/ops" => Ok(OPS);
    arn_of_a_role_keeps_case: "acs:ram::11:role/Ops" => Ok(OPS_IN_CAPITALS);
    arn_of_a_session: "acs:ram::11:role/ops/monday" => Ok(OPS);
    arn_of_an_assumed_role: "acs:ram::11:assumed-role/ops/monday" => Ok(OPS);
    arn_of_a_session_in_the_token_service: "acs:sts::11:assumed-role/ops/monday" => Ok(OPS);
    arn_of_a_session_with_an_address: "acs:ram::11:role/ops/alice@example.com" => Ok(OPS);
    arn_of_another_account: "acs:ram::22:user/alice" => Ok(ALICE_OF_22);

    not_an_arn: "alice" => Err(ArnError::Prefix);
    not_an_arn_but_empty: "" => Err(ArnError::Prefix);
    not_an_arn_but_a_star: "*" => Err(ArnError::Prefix);
    not_an_arn_of_this_cloud: "arn:sts::11:assumed-role/ops/monday" => Err(ArnError::Prefix);
    not_in_lower_case: "ACS:ram::11:root" => Err(ArnError::Prefix);
    not_without_blank: " acs:ram::11:root" => Err(ArnError::Prefix);
    no_region_field: "acs:ram:11:root" => Err(ArnError::MissingField);
    no_relative_id_field: "acs:ram::11" => Err(ArnError::MissingField);
    no_service: "acs:::11:root" => Err(ArnError::Service);
    of_a_region: "acs:ram:cn-hangzhou:11:root" => Err(ArnError::NotACaller);
    of_the_system_account: "acs:ram::system:root" => Err(ArnError::NotACaller);
    of_root_in_the_token_service: "acs:sts::11:root" => Err(ArnError::NotACaller);
    of_a_user_with_a_slash: "acs:ram::11:user/a/b" => Err(ArnError::NotACaller);
    of_any_user: "acs:ram::11:user/*" => Err(ArnError::NotACaller);
    of_a_session_of_a_session: "acs:ram::11:role/ops/a/b" => Err(ArnError::NotACaller);
    of_a_session_without_name: "acs:ram::11:role/ops/" => Err(ArnError::NotACaller);
    of_an_instance: "acs:ecs:cn-hangzhou:11:instance/i-1" => Err(ArnError::NotACaller);
    of_any_service: "acs:*::11:root" => Err(ArnError::Service);
    of_any_region: "acs:ram:*:11:root" => Err(ArnError::Region);
    of_no_account: "acs:ram:::root" => Err(ArnError::Account);
    of_any_account: "acs:ram::*:root" => Err(ArnError::Account);
    of_a_masked_account: "acs:ram::12345678****1234:root" => Err(ArnError::Account);
    of_an_account_with_a_name: "acs:ram::example:root" => Err(ArnError::Account);
    of_nobody: "acs:ram::11:" => Err(ArnError::EmptyRelativeId);
    of_a_user_without_name: "acs:ram::11:user/" => Err(ArnError::NotACaller);
    of_a_role_without_name: "acs:ram::11:role/" => Err(ArnError::NotACaller);
    of_a_session_without_role: "acs:ram::11:role//monday" => Err(ArnError::NotACaller);
    of_an_assumed_role_without_name: "acs:ram::11:assumed-role/" => Err(ArnError::NotACaller);
    of_a_user_with_a_line_feed: "acs:ram::11:user/alice\n" => Err(ArnError::ControlCharacter);
}

/// What is neither root, user nor role is nobody who asks, whatever the error.
#[test]
fn arns_of_others_are_refused() {
    for text in [
        "acs:ram::11:group/admins",
        "acs:ram::11:policy/ops",
        "acs:ram::11:saml-provider/okta",
        "acs:ram::11:oidc-provider/keycloak",
        "acs:ram::11:mfa/alice",
        "acs:ram::11:user",
        "acs:ram::11:role",
        "acs:ram::11:rooted",
        "acs:ram::11:root/",
        "acs:ram::11:Root",
        "acs:ram::11:User/alice",
        "acs:ram::11:/user/alice",
        "acs:ram::11:*",
    ] {
        assert!(Caller::from_arn(text).is_err(), "{text}");
    }
}

/// Whom an identity provider vouches for is never trusted without saying for which console, or by
/// which issuer: such a trust policy is not read at all.
#[test]
fn sign_on_without_condition_is_no_trust_policy() {
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
        let leniently = TrustPolicy::from_json_lenient(&text).err();
        for error in [strictly, leniently] {
            let trust = |error: ImportError| error.findings().iter().any(|f| f.rule() == "trust");
            assert!(error.is_some_and(trust), "{text}");
        }
    }
}

#[test]
fn callers_have_an_account_or_none() {
    assert_eq!(ROOT.account(), Some("11"));
    assert_eq!(ALICE_OF_22.account(), Some("22"));
    assert_eq!(OPS.account(), Some("11"));
    assert_eq!(ECS_SERVICE.account(), None);
    assert_eq!(OKTA.account(), None);
}

#[test]
fn full_access_is_everything_on_everything() {
    assert_eq!(ControlPolicy::full_aliyun_access().policy(), &ALL);
}

#[test]
fn words_of_ram() {
    let outcomes = [Allow, ExplicitDeny, ImplicitDeny].map(|outcome| outcome.to_string());
    assert_eq!(outcomes, ["Allow", "ExplicitDeny", "ImplicitDeny"]);
    let types = [ACCOUNT, GROUP, SESSION, PolicyType::ControlPolicy, TRUST];
    assert_eq!(
        types.map(|policy_type| policy_type.to_string()),
        [
            "AccountLevelIdentityBasedPolicy",
            "ResourceGroupLevelIdentityBasedPolicy",
            "SessionPolicy",
            "ControlPolicy",
            "AssumeRolePolicy",
        ]
    );
}

/// What each kind of policy says, for one caller and one request.
struct Said {
    control: Vec<Outcome>,
    session: Option<Outcome>,
    account: Outcome,
    group: Outcome,
    trust: Option<Outcome>,
    rule: ResourceGroupRule,
}

/// What is asked, as far as the order of RAM minds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Ordinary,
    AssumeRole,
    SignOn,
}

/// RAM's order, written down a second time; the type is that of the policy that decides.
fn in_the_order_of_ram(
    caller: Caller<'_>,
    owns: bool,
    asked: Asked,
    said: &Said,
) -> (Outcome, Option<PolicyType>, Option<usize>) {
    if matches!(caller, Caller::Root { .. }) {
        let outcome = if owns && asked == Asked::Ordinary { Allow } else { ImplicitDeny };
        return (outcome, None, None);
    }
    if let Some(level) = said.control.iter().position(|outcome| *outcome != Allow) {
        let outcome = said.control.get(level).copied().unwrap_or(ImplicitDeny);
        return (outcome, Some(PolicyType::ControlPolicy), Some(level));
    }
    let resource = match asked {
        Asked::Ordinary => ImplicitDeny,
        Asked::AssumeRole | Asked::SignOn => said.trust.unwrap_or(ImplicitDeny),
    };
    if matches!(caller, Caller::Service { .. } | Caller::Federated { .. }) {
        return (resource, Some(TRUST), None);
    }
    if let Some(session @ (ExplicitDeny | ImplicitDeny)) = said.session {
        return (session, Some(SESSION), None);
    }
    let (identity, identity_type) = match (said.account, said.group, said.rule) {
        (ImplicitDeny, Allow | ExplicitDeny, _) => (said.group, GROUP),
        (Allow, ExplicitDeny, ResourceGroupRule::DenyOverrides) => (ExplicitDeny, GROUP),
        (account, _, _) => (account, ACCOUNT),
    };
    let (outcome, policy_type) = match (asked, identity, resource) {
        // One account's policies do not reach into another's resources.
        (Asked::Ordinary, Allow, _) if !owns => (ImplicitDeny, identity_type),
        (Asked::Ordinary, _, _) | (_, ExplicitDeny, _) => (identity, identity_type),
        (_, _, ExplicitDeny) | (_, Allow, _) => (resource, TRUST),
        (_, ImplicitDeny, _) => (ImplicitDeny, identity_type),
    };
    (outcome, Some(policy_type), None)
}

/// A policy that says this about everything but `oss:GetBucketAcl`.
fn saying(outcome: Outcome) -> &'static Policy {
    static ELSEWHERE: Policy = policy! { allow oss::GetBucketAcl on *; };
    match outcome {
        Allow => &ALL,
        ExplicitDeny => &NOTHING_AT_ALL,
        ImplicitDeny => &ELSEWHERE,
    }
}

/// A trust policy that says this about every caller below.
fn trusting(outcome: Outcome) -> &'static TrustPolicy {
    static YES: TrustPolicy = trust_policy! {
        allow sts::AssumeRole by ram "acs:ram::11:root", service "ecs.aliyuncs.com";
        allow sts::AssumeRole by federated "acs:ram::11:saml-provider/okta"
            when saml::recipient == "https://signin.aliyun.com/saml-role/sso";
    };
    static NO: TrustPolicy = trust_policy! {
        deny sts::AssumeRole by ram "acs:ram::11:root", service "ecs.aliyuncs.com";
        deny sts::AssumeRole by federated "acs:ram::11:saml-provider/okta"
            when saml::recipient == "https://signin.aliyun.com/saml-role/sso";
    };
    match outcome {
        Allow => &YES,
        ExplicitDeny => &NO,
        ImplicitDeny => &TRUST_22,
    }
}

/// Every combination of what the kinds of policies can say.
#[test]
fn every_combination_follows_the_order_of_ram() -> Result<(), Box<dyn Error>> {
    const SAID: [Outcome; 3] = [Allow, ExplicitDeny, ImplicitDeny];
    let or_none = || [None].into_iter().chain(SAID.map(Some));
    let two_levels = SAID.iter().flat_map(|first| SAID.map(|second| vec![*first, second]));
    let levels: Vec<Vec<Outcome>> = [vec![]].into_iter().chain(two_levels).collect();
    let mut controls = Vec::new();
    let mut sessions = Vec::new();
    for outcome in SAID {
        controls.push((outcome, ControlPolicy::new(saying(outcome).clone())?));
        sessions.push((outcome, SessionPolicy::new(saying(outcome).clone())?));
    }
    let requests = [
        (Asked::Ordinary, Request::new("ecs:StopInstance", INSTANCE)?),
        (Asked::AssumeRole, Request::new("sts:AssumeRole", WEB)?),
        (
            Asked::SignOn,
            Request::new("sts:AssumeRoleWithSAML", WEB)?
                .with_named("saml:recipient", RECIPIENT_IN_CHINA)?,
        ),
    ];
    let mut situations = Vec::new();
    for control in &levels {
        for session in or_none() {
            for account in SAID {
                for group in SAID {
                    for trust in or_none() {
                        for rule in
                            [ResourceGroupRule::AccountLevelFirst, ResourceGroupRule::DenyOverrides]
                        {
                            let control = control.clone();
                            situations.push(Said { control, session, account, group, trust, rule });
                        }
                    }
                }
            }
        }
    }
    for said in &situations {
        for caller in [ROOT, ALICE, OPS, ECS_SERVICE, OKTA] {
            for owner in ["11", "22"] {
                let mut authorizer = Authorizer::new(caller)
                    .with_owner(owner)
                    .with_policies([saying(said.account)])
                    .with_resource_group_policies([saying(said.group)])
                    .with_resource_group_rule(said.rule);
                for level in &said.control {
                    let policies = controls.iter().filter(|(outcome, _)| outcome == level);
                    authorizer = authorizer.with_control_level(policies.map(|(_, policy)| policy));
                }
                let session = sessions.iter().find(|(outcome, _)| said.session == Some(*outcome));
                if let Some((_, session)) = session {
                    authorizer = authorizer.with_session_policy(session);
                }
                if let Some(trust) = said.trust {
                    authorizer = authorizer.with_trust_policy(trusting(trust));
                }
                for (asked, request) in &requests {
                    // Only who an identity provider vouches for signs on, and does so in no other
                    // way.
                    let asks = match asked {
                        Asked::Ordinary => true,
                        Asked::AssumeRole => !matches!(caller, Caller::Federated { .. }),
                        Asked::SignOn => matches!(caller, Caller::Federated { .. }),
                    };
                    if !asks {
                        continue;
                    }
                    let answer = authorizer.authorize(request);
                    let expected = in_the_order_of_ram(caller, owner == "11", *asked, said);
                    let given = (answer.outcome, answer.policy_type, answer.level);
                    assert_eq!(given, expected, "{caller:?} asks {request}: {authorizer:#?}");
                }
            }
        }
    }
    Ok(())
}
