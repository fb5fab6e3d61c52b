//! Local calendars: the days of a place's own, beside those of a calendar that overens knows.

use crate::diagnostics::{Diagnostic, Sink, codes, nearest};
use crate::source::Span;
use crate::syntax::tree::{
    CalendarLineKind, Expr, ExprKind, Item, LocalCalendar, OwnDays, PeriodText, PeriodUnit, Tree,
};
use crate::value::{Calendar, Contradiction, Day, LocalDays, Weekday, Work, Yearly, YearlyDay};

use super::header::day_of;
use super::yearly::{small, yearly};

/// Years that are looked through for days that are both closed and open, and for one on which anybody works.
const LOOKED_THROUGH: (i32, i32) = (1900, 2100);

/// The local calendars of all files.
pub fn local(trees: &[Tree], problems: &mut Sink) -> Vec<Calendar> {
    let items = trees.iter().flat_map(|tree| &tree.items);
    let all = items.filter_map(|item| if let Item::Calendar(one) = item { Some(one) } else { None });
    all.filter_map(|one| calendar(one, problems)).collect()
}

/// What to say of a calendar that there is not.
pub fn unknown(name: &crate::syntax::tree::Name, others: &[Calendar]) -> Diagnostic {
    let all = || Calendar::names().into_iter().chain(others.iter().map(Calendar::name));
    codes::UNKNOWN_CALENDAR
        .at(name.span)
        .say(format!("unknown calendar `{}`", name.it))
        .help(format!(
            "the calendars are {}; days of your own go into a `local calendar`",
            all().collect::<Vec<_>>().join(", ")
        ))
        .help(nearest(&name.it, all()))
}

fn calendar(one: &LocalCalendar, problems: &mut Sink) -> Option<Calendar> {
    if Calendar::named(&one.name.it).is_some() {
        problems.push(
            codes::DUPLICATE_NAME
                .at(one.name.span)
                .say(format!("there is a calendar `{}` already", one.name.it))
                .help("give the local calendar a name of its own".to_string()),
        );
    }
    let base = Calendar::named(&one.of.it);
    if base.is_none() {
        problems.push(unknown(&one.of, &[]));
    }
    let mut own = Own { days: LocalDays::default(), years: None, dated: Vec::new() };
    for line in &one.lines {
        match &line.kind {
            CalendarLineKind::Days(work, days) => {
                days.iter().for_each(|days| own.add(*work, days, line.span, problems))
            }
            CalendarLineKind::Known { from, through } => own.known((from, through), line.span, problems),
        }
    }
    let base = base?;
    own.dates_are_in_known_years(&one.name.it, one.name.span, problems);
    let years = own.years.map_or(base.years(), |(years, _)| years);
    let found = base.local(one.name.it.clone(), years, own.days);
    let (first, last) = found.years();
    if let Some((_, span)) = own.years.filter(|(years, _)| *years != (first, last)) {
        let (from, through) = base.years();
        problems.push(
            codes::LOCAL_CALENDAR
                .at(span)
                .say(format!("the calendar `{base}` covers the years {from} to {through} only"))
                .help("name years within these".to_string()),
        );
        return None;
    }
    let looked_through = (first.max(LOOKED_THROUGH.0), last.min(LOOKED_THROUGH.1));
    if let Some(Contradiction(day)) = found.contradiction(looked_through) {
        problems.push(both(day, one.name.span));
    }
    if !(looked_through.0..=looked_through.1).all(|year| has_a_working_day(&found, year)) {
        problems.push(
            codes::LOCAL_CALENDAR
                .at(one.name.span)
                .say(format!("`{}` has years without a working day", one.name.it))
                .help("leave some days open".to_string()),
        );
        return None;
    }
    Some(found)
}

fn has_a_working_day(calendar: &Calendar, year: i32) -> bool {
    let first = Day::of(year, 1, 1).into_iter();
    let mut days = first.flat_map(|first| (0..365).map(move |more| first.plus_days(more)));
    // A year that the calendar leaves open is told where it matters.
    days.any(|day| calendar.is_working_day(day).unwrap_or(true))
}

fn both(day: Day, span: Span) -> Diagnostic {
    codes::LOCAL_CALENDAR.at(span).say(format!("{day} is both closed and open")).help(
        "remove it from one of the lines, or name what it is by its date: a date goes before days that come every year"
            .to_string(),
    )
}

struct Own {
    days: LocalDays,
    /// The years of which they are known, and where that is said.
    years: Option<((i32, i32), Span)>,
    /// The first and last of each span of dates, where it stands.
    dated: Vec<(Day, Day, Span)>,
}

/// A day of a line: by its date, or by the year.
enum Point {
    Date(Day),
    Yearly(Yearly),
}

impl Own {
    fn add(&mut self, work: Work, days: &OwnDays, line: Span, problems: &mut Sink) {
        let (first, last) = match days {
            OwnDays::EveryWeek(weekday) => {
                if !self.days.every_week(*weekday, work) {
                    problems.push(
                        codes::LOCAL_CALENDAR
                            .at(line)
                            .say(format!("{weekday} is both closed and open"))
                            .help("remove it from one of the lines".to_string()),
                    );
                }
                return;
            }
            OwnDays::One(day) => (day, day),
            OwnDays::Through(first, last) => (first, last),
        };
        let (Some(from), Some(through)) = (point(first, problems), point(last, problems)) else { return };
        let span = Span { end: last.span.end, ..first.span };
        match (from, through) {
            (Point::Yearly(from), Point::Yearly(through)) => self.days.every_year(from, through, work),
            (Point::Date(from), Point::Date(through)) if from <= through => {
                self.dated.push((from, through, span));
                if let Err(Contradiction(day)) = self.days.dates(from, through, work) {
                    problems.push(both(day, span));
                }
            }
            (Point::Date(from), Point::Date(through)) => problems.push(
                codes::ENDS_BEFORE_START
                    .at(span)
                    .say(format!("this ends before it begins: there is no day from {from} through {through}"))
                    .help("write the earlier day first".to_string()),
            ),
            (Point::Date(_) | Point::Yearly(_), _) => problems.push(
                codes::LOCAL_CALENDAR
                    .at(span)
                    .say("one of these days has a year, and the other comes every year")
                    .help("write both with a year, or both without".to_string()),
            ),
        }
    }

    fn known(&mut self, (from, through): (&str, &str), line: Span, problems: &mut Sink) {
        let year = |text: &str| text.parse::<i32>().ok().filter(|year| (1..=9999).contains(year));
        let years = year(from).zip(year(through)).filter(|(from, through)| from <= through);
        let problem = match (years, self.years) {
            (Some(years), None) => {
                self.years = Some((years, line));
                return;
            }
            (Some(_), Some(_)) => codes::REPEATED_LINE.at(line).say("the calendar has two `known from` lines"),
            (None, _) => codes::LOCAL_CALENDAR
                .at(line)
                .say("the years must run from an earlier one to a later one")
                .help("write, for example, `known from 2015 through 2018`".to_string()),
        };
        problems.push(problem);
    }

    /// Whoever lists dates knows them for some years only; in the others it is not known who works when.
    fn dates_are_in_known_years(&self, name: &str, span: Span, problems: &mut Sink) {
        let Some(((from, through), _)) = self.years else {
            if let Some(((first, _, _), (_, last, _))) = self.dated.iter().min().zip(self.dated.iter().max()) {
                let (first, last) = (first.year(), last.year());
                problems.push(
                    codes::LOCAL_CALENDAR
                        .at(span)
                        .say(format!("`{name}` lists dates, but does not say of which years they are all"))
                        .help(format!("add a line such as `known from {first} through {last}`; in other years it is not known which days are working days")),
                );
            }
            return;
        };
        let known = |day: Day| (from..=through).contains(&day.year());
        for (first, last, span) in self.dated.iter().filter(|(first, last, _)| !known(*first) || !known(*last)) {
            let day = if known(*first) { last } else { first };
            problems.push(
                codes::LOCAL_CALENDAR
                    .at(*span)
                    .say(format!("{day} lies outside the years {from} to {through}, of which the days are known"))
                    .help("name more years in `known from`, or remove the date".to_string()),
            );
        }
    }
}

/// The day that an expression names, where it needs neither facts nor a period.
fn point(expr: &Expr, problems: &mut Sink) -> Option<Point> {
    let (day, later) = match &expr.kind {
        ExprKind::Plus(day, by) => (&**day, days_of(by, problems)?),
        ExprKind::Minus(day, by) => (&**day, days_of(by, problems)?.saturating_neg()),
        _ => (expr, 0),
    };
    match &day.kind {
        ExprKind::Day(text) => {
            let text = crate::syntax::tree::DayText::new(text.clone(), day.span);
            day_of(&text, problems)?.checked_plus_days(later).map(Point::Date)
        }
        ExprKind::YearDay { day: named, year: None } => {
            Some(Point::Yearly(Yearly { day: yearly(named, day.span, problems)?, later }))
        }
        ExprKind::YearDay { day: named, year: Some(year) } => {
            let (found, year) = (yearly(named, day.span, problems)?, year_of(year)?);
            date(found, year, day.span, problems)?.checked_plus_days(later).map(Point::Date)
        }
        ExprKind::Name(name) => {
            let weekdays = Weekday::ALL.into_iter().map(Weekday::name);
            problems.push(no_such_form(day.span).help(nearest(name, weekdays)));
            None
        }
        _ => {
            problems.push(no_such_form(day.span));
            None
        }
    }
}

fn year_of(year: &Expr) -> Option<i32> {
    if let ExprKind::Number(text) = &year.kind { text.parse().ok() } else { None }
}

fn date(day: YearlyDay, year: i32, span: Span, problems: &mut Sink) -> Option<Day> {
    let found = day.in_year(year);
    if found.is_none() {
        problems.push(codes::NO_SUCH_DAY.at(span).say(format!("{year} has no {day}")));
    }
    found
}

fn days_of(by: &Expr, problems: &mut Sink) -> Option<i32> {
    let days = |text: &PeriodText, problems: &mut Sink| -> Option<i32> {
        let mut all = 0_i32;
        for (number, unit) in &text.parts {
            let many = i32::try_from(small(&number.it, number.span, problems)?).ok()?;
            let each = match unit {
                PeriodUnit::Day => 1,
                PeriodUnit::Week => 7,
                PeriodUnit::Year | PeriodUnit::Month | PeriodUnit::WorkingDay | PeriodUnit::ClearDay => {
                    problems.push(no_such_form(text.span));
                    return None;
                }
            };
            all = all.saturating_add(many.saturating_mul(each));
        }
        Some(all)
    };
    match &by.kind {
        ExprKind::Period(text) => days(text, problems),
        _ => {
            problems.push(no_such_form(by.span));
            None
        }
    }
}

fn no_such_form(span: Span) -> Diagnostic {
    codes::LOCAL_CALENDAR
        .at(span)
        .say("a local calendar takes days that neither facts nor periods decide")
        .help(
            "write a date (`2015-12-28`), a day of every year (`24 December`, `good friday`, `ascension day plus 1 day`) or a weekday"
                .to_string(),
        )
}
