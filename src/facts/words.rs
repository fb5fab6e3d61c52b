//! Texts by number: each different text is kept once.
//! A register brings texts by the million, so they stand in one long text, and are found by a table of numbers.

use std::hash::{BuildHasher, RandomState};

use super::column::LAST_WORD;

/// A text by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(pub u32);

#[derive(Clone, Debug)]
pub struct Words {
    /// All texts behind one another, and where each ends.
    all: String,
    ends: Vec<usize>,
    /// The numbers of the texts, each at the place that its hash names or at the next that was free, below the hash: so that
    /// nearly always one look tells whether this is the text that is sought.
    slots: Vec<u64>,
    /// Mixed into every hash, so that nobody can write texts that all want one place. The numbers do not depend on it.
    salt: u64,
}

const FREE: u64 = u64::MAX;
const FEWEST_SLOTS: usize = 64;
/// Room is made for at most so many texts at once.
const MOST_FORESEEN: usize = 1 << 24;
/// And for so many bytes.
const MOST_ROOM: usize = 1 << 26;
/// So many bytes are looked at before it is asked what came of it.
const AT_ONCE: usize = 1 << 10;

impl Default for Words {
    fn default() -> Self {
        let salt = RandomState::new().hash_one(0_u8);
        Words { all: String::new(), ends: Vec::new(), slots: vec![FREE; FEWEST_SLOTS], salt }
    }
}

impl Words {
    /// The number of a text, taking it in if it is new. Numbers end below those that columns keep for themselves; past
    /// them (over four thousand million texts) the last is reused.
    pub fn take(&mut self, text: &str) -> Word {
        let hash = self.hash(text.as_bytes());
        let slot = match self.look(text, hash) {
            Ok(word) => return word,
            Err(slot) => slot,
        };
        let Word(number) = self.add(text);
        if let Some(free) = self.slots.get_mut(slot) {
            *free = u64::from(hash) << 32 | u64::from(number);
        }
        // A table that is at most half full has a free place near every hash.
        if self.ends.len().saturating_mul(2) > self.slots.len() {
            self.spread(self.slots.len().saturating_mul(2));
        }
        Word(number)
    }

    /// Takes a text in under a number of its own, without looking whether it is there. It is not found by its words.
    pub fn add(&mut self, text: &str) -> Word {
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX).min(LAST_WORD);
        self.all.push_str(text);
        self.ends.push(self.all.len());
        Word(number)
    }

    /// Makes room for so many texts more, if they are as long as those that are there.
    pub fn make_room(&mut self, more: usize) {
        let more = more.min(MOST_FORESEEN);
        let each = self.all.len().checked_div(self.ends.len()).unwrap_or(0);
        // One text may be as long as its file; then the others are not.
        self.all.reserve(more.saturating_mul(each).min(MOST_ROOM));
        self.ends.reserve(more);
        let slots = self.ends.len().saturating_add(more).saturating_mul(2).next_power_of_two();
        if slots > self.slots.len() {
            self.spread(slots);
        }
    }

    /// Forgets all texts, and keeps the room they had.
    pub fn clear(&mut self) {
        self.all.clear();
        self.ends.clear();
        self.slots.fill(FREE);
    }

    /// Whether any of the texts may hold a character that cannot be seen, by a look at the bytes that such characters begin with.
    pub fn may_hide(&self) -> bool {
        let bytes = self.all.as_bytes();
        let is_control = |byte: &u8| (*byte < b' ' && !matches!(*byte, b'\n' | b'\t')) || *byte == 0x7f;
        // Many bytes at once, none of which waits for the one before it.
        bytes.chunks(AT_ONCE).any(|some| some.iter().fold(false, |found, byte| found | is_control(byte)))
            || memchr::memchr3(0xc2, 0xd8, 0xe2, bytes).is_some()
            || memchr::memchr3(0xcd, 0xe1, 0xe3, bytes).is_some()
            || memchr::memchr3(0xee, 0xef, 0xf0, bytes).is_some()
            || memchr::memchr2(0xf3, 0xf4, bytes).is_some()
    }

    pub fn find(&self, text: &str) -> Option<Word> {
        self.look(text, self.hash(text.as_bytes())).ok()
    }

    pub fn text(&self, word: Word) -> &str {
        let at = word.0 as usize;
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let part = start.zip(self.ends.get(at)).and_then(|(start, end)| self.all.get(start..*end));
        part.unwrap_or("")
    }

    /// How many texts there are; their numbers are those below.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The word, or the free place where it would stand.
    fn look(&self, text: &str, hash: u32) -> Result<Word, usize> {
        let mask = self.slots.len().saturating_sub(1);
        let mut slot = hash as usize & mask;
        loop {
            match self.slots.get(slot) {
                None | Some(&FREE) => return Err(slot),
                Some(there) if there >> 32 == u64::from(hash) && self.text(word(*there)) == text => {
                    return Ok(word(*there));
                }
                Some(_) => slot = slot.wrapping_add(1) & mask,
            }
        }
    }

    fn spread(&mut self, slots: usize) {
        let mask = slots.saturating_sub(1);
        let mut table = vec![FREE; slots];
        for there in self.slots.iter().filter(|there| **there != FREE) {
            let mut slot = (there >> 32) as usize & mask;
            while table.get(slot).is_some_and(|taken| *taken != FREE) {
                slot = slot.wrapping_add(1) & mask;
            }
            if let Some(free) = table.get_mut(slot) {
                *free = *there;
            }
        }
        self.slots = table;
    }

    /// Eight bytes at a time; each step multiplies into 128 bits and folds them, so that every bit reaches every other.
    fn hash(&self, bytes: &[u8]) -> u32 {
        let (eights, rest) = bytes.as_chunks::<8>();
        let mut state = self.salt ^ (bytes.len() as u64);
        for eight in eights {
            state = folded(state ^ u64::from_le_bytes(*eight));
        }
        let last = rest.iter().fold(0_u64, |last, byte| last << 8 | u64::from(*byte));
        folded(folded(state ^ last)) as u32
    }
}

/// The number that stands below the hash.
fn word(there: u64) -> Word {
    Word(there as u32)
}

fn folded(state: u64) -> u64 {
    let product = u128::from(state ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (product >> 64) as u64 ^ product as u64
}
