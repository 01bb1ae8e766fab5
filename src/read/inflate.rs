//! Compressed input, told by its first bytes and not by its name.

use std::io::{BufRead, Error, Read, Result};
use std::sync::Arc;

use crate::read::budget::{Budget, Unpacked};
use crate::read::container::Container;
use crate::read::limits::MOST_LAYERS;
use crate::read::peek::Peek;
use crate::read::utf16::without_utf16;

/// A compression that is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

/// Memory that unpacking xz may take, in bytes; what its own strongest level makes takes half of it.
const XZ_MEMORY: u64 = 1 << 27;
/// Largest window of zstd, as a power of two.
const ZSTD_WINDOW: u32 = 27;

impl Compression {
    /// The compression of an input that begins with `head`.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match Container::of(head)? {
            Container::Gzip => Some(Self::Gzip),
            Container::Zstd => Some(Self::Zstd),
            Container::Bzip2 => Some(Self::Bzip2),
            Container::Xz => Some(Self::Xz),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }
}

/// Undoes the compressions of an input, and UTF-16 around JSON; with how many compressions they were.
pub(super) fn unpack<'r>(mut input: Peek<'r>, budget: &Arc<Budget>) -> Result<(Peek<'r>, usize)> {
    let mut layers = 0;
    while let (true, Some(compression)) = (layers < MOST_LAYERS, Compression::of(input.peek(10))) {
        input = inflate(compression, input, budget)?;
        layers += 1;
    }
    Ok((without_utf16(input), layers))
}

/// Unpacks `input`, all members or frames of it. An error of the reader names the compression.
pub(super) fn inflate<'r>(
    compression: Compression,
    input: Peek<'r>,
    budget: &Arc<Budget>,
) -> Result<Peek<'r>> {
    let inner: Box<dyn Read + Send + 'r> = match compression {
        Compression::Gzip => {
            Box::new(Members { decoder: Some(flate2::bufread::GzDecoder::new(input)) })
        }
        Compression::Zstd => {
            let mut decoder = zstd::Decoder::with_buffer(input)?;
            decoder.window_log_max(ZSTD_WINDOW)?;
            Box::new(decoder)
        }
        Compression::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
        Compression::Xz => {
            let stream = liblzma::stream::Stream::new_stream_decoder(
                XZ_MEMORY,
                liblzma::stream::CONCATENATED,
            )?;
            Box::new(liblzma::bufread::XzDecoder::new_stream(input, stream))
        }
    };
    let inner = Unpacked { inner, budget: budget.clone() };
    Ok(Peek::new(Named { inner, name: compression.name() }))
}

/// Reads the members of a gzip file one after the other. What follows the last one, such as padding, is left alone.
struct Members<R> {
    decoder: Option<flate2::bufread::GzDecoder<R>>,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        loop {
            let Some(decoder) = &mut self.decoder else { return Ok(0) };
            let read = decoder.read(out)?;
            if read > 0 || out.is_empty() {
                return Ok(read);
            }
            let mut rest = self
                .decoder
                .take()
                .map(flate2::bufread::GzDecoder::into_inner)
                .expect("it was there");
            if rest.fill_buf()?.first() == Some(&0x1f) {
                self.decoder = Some(flate2::bufread::GzDecoder::new(rest));
            }
        }
    }
}

/// Names the compression in an error of the reader.
struct Named<R> {
    inner: R,
    name: &'static str,
}

impl<R: Read> Read for Named<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        self.inner.read(out).map_err(|e| {
            if e.kind() == std::io::ErrorKind::Interrupted {
                e
            } else {
                Error::new(e.kind(), format!("{}: {e}", self.name))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::read::limits::Limits;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn xz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(packed: &[u8]) -> (Vec<u8>, Option<String>) {
        let compression = Compression::of(packed).expect("a compression");
        let budget = Arc::new(Budget::new(Limits::default(), packed.len() as u64));
        let (bytes, error) =
            inflate(compression, Peek::new(packed), &budget).unwrap().rest(1 << 20);
        (bytes, error.map(|e| e.to_string()))
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).unwrap();
        for pack in [&gzip as &dyn Fn(&[u8]) -> Vec<u8>, &bzip2, &xz, &zstd] {
            assert_eq!(
                unpacked(&[pack(b"one "), pack(b"two")].concat()),
                (b"one two".to_vec(), None)
            );
        }
        assert_eq!(unpacked(&[gzip(b"padded"), vec![0; 512]].concat()), (b"padded".to_vec(), None));
    }

    #[test]
    fn what_came_before_a_cut_is_kept_and_the_cut_named() {
        let text: Vec<u8> =
            (0..200_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).unwrap();
        for (pack, name) in [
            (&gzip as &dyn Fn(&[u8]) -> Vec<u8>, "gzip: "),
            (&xz, "xz: "),
            (&zstd, "zstd: "),
            (&bzip2, "bzip2: "),
        ] {
            let packed = pack(&text);
            let (bytes, error) = unpacked(&packed[..packed.len() * 9 / 10]);
            assert!(!bytes.is_empty() && text.starts_with(&bytes), "{name}");
            assert!(error.expect(name).starts_with(name));
        }
    }
}
