//! Conditions in a lane.

use super::block::{NO, Room, UNSURE, YES};
use super::look::Kept;
use super::steps::{Condition, Days, Value};
use crate::model::expr::Sense;

/// A truth as it is asked.
fn as_asked(sense: Sense, holds: bool) -> u8 {
    u8::from(holds == (sense == Sense::Straight))
}

impl Condition<'_> {
    pub fn fill(&self, first: usize, out: &mut [u8], room: &mut Room) {
        match self {
            Condition::Always(truth) => out.fill(*truth),
            Condition::All(parts) => joint(parts, first, out, room, NO),
            Condition::Any(parts) => joint(parts, first, out, room, YES),
            Condition::Turned(inner) => {
                inner.fill(first, out, room);
                out.iter_mut().for_each(|slot| *slot = turned(*slot));
            }
            Condition::DayGiven { day, by, sense } => {
                let mut days = room.take_days(out.len());
                day.fill(first, &mut days, room);
                for (slot, day) in out.iter_mut().zip(&days) {
                    // Of what is not plain only what is absent is not given for certain.
                    let plain = as_asked(*sense, (*day <= *by) & (*day != i32::ABSENT));
                    *slot = if (*day < i32::ODD) | (*day == i32::ABSENT) { plain } else { UNSURE };
                }
                room.give_days(days);
            }
            Condition::Given { what, sense } => given(what, *sense, first, out, room),
            Condition::Before { a, b, sense } => {
                let (mut left, mut right) = (room.take_days(out.len()), room.take_days(out.len()));
                a.fill(first, &mut left, room);
                b.fill(first, &mut right, room);
                compare(out, &left, &right, |a, b| as_asked(*sense, a < b));
                room.give_days(left);
                room.give_days(right);
            }
            Condition::Less { a, b, sense } => {
                let (mut left, mut right) = (room.take_wholes(out.len()), room.take_wholes(out.len()));
                a.fill(first, &mut left, room);
                b.fill(first, &mut right, room);
                compare(out, &left, &right, |a, b| as_asked(*sense, a < b));
                room.give_wholes(left);
                room.give_wholes(right);
            }
            Condition::SameDay { day, days, sense } => {
                let mut left = room.take_days(out.len());
                day.fill(first, &mut left, room);
                one_of(out, &left, |day| as_asked(*sense, days.contains(&day)));
                room.give_days(left);
            }
            Condition::SameWhole { whole, wholes, sense } => {
                let mut left = room.take_wholes(out.len());
                whole.fill(first, &mut left, room);
                one_of(out, &left, |whole| as_asked(*sense, wholes.contains(&whole)));
                room.give_wholes(left);
            }
            Condition::Word { word, words, sense } => {
                let mut left = room.take_words(out.len());
                word.fill(first, &mut left);
                one_of(out, &left, |word| as_asked(*sense, words.contains(&word)));
                room.give_words(left);
            }
            Condition::YesNo { answer, yes, no } => {
                answer.fill(first, out);
                for slot in out.iter_mut() {
                    *slot = match *slot {
                        0 => *no,
                        1 => *yes,
                        u8::ABSENT => NO,
                        _ => UNSURE,
                    };
                }
            }
            Condition::Member { from, until, on } => member((from, until.as_ref(), on), first, out, room),
        }
    }
}

fn turned(truth: u8) -> u8 {
    match truth {
        NO => YES,
        YES => NO,
        unsure => unsure,
    }
}

/// All of the parts, or one of them: a truth that decides does so whatever the others are.
fn joint(parts: &[Condition], first: usize, out: &mut [u8], room: &mut Room, decides: u8) {
    out.fill(turned(decides));
    let mut one = room.take_bytes(out.len());
    for part in parts {
        part.fill(first, &mut one, room);
        for (slot, one) in out.iter_mut().zip(&one) {
            // Of two that do not decide, the one that is unsure is the greater number.
            let decided = (*slot == decides) | (*one == decides);
            *slot = if decided { decides } else { (*slot).max(*one) };
        }
    }
    room.give_bytes(one);
}

/// An absent value makes the question and its opposite false.
fn compare<T: Kept>(out: &mut [u8], left: &[T], right: &[T], how: impl Fn(T, T) -> u8) {
    for (slot, (a, b)) in out.iter_mut().zip(left.iter().zip(right)) {
        let plain = (*a < T::ODD) & (*b < T::ODD);
        let absent = (*a == T::ABSENT) | (*b == T::ABSENT);
        let otherwise = if absent { NO } else { UNSURE };
        *slot = if plain { how(*a, *b) } else { otherwise };
    }
}

fn one_of<T: Kept>(out: &mut [u8], left: &[T], how: impl Fn(T) -> u8) {
    for (slot, value) in out.iter_mut().zip(left) {
        *slot = match *value {
            value if value < T::ODD => how(value),
            value if value == T::ABSENT => NO,
            _ => UNSURE,
        };
    }
}

fn given(what: &Value, sense: Sense, first: usize, out: &mut [u8], room: &mut Room) {
    fn told<T: Kept>(out: &mut [u8], values: &[T], sense: Sense) {
        for (slot, value) in out.iter_mut().zip(values) {
            *slot = match *value {
                value if value < T::ODD => as_asked(sense, true),
                value if value == T::ABSENT => as_asked(sense, false),
                _ => UNSURE,
            };
        }
    }
    match what {
        Value::Whole(look) => {
            let mut values = room.take_wholes(out.len());
            look.fill(first, &mut values);
            told(out, &values, sense);
            room.give_wholes(values);
        }
        Value::Word(look) => {
            let mut values = room.take_words(out.len());
            look.fill(first, &mut values);
            told(out, &values, sense);
            room.give_words(values);
        }
        Value::YesNo(look) => {
            let mut values = room.take_bytes(out.len());
            look.fill(first, &mut values);
            told(out, &values, sense);
            room.give_bytes(values);
        }
    }
}

fn member(of: (&Days, Option<&Days>, &Days), first: usize, out: &mut [u8], room: &mut Room) {
    let (from, until, on) = of;
    let length = out.len();
    let (mut begins, mut ends, mut days) = (room.take_days(length), room.take_days(length), room.take_days(length));
    from.fill(first, &mut begins, room);
    on.fill(first, &mut days, room);
    match until {
        Some(until) => until.fill(first, &mut ends, room),
        None => ends.fill(i32::ABSENT),
    }
    for (slot, ((begins, ends), on)) in out.iter_mut().zip(begins.iter().zip(&ends).zip(&days)) {
        let come = |day: i32| match day {
            i32::ABSENT => NO,
            day if day >= i32::ODD => UNSURE,
            day => u8::from(day <= *on),
        };
        *slot = match (*on < i32::ODD, come(*begins), turned(come(*ends))) {
            (true, NO, _) | (true, _, NO) => NO,
            (true, YES, YES) => YES,
            (_, _, _) => UNSURE,
        };
    }
    room.give_days(begins);
    room.give_days(ends);
    room.give_days(days);
}
