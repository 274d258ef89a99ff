//! Where findings stand: line and column from 1, the column in characters, and the path.

use super::errors;
use super::reading::Kind;
use ram_policy::Checker;

/// What is known of a finding: rule, line, column, path, message.
type Row = (&'static str, usize, usize, &'static str, &'static str);

/// A kind, a text, and all findings in the order of the text.
const TABLE: &[(Kind, &str, &[Row])] = &[
    (
        Kind::Identity,
        r#"{
  "Version": "2",
  "Statement": [
    {
      "Sid": "first",
      "Effect": "Allow",
      "Action": ["ecs:RunInstance", "GetObject", "ecs:Describe*"],
      "Resource": ["acs:ecs:*:*:instance/*", "i-1"],
      "Condition": {
        "StringEquals": {"acs:SourceIp": "192.0.2.1"},
        "DateLess": {"acs:CurrentTime": "2030-01-01T00:00:00Z"},
        "IpAddress": {
          "acs:SourceIp": ["192.0.2.0/24", "office"],
          "SourceIp": "192.0.2.0/24"
        }
      }
    },
    {
      "Effect": "Deny",
      "Action": "oss:*",
      "NotAction": "oss:GetObject",
      "Resource": "*",
      "Resource": "acs:oss:*:*:a"
    },
    {"Action": []},
    "*"
  ],
  "Id": "x"
}
"#,
        &[
            ("wrong_version", 2, 14, "Version", r#"`Version` is `2`, the only version is `"1"`"#),
            (
                "unknown_action",
                7,
                18,
                "Statement[0].Action[0]",
                "unknown action `ecs:RunInstance`, did you mean `ecs:RunInstances`?",
            ),
            (
                "malformed_action",
                7,
                37,
                "Statement[0].Action[1]",
                "the action `GetObject` is not `service:Name`",
            ),
            (
                "malformed_arn",
                8,
                46,
                "Statement[0].Resource[1]",
                "`i-1` is not an ARN: an ARN begins with `acs:`",
            ),
            (
                "operator_type",
                10,
                9,
                "Statement[0].Condition.StringEquals",
                "`StringEquals` does not compare `acs:SourceIp`, which is an IP address; use `IpAddress` or `NotIpAddress`",
            ),
            (
                "unknown_operator",
                11,
                9,
                "Statement[0].Condition.DateLess",
                "RAM has no operator `DateLess`",
            ),
            (
                "invalid_value",
                13,
                44,
                "Statement[0].Condition.IpAddress.acs:SourceIp[1]",
                "`office` is neither an IP address nor a CIDR block, as `10.0.0.1` or `10.0.0.0/8`",
            ),
            (
                "malformed_key",
                14,
                11,
                "Statement[0].Condition.IpAddress.SourceIp",
                "the condition key `SourceIp` is not `service:Key`, did you mean `acs:SourceIp`?",
            ),
            (
                "two_action_elements",
                21,
                7,
                "Statement[1].NotAction",
                "the statement has both `Action` and `NotAction`, keep one",
            ),
            ("duplicate_element", 23, 7, "Statement[1].Resource", "`Resource` appears twice"),
            ("empty_list", 25, 16, "Statement[2].Action", "the list of `Action` is empty"),
            ("wrong_type", 26, 5, "Statement[3]", "a statement is an object, not a string"),
            ("unknown_element", 28, 3, "Id", "a policy has no `Id` in RAM"),
        ],
    ),
    (
        Kind::Trust,
        r#"{
  "Version": "1",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["sts:AssumeRole", "sts:*"],
      "Principal": {
        "RAM": ["acs:ram::1234567890123456:root", "acs:ram::1234567890123456:user/*"],
        "Federated": "acs:ram::1234567890123456:saml-provider/idp",
        "Services": "ecs.aliyuncs.com"
      },
      "Condition": {"Bool": {"acs:MFAPresent": ["true", "false"]}}
    },
    {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
  ]
}
"#,
        &[
            (
                "trust",
                6,
                36,
                "Statement[0].Action[1]",
                "a trust policy names `sts:AssumeRole`, and beside it `sts:SetSourceIdentity` and `sts:TagSession`, not `sts:*`",
            ),
            (
                "trust",
                8,
                51,
                "Statement[0].Principal.RAM[1]",
                "the principal `acs:ram::1234567890123456:user/*` is wrong: a principal has no wildcards",
            ),
            (
                "trust",
                9,
                9,
                "Statement[0].Principal.Federated",
                "a federated principal needs `StringEquals` on `saml:recipient`, as `https://signin.alibabacloud.com/saml-role/sso`",
            ),
            (
                "unknown_element",
                10,
                9,
                "Statement[0].Principal.Services",
                "`Principal` has no `Services`, did you mean `Service`?",
            ),
            (
                "several_booleans",
                12,
                57,
                "Statement[0].Condition.Bool.acs:MFAPresent[1]",
                "`Bool` takes exactly one value",
            ),
            (
                "missing_element",
                14,
                5,
                "Statement[1]",
                "the statement has no `Principal`, which says who may assume the role (in `trust_policy!`: `by`)",
            ),
            (
                "unknown_element",
                14,
                53,
                "Statement[1].Resource",
                "a trust policy has no `Resource`, it is about the role it is kept with",
            ),
        ],
    ),
    (
        Kind::Identity,
        "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"*\",\r\n\t\"Condition\": {\"StringEquals\": {\"acs:ResourceTag/部门\": [\"😀*\", \"a\\u0041?\"], \"acs:SourceVcp\": \"\"}}}]}",
        &[
            (
                "literal_wildcard",
                2,
                56,
                "Statement[0].Condition.StringEquals.acs:ResourceTag/部门[0]",
                "`StringEquals` takes `😀*` literally, use `StringLike` for a pattern",
            ),
            (
                "literal_wildcard",
                2,
                62,
                "Statement[0].Condition.StringEquals.acs:ResourceTag/部门[1]",
                "`StringEquals` takes `aA?` literally, use `StringLike` for a pattern",
            ),
            (
                "misspelt_key",
                2,
                75,
                "Statement[0].Condition.StringEquals.acs:SourceVcp",
                "there is no condition key `acs:SourceVcp`, did you mean `acs:SourceVpc`?",
            ),
        ],
    ),
    (Kind::Identity, r#"[1]"#, &[("wrong_type", 1, 1, "", "a policy is an object, not a list")]),
    (
        Kind::Identity,
        r#"{"Statement": {"Effect": "allow", "Action": {}, "Resource": null}, "Version": 1}"#,
        &[
            (
                "wrong_type",
                1,
                15,
                "Statement",
                "`Statement` is a list of statements, not an object; put `[` and `]` around it",
            ),
            (
                "wrong_effect",
                1,
                26,
                "Statement.Effect",
                r#"`Effect` is `allow`, write `"Allow"` or `"Deny"`"#,
            ),
            (
                "wrong_type",
                1,
                45,
                "Statement.Action",
                "`Action` takes a text or a list of texts, not an object",
            ),
            (
                "wrong_type",
                1,
                61,
                "Statement.Resource",
                "`Resource` takes a text or a list of texts, not null",
            ),
            ("wrong_version", 1, 79, "Version", r#"`Version` is a number, write the text `"1"`"#),
        ],
    ),
    (
        Kind::Identity,
        r#"{
  "Version": "1",
  "Statement": [],
}
"#,
        &[("syntax", 3, 18, "", "JSON has no comma after the last member")],
    ),
    (
        Kind::Identity,
        r#"{
  "Version": "1"
  "Statement": []
}
"#,
        &[("syntax", 3, 3, "", "expected `,` or `}`")],
    ),
    (
        Kind::Identity,
        r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:\xGet", "Resource": "*"}]}"#,
        &[("syntax", 1, 67, "", "JSON has no such escape")],
    ),
    (
        Kind::Identity,
        r#"

  {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:GetObject"#,
        &[("syntax", 3, 64, "", "the text is not closed")],
    ),
    (Kind::Identity, r#""#, &[("syntax", 1, 1, "", "the text ends where a JSON value should be")]),
    (
        Kind::Identity,
        r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "acs:oss:*:*:文\ud83d/*"}]}"#,
        &[("syntax", 1, 97, "", "half of a surrogate pair is no character")],
    ),
    (
        Kind::Identity,
        r#"{"Version": "1", "Statement": [
  {"Effect": "Allow", "Action": "oss:*", "Principal": "*", "Resource": ["*"]},
  {"Effect": "Allow", "Action": "kms:*", "Principal": {"RAM": "*"}, "Resource": ["*"]}
]}"#,
        &[
            (
                "other_dialect",
                2,
                42,
                "Statement[0].Principal",
                "this is the policy of a VPC endpoint, not a policy of RAM: it says who may use a resource",
            ),
            (
                "other_dialect",
                3,
                42,
                "Statement[1].Principal",
                "this is a policy of a key or secret of KMS, not a policy of RAM: it says who may use a resource",
            ),
        ],
    ),
    (
        Kind::Identity,
        r#"{
"Statement": [{"Effect": "Allow", "Action": "ecs:StopInstance", "Resource": ["acs:ecs:*:*:disk/d-1", "acs:ecs:*:123456789012****:instance/*", "acs:ecs:*::instance/*"],
"Condition": {"StringLike": {"oss:Prefix": "a", "acs:Foo": "b"}, "Bool": {"acs:SecureTransport": []}}}]}"#,
        &[
            (
                "missing_element",
                2,
                1,
                "Statement",
                r#"the policy has no `Version`, add `"Version": "1"`"#,
            ),
            (
                "useless_resource",
                2,
                78,
                "Statement[0].Resource[0]",
                "no action of the statement can be used with `acs:ecs:*:*:disk/d-1`, it takes `acs:ecs:{#regionId}:{#accountId}:instance/{#instanceId}`",
            ),
            (
                "placeholder",
                2,
                102,
                "Statement[0].Resource[1]",
                "`****` is a placeholder, write the value itself",
            ),
            (
                "unmatchable_arn",
                2,
                143,
                "Statement[0].Resource[2]",
                "`acs:ecs:*::instance/*` is not an ARN: the account of an ARN is its number, or `*` in a policy",
            ),
            (
                "unfilled_key",
                3,
                30,
                "Statement[0].Condition.StringLike.oss:Prefix",
                "no action of the statement fills `oss:Prefix`, only `oss:GetBucket` and 2 others do",
            ),
            (
                "unknown_key",
                3,
                49,
                "Statement[0].Condition.StringLike.acs:Foo",
                "the catalogue has no condition key `acs:Foo`",
            ),
            (
                "empty_list",
                3,
                98,
                "Statement[0].Condition.Bool.acs:SecureTransport",
                "the list of `acs:SecureTransport` is empty",
            ),
        ],
    ),
    (
        Kind::Identity,
        r#"{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:GetObject", "Resource": 7, "Condition": {"Bool": {"acs:SecureTransport": true}, "Null": 1}}]}"#,
        &[
            (
                "wrong_type",
                1,
                91,
                "Statement[0].Resource",
                r#"`Resource` takes texts, write `"7"`"#,
            ),
            (
                "wrong_type",
                1,
                140,
                "Statement[0].Condition.Bool.acs:SecureTransport",
                r#"`acs:SecureTransport` takes texts, write `"true"`"#,
            ),
            (
                "wrong_type",
                1,
                155,
                "Statement[0].Condition.Null",
                "`Null` is an object, not a number",
            ),
        ],
    ),
    (
        Kind::Session,
        r#"{"Version":"1","Statement":[{"Effect":"Allow","NotAction":"ram:*","NotResource":"*"}]}"#,
        &[(
            "unknown_element",
            1,
            67,
            "Statement[0].NotResource",
            "a statement has no `NotResource` in RAM",
        )],
    ),
    (
        Kind::Trust,
        r#"{}"#,
        &[
            ("missing_element", 1, 1, "", r#"the policy has no `Version`, add `"Version": "1"`"#),
            ("missing_element", 1, 1, "", "the policy has no `Statement`"),
        ],
    ),
    (
        Kind::Identity,
        r#"{"Effect": "Permit", "Action": "oss:GetObject", "Resource": "*", "Effects": 1}"#,
        &[
            (
                "missing_element",
                1,
                1,
                "",
                "a document has `Version` and `Statement`, these are statements alone",
            ),
            (
                "wrong_effect",
                1,
                12,
                "Effect",
                r#"`Effect` is `Permit`, write `"Allow"` or `"Deny"`"#,
            ),
            (
                "unknown_element",
                1,
                66,
                "Effects",
                "a statement has no `Effects`, did you mean `Effect`?",
            ),
        ],
    ),
];

#[test]
fn findings_say_where_they_are() {
    for (kind, text, expected) in TABLE {
        let findings = match kind.read_leniently_with(text.as_bytes(), &Checker::new()) {
            Ok(imported) => imported.findings,
            Err(error) => error.into_findings(),
        };
        let found: Vec<(&str, usize, usize, &str, &str)> = errors(&findings)
            .map(|finding| {
                (
                    finding.rule(),
                    finding.line(),
                    finding.column(),
                    finding.path(),
                    finding.message(),
                )
            })
            .collect();
        assert_eq!(found, *expected, "{text}");
    }
    let rows: usize = TABLE.iter().map(|(_, _, rows)| rows.len()).sum();
    assert!(rows >= 50, "{rows} findings");
}

#[test]
fn findings_print_their_place_first() {
    for (kind, text, _) in TABLE {
        let Err(error) = kind.read_strictly(text.as_bytes()) else { continue };
        let lines: Vec<String> = error
            .findings()
            .iter()
            .map(|finding| {
                let (line, column) = (finding.line(), finding.column());
                let level = finding.level().name();
                let path = match finding.path() {
                    "" => String::new(),
                    path => format!(" ({path})"),
                };
                let (message, rule) = (finding.message(), finding.rule());
                format!("{line}:{column}: {level}: {message}{path} [{rule}]")
            })
            .collect();
        assert_eq!(error.to_string(), lines.join("\n"));
        assert!(error.findings().iter().all(|finding| !finding.in_ram().is_empty()));
    }
}

/// A place behind many lines, and one behind wide characters, is counted in characters.
#[test]
fn places_count_characters_and_lines() {
    let one = r#"{"Effect": "Allow", "Action": "oss:GetObject", "Resource": "*"}"#;
    let wide = "\u{6587}\u{1f600}e\u{301}".repeat(50);
    for (feed, lines) in [("\n", 500), ("\r\n", 500), ("\r", 0)] {
        let text = format!(
            r#"{{"Version": "1",{}"Statement": [{one}, {{"Action": "oss:*", "Resource": "acs:oss:*:*:{wide}", "Effect": 0}}]}}"#,
            feed.repeat(500)
        );
        let before = text.split(['\n', '\r']).next_back().unwrap_or("");
        let column = before.chars().count() - "0}]}".len() + 1;
        // A carriage return alone ends no line.
        let column = if lines == 0 { text.chars().count() - "0}]}".len() + 1 } else { column };
        let Err(error) = Kind::Identity.read_strictly(text.as_bytes()) else {
            unreachable!("an `Effect` is no number")
        };
        let places: Vec<(usize, usize, &str)> = error
            .findings()
            .iter()
            .map(|finding| (finding.line(), finding.column(), finding.path()))
            .collect();
        assert_eq!(places, [(lines + 1, column, "Statement[1].Effect")], "{feed:?}");
    }
}
