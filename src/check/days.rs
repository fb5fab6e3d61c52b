//! Days: dates, days that come every year, days of periods, terms and other clauses, each plus or minus a length of time.

use crate::diagnostics::codes;
use crate::model::expr::{Asks, Cond, CondKind, Expr, ExprKind, Lapse, Sense, Ty};
use crate::source::Span;
use crate::syntax::tree::{self, ExprKind as Tree, LapseText, PeriodText, Side, SpanName, YearDay};
use crate::value::{Calendar, Day, OfDay, Period, Regime, YearlyDay, shift};

use super::amounts::Sign;
use super::scope::{InCycle, Scope};
use super::yearly::yearly;

impl Scope<'_, '_> {
    /// An expression that gives a day.
    pub fn a_day(&self, expr: &tree::Expr) -> Option<Expr> {
        let value = self.value(expr)?;
        self.expect(value, &Ty::Day)
    }

    /// The forms that can only be days.
    pub fn day_value(&self, expr: &tree::Expr) -> Option<Expr> {
        let span = expr.span;
        let kind = match &expr.kind {
            Tree::Day(text) => ExprKind::Day(self.names.day(&tree::DayText::new(text.clone(), span))?),
            Tree::YearDay { day, year } => self.year_day(day, year.as_deref(), span)?,
            Tree::LastDayOf(of) | Tree::EndOf(of) => self.end_of(of)?,
            Tree::StartOf(of) => self.start_of(of)?,
            Tree::EarliestOf(days) => ExprKind::EarliestOf(self.days(days)?),
            Tree::LatestOf(days) => ExprKind::LatestOf(self.days(days)?),
            Tree::DueDayOf(name) => {
                let clause = self.names.clause(name)?;
                self.needs_days_of(clause, name.span);
                ExprKind::DueDayOf(clause)
            }
            Tree::EffectOf(name) => {
                let clause = self.names.clause(name)?;
                self.needs_days_of(clause, name.span);
                ExprKind::EffectOf(clause)
            }
            Tree::TheDay(condition) => {
                let condition = self.up_to_the_day().condition(condition)?;
                if !stays(&condition) {
                    self.names.found(
                        codes::NOT_MONOTONE
                            .at(condition.span)
                            .say("`the day …` needs a condition that stays true once it is met, but this one can become false again")
                            .help("use a condition that stays true once it is met: `is given`, `some …`, `count of … is at least …`".to_string()),
                    );
                    return None;
                }
                ExprKind::TheDay(Box::new(condition))
            }
            _ => return None,
        };
        Some(Expr { kind, ty: Ty::Day, span })
    }

    fn days(&self, days: &[tree::Expr]) -> Option<Vec<Expr>> {
        let found: Vec<Option<Expr>> = days.iter().map(|day| self.a_day(day)).collect();
        found.into_iter().collect()
    }

    fn year_day(&self, day: &YearDay, year: Option<&tree::Expr>, span: Span) -> Option<ExprKind> {
        let day = yearly(day, span, &mut self.names.problems.borrow_mut())?;
        let year = match year {
            Some(year) => Some(Box::new(self.number_value(year)?)),
            None => None,
        };
        self.comes_every_year(&day, year.as_deref(), span);
        if year.is_none() && self.cycle == InCycle::No {
            self.names.found(
                codes::WHICH_YEAR
                    .at(span)
                    .say(format!("`{day}` comes every year, and no year is given"))
                    .help("add a year, such as `of 2015`, or a cycle, such as `every calendar year`".to_string()),
            );
            return None;
        }
        Some(ExprKind::YearDay { day, year })
    }

    /// A warning where some years lack the day, and nothing says what holds in them.
    fn comes_every_year(&self, day: &YearlyDay, year: Option<&Expr>, span: Span) {
        let fixed = year.and_then(|year| match &year.kind {
            ExprKind::Number(year) => i32::try_from(year.to_i64()?).ok(),
            _ => None,
        });
        let has_rule = matches!(day, YearlyDay::DayMonth { .. }) && self.names.settings.months.is_some();
        let there = fixed.is_some_and(|year| day.in_year(year).is_some());
        if day.comes_every_year() || has_rule || there {
            return;
        }
        let way_out = match day {
            YearlyDay::DayMonth { .. } => {
                "add a rule for those years to the header, such as `months round down` (28 February) or `months round up` (1 March), or write `the last day of February`"
            }
            YearlyDay::InWeek { .. } => {
                "write `week 52` if you mean the last week of most years; in a year without week 53, a person has to judge"
            }
            YearlyDay::LastOf { .. }
            | YearlyDay::NthWeekday { .. }
            | YearlyDay::LastWeekday { .. }
            | YearlyDay::Feast(_) => {
                "write `the last …` instead of `the fifth …` if that is what you mean; in a year without the day, a person has to judge"
            }
        };
        self.names.found(
            codes::NOT_EVERY_YEAR
                .at(span)
                .say(format!("not every year has {}", day.to_string().replacen("the ", "a ", 1)))
                .help(way_out.to_string()),
        );
    }

    fn start_of(&self, of: &SpanName) -> Option<ExprKind> {
        match of {
            SpanName::ThePeriod(span) => self.in_a_cycle(*span).map(|()| ExprKind::PeriodStart),
            SpanName::Named(name) => {
                let term = self.names.term(name)?;
                self.needs_days_of(term, name.span);
                Some(ExprKind::TermStart(term))
            }
        }
    }

    fn end_of(&self, of: &SpanName) -> Option<ExprKind> {
        match of {
            SpanName::ThePeriod(span) => self.in_a_cycle(*span).map(|()| ExprKind::PeriodEnd),
            SpanName::Named(name) => {
                let term = self.names.term(name)?;
                self.needs_days_of(term, name.span);
                Some(ExprKind::TermEnd(term))
            }
        }
    }

    /// A weekday of the period is one that each period has, and a weekday by itself one that it has only once.
    pub fn lies_in_the_period(&self, what: OfDay, span: Span) -> Option<()> {
        let (least, weekday) = match what {
            OfDay::WeekdayOfWeek(weekday) => (7, weekday),
            OfDay::NthWeekday { nth, weekday } => (nth.saturating_mul(7), weekday),
            OfDay::LastWeekday(weekday) => (7, weekday),
            OfDay::Weekday | OfDay::Year | OfDay::IsWorkingDay | OfDay::IsPublicHoliday => return Some(()),
            OfDay::StartOf(_) | OfDay::EndOf(_) | OfDay::EndOfNextMonth => return Some(()),
        };
        self.in_a_cycle(span)?;
        let alone = matches!(what, OfDay::WeekdayOfWeek(_));
        let say = match self.period_days {
            days if days < least => format!("not every period is long enough to have this {weekday}"),
            days if alone && days > 7 => {
                format!("a period has more than one {weekday}, and it is unclear which one is meant")
            }
            _ => return Some(()),
        };
        let help = match alone {
            true => format!("write `the first {weekday} of the period`, or `every week`"),
            false => format!("write `the last {weekday} of the period`, or an earlier one"),
        };
        self.names.found(codes::NO_SUCH_DAY.at(span).say(say).help(help));
        None
    }

    /// Whether there is a period to speak of; a finding if not.
    pub fn in_a_cycle(&self, span: Span) -> Option<()> {
        if self.cycle == InCycle::Yes {
            return Some(());
        }
        self.names.found(
            codes::NO_CYCLE
                .at(span)
                .say("this refers to a period, but the clause has no cycle")
                .help("add a cycle, such as `every calendar year`".to_string()),
        );
        None
    }

    /// A day plus or minus a length of time.
    pub fn shifted(&self, day: &tree::Expr, by: &LapseText, sign: Sign, span: Span) -> Option<Expr> {
        let side = match sign {
            Sign::Plus => Side::After,
            Sign::Minus => Side::Before,
        };
        let (day, by) = (self.a_day(day), self.lapse(by, side));
        Some(Expr { kind: ExprKind::Shift { day: Box::new(day?), by: by? }, ty: Ty::Day, span })
    }

    /// A length of time after a day or before it; of so many units as something tells, months ask for a rule, too.
    pub fn lapse(&self, lapse: &LapseText, side: Side) -> Option<Lapse> {
        let to = |by: Period| match side {
            Side::Before => by.negate(),
            Side::After => by,
        };
        let told = match lapse {
            LapseText::Period(text) => return self.names.lapse(text).map(to).map(Lapse::Fixed),
            LapseText::Told(told) => told,
        };
        let one = crate::source::Spanned::new("1".to_string(), told.span);
        let unit = self.names.lapse(&PeriodText { parts: vec![(one, told.unit)], span: told.span });
        let number = self.expect(self.value(&told.number)?, &Ty::Number)?;
        Some(Lapse::Told { number: Box::new(number), unit: to(unit?) })
    }

    /// The day, if it is the same whatever the facts; in the sample year where only the cycle tells the year.
    pub fn constant_day(&self, expr: &Expr, sample: Option<i32>) -> Option<Day> {
        match &expr.kind {
            ExprKind::Day(day) => Some(*day),
            ExprKind::YearDay { day, year: Some(year) } => match &year.kind {
                ExprKind::Number(year) => day.in_year(i32::try_from(year.to_i64()?).ok()?),
                _ => None,
            },
            ExprKind::YearDay { day, year: None } => day.in_year(sample?),
            ExprKind::Shift { day, by } => {
                let (day, by) = (self.constant_day(day, sample)?, by.fixed()?);
                let months = self.names.settings.months.unwrap_or(Regime::ROUND_DOWN);
                shift(day, by, months, &self.names.settings.calendar.unwrap_or(Calendar::PLAIN)).ok()
            }
            _ => None,
        }
    }
}

/// Whether a condition, once met, is met for good.
fn stays(condition: &Cond) -> bool {
    match &condition.kind {
        CondKind::Always => true,
        CondKind::And(all) | CondKind::Or(all) => all.iter().all(stays),
        CondKind::Some(_) => true,
        CondKind::Test(test) => match (&test.asks, test.sense) {
            (Asks::Given(_), Sense::Straight) => true,
            // At least so many: a count of what has happened never falls.
            (Asks::Less(left, right), Sense::Opposite) => grows(left) && is_plain(right),
            (Asks::Less(left, right), Sense::Straight) => is_plain(left) && grows(right),
            (Asks::Given(_) | Asks::Before(_, _) | Asks::OneOf(_, _) | Asks::About { .. }, _) => false,
            (Asks::Holds(_, _) | Asks::HoldsOnly(_, _) | Asks::SameSet(_, _), _) => false,
            (Asks::HoldsEach { .. } | Asks::In { .. }, _) => false,
        },
        CondKind::Not(_) | CondKind::All { .. } | CondKind::Defined { .. } | CondKind::Judged { .. } => false,
        CondKind::OnDay { .. } => false,
    }
}

fn grows(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Count(_) | ExprKind::CountDifferent(_, _) | ExprKind::Sum(_, _))
}

fn is_plain(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Number(_) | ExprKind::Money(_))
}
