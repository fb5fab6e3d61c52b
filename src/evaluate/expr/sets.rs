//! Sets of rows: who belongs, on which day, whether the list is all there is, and what is counted over them.
//!
//! A condition behind an event is asked on the event's own day; an event counts when it has come by the day of the question, a
//! lasting record when it lasts on the day that is asked about.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::facts::column::Data;
use crate::facts::{CellId, Row};
use crate::model::DefinitionBody;
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Asks, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, On, Sense, Set, Ty};
use crate::model::schema::{FieldId, RecordId, Shape};
use crate::value::{Day, Money, Number};
use crate::verdict::{Mark, Missing, Said};

use super::ask::{Ask, Found, for_reasons, not_too_long};
use super::bounded::{says_from_when, since_force, since_of, stands};
use super::extremes::Extreme;
use super::history::{changes_of_set, changes_on};
use crate::evaluate::knowledge::filed::{ALL, By};
use crate::evaluate::knowledge::index::Candidates;
use crate::evaluate::knowledge::known::{Bounds, DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::{GHOST, same_for_all};
use crate::evaluate::trace::{Trace, mark_of, reason};

impl<'w, T: Trace> Ask<'w, T> {
    /// Looks at each row of a collection with what is known of its belonging; what is asked about an event is asked on its own
    /// day. The answer says whether the list is all there is: no row that nobody has written down could belong.
    pub fn each(&mut self, of: &'w Collection, look: impl FnMut(&mut Self, Row, Truth)) -> bool {
        self.each_row(of, look);
        self.closed(of)
    }

    /// The same without asking whether the list is all there is.
    pub fn each_row(&mut self, of: &'w Collection, mut look: impl FnMut(&mut Self, Row, Truth)) {
        let rows = self.worth_a_look(of);
        self.each_of(rows, of, |ask, row, belongs| {
            look(ask, row, belongs);
            ControlFlow::Continue(())
        });
    }

    /// The rows of a collection that can belong to it.
    pub fn worth_a_look(&mut self, of: &'w Collection) -> Vec<Row> {
        let rows = self.candidates(of);
        if let (Candidates::All, Some(bounded)) = (&rows, self.bounded(&of.filter, of)) {
            return bounded.ordered.within(bounded.range);
        }
        rows.all(self.world.facts, of.record)
    }

    /// Looks at rows until it is told to stop. Who wants the reasons looks at all of them.
    pub fn each_of(
        &mut self,
        rows: Vec<Row>,
        of: &'w Collection,
        mut look: impl FnMut(&mut Self, Row, Truth) -> ControlFlow<()>,
    ) {
        let by = known_by(self);
        if T::ON && rows.is_empty() {
            self.trace.say(|| reason(Said::NothingOnFile(of.record), Mark::Plain, None));
        }
        let mut one = |ask: &mut Self, row: Row| {
            ask.trace.open();
            let belongs = ask.belongs_to(of, row);
            ask.bind(of.var, row);
            let own = if belongs.is_no() { None } else { ask.own_day(of.record, row) };
            let flow = match own {
                Some(day) => ask.asked_of(day.first, by, |ask| look(ask, row, belongs)),
                None => look(ask, row, belongs),
            };
            ask.trace.close(|| reason(Said::Belongs { record: of.record, row }, mark_of(belongs), None));
            flow
        };
        let mut rows = rows.into_iter();
        let decided = rows.by_ref().any(|row| one(self, row).is_break());
        if decided && T::ON {
            for_reasons(self, |ask| {
                for row in rows {
                    let _ = one(ask, row);
                }
            });
        }
    }

    /// Names the day on which a record was called off, where that may lie on either side of the as-of day.
    pub fn tell_cancelled(&mut self, record: RecordId, row: Row, span: crate::source::Span) {
        let field = self.world.plan.schema.record(record).and_then(|record| record.find_field("cancelled_on"));
        if let (Truth::Open, Some(field)) = (self.world.cancelled(record, row), field) {
            self.cell(CellId { record, row, field }, span);
        }
    }

    /// Whether a row belongs to a collection; the row stays bound to its variable.
    pub fn belongs_to(&mut self, of: &'w Collection, row: Row) -> Truth {
        let mut stands = stands(self, of.record, row);
        let mut disputed = None;
        if !stands.is_no() && self.world.shape(of.record).is_event() && row != GHOST {
            stands = stands.and(since_force(self, of, row));
            disputed = self.world.day_of(of.record, row).filter(|day| matches!(day, Val::OneOf(_)));
        }
        if stands.is_no() {
            return Truth::No;
        }
        let member = match of.members_of {
            Some(clause) => self.member(clause, row, self.on),
            None => Truth::Yes,
        };
        if member.is_no() {
            return Truth::No;
        }
        self.bind(of.var, row);
        let truth = match disputed {
            Some(Val::OneOf(days)) => {
                let cancelled = self.world.cancelled(of.record, row);
                let each: Vec<Truth> = days.iter().map(|day| belongs_if(self, of, day)).collect();
                same_for_all(each.into_iter()).and(cancelled.opposite()).and(member)
            }
            Some(_) | None => stands.and(member).and(self.passes(of, row)),
        };
        if truth == Truth::Open && stands == Truth::Open {
            // Whether it has happened, or lasts, hangs on its days: looked at, so that they are named.
            let fields = match self.world.shape(of.record) {
                Shape::Plain => [None, None],
                Shape::Event { on } => [Some(on), None],
                Shape::Lasts { from, to, .. } => [Some(from), Some(to)],
            };
            for field in fields.into_iter().flatten() {
                self.cell(CellId { record: of.record, row, field }, of.span);
            }
            // It is on file, on whichever day.
            self.unsure |= row != GHOST;
            self.tell_cancelled(of.record, row, of.span);
        }
        truth
    }

    /// Whether a bound row passes the filter: of an event on its own day, of any other on the day that is asked about.
    pub fn passes(&mut self, of: &'w Collection, row: Row) -> Truth {
        let by = known_by(self);
        match self.own_day(of.record, row) {
            None if by < self.by => self.asked_of(self.on, by, |ask| ask.holds(&of.filter)),
            None => self.holds(&of.filter),
            Some(day) => match day.exact() {
                Some(day) => self.asked_of(day, by, |ask| ask.holds(&of.filter)),
                None if row == GHOST => self.holds(&of.filter),
                None => self.holds_over(day, &of.filter),
            },
        }
    }

    /// Whether a condition holds on each of the days that one may be; open where that differs.
    fn holds_over(&mut self, day: DayBounds, condition: &'w Cond) -> Truth {
        let by = known_by(self);
        let days = changes_on(self, day, |walk, ask| walk.condition(ask, condition));
        let truths = days.into_iter().map(|day| self.asked_of(day, by, |ask| ask.holds(condition)));
        same_for_all(truths.collect::<Vec<_>>().into_iter())
    }

    /// Whether a list is all there is for this collection: it is declared complete, or nothing more could belong.
    pub fn closed(&mut self, of: &'w Collection) -> bool {
        open_over(self, of).is_none()
    }

    /// Whether a record of some of these days that nobody has written down could pass the filter.
    pub fn ghost_passes(&mut self, of: &'w Collection, days: DayBounds) -> Truth {
        let before = std::mem::replace(&mut self.ghost, days);
        self.bind(of.var, GHOST);
        // An event that nobody has written down is asked about on its own day, too.
        let more = match self.world.shape(of.record).is_event() {
            true => self.quietly(|ask| ask.holds_over(days, &of.filter)),
            false => self.quietly(|ask| ask.holds(&of.filter)),
        };
        self.ghost = before;
        more
    }

    /// Says that a list is not declared complete.
    pub fn incomplete_over(&mut self, record: RecordId, from: Day, through: Day) {
        self.trace.missing(|| Missing::Complete { record, from, through });
        self.trace.say(|| reason(Said::Completeness { record, from, through }, Mark::Open, None));
    }

    /// How many rows: no fewer than those that belong for certain, no more than those that might.
    pub fn count(&mut self, of: &'w Collection) -> Bounds {
        let (certain, rows) = match self.counted_by_range(of) {
            Some(counted) => counted,
            None => (0, self.worth_a_look(of)),
        };
        let (mut least, mut most) = (certain, certain);
        self.each_of(rows, of, |_, _, truth| {
            match truth {
                Truth::Yes => {
                    least = least.saturating_add(1);
                    most = most.saturating_add(1);
                }
                Truth::Open | Truth::Person => most = most.saturating_add(1),
                Truth::No => {}
            }
            ControlFlow::Continue(())
        });
        let closed = self.closed(of);
        Bounds { least: Some(Number::count(least)), most: closed.then(|| Number::count(most)) }
    }

    pub fn sum(&mut self, what: &'w Expr, of: &'w Collection, whole: &'w Expr) -> Val<'w> {
        let zero = Number::from(0);
        let mut total = Bounds::exactly(zero.clone());
        let mut currency = None;
        let mut mixed = false;
        let closed = self.each(of, |ask, row, truth| {
            if truth.is_no() {
                return;
            }
            let value = match ask.own_day(of.record, row).filter(|day| day.exact().is_none()) {
                Some(day) => over_days(ask, day, what),
                None => ask.value(what),
            };
            let own = value.currency();
            mixed |= matches!((own, currency), (Some(own), Some(so_far)) if own != so_far);
            currency = currency.or(own);
            let mut amount = if matches!(value, Val::Absent) { Bounds::exactly(zero.clone()) } else { value.bounds() };
            if !truth.is_yes() {
                amount.least = amount.least.map(|least| least.min(zero.clone()));
                amount.most = amount.most.map(|most| most.max(zero.clone()));
            }
            total = not_too_long(ask, total.plus(&amount));
        });
        if mixed {
            return Val::Unknown;
        }
        // What nobody has written down might be of any amount, in either direction.
        let total = if closed { total } else { Bounds::unknown() };
        match (&whole.ty, currency.or(self.law.currency())) {
            (Ty::Money, Some(currency)) => Val::Money(total, currency),
            (_, _) => Val::Number(total),
        }
    }

    /// Whether a row belongs to a set on the days asked about; `None` when the row is absent.
    pub fn belongs(&mut self, row: &'w RowOf, set: &'w Set, on: &'w On) -> Option<Truth> {
        let record = match set {
            Set::Rows(of) => of.record,
            Set::Named { record, .. } => *record,
            Set::Listed(_) => RecordId(0),
        };
        let (record, row) = match self.row(row, record) {
            Found::Row(found, row) => (if matches!(set, Set::Listed(_)) { found } else { record }, row),
            Found::None => return None,
            Found::Unknown => return Some(Truth::Open),
        };
        is_in(self, (record, row), (set, on))
    }

    /// Whether a set field holds an item; `None` when the set or the item is absent.
    pub fn set_holds(&mut self, set: &'w FieldOf, item: &'w Expr) -> Option<Truth> {
        let items = self.field(set);
        let item = self.value(item);
        match (&items, &item) {
            (Val::Absent, _) | (_, Val::Absent) => None,
            (Val::Set(items), Val::Text(text)) => {
                let word = self.world.facts.words.find(text);
                let record = self.world.referred(CellId { record: set.record, row: GHOST, field: set.field });
                let row = record.and_then(|record| self.world.facts.find(record, text));
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

    /// The rows of a collection that can belong to it, as the rows around it are bound now.
    pub fn candidates(&mut self, of: &'w Collection) -> Candidates {
        if !worth_finding(self, of.record) {
            return Candidates::All;
        }
        let Some((field, row)) = named_by(self, &of.filter, of) else { return Candidates::All };
        match self.index.of(self.world.facts, of.record, field) {
            Some(named) => Candidates::Of(named, row.0),
            None => Candidates::All,
        }
    }
}

/// Whether a row belongs to a set on the days asked about.
fn is_in<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (record, row): (RecordId, Row),
    (set, on): (&'w Set, &'w On),
) -> Option<Truth> {
    match on {
        On::Then => Some(in_set(ask, record, row, set)),
        On::Day(day) => {
            let changes = |ask: &mut Ask<'w, T>, first, last| changes_of_set(ask, (record, row), set, (first, last));
            let truths = ask.on_the_day(day, changes, |ask| in_set(ask, record, row, set))?;
            Some(same_for_all(truths.into_iter()))
        }
        On::Throughout(from, to) => {
            let (from, to) = (ask.value(from), ask.value(to));
            if matches!(from, Val::Absent) || matches!(to, Val::Absent) {
                return None;
            }
            let (from, to) = (from.day_bounds(), to.day_bounds());
            let (Some(from), Some(to)) = (from.and_then(DayBounds::exact), to.and_then(DayBounds::exact)) else {
                return Some(on_some_of(ask, (record, row), set, from.zip(to)));
            };
            let days = changes_of_set(ask, (record, row), set, (from, to));
            let by = ask.by.max(to.min(ask.world.as_of));
            let one = |ask: &mut Ask<'w, T>, day: Day| ask.asked(day, by, |ask| in_set(ask, record, row, set));
            Some(days.into_iter().fold(Truth::Yes, |truth, day| truth.and(one(ask, day))))
        }
    }
}

/// Whether nobody belongs to a set of whom it could be asked whether he does, where it is not known who it is: a list of few that leaves
/// nobody out.
pub fn nobody_belongs<'w, T: Trace>(ask: &mut Ask<'w, T>, row: &'w RowOf, set: &'w Set, on: &'w On) -> bool {
    const FEW: usize = 3;
    let Set::Rows(of) = set else { return false };
    let record = of.record;
    let days = match on {
        On::Then => Some(DayBounds::exactly(ask.on)),
        On::Day(day) => ask.quietly(|ask| ask.value(day)).day_bounds(),
        On::Throughout(..) => None,
    };
    let told = days.is_some_and(|days| ask.world.gaps(record, days.first, days.last).is_empty());
    if !told || !matches!(ask.quietly(|ask| ask.row(row, record)), Found::Unknown) {
        return false;
    }
    let rows: Vec<Row> = ask.world.facts.rows(record).take(FEW.saturating_add(1)).collect();
    let unsure = ask.unsure;
    let none = rows.len() <= FEW
        && rows.into_iter().all(|row| ask.quietly(|ask| is_in(ask, (record, row), (set, on))) == Some(Truth::No));
    ask.unsure = unsure;
    none
}

/// Whether a row belongs to a set on all days between two that are not known exactly: it does not where it belongs on none of those
/// that may lie between them.
fn on_some_of<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (record, row): (RecordId, Row),
    set: &'w Set,
    ends: Option<(DayBounds, DayBounds)>,
) -> Truth {
    let (first, last) =
        ends.map_or((Day::MIN, Day::MAX), |(from, to)| (from.first.min(to.first), from.last.max(to.last)));
    let days = changes_of_set(ask, (record, row), set, (first, last));
    let by = ask.by.max(last.min(ask.world.as_of));
    let on_none = days.into_iter().all(|day| ask.asked(day, by, |ask| in_set(ask, record, row, set)).is_no());
    if on_none { Truth::No } else { Truth::Open }
}

/// The earliest or latest day over a collection. What may belong, or is not known of one that does, can only make it more extreme;
/// where nothing belongs for certain, there may be none.
pub fn extreme<'w, T: Trace>(ask: &mut Ask<'w, T>, what: &'w Expr, of: &'w Collection, which: Extreme) -> Val<'w> {
    let own = if let ExprKind::Field(field) = &what.kind {
        matches!(field.row, RowOf::Var(var) if var == of.var) && ask.world.day_field(of.record) == Some(field.field)
    } else {
        false
    };
    // Of each row its own day has come by the day that is asked about.
    let come = if own { ask.come_by.unwrap_or(ask.by).max(ask.on) } else { Day::MAX };
    let mut certain: Option<DayBounds> = None;
    let mut perhaps: Option<DayBounds> = None;
    ask.each_row(of, |ask, _, truth| {
        if truth.is_no() {
            return;
        }
        let value = ask.value(what);
        // One that has no such day is neither the earliest nor the latest.
        if matches!(value, Val::Absent) {
            return;
        }
        match value.day_bounds() {
            Some(day) if truth.is_yes() => certain = Some(certain.map_or(day, |so_far| which.of(so_far, day))),
            day => {
                let day = day.unwrap_or(DayBounds::within(Day::MIN, Day::MAX));
                let day = DayBounds::within(day.first.min(come), day.last.min(come));
                perhaps = Some(perhaps.map_or(day, |so_far| so_far.hull(day)));
            }
        }
    });
    if let Some((first, last)) = open_over(ask, of) {
        let day = if own { DayBounds::within(first, last) } else { DayBounds::within(Day::MIN, Day::MAX) };
        perhaps = Some(perhaps.map_or(day, |so_far| so_far.hull(day)));
    }
    match (certain, perhaps) {
        (None, None) => Val::Absent,
        (Some(day), None) => Val::Day(day),
        (Some(day), Some(more)) => Val::Day(which.at_most(day, more)),
        (None, Some(more)) if more.first == Day::MIN && more.last == Day::MAX => Val::Unknown,
        (None, Some(more)) => Val::any_of(vec![Val::Absent, Val::Day(more)]),
    }
}

/// The days on which something that nobody has written down could belong to a collection, said as well; nothing where the list is
/// all there is.
fn open_over<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection) -> Option<(Day, Day)> {
    let record = of.record;
    if ask.all_written {
        return None;
    }
    if !ask.world.shape(record).is_event() {
        // Of a day to come nobody knows yet who will be there.
        let on = ask.on;
        if ask.world.is_complete_on(record, on) || ask.ghost_passes(of, DayBounds::exactly(on)).is_no() {
            return None;
        }
        ask.incomplete_over(record, on, on);
        // What lasts on a day began on it or before.
        return Some((Day::MIN, on));
    }
    let own = ask.world.day_field(record);
    let first = if says_from_when(ask.world.plan, of, own) { Day::MIN } else { ask.since };
    let mut open: Option<(Day, Day)> = None;
    // Of a day to come nobody knows yet what will have been.
    for (first, last) in ask.world.gaps(record, first, ask.come_by.unwrap_or(ask.by).max(ask.on)) {
        if !ask.ghost_passes(of, DayBounds::within(first, last)).is_no() {
            open = Some(open.map_or((first, last), |(from, _)| (from, last)));
        }
    }
    let (from, through) = open?;
    let told = if from == Day::MIN { ask.world.plan.force.from.min(through) } else { from };
    ask.incomplete_over(record, told, through);
    open
}

pub fn count_different<'w, T: Trace>(ask: &mut Ask<'w, T>, what: &'w Expr, of: &'w Collection) -> Bounds {
    let (mut certain, mut possible): (BTreeSet<Val<'w>>, BTreeSet<Val<'w>>) = (BTreeSet::new(), BTreeSet::new());
    let mut open = 0_usize;
    // What changes over time is not known of a row whose day is not.
    let fixed = match &what.kind {
        ExprKind::Field(FieldOf { record, field, .. }) => {
            let column = ask.world.facts.column(*record, *field);
            column.is_some_and(|column| !matches!(column.data, Data::OverTime { .. }))
        }
        _ => false,
    };
    let closed = ask.each(of, |ask, _, truth| {
        if truth.is_no() {
            return;
        }
        let value = ask.value(what);
        let known = is_exact(&value) && (truth.is_yes() || fixed);
        if matches!(value, Val::Absent) {
        } else if !known {
            open = open.saturating_add(1);
        } else if truth.is_yes() {
            certain.insert(value);
        } else {
            possible.insert(value);
        }
    });
    let most = certain.union(&possible).count().saturating_add(open);
    // Several that are not known may all be the same, and one of those that are.
    Bounds { least: Some(Number::count(certain.len())), most: closed.then(|| Number::count(most)) }
}

/// By when the fields of rows are known that are asked about beside an event: those of others than the event itself by its day.
fn known_by<T: Trace>(ask: &Ask<T>) -> Day {
    ask.come_by.unwrap_or(ask.by)
}

/// What a value is on each of the days that one may be.
fn over_days<'w, T: Trace>(ask: &mut Ask<'w, T>, day: DayBounds, what: &'w Expr) -> Val<'w> {
    let by = ask.by;
    let days = ask.changes_of_value(what, day.first, day.last);
    Val::any_of(days.into_iter().map(|day| ask.asked_of(day, by, |ask| ask.value(what))).collect())
}

/// Whether a bound event belongs to a collection if it happened on one of the days that sources claim.
fn belongs_if<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection, day: &Val<'w>) -> Truth {
    let Some(day) = day.day_bounds() else { return Truth::of(false) };
    let since = since_of(ask, of);
    let by = ask.come_by.unwrap_or(ask.by);
    if !day.may_lie_in(since, by) {
        return Truth::No;
    }
    let counts = if day.lies_in(since, by) { Truth::Yes } else { Truth::Open };
    counts.and(ask.holds_over(DayBounds::within(day.first.max(since), day.last.min(by)), &of.filter))
}

/// The events that belong to a collection for certain, with their days.
pub fn listed<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection) -> Vec<(Row, Day)> {
    let rows = ask.worth_a_look(of).into_iter();
    let with_day = rows.filter_map(|row| Some((row, ask.own_day(of.record, row).and_then(DayBounds::exact)?)));
    let with_day: Vec<(Row, Day)> = with_day.collect();
    with_day.into_iter().filter(|(row, _)| ask.belongs_to(of, *row).is_yes()).collect()
}

/// The rows of a record that may name a row in one of their fields.
pub fn naming<'w, T: Trace>(ask: &mut Ask<'w, T>, record: RecordId, field: FieldId, row: Row) -> Vec<Row> {
    let named = if worth_finding(ask, record) { ask.index.of(ask.world.facts, record, field) } else { None };
    named.map_or(Candidates::All, |named| Candidates::Of(named, row.0)).all(ask.world.facts, record)
}

/// The candidates of a collection, of those only whose value in a field lies in one of the ranges, or is not plain.
pub fn candidates_within<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    of: &'w Collection,
    (value, with_none): (FieldId, bool),
    ranges: &[(i64, i64)],
) -> Vec<Row> {
    let filed = if worth_finding(ask, of.record) {
        let (names, whom) = named_by(ask, &of.filter, of).unzip();
        let by = By { record: of.record, names, value, with_none };
        ask.index.filed(ask.world.facts, by).map(|filed| filed.rows(whom.unwrap_or(ALL), ranges))
    } else {
        None
    };
    match filed {
        Some(rows) => rows,
        None => ask.candidates(of).all(ask.world.facts, of.record),
    }
}

/// Whether there are so many rows that it is worth a look which of them can belong.
fn worth_finding<'w, T: Trace>(ask: &Ask<'w, T>, record: RecordId) -> bool {
    let many = ask.world.facts.table(record).is_some_and(|table| table.rows >= ask.world.sizes.looked_up);
    many && ask.world.changes.is_empty()
}

fn in_set<'w, T: Trace>(ask: &mut Ask<'w, T>, record: RecordId, row: Row, set: &'w Set) -> Truth {
    match set {
        Set::Rows(_) if row == GHOST => Truth::Open,
        Set::Rows(of) => ask.belongs_to(of, row),
        // A field that is given names all that it holds, so no row that nobody has written down is among them.
        Set::Listed(field) => match ask.field(field) {
            Val::Set(items) => Truth::of(items.contains(&row.0)),
            Val::Absent => Truth::No,
            _ => Truth::Open,
        },
        Set::Named { definition, .. } => match ask.world.plan.definition(*definition).map(|one| &one.body) {
            Some(DefinitionBody::Listed(ids)) => {
                ids.iter().fold(Truth::No, |any, id| any.or(ask.world.called(record, row, id)))
            }
            Some(DefinitionBody::Condition(_) | DefinitionBody::Amount { .. }) | None => Truth::Open,
        },
    }
}

/// The reference field of the collection's rows that has to name a row, and that row.
fn named_by<'w, T: Trace>(ask: &Ask<'w, T>, filter: &'w Cond, of: &Collection) -> Option<(FieldId, Row)> {
    match &filter.kind {
        CondKind::And(parts) => parts.iter().find_map(|part| named_by(ask, part, of)),
        CondKind::Test(test) if test.sense == Sense::Straight => {
            let Asks::OneOf(left, options) = &test.asks else { return None };
            let [right] = options.as_slice() else { return None };
            names(ask, left, right, of).or_else(|| names(ask, right, left, of))
        }
        CondKind::Test(_) | CondKind::Always | CondKind::Or(_) | CondKind::Not(_) | CondKind::OnDay { .. } => None,
        CondKind::All { .. } | CondKind::Some(_) | CondKind::Defined { .. } | CondKind::Judged { .. } => None,
    }
}

fn names<'w, T: Trace>(
    ask: &Ask<'w, T>,
    reference: &'w Expr,
    row: &'w Expr,
    of: &Collection,
) -> Option<(FieldId, Row)> {
    let ExprKind::Field(field) = &reference.kind else { return None };
    if !matches!(field.row, RowOf::Var(own) if own == of.var) || field.record != of.record {
        return None;
    }
    let row = match &row.kind {
        ExprKind::Row(RowOf::Var(var)) if *var != of.var => ask.var(*var),
        ExprKind::Field(other) => fixed_row(ask, other, of)?,
        _ => return None,
    };
    (row != GHOST).then_some((field.field, row))
}

/// The row that a field of another row names, the same on each day.
fn fixed_row<'w, T: Trace>(ask: &Ask<'w, T>, field: &FieldOf, of: &Collection) -> Option<Row> {
    let RowOf::Var(var) = field.row else { return None };
    let (record, row) = (field.record, ask.var(var));
    let is_fixed = !matches!(ask.world.facts.column(record, field.field)?.data, Data::OverTime { .. });
    if var == of.var || row == GHOST || !is_fixed {
        return None;
    }
    match ask.world.field(CellId { record, row, field: field.field }, ask.on) {
        Val::Row(_, row) => Some(row),
        _ => None,
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
        Val::Set(_) | Val::Absent | Val::Unknown | Val::OneOf(_) | Val::NoSuchDay => return None,
    })
}

fn is_exact(value: &Val) -> bool {
    match value {
        Val::Unknown | Val::OneOf(_) | Val::NoSuchDay => false,
        Val::Day(day) => day.exact().is_some(),
        Val::Number(bounds) | Val::Money(bounds, _) => bounds.exact().is_some(),
        Val::Absent | Val::Text(_) | Val::YesNo(_) | Val::Row(..) | Val::Actor(_) | Val::Set(_) => true,
    }
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

/// The days of a span in which there may be rows of a collection that nobody has written down; of what has no day of its own, the last
/// of them.
pub fn unlisted<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    of: &'w Collection,
    (first, last): (Day, Day),
) -> Option<(Day, Day)> {
    let gaps = match ask.world.shape(of.record).is_event() {
        true => ask.world.gaps(of.record, first, last),
        false if ask.world.is_complete_on(of.record, last) => Vec::new(),
        false => vec![(last, last)],
    };
    gaps.into_iter().find(|(from, through)| !ask.ghost_passes(of, DayBounds::within(*from, *through)).is_no())
}
