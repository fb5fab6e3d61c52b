//! Windows: from which day through which day something is to be kept. Both ends are in time.

use crate::model::clause::Edge;
use crate::model::expr::{Expr, ExprKind, Lapse};
use crate::model::schema::Shape;
use crate::plan::{Body, Moved, NormTest};
use crate::source::Span;
use crate::value::{
    Calendar, Day, Due, OutOfRange, Period, Regime, ShiftProblem, Stretch, moved_to_the_next, moved_to_the_previous,
};
use crate::verdict::{LastDay, Mark, Missing, Reckoning, Said};

use super::ask::{Ask, supposed_at};
use super::definitions::{Looks, by_definition};
use super::effects::comes_no_more;
use super::extremes::{Extreme, extreme_of};
use super::form::{
    Reached, Reckoned, first_reached, is_after, is_of_rows, last_counted, last_reached, may_come, period_of_term,
    reached, reckon,
};
use super::frame::{EdgeDay, Frame};
use super::lapse::{SoLong, named, so_long};
use super::walk::{say_beside, say_moved, say_reckoned};
use crate::evaluate::knowledge::known::{DayBounds, Val};
use crate::evaluate::trace::{Trace, reason};

/// The words of a window whose end a person judges; every other blank is the text's silence.
pub const REASONABLE: &str = "in reasonable time";

impl<'w, T: Trace> Ask<'w, T> {
    /// The window of a body. `extended` is the last day that an extension grants.
    pub fn frame(&mut self, body: &'w Body, extended: Option<Day>) -> Frame {
        self.trace.open();
        let first = first_reached(&body.window).map_or(EdgeDay::None, |edge| lies(self, edge));
        let last = last_that_comes(self, body).moved_on(extended);
        let first = unless_it_comes_no_more(self, first, first_reached(&body.window));
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

/// The day so long after another, or before it, as is written, or as a number tells. Of a number that is not exactly known it is any of
/// the days between; one that is no number of whole units leaves it to a person.
pub fn so_long_after<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    day: Val<'w>,
    by: &'w Lapse,
    (what, span): (Reckoned, Span),
) -> Val<'w> {
    let so_long = match by {
        Lapse::Fixed(by) => return day.each_day(|day| ask.shift(day, by, what, span)),
        Lapse::Told { number, unit } => so_long(&ask.value(number), unit),
    };
    match so_long {
        SoLong::Exactly(by) => day.each_day(|day| ask.shift(day, &by, what, span)),
        SoLong::Between(least, most) => day.each_day(|day: DayBounds| {
            let ends = (ask.quietly(|ask| ask.shift(day, &least, what, span)), ask.shift(day, &most, what, span));
            let (Some(one), Some(other)) = (ends.0.day_bounds(), ends.1.day_bounds()) else { return Val::Unknown };
            Val::Day(DayBounds::within(one.first.min(other.first), one.last.max(other.last)))
        }),
        SoLong::None => {
            if let Some(Expr { kind: ExprKind::Field(field), .. }) = by.number() {
                ask.trace.say(|| reason(Said::NoDay(field.record, field.field), Mark::No, span));
            }
            Val::Absent
        }
        SoLong::Odd(words) => {
            ask.trace.say(|| reason(Said::NoSuchDay(words), Mark::Person, span));
            Val::NoSuchDay
        }
        SoLong::Unknown => Val::Unknown,
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
            EdgeDay::On(day) => named(so_long_after(ask, Val::Day(day), by, (what, span))),
            other => other,
        },
        Reached::Length { from, of } => match day_named(ask, from) {
            EdgeDay::On(day) => EdgeDay::told(length(ask, day, of, from.span)),
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
        Reached::OfTerm { term, end } => EdgeDay::told(ask.term_edge(term, end)),
    }
}

/// The last day of a window; none where nothing can bring it any more.
pub fn last_that_comes<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &'w Body) -> EdgeDay {
    let last = last_of(ask, body);
    unless_it_comes_no_more(ask, last, Some(last_reached(body)))
}

/// An edge that has not come is none where nothing can bring it any more.
fn unless_it_comes_no_more<'w, T: Trace>(ask: &mut Ask<'w, T>, edge: EdgeDay, reached: Option<Reached<'w>>) -> EdgeDay {
    let counted_from = match reached {
        Some(Reached::Beside(day, _) | Reached::Named(day, _) | Reached::After { day, .. }) => day,
        Some(Reached::Length { from: day, .. }) => day,
        _ => return edge,
    };
    if edge == EdgeDay::NotYet && comes_no_more(ask, counted_from) { EdgeDay::NoDay } else { edge }
}

/// The last day of a window, moved off days of rest where its words have it so.
pub fn last_of<'w, T: Trace>(ask: &mut Ask<'w, T>, body: &'w Body) -> EdgeDay {
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
    // What another wording of the term brings begins with that, at the earliest.
    let worded = ask.law.wording_on(term, days.from).map_or(Day::MIN, |norm| ask.law.chosen(norm).from);
    if day.last < worded && earlier.from < worded && ask.law.first_day(term) < worded {
        return Some(EdgeDay::On(DayBounds::exactly(worded.min(days.from))));
    }
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
        _ if T::ON && supposed_at(ask, expr.span).is_some() => EdgeDay::told(ask.value(expr)),
        ExprKind::DueDayOf(clause) => ask.due_edge(*clause),
        ExprKind::Shift { day, by } => match day_named(ask, day) {
            EdgeDay::On(day) => named(so_long_after(ask, Val::Day(day), by, (Reckoned::Day, expr.span))),
            other => other,
        },
        _ => match ask.value(expr) {
            Val::Absent if may_come(ask.world.plan, expr) => match &expr.kind {
                // Of several days that there are not, those of other clauses may be none for good.
                ExprKind::EarliestOf(days) | ExprKind::LatestOf(days) => {
                    let each: Vec<EdgeDay> = ask.quietly(|ask| days.iter().map(|day| day_named(ask, day)).collect());
                    if each.iter().all(|day| *day == EdgeDay::NoDay) { EdgeDay::NoDay } else { EdgeDay::NotYet }
                }
                _ => EdgeDay::NotYet,
            },
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
            value => EdgeDay::told(value),
        },
    }
}

/// The last day that a definition names, or the earliest or latest of some: whatever it comes to, in whose words a day plus a period is
/// the last day of that period.
fn named_last<'w, T: Trace>(ask: &mut Ask<'w, T>, named: &'w Expr, what: Reckoned) -> EdgeDay {
    match day_named(ask, named) {
        EdgeDay::On(_) if ask.world.plan.months.moves() => EdgeDay::told(as_last_day(ask, named, what)),
        other => other,
    }
}

fn as_last_day<'w, T: Trace>(ask: &mut Ask<'w, T>, named: &'w Expr, what: Reckoned) -> Val<'w> {
    let each = |ask: &mut Ask<'w, T>, days: &'w [Expr]| days.iter().map(|day| as_last_day(ask, day, what)).collect();
    match &named.kind {
        ExprKind::Defined { definition, row } => {
            let amount: &dyn Fn(&mut Ask<'w, T>, &'w Expr) -> Val<'w> = &|ask, day| as_last_day(ask, day, what);
            by_definition(ask, *definition, row.as_ref(), &Looks { holds: &Ask::holds, amount })
        }
        ExprKind::EarliestOf(days) => extreme_of(each(ask, days), Extreme::Earliest),
        ExprKind::LatestOf(days) => extreme_of(each(ask, days), Extreme::Latest),
        ExprKind::DueDayOf(_) => ask.value(named),
        ExprKind::Shift { day, by } => {
            let day = ask.value(day);
            so_long_after(ask, day, by, (what, named.span))
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
    EdgeDay::told(reckoned(ask, DayBounds { outside: None, ..day }, due, body.span))
}
