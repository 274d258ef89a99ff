//! Condition keys with a free part: any text but a control character may stand behind the slash.

use ram_policy::key::{Key, TagKey, Text, acs, apigateway, ecs, oss, vpc};
use ram_policy::{
    Decision, Operator, Policy, PolicyBuilder, Request, RequestError, StatementBuilder, policy,
};

const KEYS: [(TagKey, &str, &str); 6] = [
    (acs::ResourceTag, "acs:ResourceTag/", "ecs:StopInstance"),
    (acs::RequestTag, "acs:RequestTag/", "ecs:StopInstance"),
    (ecs::tag, "ecs:tag/", "ecs:StopInstance"),
    (vpc::tag, "vpc:tag/", "vpc:DeleteVpc"),
    (apigateway::tag, "apigateway:tag/", "apigateway:DeleteApiGroup"),
    (oss::BucketTag, "oss:BucketTag/", "oss:GetObject"),
];

const TAGS: [&str; 10] = [
    "owner",
    "Owner",
    "\u{6210}\u{672c}:\u{4e2d}\u{5fc3}",
    "acs:ecs:tag/x",
    ":",
    "/",
    "a b",
    "\u{1f980}\u{e9}",
    "quote\"and\\",
    "*",
];

#[test]
fn any_tag_is_asked_for_as_it_is_written() -> Result<(), RequestError> {
    for (key, head, action) in KEYS {
        for tag in TAGS {
            let name = format!("{head}{tag}");
            let document = serde_json::json!({
                "Version": "1",
                "Statement": [{
                    "Effect": "Allow",
                    "Action": action,
                    "Resource": "*",
                    "Condition": { "StringEquals": { name.as_str(): "\u{662f}" } },
                }],
            });
            let read = Policy::from_json(document.to_string());
            let read = read.unwrap_or_else(|error| unreachable!("{name}: {error}"));
            let statement = StatementBuilder::allow([action]).on(["*"]).when(
                Operator::StringEquals,
                &name,
                ["\u{662f}"],
            );
            let built = PolicyBuilder::new().statement(statement).build();
            let built = built.unwrap_or_else(|error| unreachable!("{name}: {error}"));
            assert_eq!(read, built, "{name}");
            let written: serde_json::Value =
                serde_json::from_str(&read.to_json()).unwrap_or_default();
            assert_eq!(written, document, "{name}");
            let request = Request::new(action, "*")?;
            for other in TAGS {
                let expected = if other == tag {
                    Decision::Allow { statement: 0 }
                } else {
                    Decision::ImplicitDeny
                };
                let typed = request.clone().with(key.of(other), "\u{662f}");
                assert_eq!(read.evaluate(&typed), expected, "{name} of {other}");
                let other = format!("{head}{other}");
                let named = request.clone().with_named(&other, "\u{662f}")?;
                assert_eq!(read.evaluate(&named), expected, "{name} named {other}");
                let whole = request.clone().with(Key::<Text>::new(&other), "\u{662f}");
                assert_eq!(read.evaluate(&whole), expected, "{name} as {other}");
            }
            assert_eq!(read.evaluate(&request), Decision::ImplicitDeny, "{name}");
        }
    }
    Ok(())
}

const TYPED: Policy = policy! {
    allow ecs::StopInstance on * when ecs::tag["成本:中心"] == "是" and acs::ResourceTag["a/b:c d"] like "x*";
};

const PASTED: Policy = policy! {
    "Version": "1",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "ecs:StopInstance",
            "Resource": "*",
            "Condition": {
                "StringEquals": { "ecs:tag/成本:中心": "是" },
                "StringLike": { "acs:ResourceTag/a/b:c d": "x*" }
            }
        }
    ]
};

#[test]
fn the_macro_takes_any_tag() -> Result<(), RequestError> {
    assert_eq!(TYPED, PASTED);
    for (cost, other, expected) in [
        ("是", "xyz", Decision::Allow { statement: 0 }),
        ("否", "xyz", Decision::ImplicitDeny),
        ("是", "yz", Decision::ImplicitDeny),
    ] {
        let request = Request::new("ecs:StopInstance", "*")?
            .with(ecs::tag.of("成本:中心"), cost)
            .with_named("acs:ResourceTag/a/b:c d", other)?;
        for policy in [&TYPED, &PASTED] {
            assert_eq!(policy.evaluate(&request), expected, "{cost} {other}");
        }
    }
    Ok(())
}

#[test]
fn a_tag_has_no_control_characters_and_is_not_empty() -> Result<(), RequestError> {
    let request = Request::new("ecs:StopInstance", "*")?;
    for tag in ["", "a\n", "\u{0}", "\u{85}"] {
        let name = format!("ecs:tag/{tag}");
        let found = request.clone().with_named(&name, "x").err();
        assert_eq!(found, Some(RequestError::MalformedKey), "{name:?}");
    }
    Ok(())
}
