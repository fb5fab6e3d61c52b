//! What falls due next: what is not done yet and has a last day that has not passed.

use std::collections::BTreeMap;

use super::Most;
use super::names::Names;
use super::sentences::progress_of;
use crate::model::expr::ClauseId;
use crate::value::Day;
use crate::verdict::{Called, Gist, Instance, LastDay};

/// One thing to be done.
#[derive(Clone, Debug)]
pub struct Due {
    /// The last day on which it is in time. When that is known only roughly, the earliest that it can be.
    pub last_day: Day,
    /// Days left from the as-of day on are a reader's to count; whether the day is only a possible one is not.
    pub surely: Surely,
    /// The name of the clause.
    pub clause: String,
    /// Where it stands in the agreement: `§ 4.3`.
    pub place: Option<String>,
    /// What it is about, in words.
    pub title: Option<String>,
    /// Who has to act.
    pub whom: Option<String>,
    /// To whom it is owed.
    pub owed_to: Option<String>,
    /// The record that it is about.
    pub subject: Option<String>,
    /// The period, as it is printed.
    pub period: Option<String>,
    /// `1 of 2`, where several are asked for.
    pub progress: Option<String>,
}

/// How sure a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surely {
    /// The day is known.
    OnTheDay,
    /// Some day from then on.
    OrLater,
}

/// A day, and how much of one clause falls due on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDay {
    /// The day.
    pub day: Day,
    /// The name of the clause.
    pub clause: String,
    /// Where it stands in the agreement: `§ 4.3`.
    pub place: Option<String>,
    /// How many.
    pub count: usize,
}

/// What was found so far.
pub(super) struct Dues {
    most: Most,
    all: Vec<Due>,
    left_out: usize,
    days: BTreeMap<(Day, ClauseId), DueDay>,
}

impl Dues {
    pub(super) fn new(most: Most) -> Self {
        Dues { most, all: Vec::new(), left_out: 0, days: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, names: &Names, called: Called, instance: &Instance, gist: &Gist) {
        let (Some(due), Some(norm)) = (one(names, called, instance, gist), names.norm(instance)) else { return };
        let day = self.days.entry((due.last_day, norm.clause)).or_insert_with(|| DueDay {
            day: due.last_day,
            clause: due.clause.clone(),
            place: due.place.clone(),
            count: 0,
        });
        day.count = day.count.saturating_add(1);
        self.all.push(due);
        if let Most::Each(most) = self.most
            && self.all.len() > most.saturating_mul(2)
        {
            self.keep(most);
        }
    }

    /// The earliest stay; of one day, those that came first.
    fn keep(&mut self, most: usize) {
        self.all.sort_by_key(|due| due.last_day);
        self.left_out = self.left_out.saturating_add(self.all.len().saturating_sub(most));
        self.all.truncate(most);
    }

    /// In the order of last days, then of the policy; also by day, and how many were left out.
    pub(super) fn told(mut self) -> (Vec<Due>, Vec<DueDay>, usize) {
        let most = match self.most {
            Most::Everything => self.all.len(),
            Most::Each(most) => most,
        };
        self.keep(most);
        (self.all, self.days.into_values().collect(), self.left_out)
    }
}

fn one(names: &Names, called: Called, instance: &Instance, gist: &Gist) -> Option<Due> {
    let (last_day, surely) = falls_due(gist.last_day).filter(|_| called == Called::Pending)?;
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
        progress: gist.progress.as_ref().map(|(have, need)| progress_of(names, instance, (have, need))),
    })
}

/// The day on which something pending falls due, and whether it is sure that it does not fall due later.
pub(super) fn falls_due(last_day: LastDay) -> Option<(Day, Surely)> {
    match last_day {
        LastDay::On(day) => Some((day, Surely::OnTheDay)),
        LastDay::Within(first, _) => Some((first, Surely::OrLater)),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => None,
    }
}
