//! What each target begins with: the documents of this repository's own tests.

use std::fs;
use std::path::{Path, PathBuf};

use ram_policy_forms::{Form, Named, Reader, Target, write};
use ram_policy_model::Checker;

use crate::choices::Dice;
use crate::near::near;
use crate::policy_of;

/// Longer documents are left out: they take long and show little more.
const MOST: usize = 3_000;

/// The seeds of a target; none for a name that no target has.
#[must_use]
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let texts: Vec<String> = match target {
        "json" | "import" => documents(),
        "documents" => pairs(&documents()),
        "arn" => lines(ARNS),
        "matcher" => lines(MATCHES),
        "operands" => lines(OPERANDS),
        "typed" => macros(),
        "rust" => sources(),
        "format" => [sources(), documents()].concat(),
        "terraform" => in_form(Target::TerraformJsonencode, lines(TERRAFORM)),
        "ros" => in_form(Target::Ros, lines(ROS)),
        "markdown" => in_blocks(),
        "requests" => asked(),
        "action_trail" => [lines(EVENTS), lines(ROWS)].concat(),
        "logs" => logs(),
        "templates" => lines(BOUND),
        "additions" => ["tests/builds/additions/ram-catalogue.json"]
            .map(|path| read(&root().join(path)))
            .into(),
        "evaluators" | "proofs" => return choices(),
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| text.len() <= MOST).map(String::into_bytes).collect()
}

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file with this extension in a folder of the repository, in order.
///
/// # Panics
///
/// When the folder is not there.
#[must_use]
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    paths
}

/// What is not UTF-8 is no seed of a reader of texts.
fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned()
}

fn documents() -> Vec<String> {
    let folders = [
        "tests/golden",
        "tests/documents/clean",
        "tests/documents/warned",
        "tests/documents/refused",
        "tests/ui/files",
        "runtime/command-line/tests/files",
    ];
    folders.iter().flat_map(|folder| files(folder, "json")).map(|path| read(&path)).collect()
}

/// Each text with the next.
fn pairs(texts: &[String]) -> Vec<String> {
    texts.windows(2).map(<[String]>::concat).collect()
}

fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Rust source in which policies stand.
fn sources() -> Vec<String> {
    let mut folders =
        ["tests/ui/pass", "examples/roles", "examples/policies"].map(str::to_owned).to_vec();
    let entries = fs::read_dir(root().join("tests/ui/fail")).expect("a folder for each rule");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    folders.extend(names.map(|name| format!("tests/ui/fail/{}", name.display())));
    folders.sort();
    folders.iter().flat_map(|folder| files(folder, "rs")).map(|path| read(&path)).collect()
}

/// What stands in the macros of that source.
fn macros() -> Vec<String> {
    let mut found = Vec::new();
    for source in sources() {
        for (at, name) in source.match_indices("policy!") {
            let rest = source[at + name.len()..].trim_start();
            let mut depth = 0usize;
            let end = rest.find(|sign: char| {
                match sign {
                    '{' | '(' | '[' => depth += 1,
                    '}' | ')' | ']' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0
            });
            found.extend(end.and_then(|end| rest.get(1..end)).map(str::to_owned));
        }
    }
    found
}

/// The documents in another form, and some by hand.
fn in_form(target: Target, mut texts: Vec<String>) -> Vec<String> {
    for document in documents() {
        for policy in Reader::new(Form::Json).read(&document).policies {
            let checked = policy.check(None, &Checker::new());
            let named =
                checked.document.as_ref().map(|one| Named::new("policy", checked.kind, one));
            let written = named.and_then(|named| write(target, &[named]).ok());
            texts.extend(written.map(|written| written.text));
        }
    }
    texts
}

fn in_blocks() -> Vec<String> {
    let block =
        |language: &str, text: &String| format!("# A page\n\n> ```{language}\n{text}\n```\n");
    let json = documents().iter().map(|text| block("json", text)).collect::<Vec<_>>();
    let rust = sources().iter().map(|text| block("rust", text)).collect::<Vec<_>>();
    json.into_iter().chain(rust).collect()
}

/// Requests near the documents.
fn asked() -> Vec<String> {
    let own = read(&root().join("runtime/command-line/tests/files/requests.jsonl"));
    let mut lines: Vec<String> = own.lines().map(str::to_owned).collect();
    for document in documents() {
        let policy = policy_of(&document);
        lines.extend(near(&[&policy], 2).map(|request| request.to_json()));
    }
    lines
}

/// Bytes that choose a policy and its requests.
fn choices() -> Vec<Vec<u8>> {
    let mut dice = Dice::new(1);
    (1..25).map(|length| dice.bytes(length * 10)).collect()
}

const ARNS: &[&str] = &[
    "*",
    "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1",
    "acs:ecs:*:*:instance/*",
    "acs:ram::1:role/x",
    "acs:ram::1:role/x/session",
    "acs:ram:*:system:policy/x",
    "acs:ram::1:root",
    "acs:ram::1:user/alice",
    "acs:mns:*:*:/queues/a:b",
    "acs:oss:*:1:bucket/a/b/c.txt",
    "acs:odps:*:projects/p",
    "acs:ecs:cn-?:1:disk/d-\u{4e2d}",
];

const MATCHES: &[&str] = &[
    "*\nabc",
    "ecs:Describe*\necs:DescribeInstances",
    "*aab\naaaab",
    "a?c\na\u{4e2d}c",
    "ledger/abc*.txt\nledger/abc/x.txt",
    "*a*a*a*b\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "logs/**ab***end\nlogs/abababababababababababababababababababababababababababababababababababababab/end",
    "??\n\u{4e2d}\u{1f600}",
    "acs:*:*hang*:1:*\nacs:ecs:cn-hangzhou:1:x",
    "*Route*\nCreateRouteTable",
    "a*b?\n?b*a",
];

const OPERANDS: &[&str] = &[
    "10\n9.5",
    "-0.5\n-0.50",
    "007\n7",
    "999999999999999999.999999999999999999\n-999999999999999999",
    "NaN\ninf",
    "2026-11-22T17:00:00+08:00\n2026-11-22T09:00:00Z",
    "2016-12-31T23:59:59Z\n2016-12-31T23:59:60Z",
    "2024-02-29T23:59:59.5Z\n2024-02-29T23:59:59.500000001-23:59",
    "0000-01-01T00:00:00+23:59\n9999-12-31T23:59:59-23:59",
    "10.0.0.0/8\n10.1.2.3",
    "10.0.0.1/32\n::ffff:10.0.0.1",
    "2001:db8::/32\n2001:db8::1",
    "::/0\n::1",
    "0.0.0.0/0\n255.255.255.255",
    "true\nTRUE",
    "false\n",
    "a*b?\naxxbc",
    "\u{4e2d}\n\u{4e2d}",
];

const TERRAFORM: &[&str] = &[
    "resource \"alicloud_ram_policy\" \"p\" {\n  policy_name = \"p\"\n  policy_document = <<EOF\n  {\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ecs:StopInstance\", \"Resource\": \"*\"}]}\n  EOF\n}\n",
    "data \"alicloud_ram_policy_document\" \"d\" {\n  version = \"1\"\n  statement {\n    effect = \"Allow\"\n    action = [\"oss:GetObject\"]\n    resource = [\"acs:oss:*:*:b/${var.x}/*\"]\n    condition {\n      operator = \"StringLike\"\n      variable = \"acs:SourceVpc\"\n      values = [\"vpc-*\"]\n    }\n  }\n}\n",
    "resource \"alicloud_ram_role\" \"r\" {\n  assume_role_policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = \"sts:AssumeRole\", Principal = { Service = [\"ecs.aliyuncs.com\"] } }] })\n}\n",
];

const ROS: &[&str] = &[
    "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyName: p\n      PolicyDocument:\n        Version: '1'\n        Statement:\n          - Effect: Allow\n            Action: ecs:StopInstance\n            Resource: !Sub 'acs:ecs:*:*:instance/${X}'\n",
    "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  R:\n    Type: ALIYUN::RAM::Role\n    Properties:\n      RoleName: r\n      AssumeRolePolicyDocument: &a {Version: \"1\", Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: [ecs.aliyuncs.com]}}]}\n      Policies:\n        - PolicyDocument: |\n            {\"Version\": \"1\", \"Statement\": []}\n",
];

const EVENTS: &[&str] = &[
    r#"{"eventName":"DeleteInstance","serviceName":"Ecs","acsRegion":"cn-hangzhou","sourceIpAddress":"10.0.0.1","recipientAccountId":"1234567890123456","referencedResources":{"ACS::ECS::Instance":["i-1","i-2"]}}"#,
    r#"{"event":{"eventName":"AssumeRole","serviceName":"Sts","eventTime":"2026-11-22T09:00:00Z","userAgent":"a\nb","vpcId":"vpc-1","tlsDetails":{"tlsVersion":"TLSv1.2"},"userIdentity":{"accountId":"1","principalId":"2","type":"ram-user","userName":"alice","sessionContext":{"attributes":{"mfaAuthenticated":"true"}}}}}"#,
    r#"{"eventName":"PutObject","serviceName":"Oss","resourceName":"b","resourceType":"ACS::OSS::Bucket","additionalEventData":{"Scheme":"https"}}"#,
];

/// Events as Log Service exports them.
const ROWS: &[&str] = &[
    r#"{"__topic__":"actiontrail_event","event":"{\"eventName\":\"DeleteDisk\",\"serviceName\":\"Ecs\",\"referencedResources\":{\"ACS::ECS::Disk\":[\"d-1\"]}}"}"#,
    r#"{"event.eventName":"PutBucketAcl","event.serviceName":"Oss","event.userIdentity.type":"ram-user","event.userIdentity.userName":"alice","event.userIdentity":"{\"accountId\":\"1\"}","event.referencedResources.ACS::OSS::Bucket":"[\"logs\"]"}"#,
];

/// Logs in every form.
fn logs() -> Vec<String> {
    let all = [lines(EVENTS), lines(ROWS), asked()].concat();
    let some: Vec<String> = all.into_iter().filter(|line| line.len() < 400).collect();
    let list = some.join(",\n");
    Vec::from([
        some.join("\n"),
        format!("[{list}]\n"),
        format!("{{\"RequestId\":\"1\",\"Events\":[{list}],\"NextToken\":\"\"}}"),
        format!("\u{feff}{{\n\"Events\": [{list}]\n}}\n{{\"Events\":[]}}"),
        "{\n  \"action\": \"ecs:StopInstance\"\n}\n{}\n".into(),
    ])
}

const BOUND: &[&str] = &[
    "cn-hangzhou\n1234567890123456\nbucket\npictures/north/2026\nzhangsan",
    "*\n*\nteam-*\na/*\n?",
    "cn\n1\na\"b\\c\nx/./../y\n\u{202e}${x}",
];
