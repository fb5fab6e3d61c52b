//! Values: exact numbers, money, days, periods, calendars and the sharing of amounts.
//! Everything here is total and exact: no clock, no binary fractions, no input that cannot be answered.

mod calendar;
mod clock;
mod cycle;
mod day;
mod day_span;
mod feast;
mod money;
mod months;
mod number;
mod of_day;
mod period;
mod regime;
mod rounding;
mod sharing;
mod stretch;
mod weekday;
mod yearly;

pub use calendar::{Calendar, Contradiction, LocalDays, OutOfRange, Work, Yearly};
pub use clock::ClockTime;
pub use cycle::{Counted, Cycle, CyclePeriod, FirstDay, PeriodLabel, renewed_term, term};
pub use day::{Day, DayProblem, days_in_month, month_name};
pub use day_span::DaySpan;
pub use feast::Feast;
pub use money::{Currency, Money};
pub use months::{
    Due, ShiftProblem, counted_day, fixed_day, last_day, moved_to_the_next, moved_to_the_previous, plus_months, shift,
    whole_months_between,
};
pub use number::Number;
pub use of_day::{Answer, AnswerSort, OfDay, Part};
pub use period::{Kind, Period};
pub use regime::{FixedDays, Freedom, MissingDay, MonthEnd, Regime};
pub use rounding::{Rounding, round_to};
pub use sharing::{
    ForEach, Key, Remainder, Rest, Shares, Sharing, SharingProblem, Units, Weights, in_whole_units, share,
    share_among_many,
};
pub use stretch::Stretch;
pub use weekday::Weekday;
pub use yearly::{NoSuchDay, YearlyDay};
