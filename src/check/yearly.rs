//! Days that come every year, as they are written.

use crate::diagnostics::{Sink, codes};
use crate::source::Span;
use crate::syntax::tree::YearDay;
use crate::value::{Feast, Weekday, YearlyDay, days_in_month, month_name};

/// A day that comes every year; a finding where none has it.
pub fn yearly(day: &YearDay, span: Span, problems: &mut Sink) -> Option<YearlyDay> {
    match day {
        YearDay::DayMonth { day, month } => {
            let number = small(day, span, problems)?;
            let found = YearlyDay::day_month(number, *month);
            if found.is_none() {
                let (name, has) = (month_name(*month), days_in_month(2000, *month).unwrap_or(0));
                problems.push(
                    codes::NO_SUCH_DAY
                        .at(span)
                        .say(format!("there is no {number} {name}; {name} never has more than {has} days")),
                );
            }
            found
        }
        YearDay::LastOf { month } => Some(YearlyDay::LastOf { month: *month }),
        YearDay::NthWeekday { nth, weekday, month } => {
            let at = usize::try_from(weekday.checked_sub(1)?).ok()?;
            let weekday = Weekday::ALL.get(at).copied()?;
            Some(match nth {
                Some(nth) => YearlyDay::NthWeekday { nth: *nth, weekday, month: *month },
                None => YearlyDay::LastWeekday { weekday, month: *month },
            })
        }
        YearDay::InWeek { weekday, week } => {
            let at = usize::try_from(weekday.checked_sub(1)?).ok()?;
            let number = small(week, span, problems)?;
            if !(1..=53).contains(&number) {
                problems.push(
                    codes::NO_SUCH_DAY.at(span).say(format!("there is no week {number}; weeks are numbered 1 to 53")),
                );
                return None;
            }
            Some(YearlyDay::InWeek { weekday: Weekday::ALL.get(at).copied()?, week: number })
        }
        YearDay::Feast(role) => Feast::named(&role.replace('_', " ")).map(YearlyDay::Feast),
    }
}

/// A whole number that is small enough to count with.
pub fn small(text: &str, span: Span, problems: &mut Sink) -> Option<u32> {
    let small = text.parse().ok().filter(|number| *number <= 1_000_000_u32);
    if small.is_none() {
        problems.push(
            codes::WRONG_NUMBER
                .at(span)
                .say(format!("`{text}` is too large"))
                .help("the largest number allowed here is one million".to_string()),
        );
    }
    small
}
