//! What the policy of a resource and the policies of the caller come to.

use ram_policy::{
    Authorizer, OpenResourcePolicy, Outcome, PartialAuthorization, PartialRequest, Policy,
    PolicyType, ResourceKind, ResourcePolicy, SessionPolicy, policy,
};

use super::{Anonymous, OTHER, OWNER, Role, Root, Service, User, Who, request};

/// What a policy says about the request of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Allow,
    Deny,
    Nothing,
}

use Says::{Allow, Deny, Nothing};

const ALLOWED: Outcome = Outcome::Allow;
const DENIED: Outcome = Outcome::ExplicitDeny;
const NOT_ALLOWED: Outcome = Outcome::ImplicitDeny;

/// A policy of the kind that says this about everybody, by a statement with a condition that every
/// request meets, so that it means the owner too.
fn kept(kind: ResourceKind, says: Says) -> ResourcePolicy {
    let (action, other, resource) = match kind {
        ResourceKind::Key | ResourceKind::Secret => ("kms:Decrypt", "kms:Encrypt", "*"),
        ResourceKind::Project => ("log:GetLogStore", "log:ListShards", "acs:log:*:*:project/p/*"),
        ResourceKind::Instance => ("ots:GetRow", "ots:PutRow", "acs:ots:*:*:instance/i*"),
        ResourceKind::AccessPoint => {
            ("oss:GetObject", "oss:PutObject", "acs:oss:cn-hangzhou:*:accesspoint/ap/object/*")
        }
        ResourceKind::ObjectProcess => (
            "oss:GetObject",
            "oss:PutObject",
            "acs:oss:cn-hangzhou:*:accesspointforobjectprocess/ap/object/*",
        ),
        ResourceKind::Bucket | ResourceKind::Endpoint => {
            ("oss:GetObject", "oss:PutObject", "acs:oss:*:*:photos/*")
        }
    };
    let principal = match kind {
        ResourceKind::Key | ResourceKind::Secret => {
            format!(r#"{{"RAM":["acs:ram::{OWNER}:*","acs:ram::{OTHER}:*"]}}"#)
        }
        ResourceKind::Bucket
        | ResourceKind::AccessPoint
        | ResourceKind::ObjectProcess
        | ResourceKind::Endpoint
        | ResourceKind::Project
        | ResourceKind::Instance => r#"["*"]"#.into(),
    };
    let (effect, action) = match says {
        Allow => ("Allow", action),
        Deny => ("Deny", action),
        // It allows something else.
        Nothing => ("Allow", other),
    };
    let text = format!(
        r#"{{"Version":"1","Statement":[{{"Effect":"{effect}","Action":["{action}"],"Principal":{principal},"Resource":["{resource}"],"Condition":{{"StringLike":{{"acs:SourceVpc":["vpc-*"]}}}}}}]}}"#
    );
    match ResourcePolicy::from_json_lenient(kind, &text) {
        Ok(read) => read.policy,
        Err(error) => panic!("{error}"),
    }
}

/// A policy of the caller that says this about the requests of all rows.
fn own(says: Says) -> Policy {
    match says {
        Allow => policy! { #![allow(star_on_star)] allow * on *; },
        Deny => policy! { deny * on *; },
        Nothing => policy! { allow ecs::DescribeDisks on *; },
    }
}

/// The request that the policies of a kind are about.
const fn asked(kind: ResourceKind) -> (&'static str, &'static str) {
    match kind {
        ResourceKind::Key => ("kms:Decrypt", "acs:kms:cn-hangzhou:1234567890123456:key/k"),
        ResourceKind::Secret => ("kms:Decrypt", "acs:kms:cn-hangzhou:1234567890123456:secret/s"),
        ResourceKind::Project => {
            ("log:GetLogStore", "acs:log:cn-hangzhou:1234567890123456:project/p/logstore/l")
        }
        ResourceKind::Instance => {
            ("ots:GetRow", "acs:ots:cn-hangzhou:1234567890123456:instance/i/table/t")
        }
        ResourceKind::AccessPoint => {
            ("oss:GetObject", "acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap/object/a")
        }
        ResourceKind::ObjectProcess => (
            "oss:GetObject",
            "acs:oss:cn-hangzhou:1234567890123456:accesspointforobjectprocess/ap/object/a",
        ),
        ResourceKind::Bucket | ResourceKind::Endpoint => {
            ("oss:GetObject", "acs:oss:*:1234567890123456:photos/a")
        }
    }
}

/// Kinds, who asks, what the resource says, what the caller's policies say, and what comes of it.
type Row = (&'static [ResourceKind], Who, Says, Says, Outcome);

const BUCKET: &[ResourceKind] = &[ResourceKind::Bucket];
const KEYS: &[ResourceKind] = &[ResourceKind::Key, ResourceKind::Secret];
const FILTERS: &[ResourceKind] =
    &[ResourceKind::Endpoint, ResourceKind::AccessPoint, ResourceKind::ObjectProcess];
const DENYING: &[ResourceKind] = &[ResourceKind::Project, ResourceKind::Instance];

const USER: Who = User(OWNER, "alice", None);
const STRANGER: Who = User(OTHER, "bob", None);
const STRANGE_ROLE: Who = Role(OTHER, "app", None);

const ROWS: &[Row] = &[
    // OSS: Authentication. Within the account either is enough.
    (BUCKET, USER, Allow, Nothing, ALLOWED),
    (BUCKET, USER, Nothing, Allow, ALLOWED),
    (BUCKET, USER, Allow, Allow, ALLOWED),
    (BUCKET, USER, Nothing, Nothing, NOT_ALLOWED),
    (BUCKET, USER, Deny, Allow, DENIED),
    (BUCKET, USER, Allow, Deny, DENIED),
    // For another account the bucket alone decides.
    (BUCKET, STRANGER, Allow, Nothing, ALLOWED),
    (BUCKET, STRANGE_ROLE, Allow, Nothing, ALLOWED),
    (BUCKET, STRANGER, Allow, Allow, ALLOWED),
    (BUCKET, STRANGER, Nothing, Allow, NOT_ALLOWED),
    (BUCKET, STRANGER, Deny, Allow, DENIED),
    // Whether a denial there is seen is not documented.
    (BUCKET, STRANGER, Allow, Deny, DENIED),
    (BUCKET, Root(OTHER), Allow, Nothing, ALLOWED),
    (BUCKET, Root(OTHER), Nothing, Nothing, NOT_ALLOWED),
    (BUCKET, Anonymous, Allow, Nothing, ALLOWED),
    (BUCKET, Anonymous, Nothing, Nothing, NOT_ALLOWED),
    (BUCKET, Anonymous, Deny, Nothing, DENIED),
    // The owner has the access control list behind it.
    (BUCKET, Root(OWNER), Nothing, Nothing, ALLOWED),
    (BUCKET, Root(OWNER), Deny, Nothing, DENIED),
    // A service has no policies, and no page lets a bucket give it something.
    (BUCKET, Service("cdn.aliyuncs.com"), Allow, Nothing, NOT_ALLOWED),
    // KMS: Key policies.
    (KEYS, USER, Allow, Nothing, ALLOWED),
    (KEYS, USER, Nothing, Allow, ALLOWED),
    (KEYS, USER, Allow, Allow, ALLOWED),
    (KEYS, USER, Allow, Deny, DENIED),
    (KEYS, USER, Deny, Allow, DENIED),
    (KEYS, USER, Nothing, Nothing, NOT_ALLOWED),
    (KEYS, STRANGER, Allow, Nothing, NOT_ALLOWED),
    (KEYS, STRANGER, Nothing, Allow, NOT_ALLOWED),
    (KEYS, STRANGER, Allow, Allow, ALLOWED),
    (KEYS, STRANGER, Allow, Deny, DENIED),
    (KEYS, STRANGER, Deny, Allow, DENIED),
    (KEYS, STRANGER, Nothing, Nothing, NOT_ALLOWED),
    (KEYS, Root(OTHER), Allow, Nothing, NOT_ALLOWED),
    (KEYS, Anonymous, Allow, Nothing, NOT_ALLOWED),
    // OSS: Access points; PrivateLink: Endpoint policies. Both must allow.
    (FILTERS, USER, Allow, Allow, ALLOWED),
    (FILTERS, USER, Allow, Nothing, NOT_ALLOWED),
    (FILTERS, USER, Allow, Deny, DENIED),
    (FILTERS, USER, Deny, Allow, DENIED),
    (FILTERS, USER, Deny, Nothing, DENIED),
    (FILTERS, USER, Deny, Deny, DENIED),
    (FILTERS, USER, Nothing, Allow, NOT_ALLOWED),
    (FILTERS, USER, Nothing, Nothing, NOT_ALLOWED),
    (FILTERS, Root(OWNER), Nothing, Nothing, NOT_ALLOWED),
    (FILTERS, Root(OWNER), Allow, Nothing, ALLOWED),
    (FILTERS, STRANGER, Allow, Allow, NOT_ALLOWED),
    (FILTERS, Anonymous, Allow, Nothing, NOT_ALLOWED),
    // SLS: Project policies; Tablestore: Instance Policy. Only denials are documented.
    (DENYING, USER, Deny, Allow, DENIED),
    (DENYING, USER, Allow, Allow, ALLOWED),
    (DENYING, USER, Allow, Nothing, NOT_ALLOWED),
    (DENYING, USER, Nothing, Allow, NOT_ALLOWED),
    (DENYING, STRANGER, Allow, Allow, NOT_ALLOWED),
    (DENYING, Root(OWNER), Deny, Nothing, DENIED),
    (DENYING, Anonymous, Allow, Nothing, NOT_ALLOWED),
];

fn authorizer<'p>(who: Who, own: &'p Policy, kept: &ResourcePolicy) -> Authorizer<'p> {
    Authorizer::new(who.asker().caller())
        .asked_by(who.asker())
        .with_policies([own])
        .with_resource_policy(kept)
}

const INSIDE: &[(&str, &str)] = &[("acs:SourceVpc", "vpc-a")];

#[test]
fn the_resource_and_the_caller_decide_together() {
    for (kinds, who, resource, caller, expected) in ROWS {
        for kind in *kinds {
            let (own, kept) = (own(*caller), kept(*kind, *resource));
            let (action, on) = asked(*kind);
            let request = request(action, on, INSIDE);
            let all = authorizer(*who, &own, &kept);
            let explained = all.explain(&request);
            let row = format!("{kind:?} {who:?} {resource:?} {caller:?}: {explained}");
            let answer = all.authorize(&request);
            assert_eq!(answer.outcome, *expected, "{row}");
            assert_eq!(explained.authorization, answer, "{row}");
            // What is known is decided the same where parts could be unknown.
            let partial = all.authorize_partial(&PartialRequest::of(request));
            match partial {
                PartialAuthorization::Decided(decided) => {
                    assert_eq!(decided.outcome, *expected, "{row}");
                }
                // Whether the policy names the owner of an account is not known, and changes nothing.
                PartialAuthorization::Undetermined { may_be_allowed, .. } => {
                    assert!(!may_be_allowed && *expected == NOT_ALLOWED, "{row}");
                    assert!(matches!(who, Root(_)), "{row}");
                }
            }
        }
    }
}

#[test]
fn a_filter_that_only_denies_refuses_all() {
    // No statement of it allows.
    for kind in FILTERS {
        let (own, kept) = (own(Allow), kept(*kind, Deny));
        let (action, on) = asked(*kind);
        let answer = authorizer(USER, &own, &kept).authorize(&request(action, on, &[]));
        assert_eq!(answer.outcome, NOT_ALLOWED, "{kind:?}");
        assert_eq!(answer.policy_type, Some(PolicyType::ResourceBasedPolicy));
    }
    // Where only denials count, one that does not match changes nothing.
    for kind in DENYING {
        let (own, kept) = (own(Allow), kept(*kind, Deny));
        let (action, on) = asked(*kind);
        let answer = authorizer(USER, &own, &kept).authorize(&request(action, on, &[]));
        assert_eq!(answer.outcome, ALLOWED, "{kind:?}");
    }
}

#[test]
fn a_session_narrows_what_the_resource_gives() {
    let session = SessionPolicy::new(policy! { allow oss::PutObject on *; }).expect("a policy");
    let (own, kept) = (own(Nothing), kept(ResourceKind::Bucket, Allow));
    let (action, on) = asked(ResourceKind::Bucket);
    let all = authorizer(STRANGE_ROLE, &own, &kept);
    assert!(all.authorize(&request(action, on, INSIDE)).is_allow());
    let answer = all.with_session_policy(&session).authorize(&request(action, on, INSIDE));
    assert_eq!(answer.outcome, NOT_ALLOWED);
    assert_eq!(answer.policy_type, Some(PolicyType::SessionPolicy));
}

#[test]
fn an_access_point_is_asked_by_its_own_name() {
    let point = OpenResourcePolicy::from(kept(ResourceKind::AccessPoint, Allow));
    let bucket = kept(ResourceKind::Bucket, Allow);
    let nothing = own(Nothing);
    let photo = request("oss:GetObject", "acs:oss:*:1234567890123456:photos/a", INSIDE);
    let through = |resource| {
        authorizer(USER, &nothing, &bucket).with_access_point(&point, resource).expect("an ARN")
    };
    let own_name = "acs:oss:cn-hangzhou:1234567890123456:accesspoint/ap/object/a";
    assert!(through(own_name).authorize(&photo).is_allow());
    let another = "acs:oss:cn-hangzhou:1234567890123456:accesspoint/other/object/a";
    assert_eq!(through(another).authorize(&photo).outcome, NOT_ALLOWED);
    // Asked about the object itself, its policy says nothing.
    let plain = authorizer(USER, &nothing, &bucket).with_open_resource_policy(&point);
    assert_eq!(plain.authorize(&photo).outcome, NOT_ALLOWED);
    assert!(authorizer(USER, &nothing, &bucket).with_access_point(&point, "ap-01").is_err());
}

#[test]
fn what_no_document_says_is_open() {
    let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:GetObject"],"Principal":["200000000000000001"],"Resource":["acs:oss:*:*:photos/*"]}]}"#;
    let bucket = ResourcePolicy::from_json(ResourceKind::Bucket, text).expect("a policy");
    let (action, on) = asked(ResourceKind::Bucket);
    let request = request(action, on, &[]);
    let nothing = own(Nothing);
    let all = authorizer(USER, &nothing, &bucket);
    assert_eq!(all.authorize(&request).outcome, NOT_ALLOWED);
    let partial = all.authorize_partial(&PartialRequest::of(request.clone()));
    assert_eq!(
        partial.to_string(),
        "undetermined\nResourceBasedPolicy 0: allowed if statement 0 allows it, which has `whether it names acs:ram::1234567890123456:user/alice`"
    );
    let known = all.asked_by(USER.asker().with_user_id("200000000000000001"));
    assert!(known.authorize(&request).is_allow());
}
