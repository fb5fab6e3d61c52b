//! Values of expressions, as far as they are known.

use crate::facts::Row;
use crate::model::DefinitionBody;
use crate::model::amendment::AmendmentId;
use crate::model::clause::{Edge, WhichEnd};
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Collection, DefinitionId, Expr, ExprKind, ValueId};
use crate::model::schema::RecordId;
use crate::source::Span;
use crate::value::{Day, Number, Period, Rounding, ShiftProblem, YearlyDay, round_to, whole_months_between};
use crate::verdict::{Mark, Missing, Said};

use super::judge::{Found, Judge};
use super::known::{Bounds, DayBounds, Val};
use super::trace::{Trace, reason};
use super::truth::Truth;
use super::world::GHOST;

/// The words of a window whose end a person judges; every other blank is the text's silence.
pub const REASONABLE: &str = "in reasonable time";

/// Where an edge of a window lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeDay {
    On(DayBounds),
    /// Its anchor is known not to be there: it has not come yet.
    NotYet,
    Unknown,
    /// The text is silent.
    Blank,
    /// In reasonable time: a person says when that has passed.
    Reasonable,
    /// There is none.
    None,
}

impl<'w, T: Trace> Judge<'w, T> {
    pub fn value(&mut self, expr: &'w Expr) -> Val<'w> {
        match &expr.kind {
            ExprKind::Day(day) => Val::day(*day),
            ExprKind::Number(number) => Val::number(number.clone()),
            ExprKind::Money(money) => Val::Money(Bounds::exactly(money.amount.clone()), money.currency),
            ExprKind::Text(text) => Val::Text(text),
            ExprKind::YesNo(answer) => Val::YesNo(*answer),
            ExprKind::Id(record, id) => {
                self.world.facts.find(*record, id).map_or(Val::Text(id), |row| Val::Row(*record, row))
            }
            ExprKind::Actor(actor) => Val::Actor(*actor),
            ExprKind::NotStated => {
                self.trace.missing(|| Missing::Text(expr.span));
                Val::Unknown
            }
            ExprKind::Field(field) => self.field(field),
            ExprKind::Row(row) => self.row_value(row, expr),
            ExprKind::YearDay { day, year } => self.year_day(day, year.as_deref(), expr.span),
            ExprKind::Shift { day, by } => self.shifted(day, by, expr.span),
            ExprKind::PeriodStart => self.period.map_or(Val::Absent, |period| Val::day(period.first())),
            ExprKind::PeriodEnd => self.period.map_or(Val::Absent, |period| Val::day(period.last())),
            ExprKind::TermStart(term) => self.term_edge(*term, WhichEnd::First),
            ExprKind::TermEnd(term) => self.term_edge(*term, WhichEnd::Last),
            ExprKind::DueDayOf(clause) => self.due_day(*clause),
            ExprKind::EffectOf(clause) => self.effect_day(*clause),
            ExprKind::TheDay(condition) => self.first_day_of(condition),
            ExprKind::Plus(a, b) => self.combined(a, b, expr, |a, b| Some(a.plus(b))),
            ExprKind::Minus(a, b) => self.combined(a, b, expr, |a, b| Some(a.plus(&b.negate()))),
            ExprKind::Times(a, b) => self.combined(a, b, expr, |a, b| Some(a.times(b))),
            ExprKind::DividedBy(a, b) => self.combined(a, b, expr, Bounds::divided_by),
            ExprKind::Weekday(day) => match self.value(day) {
                Val::Absent => Val::Absent,
                day => {
                    let day = day.day_bounds().and_then(DayBounds::exact);
                    day.map_or(Val::Unknown, |day| Val::Text(day.weekday().name()))
                }
            },
            ExprKind::Held(set) => match self.field(set) {
                Val::Set(held) => Val::Number(Bounds::exactly(Number::count(super::sets::distinct(held)))),
                Val::Absent => Val::Number(Bounds::exactly(Number::ZERO)),
                _ => Val::Unknown,
            },
            ExprKind::Count(of) => Val::Number(self.count(of)),
            ExprKind::CountDifferent(what, of) => Val::Number(self.count_different(what, of)),
            ExprKind::Sum(what, of) => self.sum(what, of, expr),
            ExprKind::Earliest(what, of) => self.extreme(what, of, Extreme::Earliest),
            ExprKind::Latest(what, of) => self.extreme(what, of, Extreme::Latest),
            ExprKind::DaysBetween(a, b) => self.between(a, b, |a, b| Some(Number::from(i64::from(a.days_until(b))))),
            ExprKind::WholeMonthsBetween(a, b) => {
                self.between(a, b, |a, b| Some(Number::from(i64::from(whole_months_between(a, b)))))
            }
            ExprKind::Per { give, per, of, part } => self.per(give, per, of, *part),
            ExprKind::Rounded { of, to, way } => self.rounded(of, to, *way),
            ExprKind::Value(value) => self.dated_value(*value),
            ExprKind::Defined { definition, row } => self.defined_value(*definition, row.as_ref()),
            ExprKind::OnDay { of, day } => self.on_day(day, |judge| judge.value(of)).unwrap_or(Val::Unknown),
        }
    }

    /// Looks on another day; nothing where that day is not exactly known.
    pub fn on_day<R>(&mut self, day: &'w Expr, look: impl FnOnce(&mut Self) -> R) -> Option<R> {
        let day = self.value(day).day_bounds().and_then(DayBounds::exact)?;
        let then = std::mem::replace(&mut self.then, day);
        let found = look(self);
        self.then = then;
        Some(found)
    }

    fn row_value(&mut self, row: &'w RowOf, expr: &'w Expr) -> Val<'w> {
        let record = match expr.ty {
            crate::model::expr::Ty::Row(record) => record,
            _ => RecordId(0),
        };
        match self.row(row, record) {
            Found::Row(_, GHOST) => Val::Unknown,
            Found::Row(record, row) => Val::Row(record, row),
            Found::None => Val::Absent,
            Found::Unknown => Val::Unknown,
        }
    }

    fn year_day(&mut self, day: &YearlyDay, year: Option<&'w Expr>, span: Span) -> Val<'w> {
        let Some(year) = year else { return self.day_in_period(day, span) };
        let year = match self.value(year) {
            Val::Absent => return Val::Absent,
            year => year.bounds(),
        };
        let year = year.exact().and_then(Number::to_i64).and_then(|year| i32::try_from(year).ok());
        match year {
            Some(year) => self.in_year(day, year).map_or(Val::Unknown, Val::day),
            None => Val::Unknown,
        }
    }

    /// The day within the cycle's period; of several the last. Outside of a cycle the text says no year.
    fn day_in_period(&mut self, day: &YearlyDay, span: Span) -> Val<'w> {
        let Some(period) = self.period else {
            self.trace.missing(|| Missing::Text(span));
            return Val::Unknown;
        };
        let years = (period.first().year()..=period.last().year()).rev();
        let days = years.filter_map(|year| self.in_year(day, year));
        let inside = days.clone().find(|day| period.stretch.contains(*day));
        inside.or_else(|| days.last()).map_or(Val::Unknown, Val::day)
    }

    fn in_year(&self, day: &YearlyDay, year: i32) -> Option<Day> {
        day.by_rule(year, self.world.plan.months).ok()
    }

    fn shifted(&mut self, day: &'w Expr, by: &Period, span: Span) -> Val<'w> {
        match self.value(day) {
            Val::Day(bounds) => self.shift(bounds, by, Reckoned::Day, span).map_or(Val::Unknown, Val::Day),
            Val::OneOf(days) => Val::OneOf(
                days.iter()
                    .map(|day| {
                        let bounds = day.day_bounds();
                        let shifted = bounds.and_then(|bounds| self.shift(bounds, by, Reckoned::Day, span));
                        shifted.map_or(Val::Unknown, Val::Day)
                    })
                    .collect(),
            ),
            Val::Absent => Val::Absent,
            _ => Val::Unknown,
        }
    }

    pub fn shift(&mut self, day: DayBounds, by: &Period, what: Reckoned, span: Span) -> Option<DayBounds> {
        let plan = self.world.plan;
        let reckon = |day: Day| match what {
            Reckoned::Day => crate::value::shift(day, by, plan.months, &plan.calendar),
            Reckoned::LastDay => crate::value::last_day(day, by, plan.months, &plan.calendar),
        };
        let (first, last) = match (reckon(day.first), reckon(day.last)) {
            (Ok(first), Ok(last)) => (first, last),
            // Nothing is known of the day: neither end can be moved past the end of time, nothing is lost by that.
            (Err(ShiftProblem::BeyondTheYears), Ok(last)) => (Day::MIN, last),
            (Ok(first), Err(ShiftProblem::BeyondTheYears)) => (first, Day::MAX),
            (Err(problem), _) | (_, Err(problem)) => {
                self.cannot_reckon(problem, span);
                return None;
            }
        };
        let outside = day.outside.and_then(|(from, through)| Some((reckon(from).ok()?, reckon(through).ok()?)));
        Some(DayBounds { first, last, outside })
    }

    pub fn cannot_reckon(&mut self, problem: ShiftProblem, span: Span) {
        self.trace.missing(|| match problem {
            ShiftProblem::Calendar(out) => Missing::Calendar { year: out.year },
            ShiftProblem::NoSuchDay { .. } | ShiftProblem::BeyondTheYears => Missing::Text(span),
        });
    }

    fn combined(
        &mut self,
        a: &'w Expr,
        b: &'w Expr,
        whole: &'w Expr,
        with: impl Fn(&Bounds, &Bounds) -> Option<Bounds>,
    ) -> Val<'w> {
        let (a, b) = (self.value(a), self.value(b));
        if matches!(a, Val::Absent) || matches!(b, Val::Absent) {
            return Val::Absent;
        }
        let currency = [&a, &b].into_iter().find_map(|val| match val {
            Val::Money(_, currency) => Some(*currency),
            _ => None,
        });
        let Some(bounds) = with(&a.bounds(), &b.bounds()) else { return Val::Unknown };
        match (&whole.ty, currency) {
            (crate::model::expr::Ty::Money, Some(currency)) => Val::Money(bounds, currency),
            (_, _) => Val::Number(bounds),
        }
    }

    fn between(&mut self, a: &'w Expr, b: &'w Expr, measure: impl Fn(Day, Day) -> Option<Number>) -> Val<'w> {
        let (a, b) = (self.value(a), self.value(b));
        if matches!(a, Val::Absent) || matches!(b, Val::Absent) {
            return Val::Absent;
        }
        let (Some(a), Some(b)) = (a.day_bounds(), b.day_bounds()) else { return Val::Unknown };
        Val::Number(Bounds { least: measure(a.last, b.first), most: measure(a.first, b.last) })
    }

    fn per(&mut self, give: &Number, per: &Number, of: &'w Expr, part: Rounding) -> Val<'w> {
        let of = match self.value(of) {
            Val::Absent => return Val::Absent,
            of => of.bounds(),
        };
        let units = |number: &Number| {
            let units = number.divided_by(per).unwrap_or_else(|| Number::from(0));
            let one = Number::from(1);
            round_to(&units, &one, part).unwrap_or(units).times(give)
        };
        Val::Number(of.map(units))
    }

    fn rounded(&mut self, of: &'w Expr, to: &'w Expr, way: Rounding) -> Val<'w> {
        let value = self.value(of);
        let unit = self.value(to).bounds();
        let Some(unit) = unit.exact() else { return Val::Unknown };
        let round = |number: &Number| round_to(number, unit, way).unwrap_or_else(|| number.clone());
        match value {
            Val::Number(bounds) => Val::Number(bounds.map(round)),
            Val::Money(bounds, currency) => Val::Money(bounds.map(round), currency),
            Val::Absent => Val::Absent,
            _ => Val::Unknown,
        }
    }

    fn dated_value(&mut self, id: ValueId) -> Val<'w> {
        let Some(value) = self.world.plan.value(id) else { return Val::Unknown };
        let then = self.then;
        let there = |by: Option<AmendmentId>| by.is_none_or(|by| self.is_adopted(by));
        let begun = |from: Option<Day>| from.is_none_or(|from| from <= then);
        let amount = value.amounts.iter().rev().find(|one| begun(one.from) && there(one.by));
        match amount {
            Some(one) => self.value(&one.amount),
            None => {
                self.trace.missing(|| Missing::Text(value.span));
                Val::Unknown
            }
        }
    }

    fn defined_value(&mut self, id: DefinitionId, row: Option<&'w RowOf>) -> Val<'w> {
        let Some(definition) = self.world.plan.definition(id) else { return Val::Unknown };
        let DefinitionBody::Amount { cases, otherwise } = &definition.body else { return Val::Unknown };
        let rows: Vec<Row> = match row.map(|row| self.row(row, RecordId(0))) {
            None => Vec::new(),
            Some(Found::Row(_, row)) => vec![row],
            Some(Found::None) => return Val::Absent,
            Some(Found::Unknown) => return Val::Unknown,
        };
        let found = self.aside(&rows, |judge| {
            let mut open: Vec<Val<'w>> = Vec::new();
            for (condition, amount) in cases {
                match judge.holds(condition) {
                    Truth::Yes => {
                        open.push(judge.value(amount));
                        return open;
                    }
                    Truth::No => {}
                    Truth::Open | Truth::Person => open.push(judge.value(amount)),
                }
            }
            open.push(judge.value(otherwise));
            open
        });
        match found {
            Some(mut all) if all.len() == 1 => all.pop().unwrap_or(Val::Unknown),
            Some(all) => Val::OneOf(all),
            None => Val::Unknown,
        }
    }

    /// How many rows: no fewer than those that belong for certain, no more than those that might.
    pub fn count(&mut self, of: &'w Collection) -> Bounds {
        let then = self.then;
        self.count_at(of, then)
    }

    /// The same on a day.
    pub fn count_at(&mut self, of: &'w Collection, on: Day) -> Bounds {
        let (mut least, mut most) = (0_usize, 0_usize);
        let closed = self.each(of, on, |_, _, truth| match truth {
            Truth::Yes => {
                least = least.saturating_add(1);
                most = most.saturating_add(1);
            }
            Truth::Open | Truth::Person => most = most.saturating_add(1),
            Truth::No => {}
        });
        Bounds { least: Some(Number::count(least)), most: closed.then(|| Number::count(most)) }
    }

    fn count_different(&mut self, what: &'w Expr, of: &'w Collection) -> Bounds {
        let mut certain: Vec<Val<'w>> = Vec::new();
        let mut open = 0_usize;
        let then = self.then;
        let closed = self.each(of, then, |judge, _, truth| {
            if truth.is_no() {
                return;
            }
            let value = judge.value(what);
            let known = truth.is_yes() && !matches!(value, Val::Unknown | Val::OneOf(_));
            if matches!(value, Val::Absent) {
            } else if !known {
                open = open.saturating_add(1);
            } else if !certain.contains(&value) {
                certain.push(value);
            }
        });
        let most = certain.len().saturating_add(open);
        Bounds { least: Some(Number::count(certain.len())), most: closed.then(|| Number::count(most)) }
    }

    fn sum(&mut self, what: &'w Expr, of: &'w Collection, whole: &'w Expr) -> Val<'w> {
        let zero = Number::from(0);
        let mut total = Bounds::exactly(zero.clone());
        let mut currency = self.currency();
        let then = self.then;
        let closed = self.each(of, then, |judge, _, truth| {
            if truth.is_no() {
                return;
            }
            let value = judge.value(what);
            if let Val::Money(_, own) = &value {
                currency = Some(*own);
            }
            let mut amount = if matches!(value, Val::Absent) { Bounds::exactly(zero.clone()) } else { value.bounds() };
            if !truth.is_yes() {
                amount.least = amount.least.map(|least| least.min(zero.clone()));
                amount.most = amount.most.map(|most| most.max(zero.clone()));
            }
            total = total.plus(&amount);
        });
        // What nobody has written down might be of any amount, in either direction.
        let total = if closed { total } else { Bounds::unknown() };
        match (&whole.ty, currency) {
            (crate::model::expr::Ty::Money, Some(currency)) => Val::Money(total, currency),
            (_, _) => Val::Number(total),
        }
    }

    fn extreme(&mut self, what: &'w Expr, of: &'w Collection, which: Extreme) -> Val<'w> {
        let mut best: Option<DayBounds> = None;
        let mut open = false;
        let then = self.then;
        let closed = self.each(of, then, |judge, _, truth| {
            if truth.is_no() {
                return;
            }
            let value = judge.value(what);
            // One that has no such day is neither the earliest nor the latest.
            if matches!(value, Val::Absent) {
                return;
            }
            match value.day_bounds() {
                Some(day) if truth.is_yes() => {
                    best = Some(match best {
                        None => day,
                        Some(so_far) => which.of(so_far, day),
                    });
                }
                Some(_) | None => open = true,
            }
        });
        match best {
            _ if open || !closed => Val::Unknown,
            Some(day) => Val::Day(day),
            None => Val::Absent,
        }
    }

    /// The first day up to the as-of day on which a condition holds that does not cease to hold: found by halving.
    fn first_day_of(&mut self, condition: &'w crate::model::expr::Cond) -> Val<'w> {
        let (asked, as_of) = (self.then, self.world.as_of);
        let on = |judge: &mut Self, day: Day| {
            judge.then = day;
            judge.world.as_of = day;
            let truth = judge.holds(condition);
            judge.then = asked;
            judge.world.as_of = as_of;
            truth
        };
        let start = self.world.plan.force.from.max(Day::of(1900, 1, 1).unwrap_or(Day::MIN));
        match on(self, as_of) {
            Truth::Yes => {}
            Truth::No => return Val::Absent,
            Truth::Open | Truth::Person => return Val::Unknown,
        }
        let (mut low, mut high) = (start.min(as_of), as_of);
        while low < high {
            let middle = low.plus_days(low.days_until(high).checked_div(2).unwrap_or(0));
            match on(self, middle) {
                Truth::Yes => high = middle,
                Truth::No => low = middle.following(),
                Truth::Open | Truth::Person => return Val::Unknown,
            }
        }
        Val::day(high)
    }

    /// Where an edge of a window lies. A lapse forwards is reckoned as a last day, by the month regime's rules for it.
    pub fn edge(&mut self, edge: &'w Edge, what: Reckoned) -> EdgeDay {
        match edge {
            Edge::On(expr) => self.edge_of(expr, Some),
            Edge::DayBefore(expr) => self.edge_of(expr, |day| day.map(|day| Some(day.preceding()))),
            Edge::DayAfter(expr) => self.edge_of(expr, |day| day.map(|day| Some(day.following()))),
            Edge::Lapse { anchor, by } => match self.edge_of(anchor, Some) {
                EdgeDay::On(day) => self.shift(day, by, what, anchor.span).map_or(EdgeDay::Unknown, EdgeDay::On),
                other => other,
            },
            Edge::Open => self.period.map_or(EdgeDay::None, |period| EdgeDay::On(DayBounds::exactly(period.last()))),
            Edge::Never => EdgeDay::None,
            Edge::Blank { words, span } if *words == REASONABLE => {
                self.trace.say(|| reason(Said::Words(words), Mark::Person, *span));
                EdgeDay::Reasonable
            }
            Edge::Blank { words, span } => {
                self.trace.missing(|| Missing::Text(*span));
                self.trace.say(|| reason(Said::Words(words), Mark::Open, *span));
                EdgeDay::Blank
            }
            Edge::YearOfTerm { year, end } => self.year_of_term(*year, *end),
            Edge::OfTerm { term, end } => {
                let day = self.term_edge(*term, *end);
                Self::edge_at(&day, Some)
            }
        }
    }

    fn edge_of(&mut self, expr: &'w Expr, with: impl Fn(DayBounds) -> Option<DayBounds>) -> EdgeDay {
        Self::edge_at(&self.value(expr), with)
    }

    fn edge_at(day: &Val, with: impl Fn(DayBounds) -> Option<DayBounds>) -> EdgeDay {
        match day {
            Val::Absent => EdgeDay::NotYet,
            other => match other.day_bounds() {
                Some(day) => {
                    // A day that is only known not to lie in a complete span says nothing about a window.
                    if day.first == Day::MIN && day.last == Day::MAX {
                        EdgeDay::Unknown
                    } else {
                        with(day).map_or(EdgeDay::Unknown, EdgeDay::On)
                    }
                }
                None => EdgeDay::Unknown,
            },
        }
    }
}

/// What a period is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reckoned {
    Day,
    /// A last day: named regimes move it off days that are no working days.
    LastDay,
}

#[derive(Clone, Copy)]
enum Extreme {
    Earliest,
    Latest,
}

impl Extreme {
    fn of(self, a: DayBounds, b: DayBounds) -> DayBounds {
        match self {
            Extreme::Earliest => DayBounds::within(a.first.min(b.first), a.last.min(b.last)),
            Extreme::Latest => DayBounds::within(a.first.max(b.first), a.last.max(b.last)),
        }
    }
}
