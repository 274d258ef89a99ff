//! Documents that once drew a false alarm or a message that named the wrong thing, each as it was found.

use crate::run::run_on;

/// A document, and what `check` says of it.
struct Case {
    shows: &'static str,
    form: &'static str,
    text: &'static str,
    code: i32,
    /// Parts of the output, in any order.
    says: &'static [&'static str],
    never: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        shows: "RAM fills `acs:Service` for `ram:PassRole`",
        form: "json",
        text: r#"{
  "Version": "1",
  "Statement": [
    { "Effect": "Allow", "Action": "ram:PassRole", "Resource": "*",
      "Condition": { "StringEquals": { "acs:Service": "fc.aliyuncs.com" } } }
  ]
}
"#,
        code: 0,
        says: &["warning[pass_role_anywhere]"],
        never: &["error", "unknown_key"],
    },
    Case {
        shows: "blocks of JavaScript and XML in Markdown",
        form: "markdown",
        text: r#"# Use STS

```
let policy = {
  "Statement": [
    { "Action": ["oss:Get*"], "Effect": "Allow", "Resource": ["acs:oss:*:*:my-bucket/*"] }
  ],
  "Version": "1"
};
```

```
<GetPolicyVersionResponse>
  <PolicyDocument>{"Statement":[{"Action":["oss:*"],"Effect":"Allow","Resource":["*"]}],"Version":"1"}</PolicyDocument>
</GetPolicyVersionResponse>
```
"#,
        code: 0,
        says: &["not checked"],
        never: &["error["],
    },
    Case {
        shows: "a no-break space",
        form: "json",
        text: "{\n\u{a0} \"Version\": \"1\",\n  \"Statement\": [{\"Effect\":\"Allow\",\"Action\":\"ecs:StopInstance\",\"Resource\":\"*\"}]\n}\n",
        code: 1,
        says: &["error[syntax]: a no-break space (U+00A0) is no blank in JSON"],
        never: &[],
    },
    Case {
        shows: "a comment in JSON",
        form: "json",
        text: r#"{
  // who may do it
  "Version": "1",
  "Statement": [{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*"}]
}
"#,
        code: 1,
        says: &["error[syntax]: JSON has no comments, found `//`"],
        never: &[],
    },
    Case {
        shows: "the service of another account",
        form: "json",
        text: r#"{
  "Statement": [
    { "Action": "sts:AssumeRole", "Effect": "Allow",
      "Principal": { "Service": [ "1234567890123456@log.aliyuncs.com", "log.aliyuncs.com" ] } }
  ],
  "Version": "1"
}
"#,
        code: 0,
        says: &[],
        never: &["error", "trust"],
    },
    Case {
        shows: "services of system policies",
        form: "json",
        text: r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["devs:*","amqp-open:*","batchcompute:*","yundun-antiddosbag:DeleteBlackhole"],"Resource":"*"}]}
"#,
        code: 0,
        says: &["warning[unknown_service]: the catalogue has no service `amqp-open`"],
        never: &[
            "error",
            "service `devs`",
            "service `batchcompute`",
            "service `yundun-antiddosbag`",
        ],
    },
    Case {
        shows: "an empty condition, as the editor of RAM writes it",
        form: "json",
        text: r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["oss:GetObject"],"Resource":["acs:oss:*:*:b/*"],"Condition":{}}]}
"#,
        code: 0,
        says: &["note[empty_condition]"],
        never: &["error", "warning"],
    },
    Case {
        shows: "names that another service has too",
        form: "json",
        text: r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":["cs:GetUserConfig","cms:CreateAlert","mns:SendMessage"],"Resource":"*"}]}
"#,
        code: 0,
        says: &[],
        never: &["did you mean", "error", "paidsw", "`log:", "alikafka"],
    },
];

/// Blocks of Markdown that show no whole document, and why each is not checked.
const PARTS: &[(&str, &str)] = &[
    (
        "```json\n{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\n  \"oss:GetObject\",\n  ...\n], \"Resource\": \"*\"}]}\n```\n",
        "the block leaves out a part of the document",
    ),
    (
        "```json\n\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"*\"}]\n```\n",
        "the block is a part of a document",
    ),
    (
        "```json\n{\"Effect\": \"Allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"*\"},\n{\"Effect\": \"Deny\", \"Action\": \"oss:PutObject\", \"Resource\": \"*\"}\n```\n",
        "the block is a part of a list",
    ),
    (
        "```jsonc\n{\"Version\": \"1\", // one\n \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"*\"}]}\n```\n",
        "the block is in a language that allows more than JSON",
    ),
];

#[test]
fn a_block_that_shows_a_part_of_a_document_is_not_checked() {
    for (text, reason) in PARTS {
        let ran = run_on(&["check", "--from", "markdown", "-"], *text);
        assert_eq!(ran.code, Some(0), "{text}: {ran:?}");
        assert!(ran.out.contains(&format!("note: not checked: {reason}")), "{text}: {ran:?}");
    }
    // A mistake in a whole document is one.
    let mistake = "```json\n{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"oss:GetObject\",], \"Resource\": \"*\"}]}\n```\n";
    let ran = run_on(&["check", "--from", "markdown", "-"], mistake);
    assert!(ran.out.contains("error[syntax]"), "{ran:?}");
}

#[test]
fn what_was_found_stays_mended() {
    for Case { shows, form, text, code, says, never } in CASES {
        for arguments in [&["check", "-"][..], &["check", "--from", form, "-"]] {
            let ran = run_on(arguments, *text);
            assert_eq!(ran.code, Some(*code), "{shows}: {ran:?}");
            for part in *says {
                assert!(ran.out.contains(part), "{shows}: no {part}: {}", ran.out);
            }
            for part in *never {
                assert!(!ran.out.contains(part), "{shows}: {part}: {}", ran.out);
            }
        }
    }
}

/// What stands in a document in the place of what JSON has, and how it is named.
const NOT_JSON: &[(&str, &str, &str)] = &[
    ("{\"Version\"", "{ // one\n\"Version\"", "JSON has no comments, found `//`"),
    ("{\"Version\"", "{ /* one */ \"Version\"", "JSON has no comments, found `/*`"),
    ("{\"Version\"", "{ # one\n\"Version\"", "JSON has no comments, found `#`"),
    ("{\"Version\"", "{\u{a0}\"Version\"", "a no-break space (U+00A0) is no blank in JSON"),
    ("{\"Version\"", "{\u{3000}\"Version\"", "the character U+3000 looks like a blank"),
    ("\"1\"", "'1'", "JSON texts are in double quotes, not in `'`"),
    ("\"Version\"", "“Version”", "`“` (U+201C) is not `\"`"),
    ("\"Version\":", "\"Version\"：", "`：` (U+FF1A) is not `:`"),
    ("\"1\",", "\"1\"，", "`，` (U+FF0C) is not `,`"),
    ("\"*\"}", "\"*\",}", "JSON has no comma after the last member"),
    ("\"*\"}]", "\"*\"},]", "JSON has no comma after the last value"),
];

#[test]
fn what_is_no_json_is_named() {
    let document = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"oss:GetObject","Resource":"*"}]}"#;
    assert_eq!(run_on(&["check", "-"], document).code, Some(0));
    for (part, instead, message) in NOT_JSON {
        let text = document.replacen(part, instead, 1);
        let ran = run_on(&["check", "-"], text.as_str());
        assert_eq!(ran.code, Some(1), "{text}: {ran:?}");
        assert!(ran.out.contains(&format!("error[syntax]: {message}")), "{text}: {}", ran.out);
    }
}
