//! A log as it is kept: plain, or packed with gzip.

use std::io::{self, BufReader, Chain, Cursor, Read};

use flate2::bufread::MultiGzDecoder;

/// What gzip begins with; no record does.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Bytes that packed data may give, however small they are.
const ALWAYS: u64 = 64 << 20;

/// How many times its size packed data may give beyond that. Logs give 10 to 50 times, and a file
/// that is made to fill a disk up to 1,032 times.
const MOST_TIMES: u64 = 256;

/// The input from its first byte on, the first of which have been looked at.
type Begun<R> = Chain<Cursor<Vec<u8>>, R>;

/// Gives a log as it is, and one that is packed with gzip unpacked.
#[derive(Debug)]
pub(crate) struct Unpacked<R> {
    source: Source<R>,
}

#[derive(Debug)]
enum Source<R> {
    /// Nothing was read; `None` where that failed.
    Unread(Option<R>),
    Plain(Begun<R>),
    Packed {
        decoder: Box<MultiGzDecoder<BufReader<Counted<Begun<R>>>>>,
        given: u64,
    },
}

impl<R: Read> Unpacked<R> {
    pub(crate) const fn new(input: R) -> Self {
        Self { source: Source::Unread(Some(input)) }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Source::Unread(input) = &mut self.source {
            let Some(input) = input.take() else { return Ok(0) };
            self.source = begin(input)?;
        }
        match &mut self.source {
            Source::Unread(_) => Ok(0),
            Source::Plain(input) => input.read(buffer),
            Source::Packed { decoder, given } => {
                let read = decoder.read(buffer)?;
                *given = given.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
                let packed = decoder.get_ref().get_ref().bytes;
                if *given > ALWAYS.saturating_add(packed.saturating_mul(MOST_TIMES)) {
                    let message = "the gzip data unpack to more than 256 times their size";
                    return Err(io::Error::new(io::ErrorKind::InvalidData, message));
                }
                Ok(read)
            }
        }
    }
}

/// Looks at the first bytes.
fn begin<R: Read>(mut input: R) -> io::Result<Source<R>> {
    let mut start = Vec::new();
    input.by_ref().take(MAGIC.len() as u64).read_to_end(&mut start)?;
    let is_packed = start == MAGIC;
    let input = Cursor::new(start).chain(input);
    if !is_packed {
        return Ok(Source::Plain(input));
    }
    let input = BufReader::with_capacity(1 << 16, Counted { input, bytes: 0 });
    Ok(Source::Packed { decoder: Box::new(MultiGzDecoder::new(input)), given: 0 })
}

/// Counts the bytes that were read.
#[derive(Debug)]
struct Counted<R> {
    input: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.bytes = self.bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test")]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: &[u8]) -> Result<Vec<u8>, String> {
        let mut found = Vec::new();
        match Unpacked::new(bytes).read_to_end(&mut found) {
            Ok(_) => Ok(found),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn gives_what_was_packed() {
        let whole = packed(b"{}\n");
        for (name, bytes, expected) in [
            ("nothing", Vec::new(), Ok(&b""[..])),
            ("one byte", vec![0x1f], Ok(&[0x1f][..])),
            ("plain", b"{}\n".to_vec(), Ok(&b"{}\n"[..])),
            ("packed", whole.clone(), Ok(&b"{}\n"[..])),
            ("packed files behind each other", whole.repeat(2), Ok(&b"{}\n{}\n"[..])),
            ("cut off", whole[..whole.len() - 1].to_vec(), Err(())),
            ("changed", [&whole[..whole.len() - 8], &[0; 8]].concat(), Err(())),
            ("no gzip behind its first bytes", b"\x1f\x8bxxxx".to_vec(), Err(())),
        ] {
            assert_eq!(read(&bytes).map_err(|_| ()), expected.map(<[u8]>::to_vec), "{name}");
        }
    }

    #[test]
    fn what_unpacks_without_end_is_an_error() {
        // One tenth of a megabyte that gives a hundred.
        let bomb = packed(&vec![b' '; 100 << 20]);
        assert!(bomb.len() < 200 << 10);
        let mut input = Unpacked::new(&bomb[..]);
        let (mut buffer, mut given) = (vec![0; 1 << 16], 0);
        let error = loop {
            match input.read(&mut buffer) {
                Ok(0) => break None,
                Ok(read) => given += read,
                Err(error) => break Some(error.to_string()),
            }
        };
        assert_eq!(
            error.as_deref(),
            Some("the gzip data unpack to more than 256 times their size")
        );
        assert!(given <= (64 << 20) + 256 * bomb.len(), "{given}");
    }
}
