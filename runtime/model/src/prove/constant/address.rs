//! IPv4 blocks in a constant.

use super::bytes::{Text, at, find, part};

/// The first and the last address of a block.
pub(super) const fn block(text: Text<'_>) -> Option<(u32, u32)> {
    let slash = find(text, b'/');
    let Some(address) = address(part(text, 0, slash)) else { return None };
    if slash == text.len() {
        return Some((address, address));
    }
    let Some(length) = number(part(text, slash + 1, text.len()), 32) else { return None };
    let free = if length == 0 { u32::MAX } else { !(u32::MAX << (32 - length)) };
    Some((address & !free, address | free))
}

/// Whether one block holds another; no when one of them is no IPv4 block.
pub(super) const fn block_covers(wide: Text<'_>, narrow: Text<'_>) -> bool {
    match (block(wide), block(narrow)) {
        (Some((first, last)), Some((from, to))) => first <= from && to <= last,
        _ => false,
    }
}

const fn address(text: Text<'_>) -> Option<u32> {
    let mut rest = text;
    let mut address = 0u32;
    let mut count = 0;
    while count < 4 {
        let dot = find(rest, b'.');
        if (dot == rest.len()) != (count == 3) {
            return None;
        }
        let Some(byte) = number(part(rest, 0, dot), 255) else { return None };
        address = address << 8 | byte;
        rest = part(rest, dot + 1, rest.len());
        count += 1;
    }
    Some(address)
}

/// A number without a sign or leading zeros.
const fn number(text: Text<'_>, most: u32) -> Option<u32> {
    if text.is_empty() || text.len() > 3 || (text.len() > 1 && at(text, 0) == b'0') {
        return None;
    }
    let mut number = 0u32;
    let mut index = 0;
    while index < text.len() {
        let byte = at(text, index);
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + (byte - b'0') as u32;
        index += 1;
    }
    if number > most { None } else { Some(number) }
}
