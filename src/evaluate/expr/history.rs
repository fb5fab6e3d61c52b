//! When things change: memberships and lasting records begin and end, dated values and fields over time take other values,
//! events happen. Between two such days every answer stays what it is, so asking on them is enough.

use std::collections::BTreeSet;

use crate::facts::{Cell, CellId, CellValue, Row};
use crate::model::DefinitionBody;
use crate::model::clause::{CycleOf, Edge, When};
use crate::model::expr::Row as RowOf;
use crate::model::expr::{
    Asks, ClauseId, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, FieldOf, On, Set, Test, ValueId, Var,
};
use crate::model::schema::{FieldId, RecordId, Shape};
use crate::plan::{Body, Norm, NormTest};
use crate::value::{Cycle, CyclePeriod, Day};

use super::ask::{Ask, Found, for_reasons};
use super::frame::{EdgeDay, MemberDays};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::GHOST;
use crate::evaluate::norms::case::has_window;
use crate::evaluate::trace::Trace;

impl<'w, T: Trace> Ask<'w, T> {
    /// Whether `if` holds and no `unless` does, on the day that is asked about.
    pub fn applies(&mut self, conditions: &'w [When]) -> Truth {
        let one = |ask: &mut Self, when: &'w When| match when {
            When::If(condition) => ask.holds(condition),
            When::Unless(condition) => ask.holds(condition).opposite(),
        };
        let mut truth = Truth::Yes;
        let mut conditions = conditions.iter();
        for when in conditions.by_ref() {
            truth = truth.and(one(self, when));
            if truth.is_no() {
                break;
            }
        }
        if T::ON {
            for_reasons(self, |ask| {
                for when in conditions {
                    one(ask, when);
                }
            });
        }
        truth
    }

    /// The first of some days, and each later one on which the answer to a condition can change.
    pub fn changes_of(&mut self, condition: &'w Cond, first: Day, last: Day) -> Vec<Day> {
        self.changes(first, last, |walk, ask| walk.condition(ask, condition))
    }

    pub fn changes_of_value(&mut self, value: &'w Expr, first: Day, last: Day) -> Vec<Day> {
        self.changes(first, last, |walk, ask| walk.value(ask, value))
    }

    /// The same for whatever is walked over.
    pub fn changes(&mut self, first: Day, last: Day, look: impl FnOnce(&mut Walk, &mut Self)) -> Vec<Day> {
        let mut walk =
            Walk { first, last, days: BTreeSet::from([first]), seen: BTreeSet::new(), members: BTreeSet::new() };
        self.trace.hush();
        // Whichever day is asked about: by the as-of day most is known of what changes.
        let as_of = self.world.as_of;
        self.asked(as_of, as_of, |ask| look(&mut walk, ask));
        self.trace.speak();
        walk.days.into_iter().collect()
    }
}

/// The first of some days, and each later one on which it can change whether a row is in a set.
pub fn changes_of_set<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (record, row): (RecordId, Row),
    set: &'w Set,
    (first, last): (Day, Day),
) -> Vec<Day> {
    ask.changes(first, last, |walk, ask| walk.set(ask, record, row, set))
}

/// The days of change among those that a day may be.
pub fn changes_on<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    days: DayBounds,
    look: impl Fn(&mut Walk, &mut Ask<'w, T>),
) -> Vec<Day> {
    days.spans().flat_map(|(first, last)| ask.changes(first, last, &look)).collect()
}

/// Looks at a period of a cycle, or at none.
pub fn in_period<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    period: Option<(CyclePeriod, Cycle)>,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let before = (ask.period, ask.cycle);
    (ask.period, ask.cycle) = (period.map(|(period, _)| period), period.map(|(_, cycle)| cycle));
    let found = ask.quietly(look);
    (ask.period, ask.cycle) = before;
    found
}

impl Walk {
    /// The days on which it can change whether an exception applies to a row.
    pub fn exception<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, (clause, other): (ClauseId, &'w Norm), row: Row) {
        let force = ask.law.chosen(other);
        [force.from, force.until].into_iter().for_each(|day| self.add(day));
        if let Some(of) = other.subjects.first() {
            self.condition(ask, &of.filter);
            if other.is_membership() {
                self.row_changes(ask, of.record, row, Some(clause));
            }
        }
        for body in &other.bodies {
            self.conditions(ask, &body.conditions);
            if other.speaks_in_its_window() && has_window(&body.test) {
                self.windows(ask, (other, body));
            }
        }
    }

    /// The first days of the windows of a clause, and the days after their last: of each of its periods by the calendar.
    pub fn windows<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, (norm, body): (&'w Norm, &'w Body)) {
        let mut periods = vec![None];
        if let Some(CycleOf::Calendar(cycle)) = &norm.cycle {
            let until = self.last.min(ask.world.as_of).following();
            let all = cycle.between(self.first, until).take(ask.world.plan.most_periods);
            periods = all.map(|period| Some((period, *cycle))).collect();
        }
        for period in periods {
            let frame = in_period(ask, period, |ask| ask.frame(body, None));
            for (edge, after) in [(frame.first, 0), (frame.last, 1)] {
                if let EdgeDay::On(day) = edge {
                    [day.first, day.last].into_iter().for_each(|day| self.add(day.plus_days(after)));
                }
            }
        }
    }
}

/// A walk over an expression in search of days on which it can change.
pub struct Walk {
    first: Day,
    last: Day,
    days: BTreeSet<Day>,
    /// Definitions that were walked over, with their rows.
    seen: BTreeSet<(DefinitionId, Option<Row>)>,
    /// Memberships that were walked over: what one depends on may lead back to it.
    members: BTreeSet<(ClauseId, Row)>,
}

impl Walk {
    pub fn add(&mut self, day: Day) {
        if self.first < day && day <= self.last {
            self.days.insert(day);
        }
    }

    /// A day that may be any of several: it can have come on each of them.
    pub fn bounds(&mut self, day: DayBounds) {
        if day.exact().is_some() {
            self.add(day.first);
            self.add(day.first.plus_days(1));
            return;
        }
        for one in [day.first, day.last] {
            self.add(one);
            self.add(one.plus_days(1));
        }
        if let Some((from, through)) = day.outside {
            self.add(from);
            self.add(through.plus_days(1));
        }
    }

    fn known(&mut self, value: &Val) {
        match value {
            Val::Day(day) => self.bounds(*day),
            Val::OneOf(values) => values.iter().for_each(|one| self.known(one)),
            _ => {}
        }
    }

    pub fn conditions<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, conditions: &'w [When]) {
        for when in conditions {
            match when {
                When::If(condition) | When::Unless(condition) => self.condition(ask, condition),
            }
        }
    }

    pub fn condition<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, condition: &'w Cond) {
        match &condition.kind {
            CondKind::Always | CondKind::Judged { .. } => {}
            CondKind::And(parts) | CondKind::Or(parts) => {
                parts.iter().for_each(|part| self.condition(ask, part));
            }
            CondKind::Not(inner) => self.condition(ask, inner),
            CondKind::Test(test) => self.asks(ask, &test.asks),
            CondKind::All { of, test } => self.rows(ask, of, |walk, ask| walk.condition(ask, test)),
            CondKind::Some(of) => self.collection(ask, of),
            CondKind::Defined { definition, row } => self.definition(ask, *definition, Some(row)),
            CondKind::OnDay { day, .. } => self.value(ask, day),
        }
    }

    fn asks<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, asks: &'w Asks) {
        match asks {
            Asks::Given(field) => self.field(ask, field, Whether::Given),
            Asks::Before(a, b) => {
                [a, b].into_iter().for_each(|one| self.value(ask, one));
                // By which day of rows one is reached, or passed, the other tells.
                if is_day_of_rows(a) || is_day_of_rows(b) {
                    for side in [a, b] {
                        let value = ask.quietly(|ask| ask.value(side));
                        self.known(&value);
                    }
                }
            }
            Asks::Less(a, b) => [a, b].into_iter().for_each(|one| self.value(ask, one)),
            Asks::OneOf(a, options) => {
                self.value(ask, a);
                options.iter().for_each(|option| self.value(ask, option));
            }
            Asks::About { amount, least, most } => {
                [amount, least, most].into_iter().for_each(|one| self.value(ask, one));
            }
            Asks::Holds(set, items) | Asks::HoldsOnly(set, items) => {
                self.field(ask, set, Whether::Value);
                items.iter().for_each(|item| self.value(ask, item));
            }
            Asks::HoldsEach { set, options, .. } => {
                self.field(ask, set, Whether::Value);
                options.iter().for_each(|option| self.value(ask, option));
            }
            Asks::SameSet(one, other) => {
                self.field(ask, one, Whether::Value);
                self.field(ask, other, Whether::Value);
            }
            Asks::In { row, set, on } => {
                match on {
                    On::Then => {}
                    On::Day(day) => self.value(ask, day),
                    On::Throughout(from, to) => {
                        self.value(ask, from);
                        self.value(ask, to);
                    }
                }
                self.row(ask, row);
                for (found, row) in referents(ask, row, RecordId(0)) {
                    let record = match set {
                        Set::Rows(of) => of.record,
                        Set::Named { record, .. } => *record,
                        Set::Listed(_) => found,
                    };
                    self.set(ask, record, row, set);
                }
            }
        }
    }

    fn set<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, record: RecordId, row: Row, set: &'w Set) {
        match set {
            Set::Rows(of) => {
                self.row_changes(ask, record, row, of.members_of);
                ask.bind(of.var, row);
                self.condition(ask, &of.filter);
            }
            Set::Listed(field) => self.field(ask, field, Whether::Value),
            Set::Named { .. } => {}
        }
    }

    pub fn value<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, value: &'w Expr) {
        use ExprKind as K;
        match &value.kind {
            K::Day(_) | K::Number(_) | K::Money(_) | K::Text(_) | K::YesNo(_) | K::Id(..) | K::Actor(_) => {}
            K::NotStated | K::PeriodStart | K::PeriodEnd | K::BindsFrom | K::BindsThrough => {}
            K::TermStart(_) | K::TermEnd(_) => {}
            // Days of clauses are worked out from other days, which are walked over where they are asked about.
            K::DueDayOf(_) | K::EffectOf(_) => {}
            K::TheDay(condition) => self.condition(ask, condition),
            K::Field(field) | K::Held(field) => self.field(ask, field, Whether::Value),
            K::Row(row) => self.row(ask, row),
            K::YearDay { year, .. } => {
                if let Some(year) = year {
                    self.value(ask, year);
                }
            }
            K::Shift { day, .. } | K::OfDay(_, day) => self.value(ask, day),
            K::Plus(a, b) | K::Minus(a, b) | K::Times(a, b) | K::DividedBy(a, b) => {
                self.value(ask, a);
                self.value(ask, b);
            }
            K::DaysBetween(a, b) | K::WholeMonthsBetween(a, b) | K::WorkingDaysBetween(a, b) => {
                self.value(ask, a);
                self.value(ask, b);
            }
            K::EarliestOf(days) | K::LatestOf(days) => days.iter().for_each(|day| self.value(ask, day)),
            K::Count(of) => self.collection(ask, of),
            K::CountDifferent(what, of) | K::Sum(what, of) | K::Earliest(what, of) | K::Latest(what, of) => {
                self.rows(ask, of, |walk, ask| walk.value(ask, what));
            }
            K::Per { of, .. } => self.value(ask, of),
            K::Rounded { of, to, .. } => {
                self.value(ask, of);
                self.value(ask, to);
            }
            K::Value(id) => self.dated(ask, *id),
            K::Defined { definition, row } => self.definition(ask, *definition, row.as_ref()),
            K::OnDay { day, .. } => self.value(ask, day),
        }
    }

    fn dated<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, id: ValueId) {
        let Some(value) = ask.world.plan.value(id) else { return };
        for one in &value.amounts {
            one.from.into_iter().for_each(|from| self.add(from));
            self.value(ask, &one.amount);
        }
    }

    fn definition<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, id: DefinitionId, row: Option<&'w RowOf>) {
        let Some(definition) = ask.world.plan.definition(id) else { return };
        let rows = match row {
            None => vec![None],
            Some(row) => {
                self.row(ask, row);
                referents(ask, row, RecordId(0)).into_iter().map(|(_, row)| Some(row)).collect()
            }
        };
        for row in rows {
            if self.seen.insert((id, row)) {
                self.defined(ask, &definition.body, row);
            }
        }
    }

    fn defined<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, body: &'w DefinitionBody, row: Option<Row>) {
        let rows: Vec<Row> = row.into_iter().collect();
        ask.aside(&rows, |ask| match body {
            DefinitionBody::Condition(condition) => self.condition(ask, condition),
            DefinitionBody::Amount { cases, otherwise } => {
                for (condition, amount) in cases {
                    self.condition(ask, condition);
                    self.value(ask, amount);
                }
                self.value(ask, otherwise);
            }
            DefinitionBody::Listed(_) => {}
        });
    }

    pub fn collection<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, of: &'w Collection) {
        self.rows(ask, of, |_, _| {});
    }

    fn rows<'w, T: Trace>(
        &mut self,
        ask: &mut Ask<'w, T>,
        of: &'w Collection,
        mut inner: impl FnMut(&mut Walk, &mut Ask<'w, T>),
    ) {
        let mut imprecise: BTreeSet<(Day, Day)> = BTreeSet::new();
        // Rows that a comparison keeps out on all days change nothing.
        for row in ask.worth_a_look(of) {
            let own = self.row_changes(ask, of.record, row, of.members_of);
            let inexact = own.iter().flatten().filter_map(Val::day_bounds).filter(|day| day.exact().is_none());
            imprecise.extend(inexact.map(|day| (day.first, day.last)));
            ask.bind(of.var, row);
            self.condition(ask, &of.filter);
            inner(self, ask);
        }
        for span in ask.world.facts.table(of.record).map_or(&[][..], |table| &table.complete) {
            self.add(span.from);
            self.add(span.through.plus_days(1));
        }
        // On which of its days one lies, and one that nobody has written down, the filter may tell.
        if !imprecise.is_empty() && !self.compared(ask, (&of.filter, of.var), &mut BTreeSet::new()) {
            for (first, last) in imprecise.into_iter().filter(|(first, last)| first.days_until(*last) <= MOST_OF_A_DAY)
            {
                (0..=first.days_until(last)).for_each(|more| self.add(first.plus_days(more)));
            }
        }
        self.unlisted(ask, of);
    }

    /// The days on which it can change whether a row that nobody has written down passes a filter: those that it compares days with. Where
    /// it asks otherwise about an event's day, the first on which one can pass.
    fn unlisted<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, of: &'w Collection) {
        let event = ask.world.shape(of.record).is_event();
        let gaps = ask.world.gaps(of.record, if event { ask.since } else { self.first }, self.last);
        if gaps.is_empty() {
            return;
        }
        let plain = self.compared(ask, (&of.filter, of.var), &mut BTreeSet::new());
        self.add(self.last);
        for (from, through) in gaps.into_iter().filter(|_| event && !plain) {
            let (mut none, mut some) = (from.preceding(), through);
            if ask.ghost_passes(of, DayBounds::within(from, through)).is_no() {
                continue;
            }
            while none.following() < some {
                let amid = none.plus_days(none.days_until(some) / 2);
                let passes = ask.ghost_passes(of, DayBounds::within(from, amid));
                *(if passes.is_no() { &mut none } else { &mut some }) = amid;
            }
            self.add(some);
        }
    }

    /// Takes in the days that a filter compares days with; whether it asks about days of its own rows in no other way.
    fn compared<'w, T: Trace>(
        &mut self,
        ask: &mut Ask<'w, T>,
        (filter, own): (&'w Cond, Var),
        seen: &mut BTreeSet<DefinitionId>,
    ) -> bool {
        match &filter.kind {
            CondKind::And(parts) | CondKind::Or(parts) => {
                let each: Vec<bool> = parts.iter().map(|part| self.compared(ask, (part, own), seen)).collect();
                each.into_iter().all(|plain| plain)
            }
            CondKind::Not(inner) | CondKind::OnDay { of: inner, .. } => self.compared(ask, (inner, own), seen),
            CondKind::Test(Test { asks: Asks::Before(a, b), .. }) => {
                for side in [a, b].into_iter().filter(|side| !side.mentions(own)) {
                    let value = ask.quietly(|ask| ask.value(side));
                    self.known(&value);
                }
                [a, b].iter().all(|side| !side.mentions(own) || matches!(side.kind, ExprKind::Field(_)))
            }
            CondKind::Test(Test { asks, .. }) => match asks {
                Asks::Less(a, b) => [a, b]
                    .iter()
                    .all(|side| matches!(side.kind, ExprKind::Field(_) | ExprKind::Number(_) | ExprKind::Money(_))),
                Asks::OneOf(a, _) => !a.mentions(own) || matches!(a.kind, ExprKind::Field(_) | ExprKind::Row(_)),
                _ => true,
            },
            CondKind::Defined { definition, row: RowOf::Var(var) } if *var == own && seen.insert(*definition) => {
                match ask.world.plan.definition(*definition).map(|one| &one.body) {
                    Some(DefinitionBody::Condition(inner)) => self.compared(ask, (inner, Var(0)), seen),
                    _ => true,
                }
            }
            CondKind::Always | CondKind::Judged { .. } => true,
            CondKind::Defined { .. } | CondKind::All { .. } | CondKind::Some(_) => false,
        }
    }

    /// When a row happens, lasts or is a member; the days that it tells itself.
    pub fn row_changes<'w, T: Trace>(
        &mut self,
        ask: &mut Ask<'w, T>,
        record: RecordId,
        row: Row,
        members_of: Option<ClauseId>,
    ) -> [Option<Val<'w>>; 2] {
        let fields = match ask.world.shape(record) {
            Shape::Plain => [None, None],
            Shape::Event { on } => [Some(on), None],
            Shape::Lasts { from, to, .. } => [Some(from), Some(to)],
        };
        let own = fields.map(|field| Some(ask.world.field(CellId { record, row, field: field? }, ask.world.as_of)));
        own.iter().flatten().for_each(|value| self.known(value));
        let members_of = members_of.filter(|clause| self.members.insert((*clause, row)));
        // Whoever comes after all these days changes nothing on them.
        let members_of =
            members_of.filter(|clause| ask.in_work.is_idle() || !MemberDays::come_later(ask, *clause, row, self.last));
        if let Some((clause, days)) = members_of.and_then(|clause| Some((clause, ask.member_days(clause, row)?))) {
            // Whether it was admitted hangs on the day of joining, which may be any of several.
            if days.from.exact().is_none() {
                let bodies = ask.world.plan.norms_of(clause).flat_map(|(_, norm)| &norm.bodies);
                bodies.for_each(|body| {
                    ask.aside(&[row], |ask| self.conditions(ask, &body.conditions));
                });
            }
            for edge in [days.from, days.until] {
                match edge {
                    EdgeDay::On(day) => self.bounds(day),
                    _ => self.disputed_days(ask, record, row),
                }
            }
        }
        if let Some(clause) = members_of {
            self.membership(ask, clause, row);
        }
        own
    }

    /// The days on which it can change what is known of the first and the last day of a member, where other rows tell them.
    fn membership<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, clause: ClauseId, row: Row) {
        // Nobody is a member before its own first day of force.
        self.add(ask.law.first_day(clause));
        if ask.world.plan.norms_of(clause).nth(1).is_some() {
            // Between two of its wordings nobody is a member.
            let force = ask.world.plan.norms_of(clause).map(|(_, norm)| ask.law.chosen(norm));
            let days: Vec<Day> =
                force.filter(|force| !force.is_empty()).flat_map(|force| [force.from, force.until]).collect();
            days.into_iter().for_each(|day| self.add(day));
        }
        let bodies = ask.world.plan.norms_of(clause).flat_map(|(_, norm)| &norm.bodies);
        let ends = bodies.filter_map(|body| if let NormTest::Member(days) = &body.test { Some(days) } else { None });
        let day_of = |edge: &'w Edge| match edge {
            Edge::On(day) | Edge::DayBefore(day) | Edge::DayAfter(day) => Some(day),
            Edge::Lapse { anchor: day, .. } | Edge::Length { from: day, .. } => Some(day),
            Edge::Open | Edge::Never | Edge::Blank { .. } | Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => None,
        };
        let both = ends.flat_map(|days| [Some(&days.from), days.until.as_ref().and_then(day_of)]).flatten();
        for day in both.filter(|day| !is_plain(day)) {
            ask.aside(&[row], |ask| self.value(ask, day));
        }
    }

    /// The days that sources tell of a row where others tell another, or none.
    fn disputed_days<'w, T: Trace>(&mut self, ask: &Ask<'w, T>, record: RecordId, row: Row) {
        let fields = ask.world.plan.schema.record(record).map_or(0, |record| record.fields.len());
        for field in (0..fields).filter_map(|at| u16::try_from(at).ok()).map(FieldId) {
            let cell = CellId { record, row, field };
            let Cell::Disputed(values) = ask.world.cell(cell, ask.world.as_of) else { continue };
            for (value, _) in values.iter() {
                match value {
                    CellValue::Day(day) => self.bounds(DayBounds::exactly(*day)),
                    CellValue::Within(first, last) => self.bounds(DayBounds::within(*first, *last)),
                    _ => {}
                }
            }
        }
    }

    fn row<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, row: &'w RowOf) {
        match row {
            RowOf::Follow(field) => self.field(ask, field, Whether::Value),
            RowOf::Beside(beside) => self.row(ask, &beside.of),
            RowOf::Var(_) | RowOf::Agreement => {}
        }
    }

    fn field<'w, T: Trace>(&mut self, ask: &mut Ask<'w, T>, field: &'w FieldOf, whether: Whether) {
        self.row(ask, &field.row);
        for (record, row) in referents(ask, &field.row, field.record) {
            if let Some(column) = ask.world.facts.column(record, field.field).filter(|_| row != GHOST) {
                column.changes(row).iter().for_each(|day| self.add(Day(*day)));
            }
        }
        if whether == Whether::Given {
            let value = ask.field(field);
            self.known(&value);
        }
    }
}

/// Whether a day is a plain one, a field, or counted from one.
fn is_plain(day: &Expr) -> bool {
    match &day.kind {
        ExprKind::Day(_) => true,
        ExprKind::Field(field) => matches!(field.row, RowOf::Var(_) | RowOf::Agreement),
        ExprKind::Shift { day, by } => is_plain(day) && by.number().is_none_or(is_plain),
        ExprKind::OfDay(_, day) => is_plain(day),
        ExprKind::YearDay { year, .. } => year.as_ref().is_none_or(|year| is_plain(year)),
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().all(is_plain),
        _ => false,
    }
}

/// Whether a day may be told by rows, of which more may come.
fn is_day_of_rows(day: &Expr) -> bool {
    match &day.kind {
        ExprKind::Earliest(..) | ExprKind::Latest(..) | ExprKind::TheDay(_) | ExprKind::Defined { .. } => true,
        ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.iter().any(is_day_of_rows),
        ExprKind::Shift { day, by } => is_day_of_rows(day) || by.number().is_some_and(is_day_of_rows),
        ExprKind::OfDay(_, day) => is_day_of_rows(day),
        _ => false,
    }
}

/// So many days of one that is not exactly known are each looked at.
const MOST_OF_A_DAY: i32 = 400;

/// The rows that an expression names, or may name where it is not known which.
fn referents<'w, T: Trace>(ask: &mut Ask<'w, T>, row: &'w RowOf, record: RecordId) -> Vec<(RecordId, Row)> {
    match (ask.row(row, record), row) {
        (Found::Row(record, row), _) => vec![(record, row)],
        (Found::Unknown, RowOf::Follow(field)) => {
            let of = ask.world.plan.schema.field(field.record, field.field).and_then(|field| field.ty.referred());
            of.into_iter().flat_map(|of| ask.world.facts.rows(of).map(move |row| (of, row))).collect()
        }
        (Found::None | Found::Unknown, _) => Vec::new(),
    }
}

/// What is asked about a field: what it is, or whether it is there by now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whether {
    Value,
    Given,
}
