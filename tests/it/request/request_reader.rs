//! The reader that copies nothing reads as the one that keeps all: the same requests, the same
//! mistakes, whatever lines came before.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use ram_policy::{OwnedRequest, OwnedRequestError, RequestReader};

/// What the plain way says of a line.
fn plainly(line: &[u8]) -> Result<String, OwnedRequestError> {
    let owned = OwnedRequest::from_json(line)?;
    Ok(format!("{:?}", owned.request_unlisted()?))
}

fn assert_alike(lines: &[Vec<u8>]) {
    let mut reader = RequestReader::new();
    for line in lines {
        let found = reader.read(line, |request| format!("{request:?}"));
        assert_eq!(found, plainly(line), "{}", String::from_utf8_lossy(line));
    }
}

#[test]
fn reads_what_is_out_of_the_ordinary() {
    let lines = [
        r#"{"action":"ecs:StopInstance"}"#,
        r#" { "action" : "ECS:stopinstance" , "resource" : "*" , "context" : { } } "#,
        r#"{"context":{"acs:SourceIp":["10.0.0.1","::1"],"acs:MFAPresent":"true"},"action":"ecs:StopInstance"}"#,
        r#"{"action":"ecs:StopInstance","context":{"acs:SourceIp":[]}}"#,
        r#"{"action":"ecs:StopInstance","context":{"acs:SourceIp":[],"acs:SourceIp":"10.0.0.1"}}"#,
        r#"{"action":"ecs:StopInstance","context":{"acs:SourceIp":"10.0.0.1","acs:SourceIp":"10.0.0.2"}}"#,
        r#"{"action":"ecs:StopInstance","action":"ecs:StopInstance"}"#,
        r#"{"action":"ecs:StopInstance","context":{},"context":{}}"#,
        r#"{"action":"ecs:\u0053topInstance"}"#,
        r#"{"\u0061ction":"ecs:StopInstance"}"#,
        r#"{"action":"ecs:StopInstance","context":{"ecs:tag\/owner":"\u4e2d"}}"#,
        r#"{"action":"ecs:StopInstance","context":{"acs:sourceip":"10.0.0.1"}}"#,
        r#"{"action":"ecs:StopInstance","context":{"acs:SourceIp":"10.0.0"}}"#,
        r#"{"action":"ecs:StopInstance","context":{"ecs:VolumeSize":"4.5","ecs:tag/owner":"a"}}"#,
        r#"{"action":"ecs:StopInstance","context":{"ecs:tag/owner":"a","ecs:VolumeSize":"x"}}"#,
        r#"{"action":"ecs:StopInstance","resource":"acs:ecs:cn-hangzhou:1:instance/i-1"}"#,
        r#"{"action":"ecs:StopInstance","resource":"instance/i-1"}"#,
        r#"{"action":"ecs:StopInstance","resource":"x","more":1}"#,
        r#"{"action":"bss:BrandNew"}"#,
        r#"{"action":"StopInstance"}"#,
        r#"{"action":5}"#,
        r#"{"resource":"*"}"#,
        r#"{"action":"ecs:StopInstance"},"#,
        r#"{"action":"ecs:StopInstance""#,
        "[]",
        "",
    ];
    assert_alike(&lines.map(|line| line.as_bytes().to_vec()));
    let invalid = br#"{"action":"ecs:StopInstance","context":{"ecs:tag/a":"x"}}"#
        .map(|byte| if byte == b'x' { 0xff } else { byte });
    let invalid = invalid.to_vec();
    let many = (0..100).map(|number| format!(r#""ecs:tag/{number}":"a""#));
    let many = many.collect::<Vec<_>>().join(",");
    let deep = format!(r#"{{"action":"ecs:StopInstance","x":{}}}"#, "[".repeat(100));
    let many = format!(r#"{{"action":"ecs:StopInstance","context":{{{many}}}}}"#);
    assert_alike(&[invalid, deep.into_bytes(), many.clone().into_bytes(), many.into_bytes()]);
}

fn line() -> impl Strategy<Value = Vec<u8>> {
    let text = select(vec![
        r#""ecs:StopInstance""#,
        r#""ecs:startinstance""#,
        r#""bss:BrandNew""#,
        r#""acs:ecs:cn-hangzhou:1:instance/i-1""#,
        r#""*""#,
        r#""10.0.0.1""#,
        r#""2026-11-22T09:00:00Z""#,
        r#""true""#,
        r#""4.5""#,
        r#""\u4e2d\"""#,
        "5",
        "null",
        "[]",
    ]);
    let key = select(vec![
        "acs:SourceIp",
        "acs:CurrentTime",
        "acs:MFAPresent",
        "acs:sourceip",
        "ecs:tag/owner",
        "ecs:tag\\/owner",
        "ecs:VolumeSize",
        "plain",
    ]);
    let values = prop_oneof![
        3 => text.clone().prop_map(str::to_owned),
        1 => proptest::collection::vec(text.clone(), 0..3)
            .prop_map(|texts| format!("[{}]", texts.join(" , "))),
    ];
    let context = proptest::collection::vec((key, values), 0..4).prop_map(|members| {
        let members: Vec<String> =
            members.into_iter().map(|(key, values)| format!("\"{key}\": {values}")).collect();
        format!("{{{}}}", members.join(","))
    });
    let member = prop_oneof![
        4 => text.clone().prop_map(|text| format!("\"action\":{text}")),
        1 => Just("\"action\":\"ecs:StopInstance\"".to_owned()),
        3 => text.clone().prop_map(|text| format!("\"resource\" : {text}")),
        4 => context.prop_map(|context| format!("\"context\":{context}")),
        1 => text.prop_map(|text| format!("\"more\":{text}")),
    ];
    let whole = proptest::collection::vec(member, 0..4).prop_map(|members| {
        let action = "\"action\":\"ecs:StopInstance\"".to_owned();
        let named = members.iter().any(|member| member.starts_with("\"action\""));
        let all = members.into_iter().chain((!named).then_some(action)).collect::<Vec<_>>();
        format!("{{{}}}", all.join(",")).into_bytes()
    });
    // One line in three with a slip somewhere.
    (whole, any::<Index>(), any::<u8>(), 0..6u8).prop_map(|(mut line, place, byte, slip)| {
        let at = place.index(line.len());
        match slip {
            0 => drop(line.remove(at)),
            1 => line.insert(at, byte),
            _ => {}
        }
        line
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn reads_as_the_plain_reader(lines in proptest::collection::vec(line(), 1..5)) {
        assert_alike(&lines);
    }
}
