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

/// Reads one JSON value with nothing but blanks around it.
///
/// # Errors
///
/// The place and a sentence for the first thing that is not JSON.
pub fn read(text: &str) -> Result<Value<TextRange>, Text<TextRange>> {
    let mut cursor = Cursor::new(text);
    let value = value(&mut cursor, MAX_DEPTH)?;
    cursor.end()?;
    Ok(value)
}

fn value(cursor: &mut Cursor<'_>, depth: usize) -> Result<Value<TextRange>, Text<TextRange>> {
    let begins = cursor.kind(depth)?;
    let start = cursor.at();
    let kind = match begins {
        Begins::Object => {
            let mut members = Vec::new();
            cursor.object(|cursor, name, at| {
                let name = Text::new(Cow::into_owned(name), at);
                members.push(Member { name, value: value(cursor, depth - 1)? });
                Ok(())
            })?;
            Kind::Object(members)
        }
        Begins::Array => {
            let mut items = Vec::new();
            cursor.array(|cursor| {
                items.push(value(cursor, depth - 1)?);
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
