//! Changes to bytes, the same for the same number.

/// Numbers that look random (Marsaglia 2003).
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// Those that follow from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// One below two to the power of one below a number: small ones as often as large ones.
    fn of_any_size(&mut self, bits: usize) -> usize {
        let bits = self.below(bits);
        self.below(1 << bits)
    }

    /// The next one below a number, which is above 0.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most.max(1)
    }
}

/// The longest input.
const LONGEST: usize = 1 << 16;
/// Bytes that stand at the borders of what is usual.
const ODD: [u8; 12] = [0, 1, 0x7f, 0x80, 0xff, b'\n', b'\r', b'<', b'"', b'{', b'\\', b' '];
/// Pieces that formats are made of.
const PIECES: [&str; 28] = [
    "\n\n",
    "\r\n",
    "\u{feff}",
    "\u{a0}",
    "\u{202e}",
    "ß",
    "İ",
    "港の防波堤。",
    "e\u{301}",
    "<p>",
    "</p>",
    "<div hidden>",
    "<table><tr><td>",
    "<!--",
    "]]>",
    "&#x110000;",
    "&amp",
    "```\n",
    "> ",
    "- ",
    "| a | b |\n|---|---|\n",
    "[x](y)",
    "\"text\": \"",
    "\\ud83d",
    "WARC/1.0\r\n",
    "Content-Length: 99999999999\r\n",
    "From a@b Mon Jun 16 13:53:00 2031\n",
    "18446744073709551615",
];

/// One of the seeds with a few changes.
pub fn changed(seeds: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seeds[numbers.below(seeds.len())].clone();
    if bytes.len() > LONGEST && numbers.below(8) > 0 {
        let from = numbers.below(bytes.len() - LONGEST / 2);
        bytes = bytes[from..].to_vec();
        bytes.truncate(LONGEST / 2);
    }
    for _ in 0..=numbers.below(6) {
        change(&mut bytes, seeds, numbers);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], numbers: &mut Numbers) {
    let at = numbers.below(bytes.len() + 1);
    let len = numbers.of_any_size(10).min(bytes.len() - at);
    match numbers.below(10) {
        0 if at < bytes.len() => bytes[at] ^= 1 << numbers.below(8),
        1 if at < bytes.len() => bytes[at] = ODD[numbers.below(ODD.len())],
        2 if at < bytes.len() => bytes[at] = numbers.below(256) as u8,
        3 => drop(bytes.drain(at..at + len)),
        4 => bytes.truncate(at),
        5 => {
            let piece = bytes[at..at + len].to_vec();
            let times = 1 + numbers.of_any_size(8);
            bytes.splice(at..at, piece.repeat(times.min(LONGEST / (len + 1))));
        }
        6 => {
            let piece = PIECES[numbers.below(PIECES.len())].repeat(1 + numbers.of_any_size(10));
            bytes.splice(at..at, piece.into_bytes());
        }
        7 => {
            let other = &seeds[numbers.below(seeds.len())];
            let from = numbers.below(other.len() + 1);
            let to = from + numbers.below(other.len() - from + 1).min(LONGEST / 4);
            bytes.splice(at..at + len, other[from..to].iter().copied());
        }
        8 => bytes
            .splice(at..at + len, (0..len).map(|_| numbers.below(256) as u8).collect::<Vec<_>>())
            .for_each(drop),
        _ => {
            // A number that is written in digits becomes another one.
            if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                bytes[at + digit] = b'0' + numbers.below(10) as u8;
            }
        }
    }
}
