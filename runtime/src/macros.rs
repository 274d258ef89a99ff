//! The macros. Each hands `$crate` to the procedural macro, so that it works under any name of
//! the crate.

/// Declares a policy, checked at compile time; an expression of type [`Policy`](crate::Policy).
///
/// With parameters (`<...>`) it is a [`PolicyTemplate`](crate::PolicyTemplate).
///
/// # Typed form
///
/// ```
/// use ram_policy::{Policy, policy};
///
/// /// Lets API Gateway dedicated instances reach services in your VPC.
/// pub const CONNECT_USER_VPC: Policy = policy! {
///     allow ecs::{CreateNetworkInterface, DescribeNetworkInterfaces}, vpc::DescribeVpcs on *;
///     allow ram::DeleteServiceLinkedRole on *
///         when ram::ServiceName == "connectuservpc.apigateway.aliyuncs.com";
/// };
/// ```
///
/// `every` selects actions of the catalogue by access level, service and resource type; their names are
/// what the document prints, and what the limit of its length applies to.
///
/// ```
/// let policy = ram_policy::policy! { allow every list of ecs, every action taking vpc::VPC on *; };
/// assert!(policy.to_json().contains(r#""vpc:DescribeVpcs""#));
/// ```
///
/// Clauses of a statement may stand in any order, and the document prints them in the order they were
/// written. One value prints as a string; several, or any number in `[...]`, as a list. The
/// [guide](crate::guide::language) has the whole grammar, with an example of every alternative.
///
/// # JSON form
///
/// Paste the document, its own braces serving as the macro's (or put it in parentheses).
///
/// ```
/// let policy = ram_policy::policy! {
///   "Version": "1",
///   "Statement": [
///     {
///       "Action": "apigateway:Describe*",
///       "Resource": "*",
///       "Effect": "Allow"
///     }
///   ]
/// };
/// assert!(policy.to_json().contains(r#""Action":"apigateway:Describe*""#));
/// ```
///
/// Statements without a document (`policy! { {...}, {...} }`) print without one. Rust reads the
/// tokens before the macro does: a document with the JSON escapes `\u1234`, `\/`, `\b` or `\f` is
/// kept as a file and read by [`policy_file!`](crate::policy_file).
///
/// # Claims
///
/// A claim says what the policy does. It prints nothing and decides nothing; it is held against the
/// policy while that compiles, and one that fails is a compile error at the claim.
///
/// ```
/// use ram_policy::{Policy, policy};
///
/// const BOUNDARY: Policy = policy! { allow ecs::*, vpc::* on *; deny ecs::Delete* on *; };
///
/// const OPERATORS: Policy = policy! {
///     allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:*:instance/*"
///         when acs::SourceIp in "10.0.0.0/8";
///
///     allows ecs::StopInstance on "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1"
///         with { acs::SourceIp: "10.0.0.1" };
///     denies ecs::StopInstance on "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
///     never ram::*, ims::*;
///     never * on "acs:ecs:cn-beijing:*:*";
///     within { allow ecs::S* on *; };
///     within guardrail::requires_source_network("10.0.0.0/8");
///     within BOUNDARY;
/// };
/// ```
///
/// - `allows` and `denies` ask the evaluator, once for each action; `denies` takes a denial by a
///   statement and by none. The request is checked as a [`Request`](crate::Request) is. Of a key that
///   is not given the request has no value. The error shows what each statement says.
/// - `never` and `within` need the feature `proofs` of this crate; without it they are errors that say so.
///   `never` asks the prover whether the policy allows any of these requests, `within` whether it
///   allows anything that its boundary does not. The error shows such a request. Guardrails have the
///   names of the functions of `Guardrail` and take what those take, as texts. What the prover cannot
///   decide is an error, too.
/// - Of a boundary that is the path of a constant only the compiler knows the value, so it is decided
///   by constant evaluation, as by [`assert_within!`](crate::assert_within) with `const`; `Self` and
///   generic parameters cannot stand in the path.
///
/// They stand among the items, and before a pasted document or the path of a file. A template has
/// none, since what it allows is known when it is bound, and neither has a trust policy.
///
/// ```compile_fail
/// let policy = ram_policy::policy! { allow ram::Get* on *; never ram::*; };
/// ```
///
/// # Templates
///
/// Parameters stand for a region, an account or part of a resource, or in a condition value. In
/// the typed form they are written `{name}` and print as `$name`; in a pasted document they stand
/// as the page prints them (`$name`, `${name}`, `{#name}`, `{name}`, `<name>`).
///
/// ```
/// use ram_policy::{PolicyTemplate, policy};
///
/// const QUERY: PolicyTemplate = policy!(<regionid, accountid> {
///   "Version": "1",
///   "Statement": [
///     {
///       "Action": "apigateway:Describe*",
///       "Resource": "acs:apigateway:$regionid:$accountid:apigroup/*",
///       "Effect": "Allow"
///     }
///   ]
/// });
/// ```
///
/// # Local additions
///
/// A file `ram-catalogue.json` beside the crate's `Cargo.toml` adds, corrects and retires actions,
/// resource templates and condition keys for all macros of the crate; its format stands at
/// [`Additions`](crate::Additions). The crate is built again when the file changes. The compiler
/// cannot be told to look out for a file that is not there yet: touch a source file, or run
/// `cargo clean -p <crate>`, after making the file. An editor reads it when it starts its server
/// for macros.
///
/// # Errors
///
/// Every mistake is a compile error at the token that is wrong; the expression keeps its type.
/// RAM accepts most of them silently (RAM: Policy elements).
///
/// ```compile_fail
/// let policy = ram_policy::policy! { allow ecs::DescribeInstance on *; };
/// ```
#[macro_export]
macro_rules! policy {
    ($($tokens:tt)*) => {
        $crate::__private::policy!($crate $($tokens)*)
    };
}

/// Declares the trust policy of a role, checked at compile time; an expression of type
/// [`TrustPolicy`](crate::TrustPolicy).
///
/// The grammar is that of [`policy!`](crate::policy) with a clause `by` in the place of `on`: `ram`,
/// `service` or `federated`, each with one principal or a list. The JSON form works too.
///
/// Checked: the form of each principal, that no action is named but `sts:AssumeRole` and what a
/// session is given along (`sts:SetSourceIdentity`, `sts:TagSession`), and that
/// federated principals come with `saml:recipient` or `oidc:iss` (RAM: Edit the trust policy of a
/// RAM role; RAM: Create a RAM role for a trusted IdP).
///
/// ```
/// use ram_policy::{TrustPolicy, trust_policy};
///
/// const ADMINS: TrustPolicy = trust_policy! {
///     allow sts::AssumeRole by ram "acs:ram::1234567890123456:root" when acs::MFAPresent == true;
///     allow sts::AssumeRole by service ["ecs.aliyuncs.com"];
/// };
/// assert!(ADMINS.to_json().contains(r#""Principal":{"Service":["ecs.aliyuncs.com"]}"#));
/// ```
#[macro_export]
macro_rules! trust_policy {
    ($($tokens:tt)*) => {
        $crate::__private::trust_policy!($crate $($tokens)*)
    };
}

/// Declares a policy that is kept with a resource, checked at compile time; an expression of type
/// [`ResourcePolicy`](crate::ResourcePolicy).
///
/// The kind of the resource comes first: `bucket`, `access_point`, `object_process`, `endpoint`, `key`,
/// `secret`, `project` or `instance`. The grammar is that of [`policy!`](crate::policy) with a clause
/// `by` beside `on`: `*`, a text or a list of numbers of accounts and users; for keys and secrets `ram`
/// with ARNs. The JSON form works too.
///
/// One macro takes all kinds, because a kind changes what is checked and not how a policy is written.
///
/// ```
/// use ram_policy::{ResourcePolicy, resource_policy};
///
/// const PHOTOS: ResourcePolicy = resource_policy! { bucket;
///     allow oss::GetObject on ["acs:oss:*:1234567890123456:photos/*"] by ["200000000000000001"];
///     deny oss::* on ["acs:oss:*:1234567890123456:photos", "acs:oss:*:1234567890123456:photos/*"]
///         by [*] when acs::SourceVpc != "vpc-a1b2c3";
/// };
/// assert!(PHOTOS.to_json().contains(r#""Principal":["200000000000000001"]"#));
///
/// const KEY: ResourcePolicy = resource_policy! { key;
///     allow kms::Decrypt on [*] by ram ["acs:ram::1234567890123456:role/app"];
/// };
/// ```
#[macro_export]
macro_rules! resource_policy {
    ($($tokens:tt)*) => {
        $crate::__private::resource_policy!($crate $($tokens)*)
    };
}

/// Reads a policy from a JSON file at compile time; an expression of type
/// [`Policy`](crate::Policy), or [`PolicyTemplate`](crate::PolicyTemplate) with parameters.
///
/// The path is relative to the `Cargo.toml` of the crate that uses it. The crate is built again
/// when the file changes. Mistakes are reported with file, line, column and the line itself.
///
/// ```text
/// const VIEW: Policy = policy_file!("policies/view.json");
/// const GROUP: PolicyTemplate = policy_file!(<regionid, accountid> "policies/group.json");
/// const NEW: Policy = policy_file!(#![unlisted("newservice:*")] "policies/new.json");
/// const KEPT: Policy = policy_file!(never ram::*; within "policies/boundary.json"; "policies/kept.json");
/// ```
///
/// Claims stand before the path; their grammar is that of [`policy!`](crate::policy).
#[macro_export]
macro_rules! policy_file {
    ($($tokens:tt)*) => {
        $crate::__private::policy_file!($crate $($tokens)*)
    };
}

/// Declares a service-linked role; an expression of type
/// [`ServiceLinkedRole`](crate::ServiceLinkedRole).
///
/// Checked: the names of role and policy against RAM's convention and limits, the form of the
/// service's name, that every `ram:ServiceName` condition equals it, and the permissions as in
/// [`policy!`](crate::policy) (RAM: Service-linked roles; RAM: Limits).
///
/// ```
/// use ram_policy::{ServiceLinkedRole, service_linked_role};
///
/// const PUT_EVENTS: ServiceLinkedRole = service_linked_role! {
///     role: AliyunServiceRoleForApigatewayPutEventsToEventBridge,
///     policy: AliyunServiceRolePolicyForApigatewayPutEventsToEventBridge,
///     service: none, // no document names it
///     permissions: {
///         allow eventbridge::PutEvents on *;
///     },
/// };
/// assert_eq!(PUT_EVENTS.trust_policy(), None);
/// ```
#[macro_export]
macro_rules! service_linked_role {
    ($($tokens:tt)*) => {
        $crate::__private::service_linked_role!($crate $($tokens)*)
    };
}

/// Declares a policy and a type of requests to it, with a field for each condition key that the policy
/// asks for.
///
/// The policy is the constant, as by [`policy!`](crate::policy). A field is named by its key, without
/// `acs:`: `source_ip` for `acs:SourceIp`, `ecs_tag_owner` for `ecs:tag/owner`. It is an `Option` of what
/// the key's values are: an [`IpAddr`](core::net::IpAddr), a `bool`, a [`Number`](crate::Number), a
/// [`Date`](crate::Date), or a `&str`. Whoever makes a request and forgets a value, or gives a text where
/// an address is wanted, gets an error of the compiler; a key that a request does not have is `None`. When
/// the policy asks for another key, each place that makes a request must say what its value is.
///
/// `evaluate` decides by the fields: no key is looked up by its name. `to_request` makes the
/// [`Request`](crate::Request) that other policies decide, and that has several values of a key.
///
/// ```
/// use ram_policy::{Decision, Ecs, request_for};
///
/// request_for! {
///     /// What operators may do.
///     pub const OPERATORS;
///     /// What is known of an operator's request.
///     pub struct ByOperator;
///
///     allow ecs::{StartInstance, StopInstance} on "acs:ecs:cn-hangzhou:*:instance/*"
///         when acs::SourceIp in "10.0.0.0/8" and ecs::tag["owner"] == "web";
///     deny ecs::* on * when acs::MFAPresent == false;
/// }
///
/// let request = ByOperator {
///     source_ip: Some([10, 0, 0, 1].into()),
///     ecs_tag_owner: Some("web"),
///     mfa_present: None,
/// };
/// let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
/// assert_eq!(request.evaluate(Ecs::StopInstance, instance)?, Decision::Allow { statement: 0 });
/// let same = request.to_request(Ecs::StopInstance, instance)?;
/// assert_eq!(OPERATORS.evaluate(&same), Decision::Allow { statement: 0 });
/// # Ok::<(), ram_policy::RequestError>(())
/// ```
///
/// ```compile_fail
/// # ram_policy::request_for! {
/// #     const OPERATORS;
/// #     struct ByOperator;
/// #     allow ecs::StopInstance on * when acs::SourceIp in "10.0.0.0/8";
/// # }
/// // A text is no address.
/// let request = ByOperator { source_ip: Some("10.0.0.1") };
/// ```
///
/// # Errors
///
/// The errors of `policy!`. A template, and a policy that includes constants, have no such type: their keys
/// are not known here.
#[macro_export]
macro_rules! request_for {
    (
        $(#[$of_policy:meta])* $policy_vis:vis const $policy:ident;
        $(#[$of_request:meta])* $request_vis:vis struct $request:ident;
        $($tokens:tt)*
    ) => {
        $crate::__private::request! {
            $crate
            [$(#[$of_policy])* $policy_vis const $policy]
            [$(#[$of_request])* $request_vis struct $request]
            { $($tokens)* }
        }
    };
}

/// Does not compile unless a policy grants the actions that code is about to call; a policy named
/// by a path to a constant, then typed actions.
///
/// "Grants" is what [`Policy::grants`](crate::Policy::grants) says: on some resource and under some
/// conditions.
///
/// ```
/// use ram_policy::{Ecs, Policy, assert_grants, policy};
///
/// const OPERATORS: Policy = policy! { allow ecs::{StartInstance, StopInstance} on *; };
///
/// fn restart() {
///     assert_grants!(OPERATORS, Ecs::StopInstance, Ecs::StartInstance);
///     // calls both
/// }
/// # restart();
/// ```
///
/// ```compile_fail
/// use ram_policy::{Ecs, Policy, assert_grants, policy};
///
/// const OPERATORS: Policy = policy! { allow ecs::{StartInstance, StopInstance} on *; };
/// assert_grants!(OPERATORS, Ecs::DeleteInstance);
/// ```
#[macro_export]
macro_rules! assert_grants {
    ($policy:path, $($action:path),+ $(,)?) => {
        $(const _: () = {
            const POLICY: &$crate::Policy = &$policy;
            ::core::assert!(
                POLICY.grants($action.id()),
                ::core::concat!(
                    ::core::stringify!($policy),
                    " does not grant ",
                    ::core::stringify!($action)
                )
            );
        };)+
    };
}

/// Keeps policies as JSON files beside the crate: one line in a test module makes a test that
/// compares `<folder>/<name>.json` with what each constant prints.
///
/// `VIEW_ALL` is kept as `view-all.json`, laid out as `to_json_pretty` does, with a line feed at the
/// end; `VIEW_ALL = "view"` names the file. The folder is relative to the `Cargo.toml` of the crate.
/// With the environment variable `RAM_POLICY_EXPORT=write` the files are written; without it, as in
/// CI, the test fails for a file that is missing or stale, and for a `*.json` in the folder that
/// belongs to no constant.
///
/// ```
/// use ram_policy::{Policy, policy};
///
/// pub const VIEW_ALL: Policy = policy! { allow ecs::Describe* on *; };
///
/// #[cfg(test)]
/// mod tests {
///     ram_policy::export_to!("policies", super::VIEW_ALL);
/// }
/// ```
#[macro_export]
macro_rules! export_to {
    ($folder:literal, $($policy:path $(= $name:literal)?),+ $(,)?) => {
        #[test]
        fn policies_are_exported() {
            extern crate std;

            let wrong = $crate::export_to!(@compare $folder, $($policy $(= $name)?),+);
            std::assert!(
                wrong.is_empty(),
                "{}; run the test with RAM_POLICY_EXPORT=write to write what the policies say",
                wrong.join(", ")
            );
        }
    };
    // What is wrong with the files; they are written first if that is asked for.
    (@compare $folder:literal, $($policy:path $(= $name:literal)?),+ $(,)?) => {{
        extern crate std;
        use std::string::ToString as _;

        let folder = std::path::Path::new(std::env!("CARGO_MANIFEST_DIR")).join($folder);
        let writes = std::env::var_os("RAM_POLICY_EXPORT").is_some_and(|value| value == "write");
        let mut expected = std::collections::BTreeMap::new();
        let mut wrong = std::vec::Vec::new();
        $(
            let name = std::stringify!($policy).rsplit("::").next().unwrap_or("");
            let name = name.trim().to_ascii_lowercase().replace('_', "-");
            $(let name = std::string::String::from($name);)?
            let file = std::format!("{name}.json");
            if expected.insert(file, std::format!("{}\n", $policy.to_json_pretty())).is_some() {
                wrong.push(std::format!("two policies are kept as `{name}.json`"));
            }
        )+
        for (name, text) in &expected {
            let path = folder.join(name);
            if std::fs::read(&path).is_ok_and(|found| found == text.as_bytes()) {
                continue;
            }
            if writes {
                let written =
                    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, text));
                if let Err(error) = written {
                    wrong.push(std::format!("{} cannot be written: {error}", path.display()));
                }
            } else if path.exists() {
                wrong.push(std::format!("{} is stale", path.display()));
            } else {
                wrong.push(std::format!("{} is missing", path.display()));
            }
        }
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().to_string();
            if name.ends_with(".json") && !expected.contains_key(&name) {
                wrong.push(std::format!("{} belongs to no policy", entry.path().display()));
            }
        }
        wrong
    }};
}

/// Panics unless a policy keeps within a boundary, which is a policy or a `Guardrail`; the message shows
/// a request that the policy allows and the boundary does not. For tests: the proof is made when the
/// program runs. Needs the feature `proofs`.
///
/// With `const` it is a check while compiling, of the path of a constant, and stands among items or
/// statements. The boundary is one that `within` takes in [`policy!`](crate::policy): a policy in
/// braces, a file, `guardrail::` and a name, or the path of a constant. This is decided by constant
/// evaluation, which proves less than the prover does: what is neither proved nor refuted does not
/// compile either, and the message says so. It covers every action pattern of an `Allow`, with every
/// resource, by one statement of the boundary whose conditions follow from its own.
///
/// ```
/// use ram_policy::{Guardrail, Policy, assert_within, policy};
///
/// const BOUNDARY: Policy = policy! { allow ecs::* on *; deny ecs::Delete* on *; };
/// const OPERATORS: Policy = policy! { allow ecs::{StartInstance, StopInstance} on *; };
///
/// assert_within!(OPERATORS, BOUNDARY);
/// assert_within!(OPERATORS, Guardrail::no_privilege_escalation());
///
/// assert_within!(const OPERATORS, BOUNDARY);
/// assert_within!(const OPERATORS, guardrail::no_privilege_escalation);
/// assert_within!(const OPERATORS, { allow ecs::S*Instance on *; });
/// ```
///
/// ```should_panic
/// let boundary = ram_policy::policy! { allow ecs::* on *; };
/// ram_policy::assert_within!(ram_policy::policy! { allow oss::GetObject on *; }, boundary);
/// ```
///
/// ```compile_fail
/// use ram_policy::{Policy, assert_within, policy};
///
/// const READERS: Policy = policy! { allow oss::GetObject on *; };
/// assert_within!(const READERS, { allow ecs::* on *; });
/// ```
#[macro_export]
macro_rules! assert_within {
    (const $policy:path, $($boundary:tt)+) => {
        $crate::__private::constant_within!{ $crate [$policy] $($boundary)+ }
    };
    ($policy:expr, $boundary:expr $(,)?) => {
        $crate::__private::assert_within(&$policy, &$boundary)
    };
}

/// Panics if a policy allows any request of the actions, and of the resources and conditions if
/// there are any, as [`policy!`](crate::policy) writes them; the message shows such a request. For
/// tests: the proof is made when the program runs. Needs the feature `proofs`.
///
/// With `const` it is a check while compiling, of the path of a constant, as
/// [`assert_within!`](crate::assert_within) with `const` is.
///
/// ```
/// use ram_policy::{Policy, assert_never, policy};
///
/// const OPERATORS: Policy = policy! {
///     allow ecs::S*Instance on "acs:ecs:cn-hangzhou:*:instance/*";
///     deny ecs::StartInstance on *;
/// };
///
/// assert_never!(OPERATORS, ram::*);
/// assert_never!(OPERATORS, ecs::Delete*, ecs::StartInstance);
/// assert_never!(OPERATORS, * on "acs:ecs:cn-beijing:*:*");
///
/// assert_never!(const OPERATORS, ram::*, ecs::StartInstance);
/// ```
///
/// ```compile_fail
/// use ram_policy::{Policy, assert_never, policy};
///
/// const VIEWERS: Policy = policy! { allow ram::Get* on *; };
/// assert_never!(const VIEWERS, ram::*);
/// ```
///
/// ```should_panic
/// ram_policy::assert_never!(ram_policy::policy! { allow ram::Get* on *; }, ram::*);
/// ```
#[macro_export]
macro_rules! assert_never {
    (const $policy:path, $($asked:tt)+) => {
        $crate::__private::constant_never!{ $crate [$policy] $($asked)+ }
    };
    ($policy:expr, $($asked:tt)+) => {
        $crate::__assert_never!($policy, [] $($asked)+)
    };
}

/// Puts the resource `*` behind actions that come alone.
#[doc(hidden)]
#[macro_export]
macro_rules! __assert_never {
    ($policy:expr, [$($actions:tt)*] on $($rest:tt)*) => {
        $crate::__private::assert_never(&$policy, &$crate::policy! { deny $($actions)* on $($rest)*; })
    };
    ($policy:expr, [$($actions:tt)*]) => {
        $crate::__private::assert_never(&$policy, &$crate::policy! { deny $($actions)* on *; })
    };
    ($policy:expr, [$($actions:tt)*] $next:tt $($rest:tt)*) => {
        $crate::__assert_never!($policy, [$($actions)* $next] $($rest)*)
    };
}
