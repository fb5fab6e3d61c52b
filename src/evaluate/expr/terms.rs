//! Terms: from which day through which, renewed or not, and the days that hang on them.

use crate::model::clause::{Renewals, TermEdge, TermOf, WhichEnd, YearCounted, YearOf};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Day, Period, ShiftProblem, Stretch};
use crate::verdict::{Mark, Missing, Said};

use super::ask::{Ask, Moved, Renewed, of_clause};
use super::form::period_of_term;
use super::frame::EdgeDay;
use super::judged::renewal_as_decided;
use super::leaning::leaning;
use super::readings::{may_differ, taken_as};
use super::term_days::{SameDays, TermState, first_term, same_days, tied};
use super::walk::say_year;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::{Trace, reason};

/// How many renewals are followed before the term is taken to run for ever.
const RENEWALS: u32 = 4_000;

impl<'w, T: Trace> Ask<'w, T> {
    /// The first or last day of a term. Where it is open whether it goes on, its last day is that of the last term that is
    /// known, or a later one.
    pub fn term_edge(&mut self, clause: ClauseId, end: WhichEnd) -> Val<'w> {
        if let Some((asked, days)) = self.term
            && asked == clause
        {
            return edge_of(days, end);
        }
        match state_on(self, clause) {
            Some(TermState::NotBegun(days) | TermState::Running { days, .. } | TermState::Ended { days, .. }) => {
                edge_of(days, end)
            }
            // Whether it has ended is for a person.
            Some(TermState::Person(_)) => Val::NoSuchDay,
            Some(TermState::Open(days)) => {
                self.trace.missing(|| Missing::Clause(clause));
                match end {
                    WhichEnd::First => Val::Day(DayBounds::within(days.first(), Day::MAX)),
                    WhichEnd::Last => Val::Day(DayBounds::within(days.last(), Day::MAX)),
                }
            }
            Some(TermState::NoSuchDay) => Val::NoSuchDay,
            Some(TermState::Clash | TermState::Unknown) | None => {
                self.trace.missing(|| Missing::Clause(clause));
                Val::Unknown
            }
        }
    }

    /// The term that runs on a day: before the first it is the first, after the last the last; none where that is open.
    pub fn term_on(&mut self, clause: ClauseId, day: Day) -> Option<(ClauseId, Stretch)> {
        // How it goes on after that day makes no difference, and may hang on what is asked here.
        let terms = self.quietly(|ask| terms_until(ask, clause, day));
        if terms.perhaps.is_some_and(|(next, _)| next.from <= day) {
            return None;
        }
        let begun = terms.sure.iter().rev().find(|days| days.from <= day).or(terms.sure.first());
        begun.map(|days| (clause, *days))
    }

    /// First or last day of a year of a term, counted from the first day of the term that is asked about.
    pub fn year_of_term(&mut self, year: YearOf, end: WhichEnd) -> EdgeDay {
        let Some(days) = term_days(self, year.term) else {
            self.trace.missing(|| Missing::Clause(year.term));
            return EdgeDay::Unknown;
        };
        match numbered_year(self, days.first(), year) {
            // A term that ends before it has no such year, and one that ends in it cuts it short.
            Some(numbered) if numbered.from >= days.until => EdgeDay::NoDay,
            Some(numbered) => {
                say_year(self, days, (year, numbered), end);
                EdgeDay::of_term(Some(Stretch::new(numbered.from, numbered.until.min(days.until))), end)
            }
            None => EdgeDay::Unknown,
        }
    }
}

pub fn term_state<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, body: &'w Body, term: &'w TermOf) -> TermState {
    let as_of = ask.world.as_of;
    let mut terms = Terms::default();
    let state = course(ask, clause, (body, term), (&mut terms, as_of));
    for at in terms.decided {
        let place = ask.world.facts.judgements.get(at).map(|one| one.decision.place);
        ask.trace.say(|| {
            let mut step = reason(Said::Judgement(at), Mark::Plain, None);
            step.fact = place;
            step
        });
    }
    state
}

/// The terms of a clause, in order.
#[derive(Debug, Default, PartialEq)]
pub struct Terms {
    /// Those that have begun, the renewed ones too; and the first, where it has not begun.
    pub sure: Vec<Stretch>,
    /// The next one, where it is open, or for a person, whether there is one.
    pub perhaps: Option<(Stretch, Truth)>,
    /// The judgements that decided on renewals, by their places in the facts.
    pub decided: Vec<usize>,
    /// Those that ran when another wording gave them other days.
    pub moved: Vec<Moved>,
}

/// Every term so far.
pub fn terms_so_far<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Terms {
    let as_of = ask.world.as_of;
    terms_until(ask, clause, as_of)
}

/// Every term that has begun by a day.
pub fn terms_until<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, until: Day) -> Terms {
    let mut terms = Terms::default();
    let mut readings = readings_of(ask, clause).into_iter();
    if let Some(own) = readings.next() {
        ask.aside(&[], |ask| course(ask, clause, own, (&mut terms, until)));
    }
    for other in readings {
        let mut differing = Terms::default();
        ask.aside(&[], |ask| ask.quietly(|ask| course(ask, clause, other, (&mut differing, until))));
        if differing != terms {
            may_differ(ask, clause);
        }
    }
    if let Some((_, moved)) = ask.stood.filter(|(asked, _)| *asked == clause) {
        terms.sure.iter_mut().filter(|days| **days == moved.since).for_each(|days| *days = moved.before);
    }
    terms
}

/// From the first day of a term through the last of its renewals, as far as they matter for a period; nothing where they are not known. What
/// may still be renewed is not cut yet. Of terms with a gap between them, those that meet the period.
pub fn days_of_all_terms<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, period: Stretch) -> Option<Stretch> {
    let through = period.last().max(ask.world.as_of);
    let terms = ask.quietly(|ask| terms_until(ask, clause, through));
    let ahead = terms.perhaps.is_some_and(|(next, _)| next.from > ask.world.as_of);
    let mut runs: Vec<Stretch> = Vec::new();
    for term in &terms.sure {
        match runs.last_mut() {
            Some(run) if run.until == term.from => run.until = term.until,
            _ => runs.push(*term),
        }
    }
    if let Some(run) = runs.last_mut().filter(|_| ahead) {
        run.until = Stretch::ALWAYS.until;
    }
    let meets = runs.iter().rfind(|run| !run.intersect(period).is_empty());
    meets.or(runs.last()).copied()
}

/// Looks at what is for each term, in one of them.
pub fn in_term<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    of: Option<(ClauseId, Stretch)>,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let before = (ask.term, ask.period, ask.cycle);
    (ask.term, ask.period, ask.cycle) = (of, of.map(|(_, days)| period_of_term(days)), None);
    let found = ask.quietly(look);
    (ask.term, ask.period, ask.cycle) = before;
    found
}

/// The term whose window holds a day, and whether it does: the one that runs then, or the next, whose window may have begun.
pub fn term_that_holds<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (term, body): (ClauseId, &'w Body),
    day: Day,
) -> Option<((ClauseId, Stretch), Truth)> {
    let own = ask.term_on(term, day)?;
    let holds = in_term(ask, Some(own), |ask| ask.frame(body, None)).holds(day);
    if holds.is_yes() {
        return Some((own, holds));
    }
    let begins = own.1.until;
    let terms = ask.quietly(|ask| terms_until(ask, term, begins));
    let sure = terms.sure.into_iter().find(|days| days.from == begins).map(|days| (days, Truth::Yes));
    let Some((next, comes)) = sure.or(terms.perhaps) else { return Some((own, holds)) };
    let later = in_term(ask, Some((term, next)), |ask| ask.frame(body, None)).holds(day).and(comes);
    if later.is_no() { Some((own, holds)) } else { Some(((term, next), later)) }
}

/// The days of a term as it stands: the one that is asked about, where each has an instance of its own.
pub fn term_days<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Option<Stretch> {
    if let Some((asked, days)) = ask.term
        && asked == clause
    {
        return Some(days);
    }
    match state_on(ask, clause)? {
        TermState::NotBegun(days) | TermState::Running { days, .. } | TermState::Ended { days, .. } => Some(days),
        TermState::Person(days) => Some(days),
        TermState::Open(_) | TermState::Clash | TermState::Unknown | TermState::NoSuchDay => None,
    }
}

/// The n-th year from a day on.
pub fn year_from<'w, T: Trace>(ask: &Ask<'w, T>, first: Day, year: u32) -> Option<Stretch> {
    let plan = ask.world.plan;
    let nth = |years: u32| {
        let years = i32::try_from(years).ok()?;
        if years == 0 {
            return Some(first);
        }
        crate::value::term(first, &Period::years(years), plan.months, &plan.calendar).ok().map(|days| days.until)
    };
    Some(Stretch::new(nth(year.checked_sub(1)?)?, nth(year)?))
}

/// A numbered year of a term that begins on a day.
pub fn numbered_year<'w, T: Trace>(ask: &Ask<'w, T>, first: Day, year: YearOf) -> Option<Stretch> {
    match year.counted {
        YearCounted::FromTheFirstDay => year_from(ask, first, year.number),
        YearCounted::Calendar => {
            let number = i32::try_from(year.number).ok()?;
            let calendar_year = first.year().checked_add(number)?.checked_sub(1)?;
            let new_year = |year: i32| Day::of(year, 1, 1);
            Some(Stretch::new(new_year(calendar_year)?, new_year(calendar_year.checked_add(1)?)?))
        }
    }
}

fn edge_of<'w>(days: Stretch, end: WhichEnd) -> Val<'w> {
    match end {
        WhichEnd::First => Val::day(days.first()),
        WhichEnd::Last if days.until >= Stretch::ALWAYS.until => Val::Absent,
        WhichEnd::Last => Val::day(days.last()),
    }
}

/// How many readings the wording of a term has that is in force.
pub fn readings_of_term<'w, T: Trace>(ask: &Ask<'w, T>, clause: ClauseId) -> usize {
    ask.law.wording_on(clause, ask.world.as_of).map_or(0, |norm| taken_as(ask, norm).len())
}

fn readings_of<'w, T: Trace>(ask: &Ask<'w, T>, clause: ClauseId) -> Vec<(&'w Body, &'w TermOf)> {
    let bodies = ask.law.wording_on(clause, ask.world.as_of).map_or(&[][..], |norm| taken_as(ask, norm));
    let term = |body: &'w Body| match &body.test {
        NormTest::Term(term) => Some((body, term)),
        _ => None,
    };
    bodies.iter().filter_map(term).collect()
}

/// How a term stands on the day that is asked about.
fn state_on<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Option<TermState> {
    let mut readings = readings_of(ask, clause).into_iter();
    let own = readings.next()?;
    let on = ask.on;
    let state = ask.aside(&[], |ask| course(ask, clause, own, (&mut Terms::default(), on)))?;
    for other in readings {
        let course = |ask: &mut Ask<'w, T>| course(ask, clause, other, (&mut Terms::default(), on));
        let differing = ask.aside(&[], |ask| ask.quietly(course))?;
        // Readings that give other days are for a person.
        if differing != state {
            may_differ(ask, clause);
            return Some(TermState::NoSuchDay);
        }
    }
    Some(state)
}

/// The terms from the first on through a day, each of which begins on the day after the one before. Those that had ended when another
/// wording took its place stay as they were; the one that ran then, and what follows, is as the new words have it.
fn course<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    (body, term): (&'w Body, &'w TermOf),
    (terms, through): (&mut Terms, Day),
) -> TermState {
    let mut so_far = SoFar { terms, since: Day::MIN, running: None };
    if let Some((older, ended, since)) = wording_before(ask, clause, body) {
        let mut before = Terms::default();
        ask.quietly(|ask| course(ask, clause, older, (&mut before, ended.preceding())));
        so_far.since = since;
        if ended == since {
            so_far.running = before.sure.iter().copied().find(|days| days.from < since && since < days.until);
            so_far.terms.moved = before.moved;
            so_far.terms.sure.extend(before.sure.into_iter().filter(|days| days.until <= since));
        } else {
            // In a gap between two wordings no term runs.
            let begun = before.sure.into_iter().filter(|days| days.from < ended);
            so_far.terms.sure.extend(begun.map(|days| Stretch::new(days.from, days.until.min(ended))));
        }
    }
    let ran = so_far.running;
    let state = match of_clause(ask, clause, |ask| by_its_words(ask, clause, (body, term), (&mut so_far, through))) {
        state @ (TermState::NotBegun(_) | TermState::Running { .. } | TermState::Ended { .. }) => {
            so_far.runs_out(through).unwrap_or(state)
        }
        state => state,
    };
    if let Some(before) = ran {
        so_far.moves(before);
    }
    state
}

/// The terms so far, of which some are of an earlier wording.
struct SoFar<'t> {
    terms: &'t mut Terms,
    /// The day on which the wording took effect that speaks now; the earliest where there was none before.
    since: Day,
    /// The term that ran then by the words before.
    running: Option<Stretch>,
}

impl SoFar<'_> {
    /// Another term begins.
    fn begins(&mut self, days: Stretch) -> Stretch {
        if days.until <= self.since {
            return days;
        }
        let from = days.from.max(self.terms.sure.last().map_or(Day::MIN, |last| last.until));
        // Until the new words have a term, the old one runs on.
        if let Some(running) = self.running.take_if(|running| running.from < from) {
            let running = Stretch::new(running.from, running.until.min(from));
            self.terms.sure.push(running);
            return self.begins(days);
        }
        self.running = None;
        let days = Stretch::new(from, days.until);
        self.terms.sure.push(days);
        days
    }

    /// Notes which terms have taken the place of the one that ran when the wording took effect, with other days than that had.
    fn moves(&mut self, before: Stretch) {
        let on = self.since;
        let in_its_place = |days: &&Stretch| days.from < on && days.until > before.from && **days != before;
        let since: Vec<Stretch> = self.terms.sure.iter().filter(in_its_place).copied().collect();
        self.terms.moved.extend(since.into_iter().map(|since| Moved { before, since, on }));
    }

    /// How it stands where the new words have no term any more, or none yet, and the old one still runs, or ran out last.
    fn runs_out(&mut self, through: Day) -> Option<TermState> {
        if let Some(running) = self.running.take() {
            self.terms.sure.push(running);
        }
        let (at, days) = self.terms.sure.iter().copied().enumerate().rev().find(|(_, days)| days.from < self.since)?;
        let number = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
        let next = self.terms.sure.get(at.saturating_add(1));
        match next {
            Some(next) if next.from <= through => None,
            _ if self.terms.perhaps.is_some() => None,
            _ if through < days.until => Some(TermState::Running { number, days }),
            None if days.until < Stretch::ALWAYS.until => Some(TermState::Ended { number, days }),
            _ => None,
        }
    }
}

/// The wording of a term that was in force before another, the day after its last, and the day on which the other took effect.
fn wording_before<'w, T: Trace>(
    ask: &Ask<'w, T>,
    clause: ClauseId,
    body: &'w Body,
) -> Option<((&'w Body, &'w TermOf), Day, Day)> {
    let own = |norm: &&'w Norm| norm.bodies.iter().any(|one| std::ptr::eq(one, body));
    let since = ask.law.chosen(ask.world.plan.norms_of(clause).map(|(_, norm)| norm).find(own)?).from;
    let before = ask.law.wording_on(clause, since.preceding()).filter(|norm| !own(norm))?;
    let force = ask.law.chosen(before);
    if force.is_empty() || force.from >= since {
        return None;
    }
    let older = taken_as(ask, before).first()?;
    match &older.test {
        NormTest::Term(term) => Some(((older, term), force.until.min(since), since)),
        _ => None,
    }
}

/// The terms that the words of one wording make.
fn by_its_words<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    clause: ClauseId,
    (body, term): (&'w Body, &'w TermOf),
    (so_far, through): (&mut SoFar, Day),
) -> TermState {
    let tied = tied(ask, clause, term);
    let first = match &tied {
        None => first_term(ask, term),
        Some(tied) => match same_days(ask, tied, body) {
            SameDays::Agreed(first) => first,
            SameDays::Clash => return TermState::Clash,
        },
    };
    // Whichever of them says that it is renewed says so of all.
    let asked = clause;
    let of_all = tied.iter().flatten().find(|one| term.renewal.is_none() && one.term.renewal.is_some());
    let (clause, body, term) = of_all.map_or((clause, body, term), |one| (one.clause, one.body, one.term));
    let first = match first {
        Ok(first) => first,
        Err(state) => return state,
    };
    let mut days = so_far.begins(first);
    if through < days.from {
        return TermState::NotBegun(days);
    }
    let mut number = 1_u32;
    // The day of the last decision on a renewal.
    let mut decided = Day::MIN;
    while through >= days.until {
        // Whether it is renewed is what is being asked: what hangs on the end of the term that runs after that lies behind it.
        if ask.renewing.contains(&(clause, days.until)) {
            so_far.begins(Stretch::new(days.until, Stretch::ALWAYS.until));
            return TermState::Running { number, days };
        }
        let Some(renewal) = &term.renewal else { return TermState::Ended { number, days } };
        // After the clause has been repealed, or has ended by itself, nothing renews it.
        if ask.law.ended_on(clause).is_some_and(|day| day <= days.until) {
            return TermState::Ended { number, days };
        }
        let renewed = number.saturating_sub(1);
        let more = match renewal.times {
            Renewals::AtMost(most) if renewed >= most => return TermState::Ended { number, days },
            Renewals::NotSaid if renewed >= 1 => Truth::Person,
            Renewals::AtMost(_) | Renewals::NotSaid | Renewals::Endlessly => Truth::Yes,
        };
        let of_it = |one: &&Renewed| (one.term == asked || one.term == clause) && one.after == so_far.terms.sure.len();
        let taken = ask.renewed.iter().find(of_it);
        let renewed = match taken {
            // What had ended before these words took effect is as the words before have it.
            _ if days.until <= so_far.since => Truth::Yes,
            Some(one) => Truth::of(one.taken),
            None => more.and(renews(ask, clause, body, days)),
        };
        if renewed.is_no() {
            return TermState::Ended { number, days };
        }
        let next = match term_after(ask, term, first, (&renewal.period, number)) {
            Ok(next) if next.until > days.until => next,
            Ok(_) => return TermState::Unknown,
            Err(problem) => {
                ask.cannot_reckon(&problem, renewal.span);
                return if matches!(problem, ShiftProblem::NoSuchDay { .. }) {
                    TermState::NoSuchDay
                } else {
                    TermState::Unknown
                };
            }
        };
        let next = Stretch::new(days.until, next.until);
        let mut renewed = renewed;
        if renewed == Truth::Person
            && let Some((said, on, at)) = renewal_as_decided(ask, (clause, body), (days, next), decided)
        {
            (renewed, decided) = (said, on);
            so_far.terms.decided.push(at);
        }
        match renewed {
            Truth::No => return TermState::Ended { number, days },
            Truth::Person => {
                so_far.terms.perhaps = Some((next, renewed));
                return TermState::Person(days);
            }
            Truth::Open => {
                so_far.terms.perhaps = Some((next, renewed));
                return TermState::Open(days);
            }
            Truth::Yes => {}
        }
        days = so_far.begins(next);
        number = number.saturating_add(1);
        if number > RENEWALS {
            return TermState::Open(days);
        }
    }
    TermState::Running { number, days }
}

/// The term after so many renewals. Where the first has a length, all ends are counted from its first day; where its last day is
/// told otherwise, from the day after that.
fn term_after<'w, T: Trace>(
    ask: &Ask<'w, T>,
    term: &'w TermOf,
    first: Stretch,
    (period, renewals): (&Period, u32),
) -> Result<Stretch, ShiftProblem> {
    let plan = ask.world.plan;
    let (from, length) = match &term.ends {
        TermEdge::Length(length) => (first.from, *length),
        TermEdge::Day(_) | TermEdge::Lapse { .. } | TermEdge::NotStated(_) | TermEdge::Open => {
            (first.until, Period::default())
        }
    };
    let renewals = i32::try_from(renewals).unwrap_or(i32::MAX);
    crate::value::renewed_term(from, (&length, period), renewals, plan.months, &plan.calendar)
}

/// The conditions of a term govern its renewal and are asked on the last day of the term that runs out; "its last day" there is
/// that day.
fn renews<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, body: &'w Body, days: Stretch) -> Truth {
    let key = (clause, body.key(), days.first(), days.until, ask.come_by);
    let plain = ask.read_as.is_empty() && ask.renewed.is_empty();
    if plain
        && !ask.trace.listens()
        && let Some(known) = ask.known.renewal(&key)
    {
        return ask.taken(known);
    }
    let before = ask.term.replace((clause, days));
    ask.renewing.push((clause, days.until));
    let last = days.last();
    let applies = |ask: &mut Ask<'w, T>| ask.asked_on(last, |ask| ask.applies(&body.conditions));
    let (found, leans_on) = leaning(ask, |ask| of_clause(ask, clause, |ask| ask.worked_out(applies)));
    ask.renewing.pop();
    ask.term = before;
    let truth = found.answer;
    if plain && leans_on.is_none() {
        ask.known.keep_renewal(key, found);
    }
    truth
}
