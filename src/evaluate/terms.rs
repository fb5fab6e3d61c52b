//! Terms: from which day through which, renewed or not, and the days that hang on them.

use crate::model::clause::{Renewals, TermEdge, TermOf, WhichEnd, YearCounted, YearOf};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Day, Period, ShiftProblem, Stretch};
use crate::verdict::{LastDay, Mark, Missing, Nuance, Said, Status};

use super::judge::Judge;
use super::known::{DayBounds, Val};
use super::outcome::Outcome;
use super::same_days::SameDays;
use super::trace::{Trace, reason};
use super::truth::Truth;
use super::values::{EdgeDay, Reckoned};

/// How many renewals are followed before the term is taken to run for ever.
const RENEWALS: u32 = 4_000;

/// How a term stands on the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermState {
    NotBegun(Stretch),
    Running {
        number: u32,
        days: Stretch,
    },
    Ended {
        number: u32,
        days: Stretch,
    },
    /// A renewal hangs on a person's weighing, or on how often the text lets it renew.
    Person(Stretch),
    /// A renewal hangs on a missing fact.
    Open(Stretch),
    /// Terms that are to have the same days do not have them.
    Clash,
    Unknown,
}

impl<'w, T: Trace> Judge<'w, T> {
    fn term_of(&self, clause: ClauseId) -> Option<(&'w Body, &'w TermOf)> {
        let plan = self.world.plan;
        plan.norms_of(clause).find_map(|(_, norm)| {
            norm.bodies.iter().find_map(|body| match &body.test {
                NormTest::Term(term) => Some((body, term)),
                _ => None,
            })
        })
    }

    pub fn term(&mut self, norm: &'w Norm, body: &'w Body, term: &'w TermOf) -> Outcome {
        let state = self.term_state(norm.clause, body, term);
        let told = |judge: &mut Self, number: u32, days: Stretch, mark: Mark| {
            let last = (days.until < Stretch::ALWAYS.until).then(|| days.last());
            judge.trace.say(|| reason(Said::Term { number, first: days.first(), last }, mark, body.span));
        };
        let (status, days) = match state {
            TermState::NotBegun(days) => (Status::Pending, Some(days)),
            TermState::Running { number, days } => {
                told(self, number, days, Mark::Yes);
                (Status::Satisfied, Some(days))
            }
            TermState::Ended { number, days } => {
                told(self, number, days, Mark::No);
                (Status::NotApplicable, Some(days))
            }
            TermState::Person(days) => (Status::NeedsJudgement, Some(days)),
            TermState::Open(days) => (Status::Unknown, Some(days)),
            TermState::Clash => (Status::NeedsJudgement, None),
            TermState::Unknown => (Status::Unknown, None),
        };
        let mut outcome = Outcome::of(status);
        if let Some(days) = days {
            outcome.first = Some(days.first());
            outcome.last = if days.until < Stretch::ALWAYS.until { LastDay::On(days.last()) } else { LastDay::None };
        }
        if status == Status::Satisfied {
            outcome.nuance = Nuance::SoFar;
        }
        outcome
    }

    fn term_state(&mut self, clause: ClauseId, body: &'w Body, term: &'w TermOf) -> TermState {
        self.term_course(clause, body, term, &mut Vec::new())
    }

    /// Every term so far, the renewed ones too, in order.
    pub fn terms_so_far(&mut self, clause: ClauseId) -> Vec<Stretch> {
        let mut terms = Vec::new();
        if let Some((body, term)) = self.term_of(clause) {
            self.aside(&[], |judge| judge.term_course(clause, body, term, &mut terms));
        }
        terms
    }

    fn term_course(
        &mut self,
        clause: ClauseId,
        body: &'w Body,
        term: &'w TermOf,
        terms: &mut Vec<Stretch>,
    ) -> TermState {
        let first = match self.tied(clause) {
            None => self.first_term(term),
            Some(tied) => match self.same_days(&tied, body.span) {
                SameDays::Agreed(first) => first,
                SameDays::Clash => return TermState::Clash,
            },
        };
        let Some(first) = first else { return TermState::Unknown };
        let as_of = self.world.as_of;
        if as_of < first.from {
            return TermState::NotBegun(first);
        }
        let mut days = first;
        terms.push(first);
        let mut number = 1_u32;
        while as_of >= days.until {
            let Some(renewal) = &term.renewal else { return TermState::Ended { number, days } };
            let renewed = number.saturating_sub(1);
            let more = match renewal.times {
                Renewals::AtMost(most) if renewed >= most => return TermState::Ended { number, days },
                Renewals::NotSaid if renewed >= 1 => Truth::Person,
                Renewals::AtMost(_) | Renewals::NotSaid | Renewals::Endlessly => Truth::Yes,
            };
            match more.and(self.renews(clause, body, days)) {
                Truth::No => return TermState::Ended { number, days },
                Truth::Person => return TermState::Person(days),
                Truth::Open => return TermState::Open(days),
                Truth::Yes => {}
            }
            let Some(next) = self.renewed(term, first, &renewal.period, renewed.saturating_add(1)) else {
                return TermState::Unknown;
            };
            days = next;
            terms.push(next);
            number = number.saturating_add(1);
            if number > RENEWALS {
                return TermState::Open(days);
            }
        }
        TermState::Running { number, days }
    }

    /// The term after so many renewals. Where the first has a length, all ends are counted from its first day; where its last
    /// day is told otherwise, from the day after that.
    fn renewed(&mut self, term: &TermOf, first: Stretch, period: &Period, renewals: u32) -> Option<Stretch> {
        let plan = self.world.plan;
        let counted = match &term.ends {
            TermEdge::Length(length) => {
                let own = crate::value::term(first.from, length, plan.months, &plan.calendar);
                (own == Ok(first)).then_some((first.from, *length))
            }
            TermEdge::Day(_) | TermEdge::Lapse { .. } | TermEdge::NotStated(_) | TermEdge::Open => None,
        };
        let (from, length) = counted.unwrap_or((first.until, Period::default()));
        let renewals = i32::try_from(renewals).ok()?;
        let days = crate::value::renewed_term(from, (&length, period), renewals, plan.months, &plan.calendar).ok()?;
        (!days.is_empty()).then_some(days)
    }

    /// The conditions of a term govern its renewal; "its last day" there is that of the term that ends.
    fn renews(&mut self, clause: ClauseId, body: &'w Body, days: Stretch) -> Truth {
        let before = self.ending.replace((clause, days));
        let truth = self.applies(body);
        self.ending = before;
        truth
    }

    pub fn first_term(&mut self, term: &'w TermOf) -> Option<Stretch> {
        let from = self.term_day(&term.starts)?;
        let until = match &term.ends {
            TermEdge::Length(period) => {
                let plan = self.world.plan;
                return match crate::value::term(from, period, plan.months, &plan.calendar) {
                    Ok(days) => Some(days),
                    Err(problem) => {
                        self.out_of_reckoning(problem);
                        None
                    }
                };
            }
            TermEdge::Open => Stretch::ALWAYS.until,
            other => self.term_day(other)?.following(),
        };
        Some(Stretch::new(from, until))
    }

    fn out_of_reckoning(&mut self, problem: ShiftProblem) {
        if let ShiftProblem::Calendar(out) = problem {
            self.trace.missing(|| Missing::Calendar { year: out.year });
        }
    }

    pub fn term_day(&mut self, edge: &'w TermEdge) -> Option<Day> {
        match edge {
            TermEdge::Day(day) => self.value(day).day_bounds()?.exact(),
            TermEdge::Lapse { anchor, by } => {
                let anchor_day = self.value(anchor).day_bounds()?;
                self.shift(anchor_day, by, Reckoned::Day, anchor.span)?.exact()
            }
            TermEdge::NotStated(span) => {
                self.trace.missing(|| Missing::Text(*span));
                None
            }
            TermEdge::Open | TermEdge::Length(_) => Some(self.world.plan.force.from),
        }
    }

    /// The days of a term as it stands: within its own renewal conditions, the one that ends.
    pub fn term_days(&mut self, clause: ClauseId) -> Option<Stretch> {
        if let Some((ending, days)) = self.ending
            && ending == clause
        {
            return Some(days);
        }
        let (body, term) = self.term_of(clause)?;
        let state = self.aside(&[], |judge| judge.term_state(clause, body, term))?;
        match state {
            TermState::NotBegun(days) | TermState::Running { days, .. } | TermState::Ended { days, .. } => Some(days),
            TermState::Person(days) => Some(days),
            TermState::Open(_) | TermState::Clash | TermState::Unknown => None,
        }
    }

    pub fn term_edge(&mut self, clause: ClauseId, end: WhichEnd) -> Val<'w> {
        match self.term_days(clause) {
            Some(days) => match end {
                WhichEnd::First => Val::day(days.first()),
                WhichEnd::Last if days.until >= Stretch::ALWAYS.until => Val::Absent,
                WhichEnd::Last => Val::day(days.last()),
            },
            None => {
                self.trace.missing(|| Missing::Clause(clause));
                Val::Unknown
            }
        }
    }

    /// First or last day of a year of a term, counted from the first day of the term that runs.
    pub fn year_of_term(&mut self, year: YearOf, end: WhichEnd) -> EdgeDay {
        let Some(days) = self.term_days(year.term) else {
            self.trace.missing(|| Missing::Clause(year.term));
            return EdgeDay::Unknown;
        };
        match self.numbered_year(days.first(), year) {
            Some(year) => EdgeDay::On(DayBounds::exactly(match end {
                WhichEnd::First => year.first(),
                WhichEnd::Last => year.last(),
            })),
            None => EdgeDay::Unknown,
        }
    }

    /// A numbered year of a term that begins on a day.
    pub fn numbered_year(&self, first: Day, year: YearOf) -> Option<Stretch> {
        match year.counted {
            YearCounted::FromTheFirstDay => self.year_from(first, year.number),
            YearCounted::Calendar => {
                let number = i32::try_from(year.number).ok()?;
                let calendar_year = first.year().checked_add(number)?.checked_sub(1)?;
                let new_year = |year: i32| Day::of(year, 1, 1);
                Some(Stretch::new(new_year(calendar_year)?, new_year(calendar_year.checked_add(1)?)?))
            }
        }
    }

    /// The n-th year from a day on, counted as terms are.
    pub fn year_from(&self, first: Day, year: u32) -> Option<Stretch> {
        let plan = self.world.plan;
        let nth = |years: u32| {
            let years = Period::years(i32::try_from(years).ok()?);
            Some(crate::value::term(first, &years, plan.months, &plan.calendar).ok()?.until)
        };
        Some(Stretch::new(nth(year.checked_sub(1)?)?, nth(year)?))
    }

    /// The last day of another clause for the same rows and period.
    pub fn due_day(&mut self, clause: ClauseId) -> Val<'w> {
        let plan = self.world.plan;
        let then = self.then;
        let norm = plan.norms_of(clause).map(|(_, norm)| norm).find(|norm| self.chosen(norm).contains(then));
        let norm = norm.or_else(|| plan.norms_of(clause).map(|(_, norm)| norm).next());
        let Some(body) = norm.and_then(|norm| norm.bodies.first()) else { return Val::Unknown };
        let rows = self.vars.clone();
        let frame = self.aside(&rows, |judge| judge.frame(body, None));
        match frame.map(|frame| frame.last) {
            Some(EdgeDay::On(day)) => Val::Day(day),
            Some(EdgeDay::NotYet | EdgeDay::None) => Val::Absent,
            Some(EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable) | None => Val::Unknown,
        }
    }

    /// The day on which a permission that is exercised takes effect.
    pub fn effect_day(&mut self, clause: ClauseId) -> Val<'w> {
        let plan = self.world.plan;
        let found = plan.norms_of(clause).find_map(|(_, norm)| {
            norm.bodies.iter().find_map(|body| match &body.test {
                NormTest::May { effect: Some(effect), .. } => Some(effect),
                _ => None,
            })
        });
        let Some(effect) = found else { return Val::Unknown };
        let rows = self.vars.clone();
        match self.aside(&rows, |judge| judge.edge(effect, Reckoned::Day)) {
            Some(EdgeDay::On(day)) => Val::Day(day),
            Some(EdgeDay::NotYet | EdgeDay::None) => Val::Absent,
            Some(EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable) | None => Val::Unknown,
        }
    }
}
