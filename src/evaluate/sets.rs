//! Sets of rows: who belongs, on which day, and whether the list is all there is.

use crate::facts::{CellId, Row};
use crate::model::DefinitionBody;
use crate::model::expr::Row as RowOf;
use crate::model::expr::{ClauseId, Collection, Expr, FieldOf, On, Set};
use crate::model::schema::{RecordId, Shape};
use crate::plan::NormTest;
use crate::value::{Day, Money};
use crate::verdict::{Mark, Missing, Said};

use super::judge::{Found, Judge};
use super::known::{DayBounds, Val};
use super::trace::{Trace, mark_of, reason};
use super::truth::Truth;
use super::values::{EdgeDay, Reckoned};
use super::world::{GHOST, happened};

/// When somebody is a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberDays {
    pub from: EdgeDay,
    /// The first day out.
    pub until: EdgeDay,
}

impl<'w, T: Trace> Judge<'w, T> {
    /// Looks at each row of a collection with what is known of its belonging. The answer says whether the list is all
    /// there is: no row that nobody has written down could belong.
    pub fn each(&mut self, of: &'w Collection, on: Day, look: impl FnMut(&mut Self, Row, Truth)) -> bool {
        self.each_row(of, on, look);
        self.closed(of, on)
    }

    /// The same without asking whether the list is all there is.
    pub fn each_row(&mut self, of: &'w Collection, on: Day, mut look: impl FnMut(&mut Self, Row, Truth)) {
        let rows = self.candidates(of);
        for row in rows.all(self.world.facts, of.record) {
            let belongs = self.belongs_to(of, row, on);
            self.bind(of.var, row);
            look(self, row, belongs);
        }
    }

    /// Whether a row belongs to a collection; the row stays bound to its variable.
    pub fn belongs_to(&mut self, of: &'w Collection, row: Row, on: Day) -> Truth {
        let stands = if self.shape(of.record) == Shape::Plain && !T::ON && row != GHOST {
            if self.world.cancelled(of.record, row) { Truth::No } else { Truth::Yes }
        } else {
            self.world.stands(of.record, row, on)
        };
        if stands.is_no() {
            return Truth::No;
        }
        let member = match of.members_of {
            Some(clause) => self.member(clause, row, on),
            None => Truth::Yes,
        };
        if member.is_no() {
            return Truth::No;
        }
        self.bind(of.var, row);
        let truth = stands.and(member).and(self.holds(&of.filter));
        if T::ON
            && truth == Truth::Open
            && stands == Truth::Open
            && let Some(field) = self.world.day_field(of.record)
        {
            // Whether it has happened, or lasts, hangs on its day: looked at, so that it is named.
            self.cell(CellId { record: of.record, row, field }, of.span);
        }
        truth
    }

    /// Whether a list is all there is for this collection: it is declared complete, or nothing more could belong.
    pub fn closed(&mut self, of: &'w Collection, on: Day) -> bool {
        if !self.world.may_be_more(of.record, on) {
            return true;
        }
        self.trace.hush();
        self.bind(of.var, GHOST);
        let more = self.holds(&of.filter);
        self.trace.speak();
        if more.is_no() {
            return true;
        }
        self.incomplete(of.record, on);
        false
    }

    /// Says that a list is not declared complete.
    pub fn incomplete(&mut self, record: RecordId, on: Day) {
        let from = match self.shape(record) {
            Shape::Event { .. } => self.world.plan.force.from.max(Day::MIN).min(on),
            Shape::Plain | Shape::Lasts { .. } => on,
        };
        self.incomplete_over(record, from, on);
    }

    pub fn incomplete_over(&mut self, record: RecordId, from: Day, through: Day) {
        self.trace.missing(|| Missing::Complete { record, from, through });
        self.trace.say(|| reason(Said::Completeness { record, from, through }, Mark::Open, None));
    }

    /// Whether a row is a member under a membership clause on a day.
    pub fn member(&mut self, clause: ClauseId, row: Row, on: Day) -> Truth {
        if row == GHOST {
            return Truth::Open;
        }
        self.trace.open();
        let mark = self.trace.mark();
        let days = self.member_days(clause, row);
        let truth = days.map_or(Truth::Open, |days| member_on(days, on));
        if truth != Truth::Open {
            self.trace.forget(mark);
        }
        let exact = |edge: EdgeDay| match edge {
            EdgeDay::On(day) => day.exact(),
            EdgeDay::NotYet | EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => None,
        };
        let place = self.world.plan.clause(clause).map(|clause| clause.name_span);
        self.trace.close(|| {
            let (from, until) = days.map_or((None, None), |days| (exact(days.from), exact(days.until)));
            reason(Said::Membership { member: mark_of(truth), from, until }, mark_of(truth), place)
        });
        truth
    }

    /// From when until when a row is a member.
    pub fn member_days(&mut self, clause: ClauseId, row: Row) -> Option<MemberDays> {
        let plan = self.world.plan;
        let lasting = plan.norms_of(clause).find_map(|(_, norm)| {
            norm.bodies.iter().find_map(|body| match &body.test {
                NormTest::Member(lasting) => Some(lasting),
                _ => None,
            })
        })?;
        self.aside(&[row], |judge| {
            let from = match judge.value(&lasting.from) {
                Val::Absent => EdgeDay::NotYet,
                other => other.day_bounds().map_or(EdgeDay::Unknown, EdgeDay::On),
            };
            let until = match &lasting.until {
                None => EdgeDay::None,
                Some(edge) => judge.edge(edge, Reckoned::Day),
            };
            MemberDays { from, until }
        })
    }

    /// Whether a row belongs to a set on the days asked about; `None` when the row is absent.
    pub fn belongs(&mut self, row: &'w RowOf, set: &'w Set, on: &'w On) -> Option<Truth> {
        let (record, row) = match self.row(row, RecordId(0)) {
            Found::Row(record, row) => (self.record_of_set(set).unwrap_or(record), row),
            Found::None => return None,
            Found::Unknown => return Some(Truth::Open),
        };
        match on {
            On::Then => Some(self.in_set(record, row, set, self.then)),
            On::Day(day) => match self.value(day) {
                Val::Absent => None,
                day => Some(self.in_set_on(record, row, set, day.day_bounds())),
            },
            On::Throughout(from, to) => {
                let (from, to) = (self.value(from).day_bounds(), self.value(to).day_bounds());
                let (Some(from), Some(to)) = (from.and_then(DayBounds::exact), to.and_then(DayBounds::exact)) else {
                    return Some(Truth::Open);
                };
                Some(self.in_set_throughout(record, row, set, from, to))
            }
        }
    }

    fn record_of_set(&self, set: &Set) -> Option<RecordId> {
        match set {
            Set::Rows(of) => Some(of.record),
            Set::Named { record, .. } => Some(*record),
            Set::Listed(_) => None,
        }
    }

    fn in_set_on(&mut self, record: RecordId, row: Row, set: &'w Set, day: Option<DayBounds>) -> Truth {
        let Some(day) = day else { return Truth::Open };
        let first = self.in_set(record, row, set, day.first);
        if day.exact().is_some() {
            return first;
        }
        let last = self.in_set(record, row, set, day.last);
        if first == last { first } else { Truth::Open }
    }

    fn in_set(&mut self, record: RecordId, row: Row, set: &'w Set, on: Day) -> Truth {
        match set {
            Set::Rows(of) => {
                if row == GHOST {
                    return Truth::Open;
                }
                let asked = std::mem::replace(&mut self.then, on);
                let truth = self.belongs_to(of, row, on);
                self.then = asked;
                truth
            }
            // A field that is given names all that it holds, so no row that nobody has written down is among them.
            Set::Listed(field) => self.listed(field, record, row),
            Set::Named { definition, record } => {
                let Some(definition) = self.world.plan.definition(*definition) else { return Truth::Open };
                match &definition.body {
                    DefinitionBody::Listed(ids) => Truth::of(ids.iter().any(|id| self.rows_equal(*record, row, id))),
                    DefinitionBody::Condition(_) | DefinitionBody::Amount { .. } => Truth::Open,
                }
            }
        }
    }

    fn listed(&mut self, field: &'w FieldOf, _: RecordId, row: Row) -> Truth {
        match self.field(field) {
            Val::Set(items) => Truth::of(items.contains(&row.0)),
            Val::Absent => Truth::No,
            _ => Truth::Open,
        }
    }

    /// On every day of the span: looked at on the days on which the answer can change.
    fn in_set_throughout(&mut self, record: RecordId, row: Row, set: &'w Set, from: Day, to: Day) -> Truth {
        let mut days = vec![from, to];
        days.extend(self.days_of_change(record, row, set).into_iter().filter(|day| from <= *day && *day <= to));
        days.sort_unstable();
        days.dedup();
        days.into_iter().fold(Truth::Yes, |truth, day| truth.and(self.in_set(record, row, set, day)))
    }

    fn days_of_change(&mut self, record: RecordId, row: Row, set: &'w Set) -> Vec<Day> {
        let mut days = self.changes_of(record, row);
        if let Set::Rows(of) = set
            && let Some(clause) = of.members_of
            && let Some(member) = self.member_days(clause, row)
        {
            for edge in [member.from, member.until] {
                if let EdgeDay::On(day) = edge {
                    days.extend([day.first, day.last, day.last.following()]);
                }
            }
        }
        days
    }

    /// The days on which something about a row changes: it begins, ends, or a dated value of it changes.
    pub fn changes_of(&self, record: RecordId, row: Row) -> Vec<Day> {
        let mut days = Vec::new();
        if let Some(Shape::Lasts { from, to, .. }) = self.world.plan.schema.record(record).map(|one| one.shape) {
            for field in [from, to] {
                let value = self.world.field(CellId { record, row, field }, self.world.as_of);
                if let Some(day) = value.day_bounds() {
                    days.extend([day.first, day.last, day.first.following(), day.last.following()]);
                    if let Some((from, through)) = day.outside {
                        days.extend([from, through.following()]);
                    }
                }
            }
        }
        if let Some(table) = self.world.facts.table(record) {
            for column in &table.columns {
                days.extend(column.changes(row).iter().map(|day| Day(*day)));
            }
            for span in &table.complete {
                days.extend([span.from, span.through.following()]);
            }
        }
        days
    }

    /// Whether a set field holds an item; `None` when the set or the item is absent.
    pub fn set_holds(&mut self, set: &'w FieldOf, item: &'w Expr) -> Option<Truth> {
        let items = self.field(set);
        let item = self.value(item);
        match (&items, &item) {
            (Val::Absent, _) | (_, Val::Absent) => None,
            (Val::Set(items), Val::Text(text)) => {
                let word = self.world.facts.words.find(text);
                let row = self.set_record(set).and_then(|record| self.world.facts.find(record, text));
                let wanted = row.map(|row| row.0).or(word.map(|word| word.0));
                Some(Truth::of(wanted.is_some_and(|wanted| items.contains(&wanted))))
            }
            (Val::Set(items), Val::Row(_, row)) => Some(Truth::of(items.contains(&row.0))),
            (Val::Set(items), item) => Some(match as_written(item) {
                Some(text) => {
                    let word = self.world.facts.words.find(&text);
                    Truth::of(word.is_some_and(|word| items.contains(&word.0)))
                }
                None => Truth::Open,
            }),
            (_, _) => Some(Truth::Open),
        }
    }

    /// Whether a set field holds these items and nothing else; `None` when the set is absent.
    pub fn holds_only(&mut self, set: &'w FieldOf, items: &'w [Expr]) -> Option<Truth> {
        let mut all = Truth::Yes;
        for item in items {
            all = all.and(self.set_holds(set, item)?);
        }
        let Val::Set(held) = self.field(set) else { return Some(all) };
        // Each of the items is held and they differ, so anything more would make the set larger than they are.
        let more = distinct(held) > items.len();
        Some(all.and(Truth::of(!more)))
    }

    fn set_record(&self, set: &FieldOf) -> Option<RecordId> {
        self.world.referred(CellId { record: set.record, row: GHOST, field: set.field })
    }
}

/// How a set keeps a number, a day, an amount or an answer: as the facts would write it.
fn as_written(item: &Val) -> Option<String> {
    Some(match item {
        Val::Number(number) => number.exact()?.exact_text(),
        Val::Money(amount, currency) => Money::new(amount.exact()?.clone(), *currency).to_string(),
        Val::Day(day) => day.exact()?.to_string(),
        Val::YesNo(answer) => if *answer { "yes" } else { "no" }.to_string(),
        Val::Text(_) | Val::Row(_, _) | Val::Actor(_) => return None,
        Val::Set(_) | Val::Absent | Val::Unknown | Val::OneOf(_) => return None,
    })
}

/// Whether two sets hold the same.
pub fn same_set(one: &Val, other: &Val) -> Truth {
    match (one, other) {
        (Val::Set(one), Val::Set(other)) => {
            let within = |one: &[u32], other: &[u32]| one.iter().all(|item| other.contains(item));
            Truth::of(within(one, other) && within(other, one))
        }
        (_, _) => Truth::Open,
    }
}

/// How many different things a set holds.
pub fn distinct(held: &[u32]) -> usize {
    let mut held = held.to_vec();
    held.sort_unstable();
    held.dedup();
    held.len()
}

/// Whether one whose membership has these days is a member on a day.
pub fn member_on(days: MemberDays, on: Day) -> Truth {
    let begun = match days.from {
        EdgeDay::On(day) => happened(&Val::Day(day), on),
        EdgeDay::NotYet => Truth::No,
        EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => Truth::Open,
    };
    let ended = match days.until {
        EdgeDay::On(day) => happened(&Val::Day(day), on),
        EdgeDay::NotYet | EdgeDay::None => Truth::No,
        EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable => Truth::Open,
    };
    begun.and(ended.opposite())
}
