//! What questions about a whole account cost. `cargo bench -p ram-policy-benchmarks --bench account`
//! prints one table: principals and policies, seconds to read the policies, for `who_can` and for
//! `ways_to_administrator`, with the memory that the account keeps, and beside them PMapper where it is
//! installed. `-- --write` puts it into the guide.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "code that only measures stops at the first surprise"
)]

#[path = "account/made.rs"]
mod made;
#[path = "account/pmapper.rs"]
mod pmapper;

use std::alloc::System;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use made::{account, documents};
use ram_policy_account::{Account, Question};
use ram_policy_benchmarks::guide;
use ram_policy_benchmarks::measure;
use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Most principals that PMapper is asked about: with three times as many it takes minutes.
const MOST: usize = 500;

fn main() {
    let mut text = String::from(
        "| principals | policies | memory, MB | reading, s | `who-can`, s | found | `paths --to-admin`, s | found | PMapper: graph, s | who can, s | found | can escalate, found |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    // `cargo test` runs everything once, on as little as shows that it runs.
    let most = if measure::is_asked_for() { 5_000 } else { 50 };
    let has_peer = measure::is_asked_for() && pmapper::is_installed();
    for principals in [50, 500, 5_000].into_iter().filter(|principals| *principals <= most) {
        let documents = documents(2 * principals);
        let region = Region::new(ALLOCATOR);
        let (load, account) = timed(|| account(principals, &documents));
        let change = region.change();
        let kept = change.bytes_allocated.saturating_sub(change.bytes_deallocated) / 100_000;
        let question = Question::new("oss:DeleteBucket").expect("an action");
        let (who_can, found) = timed(|| account.who_can(&question));
        let (paths, ways) = timed(|| account.ways_to_administrator());
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "| {} | {} | {}.{} | {load:.3} | {who_can:.3} | {} | {paths:.3} | {} |",
            guide::thousands(&principals.to_string()),
            guide::thousands(&documents.len().to_string()),
            kept / 10,
            kept % 10,
            found.len(),
            ways.len(),
        );
        let _ = match (has_peer && principals <= MOST).then(|| pmapper::ask(&account, &documents)) {
            Some(taken) => writeln!(
                text,
                " {:.2} | {:.3} | {} | {} |",
                taken.graph, taken.who_can, taken.who_can_found, taken.to_admin_found
            ),
            None => writeln!(text, " - | - | - | - |"),
        };
    }
    let (users, roles) = if measure::is_asked_for() { (1_000, 5_000) } else { (10, 50) };
    let folder = Folder::of(users, roles);
    let (load, account) = timed(|| Account::from_folder(&folder.0).expect("an account"));
    let _ = write!(
        text,
        "\nAn export of {} users, {} roles and {} policies is loaded from its files in {load:.2} seconds, on {} cores.\n",
        guide::thousands(&account.users().count().to_string()),
        guide::thousands(&account.roles().count().to_string()),
        guide::thousands(&account.policy_count().to_string()),
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    );
    guide::put("accounts", &text);
}

/// An export, which is removed at the end.
struct Folder(PathBuf);

impl Folder {
    /// As many policies as roles, three of them for each principal.
    fn of(users: usize, roles: usize) -> Self {
        let folder = Self(std::env::temp_dir().join(format!("accounts-{}", std::process::id())));
        let random = &mut fastrand::Rng::with_seed(9);
        folder.put("GetCallerIdentity", &json!({ "AccountId": "1234567890123456" }));
        let list = |count: usize, item: &str, kind: &str| -> Vec<Value> {
            (0..count).map(|number| json!({ item: format!("{kind}-{number}") })).collect()
        };
        let all_users = list(users, "UserName", "user");
        folder.put("ListUsers", &json!({ "Users": { "User": all_users } }));
        folder.put("ListRoles", &json!({ "Roles": { "Role": list(roles, "RoleName", "role") } }));
        folder.put("ListGroups", &json!({ "Groups": { "Group": [{ "GroupName": "all" }] } }));
        folder.put("ListUsersForGroup/all", &json!({ "Users": { "User": all_users } }));
        folder.put(
            "ListPolicyAttachments",
            &json!({ "PolicyAttachments": { "PolicyAttachment": [] } }),
        );
        let mut attached = |of: &str| {
            let policies: Vec<Value> = (0..3)
                .map(|_| json!({ "PolicyType": "Custom", "PolicyName": format!("policy-{}", random.usize(0..roles)) }))
                .collect();
            folder.put(of, &json!({ "Policies": { "Policy": policies } }));
        };
        attached("ListPoliciesForGroup/all");
        (0..users).for_each(|number| attached(&format!("ListPoliciesForUser/user-{number}")));
        (0..roles).for_each(|number| attached(&format!("ListPoliciesForRole/role-{number}")));
        let trust = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs.aliyuncs.com"}}]}"#;
        for number in 0..roles {
            let role = json!({ "Role": { "AssumeRolePolicyDocument": trust } });
            folder.put(&format!("GetRole/role-{number}"), &role);
        }
        for (number, text) in documents(roles).iter().enumerate() {
            let policy = json!({ "DefaultPolicyVersion": { "PolicyDocument": text } });
            folder.put(&format!("GetPolicy/Custom/policy-{number}"), &policy);
        }
        folder
    }

    fn put(&self, name: &str, response: &Value) {
        let path = self.0.join(format!("{name}.json"));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, response.to_string()).expect("a file");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed stays in the folder of temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn timed<T>(make: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let made = make();
    (start.elapsed().as_secs_f64(), made)
}
