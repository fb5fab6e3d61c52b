//! The periods that a norm is judged for: from the first day of force through the period that holds the as-of day, and never on
//! to a date that some record names.

use crate::facts::{Cell, CellId};
use crate::model::clause::{CycleOf, YearCounted, YearOf};
use crate::model::expr::{ClauseId, Expr, ExprKind};
use crate::plan::Norm;
use crate::value::{Counted, Cycle, CyclePeriod, Day, FirstDay, PeriodLabel, Stretch};
use crate::verdict::{Cut, Instance};

use super::life::bind_rows;
use crate::evaluate::expr::ask::{Ask, stop_at};
use crate::evaluate::expr::due_day::{day_it_came, term_it_came_in};
use crate::evaluate::expr::form::{period_of_term, term_beside_cycle, term_of_day};
use crate::evaluate::expr::readings::read_as;
use crate::evaluate::expr::terms::{numbered_year, readings_of_term, terms_so_far, year_from};
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::{OfTerm, bearer_of, events_of, of_term, own_term};
use crate::evaluate::trace::Trace;

/// How time is cut for a norm.
#[derive(Clone, Debug)]
pub enum Periods {
    /// It has none: it is judged once.
    Once,
    /// These, in order.
    These(Vec<CyclePeriod>),
    /// What they are counted from is not known.
    Unknown,
}

pub fn periods_of_norm<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Periods {
    let term = term_of_cycle(norm);
    match term.map_or(0, |term| readings_of_term(ask, term)) {
        0 | 1 => periods_as_read(ask, norm),
        readings => {
            let each = (0..readings).filter_map(|at| Some((term?, at)));
            together(each.map(|reading| read_as(ask, reading, |ask| periods_as_read(ask, norm))).collect())
        }
    }
}

/// Turns to the term that an instance is for: of a term, or in a period, that ran when the period began; and to its cycle.
pub fn turn_to_term<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) {
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    ask.term = match (term_beside_cycle(norm), instance.period) {
        (Some(_), Some(_)) if matches!(norm.cycle, Some(CycleOf::EachTerm(_))) => own_term(norm, instance),
        (Some(term), Some(period)) => ask.term_on(term, period.first()),
        (None, None) if norm.of_term.is_some() => {
            let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
            term_it_came_in(ask, norm, subject.into_iter().chain(bearer)).or(ask.term)
        }
        (None, None) if norm.awaits.is_some() => {
            let as_of = ask.world.as_of;
            norm.awaits.and_then(|term| ask.term_on(term, as_of)).or(ask.term)
        }
        (_, _) => own_term(norm, instance).or(ask.term),
    };
    ask.cycle = if norm.cycle.is_some() { cycle_of(ask, norm) } else { None };
}

/// Turns to an instance, with its rows, its period and its term, and back.
pub fn turned_to<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let rows = (std::mem::take(&mut ask.vars), ask.whose, ask.named, (ask.actor, ask.among));
    let turned = (ask.period, ask.cycle, ask.term);
    bind_rows(ask, norm, instance);
    ask.period = instance.period;
    turn_to_term(ask, norm, instance);
    let found = look(ask);
    (ask.period, ask.cycle, ask.term) = turned;
    (ask.vars, ask.whose, ask.named, (ask.actor, ask.among)) = rows;
    found
}

/// Whether an instance is for a term after which none has come.
pub fn is_of_the_last_term<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> bool {
    let (Some(CycleOf::EachTerm(term)), Some(period)) = (&norm.cycle, instance.period) else { return false };
    let terms = ask.quietly(|ask| terms_so_far(ask, *term));
    terms.perhaps.is_none() && terms.sure.last().is_some_and(|last| last.from == period.stretch.from)
}

/// The term that an instance is of, where that had ended for good when it came, or its period began.
pub fn came_after<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<ClauseId> {
    let term = norm.of_term?;
    if let Some(period) = instance.period {
        let ran = ask.term_on(term, period.first());
        return ran.filter(|(_, days)| days.until <= period.first()).map(|_| term);
    }
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    let came = day_it_came(ask, norm, subject.into_iter().chain(bearer)).filter(|came| *came <= ask.world.as_of)?;
    ask.term_on(term, came).filter(|(_, days)| days.until <= came).map(|_| term)
}

/// A renewal of the term that an instance is for that is open, and for whom; nothing for a term that may not have come itself.
pub fn open_renewal<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<(ClauseId, usize, Truth)> {
    let own = own_term(norm, instance).map(|(term, _)| term).or_else(|| term_beside_cycle(norm));
    let term = own.or(norm.of_term).or(norm.awaits)?;
    let terms = ask.quietly(|ask| terms_so_far(ask, term));
    let (_, truth) = terms.perhaps?;
    let came = term_of_period(ask, norm, instance).is_none_or(|(_, came)| came.is_yes());
    came.then_some((term, terms.sure.len(), truth))
}

/// The period of an instance as renewals are taken to have gone: nothing where there is none such then.
pub fn period_as_renewed<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    period: CyclePeriod,
) -> Option<CyclePeriod> {
    let by_the_term = match &norm.cycle {
        None | Some(CycleOf::YearOfTerm(_) | CycleOf::EachTerm(_)) => true,
        Some(CycleOf::Counted { from, .. }) => term_of_day(from).is_some(),
        Some(CycleOf::Calendar(_)) => false,
    };
    if !by_the_term {
        return Some(period);
    }
    listed_periods(ask, norm).into_iter().find(|other| other.label == period.label)
}

/// The term by which a norm's time is cut.
pub fn term_of_cycle(norm: &Norm) -> Option<ClauseId> {
    match &norm.cycle {
        Some(CycleOf::YearOfTerm(term) | CycleOf::EachTerm(term)) => Some(*term),
        Some(CycleOf::Calendar(_) | CycleOf::Counted { .. }) => None,
        // What is asked once goes by the term that it came in.
        None if norm.of_term.is_some() => None,
        None => norm.bodies.iter().find_map(|body| of_term(&body.window)).map(OfTerm::term),
    }
}

/// The periods that there are by some reading of the term: those of the first, and what others have beyond them.
fn together(readings: Vec<Periods>) -> Periods {
    let mut all: Option<Vec<CyclePeriod>> = None;
    let mut first = None;
    for periods in readings {
        match (periods, &mut all) {
            (Periods::These(more), None) => all = Some(more),
            (Periods::These(more), Some(all)) => {
                let beyond: Vec<CyclePeriod> = (0..)
                    .zip(more)
                    .filter(|(at, one)| same_of(all, (*at, *one)).is_none())
                    .map(|(_, one)| one)
                    .collect();
                all.extend(beyond);
            }
            (other, _) => first = first.or(Some(other)),
        }
    }
    all.map(Periods::These).or(first).unwrap_or(Periods::Unknown)
}

/// The period of a list that is the same as one of another reading: the same year of the same term, or of the same term in order.
fn same_of(all: &[CyclePeriod], (at, one): (usize, CyclePeriod)) -> Option<CyclePeriod> {
    match one.label {
        PeriodLabel::YearOfTerm { .. } => all.iter().find(|other| other.label == one.label).copied(),
        _ => all.get(at).copied(),
    }
}

/// The period of an instance as its term is read: nothing where that reading has none such.
pub fn period_as_read<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    period: CyclePeriod,
    reading: (ClauseId, usize),
) -> Option<CyclePeriod> {
    if term_of_cycle(norm) != Some(reading.0) {
        return Some(period);
    }
    let all = listed_periods(ask, norm);
    let at = all.iter().position(|one| *one == period)?;
    let read = read_as(ask, reading, |ask| listed_periods(ask, norm));
    same_of(&read, (at, period))
}

fn periods_as_read<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Periods {
    let Some(cycle) = &norm.cycle else { return of_terms(ask, norm) };
    let start = start(ask, norm);
    let force = ask.law.force();
    let until = ask.world.as_of.following().min(force.until).max(start.following());
    let cycle = match cycle {
        CycleOf::YearOfTerm(term) => return years_of(ask, *term, until),
        CycleOf::EachTerm(term) => return each_of(ask, *term, until),
        CycleOf::Counted { from, .. } if term_of_day(from).is_some() => {
            return counted_from_terms(ask, norm, term_of_day(from), (start, until));
        }
        CycleOf::Calendar(_) | CycleOf::Counted { .. } => match cycle_of(ask, norm) {
            Some(cycle) => cycle,
            None => return Periods::Unknown,
        },
    };
    let most = ask.world.plan.most_periods;
    let periods: Vec<CyclePeriod> = cycle.between(start, until).take(most.saturating_add(1)).collect();
    within_the_limit(ask, periods)
}

/// Periods, unless there are too many of them.
fn within_the_limit<'w, T: Trace>(ask: &mut Ask<'w, T>, periods: Vec<CyclePeriod>) -> Periods {
    let most = ask.world.plan.most_periods;
    if periods.len() > most {
        stop_at(ask, Cut::Periods(most));
        return Periods::These(Vec::new());
    }
    Periods::These(periods)
}

/// The same as a list, for looking at the instances beside one.
pub fn listed_periods<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Vec<CyclePeriod> {
    match periods_of_norm(ask, norm) {
        Periods::These(periods) => periods,
        Periods::Once | Periods::Unknown => Vec::new(),
    }
}

/// The cycle of the calendar, or counted from a day that is known exactly.
pub fn cycle_of<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<Cycle> {
    match norm.cycle.as_ref()? {
        CycleOf::Calendar(cycle) => Some(*cycle),
        CycleOf::Counted { every, from } => {
            let from = ask.value(from).day_bounds().and_then(DayBounds::exact)?;
            let (months, calendar) = (ask.world.plan.months, ask.world.plan.calendar);
            Counted::new(*every, from, FirstDay::NotCounted, months, calendar).map(Cycle::Counted)
        }
        CycleOf::YearOfTerm(_) | CycleOf::EachTerm(_) => None,
    }
}

/// Periods that are counted from a day of each term: the last of a term ends where the first of the next begins, and keeps its name.
fn counted_from_terms<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    term: Option<ClauseId>,
    (start, until): (Day, Day),
) -> Periods {
    let Some(term) = term else { return Periods::Unknown };
    let mut terms = ask.quietly(|ask| terms_so_far(ask, term)).sure;
    // What is counted from the end of a term waits for the end of the last.
    if let Some(CycleOf::Counted { from, .. }) = &norm.cycle
        && is_from_the_end(from)
    {
        terms = terms.pop().into_iter().collect();
    }
    let most = ask.world.plan.most_periods;
    let before = ask.term;
    let mut all: Vec<CyclePeriod> = Vec::new();
    let mut known = !terms.is_empty();
    for (at, days) in terms.iter().enumerate() {
        ask.term = Some((term, *days));
        let Some(cycle) = cycle_of(ask, norm) else {
            known = false;
            break;
        };
        let first = if at == 0 { start } else { start.max(days.from) };
        let next = terms.get(at.saturating_add(1)).map_or(until, |next| next.until.min(until));
        let begun = cycle.between(first, next).filter(|period| at == 0 || period.first() >= first);
        let begun: Vec<CyclePeriod> = begun.take(most.saturating_add(1)).collect();
        if let Some(first) = begun.first().map(|period| period.first()) {
            all.retain(|period| period.first() < first);
            if let Some(last) = all.last_mut().filter(|last| last.stretch.until > first) {
                last.stretch = Stretch::new(last.first(), first);
            }
        }
        all.extend(begun);
        if all.len() > most {
            stop_at(ask, Cut::Periods(most));
            ask.term = before;
            return Periods::These(Vec::new());
        }
    }
    ask.term = before;
    if known { Periods::These(all) } else { Periods::Unknown }
}

/// Whether a day is reckoned from the last day of a term.
fn is_from_the_end(day: &Expr) -> bool {
    match &day.kind {
        ExprKind::TermEnd(_) => true,
        ExprKind::Shift { day, .. } => is_from_the_end(day),
        _ => false,
    }
}

/// What is due in a year of a term, or during it, is due in each term: one period a term. That of a year runs from its first
/// day until the same year of the next term begins, so that what is done too late is late and not lost; a term that is too
/// short for the year has none.
fn of_terms<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Periods {
    let of: Vec<OfTerm> = norm.bodies.iter().filter_map(|body| of_term(&body.window)).collect();
    let Some(first) = of.first().copied().filter(|_| norm.of_term.is_none()) else { return Periods::Once };
    let (terms, as_of) = (terms_so_far(ask, first.term()), ask.world.as_of);
    if terms.sure.is_empty() {
        return Periods::Once;
    }
    let terms = terms.sure.into_iter().chain(terms.perhaps.map(|(term, _)| term).filter(|term| term.from <= as_of));
    // Of readings that count the years otherwise, the one that begins first.
    let begins = |term: &Stretch| of.iter().filter_map(|one| begin(ask, *term, *one)).min();
    let begins: Vec<(Stretch, Day)> = terms.filter_map(|term| Some((term, begins(&term)?))).collect();
    let mut next = begins.iter().skip(1).map(|(_, begin)| *begin).collect::<Vec<_>>().into_iter();
    let periods = begins.iter().map(|(term, begin)| {
        let until = next.next().unwrap_or(Stretch::ALWAYS.until);
        let label = PeriodLabel::Days(term.first(), term.last());
        CyclePeriod::new(Stretch::new(*begin, until), label)
    });
    let periods: Vec<CyclePeriod> = periods.collect();
    within_the_limit(ask, periods)
}

/// The terms so far.
fn each_of<'w, T: Trace>(ask: &mut Ask<'w, T>, term: ClauseId, until: Day) -> Periods {
    let terms = terms_so_far(ask, term);
    if terms.sure.is_empty() {
        return Periods::Unknown;
    }
    let all = terms.sure.into_iter().chain(terms.perhaps.map(|(days, _)| days));
    let begun = all.enumerate().filter(|(at, days)| *at == 0 || days.from < until);
    let periods: Vec<CyclePeriod> = begun.map(|(_, days)| period_of_term(days)).collect();
    within_the_limit(ask, periods)
}

/// The years of each term so far, counted from its first day.
fn years_of<'w, T: Trace>(ask: &mut Ask<'w, T>, term: ClauseId, until: Day) -> Periods {
    let terms = terms_so_far(ask, term);
    if terms.sure.is_empty() {
        return Periods::Unknown;
    }
    let (mut years, most) = (Vec::new(), ask.world.plan.most_periods);
    // Of a term of which it is open whether it came, the first year stands for all.
    let perhaps = terms.perhaps.and_then(|(days, _)| Some(year_from(ask, days.first(), 1)?.intersect(days)));
    for (at, days) in (1_u32..).zip(terms.sure.into_iter().chain(perhaps)) {
        for number in 1..=u32::try_from(most).unwrap_or(u32::MAX).saturating_add(1) {
            let Some(year) = year_from(ask, days.first(), number) else { break };
            let year = year.intersect(days);
            if year.is_empty() || year.from >= until {
                break;
            }
            let label = PeriodLabel::YearOfTerm { term: at, year: number };
            years.push(CyclePeriod::new(year, label));
        }
        if years.len() > most {
            stop_at(ask, Cut::Periods(most));
            break;
        }
    }
    Periods::These(years)
}

/// The term of an instance's period, and whether there is such a term: one that may have been renewed or not, or has not, as values
/// are tried.
pub fn term_of_period<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<(ClauseId, Truth)> {
    let label = instance.period?.label;
    let clause = match (norm.cycle.as_ref(), label) {
        (Some(CycleOf::YearOfTerm(clause)), PeriodLabel::YearOfTerm { .. }) => *clause,
        (Some(CycleOf::EachTerm(clause)), PeriodLabel::Days(..)) => *clause,
        (None, PeriodLabel::Days(..)) => norm.bodies.iter().find_map(|body| of_term(&body.window))?.term(),
        _ => return None,
    };
    let terms = ask.quietly(|ask| terms_so_far(ask, clause));
    let period = instance.period?;
    // A term that is shorter than that has no such year.
    let has_it = |days: &Stretch| !days.intersect(period.stretch).is_empty();
    let (sure, perhaps) = match label {
        PeriodLabel::YearOfTerm { term, .. } => {
            let at = usize::try_from(term).ok()?.checked_sub(1)?;
            let next = terms.perhaps.filter(|_| at == terms.sure.len());
            (terms.sure.get(at).is_some_and(has_it), next.is_some_and(|(days, _)| has_it(&days)))
        }
        PeriodLabel::Days(first, last) => {
            let days = Stretch::of_days(first, last);
            (terms.sure.contains(&days), terms.perhaps.is_some_and(|(perhaps, _)| perhaps == days))
        }
        _ => return None,
    };
    let truth = match (sure, perhaps, terms.perhaps) {
        (true, _, _) => Truth::Yes,
        (false, true, Some((_, truth))) => truth,
        (false, _, _) => Truth::No,
    };
    Some((clause, truth))
}

/// The first day from which periods are judged: the agreement's or the clause's; where neither says one, the first day that the
/// facts know of.
fn start<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm) -> Day {
    let world = &ask.world;
    // Periods before the clause came into force are not applicable, and are told so.
    if world.plan.first_day_stated {
        return world.plan.force.from;
    }
    if norm.first_day_stated {
        return ask.law.first_day(norm.clause);
    }
    let records = norm.bodies.iter().filter_map(|body| events_of(&body.test)).map(|of| of.record);
    let days = records.flat_map(|record| {
        let field = world.day_field(record);
        let cells = field.map(|field| world.facts.rows(record).map(move |row| CellId { record, row, field }));
        cells.into_iter().flatten()
    });
    let days = days.filter_map(|cell| if let Cell::Day(day) = world.facts.cell(cell) { Some(day) } else { None });
    days.min().unwrap_or(world.as_of)
}

/// Whether it is known on which days the periods of a norm lie.
pub fn has_periods<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> bool {
    matches!(ask.quietly(|ask| periods_of_norm(ask, norm)), Periods::These(_))
}

/// The period of a norm's that holds a day.
pub fn period_holding<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, day: Day) -> Option<CyclePeriod> {
    if let Some(found) = of_the_calendar(ask, norm, day) {
        return found;
    }
    let periods = ask.quietly(|ask| listed_periods(ask, norm));
    periods.into_iter().find(|period| period.first() <= day && day <= period.last())
}

/// The same where the calendar alone tells it, so that not all periods need be listed; nothing where it does not.
fn of_the_calendar<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm, day: Day) -> Option<Option<CyclePeriod>> {
    let Some(CycleOf::Calendar(cycle)) = norm.cycle else { return None };
    let start = start(ask, norm);
    let until = ask.world.as_of.following().min(ask.law.force().until).max(start.following());
    // No more periods than days: there can be none too many.
    if usize::try_from(start.days_until(until)).is_ok_and(|days| days > ask.world.plan.most_periods) {
        return None;
    }
    let lies = |period: &CyclePeriod| period.stretch.until > start && period.first() < until;
    Some(cycle.period_at(day).filter(lies))
}

/// Whether the period of an instance is one of those that a norm is judged for.
pub fn has_period<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, period: Option<CyclePeriod>) -> bool {
    if let Some(period) = period
        && let Some(found) = of_the_calendar(ask, norm, period.first())
    {
        return found == Some(period);
    }
    match (periods_of_norm(ask, norm), period) {
        (Periods::These(periods), Some(period)) => periods.contains(&period),
        (Periods::Once | Periods::Unknown, None) => true,
        (Periods::These(_), None) | (Periods::Once | Periods::Unknown, Some(_)) => false,
    }
}

/// The first day of what is asked of a term; nothing where the term has no such year.
fn begin<'w, T: Trace>(ask: &Ask<'w, T>, term: Stretch, of: OfTerm) -> Option<Day> {
    match of {
        OfTerm::Whole(_) => Some(term.first()),
        OfTerm::Year(YearOf { counted: YearCounted::Calendar, .. }) => {
            if let OfTerm::Year(year) = of {
                numbered_year(ask, term.first(), year).map(|year| year.from)
            } else {
                None
            }
        }
        OfTerm::Year(year) => {
            let days = numbered_year(ask, term.first(), year)?;
            (days.from < term.until).then_some(days.from)
        }
    }
}
