//! Windows: from which day through which day something is to be kept. Both ends are in time.

use crate::facts::Row;
use crate::model::clause::{Bearer, CycleOf, Edge};
use crate::model::expr::{ClauseId, Collection, CondKind, Expr, ExprKind};
use crate::model::schema::{RecordId, Shape};
use crate::plan::{Body, Moved, Norm, NormTest, Trigger};
use crate::source::Span;
use crate::value::{
    Calendar, Day, Due, OutOfRange, Period, Regime, ShiftProblem, Stretch, moved_to_the_next, moved_to_the_previous,
};
use crate::verdict::{Holder, LastDay, Mark, Missing, Reckoning, Said};

use super::ask::{Ask, supposed_at};
use super::definitions::by_definition;
use super::extremes::{Extreme, extreme_of};
use super::form::{
    Reached, Reckoned, first_reached, is_after, is_of_rows, last_counted, last_reached, may_come, period_of_term,
    reached, reckon, term_beside_cycle,
};
use super::frame::{EdgeDay, Frame};
use super::judged::as_judged;
use super::readings::{may_differ, taken_as};
use super::walk::{say_beside, say_moved, say_reckoned};
use crate::evaluate::knowledge::decided::Kind;
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::{Trace, reason};

/// The words of a window whose end a person judges; every other blank is the text's silence.
pub const REASONABLE: &str = "in reasonable time";

impl<'w, T: Trace> Ask<'w, T> {
    /// The window of a body. `extended` is the last day that an extension grants.
    pub fn frame(&mut self, body: &'w Body, extended: Option<Day>) -> Frame {
        self.trace.open();
        let first = first_reached(&body.window).map_or(EdgeDay::None, |edge| lies(self, edge));
        let last = moved_on(last_of(self, body), extended);
        let first = if first == EdgeDay::None { first_of_period(self, body, last) } else { first };
        let frame = Frame { first, last, after: is_after(body) };
        // Where a field tells which period an event is for, it may come before the first day.
        let by_field = matches!(body.test, NormTest::Happens { counted_for: Some(_), .. });
        let said = Said::Window { first: frame.first_day().filter(|_| !by_field), last: frame.last_day() };
        match frame.last_day() {
            LastDay::None if frame.first == EdgeDay::None => self.trace.dissolve(),
            LastDay::Unknown => self.trace.close(|| reason(said, Mark::Open, body.span)),
            LastDay::None | LastDay::On(_) | LastDay::Within(_, _) | LastDay::NotYet => {
                self.trace.close(|| reason(said, Mark::Plain, body.span));
            }
        }
        frame
    }

    pub fn edge(&mut self, edge: &'w Edge, what: Reckoned) -> EdgeDay {
        lies(self, reached(edge, what))
    }

    /// The day a period after another, or before it.
    pub fn shift(&mut self, day: DayBounds, by: &Period, what: Reckoned, span: Span) -> Val<'w> {
        let plan = self.world.plan;
        if let Some(watch) = self.world.watch {
            watch.period(by);
        }
        let due = |day: Day| reckon(day, by, what, (plan.months, &plan.calendar));
        if let Some(from) = day.exact().filter(|_| T::ON)
            && let Ok(due) = due(from)
        {
            match what {
                Reckoned::Day => say_reckoned(self, (from, Reckoning::Counted(*by)), due, span),
                Reckoned::Counted | Reckoned::LastDay => say_reckoned(self, (from, Reckoning::LastDay(*by)), due, span),
                Reckoned::FixedDay => say_moved(self, due, span),
            }
        }
        // Several days move to one, so that what rules out the one says nothing of the other.
        let outside = day.outside.filter(|_| what == Reckoned::Day);
        reckoned(self, DayBounds { outside, ..day }, due, span)
    }
}

/// Where an edge of a window lies.
fn lies<'w, T: Trace>(ask: &mut Ask<'w, T>, edge: Reached<'w>) -> EdgeDay {
    match edge {
        Reached::Beside(named, 0) => day_named(ask, named),
        Reached::Beside(named, by) => {
            let day = day_named(ask, named);
            let beside = day.map(|day| day.plus_days(by));
            say_beside(ask, (day.exact(), beside.exact()), by, named.span);
            beside
        }
        Reached::Named(day, what) => named_last(ask, day, what),
        Reached::After { day, by, what, span } => match day_named(ask, day) {
            EdgeDay::On(day) => edge_of(ask.shift(day, &by, what, span)),
            other => other,
        },
        Reached::Length { from, of } => match day_named(ask, from) {
            EdgeDay::On(day) => edge_of(length(ask, day, of, from.span)),
            other => other,
        },
        // What runs until further notice has no last day.
        Reached::PeriodEnd => match ask.period.map(|period| period.last()).filter(|last| *last < Day::MAX) {
            Some(last) => EdgeDay::On(DayBounds::exactly(last)),
            None => EdgeDay::None,
        },
        Reached::Never => EdgeDay::None,
        Reached::Blank { words, span } if words == REASONABLE => {
            ask.trace.say(|| reason(Said::Words(words), Mark::Person, span));
            EdgeDay::Reasonable
        }
        Reached::Blank { words, span } => {
            ask.trace.missing(|| Missing::Text(span));
            ask.trace.say(|| reason(Said::Words(words), Mark::Open, span));
            EdgeDay::Blank
        }
        Reached::YearOfTerm { year, end } => ask.year_of_term(year, end),
        Reached::OfTerm { term, end } => edge_of(ask.term_edge(term, end)),
    }
}

fn last_of<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &'w Body) -> EdgeDay {
    match (last_before_moving(ask, body, last_reached(body)), body.moved) {
        (EdgeDay::On(day), Moved::ToTheNext) => moved(ask, day, body, moved_to_the_next),
        (EdgeDay::On(day), Moved::ToThePrevious) => moved(ask, day, body, moved_to_the_previous),
        (last, _) => last,
    }
}

/// The last day of a window as its words have it, which no day of rest has moved.
pub fn last_as_worded<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &'w Body) -> EdgeDay {
    ask.quietly(|ask| last_before_moving(ask, body, last_counted(&body.window)))
}

fn last_before_moving<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &Body, last: Reached<'w>) -> EdgeDay {
    let last = lies(ask, last);
    match (last, ask.period) {
        // The first days of a period do not reach past it.
        (EdgeDay::On(day), Some(period)) if day.last > period.last() && body.window.numbered => {
            EdgeDay::On(DayBounds::exactly(period.last()))
        }
        (_, _) => last,
    }
}

/// Without a first day of its own a window within a period begins with it. One that ends before its period, or so long before some
/// day, begins on the day after the window of the period before ended.
fn first_of_period<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &'w Body, last: EdgeDay) -> EdgeDay {
    let Some(period) = ask.period else { return EdgeDay::None };
    let begins = EdgeDay::On(DayBounds::exactly(period.first()));
    let own = ask.term.filter(|(_, days)| ask.cycle.is_none() && period == period_of_term(*days));
    if let Some((_, days)) = own {
        return first_of_term(ask, body, (last, days)).unwrap_or(begins);
    }
    let ahead = body.window.first.is_none() && matches!(body.window.last, Edge::Lapse { .. });
    // Before a day that happens to be the first of its period there is none in it, unless the start of the period is what is named.
    let before_a_day = matches!(&body.window.last, Edge::DayBefore(day) if !matches!(day.kind, ExprKind::PeriodStart));
    let no_day = before_a_day && last.exact() == Some(period.first().preceding());
    match last {
        EdgeDay::On(last) if !no_day && (last.last < period.first() || ahead) => {
            let before = ask.cycle.and_then(|cycle| cycle.period_at(period.first().preceding()));
            let Some(before) = before else { return EdgeDay::None };
            let (own, term) = (ask.period.replace(before), ask.term);
            ask.term = term.and_then(|(of, _)| ask.term_on(of, before.first())).or(term);
            let ended = ask.quietly(|ask| last_of(ask, body));
            (ask.period, ask.term) = (own, term);
            match ended {
                // Two periods of one term have the same window before its last day.
                EdgeDay::On(day) if !ahead || day.last < last.last => {
                    let after = EdgeDay::On(DayBounds::within(day.first.following(), day.last.following()));
                    say_beside(ask, (ended.exact(), after.exact()), 1, body.span);
                    after
                }
                _ => EdgeDay::None,
            }
        }
        _ => begins,
    }
}

/// Without a first day of its own, what is for each term begins with it, or, where it is due by then, on the day after the window of the
/// term before ended. Nothing comes before the first: there it begins when the clause is in force.
fn first_of_term<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    body: &'w Body,
    (last, days): (EdgeDay, Stretch),
) -> Option<EdgeDay> {
    let (term, _) = ask.term?;
    let before = ask.term_on(term, days.from.preceding()).filter(|(_, earlier)| earlier.from < days.from);
    let Some((_, earlier)) = before else {
        let known = ask.world.plan.first_day_stated && ask.since < days.from;
        return known.then(|| EdgeDay::On(DayBounds::exactly(ask.since)));
    };
    let ahead = matches!(body.window.last, Edge::Lapse { .. });
    let EdgeDay::On(last) = last else { return None };
    if last.last > days.from && !ahead {
        return None;
    }
    let own = (ask.period.replace(period_of_term(earlier)), ask.term);
    ask.term = before;
    let ended = ask.quietly(|ask| last_of(ask, body));
    (ask.period, ask.term) = own;
    let EdgeDay::On(day) = ended else { return None };
    let after = EdgeDay::On(DayBounds::within(day.first.following(), day.last.following()));
    say_beside(ask, (ended.exact(), after.exact()), 1, body.span);
    Some(after)
}

/// The day that an expression names; where it names none, whether one may still come.
pub fn day_named<'w, T: Trace>(ask: &mut Ask<'w, T>, expr: &'w Expr) -> EdgeDay {
    let as_of = ask.world.as_of;
    // Rows come one after the other: which is the first is told by those there are by now. The last one moves, and is that of the day
    // on which a last day passed, unless the day that is asked about is that of a subject.
    let own_day = ask.whose[0].is_some_and(|(record, _)| ask.world.shape(record) != Shape::Plain);
    let moves = own_day || ask.period.is_some();
    if ask.on != as_of && is_of_rows(ask.world.plan, expr, moves) {
        return ask.asked_on(as_of, |ask| day_named(ask, expr));
    }
    match &expr.kind {
        _ if T::ON && supposed_at(ask, expr.span).is_some() => edge_of(ask.value(expr)),
        ExprKind::DueDayOf(clause) => due_edge(ask, *clause),
        ExprKind::Shift { day, by } => match day_named(ask, day) {
            EdgeDay::On(day) => edge_of(ask.shift(day, by, Reckoned::Day, expr.span)),
            other => other,
        },
        _ => match ask.value(expr) {
            Val::Absent if may_come(ask.world.plan, expr) => EdgeDay::NotYet,
            // The next one lies ahead, and nobody has planned it yet.
            Val::Day(day) if day.first > ask.world.as_of && day.last == Day::MAX && may_come(ask.world.plan, expr) => {
                EdgeDay::NotYet
            }
            Val::Absent => {
                let days = match &expr.kind {
                    ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => days.as_slice(),
                    _ => std::slice::from_ref(expr),
                };
                for day in days {
                    if let ExprKind::Field(field) = &day.kind {
                        ask.trace.say(|| reason(Said::NoDay(field.record, field.field), Mark::No, day.span));
                    }
                }
                EdgeDay::NoDay
            }
            value => edge_of(value),
        },
    }
}

/// The last day that a definition names, or the earliest or latest of some: whatever it comes to, in whose words a day plus a period is
/// the last day of that period.
fn named_last<'w, T: Trace>(ask: &mut Ask<'w, T>, named: &'w Expr, what: Reckoned) -> EdgeDay {
    match day_named(ask, named) {
        EdgeDay::On(_) if ask.world.plan.months.moves() => edge_of(as_last_day(ask, named, what)),
        other => other,
    }
}

fn as_last_day<'w, T: Trace>(ask: &mut Ask<'w, T>, named: &'w Expr, what: Reckoned) -> Val<'w> {
    let each = |ask: &mut Ask<'w, T>, days: &'w [Expr]| days.iter().map(|day| as_last_day(ask, day, what)).collect();
    match &named.kind {
        ExprKind::Defined { definition, row } => {
            by_definition(ask, *definition, row.as_ref(), &|ask, day| as_last_day(ask, day, what))
        }
        ExprKind::EarliestOf(days) => extreme_of(each(ask, days), Extreme::Earliest),
        ExprKind::LatestOf(days) => extreme_of(each(ask, days), Extreme::Latest),
        ExprKind::DueDayOf(_) => ask.value(named),
        ExprKind::Shift { day, by } => {
            let day = ask.value(day);
            day.each_day(|day| ask.shift(day, by, what, named.span))
        }
        _ if what == Reckoned::Counted => ask.value(named),
        _ => {
            let day = ask.value(named);
            day.each_day(|day| ask.shift(day, &Period::default(), Reckoned::FixedDay, named.span))
        }
    }
}

/// The last day of so long a time from a day, which is counted.
fn length<'w, T: Trace>(ask: &mut Ask<'w, T>, day: DayBounds, of: &Period, span: Span) -> Val<'w> {
    let plan = ask.world.plan;
    if let Some(watch) = ask.world.watch {
        watch.period(of);
    }
    let last = |day: Day| {
        let days = crate::value::term(day, of, plan.months, &plan.calendar)?;
        Ok(Due { counted: days.last(), first: days.last(), last: days.last() })
    };
    if let Some(from) = day.exact().filter(|_| T::ON)
        && let Ok(due) = last(from)
    {
        say_reckoned(ask, (from, Reckoning::Length(*of)), due, span);
    }
    reckoned(ask, day, last, span)
}

/// The day that is reckoned from another. Where the calendar lacks it for a day that the other may be, it is none.
fn reckoned<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    day: DayBounds,
    due: impl Fn(Day) -> Result<Due, ShiftProblem>,
    span: Span,
) -> Val<'w> {
    if let Some(problem) = missing_within(day, &due) {
        let found = ask.cannot_reckon(&problem, span);
        // Only some of the days that it may be have no such day.
        return if day.exact().is_some() { found } else { Val::Unknown };
    }
    let (first, last) = match (due(day.first), due(day.last)) {
        (Ok(first), Ok(last)) => (first.first, last.last),
        // Nothing is known of the day: neither end can be moved past the end of time, nothing is lost by that.
        (Err(ShiftProblem::BeyondTheYears), Ok(last)) => (Day::MIN, last.last),
        (Ok(first), Err(ShiftProblem::BeyondTheYears)) => (first.first, Day::MAX),
        (Err(problem), _) | (_, Err(problem)) => return ask.cannot_reckon(&problem, span),
    };
    let outside = match day.exact() {
        // What the law leaves open is whether the day moves: it is one of the two.
        Some(_) => Some((first.following(), last.preceding())).filter(|(from, through)| from <= through),
        None => day.outside.and_then(|(from, through)| Some((due(from).ok()?.first, due(through).ok()?.last))),
    };
    Val::Day(DayBounds { first, last: last.max(first), outside })
}

/// The last day of another clause for the same rows and period.
pub fn due_day<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> Val<'w> {
    match due_edge(ask, clause) {
        EdgeDay::On(day) => Val::Day(day),
        EdgeDay::NotYet | EdgeDay::None | EdgeDay::NoDay => Val::Absent,
        EdgeDay::NoSuchDay => Val::NoSuchDay,
        EdgeDay::Unknown | EdgeDay::Blank | EdgeDay::Reasonable => Val::Unknown,
    }
}

fn due_edge<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId) -> EdgeDay {
    let Some(norm) = ask.law.wording_on(clause, ask.on) else { return EdgeDay::Unknown };
    // In a period in which it is not in force it makes nothing due.
    if ask.period.is_some() && !ask.law.chosen(norm).contains(ask.on) {
        return EdgeDay::NoDay;
    }
    if let (Some(term), Some(period)) = (norm.during, ask.period)
        && ask.term_on(term, period.last()).is_some_and(|(_, days)| days.intersect(period.stretch).is_empty())
    {
        return EdgeDay::NoDay;
    }
    match is_due(ask, norm).and(concerns(ask, norm)) {
        Truth::Yes => {}
        Truth::No => return EdgeDay::NoDay,
        Truth::Open => return EdgeDay::Unknown,
        Truth::Person => return EdgeDay::NoSuchDay,
    }
    let rows = ask.vars.clone();
    let readings = taken_as(ask, norm);
    let before = ask.term;
    let own = (ask.period, ask.cycle);
    match (term_beside_cycle(norm), ask.period) {
        (Some(term), period) if matches!(norm.cycle, Some(CycleOf::EachTerm(_))) => {
            let on = period.map_or(ask.on, |period| period.first());
            ask.term = before.filter(|(of, _)| *of == term).or_else(|| ask.term_on(term, on));
            (ask.period, ask.cycle) = (ask.term.map(|(_, days)| period_of_term(days)), None);
        }
        (Some(term), Some(period)) if before.is_none() => ask.term = ask.term_on(term, period.first()),
        (None, None) if norm.of_term.is_some() => {
            let whom = of_whom(ask, norm);
            ask.term = term_it_came_in(ask, norm, whom.into_iter()).or(before);
        }
        (None, None) if norm.awaits.is_some() => {
            let as_of = ask.world.as_of;
            ask.term = norm.awaits.and_then(|term| ask.term_on(term, as_of)).or(before);
        }
        (_, _) => {}
    }
    // In a cycle of its own, its due day is that of its period in which the one that is asked about begins.
    if let (Some(CycleOf::Calendar(cycle)), Some(period)) = (&norm.cycle, ask.period)
        && ask.cycle != Some(*cycle)
    {
        (ask.period, ask.cycle) = (cycle.period_at(period.first()), Some(*cycle));
    }
    let extended = extended(ask, norm);
    // What is due in a period of its own was asked for when that began.
    let asked = (ask.on, ask.by);
    if let Some(period) = ask.period.filter(|_| ask.period != own.0) {
        (ask.on, ask.by) = (period.first(), period.first().min(ask.world.as_of));
    }
    let each =
        readings.iter().map(|body| ask.aside(&rows, |ask| due_as_read(ask, (norm, body))).unwrap_or(EdgeDay::Unknown));
    let each: Vec<EdgeDay> = each.map(|last| moved_on(last, extended)).collect();
    ask.term = before;
    (ask.period, ask.cycle) = own;
    (ask.on, ask.by) = asked;
    let Some(first) = each.first().copied() else { return EdgeDay::Unknown };
    // Readings that give other days are for a person.
    if each.iter().any(|other| *other != first) {
        may_differ(ask, clause);
        return EdgeDay::NoSuchDay;
    }
    since_it_bears(ask, norm, first)
}

/// The term from which something due once is reckoned: that which runs when its subject and its bearer have come and the clause is in
/// force; nothing while that day is not known.
pub fn term_it_came_in<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    of_whom: impl Iterator<Item = (&'w Collection, Row)>,
) -> Option<(ClauseId, Stretch)> {
    let term = norm.of_term?;
    let came = day_it_came(ask, norm, of_whom)?;
    ask.term_on(term, came)
}

/// The day on which its subject and its bearer have come and the clause is in force.
pub fn day_it_came<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    of_whom: impl Iterator<Item = (&'w Collection, Row)>,
) -> Option<Day> {
    let mut came = ask.law.first_day(norm.clause);
    for (of, row) in of_whom {
        let day = match of.members_of {
            Some(clause) => ask.quietly(|ask| ask.member_days(clause, row))?.from.exact().map(DayBounds::exactly),
            None => match ask.world.day_of(of.record, row) {
                // What has no day of its own is there from the first.
                None | Some(Val::Absent) => continue,
                Some(day) => day.day_bounds(),
            },
        };
        came = came.max(day.filter(|day| day.exact().is_some() || day.first > ask.world.as_of)?.first);
    }
    Some(came)
}

/// The rows of the case that another clause speaks of, as its subject and as its bearer.
fn of_whom<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm) -> Vec<(&'w Collection, Row)> {
    let subject = norm.subjects.first().and_then(|of| Some((of, row_of_the_case(ask, of.record, Part::Subject)?)));
    let bearer = match &norm.bearer {
        Some(Bearer::Each(of)) => row_of_the_case(ask, of.record, Part::Bearer).map(|row| (of, row)),
        _ => None,
    };
    subject.into_iter().chain(bearer).collect()
}

/// Whether what becomes due only `otherwise` is due for the subject and the bearer that are bound.
fn is_due<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm) -> Truth {
    if norm.trigger == Trigger::Always {
        return Truth::Yes;
    }
    let bearer = match (&norm.bearer, ask.actor) {
        (Some(Bearer::Each(of)), _) => {
            row_of_the_case(ask, of.record, Part::Bearer).map_or(Holder::TheOne, |row| Holder::Row(of.record, row))
        }
        (Some(Bearer::EachOf(actors)), Some(actor)) if actors.contains(&actor) => Holder::Actor(actor),
        _ => Holder::TheOne,
    };
    let period = ask.period.filter(|_| norm.cycle.is_some());
    let subject = norm.subjects.first().and_then(|of| row_of_the_case(ask, of.record, Part::Subject));
    ask.known.is_due(&(norm.clause, subject, bearer, period))
}

/// The row of a record that the case is of: as its subject, or as its bearer.
fn row_of_the_case<T: Trace>(ask: &Ask<'_, T>, record: RecordId, first: Part) -> Option<Row> {
    let [subject, bearer] = ask.whose;
    let both = match first {
        Part::Subject => [subject, bearer],
        Part::Bearer => [bearer, subject],
    };
    both.into_iter().flatten().find(|(other, _)| *other == record).map(|(_, row)| row)
}

/// As what another clause speaks of a row that is the case's own, in one part or the other.
#[derive(Clone, Copy)]
enum Part {
    Subject,
    Bearer,
}

/// The last day of another clause for each of several bearers: none for one that came only after it.
fn since_it_bears<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, last: EdgeDay) -> EdgeDay {
    let (Some(Bearer::Each(of)), EdgeDay::On(day)) = (&norm.bearer, last) else { return last };
    let Some(row) = row_of_the_case(ask, of.record, Part::Bearer) else { return last };
    let from = match of.members_of {
        Some(clause) => ask.quietly(|ask| ask.member_days(clause, row)).map(|days| days.from),
        None => ask.world.lasting(of.record, row).map(|(from, _)| edge_of(from)),
    };
    match from.map(|from| if let EdgeDay::On(from) = from { day.before(from) } else { Truth::Open }) {
        None | Some(Truth::No) => last,
        Some(Truth::Yes) => EdgeDay::NoDay,
        Some(Truth::Open | Truth::Person) => EdgeDay::Unknown,
    }
}

/// Whether another clause speaks of the subject and the bearer that are bound: those that pass its filters, on a day of its force, and
/// that no exception lets off.
fn concerns<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Truth {
    let binds = binds(ask, norm);
    if binds.is_no() {
        return binds;
    }
    let Some(of) = norm.subjects.first() else { return binds };
    let plain = matches!(of.filter.kind, CondKind::Always) && norm.yields_to.is_empty();
    let Some(row) = row_of_the_case(ask, of.record, Part::Subject) else { return binds };
    let day = ask.own_day(of.record, row).and_then(DayBounds::exact);
    let never = ask.period.is_none()
        && day
            .is_some_and(|day| ask.world.plan.norms_of(norm.clause).all(|(_, one)| !ask.law.chosen(one).contains(day)));
    if never {
        return Truth::No;
    }
    if plain {
        return binds;
    }
    let (on, as_of) = (day.unwrap_or(ask.on), ask.world.as_of);
    let by = if ask.world.shape(of.record).is_event() { as_of } else { on.min(as_of) };
    let passes = ask.asked_of(on, by, |ask| ask.holds(&of.filter)).and(binds);
    if passes.is_no() {
        return passes;
    }
    let rows: Vec<(RecordId, Row)> = bearer_of_the_case(ask, norm).into_iter().collect();
    passes.and(ask.lets_off(norm, (of.record, row), &rows, on).opposite())
}

/// Whether another clause binds whoever is bound: as far as its filter tells and, where it has no subject, its exceptions do.
fn binds<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Truth {
    let Some(Bearer::Each(of)) = &norm.bearer else { return Truth::Yes };
    let Some(row) = row_of_the_case(ask, of.record, Part::Bearer) else { return Truth::Yes };
    let (on, as_of, before) = (ask.on, ask.world.as_of, ask.vars.clone());
    ask.bind(of.var, row);
    let passes = match of.filter.kind {
        CondKind::Always => Truth::Yes,
        _ => ask.asked_of(on, on.min(as_of), |ask| ask.holds(&of.filter)),
    };
    let alone = norm.subjects.is_empty() && !passes.is_no();
    let lets_off = if alone { ask.lets_off(norm, (of.record, row), &[], on) } else { Truth::No };
    ask.vars = before;
    passes.and(lets_off.opposite())
}

/// The bearer that another clause has in the case: the case's own, or whom a field names.
fn bearer_of_the_case<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<(RecordId, Row)> {
    match &norm.bearer {
        Some(Bearer::Each(of)) => row_of_the_case(ask, of.record, Part::Bearer).map(|row| (of.record, row)),
        Some(Bearer::Field(field)) => match ask.quietly(|ask| ask.field(field)) {
            Val::Row(record, row) => Some((record, row)),
            _ => None,
        },
        _ => None,
    }
}

/// The last day by one reading: none where its conditions do not hold.
fn due_as_read<'w, T: Trace>(ask: &mut Ask<'w, T>, (norm, body): (&'w Norm, &'w Body)) -> EdgeDay {
    let applies = ask.applies(&body.conditions);
    match as_judged(ask, norm, applies) {
        Truth::Yes => last_of(ask, body),
        Truth::No => EdgeDay::NoDay,
        Truth::Open => EdgeDay::Unknown,
        Truth::Person => EdgeDay::NoSuchDay,
    }
}

/// Until when people extended what another clause asks for the same subject, bearer and period.
fn extended<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm) -> Option<Day> {
    let (plan, facts, by) = (ask.world.plan, ask.world.facts, ask.world.as_of);
    let clause = plan.clause(norm.clause).map_or("", |clause| &clause.name);
    if !ask.decided.any(facts, Kind::Waiver, clause) {
        return None;
    }
    let of_var = |of: &Collection| Some(facts.id(of.record, *ask.vars.get(usize::from(of.var.0))?));
    let bearer = match &norm.bearer {
        Some(Bearer::Actor(actor)) => plan.schema.actor(*actor).map(|actor| actor.name.as_str()),
        Some(Bearer::Each(of)) => of_var(of),
        Some(Bearer::EachOf(actors)) => ask
            .actor
            .filter(|one| actors.contains(one))
            .and_then(|actor| plan.schema.actor(actor).map(|actor| actor.name.as_str())),
        Some(Bearer::Together(_) | Bearer::Field(_)) | None => None,
    };
    let names: Vec<&str> = norm.subjects.first().and_then(of_var).into_iter().chain(bearer).collect();
    let period = ask.period.map(|period| period.label.to_string());
    ask.decided.waiver(facts, clause, (&names, period.as_deref()), by).and_then(|(_, waiver)| waiver.until)
}

/// A last day that was extended: never to an earlier day.
fn moved_on(last: EdgeDay, until: Option<Day>) -> EdgeDay {
    match (last, until) {
        (EdgeDay::On(day), Some(until)) => {
            EdgeDay::On(DayBounds { first: day.first.max(until), last: day.last.max(until), outside: None })
        }
        (last, _) => last,
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

/// Looked at day by day, where the calendar may lack one in between.
fn missing_within(day: DayBounds, reckon: &impl Fn(Day) -> Result<Due, ShiftProblem>) -> Option<ShiftProblem> {
    const LOOKED_AT: i32 = 366;
    let problem = |day: Day| reckon(day).err().filter(|problem| matches!(problem, ShiftProblem::NoSuchDay { .. }));
    if day.exact().is_some() {
        return problem(day.first);
    }
    let many = day.first.days_until(day.last).min(LOOKED_AT);
    (0..=many).map(|more| day.first.plus_days(more)).filter(|one| !day.rules_out(*one)).find_map(problem)
}

/// The last day, moved off days that the regime, or else the calendar, has as free.
fn moved<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    day: DayBounds,
    body: &'w Body,
    to: impl Fn(Day, Regime, &Calendar) -> Result<Due, OutOfRange>,
) -> EdgeDay {
    let plan = ask.world.plan;
    let due = |day: Day| to(day, plan.months, &plan.calendar).map_err(ShiftProblem::Calendar);
    if let Some(Ok(due)) = day.exact().map(due) {
        say_moved(ask, due, body.span);
    }
    edge_of(reckoned(ask, DayBounds { outside: None, ..day }, due, body.span))
}
