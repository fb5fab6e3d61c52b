//! What falls due within a span of days, each thing with an id by which it is known again: when facts grow, when a clause is worded or
//! numbered anew, and when it is done. A day that is not known is told, and never entered.

use super::ahead::in_order;
use super::names::Names;
use super::rows::Rows;
use super::sentences::progress_of;
use super::walk::{Walk, walks};
use crate::evaluate::{Brief, Explainer};
use crate::facts::Facts;
use crate::value::Day;
use crate::verdict::{Called, LastDay, Nuance, Status, Verdict, Verdicts};

/// What falls due under one agreement.
#[derive(Clone, Debug)]
pub struct Calendar {
    pub agreement: String,
    pub title: String,
    pub as_of: Day,
    pub known_on: Option<Day>,
    /// The last day that is looked at.
    pub through: Day,
    /// Grows with the as-of day, and with what is on file.
    pub sequence: u32,
    /// In the order of their days, then of the policy.
    pub entries: Vec<Entry>,
    /// What may fall due in these days, or has no day yet, in the order of the policy.
    pub undated: Vec<Entry>,
}

/// Something that falls due.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `samverkan.summons.annual_2015`: agreement, clause, subject, bearer and period.
    pub id: String,
    pub clause: String,
    pub place: Option<String>,
    pub title: Option<String>,
    pub whom: Option<String>,
    pub owed_to: Option<String>,
    pub subject: Option<String>,
    pub period: Option<String>,
    /// `1 of 2`, where several are asked for.
    pub progress: Option<String>,
    /// From this day on it can be done.
    pub first_day: Option<Day>,
    pub last_day: LastDay,
    /// How these days came about.
    pub walk: Vec<Walk>,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Due,
    /// Done in time: the entry stays, as one that is cancelled.
    Done,
    Waived,
}

impl State {
    pub fn words(self) -> &'static str {
        match self {
            State::Due => "due",
            State::Done => "done",
            State::Waived => "waived",
        }
    }
}

impl Entry {
    /// The day it is entered on.
    pub fn day(&self) -> Option<Day> {
        match self.last_day {
            LastDay::On(day) => Some(day),
            LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => None,
        }
    }

    /// Why it has none: `between 2015-01-01 and 2015-12-31`, `no last day yet`.
    pub fn when(&self) -> String {
        match self.last_day {
            LastDay::On(day) => day.to_string(),
            LastDay::Within(first, Day::MAX) => format!("{first} or later"),
            LastDay::Within(first, last) => format!("between {first} and {last}"),
            LastDay::NotYet => "no last day yet".to_string(),
            LastDay::Unknown | LastDay::None => "the last day is unknown".to_string(),
        }
    }

    /// `from 2015-01-01 through 2015-12-31`; without a first day, `through 2015-12-31`.
    pub fn window(&self) -> Option<String> {
        let last = self.day()?;
        Some(match self.first_day.filter(|first| *first > Day::MIN) {
            Some(first) if first == last => format!("on {last}"),
            Some(first) => format!("from {first} through {last}"),
            None => format!("through {last}"),
        })
    }

    /// Subject and period, as far as it has them.
    pub fn label(&self) -> String {
        [self.subject.as_deref(), self.period.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// What falls due from the as-of day through another one.
pub fn calendar(names: &Names, verdicts: &Verdicts, (as_of, known_on): (Day, Option<Day>), through: Day) -> Calendar {
    let rows = Rows { names: *names, verdicts, as_of, period: None };
    let unwaived = without_waivers(names.facts);
    let brief = |verdict: &Verdict| match (&unwaived, verdict.nuance) {
        // What was waived falls due on the day on which it would.
        (Some(facts), Nuance::Waived) => Brief::new(names.plan, facts, as_of).tell(&verdict.instance).last_day,
        (_, _) => LastDay::None,
    };
    let mut found: Vec<(Verdict, State, LastDay)> = Vec::new();
    let wanted = rows.verdicts().filter_map(|verdict| Some((verdict, state(&rows, &verdict)?)));
    let told = in_order(
        wanted,
        || rows.brief(),
        |own: &mut Brief, (verdict, state)| match state {
            State::Waived => brief(verdict),
            State::Due | State::Done => own.tell(&verdict.instance).last_day,
        },
        |(verdict, state), last_day| {
            if is_within(last_day, state, as_of, through) {
                found.push((verdict, state, last_day));
            }
            Ok::<(), std::convert::Infallible>(())
        },
    );
    let Ok(()) = told;
    let mut explainer = rows.explainer();
    let entry = |(verdict, state, last_day): &(Verdict, State, LastDay)| {
        entry(names, &mut explainer, verdict, (*state, *last_day))
    };
    let all: Vec<Entry> = found.iter().map(entry).collect();
    let (mut entries, undated): (Vec<Entry>, Vec<Entry>) = all.into_iter().partition(|entry| entry.day().is_some());
    entries.sort_by_key(Entry::day);
    Calendar {
        agreement: names.plan.name.clone(),
        title: names.plan.title.clone(),
        as_of,
        known_on,
        through,
        sequence: sequence(names.facts, as_of),
        entries,
        undated,
    }
}

/// What a verdict is to a calendar; nothing where it is none of its matters.
fn state(rows: &Rows, verdict: &Verdict) -> Option<State> {
    match (rows.called(verdict), verdict.status, verdict.nuance) {
        (Called::Pending, _, _) => Some(State::Due),
        (Called::Satisfied, Status::Satisfied, Nuance::Plain) => Some(State::Done),
        (_, Status::NotApplicable, Nuance::Waived) => Some(State::Waived),
        (_, _, _) => None,
    }
}

fn is_within(last_day: LastDay, state: State, as_of: Day, through: Day) -> bool {
    match last_day {
        LastDay::On(day) => as_of <= day && day <= through,
        LastDay::Within(first, _) => state == State::Due && first <= through,
        LastDay::NotYet | LastDay::Unknown => state == State::Due,
        LastDay::None => false,
    }
}

fn entry(names: &Names, explainer: &mut Explainer, verdict: &Verdict, (state, last_day): (State, LastDay)) -> Entry {
    let instance = &verdict.instance;
    let judged = explainer.explain(instance);
    let clause = names.norm(instance).and_then(|norm| names.clause(norm.clause));
    let name = clause.map_or("", |clause| clause.name.as_str());
    let (subject, bearer, period) = (names.subject(instance), names.bearer(instance), names.period(instance));
    let parts = [Some(names.plan.name.as_str()), Some(name), subject.as_deref(), bearer.as_deref(), period.as_deref()];
    Entry {
        id: id(parts.into_iter()),
        clause: name.to_string(),
        place: clause.and_then(|clause| clause.place.as_ref()).map(|place| place.words.clone()),
        title: clause.and_then(|clause| clause.title.clone()),
        whom: names.whom(instance),
        owed_to: names.counterparty(instance),
        subject,
        period,
        progress: judged
            .progress
            .as_ref()
            .filter(|_| state == State::Due)
            .map(|(have, need)| progress_of(names, instance, (have, need))),
        first_day: judged.first_day.filter(|_| state != State::Waived),
        last_day,
        walk: if state == State::Waived { Vec::new() } else { walks(names, &judged) },
        state,
    }
}

/// An id from its parts; a part that is not there keeps its place. What would end a part, or could not stand in an address, is
/// written by its number.
fn id<'p>(parts: impl Iterator<Item = Option<&'p str>>) -> String {
    let mut id = String::new();
    for (at, part) in parts.enumerate() {
        if at > 0 {
            id.push('.');
        }
        for letter in part.unwrap_or_default().chars() {
            match letter {
                letter if letter.is_alphanumeric() || matches!(letter, '_' | '-') => id.push(letter),
                letter => id.push_str(&format!("%{:X}", u32::from(letter))),
            }
        }
    }
    id
}

/// So many facts and decisions are counted as changes of one day.
const MOST_OF_A_DAY: u32 = 9_999;

/// A number that is higher for a later as-of day, and of one day higher when more is on file.
fn sequence(facts: &Facts, as_of: Day) -> u32 {
    let rows = facts.tables.iter().fold(0_u32, |sum, table| sum.saturating_add(table.rows));
    let decisions = [facts.judgements.len(), facts.attestations.len(), facts.waivers.len()];
    let decisions = decisions.into_iter().fold(0_usize, usize::saturating_add);
    let on_file = rows.saturating_add(u32::try_from(decisions).unwrap_or(u32::MAX)).min(MOST_OF_A_DAY);
    let day = u32::try_from(as_of.0).unwrap_or(0);
    day.saturating_mul(MOST_OF_A_DAY.saturating_add(1)).saturating_add(on_file).min(i32::MAX.unsigned_abs())
}

/// The facts as if nothing had been waived for good, where something has.
fn without_waivers(facts: &Facts) -> Option<Facts> {
    let for_good = |waiver: &crate::facts::Waiver| waiver.until.is_none();
    facts.waivers.iter().any(for_good).then(|| {
        let mut facts = facts.clone();
        facts.waivers.retain(|waiver| !for_good(waiver));
        facts
    })
}
