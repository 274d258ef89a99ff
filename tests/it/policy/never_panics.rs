//! Every public function that takes a text, on texts of all kinds: none of them panics. Which these are
//! is read from the sources, so that one that is missing here fails the test; what a macro declares there
//! (the readers of every kind, the arguments of templates) is listed by hand.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a panic fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ram_policy::template::{AccountId, Argument, Name, Region};
use ram_policy::{
    AccessLevel, Action, Additions, Asker, Authorizer, Caller, Checker, ControlPolicy, Date, Ecs,
    Guardrail, LeastPrivilege, Level, Levels, Number, OpenResourcePolicy, Operator, OwnedRequest,
    PartialRequest, Policy, PolicyBuilder, PolicySet, PolicyTemplate, Request, RequestAction,
    RequestReader, ResourceKind, ResourcePolicy, Service, SessionPolicy, StatementBuilder,
    TrustPolicy, Unit, policy, resource_policy,
};
use ram_policy_fuzzed::choices::Dice;
use ram_policy_fuzzed::{mutate, seeds};

use crate::house::layers;

/// Texts that are almost what a reader wants, and some that are nothing like it.
struct Texts {
    seeds: Vec<Vec<u8>>,
    dice: Dice,
}

/// What functions want that take no document.
const WORDS: &[&str] = &[
    "",
    "*",
    "?",
    ":",
    "ecs:StopInstance",
    "ECS:stop*",
    "oss",
    "acs:SourceIp",
    "acs:ResourceTag/team",
    "oss:Prefix",
    "StringLike",
    "ForAnyValue:StringEquals",
    "acs:ram::1234567890123456:role/reader",
    "acs:oss:*:*:bucket/*",
    "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1",
    "10.0.0.0/8",
    "::ffff:10.0.0.1",
    "fe80::/10",
    "2026-02-28T23:59:60+08:00",
    "-00012.50",
    "1e400",
    "unknown_action",
    "cn-hangzhou",
    "1234567890123456",
    "\u{4e2d}\u{6587}",
    "\u{202e}\u{1f600}",
    "{#x}",
    "${x}",
];

impl Texts {
    fn new(seed: u64) -> Self {
        let mut seeds: Vec<Vec<u8>> = WORDS.iter().map(|word| word.as_bytes().to_vec()).collect();
        for target in ["import", "requests", "action_trail", "additions", "operands", "arn"] {
            let few = seeds::of(target).into_iter().filter(|seed| seed.len() < 1_500).take(12);
            seeds.extend(few);
        }
        Self { seeds, dice: Dice::new(seed) }
    }

    fn bytes(&mut self) -> Vec<u8> {
        mutate::mutated(&self.seeds, &mut self.dice)
    }

    /// A short text half of the time, else any.
    fn text(&mut self) -> String {
        if self.dice.below(2) == 0 {
            let words: Vec<Vec<u8>> = self.seeds.iter().take(WORDS.len()).cloned().collect();
            return String::from_utf8_lossy(&mutate::mutated(&words, &mut self.dice)).into_owned();
        }
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    fn texts(&mut self) -> Vec<String> {
        (0..self.dice.below(4)).map(|_| self.text()).collect()
    }
}

/// What is called with the texts; what it gives is shown, too, so that showing it does not panic either.
type Call = fn(&mut Texts);

const TEMPLATE: PolicyTemplate = policy! {
    <region, account, group>
    allow apigateway::* on "acs:apigateway:{region}:{account}:apigroup/{group}";
};

fn request() -> Request<'static> {
    Request::new(Ecs::StopInstance, "*").expect("a good request")
}

const POINT: &ResourcePolicy = &resource_policy! { access_point;
    allow oss::GetObject on ["acs:oss:cn-hangzhou:1:accesspoint/ap/object/*"]
        by ["1", "arn:sts::1:assumed-role/app/*"];
};

fn kind(texts: &mut Texts) -> ResourceKind {
    let number = texts.dice.below(ResourceKind::ALL.len());
    ResourceKind::ALL.into_iter().nth(number).expect("a kind")
}

/// Asks policies of resources, that of the texts among them.
fn asked(texts: &mut Texts, asker: Asker<'_>) {
    seen(POINT.evaluate(asker, "1", &request()));
    let kind = kind(texts);
    if let Ok(read) = ResourcePolicy::from_json_lenient(kind, texts.bytes()) {
        seen(read.policy.explain(asker, "1", &request()).to_string());
    }
}

/// What a call gives; the compiler may not leave it out.
fn seen<T>(value: T) {
    std::hint::black_box(value);
}

fn built(statement: StatementBuilder) {
    match PolicyBuilder::new().statement(statement).build() {
        Ok(policy) => seen(policy.to_json_pretty()),
        Err(error) => seen(error.to_string()),
    }
}

/// The functions by the names the sources give them.
const FUNCTIONS: &[(&str, Call)] = &[
    ("AccessLevel::of_word", |texts| seen(AccessLevel::of_word(&texts.text()))),
    ("Action::for_arn", |texts| seen(Action::for_arn(&texts.text()).map(Iterator::count))),
    ("Action::from_str", |texts| {
        seen(texts.text().parse::<Action>().map(|action| action.to_string()))
    }),
    ("Action::matching", |texts| seen(Action::matching(&texts.text()).map(Iterator::count))),
    ("Action::search", |texts| seen(Action::search(&texts.text()).count())),
    ("Action::with_condition_key", |texts| {
        seen(Action::with_condition_key(&texts.text()).map(Iterator::count));
    }),
    ("Additions::from_json", |texts| {
        seen(Additions::from_json(texts.bytes()).map_err(|error| error.to_string()));
    }),
    ("Asker::with_session_name", |texts| {
        let (name, session) = (texts.text(), texts.text());
        let asker =
            Asker::from(Caller::Role { account: "1", name: &name }).with_session_name(&session);
        asked(texts, asker);
    }),
    ("Asker::with_user_id", |texts| {
        let (name, id) = (texts.text(), texts.text());
        let asker = Asker::from(Caller::User { account: "1", name: &name }).with_user_id(&id);
        asked(texts, asker);
    }),
    ("Authorizer::with_access_point", |texts| {
        let resource = texts.text();
        let point = OpenResourcePolicy::from(POINT.clone());
        let caller = Authorizer::new(Caller::Anonymous);
        match caller.with_access_point(&point, &resource) {
            Ok(caller) => seen(caller.authorize(&request())),
            Err(error) => seen(error.to_string()),
        }
    }),
    ("Authorizer::with_owner", |texts| {
        let owner = texts.text();
        let caller = Caller::User { account: "1234567890123456", name: "alice" };
        seen(Authorizer::new(caller).with_owner(&owner).authorize(&request()));
    }),
    ("Caller::from_arn", |texts| {
        let text = texts.text();
        if let Ok(caller) = Caller::from_arn(&text) {
            seen((caller.arn(), caller.account().map(str::len)));
        }
    }),
    ("Checker::level", |texts| {
        seen(Checker::new().level(&texts.text(), Level::Allow).map_err(|error| error.to_string()));
    }),
    ("Checker::unlisted", |texts| {
        let checker = Checker::new().unlisted(texts.text());
        seen(Policy::from_json_with(texts.bytes(), &checker).is_ok());
    }),
    ("ControlPolicy::from_json", |texts| seen(ControlPolicy::from_json(texts.bytes()).is_ok())),
    ("Date::from_str", |texts| seen(texts.text().parse::<Date>().map(|date| format!("{date:?}")))),
    ("Date::read", |texts| seen(Date::read(&texts.bytes()))),
    ("Guardrail::named", |texts| {
        let (name, arguments) = (texts.text(), texts.texts());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        seen(Guardrail::named(&name, &arguments).map_err(|error| error.to_string()).is_ok());
    }),
    ("Guardrail::requires_source_network", |texts| {
        seen(Guardrail::requires_source_network(texts.texts()).is_ok());
    }),
    ("LeastPrivilege::with_key", |texts| {
        let request = OwnedRequest::new("oss:GetObject", "acs:oss:*:*:bucket/object");
        let least = LeastPrivilege::new().with_request(request).with_key(texts.text());
        seen(least.policy().map_err(|error| error.to_string()).is_ok());
    }),
    ("Levels::of", |texts| seen(Levels::default().of(&texts.text()))),
    ("Levels::set", |texts| seen(Levels::default().set(&texts.text(), Level::Warning))),
    ("Levels::with", |texts| seen(Levels::default().with(&texts.text(), Level::Warning))),
    ("Number::from_str", |texts| {
        seen(texts.text().parse::<Number>().map(|number| format!("{number:?}")));
    }),
    ("Number::read", |texts| seen(Number::read(&texts.bytes()))),
    ("OpenResourcePolicy::for_caller", |texts| {
        let owner = texts.text();
        let open = OpenResourcePolicy::from(POINT.clone());
        seen(open.for_caller(Caller::Anonymous, &owner).evaluate(&request()).to_string());
    }),
    ("OpenResourcePolicy::unread", |texts| {
        let open = OpenResourcePolicy::unread(ResourceKind::Bucket, texts.text());
        let said = open.for_caller(Caller::Anonymous, "1234567890123456");
        seen(said.evaluate(&request()).to_string());
    }),
    ("Operator::from_name", |texts| seen(Operator::from_name(&texts.text()))),
    ("OwnedRequest::from_action_trail", |texts| {
        match OwnedRequest::from_action_trail(texts.bytes()) {
            Ok(requests) => requests.iter().for_each(|request| seen(request.to_json())),
            Err(error) => seen(error.to_string()),
        }
    }),
    ("OwnedRequest::from_json", |texts| match OwnedRequest::from_json(texts.bytes()) {
        Ok(request) => seen((request.request().is_ok(), request.to_json())),
        Err(error) => seen(error.to_string()),
    }),
    ("OwnedRequest::new", |texts| {
        let request = OwnedRequest::new(texts.text(), texts.text());
        seen(request.request().map_err(|error| error.to_string()).is_ok());
    }),
    ("PartialRequest::unknown", |texts| {
        let partial = PartialRequest::of(request());
        seen(partial.unknown(texts.text()).map_err(|error| error.to_string()).is_ok());
    }),
    ("Policy::from_json", |texts| match Policy::from_json(texts.bytes()) {
        Ok(policy) => seen(policy.explain(&request()).to_string()),
        Err(error) => seen(error.to_string()),
    }),
    ("Policy::from_json_lenient", |texts| {
        if let Ok(imported) = Policy::from_json_lenient(texts.bytes()) {
            let set: PolicySet = [&imported.policy].into_iter().collect();
            seen((set.evaluate(&request()), imported.policy.normalised().to_json()));
        }
    }),
    ("Policy::from_json_lenient_with", |texts| {
        let checker = Checker::new().at_any_length();
        seen(Policy::from_json_lenient_with(texts.bytes(), &checker).is_ok());
    }),
    ("Policy::from_json_unlisted", |texts| {
        let names = texts.texts();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        seen(Policy::from_json_unlisted(texts.bytes(), &names).is_ok());
    }),
    ("Policy::from_json_with", |texts| {
        seen(Policy::from_json_with(texts.bytes(), &Checker::new().at_any_length()).is_ok());
    }),
    ("PolicyBuilder::unlisted", |texts| {
        let builder = PolicyBuilder::new().unlisted(texts.text());
        let statement = StatementBuilder::allow([texts.text()]).on(["*"]);
        seen(builder.statement(statement).build().is_ok());
    }),
    ("PolicyTemplate::bind", |texts| {
        let [region, account, group] = [texts.text(), texts.text(), texts.text()];
        let names = texts.texts();
        let mut values: Vec<(&str, Argument<'_>)> = Vec::new();
        values.extend(Region::new(&region).map(|value| ("region", value.into())));
        values.extend(AccountId::new(&account).map(|value| ("account", value.into())));
        values.extend(Name::new(&group).map(|value| ("group", value.into())));
        for name in &names {
            values.extend(Name::new(&group).map(|value| (name.as_str(), value.into())));
        }
        seen(TEMPLATE.bind(values).map_err(|error| error.to_string()).is_ok());
    }),
    ("Request::new", |texts| {
        let [action, resource] = [texts.text(), texts.text()];
        seen(Request::new(action.as_str(), &resource).map_err(|error| error.to_string()).is_ok());
    }),
    ("Request::try_with_unchecked", |texts| {
        let [key, value] = [texts.text(), texts.text()];
        seen(request().try_with_unchecked(&key, &value).is_ok());
    }),
    ("Request::with_named", |texts| {
        let [key, value] = [texts.text(), texts.text()];
        seen(request().with_named(&key, &value).map_err(|error| error.to_string()).is_ok());
    }),
    ("Request::with_unchecked", |texts| {
        let [key, value] = [texts.text(), texts.text()];
        let request = request().with_unchecked(&key, &value);
        if let Ok(policy) = Policy::from_json(texts.bytes()) {
            seen((policy.evaluate(&request), policy.explain(&request).to_string()));
        }
    }),
    ("RequestAction::unlisted", |texts| {
        seen(RequestAction::unlisted(&texts.text()).map_err(|error| error.to_string()).is_ok());
    }),
    ("RequestAction::with_additions", |texts| {
        let (name, additions) = (texts.text(), Additions::from_json(texts.bytes()));
        let additions = additions.unwrap_or_else(|_| Additions::new());
        seen(RequestAction::with_additions(&name, &additions).is_ok());
    }),
    ("RequestReader::read", |texts| {
        let line = texts.bytes();
        seen(RequestReader::new().read(&line, |request| seen(request.to_string())).is_ok());
    }),
    ("ResourceKind::has_effect", |texts| {
        let (code, name) = (texts.text(), texts.text());
        seen(ResourceKind::ALL.map(|kind| kind.has_effect(false, &code, &name)));
    }),
    ("ResourcePolicy::evaluate", |texts| {
        seen(POINT.evaluate(Caller::Anonymous, &texts.text(), &request()))
    }),
    ("ResourcePolicy::explain", |texts| {
        seen(POINT.explain(Caller::Anonymous, &texts.text(), &request()).to_string());
    }),
    ("ResourcePolicy::for_caller", |texts| {
        let said = POINT.for_caller(Caller::Anonymous, &texts.text());
        seen(said.evaluate(&request()).to_string());
    }),
    ("ResourcePolicy::from_json", |texts| {
        let kind = kind(texts);
        match ResourcePolicy::from_json(kind, texts.bytes()) {
            Ok(policy) => seen(policy.to_json_pretty()),
            Err(error) => seen(error.to_string()),
        }
    }),
    ("ResourcePolicy::from_json_lenient", |texts| {
        let kind = kind(texts);
        seen(ResourcePolicy::from_json_lenient(kind, texts.bytes()).is_ok());
    }),
    ("ResourcePolicy::from_json_lenient_with", |texts| {
        let kind = kind(texts);
        let read = ResourcePolicy::from_json_lenient_with(kind, texts.bytes(), &Checker::new());
        seen(read.is_ok());
    }),
    ("ResourcePolicy::from_json_with", |texts| {
        let kind = kind(texts);
        seen(ResourcePolicy::from_json_with(kind, texts.bytes(), &Checker::new()).is_ok());
    }),
    ("Service::called", |texts| seen(Service::called(&texts.text()).map(Service::code))),
    ("Service::find", |texts| seen(Service::find(&texts.text()).map(Service::code))),
    ("SessionPolicy::from_json", |texts| seen(SessionPolicy::from_json(texts.bytes()).is_ok())),
    ("StatementBuilder::allow", |texts| built(StatementBuilder::allow(texts.texts()).on(["*"]))),
    ("StatementBuilder::allow_except", |texts| {
        built(StatementBuilder::allow_except(texts.texts()).on(["*"]));
    }),
    ("StatementBuilder::deny", |texts| built(StatementBuilder::deny(texts.texts()).on(["*"]))),
    ("StatementBuilder::deny_except", |texts| {
        built(StatementBuilder::deny_except(texts.texts()).on(["*"]));
    }),
    ("StatementBuilder::on", |texts| {
        built(StatementBuilder::allow(["ecs:StopInstance"]).on(texts.texts()));
    }),
    ("StatementBuilder::when", |texts| {
        let statement = StatementBuilder::allow(["ecs:StopInstance"]).on(["*"]);
        built(statement.when(Operator::IpAddress, texts.text(), texts.texts()));
    }),
    ("TrustPolicy::for_caller", |texts| {
        let (role, name) = (texts.text(), texts.text());
        if let Ok(policy) = TrustPolicy::from_json(texts.bytes()) {
            let caller = Caller::User { account: "1", name: &name };
            seen(policy.for_caller(caller, &role).to_json());
        }
    }),
    ("TrustPolicy::from_json", |texts| match TrustPolicy::from_json(texts.bytes()) {
        Ok(policy) => seen(policy.to_json()),
        Err(error) => seen(error.to_string()),
    }),
    ("TrustPolicy::from_json_lenient", |texts| {
        seen(TrustPolicy::from_json_lenient(texts.bytes()).is_ok());
    }),
    ("TrustPolicy::from_json_lenient_with", |texts| {
        seen(TrustPolicy::from_json_lenient_with(texts.bytes(), &Checker::new()).is_ok());
    }),
    ("TrustPolicy::from_json_with", |texts| {
        seen(TrustPolicy::from_json_with(texts.bytes(), &Checker::new()).is_ok());
    }),
    ("Unit::of", |texts| seen(Unit::Bytes.of(&texts.text()))),
];

/// How often each is called; the seeds' targets of the fuzzer are called far more often.
const TURNS: usize = 150;

#[test]
fn no_function_that_takes_a_text_panics() {
    let mut texts = Texts::new(20);
    for (name, call) in FUNCTIONS {
        for turn in 0..TURNS {
            let before = texts.dice.clone();
            let call = std::panic::AssertUnwindSafe(|| call(&mut texts));
            let ended = std::panic::catch_unwind(call);
            assert!(ended.is_ok(), "{name} panics in turn {turn}, with {before:?}");
        }
    }
}

/// Types that users name, by the `pub use` of the library.
fn exported() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
    let texts = ["lib.rs", "with_alloc.rs", "prove.rs"];
    let read = |name: &&str| fs::read_to_string(root.join(name)).unwrap_or_default();
    let text: String = texts.iter().map(read).collect();
    let words = text.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).collect()
}

/// Whether arguments contain a text.
fn takes_text(arguments: &str) -> bool {
    let mut words = arguments.split(|sign: char| !sign.is_alphanumeric());
    let is_text = words.any(|word| ["str", "String", "ToString"].contains(&word));
    (is_text || arguments.contains("[u8]")) && !arguments.contains("&'static")
}

/// `Type::function` of every public function of a source that takes a text.
fn functions(source: &str, exported: &BTreeSet<String>, found: &mut BTreeSet<String>) {
    let code = source.split("#[cfg(test)]").next().unwrap_or("");
    for block in code.split("\nimpl").skip(1) {
        let end = block.find("\n}").unwrap_or(block.len());
        let (head, body) = block[..end].split_once('{').unwrap_or((&block[..end], ""));
        // Of `impl<'a> FromStr for Type<'a> where ...` the type.
        let head = head.split("where").next().unwrap_or(head).trim();
        let of = head.rsplit(" for ").next().unwrap_or(head);
        let of = of.split_once("> ").map_or(of, |(_, of)| of).trim();
        let name: String = of.chars().take_while(|sign| sign.is_alphanumeric()).collect();
        if !exported.contains(&name) {
            continue;
        }
        if head.contains("FromStr for") {
            found.insert(format!("{name}::from_str"));
        }
        for function in body.split("\n    pub ").skip(1) {
            let Some(function) = function.trim_start_matches("const ").strip_prefix("fn ") else {
                continue;
            };
            let end = function.find(['{', ';']).unwrap_or(function.len());
            let signature = function[..end].split("->").next().unwrap_or("");
            let (function, arguments) = signature.split_once(['(', '<']).unwrap_or((signature, ""));
            if takes_text(arguments) {
                found.insert(format!("{name}::{function}"));
            }
        }
    }
}

/// Public, but for the macros and the command line alone; the documentation does not show them.
const HIDDEN: &[&str] = &["Additions::has_new", "Request::values_of", "RequestAction::listed"];

#[test]
fn every_function_that_takes_a_text_is_called() {
    let texts = ["runtime/src", "runtime/model/src"].map(layers::sources);
    let (exported, mut found) = (exported(), BTreeSet::new());
    for text in texts.iter().flat_map(BTreeMap::values) {
        functions(text, &exported, &mut found);
    }
    assert!(found.len() > 30, "the sources are not read: {found:?}");
    let called: BTreeSet<String> = FUNCTIONS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let missing: Vec<&String> =
        found.difference(&called).filter(|name| !HIDDEN.contains(&name.as_str())).collect();
    assert!(missing.is_empty(), "no row of FUNCTIONS calls {missing:?}");
}
