//! Bytes under gzip, unpacked: where they grow as only bytes do that were made for it, reading ends.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

/// Unpacked bytes from which on is asked how they grew.
const FREE: u64 = 32 << 20;

/// How many times as large as its packed bytes a file may be. The most regular tables and lists of statements reach a
/// hundred; gzip itself ends at a thousand.
const TIMES: u64 = 250;

/// What was under gzip.
pub struct Unpacked<R> {
    decoder: MultiGzDecoder<Counted<R>>,
    packed: Arc<AtomicU64>,
    given: u64,
}

/// A reader whose bytes are counted.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: BufRead> Unpacked<R> {
    /// Unpacks what a reader gives.
    pub fn new(inner: R) -> Self {
        let packed = Arc::new(AtomicU64::new(0));
        let decoder = MultiGzDecoder::new(Counted { inner, count: Arc::clone(&packed) });
        Self { decoder, packed, given: 0 }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.given += read as u64;
        if self.given > FREE && self.given / TIMES > self.packed.load(Ordering::Relaxed) {
            let reason = format!("it unpacks to more than {TIMES} times its size; unpack it yourself if you trust it");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        Ok(read)
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count.fetch_add(amount as u64, Ordering::Relaxed);
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write, sink};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::Unpacked;

    fn packed(bytes: &[u8], times: usize) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        (0..times).for_each(|_| encoder.write_all(bytes).expect("packed"));
        encoder.finish().expect("packed")
    }

    #[test]
    fn what_was_made_to_grow_is_refused() {
        let bomb = packed(&[b'a'; 1 << 20], 64);
        let read = std::io::copy(&mut Unpacked::new(&*bomb), &mut sink());
        assert!(read.is_err_and(|error| error.to_string().contains("250 times")));
        // Two files one after the other are one, as gzip has it.
        let two = [packed(b"one ", 1), packed(b"two", 1)].concat();
        let mut text = String::new();
        Unpacked::new(&*two).read_to_string(&mut text).expect("whole");
        assert_eq!(text, "one two");
    }
}
