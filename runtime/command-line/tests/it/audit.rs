//! `audit`: logs as tables.

use serde_json::Value;

use crate::run::{run, run_on};

const POLICIES: [&str; 4] = ["--policy", "view.json", "--policy", "guard.json"];

fn audit<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["audit"], &POLICIES[..], more].concat()
}

#[test]
fn a_wrong_line_is_told_and_makes_the_exit_code() {
    let ran = run(audit(&["log.jsonl"]));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.err, "log.jsonl:4: error: an action is written `code:Name`\n");
    assert!(ran.out.ends_with("5 decided, 1 wrong\n"), "{ran:?}");
    let good = run_on(&audit(&["-"]), r#"{"action": "ecs:DescribeInstances"}"#);
    assert_eq!((good.code, good.err.as_str()), (Some(0), ""), "{good:?}");
}

#[test]
fn several_logs_are_one_table() {
    let ran = run(audit(&["log.jsonl", "log.jsonl", "--format", "json"]));
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&told["decided"], &told["wrong"]), (&10.into(), &2.into()));
    assert_eq!(ran.err.lines().count(), 2, "{ran:?}");
}

#[test]
fn how_many_threads_there_are_changes_nothing() {
    let line = |number: usize| {
        let (action, user) = (["StopInstance", "RunCommand"][number % 2], number % 9);
        format!(
            "{{\"action\":\"ecs:{action}\",\"context\":{{\"acs:PrincipalARN\":\"acs:ram::1:user/u{user}\"}}}}\n"
        )
    };
    let log: String = (0..30_000).map(line).collect();
    let [one, four] =
        ["1", "4"].map(|threads| run_on(&audit(&["-", "--threads", threads]), log.clone()));
    assert_eq!(one, four);
    assert!(one.out.ends_with("30000 decided, 0 wrong\n"), "{}", one.out);
}

#[test]
fn what_is_told_is_bounded() {
    let ran = run_on(&audit(&["-", "--most-told", "2"]), "x\n".repeat(50));
    assert_eq!(ran.err.lines().count(), 3, "{ran:?}");
    assert!(ran.err.ends_with("-: error: 48 more lines are no requests\n"), "{ran:?}");
    assert!(ran.out.ends_with("0 decided, 50 wrong\n"), "{ran:?}");
}

#[test]
fn what_there_is_no_row_for_is_counted_together() {
    let ran = run(audit(&["log.jsonl", "--most-rows", "1", "--format", "csv"]));
    let total: u64 = ran
        .out
        .lines()
        .skip(1)
        .map(|row| row.rsplit(',').next().unwrap().parse::<u64>().unwrap())
        .sum();
    assert_eq!(total, 5, "{ran:?}");
    assert!(ran.out.contains("(others)"), "{ran:?}");
}

#[test]
fn texts_of_a_log_are_inert() {
    for (principal, cell) in
        [("=1+1", "'=1+1"), ("a,\\\"b", "\"a,\"\"b\""), ("\\u001b[2J", "\\u{1b}[2J"), ("-", "'-")]
    {
        let line = format!(
            r#"{{"action": "ecs:RunCommand", "context": {{"acs:PrincipalARN": "{principal}"}}}}"#
        );
        let ran = run_on(&audit(&["-", "--format", "csv"]), line);
        let row = ran.out.lines().nth(1).unwrap();
        assert_eq!(row, format!("{cell},ecs:RunCommand,ImplicitDeny,1"), "{ran:?}");
    }
    let ran = run_on(&audit(&["-"]), "{\"a\\u001b[2J\": 1}");
    assert!(!ran.err.contains('\u{1b}'), "{ran:?}");
}

#[test]
fn a_session_is_decided_about_as_its_role() {
    let folder = tempfile::tempdir().unwrap();
    let account = folder.path().join("role.yaml");
    let text = "caller: acs:ram::1:role/web\npolicies:\n  - Version: '1'\n    Statement: [{ Effect: Allow, Action: 'ecs:*', Resource: '*' }]\n";
    std::fs::write(&account, text).unwrap();
    let line = |arn: &str| {
        format!(
            "{{\"action\": \"ecs:RunCommand\", \"context\": {{\"acs:PrincipalARN\": \"{arn}\"}}}}\n"
        )
    };
    let log = line("acs:ram::1:role/web")
        + &line("acs:ram::1:assumed-role/web/s")
        + &line("acs:ram::1:role/db");
    let ran =
        run_on(&["audit", "--account", account.to_str().unwrap(), "-", "--format", "csv"], log);
    let rows: Vec<&str> = ran.out.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "acs:ram::1:assumed-role/web/s,ecs:RunCommand,Allow,1",
            "acs:ram::1:role/db,ecs:RunCommand,NoPolicies,1",
            "acs:ram::1:role/web,ecs:RunCommand,Allow,1",
        ],
        "{ran:?}"
    );
}

#[test]
fn what_cannot_be_done_is_said() {
    for (arguments, expected) in [
        (&["audit", "log.jsonl"][..], "--policy"),
        (&["audit", "--policy", "trust.json", "log.jsonl"], "is a trust policy"),
        (&["audit", "--policy", "view.json", "nowhere.jsonl"], "`nowhere.jsonl` cannot be read"),
        (
            &["audit", "--account", "account.yaml", "--account", "account.yaml", "log.jsonl"],
            "two account files are for `acs:ram::1234567890123456:user/alice`",
        ),
    ] {
        let ran = run(arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(expected), "{ran:?}");
    }
}

/// On a terminal that `script` makes, a long log has a bar; a short one is over before it is seen.
#[test]
fn a_long_log_has_a_bar_on_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let line = r#"{"action": "ecs:DescribeInstances", "context": {"acs:SourceIp": "10.0.0.1"}}"#;
    for (lines, has_bar) in [(200_000, true), (10, false)] {
        let log = folder.path().join("log.jsonl");
        std::fs::write(&log, format!("{line}\n").repeat(lines)).unwrap();
        let binary = assert_cmd::cargo::cargo_bin("ram-policy");
        let (binary, log) = (binary.display(), log.display());
        let asked = format!("{binary} audit --policy view.json {log}");
        let mut command = std::process::Command::new("script");
        command.args(["--quiet", "--return", "--command", &asked, "/dev/null"]);
        command.current_dir(crate::run::files()).env("TERM", "xterm");
        // Where there is no such program, nobody makes a terminal.
        let Ok(ran) = command.output() else { return };
        let shown = String::from_utf8_lossy(&ran.stdout);
        assert_eq!(shown.contains(" left"), has_bar, "{shown}");
        assert!(shown.contains(&format!("{lines} decided, 0 wrong")), "{shown}");
    }
}
