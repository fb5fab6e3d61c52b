//! Windows: from which day through which day something is to be kept. Both ends are in time.

use crate::model::clause::{Edge, WhichEnd};
use crate::model::expr::{ClauseId, Expr, ExprKind, FieldOf, Row as RowOf};
use crate::plan::{Body, Moved, NormTest};
use crate::source::Span;
use crate::value::{Day, Period, ShiftProblem};
use crate::verdict::{LastDay, Mark, Missing, Said};

use super::ask::Ask;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::trace::{Trace, reason};

/// The words of a window whose end a person judges; every other blank is the text's silence.
pub const REASONABLE: &str = "in reasonable time";

/// Where an edge of a window lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeDay {
    On(DayBounds),
    /// What it is counted from has not come yet.
    NotYet,
    /// What it is counted from is known not to be: there is no such day, and so no window.
    NoDay,
    /// The calendar does not have the day: for a person.
    NoSuchDay,
    Unknown,
    /// The text is silent.
    Blank,
    /// In reasonable time: a person says when that has passed.
    Reasonable,
    /// There is none.
    None,
}

/// What a period is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reckoned {
    Day,
    /// A last day: named regimes move it off days that are no working days.
    LastDay,
}

/// First and last day, as far as they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub first: EdgeDay,
    pub last: EdgeDay,
    /// It is counted from a day that an act may fall on too, and only the hour tells which came first.
    pub after: bool,
}

/// Whether the last day has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    No,
    Yes,
    Open,
}

impl<'w, T: Trace> Ask<'w, T> {
    /// The window of a body. `extended` is the last day that an extension grants.
    pub fn frame(&mut self, body: &'w Body, extended: Option<Day>) -> Frame {
        self.trace.open();
        let first = body.window.first.as_ref().map_or(EdgeDay::None, |edge| self.edge(edge, Reckoned::Day));
        let mut last = self.last_of(body);
        if let (EdgeDay::On(day), Some(until)) = (last, extended) {
            last = EdgeDay::On(DayBounds { first: day.first.max(until), last: day.last.max(until), outside: None });
        }
        let first = if first == EdgeDay::None { self.first_of_period(body, last) } else { first };
        let frame = Frame { first, last, after: is_after(body) };
        let said = Said::Window { first: frame.first_day(), last: frame.last_day() };
        match frame.last_day() {
            LastDay::None if frame.first == EdgeDay::None => self.trace.dissolve(),
            LastDay::Unknown => self.trace.close(|| reason(said, Mark::Open, body.span)),
            LastDay::None | LastDay::On(_) | LastDay::Within(_, _) | LastDay::NotYet => {
                self.trace.close(|| reason(said, Mark::Plain, body.span));
            }
        }
        frame
    }

    fn last_of(&mut self, body: &'w Body) -> EdgeDay {
        let last = self.edge(&body.window.last, Reckoned::LastDay);
        match (last, body.moved) {
            (EdgeDay::On(day), Moved::ToWorkingDay) => moved(self, day, body),
            (_, _) => last,
        }
    }

    /// Without a first day of its own a window within a period begins with it; one that ends before its period begins on the
    /// day after the window of the period before ended.
    fn first_of_period(&mut self, body: &'w Body, last: EdgeDay) -> EdgeDay {
        let Some(period) = self.period else { return EdgeDay::None };
        let begins = EdgeDay::On(DayBounds::exactly(period.first()));
        match last {
            EdgeDay::On(last) if last.last < period.first() => {
                let before = self.cycle.and_then(|cycle| cycle.period_at(period.first().preceding()));
                let Some(before) = before else { return EdgeDay::None };
                let own = self.period.replace(before);
                let ended = self.quietly(|ask| ask.last_of(body));
                self.period = own;
                match ended {
                    EdgeDay::On(day) => EdgeDay::On(DayBounds::within(day.first.following(), day.last.following())),
                    _ => EdgeDay::None,
                }
            }
            _ => begins,
        }
    }

    /// Where an edge of a window lies. A lapse forwards is reckoned as a last day, by the month regime's rules for it.
    pub fn edge(&mut self, edge: &'w Edge, what: Reckoned) -> EdgeDay {
        match edge {
            Edge::On(expr) => self.day_named(expr),
            Edge::DayBefore(expr) => self.day_named(expr).map(|day| day.plus_days(-1)),
            Edge::DayAfter(expr) => self.day_named(expr).map(|day| day.plus_days(1)),
            Edge::Lapse { anchor, by } => match self.day_named(anchor) {
                EdgeDay::On(day) => edge_of(self.shift(day, by, what, anchor.span)),
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
            Edge::OfTerm { term, end } => edge_of(self.term_edge(*term, *end)),
        }
    }

    /// The day that an expression names; where it names none, whether one may still come.
    fn day_named(&mut self, expr: &'w Expr) -> EdgeDay {
        match &expr.kind {
            ExprKind::DueDayOf(clause) => self.due_edge(*clause),
            ExprKind::Shift { day, by } => match self.day_named(day) {
                EdgeDay::On(day) => edge_of(self.shift(day, by, Reckoned::Day, expr.span)),
                other => other,
            },
            _ => match self.value(expr) {
                Val::Absent if may_come(expr) => EdgeDay::NotYet,
                Val::Absent => {
                    if let ExprKind::Field(field) = &expr.kind {
                        self.trace.say(|| reason(Said::NoDay(field.record, field.field), Mark::No, expr.span));
                    }
                    EdgeDay::NoDay
                }
                value => edge_of(value),
            },
        }
    }

    /// The day a period after another, or before it. Where the calendar lacks it for a day that the other may be, it is none.
    pub fn shift(&mut self, day: DayBounds, by: &Period, what: Reckoned, span: Span) -> Val<'w> {
        let plan = self.world.plan;
        let reckon = |day: Day| match what {
            Reckoned::Day => crate::value::shift(day, by, plan.months, &plan.calendar),
            Reckoned::LastDay => crate::value::last_day(day, by, plan.months, &plan.calendar),
        };
        if let Some(problem) = missing_within(day, &reckon) {
            let found = self.cannot_reckon(&problem, span);
            // Only some of the days that it may be have no such day.
            return if day.exact().is_some() { found } else { Val::Unknown };
        }
        let (first, last) = match (reckon(day.first), reckon(day.last)) {
            (Ok(first), Ok(last)) => (first, last),
            // Nothing is known of the day: neither end can be moved past the end of time, nothing is lost by that.
            (Err(ShiftProblem::BeyondTheYears), Ok(last)) => (Day::MIN, last),
            (Ok(first), Err(ShiftProblem::BeyondTheYears)) => (first, Day::MAX),
            (Err(problem), _) | (_, Err(problem)) => return self.cannot_reckon(&problem, span),
        };
        let outside = day.outside.and_then(|(from, through)| Some((reckon(from).ok()?, reckon(through).ok()?)));
        Val::Day(DayBounds { first, last: last.max(first), outside })
    }

    /// The last day of another clause for the same rows and period.
    pub fn due_day(&mut self, clause: ClauseId) -> Val<'w> {
        match self.due_edge(clause) {
            EdgeDay::On(day) => Val::Day(day),
            EdgeDay::NotYet | EdgeDay::None | EdgeDay::NoDay => Val::Absent,
            EdgeDay::NoSuchDay => Val::NoSuchDay,
            EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable => Val::Unknown,
        }
    }

    fn due_edge(&mut self, clause: ClauseId) -> EdgeDay {
        let (plan, on) = (self.world.plan, self.on);
        let norm = plan.norms_of(clause).map(|(_, norm)| norm).find(|norm| self.law.chosen(norm).contains(on));
        let norm = norm.or_else(|| plan.norms_of(clause).map(|(_, norm)| norm).next());
        let Some(body) = norm.and_then(|norm| norm.bodies.first()) else { return EdgeDay::Unknown };
        let rows = self.vars.clone();
        self.aside(&rows, |ask| ask.last_of(body)).unwrap_or(EdgeDay::Unknown)
    }

    /// The day on which a permission that is exercised takes effect.
    pub fn effect_day(&mut self, clause: ClauseId) -> Val<'w> {
        let plan = self.world.plan;
        let found = plan.norms_of(clause).find_map(|(_, norm)| {
            norm.bodies.iter().find_map(|body| match &body.test {
                NormTest::May { effect: Some(effect), .. } => Some(effect),
                _ => None,
            })
        });
        let Some(effect) = found else { return Val::Unknown };
        let rows = self.vars.clone();
        match self.aside(&rows, |ask| ask.edge(effect, Reckoned::Day)) {
            Some(EdgeDay::On(day)) => Val::Day(day),
            Some(EdgeDay::NotYet | EdgeDay::None | EdgeDay::NoDay) => Val::Absent,
            Some(EdgeDay::NoSuchDay) => Val::NoSuchDay,
            Some(EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable) | None => Val::Unknown,
        }
    }
}

fn edge_of(value: Val) -> EdgeDay {
    match value {
        Val::Absent => EdgeDay::NotYet,
        Val::NoSuchDay => EdgeDay::NoSuchDay,
        value => match value.day_bounds() {
            // A day that is only known not to lie in a complete span says nothing about a window.
            Some(day) if day.first == Day::MIN && day.last == Day::MAX => EdgeDay::Unknown,
            Some(day) => EdgeDay::On(day),
            None => EdgeDay::Unknown,
        },
    }
}

/// Whether a day that is not there may still come: it hangs on what happens, and is no field that is known to be empty.
fn may_come(expr: &Expr) -> bool {
    fn follows(field: &FieldOf) -> bool {
        match &field.row {
            RowOf::Next(..) => true,
            RowOf::Follow(inner) => follows(inner),
            RowOf::Var(_) | RowOf::Agreement | RowOf::Previous(..) => false,
        }
    }
    match &expr.kind {
        ExprKind::Field(field) => follows(field),
        ExprKind::OnDay { of, .. } => may_come(of),
        ExprKind::YearDay { .. } => false,
        _ => true,
    }
}

/// Counted after a day: `within P after X`, `at most P after X`.
fn is_after(body: &Body) -> bool {
    match (&body.window.first, &body.window.last) {
        (Some(Edge::On(from)), Edge::Lapse { anchor, by }) => {
            !by.goes_back() && from.span == anchor.span && !matches!(anchor.kind, ExprKind::PeriodStart)
        }
        (_, _) => false,
    }
}

/// Looked at day by day, where the calendar may lack one in between.
fn missing_within(day: DayBounds, reckon: &impl Fn(Day) -> Result<Day, ShiftProblem>) -> Option<ShiftProblem> {
    const LOOKED_AT: i32 = 366;
    let problem = |day: Day| reckon(day).err().filter(|problem| matches!(problem, ShiftProblem::NoSuchDay { .. }));
    if day.exact().is_some() {
        return problem(day.first);
    }
    let many = day.first.days_until(day.last).min(LOOKED_AT);
    (0..=many).map(|more| day.first.plus_days(more)).filter(|one| !day.rules_out(*one)).find_map(problem)
}

fn moved<'w, T: Trace>(ask: &mut Ask<'w, T>, day: DayBounds, body: &'w Body) -> EdgeDay {
    let calendar = &ask.world.plan.calendar;
    let move_on = |day: Day| calendar.working_day_on_or_after(day);
    match (move_on(day.first), move_on(day.last)) {
        (Ok(first), Ok(last)) => {
            if let (Some(from), true) = (day.exact(), first != day.first) {
                ask.trace.say(|| reason(Said::MovedOff { from, to: first }, Mark::Plain, body.span));
            }
            EdgeDay::On(DayBounds::within(first, last))
        }
        (Err(out), _) | (_, Err(out)) => edge_of(ask.cannot_reckon(&ShiftProblem::Calendar(out), body.span)),
    }
}

impl EdgeDay {
    fn map(self, with: impl Fn(Day) -> Day) -> EdgeDay {
        match self {
            EdgeDay::On(day) => EdgeDay::On(DayBounds {
                first: with(day.first),
                last: with(day.last),
                outside: day.outside.map(|(from, through)| (with(from), with(through))),
            }),
            other => other,
        }
    }

    pub fn exact(self) -> Option<Day> {
        match self {
            EdgeDay::On(day) => day.exact(),
            _ => None,
        }
    }

    pub fn of_term(days: Option<crate::value::Stretch>, end: WhichEnd) -> EdgeDay {
        match (days, end) {
            (Some(days), WhichEnd::First) => EdgeDay::On(DayBounds::exactly(days.first())),
            (Some(days), WhichEnd::Last) => EdgeDay::On(DayBounds::exactly(days.last())),
            (None, _) => EdgeDay::Unknown,
        }
    }
}

impl Frame {
    pub fn first_day(&self) -> Option<Day> {
        self.first.exact()
    }

    pub fn last_day(&self) -> LastDay {
        match self.last {
            EdgeDay::On(day) => match day.exact() {
                Some(day) => LastDay::On(day),
                None => LastDay::Within(day.first, day.last),
            },
            EdgeDay::NotYet => LastDay::NotYet,
            EdgeDay::Unknown => LastDay::Unknown,
            EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None | EdgeDay::NoDay | EdgeDay::NoSuchDay => LastDay::None,
        }
    }

    /// Whether the last day has passed on a day.
    pub fn passed(&self, on: Day) -> Passed {
        match self.last {
            EdgeDay::On(day) if day.last < on => Passed::Yes,
            EdgeDay::On(day) if day.first >= on => Passed::No,
            EdgeDay::On(_) | EdgeDay::Unknown => Passed::Open,
            EdgeDay::NotYet | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => Passed::No,
            EdgeDay::NoDay | EdgeDay::NoSuchDay => Passed::No,
        }
    }

    /// The last day, first and last that it can be; the end of time where there is none.
    pub fn last_bounds(&self) -> (Day, Day) {
        match self.last {
            EdgeDay::On(day) => (day.first, day.last),
            EdgeDay::Unknown => (Day::MIN, Day::MAX),
            EdgeDay::NotYet | EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None => (Day::MAX, Day::MAX),
            EdgeDay::NoDay | EdgeDay::NoSuchDay => (Day::MAX, Day::MAX),
        }
    }

    /// The first day, first and last that it can be; the beginning of time where there is none.
    pub fn first_bounds(&self) -> (Day, Day) {
        match self.first {
            EdgeDay::On(day) => (day.first, day.last),
            EdgeDay::Unknown => (Day::MIN, Day::MAX),
            EdgeDay::NotYet => (Day::MAX, Day::MAX),
            EdgeDay::Blank | EdgeDay::Reasonable | EdgeDay::None | EdgeDay::NoDay | EdgeDay::NoSuchDay => {
                (Day::MIN, Day::MIN)
            }
        }
    }

    /// The first day, where it is later than the last: the window holds no day.
    pub fn is_empty(&self) -> Option<(Day, Day)> {
        match (self.first, self.last) {
            (EdgeDay::On(first), EdgeDay::On(last)) => {
                let (first, last) = (first.exact()?, last.exact()?);
                (first > last).then_some((first, last))
            }
            (_, _) => None,
        }
    }
}
