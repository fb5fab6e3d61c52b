//! What falls due next: what is not done yet and has a last day that has not passed.

use super::names::Names;
use crate::value::Day;
use crate::verdict::{Called, Judged, LastDay};

/// One thing to be done.
#[derive(Clone, Debug)]
pub struct Due {
    /// The last day on which it is in time. When that is known only roughly, the earliest that it can be.
    pub last_day: Day,
    /// Days left from the as-of day on are a reader's to count; whether the day is only a possible one is not.
    pub surely: Surely,
    pub clause: String,
    pub place: Option<String>,
    pub title: Option<String>,
    pub whom: Option<String>,
    pub owed_to: Option<String>,
    pub subject: Option<String>,
    pub period: Option<String>,
    /// `1 of 2`, where several are asked for.
    pub progress: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surely {
    OnTheDay,
    /// Some day from then on.
    OrLater,
}

/// In the order of last days, then of the policy.
pub(super) fn due(names: &Names, told: &[(Called, Judged)]) -> Vec<Due> {
    let mut all: Vec<Due> = told.iter().filter_map(|(called, judged)| one(names, *called, judged)).collect();
    all.sort_by_key(|due| due.last_day);
    all
}

fn one(names: &Names, called: Called, judged: &Judged) -> Option<Due> {
    if called != Called::Pending {
        return None;
    }
    let (last_day, surely) = match judged.last_day {
        LastDay::On(day) => (day, Surely::OnTheDay),
        LastDay::Within(first, _) => (first, Surely::OrLater),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => return None,
    };
    let instance = &judged.verdict.instance;
    let clause = names.clause(names.norm(instance)?.clause)?;
    Some(Due {
        last_day,
        surely,
        clause: clause.name.clone(),
        place: clause.place.as_ref().map(|place| place.words.clone()),
        title: clause.title.clone(),
        whom: names.whom(instance),
        owed_to: names.counterparty(instance),
        subject: names.subject(instance),
        period: names.period(instance),
        progress: judged.progress.as_ref().map(|(have, need)| format!("{have} of {need}")),
    })
}
