//! Reads JSON text strictly, with the place of every value.
//!
//! Written here because places, duplicate members and number texts are needed, which the common
//! libraries do not keep. Depth is bounded, so that nesting cannot exhaust the stack.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::cursor::{Begins, Cursor, TextRange};
use super::{Kind, Member, Value};
use crate::text::place::Text;

/// Deepest nesting that is read; a policy nests five deep.
pub const MAX_DEPTH: usize = 64;

/// Most values that are read into a tree, which takes some hundred bytes for each.
pub const MAX_VALUES: usize = 1 << 21;

/// Reads one JSON value with nothing but blanks around it.
///
/// # Errors
///
/// The place and a sentence for the first thing that is not JSON.
pub fn read(text: &str) -> Result<Value<TextRange>, Text<TextRange>> {
    let mut cursor = Cursor::new(text);
    let mut left = MAX_VALUES;
    let value = value(&mut cursor, MAX_DEPTH, &mut left)?;
    cursor.end()?;
    Ok(value)
}

/// A value; no more than `left` others are read after it.
fn value(
    cursor: &mut Cursor<'_>,
    depth: usize,
    left: &mut usize,
) -> Result<Value<TextRange>, Text<TextRange>> {
    let begins = cursor.kind(depth)?;
    *left = left.checked_sub(1).ok_or_else(|| cursor.error("more values than are read"))?;
    let start = cursor.at();
    let kind = match begins {
        Begins::Object => {
            let mut members = Vec::new();
            cursor.object(|cursor, name, at| {
                let name = Text::new(Cow::into_owned(name), at);
                members.push(Member { name, value: value(cursor, depth - 1, left)? });
                Ok(())
            })?;
            Kind::Object(members)
        }
        Begins::Array => {
            let mut items = Vec::new();
            cursor.array(|cursor| {
                items.push(value(cursor, depth - 1, left)?);
                Ok(())
            })?;
            Kind::Array(items)
        }
        Begins::String => Kind::String(cursor.string()?.into_owned()),
        Begins::Number => Kind::Number(cursor.number()?.into()),
        Begins::Word => cursor.word()?.map_or(Kind::Null, Kind::Boolean),
    };
    Ok(Value { at: TextRange { start, end: cursor.at() }, kind })
}
