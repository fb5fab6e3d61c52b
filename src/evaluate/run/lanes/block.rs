//! Room for the values of a block, used again and again.

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
