//! What is only known when something else runs: it is reported, and never decides.

use std::fs;

use crate::run::{Ran, run, run_on};

/// Policies with a part that is not known, and what is said of it.
const UNKNOWN: [(&str, &str, &str, &str); 15] = [
    (
        "a dynamic condition",
        "terraform",
        r#"data "alicloud_ram_policy_document" "p" {
  statement {
    action   = ["ecs:StopInstance"]
    resource = ["*"]
    dynamic "condition" {
      for_each = var.ips
      content {
        operator = "IpAddress"
        variable = "acs:SourceIp"
        values   = [condition.value]
      }
    }
  }
}
"#,
        "`dynamic \"condition\" over var.ips`",
    ),
    (
        "dynamic statements beside one that is known",
        "terraform",
        r#"data "alicloud_ram_policy_document" "p" {
  statement {
    action   = ["ecs:*"]
    resource = ["*"]
  }
  dynamic "statement" {
    for_each = var.denied
    content {
      effect   = "Deny"
      action   = [statement.value]
      resource = ["*"]
    }
  }
}
"#,
        "`dynamic \"statement\" over var.denied`",
    ),
    (
        "the resource of a denial",
        "terraform",
        r#"data "alicloud_ram_policy_document" "p" {
  statement {
    effect   = "Deny"
    action   = ["ecs:*"]
    resource = [var.x]
  }
  statement {
    action   = ["ecs:*"]
    resource = ["*"]
  }
}
"#,
        "`var.x`",
    ),
    (
        "a part of a resource",
        "terraform",
        r#"data "alicloud_ram_policy_document" "p" {
  statement {
    effect   = "Deny"
    action   = ["ecs:*"]
    resource = ["acs:ecs:*:*:instance/${var.x}"]
  }
  statement {
    action   = ["ecs:*"]
    resource = ["*"]
  }
}
"#,
        "`var.x`",
    ),
    (
        "an action",
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = var.a, Resource = \"*\" }] })\n}\n",
        "`var.a`",
    ),
    (
        "all statements",
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = local.all })\n}\n",
        "`local.all`",
    ),
    (
        "the rest of the statements",
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = concat([{ Effect = \"Allow\", Action = \"ecs:*\", Resource = \"*\" }], local.more) })\n}\n",
        "`local.more`",
    ),
    (
        "a statement of a conditional",
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = flatten([{ Effect = \"Allow\", Action = \"ecs:*\", Resource = \"*\" }, var.deny ? [{ Effect = \"Deny\", Action = \"ecs:*\", Resource = \"*\" }] : []]) })\n}\n",
        "`var.deny ? [",
    ),
    (
        "members of a statement",
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = [merge({ Effect = \"Allow\", Action = \"ecs:*\", Resource = \"*\" }, var.more)] })\n}\n",
        "`var.more`",
    ),
    (
        "statements in a heredoc",
        "terraform",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = <<EOF\n{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ecs:*\", \"Resource\": \"*\"}, ${var.more}]}\nEOF\n}\n",
        "`var.more`",
    ),
    (
        "a definition that needs itself",
        "terraform",
        "locals {\n  a = local.b\n  b = local.a\n}\nresource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = local.a, Resource = \"*\" }] })\n}\n",
        "`local.",
    ),
    (
        "a condition of Terraform in JSON",
        "json",
        "{\"resource\": {\"alicloud_ram_policy\": {\"p\": {\"policy_document\": \"${jsonencode({Version = \\\"1\\\", Statement = [{Effect = \\\"Allow\\\", Action = \\\"ecs:*\\\", Resource = var.r}]})}\"}}}}",
        "`var.r`",
    ),
    (
        "a function of ROS",
        "ros",
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '1'\n        Statement:\n          - {Effect: Deny, Action: 'ecs:*', Resource: !Ref What}\n          - {Effect: Allow, Action: 'ecs:*', Resource: '*'}\n",
        "`${What}`",
    ),
    (
        "a statement that ROS may leave out",
        "ros",
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  P:\n    Type: ALIYUN::RAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '1'\n        Statement:\n          - {Effect: Allow, Action: 'ecs:*', Resource: '*'}\n          - Fn::If: [C, {Effect: Deny, Action: 'ecs:*', Resource: '*'}, !Ref ALIYUN::NoValue]\n",
        "`Fn::If`",
    ),
    (
        "a document that Pulumi fills in",
        "ros",
        "name: p\nruntime: yaml\nresources:\n  p:\n    type: alicloud:ram/policy:Policy\n    properties:\n      policyDocument:\n        fn::toJSON:\n          Version: '1'\n          Statement: [{Effect: Allow, Action: 'ecs:*', Resource: '${bucket.arn}'}]\n",
        "`bucket.arn`",
    ),
];

#[test]
fn what_does_not_hang_on_it_is_decided() {
    for (name, text, action, resource, answer) in [
        ("another action", UNKNOWN[0].2, "ecs:StartInstance", "*", "ImplicitDeny\n"),
        ("another service", UNKNOWN[2].2, "oss:GetObject", "*", "ImplicitDeny\n"),
        (
            "a resource that the hole is not in",
            UNKNOWN[3].2,
            "ecs:DeleteDisk",
            "acs:ecs:cn-hangzhou:1234567890123456:disk/d-1",
            "Allow\n",
        ),
    ] {
        let arguments = ["eval", "--policy", "FILE", "--action", action, "--resource", resource];
        let ran = run_with("terraform", text, &arguments);
        assert_eq!((ran.out.as_str(), ran.code), (answer, Some(0)), "{name}: {ran:?}");
    }
}

#[test]
fn the_known_part_of_a_text_is_judged() {
    for (resource, rule) in [
        ("acs:osss:*:*:${var.x}/*", "error[misspelt_service]"),
        ("acs:ecs:*:*:instance/${var.x}", "warning[useless_resource]"),
        ("acs:oss:*:*:${var.x}/*", ""),
        ("${var.x}", ""),
    ] {
        let text = format!(
            "resource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = jsonencode({{ Version = \"1\", Statement = [{{ Effect = \"Allow\", Action = \"oss:GetObject\", Resource = \"{resource}\" }}] }})\n}}\n"
        );
        let ran = run_on(&["check", "--from", "terraform", "-"], text.clone());
        assert_eq!(ran.out.contains("error["), rule.starts_with("error"), "{resource}: {ran:?}");
        assert!(ran.out.contains(rule), "{resource}: {ran:?}");
        let denied = ["check", "--from", "terraform", "--deny", "not_checked", "-"];
        let ran = run_on(&denied, text);
        assert!(ran.out.contains("error[not_checked]"), "{resource}: {ran:?}");
        assert_eq!(ran.code, Some(1), "{resource}: {ran:?}");
    }
}

/// Runs on a file with this text.
fn run_with(form: &str, text: &str, arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let name = match form {
        "terraform" => "input.tf",
        "ros" => "input.yaml",
        _ => "input.json",
    };
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    run(arguments.iter().map(|argument| if *argument == "FILE" { path } else { argument }))
}

#[test]
fn check_reports_it_once_and_judges_the_rest() {
    for (name, form, text, said) in UNKNOWN {
        let ran = run_on(&["check", "--from", form, "-"], text);
        assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
        assert!(ran.out.contains("note: not checked: "), "{name}: {ran:?}");
        assert!(ran.out.contains(said), "{name}: {ran:?}");
        assert!(!ran.out.contains("error["), "{name}: {ran:?}");
        assert!(ran.err.ends_with("1 not checked\n"), "{name}: {ran:?}");
    }
    // The part that is known is judged, also in a branch.
    for (name, form, text) in [
        ("concat", "terraform", UNKNOWN[6].2),
        ("dynamic beside it", "terraform", UNKNOWN[1].2),
        ("merge", "terraform", UNKNOWN[8].2),
        ("heredoc", "terraform", UNKNOWN[9].2),
        ("Fn::If", "ros", UNKNOWN[13].2),
    ] {
        let wrong = text.replace("ecs:*", "ecs:RunInstance");
        let ran = run_on(&["check", "--from", form, "-"], wrong);
        assert!(ran.out.contains("error[unknown_action]"), "{name}: {ran:?}");
    }
}

#[test]
fn nothing_is_decided_or_proved_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let boundary = folder.path().join("boundary.json");
    let all = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    fs::write(&boundary, all).unwrap();
    let boundary = boundary.to_str().unwrap();
    let stop = folder.path().join("stop.json");
    fs::write(&stop, all.replace(r#""Action":"*""#, r#""Action":"ecs:StopInstance""#)).unwrap();
    let stop = stop.to_str().unwrap();
    let denial = folder.path().join("denial.json");
    fs::write(&denial, all.replace("Allow", "Deny")).unwrap();
    let denial = denial.to_str().unwrap();
    for (name, form, text, said) in UNKNOWN {
        let instance = "acs:ecs:cn-hangzhou:1234567890123456:instance/i-1";
        let asked = ["--action", "ecs:StopInstance", "--resource", instance];
        let ran = run_with(form, text, &[&["eval", "--policy", "FILE"][..], &asked].concat());
        assert!(ran.out.starts_with("Unknown "), "{name}: {ran:?}");
        assert!(ran.out.contains(said), "{name}: {ran:?}");
        assert_eq!(ran.code, Some(1), "{name}: {ran:?}");
        // A denial of another policy counts whatever this one says.
        let both = ["eval", "--policy", "FILE", "--policy", denial];
        let ran = run_with(form, text, &[&both[..], &asked].concat());
        assert_eq!((ran.out.as_str(), ran.code), ("ExplicitDeny\n", Some(0)), "{name}");
        // Whether it allows this hangs on what is not known; that it is within everything does not.
        let ran = run_with(form, text, &["prove", stop, "--within", "FILE"]);
        assert!(ran.out.starts_with("Unknown "), "{name}: {ran:?}");
        assert!(ran.out.contains(said), "{name}: {ran:?}");
        assert_eq!(ran.code, Some(1), "{name}: {ran:?}");
        let ran = run_with(form, text, &["prove", "FILE", "--within", boundary]);
        assert_eq!((ran.out.as_str(), ran.code), ("Yes\n", Some(0)), "{name}: {ran:?}");
        // So it is with differences: nothing is allowed beyond everything, and what else is hangs on it.
        let ran = run_with(form, text, &["diff", stop, "FILE"]);
        assert_eq!(ran.code, Some(1), "{name}: {ran:?}");
        assert!(
            ran.out.contains(", or not: ") && ran.out.contains("not known: "),
            "{name}: {ran:?}"
        );
        assert!(ran.out.contains(said), "{name}: {ran:?}");
        let ran = run_with(form, text, &["diff", boundary, "FILE", "--format", "json"]);
        let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(told["new_within_old"]["proof"], "Yes", "{name}: {ran:?}");
        assert_ne!(told["old_within_new"]["proof"], "Yes", "{name}: {ran:?}");
        assert_eq!(told["same"], false, "{name}: {ran:?}");
        let ran = run_with(form, text, &["diff", boundary, "FILE", "--fail-on-more"]);
        assert_eq!(ran.code, Some(1), "{name}: {ran:?}");
    }
}

#[test]
fn describe_and_convert_say_what_is_missing() {
    for (name, form, text, said) in UNKNOWN {
        let ran = run_with(form, text, &["describe", "FILE"]);
        assert!(ran.err.contains("not known") && ran.err.contains(said), "{name}: {ran:?}");
        assert!(ran.code == Some(1) || ran.out.contains(said), "{name}: {ran:?}");
        let ran = run_with(form, text, &["convert", "FILE", "--to", "json"]);
        assert!(ran.err.contains(said), "{name}: {ran:?}");
        // What decides what else there is cannot be left out; a value is written as it is spelt.
        match ran.code {
            Some(1) => assert_eq!(ran.out, "", "{name}"),
            Some(3) => assert!(ran.out.contains("${"), "{name}: {ran:?}"),
            _ => panic!("{name}: {ran:?}"),
        }
    }
    let dynamic = run_with("terraform", UNKNOWN[0].2, &["convert", "FILE", "--to", "json"]);
    assert_eq!(dynamic.code, Some(1), "{dynamic:?}");
}

#[test]
fn a_document_that_is_not_known_at_all_decides_nothing() {
    let text = "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = var.document\n}\n";
    for (arguments, out) in [
        (&["prove", "FILE", "--within", "view.json"][..], "Unknown "),
        (&["eval", "--policy", "FILE", "--action", "ecs:StopInstance"], ""),
        (&["describe", "FILE"], ""),
        (&["convert", "FILE", "--to", "rust"], ""),
    ] {
        let ran = run_with("terraform", text, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!(ran.out.starts_with(out), "{arguments:?}: {ran:?}");
        let said = format!("{}{}", ran.out, ran.err);
        assert!(said.contains("(`var.document`)"), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn what_a_module_says_of_itself_is_known() {
    let policy = |value: &str, rest: &str| {
        format!(
            "{rest}\nresource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = {value}\n}}\n"
        )
    };
    let encoded =
        |statements: &str| format!("jsonencode({{ Version = \"1\", Statement = {statements} }})");
    let allow = r#"{ Effect = "Allow", Action = ["ecs:StopInstance"], Resource = ["*"] }"#;
    let text = r#""{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ecs:StopInstance\"],\"Resource\":[\"*\"]}]}""#;
    for (name, source) in [
        ("a local", policy("local.p", &format!("locals {{ p = {text} }}"))),
        ("a heredoc in a local", policy("local.p", "locals {\n  p = <<EOF\n{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ecs:StopInstance\"],\"Resource\":[\"*\"]}]}\nEOF\n}")),
        ("a default", policy("var.p", &format!("variable \"p\" {{ default = {text} }}"))),
        ("interpolation", policy("\"${local.p}\"", &format!("locals {{ p = {text} }}"))),
        ("statements", policy(&encoded("local.s"), &format!("locals {{ s = [{allow}] }}"))),
        ("concat", policy(&encoded("concat(local.s, [])"), &format!("locals {{ s = [{allow}] }}"))),
        ("flatten", policy(&encoded(&format!("flatten([[[{allow}]], []])")), "")),
        ("merge", policy(&encoded("[merge({ Effect = \"Deny\" }, local.s)]"), &format!("locals {{ s = {allow} }}"))),
        ("for", policy(&encoded("[for a in local.a : { Effect = \"Allow\", Action = [a], Resource = [\"*\"] }]"), "locals { a = [\"ecs:StopInstance\"] }")),
        ("for with a condition", policy(&encoded("[for a in local.a : { Effect = \"Allow\", Action = [a], Resource = [\"*\"] } if a != \"ecs:StartInstance\"]"), "locals { a = [\"ecs:StopInstance\", \"ecs:StartInstance\"] }")),
        ("format", policy(&encoded(&allow_with("format(\"%s:%s\", \"ecs\", \"StopInstance\")")), "")),
        ("join", policy(&encoded(&allow_with("join(\":\", [\"ecs\", \"StopInstance\"])")), "")),
        ("a conditional", policy(&encoded(&format!("local.on ? [{allow}] : []")), "locals { on = true }")),
        ("another resource", policy("alicloud_ram_policy.q.policy_document", &format!("resource \"alicloud_ram_policy\" \"q\" {{\n policy_document = {}\n}}", encoded(&format!("[{allow}]"))))),
        ("a dynamic statement", "data \"alicloud_ram_policy_document\" \"d\" {\n  dynamic \"statement\" {\n    for_each = [\"ecs:StopInstance\"]\n    content {\n      action   = [statement.value]\n      resource = [\"*\"]\n    }\n  }\n}\n".to_owned()),
        ("a data source", policy("\"${data.alicloud_ram_policy_document.d.document}\"", "data \"alicloud_ram_policy_document\" \"d\" {\n  statement {\n    action   = [\"ecs:StopInstance\"]\n    resource = [\"*\"]\n  }\n}\n")),
    ] {
        let ran = run_on(&["check", "--from", "terraform", "-"], source.clone());
        assert_eq!(ran.code, Some(0), "{name}: {ran:?}");
        assert!(!ran.err.contains("not checked"), "{name}: {ran:?}");
        let policies = ran.err.split(' ').next().and_then(|count| count.parse::<usize>().ok());
        assert!(policies.is_some_and(|count| count > 0), "{name}: {ran:?}");
        let ran = run_with("terraform", &source, &["eval", "--policy", "FILE", "--action", "ecs:StopInstance"]);
        assert_eq!(ran.out, "Allow\n", "{name}: {ran:?}");
        let wrong = source.replace("StopInstance", "StopInstanc");
        let ran = run_on(&["check", "--from", "terraform", "-"], wrong);
        assert!(ran.out.contains("error[unknown_action]"), "{name}: {ran:?}");
    }
}

fn allow_with(action: &str) -> String {
    format!("[{{ Effect = \"Allow\", Action = [{action}], Resource = [\"*\"] }}]")
}

#[test]
fn files_of_a_folder_know_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("locals.tf", "locals {\n  action = \"ecs:StopInstanc\"\n}\n");
    write(
        "main.tf",
        "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = file(\"${path.module}/policies/p.json\")\n}\nresource \"alicloud_ram_policy\" \"q\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = local.action, Resource = \"*\" }] })\n}\nresource \"alicloud_ram_policy\" \"r\" {\n  policy_document = file(\"../outside.json\")\n}\n",
    );
    fs::create_dir(folder.path().join("policies")).unwrap();
    write(
        "policies/p.json",
        "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StartInstanc\",\"Resource\":\"*\"}]}",
    );
    let main = folder.path().join("main.tf");
    let ran = run(["check".as_ref(), main.as_os_str()]);
    // A mistake of another file is marked where it is used.
    assert!(ran.out.contains("unknown action `ecs:StopInstanc`"), "{}", ran.out);
    assert!(ran.out.contains("main.tf:5:"), "{}", ran.out);
    assert!(ran.out.contains("unknown action `ecs:StartInstanc`"), "{}", ran.out);
    assert!(
        ran.out.contains("not checked: the document of `alicloud_ram_policy.r`"),
        "{}",
        ran.out
    );
    // A folder says what is there.
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert!(ran.err.contains("policies by form: json 1, terraform 2"), "{}", ran.err);
    write("policy.py", "Statement = [{'Effect': 'Allow', 'Action': 'ecs:*'}]");
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert!(ran.err.contains("policy.py` may contain a policy and was not read"), "{}", ran.err);
}

#[test]
fn definitions_of_definitions_end_no_stack() {
    let mut source = String::from("locals {\n  x0 = \"ecs:StopInstance\"\n");
    for number in 1..2000 {
        let (open, close) = ("[(".repeat(20), ")]".repeat(20));
        source.push_str(&format!("  x{number} = {open}local.x{}{close}\n", number - 1));
    }
    source.push_str("}\nresource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = flatten(local.x1999), Resource = \"*\" }] })\n}\n");
    let ran = run_on(&["check", "--from", "terraform", "-"], source);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("not checked"), "{}", ran.err);
}

#[test]
fn few_lines_of_terraform_do_not_fill_the_memory() {
    let mut source = String::from("locals {\n  x0 = [\"ecs:StopInstance\"]\n");
    for number in 1..64 {
        let before = number - 1;
        source.push_str(&format!("  x{number} = concat(local.x{before}, local.x{before})\n"));
        source.push_str(&format!("  t{number} = \"${{local.t{before}}}${{local.t{before}}}\"\n"));
    }
    source.push_str("  t0 = \"ecs:StopInstance\"\n}\nresource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = local.x63, Resource = local.t63 }] })\n}\n");
    let ran = run_on(&["check", "--from", "terraform", "-"], source);
    // What is known of it is too long for RAM already.
    assert_eq!(ran.out.matches("error[").count(), ran.out.matches("error[too_long]").count());
    assert!(ran.err.contains("not checked"), "{}", ran.err);
}

#[test]
fn the_page_of_the_rule_shows_what_is_reported() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(page.join("../src/findings/not_checked.md")).unwrap();
    let blocks: Vec<&str> =
        page.split("```terraform\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [bad, good] = blocks.as_slice() else { panic!("{page}") };
    for (text, code) in [(bad, 1), (good, 0)] {
        let denied = ["check", "--from", "terraform", "--deny", "not_checked", "-"];
        let ran = run_on(&denied, *text);
        assert_eq!(ran.code, Some(code), "{text}: {ran:?}");
        assert_eq!(ran.out.contains("error[not_checked]"), code == 1, "{text}: {ran:?}");
        let ran = run_on(&["check", "--from", "terraform", "-"], *text);
        assert_eq!(ran.err.contains("1 not checked"), code == 1, "{text}: {ran:?}");
        assert_eq!(ran.code, Some(0), "{text}: {ran:?}");
    }
}
