//! What a long text comes to in a few numbers, taken piece by piece from front to back.

/// A text of a mebibyte or more is reckoned down to 32 bytes and a rest. Four numbers go over it side by side: each begins
/// with its own number, from 0, and takes every fourth eight bytes, little end first: it is combined with them by exclusive
/// or, turned left by 29 bits and multiplied by the golden ratio's digits. How the text was cut into pieces does not matter.
#[derive(Clone, Debug)]
pub struct Fingerprint {
    lanes: [u64; 4],
    /// What did not fill four times eight bytes yet.
    rest: Vec<u8>,
}

const WIDE: u64 = 0x9e37_79b9_7f4a_7c15;

impl Default for Fingerprint {
    fn default() -> Self {
        Fingerprint { lanes: [0, 1, 2, 3], rest: Vec::with_capacity(32) }
    }
}

impl Fingerprint {
    pub fn of(text: &[u8]) -> Self {
        let mut all = Fingerprint::default();
        all.take(text);
        all
    }

    /// The next piece.
    pub fn take(&mut self, piece: &[u8]) {
        let missing = 32_usize.saturating_sub(self.rest.len()).min(piece.len());
        let (first, piece) = if self.rest.is_empty() { (&[][..], piece) } else { piece.split_at(missing) };
        self.rest.extend_from_slice(first);
        if let Ok(block) = <[u8; 32]>::try_from(self.rest.as_slice()) {
            self.blocks(&[block]);
            self.rest.clear();
        }
        let (blocks, rest) = piece.as_chunks::<32>();
        self.blocks(blocks);
        self.rest.extend_from_slice(rest);
    }

    fn blocks(&mut self, blocks: &[[u8; 32]]) {
        let mut lanes = self.lanes;
        for block in blocks {
            let (eights, _) = block.as_chunks::<8>();
            for (lane, eight) in lanes.iter_mut().zip(eights) {
                *lane = (*lane ^ u64::from_le_bytes(*eight)).rotate_left(29).wrapping_mul(WIDE);
            }
        }
        self.lanes = lanes;
    }

    /// The four numbers, little end first, and the bytes that were left over.
    pub fn bytes(&self) -> impl Iterator<Item = u8> {
        let lanes = self.lanes.iter().flat_map(|lane| lane.to_le_bytes());
        lanes.chain(self.rest.iter().copied())
    }
}
