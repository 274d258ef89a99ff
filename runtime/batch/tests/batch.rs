//! What is counted, and what is told.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use ram_policy::{OwnedRequest, PolicySet, policy};
use ram_policy_batch::{Batch, RecordForm, Records, Report, Row, Verdict};
use ram_policy_model::Request;

fn decide(principal: Option<&str>, request: &Request<'_>) -> Verdict {
    let policies = [
        policy! { allow ecs::Describe* on * when acs::SourceIp in "10.0.0.0/8"; },
        policy! { allow ecs::DeleteInstance on "acs:ecs:*:*:instance/i-1"; deny ecs::RunCommand on *; },
    ];
    if principal == Some("acs:ram::1:user/stranger") {
        return Verdict::NoPolicies;
    }
    let set: PolicySet = policies.iter().collect();
    set.evaluate(request).into()
}

fn shown(report: &Report) -> String {
    let mut text = String::new();
    for Row { principal, action, verdict, count, .. } in report.rows() {
        let _ = writeln!(text, "{} {action} {verdict} {count}", principal.unwrap_or("-"));
    }
    for wrong in report.told() {
        let _ = writeln!(text, "{wrong}");
    }
    text
}

const REQUEST: &str = r#"{"action":"ecs:describeinstances","context":{"acs:SourceIp":"10.0.0.1"}}"#;
const STRANGER: &str =
    r#"{"action":"ecs:RunCommand","context":{"acs:PrincipalARN":"acs:ram::1:user/stranger"}}"#;
const EVENT: &str = r#"{"eventName":"DeleteInstance","serviceName":"Ecs","acsRegion":"cn-hangzhou","recipientAccountId":"1","userIdentity":{"type":"ram-user","accountId":"1","userName":"bob"},"referencedResources":{"ACS::ECS::Instance":["i-1"]}}"#;
const EVENT_OF_TWO: &str = r#"{"eventName":"DeleteInstance","serviceName":"Ecs","acsRegion":"cn-hangzhou","recipientAccountId":"1","referencedResources":{"ACS::ECS::Instance":["i-1","i-2"]}}"#;

#[test]
fn counts_by_principal_action_and_verdict() -> Result<(), Box<dyn Error>> {
    let of = |lines: &[&str]| lines.join("\n");
    for (name, log, form, expected) in [
        ("nothing", String::new(), RecordForm::Auto, ""),
        ("blank lines", " \n\r\n\n".into(), RecordForm::Auto, ""),
        (
            "requests",
            of(&[REQUEST, "", STRANGER, REQUEST, r#"{"action":"bss:BrandNew"}"#]),
            RecordForm::Auto,
            "- bss:BrandNew ImplicitDeny 1\n- ecs:DescribeInstances Allow 2\n\
             acs:ram::1:user/stranger ecs:RunCommand NoPolicies 1\n",
        ),
        (
            "events and requests, a list",
            format!("[{EVENT},\n{EVENT_OF_TWO}, {REQUEST}]"),
            RecordForm::Auto,
            "- ecs:DeleteInstance ImplicitDeny 1\n- ecs:DescribeInstances Allow 1\n\
             acs:ram::1:user/bob ecs:DeleteInstance Allow 1\n",
        ),
        (
            "a request that names an event",
            of(&[
                r#"{"action":"ecs:RunCommand","context":{"ecs:tag/a":"x","ecs:tag/b":"\"eventName\""}}"#,
            ]),
            RecordForm::Auto,
            "- ecs:RunCommand ExplicitDeny 1\n",
        ),
        (
            "wrong lines",
            of(&["{", REQUEST, r#"{"action":"RunCommand"}"#, "[1]", EVENT]),
            RecordForm::Request,
            "- ecs:DescribeInstances Allow 1\n\
             1: expected a member name in double quotes (byte 1)\n\
             3: an action is written `code:Name`\n\
             4: expected an object, found a list (byte 0)\n\
             5: a request has no `eventName` (byte 1)\n",
        ),
        (
            "a request among events",
            of(&[EVENT, REQUEST]),
            RecordForm::ActionTrail,
            "acs:ram::1:user/bob ecs:DeleteInstance Allow 1\n\
             2: the event has no `serviceName` (byte 0)\n",
        ),
        (
            "two principals",
            of(&[r#"{"action":"ecs:RunCommand","context":{"acs:PrincipalARN":["a","b"]}}"#]),
            RecordForm::Auto,
            "1: `acs:PrincipalARN` has several values\n",
        ),
    ] {
        for chunk in [1, 100, 1 << 20] {
            let batch = Batch::new().with_form(form).with_chunk(chunk);
            let report = batch.run(log.as_bytes(), decide)?;
            assert_eq!(shown(&report), expected, "{name}, {chunk}");
        }
    }
    Ok(())
}

/// However the events of a log are delivered, they are the same.
#[test]
fn a_log_is_read_as_it_is_delivered() -> Result<(), Box<dyn Error>> {
    let text = EVENT.replace('\\', r"\\").replace('"', "\\\"");
    let columns = EVENT
        .replace("\"event", "\"event.event")
        .replace("\"serviceName", "\"event.serviceName")
        .replace("\"acsRegion", "\"event.acsRegion")
        .replace("\"recipient", "\"event.recipient")
        .replace("\"userIdentity", "\"event.userIdentity")
        .replace("\"referenced", "\"event.referenced");
    let pretty = EVENT.replace('{', "{\n ").replace(',', ",\n ").replace('}', "\n}");
    let expected = [vec![EVENT; 2], vec![EVENT_OF_TWO]].concat();
    for (name, log) in [
        ("lines", format!("{EVENT}\n{EVENT}\n{EVENT_OF_TWO}\n")),
        ("a list", format!("[{EVENT},\n{EVENT},{EVENT_OF_TWO}]")),
        ("lists", format!("[{EVENT}]\n[{EVENT},{EVENT_OF_TWO}]")),
        ("an answer", format!(r#"{{"Events":[{EVENT},{EVENT},{EVENT_OF_TWO}]}}"#)),
        (
            "answers",
            format!(
                "{{\"NextToken\":\"}}\",\"Events\":[{EVENT}]}}\n{{\"Events\":[{EVENT},{EVENT_OF_TWO}],\"X\":{{}}}}"
            ),
        ),
        (
            "an answer over lines",
            format!("{{\n  \"Events\": [\n {pretty},\n {pretty},\n{EVENT_OF_TWO}\n ]\n}}\n"),
        ),
        ("events over lines", format!("{pretty}\n{pretty}\n{EVENT_OF_TWO}\n")),
        (
            "rows with a text",
            format!("{{\"event\":\"{text}\"}}\n{{\"event\":\"{text}\"}}\n{EVENT_OF_TWO}"),
        ),
        ("rows with columns", format!("{columns}\n{columns}\n{EVENT_OF_TWO}")),
        ("behind a mark", format!("\u{feff}{EVENT}\n{EVENT}\n{EVENT_OF_TWO}")),
    ] {
        let expected: Vec<Vec<OwnedRequest>> =
            expected.iter().map(OwnedRequest::from_action_trail).collect::<Result<_, _>>()?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(log.as_bytes())?;
        for (bytes, how) in [(log.clone().into_bytes(), "plain"), (encoder.finish()?, "packed")] {
            let records =
                Records::new(&bytes[..]).map(|record| record?.requests.map_err(io::Error::other));
            assert_eq!(records.collect::<Result<Vec<_>, _>>()?, expected, "{name}, {how}");
            for chunk in [1, 1 << 20] {
                let report = Batch::new().with_chunk(chunk).run(&bytes[..], decide)?;
                assert_eq!(
                    shown(&report),
                    "- ecs:DeleteInstance ImplicitDeny 1\nacs:ram::1:user/bob ecs:DeleteInstance Allow 2\n",
                    "{name}, {how}, {chunk}"
                );
            }
        }
    }
    Ok(())
}

#[test]
fn a_log_that_is_damaged_is_an_error() -> Result<(), Box<dyn Error>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(EVENT.repeat(100).as_bytes())?;
    let mut bytes = encoder.finish()?;
    bytes.truncate(bytes.len() - 9);
    assert!(Batch::new().run(&bytes[..], decide).is_err());
    assert!(Records::new(&bytes[..]).any(|record| record.is_err()));
    Ok(())
}

#[test]
fn every_wrong_line_is_counted_and_the_first_are_told() -> Result<(), Box<dyn Error>> {
    let log = "x\n".repeat(1_000);
    let report = Batch::new().with_most_told(3).with_chunk(64).run(log.as_bytes(), decide)?;
    assert_eq!((report.wrong(), report.decided()), (1_000, 0));
    let lines: Vec<u64> = report.told().iter().map(|wrong| wrong.line).collect();
    assert_eq!(lines, [1, 2, 3]);
    Ok(())
}

#[test]
fn what_there_is_no_row_for_is_counted_together() -> Result<(), Box<dyn Error>> {
    let mut log = String::new();
    for number in 0..1_000 {
        let mut request = OwnedRequest::new("ecs:RunCommand", "*");
        let principal = format!("acs:ram::1:user/u{:03}", number % 500);
        request.context.push(("acs:PrincipalARN".into(), vec![principal]));
        log += &request.to_json();
        log.push('\n');
    }
    let mut before = None;
    for _ in 0..2 {
        let batch = Batch::new().with_most_rows(100).with_chunk(1_000);
        let report = batch.run(log.as_bytes(), decide)?;
        assert_eq!(report.decided(), 1_000);
        assert_eq!(report.rows().count(), 101);
        let last = report.rows().last().map(|row| (row.principal, row.action, row.count));
        assert_eq!(last, Some((None, Row::OTHERS, 800)));
        // The same rows each time.
        let shown = shown(&report);
        assert_eq!(before.get_or_insert_with(|| shown.clone()), &shown);
    }
    Ok(())
}
