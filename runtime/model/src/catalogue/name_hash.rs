//! Where an action's name stands in the index of all names: a perfect hash, worked out by the
//! generator, which compiles this very file.

const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xd6e8_feb8_6659_fd93;
/// Sets the bit that tells small letters from capital ones. What else becomes alike does not
/// matter, because the name that is found is compared.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// A hash of a name, ASCII case ignored.
pub(crate) fn name_hash(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut hash = FIRST ^ name.len() as u64;
    for chunk in chunks {
        hash = mix(hash, u64::from_le_bytes(*chunk));
    }
    // The last eight bytes, some of them once more: copying the rest byte by byte is slower.
    match bytes.last_chunk() {
        Some(last) => mix(hash, u64::from_le_bytes(*last)),
        None => rest.iter().fold(hash, |hash, byte| mix(hash, u64::from(*byte))),
    }
}

fn mix(hash: u64, chunk: u64) -> u64 {
    let hash = (hash ^ (chunk | SMALL)).wrapping_mul(FIRST);
    hash ^ (hash >> 29)
}

/// The bucket of a hash among so many.
pub(crate) fn bucket(hash: u64, buckets: usize) -> usize {
    scale(hash & 0xffff_ffff, buckets)
}

/// The slot of a hash among so many, when its bucket is displaced by so much.
pub(crate) fn slot(hash: u64, displacement: u16, slots: usize) -> usize {
    let moved = (hash ^ u64::from(displacement).wrapping_mul(FIRST)).wrapping_mul(SECOND);
    scale(moved >> 32, slots)
}

/// A number below 2^32, scaled to one below `most`.
fn scale(number: u64, most: usize) -> usize {
    usize::try_from(number.wrapping_mul(most as u64) >> 32).unwrap_or(0)
}
