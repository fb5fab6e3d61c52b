//! A short fingerprint of texts, so that a report says which rules and which facts it rests on.
//! It tells texts apart by accident, not against somebody who wants two of them to look alike.

use std::fmt;

use crate::source::{Fingerprint, Text};

/// 64 bits of one or several texts, by FNV-1a. A text of a mebibyte or more is first reckoned down to 32 bytes and a rest, so
/// that a register costs little: see [`Fingerprint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub u64);

const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// A text is long from so many bytes on.
const LONG: usize = 1 << 20;

impl Digest {
    /// The fingerprint of words in their order. Where one ends and the next begins counts, too.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Digest {
        Digest(words.into_iter().fold(START, with))
    }

    /// The same of texts. One at rest that was read already is not fetched for it.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = &'a Text>) -> Digest {
        let more = |state: u64, text: &Text| match text.fingerprint() {
            Some(known) if text.len() >= LONG => take(take(state, known.bytes()), length(text.len())),
            Some(_) | None => with(state, text),
        };
        Digest(texts.into_iter().fold(START, more))
    }

    /// Reads all sixteen digits.
    pub fn parse(digits: &str) -> Option<Digest> {
        let all = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        all.then(|| u64::from_str_radix(digits, 16).ok().map(Digest)).flatten()
    }

    /// The first and last digits, for a reader: `7f3c…02a1`.
    pub fn short(self) -> String {
        format!("{:04x}…{:04x}", self.0 >> 48, self.0 & 0xffff)
    }
}

/// All sixteen digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

fn with(state: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    let state = if bytes.len() < LONG {
        take(state, bytes.iter().copied())
    } else {
        take(state, Fingerprint::of(bytes).bytes())
    };
    take(state, length(bytes.len()))
}

fn length(bytes: usize) -> [u8; 8] {
    (bytes as u64).to_le_bytes()
}

fn take(state: u64, bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(state, |state, byte| (state ^ u64::from(byte)).wrapping_mul(PRIME))
}
