//! PMapper on an account of the same shape, where it is installed (`pip install principalmapper`).
//! `RAM_POLICY_PMAPPER` names the Python that has it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use ram_policy_account::Account;
use serde_json::{Map, Value, json};

/// What it took PMapper, in seconds.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "each program that measures uses a part")]
pub(crate) struct Taken {
    /// For the graph, with who is administrator.
    pub(crate) graph: f64,
    pub(crate) who_can: f64,
    /// How many principals it found; the second question is answered by the graph.
    pub(crate) who_can_found: u64,
    pub(crate) to_admin_found: u64,
}

fn python() -> String {
    std::env::var("RAM_POLICY_PMAPPER").unwrap_or_else(|_| "python3".to_owned())
}

/// Whether it can be asked.
pub(crate) fn is_installed() -> bool {
    let asked = Command::new(python()).args(["-c", "import principalmapper"]).output();
    asked.is_ok_and(|done| done.status.success())
}

/// What PMapper takes for an account.
pub(crate) fn ask(account: &Account, documents: &[String]) -> Taken {
    let names = |attached: &[ram_policy_account::Attachment]| -> Vec<String> {
        attached.iter().map(|attachment| attachment.policy.name.clone()).collect()
    };
    let read = |text: &str| -> Value { serde_json::from_str(text).expect("a document") };
    let policies: Map<String, Value> = documents
        .iter()
        .enumerate()
        .map(|(number, text)| (format!("policy-{number}"), read(text)))
        .collect();
    let users: Map<String, Value> = account
        .users()
        .map(|(name, user)| {
            let user = json!({ "policies": names(&user.attached), "groups": user.groups });
            (name.to_owned(), user)
        })
        .collect();
    let groups: Map<String, Value> = account
        .groups()
        .map(|(name, group)| (name.to_owned(), json!(names(&group.attached))))
        .collect();
    let roles: Map<String, Value> = account
        .roles()
        .map(|(name, role)| {
            let trust = read(&role.trust.as_ref().expect("a trust policy").to_json());
            (name.to_owned(), json!({ "policies": names(&role.attached), "trust": trust }))
        })
        .collect();
    let given = json!({ "policies": policies, "users": users, "groups": groups, "roles": roles });
    let mut peer = Command::new(python())
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/pmapper.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let mut input = peer.stdin.take().expect("an input");
    input.write_all(given.to_string().as_bytes()).expect("it reads");
    drop(input);
    let said = peer.wait_with_output().expect("it ends").stdout;
    let said: Value = serde_json::from_slice(&said).expect("one line of JSON");
    let seconds = |name: &str| said[name].as_f64().expect("seconds");
    let count = |name: &str| said[name].as_u64().expect("a count");
    Taken {
        graph: seconds("graph"),
        who_can: seconds("who_can"),
        who_can_found: count("who_can_found"),
        to_admin_found: count("to_admin_found"),
    }
}
