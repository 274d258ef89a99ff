//! The policies of many applications in one account, as the directory of a company has them, and
//! what is asked of them.
//!
//! Every policy has 10 statements. Most are on ARNs of the application's own: whole, with a star at
//! the end, with a star in the middle. 20 applications are a team, whose resources a statement of
//! each shares. One `Allow` and one `Deny` are the same in every policy. Two statements of a policy
//! have conditions of their own and two deny what is the application's own.

use ram_policy::{Ecs, Kms, Log, Oss, Policy, Ram, Rds};
use serde_json::{Value, json};

use crate::asked::{ACCOUNT, Asked, ask};

/// Applications of one team.
const TEAM: usize = 20;

/// The names of one application.
struct Application {
    number: usize,
    name: String,
    team: String,
    instance: String,
}

impl Application {
    fn new(number: usize) -> Self {
        // Spread, as real ids are.
        let id = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16;
        Self {
            number,
            name: format!("app-{number:05}"),
            team: format!("team-{:03}", number / TEAM),
            instance: format!("i-bp{id:012x}"),
        }
    }

    /// The network the application calls from.
    fn network(&self) -> [u8; 2] {
        [(self.number >> 8) as u8, (self.number & 0xff) as u8]
    }
}

/// The documents of that many policies.
#[must_use]
pub fn documents(count: usize) -> Vec<Value> {
    (0..count).map(|number| document(&Application::new(number))).collect()
}

/// The documents, read.
///
/// # Panics
///
/// RAM would refuse one.
#[must_use]
pub fn policies(documents: &[Value]) -> Vec<Policy> {
    let read = |document: &Value| Policy::from_json_lenient(document.to_string());
    documents.iter().map(|document| read(document).expect("RAM takes it").policy).collect()
}

fn document(application: &Application) -> Value {
    let Application { name, team, instance, .. } = application;
    let [high, low] = application.network();
    json!({ "Version": "1", "Statement": [
        {
            "Effect": "Allow",
            "Action": ["ecs:StartInstance", "ecs:StopInstance", "ecs:RebootInstance"],
            "Resource": format!("acs:ecs:cn-hangzhou:{ACCOUNT}:instance/{instance}"),
        },
        {
            "Effect": "Allow",
            "Action": ["oss:GetObject", "oss:PutObject"],
            "Resource": format!("acs:oss:*:{ACCOUNT}:{name}-data/*"),
        },
        {
            "Effect": "Allow",
            "Action": ["oss:ListObjects", "oss:GetBucketInfo"],
            "Resource": format!("acs:oss:*:{ACCOUNT}:{name}-data"),
        },
        {
            "Effect": "Allow",
            "Action": ["log:GetLogStoreLogs", "log:PostLogStoreLogs"],
            "Resource": format!("acs:log:cn-hangzhou:{ACCOUNT}:project/{team}/logstore/*"),
        },
        {
            "Effect": "Allow",
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": format!("acs:kms:cn-hangzhou:{ACCOUNT}:key/{name}"),
            "Condition": { "IpAddress": { "acs:SourceIp": [format!("10.{high}.{low}.0/24")] } },
        },
        {
            "Effect": "Allow",
            "Action": "rds:Describe*",
            "Resource": format!("acs:rds:cn-*:{ACCOUNT}:dbinstance/{name}-*-replica"),
        },
        { "Effect": "Allow", "Action": "ecs:Describe*", "Resource": "*" },
        {
            "Effect": "Deny",
            "Action": "oss:DeleteObject",
            "Resource": format!("acs:oss:*:{ACCOUNT}:{name}-data/archive/*"),
        },
        {
            "Effect": "Deny",
            "Action": "ecs:Delete*",
            "Resource": format!("acs:ecs:*:{ACCOUNT}:instance/{instance}"),
            "Condition": { "StringEquals": { "ecs:tag/owner": team } },
        },
        {
            "Effect": "Deny",
            "Action": "ram:*",
            "Resource": "*",
            "Condition": { "IpAddress": { "acs:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"] } },
        },
    ] })
}

/// What is asked of that many policies: of the first, of some between and of the last.
#[must_use]
pub fn asked(count: usize) -> Vec<Asked> {
    [0, count / 3, count / 2, count - 1].into_iter().flat_map(asked_of).collect()
}

fn asked_of(number: usize) -> Vec<Asked> {
    let application = Application::new(number);
    let Application { name, team, instance, .. } = &application;
    let [high, low] = application.network();
    let arn = |text: String| -> &'static str { text.leak() };
    let team: &'static str = team.clone().leak();
    let instance = arn(format!("acs:ecs:cn-hangzhou:{ACCOUNT}:instance/{instance}"));
    let object = |path: &str| arn(format!("acs:oss:oss-cn-hangzhou:{ACCOUNT}:{name}-data/{path}"));
    let bucket = arn(format!("acs:oss:oss-cn-hangzhou:{ACCOUNT}:{name}-data"));
    let logs = arn(format!("acs:log:cn-hangzhou:{ACCOUNT}:project/{team}/logstore/access"));
    let key = arn(format!("acs:kms:cn-hangzhou:{ACCOUNT}:key/{name}"));
    let replica = arn(format!("acs:rds:cn-beijing:{ACCOUNT}:dbinstance/{name}-2-replica"));
    let primary = arn(format!("acs:rds:cn-beijing:{ACCOUNT}:dbinstance/{name}-2-primary"));
    let user = arn(format!("acs:ram::{ACCOUNT}:user/{name}"));
    let stranger = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-stranger";
    vec![
        ask(Ecs::StopInstance, instance),
        ask(Ecs::StopInstance, stranger),
        ask(Oss::GetObject, object("2026/11/23.csv")),
        ask(Oss::DeleteObject, object("archive/2025.csv")),
        ask(Oss::GetBucketInfo, bucket),
        ask(Log::GetLogStoreLogs, logs),
        ask(Kms::Decrypt, key).from([10, high, low, 7].into()),
        ask(Kms::Decrypt, key).from([172, 16, 0, 7].into()),
        ask(Rds::DescribeDBInstances, replica),
        ask(Rds::DescribeDBInstances, primary),
        ask(Ecs::DescribeInstances, instance),
        ask(Ecs::DeleteInstance, instance).owned_by(team),
        ask(Ecs::DeleteInstance, instance).owned_by("nobody"),
        ask(Ram::CreateUser, user).from([203, 0, 113, 5].into()),
        ask(Ram::CreateUser, user).from([10, high, low, 7].into()),
    ]
}
