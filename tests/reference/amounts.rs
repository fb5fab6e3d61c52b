//! Amounts and days, each reckoned on a plain day.

use overens::model::amendment::{Adopted, AmendmentId, Supposed};
use overens::model::clause::{Edge, WhichEnd, YearCounted};
use overens::model::expr::{Collection, DefinitionId, Expr, ExprKind, Row};
use overens::model::{Definition, DefinitionBody};
use overens::value::{Day, Money, Number, OfDay, Part, Period, Rounding};

use super::ask::Env;
use super::judge::Inst;
use super::periods::term_end;
use super::reckon::{in_year, is_working_day, later, rounded, whole_months};
use super::world::{R, Stop, Val, World, no};

impl World<'_> {
    pub fn expr(&self, expr: &Expr, env: &Env) -> R<Val> {
        use ExprKind as K;
        Ok(match &expr.kind {
            K::Day(day) => Val::Day(*day),
            K::Number(number) => Val::Number(number.clone()),
            K::Money(money) => Val::Money(money.clone()),
            K::Text(text) => Val::Word(text.clone()),
            K::YesNo(answer) => Val::YesNo(*answer),
            K::NotStated => return Err(Stop::Never),
            K::Id(record, id) => match self.facts.find(*record, id) {
                Some(row) => Val::Row(*record, row.0),
                None => return no("an id that is not on file"),
            },
            K::Field(field) => self.field_of(field, env)?,
            K::Row(row) => self.row(row, env)?.map_or(Val::None, |(record, row)| Val::Row(record, row)),
            K::YearDay { day, year } => {
                let year = match year {
                    Some(year) => match self.expr(year, env)? {
                        Val::Number(year) => i32::try_from(year.to_i64().unwrap_or(0)).unwrap_or(0),
                        Val::Day(day) => day.year(),
                        _ => return Ok(Val::None),
                    },
                    None => match env.period {
                        Some((first, last)) if first.year() == last.year() => first.year(),
                        _ => return no("a day of a year that is not told"),
                    },
                };
                match in_year(day, year) {
                    Some(day) => Val::Day(day),
                    None => return Err(Stop::Weigh),
                }
            }
            K::Shift { day, by } => match self.expr(day, env)? {
                Val::Day(day) => match self.so_long(by, env)? {
                    Some(by) => Val::Day(later(self.plan, day, &by)?),
                    None => Val::None,
                },
                _ => Val::None,
            },
            K::PeriodStart | K::BindsFrom => match env.period {
                Some((first, _)) => Val::Day(first),
                None => return no("no period"),
            },
            K::PeriodEnd | K::BindsThrough => match env.period {
                Some((_, last)) => Val::Day(last),
                None => return no("no period"),
            },
            K::DueDayOf(clause) => {
                let Some(inst) = env.inst else { return no("the due day of another clause, outside of an instance") };
                let other = Inst { clause: *clause, wording: 0, ..inst };
                let norm = self.norm_of(other)?;
                let [body] = norm.bodies.as_slice() else { return no("several readings") };
                match self.case(norm, body, other)? {
                    Some(_) if self.owes_no_share(norm, other)? => Val::None,
                    Some(case) => case.days.last.map_or(Val::None, Val::Day),
                    None => Val::None,
                }
            }
            K::TermStart(clause) => match self.term_of(*clause, env)? {
                Some((first, _)) => Val::Day(first),
                None => return no("the start of one of several terms"),
            },
            K::TermEnd(clause) => match self.term_of(*clause, env)? {
                Some((_, Some(last))) => Val::Day(last),
                Some((_, None)) => Val::None,
                None => match self.terms(*clause, env)?.last() {
                    Some((_, Some(last))) => Val::Day(*last),
                    _ => Val::None,
                },
            },
            K::Plus(a, b) => self.both(a, b, env, |a, b| Some(a.plus(b)))?,
            K::Minus(a, b) => self.both(a, b, env, |a, b| Some(a.minus(b)))?,
            K::Times(a, b) => self.both(a, b, env, |a, b| Some(a.times(b)))?,
            K::DividedBy(a, b) => self.both(a, b, env, Number::divided_by)?,
            K::Count(of) => Val::Number(Number::count(self.rows_of(of, env)?.len())),
            K::CountDifferent(what, of) => {
                self.is_all_told(of, env)?;
                let mut found: Vec<Val> = vec![];
                for row in self.rows_of(of, env)? {
                    let val = self.expr(what, &self.inside(of, row, env)?)?;
                    if val != Val::None && !found.iter().any(|one| same(one, &val)) {
                        found.push(val);
                    }
                }
                Val::Number(Number::count(found.len()))
            }
            K::Sum(what, of) => {
                self.is_all_told(of, env)?;
                let mut sum: Option<Val> = None;
                for row in self.rows_of(of, env)? {
                    let val = self.expr(what, &self.inside(of, row, env)?)?;
                    sum = match (sum, val) {
                        (sum, Val::None) => sum,
                        (None, val) => Some(val),
                        (Some(Val::Number(a)), Val::Number(b)) => Some(Val::Number(a.plus(&b))),
                        (Some(Val::Money(a)), Val::Money(b)) => match a.plus(&b) {
                            Some(sum) => Some(Val::Money(sum)),
                            None => return no("two currencies"),
                        },
                        _ => return no("a sum of other things"),
                    };
                }
                match (sum, &expr.ty, self.plan.currency) {
                    (Some(sum), _, _) => sum,
                    (None, overens::model::expr::Ty::Money, Some(currency)) => {
                        Val::Money(Money::new(Number::ZERO, currency))
                    }
                    (None, _, _) => Val::Number(Number::ZERO),
                }
            }
            K::EarliestOf(days) | K::LatestOf(days) => {
                let mut given: Vec<Day> = vec![];
                for day in days {
                    if let Val::Day(day) = self.expr(day, env)? {
                        given.push(day);
                    }
                }
                given.sort();
                let found = if matches!(expr.kind, K::EarliestOf(_)) { given.first() } else { given.last() };
                found.map_or(Val::None, |day| Val::Day(*day))
            }
            K::Earliest(what, of) | K::Latest(what, of) => {
                self.is_all_told(of, env)?;
                if !self.tried.is_empty() {
                    return no("a first or last day where something is not known");
                }
                let mut found = None;
                for row in self.rows_of(of, env)? {
                    if let Val::Day(day) = self.expr(what, &self.inside(of, row, env)?)? {
                        let better =
                            |other: Day| if matches!(expr.kind, K::Earliest(..)) { day < other } else { day > other };
                        if found.is_none_or(better) {
                            found = Some(day);
                        }
                    }
                }
                found.map_or(Val::None, Val::Day)
            }
            K::DaysBetween(a, b) => match (self.expr(a, env)?, self.expr(b, env)?) {
                (Val::Day(a), Val::Day(b)) => Val::Number(Number::from(i64::from(a.days_until(b)))),
                _ => Val::None,
            },
            K::WholeMonthsBetween(a, b) => match (self.expr(a, env)?, self.expr(b, env)?) {
                (Val::Day(a), Val::Day(b)) => Val::Number(Number::from(i64::from(whole_months(a, b)))),
                _ => Val::None,
            },
            K::WorkingDaysBetween(a, b) => match (self.expr(a, env)?, self.expr(b, env)?) {
                (Val::Day(a), Val::Day(b)) if a <= b => {
                    let (mut day, mut many) = (a, 0);
                    while day < b {
                        day = day.following();
                        many += usize::from(is_working_day(self.plan, day)?);
                    }
                    Val::Number(Number::count(many))
                }
                (Val::Day(_), Val::Day(_)) => return no("working days backwards"),
                _ => Val::None,
            },
            K::OnDay { of, day } => match self.expr(day, env)? {
                Val::Day(day) if day > self.as_of && matches!(of.kind, K::Count(_) | K::Sum(..)) => {
                    return no("rows of a day to come");
                }
                Val::Day(day) => self.expr(of, &Env { given_by: day, ..env.on(day) })?,
                _ => Val::None,
            },
            K::Per { give, per, of, part } => match self.expr(of, env)? {
                Val::Number(of) => {
                    let Some(units) = of.divided_by(per) else { return Ok(Val::None) };
                    let units = match part {
                        Rounding::Up => units.ceil(),
                        Rounding::Down => units.floor(),
                        _ => return no("a part of a unit"),
                    };
                    Val::Number(units.times(give))
                }
                _ => Val::None,
            },
            K::Rounded { of, to, way } => match (self.expr(of, env)?, self.expr(to, env)?) {
                (Val::Number(of), Val::Number(to)) => rounded(&of, &to, *way).map_or(Val::None, Val::Number),
                (Val::Money(of), Val::Money(to)) => {
                    rounded(&of.amount, &to.amount, *way).map_or(Val::None, |amount| Val::Money(of.with(amount)))
                }
                _ => Val::None,
            },
            K::Value(id) => {
                let Some(value) = self.plan.value(*id) else { return no("no value") };
                let mut found = None;
                for amount in &value.amounts {
                    let begun = amount.from.is_none_or(|from| from <= env.day);
                    if begun && amount.by.map_or(Ok(true), |by| self.is_adopted(by))? {
                        found = Some(&amount.amount);
                    }
                }
                match found {
                    Some(amount) => self.expr(amount, &Env { rows: vec![], ..env.clone() })?,
                    None => return no("a value before its first day"),
                }
            }
            K::Defined { definition, row } => match self.amount_of(*definition, row.as_ref(), env)? {
                Some((amount, inner)) => self.expr(amount, &inner)?,
                None => return Ok(Val::None),
            },
            K::OfDay(what, day) => match self.expr(day, env)? {
                Val::Day(day) => self.of_day(*what, day)?,
                _ => Val::None,
            },
            K::Held(field) => match self.field_of(field, env)? {
                Val::Set(held) => Val::Number(Number::count(held.len())),
                _ => Val::None,
            },
            _ => return no("an amount of another form"),
        })
    }

    fn of_day(&self, what: OfDay, day: Day) -> R<Val> {
        let calendar = &self.plan.calendar;
        let told =
            |answer: Option<bool>| answer.map(Val::YesNo).ok_or(Stop::NoOpinion("a year outside of the calendar"));
        match what {
            OfDay::Weekday => Ok(Val::Word(day.weekday().name().to_string())),
            OfDay::IsWorkingDay => Ok(Val::YesNo(is_working_day(self.plan, day)?)),
            OfDay::IsPublicHoliday => told(calendar.holiday(day).ok().map(|holiday| holiday.is_some())),
            OfDay::StartOf(part) => {
                let mut day = day;
                while day.day() != 1 || !begins(part, day.month()) {
                    day = day.preceding();
                }
                Ok(Val::Day(day))
            }
            OfDay::EndOf(part) => {
                let mut next = day.following();
                while next.day() != 1 || !begins(part, next.month()) {
                    next = next.following();
                }
                Ok(Val::Day(next.preceding()))
            }
            OfDay::Year => Ok(Val::Number(Number::from(i64::from(day.year())))),
            OfDay::WeekdayOfWeek(weekday) | OfDay::NthWeekday { nth: 1, weekday } => {
                let mut day = day;
                while day.weekday() != weekday {
                    day = day.following();
                }
                Ok(Val::Day(day))
            }
            OfDay::NthWeekday { nth, weekday } => {
                let Val::Day(before) = self.of_day(OfDay::NthWeekday { nth: nth - 1, weekday }, day)? else {
                    return no("a day of another form");
                };
                Ok(Val::Day(before.plus_days(7)))
            }
            OfDay::LastWeekday(weekday) => {
                let mut day = day;
                while day.weekday() != weekday {
                    day = day.preceding();
                }
                Ok(Val::Day(day))
            }
            OfDay::EndOfNextMonth => no("a day of another form"),
        }
    }

    /// The words that a definition comes to, with the row that they speak of; nothing where there is no such row.
    pub fn amount_of(&self, id: DefinitionId, row: Option<&Row>, env: &Env) -> R<Option<(&Expr, Env)>> {
        let row = match row.map(|row| self.row(row, env)).transpose()? {
            None => None,
            Some(None) => return Ok(None),
            Some(row) => row,
        };
        let inner = Env { rows: vec![row], ..env.clone() };
        let Some(Definition { body: DefinitionBody::Amount { cases, otherwise }, .. }) = self.plan.definition(id)
        else {
            return no("a definition that is no amount");
        };
        for (cond, amount) in cases {
            if self.asks(cond, true, &inner)? {
                return Ok(Some((amount, inner)));
            }
        }
        Ok(Some((otherwise, inner)))
    }

    /// Rows that nobody wrote down are alike here, and a sum of them has no bounds.
    fn is_all_told(&self, of: &Collection, env: &Env) -> R<()> {
        let told = |day: Day| self.is_told(of.record, day);
        if told(env.from) && told(env.day.min(self.as_of)) {
            return Ok(());
        }
        no("a sum, a first or last day, or a count of different ones, of a list that is not complete")
    }

    pub fn is_adopted(&self, id: AmendmentId) -> R<bool> {
        match self.plan.amendment(id).map(|one| &one.adopted) {
            Some(Adopted::On(day)) => Ok(*day <= self.as_of),
            Some(Adopted::Supposed(Supposed::Adopted)) => Ok(true),
            Some(Adopted::NotYet | Adopted::Supposed(Supposed::NotAdopted)) => Ok(false),
            Some(Adopted::By(decision)) => {
                let (day, from) = (self.as_of, self.plan.force.from);
                self.asks(decision, true, &Env { rows: vec![], day, given_by: day, period: None, from, inst: None })
            }
            None => no("no such amendment"),
        }
    }

    fn both(&self, a: &Expr, b: &Expr, env: &Env, of: impl Fn(&Number, &Number) -> Option<Number>) -> R<Val> {
        Ok(match self.apart(|| self.expr(a, env), || self.expr(b, env))? {
            (Val::Number(a), Val::Number(b)) => of(&a, &b).map_or(Val::None, Val::Number),
            (Val::Money(a), Val::Number(b)) => of(&a.amount, &b).map_or(Val::None, |n| Val::Money(a.with(n))),
            (Val::Number(a), Val::Money(b)) => of(&a, &b.amount).map_or(Val::None, |n| Val::Money(b.with(n))),
            (Val::Money(a), Val::Money(b)) if a.currency == b.currency => {
                of(&a.amount, &b.amount).map_or(Val::None, |n| Val::Money(a.with(n)))
            }
            (Val::None, _) | (_, Val::None) => Val::None,
            _ => return no("reckoning with other things"),
        })
    }

    /// The day of an edge; nothing where what it hangs on is none.
    pub fn edge(&self, edge: &Edge, env: &Env) -> R<Option<Day>> {
        let day = |expr: &Expr| match self.expr(expr, env)? {
            Val::Day(day) => Ok(Some(day)),
            Val::None => Ok(None),
            _ => no("no day"),
        };
        match edge {
            Edge::On(at) => day(at),
            Edge::DayBefore(at) => Ok(day(at)?.map(Day::preceding)),
            Edge::DayAfter(at) => Ok(day(at)?.map(Day::following)),
            Edge::Lapse { anchor, by } => {
                let Some(anchor) = day(anchor)? else { return Ok(None) };
                self.so_long(by, env)?.map(|by| later(self.plan, anchor, &by)).transpose()
            }
            Edge::Open | Edge::Never | Edge::Blank { .. } => no("an edge without a day"),
            Edge::Length { .. } => no("a length of time"),
            Edge::YearOfTerm { year, end } => {
                let Some((first, last)) = env.period else { return no("a year of no term") };
                if year.counted == YearCounted::Calendar {
                    // The year that the term begins in is the first.
                    let of = first.year() + i32::try_from(year.number).unwrap_or(1) - 1;
                    let (Some(begins), Some(ends)) = (Day::of(of, 1, 1), Day::of(of, 12, 31)) else {
                        return no("a year past all years");
                    };
                    if begins > last {
                        return no("a year that a term does not have");
                    }
                    return Ok(Some(if *end == WhichEnd::First { begins.max(first) } else { ends.min(last) }));
                }
                let years = |many: u32| term_end(first, &Period::years(i32::try_from(many).unwrap_or(0)));
                let begins = if year.number == 1 { first } else { years(year.number - 1)?.following() };
                if begins > last {
                    return no("a year that a term does not have");
                }
                Ok(Some(if *end == WhichEnd::First { begins } else { years(year.number)?.min(last) }))
            }
            Edge::OfTerm { end, .. } => {
                Ok(env.period.map(|(first, last)| if *end == WhichEnd::First { first } else { last }))
            }
        }
    }
}

pub fn less(a: &Val, b: &Val) -> R<Option<bool>> {
    match (a, b) {
        (Val::Number(a), Val::Number(b)) => Ok(Some(a < b)),
        (Val::Money(a), Val::Money(b)) => match a.compare(b) {
            Some(order) => Ok(Some(order.is_lt())),
            None => no("two currencies"),
        },
        (Val::None, _) | (_, Val::None) => Ok(None),
        _ => no("less than other things"),
    }
}

pub fn same(a: &Val, b: &Val) -> bool {
    match (a, b) {
        (Val::Money(a), Val::Money(b)) => a.compare(b) == Some(std::cmp::Ordering::Equal),
        _ => a == b,
    }
}

/// Whether a part of the calendar begins with a month.
fn begins(part: Part, month: u32) -> bool {
    match part {
        Part::Month => true,
        Part::Quarter => [1, 4, 7, 10].contains(&month),
        Part::HalfYear => [1, 7].contains(&month),
        Part::Year => month == 1,
    }
}
