//! Reads blocks of IP addresses from CIDR notation: an address, and after `/` how many bits of it count,
//! as a decimal number without leading zeros.
//!
//! No document of RAM says what `10.0.0.0/08` means: readers take it for 8, for octal or for no block, so
//! that it is none here, as `010.0.0.1` is no address. Bits of the address behind those that count
//! are left out: `10.1.2.3/8` is `10.0.0.0/8` (RFC 4632). An IPv4 address written as IPv6 and one with a
//! zone (`fe80::1%eth0`) are none: RAM's documents show neither, and read as IPv6 the first would
//! miss every IPv4 block, while the second means something on one host alone (RFC 4007). A block of IPv6
//! has no IPv4 address in it, `::/0` too, and one of IPv4 none of IPv6.

use core::str::FromStr;

use ipnet::IpNet;

use super::{Block, OperandError, parse_address};

impl FromStr for Block {
    type Err = OperandError;

    fn from_str(text: &str) -> Result<Self, OperandError> {
        let block = match text.parse::<IpNet>() {
            Ok(block) => {
                // Checked on the address and the length as written.
                let (address, length) = text.split_once('/').ok_or(OperandError::Ip)?;
                parse_address(address)?;
                if length.len() > 1 && length.starts_with('0') {
                    return Err(OperandError::BlockLength);
                }
                block
            }
            Err(_) => IpNet::from(parse_address(text)?),
        };
        Ok(match block {
            IpNet::V4(block) => {
                Self::V4 { first: block.network().into(), last: block.broadcast().into() }
            }
            IpNet::V6(block) => {
                Self::V6 { first: block.network().into(), last: block.broadcast().into() }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::terms::operand::{Block, parse_address};

    #[test]
    fn reads_addresses_and_blocks() {
        for (block, address, expected) in [
            ("10.0.0.1", "10.0.0.1", Some(true)),
            ("10.0.0.1", "10.0.0.2", Some(false)),
            ("10.0.0.0/8", "10.255.255.255", Some(true)),
            ("10.0.0.0/8", "11.0.0.0", Some(false)),
            ("10.1.2.3/8", "10.255.255.255", Some(true)),
            ("0.0.0.0/0", "255.255.255.255", Some(true)),
            ("0.0.0.0/0", "::1", Some(false)),
            ("2001:db8::/32", "2001:db8:ffff::1", Some(true)),
            ("2001:db8::/32", "2001:db9::1", Some(false)),
            ("::/0", "10.0.0.1", Some(false)),
            ("10.0.0.0/33", "10.0.0.1", None),
            ("10.0.0.*", "10.0.0.1", None),
            ("10.0.0.0/8", "10.0.0", None),
            ("10.0.0.0/8", "010.0.0.1", None),
            ("10.0.0.0/8", "::ffff:10.0.0.1", None),
            ("::ffff:10.0.0.0/104", "10.0.0.1", None),
            ("10.0.0.0/08", "10.0.0.1", None),
            ("10.0.0.0/00", "10.0.0.1", None),
            ("10.0.0.0/+8", "10.0.0.1", None),
            ("10.0.0.0/8 ", "10.0.0.1", None),
            ("10.0.0.0/", "10.0.0.1", None),
            ("10.0.0.0/8/8", "10.0.0.1", None),
            ("2001:db8::/032", "2001:db8::1", None),
            ("::/0", "::ffff:10.0.0.1", None),
            ("::ffff:0:0/96", "10.0.0.1", None),
            ("::fffe:0:0/95", "10.0.0.1", Some(false)),
            ("::10.0.0.1", "10.0.0.1", Some(false)),
            ("fe80::/10", "fe80::1%eth0", None),
            ("fe80::1%eth0", "fe80::1", None),
            ("fe80::%1/64", "fe80::1", None),
            ("[::1]", "::1", None),
            ("", "10.0.0.1", None),
        ] {
            let result = block
                .parse::<Block>()
                .and_then(|block| Ok(block.contains(parse_address(address)?)));
            assert_eq!(result.ok(), expected, "{block:?} and {address:?}");
        }
    }
}
