#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a panic fails the test"
)]

use super::{Format, Formatted, format};
use crate::form::Form;

const CANONICAL: Format = Format { canonical: true, indent: 2 };

fn formatted(text: &str, form: Form, how: Format) -> Formatted {
    format(text, form, how).expect("a form that is formatted")
}

/// `name: how, input => output`: a macro and what becomes of it. What is written stays as it is.
macro_rules! macros {
    ($($name:ident: $how:expr, $input:literal => $output:literal;)*) => {
        $(#[test]
        fn $name() {
            let found = formatted($input, Form::Rust, $how);
            assert_eq!(found.left, []);
            assert_eq!(found.text, $output);
            let again = formatted($output, Form::Rust, $how);
            assert_eq!((again.text.as_str(), again.edits.as_slice()), ($output, [].as_slice()));
        })*
    };
}

macros! {
    one_line_stays_on_one: Format::default(),
        "let a = policy! {allow  ecs::StopInstance on *}; // b"
        => "let a = policy! { allow ecs::StopInstance on * }; // b";
    one_line_in_parentheses: Format::default(),
        "let a = policy!( <region>allow ecs :: { A,B, } on[ \"x\" ] ;);"
        => "let a = policy!(<region> allow ecs::{A, B} on [\"x\"];);";
    what_is_around_stays: Format::default(),
        "fn  a( ){ policy! {\n allow ecs::StopInstance on *; } }\n\n\n// c"
        => "fn  a( ){ policy! {\n    allow ecs::StopInstance on *;\n} }\n\n\n// c";
    lines_begin_where_the_macro_does: Format::default(),
        "  x(policy! {\nallow ecs::StopInstance on *;\n})"
        => "  x(policy! {\n      allow ecs::StopInstance on *;\n  })";
    carriage_returns_are_kept: Format::default(),
        "policy! {\r\nallow ecs::StopInstance on *; // a\r\n}\r\n"
        => "policy! {\r\n    allow ecs::StopInstance on *; // a\r\n}\r\n";
    one_empty_line_stays: Format::default(),
        "policy! {\n\n\n    allow a::B on *;\n\n\n\n    // c\n\n    allow a::C on *;\n\n}"
        => "policy! {\n    allow a::B on *;\n\n    // c\n\n    allow a::C on *;\n}";
    patterns_have_no_blanks: Format::default(),
        "policy! { allow ecs::Describe * ? b, * on * , \"a\" when ecs :: n > = - 1 }"
        => "policy! { allow ecs::Describe*?b, * on *, \"a\" when ecs::n >= -1 }";
    words_after_wildcards_have_blanks: Format::default(),
        "policy! { deny*except ram::*on * }"
        => "policy! { deny * except ram::* on * }";
    each_clause_has_a_line: Format::default(),
        "policy! {
    ecs::StartInstance allow on \"acs:ecs:*:*:instance/*\", \"acs:ecs:*:*:disk/*\" when acs::MFAPresent == true;
}"
        => "policy! {
    ecs::StartInstance
        allow
        on \"acs:ecs:*:*:instance/*\", \"acs:ecs:*:*:disk/*\"
        when acs::MFAPresent == true;
}";
    long_lists_have_lines: Format::default(),
        "policy! {
    allow ecs::{StartInstance, StopInstance, RebootInstance, DescribeInstances, DescribeDisks, AttachDisk}, oss::* on *;
}"
        => "policy! {
    allow
        ecs::{
            StartInstance, StopInstance, RebootInstance, DescribeInstances, DescribeDisks,
            AttachDisk,
        },
        oss::*
        on *;
}";
    comments_keep_their_places: Format::default(),
        "policy! { // a
  // b
  allow ecs::{StartInstance, // c
    StopInstance} // d
    // e
    on \"x\" // f
    , \"y\"
    ; // g
  // h
}"
        => "policy! {
    // a
    // b
    allow ecs::{
        StartInstance, // c
        StopInstance,
    } // d
        // e
        on \"x\", // f
           \"y\"; // g
    // h
}";
    comments_within_an_entry_go_before_it: Format::default(),
        "policy! {\n    allow ecs:: /* a */ StopInstance on *;\n}"
        => "policy! {\n    allow\n        /* a */\n        ecs::StopInstance\n        on *;\n}";
    two_comments_at_one_end: Format::default(),
        "policy! {\n    allow ecs::A // a\n    ; // b\n}"
        => "policy! {\n    allow ecs::A; // a\n    // b\n}";
    attributes_and_parameters_have_lines: Format::default(),
        "policy! {\n#![allow( sid )] <a,b:path> allow ecs::A on \"{a}\";\n}"
        => "policy! {\n    #![allow(sid)]\n    <a, b: path>\n    allow ecs::A on \"{a}\";\n}";
    selections: Format::default(),
        "policy! { allow every  list or get of ecs,every action taking vpc :: VPC as patterns,ecs :: A on*; deny every delete of oss even inferred pinned \"1-a\" on * }"
        => "policy! {
    allow every list or get of ecs, every action taking vpc::VPC as patterns, ecs::A on *;
    deny every delete of oss even inferred pinned \"1-a\" on *
}";
    includes: Format::default(),
        "policy! {
  include   crate :: policies :: VIEW ;include \"policies/view.json\";
  allow ecs::StopInstance on *;
}"
        => "policy! {
    include crate::policies::VIEW;
    include \"policies/view.json\";
    allow ecs::StopInstance on *;
}";
    requests: Format::default(),
        "request_for! {
  pub  const STOP;
  pub(crate)  struct Stop ;

  allow ecs::StopInstance on * when acs::SourceIp in \"10.0.0.0/8\"
}"
        => "request_for! {
    pub const STOP;
    pub(crate) struct Stop;

    allow ecs::StopInstance on * when acs::SourceIp in \"10.0.0.0/8\"
}";
    policies_of_resources: Format::default(),
        "resource_policy! { bucket ;
 allow oss::GetObject on [\"acs:oss:*:*:photos/*\"] by[*] when acs::SourceVpc==\"vpc-1\"; }"
        => "resource_policy! {
    bucket;
    allow oss::GetObject on [\"acs:oss:*:*:photos/*\"] by [*] when acs::SourceVpc == \"vpc-1\";
}";
    claims: Format::default(),
        "policy! {
    allow ecs::A on *; never ram :: * , ims :: *; within{allow ecs::* on *;}; within crate :: B; within guardrail::x( \"a\",\"b\" );
    allows ecs::A on * with{acs::SourceIp:\"10.0.0.1\",ecs::tag [ \"a\" ]:[ \"b\" ]};
}"
        => "policy! {
    allow ecs::A on *;
    never ram::*, ims::*;
    within { allow ecs::* on *; };
    within crate::B;
    within guardrail::x(\"a\", \"b\");
    allows ecs::A on * with { acs::SourceIp: \"10.0.0.1\", ecs::tag[\"a\"]: [\"b\"] };
}";
    mistakes_that_are_none_of_form: Format::default(),
        "policy! { allow   ecs::NoAction on \"x\", when acs::SourceIp < true; version \"2\" }"
        => "policy! { allow ecs::NoAction on \"x\" when acs::SourceIp < true; version \"2\" }";
    trust: Format::default(),
        "trust_policy! { allow sts::AssumeRole by ram[\"a\"],service \"b\" when saml::recipient==\"c\" }"
        => "trust_policy! { allow sts::AssumeRole by ram [\"a\"], service \"b\" when saml::recipient == \"c\" }";
    role: Format::default(),
        "service_linked_role! {\nrole:A,policy:\"B\", // c\nservice:none,permissions:{\nallow ecs::A on *;}}"
        => "service_linked_role! {
    role: A,
    policy: \"B\", // c
    service: none,
    permissions: {
        allow ecs::A on *;
    },
}";
    a_file: Format::default(),
        "policy_file!( #![allow(sid)] \"a.json\" , )" => "policy_file!(#![allow(sid)] \"a.json\")";
    a_document: Format::default(),
        "policy! {\n\"Statement\":[{\"Effect\":\"Deny\", // a\n\"Action\":[\"*\"],\"Resource\":[]}]}"
        => "policy! {
    \"Statement\": [
        {
            \"Effect\": \"Deny\", // a
            \"Action\": [
                \"*\"
            ],
            \"Resource\": []
        }
    ]
}";
    in_one_order: CANONICAL,
        "policy! {
    // a
    on * when acs::MFAPresent == true do ecs::A allow; // b
    // c
    version \"1\";
}"
        => "policy! {
    // c
    version \"1\";
    // a
    allow ecs::A on * when acs::MFAPresent == true; // b
}";
    claims_have_no_order: CANONICAL,
        "policy! {\n    ecs::* allow on *;\n    never ram::* when acs::MFAPresent == true on *;\n}"
        => "policy! {\n    allow ecs::* on *;\n    never ram::* when acs::MFAPresent == true on *;\n}";
    texts_are_copied: Format::default(),
        "policy! { allow \"a:\\u{4e2d}\" on \"成本\\\n   x\" }"
        => "policy! {\n    allow \"a:\\u{4e2d}\"\n        on \"成本\\\n   x\"\n}";
}

/// What cannot be read stays; the place and the reason are reported.
#[test]
fn what_cannot_be_read_stays() {
    for (form, text, at, reason) in [
        (Form::Rust, "policy! { Allow  ecs::A on *; }", 17, "expected"),
        (Form::Rust, "policy! {\n  /// a\n  allow ecs::A on *; }", 12, "unknown attribute"),
        (
            Form::Rust,
            "request_for! { const A; /// B.\n struct B;\n allow ecs::A on *; }",
            13,
            "a request with a documentation comment is not formatted",
        ),
        (Form::Rust, "policy! { allow", 8, "this is not Rust"),
        (Form::Json, "{\"Statement\" :[], }", 16, "this is not JSON"),
    ] {
        let found = formatted(text, form, Format::default());
        assert_eq!(found.text, text);
        assert_eq!((found.policies, found.edits.len()), (0, 0), "{text}");
        let [left] = found.left.as_slice() else { panic!("{text}: {:?}", found.left) };
        assert!(left.reason.starts_with(reason), "{text}: {left:?}");
        assert!(left.at.start <= at && at <= left.at.end + 2, "{text}: {left:?}");
    }
}

/// Other macros, what a macro passes on, and other JSON are no policies.
#[test]
fn what_is_no_policy_is_not_looked_at() {
    for (form, text) in [
        (
            Form::Rust,
            "macro_rules! a { ($($b:tt)*) => { policy! { allow  ecs::$($b)* on  *  } }; }",
        ),
        (Form::Rust, "// policy! { allow   ecs::A }\nvec![1,  2]"),
        (Form::Json, "{\"name\":   1}"),
    ] {
        let found = formatted(text, form, CANONICAL);
        assert_eq!(
            found,
            Formatted { text: text.into(), edits: vec![], left: vec![], policies: 0 }
        );
    }
}

#[test]
fn json_is_laid_out_and_copied() {
    for (how, text, expected) in [
        (
            Format::default(),
            "\u{feff}{\"Statement\" : [ {\"Effect\":\"\\u0041llow\",\"x\":[ ],\"y\":{ }, \"z\":1.50} ]}\r\n",
            "\u{feff}{\r\n  \"Statement\": [\r\n    {\r\n      \"Effect\": \"\\u0041llow\",\r\n      \"x\": [],\r\n      \"y\": {},\r\n      \"z\": 1.50\r\n    }\r\n  ]\r\n}\r\n",
        ),
        (
            CANONICAL,
            r#"{"Statement":[{"Resource":"*","other":1,"Action":["b","a"],"Effect":"Deny","Condition":{"B":{},"A":{}}}],"Version":"1"}"#,
            "{
  \"Version\": \"1\",
  \"Statement\": [
    {
      \"Effect\": \"Deny\",
      \"Action\": [
        \"b\",
        \"a\"
      ],
      \"Resource\": \"*\",
      \"Condition\": {
        \"B\": {},
        \"A\": {}
      },
      \"other\": 1
    }
  ]
}",
        ),
    ] {
        let found = formatted(text, Form::Json, how);
        assert_eq!(found.text, expected);
        assert_eq!((found.policies, found.left), (1, vec![]));
        assert_eq!(formatted(expected, Form::Json, how).edits, []);
    }
}
