//! Reads blocks of IP addresses from CIDR notation.

use core::str::FromStr;

use ipnet::IpNet;

use super::{Block, OperandError, parse_address};

impl FromStr for Block {
    type Err = OperandError;

    fn from_str(text: &str) -> Result<Self, OperandError> {
        let block = match text.parse::<IpNet>() {
            Ok(block) => {
                // Checked on the address as written.
                parse_address(text.split('/').next().unwrap_or(text))?;
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
            ("", "10.0.0.1", None),
        ] {
            let result = block
                .parse::<Block>()
                .and_then(|block| Ok(block.contains(parse_address(address)?)));
            assert_eq!(result.ok(), expected, "{block:?} and {address:?}");
        }
    }
}
