//! What a regime says, in words: line by line as its row of the table has it, with the law that it was read in.

use super::{Backward, FixedDays, MissingDay, MonthEnd, Regime};

impl Regime {
    /// Each thing that a regime decides, and how. What a law does not state is told as such.
    pub fn told(self) -> Vec<(&'static str, String)> {
        let row = self.0;
        let mut lines = vec![("31 January and 1 month", missing_day(row.missing_day).to_string())];
        let last_of_february = match row.month_end {
            MonthEnd::SameNumber => "28 March",
            MonthEnd::StaysLast => "31 March: the last day of a month leads to the last day",
        };
        lines.push(("28 February 2015 and 1 month", last_of_february.to_string()));
        if !self.moves() {
            lines.push(("a last day moves off", "no day".to_string()));
        }
        for (at, free) in row.free.iter().enumerate() {
            lines.push((if at == 0 { "a last day moves off" } else { "" }, free.told()));
        }
        if self.moves() {
            lines.push(("it moves to", "the next day that is not one of these".to_string()));
        }
        lines.push(("`by D` on such a day", fixed_days(self.fixed_days()).to_string()));
        lines.push(("counted back from a day", backward(row.backward).to_string()));
        if let Some(holds) = row.holds {
            let (from, days) = (holds.from_days, holds.days);
            let words = format!("a period of at least {from} days holds at least {days} other days");
            lines.push(("short periods", words));
        }
        if row.skips_up_to > 0 {
            let words = format!("in a period of up to {} days, these days are not counted", row.skips_up_to);
            lines.push(("short periods", words));
        }
        if let Some(longest) = row.longest_moved {
            let (months, days) = (longest.months, longest.days);
            lines
                .push(("long periods", format!("the end of more than {months} months, or {days} days, does not move")));
        }
        lines.push(("needs a calendar", if self.moves() { "yes" } else { "no" }.to_string()));
        if self.moves() {
            lines.push(("source", row.law.to_string()));
        }
        lines
    }
}

fn missing_day(missing: MissingDay) -> &'static str {
    match missing {
        MissingDay::LastDay => "the last day of February",
        MissingDay::FirstOfNext => "1 March",
        MissingDay::Refuse => "no day: it needs judgement",
    }
}

fn fixed_days(fixed: FixedDays) -> &'static str {
    match fixed {
        FixedDays::Stay => "stays",
        FixedDays::Move => "moves, too",
        FixedDays::NotStated => "not stated: what depends on it is unknown",
    }
}

fn backward(backward: Backward) -> &'static str {
    match backward {
        Backward::Stays => "the day that is counted to, whichever day it is",
        Backward::ToThePrevious => "moves back to the last day that is not one of these",
        Backward::ClearDays => "a day more, since neither end is counted; it does not move",
    }
}
