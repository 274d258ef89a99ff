//! What operators give for known values.

use hcl_edit::expr::BinaryOperator;

use super::node::{Is, Node};

/// Whether two known values are equal.
pub(super) fn same(left: &Node, right: &Node) -> Option<bool> {
    match (&left.is, &right.is) {
        (Is::Null, Is::Null) => Some(true),
        (Is::Boolean(left), Is::Boolean(right)) => Some(left == right),
        (Is::Number(left), Is::Number(right)) => compared(BinaryOperator::Eq, left, right),
        (Is::Text(_), Is::Text(_)) => Some(left.known_text()? == right.known_text()?),
        (Is::Null, Is::Boolean(_) | Is::Number(_) | Is::Text(_) | Is::List(_) | Is::Object(_))
        | (Is::Boolean(_) | Is::Number(_) | Is::Text(_) | Is::List(_) | Is::Object(_), Is::Null) => {
            Some(false)
        }
        (Is::List(left), Is::List(right)) if left.known.is_empty() && right.known.is_empty() => {
            (left.rest.is_empty() && right.rest.is_empty()).then_some(true)
        }
        _ => None,
    }
}

/// Whether a comparison of whole numbers holds.
pub(super) fn compared(operator: BinaryOperator, left: &str, right: &str) -> Option<bool> {
    let (left, right) = (left.parse::<i64>().ok()?, right.parse::<i64>().ok()?);
    Some(match operator {
        BinaryOperator::Eq => left == right,
        BinaryOperator::NotEq => left != right,
        BinaryOperator::Less => left < right,
        BinaryOperator::LessEq => left <= right,
        BinaryOperator::Greater => left > right,
        BinaryOperator::GreaterEq => left >= right,
        BinaryOperator::Plus
        | BinaryOperator::Minus
        | BinaryOperator::Mul
        | BinaryOperator::Div
        | BinaryOperator::Mod
        | BinaryOperator::And
        | BinaryOperator::Or => return None,
    })
}

/// The whole number that an operator gives.
pub(super) fn computed(operator: BinaryOperator, left: &str, right: &str) -> Option<String> {
    let (left, right) = (left.parse::<i64>().ok()?, right.parse::<i64>().ok()?);
    let number = match operator {
        BinaryOperator::Plus => left.checked_add(right)?,
        BinaryOperator::Minus => left.checked_sub(right)?,
        BinaryOperator::Mul => left.checked_mul(right)?,
        BinaryOperator::Div if left.checked_rem(right)? == 0 => left.checked_div(right)?,
        BinaryOperator::Mod => left.checked_rem(right)?,
        BinaryOperator::Div
        | BinaryOperator::Eq
        | BinaryOperator::NotEq
        | BinaryOperator::Less
        | BinaryOperator::LessEq
        | BinaryOperator::Greater
        | BinaryOperator::GreaterEq
        | BinaryOperator::And
        | BinaryOperator::Or => return None,
    };
    Some(number.to_string())
}
