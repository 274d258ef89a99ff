//! The peer of the proofs: the question whether one policy allows only what another allows, in
//! SMT-LIB 2 with the theory of strings, as solvers read it.
//!
//! The solver looks for a request that the left policy allows and the right one does not; `unsat`
//! is our `Yes`. The requests are those of [`ram_policy::Prover`]: the code and the name of an
//! action and the four fields of an ARN are strings, each in a regular expression of well-formed
//! ones; a condition key has as many values as there are tests of it, each there or not, and a key
//! that is alone in a request one.
//!
//! - Patterns are regular expressions of `re.all` and `re.allchar`, field by field.
//! - Actions are compared with their case ignored everywhere, so that all of them are written in
//!   lower case.
//! - Numbers are integers, times 10^18; instants are nanoseconds; addresses are integers, those of
//!   IPv4 where IPv6 has its mapped ones, which no request has.
//!
//! Left out, with a reason, is a policy with a principal, a key that is compared as values of
//! several types, and characters that SMT-LIB has not.

mod key;
pub mod solver;
mod text;

use serde_json::Value;

use crate::document::{self, Statement};
use key::Keys;
use text::{any, lower_case, matches_pattern};

/// Why a policy is not translated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A statement names who is trusted.
    Principal,
    /// A key is compared as values of several types.
    MixedKey,
    /// A character beyond those of SMT-LIB.
    Character,
    /// A resource is neither `*` nor an ARN.
    Resource,
}

/// Characters of an action in lower case, and of the code that `*` as a resource takes over.
const ACTION: &str = r#"(re.+ (re.union (re.range "a" "z") (re.range "0" "9") (str.to_re "_") (str.to_re "/") (str.to_re "-")))"#;
const CODE: &str = r#"(re.union (re.range "a" "z") (re.range "0" "9") (str.to_re "-") (str.to_re "*") (str.to_re "?"))"#;
const ACCOUNT: &str = r#"(re.union (str.to_re "system") (re.+ (re.union (re.range "0" "9") (str.to_re "*") (str.to_re "?"))))"#;
/// What is no control character.
const RELATIVE: &str = r#"(re.+ (re.union (re.range " " "~") (re.range "\u{a0}" "\u{2ffff}")))"#;

/// Fields of an ARN behind `acs:`.
const FIELDS: [&str; 4] = ["service", "region", "account", "relative"];

/// The script that asks whether the left policy allows only what the right one allows, up to and
/// without `(check-sat)`.
///
/// # Errors
///
/// One of the policies cannot be translated.
pub fn within(left: &Value, right: &Value) -> Result<String, LeftOut> {
    let [left, right] = [left, right].map(document::statements);
    let all = || left.iter().chain(&right);
    if all().any(|statement| statement.has_principal) {
        return Err(LeftOut::Principal);
    }
    let keys = Keys::of(all())?;
    let mut script = String::from("(set-logic ALL)\n");
    for name in ["code", "name"].iter().chain(&FIELDS) {
        script += &format!("(declare-const {name} String)\n");
    }
    script += &format!("(assert (str.in_re code {ACTION}))\n(assert (str.in_re name {ACTION}))\n");
    script += &format!("(assert {})\n", resources(all())?);
    keys.declare(&mut script);
    script += &format!("(assert {})\n", allows(&left, &keys)?);
    script += &format!("(assert (not {}))\n", allows(&right, &keys)?);
    Ok(script)
}

/// That the resource is an ARN, or `*`, which is every resource of the action's service. The second
/// can be told from the first only by its service, and only by patterns that the service of no ARN
/// matches, or that match a part of it.
fn resources<'s>(statements: impl Iterator<Item = &'s Statement>) -> Result<String, LeftOut> {
    let arn = format!(
        "(and (str.in_re service (re.+ {CODE})) (str.in_re region (re.* {CODE})) \
         (str.in_re account {ACCOUNT}) (str.in_re relative {RELATIVE}))"
    );
    let tells = |pattern: &String| {
        let Some([service, ..]) = fields(pattern)? else { return Ok(false) };
        let of_arn = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        Ok(service != "*" && !service.bytes().all(of_arn))
    };
    for pattern in statements.flat_map(|statement| &statement.resources) {
        if tells(pattern)? {
            let star = r#"(and (= service code) (= region "*") (= account "*") (= relative "*"))"#;
            return Ok(format!("(or {arn} {star})"));
        }
    }
    Ok(arn)
}

/// The fields of a resource pattern, `None` for `*` alone.
fn fields(pattern: &str) -> Result<Option<[&str; 4]>, LeftOut> {
    if pattern == "*" {
        return Ok(None);
    }
    let mut fields = pattern.strip_prefix("acs:").ok_or(LeftOut::Resource)?.splitn(4, ':');
    let mut field = || fields.next().ok_or(LeftOut::Resource);
    Ok(Some([field()?, field()?, field()?, field()?]))
}

fn allows(statements: &[Statement], keys: &Keys) -> Result<String, LeftOut> {
    let of = |allow: bool| {
        let matched = statements.iter().filter(|statement| statement.allow == allow);
        Ok(any(matched.map(|statement| matches(statement, keys)).collect::<Result<_, _>>()?))
    };
    Ok(format!("(and {} (not {}))", of(true)?, of(false)?))
}

/// That a statement matches.
fn matches(statement: &Statement, keys: &Keys) -> Result<String, LeftOut> {
    let actions = any(statement.actions.iter().map(|one| action(one)).collect::<Result<_, _>>()?);
    let actions = if statement.negated { format!("(not {actions})") } else { actions };
    let resources =
        any(statement.resources.iter().map(|one| resource(one)).collect::<Result<_, _>>()?);
    let mut parts = vec![actions, resources];
    for condition in &statement.conditions {
        parts.push(keys.test(statement.allow, condition)?);
    }
    Ok(format!("(and {})", parts.join(" ")))
}

fn action(pattern: &str) -> Result<String, LeftOut> {
    let (code, name) = pattern.split_once(':').unwrap_or((pattern, "*"));
    let code = matches_pattern("code", &lower_case(code))?;
    Ok(format!("(and {code} {})", matches_pattern("name", &lower_case(name))?))
}

fn resource(pattern: &str) -> Result<String, LeftOut> {
    let Some(fields) = fields(pattern)? else { return Ok("true".into()) };
    let parts = FIELDS.iter().zip(fields).map(|(field, pattern)| matches_pattern(field, pattern));
    Ok(format!("(and {})", parts.collect::<Result<Vec<_>, _>>()?.join(" ")))
}
