//! Entries: verdicts as they are kept, and compared with those of another day, of other facts or of another wording.
//! They name everything by what it is called, so that they outlive the run in which they were reached.

mod differences;
mod quoted;
mod read;
mod write;

use super::line::role;
use super::names::{Names, Naming};
use crate::evaluate;
use crate::value::{Day, Money};
use crate::verdict::{Called, Instance, LastDay, Nuance, Status, Verdict, Verdicts};

pub use differences::{Difference, differences};
pub use quoted::quoted;
pub use read::Unreadable;

/// Which verdict it is: the same key is the same question, whatever the answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub clause: String,
    /// The id of the subject; of a record that is not the clause's first, with the record's name before it.
    pub subject: Option<String>,
    /// The bearer, where the clause has several.
    pub bearer: Option<String>,
    /// The period, or the days that were watched.
    pub period: Option<String>,
}

/// A verdict by names. Its text is one line: see [`Entry::read`].
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key: Key,
    pub called: Called,
    pub nuance: Nuance,
    /// Days after the last day; below zero, days to spare.
    pub days: Option<i32>,
    pub last_day: LastDay,
    /// Who decides, when a person must and the text names one.
    pub decider: Option<String>,
    /// Who bears how much of a cost, by name.
    pub shares: Vec<(String, Money)>,
}

/// The entries of verdicts that were reached with the same plan, facts and day, sorted by key.
pub fn entries(names: &Names, verdicts: &Verdicts, as_of: Day) -> Vec<Entry> {
    // What is compared must be called the same by everybody.
    let names = Names { naming: Naming::Real, ..*names };
    let mut all: Vec<Entry> = verdicts.iter().map(|verdict| entry(&names, &verdict, as_of)).collect();
    all.sort_by(|one, other| one.key.cmp(&other.key));
    all
}

/// The entry of one verdict.
pub fn entry(names: &Names, verdict: &Verdict, as_of: Day) -> Entry {
    let instance = &verdict.instance;
    let plain = Entry {
        key: key(names, instance),
        called: verdict.called(names.strength(instance)),
        nuance: verdict.nuance,
        days: days(verdict),
        last_day: LastDay::None,
        decider: None,
        shares: Vec::new(),
    };
    // What does not apply has no day, nobody who decides, and no shares: the reasons need not be asked for.
    if verdict.status == Status::NotApplicable {
        return plain;
    }
    let judged = evaluate::explain(names.plan, names.facts, as_of, instance);
    let mut shares: Vec<(String, Money)> =
        judged.shares.iter().map(|share| (names.share_of(share.who), share.amount.clone())).collect();
    shares.sort_by(|(one, _), (other, _)| one.cmp(other));
    Entry { last_day: judged.last_day, decider: role(&judged.decider), shares, ..plain }
}

/// What an instance is called.
pub fn key(names: &Names, instance: &Instance) -> Key {
    Key {
        clause: names.norm(instance).map_or("", |norm| names.clause_name(norm.clause)).to_string(),
        subject: subject(names, instance),
        bearer: names.bearer(instance),
        period: names.period(instance),
    }
}

/// Ids are unique within a record; a clause that speaks of several (`also for`) may meet the same id twice.
fn subject(names: &Names, instance: &Instance) -> Option<String> {
    let (record, row) = names.subject_row(instance)?;
    let first = names.norm(instance)?.subjects.first().map(|of| of.record);
    Some(if first == Some(record) { names.row(record, row) } else { names.record_row(record, row) })
}

fn days(verdict: &Verdict) -> Option<i32> {
    match verdict.status {
        Status::Late | Status::Violated => verdict.days,
        Status::Satisfied | Status::Pending | Status::NotApplicable => verdict.days.map(i32::saturating_neg),
        Status::Unknown | Status::NeedsJudgement => verdict.days,
    }
}
