//! When an instance began, and the time in which it binds: of the clause, of its subject, of its bearer.

use crate::facts::{Cell, CellId, CellValue, Row};
use crate::model::clause::Edge;
use crate::model::expr::{Collection, Expr, ExprKind};
use crate::model::schema::{InTime, Need, Shape, Type};
use crate::plan::{Norm, NormTest};
use crate::value::{Day, Stretch};
use crate::verdict::Instance;

use super::periods::stands_by_wording;
use crate::evaluate::expr::edges::EdgeDay;
use crate::evaluate::judge::Judge;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::{TRIED, Taken, Tried};
use crate::evaluate::norms::case::bearer_of;
use crate::evaluate::trace::Trace;

/// So many ways in which days that are not known exactly may lie are tried.
const TRIED_WAYS: usize = 1_200;

/// So many ways of taking other values are tried.
const FEW_WAYS: usize = 128;

/// The day of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// It has no day of its own.
    Without,
    On(Day),
    /// It lies after the as-of day; which day it is, is not known.
    ToCome(Day),
    /// Known to be none: it has not happened.
    None,
    Unknown,
}

/// From when until when a row lasts, or is a member.
#[derive(Clone, Copy, Debug)]
pub struct Lasts {
    pub from: EdgeDay,
    pub last: EdgeDay,
    pub admitted: Truth,
}

impl Lasts {
    /// Whether it lasts on some day from a first through a last.
    pub fn meets(self, first: Day, last: Day) -> Truth {
        if let (EdgeDay::On(from), EdgeDay::On(end)) = (self.from, self.last)
            && end.last < from.first
        {
            return Truth::No;
        }
        let begun = match self.from {
            EdgeDay::On(from) => from.before(DayBounds::exactly(last.plus_days(1))),
            EdgeDay::NotYet | EdgeDay::NoDay => Truth::No,
            _ => Truth::Open,
        };
        let begun = if last == Day::MAX && matches!(self.from, EdgeDay::On(_)) { Truth::Yes } else { begun };
        let ended = match self.last {
            EdgeDay::On(end) => end.before(DayBounds::exactly(first)),
            EdgeDay::NotYet | EdgeDay::NoDay | EdgeDay::None => Truth::No,
            _ => Truth::Open,
        };
        self.admitted.and(begun).and(ended.opposite())
    }
}

impl<'w, T: Trace> Judge<'w, T> {
    /// When the subject of an instance happened or began, if it has a day of its own.
    pub fn own(&mut self, norm: &'w Norm, instance: &Instance) -> Own {
        let Some((line, row)) = instance.subject else { return Own::Without };
        let Some(of) = norm.subjects.get(usize::from(line)) else { return Own::Without };
        let as_of = self.ask.world.as_of;
        if let Some(NormTest::AtJoining { membership, .. }) = norm.bodies.first().map(|body| &body.test) {
            let from = self.ask.quietly(|ask| ask.member_days(*membership, row)).map(|days| days.from);
            return from.and_then(EdgeDay::exact).map_or(Own::Without, Own::On);
        }
        let day = match of.members_of {
            Some(clause) => match self.ask.quietly(|ask| ask.member_days(clause, row)).map(|days| days.from) {
                Some(EdgeDay::On(day)) => Val::Day(day),
                Some(EdgeDay::NotYet | EdgeDay::NoDay) => Val::Absent,
                Some(_) | None => Val::Unknown,
            },
            None => match self.ask.world.day_of(of.record, row) {
                Some(day) => day,
                None => return Own::Without,
            },
        };
        if matches!(day, Val::Absent) {
            return Own::None;
        }
        match day.day_bounds() {
            Some(bounds) => match bounds.exact() {
                Some(day) => Own::On(day),
                None if bounds.first > as_of => Own::ToCome(bounds.first),
                None => Own::Unknown,
            },
            None => Own::Unknown,
        }
    }

    /// From when until when a row of a collection lasts; nothing for one that neither lasts nor is a member.
    pub fn lasts(&mut self, of: &'w Collection, row: Row) -> Option<Lasts> {
        let own = self.ask.world.lasting(of.record, row).map(|(from, last)| Lasts {
            from: edge(from),
            last: match edge(last) {
                EdgeDay::NoDay => EdgeDay::None,
                // Nobody knows yet of an end that has not come.
                EdgeDay::On(day) if day.exact().is_none() && day.first > self.ask.world.as_of => EdgeDay::None,
                other => other,
            },
            admitted: Truth::Yes,
        });
        let member = of.members_of.and_then(|clause| self.ask.quietly(|ask| ask.member_days(clause, row)));
        let as_of = self.ask.world.as_of;
        match (own, member) {
            (own, None) => own,
            (_, Some(days)) => {
                let last = match days.last() {
                    EdgeDay::On(day) if day.exact().is_none() && day.first >= as_of => EdgeDay::None,
                    other => other,
                };
                Some(Lasts { from: days.from, last, admitted: days.admitted })
            }
        }
    }

    /// The days of the wording that govern an instance.
    pub fn governs(&self, norm: &Norm, instance: &Instance) -> Stretch {
        if self.goes_by_wording(norm, instance) {
            return self.ask.law.chosen(norm);
        }
        let runs = self.ask.law.runs(norm);
        let first = self.ask.law.first_day(norm.clause);
        Stretch::new(first.min(runs.from), runs.until)
    }

    /// Whether an instance has no day on which it began, so that each wording has one of its own, over its own days.
    pub fn goes_by_wording(&self, norm: &Norm, instance: &Instance) -> bool {
        let of_kind = norm.bodies.iter().all(|body| stands_by_wording(&body.test));
        let own = instance.subject.and_then(|(line, _)| norm.subjects.get(usize::from(line)));
        let has_day = own.is_some_and(|of| of.members_of.is_some() || self.ask.world.shape(of.record) != Shape::Plain);
        of_kind && instance.period.is_none() && !has_day
    }

    /// Days of the subject and the bearer that are on file but not known exactly, with what each may be: an instance is judged
    /// for each of them.
    pub fn open_days(&self, norm: &'w Norm, instance: &Instance) -> Option<Vec<[Option<Tried>; TRIED]>> {
        let mut cells: Vec<CellId> = Vec::new();
        if let Some((line, row)) = instance.subject
            && let Some(of) = norm.subjects.get(usize::from(line))
        {
            self.day_cells(of, row, &mut cells);
            if let Some(NormTest::AtJoining { membership, .. }) = norm.bodies.first().map(|body| &body.test) {
                let of = Collection { members_of: Some(*membership), ..of.clone() };
                self.day_cells(&of, row, &mut cells);
            }
        }
        if let Some((of, _, row)) = bearer_of(norm, instance) {
            self.day_cells(of, row, &mut cells);
        }
        let mut ways: Vec<[Option<Tried>; TRIED]> = vec![[None; TRIED]];
        let mut used = 0_usize;
        for cell in cells {
            let Some(values) = self.values_of(cell) else { continue };
            if used >= TRIED || values.len().saturating_mul(ways.len()) > TRIED_WAYS {
                return None;
            }
            let each = |way: &[Option<Tried>; TRIED]| {
                let mut all = Vec::with_capacity(values.len());
                for value in &values {
                    let mut way = *way;
                    if let Some(slot) = way.get_mut(used) {
                        *slot = Some(Tried { cell, value: *value });
                    }
                    all.push(way);
                }
                all
            };
            ways = ways.iter().flat_map(each).collect();
            used = used.saturating_add(1);
        }
        Some(ways)
    }

    /// What was looked at more than once and has few values that it may be, with each of those.
    pub fn open_values(&self) -> Vec<[Option<Tried>; TRIED]> {
        let mut ways: Vec<[Option<Tried>; TRIED]> = vec![[None; TRIED]];
        let mut used = 0_usize;
        for (cell, times) in &self.ask.open {
            // Between two values that sources claim there is nothing.
            let disputed = matches!(self.ask.world.cell(*cell, self.ask.world.as_of), Cell::Disputed(_));
            if (*times < 2 && !disputed) || used >= TRIED {
                continue;
            }
            let Some(values) = self.values_of(*cell).or_else(|| self.few_values(*cell)) else { continue };
            if values.is_empty() || values.len().saturating_mul(ways.len()) > FEW_WAYS {
                continue;
            }
            let with = |way: &[Option<Tried>; TRIED]| {
                let each = values.iter().map(|value| {
                    let mut way = *way;
                    if let Some(slot) = way.get_mut(used) {
                        *slot = Some(Tried { cell: *cell, value: *value });
                    }
                    way
                });
                each.collect::<Vec<_>>()
            };
            ways = ways.iter().flat_map(with).collect();
            used = used.saturating_add(1);
        }
        ways
    }

    /// The values of a field that is not given, where they can be counted: yes and no, options, rows of a short list; and none,
    /// unless it is required.
    fn few_values(&self, cell: CellId) -> Option<Vec<Taken>> {
        let world = &self.ask.world;
        if !matches!(world.cell(cell, world.as_of), Cell::Unknown) {
            return None;
        }
        let field = world.plan.schema.field(cell.record, cell.field)?;
        if field.time == InTime::OverTime {
            return None;
        }
        let mut values = match &field.ty {
            Type::YesNo => vec![Taken::YesNo(true), Taken::YesNo(false)],
            Type::OneOf(options) => (0..).zip(options).map(|(number, _)| Taken::Option(number)).collect(),
            Type::Ref(record) if world.is_complete_on(*record, world.as_of) => {
                world.facts.rows(*record).map(Taken::Row).collect()
            }
            Type::Ref(_) | Type::Text | Type::Number | Type::Money | Type::Date | Type::Time | Type::SetOf(_) => {
                return None;
            }
        };
        if field.need == Need::Optional {
            values.push(Taken::Absent);
        }
        Some(values)
    }

    /// What a day may be, where it is on file and not known exactly.
    fn values_of(&self, cell: CellId) -> Option<Vec<Taken>> {
        let days = |first: Day, last: Day| {
            let many = usize::try_from(first.days_until(last)).unwrap_or(0).min(TRIED_WAYS);
            (0_i32..).take(many.saturating_add(1)).map(move |more| Taken::Day(first.plus_days(more)))
        };
        match self.ask.world.cell(cell, self.ask.world.as_of) {
            Cell::Within(first, last) => Some(days(first, last).collect()),
            Cell::Disputed(values) => {
                let mut all = Vec::new();
                for (value, _) in values {
                    match value {
                        CellValue::Day(day) => all.push(Taken::Day(*day)),
                        CellValue::Within(first, last) => all.extend(days(*first, *last)),
                        CellValue::Absent => all.push(Taken::Absent),
                        _ => return None,
                    }
                }
                Some(all)
            }
            _ => None,
        }
    }

    /// The cells that tell from when until when a row is what a collection is made of.
    fn day_cells(&self, of: &Collection, row: Row, cells: &mut Vec<CellId>) {
        let mut add = |field| {
            let cell = CellId { record: of.record, row, field };
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        };
        match self.ask.world.shape(of.record) {
            Shape::Plain => {}
            Shape::Event { on } => add(on),
            Shape::Lasts { from, to, .. } => {
                add(from);
                add(to);
            }
        }
        let Some(clause) = of.members_of else { return };
        let lasting = self.ask.world.plan.norms_of(clause).flat_map(|(_, norm)| &norm.bodies).find_map(|body| {
            if let NormTest::Member(lasting) = &body.test { Some(lasting) } else { None }
        });
        let Some(lasting) = lasting else { return };
        let until = lasting.until.as_ref().and_then(|edge| match edge {
            Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) | Edge::Lapse { anchor: day, .. } => Some(day),
            Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
        });
        for day in [Some(&lasting.from), until].into_iter().flatten() {
            if let Some(field) = own_field(day) {
                add(field);
            }
        }
    }
}

fn edge(day: Val) -> EdgeDay {
    match day {
        Val::Absent => EdgeDay::NoDay,
        day => day.day_bounds().map_or(EdgeDay::Unknown, EdgeDay::On),
    }
}

/// The field of the row itself that a day is, or is counted from.
fn own_field(day: &Expr) -> Option<crate::model::schema::FieldId> {
    match &day.kind {
        ExprKind::Field(field) if matches!(field.row, crate::model::expr::Row::Var(_)) => Some(field.field),
        ExprKind::Shift { day, .. } => own_field(day),
        _ => None,
    }
}
