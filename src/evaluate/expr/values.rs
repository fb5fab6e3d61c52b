//! Values of expressions on a day, as far as they are known.

use crate::model::amendment::AmendmentId;
use crate::model::clause::WhichEnd;
use crate::model::expr::Row as RowOf;
use crate::model::expr::{Cond, DefinitionId, Expr, ExprKind, Ty, ValueId};
use crate::model::schema::RecordId;
use crate::source::Span;
use crate::value::{
    Answer, AnswerSort, Day, NoSuchDay, Number, OfDay, OutOfRange, Rounding, ShiftProblem, YearlyDay, round_to,
    whole_months_between,
};
use crate::verdict::{Mark, Missing, Said};

use super::ask::{Ask, Found, is_out_of_digits, not_too_long, supposed_at};
use super::definitions::{Looks, cases_of, row_defined};
use super::due_day::due_day;
use super::edges::so_long_after;
use super::effects::effect_day;
use super::extremes::{Extreme, extreme_of};
use super::form::Reckoned;
use super::leaning::leaning;
use super::sets::{count_different, distinct, extreme};
use super::walk::{falls, say_falls};
use crate::evaluate::knowledge::known::{Bounds, DayBounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::knowledge::world::GHOST;
use crate::evaluate::trace::{Trace, reason};

impl<'w, T: Trace> Ask<'w, T> {
    pub fn value(&mut self, expr: &'w Expr) -> Val<'w> {
        if T::ON
            && let Some(day) = supposed_at(self, expr.span)
        {
            return Val::day(day);
        }
        let value = value_of(self, expr);
        if let Some(watch) = self.world.watch {
            watch.value(&expr.kind, &value);
        }
        value
    }

    /// What a look gives on the day that an expression names: once for each day that it may be, as far as the answers can
    /// differ. `None`: there is no such day.
    pub fn on_the_day<R>(
        &mut self,
        day: &'w Expr,
        mut changes: impl FnMut(&mut Self, Day, Day) -> Vec<Day>,
        mut look: impl FnMut(&mut Self) -> R,
    ) -> Option<Vec<R>> {
        let days = match self.value(day) {
            Val::Absent => return None,
            Val::OneOf(days) => days,
            day => vec![day],
        };
        let mut all = Vec::new();
        for day in days {
            let bounds = day.day_bounds().unwrap_or(DayBounds::within(Day::MIN, self.world.as_of));
            let on =
                if bounds.exact().is_some() { vec![bounds.first] } else { changes(self, bounds.first, bounds.last) };
            all.extend(on.into_iter().map(|day| self.asked_on(day, &mut look)));
        }
        Some(all)
    }

    pub fn cannot_reckon(&mut self, problem: &crate::value::ShiftProblem, span: Span) -> Val<'w> {
        use crate::value::ShiftProblem;
        match problem {
            ShiftProblem::Calendar(out) => {
                let year = out.year;
                self.trace.missing(|| Missing::Calendar { year });
                Val::Unknown
            }
            ShiftProblem::BeyondTheYears | ShiftProblem::NoSuchDay { .. } => {
                let words = problem.to_string();
                self.trace.say(|| reason(Said::NoSuchDay(words), Mark::Person, span));
                Val::NoSuchDay
            }
        }
    }
}

fn value_of<'w, T: Trace>(ask: &mut Ask<'w, T>, expr: &'w Expr) -> Val<'w> {
    match &expr.kind {
        ExprKind::Day(day) => Val::day(*day),
        ExprKind::Number(number) => Val::number(number.clone()),
        ExprKind::Money(money) => Val::Money(Bounds::exactly(money.amount.clone()), money.currency),
        ExprKind::Text(text) => Val::Text(text),
        ExprKind::YesNo(answer) => Val::YesNo(*answer),
        ExprKind::Id(record, id) => {
            ask.world.facts.find(*record, id).map_or(Val::Text(id), |row| Val::Row(*record, row))
        }
        ExprKind::Actor(actor) => Val::Actor(*actor),
        ExprKind::NotStated => {
            ask.trace.missing(|| Missing::Text(expr.span));
            Val::Unknown
        }
        ExprKind::Field(field) => ask.field(field),
        ExprKind::Row(row) => row_value(ask, row, expr),
        ExprKind::YearDay { day, year } => year_day(ask, day, year.as_deref(), expr.span),
        ExprKind::Shift { day, by } => {
            let day = ask.value(day);
            so_long_after(ask, day, by, (Reckoned::Day, expr.span))
        }
        ExprKind::PeriodStart => ask.period.map_or(Val::Absent, |period| Val::day(period.first())),
        ExprKind::BindsFrom => {
            ask.period.map_or(Val::Absent, |period| Val::day(period.first().max(ask.since).max(ask.binds_since)))
        }
        ExprKind::BindsThrough => ask.period.map_or(Val::Absent, |period| Val::day(period.last().min(ask.binds_until))),
        ExprKind::PeriodEnd => ask.period.map_or(Val::Absent, |period| Val::day(period.last())),
        ExprKind::TermStart(term) => ask.term_edge(*term, WhichEnd::First),
        ExprKind::TermEnd(term) => ask.term_edge(*term, WhichEnd::Last),
        ExprKind::DueDayOf(clause) => due_day(ask, *clause),
        ExprKind::EffectOf(clause) => effect_day(ask, *clause),
        ExprKind::TheDay(condition) => first_day_of(ask, condition),
        ExprKind::Plus(a, b) => combined(ask, (a, b), expr, |a, b| Some(a.plus(b))),
        ExprKind::Minus(a, b) => combined(ask, (a, b), expr, |a, b| Some(a.plus(&b.negate()))),
        ExprKind::Times(a, b) => combined(ask, (a, b), expr, |a, b| Some(a.times(b))),
        ExprKind::DividedBy(a, b) => combined(ask, (a, b), expr, Bounds::divided_by),
        ExprKind::OfDay(what, day) => of_day(ask, *what, day, expr.span),
        ExprKind::Held(set) => match ask.field(set) {
            Val::Set(held) => Val::Number(Bounds::exactly(Number::count(distinct(held)))),
            Val::Absent => Val::Number(Bounds::exactly(Number::ZERO)),
            _ => Val::Unknown,
        },
        ExprKind::Count(of) => Val::Number(ask.count(of)),
        ExprKind::CountDifferent(what, of) => Val::Number(count_different(ask, what, of)),
        ExprKind::Sum(what, of) => ask.sum(what, of, expr),
        ExprKind::EarliestOf(days) => extreme_of(days.iter().map(|day| ask.value(day)).collect(), Extreme::Earliest),
        ExprKind::LatestOf(days) => extreme_of(days.iter().map(|day| ask.value(day)).collect(), Extreme::Latest),
        ExprKind::Earliest(what, of) => extreme(ask, what, of, Extreme::Earliest),
        ExprKind::Latest(what, of) => extreme(ask, what, of, Extreme::Latest),
        ExprKind::DaysBetween(a, b) => between(ask, a, b, |a, b| Some(Number::from(i64::from(a.days_until(b))))),
        ExprKind::WholeMonthsBetween(a, b) => {
            between(ask, a, b, |a, b| Some(Number::from(i64::from(whole_months_between(a, b)))))
        }
        ExprKind::WorkingDaysBetween(a, b) => working_days_between(ask, a, b),
        ExprKind::Per { give, per, of, part } => started(ask, (give, per), of, *part),
        ExprKind::Rounded { of, to, way } => rounded(ask, of, to, *way),
        ExprKind::Value(value) => dated_value(ask, *value),
        ExprKind::Defined { definition, row } => defined_value(ask, *definition, row.as_ref()),
        ExprKind::OnDay { of, day } => {
            let changes = |ask: &mut Ask<'w, T>, first, last| ask.changes_of_value(of, first, last);
            ask.on_the_day(day, changes, |ask| ask.value(of)).map_or(Val::Absent, Val::any_of)
        }
    }
}

fn row_value<'w, T: Trace>(ask: &mut Ask<'w, T>, row: &'w RowOf, expr: &'w Expr) -> Val<'w> {
    let record = if let Ty::Row(record) = expr.ty { record } else { RecordId(0) };
    match ask.row(row, record) {
        Found::Row(record, row) => Val::Row(record, row),
        Found::None => Val::Absent,
        Found::Unknown => Val::Unknown,
    }
}

fn year_day<'w, T: Trace>(ask: &mut Ask<'w, T>, day: &'w YearlyDay, year: Option<&'w Expr>, span: Span) -> Val<'w> {
    let Some(told) = year else { return day_in_period(ask, day, span) };
    let year = match ask.value(told) {
        Val::Absent => return Val::Absent,
        Val::NoSuchDay => return Val::NoSuchDay,
        year => year.bounds(),
    };
    let whole = |number: &Number| number.to_i64().and_then(|year| i32::try_from(year).ok());
    if let Some(year) = year.exact().and_then(whole) {
        return match day.by_rule(year, ask.world.plan.months) {
            Ok(found) => falls(ask, day, found, span),
            Err(problem) => lacks(ask, problem, span),
        };
    }
    let years = match (&told.kind, year.least.as_ref().and_then(whole), year.most.as_ref().and_then(whole)) {
        (ExprKind::OfDay(OfDay::Year, of), _, _) => {
            let of = ask.quietly(|ask| ask.value(of)).day_bounds();
            of.map(|of| (of.first, of.last)).map(|(first, last)| (first.year(), last.year()))
        }
        (_, least, most) => least.zip(most),
    };
    years.map_or(Val::Unknown, |years| in_one_of(ask, day, years))
}

/// A day of the year in one of some years; in whichever year, where a day that is not given tells it.
fn in_one_of<'w, T: Trace>(ask: &Ask<'w, T>, day: &YearlyDay, (first, last): (i32, i32)) -> Val<'w> {
    const EACH: i32 = 8;
    let in_year = |year: i32| day.by_rule(year, ask.world.plan.months);
    if last.saturating_sub(first) < EACH {
        return Val::any_of((first..=last).map(|year| in_year(year).map_or(Val::NoSuchDay, Val::day)).collect());
    }
    let from = if first == Day::MIN.year() { Day::MIN } else { in_year(first).unwrap_or(start_of(first)) };
    let through =
        if last == Day::MAX.year() { Day::MAX } else { in_year(last).unwrap_or(start_of(last.saturating_add(1))) };
    if (from, through) == (Day::MIN, Day::MAX) { Val::Unknown } else { Val::Day(DayBounds::within(from, through)) }
}

fn start_of(year: i32) -> Day {
    Day::of(year, 1, 1).unwrap_or(Day::MAX)
}

/// The day within the cycle's period; of several the last. Outside of a cycle the text says no year. A day that the year of
/// the period does not have is no other day.
fn day_in_period<'w, T: Trace>(ask: &mut Ask<'w, T>, named: &'w YearlyDay, span: Span) -> Val<'w> {
    let Some(period) = ask.period else {
        ask.trace.missing(|| Missing::Text(span));
        return Val::Unknown;
    };
    let months = ask.world.plan.months;
    let years = (period.first().year()..=period.last().year()).rev();
    let days: Vec<Result<Day, NoSuchDay>> = years.map(|year| named.by_rule(year, months)).collect();
    let inside = days.iter().filter_map(|day| day.ok()).find(|day| period.stretch.contains(*day));
    if let Some(day) = inside {
        return falls(ask, named, day, span);
    }
    match days.iter().find_map(|day| day.err()) {
        Some(problem) => lacks(ask, problem, span),
        None => days.last().and_then(|day| day.ok()).map_or(Val::Unknown, |day| falls(ask, named, day, span)),
    }
}

fn lacks<'w, T: Trace>(ask: &mut Ask<'w, T>, problem: NoSuchDay, span: Span) -> Val<'w> {
    ask.trace.say(|| reason(Said::NoSuchDay(problem.to_string()), Mark::Person, span));
    Val::NoSuchDay
}

/// What is asked of a day, of each day that it may be.
fn of_day<'w, T: Trace>(ask: &mut Ask<'w, T>, what: OfDay, day: &'w Expr, span: Span) -> Val<'w> {
    let days = match ask.value(day) {
        Val::OneOf(days) => days,
        day => vec![day],
    };
    let mut all = Vec::new();
    for day in days {
        match (&day, day.day_bounds()) {
            (Val::Absent | Val::NoSuchDay, _) => all.push(day),
            (_, Some(bounds)) => match of_days(ask, what, bounds) {
                Ok(found) => {
                    say_falls(ask, found.day_bounds().filter(|_| what.sort() == AnswerSort::Day), span);
                    all.push(found);
                }
                Err(out) => return ask.cannot_reckon(&ShiftProblem::Calendar(out), span),
            },
            (_, None) => return Val::Unknown,
        }
    }
    Val::any_of(all)
}

fn of_days<'w, T: Trace>(ask: &Ask<'w, T>, what: OfDay, bounds: DayBounds) -> Result<Val<'w>, OutOfRange> {
    // Among so many days in a row is every weekday, a working day and a holiday.
    const MANY: i32 = 400;
    let calendar = &ask.world.plan.calendar;
    let of = |day: Day| what.of(day, calendar);
    if let Some(edges) = edges_of_parts(what, bounds) {
        return Ok(Val::any_of(edges.into_iter().map(Val::day).collect()));
    }
    // A later day never has an earlier day, or a smaller year, for its answer.
    if matches!(what.sort(), AnswerSort::Day | AnswerSort::Number) {
        return Ok(match (of(bounds.first)?, of(bounds.last)?) {
            (Answer::Number(_), Answer::Number(_)) if bounds.first == Day::MIN || bounds.last == Day::MAX => {
                Val::Unknown
            }
            (Answer::Number(first), Answer::Number(last)) => Val::Number(Bounds {
                least: Some(Number::from(i64::from(first))),
                most: Some(Number::from(i64::from(last))),
            }),
            (Answer::Day(Some(first)), Answer::Day(Some(last))) => Val::Day(DayBounds::within(first, last)),
            (_, _) => Val::Unknown,
        });
    }
    if what != OfDay::Weekday && bounds.first.days_until(bounds.last) > MANY {
        return Ok(Val::any_of(vec![Val::YesNo(true), Val::YesNo(false)]));
    }
    let days = (0..MANY).map(|more| bounds.first.plus_days(more)).take_while(|day| *day <= bounds.last);
    let mut all: Vec<Val> = Vec::new();
    for day in days.filter(|day| !bounds.rules_out(*day)) {
        let answer = match of(day)? {
            Answer::Text(text) => Val::Text(text),
            Answer::Number(number) => Val::Number(Bounds::exactly(Number::from(i64::from(number)))),
            Answer::YesNo(answer) => Val::YesNo(answer),
            Answer::Day(day) => day.map_or(Val::Unknown, Val::day),
        };
        if !all.contains(&answer) {
            all.push(answer);
        }
    }
    Ok(Val::any_of(all))
}

/// The edges of the parts of the calendar in which a day may lie, each by itself; nothing where those are too many.
fn edges_of_parts(what: OfDay, bounds: DayBounds) -> Option<Vec<Day>> {
    const EACH: usize = 8;
    let (OfDay::StartOf(part) | OfDay::EndOf(part)) = what else { return None };
    let starts = what == OfDay::StartOf(part);
    let (mut found, mut day) = (Vec::new(), bounds.first);
    while day <= bounds.last {
        let (first, last) = (part.first_day(day)?, part.last_day(day)?);
        // Days that are ruled out lie in a row.
        if !(bounds.rules_out(day) && bounds.rules_out(last.min(bounds.last))) {
            found.push(if starts { first } else { last });
        }
        day = last.following();
        if found.len() > EACH {
            return None;
        }
    }
    Some(found)
}

fn working_days_between<'w, T: Trace>(ask: &mut Ask<'w, T>, a: &'w Expr, b: &'w Expr) -> Val<'w> {
    let calendar = ask.world.plan.calendar;
    let count = |from: Day, to: Day| calendar.working_days_between(from, to);
    let (from, to) = (ask.value(a), ask.value(b));
    for missing in [Val::Absent, Val::NoSuchDay] {
        if from == missing || to == missing {
            return missing;
        }
    }
    let (Some(from), Some(to)) = (from.day_bounds(), to.day_bounds()) else { return Val::Unknown };
    match (count(from.last, to.first), count(from.first, to.last)) {
        (Ok(least), Ok(most)) => Val::Number(Bounds {
            least: Some(Number::from(i64::from(least))),
            most: Some(Number::from(i64::from(most))),
        }),
        (Err(out), _) | (_, Err(out)) => ask.cannot_reckon(&ShiftProblem::Calendar(out), b.span),
    }
}

fn combined<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (a, b): (&'w Expr, &'w Expr),
    whole: &'w Expr,
    with: impl Fn(&Bounds, &Bounds) -> Option<Bounds>,
) -> Val<'w> {
    let (a, b) = (ask.value(a), ask.value(b));
    for missing in [Val::Absent, Val::NoSuchDay] {
        if a == missing || b == missing {
            return missing;
        }
    }
    // Nothing is divided by nothing: the facts are known, and the words leave open what is meant.
    if matches!(whole.kind, ExprKind::DividedBy(..)) && b.bounds().exact() == Some(&Number::ZERO) {
        ask.trace.say(|| reason(Said::NoSuchDay("a division by 0".to_string()), Mark::Person, whole.span));
        return Val::NoSuchDay;
    }
    let currency = match (a.currency(), b.currency()) {
        // Amounts in different currencies are never reckoned together.
        (Some(one), Some(other)) if one != other => return Val::Unknown,
        (one, other) => one.or(other),
    };
    if [&a, &b].into_iter().any(|val| matches!(val, Val::OneOf(values) if values.contains(&Val::Absent))) {
        return Val::Unknown;
    }
    if is_out_of_digits(ask) {
        return Val::Unknown;
    }
    let Some(bounds) = with(&a.bounds(), &b.bounds()) else { return Val::Unknown };
    let bounds = not_too_long(ask, bounds);
    match (&whole.ty, currency) {
        (Ty::Money, Some(currency)) => Val::Money(bounds, currency),
        (_, _) => Val::Number(bounds),
    }
}

fn between<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    a: &'w Expr,
    b: &'w Expr,
    measure: impl Fn(Day, Day) -> Option<Number>,
) -> Val<'w> {
    let (a, b) = (ask.value(a), ask.value(b));
    for missing in [Val::Absent, Val::NoSuchDay] {
        if a == missing || b == missing {
            return missing;
        }
    }
    let (Some(a), Some(b)) = (a.day_bounds(), b.day_bounds()) else { return Val::Unknown };
    Val::Number(Bounds { least: measure(a.last, b.first), most: measure(a.first, b.last) })
}

/// `1 per 40 started of X`.
fn started<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (give, per): (&'w Number, &'w Number),
    of: &'w Expr,
    part: Rounding,
) -> Val<'w> {
    let of = match ask.value(of) {
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

fn rounded<'w, T: Trace>(ask: &mut Ask<'w, T>, of: &'w Expr, to: &'w Expr, way: Rounding) -> Val<'w> {
    let value = ask.value(of);
    let unit = ask.value(to).bounds();
    let Some(unit) = unit.exact() else { return Val::Unknown };
    let round = |number: &Number| round_to(number, unit, way).unwrap_or_else(|| number.clone());
    match value {
        Val::Number(bounds) => Val::Number(bounds.map(round)),
        Val::Money(bounds, currency) => Val::Money(bounds.map(round), currency),
        Val::Absent => Val::Absent,
        _ => Val::Unknown,
    }
}

/// The amount of the day that is asked about.
fn dated_value<'w, T: Trace>(ask: &mut Ask<'w, T>, id: ValueId) -> Val<'w> {
    let Some(value) = ask.world.plan.value(id) else { return Val::Unknown };
    let on = ask.on;
    let there = |by: Option<AmendmentId>| by.is_none_or(|by| ask.law.is_adopted(by));
    let begun = |from: Option<Day>| from.is_none_or(|from| from <= on);
    let amount = value.amounts.iter().rev().find(|one| begun(one.from) && there(one.by));
    let Some(one) = amount else {
        ask.trace.missing(|| Missing::Text(value.span));
        return Val::Unknown;
    };
    if value.amounts.len() < 2 {
        return ask.value(&one.amount);
    }
    ask.trace.open();
    let found = ask.value(&one.amount);
    ask.trace.close(|| reason(Said::Dated { value: id, on }, Mark::Plain, one.amount.span));
    found
}

fn defined_value<'w, T: Trace>(ask: &mut Ask<'w, T>, id: DefinitionId, row: Option<&'w RowOf>) -> Val<'w> {
    let Some(definition) = ask.world.plan.definition(id) else { return Val::Unknown };
    let row = match row_defined(ask, row) {
        Ok(row) => row,
        Err(none) => return none,
    };
    let key = (id, row, ask.term, ask.on, ask.by, ask.since, ask.come_by);
    let keep = row != Some(GHOST);
    let known = ask.known.value(&key).filter(|known| keep && known.will_do(&ask.trace, definition.span));
    if let Some(known) = known {
        if known.has_steps() {
            ask.trace.say(|| reason(Said::Defined(id), Mark::Plain, definition.span));
        }
        return ask.taken(known);
    }
    let (found, leans_on) = leaning(ask, |ask| {
        ask.worked_out(|ask| {
            cases_of(ask, definition, row, &Looks { holds: &Ask::holds, amount: &|ask, amount| ask.value(amount) })
        })
    });
    let found = found.worked_out_of(&ask.trace, definition.span);
    let answer = found.answer.clone();
    if keep && leans_on.is_none() {
        ask.known.keep_value(key, found);
    }
    answer
}

/// The first day, up to the day of the question, on which a condition held. That it ceased to hold since does not undo the day.
fn first_day_of<'w, T: Trace>(ask: &mut Ask<'w, T>, condition: &'w Cond) -> Val<'w> {
    let last = ask.world.as_of;
    let start = ask.since.max(Day::of(1900, 1, 1).unwrap_or(Day::MIN)).min(last);
    let mut perhaps: Option<Day> = None;
    for day in ask.changes_of(condition, start, last) {
        match ask.quietly(|ask| ask.asked_on(day, |ask| ask.holds(condition))) {
            Truth::No => {}
            Truth::Open => perhaps = perhaps.or(Some(day)),
            Truth::Person => return Val::Unknown,
            Truth::Yes => {
                let first = perhaps.unwrap_or(day);
                ask.asked_on(first, |ask| ask.holds(condition));
                return Val::Day(DayBounds::within(first, day));
            }
        }
    }
    // What is not met, or not known to be, is told as of the last day.
    ask.asked_on(perhaps.unwrap_or(last), |ask| ask.holds(condition));
    if perhaps.is_some() { Val::Unknown } else { Val::Absent }
}
