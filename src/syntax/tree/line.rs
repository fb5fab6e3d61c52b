//! The lines of a clause as they are written, each with its parts.

use super::{Bound, Expr, ForceText, Name, Place, Quoted};
use crate::source::{Span, Spanned};

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
        lapse: Option<LapseText>,
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
    Otherwise(Vec<Name>),
    GivesWayTo(Name),
    OwedTo(Name),
    InWriting,
    To(Name),
    Principles(Vec<Name>),
    IfJudged {
        words: Quoted,
        by: Option<Name>,
    },
    Moved(Toward),
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
    /// What the clause was called before.
    Formerly(Vec<Name>),
}

/// `X where C`, `X in the period where C`, `X on D where C`.
#[derive(Clone, Debug)]
pub struct Collection {
    pub name: Name,
    pub which: Which,
    pub filter: Option<Box<Expr>>,
    pub span: Span,
}

/// Which of its rows a name stands for.
#[derive(Clone, Debug)]
pub enum Which {
    /// Those of the day that is asked about.
    Any,
    /// Those whose own day lies in the period that is judged: where it says so.
    InThePeriod(Span),
    /// Those of another day, and where it is named.
    OnDay(Box<Expr>, Span),
}

#[derive(Clone, Debug)]
pub struct Does {
    pub bearer: Bearer,
    pub modal: Spanned<Modal>,
    pub act: Act,
    /// `in 6 instalments every 2 months`: of what is paid.
    pub instalments: Option<InstalmentsText>,
}

/// So many parts of an amount, one after the other.
#[derive(Clone, Debug)]
pub struct InstalmentsText {
    pub many: Spanned<String>,
    pub every: PeriodText,
    /// `rounded down to SEK 50`.
    pub unit: Option<Expr>,
    pub rest: RestOn,
    pub span: Span,
}

/// Which instalment takes what the rounded ones leave over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestOn {
    First,
    Last,
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
    /// `have F, then G`: days in this order.
    InOrder(Vec<Name>),
    PayShareOf(Name),
    /// `work for "…"`: effort.
    Effort(Quoted),
    /// A verb and an event: `hold meeting where kind is annual`.
    Event {
        verb: Spanned<&'static str>,
        event: Collection,
    },
    /// `pay AMOUNT by RECORD as FIELD`: events that come to an amount.
    Pay {
        verb: Spanned<&'static str>,
        amount: Expr,
        /// The events, and the field that holds their amounts; it is a finding if they are not written.
        by: Option<(Collection, Name)>,
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

/// Which working day a last day moves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    Next,
    Previous,
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
        /// What falls short of it is broken, whatever the tolerance.
        floor: Option<Expr>,
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

/// A time before or after a day: as written, or so many units as something tells.
#[derive(Clone, Debug)]
pub enum LapseText {
    Period(PeriodText),
    Told(Told),
}

/// `payment_days days`.
#[derive(Clone, Debug)]
pub struct Told {
    pub number: Box<Expr>,
    pub unit: PeriodUnit,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodUnit {
    Year,
    Month,
    Week,
    Day,
    WorkingDay,
    /// Days between two days of which neither is counted.
    ClearDay,
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
    AtLeast {
        lapse: Option<LapseText>,
        side: Side,
        anchor: Expr,
    },
    AtMost {
        lapse: Option<LapseText>,
        side: Side,
        anchor: Expr,
    },
    Within {
        lapse: Option<LapseText>,
        anchor: Expr,
    },
    /// `for 2 years from D`: D is counted in.
    For {
        period: PeriodText,
        from: Expr,
    },
    InYear {
        year: Spanned<String>,
        term: Name,
        counted: YearCounted,
    },
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
    /// Each has an amount of its own (`each at most its cap`), not all the same.
    pub its: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum KeyOptionKind {
    After(Expr),
    /// The author must say what becomes of the rest: `None` is a finding.
    AtMost(Expr, Option<RestGoes>),
    AtLeast(Expr),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestGoes {
    Refilled,
    StaysUnshared,
    To(Name),
}

#[derive(Clone, Debug)]
pub struct RoundingText {
    pub unit: Expr,
    pub remainder: Option<RemainderText>,
    pub ties_by: Option<(Name, TiesGo)>,
    pub span: Span,
}

/// Who comes first of those that tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TiesGo {
    LowestFirst,
    HighestFirst,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemainderText {
    Largest,
    FirstInOrder,
    /// `half up each, the rest to city`.
    HalfUpEach(Name),
}

/// `billed by RECORD to FIELD for FIELD as FIELD`.
#[derive(Clone, Debug)]
pub struct Billed {
    pub by: Collection,
    pub to: Name,
    pub for_what: Name,
    pub amount: Name,
}

/// `party on D`, `organisation where …`, `its accepted_by`.
#[derive(Clone, Debug)]
pub struct SetOn {
    pub of: Collection,
    /// It is a field of what `its` means.
    pub its: bool,
    pub on: Option<Box<Expr>>,
    pub span: Span,
}
