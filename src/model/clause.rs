//! A clause with its lines resolved, and the parts that lines are made of. What kind of clause it is decides elsewhere
//! what the lines add up to; here they only stand, each in its slot.

use super::amendment::{AmendmentId, Cut};
use super::expr::{ClauseId, Collection, Cond, Expr, FieldOf, Lapse, On, Row};
use super::schema::{ActorId, FieldId, RecordId};
use crate::source::{Span, Spanned};
use crate::value::{Cycle, Number, Period, Stretch};

/// One clause of an agreement. Several dated wordings of one clause share its name and are one clause here.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The name of its kind, such as `deadline`.
    pub kind: &'static str,
    pub name: String,
    pub wordings: Vec<Wording>,
}

/// What one declaration of a clause says.
#[derive(Clone, Debug)]
pub struct Wording {
    pub name_span: Span,
    pub span: Span,
    pub place: Option<Place>,
    pub title: Option<String>,
    /// Days of force, as declared, within the agreement's own (as long as any amendment may make it).
    pub force: Stretch,
    /// Whether its first day of force is written: by itself, by the amendment that brings it in, or by the agreement.
    pub first_day_stated: bool,
    /// The amendment that brings it in; nothing for the wording that was agreed first.
    pub by: Option<AmendmentId>,
    /// Where amendments end it, in their order.
    pub cuts: Vec<Cut>,
    pub of: Option<RecordId>,
    pub common: Lines,
    pub requirements: Vec<Requirement>,
    /// Each with all lines: the common ones and its own. Empty when there is nothing to choose between.
    pub readings: Vec<(Spanned<String>, Lines)>,
    /// Ids of the statements that it encodes, such as `samverkan-4.4`.
    pub statements: Vec<String>,
    pub principles: Vec<String>,
    pub notes: Vec<String>,
    /// Taken over from another agreement: its name, and the place there.
    pub restates: Option<(String, Option<Place>)>,
}

/// Where in the agreement's text, as printed: `§ 4.3, 4.5`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub words: String,
    pub span: Span,
}

/// One line of a membership's demands, judged by itself at joining.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub name: Spanned<String>,
    pub place: Option<Place>,
    pub title: Option<String>,
    pub condition: Cond,
    pub lines: Lines,
    pub statements: Vec<String>,
    pub notes: Vec<String>,
    pub span: Span,
}

/// The lines of a clause by slot. A slot that is not filled was not written.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// `for each …`, and `also for …`: one instance for each row.
    pub subjects: Vec<Collection>,
    pub bearer: Option<Spanned<Bearer>>,
    pub strength: Option<Spanned<Strength>>,
    pub act: Option<Spanned<Act>>,
    pub numbered: Option<Spanned<Numbered>>,
    pub limited: Option<Spanned<Limited>>,
    pub on_every_day: Option<Span>,
    pub count: Option<Spanned<Count>>,
    /// What is to be paid is paid in so many parts.
    pub instalments: Option<Spanned<Instalments>>,
    pub cycle: Option<Spanned<CycleOf>>,
    pub first_period: Option<Spanned<CutCounts>>,
    pub last_period: Option<Spanned<CutCounts>>,
    pub window: Option<Spanned<Window>>,
    pub lasting: Option<Spanned<Lasting>>,
    pub exercised: Option<Spanned<FieldOf>>,
    /// The day on which the exercise takes effect.
    pub effect: Option<Spanned<Edge>>,
    pub inside: Option<Spanned<Inside>>,
    pub states: Option<Cond>,
    pub carried: Option<Cond>,
    pub quorum: Option<Cond>,
    pub term: Option<Spanned<TermOf>>,
    pub sharing: Option<Spanned<Sharing>>,
    pub billed: Option<Spanned<Billed>>,
    pub conditions: Vec<When>,
    pub exception_to: Option<Spanned<ClauseId>>,
    /// What becomes due, in the order in which it is named, each with its place: that of the line, where it stands there alone.
    pub otherwise: Option<Spanned<Vec<Spanned<ClauseId>>>>,
    pub gives_way_to: Option<Spanned<ClauseId>>,
    pub owed_to: Option<Spanned<Party>>,
    pub in_writing: Option<Span>,
    pub addressed_to: Option<Spanned<Party>>,
    pub moved: Option<Spanned<Toward>>,
    pub as_far_as_possible: Option<Span>,
    pub lay_before: Option<Spanned<LayBefore>>,
    pub judged_by: Option<Spanned<String>>,
    pub attested_by: Option<Spanned<String>>,
    /// A field of the event that says which period it is for.
    pub counted_for: Option<Spanned<FieldId>>,
}

/// How a duty is meant; whether it is kept is another question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A duty.
    Shall,
    /// A ban.
    MustNot,
    /// A recommendation.
    Should,
    /// What somebody strives for.
    Aims,
    /// A definition or a statement of fact.
    Is,
    /// A right.
    May,
    /// A decision of a body.
    Decision,
}

/// Who is to act.
#[derive(Clone, Debug)]
pub enum Bearer {
    Actor(ActorId),
    /// Several actors with one duty between them.
    Together(Vec<ActorId>),
    /// Several actors, each with a duty of its own: one instance each.
    EachOf(Vec<ActorId>),
    /// Each row of a record or of a membership: one instance each.
    Each(Collection),
    /// The record that a field of the subject names.
    Field(FieldOf),
}

/// A party that something is owed or addressed to.
#[derive(Clone, Debug)]
pub enum Party {
    Actor(ActorId),
    Record(RecordId),
    Field(FieldOf),
}

#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there are few of them, and none is kept in bulk")]
pub enum Act {
    /// Events of a kind; the filter may speak of subject and bearer.
    Event {
        verb: &'static str,
        events: Collection,
    },
    /// A day in a field of the subject.
    Dated(FieldOf),
    /// Days in fields of the subject, two or more, in this order.
    InOrder(Vec<FieldOf>),
    /// A state that must hold.
    State(Cond),
    PayShareOf(ClauseId),
    /// Words in quotes: for a person to judge or attest.
    Words(String),
    /// `work for "…"`: effort; never violated by a missing result.
    Effort(String),
    /// `join` or `leave`: what is done is told by `exercised on`.
    Plain(&'static str),
}

/// `seat shall number 5 to 7`.
#[derive(Clone, Debug)]
pub struct Numbered {
    pub parts: Vec<NumberedPart>,
}

#[derive(Clone, Debug)]
pub struct NumberedPart {
    /// The rows that this part counts: those of the whole that pass the part's filter too.
    pub of: Collection,
    pub least: Expr,
    pub most: Expr,
    /// Inside is satisfied, outside of it needs judgement.
    pub tolerance: Option<(Expr, Expr)>,
    pub span: Span,
}

/// `seat where … shall be at most half of seat`: the number of one set against an amount.
#[derive(Clone, Debug)]
pub struct Limited {
    pub of: Collection,
    pub limit: Limit,
    pub amount: Expr,
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
pub enum Count {
    Times {
        limit: Limit,
        times: Expr,
    },
    /// `10, tolerance 8 to 12, times`: inside satisfied, outside needs judgement. Of a least number only what falls short lies
    /// outside, of a greatest number only what goes beyond.
    About {
        limit: Limit,
        least: Expr,
        most: Expr,
        /// `at least 5`: what falls short of it is broken.
        floor: Option<Expr>,
    },
    /// At least so many for each option of a field of the event.
    OfEach {
        least: u32,
        field: FieldId,
        options: Vec<String>,
    },
    /// `pay SEK 90 000 by payment as amount`: the amounts in a field of the events come to at least so much.
    Amount {
        field: FieldId,
        amount: Expr,
    },
}

/// `in 6 instalments every 2 months`: an amount in equal parts, of which the first is paid within the window, and each other one so
/// much later.
#[derive(Clone, Debug)]
pub struct Instalments {
    pub many: u32,
    pub every: Period,
    /// All but one are multiples of it; without it of the smallest unit of the currency.
    pub unit: Option<Expr>,
    /// The one that takes what the others leave over.
    pub rest: RestOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestOn {
    First,
    Last,
}

#[derive(Clone, Debug)]
pub enum CycleOf {
    Calendar(Cycle),
    /// Counted from a day that the facts give.
    Counted {
        every: Period,
        from: Expr,
    },
    YearOfTerm(ClauseId),
    /// Each term, of what is reckoned from its first or last day: no line says so, its renewals do.
    EachTerm(ClauseId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutCounts {
    Whole,
    InProportion,
    NotAtAll,
}

/// When something is to happen. Both ends are days taken in; a first day that is not there is open.
#[derive(Clone, Debug)]
pub struct Window {
    pub first: Option<Edge>,
    pub last: Edge,
    /// It is of days of the period by their numbers (`in the first N days`), and ends with the period at the latest.
    pub numbered: bool,
    /// A line says when, be it `at any time`. What nothing is said of begins with its subject.
    pub stated: bool,
}

#[derive(Clone, Debug)]
pub enum Edge {
    /// The day of the expression itself.
    On(Expr),
    /// The day before it: `before D`.
    DayBefore(Expr),
    /// The day after it: `after D`.
    DayAfter(Expr),
    /// So long after (or, negative, before) the anchor; the anchor's day is not counted.
    Lapse { anchor: Expr, by: Lapse },
    /// The last day of so long a time that begins with a day, which is counted: `for 2 years from D`.
    Length { from: Expr, of: Period },
    /// The end of the cycle's period, or no last day at all for a duty without a cycle.
    Open,
    /// `without a last day`: never late, open until done.
    Never,
    /// `in reasonable time`, `not stated`: the text leaves it open.
    Blank { words: &'static str, span: Span },
    /// First and last day of year N of a term.
    YearOfTerm { year: YearOf, end: WhichEnd },
    /// `during TERM`: first and last day of each of its terms.
    OfTerm { term: ClauseId, end: WhichEnd },
}

/// Which working day a last day moves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    Next,
    Previous,
}

impl Toward {
    pub fn words(self) -> &'static str {
        match self {
            Toward::Next => "the next working day",
            Toward::Previous => "the previous working day",
        }
    }
}

/// A numbered year of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearOf {
    pub term: ClauseId,
    pub number: u32,
    pub counted: YearCounted,
}

/// Which years of a term are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearCounted {
    /// `in year 4 of`: from the term's first day on.
    FromTheFirstDay,
    /// `in calendar year 4 of`: calendar years, of which the one that the term begins in is the first.
    Calendar,
}

/// Which end of a window, or of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichEnd {
    /// Its first day.
    First,
    /// Its last day.
    Last,
}

#[derive(Clone, Debug)]
pub struct Lasting {
    pub from: Expr,
    /// The first day out: `until D` is D, `through D` the day after it.
    pub until: Option<Edge>,
}

/// A permission's scope: the act is used, its being inside is judged.
#[derive(Clone, Debug)]
pub struct Inside {
    pub scope: String,
    pub decided_by: String,
}

/// `if` and `unless`. `if judged "…"` is an `If` with words for a person.
#[derive(Clone, Debug)]
pub enum When {
    If(Cond),
    /// Only a condition that is met excepts; one that an absent value leaves open does not.
    Unless(Cond),
}

#[derive(Clone, Debug)]
pub struct TermOf {
    pub starts: TermEdge,
    /// The last day, or how it follows from the start.
    pub ends: TermEdge,
    pub renewal: Option<Renewal>,
    /// `same days as`: another term that this one tells the days of, too. What either leaves unsaid, the other may say;
    /// where both say a day and the days differ, neither wins.
    pub same_days_as: Option<Spanned<ClauseId>>,
}

#[derive(Clone, Debug)]
pub enum TermEdge {
    Day(Expr),
    /// So long from the term's own start (its first day counted in).
    Length(Period),
    /// So long after (or before) another day.
    Lapse {
        anchor: Expr,
        by: Period,
    },
    NotStated(Span),
    /// Until further notice.
    Open,
}

#[derive(Clone, Debug)]
pub struct Renewal {
    pub period: Period,
    pub times: Renewals,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewals {
    AtMost(u32),
    Endlessly,
    /// The text does not say how often: after the first, a person judges.
    NotSaid,
}

#[derive(Clone, Debug)]
pub struct Sharing {
    pub amount: Expr,
    pub way: SharingWay,
}

#[derive(Clone, Debug)]
pub enum SharingWay {
    /// All of it by one: a row that a field names.
    Borne {
        payer: Row,
        record: RecordId,
    },
    Shared(Box<Shared>),
    /// Settled by a decision of its own: the clause only watches that nothing is charged before there is one.
    SeparateDecision,
}

#[derive(Clone, Debug)]
pub struct Shared {
    pub key: SharingKey,
    /// Among these rows, on this day if the set changes over time. `None` only where the key names its parties.
    pub among: Option<(Collection, On)>,
    pub after_each: Option<Expr>,
    pub at_most: Option<(Expr, Rest)>,
    pub at_least: Option<Expr>,
    pub rounding: Option<SharingRounding>,
}

#[derive(Clone, Debug)]
pub enum SharingKey {
    Equally,
    /// The weight of each row, which is bound to the set's variable.
    InProportionTo(Expr),
    /// Actors with fixed portions that add up to one.
    InParts(Vec<(Number, ActorId)>),
    Mixed(Vec<(Number, SharingKey)>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    Refilled,
    StaysUnshared,
    /// Somebody takes it, beside a share of their own.
    To(ActorId),
}

#[derive(Clone, Debug)]
pub struct SharingRounding {
    pub unit: Expr,
    pub remainder: Remainder,
    /// Ties go by this field or definition of each that shares (in the order of its values, or the other way round), then by id.
    pub ties_by: Option<(Expr, TiesGo)>,
}

/// Who comes first of those that tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TiesGo {
    LowestFirst,
    HighestFirst,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remainder {
    Largest,
    FirstInOrder,
    /// Each share is rounded by itself, halves up; what they come to too little somebody takes, and gets back what they come to too much.
    HalfUpEach(ActorId),
}

/// What was billed: rows of a record that name who, for what and how much.
#[derive(Clone, Debug)]
pub struct Billed {
    pub bills: Collection,
    pub to: FieldId,
    pub for_what: FieldId,
    pub amount: FieldId,
}

#[derive(Clone, Debug)]
pub struct LayBefore {
    pub role: String,
    pub facts: Vec<FieldOf>,
}
