//! The neighbour in time of a row: the nearest one of its record on an earlier or a later day.

use std::rc::Rc;

use crate::facts::{CellId, Row};
use crate::model::expr::{Beside, FieldOf, Side};
use crate::model::schema::{FieldId, RecordId};
use crate::value::Day;
use crate::verdict::Missing;

use super::ask::{Ask, Found};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::sequence::Sequence;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::World;
use crate::evaluate::trace::Trace;

/// What stands beside a row in time.
enum Nearest {
    /// All on the same day, which is the nearest; mostly one.
    Rows(Vec<Row>),
    /// Still to come: those that are planned next, or others before them that nobody has written down yet.
    ToCome(DayBounds),
    None,
    Unknown,
}

impl<'w, T: Trace> Ask<'w, T> {
    /// The neighbour as a row. Of several on the same day nothing tells which one is meant.
    pub fn neighbour(&mut self, beside: &'w Beside) -> Found {
        match nearest(self, beside) {
            Nearest::Rows(rows) => match rows.as_slice() {
                [row] => Found::Row(beside.record, *row),
                _ => {
                    cannot_tell_apart(self, beside, &rows);
                    Found::Unknown
                }
            },
            Nearest::None => Found::None,
            Nearest::ToCome(_) | Nearest::Unknown => Found::Unknown,
        }
    }

    /// A field of the neighbour. Of several on the same day it is known where all have the same.
    pub fn of_neighbour(&mut self, field: &'w FieldOf, beside: &'w Beside) -> Val<'w> {
        let rows = match nearest(self, beside) {
            Nearest::Rows(rows) => rows,
            Nearest::None => return Val::Absent,
            Nearest::ToCome(day) if self.world.day_field(field.record) == Some(field.field) => return Val::Day(day),
            Nearest::ToCome(_) | Nearest::Unknown => return Val::Unknown,
        };
        let cell = |row: &Row| CellId { record: field.record, row: *row, field: field.field };
        let on = self.on;
        let first = rows.first().map(|row| self.world.field(cell(row), on));
        if rows.iter().skip(1).any(|row| Some(self.world.field(cell(row), on)) != first) {
            cannot_tell_apart(self, beside, &rows);
            return Val::Unknown;
        }
        rows.first().map_or(Val::Unknown, |row| self.cell(cell(row), field.span))
    }
}

fn cannot_tell_apart<'w, T: Trace>(ask: &mut Ask<'w, T>, beside: &Beside, rows: &[Row]) {
    ask.unsure = true;
    let Some(field) = ask.world.day_field(beside.record) else { return };
    for row in rows {
        ask.trace.missing(|| Missing::Imprecise(CellId { record: beside.record, row: *row, field }));
    }
}

/// Names what is not known of rows that may stand between: whether they were called off, else their days. Each value that these may be
/// is tried, and what is asked of the neighbour may come to the same.
fn note_what_is_open<'w, T: Trace>(ask: &mut Ask<'w, T>, record: RecordId, rows: &[Row]) {
    ask.unsure = true;
    let called_off = ask.world.plan.schema.record(record).and_then(|record| record.find_field("cancelled_on"));
    for row in rows.iter().copied() {
        let perhaps = ask.world.cancelled(record, row) == Truth::Open;
        let field = if perhaps { called_off } else { ask.world.day_field(record) };
        let Some(cell) = field.map(|field| CellId { record, row, field }) else { continue };
        ask.note_open(cell);
        ask.trace.missing(|| Missing::Imprecise(cell));
    }
}

/// Where the day of another row is not known exactly and may lie between, or the list is not complete between the two, the
/// neighbour is not known.
fn nearest<'w, T: Trace>(ask: &mut Ask<'w, T>, beside: &'w Beside) -> Nearest {
    let Found::Row(record, row) = ask.row(&beside.of, beside.record) else { return Nearest::Unknown };
    let Some(field) = ask.world.day_field(record) else { return Nearest::Unknown };
    let Some(day) = ask.world.exact_day(CellId { record, row, field }) else { return Nearest::Unknown };
    let owner = match beside.same.map(|same| ask.world.field(CellId { record, row, field: same }, day)) {
        None => None,
        Some(Val::Row(_, owner)) => Some(owner),
        Some(Val::Absent) => return Nearest::None,
        Some(_) => return Nearest::Unknown,
    };
    let order = ask.index.sequence(ask.world.facts, record, field, beside.same);
    let found = in_order(&ask.world, &order, beside, (owner, day))
        .and_then(|found| among_the_loose(&ask.world, &order, beside, (owner, row, day), found));
    let (best, rows) = match found {
        Ok(found) => found,
        Err(blocking) => {
            note_what_is_open(ask, beside.record, &blocking);
            return Nearest::Unknown;
        }
    };
    let (from, through) = match (beside.side, best) {
        (Side::Previous, Some(at)) => (at, day),
        (Side::Next, Some(at)) => (day, at),
        (Side::Previous, None) => (ask.world.plan.force.from.min(day), day),
        (Side::Next, None) => (day, ask.world.as_of),
    };
    let as_of = ask.world.as_of;
    let gap = ask.world.gaps(record, from, through).into_iter().next();
    if let Some((first, _)) = gap {
        ask.trace.missing(|| Missing::Complete { record, from, through });
        // What is lacking lies in days to come: so does the neighbour.
        return match (beside.side, best) {
            (Side::Next, Some(at)) if first > as_of && at > day => {
                Nearest::ToCome(DayBounds::within(first.max(day.following()).min(at), at))
            }
            _ => Nearest::Unknown,
        };
    }
    if rows.is_empty() { Nearest::None } else { Nearest::Rows(rows) }
}

/// The nearest of the rows that have a day; the one of which it is open whether it has happened, where that matters.
fn in_order(
    world: &World,
    order: &Rc<Sequence>,
    beside: &Beside,
    (owner, day): (Option<Row>, Day),
) -> Result<Best, Vec<Row>> {
    let mut best = None;
    let mut rows = Vec::new();
    let mut look = |(at, row): (Day, Row)| {
        if best.is_some_and(|best| best != at) {
            return Ok(false);
        }
        if is_taken_otherwise(world, beside, row) {
            return Ok(true);
        }
        match world.cancelled(beside.record, row) {
            Truth::Yes => {}
            Truth::No => {
                best = Some(at);
                rows.push(row);
            }
            Truth::Open | Truth::Person => return Err(vec![row]),
        }
        Ok(true)
    };
    match beside.side {
        Side::Previous => {
            for found in order.before(owner, day) {
                if !look(found)? {
                    break;
                }
            }
        }
        Side::Next => {
            for found in order.after(owner, day) {
                if !look(found)? {
                    break;
                }
            }
        }
    }
    rows.sort_unstable();
    Ok((best, rows))
}

/// Whether a value of the row is supposed, or tried, to be another than the facts have.
fn is_taken_otherwise(world: &World, beside: &Beside, row: Row) -> bool {
    let day = world.day_field(beside.record);
    let is = |cell: CellId| {
        cell.record == beside.record && cell.row == row && (Some(cell.field) == day || Some(cell.field) == beside.same)
    };
    world.tried.iter().flatten().any(|one| is(one.cell)) || world.changes.iter().any(|change| is(change.cell))
}

type Best = (Option<Day>, Vec<Row>);

/// Rows of which the day or the owner is not plain: one that may be nearer, or as near, leaves the neighbour open, and is told.
fn among_the_loose(
    world: &World,
    order: &Rc<Sequence>,
    beside: &Beside,
    (owner, own, day): (Option<Row>, Row, Day),
    (mut best, mut rows): Best,
) -> Result<Best, Vec<Row>> {
    let record = beside.record;
    let Some(field) = world.day_field(record) else { return Err(Vec::new()) };
    let changed = world.changes.iter().map(|change| change.cell);
    let tried = world.tried.iter().flatten().map(|one| one.cell);
    let taken = changed.chain(tried).filter(|cell| cell.record == record).map(|cell| cell.row);
    let taken = taken.filter(|row| is_taken_otherwise(world, beside, *row));
    let mut all: Vec<Row> = order.loose.iter().copied().chain(taken).filter(|row| *row != own).collect();
    all.sort_unstable();
    all.dedup();
    let (mut between, mut blocking) = (None, Vec::new());
    for row in all {
        let bounds = match world.field(CellId { record, row, field }, world.as_of) {
            Val::Absent => continue,
            at => at.day_bounds().unwrap_or(DayBounds::within(Day::MIN, Day::MAX)),
        };
        let nearer = match beside.side {
            Side::Previous => bounds.first < day && best.is_none_or(|best| bounds.last >= best),
            Side::Next => bounds.last > day && best.is_none_or(|best| bounds.first <= best),
        };
        if !nearer || belongs(world, (record, row), beside.same, owner) == Truth::No {
            continue;
        }
        let sure = belongs(world, (record, row), beside.same, owner) == Truth::Yes;
        match (world.cancelled(record, row), bounds.exact()) {
            (Truth::Yes, _) => {}
            (Truth::No, Some(at)) if sure => {
                if best != Some(at) {
                    rows.clear();
                }
                best = Some(at);
                rows.push(row);
            }
            // One that lies between, whichever of its days it is, is the neighbour.
            (Truth::No, None) if sure && between.is_none() => between = Some((bounds, row)),
            _ => blocking.push(row),
        }
    }
    if !blocking.is_empty() {
        blocking.extend(between.map(|(_, row)| row));
        return Err(blocking);
    }
    if let Some((bounds, row)) = between {
        let lies_between = match beside.side {
            Side::Previous => bounds.last < day && best.is_none_or(|best| bounds.first > best),
            Side::Next => bounds.first > day && best.is_none_or(|best| bounds.last < best),
        };
        let farthest = if beside.side == Side::Previous { bounds.first } else { bounds.last };
        return if lies_between { Ok((Some(farthest), vec![row])) } else { Err(vec![row]) };
    }
    rows.sort_unstable();
    Ok((best, rows))
}

fn belongs(world: &World, (record, row): (RecordId, Row), same: Option<FieldId>, owner: Option<Row>) -> Truth {
    let (Some(field), Some(owner)) = (same, owner) else { return Truth::Yes };
    match world.field(CellId { record, row, field }, world.as_of) {
        Val::Row(_, named) if named == owner => Truth::Yes,
        Val::Row(..) | Val::Absent => Truth::No,
        _ => Truth::Open,
    }
}
