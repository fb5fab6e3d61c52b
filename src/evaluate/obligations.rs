//! Obligations and prohibitions: events that must, or must not, happen; a day that must have come; a state that must hold.

use crate::facts::{CellId, Row};
use crate::model::clause::{Count, Limit};
use crate::model::expr::{Collection, Cond, Expr, ExprKind, FieldOf};
use crate::model::schema::{FieldId, RecordId};
use crate::plan::{Body, Formality, Norm};
use crate::value::{Day, Number};
use crate::verdict::{Fit, Mark, Nuance, Said, Status};

use super::judge::Judge;
use super::known::{DayBounds, Val};
use super::outcome::{Outcome, worst};
use super::tally::{Counts, Deed, Field, Tally};
use super::trace::{Trace, reason};
use super::truth::Truth;
use super::window::{Frame, Passed};
use super::world::GHOST;

/// Events that are looked for, and how.
#[derive(Clone, Copy)]
pub struct Wanted<'w> {
    pub body: &'w Body,
    pub events: &'w Collection,
    /// The field that says which period an event is for.
    pub counted_for: Option<FieldId>,
    /// Only events that have this option in this field.
    pub option: Option<(FieldId, &'w str)>,
    /// Only events of which this field says that this actor did them.
    pub by: Option<(FieldId, &'w str)>,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// Events happen, so many times, within the window.
    pub fn happens(&mut self, norm: &'w Norm, wanted: Wanted<'w>, count: &'w Count, frame: Frame) -> Outcome {
        match count {
            Count::OfEach { least, field, options } => {
                let needed = usize::try_from(*least).unwrap_or(usize::MAX);
                let mut outcomes = Vec::new();
                for option in options {
                    let wanted = Wanted { option: Some((*field, option)), ..wanted };
                    let (tally, found) = self.tally(norm, wanted, frame);
                    outcomes.push(tally.at_least(needed, &found));
                }
                each_of(outcomes)
            }
            Count::About { least, most } => {
                let (least, most) = (self.times(least, norm), self.times(most, norm));
                let (tally, found) = self.tally(norm, wanted, frame);
                match (least, most) {
                    (Some(least), Some(most)) => tally.about(least, most, &found),
                    (_, _) => Outcome::of(Status::Unknown),
                }
            }
            Count::Times { limit, times } => {
                let Some(times) = self.times(times, norm) else { return Outcome::of(Status::Unknown) };
                let (tally, found) = self.tally(norm, wanted, frame);
                limited(&tally, *limit, times, &found)
            }
        }
    }

    /// A number of times, in proportion to the part of a first period that counts so.
    fn times(&mut self, times: &'w Expr, norm: &Norm) -> Option<usize> {
        let number = match (&times.kind, self.value(times)) {
            (ExprKind::Number(number), _) => number.clone(),
            (_, value) => value.bounds().exact()?.clone(),
        };
        let number = self.in_proportion(norm, number);
        number.ceil().to_i64().and_then(|times| usize::try_from(times).ok())
    }

    fn in_proportion(&self, norm: &Norm, number: Number) -> Number {
        let Some(period) = self.period else { return number };
        let part = period.stretch.intersect(self.runs(norm));
        let cut_first =
            part.from > period.stretch.from && norm.first_period == Some(crate::model::clause::CutCounts::InProportion);
        let cut_last = part.until < period.stretch.until
            && norm.last_period == Some(crate::model::clause::CutCounts::InProportion);
        if !cut_first && !cut_last {
            return number;
        }
        let (days, whole) = (i64::from(part.days()), i64::from(period.stretch.days()));
        Number::ratio(days, whole).map_or(number.clone(), |share| number.times(&share))
    }

    /// Counts the events of a collection that fall into the window (and the period, when their day says which it is).
    fn tally(&mut self, norm: &'w Norm, wanted: Wanted<'w>, frame: Frame) -> (Tally, Field) {
        let by_day = self.period.filter(|_| wanted.counted_for.is_none());
        let as_of = self.world.as_of;
        let found = Field { frame, period: by_day.map(|period| (period.first(), period.last())), as_of };
        let mut tally = Tally::default();
        let rows = self.candidates(wanted.events);
        for row in rows.all(self.world.facts, wanted.events.record) {
            self.trace.open();
            let mark = self.trace.mark();
            let mut deed = self.deed(wanted, row);
            if !deed.right.is_no() && self.serves_another(norm, wanted, row) {
                deed.right = Truth::No;
            }
            let counts = found.counts(deed);
            let told = self.tell_deed(wanted.events.record, row, deed, counts, as_of);
            if !told {
                self.trace.forget(mark);
            }
            tally.add(counts, deed);
        }
        self.more(wanted, &found, &mut tally);
        (tally, found)
    }

    /// What might have been done that nobody has written down.
    fn more(&mut self, wanted: Wanted<'w>, found: &Field, tally: &mut Tally) {
        let record = wanted.events.record;
        if !self.world.may_be_more(record, found.as_of) {
            return;
        }
        self.trace.hush();
        self.bind(wanted.events.var, GHOST);
        let kind = self.holds(&wanted.events.filter);
        self.trace.speak();
        let day = match self.world.day_of(record, GHOST) {
            Some(Val::Day(day)) => Some(day),
            Some(_) | None => None,
        };
        let right = if kind.is_no() { Truth::No } else { Truth::Open };
        if let Counts::Open { in_time, late } = found.counts(Deed { right, day }) {
            tally.more_in_time |= in_time;
            tally.more_done |= in_time || late;
            let (from, through) = asked_days(found);
            self.incomplete_over(record, from, through);
        }
    }

    /// What a row is worth as evidence.
    pub fn deed(&mut self, wanted: Wanted<'w>, row: Row) -> Deed {
        let record = wanted.events.record;
        if self.world.cancelled(record, row) {
            return Deed { right: Truth::No, day: None };
        }
        self.bind(wanted.events.var, row);
        let mut right = self.holds(&wanted.events.filter);
        if !right.is_no()
            && let Some(clause) = wanted.events.members_of
        {
            right = right.and(self.member(clause, row, self.then));
        }
        if let (false, Some((field, option))) = (right.is_no(), wanted.option) {
            right = right.and(self.says(CellId { record, row, field }, option, wanted.events));
        }
        if let (false, Some((field, actor))) = (right.is_no(), wanted.by) {
            right = right.and(self.says(CellId { record, row, field }, actor, wanted.events));
        }
        if let (false, Some(field)) = (right.is_no(), wanted.counted_for) {
            right = right.and(self.is_for_period(CellId { record, row, field }, wanted.events));
        }
        if !right.is_no() {
            right = right.and(self.formal(&wanted.body.form, record, row));
        }
        if right.is_no() {
            return Deed { right, day: None };
        }
        let day = match self.world.day_field(record) {
            Some(field) => self.cell(CellId { record, row, field }, wanted.events.span).day_bounds(),
            None => None,
        };
        Deed { right, day }
    }

    fn says(&mut self, cell: CellId, option: &str, events: &Collection) -> Truth {
        match self.cell(cell, events.span) {
            Val::Text(text) => Truth::of(text == option),
            Val::Absent => Truth::No,
            _ => Truth::Open,
        }
    }

    fn is_for_period(&mut self, cell: CellId, events: &Collection) -> Truth {
        let Some(period) = self.period else { return Truth::Yes };
        let told = match (self.cell(cell, events.span), self.world.day_field(cell.record)) {
            // Where the facts say that it names no period, its day says which it is for.
            (Val::Absent, Some(field)) => self.cell(CellId { field, ..cell }, events.span),
            (told, _) => told,
        };
        match told {
            Val::Text(text) => Truth::of(text == period.label.to_string()),
            Val::Number(bounds) => match bounds.exact().and_then(Number::to_i64) {
                Some(year) => Truth::of(year == i64::from(period.first().year())),
                None => Truth::Open,
            },
            Val::Day(day) if day.lies_in(period.first(), period.last()) => Truth::Yes,
            Val::Day(day) if !day.may_lie_in(period.first(), period.last()) => Truth::No,
            Val::Absent => Truth::No,
            _ => Truth::Open,
        }
    }

    /// Whether evidence has the form and the addressee that is asked for. A form that is on the subject is looked up there.
    pub fn formal(&mut self, forms: &'w [Formality], record: RecordId, row: Row) -> Truth {
        let mut truth = Truth::Yes;
        for form in forms {
            let row = if form.record == record { row } else { self.var(crate::model::expr::Var(0)) };
            let cell = CellId { record: form.record, row, field: form.field };
            let one = match self.cell(cell, form.span) {
                Val::Text(text) => Truth::of(text == form.option),
                Val::YesNo(answer) => Truth::of(answer),
                Val::Row(record, row) => Truth::of(self.rows_equal(record, row, &form.option)),
                Val::Absent => Truth::No,
                _ => Truth::Open,
            };
            truth = truth.and(one);
        }
        truth
    }

    /// Says how a row counts; what is of another kind is passed over in silence.
    fn tell_deed(&mut self, record: RecordId, row: Row, deed: Deed, counts: Counts, as_of: Day) -> bool {
        let day = deed.day.and_then(DayBounds::exact);
        let planned = deed.day.is_some_and(|day| day.first > as_of);
        let (fit, mark) = match counts {
            Counts::InTime => (Fit::InTime, Mark::Yes),
            Counts::Late => (Fit::Late, Mark::No),
            Counts::TooEarly => (Fit::TooEarly, Mark::No),
            Counts::Open { .. } => (Fit::Open, Mark::Open),
            Counts::Not if !deed.right.is_no() && planned => (Fit::Planned, Mark::Plain),
            Counts::Not => {
                self.trace.discard();
                return false;
            }
        };
        if matches!(counts, Counts::InTime | Counts::Late) {
            self.trace.evidence(record, row);
            self.serve(record, row);
        }
        let fact = if T::ON { self.world.facts.row_place(record, row) } else { None };
        self.trace.close(|| {
            let mut step = reason(Said::Evidence { record, row, day, fit }, mark, None);
            step.fact = fact;
            step
        });
        matches!(counts, Counts::Open { .. })
    }

    /// The day in a field of the subject has come, within the window.
    pub fn dated(&mut self, body: &'w Body, field: &'w FieldOf, frame: Frame) -> Outcome {
        let found = Field { frame, period: None, as_of: self.world.as_of };
        let value = self.field(field);
        let form = self.formal(&body.form, field.record, GHOST);
        let mut tally = Tally::default();
        let deed = match &value {
            Val::Absent => Deed { right: Truth::No, day: None },
            other => Deed { right: form, day: other.day_bounds() },
        };
        let counts = found.counts(deed);
        if T::ON && form.is_no() {
            self.trace.say(|| reason(Said::Words("it had not the form that is asked for"), Mark::No, body.span));
        }
        tally.add(counts, deed);
        if let (Counts::Not, Some(day)) = (counts, deed.day)
            && day.first > self.world.as_of
        {
            self.trace.say(|| reason(Said::Planned { day: day.first }, Mark::Plain, field.span));
        }
        let mut outcome = tally.at_least(1, &found);
        outcome.progress = None;
        outcome
    }

    /// No such event happens, from the first day of the window (else of the period, else of force) on.
    pub fn never(&mut self, norm: &'w Norm, wanted: Wanted<'w>, frame: Frame) -> Outcome {
        let start = norm.force.from.max(self.world.plan.force.from);
        let first = frame.first.unwrap_or(DayBounds::exactly(start));
        let frame = Frame { first: Some(first), ..frame };
        let (tally, found) = self.tally(norm, wanted, frame);
        let mut outcome = tally.at_most(0, &found);
        outcome.progress = None;
        outcome
    }

    /// A state holds: on the last day of the period or of the window, or on the as-of day if that comes first.
    pub fn state(&mut self, body: &'w Body, condition: &'w Cond, frame: Frame) -> Outcome {
        let as_of = self.world.as_of;
        let passed = frame.passed(as_of);
        let told = matches!(body.window.last, crate::model::clause::Edge::Open);
        let (last, _) = frame.last_bounds();
        let asked = std::mem::replace(&mut self.then, last.min(as_of));
        let truth = self.holds(condition);
        self.then = asked;
        let running = passed != Passed::Yes;
        let status = match truth {
            Truth::Yes => Status::Satisfied,
            Truth::No if running && !told => Status::Pending,
            Truth::No => Status::Violated,
            Truth::Open if running && !told => Status::Pending,
            Truth::Open => Status::Unknown,
            Truth::Person => Status::NeedsJudgement,
        };
        let mut outcome = Outcome { first: frame.first_day(), last: frame.last_day(), ..Outcome::of(status) };
        if status == Status::Satisfied && running {
            outcome.nuance = Nuance::SoFar;
        }
        outcome
    }
}

fn limited(tally: &Tally, limit: Limit, times: usize, found: &Field) -> Outcome {
    match limit {
        Limit::AtLeast => tally.at_least(times, found),
        Limit::AtMost => tally.at_most(times, found),
        Limit::Exactly => tally.exactly(times, found),
        Limit::MoreThan => tally.at_least(times.saturating_add(1), found),
        Limit::LessThan => match times.checked_sub(1) {
            Some(most) => tally.at_most(most, found),
            // Fewer than none cannot be kept.
            None => Outcome::of(Status::Violated),
        },
    }
}

/// Each of several things is asked for: the whole comes out as its worst part, with the parts that are done counted.
fn each_of(outcomes: Vec<Outcome>) -> Outcome {
    let done = outcomes.iter().filter(|one| matches!(one.status, Status::Satisfied | Status::Late)).count();
    let needed = outcomes.len();
    let status = worst(outcomes.iter().map(|one| one.status)).unwrap_or(Status::NotApplicable);
    let decisive = outcomes.into_iter().find(|one| one.status == status);
    let mut outcome = decisive.unwrap_or_else(|| Outcome::of(status));
    outcome.progress = Some((Number::count(done), Number::count(needed)));
    outcome
}

/// The days over which a list would have to be complete for an answer.
fn asked_days(found: &Field) -> (Day, Day) {
    let (first, _) = found.frame.first_bounds();
    let first = found.period.map_or(first, |(from, _)| from.max(first));
    let end = found.period.map_or(found.as_of, |(_, last)| last.min(found.as_of));
    (first.min(end), end)
}
