//! Conditions, amounts and days as they are written; names are not yet resolved.

use super::{Collection, Name, PeriodText, SetOn, Told};
use crate::source::{Span, Spanned};
use crate::value::OfDay;

/// Conditions and amounts share one form; which of the two stands where is for the checking to say.
#[derive(Clone, Debug)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Two or more conditions joined by one word.
    And(Vec<Expr>),
    Or(Vec<Expr>),
    /// `and` beside `or` without parentheses: the places of the words.
    Mixed(Vec<Expr>, Vec<Spanned<Joint>>),
    Not(Box<Expr>),
    /// `all X where C have D`.
    AllHave {
        of: Collection,
        test: Box<Expr>,
    },
    /// `all X where C are in …`.
    AllAre {
        of: Collection,
        test: Box<Comparison>,
    },
    Some(Collection),
    No(Collection),
    Compare(Box<Expr>, Box<Comparison>),

    Number(String),
    Money {
        currency: String,
        amount: String,
    },
    Percent(String),
    Fraction(String),
    Text(String),
    /// `13:00`.
    Time(String),
    Day(String),
    Period(PeriodText),
    /// `payment_days days`.
    Told(Told),
    Yes,
    No_,
    None_,
    It,
    Name(String),
    /// `its F`.
    Its(Name),
    /// `F of BASE`.
    Of(Name, Box<Expr>),
    Previous(Name),
    Next(Name),
    YearDay {
        day: YearDay,
        year: Option<Box<Expr>>,
    },
    LastDayOf(SpanName),
    StartOf(SpanName),
    EndOf(SpanName),
    /// `the earliest of A, B`: of those that are given.
    EarliestOf(Vec<Expr>),
    LatestOf(Vec<Expr>),
    DueDayOf(Name),
    EffectOf(Name),
    TheDay(Box<Expr>),
    /// `not stated`: what the text leaves open.
    NotStated,
    Plus(Box<Expr>, Box<Expr>),
    Minus(Box<Expr>, Box<Expr>),
    Times(Box<Expr>, Box<Expr>),
    DividedBy(Box<Expr>, Box<Expr>),
    /// `the weekday of planned_on`.
    /// `the weekday of D`, `the end of the year in which D lies`.
    OfDay(OfDay, Box<Expr>),
    CountOf(Collection),
    CountOfDifferent(Box<Expr>, Collection),
    SumOf(Name, Collection),
    Earliest(Name, Collection),
    Latest(Name, Collection),
    DaysFrom(Box<Expr>, Box<Expr>),
    WholeMonthsFrom(Box<Expr>, Box<Expr>),
    WorkingDaysFrom(Box<Expr>, Box<Expr>),
    /// `half of X`, `2/3 of X`, `60 % of X`.
    Portion(Box<Expr>, Box<Expr>),
    /// `1 per 40 started of X`.
    Per {
        give: String,
        per: String,
        part: PerPart,
        of: Box<Expr>,
    },
    /// `fee on D`, `small on D`, `(C) on D`: the amount or the condition, asked on this day.
    OnDay {
        of: Box<Expr>,
        day: Box<Expr>,
        /// Where `on D` stands.
        on: Span,
    },
    Rounded {
        of: Box<Expr>,
        to: Box<Expr>,
        way: RoundedWay,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    And,
    Or,
}

/// Whether a part of the unit counts as a whole one (`started`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PerPart {
    Whole,
    Started,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundedWay {
    Down,
    Up,
    Nearest,
}

/// `the period` of the cycle, or a named term.
#[derive(Clone, Debug)]
pub enum SpanName {
    ThePeriod(Span),
    Named(Name),
}

/// A day that comes every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YearDay {
    DayMonth {
        day: String,
        month: u32,
    },
    LastOf {
        month: u32,
    },
    /// `nth` 1 to 5; `None` is the last.
    /// `Friday in week 42`, by ISO 8601.
    InWeek {
        weekday: u32,
        week: String,
    },
    NthWeekday {
        nth: Option<u32>,
        weekday: u32,
        month: u32,
    },
    /// The role of the feast's keyword without its prefix, such as `midsummer_day`.
    Feast(&'static str),
}

#[derive(Clone, Debug)]
pub struct Comparison {
    pub kind: ComparisonKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum ComparisonKind {
    Given,
    Missing,
    /// `is a working day`, `is a public holiday`.
    IsDay(OfDay),
    IsNotDay(OfDay),
    /// `is A or B`.
    Is(Vec<Expr>),
    IsNot(Vec<Expr>),
    Order(Order, Expr),
    Between(Expr, Expr),
    In(Membership),
    NotIn(Membership),
    About {
        amount: Expr,
        tolerance: (Expr, Expr),
    },
    /// `has A and B`: a set holds each.
    Has(Vec<Expr>),
    /// A set field holds these and nothing else; or the same as another set field.
    HasOnly(Vec<Expr>),
    /// `has at least 1 of each of A, B`.
    HasOfEach {
        least: String,
        options: Vec<Name>,
    },
}

#[derive(Clone, Debug)]
pub struct Membership {
    pub set: SetOn,
    pub throughout: Option<(Expr, Expr)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Before,
    After,
    NoLaterThan,
    NoEarlierThan,
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
}
