//! What is told about a document that is too long: whether a form that decides the same would fit.

use std::time::{Duration, Instant};

use ram_policy::{Checker, Policy, SessionPolicy};

/// Far more than it takes in an unoptimised build, and on a busy machine.
const SOON: Duration = Duration::from_secs(180);

fn document(statements: &[String]) -> String {
    format!(r#"{{"Version":"1","Statement":[{}]}}"#, statements.join(","))
}

fn statement(action: &str, resource: &str) -> String {
    format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}"#)
}

/// The message about the length.
fn told(text: &str) -> Option<String> {
    let error = Policy::from_json(text).err()?;
    let finding = error.findings().iter().find(|finding| finding.rule() == "too_long")?;
    Some(finding.message().to_owned())
}

/// A statement a resource, of names that are that long.
fn buckets(count: usize, length: usize) -> Vec<String> {
    let name = |number: usize| format!("acs:oss:*:*:{}{number:03}/*", "b".repeat(length));
    (0..count).map(|number| statement("oss:GetObject", &name(number))).collect()
}

#[test]
fn the_length_of_a_form_that_fits_is_told() -> Result<(), Box<dyn std::error::Error>> {
    let text = document(&buckets(66, 22));
    let read = Policy::from_json_with(&text, &Checker::new().at_any_length())?;
    let short = read.policy.simplified().to_json().len();
    assert!(text.len() > 6_144 && short < 6_144, "{} {short}", text.len());
    // Blanks do not count.
    assert_eq!(
        told(&text.replace(',', ", \n")),
        Some(format!(
            "the policy has {} characters minified, an identity policy has at most 6144; an equivalent form has {short}, `ram-policy shrink` prints it",
            text.len()
        ))
    );
    // The limit of another kind.
    let text = document(&buckets(25, 10));
    let error = SessionPolicy::from_json(&text).map_err(|error| error.to_string());
    assert!(
        error.as_ref().is_err_and(|error| {
            error.contains("a session policy has at most 2048; an equivalent form has 8")
        }),
        "{error:?}"
    );
    assert_eq!(told(&text), None);
    Ok(())
}

/// What is told where no form fits.
const DIVIDED: &str = "an identity policy has at most 6144; `ram-policy split` makes several of it";

#[test]
fn no_form_is_told_where_none_fits() {
    // Nothing to leave out.
    let one = format!(
        r#"{{"Effect":"Allow","Action":"oss:GetObject","Resource":["acs:oss:*:*:{}/*","acs:oss:*:*:{}/*"]}}"#,
        "a".repeat(4_000),
        "b".repeat(4_000)
    );
    // Shorter, and still too long.
    let several = document(&buckets(62, 100));
    for text in [document(&[one]), several] {
        let found = told(&text).unwrap_or_default();
        assert!(found.ends_with(DIVIDED), "{found}");
    }
    // What RAM would refuse for something else is only measured.
    let broken = document(&buckets(66, 22)).replacen("Allow", "allow", 1);
    let found = told(&broken).unwrap_or_default();
    assert!(found.ends_with(DIVIDED), "{found}");
}

/// Patterns that make a proof long: the message comes without a form, and soon.
#[test]
fn looking_for_a_shorter_form_ends_soon() {
    let storms: Vec<String> = (0..200)
        .map(|number| {
            let letter = char::from(b'a' + u8::try_from(number % 26).unwrap_or(0));
            let resource = format!("acs:oss:*:*:*{letter}{}*{number}", "?".repeat(40));
            statement("oss:GetObject", &resource)
                .replace("Allow", if number % 2 == 0 { "Allow" } else { "Deny" })
        })
        .collect();
    let long = document(&buckets(9_000, 10));
    let keys: Vec<String> = (0..300).map(|number| format!(r#""zz:{number}":"""#)).collect();
    let keys = statement("oss:GetObject", "*")
        .replace("}", &format!(r#","Condition":{{"StringEquals":{{{}}}}}}}"#, keys.join(",")));
    for text in [document(&storms), long, document(&[keys.clone(), keys])] {
        let begin = Instant::now();
        assert!(Policy::from_json(&text).is_err());
        assert!(begin.elapsed() < SOON, "{:?}", begin.elapsed());
    }
}
