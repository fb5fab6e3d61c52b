//! Changes within conditions and amounts: a comparison turned round, its day or number moved, an option exchanged for
//! another, a filter left out.

use overens::model::expr::{Asks, Collection, Cond, CondKind, Expr, ExprKind, FieldOf, On, Row, Sense, Set, Test};
use overens::model::schema::Type;
use overens::model::{DatedAmount, DatedValue, Definition, DefinitionBody};
use overens::source::Span;
use overens::value::{Number, Rounding};

use super::walk::{Sort, Walk, without};

/// A number that no test of a policy carries: what was changed is no longer the same as what was equal to it.
const NO_OTHER: u32 = u32::MAX;

impl Walk<'_> {
    pub fn cond(&mut self, cond: &mut Cond) {
        match &mut cond.kind {
            CondKind::Always | CondKind::Judged { .. } => {}
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter_mut().for_each(|part| self.cond(part)),
            CondKind::Not(inner) => self.cond(inner),
            CondKind::Test(test) => {
                let turned = Test {
                    sense: match test.sense {
                        Sense::Straight => Sense::Opposite,
                        Sense::Opposite => Sense::Straight,
                    },
                    ..test.clone()
                };
                self.offer(Sort::Comparison, cond.span, "turned round", test, turned);
                self.test(test);
            }
            CondKind::All { of, test } => {
                self.collection(of);
                self.cond(test);
            }
            CondKind::Some(of) => self.collection(of),
            CondKind::OnDay { of, day } => {
                self.cond(of);
                self.expr(day);
            }
            CondKind::Defined { definition, row } => {
                self.definitions.insert(*definition);
                self.row(row);
            }
        }
    }

    fn test(&mut self, test: &mut Test) {
        let before = self.found.len();
        let mut asks = test.asks.clone();
        self.asks(&mut asks);
        if self.made_since(before) {
            *test = Test { asks, sense: test.sense, same_as: NO_OTHER };
        }
    }

    fn asks(&mut self, asks: &mut Asks) {
        match asks {
            Asks::Given(field) => self.field(field),
            Asks::Before(a, b) | Asks::Less(a, b) => {
                self.literal(a);
                self.literal(b);
            }
            Asks::OneOf(left, options) => {
                self.expr(left);
                self.options(field_of(left).as_ref(), options);
            }
            Asks::About { amount, least, most } => {
                self.expr(amount);
                self.amount(Sort::Tolerance, least);
                self.amount(Sort::Tolerance, most);
            }
            Asks::SameSet(one, other) => {
                self.field(one);
                self.field(other);
            }
            Asks::Holds(set, items) | Asks::HoldsOnly(set, items) => {
                self.field(set);
                self.options(Some(&set.clone()), items);
            }
            Asks::HoldsEach { set, least, options } => {
                self.whole(Sort::Count, set.span, least);
                self.field(set);
                self.options(Some(&set.clone()), options);
            }
            Asks::In { row, set, on } => {
                self.row(row);
                self.set(set);
                self.on(on);
            }
        }
    }

    /// One side of a comparison: moved if it is written out; anything else is walked.
    fn literal(&mut self, expr: &mut Expr) {
        match &expr.kind {
            ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::Money(_) | ExprKind::YearDay { .. } => {
                self.amount(Sort::Literal, expr);
            }
            _ => self.expr(expr),
        }
    }

    /// Options that a field may have: each left out where there are others, each exchanged for one that is not there.
    fn options(&mut self, of: Option<&FieldOf>, options: &mut Vec<Expr>) {
        let written = options.clone();
        for (at, option) in written.iter().enumerate() {
            if written.len() > 1 {
                self.offer(Sort::Option, option.span, "left out", options, without(&written, at));
            }
            match &option.kind {
                ExprKind::Text(word) => {
                    for other in self.other_words(of, word, &written) {
                        let mut exchanged = written.clone();
                        exchanged[at].kind = ExprKind::Text(other.clone());
                        self.offer(Sort::Option, option.span, format!("{other} instead"), options, exchanged);
                    }
                }
                ExprKind::YesNo(yes) => {
                    let mut exchanged = written.clone();
                    exchanged[at].kind = ExprKind::YesNo(!yes);
                    self.offer(Sort::Option, option.span, "yes for no", options, exchanged);
                }
                ExprKind::Id(record, _) => {
                    let mut exchanged = written.clone();
                    exchanged[at].kind = ExprKind::Id(*record, "somebody else".to_owned());
                    self.offer(Sort::Option, option.span, "somebody else instead", options, exchanged);
                }
                _ => {
                    if let Some(option) = options.get_mut(at) {
                        self.literal(option);
                    }
                }
            }
        }
    }

    /// The other options of the field; a text may say anything.
    fn other_words(&self, of: Option<&FieldOf>, word: &str, used: &[Expr]) -> Vec<String> {
        let is_used = |other: &String| used.iter().any(|one| matches!(&one.kind, ExprKind::Text(it) if it == other));
        match of.and_then(|field| self.schema.field(field.record, field.field)).map(|field| &field.ty) {
            Some(Type::OneOf(all)) => all.iter().filter(|other| !is_used(other)).cloned().collect(),
            Some(Type::SetOf(of)) => match &**of {
                Type::OneOf(all) => all.iter().filter(|other| !is_used(other)).cloned().collect(),
                _ => vec![format!("not {word}")],
            },
            _ => vec![format!("not {word}")],
        }
    }

    fn on(&mut self, on: &mut On) {
        match on {
            On::Then => {}
            On::Day(day) => self.set_day(day),
            On::Throughout(from, to) => {
                self.set_day(from);
                self.set_day(to);
            }
        }
    }

    pub fn set_day(&mut self, day: &mut Expr) {
        self.day(Sort::SetDay, day);
        self.expr(day);
    }

    fn set(&mut self, set: &mut Set) {
        match set {
            Set::Rows(of) => self.collection(of),
            Set::Listed(field) => self.field(field),
            Set::Named { definition, .. } => {
                self.definitions.insert(*definition);
            }
        }
    }

    pub fn collection(&mut self, of: &mut Collection) {
        if !matches!(of.filter.kind, CondKind::Always) {
            let all = Cond { kind: CondKind::Always, span: of.filter.span };
            self.offer(Sort::Filter, of.filter.span, "left out", &mut *of.filter, all);
        }
        if let Some(clause) = of.members_of {
            self.clauses.insert(clause);
            self.offer(Sort::Filter, of.span, "not only members", &mut of.members_of, None);
        }
        self.cond(&mut of.filter);
    }

    pub fn row(&mut self, row: &mut Row) {
        match row {
            Row::Var(_) | Row::Agreement => {}
            Row::Follow(field) => self.field(field),
            Row::Beside(beside) => self.row(&mut beside.of),
        }
    }

    pub fn field(&mut self, field: &mut FieldOf) {
        self.row(&mut field.row);
    }

    pub fn expr(&mut self, expr: &mut Expr) {
        use ExprKind as K;
        let span = expr.span;
        match &mut expr.kind {
            // A literal is moved where it is compared or counted, not where it is only named.
            K::Day(_) | K::Text(_) | K::YesNo(_) | K::Id(_, _) | K::Actor(_) | K::NotStated => {}
            K::PeriodStart | K::PeriodEnd | K::BindsFrom | K::BindsThrough => {}
            K::Number(_) | K::Money(_) => self.amount(Sort::Literal, expr),
            K::Field(field) | K::Held(field) => self.field(field),
            K::Row(row) => self.row(row),
            K::YearDay { year, .. } => year.iter_mut().for_each(|year| self.expr(year)),
            K::Shift { day, by } => {
                self.lapse(span, by);
                self.expr(day);
            }
            K::TermStart(clause) | K::TermEnd(clause) | K::DueDayOf(clause) | K::EffectOf(clause) => {
                self.clauses.insert(*clause);
            }
            K::OfDay(_, day) => self.expr(day),
            K::TheDay(condition) => self.cond(condition),
            K::Plus(a, b) | K::Minus(a, b) | K::Times(a, b) | K::DividedBy(a, b) => self.two(a, b),
            K::DaysBetween(a, b) | K::WholeMonthsBetween(a, b) | K::WorkingDaysBetween(a, b) => self.two(a, b),
            K::EarliestOf(days) | K::LatestOf(days) => days.iter_mut().for_each(|day| self.expr(day)),
            K::Count(of) => self.collection(of),
            K::CountDifferent(what, of) | K::Sum(what, of) | K::Earliest(what, of) | K::Latest(what, of) => {
                self.expr(what);
                self.collection(of);
            }
            K::Per { give, per, of, part } => {
                self.number(span, give);
                self.number(span, per);
                let other = if *part == Rounding::Up { Rounding::Down } else { Rounding::Up };
                self.offer(Sort::Rounding, span, "whole for started", part, other);
                self.expr(of);
            }
            K::Rounded { of, to, way } => {
                self.amount(Sort::Rounding, to);
                let other = if *way == Rounding::Up { Rounding::Down } else { Rounding::Up };
                self.offer(Sort::Rounding, span, "the other way", way, other);
                self.expr(of);
            }
            K::Value(value) => {
                self.values.insert(*value);
            }
            K::OnDay { of, day } => self.two(of, day),
            K::Defined { definition, row } => {
                self.definitions.insert(*definition);
                row.iter_mut().for_each(|row| self.row(row));
            }
        }
    }

    fn two(&mut self, a: &mut Expr, b: &mut Expr) {
        self.expr(a);
        self.expr(b);
    }

    fn number(&mut self, place: Span, number: &mut Number) {
        let one = Number::ONE;
        self.offer(Sort::Literal, place, "one more", number, number.plus(&one));
        self.offer(Sort::Literal, place, "one less", number, number.minus(&one));
    }

    pub fn definition(&mut self, definition: &mut Definition) {
        match &mut definition.body {
            DefinitionBody::Condition(condition) => self.cond(condition),
            DefinitionBody::Amount { cases, otherwise } => {
                for (condition, amount) in cases {
                    self.cond(condition);
                    self.expr(amount);
                }
                self.expr(otherwise);
            }
            DefinitionBody::Listed(names) => {
                let written = names.clone();
                for (at, out) in written.iter().enumerate() {
                    self.offer(Sort::Option, definition.span, format!("{out} left out"), names, without(&written, at));
                }
            }
        }
    }

    pub fn dated_value(&mut self, value: &mut DatedValue) {
        for DatedAmount { from, amount, by: _ } in &mut value.amounts {
            self.amount(Sort::Literal, amount);
            let span = amount.span;
            if let Some(day) = *from {
                self.offer(Sort::Literal, span, "from a day later", from, Some(day.following()));
                self.offer(Sort::Literal, span, "from a day earlier", from, Some(day.preceding()));
            }
        }
    }
}

/// The field that an expression is, if it is one.
fn field_of(expr: &Expr) -> Option<FieldOf> {
    if let ExprKind::Field(field) = &expr.kind { Some(field.clone()) } else { None }
}
