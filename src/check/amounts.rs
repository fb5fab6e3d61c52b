//! Amounts: expressions that give a number, money, a text, a record or a day; days are in `days`.
//! Two sorts are never mixed: no day with a number, no money with money of another currency.

use crate::diagnostics::{article, codes};
use crate::model::expr::{Expr, ExprKind, FieldOf, Row, Ty};
use crate::model::schema::{RecordId, Type};
use crate::source::Span;
use crate::syntax::tree::{self, ExprKind as Tree, PerPart, RoundedWay};
use crate::value::{AnswerSort, ClockTime, Currency, Number, Rounding};

use super::definitions::Gives;
use super::on_day::OnDay;
use super::scope::{Found, Place, Scope};

impl Scope<'_, '_> {
    /// An expression of any sort.
    pub fn value(&self, expr: &tree::Expr) -> Option<Expr> {
        self.names.inside(expr.span, || self.value_within(expr))
    }

    fn value_within(&self, expr: &tree::Expr) -> Option<Expr> {
        let span = expr.span;
        let made = |kind, ty| Some(Expr { kind, ty, span });
        match &expr.kind {
            Tree::Number(text) => made(ExprKind::Number(self.names.number(text, span)?), Ty::Number),
            Tree::Percent(text) => made(ExprKind::Number(self.names.percent(text, span)?), Ty::Number),
            Tree::Fraction(text) => made(ExprKind::Number(self.names.fraction(text, span)?), Ty::Number),
            Tree::Money { currency, amount } => {
                made(ExprKind::Money(self.names.money(currency, amount, span)?), Ty::Money)
            }
            Tree::Text(text) => made(ExprKind::Text(text.clone()), Ty::Text),
            Tree::Yes => made(ExprKind::YesNo(true), Ty::YesNo),
            Tree::No_ => made(ExprKind::YesNo(false), Ty::YesNo),
            Tree::It | Tree::Name(_) | Tree::Its(_) | Tree::Of(_, _) | Tree::Previous(_) | Tree::Next(_) => {
                let found = self.path(expr)?;
                self.value_of(found, span)
            }
            Tree::Time(text) => self.time(text, span),
            Tree::OfDay(what, day) => {
                self.lies_in_the_period(*what, span)?;
                let ty = match what.sort() {
                    AnswerSort::Text => Ty::Text,
                    AnswerSort::Number => Ty::Number,
                    AnswerSort::YesNo => Ty::YesNo,
                    AnswerSort::Day => Ty::Day,
                };
                made(ExprKind::OfDay(*what, Box::new(self.a_day(day)?)), ty)
            }
            Tree::Day(_) | Tree::YearDay { .. } | Tree::LastDayOf(_) | Tree::StartOf(_) | Tree::EndOf(_) => {
                self.day_value(expr)
            }
            Tree::EarliestOf(_) | Tree::LatestOf(_) => self.day_value(expr),
            Tree::DueDayOf(_) | Tree::EffectOf(_) | Tree::TheDay(_) => self.day_value(expr),
            Tree::Plus(left, right) => self.sum(left, right, Sign::Plus, span),
            Tree::Minus(left, right) => self.sum(left, right, Sign::Minus, span),
            Tree::Times(left, right) => self.product(left, right, span),
            Tree::DividedBy(left, right) => self.quotient(left, right, span),
            Tree::CountOf(of) => match self.held(of) {
                Some(set) => made(ExprKind::Held(set), Ty::Number),
                None => self.amount_of_which(of, made(ExprKind::Count(self.looked_at(of)?.0), Ty::Number)?),
            },
            Tree::CountOfDifferent(what, rows) => {
                let (of, inner) = self.looked_at(rows)?;
                let count = made(ExprKind::CountDifferent(Box::new(inner.value(what)?), of), Ty::Number)?;
                self.amount_of_which(rows, count)
            }
            Tree::SumOf(field, rows) => {
                let (of, what) = self.field_over(field, rows)?;
                let what = self.expect_amount(what)?;
                let ty = what.ty.clone();
                self.amount_of_which(rows, made(ExprKind::Sum(Box::new(what), of), ty)?)
            }
            Tree::Earliest(field, rows) => {
                let (of, what) = self.field_over(field, rows)?;
                self.amount_of_which(
                    rows,
                    made(ExprKind::Earliest(Box::new(self.expect(what, &Ty::Day)?), of), Ty::Day)?,
                )
            }
            Tree::Latest(field, rows) => {
                let (of, what) = self.field_over(field, rows)?;
                self.amount_of_which(rows, made(ExprKind::Latest(Box::new(self.expect(what, &Ty::Day)?), of), Ty::Day)?)
            }
            Tree::DaysFrom(_, to) | Tree::WholeMonthsFrom(_, to) | Tree::WorkingDaysFrom(_, to) if is_product(to) => {
                self.names.found(
                    codes::WRONG_TYPE
                        .at(to.span)
                        .say("expected a day here, found a calculation: it belongs to the second day, not to the whole")
                        .help("put the counted time in parentheses: `(days from A to B) times …`".to_string()),
                );
                None
            }
            Tree::DaysFrom(from, to) => {
                let (from, to) = (self.a_day(from), self.a_day(to));
                made(ExprKind::DaysBetween(Box::new(from?), Box::new(to?)), Ty::Number)
            }
            Tree::WholeMonthsFrom(from, to) => {
                let (from, to) = (self.a_day(from), self.a_day(to));
                made(ExprKind::WholeMonthsBetween(Box::new(from?), Box::new(to?)), Ty::Number)
            }
            Tree::WorkingDaysFrom(from, to) => {
                self.names.needs_calendar(span);
                let (from, to) = (self.a_day(from), self.a_day(to));
                made(ExprKind::WorkingDaysBetween(Box::new(from?), Box::new(to?)), Ty::Number)
            }
            Tree::Portion(part, of) => {
                let (part, of) = (self.number_value(part), self.amount_or_count(of));
                let (part, of) = (part?, of?);
                let ty = of.ty.clone();
                made(ExprKind::Times(Box::new(part), Box::new(of)), ty)
            }
            Tree::Per { give, per, part, of } => {
                let of = Box::new(self.expect(self.amount_or_count(of)?, &Ty::Number)?);
                let (give, per) = (self.names.number(give, span)?, self.names.number(per, span)?);
                if per.is_zero() {
                    self.names.found(codes::WRONG_NUMBER.at(span).say("a rate cannot be per 0"));
                    return None;
                }
                let part = match part {
                    PerPart::Started => Rounding::Up,
                    PerPart::Whole => Rounding::Down,
                };
                made(ExprKind::Per { give, per, of, part }, Ty::Number)
            }
            Tree::Rounded { of, to, way } => self.rounded(of, to, *way, span),
            Tree::OnDay { of, day, .. } => self.value_on(self.value(of), day, span),
            Tree::Period(_) | Tree::Told(_) => {
                self.names.found(
                    codes::WRONG_TYPE
                        .at(span)
                        .say("a length of time on its own is neither a day nor an amount")
                        .help("add it to a day, such as `held_on plus 30 days`".to_string()),
                );
                None
            }
            // Only of what it is compared with it is told of which sort it is.
            Tree::NotStated => None,
            Tree::None_ => {
                self.names.found(
                    codes::WRONG_TYPE
                        .at(span)
                        .say("`none` is not an amount")
                        .help("use `is missing` instead".to_string()),
                );
                None
            }
            Tree::And(_) | Tree::Or(_) | Tree::Mixed(_, _) | Tree::Not(_) | Tree::AllHave { .. } => {
                self.no_amount(span)
            }
            Tree::AllAre { .. } | Tree::Some(_) | Tree::No(_) | Tree::Compare(_, _) => self.no_amount(span),
        }
    }

    fn time(&self, text: &str, span: Span) -> Option<Expr> {
        let Some(time) = ClockTime::parse(text) else {
            let help = "times of day run from 00:00 to 24:00".to_string();
            self.names.found(codes::NO_SUCH_DAY.at(span).say(format!("`{text}` is not a valid time")).help(help));
            return None;
        };
        Some(Expr { kind: ExprKind::Number(time.minutes()), ty: Ty::Time, span })
    }

    fn no_amount(&self, span: Span) -> Option<Expr> {
        self.names.found(codes::WRONG_TYPE.at(span).say("expected an amount or a day, found a condition"));
        None
    }

    /// What a name gives as a value.
    pub fn value_of(&self, found: Found, span: Span) -> Option<Expr> {
        let (kind, ty) = match found {
            Found::Field(field) => {
                let ty = match self.type_of(&field)? {
                    Type::Text | Type::OneOf(_) => Ty::Text,
                    Type::YesNo => Ty::YesNo,
                    Type::Number => Ty::Number,
                    Type::Money => Ty::Money,
                    Type::Date => Ty::Day,
                    Type::Time => Ty::Time,
                    Type::Ref(record) => Ty::Row(*record),
                    Type::SetOf(_) => return self.a_set_here(span),
                };
                (ExprKind::Field(field), ty)
            }
            Found::Row(row, record) => (ExprKind::Row(row), Ty::Row(record)),
            Found::Defined(definition, row) => match self.names.definition_gives(definition)? {
                Gives::Amount(ty) => (ExprKind::Defined { definition, row }, ty),
                gives @ (Gives::Condition | Gives::Listed) => {
                    let asked_how = match (gives, &row) {
                        (Gives::Condition, None) => "write only its name, without `is yes`".to_string(),
                        _ => "ask whether a record meets it: `RECORD is …`".to_string(),
                    };
                    self.names.found(
                        codes::WRONG_TYPE.at(span).say("this definition is a condition, not an amount").help(asked_how),
                    );
                    return None;
                }
            },
            Found::Value(value) => (ExprKind::Value(value), self.names.value_gives(value)?),
            Found::Actor(actor) => (ExprKind::Actor(actor), Ty::Actor),
        };
        Some(Expr { kind, ty, span })
    }

    fn a_set_here(&self, span: Span) -> Option<Expr> {
        self.names.found(
            codes::WRONG_TYPE
                .at(span)
                .say("this field holds a set, not a single amount")
                .help("use `has` or `is in` to ask what it holds".to_string()),
        );
        None
    }

    /// A number.
    pub fn number_value(&self, expr: &tree::Expr) -> Option<Expr> {
        let value = self.value(expr)?;
        self.expect(value, &Ty::Number)
    }

    /// A number or money.
    pub fn amount(&self, expr: &tree::Expr) -> Option<Expr> {
        let value = self.value(expr)?;
        self.expect_amount(value)
    }

    /// An amount, or the name of records, which then stands for how many there are.
    pub fn amount_or_count(&self, expr: &tree::Expr) -> Option<Expr> {
        if let Tree::OnDay { of, day, .. } = &expr.kind {
            return self.value_on(self.amount_or_count(of), day, expr.span);
        }
        if let Tree::Name(name) = &expr.kind
            && self.find(name, expr.span).is_none()
            && self.names.is_collection(name)
        {
            let name = tree::Name { it: name.clone(), span: expr.span };
            let of = tree::Collection { name, which: tree::Which::Any, filter: None, span: expr.span };
            return Some(Expr { kind: ExprKind::Count(self.looked_at(&of)?.0), ty: Ty::Number, span: expr.span });
        }
        self.amount(expr)
    }

    /// `X on D`: the value on another day.
    pub fn value_on(&self, of: Option<Expr>, day: &tree::Expr, span: Span) -> Option<Expr> {
        let (of, day) = (of, self.a_day(day));
        let (of, day) = (Box::new(of?), Box::new(day?));
        self.names.note_on_day(OnDay::Value(of.as_ref().clone()));
        Some(Expr { ty: of.ty.clone(), kind: ExprKind::OnDay { of, day }, span })
    }

    /// A set field whose things are counted, all of them.
    fn held(&self, of: &tree::Collection) -> Option<FieldOf> {
        let all = of.filter.is_none() && !matches!(of.which, tree::Which::InThePeriod(_));
        if !all || self.names.is_collection(&of.name.it) {
            return None;
        }
        match self.find(&of.name.it, of.name.span)? {
            Found::Field(field) if matches!(self.type_of(&field), Some(Type::SetOf(_))) => Some(field),
            Found::Field(_) | Found::Row(_, _) | Found::Defined(_, _) | Found::Value(_) | Found::Actor(_) => None,
        }
    }

    fn field_over(&self, field: &tree::Name, of: &tree::Collection) -> Option<(crate::model::expr::Collection, Expr)> {
        let (of, inner) = self.looked_at(of)?;
        let base = tree::Expr { kind: Tree::Name(field.it.clone()), span: field.span };
        let known = inner.names.schema.record(of.record).is_some_and(|record| record.find_field(&field.it).is_some());
        let defined = inner.names.find_definition(&field.it).is_some_and(|(_, record)| record == Some(of.record));
        if !known && !defined {
            self.names.no_field(of.record, field);
            return None;
        }
        let what = inner.value(&base)?;
        Some((of, what))
    }

    // ---- reckoning -------------------------------------------------------------------------------------------------

    fn sum(&self, left: &tree::Expr, right: &tree::Expr, sign: Sign, span: Span) -> Option<Expr> {
        let lapse = match &right.kind {
            Tree::Period(period) => Some(tree::LapseText::Period(period.clone())),
            Tree::Told(told) => Some(tree::LapseText::Told(told.clone())),
            _ => None,
        };
        if let Some(lapse) = lapse {
            return self.shifted(left, &lapse, sign, span);
        }
        let (left, right) = (self.value(left), self.value(right));
        let (left, right) = (left?, right?);
        if left.ty == Ty::Day && right.ty == Ty::Day {
            self.names.found(
                codes::WRONG_TYPE
                    .at(span)
                    .say("days cannot be added to or subtracted from each other")
                    .help("to count the days between them, write `days from A to B`".to_string()),
            );
            return None;
        }
        if left.ty == Ty::Day && right.ty == Ty::Number {
            self.names.found(
                codes::WRONG_TYPE
                    .at(right.span)
                    .say("a number has no unit, so it cannot be added to a day or subtracted from one")
                    .help("write the unit after it, such as `invoiced_on plus payment_days days`".to_string()),
            );
            return None;
        }
        let (left, right) = (self.expect_amount(left)?, self.expect_amount(right)?);
        self.same_type(&left, &right)?;
        let ty = left.ty.clone();
        let (left, right) = (Box::new(left), Box::new(right));
        let kind = match sign {
            Sign::Plus => ExprKind::Plus(left, right),
            Sign::Minus => ExprKind::Minus(left, right),
        };
        Some(Expr { kind, ty, span })
    }

    fn product(&self, left: &tree::Expr, right: &tree::Expr, span: Span) -> Option<Expr> {
        let (left, right) = (self.amount(left), self.amount(right));
        let (left, right) = (left?, right?);
        let ty = match (&left.ty, &right.ty) {
            (Ty::Money, Ty::Money) => {
                self.names.found(
                    codes::WRONG_TYPE.at(span).say("an amount of money cannot be multiplied by an amount of money"),
                );
                return None;
            }
            (Ty::Money, _) | (_, Ty::Money) => Ty::Money,
            (_, _) => Ty::Number,
        };
        Some(Expr { kind: ExprKind::Times(Box::new(left), Box::new(right)), ty, span })
    }

    fn quotient(&self, left: &tree::Expr, right: &tree::Expr, span: Span) -> Option<Expr> {
        let (left, right) = (self.amount(left), self.amount(right));
        let (left, right) = (left?, right?);
        if is_zero(&right) {
            self.names.found(codes::WRONG_NUMBER.at(right.span).say("division by 0"));
            return None;
        }
        let ty = match (&left.ty, &right.ty) {
            (Ty::Money, Ty::Money) => {
                self.same_type(&left, &right)?;
                Ty::Number
            }
            (Ty::Money, _) => Ty::Money,
            (_, Ty::Money) => {
                self.names.found(codes::WRONG_TYPE.at(span).say("a number cannot be divided by money"));
                return None;
            }
            (_, _) => Ty::Number,
        };
        Some(Expr { kind: ExprKind::DividedBy(Box::new(left), Box::new(right)), ty, span })
    }

    fn rounded(&self, of: &tree::Expr, to: &tree::Expr, way: RoundedWay, span: Span) -> Option<Expr> {
        let (of, to) = (self.amount(of), self.amount(to));
        let (of, to) = (of?, to?);
        self.same_type(&of, &to)?;
        self.more_than_nothing(&to)?;
        let way = match way {
            RoundedWay::Down => Rounding::Down,
            RoundedWay::Up => Rounding::Up,
            RoundedWay::Nearest => Rounding::HalfUp,
        };
        let ty = of.ty.clone();
        Some(Expr { kind: ExprKind::Rounded { of: Box::new(of), to: Box::new(to), way }, ty, span })
    }

    /// A unit to round to has to be more than nothing.
    pub fn more_than_nothing(&self, unit: &Expr) -> Option<()> {
        let wrong = match &unit.kind {
            ExprKind::Number(number) => number.is_zero() || number.is_negative(),
            ExprKind::Money(money) => money.amount.is_zero() || money.amount.is_negative(),
            _ => false,
        };
        if wrong {
            self.names.found(codes::WRONG_NUMBER.at(unit.span).say("the unit to round to must be more than 0"));
            return None;
        }
        Some(())
    }

    // ---- sorts -----------------------------------------------------------------------------------------------------

    /// The expression, if it is of this sort; a record with a day may stand for its day.
    pub fn expect(&self, expr: Expr, ty: &Ty) -> Option<Expr> {
        if expr.ty == *ty {
            return Some(expr);
        }
        if let (Ty::Day, Some(day)) = (ty, self.day_of_row(&expr)) {
            return Some(day);
        }
        self.wrong_type(&expr, &self.words(ty));
        None
    }

    pub fn expect_amount(&self, expr: Expr) -> Option<Expr> {
        match expr.ty {
            Ty::Number | Ty::Money => Some(expr),
            Ty::Day | Ty::Time | Ty::Text | Ty::YesNo | Ty::Row(_) | Ty::Actor => {
                self.wrong_type(&expr, "a number or an amount of money");
                None
            }
        }
    }

    fn wrong_type(&self, expr: &Expr, wanted: &str) {
        let is = self.words(&expr.ty);
        self.names.found(codes::WRONG_TYPE.at(expr.span).say(format!("expected {wanted}, found {is}")));
    }

    /// Whether two can be compared, added or stand for each other; a finding if not.
    pub fn same_type(&self, one: &Expr, other: &Expr) -> Option<()> {
        if one.ty != other.ty {
            let (first, second) = (self.words(&one.ty), self.words(&other.ty));
            self.names.found(
                codes::WRONG_TYPE
                    .at(other.span)
                    .say(format!("{first} and {second} cannot be used together"))
                    .label(format!("this is {second}"))
                    .also(one.span, format!("this is {first}")),
            );
            return None;
        }
        if one.ty != Ty::Money {
            return Some(());
        }
        match (self.currency(one), self.currency(other)) {
            (Some(first), Some(second)) if first != second => {
                self.names.found(
                    codes::TWO_CURRENCIES
                        .at(other.span)
                        .say(format!("{first} and {second} cannot be compared or added: there is no exchange rate"))
                        .label(format!("this is in {second}"))
                        .also(one.span, format!("this is in {first}")),
                );
                None
            }
            (_, _) => Some(()),
        }
    }

    /// The currency of an amount, as far as it can be seen; fields are in the agreement's own.
    fn currency(&self, expr: &Expr) -> Option<Currency> {
        match &expr.kind {
            ExprKind::Money(money) => Some(money.currency),
            ExprKind::Field(_) if self.names.drafts.iter().any(|draft| draft.currency.is_some()) => None,
            ExprKind::Field(_) => self.names.settings.currency,
            ExprKind::Plus(left, _) | ExprKind::Minus(left, _) | ExprKind::DividedBy(left, _) => self.currency(left),
            ExprKind::Times(left, right) => {
                let money = if left.ty == Ty::Money { left } else { right };
                self.currency(money)
            }
            ExprKind::Sum(of, _) | ExprKind::Rounded { of, .. } | ExprKind::OnDay { of, .. } => self.currency(of),
            ExprKind::Value(value) => self.names.currency_of_value(*value),
            ExprKind::Defined { definition, .. } => self.currency(&self.names.amount_defined(*definition)?),
            ExprKind::Day(_) | ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::YesNo(_) | ExprKind::Id(_, _) => {
                None
            }
            ExprKind::Actor(_) | ExprKind::NotStated | ExprKind::Row(_) | ExprKind::YearDay { .. } => None,
            ExprKind::Shift { .. }
            | ExprKind::PeriodStart
            | ExprKind::PeriodEnd
            | ExprKind::BindsFrom
            | ExprKind::BindsThrough => None,
            ExprKind::EarliestOf(_) | ExprKind::LatestOf(_) => None,
            ExprKind::TermStart(_)
            | ExprKind::TermEnd(_)
            | ExprKind::DueDayOf(_)
            | ExprKind::EffectOf(_)
            | ExprKind::TheDay(_) => None,
            ExprKind::Count(_) | ExprKind::CountDifferent(_, _) | ExprKind::Earliest(_, _) => None,
            ExprKind::Latest(_, _) | ExprKind::DaysBetween(_, _) | ExprKind::WholeMonthsBetween(_, _) => None,
            ExprKind::Per { .. } | ExprKind::Held(_) | ExprKind::OfDay(..) => None,
            ExprKind::WorkingDaysBetween(_, _) => None,
        }
    }

    /// A sort in words.
    pub fn words(&self, ty: &Ty) -> String {
        match ty {
            Ty::Day => "a day".to_string(),
            Ty::Time => "a time of day".to_string(),
            Ty::Number => "a number".to_string(),
            Ty::Money => "an amount of money".to_string(),
            Ty::Text => "text".to_string(),
            Ty::YesNo => "a yes/no value".to_string(),
            Ty::Row(record) => {
                let name = self.record_name(*record);
                format!("{} `{name}`", article(name))
            }
            Ty::Actor => "an actor".to_string(),
        }
    }

    pub fn record_name(&self, record: RecordId) -> &str {
        self.names.schema.record(record).map_or("", |record| &record.name)
    }

    /// The day on which a row happened or began, if its record has one.
    fn day_of_row(&self, expr: &Expr) -> Option<Expr> {
        let Ty::Row(record) = expr.ty else { return None };
        let row = match &expr.kind {
            ExprKind::Row(row) => row.clone(),
            ExprKind::Field(field) => Row::Follow(Box::new(field.clone())),
            _ => return None,
        };
        let field = self.names.schema.record(record)?.day_field()?;
        let field = crate::model::expr::FieldOf { row, record, field, span: expr.span };
        Some(Expr { kind: ExprKind::Field(field), ty: Ty::Day, span: expr.span })
    }

    /// The scope with one row of a collection bound in it.
    pub fn bound_to(&self, record: RecordId, name: &str) -> Self {
        self.with(record, name, Place::Where)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

fn is_zero(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(number) => number == &Number::ZERO,
        ExprKind::Money(money) => money.amount.is_zero(),
        _ => false,
    }
}

/// Whether it is of amounts that it is calculated, and never of days.
fn is_product(expr: &tree::Expr) -> bool {
    matches!(expr.kind, Tree::Times(..) | Tree::DividedBy(..))
}
