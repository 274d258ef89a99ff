//! The whole decision, as a table: a caller, the policies that have a say, a request, the answer.
//!
//! Every row is asked with its policies and statements as written, then in the opposite order and
//! read from JSON, because order has no effect (RAM: How RAM evaluates policies).

mod answer;
mod callers;
mod case;
mod order;
mod policies;

use std::error::Error;

use ram_policy::Outcome::Allow;
use ram_policy::{Caller, Request, RequestAction};
use ram_policy_model::account::stage::Stage;

use answer::Answer;
use case::{Attached, Case, Order};

const INSTANCE: &str = "acs:ecs:cn-hangzhou:11:instance/i-1";
const DISK: &str = "acs:ecs:cn-hangzhou:11:disk/d-1";
const OBJECT: &str = "acs:oss:*:11:archive/a";
const WEB: &str = "acs:ram::11:role/web";

/// Where SAML assertions go, on the international site and in China.
const RECIPIENT: &str = "https://signin.alibabacloud.com/saml-role/sso";
const RECIPIENT_IN_CHINA: &str = "https://signin.aliyun.com/saml-role/sso";
const ISSUER: &str = "https://id.example.com/realms/main";
const SUBJECT: &str = "system:serviceaccount:shop:cart";

/// RAM's word for who asks.
const fn principal_type(caller: Caller<'_>) -> &'static str {
    match caller {
        Caller::Root { .. } => "RootUser",
        Caller::User { .. } => "SubUser",
        Caller::Role { .. } => "AssumedRoleUser",
        Caller::Service { .. } => "Service",
        Caller::Federated { .. } => "Federated",
        Caller::Anonymous => "Anonymous",
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
///
/// The first line, `each: { part: value, ... } "action" on RESOURCE with ["key" = "value"];`, holds
/// for every row: each part, the request and its values, unless the row has its own.
macro_rules! rows {
    (each: $shared:tt $action:literal on $resource:tt $(with $given:tt)?; $($row:tt)*) => {
        rows! { @tests $shared [$action on $resource] [$($given)?] $($row)* }
    };
    (@tests $shared:tt $asked:tt $values:tt
        $($name:ident: $caller:ident $parts:tt $($action:literal on $resource:tt)?
        $(with $given:tt)? => $expected:expr;)*) => {
        $(#[test]
        fn $name() -> Result<(), Box<dyn std::error::Error>> {
            #[allow(unused_mut, reason = "a row without parts changes nothing")]
            let mut case = $crate::account::authorizer::case::Case::of($caller);
            rows!(@parts case $shared);
            rows!(@parts case $parts);
            let (action, resources) = rows!(@asked $asked $($action on $resource)?);
            let values = rows!(@values $values $($given)?);
            $crate::account::authorizer::decides(&case, action, resources, values, $expected)
        })*
    };
    (@parts $case:ident { $($part:ident: $value:tt),* $(,)? }) => {
        $(rows!(@set $case $part $value);)*
    };
    (@set $case:ident owner $owner:literal) => { $case.owner = Some($owner); };
    (@set $case:ident control [$([$($policy:ident),*]),*]) => {
        $case.control = vec![$(vec![$(&$policy),*]),*];
    };
    (@set $case:ident session $policy:ident) => { $case.session = Some(&$policy); };
    (@set $case:ident policies [$($policy:ident),*]) => { $case.policies = vec![$(&$policy),*]; };
    (@set $case:ident group [$($policy:ident),*]) => { $case.group = vec![$(&$policy),*]; };
    (@set $case:ident trust $trust:ident) => { $case.trust = Some(&$trust); };
    (@set $case:ident rule $rule:ident) => { $case.rule = ram_policy::ResourceGroupRule::$rule; };
    (@asked [$action:literal on $resource:tt]) => { ($action, rows!(@resources $resource)) };
    (@asked $shared:tt $action:literal on $resource:tt) => {
        ($action, rows!(@resources $resource))
    };
    (@resources [$($resource:expr),*]) => { &[$($resource),*] as &[&str] };
    (@resources $resource:expr) => { &[$resource] as &[&str] };
    (@values []) => { &[] };
    (@values [[$($key:literal = $given:expr),*]]) => { &[$(($key, $given)),*] };
    (@values $shared:tt [$($key:literal = $given:expr),*]) => { &[$(($key, $given)),*] };
}

mod account;
mod assume;
mod control;
mod documented;
mod owner;
mod resource_group;
mod services;
mod session;
mod several_resources;
mod sign_on;
mod trust;

/// The stages of a decision are the same in the code, in the table and in the picture of the guide, and
/// in the documentation.
#[test]
fn the_documents_list_the_stages_of_a_decision() {
    let names = Stage::ALL.map(Stage::name);
    let page = include_str!("../../../runtime/src/guide/decisions.md");
    let after = page.split("| stage | what is asked | when it decides |").nth(1).unwrap_or("");
    let rows = after.lines().skip(2).map_while(|line| line.strip_prefix("| `"));
    let rows: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    assert_eq!(rows, names);
    let picture = after.split("```").nth(1).unwrap_or("");
    let first_words = picture.lines().filter_map(|line| line.strip_prefix(' ')?.split(' ').next());
    let drawn: Vec<&str> = first_words.filter(|word| !word.is_empty()).collect();
    assert_eq!(drawn, names);
    let source = include_str!("../../../runtime/model/src/account/authorize.rs");
    let listed = (1..)
        .zip(names)
        .all(|(number, name)| source.contains(&format!("\n/// {number}. `{name}`: ")));
    assert!(listed && !source.contains(&format!("\n/// {}. `", names.len() + 1)));
}
