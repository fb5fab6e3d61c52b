//! An entry as one line: `summons for annual_2015: late, 1 day over, last day 2014-12-22`.

use std::fmt;

use super::quoted::quoted;
use super::{Entry, Key};
use crate::value::{Day, Money};
use crate::verdict::{LastDay, Nuance};

/// `summons for annual_2015`, `dues by famna in 2015`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quoted(&self.clause))?;
        for (word, name) in [("for", &self.subject), ("by", &self.bearer), ("in", &self.period)] {
            if let Some(name) = name {
                write!(f, " {word} {}", quoted(name))?;
            }
        }
        Ok(())
    }
}

impl Entry {
    /// What was found, without the question: `late, 1 day over, last day 2014-12-22`.
    pub fn answer(&self) -> String {
        let mut parts = vec![self.called.words().to_string()];
        parts.extend(nuance(self.nuance).map(str::to_string));
        parts.extend(self.days.map(days));
        parts.extend(last_day(self.last_day));
        parts.extend(self.decider.as_ref().map(|role| format!("decided by {}", quoted(role))));
        parts.extend(self.shares.iter().map(|(who, amount)| format!("{} bears {}", quoted(who), exact(amount))));
        parts.join(", ")
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.answer())
    }
}

/// What the word for the verdict does not say already.
pub(super) fn nuance(nuance: Nuance) -> Option<&'static str> {
    match nuance {
        Nuance::SoFar => Some("so far"),
        Nuance::Waived => Some("waived"),
        Nuance::Plain | Nuance::NotUsed | Nuance::WithoutEffect => None,
    }
}

fn days(days: i32) -> String {
    let many = days.unsigned_abs();
    let unit = if many == 1 { "day" } else { "days" };
    let side = if days > 0 { "over" } else { "to spare" };
    format!("{many} {unit} {side}")
}

fn last_day(last: LastDay) -> Option<String> {
    match last {
        LastDay::On(day) => Some(format!("last day {day}")),
        LastDay::Within(first, Day::MAX) => Some(format!("last day {first} or later")),
        LastDay::Within(first, last) => Some(format!("last day within {first}/{last}")),
        LastDay::NotYet => Some("last day not yet".to_string()),
        LastDay::Unknown => Some("last day not known".to_string()),
        LastDay::None => None,
    }
}

/// `SEK 1 234.50`, `SEK 2/3`: nothing is rounded.
fn exact(money: &Money) -> String {
    let amount = money.amount.exact_text();
    if amount.contains('/') { format!("{} {amount}", money.currency) } else { money.to_string() }
}
