//! Free days of a regime: which days they are, and since when.

use crate::value::day::{Day, month_name};
use crate::value::feast::Feast;
use crate::value::weekday::Weekday;

/// Whether a day is free. A regime's history can leave that open for some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Freedom {
    Works,
    /// The law changed about this time, and the sources do not give the day.
    NotStated,
    Free,
}

/// Days that are free, since when.
pub(super) struct Free {
    what: What,
    since: Since,
}

#[derive(Clone, Copy)]
enum What {
    Weekday(Weekday),
    /// Saturdays of these months, the first and the last.
    SaturdaysOf(u32, u32),
    /// The calendar's public holidays.
    Holidays,
    Feast(Feast),
    /// Day and month.
    Date(u32, u32),
}

/// Year, month and day from which on days are free.
type Date = (i32, u32, u32);

#[derive(Clone, Copy)]
enum Since {
    /// As far back as any calendar goes.
    Always,
    From(Date),
    /// Not before the first, certainly from the second on.
    Between(Date, Date),
}

impl Free {
    pub(super) const SUNDAYS: Free = Free::always(What::Weekday(Weekday::Sunday));
    pub(super) const SATURDAYS: Free = Free::always(What::Weekday(Weekday::Saturday));
    pub(super) const HOLIDAYS: Free = Free::always(What::Holidays);

    const fn always(what: What) -> Free {
        Free { what, since: Since::Always }
    }

    pub(super) const fn feast(feast: Feast) -> Free {
        Free::always(What::Feast(feast))
    }

    pub(super) const fn date(day: u32, month: u32) -> Free {
        Free::always(What::Date(day, month))
    }

    pub(super) const fn saturdays_of(first: u32, last: u32) -> Free {
        Free::always(What::SaturdaysOf(first, last))
    }

    pub(super) const fn from(self, date: Date) -> Free {
        Free { what: self.what, since: Since::From(date) }
    }

    pub(super) const fn between(self, not_before: Date, certainly: Date) -> Free {
        Free { what: self.what, since: Since::Between(not_before, certainly) }
    }

    /// Which days these are, and since when, as a list of such days names them.
    pub(super) fn told(&self) -> String {
        let what = match self.what {
            What::Weekday(weekday) => format!("{weekday}s"),
            What::SaturdaysOf(first, last) => {
                format!("Saturdays from {} to {}", month_name(first), month_name(last))
            }
            What::Holidays => "public holidays".to_string(),
            What::Feast(feast) => feast.name().to_string(),
            What::Date(of_month, month) => format!("{of_month} {}", month_name(month)),
        };
        let date = |(year, month, day): Date| format!("{year}-{month:02}-{day:02}");
        match self.since {
            Since::Always => what,
            Since::From(first) => format!("{what} (since {})", date(first)),
            Since::Between(open, first) => {
                format!("{what} (since {} at the latest; not stated from {} on)", date(first), date(open))
            }
        }
    }

    /// What such a day is called.
    pub(super) fn named(&self, day: Day, holiday: Option<&str>) -> String {
        match self.what {
            What::Weekday(_) | What::SaturdaysOf(..) => day.weekday().to_string(),
            What::Holidays => holiday.unwrap_or("public holiday").to_string(),
            What::Feast(feast) => feast.name().to_string(),
            What::Date(of_month, month) => format!("{of_month} {}", month_name(month)),
        }
    }

    pub(super) fn on(&self, day: Day, holiday: bool) -> Freedom {
        let date = day.parts();
        if !self.what.is(day, holiday) {
            return Freedom::Works;
        }
        match self.since {
            Since::Always => Freedom::Free,
            Since::From(first) | Since::Between(_, first) if date >= first => Freedom::Free,
            Since::Between(open, _) if date >= open => Freedom::NotStated,
            Since::From(_) | Since::Between(_, _) => Freedom::Works,
        }
    }
}

impl What {
    fn is(self, day: Day, holiday: bool) -> bool {
        match self {
            What::Weekday(weekday) => day.weekday() == weekday,
            What::SaturdaysOf(first, last) => {
                day.weekday() == Weekday::Saturday && (first..=last).contains(&day.month())
            }
            What::Holidays => holiday,
            What::Feast(feast) => feast.in_year(day.year()) == Some(day),
            What::Date(of_month, month) => (day.day(), day.month()) == (of_month, month),
        }
    }
}
