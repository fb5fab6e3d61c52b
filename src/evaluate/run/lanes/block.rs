//! Blocks of rows, the truths of a lane, and room for the values of a block, used again and again.

/// How many rows are looked at before the next step begins: what a step leaves behind stays in the nearest memory.
pub const BLOCK: usize = 2048;

/// A truth in a lane: it does not hold, it holds, or a judge has to look at the row.
pub const NO: u8 = 0;
pub const YES: u8 = 1;
pub const UNSURE: u8 = 2;

/// Vectors that are not in use.
#[derive(Default)]
pub struct Room {
    days: Vec<Vec<i32>>,
    wholes: Vec<Vec<i64>>,
    words: Vec<Vec<u32>>,
    bytes: Vec<Vec<u8>>,
}

macro_rules! room {
    ($take:ident, $give:ident, $field:ident, $kept:ty) => {
        pub fn $take(&mut self, length: usize) -> Vec<$kept> {
            let mut room = self.$field.pop().unwrap_or_default();
            room.resize(length, 0);
            room
        }

        pub fn $give(&mut self, room: Vec<$kept>) {
            self.$field.push(room);
        }
    };
}

impl Room {
    room!(take_days, give_days, days, i32);
    room!(take_wholes, give_wholes, wholes, i64);
    room!(take_words, give_words, words, u32);
    room!(take_bytes, give_bytes, bytes, u8);
}
