//! Random policies of resources beside a plain reading of the documents: a policy says the same when it
//! decides, when it is asked about one caller, and in the reference, which shares no code with them.

#![allow(clippy::indexing_slicing, reason = "a panic fails the test")]

use ram_policy::{
    Asker, Caller, Decision, PartialDecision, Request, RequestAction, ResourceKind, ResourcePolicy,
};
use ram_policy_fuzzed::choices::Dice;
use serde_json::{Value, json};

const ACCOUNTS: [&str; 2] = ["1111", "2222"];
const NAMES: [&str; 3] = ["app", "App", "web"];
const NUMBERS: [&str; 4] = ["1111", "2222", "31", "32"];
const ACTIONS: [&str; 6] = ["Get", "Put", "Decrypt", "TagResource", "Sign", "DescribeKey"];
const IDS: [&str; 3] = ["b", "b/x", "c/y"];

fn pick<'t, T>(dice: &mut Dice, all: &'t [T]) -> &'t T {
    &all[dice.below(all.len())]
}

/// What is certain, what is certainly not, and what no document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    No,
    Perhaps,
    Yes,
}

/// The caller of a case, plainly.
#[derive(Debug, Clone, Copy)]
struct One {
    word: &'static str,
    account: &'static str,
    name: &'static str,
    number: Option<&'static str>,
    session: Option<&'static str>,
}

impl One {
    fn of(dice: &mut Dice) -> Self {
        let word = *pick(dice, &["root", "user", "role", "service", "anonymous"]);
        let some = |dice: &mut Dice, one| (dice.below(2) == 0).then_some(one);
        let number = *pick(dice, &NUMBERS[2..]);
        Self {
            word,
            account: *pick(dice, &ACCOUNTS),
            name: *pick(dice, &NAMES),
            number: some(dice, number),
            session: some(dice, "deploy"),
        }
    }

    fn asker(self) -> Asker<'static> {
        let Self { account, name, .. } = self;
        let asker = Asker::from(match self.word {
            "root" => Caller::Root { account },
            "user" => Caller::User { account, name },
            "role" => Caller::Role { account, name },
            "service" => Caller::Service { principal: "ecs.aliyuncs.com" },
            _ => Caller::Anonymous,
        });
        let asker = self.number.map_or(asker, |number| asker.with_user_id(number));
        self.session.map_or(asker, |session| asker.with_session_name(session))
    }

    fn has_account(self) -> bool {
        matches!(self.word, "root" | "user" | "role")
    }
}

/// A text of a list, by the documents of OSS.
fn listed(text: &str, one: One, sessions: bool) -> Sure {
    if text.chars().all(|c| c.is_ascii_digit()) {
        return match one.word {
            "root" if one.account == text => Sure::Yes,
            "user" | "role" if one.account == text => Sure::Perhaps,
            "user" if one.number.is_none() => Sure::Perhaps,
            "user" if one.number == Some(text) => Sure::Yes,
            _ => Sure::No,
        };
    }
    let parts: Vec<&str> = text.split([':', '/']).collect();
    let ["arn", "sts", "", account, kind, role, session] = parts.as_slice() else {
        return Sure::Perhaps;
    };
    if one.word != "role" {
        return Sure::No;
    }
    if !sessions {
        return Sure::Perhaps;
    }
    let is = |pattern: &str, text: &str| pattern == "*" || pattern == text;
    if !is(account, one.account) || !is(kind, "assumed-role") {
        return Sure::No;
    }
    let of_role = if is(role, one.name) {
        Sure::Yes
    } else if role.to_lowercase() == one.name.to_lowercase() {
        Sure::Perhaps
    } else {
        return Sure::No;
    };
    let of_session = match one.session {
        _ if *session == "*" => Sure::Yes,
        None => Sure::Perhaps,
        Some(given) if given == *session => Sure::Yes,
        Some(_) => Sure::No,
    };
    of_role.min(of_session)
}

/// An ARN, by the documents of KMS.
fn arn(text: &str, one: One) -> Sure {
    let Some(rest) = text.strip_prefix("acs:ram::") else { return Sure::Perhaps };
    let Some((account, id)) = rest.split_once(':') else { return Sure::Perhaps };
    if !one.has_account() || account != one.account {
        return Sure::No;
    }
    match (one.word, id.split_once('/')) {
        ("user" | "role", None) if id == "*" => Sure::Yes,
        (word, Some((of, name))) if word == of && name == one.name => Sure::Yes,
        ("role", Some(("role", name))) if name.to_lowercase() == one.name.to_lowercase() => {
            Sure::Perhaps
        }
        (_, Some(_)) => Sure::No,
        _ => Sure::Perhaps,
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    }
}

fn code(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Key | ResourceKind::Secret => "kms",
        ResourceKind::Project => "log",
        ResourceKind::Instance => "ots",
        ResourceKind::Bucket
        | ResourceKind::AccessPoint
        | ResourceKind::ObjectProcess
        | ResourceKind::Endpoint => "oss",
    }
}

fn names(kind: ResourceKind, statement: &Value, one: One, owner: &str) -> Sure {
    let is_kms = matches!(kind, ResourceKind::Key | ResourceKind::Secret);
    let sessions = matches!(
        kind,
        ResourceKind::Bucket | ResourceKind::AccessPoint | ResourceKind::ObjectProcess
    );
    let may_lack = matches!(kind, ResourceKind::Project | ResourceKind::Instance);
    let spares = matches!(kind, ResourceKind::Bucket | ResourceKind::Project);
    let everybody = if spares
        && statement.get("Condition").is_none()
        && one.word == "root"
        && one.account == owner
    {
        Sure::No
    } else {
        Sure::Yes
    };
    match statement.get("Principal") {
        None if may_lack => everybody,
        None => Sure::Perhaps,
        Some(Value::Object(members)) if is_kms => {
            let all = members.iter().flat_map(|(of, list)| {
                texts(list).into_iter().map(move |text| match of.as_str() {
                    "RAM" => arn(text, one),
                    _ if one.word == "service" && text == "ecs.aliyuncs.com" => Sure::Perhaps,
                    _ => Sure::No,
                })
            });
            all.max().unwrap_or(Sure::No)
        }
        Some(Value::Object(_)) => Sure::Perhaps,
        Some(_) if is_kms => Sure::Perhaps,
        Some(list) => {
            let texts = texts(list);
            if texts.is_empty() {
                return everybody;
            }
            let of = |text: &str| if text == "*" { everybody } else { listed(text, one, sessions) };
            texts.into_iter().map(of).max().unwrap_or(Sure::No)
        }
    }
}

/// Whether an action has an effect: what KMS lists, and what other accounts may use.
fn has_effect(kind: ResourceKind, action: &str, owns: bool) -> bool {
    match kind {
        ResourceKind::Key | ResourceKind::Secret => match action {
            "Decrypt" | "DescribeKey" => true,
            // Administration, and a pattern of it.
            "Get" | "TagResource" => owns,
            _ => false,
        },
        ResourceKind::Bucket
        | ResourceKind::AccessPoint
        | ResourceKind::ObjectProcess
        | ResourceKind::Endpoint
        | ResourceKind::Project
        | ResourceKind::Instance => true,
    }
}

/// `None` where no statement decides; else whether it allows, and whether that is sure.
fn reference(
    kind: ResourceKind,
    document: &Value,
    one: One,
    owner: &str,
    asked: (&str, &str),
) -> (bool, bool, bool) {
    let (action, id) = asked;
    let owns = one.has_account() && one.account == owner;
    let (mut allows, mut denies) = (Sure::No, Sure::No);
    for statement in document["Statement"].as_array().expect("statements") {
        let full = format!("{}:{action}", code(kind));
        let covers = texts(&statement["Action"])
            .iter()
            .any(|pattern| *pattern == "*" || *pattern == full || pattern.ends_with(":*"));
        let on = texts(&statement["Resource"]).iter().any(|pattern| {
            *pattern == "*" || pattern.rsplit(':').next().is_some_and(|own| own == id || own == "*")
        });
        // The only condition asks for a network that no request of these has.
        let meets = statement.get("Condition").is_none();
        if !covers || !on || !meets {
            continue;
        }
        let named = names(kind, statement, one, owner);
        if statement["Effect"] == "Deny" {
            denies = denies.max(named);
        } else if has_effect(kind, action, owns) {
            allows = allows.max(named);
        }
    }
    let denied = denies >= Sure::Perhaps;
    (
        allows == Sure::Yes && !denied,
        denied,
        denies != Sure::Perhaps && (denied || allows != Sure::Perhaps),
    )
}

fn principals(dice: &mut Dice) -> Option<Value> {
    let account = *pick(dice, &ACCOUNTS);
    let name = *pick(dice, &NAMES);
    let number = *pick(dice, &NUMBERS);
    let session = *pick(dice, &["*", "deploy", "other"]);
    let sessions = format!("arn:sts::{account}:assumed-role/{name}/{session}");
    let arn = format!(
        "acs:ram::{account}:{}",
        pick(dice, &["*", "root", "user/app", "role/app", "role/web"])
    );
    Some(match dice.below(12) {
        0 => return None,
        1 => json!("*"),
        2 => json!(["*"]),
        3 => json!([]),
        4 => json!([number]),
        5 => json!([number, sessions]),
        6 => json!([sessions]),
        7 => json!(["arn:sts::*:*/*/*"]),
        8 => json!([number, "*"]),
        9 => json!({ "RAM": [arn] }),
        10 => json!({ "RAM": [arn, format!("acs:ram::{}:*", pick(dice, &ACCOUNTS))] }),
        _ => json!({ "Service": ["ecs.aliyuncs.com"], "RAM": arn }),
    })
}

fn document(dice: &mut Dice, kind: ResourceKind) -> Value {
    let statements: Vec<Value> = (0..=dice.below(3))
        .map(|_| {
            let code = code(kind);
            let action = match dice.below(4) {
                0 => format!("{code}:*"),
                _ => format!("{code}:{}", pick(dice, &ACTIONS)),
            };
            let resource = match dice.below(4) {
                0 => "*".to_owned(),
                _ => format!("acs:{code}:*:*:{}", pick(dice, &IDS)),
            };
            let mut statement = json!({
                "Effect": pick(dice, &["Allow", "Allow", "Deny"]),
                "Action": [action],
                "Resource": [resource],
            });
            if let Some(principal) = principals(dice) {
                statement["Principal"] = principal;
            }
            if dice.below(5) == 0 {
                statement["Condition"] = json!({ "StringEquals": { "acs:SourceVpc": ["vpc-a"] } });
            }
            statement
        })
        .collect();
    json!({ "Version": "1", "Statement": statements })
}

#[test]
fn every_way_to_decide_follows_the_documents() {
    let cases = std::env::var("RAM_POLICY_KEPT").map_or(4_000, |n| n.parse().expect("a number"));
    let mut seen = [0_usize; 4];
    for seed in 0..cases {
        let mut dice = Dice::new(seed);
        let kind = *pick(&mut dice, &ResourceKind::ALL);
        let document = document(&mut dice, kind);
        let Ok(read) = ResourcePolicy::from_json_lenient(kind, document.to_string()) else {
            continue;
        };
        let policy = read.policy;
        assert_eq!(policy.to_json(), document.to_string());
        for _ in 0..6 {
            let one = One::of(&mut dice);
            let owner = *pick(&mut dice, &ACCOUNTS);
            let (action, id) = (*pick(&mut dice, &ACTIONS), *pick(&mut dice, &IDS));
            let code = code(kind);
            let (name, arn) = (format!("{code}:{action}"), format!("acs:{code}:*:{owner}:{id}"));
            let name = RequestAction::unlisted(name.as_str()).expect("an action");
            let request = Request::new(name, arn.as_str()).expect("a request");
            let (allows, denies, is_sure) = reference(kind, &document, one, owner, (action, id));
            let case = format!(
                "seed {seed}: {kind:?} {one:?} of {owner} {code}:{action} on {id}\n{document}"
            );
            let decision = policy.evaluate(one.asker(), owner, &request);
            let found = match decision {
                Decision::Allow { .. } => (true, false),
                Decision::ExplicitDeny { .. } => (false, true),
                Decision::ImplicitDeny => (false, false),
            };
            assert_eq!(found, (allows, denies), "{case}");
            match policy.for_caller(one.asker(), owner).evaluate(&request) {
                PartialDecision::Decided(said) => {
                    assert!(is_sure, "{case}: {said}");
                    assert_eq!(said.is_allow(), allows, "{case}: {said}");
                }
                PartialDecision::Undetermined(residual) => assert!(!is_sure, "{case}: {residual}"),
            }
            seen[usize::from(allows) + 2 * usize::from(denies)] += 1;
            seen[3] += usize::from(!is_sure);
        }
    }
    assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
}
