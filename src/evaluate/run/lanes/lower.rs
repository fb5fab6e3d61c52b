//! From expressions to lanes. What has no lane gives nothing, and the judge takes the clause.

use std::cell::Cell;
use std::rc::Rc;

use super::block::{NO, YES};
use super::look::{Look, Path};
use super::steps::{Condition, Days, How, Rule, Value, Wholes};
use crate::evaluate::expr::form::{Form, Reached, Reckoned, first_reached, form, last_reached, reached};
use crate::evaluate::knowledge::world::World;
use crate::facts::Column;
use crate::facts::column::Data;
use crate::model::DefinitionBody;
use crate::model::clause::{Edge, Lasting};
use crate::model::expr::{Asks, ClauseId, Collection, Cond, DefinitionId, Expr, ExprKind, FieldOf, Row, Sense, Ty};
use crate::model::schema::{FieldId, RecordId};
use crate::plan::{Body, Moved, NormTest};
use crate::value::{Number, YearlyDay};

/// What is known when a lane is made: the world, and which row each variable stands for.
#[derive(Clone)]
pub struct Lowering<'w> {
    pub world: World<'w>,
    /// The way from the rows of the lane to the row of each variable; nothing for one that is not bound here.
    pub rows: Vec<Option<Path<'w>>>,
    /// How many steps may still be made, whatever they are for.
    left: Rc<Cell<u32>>,
}

/// So many steps are made for one clause. A definition is made anew wherever it is named, so that one that names another twice,
/// which names a third twice, grows beyond all bounds: the judge takes such a clause, and works each definition out once.
const MOST_STEPS: u32 = 4_096;

/// What an expression gives.
enum Lane<'w> {
    Days(Days<'w>),
    Wholes(Wholes<'w>),
    Words(Look<'w, u32>),
    Rows(Look<'w, u32>, RecordId),
    Answers(Look<'w, u8>),
}

/// The years whose yearly days are worked out beforehand.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

impl<'w> Lowering<'w> {
    /// For rows that one variable stands for.
    pub fn of_rows(world: World<'w>, var: u8) -> Lowering<'w> {
        let mut rows = vec![None; usize::from(var)];
        rows.push(Some(Path::new()));
        Lowering { world, rows, left: Rc::new(Cell::new(MOST_STEPS)) }
    }

    /// The same with other rows, out of the same room.
    fn with_rows(&self, rows: Vec<Option<Path<'w>>>) -> Lowering<'w> {
        Lowering { world: self.world, rows, left: Rc::clone(&self.left) }
    }

    /// Makes a step, if there may be one more.
    fn step(&self) -> Option<()> {
        self.left.set(self.left.get().checked_sub(1)?);
        Some(())
    }

    // ---- conditions --------------------------------------------------------------------------------------------------

    pub fn condition(&self, condition: &'w Cond) -> Option<Condition<'w>> {
        self.weighed(condition, Sense::Straight)
    }

    fn weighed(&self, condition: &'w Cond, sense: Sense) -> Option<Condition<'w>> {
        self.step()?;
        let parts =
            |parts: &'w [Cond], sense| parts.iter().map(|part| self.weighed(part, sense)).collect::<Option<Vec<_>>>();
        Some(match form(condition, sense) {
            Form::Fixed(holds) => Condition::Always(if holds { YES } else { NO }),
            Form::All(all, sense) => Condition::All(parts(all, sense)?),
            Form::Any(all, sense) => Condition::Any(parts(all, sense)?),
            Form::Turned(inner, sense) => self.weighed(inner, sense)?,
            Form::Test(test, sense) => self.test(&test.asks, sense)?,
            Form::Defined { definition, row, sense } => self.defined(definition, row, sense)?,
            Form::Each { .. } | Form::Some(..) | Form::OnDay { .. } | Form::Judged(_) => return None,
        })
    }

    fn defined(&self, definition: DefinitionId, row: &'w Row, sense: Sense) -> Option<Condition<'w>> {
        let DefinitionBody::Condition(condition) = &self.world.plan.definition(definition)?.body else { return None };
        self.within(row)?.weighed(condition, sense)
    }

    /// A definition speaks of its row as variable 0. A row that is reached by reference may be absent, which a definition and
    /// its opposite take alike: that has no lane.
    fn within(&self, row: &'w Row) -> Option<Lowering<'w>> {
        let path = self.path(row)?;
        path.is_empty().then(|| self.with_rows(vec![Some(path)]))
    }

    fn test(&self, asks: &'w Asks, sense: Sense) -> Option<Condition<'w>> {
        match asks {
            Asks::Given(field) => self.given(field, sense),
            Asks::Before(a, b) => match (self.lane(a)?, self.lane(b)?) {
                (Lane::Days(a), Lane::Days(b)) => Some(Condition::Before { a, b, sense }),
                _ => None,
            },
            Asks::Less(a, b) => {
                // Amounts of a currency are kept in hundredths, plain numbers as they are.
                let alike = (a.ty == Ty::Money) == (b.ty == Ty::Money);
                match (self.lane(a)?, self.lane(b)?) {
                    (Lane::Wholes(a), Lane::Wholes(b)) if alike => Some(Condition::Less { a, b, sense }),
                    _ => None,
                }
            }
            Asks::OneOf(left, options) => self.one_of(left, options, sense),
            Asks::About { .. } | Asks::Holds(..) | Asks::HoldsOnly(..) | Asks::SameSet(..) => None,
            Asks::HoldsEach { .. } | Asks::In { .. } => None,
        }
    }

    fn given(&self, field: &'w FieldOf, sense: Sense) -> Option<Condition<'w>> {
        Some(match self.field(field)? {
            Lane::Days(day) => Condition::DayGiven { day, by: self.world.as_of.0, sense },
            Lane::Wholes(Wholes::Column(look)) => Condition::Given { what: Value::Whole(look), sense },
            Lane::Words(look) | Lane::Rows(look, _) => Condition::Given { what: Value::Word(look), sense },
            Lane::Answers(look) => Condition::Given { what: Value::YesNo(look), sense },
            Lane::Wholes(_) => return None,
        })
    }

    fn one_of(&self, left: &'w Expr, options: &'w [Expr], sense: Sense) -> Option<Condition<'w>> {
        let facts = self.world.facts;
        match self.lane(left)? {
            Lane::Days(day) => {
                let fixed = |option: &Expr| if let ExprKind::Day(day) = option.kind { Some(day.0) } else { None };
                let days = options.iter().map(fixed).collect::<Option<Vec<_>>>()?;
                Some(Condition::SameDay { day, days, sense })
            }
            Lane::Wholes(whole) => {
                let alike = |option: &&Expr| (option.ty == Ty::Money) == (left.ty == Ty::Money);
                let fixed = |option: &'w Expr| match self.lane(option) {
                    Some(Lane::Wholes(Wholes::Fixed(number))) => Some(number),
                    _ => None,
                };
                let all = options.iter().all(|option| alike(&option));
                let wholes = options.iter().map(fixed).collect::<Option<Vec<_>>>().filter(|_| all)?;
                Some(Condition::SameWhole { whole, wholes, sense })
            }
            Lane::Words(word) => {
                let text = |option: &'w Expr| if let ExprKind::Text(text) = &option.kind { Some(text) } else { None };
                let texts = options.iter().map(text).collect::<Option<Vec<_>>>()?;
                // A text that no fact holds is none of the values.
                let words = texts.into_iter().filter_map(|text| facts.words.find(text)).map(|word| word.0).collect();
                Some(Condition::Word { word, words, sense })
            }
            Lane::Rows(word, record) => {
                let row = |option: &'w Expr| match &option.kind {
                    ExprKind::Id(of, id) if *of == record => Some(facts.find(record, id).map(|row| row.0)),
                    _ => None,
                };
                let rows = options.iter().map(row).collect::<Option<Vec<_>>>()?;
                Some(Condition::Word { word, words: rows.into_iter().flatten().collect(), sense })
            }
            Lane::Answers(answer) => {
                let said = |option: &Expr| if let ExprKind::YesNo(said) = option.kind { Some(said) } else { None };
                let said = options.iter().map(said).collect::<Option<Vec<bool>>>()?;
                let holds = |answer: bool| u8::from(said.contains(&answer) == (sense == Sense::Straight));
                Some(Condition::YesNo { answer, yes: holds(true), no: holds(false) })
            }
        }
    }

    // ---- values ------------------------------------------------------------------------------------------------------

    pub fn days(&self, expr: &'w Expr) -> Option<Days<'w>> {
        if let Lane::Days(days) = self.lane(expr)? { Some(days) } else { None }
    }

    pub fn wholes(&self, expr: &'w Expr) -> Option<Wholes<'w>> {
        if let Lane::Wholes(wholes) = self.lane(expr)? { Some(wholes) } else { None }
    }

    fn lane(&self, expr: &'w Expr) -> Option<Lane<'w>> {
        self.step()?;
        let reckoned = |how, a: &'w Expr, b: &'w Expr| self.reckoned(how, a, b);
        Some(match &expr.kind {
            ExprKind::Day(day) => Lane::Days(Days::Fixed(day.0)),
            ExprKind::Number(number) => Lane::Wholes(Wholes::Fixed(whole(number)?)),
            ExprKind::Money(money) => Lane::Wholes(Wholes::Fixed(whole(&money.amount.times(&Number::from(100)))?)),
            ExprKind::Field(field) => self.field(field)?,
            ExprKind::Shift { day, by } => {
                let (day, by) = (Box::new(self.days(day)?), by.fixed()?);
                match by.months == 0 && by.working_days == 0 {
                    true => Lane::Days(Days::Later { day, by: by.days }),
                    false => Lane::Days(Days::Shifted { day, by: *by, rule: self.rule(Reckoned::Day) }),
                }
            }
            ExprKind::YearDay { day, year: Some(year) } => {
                let year = Box::new(self.wholes(year)?);
                Lane::Days(Days::OfYear { year, first: i64::from(*YEARS.start()), known: self.in_years(day) })
            }
            ExprKind::Plus(a, b) => reckoned(How::Plus, a, b)?,
            ExprKind::Minus(a, b) => reckoned(How::Minus, a, b)?,
            ExprKind::Times(a, b) => reckoned(How::Times, a, b)?,
            ExprKind::DaysBetween(a, b) => Lane::Wholes(Wholes::DaysBetween(Box::new((self.days(a)?, self.days(b)?)))),
            ExprKind::Value(value) => match self.world.plan.value(*value)?.amounts.as_slice() {
                [only] if only.from.is_none() && only.by.is_none() => self.lane(&only.amount)?,
                _ => return None,
            },
            ExprKind::Defined { definition, row } => Lane::Wholes(self.amount(*definition, row.as_ref())?),
            ExprKind::Text(_) | ExprKind::YesNo(_) | ExprKind::Id(..) | ExprKind::Actor(_) => return None,
            ExprKind::NotStated | ExprKind::Row(_) | ExprKind::YearDay { year: None, .. } => return None,
            ExprKind::PeriodStart | ExprKind::PeriodEnd => return None,
            ExprKind::BindsFrom | ExprKind::BindsThrough => return None,
            ExprKind::TermStart(_) | ExprKind::TermEnd(_) => return None,
            ExprKind::DueDayOf(_) | ExprKind::EffectOf(_) | ExprKind::TheDay(_) | ExprKind::DividedBy(..) => {
                return None;
            }
            ExprKind::Count(_) | ExprKind::CountDifferent(..) | ExprKind::Sum(..) => return None,
            ExprKind::EarliestOf(_) | ExprKind::LatestOf(_) => return None,
            ExprKind::Earliest(..) | ExprKind::Latest(..) | ExprKind::WholeMonthsBetween(..) => return None,
            ExprKind::Per { .. } | ExprKind::Rounded { .. } | ExprKind::OfDay(..) | ExprKind::Held(_) => return None,
            ExprKind::WorkingDaysBetween(..) => return None,
            ExprKind::OnDay { .. } => return None,
        })
    }

    fn reckoned(&self, how: How, a: &'w Expr, b: &'w Expr) -> Option<Lane<'w>> {
        let money = (a.ty == Ty::Money, b.ty == Ty::Money);
        let kept = match how {
            How::Plus | How::Minus => money.0 == money.1,
            // Hundredths times hundredths would be ten-thousandths.
            How::Times => !(money.0 && money.1),
        };
        let (a, b) = (self.wholes(a)?, self.wholes(b)?);
        kept.then(|| Lane::Wholes(Wholes::Reckoned { how, a: Box::new(a), b: Box::new(b) }))
    }

    fn amount(&self, definition: DefinitionId, row: Option<&'w Row>) -> Option<Wholes<'w>> {
        let DefinitionBody::Amount { cases, otherwise } = &self.world.plan.definition(definition)?.body else {
            return None;
        };
        let inner = match row {
            Some(row) => self.within(row)?,
            None => self.with_rows(Vec::new()),
        };
        let case = |(condition, amount): &'w (Cond, Expr)| Some((inner.condition(condition)?, inner.wholes(amount)?));
        let cases = cases.iter().map(case).collect::<Option<Vec<_>>>()?;
        Some(Wholes::Chosen { cases, otherwise: Box::new(inner.wholes(otherwise)?) })
    }

    fn in_years(&self, day: &YearlyDay) -> Vec<i32> {
        let known = YEARS.map(|year| day.by_rule(year, self.world.plan.months).ok());
        known.map(|day| day.map_or(crate::facts::column::DAY_UNKNOWN, |day| day.0)).collect()
    }

    pub fn rule(&self, what: Reckoned) -> Rule {
        Rule { months: self.world.plan.months, calendar: self.world.plan.calendar, what }
    }

    // ---- fields ------------------------------------------------------------------------------------------------------

    fn field(&self, field: &'w FieldOf) -> Option<Lane<'w>> {
        let path = self.path(&field.row)?;
        self.kept(field.record, field.field, path)
    }

    /// The days of a field.
    pub fn dated(&self, field: &'w FieldOf) -> Option<Days<'w>> {
        if let Lane::Days(days) = self.field(field)? { Some(days) } else { None }
    }

    /// What a record keeps in a field.
    pub fn of_field(&self, record: RecordId, field: FieldId) -> Option<Days<'w>> {
        match self.kept(record, field, Path::new())? {
            Lane::Days(days) => Some(days),
            Lane::Wholes(_) | Lane::Words(_) | Lane::Rows(..) | Lane::Answers(_) => None,
        }
    }

    fn kept(&self, record: RecordId, field: FieldId, path: Path<'w>) -> Option<Lane<'w>> {
        Some(match &self.column(record, field)?.data {
            Data::Days(values) => Lane::Days(Days::Column(Look { path, values })),
            Data::Numbers(values) => Lane::Wholes(Wholes::Column(Look { path, values })),
            Data::Money { hundredths: values, .. } => Lane::Wholes(Wholes::Column(Look { path, values })),
            Data::Words(values) => Lane::Words(Look { path, values }),
            Data::YesNo(values) => Lane::Answers(Look { path, values }),
            Data::Rows(values) => {
                let to = self.world.referred(crate::facts::CellId { record, row: crate::facts::Row(0), field })?;
                Lane::Rows(Look { path, values }, to)
            }
            Data::Sets { .. } | Data::OverTime { .. } => return None,
        })
    }

    /// A column whose rows are all there.
    fn column(&self, record: RecordId, field: FieldId) -> Option<&'w Column> {
        let facts = self.world.facts;
        let table = facts.table(record)?;
        if table.hidden.is_some() { None } else { facts.column(record, field) }
    }

    fn path(&self, row: &'w Row) -> Option<Path<'w>> {
        match row {
            Row::Var(var) => self.rows.get(usize::from(var.0))?.clone(),
            Row::Follow(field) => {
                let mut path = self.path(&field.row)?;
                let Data::Rows(values) = &self.column(field.record, field.field)?.data else { return None };
                path.push(values);
                Some(path)
            }
            Row::Agreement | Row::Beside(_) => None,
        }
    }

    // ---- edges and members -------------------------------------------------------------------------------------------

    /// The day of an edge; `Some(None)` where there is none.
    pub fn edge(&self, edge: &'w Edge, what: Reckoned) -> Option<Option<Days<'w>>> {
        self.lies(reached(edge, what))
    }

    /// The first day of a body.
    pub fn first(&self, body: &'w Body) -> Option<Option<Days<'w>>> {
        first_reached(&body.window).map_or(Some(None), |edge| self.lies(edge))
    }

    /// The last day of a body, as the regime moves it.
    pub fn last(&self, body: &'w Body) -> Option<Option<Days<'w>>> {
        match body.moved {
            Moved::No | Moved::ByRegime => self.lies(last_reached(body)),
            Moved::ToTheNext | Moved::ToThePrevious => None,
        }
    }

    fn lies(&self, edge: Reached<'w>) -> Option<Option<Days<'w>>> {
        Some(match edge {
            Reached::Beside(day, 0) => Some(self.days(day)?),
            Reached::Beside(day, by) => Some(Days::Later { day: Box::new(self.days(day)?), by }),
            Reached::Named(_, _) if self.world.plan.months.moves() => return None,
            Reached::Named(day, _) => Some(self.days(day)?),
            Reached::After { day, by, what, .. } => {
                Some(Days::Shifted { day: Box::new(self.days(day)?), by: *by.fixed()?, rule: self.rule(what) })
            }
            Reached::PeriodEnd | Reached::Never => None,
            Reached::Length { .. } | Reached::Blank { .. } => return None,
            Reached::YearOfTerm { .. } | Reached::OfTerm { .. } => return None,
        })
    }

    /// From when until when the rows are members.
    pub fn membership(&self, clause: ClauseId) -> Option<(Days<'w>, Option<Days<'w>>)> {
        let plan = self.world.plan;
        let mut wordings = plan.norms_of(clause).map(|(_, norm)| norm);
        let ended = wordings.next().is_none_or(|norm| norm.force.until <= self.world.as_of);
        if plan.is_amended(clause) || wordings.next().is_some() || ended {
            return None;
        }
        // Who is admitted, and which reading holds, is the judge's.
        let (_, norm) = plan.norms_of(clause).next()?;
        let [body] = norm.bodies.as_slice() else { return None };
        if !body.conditions.is_empty() || !norm.yields_to.is_empty() || norm.force.from > plan.force.from {
            return None;
        }
        if !body.form.is_empty() || body.attested_by.is_some() || body.judged_by.is_some() {
            return None;
        }
        let NormTest::Member(lasting) = &body.test else { return None };
        let lasting: &'w Lasting = lasting;
        let of_row = self.with_rows(vec![Some(Path::new())]);
        let from = of_row.days(&lasting.from)?;
        let until = match &lasting.until {
            None => None,
            Some(edge) => of_row.edge(edge, Reckoned::Day)?,
        };
        Some((from, until))
    }

    /// Whether a row of a collection, bound to its variable, belongs to it on a day; cancelled rows aside.
    pub fn belongs(&self, of: &'w Collection, on: Days<'w>) -> Option<Condition<'w>> {
        let filter = self.condition(&of.filter)?;
        match of.members_of {
            None => Some(filter),
            Some(clause) => {
                let (from, until) = self.membership(clause)?;
                Some(Condition::All(vec![Condition::Member { from, until, on }, filter]))
            }
        }
    }
}

fn whole(number: &Number) -> Option<i64> {
    number.to_i64().filter(|number| *number < crate::facts::column::NUMBER_ODD)
}
