//! Questions and amounts, each asked on a plain day of a world where everything is known.

use overens::model::amendment::{Adopted, AmendmentId, Supposed};
use overens::model::clause::{Edge, When};
use overens::model::expr::{
    Asks, ClauseId, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, On, Row, Sense, Set, Test,
};
use overens::model::schema::{AGREEMENT, RecordId, Shape};
use overens::model::{Definition, DefinitionBody};
use overens::plan::NormTest;
use overens::value::{Day, Money, Number, Rounding, last_day, round_to, shift, whole_months_between};

use super::judge::Inst;
use super::world::{R, Stop, Val, World, no};

/// For what a question is asked: the rows that are bound, and the days.
#[derive(Clone, Debug)]
pub struct Env {
    pub rows: Vec<Option<(RecordId, u32)>>,
    /// The day on which values, memberships and lists are asked.
    pub day: Day,
    /// The day by which a date must have come to be given.
    pub given_by: Day,
    pub period: Option<(Day, Day)>,
    /// The first day of force.
    pub from: Day,
    /// The instance that is judged.
    pub inst: Option<Inst>,
}

impl Env {
    pub fn on(&self, day: Day) -> Env {
        Env { day, ..self.clone() }
    }

    pub fn bind(&self, var: overens::model::expr::Var, row: (RecordId, u32)) -> Env {
        let mut env = self.clone();
        let at = usize::from(var.0);
        while env.rows.len() <= at {
            env.rows.push(None);
        }
        env.rows[at] = Some(row);
        env
    }
}

impl World<'_> {
    // ---- conditions --------------------------------------------------------------------------------------------------

    /// Whether the condition holds (`so`), or its opposite does. What is absent makes both false.
    pub fn asks(&self, cond: &Cond, so: bool, env: &Env) -> R<bool> {
        match &cond.kind {
            CondKind::Always => Ok(so),
            CondKind::And(parts) => self.joint(parts, so, so, env),
            CondKind::Or(parts) => self.joint(parts, !so, so, env),
            CondKind::Not(inner) => self.asks(inner, !so, env),
            CondKind::Test(test) => self.test(test, so, env),
            CondKind::All { of, test } => {
                let mut all = true;
                for row in self.rows_of(of, env)? {
                    let inner = self.inside(of, row, env)?;
                    if !self.asks(test, true, &inner)? {
                        all = false;
                        if !so && self.asks(test, false, &inner)? {
                            return Ok(true);
                        }
                    }
                }
                Ok(so && all)
            }
            CondKind::Some(of) => Ok(self.rows_of(of, env)?.is_empty() != so),
            CondKind::Defined { definition, row } => {
                let Some(row) = self.row(row, env)? else { return Ok(false) };
                match self.plan.definition(*definition) {
                    Some(Definition { body: DefinitionBody::Condition(cond), .. }) => {
                        self.asks(cond, so, &Env { rows: vec![Some(row)], ..env.clone() })
                    }
                    _ => no("a definition that is no condition"),
                }
            }
            CondKind::OnDay { of, day } => match self.expr(day, env)? {
                Val::Day(day) => self.asks(of, so, &Env { given_by: day, ..env.on(day) }),
                _ => Ok(false),
            },
            CondKind::Judged { .. } => Err(Stop::Weigh),
        }
    }

    /// All of these, or one of these.
    fn joint(&self, parts: &[Cond], all: bool, so: bool, env: &Env) -> R<bool> {
        let mut waits = None;
        for part in parts {
            match self.asks(part, so, env) {
                Ok(holds) if holds != all => return Ok(!all),
                Ok(_) => {}
                Err(stop @ (Stop::Weigh | Stop::Never)) => waits = Some(stop),
                Err(stop) => return Err(stop),
            }
        }
        waits.map_or(Ok(all), Err)
    }

    fn test(&self, test: &Test, so: bool, env: &Env) -> R<bool> {
        let straight = (test.sense == Sense::Straight) == so;
        let told = |holds: Option<bool>| Ok(holds.is_some_and(|holds| holds == straight));
        match &test.asks {
            Asks::Given(field) => {
                let given = match self.field_of(field, env)? {
                    Val::None => false,
                    Val::Day(day) => day <= env.given_by,
                    _ => true,
                };
                Ok(given == straight)
            }
            Asks::Before(a, b) => {
                let (a, b) = (self.expr(a, env)?, self.expr(b, env)?);
                told(match (a, b) {
                    (Val::Day(a), Val::Day(b)) => Some(a < b),
                    (Val::None, _) | (_, Val::None) => None,
                    _ => return no("before what is no day"),
                })
            }
            Asks::Less(a, b) => {
                let (a, b) = (self.expr(a, env)?, self.expr(b, env)?);
                told(less(&a, &b)?)
            }
            Asks::OneOf(one, options) => {
                let one = self.expr(one, env)?;
                let (mut found, mut absent) = (false, one == Val::None);
                for option in options {
                    let option = self.expr(option, env)?;
                    absent |= option == Val::None;
                    found |= one != Val::None && same(&one, &option);
                }
                // Beside an absent option the others may still be the one.
                if found { told(Some(true)) } else { told(if absent { None } else { Some(false) }) }
            }
            Asks::Holds(set, items) => {
                let set = self.field_of(set, env)?;
                let mut all = true;
                for item in items {
                    let item = self.expr(item, env)?;
                    match &set {
                        Val::Set(held) => all &= held.iter().any(|one| same(one, &item)),
                        Val::None => return Ok(false),
                        _ => return no("no set"),
                    }
                }
                told(Some(all))
            }
            Asks::In { row, set, on } => {
                let Some(row) = self.row(row, env)? else { return Ok(false) };
                let day = match on {
                    On::Then => env.day,
                    On::Day(day) => match self.expr(day, env)? {
                        Val::Day(day) => day,
                        _ => return Ok(false),
                    },
                    On::Throughout(..) => return no("throughout"),
                };
                match set {
                    Set::Rows(of) => {
                        if of.record != row.0 {
                            return told(Some(false));
                        }
                        told(Some(self.belongs(of, row.1, &env.on(day))?))
                    }
                    Set::Listed(field) => match self.field_of(field, env)? {
                        Val::Set(held) => told(Some(held.contains(&Val::Row(row.0, row.1)))),
                        _ => Ok(false),
                    },
                    Set::Named { definition, .. } => match self.plan.definition(*definition) {
                        Some(Definition { body: DefinitionBody::Listed(ids), .. }) => {
                            let id = self.facts.id(row.0, overens::facts::Row(row.1));
                            told(Some(ids.iter().any(|one| one == id)))
                        }
                        _ => no("no list"),
                    },
                }
            }
            _ => no("a question of another form"),
        }
    }

    /// Whether every `if` is met and no `unless` is.
    pub fn reaches(&self, conditions: &[When], env: &Env) -> R<bool> {
        let mut waits = None;
        for when in conditions {
            let met = match when {
                When::If(cond) => self.asks(cond, true, env),
                When::Unless(cond) => self.asks(cond, true, env).map(|met| !met),
            };
            match met {
                Ok(true) => {}
                Ok(false) => return Ok(false),
                Err(stop @ (Stop::Weigh | Stop::Never)) => waits = Some(stop),
                Err(stop) => return Err(stop),
            }
        }
        waits.map_or(Ok(true), Err)
    }

    // ---- rows --------------------------------------------------------------------------------------------------------

    /// The rows of a collection in a condition: events up to the day asked, what lasts on it, who is a member on it.
    pub fn rows_of(&self, of: &Collection, env: &Env) -> R<Vec<u32>> {
        let first = if matches!(self.shape(of.record), Shape::Event { .. }) { env.from } else { env.day };
        let mut found = vec![];
        for row in self.rows(of.record, first, env.day.min(self.as_of).max(first))? {
            if self.belongs(of, row, env)? {
                found.push(row);
            }
        }
        Ok(found)
    }

    fn belongs(&self, of: &Collection, row: u32, env: &Env) -> R<bool> {
        match self.shape(of.record) {
            Shape::Event { .. } => {
                let Some(day) = self.own_day(of.record, row)? else { return Ok(false) };
                if day > env.day || day > self.as_of || self.is_cancelled(of.record, row)? {
                    return Ok(false);
                }
                if day < env.from {
                    return if speaks_of_a_day(&of.filter) { no("days before the force") } else { Ok(false) };
                }
            }
            Shape::Lasts { .. } => {
                if !self.lasts_on(of.record, row, env.day)? {
                    return Ok(false);
                }
            }
            Shape::Plain => {
                if !self.is_written(of.record, row) && self.is_told(of.record, env.day) {
                    return Ok(false);
                }
            }
        }
        if let Some(membership) = of.members_of
            && !self.is_member(membership, row, env.day)?
        {
            return Ok(false);
        }
        self.asks(&of.filter, true, &self.inside(of, row, env)?)
    }

    /// The day on which a row of a collection is asked: an event's own day.
    pub fn inside(&self, of: &Collection, row: u32, env: &Env) -> R<Env> {
        let bound = env.bind(of.var, (of.record, row));
        Ok(match self.shape(of.record) {
            Shape::Event { .. } => match self.own_day(of.record, row)? {
                Some(day) => bound.on(day),
                None => bound,
            },
            Shape::Plain | Shape::Lasts { .. } => bound,
        })
    }

    /// First and last day of a membership; nothing for a record that never was a member.
    pub fn membership(&self, clause: ClauseId, row: u32) -> R<Option<(Day, Option<Day>)>> {
        let norms: Vec<_> = self.plan.norms_of(clause).collect();
        let [(_, norm)] = norms.as_slice() else { return no("a membership of several wordings") };
        let [body] = norm.bodies.as_slice() else { return no("a membership of several readings") };
        let NormTest::Member(lasting) = &body.test else { return no("no membership") };
        let record = norm.subjects[0].record;
        let from = norm.force.from.max(self.plan.force.from);
        let bare = Env {
            rows: vec![Some((record, row))],
            day: self.as_of,
            given_by: self.as_of,
            period: None,
            from,
            inst: None,
        };
        let Val::Day(first) = self.expr(&lasting.from, &bare)? else { return Ok(None) };
        let joining = Env { day: first, given_by: first, ..bare.clone() };
        if !self.reaches(&body.conditions, &joining)? {
            return Ok(None);
        }
        let last = match &lasting.until {
            None => None,
            Some(edge) => self.edge(edge, &bare)?.map(Day::preceding),
        };
        if last.is_some_and(|last| last < first) {
            return Ok(None);
        }
        Ok(Some((first, last)))
    }

    pub fn is_member(&self, clause: ClauseId, row: u32, day: Day) -> R<bool> {
        let days = self.membership(clause, row)?;
        Ok(days.is_some_and(|(first, last)| first <= day && last.is_none_or(|last| day <= last)))
    }

    pub fn row(&self, row: &Row, env: &Env) -> R<Option<(RecordId, u32)>> {
        match row {
            Row::Var(var) => match env.rows.get(usize::from(var.0)).copied().flatten() {
                Some(row) => Ok(Some(row)),
                None => no("an unbound row"),
            },
            Row::Agreement => Ok(Some((AGREEMENT, 0))),
            Row::Follow(field) => match self.field_of(field, env)? {
                Val::Row(record, row) => Ok(Some((record, row))),
                Val::None => Ok(None),
                _ => no("no reference"),
            },
            Row::Beside(_) => no("neighbours"),
        }
    }

    pub fn field_of(&self, field: &FieldOf, env: &Env) -> R<Val> {
        match self.row(&field.row, env)? {
            None => Ok(Val::None),
            Some((record, row)) => self.field(record, row, field.field, env.day),
        }
    }

    // ---- amounts and days --------------------------------------------------------------------------------------------

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
                match day.in_year(year) {
                    Some(day) => Val::Day(day),
                    None => return Err(Stop::Weigh),
                }
            }
            K::Shift { day, by } => match self.expr(day, env)? {
                Val::Day(day) => match shift(day, by, self.plan.months, &self.plan.calendar) {
                    Ok(day) => Val::Day(day),
                    Err(_) => return Err(Stop::Weigh),
                },
                _ => Val::None,
            },
            K::PeriodStart => match env.period {
                Some((first, _)) => Val::Day(first),
                None => return no("no period"),
            },
            K::PeriodEnd => match env.period {
                Some((_, last)) => Val::Day(last),
                None => return no("no period"),
            },
            K::DueDayOf(clause) => {
                let Some(inst) = env.inst else { return no("the due day of another clause, outside of an instance") };
                let other = Inst { clause: *clause, wording: 0, ..inst };
                let norm = self.norm_of(other)?;
                let [body] = norm.bodies.as_slice() else { return no("several readings") };
                match self.case(norm, body, other)? {
                    Some(case) => case.days.last.map_or(Val::None, Val::Day),
                    None => Val::None,
                }
            }
            K::TermStart(clause) => {
                let terms = self.terms(*clause, env)?;
                let [(first, _)] = terms.as_slice() else { return no("the start of one of several terms") };
                Val::Day(*first)
            }
            K::TermEnd(clause) => match self.terms(*clause, env)?.last() {
                Some((_, Some(last))) => Val::Day(*last),
                _ => Val::None,
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
            K::Earliest(what, of) | K::Latest(what, of) => {
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
                (Val::Day(a), Val::Day(b)) => Val::Number(Number::from(i64::from(whole_months_between(a, b)))),
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
                (Val::Number(of), Val::Number(to)) => round_to(&of, &to, *way).map_or(Val::None, Val::Number),
                (Val::Money(of), Val::Money(to)) => {
                    round_to(&of.amount, &to.amount, *way).map_or(Val::None, |amount| Val::Money(of.with(amount)))
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
            K::Defined { definition, row } => {
                let row = match row {
                    None => None,
                    Some(row) => match self.row(row, env)? {
                        None => return Ok(Val::None),
                        row => row,
                    },
                };
                let inner = Env { rows: vec![row], ..env.clone() };
                match self.plan.definition(*definition) {
                    Some(Definition { body: DefinitionBody::Amount { cases, otherwise }, .. }) => {
                        for (cond, amount) in cases {
                            if self.asks(cond, true, &inner)? {
                                return self.expr(amount, &inner);
                            }
                        }
                        self.expr(otherwise, &inner)?
                    }
                    _ => return no("a definition that is no amount"),
                }
            }
            K::OfDay(overens::value::OfDay::Weekday, day) => match self.expr(day, env)? {
                Val::Day(day) => Val::Word(day.weekday().name().to_string()),
                _ => Val::None,
            },
            K::Held(field) => match self.field_of(field, env)? {
                Val::Set(held) => Val::Number(Number::count(held.len())),
                _ => Val::None,
            },
            _ => return no("an amount of another form"),
        })
    }

    /// Rows that nobody wrote down are alike here, and a sum of them has no bounds.
    fn is_all_told(&self, of: &Collection, env: &Env) -> R<()> {
        let told = |day: Day| self.is_told(of.record, day);
        if told(env.from) && told(env.day.min(self.as_of)) {
            return Ok(());
        }
        no("a sum, or a count of different ones, of a list that is not complete")
    }

    pub fn is_adopted(&self, id: AmendmentId) -> R<bool> {
        match self.plan.amendment(id).map(|one| &one.adopted) {
            Some(Adopted::On(day)) => Ok(*day <= self.as_of),
            Some(Adopted::Supposed(Supposed::Adopted)) => Ok(true),
            Some(Adopted::NotYet | Adopted::Supposed(Supposed::NotAdopted)) => Ok(false),
            _ => no("an amendment that facts adopt"),
        }
    }

    fn both(&self, a: &Expr, b: &Expr, env: &Env, of: impl Fn(&Number, &Number) -> Option<Number>) -> R<Val> {
        Ok(match (self.expr(a, env)?, self.expr(b, env)?) {
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
                match last_day(anchor, by, self.plan.months, &self.plan.calendar) {
                    Ok(due) => Ok(Some(due.last)),
                    Err(_) => Err(Stop::Weigh),
                }
            }
            Edge::Open | Edge::Never | Edge::Blank { .. } => no("an edge without a day"),
            Edge::Length { .. } => no("a length of time"),
            Edge::YearOfTerm { .. } | Edge::OfTerm { .. } => no("an edge of a term"),
        }
    }
}

fn less(a: &Val, b: &Val) -> R<Option<bool>> {
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

fn same(a: &Val, b: &Val) -> bool {
    match (a, b) {
        (Val::Money(a), Val::Money(b)) => a.compare(b) == Some(std::cmp::Ordering::Equal),
        _ => a == b,
    }
}

/// Whether a filter compares days: then it says itself which span it asks of.
fn speaks_of_a_day(cond: &Cond) -> bool {
    match &cond.kind {
        CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(speaks_of_a_day),
        CondKind::Not(inner) => speaks_of_a_day(inner),
        CondKind::Test(test) => matches!(test.asks, Asks::Before(..)),
        _ => false,
    }
}
