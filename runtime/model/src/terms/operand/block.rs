//! Runs of IP addresses.

use core::net::IpAddr;

/// A run of IP addresses of one family, its last address included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Block {
    /// IPv4.
    V4 {
        /// First address.
        first: u32,
        /// Last address.
        last: u32,
    },
    /// IPv6.
    V6 {
        /// First address.
        first: u128,
        /// Last address.
        last: u128,
    },
}

impl Block {
    /// Whether the address lies in the block.
    #[inline]
    #[must_use]
    pub fn contains(self, address: IpAddr) -> bool {
        match (self, address) {
            (Self::V4 { first, last }, IpAddr::V4(address)) => {
                (first..=last).contains(&u32::from(address))
            }
            (Self::V6 { first, last }, IpAddr::V6(address)) => {
                (first..=last).contains(&u128::from(address))
            }
            _ => false,
        }
    }
}
