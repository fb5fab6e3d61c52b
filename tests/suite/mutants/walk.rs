//! Changes: small ways in which a clause could be wrong, each told by its sort, its place and what it makes of it.
//! One walk over a clause does both: it lists the changes, or makes the one that is wanted.

use std::collections::BTreeSet;
use std::fmt;

use overens::model::expr::{ClauseId, DefinitionId, Expr, ExprKind, Lapse, Ty, ValueId};
use overens::model::schema::Schema;
use overens::source::{Span, Spanned};
use overens::value::{Money, Number, Period};

/// What kind of slot a change is made in. Of each sort that a clause has, some change must be noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// `each of A and B`: one of them left out.
    Bearer,
    /// Bills no longer looked at.
    Billed,
    /// The least or greatest share.
    Cap,
    Comparison,
    /// `if`, `unless`: left out, or one for the other.
    Condition,
    Count,
    CountedFor,
    CutShort,
    Cycle,
    EffectDay,
    Effort,
    EveryDay,
    Filter,
    FirstDay,
    /// The first day of a wording's own days of force, and the day on which they end.
    ForceFrom,
    ForceUntil,
    Form,
    LastDay,
    /// Of a period or a term.
    Length,
    Limit,
    /// A day, number or amount in a comparison.
    Literal,
    Moved,
    Most,
    Option,
    /// Exceptions, and what comes instead.
    Precedence,
    Renewal,
    Rounding,
    SameDays,
    /// The day on which one belongs to a set.
    SetDay,
    Sharing,
    Strength,
    Tolerance,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sort::Bearer => "bearer",
            Sort::Billed => "billed",
            Sort::Cap => "cap",
            Sort::Comparison => "comparison",
            Sort::Condition => "condition",
            Sort::Count => "count",
            Sort::CountedFor => "counted for",
            Sort::CutShort => "period cut short",
            Sort::Cycle => "cycle",
            Sort::EffectDay => "day of effect",
            Sort::Effort => "as far as possible",
            Sort::EveryDay => "on every day",
            Sort::Filter => "filter",
            Sort::FirstDay => "first day",
            Sort::ForceFrom => "in force from",
            Sort::ForceUntil => "in force until",
            Sort::Form => "form",
            Sort::LastDay => "last day",
            Sort::Length => "length",
            Sort::Limit => "limit",
            Sort::Literal => "literal",
            Sort::Moved => "moved",
            Sort::Most => "greatest number",
            Sort::Option => "option",
            Sort::Precedence => "precedence",
            Sort::Renewal => "renewal",
            Sort::Rounding => "rounding",
            Sort::SameDays => "same days",
            Sort::SetDay => "day of belonging",
            Sort::Sharing => "sharing key",
            Sort::Strength => "strength",
            Sort::Tolerance => "tolerance",
        })
    }
}

/// One change that was found.
#[derive(Clone, Debug)]
pub struct Change {
    pub sort: Sort,
    pub place: Span,
    /// What the change makes of it.
    pub words: String,
}

/// A walk over a clause.
pub struct Walk<'a> {
    pub schema: &'a Schema,
    /// The change to be made, by its number.
    wanted: Option<usize>,
    pub found: Vec<Change>,
    /// What the clause speaks of.
    pub clauses: BTreeSet<ClauseId>,
    /// Clauses that speak of it without saying so: exceptions of a rule, terms of the same days.
    pub tied: BTreeSet<ClauseId>,
    pub definitions: BTreeSet<DefinitionId>,
    pub values: BTreeSet<ValueId>,
}

impl<'a> Walk<'a> {
    /// Lists all changes and makes none.
    pub fn listing(schema: &'a Schema) -> Walk<'a> {
        Walk {
            schema,
            wanted: None,
            found: Vec::new(),
            clauses: BTreeSet::new(),
            tied: BTreeSet::new(),
            definitions: BTreeSet::new(),
            values: BTreeSet::new(),
        }
    }

    /// Makes the change of that number.
    pub fn making(schema: &'a Schema, number: usize) -> Walk<'a> {
        Walk { wanted: Some(number), ..Walk::listing(schema) }
    }

    pub fn offer<T>(&mut self, sort: Sort, place: Span, words: impl Into<String>, slot: &mut T, changed: T) {
        if self.wanted == Some(self.found.len()) {
            *slot = changed;
        }
        self.found.push(Change { sort, place, words: words.into() });
    }

    /// Whether the change that is wanted is one of those offered since.
    pub fn made_since(&self, before: usize) -> bool {
        self.wanted.is_some_and(|wanted| (before..self.found.len()).contains(&wanted))
    }

    /// Another clause with which this one stands or falls.
    pub fn tied_to(&mut self, sort: Sort, other: &mut Option<Spanned<ClauseId>>) {
        if let Some(Spanned { it, span }) = *other {
            self.tied.insert(it);
            self.offer(sort, span, "left out", other, None);
        }
    }

    /// A day on which something turns: the day after it, the day before it.
    pub fn day(&mut self, sort: Sort, day: &mut Expr) {
        for by in [1, -1] {
            self.offer(sort, day.span, a_day(by), day, shifted(day, by));
        }
    }

    /// A whole number, one more and one less.
    pub fn whole(&mut self, sort: Sort, place: Span, number: &mut u32) {
        self.offer(sort, place, "one more", number, number.saturating_add(1));
        self.offer(sort, place, "one less", number, number.saturating_sub(1));
    }

    /// A number, an amount of money or a day as written; what is no literal is reckoned with one more and one less.
    pub fn amount(&mut self, sort: Sort, amount: &mut Expr) {
        if amount.ty == Ty::Day {
            return self.day(sort, amount);
        }
        for (by, words) in [(Number::ONE, "one more"), (Number::ONE.negate(), "one less")] {
            if let Some(changed) = more(amount, &by) {
                self.offer(sort, amount.span, words, amount, changed);
            }
        }
    }

    /// Every part of a length, a unit longer and a unit shorter.
    pub fn lapse(&mut self, place: Span, lapse: &mut Lapse) {
        match lapse {
            Lapse::Fixed(by) => self.period(Sort::Length, place, by),
            Lapse::Told { number, .. } => self.expr(number),
        }
    }

    pub fn period(&mut self, sort: Sort, place: Span, period: &mut Period) {
        for by in [1, -1] {
            let words = if by > 0 { "a unit longer" } else { "a unit shorter" };
            if period.months != 0 {
                let unit = if period.months % 12 == 0 { 12 } else { 1 };
                let months = away(period.months, by * unit);
                self.offer(sort, place, words, period, Period { months, ..*period });
            }
            if period.days != 0 {
                self.offer(sort, place, words, period, Period { days: away(period.days, by), ..*period });
            }
            if period.working_days != 0 {
                let working_days = away(period.working_days, by);
                self.offer(sort, place, words, period, Period { working_days, ..*period });
            }
        }
    }
}

pub fn a_day(by: i32) -> &'static str {
    if by > 0 { "a day later" } else { "a day earlier" }
}

/// A list as it was written, but for one.
pub fn without<T: Clone>(written: &[T], at: usize) -> Vec<T> {
    let others = written.iter().enumerate().filter(|(other, _)| *other != at);
    others.map(|(_, one)| one.clone()).collect()
}

/// Farther from nothing, whichever way it is counted.
fn away(number: i32, by: i32) -> i32 {
    if number < 0 { number - by } else { number + by }
}

pub fn shifted(day: &Expr, by: i32) -> Expr {
    let kind = match &day.kind {
        ExprKind::Day(day) => ExprKind::Day(day.plus_days(by)),
        _ => ExprKind::Shift { day: Box::new(day.clone()), by: Lapse::Fixed(Period::days(by)) },
    };
    Expr { kind, ty: Ty::Day, span: day.span }
}

fn more(amount: &Expr, by: &Number) -> Option<Expr> {
    let kind = match (&amount.kind, &amount.ty) {
        (ExprKind::Number(number), _) => ExprKind::Number(number.plus(by)),
        (ExprKind::Money(money), _) => ExprKind::Money(money.with(money.amount.plus(by))),
        (_, Ty::Number) => {
            let one = Expr { kind: ExprKind::Number(by.clone()), ty: Ty::Number, span: amount.span };
            ExprKind::Plus(Box::new(amount.clone()), Box::new(one))
        }
        // Money without a currency in sight: twice as much, or nothing.
        (_, Ty::Money) => {
            let factor = if by.is_negative() { Number::ZERO } else { Number::from(2) };
            let factor = Expr { kind: ExprKind::Number(factor), ty: Ty::Number, span: amount.span };
            ExprKind::Times(Box::new(amount.clone()), Box::new(factor))
        }
        (_, Ty::Day | Ty::Time | Ty::Text | Ty::YesNo | Ty::Row(_) | Ty::Actor) => return None,
    };
    Some(Expr { kind, ty: amount.ty.clone(), span: amount.span })
}

/// So much of a currency that the agreement has.
pub fn one_of(schema: &Schema, place: Span) -> Option<Expr> {
    let money = Money::new(Number::ONE, schema.currency?);
    Some(Expr { kind: ExprKind::Money(money), ty: Ty::Money, span: place })
}
