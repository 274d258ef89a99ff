//! How many records of a log a core decides in a second, by policies that are read: decisions alone,
//! with reading the JSON line, and all that `ram-policy audit` does; beside serde_json reading the
//! same line and iam-rs or cedar-policy deciding. `cargo bench -p ram-policy-benchmarks --bench batch`
//! prints the tables.
//!
//! First all must decide alike. The peers are given requests that are made already: making one from
//! what serde_json has read costs them nothing here.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    reason = "code that only measures stops at the first surprise"
)]

use std::hint::black_box;

use ram_policy::{OwnedRequest, PolicySet, Request, RequestReader};
use ram_policy_batch::{Batch, Verdict as Counted};
use ram_policy_benchmarks::asked::{ACCOUNT, Asked, Verdict};
use ram_policy_benchmarks::cedar::Cedar;
use ram_policy_benchmarks::iam::Iam;
use ram_policy_benchmarks::{fleet, measure};
use serde_json::Value;

const COUNTS: [usize; 3] = [10, 100, 10_000];

/// Most policies the peers are given: beyond, a decision of theirs takes milliseconds.
const MOST_OF_PEERS: usize = 100;

/// How often the requests stand in the log, each time of another principal. So few that one core is
/// done with them before another program has its turn.
const TIMES: usize = 50;

fn main() {
    let rows: Vec<Option<Row>> = COUNTS.into_iter().map(row).collect();
    let rows: Vec<Row> = rows.into_iter().flatten().collect();
    if rows.is_empty() {
        return;
    }
    println!(
        "\nRequests that a core decides in a second, in millions, by policies of 10 statements:\n"
    );
    println!(
        "| policies | decided | read and decided | audit | serde_json, iam-rs | serde_json, cedar-policy |"
    );
    println!(
        "| -------: | ------: | ---------------: | ----: | -----------------: | -----------------------: |"
    );
    let millions = |nanoseconds: f64| 1e3 / nanoseconds;
    for row in &rows {
        let peer =
            |peer: Option<f64>| peer.map_or("-".into(), |one| format!("{:.4}", millions(one)));
        println!(
            "| {:>8} | {:>7.2} | {:>16.2} | {:>5.2} | {:>18} | {:>24} |",
            row.policies,
            millions(row.decided),
            millions(row.read),
            millions(row.audit),
            peer(row.peers.map(|[iam, _]| iam)),
            peer(row.peers.map(|[_, cedar]| cedar)),
        );
    }
    for row in &rows {
        println!(
            "\nBy {} policies: {:.2} million read and decided a second and core (goal 1), events of \
             ActionTrail {:.2} million; {} threads take {:.2} of the time of one.",
            row.policies,
            millions(row.read),
            millions(row.events),
            rayon::current_num_threads(),
            row.all / row.audit,
        );
        if let Some([iam, cedar]) = row.peers {
            println!(
                "serde_json and iam-rs take {:.0} times as long, serde_json and cedar-policy {:.0} times.",
                iam / row.read,
                cedar / row.read,
            );
        }
    }
}

/// Nanoseconds a record.
struct Row {
    policies: usize,
    decided: f64,
    read: f64,
    /// By one thread, counted.
    audit: f64,
    /// By all threads, counted.
    all: f64,
    events: f64,
    peers: Option<[f64; 2]>,
}

/// `None` when nothing is to be measured.
fn row(count: usize) -> Option<Row> {
    let documents = fleet::documents(count);
    let policies = fleet::policies(&documents);
    let set: PolicySet = policies.iter().collect();
    let asked = fleet::asked(count);
    let requests: Vec<Request<'_>> =
        asked.iter().map(|asked| asked.request().expect("a good request")).collect();
    let lines: Vec<String> = requests.iter().map(|request| line(request, 0)).collect();
    let peers = (count <= MOST_OF_PEERS)
        .then(|| (Iam::new(&documents, &asked), Cedar::new(&documents, &asked)));
    assert_alike(&asked, &requests, &lines, &set, peers.as_ref());
    if !measure::is_asked_for() {
        return None;
    }
    let log: String = (0..TIMES)
        .flat_map(|principal| requests.iter().map(move |request| line(request, principal) + "\n"))
        .collect();
    let event_log: String = (0..TIMES).flat_map(events).collect();
    let number = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    let each = number(requests.len());
    let decided = measure::nanoseconds(|| {
        for request in &requests {
            black_box(black_box(&set).evaluate(black_box(request)));
        }
    });
    let read = measure::nanoseconds(|| {
        let mut reader = RequestReader::new();
        for line in black_box(&log).as_bytes().split(|byte| *byte == b'\n') {
            if !line.is_empty() {
                let decision = reader.read(line, |request| set.evaluate(request));
                black_box(decision.expect("a good line"));
            }
        }
    });
    let audit = |log: &str, threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        // Pieces for every core of a log that is short here.
        let batch = Batch::new().with_chunk(1 << 16);
        measure::nanoseconds(|| {
            let run = || batch.run(log.as_bytes(), |_, request| set.evaluate(request).into());
            black_box(pool.install(run).expect("a good log"));
        })
    };
    let peers = peers.map(|(iam, cedar)| {
        let of = |line: &String| {
            black_box(serde_json::from_str::<Value>(black_box(line)).expect("JSON"));
        };
        let by_iam = measure::nanoseconds(|| {
            for (line, request) in lines.iter().zip(&iam.requests) {
                of(line);
                black_box(black_box(&iam).decide(black_box(request)));
            }
        });
        let by_cedar = measure::nanoseconds(|| {
            for (line, request) in lines.iter().zip(&cedar.requests) {
                of(line);
                black_box(black_box(&cedar).decide(black_box(request)));
            }
        });
        [by_iam / each, by_cedar / each]
    });
    let records = number(requests.len() * TIMES);
    Some(Row {
        policies: count,
        decided: decided / each,
        read: read / records,
        audit: audit(&log, 1) / records,
        all: audit(&log, 0) / records,
        events: audit(&event_log, 1) / number(event_log.lines().count()),
        peers,
    })
}

/// A request as a line of a log.
fn line(request: &Request<'_>, principal: usize) -> String {
    let mut owned = OwnedRequest::from(request);
    let arn = format!("acs:ram::{ACCOUNT}:user/user-{principal}");
    owned.context.push(("acs:PrincipalARN".into(), vec![arn]));
    owned.context.push(("acs:CurrentTime".into(), vec!["2026-11-22T09:00:00Z".into()]));
    owned.to_json()
}

/// Events as ActionTrail writes them, one a line.
fn events(number: usize) -> impl Iterator<Item = String> {
    ["StopInstance", "DescribeInstances", "DeleteInstance"].into_iter().map(move |name| {
        format!(
            r#"{{"eventId":"7b2c1c0e-0001-4c5b-9f3a-{number:012}","eventVersion":"1","eventSource":"ecs.cn-hangzhou.aliyuncs.com","requestParameters":{{"RequestId":"7b2c1c0e","HostId":"ecs.cn-hangzhou.aliyuncs.com","InstanceId":"i-bp{number:012x}"}},"sourceIpAddress":"10.0.0.1","userAgent":"AlibabaCloud (linux; amd64) Python/3.11 Core/1.0","eventType":"ApiCall","userIdentity":{{"accessKeyId":"LTAI****","accountId":"{ACCOUNT}","principalId":"28815334868278","type":"ram-user","userName":"user-{number}"}},"serviceName":"Ecs","additionalEventData":{{"Scheme":"https"}},"requestId":"7b2c1c0e","eventTime":"2026-11-22T09:00:00Z","isGlobal":false,"acsRegion":"cn-hangzhou","eventName":"{name}","recipientAccountId":"{ACCOUNT}","referencedResources":{{"ACS::ECS::Instance":["i-bp{number:012x}"]}}}}{}"#,
            "\n"
        )
    })
}

fn assert_alike(
    asked: &[Asked],
    requests: &[Request<'_>],
    lines: &[String],
    set: &PolicySet,
    peers: Option<&(Iam, Cedar)>,
) {
    let mut reader = RequestReader::new();
    for (index, (line, request)) in lines.iter().zip(requests).enumerate() {
        let asked = asked.get(index);
        let ours = Verdict::from(set.evaluate(request));
        let read = reader.read(line.as_bytes(), |request| Verdict::from(set.evaluate(request)));
        assert_eq!(read.expect("a good line"), ours, "as a line, {asked:?}");
        let of = |wanted: Counted| match wanted {
            Counted::Allow => Some(Verdict::Allow),
            Counted::ExplicitDeny => Some(Verdict::ExplicitDeny),
            Counted::ImplicitDeny => Some(Verdict::ImplicitDeny),
            Counted::NoPolicies | Counted::Unknown => None,
        };
        let batch = Batch::new().run(line.as_bytes(), |_, request| set.evaluate(request).into());
        let counted = batch
            .expect("a good line")
            .rows()
            .map(|row| (of(row.verdict), row.count))
            .collect::<Vec<_>>();
        assert_eq!(counted, [(Some(ours), 1)], "as a log, {asked:?}");
        if let Some((iam, cedar)) = peers {
            let of = |verdict: Option<Verdict>| verdict.expect("each request is translated");
            let iam = of(iam.requests.get(index).map(|request| iam.verdict(request)));
            let cedar = of(cedar.requests.get(index).map(|request| cedar.verdict(request)));
            assert_eq!([iam, cedar], [ours; 2], "iam-rs and cedar-policy on {asked:?}");
        }
    }
}
