//! The page for a Monday: what has happened since a day, what is to be done in the coming days, what to ask, what to decide, which money
//! is shared, and how much is quiet. It rests on the calendar, the questions and the decisions that there are; what is unknown is asked
//! about and never an alarm.

use std::collections::BTreeMap;

use super::calendar::{Calendar, Entry, State, calendar};
use super::decisions::{Case, deciding};
use super::entry::{Key, key};
use super::names::{Names, Naming};
use super::questions::{Question, asking};
use super::rows::Rows;
use super::{CostSum, Line, Reasons};
use crate::evaluate::{Limits, evaluate};
use crate::facts::Facts;
use crate::plan::{Norm, NormTest};
use crate::value::Day;
use crate::verdict::{Called, Cut, Nuance, Verdict, Verdicts};

/// One agreement's part of the page.
#[derive(Clone, Debug)]
pub struct Monday {
    pub agreement: String,
    pub title: String,
    pub as_of: Day,
    pub since: Day,
    /// In the order of their headings, then of the policy.
    pub news: Vec<News>,
    /// What falls due within seven days, and what within thirty.
    pub week: Vec<Task>,
    pub later: Vec<Task>,
    pub questions: Vec<Question>,
    pub unknown: usize,
    pub cases: Vec<Case>,
    pub money: Vec<CostSum>,
    /// Clauses with nothing to do, to ask or to decide, and all that have verdicts.
    pub quiet: Vec<String>,
    pub clauses: usize,
}

/// Something that is otherwise than it was on the earlier day.
#[derive(Clone, Debug)]
pub struct News {
    pub kind: Kind,
    pub was: Option<Called>,
    pub line: Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Done,
    NewlyLate,
    Answered,
    Changed,
}

impl Kind {
    pub fn words(self) -> &'static str {
        match self {
            Kind::Done => "done",
            Kind::NewlyLate => "newly late",
            Kind::Answered => "answered",
            Kind::Changed => "changed",
        }
    }
}

/// Something to be done, and what will count as having done it.
#[derive(Clone, Debug)]
pub struct Task {
    pub entry: Entry,
    pub day: Day,
    pub evidence: Option<String>,
}

/// Whom the page is for, and from when on it tells.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub since: Day,
    /// Only what this one has to do or to decide; nothing for everybody.
    pub whom: Option<&'a str>,
}

impl Wanted<'_> {
    fn is_for(&self, who: &[&Option<String>]) -> bool {
        self.whom.is_none_or(|whom| who.iter().any(|one| one.as_deref() == Some(whom)))
    }
}

/// So many days are the week, and so many the days after it that are told.
const WEEK: i32 = 7;
const AHEAD: i32 = 30;

/// The page of one agreement. `before` are its facts as they were known on the earlier day.
pub fn monday(
    names: &Names,
    before: &Facts,
    verdicts: &Verdicts,
    as_of: Day,
    (wanted, limits): (&Wanted, &Limits),
) -> Result<Monday, Cut> {
    let asking = asking(names, verdicts, as_of)?;
    let cases = deciding(names, verdicts, as_of)?.cases;
    let due = calendar(names, verdicts, (as_of, None), as_of.plus_days(AHEAD));
    let (week, later): (Vec<Task>, Vec<Task>) =
        tasks(names, due, wanted).into_iter().partition(|task| as_of.days_until(task.day) <= WEEK);
    let rows = Rows { names: *names, verdicts, as_of, period: None };
    let (quiet, clauses) = quiet(&rows);
    Ok(Monday {
        agreement: names.plan.name.clone(),
        title: names.plan.title.clone(),
        as_of,
        since: wanted.since,
        news: news(names, (before, verdicts), as_of, (wanted, limits))?,
        week,
        later,
        questions: asking.questions,
        unknown: asking.unknown,
        cases: cases.into_iter().filter(|case| wanted.is_for(&[&case.role])).collect(),
        money: rows.sums().costs,
        quiet,
        clauses,
    })
}

/// What falls due, with what will count.
fn tasks(names: &Names, due: Calendar, wanted: &Wanted) -> Vec<Task> {
    let due = due.entries.into_iter().filter(|entry| entry.state == State::Due);
    let own = due.filter(|entry| wanted.is_for(&[&entry.whom]));
    own.filter_map(|entry| {
        let norm = names.plan.find_clause(&entry.clause).and_then(|id| names.plan.norms_of(id).last());
        Some(Task { day: entry.day()?, evidence: norm.and_then(|(_, norm)| evidence(names, norm)), entry })
    })
    .collect()
}

/// What will count as having done it: a day in a field, or a record.
fn evidence(names: &Names, norm: &Norm) -> Option<String> {
    norm.bodies.iter().find_map(|body| match &body.test {
        NormTest::Dated(field) => Some(names.field_name(field.record, field.field).to_string()),
        NormTest::Happens { events, .. } => Some(format!("a {} in the facts", names.record(events.record))),
        _ => None,
    })
}

// ---- what has happened --------------------------------------------------------------------------------------------------

fn news(
    names: &Names,
    (before, verdicts): (&Facts, &Verdicts),
    as_of: Day,
    (wanted, limits): (&Wanted, &Limits),
) -> Result<Vec<News>, Cut> {
    let earlier = evaluate(names.plan, before, wanted.since, limits);
    if let Some(cut) = earlier.cut_at {
        return Err(cut);
    }
    let old = by_key(&Names { facts: before, ..*names }, &earlier);
    let rows = Rows { names: *names, verdicts, as_of, period: None };
    let mut teller = rows.teller(Reasons::LeftOut);
    let mut found = Vec::new();
    for (key, verdict) in by_key(names, verdicts) {
        let called = |verdict: &Verdict| rows.called(verdict);
        let was = old.get(&key).map(called);
        let Some(kind) = kind(was, called(&verdict), verdict.nuance) else { continue };
        let line = teller.line(&verdict);
        if wanted.is_for(&[&line.whom, &line.acts, &line.decider]) {
            found.push(News { kind, was, line });
        }
    }
    found.sort_by_key(|one| one.kind);
    Ok(found)
}

/// Verdicts by what they are called by everybody.
fn by_key(names: &Names, verdicts: &Verdicts) -> BTreeMap<Key, Verdict> {
    let names = Names { naming: Naming::Real, ..*names };
    verdicts.iter().map(|verdict| (key(&names, &verdict.instance), verdict)).collect()
}

/// As what a verdict is news; nothing where it is none. What begins, and is not late, stands among what is to be done.
fn kind(was: Option<Called>, is: Called, nuance: Nuance) -> Option<Kind> {
    if was == Some(is) {
        return None;
    }
    if is_late(is) {
        return (!was.is_some_and(is_late)).then_some(Kind::NewlyLate);
    }
    let done = matches!(is, Called::Satisfied | Called::Carried | Called::Used) && nuance != Nuance::SoFar;
    match was {
        _ if done && was != Some(Called::Unknown) => Some(Kind::Done),
        None => None,
        Some(Called::Unknown) => Some(Kind::Answered),
        Some(_) => Some(Kind::Changed),
    }
}

fn is_late(called: Called) -> bool {
    match called {
        Called::Late | Called::Violated | Called::NotFollowed | Called::Differs | Called::Exceeded => true,
        Called::NotCarried | Called::WithoutEffect | Called::Satisfied | Called::Pending | Called::Open => false,
        Called::Used | Called::NotUsed | Called::Carried | Called::NotApplicable => false,
        Called::Unknown | Called::NeedsJudgement => false,
    }
}

/// The clauses that nobody has to think of, and how many there are in all.
fn quiet(rows: &Rows) -> (Vec<String>, usize) {
    let all = rows.by_clause();
    let asks = |called: &Called| super::asks_for_action(*called);
    let quiet = all.iter().filter(|clause| !clause.counts.keys().any(asks));
    (quiet.map(|clause| clause.clause.clone()).collect(), all.len())
}
