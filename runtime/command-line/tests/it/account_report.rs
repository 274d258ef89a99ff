//! `account report`: the page needs nothing else, runs nothing of what an account contains, and is the
//! same in every run.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::run::{files, run};

const ID: &str = "1234567890123456";

fn put(folder: &Path, name: &str, response: &Value) {
    let path = folder.join(format!("{name}.json"));
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, response.to_string()).expect("a file");
}

fn page(folder: &Path) -> String {
    let done = run(["account", folder.to_str().expect("a path"), "report", "--html", "-"]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    done.out
}

fn document(statement: &Value) -> Value {
    let document = json!({ "Version": "1", "Statement": [statement] }).to_string();
    json!({ "DefaultPolicyVersion": { "PolicyDocument": document } })
}

fn policies(names: &[String]) -> Value {
    let policy = |name: &String| json!({ "PolicyName": name, "PolicyType": "Custom" });
    json!({ "Policies": { "Policy": names.iter().map(policy).collect::<Vec<_>>() } })
}

/// An account with these users, who have these policies.
fn account(users: &[(&str, &[String])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, response: Value| put(folder.path(), name, &response);
    put("GetCallerIdentity", json!({ "AccountId": ID }));
    let user = |(name, _): &(&str, &[String])| json!({ "UserName": name });
    put("ListUsers", json!({ "Users": { "User": users.iter().map(user).collect::<Vec<_>>() } }));
    put("ListGroups", json!({ "Groups": { "Group": [] } }));
    put("ListRoles", json!({ "Roles": { "Role": [] } }));
    put("ListPolicyAttachments", json!({ "PolicyAttachments": { "PolicyAttachment": [] } }));
    for (name, attached) in users {
        put(&format!("ListPoliciesForUser/{name}"), policies(attached));
    }
    fs::create_dir_all(folder.path().join("ListControlPolicyAttachmentsForTarget"))
        .expect("a folder");
    folder
}

/// 250 users and 250 roles, of whom some can assume some.
fn large() -> TempDir {
    let attached: Vec<Vec<String>> = (0..250)
        .map(|one| vec![format!("of-{}", one % 40), format!("of-{}", one * 7 % 40)])
        .collect();
    let names: Vec<String> = (0..250).map(|one| format!("user-{one}")).collect();
    let users: Vec<(&str, &[String])> =
        names.iter().map(String::as_str).zip(attached.iter().map(Vec::as_slice)).collect();
    let folder = account(&users);
    let put = |name: &str, response: Value| put(folder.path(), name, &response);
    for one in 0..40 {
        let statement = match one {
            0 => json!({ "Effect": "Allow", "Action": "ram:*", "Resource": "*" }),
            1..5 => {
                json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": format!("acs:ram:*:{ID}:role/role-{one}*") })
            }
            5..10 => {
                json!({ "Effect": "Allow", "Action": ["*:Describe*", "*:List*"], "Resource": "*" })
            }
            _ => {
                json!({ "Effect": "Allow", "Action": ["oss:GetObject", "ecs:StopInstance"], "Resource": format!("acs:*:*:*:thing-{one}/*") })
            }
        };
        put(&format!("GetPolicy/Custom/of-{one}"), document(&statement));
    }
    let role = |one: usize| json!({ "RoleName": format!("role-{one}") });
    put("ListRoles", json!({ "Roles": { "Role": (0..250).map(role).collect::<Vec<_>>() } }));
    let trust = json!({ "Version": "1", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": format!("acs:ram::{ID}:root") },
    }] });
    for one in 0..250 {
        put(
            &format!("ListPoliciesForRole/role-{one}"),
            policies(&[format!("of-{}", 10 + one % 30)]),
        );
        let role = json!({ "Role": { "AssumeRolePolicyDocument": trust.to_string() } });
        put(&format!("GetRole/role-{one}"), role);
    }
    folder
}

/// The text between two others, which are there once.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    assert_eq!(text.matches(begin).count(), 1, "{begin}");
    let (_, rest) = text.split_once(begin).expect("a beginning");
    rest.split_once(end).expect("an end").0
}

/// A style or a script that is changed is not run, unless its hash is changed too.
#[test]
fn the_page_allows_its_own_style_and_script_alone() {
    let page = page(&files().join("export"));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let hash = |text: &str| {
        let hash = Sha256::digest(text.as_bytes());
        format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(hash))
    };
    let style = hash(between(&page, "<style>", "</style>"));
    let script = hash(between(&page, "<script>", "</script>"));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
        )
    );
    for foreign in ["http://", "https://", "<link", "<img", "<iframe", "@import", "url("] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

/// What attackers may call themselves, and write into a policy.
const NAMES: [&str; 6] = [
    "<script>alert(1)<",
    "\"><img src=x onerror=alert(1)>",
    "'onmouseover='alert(1)",
    "--><svg onload=alert(1)>",
    "]]>&lt;b&gt;",
    "\u{202e}\u{200b}x",
];

#[test]
fn nothing_of_an_account_is_markup() {
    let sid = "</title></script><script>alert(1)</script><b onclick=\"x\">`</code><i>";
    let attached: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let users: Vec<(&str, &[String])> = NAMES.iter().map(|name| (*name, &attached[..])).collect();
    let folder = account(&users);
    let put = |name: &str, response: Value| put(folder.path(), name, &response);
    for name in NAMES {
        let statement = json!({
            "Effect": "Allow", "Action": ["ecs:<i>", "ram:*", "`<b>`:x"], "Sid": sid,
            "Resource": ["*", format!("acs:oss:*:*:{sid}")],
            "Condition": { "StringEquals": { "acs:<u>": sid } },
        });
        put(&format!("GetPolicy/Custom/{name}"), document(&statement));
    }
    put("ListRoles", json!({ "Roles": { "Role": [{ "RoleName": sid }] } }));
    put("ListGroups", json!({ "Groups": { "Group": [{ "GroupName": sid }] } }));
    let page = page(folder.path());
    for tag in ["<script", "</script", "<title>Acc", "</title></head", "<style", "<body", "<input"]
    {
        assert!(page.matches(tag).count() <= 1, "{tag}: {}", page.matches(tag).count());
    }
    for tag in ["<img", "<svg on", "<b on", "<i>", "<u>", "<b>`", "onerror=alert(1)>\""] {
        assert!(!page.contains(tag), "{tag}");
    }
    // Every attribute is in double quotes, and none of them comes from a name.
    let mut rest = page.as_str();
    let mut tags = 0;
    while let Some((_, behind)) = rest.split_once('<') {
        let (tag, behind) = behind.split_once('>').expect("a tag ends");
        let outside_quotes: String = tag.split('"').step_by(2).collect();
        for part in outside_quotes.split_whitespace().skip(1) {
            let name = part.trim_end_matches(['=', '/']);
            let known = [
                "aria-label",
                "charset",
                "class",
                "content",
                "d",
                "data-access",
                "height",
                "hidden",
                "href",
                "html",
                "http-equiv",
                "id",
                "lang",
                "name",
                "open",
                "placeholder",
                "role",
                "rx",
                "scope",
                "tabindex",
                "title",
                "type",
                "viewBox",
                "width",
                "x",
                "y",
            ];
            assert!(known.contains(&name), "{name} in <{tag}>");
        }
        tags += 1;
        rest = behind;
        // What is between these is no markup.
        for end in ["</style>", "</script>"] {
            if tag == end.trim_matches(['<', '/', '>']) {
                rest = rest.split_once(end).expect("an end").1;
            }
        }
    }
    assert!(tags > 100, "{tags}");
    assert!(!page.contains('\u{202e}') && page.contains("\\u{202e}"));
}

#[test]
fn five_hundred_principals_have_a_row_each() {
    let folder = large();
    let first = page(folder.path());
    assert_eq!(first, page(folder.path()));
    assert_eq!(first.matches("<tr class=\"row\"").count(), 500);
    // Those with the same ways are together.
    let nodes = first.matches("<g class=\"node").count();
    assert!((5..120).contains(&nodes), "{nodes}");
    // What many may do is there once.
    assert!(first.len() < 2_000_000, "{}", first.len());
    for tag in [
        "main", "section", "details", "summary", "table", "tr", "td", "th", "ul", "li", "ol",
        "svg", "g", "div", "span", "b", "a", "p", "code",
    ] {
        let opened =
            first.matches(&format!("<{tag}>")).count() + first.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, first.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    for link in first.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert_eq!(first.matches(&format!("id=\"{link}\"")).count(), 1, "{link}");
    }
}

/// Where nobody could follow the lines, the picture shows the ways to administrator, or none.
#[test]
fn too_many_ways_are_a_list() {
    let users: Vec<String> = (0..30).map(|one| format!("user-{one}")).collect();
    let expected = "The picture shows the ways to administrator alone; the list below has all.";
    for (administrators, nodes) in [(1, 2), (30, 2), (0, 0)] {
        let attached: Vec<Vec<String>> =
            (0..30).map(|one| vec![format!("assume-{one}"), format!("more-{one}")]).collect();
        let of_users: Vec<(&str, &[String])> =
            users.iter().map(String::as_str).zip(attached.iter().map(Vec::as_slice)).collect();
        let folder = account(&of_users);
        let put = |name: &str, response: Value| put(folder.path(), name, &response);
        let role = |one: usize| json!({ "RoleName": format!("role-{one}") });
        put("ListRoles", json!({ "Roles": { "Role": (0..30).map(role).collect::<Vec<_>>() } }));
        let trust = json!({ "Version": "1", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "RAM": format!("acs:ram::{ID}:root") },
        }] });
        for one in 0..30 {
            // Each may assume others.
            let roles = (0..30).filter(|role| (one + 1) * (role + 3) % 31 % 2 == 0);
            let roles: Vec<String> =
                roles.map(|role| format!("acs:ram:*:{ID}:role/role-{role}")).collect();
            let assume =
                json!({ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": roles });
            put(&format!("GetPolicy/Custom/assume-{one}"), document(&assume));
            let more = if one < administrators { "ram:*" } else { "oss:GetObject" };
            let more = json!({ "Effect": "Allow", "Action": more, "Resource": "*" });
            put(&format!("GetPolicy/Custom/more-{one}"), document(&more));
            put(&format!("ListPoliciesForRole/role-{one}"), policies(&[]));
            put(
                &format!("GetRole/role-{one}"),
                json!({ "Role": { "AssumeRolePolicyDocument": trust.to_string() } }),
            );
        }
        let page = page(folder.path());
        let is_list = page.contains(expected);
        // Administrators have no other ways.
        assert_eq!(is_list, administrators < 30, "{administrators}");
        let drawn = page.matches("<g class=\"node").count();
        assert_eq!(drawn, nodes, "{administrators}");
        assert_eq!(page.matches("becomes administrator").count(), administrators);
    }
}

#[test]
fn what_the_page_says_is_printed_too() {
    let export = files().join("export");
    let path = export.to_str().expect("a path");
    let done = run(["account", path, "report"]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    for line in [
        "account 1234567890123456: 3 users, 1 group, 2 roles, 5 policies",
        "user/intern: ram c, ecs LR, oss R, sts r; administrator in 2 steps",
        "role/cleaner: oss d",
        "role/web trusts service ecs.aliyuncs.com without conditions",
        "custom/deploy:1:63: note[whole_service]: `ecs:*` on `*` allows everything `ecs` has and will have",
    ] {
        assert!(done.out.lines().any(|found| found == line), "{line} in {}", done.out);
    }
    let done = run(["account", path, "report", "--format", "json"]);
    let report: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(report["principals"].as_array().map(Vec::len), Some(5));
    let intern = &report["principals"][2];
    assert_eq!(intern["principal"], "user/intern");
    assert_eq!(intern["to_administrator"].as_array().map(Vec::len), Some(2));
    let access = intern["access"].as_u64().and_then(|place| usize::try_from(place).ok());
    let access = &report["access"][access.expect("a place")];
    assert_eq!(access["principals"], json!(["user/intern"]));
    assert!(report["becomes"].as_array().is_some_and(|ways| ways.len() == 5));
}

#[test]
fn holes_are_shown_and_files_are_kept() {
    let folder = account(&[("ann", &["gone".to_owned()]), ("bob", &[])]);
    fs::remove_dir(folder.path().join("ListControlPolicyAttachmentsForTarget")).expect("a folder");
    let page = page(folder.path());
    assert!(page.contains("policy custom/gone: it is attached, but not there"), "{page}");
    assert!(page.contains("<span class=\"open\""), "{page}");
    let file = folder.path().join("page.html");
    let (path, file_path) = (folder.path().to_str(), file.to_str());
    let (path, file_path) = (path.expect("a path"), file_path.expect("a path"));
    assert_eq!(run(["account", path, "report", "--html", file_path]).code, Some(0));
    let again = run(["account", path, "report", "--html", file_path]);
    assert_eq!(again.code, Some(2));
    assert!(again.err.contains("exists already, `--force` overwrites it"), "{}", again.err);
    assert_eq!(run(["account", path, "report", "--html", file_path, "--force"]).code, Some(0));
    assert_eq!(fs::read_to_string(&file).expect("a page"), page);
}
