//! What is printed of texts from outside: nothing of it begins a new line of a log, moves the cursor
//! of a terminal, or turns the line around.

use std::error::Error;

use ram_policy::{
    Additions, Authorizer, Caller, OwnedRequest, Policy, Request, RequestAction, policy,
};
use ram_policy_model::text::hidden::is_hidden;

/// A line that a forger would like to see, and what a terminal would obey.
const FORGED: &str = "x\nAllow\r\u{1b}[2K\u{202e}\u{2066}\u{200b}\u{85}\u{2028}";

type Printed = Result<String, Box<dyn Error>>;

/// Writes one test a row: `name: what prints, how many lines;`.
macro_rules! cases {
    ($($name:ident: $printed:expr, $lines:literal;)*) => {
        $(#[test]
        fn $name() -> Result<(), Box<dyn Error>> {
            let print: fn() -> Printed = $printed;
            let printed = print()?;
            let lines: Vec<&str> = printed.split('\n').collect();
            assert_eq!(lines.len(), $lines, "{printed:?}");
            for line in lines {
                assert!(!line.contains(is_hidden), "{line:?}");
                assert!(!line.starts_with("Allow"), "{line:?}");
            }
            // It is told, and not left out.
            assert!(printed.contains("u{202e}") || printed.contains("u202e"), "{printed:?}");
            Ok(())
        })*
    };
}

fn asked() -> Result<Request<'static>, Box<dyn Error>> {
    let request = Request::new("ecs:StopInstance", "acs:ecs:cn-hangzhou:1:instance/\u{202e}")?;
    Ok(request.with_named("acs:UserAgent", FORGED)?)
}

const CURL: Policy = policy! { allow ecs::StopInstance on * when acs::UserAgent like "curl*"; };
const DISKS: Policy = policy! { allow ecs::* on "acs:ecs:*:*:disk/*"; };

/// A document with the text where `*` stands.
fn document(text: &str, json: &str) -> String {
    json.replace('*', &ram_policy_model::text::json::write_text(text))
}

fn findings(json: &str) -> Printed {
    let error = Policy::from_json(document(FORGED, json)).err().ok_or("it is a policy")?;
    Ok(error
        .findings()
        .iter()
        .find(|finding| finding.to_string().contains("202e"))
        .ok_or("untold")?
        .to_string())
}

cases! {
    an_explained_condition: || Ok(CURL.explain(&asked()?).to_string()), 2;
    an_explained_resource: || Ok(DISKS.explain(&asked()?).to_string()), 2;
    an_explained_account: || {
        let caller = Caller::from_arn("acs:ram::1:user/alice")?;
        Ok(Authorizer::new(caller).with_policies([&CURL]).explain(&asked()?).to_string())
    }, 3;
    a_request: || Ok(asked()?.to_string()), 1;
    a_line_of_a_request: || {
        let line = document(FORGED, r#"{"action": "ecs:StopInstance", *: "x"}"#);
        Ok(OwnedRequest::from_json(line).err().ok_or("it is a request")?.to_string())
    }, 1;
    a_counterexample: || {
        let text = document(FORGED, r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"acs:ecs:cn-hangzhou:1:instance/i","Condition":{"StringEquals":{"ecs:tag/a":*}}}]}"#);
        let policy = Policy::from_json_lenient(text)?.policy;
        Ok(policy.within(&Policy::refused()).counterexample().ok_or("proved")?.to_string())
    }, 1;
    a_finding_about_an_element: || findings(r#"{"Version":"1","Statement":[{*:1}]}"#), 1;
    a_finding_about_an_action: || findings(r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":*,"Resource":"x"}]}"#), 1;
    a_finding_about_a_key: || findings(r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"x","Condition":{"Bool":{*:"true"}}}]}"#), 1;
    a_mistake_in_additions: || {
        let text = document(FORGED, r#"{"actions": {*: {"change": "add", "reason": "r"}}}"#);
        Ok(Additions::from_json(text).err().ok_or("it is good")?.to_string())
    }, 1;
}

/// An action is letters, digits and few signs, so that it needs no escape.
#[test]
fn no_action_holds_what_is_hidden() {
    for hidden in FORGED.chars().filter(|character| is_hidden(*character)) {
        let action = format!("ecs:Stop{hidden}Instance");
        assert!(RequestAction::unlisted(&action).is_err(), "{action:?}");
        assert!(Request::new(action.as_str(), "*").is_err(), "{action:?}");
    }
}
