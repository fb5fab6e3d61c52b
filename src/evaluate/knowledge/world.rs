//! What an instance is judged in: the plan, the facts (perhaps with values as they might be), and the as-of day.

use crate::facts::{Cell, CellId, CellValue, Change, Complete, Facts, Row};
use crate::model::schema::{End, FieldId, Need, RecordId, Shape, Type};
use crate::plan::Plan;
use crate::value::Day;

use super::known::{Bounds, DayBounds, Val};
use super::truth::Truth;
use super::watch::Watch;

/// A row that is not there: what a list that is not complete might still hold. Its day is bound where it is asked about.
pub const GHOST: Row = Row(u32::MAX);

#[derive(Clone, Copy)]
pub struct World<'w> {
    pub plan: &'w Plan,
    pub facts: &'w Facts,
    /// Values that are taken to be other than the facts say.
    pub changes: &'w [Change],
    /// Values that are tried, where what the facts say leaves several open.
    pub tried: [Option<Tried>; TRIED],
    /// Days that are not given and may be none are taken to be none.
    pub none_given: bool,
    /// A row that has joined on one of these days: a day of it that is not given does not lie before that.
    pub joined: Option<(RecordId, Row, DayBounds)>,
    pub as_of: Day,
    pub sizes: Sizes,
    /// Notes what is looked at, where somebody wants to know what a verdict hangs on.
    pub watch: Option<&'w Watch>,
}

/// From how many rows on they are looked at together rather than one by one. It changes nothing but how long it takes.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Lists of so many rows are looked up rather than gone through.
    pub looked_up: u32,
    /// More than so many share a cost side by side.
    pub crowd: u32,
    /// So many rows of a lane are taken by a worker at a time; four times as many are worth another worker.
    pub piece: usize,
    /// The same of instances that are judged one by one, of which each takes longer: sixteen times as many are worth one.
    pub few: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Sizes { looked_up: 64, crowd: 500, piece: 1 << 14, few: 256 }
    }
}

impl Sizes {
    /// As if whatever there is were very much.
    pub const SMALLEST: Sizes = Sizes { looked_up: 0, crowd: 0, piece: 1, few: 1 };
}

/// So many values are tried at once.
pub const TRIED: usize = 4;

/// A value that is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    pub cell: CellId,
    pub value: Taken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Day(Day),
    YesNo(bool),
    /// An option of `one of`, by its number.
    Option(u16),
    Row(Row),
    Absent,
    /// What one of the sources claims, by its number.
    Claimed(u16),
}

impl<'w> World<'w> {
    /// What is known of a field of a row on a day (which matters only for dated values).
    pub fn field(&self, id: CellId, on: Day) -> Val<'w> {
        if let Some(Tried { value: Taken::Option(number), .. }) = self.tried.iter().flatten().find(|one| one.cell == id)
        {
            let options = self.plan.schema.field(id.record, id.field).map_or(&[][..], |field| field.ty.options());
            return options.get(usize::from(*number)).map_or(Val::Unknown, |option| Val::Text(option));
        }
        match self.cell(id, on) {
            Cell::Unknown if self.none_given && self.may_be_none(id) => Val::Absent,
            Cell::Unknown => self.not_given(id),
            cell => self.val(id, cell),
        }
    }

    /// Whether a day that a complete list does not give is one that it may have none of, beside one that is still to come.
    pub fn may_be_none(&self, id: CellId) -> bool {
        let optional = self.plan.schema.field(id.record, id.field).is_some_and(|field| field.need == Need::Optional);
        optional && matches!(self.cell(id, self.as_of), Cell::Unknown) && matches!(self.not_given(id), Val::Day(_))
    }

    pub fn new(plan: &'w Plan, facts: &'w Facts, as_of: Day) -> World<'w> {
        World {
            plan,
            facts,
            changes: &[],
            tried: [None; TRIED],
            none_given: false,
            joined: None,
            as_of,
            sizes: Sizes::default(),
            watch: None,
        }
    }

    pub fn cell(&self, id: CellId, on: Day) -> Cell<'w> {
        if let Some(watch) = self.watch {
            watch.cell(id);
        }
        if let Some(one) = self.tried.iter().flatten().find(|one| one.cell == id) {
            return match one.value {
                Taken::Day(day) => Cell::Day(day),
                Taken::YesNo(answer) => Cell::YesNo(answer),
                Taken::Row(row) => Cell::Row(row),
                Taken::Absent => Cell::Absent,
                // A word that no fact has: its text is told where values are.
                Taken::Option(_) => Cell::Unknown,
                Taken::Claimed(number) => match self.facts.cell_on(id, on) {
                    Cell::Disputed(values) => {
                        values.get(usize::from(number)).map_or(Cell::Unknown, |(value, _)| value.as_cell())
                    }
                    cell => cell,
                },
            };
        }
        match self.changes.iter().find(|change| change.cell == id) {
            Some(change) => change.value.as_cell(),
            None => self.facts.cell_on(id, on),
        }
    }

    /// A field that is not given is unknown. A day of a record in a complete collection is at least known to be none of
    /// the days that the completeness covers; for a record whose own day they cover, or that has joined on one of them, none up to their
    /// end. So too for one that is still to come while they cover today: what is planned was not done before the list begins.
    fn not_given(&self, id: CellId) -> Val<'w> {
        let schema = &self.plan.schema;
        if schema.field(id.record, id.field).is_none_or(|field| field.ty != Type::Date) {
            return Val::Unknown;
        }
        let spans = self.complete(id.record);
        let all = DayBounds::within(Day::MIN, Day::MAX);
        let own = schema.record(id.record).and_then(|record| record.day_field()).filter(|own| *own != id.field);
        let own_day = own.and_then(|field| self.exact_day(CellId { field, ..id })).map(DayBounds::exactly);
        let joined = self.joined.filter(|(record, row, _)| (*record, *row) == (id.record, id.row));
        let begun = own_day.or(joined.map(|(_, _, day)| day));
        let bounds = spans.iter().try_fold(all, |bounds, span| {
            let planned =
                own_day.is_some_and(|day| day.first > self.as_of) && (span.from..=span.through).contains(&self.as_of);
            let covers_own = planned || begun.is_some_and(|day| day.lies_in(span.from, span.through));
            bounds.without(if covers_own { Day::MIN } else { span.from }, span.through)
        });
        match bounds {
            Some(bounds) if bounds != all => Val::Day(bounds),
            Some(_) => Val::Unknown,
            None => Val::Absent,
        }
    }

    fn complete(&self, record: RecordId) -> &'w [Complete] {
        self.facts.table(record).map_or(&[], |table| &table.complete)
    }

    /// Whether a field is on file: given, imprecise or disputed.
    pub fn is_on_file(&self, id: CellId) -> bool {
        !matches!(self.cell(id, self.as_of), Cell::Unknown)
    }

    pub fn exact_day(&self, id: CellId) -> Option<Day> {
        match self.cell(id, self.as_of) {
            Cell::Day(day) => Some(day),
            _ => None,
        }
    }

    fn val(&self, id: CellId, cell: Cell<'w>) -> Val<'w> {
        match cell {
            Cell::Unknown => Val::Unknown,
            Cell::Absent => Val::Absent,
            Cell::Day(day) => Val::day(day),
            Cell::Within(first, last) => Val::Day(DayBounds::within(first, last)),
            Cell::Number(number) => Val::number(number),
            Cell::Money(money) => Val::Money(Bounds::exactly(money.amount), money.currency),
            Cell::Word(word) => Val::Text(self.facts.words.text(word)),
            Cell::YesNo(answer) => Val::YesNo(answer),
            Cell::Row(row) => self.referred(id).map_or(Val::Unknown, |record| Val::Row(record, row)),
            Cell::Set(items) => Val::Set(items),
            Cell::Disputed(values) => {
                Val::OneOf(values.iter().map(|(value, _)| self.val(id, value_cell(value))).collect())
            }
        }
    }

    /// The record that a reference field, or a set of references, speaks of.
    pub fn referred(&self, id: CellId) -> Option<RecordId> {
        match &self.plan.schema.field(id.record, id.field)?.ty {
            Type::Ref(record) => Some(*record),
            Type::SetOf(inner) => match **inner {
                Type::Ref(record) => Some(record),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a record was called off by the as-of day; open where its day may lie on either side.
    pub fn cancelled(&self, record: RecordId, row: Row) -> Truth {
        let field = self.plan.schema.record(record).and_then(|record| record.find_field("cancelled_on"));
        match field.map(|field| CellId { record, row, field }) {
            // Nobody says that it was called off.
            Some(id) if self.is_on_file(id) => happened(&self.field(id, self.as_of), self.as_of),
            Some(_) | None => Truth::No,
        }
    }

    /// The field that says when a record happened or began.
    pub fn day_field(&self, record: RecordId) -> Option<FieldId> {
        self.plan.schema.record(record)?.day_field()
    }

    /// When a record happened or began; `None` for a record that has no day of its own.
    pub fn day_of(&self, record: RecordId, row: Row) -> Option<Val<'w>> {
        let field = self.day_field(record)?;
        Some(self.field(CellId { record, row, field }, self.as_of))
    }

    pub fn shape(&self, record: RecordId) -> Shape {
        self.plan.schema.record(record).map_or(Shape::Plain, |record| record.shape)
    }

    /// Whether a row has an id. One that nobody has written down may have any that is not on file.
    pub fn called(&self, record: RecordId, row: Row, id: &str) -> Truth {
        if row == GHOST {
            return if self.facts.find(record, id).is_some() { Truth::No } else { Truth::Open };
        }
        Truth::of(self.facts.id(record, row) == id)
    }

    /// The days from a first through a last on which a record might have happened that nobody has written down.
    pub fn gaps(&self, record: RecordId, first: Day, last: Day) -> Vec<(Day, Day)> {
        let mut spans: Vec<(Day, Day)> = self.complete(record).iter().map(|span| (span.from, span.through)).collect();
        spans.sort_unstable();
        let mut gaps = Vec::new();
        let mut next = first;
        for (from, through) in spans {
            if next > last || from > last {
                break;
            }
            if from > next {
                gaps.push((next, from.preceding()));
            }
            if through >= last {
                return gaps;
            }
            next = next.max(through.following());
        }
        if next <= last {
            gaps.push((next, last));
        }
        gaps
    }

    /// Whether a list of plain or lasting records is declared complete for a day.
    pub fn is_complete_on(&self, record: RecordId, on: Day) -> bool {
        self.complete(record).iter().any(|span| span.from <= on && on <= span.through)
    }

    /// Whether a record stands: an event has happened by one day, a lasting one lasts on another.
    pub fn stands(&self, record: RecordId, row: Row, by: Day, on: Day) -> Truth {
        let cancelled = self.cancelled(record, row);
        if cancelled.is_yes() {
            return Truth::No;
        }
        let there = match self.shape(record) {
            Shape::Plain => Truth::Yes,
            Shape::Event { .. } => self.day_of(record, row).map_or(Truth::Yes, |day| happened(&day, by)),
            Shape::Lasts { .. } => self.lasts_on(record, row, on),
        };
        there.and(cancelled.opposite())
    }

    /// The first day of a lasting record, and the last day on which it lasts as far as that is known to have come.
    pub fn lasting(&self, record: RecordId, row: Row) -> Option<(Val<'w>, Val<'w>)> {
        let Shape::Lasts { from, to, end } = self.shape(record) else { return None };
        let first = self.field(CellId { record, row, field: from }, self.as_of);
        let last = self.field(CellId { record, row, field: to }, self.as_of);
        Some((first, if end == End::Until { last.day_before() } else { last }))
    }

    /// Whether a lasting record lasts on a day.
    pub fn lasts_on(&self, record: RecordId, row: Row, on: Day) -> Truth {
        let Some(Shape::Lasts { from, to, end }) = self.plan.schema.record(record).map(|record| record.shape) else {
            return Truth::Yes;
        };
        let begun = happened(&self.field(CellId { record, row, field: from }, on), on);
        let last_out = match end {
            End::Until => on,
            End::Through => on.preceding(),
        };
        let ended = match self.field(CellId { record, row, field: to }, on) {
            // Nobody has left whose leaving a complete list does not know.
            Val::Day(bounds) if bounds.outside.is_some() || bounds.exact().is_none() => {
                self.ended_by(record, bounds, last_out)
            }
            other => happened(&other, last_out),
        };
        begun.and(ended.opposite())
    }

    fn ended_by(&self, record: RecordId, bounds: DayBounds, day: Day) -> Truth {
        if self.is_complete_on(record, day) && !bounds.may_lie_in(bounds.first, day) {
            Truth::No
        } else {
            happened(&Val::Day(bounds), day)
        }
    }
}

fn value_cell(value: &CellValue) -> Cell<'_> {
    value.as_cell()
}

/// Whether a day has come by another.
pub fn happened(day: &Val, by: Day) -> Truth {
    match day {
        Val::Absent => Truth::No,
        Val::Day(bounds) => bounds.before(DayBounds::exactly(by.following())),
        Val::OneOf(days) => same_for_all(days.iter().map(|one| happened(one, by))),
        _ => Truth::Open,
    }
}

/// The truth that all agree on, else open.
pub fn same_for_all(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut agreed = None;
    for truth in truths {
        match agreed {
            None => agreed = Some(truth),
            Some(before) if before == truth => {}
            Some(_) => return Truth::Open,
        }
    }
    agreed.unwrap_or(Truth::Open)
}
