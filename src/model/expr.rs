//! Resolved expressions: conditions that are true, false, unknown or for a person to judge, and values.
//!
//! Rows are reached through variables. A clause's subject (`for each …`) is variable 0 when it has one, its bearer
//! (`each …`) the next; every `where` binds one more, numbered from there outwards in. An expression knows the depth it
//! was checked at, so nothing is looked up by name when it is evaluated.

use super::schema::{ActorId, FieldId, RecordId};
use crate::source::Span;
use crate::value::{Day, Money, Number, OfDay, Period, Rounding, YearlyDay};

/// A definition by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionId(pub u16);

/// A dated value by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub u16);

/// A clause by its number in the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseId(pub u16);

/// A variable: a row bound by a subject, a bearer or a `where`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Var(pub u8);

#[derive(Clone, Debug)]
pub struct Cond {
    pub kind: CondKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there are few of them, and none is kept in bulk")]
pub enum CondKind {
    /// Always so: a filter or condition that is not there.
    Always,
    And(Vec<Cond>),
    Or(Vec<Cond>),
    /// Turned round at the tests within: an absent value makes a test false, and its negation false too.
    Not(Box<Cond>),
    Test(Test),
    /// `all X where C have D`; D speaks of the same variable as C.
    All {
        of: Collection,
        test: Box<Cond>,
    },
    /// `some X where C`; `no X where C` is its negation.
    Some(Collection),
    /// The row fulfils a definition.
    Defined {
        definition: DefinitionId,
        row: Row,
    },
    /// `club is small on D`: the condition, asked on this day instead of the day that matters.
    OnDay {
        of: Box<Cond>,
        day: Box<Expr>,
    },
    /// Words that a person judges.
    Judged {
        words: String,
        by: Option<String>,
    },
}

/// A single question to values, with its opposite told apart, so that a test and its opposite are seen to be one.
#[derive(Clone, Debug)]
pub struct Test {
    pub asks: Asks,
    pub sense: Sense,
    /// Tests of one policy that ask the same carry the same number, whatever their sense.
    pub same_as: u32,
}

impl Test {
    /// The number of the test that a field names whoever bears a clause: no policy writes it, so it is the same as no other.
    pub const OF_A_BEARER: u32 = u32::MAX - 258;
}

/// Whether the question is asked straight or the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    Straight,
    Opposite,
}

#[derive(Clone, Debug)]
pub enum Asks {
    /// Straight: is given. Opposite: is missing. A day later than the as-of day is not given yet.
    Given(FieldOf),
    /// Straight: the left day is before the right. Opposite: no earlier than.
    Before(Expr, Expr),
    /// Straight: the left amount is less than the right. Opposite: at least.
    Less(Expr, Expr),
    /// Straight: the left is one of the right. Opposite: it is none of them. Days, amounts, texts, records, yes/no.
    OneOf(Expr, Vec<Expr>),
    /// The amount is about this much: inside the tolerance it holds, outside a person judges.
    About { amount: Expr, least: Expr, most: Expr },
    /// The set holds all of these.
    Holds(FieldOf, Vec<Expr>),
    /// The set holds all of these and nothing else.
    HoldsOnly(FieldOf, Vec<Expr>),
    /// Both sets hold the same.
    SameSet(FieldOf, FieldOf),
    /// The set holds at least so many of each of these.
    HoldsEach { set: FieldOf, least: u32, options: Vec<Expr> },
    /// The row belongs to the set on the day (or on all days from the first through the second).
    In { row: Row, set: Set, on: On },
}

/// On which days belonging is asked for.
#[derive(Clone, Debug)]
pub enum On {
    /// On the day that matters: the subject's or the period's first day, else the as-of day.
    Then,
    Day(Box<Expr>),
    Throughout(Box<Expr>, Box<Expr>),
}

/// A set of rows.
#[derive(Clone, Debug)]
pub enum Set {
    /// Rows of a record that pass a filter; perhaps only members of a membership.
    Rows(Box<Collection>),
    /// What a field of type `set of RECORD` lists.
    Listed(FieldOf),
    /// Records named in a definition.
    Named { definition: DefinitionId, record: RecordId },
}

/// Rows of a record, each bound to `var` in turn, that pass the filter.
#[derive(Clone, Debug)]
pub struct Collection {
    pub record: RecordId,
    pub var: Var,
    pub filter: Box<Cond>,
    /// Only members under this membership clause, on the day asked about.
    pub members_of: Option<ClauseId>,
    /// The name that the author used, such as `party` or `meeting`.
    pub name: String,
    pub span: Span,
}

/// Which row.
#[derive(Clone, Debug)]
pub enum Row {
    Var(Var),
    /// The agreement's own facts.
    Agreement,
    /// The row that a reference field of another row names.
    Follow(Box<FieldOf>),
    /// The neighbour in time of a row.
    Beside(Box<Beside>),
}

/// The nearest row of a record on an earlier or a later day than that of another. Where the clause speaks of one of several
/// subjects, it is the nearest of that subject: `previous meeting` in a duty of the `organiser` is the meeting before it of the
/// same organiser, however many others have met since.
#[derive(Clone, Debug)]
pub struct Beside {
    pub of: Row,
    pub record: RecordId,
    pub side: Side,
    /// The field that names the subject.
    pub same: Option<FieldId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Previous,
    Next,
}

/// A field of a row.
#[derive(Clone, Debug)]
pub struct FieldOf {
    pub row: Row,
    pub record: RecordId,
    pub field: FieldId,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Expr {
    pub kind: ExprKind,
    pub ty: Ty,
    pub span: Span,
}

/// What kind of value an expression gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    Day,
    /// A time of day, in minutes after midnight.
    Time,
    Number,
    Money,
    /// A text, a word of a list, yes or no: compared by what it says.
    Text,
    YesNo,
    Row(RecordId),
    Actor,
}

#[derive(Clone, Debug)]
pub enum ExprKind {
    Day(Day),
    Number(Number),
    Money(Money),
    Text(String),
    YesNo(bool),
    /// Another record by its id.
    Id(RecordId, String),
    Actor(ActorId),
    /// The text is silent: unknown, and no fact can mend it.
    NotStated,
    Field(FieldOf),
    Row(Row),
    /// A day that comes every year: in the year given, or in the cycle's year.
    YearDay {
        day: YearlyDay,
        year: Option<Box<Expr>>,
    },
    /// A day plus a period (a negative one for `minus`).
    Shift {
        day: Box<Expr>,
        by: Lapse,
    },
    /// First and last day of the period of the cycle that is judged.
    PeriodStart,
    PeriodEnd,
    /// First and last day of the part of that period in which the clause binds: while it is in force, and its bearer and its subject
    /// are there.
    BindsFrom,
    BindsThrough,
    /// First and last day of a term (its last with renewals as they stand on the as-of day).
    TermStart(ClauseId),
    TermEnd(ClauseId),
    /// The last day of another clause for the same subject and period.
    DueDayOf(ClauseId),
    /// The day on which a permission's exercise takes effect for the same subject.
    EffectOf(ClauseId),
    /// The first day on which the condition holds; it must not cease to hold.
    TheDay(Box<Cond>),
    Plus(Box<Expr>, Box<Expr>),
    Minus(Box<Expr>, Box<Expr>),
    Times(Box<Expr>, Box<Expr>),
    DividedBy(Box<Expr>, Box<Expr>),
    Count(Collection),
    /// How many different values the expression has over the rows.
    CountDifferent(Box<Expr>, Collection),
    Sum(Box<Expr>, Collection),
    /// The earliest or latest of those days that there are.
    EarliestOf(Vec<Expr>),
    LatestOf(Vec<Expr>),
    Earliest(Box<Expr>, Collection),
    Latest(Box<Expr>, Collection),
    DaysBetween(Box<Expr>, Box<Expr>),
    WholeMonthsBetween(Box<Expr>, Box<Expr>),
    /// Working days after the first day, up to and with the second.
    WorkingDaysBetween(Box<Expr>, Box<Expr>),
    /// `1 per 40 started of X`: `Up` counts a started unit as whole, `Down` only whole ones.
    Per {
        give: Number,
        per: Number,
        of: Box<Expr>,
        part: Rounding,
    },
    Rounded {
        of: Box<Expr>,
        to: Box<Expr>,
        way: Rounding,
    },
    /// The amount that holds on the day that matters: the subject's or period's first day, else the as-of day.
    Value(ValueId),
    /// An amount that a definition gives for a row.
    Defined {
        definition: DefinitionId,
        row: Option<Row>,
    },
    /// What is asked of a single day.
    OfDay(OfDay, Box<Expr>),
    /// How many things a set field holds.
    Held(FieldOf),
    /// `fee on D`: the amount, asked on this day instead of the day that matters.
    OnDay {
        of: Box<Expr>,
        day: Box<Expr>,
    },
}

impl Cond {
    /// Whether the condition speaks of a row.
    pub fn mentions(&self, var: Var) -> bool {
        match &self.kind {
            CondKind::Always | CondKind::Judged { .. } => false,
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(|part| part.mentions(var)),
            CondKind::Not(inner) => inner.mentions(var),
            CondKind::Test(test) => test.asks.mentions(var),
            CondKind::All { of, test } => of.filter.mentions(var) || test.mentions(var),
            CondKind::Some(of) => of.filter.mentions(var),
            CondKind::Defined { row, .. } => row.mentions(var),
            CondKind::OnDay { of, day } => of.mentions(var) || day.mentions(var),
        }
    }

    /// Whether the condition asks that something is a row itself, not only for what its fields say; or, turned, that it is not.
    pub fn names(&self, var: Var, is: bool) -> bool {
        match &self.kind {
            CondKind::Always | CondKind::Judged { .. } | CondKind::Defined { .. } => false,
            CondKind::And(parts) | CondKind::Or(parts) => parts.iter().any(|part| part.names(var, is)),
            CondKind::Not(inner) => inner.names(var, !is),
            CondKind::OnDay { of: inner, .. } => inner.names(var, is),
            CondKind::Test(test) => (test.sense == Sense::Straight) == is && test.asks.names(var),
            CondKind::All { .. } | CondKind::Some(_) => self.mentions(var),
        }
    }

    /// The fields of a row of which the condition asks that they are, or list, none of something.
    pub fn denied(&self, of: Var) -> Vec<FieldId> {
        self.denied_where(of, true)
    }

    fn denied_where(&self, of: Var, is: bool) -> Vec<FieldId> {
        match &self.kind {
            CondKind::And(parts) | CondKind::Or(parts) => {
                parts.iter().flat_map(|part| part.denied_where(of, is)).collect()
            }
            CondKind::Not(inner) => inner.denied_where(of, !is),
            CondKind::OnDay { of: inner, .. } => inner.denied_where(of, is),
            CondKind::Test(test) if (test.sense == Sense::Straight) != is => {
                let own = |field: &FieldOf| matches!(field.row, Row::Var(var) if var == of).then_some(field.field);
                let of_expr = |expr: &Expr| if let ExprKind::Field(field) = &expr.kind { own(field) } else { None };
                match &test.asks {
                    Asks::OneOf(one, options) => [one].into_iter().chain(options).filter_map(of_expr).collect(),
                    Asks::In { set: Set::Listed(field), .. } => own(field).into_iter().collect(),
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }
}

impl Collection {
    /// Whether the filter says whose a row is: it asks for the other row itself, or for this one by what the other one names. What only
    /// shares a value with the other, or is held against one of its figures, may be another's.
    pub fn names_a_row(&self, other: Var) -> bool {
        self.filter.mentions(other) && (self.filter.names(other, true) || self.filter.names(self.var, true))
    }
}

impl Asks {
    fn names(&self, var: Var) -> bool {
        let any = |all: &[Expr]| all.iter().any(|one| one.is_row(var));
        match self {
            Asks::Given(_) | Asks::Before(..) | Asks::Less(..) | Asks::About { .. } | Asks::SameSet(..) => false,
            Asks::OneOf(one, options) => one.is_row(var) || any(options),
            Asks::Holds(_, items) | Asks::HoldsOnly(_, items) => any(items),
            Asks::HoldsEach { options, .. } => any(options),
            Asks::In { row, set, .. } => {
                let itself = matches!(row, Row::Var(own) if *own == var);
                itself || matches!(set, Set::Rows(of) if of.filter.mentions(var))
            }
        }
    }

    fn mentions(&self, var: Var) -> bool {
        let any = |all: &[Expr]| all.iter().any(|one| one.mentions(var));
        match self {
            Asks::Given(field) => field.row.mentions(var),
            Asks::Before(a, b) | Asks::Less(a, b) => a.mentions(var) || b.mentions(var),
            Asks::OneOf(a, options) => a.mentions(var) || any(options),
            Asks::About { amount, least, most } => [amount, least, most].iter().any(|one| one.mentions(var)),
            Asks::Holds(set, items) | Asks::HoldsOnly(set, items) => set.row.mentions(var) || any(items),
            Asks::SameSet(one, other) => one.row.mentions(var) || other.row.mentions(var),
            Asks::HoldsEach { set, options, .. } => set.row.mentions(var) || any(options),
            Asks::In { row, set, on } => row.mentions(var) || set.mentions(var) || on.mentions(var),
        }
    }
}

impl On {
    fn mentions(&self, var: Var) -> bool {
        match self {
            On::Then => false,
            On::Day(day) => day.mentions(var),
            On::Throughout(from, to) => from.mentions(var) || to.mentions(var),
        }
    }
}

impl Set {
    fn mentions(&self, var: Var) -> bool {
        match self {
            Set::Rows(of) => of.filter.mentions(var),
            Set::Listed(field) => field.row.mentions(var),
            Set::Named { .. } => false,
        }
    }
}

impl Row {
    pub fn mentions(&self, var: Var) -> bool {
        match self {
            Row::Var(own) => *own == var,
            Row::Agreement => false,
            Row::Follow(field) => field.row.mentions(var),
            Row::Beside(beside) => beside.of.mentions(var),
        }
    }
}

/// How far a day lies from another, after it or before.
#[derive(Clone, Debug)]
pub enum Lapse {
    Fixed(Period),
    /// So many times a unit (a negative one for what lies before) as a number tells, which is a whole one and not negative.
    Told {
        number: Box<Expr>,
        unit: Period,
    },
}

impl Lapse {
    /// The period, where it is the same whatever the facts.
    pub fn fixed(&self) -> Option<&Period> {
        match self {
            Lapse::Fixed(by) => Some(by),
            Lapse::Told { .. } => None,
        }
    }

    /// What tells how far it is.
    pub fn number(&self) -> Option<&Expr> {
        match self {
            Lapse::Fixed(_) => None,
            Lapse::Told { number, .. } => Some(number),
        }
    }

    /// Whether it lies before the day, if it does not lie on it.
    pub fn goes_back(&self) -> bool {
        match self {
            Lapse::Fixed(by) | Lapse::Told { unit: by, .. } => by.goes_back(),
        }
    }

    /// Whether it is the day itself, whatever the facts.
    pub fn is_zero(&self) -> bool {
        self.fixed().is_some_and(Period::is_zero)
    }

    /// The period, or of what is told one unit of it.
    pub fn unit(&self) -> &Period {
        match self {
            Lapse::Fixed(by) | Lapse::Told { unit: by, .. } => by,
        }
    }
}

impl Expr {
    /// Whether it is a day that stands for others: those that a definition names, or the earliest or latest of some.
    pub fn names_others(&self) -> bool {
        matches!(self.kind, ExprKind::Defined { .. } | ExprKind::EarliestOf(_) | ExprKind::LatestOf(_))
    }

    /// Whether it is a row itself.
    fn is_row(&self, var: Var) -> bool {
        match &self.kind {
            ExprKind::Row(Row::Var(own)) => *own == var,
            ExprKind::OnDay { of, .. } => of.is_row(var),
            _ => false,
        }
    }

    /// Whether the expression speaks of a row.
    pub fn mentions(&self, var: Var) -> bool {
        use ExprKind as K;
        match &self.kind {
            K::Day(_) | K::Number(_) | K::Money(_) | K::Text(_) | K::YesNo(_) | K::Id(_, _) | K::Actor(_) => false,
            K::NotStated | K::PeriodStart | K::PeriodEnd | K::BindsFrom | K::BindsThrough => false,
            K::TermStart(_) | K::TermEnd(_) | K::Value(_) => false,
            // Another clause's day is that of the same rows.
            K::DueDayOf(_) | K::EffectOf(_) => true,
            K::Field(field) | K::Held(field) => field.row.mentions(var),
            K::Row(row) => row.mentions(var),
            K::YearDay { year, .. } => year.as_ref().is_some_and(|year| year.mentions(var)),
            K::Shift { day, by } => day.mentions(var) || by.number().is_some_and(|number| number.mentions(var)),
            K::OfDay(_, day) => day.mentions(var),
            K::TheDay(condition) => condition.mentions(var),
            K::Plus(a, b) | K::Minus(a, b) | K::Times(a, b) | K::DividedBy(a, b) => a.mentions(var) || b.mentions(var),
            K::DaysBetween(a, b) | K::WholeMonthsBetween(a, b) | K::WorkingDaysBetween(a, b) => {
                a.mentions(var) || b.mentions(var)
            }
            K::EarliestOf(days) | K::LatestOf(days) => days.iter().any(|day| day.mentions(var)),
            K::Count(of) => of.filter.mentions(var),
            K::CountDifferent(what, of) | K::Sum(what, of) | K::Earliest(what, of) | K::Latest(what, of) => {
                what.mentions(var) || of.filter.mentions(var)
            }
            K::Per { of, .. } => of.mentions(var),
            K::Rounded { of, to, .. } => of.mentions(var) || to.mentions(var),
            K::OnDay { of, day } => of.mentions(var) || day.mentions(var),
            K::Defined { row, .. } => row.as_ref().is_some_and(|row| row.mentions(var)),
        }
    }
}
