//! `expand`, `shrink`, `search`, `explain`, `completions` and `man`.

use serde_json::Value;

use crate::run::run;

fn lines(arguments: &[&str]) -> Vec<String> {
    let ran = run(arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    ran.out.lines().map(ToOwned::to_owned).collect()
}

#[test]
fn expand_lists_actions_with_their_levels() {
    assert_eq!(
        lines(&["expand", "ecs:St*Instance", "ecs:startinstance"]),
        ["ecs:StartInstance  update", "ecs:StopInstance   update"]
    );
    let ran = run(["expand", "--format", "json", "ecs:StopInstance"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(found[0]["action"], "ecs:StopInstance");
    assert_eq!(found[0]["access"], "update");
    assert!(found[0]["resources"][0].as_str().unwrap().starts_with("acs:ecs:"));
    for (pattern, told) in [
        ("ecs:StopInstanc", "did you mean `ecs:StopInstance`"),
        ("ecs", "an action is written `code:Name`"),
        ("nowhere:*", "covers no action of the catalogue"),
    ] {
        let ran = run(["expand", pattern]);
        assert_eq!(ran.code, Some(2), "{pattern}");
        assert!(ran.err.contains(told), "{pattern}: {ran:?}");
    }
}

#[test]
fn expand_takes_selections() {
    let found = lines(&["expand", "every update of ecs taking ecs::Disk", "ecs:StopInstance"]);
    assert!(found.iter().any(|line| line.starts_with("ecs:AttachDisk ")), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with("ecs:StopInstance ")), "{found:?}");
    assert!(found.is_sorted(), "{found:?}");
    let pins = lines(&["expand", "--pin", "every list of ecs", "every list of vpc"]);
    assert_eq!(pins.len(), 2, "{pins:?}");
    assert_ne!(pins[0], pins[1]);
    let number = lines(&["expand", "every list of ecs"]).len();
    assert!(pins[0].starts_with(&format!("{number}-")), "{pins:?}");
}

#[test]
fn expand_says_what_is_wrong_with_a_selection() {
    for (arguments, told) in [
        (&["expand", "every reed of ecs"][..], "did you mean `read`?"),
        (&["expand", "every read of esc"], "the catalogue has no service `esc`, did you mean"),
        (&["expand", "every action taking vpc::VCP"], "no action takes a resource `vpc::VCP`"),
        (
            &["expand", "every read of ecs on *"],
            "expected nothing behind the selection, found `on`",
        ),
        (&["expand", "every delete of sts"], "the actions there have other levels, get, "),
        (&["expand", "--pin", "ecs:*"], "only `every ...` has a pin"),
    ] {
        let ran = run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(told), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn shrink_is_the_way_back() {
    for (actions, expected) in [
        (&["ecs:Describe*"][..], &["ecs:Describe*"][..]),
        (&["ecs:*"], &["ecs:*"]),
        (&["ecs:StopInstance"], &["ecs:StopInstance"]),
        (
            &["sts:AssumeRoleWithSAML", "sts:AssumeRole", "sts:AssumeRoleWithOIDC"],
            &["sts:AssumeRole*"],
        ),
    ] {
        let arguments: Vec<&str> = ["shrink"].iter().chain(actions).copied().collect();
        assert_eq!(lines(&arguments), expected, "{actions:?}");
    }
    let ran = run(["shrink", "--format", "json", "--policy", "view.json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(found["patterns"][0], "ecs:Describe*");
    assert_eq!(found["fewest"], true);
}

#[test]
fn search_finds_by_words() {
    let found = lines(&["search", "nat", "gateway", "--access", "delete", "--service", "vpc"]);
    assert!(
        found.iter().any(|line| line.trim_start().starts_with("vpc:DeleteNatGateway")),
        "{found:?}"
    );
    let ran = run(["search", "sourceip", "--format", "json"]);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let keys = found["condition_keys"].as_array().unwrap();
    assert!(keys.iter().any(|key| key["key"] == "acs:SourceIp"), "{found}");
    assert_eq!(lines(&["search", "no such words at all"]), [""; 0]);
    // The best comes first, and abbreviations find what they stand for.
    let first = |words: &[&str]| {
        let found = lines(&[&["search"], words].concat());
        let actions = found.iter().skip_while(|line| *line != "Actions").skip(1);
        actions.map(|line| line.trim().split(' ').next().unwrap().to_owned()).next()
    };
    for (words, expected) in [
        (&["stopinstance", "--service", "ecs"][..], "ecs:StopInstance"),
        (&["ecs:stopinstances"], "ecs:StopInstances"),
        (&["attach", "eni", "--service", "ecs"], "ecs:AttachNetworkInterface"),
    ] {
        assert_eq!(first(words).as_deref(), Some(expected), "{words:?}");
    }
    // How narrow the policies of a service can be.
    for (code, words) in [
        ("xtrace", "policies grant single operations"),
        ("ehpc", "policies grant the service as a whole"),
        ("alidns", "policies grant single resources"),
    ] {
        let found = lines(&["search", code]);
        assert!(found.iter().any(|line| line.contains(code) && line.ends_with(words)), "{found:?}");
        let ran = run(["search", code, "--format", "json"]);
        let found: Value = serde_json::from_str(&ran.out).unwrap();
        let services = found["services"].as_array().unwrap();
        assert!(services.iter().any(|one| one["granularity"] == words), "{found}");
    }
}

#[test]
fn explain_knows_every_rule() {
    let all = lines(&["explain"]);
    for line in &all {
        let rule = line.split(' ').next().unwrap();
        let page = run(["explain", rule]);
        assert_eq!(page.code, Some(0), "{rule}");
        assert!(page.out.starts_with(&format!("# `{rule}`\n")), "{rule}: {}", page.out);
    }
    assert!(all.len() > 30);
    assert_eq!(run(["explain", "unknown_acton"]).code, Some(2));
}

#[test]
fn completions_and_the_man_page_name_every_subcommand() {
    let subcommands = [
        "check",
        "eval",
        "convert",
        "describe",
        "expand",
        "shrink",
        "search",
        "explain",
        "completions",
        "man",
    ];
    let man = run(["man"]).out;
    for subcommand in subcommands {
        assert!(man.contains(&format!("ram\\-policy\\-{subcommand}")), "{subcommand}");
        let help = run([subcommand, "--help"]);
        assert_eq!(help.code, Some(0));
        assert!(help.out.contains("Example"), "{subcommand}: {}", help.out);
        for shell in ["bash", "zsh", "fish"] {
            assert!(run(["completions", shell]).out.contains(subcommand), "{shell} {subcommand}");
        }
    }
}
