//! Whole numbers in a lane: numbers, or hundredths of a currency.

use super::block::{NO, Room, YES};
use super::look::Kept;
use super::steps::{Condition, How, Wholes};

impl How {
    fn fill(self, out: &mut [i64], other: &[i64]) {
        match self {
            How::Plus => each(out, other, i64::checked_add),
            How::Minus => each(out, other, i64::checked_sub),
            How::Times => each(out, other, i64::checked_mul),
        }
    }
}

fn each(out: &mut [i64], other: &[i64], how: impl Fn(i64, i64) -> Option<i64>) {
    for (slot, b) in out.iter_mut().zip(other) {
        let (a, b) = (*slot, *b);
        let absent = (a == i64::ABSENT) | (b == i64::ABSENT);
        let plain = (a < i64::ODD) & (b < i64::ODD);
        let reckoned = if plain { how(a, b).filter(|number| *number < i64::ODD) } else { None };
        *slot = if absent { i64::ABSENT } else { reckoned.unwrap_or(i64::UNKNOWN) };
    }
}

impl Wholes<'_> {
    pub fn fill(&self, first: usize, out: &mut [i64], room: &mut Room) {
        match self {
            Wholes::Fixed(number) => out.fill(*number),
            Wholes::Column(look) => look.fill(first, out),
            Wholes::Reckoned { how, a, b } => {
                let mut other = room.take_wholes(out.len());
                a.fill(first, out, room);
                b.fill(first, &mut other, room);
                how.fill(out, &other);
                room.give_wholes(other);
            }
            Wholes::DaysBetween(both) => {
                let (mut from, mut to) = (room.take_days(out.len()), room.take_days(out.len()));
                both.0.fill(first, &mut from, room);
                both.1.fill(first, &mut to, room);
                for (slot, (from, to)) in out.iter_mut().zip(from.iter().zip(&to)) {
                    *slot = between(*from, *to);
                }
                room.give_days(from);
                room.give_days(to);
            }
            Wholes::Chosen { cases, otherwise } => self.choose(first, out, room, (cases, otherwise)),
        }
    }

    fn choose(&self, first: usize, out: &mut [i64], room: &mut Room, of: (&[(Condition, Wholes)], &Wholes)) {
        let (cases, otherwise) = of;
        otherwise.fill(first, out, room);
        let (mut holds, mut amounts) = (room.take_bytes(out.len()), room.take_wholes(out.len()));
        // The first case that holds wins, so it is laid on last.
        for (condition, amount) in cases.iter().rev() {
            condition.fill(first, &mut holds, room);
            amount.fill(first, &mut amounts, room);
            for (slot, (holds, amount)) in out.iter_mut().zip(holds.iter().zip(&amounts)) {
                *slot = match *holds {
                    YES => *amount,
                    NO => *slot,
                    _ => i64::UNKNOWN,
                };
            }
        }
        room.give_bytes(holds);
        room.give_wholes(amounts);
    }
}

fn between(from: i32, to: i32) -> i64 {
    if from == i32::ABSENT || to == i32::ABSENT {
        return i64::ABSENT;
    }
    if from >= i32::ODD || to >= i32::ODD {
        return i64::UNKNOWN;
    }
    i64::from(to).saturating_sub(i64::from(from))
}
