//! Comparisons that bound which rows can belong: where each row's own plain value is held against one that is the same for all of
//! them, only the rows in that range are looked at. It is a short cut of the way without reasons, and of nothing else.

use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;

use super::ask::Ask;
use crate::evaluate::knowledge::index::Standing;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::ordered::{Ordered, Than};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::GHOST;
use crate::evaluate::trace::Trace;
use crate::facts::column::Data;
use crate::facts::{CellId, Row};
use crate::model::DefinitionBody;
use crate::model::expr::{
    Asks, Collection, Cond, CondKind, DefinitionId, Expr, ExprKind, FieldOf, Row as RowOf, Sense, Var,
};
use crate::model::schema::{AGREEMENT, FieldId, RecordId, Shape};
use crate::plan::Plan;
use crate::value::Day;

/// The rows that pass a comparison, by the order of the field that it compares.
pub struct Bounded {
    field: FieldId,
    pub ordered: Rc<Ordered>,
    pub range: Range<usize>,
}

impl<'w, T: Trace> Ask<'w, T> {
    /// The day of an event, as far as it is known.
    pub fn own_day(&self, record: RecordId, row: Row) -> Option<DayBounds> {
        match self.world.shape(record) {
            Shape::Event { .. } if row == GHOST => Some(self.ghost),
            Shape::Event { .. } => self.world.day_of(record, row)?.day_bounds(),
            Shape::Plain | Shape::Lasts { .. } => None,
        }
    }

    /// The rows that pass a comparison which the condition demands of each of them.
    pub fn bounded(&mut self, condition: &'w Cond, of: &'w Collection) -> Option<Bounded> {
        let table = self.world.facts.table(of.record)?;
        if T::ON || table.rows < self.world.sizes.looked_up || !self.world.changes.is_empty() {
            return None;
        }
        let (field, than, limit) = bound(self, condition, of)?;
        let ordered = self.index.ordered(self.world.facts, of.record, field)?;
        let range = ordered.range(than, &limit)?;
        Some(Bounded { field, ordered, range })
    }

    /// How many rows belong for certain, where a comparison is all that is asked of them; and the rows that have to be asked.
    pub fn counted_by_range(&mut self, of: &'w Collection) -> Option<(usize, Vec<Row>)> {
        let compares_only = matches!(of.filter.kind, CondKind::Test(_)) && of.members_of.is_none();
        if !compares_only || self.world.none_given || self.world.tried.iter().any(Option::is_some) {
            return None;
        }
        let bounded = self.bounded(&of.filter, of)?;
        // Of its own day a condition may say from when on events count.
        if self.world.day_field(of.record) == Some(bounded.field) {
            return None;
        }
        let asked = (self.on, self.come_by.unwrap_or(self.by), self.since);
        let standing = match self.index.standing(of.record, bounded.field, asked) {
            Some(standing) => standing,
            None => {
                let standing = Rc::new(standing(self, of, &bounded.ordered));
                self.index.keep_standing(of.record, bounded.field, asked, Rc::clone(&standing));
                standing
            }
        };
        Some((standing.in_range(&bounded.range)?, bounded.ordered.loose().collect()))
    }
}

fn standing<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Collection, ordered: &Ordered) -> Standing {
    let rows = ordered.plain().map(|row| {
        let stands = stands(ask, of.record, row);
        if stands.is_no() || !ask.world.shape(of.record).is_event() {
            return stands;
        }
        stands.and(since_force(ask, of, row))
    });
    let rows: Vec<Truth> = rows.collect();
    Standing::of(&rows)
}

/// Whether a row stands on the day that is asked about. What is only planned for a day by then may not come.
pub fn stands<'w, T: Trace>(ask: &mut Ask<'w, T>, record: RecordId, row: Row) -> Truth {
    let by = ask.come_by.unwrap_or(ask.by);
    let stands = ask.world.stands(record, row, by, ask.on);
    if !stands.is_no() || ask.on <= by || ask.world.stands(record, row, ask.on, ask.on).is_no() {
        return stands;
    }
    ask.planned = true;
    Truth::Open
}

/// Whether an event lies in the time of force, unless the condition itself says from which day on it is asked.
pub fn since_force<'w, T: Trace>(ask: &Ask<'w, T>, of: &'w Collection, row: Row) -> Truth {
    let since = since_of(ask, of);
    if since == Day::MIN {
        return Truth::Yes;
    }
    match ask.own_day(of.record, row) {
        Some(day) => day.before(DayBounds::exactly(since)).opposite(),
        None => Truth::Open,
    }
}

/// The first day on which events count: that of force, unless the condition itself says from which day on it is asked.
pub fn since_of<'w, T: Trace>(ask: &Ask<'w, T>, of: &'w Collection) -> Day {
    if says_from_when(ask.world.plan, of, ask.world.day_field(of.record)) { Day::MIN } else { ask.since }
}

/// Whether a filter says itself from which day on events are asked about: it compares their own day from below.
pub fn says_from_when(plan: &Plan, of: &Collection, own: Option<FieldId>) -> bool {
    own.is_some_and(|own| compares_from_below(plan, &of.filter, ((of.var, own), false), &mut BTreeSet::new()))
}

/// The same of a condition on a row, or of its opposite. Each definition is looked at once.
fn compares_from_below(
    plan: &Plan,
    condition: &Cond,
    (own, turned): ((Var, FieldId), bool),
    seen: &mut BTreeSet<(DefinitionId, bool)>,
) -> bool {
    let is_own = |expr: &Expr| {
        let ExprKind::Field(field) = &expr.kind else { return false };
        matches!(&field.row, RowOf::Var(var) if *var == own.0) && field.field == own.1
    };
    match &condition.kind {
        CondKind::And(parts) | CondKind::Or(parts) => {
            parts.iter().any(|part| compares_from_below(plan, part, (own, turned), seen))
        }
        CondKind::Test(test) => {
            let straight = (test.sense == Sense::Straight) != turned;
            match &test.asks {
                // Compared with another day of its own, it may be whichever.
                Asks::Before(a, b) => {
                    let (day, than) = if straight { (b, a) } else { (a, b) };
                    is_own(day) && !than.mentions(own.0)
                }
                Asks::OneOf(a, options) => {
                    straight && is_own(a) && !options.iter().any(|option| option.mentions(own.0))
                }
                Asks::Given(_) | Asks::Less(..) | Asks::About { .. } | Asks::Holds(..) | Asks::HoldsOnly(..) => false,
                Asks::SameSet(..) | Asks::HoldsEach { .. } | Asks::In { .. } => false,
            }
        }
        CondKind::OnDay { of: inner, .. } => compares_from_below(plan, inner, (own, turned), seen),
        CondKind::Not(inner) => compares_from_below(plan, inner, (own, !turned), seen),
        // A definition has the row that it speaks of as its only variable.
        CondKind::Defined { definition, row: RowOf::Var(var) }
            if *var == own.0 && seen.insert((*definition, turned)) =>
        {
            match plan.definition(*definition).map(|one| &one.body) {
                Some(DefinitionBody::Condition(inner)) => {
                    compares_from_below(plan, inner, ((Var(0), own.1), turned), seen)
                }
                _ => false,
            }
        }
        CondKind::Always | CondKind::All { .. } | CondKind::Some(_) => false,
        CondKind::Defined { .. } | CondKind::Judged { .. } => false,
    }
}

/// The first comparison that every row has to pass: its own field, and the value that the field is compared with.
fn bound<'w, T: Trace>(ask: &Ask<'w, T>, condition: &'w Cond, of: &Collection) -> Option<(FieldId, Than, Val<'w>)> {
    let test = match &condition.kind {
        CondKind::And(parts) => return parts.iter().find_map(|part| bound(ask, part, of)),
        CondKind::Test(test) => test,
        CondKind::Always | CondKind::Or(_) | CondKind::Not(_) | CondKind::All { .. } | CondKind::Some(_) => {
            return None;
        }
        CondKind::Defined { .. } | CondKind::OnDay { .. } | CondKind::Judged { .. } => return None,
    };
    let straight = test.sense == Sense::Straight;
    let (a, b, left, right) = match &test.asks {
        Asks::Less(a, b) | Asks::Before(a, b) if straight => (a, b, Than::Less, Than::More),
        Asks::Less(a, b) | Asks::Before(a, b) => (a, b, Than::AtLeast, Than::AtMost),
        Asks::OneOf(a, options) if straight => {
            let [b] = options.as_slice() else { return None };
            (a, b, Than::Same, Than::Same)
        }
        Asks::OneOf(..) | Asks::Given(_) | Asks::About { .. } | Asks::Holds(..) | Asks::HoldsOnly(..) => return None,
        Asks::SameSet(..) | Asks::HoldsEach { .. } | Asks::In { .. } => return None,
    };
    let compared = |own: &'w Expr, other: &'w Expr, than| Some((own_field(own, of)?, than, fixed(ask, other, of)?));
    compared(a, b, left).or_else(|| compared(b, a, right))
}

/// A field of the collection's own rows.
fn own_field(expr: &Expr, of: &Collection) -> Option<FieldId> {
    let ExprKind::Field(field) = &expr.kind else { return None };
    let own = matches!(field.row, RowOf::Var(var) if var == of.var) && field.record == of.record;
    own.then_some(field.field)
}

/// A value that is the same for each row of the collection, and on each day.
fn fixed<'w, T: Trace>(ask: &Ask<'w, T>, expr: &'w Expr, of: &Collection) -> Option<Val<'w>> {
    match &expr.kind {
        ExprKind::Number(number) => Some(Val::number(number.clone())),
        ExprKind::Day(day) => Some(Val::day(*day)),
        ExprKind::Field(FieldOf { row, record, field, .. }) => {
            let row = match row {
                RowOf::Var(var) if *var != of.var => ask.var(*var),
                RowOf::Agreement => Row(0),
                RowOf::Var(_) | RowOf::Follow(_) | RowOf::Beside(_) => return None,
            };
            let record = if matches!(expr.kind, ExprKind::Field(FieldOf { row: RowOf::Agreement, .. })) {
                AGREEMENT
            } else {
                *record
            };
            let column = ask.world.facts.column(record, *field)?;
            let plain = row != GHOST && !matches!(column.data, Data::OverTime { .. });
            plain.then(|| ask.world.field(CellId { record, row, field: *field }, ask.on))
        }
        _ => None,
    }
}
