//! The one who judges: an instance's rows, period and day, and the trace of what is looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{CellId, Row};
use crate::model::expr::Row as RowOf;
use crate::model::expr::{ClauseId, FieldOf, Var};
use crate::model::schema::{AGREEMENT, RecordId, Shape};
use crate::plan::NormId;
use crate::source::Span;
use crate::value::{CyclePeriod, Day, Stretch};
use crate::verdict::{Mark, Missing, Said};

use super::adoption::Standings;
use super::assignment::Assignment;
use super::index::Index;
use super::instances::events_of;
use super::known::Val;
use super::trace::{Trace, reason};
use super::world::{GHOST, World};

/// How deep clauses and definitions may lean on one another. The check refuses circles; this is the belt to its braces.
const DEEPEST: u8 = 48;

pub struct Judge<'w, T: Trace> {
    pub world: World<'w>,
    /// The rows that variables stand for, by number.
    pub vars: Vec<Row>,
    pub period: Option<CyclePeriod>,
    /// The day that matters: when the instance began. Dated values and memberships are taken as of it.
    pub then: Day,
    pub trace: T,
    pub depth: u8,
    /// The term whose renewal is being asked about, and its days.
    pub ending: Option<(ClauseId, Stretch)>,
    /// Evidence that counted for something.
    served: BTreeSet<(RecordId, Row)>,
    /// Which subject each event serves, where only order tells; by the place of the body.
    pub assignments: Vec<(Span, Assignment)>,
    /// The ways in which amendments may have gone, and the one that is judged in.
    pub standings: Standings,
    pub way: usize,
    /// Rows by what a reference of them names, as far as it was asked for.
    pub index: Index,
    /// The wording that is taken to have been in force, where the day that would tell is not known exactly.
    pub spoke: Option<NormId>,
}

/// A row that an expression leads to.
pub enum Found {
    Row(RecordId, Row),
    /// Known: there is none.
    None,
    Unknown,
}

impl<'w, T: Trace> Judge<'w, T> {
    pub fn new(world: World<'w>, trace: T) -> Self {
        let mut judge = Judge {
            world,
            vars: Vec::with_capacity(8),
            period: None,
            then: world.as_of,
            trace,
            depth: 0,
            ending: None,
            served: BTreeSet::new(),
            assignments: Vec::new(),
            standings: Standings::plain(world.plan),
            way: 0,
            spoke: None,
            index: Index::default(),
        };
        judge.weigh_amendments();
        judge
    }

    pub fn bind(&mut self, var: Var, row: Row) {
        let at = usize::from(var.0);
        if self.vars.len() <= at {
            self.vars.resize(at.saturating_add(1), GHOST);
        }
        if let Some(slot) = self.vars.get_mut(at) {
            *slot = row;
        }
    }

    pub fn var(&self, var: Var) -> Row {
        self.vars.get(usize::from(var.0)).copied().unwrap_or(GHOST)
    }

    /// Looks at something else (a definition, another clause) with rows of its own, and comes back.
    pub fn aside<R>(&mut self, rows: &[Row], look: impl FnOnce(&mut Self) -> R) -> Option<R> {
        if self.depth >= DEEPEST {
            return None;
        }
        let vars = std::mem::replace(&mut self.vars, rows.to_vec());
        self.depth = self.depth.saturating_add(1);
        let found = look(self);
        self.depth = self.depth.saturating_sub(1);
        self.vars = vars;
        Some(found)
    }

    /// The row that an expression names.
    pub fn row(&mut self, row: &'w RowOf, record: RecordId) -> Found {
        match row {
            RowOf::Var(var) => Found::Row(record, self.var(*var)),
            RowOf::Agreement => Found::Row(AGREEMENT, Row(0)),
            RowOf::Follow(field) => match self.field(field) {
                Val::Row(record, row) => Found::Row(record, row),
                Val::Absent => Found::None,
                _ => Found::Unknown,
            },
            RowOf::Previous(of, record) => self.neighbour(of, *record, Neighbour::Previous),
            RowOf::Next(of, record) => self.neighbour(of, *record, Neighbour::Next),
        }
    }

    /// The nearest earlier or later row of the record. Rows whose day is not known exactly are passed over, which makes
    /// the neighbour unknown when there are any.
    fn neighbour(&mut self, of: &'w RowOf, record: RecordId, which: Neighbour) -> Found {
        let Found::Row(_, row) = self.row(of, record) else { return Found::Unknown };
        let Some(field) = self.world.day_field(record) else { return Found::Unknown };
        let day_of = |row: Row| self.world.exact_day(CellId { record, row, field });
        let Some(day) = day_of(row) else { return Found::Unknown };
        let mut best: Option<(Day, Row)> = None;
        for other in self.world.facts.rows(record).filter(|other| *other != row) {
            if self.world.cancelled(record, other) {
                continue;
            }
            let Some(at) = day_of(other) else { return Found::Unknown };
            let fits = match which {
                Neighbour::Previous => at < day && best.is_none_or(|(so_far, _)| at > so_far),
                Neighbour::Next => at > day && best.is_none_or(|(so_far, _)| at < so_far),
            };
            if fits {
                best = Some((at, other));
            }
        }
        let (from, through) = match (which, best) {
            (Neighbour::Previous, Some((at, _))) => (at, day),
            (Neighbour::Next, Some((at, _))) => (day, at),
            (Neighbour::Previous, None) => (self.world.plan.force.from.min(day), day),
            (Neighbour::Next, None) => (day, self.world.as_of.max(day)),
        };
        let closed = self.world.facts.table(record).is_some_and(|table| table.complete_over(from, through).is_some());
        match best {
            Some((_, row)) if closed => Found::Row(record, row),
            None if closed => Found::None,
            Some(_) | None => {
                self.trace.missing(|| Missing::Complete { record, from, through });
                Found::Unknown
            }
        }
    }

    /// What is known of a field; said, and reported when it is missing.
    pub fn field(&mut self, field: &'w FieldOf) -> Val<'w> {
        let (record, row) = match self.row(&field.row, field.record) {
            Found::Row(record, row) => (record, row),
            Found::None => return Val::Absent,
            Found::Unknown => return Val::Unknown,
        };
        let id = CellId { record, row, field: field.field };
        self.cell(id, field.span)
    }

    pub fn cell(&mut self, id: CellId, span: Span) -> Val<'w> {
        if id.row == GHOST {
            let own = self.world.day_field(id.record) == Some(id.field);
            return if own { self.world.day_of(id.record, GHOST).unwrap_or(Val::Unknown) } else { Val::Unknown };
        }
        let value = self.world.field(id, self.then);
        if T::ON {
            self.tell(id, span, &value);
        }
        value
    }

    fn tell(&mut self, id: CellId, span: Span, value: &Val<'w>) {
        let mark = match value {
            Val::Unknown => Mark::Open,
            Val::OneOf(_) => Mark::Open,
            Val::Day(bounds) if bounds.exact().is_none() => Mark::Open,
            _ => Mark::Plain,
        };
        match value {
            Val::Unknown => self.trace.missing(|| Missing::Value(id)),
            Val::OneOf(_) => self.trace.missing(|| Missing::Disputed(id)),
            Val::Day(bounds) if bounds.exact().is_none() => {
                let given = !matches!(self.world.cell(id, self.then), crate::facts::Cell::Unknown);
                self.trace.missing(|| if given { Missing::Imprecise(id) } else { Missing::Value(id) });
            }
            _ => {}
        }
        let fact = self.world.facts.place(id);
        self.trace.say(|| {
            let mut step = reason(Said::Value(id), mark, span);
            step.fact = fact;
            step
        });
    }

    /// A record has counted as evidence.
    pub fn serve(&mut self, record: RecordId, row: Row) {
        if !T::ON {
            self.served.insert((record, row));
        }
    }

    /// Records of kinds that clauses look for, which have happened and served none of them.
    pub fn unused(&self) -> Vec<(ClauseId, RecordId, Row)> {
        let mut looked_for: BTreeMap<RecordId, ClauseId> = BTreeMap::new();
        for norm in &self.world.plan.norms {
            for events in norm.bodies.iter().filter_map(|body| events_of(&body.test)) {
                looked_for.entry(events.record).or_insert(norm.clause);
            }
        }
        let mut unused = Vec::new();
        for (record, clause) in looked_for {
            let rows = self.world.facts.rows(record).filter(|row| !self.served.contains(&(record, *row)));
            let happened = rows.filter(|row| self.world.stands(record, *row, self.world.as_of).is_yes());
            let own = happened.filter(|row| !self.world.facts.is_shared(record, *row));
            unused.extend(own.map(|row| (clause, record, row)));
        }
        unused
    }

    /// Whether the record is one that lasts or happens, so that "on a day" can be asked of it.
    pub fn shape(&self, record: RecordId) -> Shape {
        self.world.plan.schema.record(record).map_or(Shape::Plain, |record| record.shape)
    }
}

#[derive(Clone, Copy)]
enum Neighbour {
    Previous,
    Next,
}
