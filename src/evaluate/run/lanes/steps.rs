//! The steps of a lane: what is to be worked out for each row, in columns. How each is done stands beside ([`super::condition`],
//! [`super::days`], [`super::wholes`]).

use super::look::Look;
use crate::evaluate::expr::form::Reckoned;
use crate::model::expr::Sense;
use crate::value::{Calendar, Period, Regime};

/// A truth for each row. What is asked the other way round (`is not`) is turned at the question itself, since an absent value
/// makes both false.
#[derive(Clone)]
pub enum Condition<'f> {
    Always(u8),
    All(Vec<Condition<'f>>),
    Any(Vec<Condition<'f>>),
    /// Turned as a whole: `unless`.
    Turned(Box<Condition<'f>>),
    /// A day has come by another.
    DayGiven {
        day: Days<'f>,
        by: i32,
        sense: Sense,
    },
    Given {
        what: Value<'f>,
        sense: Sense,
    },
    Before {
        a: Days<'f>,
        b: Days<'f>,
        sense: Sense,
    },
    SameDay {
        day: Days<'f>,
        days: Vec<i32>,
        sense: Sense,
    },
    Less {
        a: Wholes<'f>,
        b: Wholes<'f>,
        sense: Sense,
    },
    SameWhole {
        whole: Wholes<'f>,
        wholes: Vec<i64>,
        sense: Sense,
    },
    Word {
        word: Look<'f, u32>,
        words: Vec<u32>,
        sense: Sense,
    },
    YesNo {
        answer: Look<'f, u8>,
        yes: u8,
        no: u8,
    },
    /// One whose membership has these days is a member on a day.
    Member {
        from: Days<'f>,
        until: Option<Days<'f>>,
        on: Days<'f>,
    },
}

/// A value of which only matters whether there is one.
#[derive(Clone)]
pub enum Value<'f> {
    Whole(Look<'f, i64>),
    Word(Look<'f, u32>),
    YesNo(Look<'f, u8>),
}

/// A day for each row.
#[derive(Clone)]
pub enum Days<'f> {
    Fixed(i32),
    Column(Look<'f, i32>),
    /// The day of a year that a number gives. `known` has it for each year from `first` on.
    OfYear {
        year: Box<Wholes<'f>>,
        first: i64,
        known: Vec<i32>,
    },
    /// So many days later.
    Later {
        day: Box<Days<'f>>,
        by: i32,
    },
    Shifted {
        day: Box<Days<'f>>,
        by: Period,
        rule: Rule,
    },
}

/// How a period is reckoned.
#[derive(Clone, Copy)]
pub struct Rule {
    pub months: Regime,
    pub calendar: Calendar,
    pub what: Reckoned,
}

/// A whole number for each row.
#[derive(Clone)]
pub enum Wholes<'f> {
    Fixed(i64),
    Column(Look<'f, i64>),
    Reckoned {
        how: How,
        a: Box<Wholes<'f>>,
        b: Box<Wholes<'f>>,
    },
    DaysBetween(Box<(Days<'f>, Days<'f>)>),
    /// The first case whose condition holds.
    Chosen {
        cases: Vec<(Condition<'f>, Wholes<'f>)>,
        otherwise: Box<Wholes<'f>>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    Plus,
    Minus,
    Times,
}
