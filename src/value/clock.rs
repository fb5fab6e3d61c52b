//! Times of day, as a programme or a timetable tells them: hours and minutes, without a day and without a zone.

use std::fmt;

use super::Number;

/// A time of day, in whole minutes after midnight; `24:00` is the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(u16);

const MINUTES_OF_HOUR: u16 = 60;
const END_OF_DAY: u16 = 24 * MINUTES_OF_HOUR;

impl ClockTime {
    /// Reads `9:30` or `09:30`; `None` when there is no such time.
    pub fn parse(text: &str) -> Option<ClockTime> {
        let (hours, minutes) = text.split_once(':')?;
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(hours) || !digits(minutes) || hours.len() > 2 || minutes.len() != 2 {
            return None;
        }
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        let all = hours.checked_mul(MINUTES_OF_HOUR)?.checked_add(minutes)?;
        (minutes < MINUTES_OF_HOUR && all <= END_OF_DAY).then_some(ClockTime(all))
    }

    /// Minutes after midnight: as columns keep it, and as times are compared.
    pub fn minutes(self) -> Number {
        Number::from(i64::from(self.0))
    }

    /// The time that so many minutes after midnight are.
    pub fn of_minutes(minutes: &Number) -> Option<ClockTime> {
        let minutes = u16::try_from(minutes.to_i64()?).ok()?;
        (minutes <= END_OF_DAY).then_some(ClockTime(minutes))
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        let hours = self.0.checked_div(MINUTES_OF_HOUR).unwrap_or(0);
        write!(to, "{hours:02}:{:02}", self.0.checked_rem(MINUTES_OF_HOUR).unwrap_or(0))
    }
}
