//! The Mersenne Twister with 32-bit words, seeded and read as Python's `random.Random(seed).random()`.
//! So the register that is drawn here has the same bytes as one drawn by a few lines of Python.

const WORDS: usize = 624;
const AHEAD: usize = 397;

pub struct Twister {
    words: [u32; WORDS],
    used: usize,
}

impl Twister {
    /// The seed is taken as Python takes a whole number: in words of 32 bits, lowest first.
    pub fn new(seed: u64) -> Twister {
        let (low, high) = ((seed & 0xffff_ffff) as u32, (seed >> 32) as u32);
        if high == 0 { Twister::of(&[low]) } else { Twister::of(&[low, high]) }
    }

    fn of(key: &[u32]) -> Twister {
        let mut words = plain(19_650_218);
        let mut at = 1;
        for step in 0..WORDS.max(key.len()) {
            let part = step % key.len();
            let mixed = words[at] ^ before(&words, at).wrapping_mul(1_664_525);
            words[at] = mixed.wrapping_add(key[part]).wrapping_add(part as u32);
            at = next(&mut words, at);
        }
        for _ in 1..WORDS {
            let mixed = words[at] ^ before(&words, at).wrapping_mul(1_566_083_941);
            words[at] = mixed.wrapping_sub(at as u32);
            at = next(&mut words, at);
        }
        words[0] = 0x8000_0000;
        Twister { words, used: WORDS }
    }

    /// A number from zero up to one, with 53 bits.
    pub fn unit(&mut self) -> f64 {
        let (high, low) = (u64::from(self.word() >> 5), u64::from(self.word() >> 6));
        ((high << 26) + low) as f64 / 9_007_199_254_740_992.0
    }

    /// A whole number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.unit() * bound as f64) as usize
    }

    fn word(&mut self) -> u32 {
        if self.used == WORDS {
            self.turn();
        }
        let mut word = self.words[self.used];
        self.used += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    fn turn(&mut self) {
        for at in 0..WORDS {
            let pair = (self.words[at] & 0x8000_0000) | (self.words[(at + 1) % WORDS] & 0x7fff_ffff);
            let odd = if pair & 1 == 1 { 0x9908_b0df } else { 0 };
            self.words[at] = self.words[(at + AHEAD) % WORDS] ^ (pair >> 1) ^ odd;
        }
        self.used = 0;
    }
}

fn plain(seed: u32) -> [u32; WORDS] {
    let mut words = [seed; WORDS];
    for at in 1..WORDS {
        words[at] = before(&words, at).wrapping_mul(1_812_433_253).wrapping_add(at as u32);
    }
    words
}

/// The word before, with its high bits mixed into the low ones.
fn before(words: &[u32; WORDS], at: usize) -> u32 {
    let word = words[at - 1];
    word ^ (word >> 30)
}

/// The place after; past the last one it begins anew, from the second, with the last word in the first.
fn next(words: &mut [u32; WORDS], at: usize) -> usize {
    if at + 1 < WORDS {
        return at + 1;
    }
    words[0] = words[WORDS - 1];
    1
}
