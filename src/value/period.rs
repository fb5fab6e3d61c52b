//! Periods: lengths of time such as `1 month` or `30 days`, not bound to any day.
//! Months and days are different kinds: which is longer depends on where one starts, so they are never compared.

use std::cmp::Ordering;
use std::fmt;

/// A length of time in months, days and working days. Years are twelve months, weeks seven days.
/// A negative part counts backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Period {
    pub months: i32,
    pub days: i32,
    pub working_days: i32,
}

/// What a period is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A period of length zero.
    Nothing,
    /// Years and months.
    Months,
    /// Weeks and days.
    Days,
    WorkingDays,
    /// More than one of these.
    Mixed,
}

impl Period {
    pub fn years(years: i32) -> Period {
        Period::months(years.saturating_mul(12))
    }

    pub fn months(months: i32) -> Period {
        Period { months, ..Period::default() }
    }

    pub fn weeks(weeks: i32) -> Period {
        Period::days(weeks.saturating_mul(7))
    }

    pub fn days(days: i32) -> Period {
        Period { days, ..Period::default() }
    }

    pub fn working_days(working_days: i32) -> Period {
        Period { working_days, ..Period::default() }
    }

    /// Both together; `None` past the largest length.
    pub fn plus(&self, other: &Period) -> Option<Period> {
        Some(Period {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            working_days: self.working_days.checked_add(other.working_days)?,
        })
    }

    /// So many times this period; `None` past the largest length.
    pub fn times(&self, times: i32) -> Option<Period> {
        Some(Period {
            months: self.months.checked_mul(times)?,
            days: self.days.checked_mul(times)?,
            working_days: self.working_days.checked_mul(times)?,
        })
    }

    /// The same length backwards.
    pub fn negate(&self) -> Period {
        Period {
            months: self.months.saturating_neg(),
            days: self.days.saturating_neg(),
            working_days: self.working_days.saturating_neg(),
        }
    }

    pub fn is_zero(&self) -> bool {
        *self == Period::default()
    }

    /// Whether some part counts backwards.
    pub fn goes_back(&self) -> bool {
        self.months < 0 || self.days < 0 || self.working_days < 0
    }

    pub fn kind(&self) -> Kind {
        match (self.months != 0, self.days != 0, self.working_days != 0) {
            (false, false, false) => Kind::Nothing,
            (true, false, false) => Kind::Months,
            (false, true, false) => Kind::Days,
            (false, false, true) => Kind::WorkingDays,
            (true, true, _) | (true, _, true) | (_, true, true) => Kind::Mixed,
        }
    }

    /// Which is longer; `None` when the two are not counted in the same. Nothing compares with every pure kind.
    pub fn compare(&self, other: &Period) -> Option<Ordering> {
        match (self.kind(), other.kind()) {
            (Kind::Mixed, _) | (_, Kind::Mixed) => (self == other).then_some(Ordering::Equal),
            (Kind::Nothing, _) | (_, Kind::Nothing) => Some(self.only_part().cmp(&other.only_part())),
            (one, two) if one == two => Some(self.only_part().cmp(&other.only_part())),
            (Kind::Months | Kind::Days | Kind::WorkingDays, Kind::Months | Kind::Days | Kind::WorkingDays) => None,
        }
    }

    /// The one part that is not zero, of a period that is not mixed.
    fn only_part(&self) -> i32 {
        self.months.saturating_add(self.days).saturating_add(self.working_days)
    }
}

/// `1 year and 3 months`, `30 days`, `minus 1 month`, `1 month minus 2 days`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amounts = [
            (self.months / 12, "year"),
            (self.months % 12, "month"),
            (self.days, "day"),
            (self.working_days, "working day"),
        ];
        let forward = amounts.iter().filter(|(n, _)| *n > 0).map(counted).collect();
        let back = amounts.iter().filter(|(n, _)| *n < 0).map(counted).collect();
        match (listed(forward), listed(back)) {
            (None, None) => f.write_str("0 days"),
            (Some(forward), None) => f.write_str(&forward),
            (None, Some(back)) => write!(f, "minus {back}"),
            (Some(forward), Some(back)) => write!(f, "{forward} minus {back}"),
        }
    }
}

fn counted((number, unit): &(i32, &str)) -> String {
    let ending = if number.unsigned_abs() == 1 { "" } else { "s" };
    format!("{} {unit}{ending}", number.unsigned_abs())
}

/// `a`, `a and b`, `a, b and c`.
fn listed(mut parts: Vec<String>) -> Option<String> {
    let last = parts.pop()?;
    Some(if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) })
}
