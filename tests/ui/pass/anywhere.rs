//! An expression stands wherever one may.

use std::sync::LazyLock;

use ram_policy::{
    Decision, Policy, PolicyTemplate, Request, RequestError, ServiceLinkedRole, policy,
    service_linked_role,
};

const VIEW: &str =
    r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}"#;

const IN_A_CONST: Policy = policy! { allow ecs::Describe* on *; };

static IN_A_STATIC: Policy = policy! { allow ecs::Describe* on *; };

static BEHIND_A_LOCK: LazyLock<Policy> = LazyLock::new(|| policy! { allow ecs::Describe* on *; });

const IN_A_LIST: [Policy; 2] =
    [policy! { allow ecs::Describe* on *; }, policy!(allow ecs::Describe* on *)];

const BEHIND_A_REFERENCE: &Policy = &policy![allow ecs::Describe* on *];

struct Team {
    name: &'static str,
    policy: Policy,
}

const IN_A_FIELD: Team = Team { name: "web", policy: policy! { allow ecs::Describe* on *; } };

trait Guarded {
    const POLICY: Policy;
    const TEMPLATE: PolicyTemplate = policy! {
        <account>
        allow ecs::Describe* on "acs:ecs:*:{account}:*";
    };

    fn policy() -> Policy;
}

struct Server;

impl Guarded for Server {
    const POLICY: Policy = policy! { allow ecs::Describe* on *; };

    fn policy() -> Policy {
        policy! { allow ecs::Describe* on *; }
    }
}

/// The policy is the same for all types.
fn in_a_generic_function<T: Guarded, const N: usize>(seen: &mut Vec<Policy>) -> [u8; N] {
    seen.push(policy! { allow ecs::Describe* on *; });
    seen.push(T::POLICY);
    seen.push(T::policy());
    [0; N]
}

struct Length<const N: usize>;

impl<const N: usize> Length<N> {
    const LENGTH: usize = N;
}

/// The length of a role's name, in the place of a constant parameter.
type NameLength = Length<
    {
        const ROLE: &ServiceLinkedRole = &service_linked_role! {
            role: AliyunServiceRoleForApiGatewayMonitoring,
            policy: AliyunServiceRolePolicyForApiGatewayMonitoring,
            service: "monitor.apigateway.aliyuncs.com",
            permissions: {
                allow cms::DescribeMonitorGroups on "acs:cms:*:*:*";
            },
        };
        ROLE.name().len()
    },
>;

fn as_an_argument(policy: &Policy) -> String {
    policy.to_json()
}

fn after_return(early: bool) -> Policy {
    if early {
        return policy! { allow ecs::Describe* on *; };
    }
    policy! { deny ecs::* on *; }
}

const fn in_a_constant_function() -> Policy {
    policy! { allow ecs::Describe* on *; }
}

async fn in_an_async_function() -> Policy {
    policy! { allow ecs::Describe* on *; }
}

fn in_a_match(name: &str) -> Option<Policy> {
    match name {
        "view" => Some(policy! { allow ecs::Describe* on *; }),
        "nothing" => policy! { deny * on *; }.into(),
        _ => None,
    }
}

fn main() -> Result<(), RequestError> {
    fn send_and_sync<T: Send + Sync + 'static>(_: &T) {}
    send_and_sync(&IN_A_STATIC);

    let in_a_let = policy! { allow ecs::Describe* on *; };
    let in_a_closure = || policy! { allow ecs::Describe* on *; };
    let in_a_block = const {
        policy! { allow ecs::Describe* on *; }
    };
    let [first, second] = IN_A_LIST;
    let mut seen = vec![
        IN_A_CONST,
        IN_A_STATIC.clone(),
        BEHIND_A_LOCK.clone(),
        BEHIND_A_REFERENCE.clone(),
        first,
        second,
        IN_A_FIELD.policy,
        in_a_let,
        in_a_closure(),
        in_a_block,
        after_return(true),
        in_a_constant_function(),
        in_a_match("view").ok_or(RequestError::UnknownAction)?,
    ];
    let _: [u8; 3] = in_a_generic_function::<Server, 3>(&mut seen);
    assert_eq!(seen.len(), 16);
    for policy in &seen {
        assert_eq!(policy.to_json(), VIEW);
    }
    drop(in_an_async_function());
    assert_eq!(as_an_argument(&policy! { allow ecs::Describe* on *; }), VIEW);
    assert_eq!(Server::TEMPLATE.parameters().collect::<Vec<_>>(), ["account"]);
    assert_eq!(NameLength::LENGTH, 40);
    assert_eq!(IN_A_FIELD.name, "web");

    let request = Request::new("ecs:DescribeInstances", "*")?;
    assert_eq!(IN_A_STATIC.evaluate(&request), Decision::Allow { statement: 0 });
    assert_eq!(after_return(false).evaluate(&request), Decision::ExplicitDeny { statement: 0 });
    Ok(())
}
