//! A case: one wording, asked of one instance, with its window and the time in which it binds.

use crate::facts::{CellId, Row};
use crate::model::clause::{Act, Bearer, CycleOf, Edge, Window, YearOf};
use crate::model::expr::{ClauseId, Collection, Var};
use crate::model::schema::FieldId;
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Day, PeriodLabel, Stretch};
use crate::verdict::{Holder, Instance, ShareOf};

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::{EdgeDay, Frame};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// One reading of a norm, for one instance.
#[derive(Clone, Copy)]
pub struct Case<'w> {
    pub norm: &'w Norm,
    pub body: &'w Body,
    pub instance: Instance,
    pub frame: Frame,
    pub life: Life,
}

/// The time in which an instance binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// The day on which the instance began, as of which conditions and limits are asked.
    pub began: Day,
    /// The day of its subject, where it has one.
    pub own: Option<Day>,
    /// The earliest of the days that its subject's may be, where all of them are still to come.
    pub to_come: Option<Day>,
    /// The first day of force of the clause, or a later one on which the bearer came to be bound.
    pub since: Day,
    /// The same, whenever the breach came that it answers to: that cuts no period short.
    pub begins: Day,
    /// The first day on which the bearer was bound; the beginning of time for one that always is.
    pub bearer_since: Day,
    /// The last day: of the agreement, the wording, the bearer or the lasting subject.
    pub ends: Day,
    /// The last day of what the clause is about, where that lasts and does not end with the use of a right.
    pub subject_ends: Option<Day>,
    /// The earliest day on which the bearer or the subject may have ended, where that is not given.
    pub may_end: Option<Day>,
    /// Whether its bearer is a record that neither lasts nor is a member.
    pub plain_bearer: bool,
}

impl Life {
    /// The last day on which a right can be used by a day in a field: whoever leaves can still do so on the first day out, as long as what
    /// it is about is there.
    pub fn first_out(&self) -> Day {
        if self.subject_ends.is_some_and(|day| day <= self.ends) { self.ends } else { self.ends.following() }
    }

    /// Whether it has ended before a day.
    pub fn ended(&self, by: Day) -> bool {
        self.ends < by
    }
}

impl<'w> Case<'w> {
    /// Whether what has a last day after the end is owed all the same: its subject's day, or its whole period, lay in force. A subject
    /// without a day counts as in force, and so does a bearer without one, unless its window begins only after the end.
    pub fn lay_in_force(&self) -> bool {
        match self.instance.period.filter(|_| self.norm.cycle.is_some()) {
            Some(period) => period.last() <= self.life.ends,
            None if self.instance.subject.is_some() => true,
            None => self.life.plain_bearer && self.frame.first_bounds().0 <= self.life.ends,
        }
    }

    /// Whether it can still be done after the end: it is owed all the same, and was not overdue by then. What somebody was bound to do
    /// by a day before leaving stays undone; what is done for a subject is done late.
    pub fn can_be_done_after_the_end(&self) -> Truth {
        match self.frame.last {
            EdgeDay::On(_) if !self.lay_in_force() => Truth::No,
            EdgeDay::On(last) if self.instance.subject.is_none() => DayBounds::exactly(self.life.ends).before(last),
            EdgeDay::On(_) => Truth::Yes,
            _ => Truth::No,
        }
    }

    /// The variable of the subject.
    pub fn subject(&self) -> Option<(&'w Collection, Row)> {
        let (line, row) = self.instance.subject?;
        Some((self.norm.subjects.get(usize::from(line))?, row))
    }

    /// Whether a row is the subject itself.
    pub fn is_subject(&self, events: &Collection, row: Row) -> bool {
        self.subject().is_some_and(|(of, own)| of.record == events.record && own == row)
    }

    /// Whether events are told by a condition to belong to the subject.
    pub fn names_subject(&self, events: &Collection) -> bool {
        self.subject().is_some_and(|(of, _)| events.filter.mentions(of.var))
    }

    /// Whether the clause says nothing of time.
    pub fn has_no_window(&self) -> bool {
        self.body.window.first.is_none() && matches!(self.body.window.last, Edge::Open)
    }

    /// The day of its subject, where nothing is said of when an event is to happen: it begins with that.
    pub fn begins_with_its_subject(&self) -> Option<Day> {
        self.life.own.filter(|_| !self.body.window.stated && self.instance.period.is_none())
    }

    /// Whether it is of what somebody may do.
    pub fn is_right(&self) -> bool {
        matches!(self.body.test, NormTest::May { .. })
    }

    /// The field of the events that tells which of several actors did them, and the actor of this instance.
    pub fn doer(&self, plan: &'w crate::plan::Plan) -> Option<(FieldId, &'w str)> {
        let Holder::Actor(actor) = self.instance.bearer else { return None };
        Some((self.norm.done_by?, plan.schema.actor(actor)?.name.as_str()))
    }
}

/// The variable that the bearer is bound to, and its row.
pub fn bearer_of<'w>(norm: &'w Norm, instance: &Instance) -> Option<(&'w Collection, Var, Row)> {
    match (instance.bearer, &norm.bearer) {
        (Holder::Row(_, row), Some(Bearer::Each(of))) => Some((of, of.var, row)),
        (_, _) => None,
    }
}

/// The cell that tells when a row of a collection came to be: its own day.
pub fn day_cell(world: &crate::evaluate::knowledge::world::World, of: &Collection, row: Row) -> Option<CellId> {
    world.day_field(of.record).map(|field| CellId { record: of.record, row, field })
}

/// The events that a test looks for.
pub fn events_of(test: &NormTest) -> Option<&Collection> {
    match test {
        NormTest::Happens { events, .. } | NormTest::Never(events) => Some(events),
        NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::Holds(_) | NormTest::HoldsDaily(_) => None,
        NormTest::Numbers { .. } => None,
        NormTest::Limit { .. } | NormTest::Member(_) | NormTest::AtJoining { .. } | NormTest::States(_) => None,
        NormTest::Shared { .. } | NormTest::PaysShare(_) | NormTest::Term(_) | NormTest::Vote { .. } => None,
        NormTest::ForPerson(_) => None,
        NormTest::May { act, .. } => match act {
            Act::Event { events, .. } => Some(events),
            Act::Dated(_) | Act::InOrder(_) | Act::State(_) | Act::PayShareOf(_) | Act::Words(_) => None,
            Act::Effort(_) | Act::Plain(_) => None,
        },
    }
}

/// What of a term a window speaks of: a numbered year of it, or all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfTerm {
    Year(YearOf),
    Whole(ClauseId),
}

impl OfTerm {
    pub fn term(self) -> ClauseId {
        match self {
            OfTerm::Year(year) => year.term,
            OfTerm::Whole(term) => term,
        }
    }
}

/// The term, or the year of it, that a window speaks of.
pub fn of_term(window: &Window) -> Option<OfTerm> {
    let edges = [window.first.as_ref(), Some(&window.last)];
    edges.into_iter().flatten().find_map(|edge| match edge {
        Edge::YearOfTerm { year, .. } => Some(OfTerm::Year(*year)),
        Edge::OfTerm { term, .. } => Some(OfTerm::Whole(*term)),
        Edge::On(_) | Edge::DayBefore(_) | Edge::DayAfter(_) | Edge::Lapse { .. } | Edge::Length { .. } => None,
        Edge::Open | Edge::Never | Edge::Blank { .. } => None,
    })
}

/// The term that an instance is for, when each term has one.
pub fn own_term(norm: &Norm, instance: &Instance) -> Option<(ClauseId, Stretch)> {
    let label = instance.period?.label;
    let term = match &norm.cycle {
        Some(CycleOf::EachTerm(term)) => *term,
        Some(_) => return None,
        None => norm.bodies.iter().find_map(|body| of_term(&body.window))?.term(),
    };
    match label {
        PeriodLabel::Days(first, last) => Some((term, Stretch::of_days(first, last))),
        _ => None,
    }
}

/// Whether a test is of a kind that has one instance for each wording, each over its own days: a state, a ban, a permission that
/// begins on no day of its own.
pub fn stands_by_wording(test: &NormTest) -> bool {
    match test {
        NormTest::Holds(_) | NormTest::Never(_) | NormTest::May { .. } => true,
        NormTest::HoldsDaily(_) | NormTest::Numbers { .. } | NormTest::Limit { .. } => true,
        NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::Member(_) => false,
        NormTest::AtJoining { .. } => false,
        NormTest::States(_) | NormTest::Shared { .. } | NormTest::PaysShare(_) | NormTest::Term(_) => false,
        NormTest::Vote { .. } | NormTest::ForPerson(_) => false,
    }
}

/// Whether some reading of a norm is watched on every day.
pub fn is_daily(norm: &Norm) -> bool {
    norm.bodies.iter().any(|body| daily(&body.test))
}

/// Whether a test is watched on every day.
fn daily(test: &NormTest) -> bool {
    use crate::plan::Watched;
    match test {
        NormTest::Numbers { when, .. } | NormTest::Limit { when, .. } => *when == Watched::OnEveryDay,
        NormTest::HoldsDaily(_) => true,
        _ => false,
    }
}

/// Whether a test is held against a window.
pub fn has_window(test: &NormTest) -> bool {
    match test {
        NormTest::Happens { .. } | NormTest::Never(_) | NormTest::Dated(_) | NormTest::InOrder(_) => true,
        NormTest::Holds(_) => true,
        NormTest::PaysShare(_) | NormTest::May { .. } | NormTest::ForPerson(_) => true,
        NormTest::HoldsDaily(_) | NormTest::Numbers { .. } | NormTest::Limit { .. } | NormTest::Member(_) => false,
        NormTest::AtJoining { .. } | NormTest::States(_) | NormTest::Shared { .. } => false,
        NormTest::Term(_) | NormTest::Vote { .. } => false,
    }
}

/// Who is to pay a share, where that is known.
pub fn share_bearer<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<ShareOf> {
    match (instance.bearer, &norm.bearer) {
        (Holder::Row(record, row), _) => Some(ShareOf::Row(record, row)),
        (Holder::Actor(actor), _) => Some(ShareOf::Actor(actor)),
        (Holder::TheOne, Some(Bearer::Actor(actor))) => Some(ShareOf::Actor(*actor)),
        (Holder::TheOne, Some(Bearer::Field(field))) => match ask.field(field) {
            Val::Row(record, row) => Some(ShareOf::Row(record, row)),
            Val::Absent => Some(ShareOf::Nobody),
            _ => None,
        },
        (Holder::TheOne, _) => None,
    }
}
