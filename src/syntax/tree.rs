//! The spanned tree of a policy file: what the author wrote, sorted by form. Names are not yet resolved, nothing is
//! checked, and no clause kind is known by name here: a clause is a kind, a head and slots.
//! It is one long file since it is one noun: whoever looks for what can be written finds all of it here.

mod amendment;

use crate::source::{FileId, Span, Spanned};
pub use amendment::{Alteration, AlterationKind, Amendment, AmendmentLine, AmendmentLineKind, Began};

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
    /// The role of the regime's keyword, such as `regime_round_down`.
    Months(Spanned<&'static str>),
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
    Record(Record),
    Actors(Vec<Actor>),
    Fact(Field),
    Define(Define),
    Value(ValueItem),
    Clause(Clause),
    Amendment(Amendment),
    Scenario(Scenario),
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

/// One line of a clause.
#[derive(Clone, Debug)]
pub struct Slot {
    pub kind: SlotKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum SlotKind {
    ForEach {
        record: Name,
        filter: Option<Expr>,
    },
    AlsoFor {
        record: Name,
        filter: Option<Expr>,
    },
    Does(Does),
    Numbered {
        of: Collection,
        modal: Spanned<Modal>,
        parts: Vec<NumberedPart>,
    },
    Limited {
        of: Collection,
        modal: Spanned<Modal>,
        limit: Spanned<Limit>,
        amount: Expr,
    },
    OnEveryDay,
    Count(Count),
    Cycle(CycleText),
    CutShort {
        which: CutPeriod,
        counts: CutCounts,
    },
    Timing(Timing),
    Lasting {
        from: Expr,
        end: Option<(Bound, Expr)>,
    },
    Exercised(Name),
    /// `takes effect P after D`; no period: `takes effect on D`.
    Effect {
        lapse: Option<PeriodText>,
        anchor: Expr,
    },
    Inside {
        scope: Quoted,
        decided_by: Name,
    },
    States(Expr),
    Carried(Expr),
    Quorum(Expr),
    /// `4 years from D`; a part that is `None` is not stated in the text.
    Length {
        period: Option<PeriodText>,
        from: Option<Expr>,
    },
    Starts(TermEdge),
    /// `None`: not stated.
    Ends(Option<TermEdge>),
    Renewal {
        period: PeriodText,
        times: RenewalTimes,
    },
    SameDaysAs(Name),
    Shared(Shared),
    BorneBy {
        amount: Expr,
        payer: Expr,
    },
    Billed(Billed),
    InForce(ForceText),
    If(Expr),
    Unless(Expr),
    ExceptionTo(Name),
    Otherwise(Name),
    GivesWayTo(Name),
    OwedTo(Name),
    InWriting,
    To(Name),
    Principles(Vec<Name>),
    IfJudged {
        words: Quoted,
        by: Option<Name>,
    },
    MovedToWorkingDay,
    Note(Quoted),
    Restates {
        agreement: Name,
        place: Option<Place>,
    },
    AsFarAsPossible,
    LayBefore {
        role: Name,
        facts: Vec<Expr>,
    },
    JudgedBy(Name),
    AttestedBy(Name),
    CountedFor(Name),
    Statements(Vec<Name>),
}

/// `X where C`.
#[derive(Clone, Debug)]
pub struct Collection {
    pub name: Name,
    pub filter: Option<Box<Expr>>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Does {
    pub bearer: Bearer,
    pub modal: Spanned<Modal>,
    pub act: Act,
}

#[derive(Clone, Debug)]
pub enum Bearer {
    One(Collection),
    Each(Collection),
    EachOf(Vec<Name>),
    Together(Vec<Name>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modal {
    Shall,
    Should,
    May,
    MustNot,
    AimsTo,
}

#[derive(Clone, Debug)]
pub enum Act {
    /// `ensure C`: a state that must hold.
    State(Expr),
    /// `have F`: the day in this field of the subject.
    Dated(Name),
    PayShareOf(Name),
    /// `work for "…"`: effort.
    Effort(Quoted),
    /// A verb and an event: `hold meeting where kind is annual`.
    Event {
        verb: Spanned<&'static str>,
        event: Collection,
    },
    /// `join`, `leave`: a verb without an object.
    Plain(Spanned<&'static str>),
    Quoted(Quoted),
}

#[derive(Clone, Debug)]
pub struct NumberedPart {
    pub least: Expr,
    pub most: Option<Expr>,
    pub tolerance: Option<(Expr, Expr)>,
    pub filter: Option<Expr>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    AtLeast,
    AtMost,
    Exactly,
    MoreThan,
    LessThan,
}

#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there are few of them, and none is kept in bulk")]
pub enum Count {
    /// `at least N times`; without a limit word: exactly, or `about` when a tolerance stands.
    Times {
        limit: Option<Limit>,
        times: Expr,
        tolerance: Option<(Expr, Expr)>,
    },
    Once,
    /// `at least 1 of each of open, parties`.
    OfEach {
        least: String,
        options: Vec<Name>,
    },
}

#[derive(Clone, Debug)]
pub enum CycleText {
    CalendarYear,
    HalfYear,
    FourMonths,
    Quarter,
    Month,
    Week,
    FiscalYear,
    YearOfTerm(Name),
    Counted { period: PeriodText, from: Expr },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutPeriod {
    First,
    Last,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutCounts {
    Whole,
    InProportion,
    NotAtAll,
}

/// A period as written: amounts and units, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodText {
    pub parts: Vec<(Spanned<String>, PeriodUnit)>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodUnit {
    Year,
    Month,
    Week,
    Day,
    WorkingDay,
}

/// Before or after an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

/// `None` stands for `not stated`: the text is silent.
/// Which years of a term are numbered: those from its first day on, or the calendar years that it touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearCounted {
    FromTheFirstDay,
    Calendar,
}

#[derive(Clone, Debug)]
pub enum Timing {
    By(Option<Expr>),
    Before(Expr),
    After(Expr),
    On(Expr),
    Between(Expr, Expr),
    AtLeast { lapse: Option<PeriodText>, side: Side, anchor: Expr },
    AtMost { lapse: Option<PeriodText>, side: Side, anchor: Expr },
    Within { lapse: Option<PeriodText>, anchor: Expr },
    InYear { year: Spanned<String>, term: Name, counted: YearCounted },
    InTheFirstWeek,
    InTheFirstDays(Spanned<String>),
    BeforeTheStart,
    During(During),
    AtAnyTime,
    InReasonableTime,
    WithoutALastDay,
}

#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there are few of them, and none is kept in bulk")]
pub enum During {
    Span(Expr, Expr),
    Term(Name),
}

/// `1 year after D` or `on D` (no period).
#[derive(Clone, Debug)]
pub struct TermEdge {
    pub lapse: Option<(PeriodText, Side)>,
    pub anchor: Expr,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenewalTimes {
    /// The text does not say how often.
    NotSaid,
    Once,
    Endlessly,
    AtMost(String),
}

#[derive(Clone, Debug)]
pub struct Shared {
    pub amount: Expr,
    pub key: Key,
    pub among: Option<SetOn>,
    pub options: Vec<KeyOption>,
    pub rounding: Option<RoundingText>,
}

#[derive(Clone, Debug)]
pub enum Key {
    Equally(Span),
    InProportionTo(Expr),
    InParts(Vec<(Expr, Name)>),
    BySeparateDecision(Span),
    Mixed(Vec<(Expr, Key)>),
}

#[derive(Clone, Debug)]
pub struct KeyOption {
    pub kind: KeyOptionKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum KeyOptionKind {
    After(Expr),
    /// The author must say what becomes of the rest: `None` is a finding.
    AtMost(Expr, Option<RestGoes>),
    AtLeast(Expr),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestGoes {
    Refilled,
    StaysUnshared,
}

#[derive(Clone, Debug)]
pub struct RoundingText {
    pub unit: Expr,
    pub remainder: Option<RemainderText>,
    pub ties_by: Option<Name>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemainderText {
    Largest,
    FirstInOrder,
}

/// `billed by RECORD to FIELD for FIELD as FIELD`.
#[derive(Clone, Debug)]
pub struct Billed {
    pub by: Collection,
    pub to: Name,
    pub for_what: Name,
    pub amount: Name,
}

/// `party on D`, `organisation where …`.
#[derive(Clone, Debug)]
pub struct SetOn {
    pub of: Collection,
    pub on: Option<Box<Expr>>,
    pub span: Span,
}

// ---- expressions ---------------------------------------------------------------------------------------------------

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
    DueDayOf(Name),
    EffectOf(Name),
    TheDay(Box<Expr>),
    Plus(Box<Expr>, Box<Expr>),
    Minus(Box<Expr>, Box<Expr>),
    Times(Box<Expr>, Box<Expr>),
    DividedBy(Box<Expr>, Box<Expr>),
    /// `the weekday of planned_on`.
    WeekdayOf(Box<Expr>),
    CountOf(Collection),
    CountOfDifferent(Box<Expr>, Collection),
    SumOf(Name, Collection),
    Earliest(Name, Collection),
    Latest(Name, Collection),
    DaysFrom(Box<Expr>, Box<Expr>),
    WholeMonthsFrom(Box<Expr>, Box<Expr>),
    /// `half of X`, `2/3 of X`, `60 % of X`.
    Portion(Box<Expr>, Box<Expr>),
    /// `1 per 40 started of X`.
    Per {
        give: String,
        per: String,
        part: PerPart,
        of: Box<Expr>,
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

// ---- scenarios -----------------------------------------------------------------------------------------------------

#[derive(Clone, Debug)]
pub struct Scenario {
    pub title: Quoted,
    pub facts: Vec<Quoted>,
    pub as_of: Option<DayText>,
    /// Amendments that are taken to be adopted.
    pub with: Vec<Name>,
    pub given: Vec<Given>,
    pub expectations: Vec<Expectation>,
    pub notes: Vec<Quoted>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Given {
    pub kind: GivenKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum GivenKind {
    /// Adds a record, or changes fields of the one with this id.
    Record {
        record: Name,
        id: Name,
        fields: Vec<(Name, GivenValue)>,
    },
    /// Takes one record away, or all of its kind.
    Without {
        record: Name,
        id: Option<Name>,
    },
    Complete {
        record: Name,
        from: DayText,
        through: DayText,
    },
    Fact {
        name: Name,
        value: GivenValue,
    },
}

#[derive(Clone, Debug)]
pub struct GivenValue {
    pub kind: GivenValueKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum GivenValueKind {
    /// Known: there is none.
    None,
    Unknown,
    YesNo(bool),
    Number(String),
    Money {
        currency: String,
        amount: String,
    },
    /// A word, a date or a text; the field's type decides.
    Text(String),
    List(Vec<GivenValue>),
}

#[derive(Clone, Debug)]
pub struct Expectation {
    pub clause: Name,
    pub keys: Vec<Name>,
    /// The role of the verdict's keyword without its prefix, such as `not_applicable`.
    pub verdict: Spanned<&'static str>,
    pub details: Vec<Detail>,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Detail {
    pub kind: DetailKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum DetailKind {
    DaysLate(String),
    DaysEarly(String),
    LastDay(DayText),
    /// A missing fact: a path such as `summons_sent_on of annual_2015` or `meeting complete`.
    Missing {
        path: Box<Expr>,
        complete: bool,
    },
    Share {
        of: Name,
        currency: String,
        amount: String,
    },
    /// `1 of 2`: how far it has come.
    Progress {
        have: String,
        need: String,
    },
    /// Who decides, or words that the reason holds.
    Says(Name),
}
