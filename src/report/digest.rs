//! A short fingerprint of texts, so that a report says which rules and which facts it rests on.
//! It tells texts apart by accident, not against somebody who wants two of them to look alike.

use std::fmt;

/// 64 bits of one or several texts, by FNV-1a.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub u64);

const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Digest {
    /// The fingerprint of texts in their order. Where one ends and the next begins counts, too.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Digest {
        let mut state = START;
        for text in texts {
            state = take(state, text.as_bytes());
            state = take(state, &(text.len() as u64).to_le_bytes());
        }
        Digest(state)
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

fn take(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(PRIME))
}
