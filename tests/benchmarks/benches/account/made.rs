//! Accounts as accounts are, the same in every run.

use ram_policy_account::{Account, Attach, PolicyName};
use ram_policy_model::{Policy, TrustPolicy};

const ID: &str = "1234567890123456";

/// Documents as accounts have them: most about a few actions of one service, some wide, a few about
/// RAM itself.
pub(crate) fn documents(count: usize) -> Vec<String> {
    let random = &mut fastrand::Rng::with_seed(7);
    (0..count)
        .map(|number| {
            let statement = match random.u8(0..100) {
                0 => r#"{"Effect":"Allow","Action":"ram:*","Resource":"*"}"#.to_owned(),
                1 => r#"{"Effect":"Allow","Action":"ram:CreateAccessKey","Resource":"acs:ram:*:*:user/user-1"}"#.to_owned(),
                2..5 => format!(r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"acs:ram:*:*:role/role-{}"}}"#, random.usize(0..count)),
                5..20 => r#"{"Effect":"Allow","Action":["*:Describe*","*:List*","*:Get*"],"Resource":"*"}"#.to_owned(),
                20..50 => format!(r#"{{"Effect":"Allow","Action":["oss:GetObject","oss:PutObject"],"Resource":"acs:oss:*:*:bucket-{number}/*"}}"#),
                50..60 => format!(r#"{{"Effect":"Allow","Action":"oss:*","Resource":["acs:oss:*:*:bucket-{number}","acs:oss:*:*:bucket-{number}/*"]}}"#),
                60..65 => r#"{"Effect":"Deny","Action":["ram:*","oss:DeleteBucket"],"Resource":"*"}"#.to_owned(),
                _ => format!(r#"{{"Effect":"Allow","Action":["ecs:StartInstance","ecs:StopInstance","ecs:Describe*"],"Resource":"acs:ecs:*:*:instance/i-{number}","Condition":{{"IpAddress":{{"acs:SourceIp":"10.0.0.0/8"}}}}}}"#),
            };
            format!(r#"{{"Version":"1","Statement":[{statement}]}}"#)
        })
        .collect()
}

/// Half users, half roles, each with three policies, and a group for fifty users.
pub(crate) fn account(principals: usize, documents: &[String]) -> Account {
    let random = &mut fastrand::Rng::with_seed(8);
    let mut account = Account::new(ID);
    account.without_control_policies();
    for (number, text) in documents.iter().enumerate() {
        let policy = Policy::from_json_lenient(text).expect("of RAM's grammar").policy;
        account.add_policy(PolicyName::custom(format!("policy-{number}")), policy);
    }
    let any = |random: &mut fastrand::Rng| {
        PolicyName::custom(format!("policy-{}", random.usize(0..documents.len())))
    };
    let trusts = [
        r#"{"Service":"ecs.aliyuncs.com"}"#.to_owned(),
        r#"{"Service":"fc.aliyuncs.com"}"#.to_owned(),
        format!(r#"{{"RAM":"acs:ram::{ID}:root"}}"#),
    ];
    let trusts = trusts.map(|principal| {
        let text = format!(
            r#"{{"Version":"1","Statement":[{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal}}}]}}"#
        );
        TrustPolicy::from_json_lenient(text).expect("of RAM's grammar").policy
    });
    let groups = principals / 100 + 1;
    for number in 0..groups {
        let policy = any(random);
        account.group(format!("group-{number}")).attach(policy);
    }
    for number in 0..principals / 2 {
        let policies = [any(random), any(random), any(random)];
        let user = account.user(format!("user-{number}"));
        user.groups.insert(format!("group-{}", number % groups));
        for policy in policies {
            user.attach(policy);
        }
        let policies = [any(random), any(random), any(random)];
        let role = account.role(format!("role-{number}"));
        role.trust = random.choice(&trusts).cloned();
        for policy in policies {
            role.attach(policy);
        }
    }
    account
}
