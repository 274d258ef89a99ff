//! Reads addresses and blocks also in a constant, where the standard library cannot.

#![allow(clippy::indexing_slicing, reason = "indices are compared first; `get` is not constant")]

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Block;

/// Groups of an IPv6 address.
const GROUPS: usize = 8;

impl Block {
    /// Reads an address or a CIDR block; `None` where it is neither, as in [`str::parse`].
    #[must_use]
    pub const fn read(text: &[u8]) -> Option<Self> {
        let slash = find(text, 0, b'/');
        let (first, rest) = text.split_at(slash);
        let (address, bits): (u128, u32) = match read_address(first) {
            Some(IpAddr::V4(address)) => (address.to_bits() as u128, u32::BITS),
            Some(IpAddr::V6(address)) => (address.to_bits(), u128::BITS),
            None => return None,
        };
        let length = match rest {
            [] => bits,
            [_, length @ ..] => match number(length, 0, length.len(), bits) {
                Some(length) => length,
                None => return None,
            },
        };
        // A shift by all bits is none at all.
        let free = match u128::MAX.checked_shl(bits - length) {
            Some(network) => !network,
            None => u128::MAX,
        };
        let (first, last) = (address & !free, address | free);
        Some(if bits == u128::BITS {
            Self::V6 { first, last }
        } else {
            // Both are addresses of 32 bits.
            Self::V4 { first: first as u32, last: last as u32 }
        })
    }

    /// Whether each address of the other block lies in this one.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        match (self, other) {
            (Self::V4 { first, last }, Self::V4 { first: from, last: to }) => {
                first <= from && to <= last
            }
            (Self::V6 { first, last }, Self::V6 { first: from, last: to }) => {
                first <= from && to <= last
            }
            (Self::V4 { .. }, Self::V6 { .. }) | (Self::V6 { .. }, Self::V4 { .. }) => false,
        }
    }
}

/// Reads an address, as [`parse_address`](super::parse_address) does.
#[must_use]
pub const fn read_address(text: &[u8]) -> Option<IpAddr> {
    if let Some(address) = v4(text, 0, text.len()) {
        return Some(IpAddr::V4(Ipv4Addr::from_bits(address)));
    }
    match v6(text) {
        // An IPv4 address written as IPv6 is none.
        Some(address) if address >> 32 == 0xffff => None,
        Some(address) => Some(IpAddr::V6(Ipv6Addr::from_bits(address))),
        None => None,
    }
}

/// Four numbers between dots.
const fn v4(text: &[u8], start: usize, end: usize) -> Option<u32> {
    let (mut address, mut count, mut at) = (0u32, 0, start);
    while count < 4 {
        let dot = find(text, at, b'.');
        let dot = if dot < end { dot } else { end };
        if (dot == end) != (count == 3) {
            return None;
        }
        let Some(byte) = number(text, at, dot, 255) else { return None };
        address = address << 8 | byte;
        (count, at) = (count + 1, dot + 1);
    }
    Some(address)
}

/// Groups of hexadecimal digits between colons, the last two of which may be written as IPv4; `::`
/// stands once for groups of zeros, at least one.
const fn v6(text: &[u8]) -> Option<u128> {
    let (mut address, mut count, mut at) = (0u128, 0, 0);
    // How many groups stand before the `::`.
    let mut gap: Option<usize> = None;
    if at < text.len() && text[at] == b':' {
        if text.len() < 2 || text[1] != b':' {
            return None;
        }
        (gap, at) = (Some(0), 2);
    }
    while at < text.len() {
        let colon = find(text, at, b':');
        if colon == text.len() && find(text, at, b'.') < text.len() {
            let Some(tail) = v4(text, at, colon) else { return None };
            if count + 2 > GROUPS {
                return None;
            }
            (address, count) = (address << 32 | tail as u128, count + 2);
            break;
        }
        let Some(group) = group(text, at, colon) else { return None };
        if count == GROUPS {
            return None;
        }
        (address, count) = (address << 16 | group, count + 1);
        if colon == text.len() {
            break;
        }
        at = colon + 1;
        if at < text.len() && text[at] == b':' {
            if gap.is_some() {
                return None;
            }
            (gap, at) = (Some(count), at + 1);
        } else if at == text.len() {
            return None;
        }
    }
    match gap {
        None => {
            if count == GROUPS {
                Some(address)
            } else {
                None
            }
        }
        Some(before) if count < GROUPS => {
            // What stands behind the gap stays where it is, the rest moves to the front.
            let behind = 16 * (count - before) as u32;
            let tail = match u128::MAX.checked_shl(behind) {
                Some(head) => address & !head,
                None => address,
            };
            let head = match address.checked_shr(behind) {
                Some(head) => head,
                None => 0,
            };
            let free = 16 * (GROUPS - before) as u32;
            let head = match head.checked_shl(free) {
                Some(head) => head,
                // Nothing stands before the gap.
                None => 0,
            };
            Some(head | tail)
        }
        Some(_) => None,
    }
}

/// One to four hexadecimal digits.
const fn group(text: &[u8], start: usize, end: usize) -> Option<u128> {
    if end == start || end - start > 4 {
        return None;
    }
    let (mut group, mut at) = (0, start);
    while at < end {
        let Some(digit) = (text[at] as char).to_digit(16) else { return None };
        (group, at) = (group << 4 | digit as u128, at + 1);
    }
    Some(group)
}

/// A decimal number without a sign or leading zeros.
const fn number(text: &[u8], start: usize, end: usize, most: u32) -> Option<u32> {
    if end == start || end - start > 3 || (end - start > 1 && text[start] == b'0') {
        return None;
    }
    let (mut number, mut at) = (0, start);
    while at < end {
        if !text[at].is_ascii_digit() {
            return None;
        }
        (number, at) = (number * 10 + (text[at] - b'0') as u32, at + 1);
    }
    if number > most { None } else { Some(number) }
}

/// Where a byte stands first from `start` on, or the length.
const fn find(text: &[u8], start: usize, wanted: u8) -> usize {
    let mut at = start;
    while at < text.len() && text[at] != wanted {
        at += 1;
    }
    at
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use super::{Block, read_address};
    use crate::terms::operand::parse_address;
    use alloc::string::String;

    /// Both ways of reading a text, which must say the same.
    fn agrees(text: &str) {
        assert_eq!(read_address(text.as_bytes()), parse_address(text).ok(), "{text:?}");
        let length = text.split_once('/').map_or("", |(_, length)| length);
        if length.len() > 1 && length.starts_with('0') {
            // No reading of it is documented.
            assert_eq!(Block::read(text.as_bytes()), None, "{text:?}");
        } else {
            assert_eq!(Block::read(text.as_bytes()), text.parse().ok(), "{text:?}");
        }
    }

    #[test]
    fn a_constant_reads_what_is_read_at_run_time() {
        for text in [
            "",
            "/",
            "10.0.0.1",
            "10.0.0.1/",
            "10.0.0.0/8",
            "10.1.2.3/8",
            "0.0.0.0/0",
            "10.0.0.0/33",
            "10.0.0.0/32",
            "10.0.0.0/08",
            "10.0.0.0/00",
            "2001:db8::/032",
            "10.0.0.0/-1",
            "10.0.0.0/+8",
            "10.0.0.0/8/8",
            "010.0.0.1",
            "10.0.0",
            "10.0.0.0.0",
            "256.0.0.1",
            "10.0.0.1.",
            ".10.0.0.1",
            "10..0.1",
            "1e.0.0.1",
            "::",
            "::/0",
            "::1",
            "1::",
            "1::1",
            "::1/128",
            "::1/129",
            "2001:db8::/32",
            "2001:DB8::/32",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1::3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8::",
            "::1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:",
            ":1:2:3:4:5:6:7",
            "1::2::3",
            ":::",
            ":",
            "1:::2",
            "12345::",
            "g::",
            "::ffff:10.0.0.1",
            "::ffff:a00:1",
            "::ffff:0:0/96",
            "::fffe:10.0.0.1",
            "::10.0.0.1",
            "1:2:3:4:5:6:10.0.0.1",
            "1:2:3:4:5:6:7:10.0.0.1",
            "1:2:3:4:5:10.0.0.1",
            "1:2:3:4:5::10.0.0.1",
            "1:2:3:4:5:6::10.0.0.1",
            "10.0.0.1::",
            "::10.0.0.1:1",
            "::10.0.0",
            "fe80::1%eth0",
            "[::1]",
            "0:0:0:0:0:ffff:10.0.0.1",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/127",
            "\u{661}.0.0.1",
        ] {
            agrees(text);
        }
    }

    #[test]
    fn random_texts_are_read_alike() {
        let mut state = 42u64;
        let mut below = |end: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 16) % end
        };
        for _ in 0..200_000 {
            let parts = [
                "::", ":", ".", "/", "0", "1", "ff", "ffff", "10", "255", "32", "db8", "8", "0.0.1",
            ];
            let count = 1 + below(16);
            let text: String = (0..count)
                .filter_map(|_| parts.get(usize::try_from(below(14)).unwrap_or(0)).copied())
                .collect();
            agrees(&text);
        }
        for _ in 0..50_000 {
            // Mostly addresses: groups and separators take turns.
            let mut text = String::new();
            for group in 0..1 + below(9) {
                if group > 0 {
                    text.push_str(if below(6) == 0 { "::" } else { ":" });
                }
                text.push_str(
                    ["0", "1", "ff", "FFFF", "a00", "10.0.0.1"]
                        [usize::try_from(below(16)).unwrap_or(0).min(5)],
                );
            }
            agrees(&text);
        }
    }
}
