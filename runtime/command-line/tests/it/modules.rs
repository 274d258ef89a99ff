//! Modules of Terraform: what their files, their callers and the values of their variables say.

use std::fs;
use std::path::Path;

use crate::run::{Ran, run, run_on};

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The document of the only policy of `main.tf`, or of the one that is selected.
fn document(files: &[(&str, &str)], more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    let main = folder.path().join("main.tf");
    let arguments = ["convert", main.to_str().unwrap(), "--to", "json", "--minified"];
    let more: Vec<String> =
        more.iter().map(|one| one.replace("FOLDER", folder.path().to_str().unwrap())).collect();
    run(arguments.into_iter().map(str::to_owned).chain(more))
}

/// A policy whose action is this expression.
fn policy(action: &str) -> String {
    format!(
        "resource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = jsonencode({{ Version = \"1\", Statement = [{{ Effect = \"Allow\", Action = {action}, Resource = \"*\" }}] }})\n}}\n"
    )
}

fn allows(action: &str) -> String {
    format!(
        "{{\"Version\":\"1\",\"Statement\":[{{\"Effect\":\"Allow\",\"Action\":{action},\"Resource\":\"*\"}}]}}\n"
    )
}

const STOP: &str = "\"ecs:StopInstance\"";

#[test]
fn functions_and_operators_give_what_terraform_gives() {
    for (expression, expected) in [
        (r#"format("%s:%s%%%d", "ecs", "a", 1)"#, r#""ecs:a%1""#),
        (r#"join(":", ["ecs", "StopInstance"])"#, STOP),
        (r#"concat(["a:A"], ["b:B"])"#, r#"["a:A","b:B"]"#),
        (r#"flatten([["a:A"], [["b:B"]]])"#, r#"["a:A","b:B"]"#),
        (r#"compact(["a:A", "", null])"#, r#"["a:A"]"#),
        (r#"distinct(["a:A", "a:A"])"#, r#"["a:A"]"#),
        (r#"reverse(["a:A", "b:B"])"#, r#"["b:B","a:A"]"#),
        (r#"sort(["b:B", "a:A"])"#, r#"["a:A","b:B"]"#),
        (r#"slice(["a:A", "b:B", "c:C"], 1, 3)"#, r#"["b:B","c:C"]"#),
        (r#"setsubtract(["a:A", "b:B"], ["a:A"])"#, r#"["b:B"]"#),
        (r#"setintersection(["a:A", "b:B"], ["a:A"])"#, r#"["a:A"]"#),
        (r#"setunion(["a:A"], ["a:A", "b:B"])"#, r#"["a:A","b:B"]"#),
        (r#"formatlist("ecs:%s", ["A", "B"])"#, r#"["ecs:A","ecs:B"]"#),
        (r#"keys({ "b:B" = 1, "a:A" = 2 })"#, r#"["a:A","b:B"]"#),
        (r#"values({ b = "b:B", a = "a:A" })"#, r#"["a:A","b:B"]"#),
        (r#"values(zipmap(["x"], ["a:A"]))"#, r#"["a:A"]"#),
        (r#"basename("x/ecs:StopInstance")"#, STOP),
        (r#"dirname("ecs:StopInstance/x")"#, STOP),
        (r#"merge({ a = "x" }, { a = "a:A" }).a"#, r#""a:A""#),
        (r#"lookup({ a = "a:A" }, "a", "b:B")"#, r#""a:A""#),
        (r#"lookup({ a = "a:A" }, "c", "b:B")"#, r#""b:B""#),
        (r#"element(["a:A", "b:B"], 3)"#, r#""b:B""#),
        (r#"one(["a:A"])"#, r#""a:A""#),
        (r#"coalesce(null, "", "a:A")"#, r#""a:A""#),
        (r#"coalescelist([], ["a:A"])"#, r#"["a:A"]"#),
        (r#"try("a:A", "b:B")"#, r#""a:A""#),
        (r#"lower("A:A")"#, r#""a:a""#),
        (r#"upper("a:a")"#, r#""A:A""#),
        (r#"trimspace(" a:A ")"#, r#""a:A""#),
        (r#"trim("--a:A-", "-")"#, r#""a:A""#),
        (r#"trimprefix("xa:A", "x")"#, r#""a:A""#),
        (r#"trimsuffix("a:Ax", "x")"#, r#""a:A""#),
        (r#"chomp("a:A\n")"#, r#""a:A""#),
        (r#"replace("a-A", "-", ":")"#, r#""a:A""#),
        (r#"substr("xxa:A", 2, 3)"#, r#""a:A""#),
        (r#"split(",", "a:A,b:B")"#, r#"["a:A","b:B"]"#),
        (r#"jsondecode("{\"a\": [\"a:A\"]}").a"#, r#"["a:A"]"#),
        (r#"tolist(toset(["a:A"]))"#, r#"["a:A"]"#),
        (r#"contains(["x"], "x") ? "a:A" : "b:B""#, r#""a:A""#),
        (r#"startswith("ab", "a") && endswith("ab", "b") ? "a:A" : "b:B""#, r#""a:A""#),
        (r#"alltrue([true, false]) || anytrue([false]) ? "a:A" : "b:B""#, r#""b:B""#),
        (r#"length(["x"]) + 1 == 2 ? "a:A" : "b:B""#, r#""a:A""#),
        (r#"max(1, 2) * sum([1, 2]) - min(1, 2) == 5 ? "a:A" : "b:B""#, r#""a:A""#),
        (r#"signum(-3) == -1 && abs(-2) == 2 && 7 % 4 == 3 ? "a:A" : "b:B""#, r#""a:A""#),
        (r#"tobool("true") && tonumber("2") == 2 ? "a:A" : "b:B""#, r#""a:A""#),
        (r#"[for name, on in { "a:A" = true, "b:B" = false } : name if on]"#, r#"["a:A"]"#),
        (r#"{ for one in ["a:A", "a:B"] : "x" => one... }.x"#, r#"["a:A","a:B"]"#),
        (r#"[{ a = "a:A" }][*].a"#, r#"["a:A"]"#),
        (r#""%{ if true }a:A%{ else }b:B%{ endif }""#, r#""a:A""#),
        (r#""%{ for one in ["a", ":", "A"] }${one}%{ endfor }""#, r#""a:A""#),
        (r#""a: ${~ "A" ~} ""#, r#""a:A""#),
    ] {
        let ran = document(&[("main.tf", &policy(expression))], &[]);
        assert_eq!((ran.out, ran.code), (allows(expected), Some(0)), "{expression}: {}", ran.err);
    }
}

#[test]
fn what_nobody_knows_stays_a_hole() {
    for (expression, said) in [
        (r#"format("%s:A", var.x)"#, "`var.x`"),
        (r#"join(":", var.x)"#, r#"`join(":", var.x)`"#),
        (r#"upper(var.x)"#, "`upper(var.x)`"),
        (r#"try(var.x, "a:A")"#, r#"`try(var.x, "a:A")`"#),
        (r#"coalesce(var.x, "a:A")"#, r#"`coalesce(var.x, "a:A")`"#),
        (r#"contains(var.x, "a") ? "a:A" : "b:B""#, "`contains(var.x"),
        (r#"[for one in var.x : "ecs:${one}"]"#, "`[for one in var.x"),
        (r#"templatefile("none.tpl", {})"#, "`templatefile(\"none.tpl\""),
        (r#"timestamp()"#, "`timestamp()`"),
        (r#"sha1("x")"#, "`sha1(\"x\")`"),
        (r#"module.none.action"#, "`module.none.action`"),
    ] {
        let ran = run_on(&["check", "--from", "terraform", "-"], policy(expression));
        assert_eq!(ran.code, Some(0), "{expression}: {ran:?}");
        assert!(ran.out.contains(&format!("not checked: {said}")), "{expression}: {ran:?}");
    }
}

#[test]
fn a_child_module_has_the_arguments_of_its_caller() {
    let child = "variable \"action\" {}\nvariable \"effect\" { default = \"Allow\" }\nresource \"alicloud_ram_policy\" \"p\" {\n  policy_document = jsonencode({ Version = \"1\", Statement = [{ Effect = var.effect, Action = var.action, Resource = \"*\" }] })\n}\noutput \"upper\" { value = upper(var.action) }\noutput \"document\" { value = alicloud_ram_policy.p.policy_document }\n";
    let call = "module \"m\" {\n  source = \"./modules/m\"\n  action = local.action\n}\nlocals { action = \"ecs:StopInstance\" }\n";
    let files = [("main.tf", call), ("modules/m/main.tf", child)];
    let ran = document(&files, &[]);
    assert_eq!((ran.out, ran.code), (allows(STOP), Some(0)), "{}", ran.err);
    let ran = document(&files, &["--select", "module.m.alicloud_ram_policy.p"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // Outputs come back.
    for (action, expected) in [
        ("module.m.upper", "\"ECS:STOPINSTANCE\""),
        ("lower(module.m.upper)", "\"ecs:stopinstance\""),
    ] {
        let main = format!("{call}{}", policy(action));
        let files = [("main.tf", main.as_str()), ("modules/m/main.tf", child)];
        let ran = document(&files, &["--select", "p"]);
        assert_eq!(ran.code, Some(2), "two are called so: {ran:?}");
        let main = main.replace("\"p\"", "\"own\"");
        let files = [("main.tf", main.as_str()), ("modules/m/main.tf", child)];
        let ran = document(&files, &["--select", "own"]);
        assert_eq!((ran.out, ran.code), (allows(expected), Some(0)), "{}", ran.err);
    }
    let main = format!(
        "{call}resource \"alicloud_ram_policy\" \"own\" {{\n  policy_document = module.m.document\n}}\n"
    );
    let ran = document(&[("main.tf", &main), ("modules/m/main.tf", child)], &["--select", "own"]);
    assert_eq!((ran.out, ran.code), (allows(STOP), Some(0)), "{}", ran.err);
    // Several calls, and a module in a module.
    let calls = "module \"m\" {\n  for_each = { a = \"ecs:StopInstance\", b = \"ecs:StartInstance\" }\n  source   = \"./modules/m\"\n  action   = each.value\n}\n";
    let ran = document(
        &[("main.tf", calls), ("modules/m/main.tf", child)],
        &["--select", "module.m[\"a\"].alicloud_ram_policy.p"],
    );
    assert_eq!((ran.out, ran.code), (allows(STOP), Some(0)), "{}", ran.err);
    let outer = "variable \"name\" {}\nmodule \"inner\" {\n  source = \"../m\"\n  action = \"ecs:${var.name}\"\n}\n";
    let main =
        "module \"outer\" {\n  source = \"./modules/outer\"\n  name   = \"StopInstance\"\n}\n";
    let files = [("main.tf", main), ("modules/outer/main.tf", outer), ("modules/m/main.tf", child)];
    let ran = document(&files, &["--select", "module.outer.module.inner.alicloud_ram_policy.p"]);
    assert_eq!((ran.out, ran.code), (allows(STOP), Some(0)), "{}", ran.err);
}

#[test]
fn a_folder_reports_of_a_child_module_what_its_caller_makes_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let child = format!(
        "variable \"action\" {{ default = \"ecs:StopInstance\" }}\n{}{}",
        policy("var.action"),
        policy("\"ecs:StartInstanc\"").replace("\"p\"", "\"q\"")
    );
    write(
        folder.path(),
        &[
            (
                "main.tf",
                "module \"m\" {\n  source = \"./modules/m\"\n  action = \"ecs:RebootInstanc\"\n}\n",
            ),
            ("modules/m/main.tf", &child),
        ],
    );
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert_eq!(ran.out.matches("unknown action `ecs:StartInstanc`").count(), 1, "{}", ran.out);
    assert_eq!(ran.out.matches("unknown action `ecs:RebootInstanc`").count(), 1, "{}", ran.out);
    assert!(ran.out.contains("module.m.alicloud_ram_policy.p"), "{}", ran.out);
    // Alone it is all that is read.
    let ran = run(["check".as_ref(), folder.path().join("main.tf").as_os_str()]);
    assert!(ran.out.contains("unknown action `ecs:StartInstanc`"), "{}", ran.out);
}

#[test]
fn modules_out_of_the_folder_are_not_read() {
    let outside = tempfile::tempdir().unwrap();
    let child = policy("\"ecs:StopInstanc\"");
    write(
        outside.path(),
        &[
            ("outer/main.tf", &child),
            ("root/main.tf", "module \"m\" {\n  source = \"../outer\"\n}\n"),
            ("root/loop/main.tf", "module \"m\" {\n  source = \"../loop\"\n}\n"),
            ("root/none/main.tf", "module \"m\" {\n  source = \"./none\"\n}\n"),
        ],
    );
    let root = outside.path().join("root");
    for (path, said) in [
        ("main.tf", "`module.m` is not read: it is outside of the folder that is read"),
        ("loop/main.tf", "`module.m` is not read: it is outside of the folder that is read"),
        ("none/main.tf", "`module.m` is not read: there is no such folder"),
    ] {
        let ran = run(["check".as_ref(), root.join(path).as_os_str()]);
        assert!(!ran.out.contains("error["), "{path}: {ran:?}");
        let said = if path == "loop/main.tf" { "it calls itself" } else { said };
        assert!(ran.out.contains(said), "{path}: {ran:?}");
    }
    // The folder that was named is the bound.
    let ran = run(["check".as_ref(), outside.path().as_os_str()]);
    assert!(!ran.out.contains("outside"), "{ran:?}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path().join("outer"), root.join("link")).unwrap();
        write(&root, &[("main.tf", "module \"m\" {\n  source = \"./link\"\n}\n")]);
        let ran = run(["check".as_ref(), root.join("main.tf").as_os_str()]);
        assert!(ran.out.contains("outside of the folder"), "{ran:?}");
        assert!(!ran.out.contains("error["), "{ran:?}");
    }
}

#[test]
fn many_modules_end_soon() {
    let folder = tempfile::tempdir().unwrap();
    // Each calls the next one a hundred times.
    for number in 0..18 {
        let call = format!(
            "module \"a\" {{\n  source = \"../m{0}\"\n  count = 100\n  action = count.index\n}}\nmodule \"b\" {{\n  source = \"../m{0}\"\n  action = module.a.out\n}}\noutput \"out\" {{ value = [module.a[0].out, module.b.out] }}\n{1}",
            number + 1,
            policy("var.action")
        );
        write(folder.path(), &[(&format!("m{number}/main.tf"), &call)]);
    }
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert!(ran.out.contains("is not read: "), "{}", ran.err);
}

#[test]
fn values_of_variables_come_from_where_terraform_takes_them() {
    let main =
        format!("variable \"a\" {{ default = \"ecs:DefaultInstance\" }}\n{}", policy("var.a"));
    let main = ("main.tf", main.as_str());
    let tfvars = ("terraform.tfvars", "a = \"ecs:StopInstance\"\n");
    let auto = ("x.auto.tfvars", "a = \"ecs:StartInstance\"\n");
    let json = ("y.auto.tfvars.json", "{\"a\": \"ecs:RebootInstance\"}");
    let own = ("own.tfvars", "a = \"ecs:RunInstances\"\n");
    let file = ["--var-file", "FOLDER/own.tfvars"];
    for (files, more, expected) in [
        (&[main][..], &[][..], "\"ecs:DefaultInstance\""),
        (&[main, tfvars], &[], STOP),
        (&[main, tfvars, auto], &[], "\"ecs:StartInstance\""),
        (&[main, tfvars, auto, json], &[], "\"ecs:RebootInstance\""),
        (&[main, tfvars, auto, own], &file, "\"ecs:RunInstances\""),
        (&[main, own], &["--var-file", "FOLDER/own.tfvars", "--var", "a=ecs:Own"], "\"ecs:Own\""),
    ] {
        let ran = document(files, more);
        assert_eq!((ran.out, ran.code), (allows(expected), Some(0)), "{more:?}: {}", ran.err);
    }
    // A value for something else than a text is an expression.
    let list = format!("variable \"a\" {{ type = list(string) }}\n{}", policy("var.a"));
    let ran = document(&[("main.tf", &list)], &["--var", "a=[\"a:A\", \"b:B\"]"]);
    assert_eq!((ran.out, ran.code), (allows("[\"a:A\",\"b:B\"]"), Some(0)), "{}", ran.err);
    for (more, said) in [
        (&["--var", "a"][..], "is no NAME=VALUE"),
        (&["--var-file", "FOLDER/none.tfvars"], "cannot be read"),
        (&["--var-file", "FOLDER/main.tf.wrong.json"], "main.tf.wrong.json`: "),
    ] {
        let ran = document(&[main, ("main.tf.wrong.json", "{")], more);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(said), "{ran:?}");
    }
    // Every subcommand takes them.
    let text = policy("var.a");
    let ran = run_on(&["check", "--from", "terraform", "--var", "a=ecs:StopInstanc", "-"], text);
    assert!(ran.out.contains("unknown action `ecs:StopInstanc`"), "{ran:?}");
}

#[test]
fn templates_are_filled_in() {
    let main = |values: &str| {
        format!(
            "resource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = templatefile(\"${{path.module}}/files/p.json.tpl\", {values})\n}}\n"
        )
    };
    let template = "{\"Version\": \"1\", \"Statement\": [\n%{ for action in actions ~}\n  {\"Effect\": \"Allow\", \"Action\": \"${action}\", \"Resource\": \"*\"}\n%{ endfor ~}\n%{ if denied }, {\"Effect\": \"Deny\", \"Action\": \"ecs:*\", \"Resource\": ${jsonencode(resources)}}%{ endif }\n]}";
    let values = "{ actions = [\"ecs:StopInstance\"], denied = false, resources = [] }";
    let ran = document(&[("main.tf", &main(values)), ("files/p.json.tpl", template)], &[]);
    assert_eq!((ran.out, ran.code), (allows(STOP), Some(0)), "{}", ran.err);
    let values = "{ actions = [var.a], denied = true, resources = [\"*\"] }";
    let ran = document(&[("main.tf", &main(values)), ("files/p.json.tpl", template)], &[]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.err.contains("`var.a` is only known"), "{ran:?}");
    // What is repeated is not known.
    let values = "{ actions = var.a, denied = true, resources = [\"*\"] }";
    let ran = document(&[("main.tf", &main(values)), ("files/p.json.tpl", template)], &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("not known"), "{ran:?}");
    // Nothing outside of the folder is read, wherever a link leads.
    let ran = document(
        &[("main.tf", &main("{}").replace("files/", "../files/")), ("files/p.json.tpl", template)],
        &[],
    );
    assert_eq!(ran.code, Some(1), "{ran:?}");
}

#[test]
fn a_resource_is_read_for_every_object_that_it_makes() {
    let roles = "variable \"roles\" {\n  default = [\n    { name = \"a\", action = \"ecs:StopInstance\" },\n    { name = \"b\", action = \"ecs:StartInstance\" },\n  ]\n}\n";
    let each = policy("each.value.action").replace(
        "  policy_document",
        "  for_each = { for role in var.roles : role.name => role }\n  policy_document",
    );
    let count = policy("var.roles[count.index].action")
        .replace("  policy_document", "  count = length(var.roles)\n  policy_document");
    for (text, select) in [
        (&each, "alicloud_ram_policy.p[\"a\"]"),
        (&each, "p[\"a\"]"),
        (&count, "alicloud_ram_policy.p[0]"),
    ] {
        let ran = document(&[("main.tf", &format!("{roles}{text}"))], &["--select", select]);
        assert_eq!((ran.out, ran.code), (allows(STOP), Some(0)), "{select}: {}", ran.err);
    }
    // A mistake of all is reported once.
    let same = policy("\"ecs:StopInstanc\"")
        .replace("  policy_document", "  count = 3\n  policy_document");
    let ran = run_on(&["check", "--from", "terraform", "-"], same);
    assert_eq!(ran.out.matches("error[unknown_action]").count(), 1, "{ran:?}");
    // One that is made for nobody, or for nobody knows whom, is read once.
    for count in ["count = 0", "count = var.n", "for_each = var.n", "for_each = {}"] {
        let text = policy("\"ecs:StopInstanc\"")
            .replace("  policy_document", &format!("  {count}\n  policy_document"));
        let ran = run_on(&["check", "--from", "terraform", "-"], text);
        assert_eq!(ran.out.matches("error[unknown_action]").count(), 1, "{count}: {ran:?}");
    }
}

#[test]
fn terraform_in_json_knows_what_hcl_knows() {
    let encoded = r#""${jsonencode({Version = \"1\", Statement = [{Effect = \"Allow\", Action = ACTION, Resource = \"*\"}]})}""#;
    for (name, rest, action) in [
        ("a local", r#""locals": {"a": "ecs:StopInstance"},"#, "local.a"),
        (
            "a default",
            r#""variable": {"a": {"type": "string", "default": "ecs:StopInstance"}},"#,
            "var.a",
        ),
        ("a template", r#""locals": {"n": "Stop", "a": "ecs:${local.n}Instance"},"#, "local.a"),
        ("a list", r#""locals": [{"a": {"x": ["ecs:StopInstance"]}}],"#, "local.a.x[0]"),
    ] {
        let text = format!(
            "{{{rest} \"resource\": {{\"alicloud_ram_policy\": {{\"p\": {{\"policy_document\": {}}}}}}}}}",
            encoded.replace("ACTION", action)
        );
        let ran = run_on(&["convert", "--to", "json", "--minified", "-"], text);
        assert_eq!((ran.out, ran.code), (allows(STOP), Some(0)), "{name}: {}", ran.err);
    }
    let blocks = r#"{"data": {"alicloud_ram_policy_document": {"d": {"dynamic": {"statement": {"for_each": ["ecs:StopInstanc"], "content": {"action": ["${statement.value}"], "resource": ["*"], "condition": {"operator": "IpAddress", "variable": "acs:SourceIp", "values": ["10.0.0.0/8"]}}}}}}}}"#;
    let ran = run_on(&["check", "-"], blocks);
    assert!(ran.out.contains("unknown action `ecs:StopInstanc`"), "{ran:?}");
    assert!(ran.err.starts_with("1 policy"), "{ran:?}");
    // The files of a folder know each other, whatever they are written in.
    let main = policy("local.a");
    let ran = document(
        &[("main.tf", &main), ("x.tf.json", r#"{"locals": {"a": "ecs:StopInstance"}}"#)],
        &[],
    );
    assert_eq!((ran.out, ran.code), (allows(STOP), Some(0)), "{}", ran.err);
    // A mistake is where it is written.
    let text = format!(
        "{{\"locals\": {{\"b\": \"x\"}},\n \"resource\": {{\"alicloud_ram_policy\": {{\"p\": {{\"policy_document\": {}}}}}}}}}",
        serde_json::Value::from(
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstanc\",\"Resource\":\"acs:ecs:*:*:${local.b}\"}]}"
        )
    );
    let ran = run_on(&["check", "-"], text.clone());
    let line = text.lines().nth(1).unwrap();
    let column = line.find("\\\"ecs:StopInstanc").unwrap() + 1;
    assert!(ran.out.contains(&format!("<stdin>:2:{column}")), "{column}: {}", ran.out);
}

#[test]
fn a_document_that_is_not_given_is_no_mistake() {
    let role = |value: &str| {
        format!(
            "variable \"d\" {{\n  default = {value}\n}}\nresource \"alicloud_ram_role\" \"r\" {{\n  document = var.d\n}}\n"
        )
    };
    for value in ["\"\"", "null"] {
        let ran = run_on(&["check", "--from", "terraform", "-"], role(value));
        assert_eq!(ran.code, Some(0), "{value}: {ran:?}");
        assert!(ran.out.contains("is empty for these values (`var.d`)"), "{value}: {ran:?}");
    }
    // A policy that has one of its own beside.
    let both = "resource \"alicloud_cloud_sso_access_configuration\" \"c\" {\n  permission_policies {\n    permission_policy_type     = \"System\"\n    permission_policy_document = \"\"\n  }\n}\n";
    let ran = run_on(&["check", "--from", "terraform", "-"], both);
    assert!(!ran.out.contains("error["), "{ran:?}");
}

#[test]
fn what_is_not_made_is_read_for_other_values() {
    let text = "variable \"services\" {\n  default = []\n}\nresource \"alicloud_ram_role\" \"r\" {\n  count    = length(var.services) != 0 ? 1 : 0\n  document = jsonencode({ Version = \"1\", Statement = [{ Effect = \"Allow\", Action = \"sts:AssumeRol\", Principal = { Service = var.services } }] })\n}\n";
    let ran = run_on(&["check", "--from", "terraform", "-"], text);
    assert!(!ran.out.contains("empty_list"), "{ran:?}");
    assert!(ran.out.contains("not checked: `var.services`"), "{ran:?}");
    assert!(ran.out.contains("not `sts:AssumeRol`"), "{ran:?}");
}

#[test]
fn the_official_module_for_policies_is_read_with_its_arguments() {
    // As the module of the vendor is written: texts of lists, looked up by number.
    let module = r#"locals {
  defined_action_list_string = flatten([for _, policy in var.policies : lookup(policy, "defined_actions", "")])
  defined_action_list        = [for _, defined_actions in local.defined_action_list_string : split(",", defined_actions)]
  defined_actions            = [for _, actions in local.defined_action_list : flatten([[for _, action in actions : lookup(var.defined_actions, action, [])]])]
  action_list_string         = flatten([for _, policy in var.policies : lookup(policy, "actions", "")])
  action_list                = [for _, actions in local.action_list_string : split(",", actions)]
}
variable "create" { default = true }
variable "policies" {
  type    = list(map(string))
  default = []
}
variable "defined_actions" {
  default = { instance-all = ["ecs:RunInstances", "ecs:StopInstance"] }
}
resource "alicloud_ram_policy" "p" {
  count    = var.create ? length(var.policies) : 0
  name     = lookup(var.policies[count.index], "name", format("policy-%03d", count.index))
  document = <<EOF
  {
    "Version": "1",
    "Statement": [{
      "Effect": ${jsonencode(lookup(var.policies[count.index], "effect", "Allow"))},
      "Action": ${jsonencode(compact(distinct(flatten([local.defined_actions[count.index], local.action_list[count.index]]))))},
      "Resource": ${jsonencode(split(",", lookup(var.policies[count.index], "resources", "*")))}
    }]
  }
EOF
}
"#;
    let call = r#"module "policy" {
  source = "../../"
  policies = [
    { name = "a", defined_actions = join(",", ["instance-all"]) },
    { name = "b", actions = join(",", ["oss:PutObject", "SetBucket"]), resources = "acs:oss:*:*:*", effect = "Deny" },
  ]
}
"#;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("main.tf", module), ("examples/complete/main.tf", call)]);
    let ran = run(["check".as_ref(), folder.path().as_os_str()]);
    assert_eq!(ran.out.matches("error[").count(), 1, "{ran:?}");
    assert!(ran.out.contains("the action `SetBucket` is not `service:Name`"), "{ran:?}");
    assert!(ran.out.contains("module.policy.alicloud_ram_policy.p[1]"), "{ran:?}");
    assert!(ran.err.starts_with("3 policies"), "{ran:?}");
}

/// A policy about one resource, so that no two are alike.
fn policy_of(number: usize) -> String {
    format!(
        "resource \"alicloud_ram_policy\" \"p\" {{\n  policy_document = jsonencode({{ Version = \"1\", Statement = [{{ Effect = \"Allow\", Action = \"ecs:StopInstance\", Resource = \"acs:ecs:*:*:instance/i-{number}\" }}] }})\n}}\n"
    )
}

/// How many policies were checked, and why others were not.
fn checked(main: &Path) -> (u64, Vec<String>) {
    let ran = run(["check", main.to_str().unwrap(), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let skipped = report["files"][0]["skipped"].as_array().unwrap();
    let reason = |skipped: &serde_json::Value| skipped["reason"].as_str().unwrap().to_owned();
    (report["summary"]["policies"].as_u64().unwrap(), skipped.iter().map(reason).collect())
}

#[test]
fn sixteen_modules_are_followed_into_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut within = folder.path().to_owned();
    for depth in 0..20 {
        let call = "module \"inner\" {\n  source = \"./inner\"\n}\n";
        write(&within, &[("main.tf", &format!("{call}{}", policy_of(depth)))]);
        within = within.join("inner");
    }
    let (policies, skipped) = checked(&folder.path().join("main.tf"));
    assert_eq!(policies, 16);
    let [reason] = skipped.as_slice() else { panic!("{skipped:?}") };
    assert!(reason.ends_with("` is not read: modules are nested too deeply"), "{reason}");
    assert_eq!(reason.matches("module.inner").count(), 16, "{reason}");
}

#[test]
fn as_many_modules_are_read_as_there_is_room_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut main = String::new();
    for number in 0..300 {
        main += &format!("module \"m{number}\" {{\n  source = \"./m{number}\"\n}}\n");
        write(folder.path(), &[(&format!("m{number}/main.tf"), &policy_of(number))]);
    }
    write(folder.path(), &[("main.tf", &main)]);
    let (policies, skipped) = checked(&folder.path().join("main.tf"));
    assert_eq!((policies, skipped.len()), (256, 44));
    let all_say =
        skipped.iter().all(|one| one.ends_with("is not read: there are too many modules"));
    assert!(all_say, "{skipped:?}");
}

#[test]
fn an_object_is_made_for_every_value_whatever_its_name() {
    // A wrong action in each shows that each is read.
    let wrong = |name: &str| {
        format!(
            "jsonencode({{ Version = \"1\", Statement = [{{ Effect = \"Allow\", Action = \"ecs:{name}\", Resource = \"*\" }}] }})"
        )
    };
    let source = format!(
        r#"variable "prefix" {{}}
variable "more" {{ default = true }}
variable "list" {{ default = ["a", "b"] }}
locals {{
  documents = merge(
    {{ "${{var.prefix}}-one" = {} }},
    var.more ? {{ "${{var.prefix}}-two" = {} }} : {{}},
    {{ three = {} }},
    {{ for name in var.list : "${{var.prefix}}-${{name}}" => {} }},
  )
}}
resource "alicloud_ram_policy" "p" {{
  for_each        = local.documents
  policy_name     = each.key
  policy_document = each.value
}}
"#,
        wrong("StopInstancA"),
        wrong("StopInstancB"),
        wrong("StopInstancC"),
        wrong("StopInstancD"),
    );
    let ran = run_on(&["check", "--from", "terraform", "-"], source);
    for letter in ["A", "B", "C", "D"] {
        let said = format!("unknown action `ecs:StopInstanc{letter}`");
        assert_eq!(ran.out.matches(&said).count(), 1, "{letter}: {ran:?}");
    }
    assert!(!ran.out.contains("not checked"), "{ran:?}");
}

#[test]
fn principals_of_the_older_provider_are_a_trust_policy() {
    let of = |arguments: &str| {
        let source = format!("resource \"alicloud_ram_role\" \"r\" {{\n{arguments}\n}}\n");
        run_on(&["check", "--from", "terraform", "-"], source)
    };
    let ran = of(
        "  services = [\"ecs.aliyuncs.com\"]\n  ram_users = [\"acs:ram::1234567890123456:root\"]",
    );
    assert!(ran.err.starts_with("1 policy in 1 file: 0 errors"), "{ran:?}");
    let ran = of("  ram_users = [\"acs:ram:1234567890123456:root\"]");
    assert!(ran.out.contains("warning[trust]") && ran.out.contains(" --> <stdin>:2:16"), "{ran:?}");
    let ran = of("  services = var.services");
    assert!(ran.out.contains("not checked: `var.services`"), "{ran:?}");
    // A document counts alone.
    let ran = of("  services = [\"ecs\"]\n  document = var.document");
    assert!(ran.err.starts_with("0 policies"), "{ran:?}");
}

#[test]
fn what_a_module_has_read_may_contain_no_other_policy() {
    let folder = tempfile::tempdir().unwrap();
    let template = r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "${service}:StopInstance", "Resource": "*"}]}"#;
    let main = "resource \"alicloud_ram_policy\" \"p\" {\n  policy_document = templatefile(\"files/p.json.tpl\", { service = \"ecs\" })\n}\n";
    write(
        folder.path(),
        &[("main.tf", main), ("files/p.json.tpl", template), ("other.tpl", template)],
    );
    let ran = run(["check", folder.path().to_str().unwrap()]);
    assert!(ran.err.contains("other.tpl` may contain a policy"), "{ran:?}");
    assert!(!ran.err.contains("p.json.tpl"), "{ran:?}");
}
