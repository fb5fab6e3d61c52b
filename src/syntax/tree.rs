//! The spanned tree of a policy file: what the author wrote, sorted by form. Names are not yet resolved, nothing is
//! checked, and no clause kind is known by name here: a clause is a kind, a head and slots.
//! Here stand a file and its declarations; what they are made of has files of its own.

mod amendment;
mod expression;
mod line;
mod scenario;

use crate::source::{FileId, Span, Spanned};
use crate::value::{Weekday, Work};
pub use amendment::{Alteration, AlterationKind, Amendment, AmendmentLine, AmendmentLineKind, Began};
pub use expression::{
    Comparison, ComparisonKind, Expr, ExprKind, Joint, Membership, Order, PerPart, RoundedWay, SpanName, YearDay,
};
pub use line::{
    Act, Bearer, Billed, Collection, Count, CutCounts, CutPeriod, CycleText, Does, During, InstalmentsText, Key,
    KeyOption, KeyOptionKind, LapseText, Limit, Modal, NumberedPart, PeriodText, PeriodUnit, RemainderText,
    RenewalTimes, RestGoes, RestOn, RoundingText, SetOn, Shared, Side, Slot, SlotKind, TermEdge, TiesGo, Timing, Told,
    Toward, Which, YearCounted,
};
pub use scenario::{Detail, DetailKind, Expectation, Given, GivenKind, GivenValue, GivenValueKind, Scenario};

/// A name as written, in NFC.
pub type Name = Spanned<String>;
/// Quoted words; white space within is folded to single spaces.
pub type Quoted = Spanned<String>;

/// One policy file.
#[derive(Clone, Debug)]
pub struct Tree {
    pub file: FileId,
    pub agreement: Option<Header>,
    pub items: Vec<Item>,
    /// Where comments stand, in order; the text holds their words.
    pub comments: Vec<Span>,
    /// Names that declarations which could not be read may declare.
    pub lost: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Header {
    pub name: Name,
    pub title: Option<Quoted>,
    pub lines: Vec<HeaderLine>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct HeaderLine {
    pub kind: HeaderKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum HeaderKind {
    Version(String),
    Text(Quoted),
    Made(DayText),
    InForce(ForceText),
    Currency(Name),
    Calendar(Name),
    /// The name of the regime, such as `round down` or `Sweden 1930:173`.
    Months(Name),
    Week {
        from: String,
        to: String,
    },
    FiscalYear {
        day: String,
        month: u32,
    },
    Conforms(Conforms),
}

/// `conforms to NAME "path", with OWN for ITS`: the agreement whose principles this one takes up.
#[derive(Clone, Debug)]
pub struct Conforms {
    pub agreement: Name,
    pub path: Quoted,
    pub aliases: Vec<Alias>,
}

/// A principle of this agreement that stands for one of the other.
#[derive(Clone, Debug)]
pub struct Alias {
    pub own: Name,
    pub stands_for: Name,
}

/// A date as written; whether there is such a day is not yet known.
pub type DayText = Spanned<String>;

#[derive(Clone, Debug)]
pub struct ForceText {
    pub from: DayText,
    pub end: Option<EndText>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct EndText {
    pub day: DayText,
    pub bound: Bound,
}

/// `until` leaves the day out, `through` takes it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Until,
    Through,
}

#[derive(Clone, Debug)]
pub enum Item {
    Import(Quoted),
    Calendar(LocalCalendar),
    Record(Record),
    Actors(Vec<Actor>),
    Fact(Field),
    Define(Define),
    Value(ValueItem),
    Clause(Clause),
    Amendment(Amendment),
    Scenario(Scenario),
}

/// `local calendar NAME of BASE`: days of its own beside those of a calendar that is known by name.
#[derive(Clone, Debug)]
pub struct LocalCalendar {
    pub name: Name,
    pub of: Name,
    pub title: Option<Quoted>,
    pub lines: Vec<CalendarLine>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct CalendarLine {
    pub kind: CalendarLineKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum CalendarLineKind {
    Days(Work, Vec<OwnDays>),
    /// The years of which the days are known.
    Known {
        from: String,
        through: String,
    },
}

#[derive(Clone, Debug)]
pub enum OwnDays {
    EveryWeek(Weekday),
    One(Expr),
    Through(Expr, Expr),
}

#[derive(Clone, Debug)]
pub struct Record {
    pub name: Name,
    pub plural: Option<Name>,
    pub title: Option<Quoted>,
    pub shape: RecordShape,
    pub fields: Vec<Field>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum RecordShape {
    Plain,
    /// Happens on the day in this field.
    Event(Name),
    Lasts {
        from: Name,
        to: Name,
        bound: Bound,
    },
    /// `also`: more fields of a record that is declared elsewhere.
    Also,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: Name,
    pub ty: FieldType,
    pub over_time: bool,
    pub required: bool,
    pub title: Option<Quoted>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct FieldType {
    pub kind: FieldTypeKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum FieldTypeKind {
    Text,
    YesNo,
    Number,
    Money,
    Date,
    Time,
    OneOf(Vec<Name>),
    SetOf(Box<FieldType>),
    Record(Name),
}

#[derive(Clone, Debug)]
pub struct Actor {
    pub name: Name,
    pub title: Option<Quoted>,
}

#[derive(Clone, Debug)]
pub struct Define {
    pub name: Name,
    pub of: Option<Name>,
    pub body: DefineBody,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum DefineBody {
    Expr(Expr),
    Listed(Vec<Name>),
    /// `A if C, B if D, otherwise E`.
    Chosen {
        cases: Vec<(Expr, Expr)>,
        otherwise: Expr,
    },
}

#[derive(Clone, Debug)]
pub struct ValueItem {
    pub name: Name,
    pub values: Vec<(Expr, Option<DayText>)>,
    pub last_checked: Option<DayText>,
    pub span: Span,
}

/// `§ 4.3, 4.5` or `§ "heading", 3`: where in the agreement's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub parts: Vec<String>,
    pub span: Span,
}

/// A clause of any kind. `kind` is the name of its production in the grammar.
#[derive(Clone, Debug)]
pub struct Clause {
    pub kind: Spanned<String>,
    pub name: Name,
    pub place: Option<Place>,
    pub of: Option<Name>,
    pub title: Option<Quoted>,
    pub slots: Vec<Slot>,
    pub requirements: Vec<Requirement>,
    pub readings: Vec<Reading>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Requirement {
    pub name: Name,
    pub place: Option<Place>,
    pub title: Option<Quoted>,
    pub condition: Expr,
    pub slots: Vec<Slot>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Reading {
    pub name: Name,
    pub slots: Vec<Slot>,
    pub span: Span,
}
