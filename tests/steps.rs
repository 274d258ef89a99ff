//! Work that grows with the length of a document and no faster, in steps that are the same in every
//! run: each function that takes a document, on shapes that are made to take long.

#![allow(clippy::print_stdout, reason = "the counts are printed when they are asked for")]

use std::fmt::Write;

use ram_policy::{
    Additions, Checker, ControlPolicy, Coverage, LeastPrivilege, OwnedRequest, Policy,
    PolicyBuilder, PolicySet, Request, RequestReader, SessionPolicy, StatementBuilder, TrustPolicy,
};
use ram_policy_model::text::steps::counted;

/// Characters that RAM takes of an identity policy, and a quarter of them.
const SIZES: [usize; 2] = [1_500, 6_000];

/// Characters that are read to be shortened or split, and a quarter of them.
const LONG: [usize; 2] = [8_000, 32_000];

/// Characters of a text that is far too long, and a quarter of them.
const TOO_LONG: [usize; 2] = [100_000, 280_000];

/// How much more work four times the text may make. Four times it is where work grows with length; what
/// grows with its square is sixteen times it.
const MOST_GROWTH: u64 = 6;

/// Work that does not depend on the length: the letters of the catalogue, laid out once or twice.
const BASE: u64 = 3_000_000;

/// A text of a shape with about so many characters.
struct Shape {
    name: &'static str,
    text: fn(usize) -> String,
}

/// Items with a comma between, as many as fit.
fn list(length: usize, item: impl Fn(usize) -> String) -> String {
    let mut items = String::new();
    for number in 0.. {
        let item = item(number);
        if items.len() + item.len() + 1 > length {
            break;
        }
        if number > 0 {
            items.push(',');
        }
        items += &item;
    }
    items
}

fn document(statements: &str) -> String {
    format!(r#"{{"Version":"1","Statement":[{statements}]}}"#)
}

fn of_actions(length: usize, element: &str, item: impl Fn(usize) -> String) -> String {
    let items = list(length.saturating_sub(110), item);
    document(&format!(r#"{{"Effect":"Allow","{element}":[{items}],"Resource":"acs:ecs:*:*:x"}}"#))
}

fn of_resources(length: usize, item: impl Fn(usize) -> String) -> String {
    let items = list(length.saturating_sub(110), item);
    document(&format!(r#"{{"Effect":"Allow","Action":"oss:GetObject","Resource":[{items}]}}"#))
}

fn of_conditions(length: usize, operator: &str, item: impl Fn(usize) -> String) -> String {
    let items = list(length.saturating_sub(150), item);
    document(&format!(
        r#"{{"Effect":"Deny","Action":["ecs:*","oss:*"],"Resource":"*","Condition":{{"{operator}":{{{items}}}}}}}"#
    ))
}

fn of_statements(length: usize, item: impl Fn(usize) -> String) -> String {
    document(&list(length.saturating_sub(40), item))
}

/// The letters of a number, each of 26, so that texts differ from their beginning.
fn letters(mut number: usize, count: usize) -> Vec<char> {
    let mut letters = Vec::new();
    for _ in 0..count {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    letters
}

fn word(number: usize) -> String {
    letters(number, 4).into_iter().collect()
}

/// `a*b*c` of a number.
fn starred(number: usize) -> String {
    let letters: Vec<String> = letters(number, 3).iter().map(char::to_string).collect();
    letters.join("*")
}

fn effect(number: usize) -> &'static str {
    if number.is_multiple_of(2) { "Allow" } else { "Deny" }
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "stars that are written in ever new ways",
        text: |length| {
            of_actions(length, "Action", |number| {
                let [before, behind] =
                    [number % 17, number / 17].map(|stars| "*".repeat(1 + stars % 40));
                format!("\"*:{before}a{behind}\"")
            })
        },
    },
    Shape {
        name: "stars between letters",
        text: |length| {
            of_actions(length, "Action", |number| format!("\"*:*{}*\"", starred(number)))
        },
    },
    Shape {
        name: "pairs of letters between stars",
        text: |length| {
            of_actions(length, "Action", |number| {
                let pair: String = letters(number, 2).into_iter().collect();
                format!("\"*:*{pair}*\"")
            })
        },
    },
    Shape {
        name: "stars between letters of one service",
        text: |length| {
            of_actions(length, "Action", |number| format!("\"ecs:*{}*\"", starred(number)))
        },
    },
    Shape {
        name: "codes of stars",
        text: |length| {
            of_actions(length, "Action", |number| format!("\"*{}*:*a*\"", starred(number)))
        },
    },
    Shape {
        name: "question marks",
        text: |length| {
            of_actions(length, "Action", |number| {
                format!("\"ecs:?{}?*{}?\"", word(number), number % 10)
            })
        },
    },
    Shape {
        name: "all but stars",
        text: |length| {
            of_actions(length, "NotAction", |number| format!("\"*:*{}*\"", starred(number)))
        },
    },
    Shape {
        name: "names that are near to many",
        text: |length| {
            of_actions(length, "Action", |number| {
                format!("\"ecs:DescribeInstance{}\"", word(number))
            })
        },
    },
    Shape {
        name: "names of no service",
        text: |length| of_actions(length, "Action", |number| format!("\"e{}:Get\"", word(number))),
    },
    Shape {
        name: "one action again and again",
        text: |length| of_actions(length, "Action", |_| "\"ecs:*\"".to_owned()),
    },
    Shape {
        name: "names of actions",
        text: |length| {
            let rows: Vec<&str> =
                ram_policy_model::catalogue::find::actions().map(|row| row.full_name()).collect();
            of_actions(length, "Action", |number| {
                format!("\"{}\"", rows.get(number * 7 % rows.len()).copied().unwrap_or(""))
            })
        },
    },
    Shape {
        name: "ARNs",
        text: |length| of_resources(length, |number| format!("\"acs:oss:*:*:{}/*\"", word(number))),
    },
    Shape {
        name: "ARNs of stars",
        text: |length| {
            of_resources(length, |number| format!("\"acs:*:*:*:*{}*\"", starred(number)))
        },
    },
    Shape {
        name: "ARNs of question marks",
        text: |length| {
            of_resources(length, |number| format!("\"acs:oss:*:*:*{}????*?\"", word(number)))
        },
    },
    Shape {
        name: "ARNs of no use",
        text: |length| {
            of_resources(length, |number| format!("\"acs:ecs:*:*:instance/{}\"", word(number)))
        },
    },
    Shape {
        name: "condition keys",
        text: |length| {
            of_conditions(length, "StringEquals", |number| {
                format!("\"ecs:{}\":\"x\"", word(number))
            })
        },
    },
    Shape {
        name: "condition keys that do not exist",
        text: |length| {
            of_conditions(length, "StringEquals", |number| {
                format!("\"acs:{}\":\"x\"", word(number))
            })
        },
    },
    Shape {
        name: "tags",
        text: |length| {
            of_conditions(length, "StringNotLike", |number| {
                format!("\"acs:ResourceTag/{}\":\"*x*\"", word(number))
            })
        },
    },
    Shape {
        name: "values that exclude each other",
        text: |length| {
            let values = |length| list(length, |number| format!("\"{}*\"", starred(number)));
            let [some, others] = [length / 2 - 120, length / 2 - 120].map(values);
            document(&format!(
                r#"{{"Effect":"Allow","Action":"oss:*","Resource":"*","Condition":{{"StringLike":{{"acs:UserAgent":[{some}]}},"StringNotLike":{{"acs:UserAgent":[{others}]}}}}}}"#
            ))
        },
    },
    Shape {
        name: "addresses",
        text: |length| {
            let values = list(length.saturating_sub(150), |number| {
                format!("\"10.{}.{}.0/24\"", number / 250, number % 250)
            });
            document(&format!(
                r#"{{"Effect":"Allow","Action":"oss:*","Resource":"*","Condition":{{"IpAddress":{{"acs:SourceIp":[{values}]}},"NotIpAddress":{{"acs:SourceIp":"10.0.1.0/25"}}}}}}"#
            ))
        },
    },
    Shape {
        name: "statements",
        text: |length| {
            of_statements(length, |number| {
                let (effect, name) = (effect(number), word(number));
                format!(
                    r#"{{"Effect":"{effect}","Action":"oss:*","Resource":"acs:oss:*:*:{name}/*"}}"#
                )
            })
        },
    },
    Shape {
        name: "statements of stars",
        text: |length| {
            of_statements(length, |number| {
                let (effect, name) = (effect(number), starred(number));
                format!(r#"{{"Effect":"{effect}","Action":"*:*{name}*","Resource":"*"}}"#)
            })
        },
    },
    Shape {
        name: "statements under conditions",
        text: |length| {
            of_statements(length, |number| {
                let (effect, name) = (effect(number), word(number));
                format!(
                    r#"{{"Effect":"{effect}","Action":"oss:*","Resource":"*","Condition":{{"StringEquals":{{"acs:{name}":"{name}"}}}}}}"#
                )
            })
        },
    },
    Shape {
        name: "the same statement again and again",
        text: |length| {
            let statement = r#"{"Effect":"Allow","Action":"ecs:*","Resource":"*"}"#;
            of_statements(length, |_| statement.to_owned())
        },
    },
    Shape { name: "deep nesting", text: |length| "[".repeat(length / 2) + &"]".repeat(length / 2) },
    Shape {
        name: "many lists",
        text: |length| document(&list(length.saturating_sub(40), |_| "[[]]".to_owned())),
    },
    Shape {
        name: "one long text",
        text: |length| {
            of_actions(length, "Action", |_| {
                format!("\"{}\"", "a".repeat(length.saturating_sub(120)))
            })
        },
    },
    Shape {
        name: "one long pattern",
        text: |length| {
            of_resources(length, |_| {
                format!("\"acs:oss:*:*:{}\"", "?a*".repeat(length.saturating_sub(140) / 3))
            })
        },
    },
    Shape {
        name: "escapes",
        text: |length| {
            of_actions(length, "Action", |_| {
                format!("\"{}\"", "\\u0061".repeat(length.saturating_sub(120) / 6))
            })
        },
    },
    Shape {
        name: "an element again and again",
        text: |length| {
            let elements = list(length.saturating_sub(90), |_| "\"Action\":\"a:b\"".to_owned());
            document(&format!(r#"{{"Effect":"Allow","Resource":"*",{elements}}}"#))
        },
    },
    Shape {
        name: "a key again and again",
        text: |length| {
            of_conditions(length, "StringEquals", |_| "\"acs:SourceIp\":\"x\"".to_owned())
        },
    },
    Shape {
        name: "numbers in the place of texts",
        text: |length| of_actions(length, "Action", |number| number.to_string()),
    },
    Shape {
        name: "placeholders",
        text: |length| of_resources(length, |number| format!("\"acs:oss:*:${{a{number}}}:<b>$c\"")),
    },
    Shape {
        name: "characters that are not seen",
        text: |length| {
            of_resources(length, |number| {
                format!("\"acs:oss:*:*:\u{200b}\u{430}{}\"", word(number))
            })
        },
    },
    Shape {
        name: "principals",
        text: |length| {
            let principals = list(length.saturating_sub(150), |number| {
                format!("\"acs:ram::1234567890123456:user/{}\"", word(number))
            });
            document(&format!(
                r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{{"RAM":[{principals}]}}}}"#
            ))
        },
    },
    Shape {
        name: "additions",
        text: |length| {
            let actions = list(length.saturating_sub(20), |number| {
                format!(r#""ecs:{}":{{"change":"add","reason":"x"}}"#, word(number))
            });
            format!(r#"{{"actions":{{{actions}}}}}"#)
        },
    },
    Shape {
        name: "a request of many keys",
        text: |length| {
            let keys =
                list(length.saturating_sub(80), |number| format!("\"ecs:{}\":\"x\"", word(number)));
            format!(r#"{{"action":"ecs:StopInstance","resource":"*","context":{{{keys}}}}}"#)
        },
    },
    Shape {
        name: "an event of many resources",
        text: |length| {
            let names =
                list(length.saturating_sub(150), |number| format!("\"i-{}\"", word(number)));
            format!(
                r#"{{"eventName":"StopInstance","serviceName":"Ecs","eventVersion":"1","referencedResources":{{"ACS::ECS::Instance":[{names}]}}}}"#
            )
        },
    },
];

/// Runs something on every shape at two sizes, and compares the steps.
fn grows_with_length(sizes: [usize; 2], steps_a_character: u64, work: impl Fn(&str)) {
    measure(sizes, steps_a_character, MOST_GROWTH, work);
}

/// The same for work that has a budget for each character, of which short documents may need little:
/// it can grow faster until the budget ends it.
fn is_within_a_budget(sizes: [usize; 2], steps_a_character: u64, work: impl Fn(&str)) {
    measure(sizes, steps_a_character, u64::MAX, work);
}

fn measure(sizes: [usize; 2], steps_a_character: u64, most_growth: u64, work: impl Fn(&str)) {
    let (mut wrong, mut counts) = (String::new(), String::new());
    for shape in SHAPES {
        let [(few, fewer), (many, length)] = sizes.map(|length| {
            let text = (shape.text)(length);
            assert!(text.len() <= length + length / 8 + 64, "{}: {}", shape.name, text.len());
            (counted(|| work(&text)).1, u64::try_from(length).unwrap_or(u64::MAX))
        });
        let _ = writeln!(counts, "{few} {many} {}", shape.name);
        let growth = most_growth.saturating_mul(few).saturating_add(BASE);
        let budget = |length: u64| BASE + steps_a_character * length;
        if many > growth || many > budget(length) || few > budget(fewer) {
            let _ = writeln!(wrong, "{few}, then {many}: {}", shape.name);
        }
    }
    if std::env::var_os("RAM_POLICY_SHOW_STEPS").is_some() {
        print!("{counts}");
    }
    assert!(wrong.is_empty(), "more steps than grow with the length:\n{wrong}");
}

/// The policy of a text, whatever it says, if RAM would take it.
fn policy(text: &str) -> Option<Policy> {
    let lenient = Policy::from_json_with(text, &Checker::new().at_any_length());
    lenient.map(|read| read.policy).ok().or_else(|| {
        Policy::from_json_lenient_with(text, &Checker::new().at_any_length())
            .ok()
            .map(|read| read.policy)
    })
}

#[test]
fn steps_are_counted() {
    let (_, few) = counted(|| Policy::from_json("{}"));
    let (_, many) = counted(|| Policy::from_json("[".repeat(50) + &"]".repeat(50)));
    assert!(few > 0 && many > few, "{few} {many}");
}

#[test]
fn reading_an_identity_policy() {
    grows_with_length(SIZES, 8_000, |text| {
        let _ = Policy::from_json(text);
        let _ = Policy::from_json_lenient(text);
    });
}

#[test]
fn reading_what_is_too_long() {
    grows_with_length(TOO_LONG, 60, |text| {
        let _ = Policy::from_json(text);
        let _ = Policy::from_json_lenient(text);
        let _ = SessionPolicy::from_json(text);
        let _ = ControlPolicy::from_json(text);
        let _ = TrustPolicy::from_json(text);
        let _ = serde_json::from_str::<Policy>(text);
        let _ = Additions::from_json(text);
    });
}

#[test]
fn reading_at_any_length() {
    is_within_a_budget(LONG, 30_000, |text| {
        let _ = Policy::from_json_with(text, &Checker::new().at_any_length());
    });
}

#[test]
fn reading_other_kinds() {
    grows_with_length([500, 2_000], 40_000, |text| {
        let _ = SessionPolicy::from_json(text);
        let _ = ControlPolicy::from_json(text);
    });
    grows_with_length(LONG, 30_000, |text| {
        let _ = TrustPolicy::from_json(text);
    });
}

#[test]
fn reading_through_serde() {
    grows_with_length(SIZES, 4_000, |text| {
        let _ = serde_json::from_str::<Policy>(text);
    });
}

#[test]
fn reading_additions() {
    grows_with_length(SIZES, 30_000, |text| {
        let _ = Additions::from_json(text);
    });
}

#[test]
fn building() {
    is_within_a_budget(SIZES, 30_000, |text| {
        // The shape's text as actions and resources, whatever it is.
        let parts: Vec<&str> = text.split('"').filter(|part| part.contains(':')).collect();
        let statement = StatementBuilder::allow(parts.iter()).on(parts.iter());
        let _ = PolicyBuilder::new().statement(statement).build();
    });
}

#[test]
fn reading_requests() {
    grows_with_length(LONG, 200, |text| {
        let _ = OwnedRequest::from_json(text).map(|request| request.request().is_ok());
        let _ = OwnedRequest::from_action_trail(text);
        let _ = RequestReader::new().read(text.as_bytes(), |_| ());
    });
}

#[test]
fn deciding_and_explaining() {
    grows_with_length(SIZES, 30_000, |text| {
        let Some(policy) = policy(text) else { return };
        let resource = "acs:oss:cn-hangzhou:1234567890123456:".to_owned() + &"a".repeat(200);
        let Ok(request) = Request::new(ram_policy::Ecs::StopInstance, &resource) else { return };
        let _ = policy.evaluate(&request);
        let _ = policy.explain(&request).to_string();
        let set: PolicySet = [&policy, &policy].into_iter().collect();
        let _ = set.evaluate(&request);
    });
}

#[test]
fn writing_merging_and_normalising() {
    grows_with_length(SIZES, 30_000, |text| {
        let Some(policy) = policy(text) else { return };
        let _ = policy.to_json_pretty();
        let _ = policy.normalised();
        let _ = Policy::merged([&policy, &policy]);
    });
}

#[test]
fn proving() {
    is_within_a_budget(SIZES, 30_000, |text| {
        let Some(policy) = policy(text) else { return };
        let other = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"acs:*:*:*:*a*"},{"Effect":"Deny","Action":"*:*b*","Resource":"*"}]}"#;
        let Ok(other) = Policy::from_json(other) else { return };
        let _ = policy.within(&other);
        let _ = other.equivalent(&policy);
        let _ = policy.overlaps(&other);
        let _ = policy.never_allows(&policy);
    });
}

#[test]
fn simplifying() {
    is_within_a_budget(SIZES, 100_000, |text| {
        let Some(policy) = policy(text) else { return };
        let _ = policy.simplified();
        let _ = policy.simplified_alone();
    });
}

#[test]
fn simplifying_and_splitting_at_any_length() {
    is_within_a_budget(LONG, 30_000, |text| {
        let Some(policy) = policy(text) else { return };
        let _ = policy.simplified();
        let _ = policy.split(6_144);
    });
}

#[test]
fn using_and_covering() {
    is_within_a_budget(SIZES, 30_000, |text| {
        let Some(policy) = policy(text) else { return };
        let request = OwnedRequest::new("ecs:StopInstance", "*");
        if let Ok(usage) = policy.used_by([&request]) {
            let _ = usage.unused();
            let _ = usage.tightened();
        }
        let coverage = Coverage::of(&policy);
        let _ = (coverage.counts(), coverage.exercised());
        let least = LeastPrivilege::new().with_request(request).within(&policy);
        let _ = least.policy();
    });
}
