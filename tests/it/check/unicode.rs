//! Characters that are not what they look like, or that nobody sees: reported by name wherever they
//! stand, by the macro in both forms and by the library.

use proc_macro2::TokenStream;
use ram_policy::{Levels, Policy, TrustPolicy};
use ram_policy_model::catalogue::additions::Additions;
use ram_policy_model::policy::reader::{Extent, Reader};
use ram_policy_model::report::diagnostic::Report;
use ram_policy_model::terms::kind::PolicyKind;
use ram_policy_model::text::json::write_text;
use ram_policy_read::{input, policy};

/// What the macro says to tokens.
fn told_by_macro(text: &str) -> Vec<String> {
    let Ok(stream) = format!("ram_policy {text}").parse::<TokenStream>() else {
        return vec!["no tokens".into()];
    };
    let Some((_, mut tokens)) = input::split(stream) else { return Vec::new() };
    let mut report = Report::default();
    let header = input::header(&mut tokens, &mut report);
    let Some(read) = policy::read(&mut tokens, &header, &mut report) else { return Vec::new() };
    let (levels, additions) = (Levels::new(), Additions::new());
    let reader = Reader::new(PolicyKind::Identity, &levels, &additions).taking(Extent::Part);
    let findings = reader.tree(&read.policy, report).findings;
    findings.into_iter().map(|one| format!("{}: {}", one.rule.name(), one.message)).collect()
}

/// What the library says to a document.
fn told_by_library(text: &str) -> Vec<String> {
    let findings = match Policy::from_json_lenient(text) {
        Ok(read) => read.findings,
        Err(error) => error.into_findings(),
    };
    findings.iter().map(|one| format!("{}: {}", one.rule(), one.message())).collect()
}

/// Where a text may stand, and a text that is good there; `_` is the place of the character.
const PLACES: [(&str, &str, &str); 5] = [
    ("action", "ecs:Stop_nstance", r#"{"Effect":"Allow","Action":TEXT,"Resource":"*"}"#),
    (
        "resource",
        "acs:ecs:cn-hangzhou:1:instance/a_b",
        r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":TEXT}"#,
    ),
    (
        "tag key",
        "ecs:tag/own_r",
        r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEquals":{TEXT:"a"}}}"#,
    ),
    (
        "common key",
        "acs:Sourc_Vpc",
        r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEquals":{TEXT:"a"}}}"#,
    ),
    (
        "value",
        "own_r",
        r#"{"Effect":"Allow","Action":"ecs:StopInstance","Resource":"*","Condition":{"StringEquals":{"ecs:tag/a":TEXT}}}"#,
    ),
];

/// Writes one test a row: the character, and what is told of it in every place.
macro_rules! characters {
    ($($name:ident: $character:literal => $told:literal;)*) => {
        $(#[test]
        fn $name() {
            for (place, text, statement) in PLACES {
                let text = text.replace('_', $character);
                let statement = statement.replace("TEXT", &write_text(&text));
                let inside = format!(r#""Version":"1","Statement":[{statement}]"#);
                for (who, told) in [
                    ("library", told_by_library(&format!("{{{inside}}}"))),
                    ("macro", told_by_macro(&inside)),
                ] {
                    let is_told = told.iter().any(|told| told.contains($told));
                    assert!(is_told, "{who}, {place}: {told:?}");
                }
            }
        }

        const _: () = assert!($character.len() > 1);)*
    };
}

characters! {
    cyrillic_small_a: "\u{430}" => "look_alike_character: `\u{430}` (U+0430) is not `a`";
    cyrillic_capital_es: "\u{421}" => "look_alike_character: `\u{421}` (U+0421) is not `C`";
    greek_small_omicron: "\u{3bf}" => "look_alike_character: `\u{3bf}` (U+03BF) is not `o`";
    full_width_e: "\u{ff45}" => "look_alike_character: `\u{ff45}` (U+FF45) is not `e`";
    right_to_left_override: "\u{202e}" => "hidden_character: the text has the character U+202E RIGHT-TO-LEFT OVERRIDE in it";
    left_to_right_isolate: "\u{2066}" => "U+2066 LEFT-TO-RIGHT ISOLATE";
    right_to_left_mark: "\u{200f}" => "U+200F RIGHT-TO-LEFT MARK";
    zero_width_space: "\u{200b}" => "U+200B ZERO WIDTH SPACE";
    zero_width_joiner: "\u{200d}" => "U+200D ZERO WIDTH JOINER";
    soft_hyphen: "\u{ad}" => "U+00AD SOFT HYPHEN";
    byte_order_mark: "\u{feff}" => "U+FEFF ZERO WIDTH NO-BREAK SPACE";
    invisible_times: "\u{2062}" => "U+2062 INVISIBLE TIMES";
    hangul_filler: "\u{3164}" => "U+3164 HANGUL FILLER";
    tag_letter: "\u{e0061}" => "U+E0061 TAG CHARACTER";
    line_separator: "\u{2028}" => "U+2028 LINE SEPARATOR";
}

#[test]
fn the_typed_form_tells_too() {
    for (typed, expected) in [
        ("allow ecs::StopInst\u{430}nce on *;", "U+0430"),
        (
            r#"allow ecs::StopInstance on "acs:ecs:cn-hangzhou:1:instance/\u{202e}i";"#,
            "RIGHT-TO-LEFT OVERRIDE",
        ),
        (r#"allow ecs::StopInstance on * when ecs::tag["own\u{435}r"] == "a";"#, "U+0435"),
        (
            r#"allow ecs::StopInstance on * when ecs::tag["a"] == "own\u{200b}er";"#,
            "ZERO WIDTH SPACE",
        ),
    ] {
        let told = told_by_macro(typed);
        assert!(told.iter().any(|told| told.contains(expected)), "{typed}: {told:?}");
    }
}

#[test]
fn a_principal_is_looked_at() {
    let text = r#"{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":"acs:ram::1:user/\u0430lice"}}]}"#;
    let findings = match TrustPolicy::from_json_lenient(text) {
        Ok(read) => read.findings,
        Err(error) => error.into_findings(),
    };
    assert!(findings.iter().any(|one| one.rule() == "look_alike_character"), "{findings:?}");
}
