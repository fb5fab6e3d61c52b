//! The window of a case: where its first and its last day lie.

use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::model::clause::WhichEnd;
use crate::value::Day;
use crate::verdict::LastDay;

/// Where an edge of a window lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeDay {
    On(DayBounds),
    /// What it is counted from has not come yet.
    NotYet,
    /// What it is counted from is known not to be: there is no such day, and so no window.
    NoDay,
    /// The calendar does not have the day: for a person.
    NoSuchDay,
    Unknown,
    /// The text is silent.
    Blank,
    /// In reasonable time: a person says when that has passed.
    Reasonable,
    /// There is none.
    None,
}

/// First and last day, as far as they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub first: EdgeDay,
    pub last: EdgeDay,
    /// It is counted from a day that an act may fall on too, and only the hour tells which came first.
    pub after: bool,
}

/// Whether the last day has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    No,
    Yes,
    Open,
}

impl EdgeDay {
    /// What a value that is a day tells of an edge.
    pub fn told(value: Val) -> EdgeDay {
        match value {
            Val::Absent => EdgeDay::NotYet,
            Val::NoSuchDay => EdgeDay::NoSuchDay,
            value => match value.day_bounds() {
                // A day that is only known not to lie in a complete span says nothing about a window.
                Some(day) if day.first == Day::MIN && day.last == Day::MAX => EdgeDay::Unknown,
                Some(day) => EdgeDay::On(day),
                None => EdgeDay::Unknown,
            },
        }
    }

    /// A last day that was extended: never to an earlier day.
    pub fn moved_on(self, until: Option<Day>) -> EdgeDay {
        match (self, until) {
            (EdgeDay::On(day), Some(until)) => {
                EdgeDay::On(DayBounds { first: day.first.max(until), last: day.last.max(until), outside: None })
            }
            (last, _) => last,
        }
    }

    pub fn map(self, with: impl Fn(Day) -> Day) -> EdgeDay {
        match self {
            EdgeDay::On(day) => EdgeDay::On(DayBounds {
                first: with(day.first),
                last: with(day.last),
                outside: day.outside.map(|(from, through)| (with(from), with(through))),
            }),
            other => other,
        }
    }

    pub fn exact(self) -> Option<Day> {
        match self {
            EdgeDay::On(day) => day.exact(),
            _ => None,
        }
    }

    /// The first and the last day that it can be.
    pub fn ends(self) -> Option<(Day, Day)> {
        match self {
            EdgeDay::On(day) => Some((day.first, day.last)),
            _ => None,
        }
    }

    pub fn of_term(days: Option<crate::value::Stretch>, end: WhichEnd) -> EdgeDay {
        match (days, end) {
            (Some(days), WhichEnd::First) => EdgeDay::On(DayBounds::exactly(days.first())),
            (Some(days), WhichEnd::Last) => EdgeDay::On(DayBounds::exactly(days.last())),
            (None, _) => EdgeDay::Unknown,
        }
    }
}

impl Frame {
    /// Whether the window holds a day.
    pub fn holds(&self, day: Day) -> Truth {
        let day = DayBounds::exactly(day);
        let begun = match self.first {
            EdgeDay::On(first) => day.before(first).opposite(),
            EdgeDay::None => Truth::Yes,
            EdgeDay::NoDay | EdgeDay::NotYet => Truth::No,
            EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::NoSuchDay => Truth::Open,
        };
        let over = match self.last {
            EdgeDay::On(last) => last.before(day),
            EdgeDay::None | EdgeDay::NotYet => Truth::No,
            EdgeDay::NoDay => Truth::Yes,
            EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::NoSuchDay => Truth::Open,
        };
        begun.and(over.opposite())
    }

    pub fn first_day(&self) -> Option<Day> {
        self.first.exact()
    }

    pub fn last_day(&self) -> LastDay {
        match self.last {
            EdgeDay::On(day) => match day.exact() {
                Some(day) => LastDay::On(day),
                None => LastDay::Within(day.first, day.last),
            },
            EdgeDay::NotYet => LastDay::NotYet,
            EdgeDay::Unknown => LastDay::Unknown,
            EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None | EdgeDay::NoDay | EdgeDay::NoSuchDay => LastDay::None,
        }
    }

    /// Whether the last day has passed on a day.
    pub fn passed(&self, on: Day) -> Passed {
        match self.last {
            EdgeDay::On(day) if day.last < on => Passed::Yes,
            EdgeDay::On(day) if day.first >= on => Passed::No,
            EdgeDay::On(_) | EdgeDay::Unknown => Passed::Open,
            EdgeDay::NotYet | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => Passed::No,
            EdgeDay::NoDay | EdgeDay::NoSuchDay => Passed::No,
        }
    }

    /// The last day, first and last that it can be; the end of time where there is none.
    pub fn last_bounds(&self) -> (Day, Day) {
        match self.last {
            EdgeDay::On(day) => (day.first, day.last),
            EdgeDay::Unknown => (Day::MIN, Day::MAX),
            EdgeDay::NotYet | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => (Day::MAX, Day::MAX),
            EdgeDay::NoDay | EdgeDay::NoSuchDay => (Day::MAX, Day::MAX),
        }
    }

    /// The first day, first and last that it can be; the beginning of time where there is none.
    pub fn first_bounds(&self) -> (Day, Day) {
        match self.first {
            EdgeDay::On(day) => (day.first, day.last),
            EdgeDay::Unknown => (Day::MIN, Day::MAX),
            EdgeDay::NotYet => (Day::MAX, Day::MAX),
            EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None | EdgeDay::NoDay | EdgeDay::NoSuchDay => {
                (Day::MIN, Day::MIN)
            }
        }
    }

    /// The first day, where it is later than the last: the window holds no day.
    pub fn is_empty(&self) -> Option<(Day, Day)> {
        match (self.first, self.last) {
            (EdgeDay::On(first), EdgeDay::On(last)) => (first.first > last.last).then_some((first.first, last.last)),
            (_, _) => None,
        }
    }

    /// Whether it is open that the window holds a day: its ends may lie the wrong way round, or are not known and may be none.
    pub fn may_hold_no_day(&self) -> bool {
        self.may_be_none() || self.may_be_empty()
    }

    /// Whether an end is not given, and so may be none: also where it is known on which days it does not lie.
    pub fn may_be_none(&self) -> bool {
        let may_be_none = |edge: EdgeDay| match edge {
            EdgeDay::Unknown => true,
            EdgeDay::On(day) => day.first == Day::MIN || day.last == Day::MAX,
            _ => false,
        };
        may_be_none(self.first) || may_be_none(self.last)
    }

    /// Whether the first day may be later than the last.
    pub fn may_be_empty(&self) -> bool {
        let is_day = |edge: EdgeDay| matches!(edge, EdgeDay::On(_) | EdgeDay::Unknown);
        is_day(self.first) && is_day(self.last) && self.first_bounds().1 > self.last_bounds().0
    }
}

/// When somebody is a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberDays {
    pub from: EdgeDay,
    /// The first day out.
    pub until: EdgeDay,
    /// Whether the conditions of the membership held on the day of joining. Where they did not, it is no member.
    pub admitted: Truth,
}
