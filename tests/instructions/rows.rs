//! What is counted. A row more is an entry more in one of these lists.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use ram_policy::key::{acs, ecs};
use ram_policy::{Ecs, OwnedRequest, Policy, PolicySet, Request, RequestReader, request_for};
use ram_policy_model::terms::glob::Glob;

use crate::{expansion, fleet, golden};

/// One work with its name.
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) work: Box<dyn FnMut()>,
}

fn row(name: impl Into<String>, work: impl FnMut() + 'static) -> Row {
    Row { name: name.into(), work: Box::new(work) }
}

/// All rows.
pub(crate) fn all() -> Vec<Row> {
    let mut rows = decisions();
    rows.extend(matcher());
    rows.extend(requests());
    rows.extend(typed_requests());
    rows.extend(proofs());
    rows.extend(expansion::rows());
    // Last, because reading ten thousand policies takes a while under callgrind.
    rows.extend([100, 10_000].map(set));
    rows
}

/// Every golden policy by its mix of requests: as `policy!` compiles it, as it is read from JSON, and
/// as code by hand.
fn decisions() -> Vec<Row> {
    let mut rows = Vec::new();
    for case in golden::cases().expect("every template takes its values") {
        let asked: &'static _ = Box::leak(Box::new(case.asked));
        let requests = || -> Vec<Request<'static>> {
            asked.iter().map(|asked| asked.request().expect("a good request")).collect()
        };
        let (name, by_hand, policy) = (case.name, case.by_hand, case.policy);
        let read = Policy::from_json_lenient(policy.to_json()).expect("RAM takes it").policy;
        rows.push(row(format!("by hand: {name}"), move || {
            for asked in asked {
                black_box(by_hand(black_box(asked)));
            }
        }));
        for (form, policy) in [("compiled", policy), ("read", read)] {
            let requests = requests();
            rows.push(row(format!("{form}: {name}"), move || {
                for request in &requests {
                    black_box(black_box(&policy).evaluate(black_box(request)));
                }
            }));
        }
    }
    rows
}

/// A set of that many policies by what is asked of it.
fn set(count: usize) -> Row {
    // Made the first time, which is not counted.
    let mut made = None;
    row(format!("set of {count} policies"), move || {
        let (set, requests) = made.get_or_insert_with(|| made_set(count));
        for request in requests.iter() {
            black_box(black_box(&*set).evaluate(black_box(request)));
        }
    })
}

fn made_set(count: usize) -> (PolicySet, Vec<Request<'static>>) {
    let policies = fleet::policies(&fleet::documents(count));
    let asked: &'static _ = Box::leak(Box::new(fleet::asked(count)));
    let requests = asked.iter().map(|asked| asked.request().expect("a good request"));
    (policies.iter().collect(), requests.collect())
}

fn matcher() -> Vec<Row> {
    let long = "instance/".to_owned() + &"a".repeat(2_000);
    [
        ("exact", "instance/i-1", "instance/i-1".to_owned()),
        ("prefix", "instance/*", "instance/i-1".to_owned()),
        ("middle", "instance/*-prod", "instance/i-1-prod".to_owned()),
        ("questions", "instance/i-??-*", "instance/i-12-prod".to_owned()),
        ("many stars, long", "*a*a*a*a*b", long),
    ]
    .map(|(name, pattern, input)| {
        let glob = Glob::classify(pattern, 0, pattern.len());
        row(format!("matcher: {name}"), move || {
            black_box(black_box(glob).matches(black_box(pattern), black_box(&input)));
        })
    })
    .into()
}

const ARN: &str = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
const LINE: &str = r#"{"action": "ecs:StopInstance", "resource": "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1", "context": {"acs:SourceIp": "10.0.0.1", "acs:CurrentTime": "2026-11-22T09:00:00Z", "ecs:tag/owner": "zhangsan", "acs:PrincipalARN": "acs:ram::1234567890123456:user/alice"}}"#;
const EVENT: &str = r#"{"eventName": "StopInstance", "serviceName": "Ecs", "acsRegion": "cn-hangzhou", "eventTime": "2026-11-22T09:00:00Z", "sourceIpAddress": "10.0.0.1", "userAgent": "x", "recipientAccountId": "1234567890123456", "userIdentity": {"type": "ram-user", "accountId": "1234567890123456", "userName": "alice"}, "referencedResources": {"ACS::ECS::Instance": ["i-1"]}}"#;

fn requests() -> Vec<Row> {
    let mut reader = RequestReader::new();
    vec![
        row("request: typed", || {
            let request = Request::new(black_box(Ecs::StopInstance), black_box(ARN));
            let request =
                request.expect("a good request").with(acs::SourceIp, [10, 0, 0, 1].into());
            black_box(request);
        }),
        row("request: by name", || {
            let request = Request::new(black_box("ecs:StopInstance"), black_box(ARN));
            let request =
                request.and_then(|request| request.with_named("acs:SourceIp", "10.0.0.1"));
            black_box(request.expect("a good request"));
        }),
        row("request: a line, borrowed", move || {
            let read = reader.read(black_box(LINE).as_bytes(), |request| {
                black_box(request);
            });
            read.expect("a good line");
        }),
        row("request: a line, owned", || {
            let owned = OwnedRequest::from_json(black_box(LINE)).expect("a good line");
            black_box(owned.request().expect("a good request"));
        }),
        row("request: an event", || {
            let owned = OwnedRequest::from_action_trail(black_box(EVENT)).expect("an event");
            for owned in &owned {
                black_box(owned.request().expect("a good request"));
            }
        }),
    ]
}

request_for! {
    const FEW_KEYS;
    struct ByFewKeys;
    allow ecs::StopInstance on "acs:ecs:cn-hangzhou:*:instance/*"
        when acs::SourceIp in "10.0.0.0/8" and acs::MFAPresent == true;
}

request_for! {
    const MANY_KEYS;
    struct ByManyKeys;
    allow ecs::StopInstance on "acs:ecs:cn-hangzhou:*:instance/*"
        when acs::SourceIp in "10.0.0.0/8" and acs::MFAPresent == true and acs::SecureTransport == true
        and ecs::tag["owner"] == "zhangsan" and ecs::tag["stage"] == "test" and ecs::tag["team"] == "web"
        and ecs::tag["region"] == "east" and ecs::tag["cost"] == "42" and ecs::tag["tier"] == "front"
        and acs::UserAgent StringEquals "cli" and acs::SourceVpc == "vpc-1" and acs::PrincipalARN like "*:user/alice";
}

/// A request is made and decided: by values under names, and by values in fields.
fn typed_requests() -> Vec<Row> {
    let address = || black_box([10, 0, 0, 1]).into();
    // Making it is left out, because how a list grows depends on what was allocated before.
    let by_name = Request::new(Ecs::StopInstance, ARN)
        .expect("a good request")
        .with(acs::SourceIp, address())
        .with(acs::MFAPresent, true)
        .with(acs::SecureTransport, true)
        .with(ecs::tag.of("owner"), "zhangsan")
        .with(ecs::tag.of("stage"), "test")
        .with(ecs::tag.of("team"), "web")
        .with(ecs::tag.of("region"), "east")
        .with(ecs::tag.of("cost"), "42")
        .with(ecs::tag.of("tier"), "front")
        .with(acs::UserAgent, "cli")
        .with(acs::SourceVpc, "vpc-1")
        .with(acs::PrincipalARN, "acs:ram::1:user/alice");
    assert!(MANY_KEYS.evaluate(&by_name).is_allow());
    vec![
        row("made and decided: 2 keys by name", move || {
            let request = Request::new(black_box(Ecs::StopInstance), black_box(ARN));
            let request = request
                .expect("a good request")
                .with(acs::SourceIp, address())
                .with(acs::MFAPresent, black_box(true));
            black_box(FEW_KEYS.evaluate(&request));
        }),
        row("made and decided: 2 keys by field", move || {
            let request =
                ByFewKeys { source_ip: Some(address()), mfa_present: Some(black_box(true)) };
            let decision = request.evaluate(black_box(Ecs::StopInstance), black_box(ARN));
            black_box(decision.expect("a good request"));
        }),
        row("decided: 12 keys by name", move || {
            black_box(black_box(&MANY_KEYS).evaluate(black_box(&by_name)));
        }),
        row("made and decided: 12 keys by field", move || {
            let request = ByManyKeys {
                source_ip: Some(address()),
                mfa_present: Some(black_box(true)),
                secure_transport: Some(black_box(true)),
                ecs_tag_owner: Some(black_box("zhangsan")),
                ecs_tag_stage: Some(black_box("test")),
                ecs_tag_team: Some(black_box("web")),
                ecs_tag_region: Some(black_box("east")),
                ecs_tag_cost: Some(black_box("42")),
                ecs_tag_tier: Some(black_box("front")),
                user_agent: Some(black_box("cli")),
                source_vpc: Some(black_box("vpc-1")),
                principal_arn: Some(black_box("acs:ram::1:user/alice")),
            };
            let decision = request.evaluate(black_box(Ecs::StopInstance), black_box(ARN));
            let decision = decision.expect("a good request");
            assert!(decision.is_allow());
            black_box(decision);
        }),
    ]
}

/// The official documents of `tests/golden`.
pub(crate) fn documents() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a text"))
        })
        .collect()
}

fn proofs() -> Vec<Row> {
    let documents = documents();
    let policy = |name: &str| {
        let text = documents.iter().find(|(found, _)| found == name);
        let (_, text) = text.unwrap_or_else(|| panic!("no document `{name}`"));
        Policy::from_json_lenient(text).expect("RAM takes it").policy
    };
    [
        ("apigateway-describe-all", "apigateway-full-access"),
        ("apigateway-full-access", "apigateway-describe-all"),
        ("mqtt-core-rule-engine", "connect-user-vpc"),
        ("connect-user-vpc", "connect-user-vpc"),
    ]
    .map(|(one, other)| {
        let (left, right) = (policy(one), policy(other));
        row(format!("proof: {one} within {other}"), move || {
            black_box(black_box(&left).within(black_box(&right)));
        })
    })
    .into()
}
