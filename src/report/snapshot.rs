//! Snapshots: the verdicts on one fact file as of one day, as somebody accepted them. A change of policy or facts shows as
//! a difference from them. They are texts; where they lie and how they are kept safe is for the door.

mod held;
mod read;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use super::amended::amended;
use super::digest::Digest;
use super::entry::{Difference, Entry};
use super::names::Names;
use crate::model::Schema;
use crate::value::{Calendar, Day};
use crate::verdict::Verdicts;

pub use held::{Held, State};
pub use read::read;

/// The form that is written. A snapshot of another form is told, and left as it is.
pub const FORM: &str = "2";

#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The policy's file, from the folder that holds it.
    pub policy: String,
    /// The fact file, from the folder of the policy.
    pub facts: String,
    pub as_of: Day,
    pub judged_with: JudgedWith,
    /// The policy's amendments and whether they count as adopted, in words; empty where it has none.
    pub amendments: String,
    /// Who accepted what, the latest last.
    pub accepted: Vec<Accepted>,
    /// Sorted by key, each key once.
    pub entries: Vec<Entry>,
}

/// Fingerprints of what the verdicts rest on. By them the texts are found again; a verdict is never held to have changed
/// because one of them has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedWith {
    pub policy: Digest,
    pub facts: Digest,
    /// The calendar's name, and its holidays.
    pub calendar: (String, Digest),
}

/// One act of acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub by: String,
    pub why: String,
    /// Which verdicts, in words.
    pub what: String,
}

impl Snapshot {
    /// Takes verdicts on a clause that was renamed for verdicts on the clause as it is called now, unless there are such, too.
    pub fn called_now(&mut self, schema: &Schema) {
        if schema.former.is_empty() {
            return;
        }
        let mut held: BTreeSet<String> = self.entries.iter().map(|entry| entry.key.clause.clone()).collect();
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for (before, now) in &schema.former {
            if held.contains(before) && held.insert(now.clone()) {
                names.insert(before, now);
            }
        }
        for entry in &mut self.entries {
            if let Some(now) = names.get(entry.key.clause.as_str()) {
                entry.key.clause = (*now).to_string();
            }
            // Whoever decides may be the body that a clause stands for.
            if let Some(now) = entry.decider.as_ref().and_then(|role| schema.role_now(role)) {
                entry.decider = Some(now.to_string());
            }
        }
        self.entries.sort_by(|one, other| one.key.cmp(&other.key));
    }

    /// Takes over what was accepted: each of these verdicts is now as it is judged to be, the others stay as they were.
    pub fn accept<'d>(&mut self, differences: impl IntoIterator<Item = &'d Difference>, accepted: Accepted) {
        for difference in differences {
            let place = self.entries.binary_search_by(|entry| entry.key.cmp(&difference.key));
            match (place, &difference.new) {
                (Ok(at), Some(is)) => self.entries.splice(at..at.saturating_add(1), [is.clone()]).for_each(drop),
                (Ok(at), None) => drop(self.entries.remove(at)),
                (Err(at), Some(is)) => self.entries.insert(at, is.clone()),
                (Err(_), None) => {}
            }
        }
        self.accepted.push(accepted);
    }
}

/// The years whose holidays count: no agreement asks for others.
const YEARS: (i32, i32) = (1900, 2100);

/// The amendments of a policy, and whether they are adopted: `groups_own (proposed)`.
pub fn amendments(names: &Names, verdicts: &Verdicts) -> String {
    let all = amended(names, verdicts);
    let words: Vec<String> = all.iter().map(|one| format!("{} ({})", one.name, one.status.words())).collect();
    words.join(", ")
}

/// The fingerprint of a calendar's holidays, and of the days of a local one, with its name.
pub fn calendar(calendar: &Calendar) -> (String, Digest) {
    let (first, last) = calendar.years();
    let years = first.max(YEARS.0)..=last.min(YEARS.1);
    let days = years.flat_map(|year| {
        let first = Day::of(year, 1, 1).into_iter();
        first.flat_map(|first| (0..366).map(move |days| first.plus_days(days)))
    });
    let named = |day: Day| {
        let (holiday, works) = (calendar.holiday(day).ok()?, calendar.is_working_day(day).ok()?);
        let is_free = holiday.is_some() || day.weekday().is_weekend();
        match (holiday, works, is_free) {
            (_, true, true) => Some(format!("{day} open")),
            (_, false, false) => Some(format!("{day} closed")),
            (Some(name), _, _) => Some(format!("{day} {name}")),
            (None, _, _) => None,
        }
    };
    let names: Vec<String> = days.filter_map(named).collect();
    (calendar.name().to_string(), Digest::of(names.iter().map(String::as_str)))
}
