//! A line of a report: one verdict, whom it concerns, what it rests on; and lines of periods in a row made one.

use super::Reasons;
use super::groups::acts;
use super::names::Names;
use super::sentences;
use super::steps::{Extent, tree};
use super::walk::{Walk, walks};
use super::why::Step;
use crate::model::clause::Strength;
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{Called, Decider, Instance, Judged, LastDay, Nuance, Reason};

/// One verdict as it is reported.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which instance of the clause it is.
    pub instance: Instance,
    /// `§ 4.3`.
    pub place: Option<String>,
    /// The name of the clause.
    pub clause: String,
    /// What it is about, in words.
    pub title: Option<String>,
    /// The statements of the text that it encodes.
    pub statements: Vec<String>,
    /// The record that it is about.
    pub subject: Option<String>,
    /// The bearer, where the clause has several.
    pub bearer: Option<String>,
    /// The period, as it is printed.
    pub period: Option<String>,
    /// Who has to act, also where the clause has only one bearer.
    pub whom: Option<String>,
    /// To whom it is owed.
    pub owed_to: Option<String>,
    /// Under whom a reader looks for it: who is to act on it, if anybody is.
    pub acts: Option<String>,
    /// Whether it shall, should or may be.
    pub strength: Strength,
    /// The word that a report prints.
    pub called: Called,
    /// What the word alone does not tell.
    pub nuance: Nuance,
    /// Days late, or days to spare.
    pub days: Option<i32>,
    /// The first day on which it can be done.
    pub first_day: Option<Day>,
    /// The last day.
    pub last_day: LastDay,
    /// How the first and the last day came about.
    pub walk: Vec<Walk>,
    /// Done, needed.
    pub progress: Option<(String, String)>,
    /// One sentence; empty when the verdict says all.
    pub detail: String,
    /// What is missing.
    pub missing: Vec<String>,
    /// Who decides, when a person must and the text names one.
    pub decider: Option<String>,
    /// The facts that it rests on, each once, the most telling first.
    pub facts: Vec<Span>,
    /// The words of the policy that speak of it.
    pub policy: Option<Span>,
    /// The way to the verdict, when it was asked for.
    pub reason: Option<Step>,
}

/// So many places of facts are kept for a line.
const MOST_PLACES: usize = 8;

pub(super) fn line(names: &Names, judged: &Judged, reasons: Reasons) -> Line {
    let instance = judged.verdict.instance;
    let clause = names.norm(&instance).and_then(|norm| names.clause(norm.clause));
    // The wording that speaks of it has a place and a title of its own.
    let head = names.norm(&instance).map(|norm| &norm.head);
    let strength = names.strength(&instance);
    let called = judged.verdict.called(strength);
    Line {
        instance,
        place: head.and_then(|head| head.place.as_ref()).map(|place| place.words.clone()),
        clause: clause.map_or_else(String::new, |clause| clause.name.clone()),
        title: head.and_then(|head| head.title.clone()),
        statements: clause.map_or_else(Vec::new, |clause| clause.statements.clone()),
        subject: names.subject(&instance),
        bearer: names.bearer(&instance),
        period: names.period(&instance),
        whom: names.whom(&instance),
        owed_to: names.counterparty(&instance),
        acts: acts(names, called, &instance, role(&judged.decider), &judged.missing),
        strength,
        called,
        nuance: judged.verdict.nuance,
        days: judged.verdict.days,
        first_day: judged.first_day,
        last_day: judged.last_day,
        walk: walks(names, judged),
        progress: judged.progress.as_ref().map(|(have, need)| (have.exact_text(), need.exact_text())),
        detail: sentences::detail(names, judged),
        missing: judged.missing.iter().map(|one| sentences::missing(names, one)).collect(),
        decider: role(&judged.decider),
        facts: places(&judged.reason),
        policy: head.map(|head| head.name_span),
        reason: (reasons == Reasons::Told).then(|| tree(names, judged, Extent::USUAL, None)),
    }
}

pub(super) fn role(decider: &Decider) -> Option<String> {
    match decider {
        Decider::Role(role) => Some(role.clone()),
        Decider::Nobody | Decider::Unnamed => None,
    }
}

/// The facts that a reason rests on: those nearest the verdict first.
pub(super) fn places(reason: &Reason) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut level = vec![reason];
    while !level.is_empty() && found.len() < MOST_PLACES {
        for place in level.iter().filter_map(|one| one.fact) {
            if !found.contains(&place) && found.len() < MOST_PLACES {
                found.push(place);
            }
        }
        level = level.into_iter().flat_map(|one| &one.because).collect();
    }
    found
}

/// Lines that say the same: of periods that follow one another, and of several subjects or bearers in a row.
#[derive(Clone, Debug)]
pub struct Joined {
    pub first: Line,
    /// Whom it concerns: the subjects, or without them the bearers; empty where the clause has neither.
    pub whom: Vec<String>,
    /// `2010–2013`, or the only period.
    pub period: Option<String>,
    /// How many verdicts it stands for.
    pub count: usize,
}

/// Joins lines as they come, in the order of the policy: first over periods in a row, then over those whom they concern.
#[derive(Default)]
pub struct Joining {
    /// Of one instance, and the last of its periods so far, where there are several.
    of_periods: Option<(Joined, Option<Line>)>,
    of_others: Option<Joined>,
}

impl Joining {
    /// The next line. What comes back is complete.
    pub fn take(&mut self, line: Line) -> Option<Joined> {
        if let Some((joined, last)) = &mut self.of_periods
            && follows(last.as_ref().unwrap_or(&joined.first), &line)
        {
            joined.period = ends(&joined.first, &line);
            joined.count = joined.count.saturating_add(1);
            *last = Some(line);
            return None;
        }
        let whom = line.subject.clone().or_else(|| line.bearer.clone()).into_iter().collect();
        let joined = Joined { period: line.period.clone(), first: line, whom, count: 1 };
        let (before, _) = self.of_periods.replace((joined, None))?;
        self.over_others(before)
    }

    /// What is left when all lines have come.
    pub fn end(mut self) -> impl Iterator<Item = Joined> {
        let last = self.of_periods.take().and_then(|(last, _)| self.over_others(last));
        last.into_iter().chain(self.of_others)
    }

    fn over_others(&mut self, one: Joined) -> Option<Joined> {
        match &mut self.of_others {
            Some(before) if says_of_others(before, &one) => {
                before.whom.extend(one.whom);
                before.count = before.count.saturating_add(one.count);
                None
            }
            before => before.replace(one),
        }
    }
}

/// Whether a line says of the next period what another says of its own.
fn follows(last: &Line, line: &Line) -> bool {
    let (Some(before), Some(after)) = (last.instance.period, line.instance.period) else { return false };
    let same_instance = (last.instance.subject, last.instance.bearer) == (line.instance.subject, line.instance.bearer);
    same_instance && before.stretch.until == after.stretch.from && says_the_same(last, line)
}

/// Whether a line says of another subject, or of another bearer, what one says of its own. A line with both stays apart:
/// its two names belong together.
fn says_of_others(before: &Joined, one: &Joined) -> bool {
    let (first, other) = (&before.first, &one.first);
    let single = |line: &Line| line.subject.is_some() != line.bearer.is_some() && line.instance.span.is_none();
    single(first)
        && single(other)
        && first.subject.is_some() == other.subject.is_some()
        && before.period == one.period
        && !first.missing.is_empty()
        && says_the_same(first, other)
}

fn says_the_same(one: &Line, other: &Line) -> bool {
    (&one.clause, one.called, one.nuance) == (&other.clause, other.called, other.nuance) && one.detail == other.detail
}

fn ends(first: &Line, last: &Line) -> Option<String> {
    let (from, through) = (first.period.as_deref()?, last.period.as_deref()?);
    // What is named by its first and last day is so together.
    match (from.split_once('–'), through.split_once('–')) {
        (Some((from, _)), Some((_, through))) => Some(format!("{from}–{through}")),
        (_, _) => Some(format!("{from}–{through}")),
    }
}
