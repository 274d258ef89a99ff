//! Changes inputs a little, as a fuzzer does.

use crate::choices::Dice;

/// Bytes that mean something to one of the readers.
const SIGNS: &[&str] = &[
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "*",
    "?",
    "/",
    "\0",
    "\n",
    "#",
    "!",
    "$",
    "<",
    ">",
    "=",
    ";",
    "(",
    ")",
    "-",
    "0",
    "9",
    ".",
    "T",
    "Z",
    "acs:",
    "ecs:",
    "\u{e9}",
    "\u{202e}",
    "\u{430}",
    "${",
    "{#",
    "`",
    "```",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "1e9",
    " ",
    "\t",
    "&a ",
    "*a ",
    "<<EOT\n",
    "%{",
    "||",
    "r#",
    "'",
    "\u{feff}",
    "\u{1f600}",
];

/// A seed with some bytes changed, left out, doubled, or taken from another seed.
pub fn mutated(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let seed = |dice: &mut Dice| seeds.get(dice.below(seeds.len())).map_or(&[][..], Vec::as_slice);
    let mut bytes = seed(dice).to_vec();
    for _ in 0..dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(20)).min(bytes.len());
        match dice.below(8) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            2 => {
                let other = seed(dice);
                let from = dice.below(other.len() + 1);
                let part = other[from..(from + dice.below(200)).min(other.len())].to_vec();
                bytes.splice(at..end, part);
            }
            3 => bytes.truncate(at),
            4 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            5 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(dice.below(256)).unwrap_or(0);
                }
            }
            _ => {
                let sign = dice.pick(SIGNS).unwrap_or("").bytes();
                bytes.splice(at..end.min(at + dice.below(2)), sign);
            }
        }
    }
    bytes
}
