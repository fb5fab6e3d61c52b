//! Verdicts: what is the case with one instance of one clause, and the reasons that lead to it.
//! A verdict by itself is small; its reasons are made by judging the instance once more, when somebody asks.

mod batch;

pub use batch::{Batch, Packed, Rows};

use std::collections::BTreeMap;

use crate::facts::{CellId, Row};
use crate::model::amendment::AmendmentId;
use crate::model::clause::{Limit, Strength, WhichEnd};
use crate::model::expr::{ClauseId, DefinitionId, ValueId};
use crate::model::schema::{ActorId, FieldId, RecordId};
use crate::plan::NormId;
use crate::source::Span;
use crate::value::{Currency, CyclePeriod, Day, Money, Number, Period, Stretch};

/// What is the case. How it is called depends on the strength too: see [`Status::called`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Done in time and in full; a limit or ban kept (so far, while it still runs).
    Satisfied,
    /// Done in full, after the last day.
    Late,
    /// The last day has passed and it is known not to be done, or it was done wrong.
    Violated,
    /// Not done yet, and the last day has not passed.
    Pending,
    /// The condition, the bearer or the wording in force does not reach this instance.
    NotApplicable,
    /// The answer depends on facts that are missing or disputed, or on a blank in the text.
    Unknown,
    /// The facts are there, the words leave room.
    NeedsJudgement,
}

impl Status {
    pub const ALL: [Status; 7] = [
        Status::Satisfied,
        Status::Late,
        Status::Violated,
        Status::Pending,
        Status::NotApplicable,
        Status::Unknown,
        Status::NeedsJudgement,
    ];

    /// What the status is called for a norm of this strength (and, for a permission, whether it has a limit that is
    /// passed: that is [`Status::Violated`], `exceeded`).
    pub fn called(self, strength: Strength) -> Called {
        use Strength::{Aims, Decision, Is, May, MustNot, Shall, Should};
        match (self, strength) {
            (Status::NotApplicable, _) => Called::NotApplicable,
            (Status::Unknown, _) => Called::Unknown,
            (Status::NeedsJudgement, _) => Called::NeedsJudgement,
            (Status::Satisfied, Shall | MustNot | Should | Aims | Is) => Called::Satisfied,
            (Status::Late, Shall | MustNot | Should | Aims | Is) => Called::Late,
            (Status::Pending, Shall | MustNot | Should | Aims | Is) => Called::Pending,
            (Status::Violated, Shall | MustNot) => Called::Violated,
            (Status::Violated, Should | Aims) => Called::NotFollowed,
            (Status::Violated, Is) => Called::Differs,
            (Status::Satisfied | Status::Late, May) => Called::Used,
            (Status::Violated, May) => Called::Exceeded,
            (Status::Pending, May | Decision) => Called::Open,
            (Status::Satisfied | Status::Late, Decision) => Called::Carried,
            (Status::Violated, Decision) => Called::NotCarried,
        }
    }
}

/// The word that a report prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Called {
    /// Done as is asked for.
    Satisfied,
    /// Done after the last day.
    Late,
    /// Not done, or done against a ban.
    Violated,
    /// A recommendation was not followed.
    NotFollowed,
    /// What is said to be so is not.
    Differs,
    /// Not done yet, and there is time.
    Pending,
    /// A right that can still be used, or a decision that can still be taken.
    Open,
    /// A right was used.
    Used,
    /// A right was not used, and cannot be any more.
    NotUsed,
    /// A right was used beyond its limit.
    Exceeded,
    /// A decision was taken.
    Carried,
    /// A decision was not taken.
    NotCarried,
    /// A decision was taken without the quorum.
    WithoutEffect,
    /// The clause does not reach this case.
    NotApplicable,
    /// Facts are missing or disputed.
    Unknown,
    /// A person has to judge.
    NeedsJudgement,
}

impl Called {
    /// All of them.
    pub const ALL: [Called; 16] = [
        Called::Satisfied,
        Called::Late,
        Called::Violated,
        Called::NotFollowed,
        Called::Differs,
        Called::Pending,
        Called::Open,
        Called::Used,
        Called::NotUsed,
        Called::Exceeded,
        Called::Carried,
        Called::NotCarried,
        Called::WithoutEffect,
        Called::NotApplicable,
        Called::Unknown,
        Called::NeedsJudgement,
    ];

    /// The word for it.
    pub fn words(self) -> &'static str {
        match self {
            Called::Satisfied => "satisfied",
            Called::Late => "late",
            Called::Violated => "violated",
            Called::NotFollowed => "not followed",
            Called::Differs => "differs from the text",
            Called::Pending => "pending",
            Called::Open => "open",
            Called::Used => "used",
            Called::NotUsed => "not used",
            Called::Exceeded => "exceeded",
            Called::Carried => "carried",
            Called::NotCarried => "not carried",
            Called::WithoutEffect => "without effect",
            Called::NotApplicable => "not applicable",
            Called::Unknown => "unknown",
            Called::NeedsJudgement => "needs judgement",
        }
    }
}

/// Which instance of a norm: its subject, bearer and period, as far as it has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instance {
    /// The wording of a clause.
    pub norm: NormId,
    /// Which of the norm's subject lines (`for each`, `also for`), and the row.
    pub subject: Option<(u8, Row)>,
    /// Who bears it.
    pub bearer: Holder,
    /// The period, as it is printed.
    pub period: Option<CyclePeriod>,
    /// For what is watched on every day: the span of days with one answer.
    pub span: Option<(Day, Day)>,
}

/// Who bears an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The norm's only bearer, or none.
    TheOne,
    /// One of several actors.
    Actor(ActorId),
    /// A row of the bearers' record.
    Row(RecordId, Row),
}

/// The verdict on one instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Which instance of the clause it is.
    pub instance: Instance,
    /// Whether it is adopted.
    pub status: Status,
    /// A word that the status alone does not tell.
    pub nuance: Nuance,
    /// Days after the last day when late; days to spare when satisfied before it.
    pub days: Option<i32>,
}

/// What tells apart verdicts of one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nuance {
    /// Plain lines.
    Plain,
    /// Satisfied, but it still runs: a later fact can break it.
    SoFar,
    /// Not applicable because it was waived.
    Waived,
    /// A permission that was not used and cannot be used any more.
    NotUsed,
    /// A decision that was taken without the quorum.
    WithoutEffect,
}

impl Nuance {
    /// The word for a status with this nuance.
    pub fn called(self, status: Status, strength: Strength) -> Called {
        match self {
            Nuance::NotUsed => Called::NotUsed,
            Nuance::WithoutEffect => Called::WithoutEffect,
            Nuance::Plain | Nuance::SoFar | Nuance::Waived => status.called(strength),
        }
    }
}

impl Verdict {
    /// The word that a report prints.
    pub fn called(&self, strength: Strength) -> Called {
        self.nuance.called(self.status, strength)
    }
}

/// By when, how far it has come, and who decides.
#[derive(Clone, Debug)]
pub struct Gist {
    /// The last day.
    pub last_day: LastDay,
    /// Done, needed.
    pub progress: Option<(Number, Number)>,
    pub decider: Decider,
}

/// A verdict with everything that led to it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The verdict itself.
    pub verdict: Verdict,
    /// First and last day of the window; `None` is open, or not known.
    pub first_day: Option<Day>,
    /// The last day.
    pub last_day: LastDay,
    /// How far it has come: done, needed.
    pub progress: Option<(Number, Number)>,
    /// The part of its period by which a number of times counts in proportion.
    pub part: Option<Number>,
    /// Why it is so.
    pub reason: Reason,
    /// What is missing, most telling first.
    pub missing: Vec<Missing>,
    /// Who decides, when a person must.
    pub decider: Decider,
    /// Shares of a cost.
    pub shares: Vec<Share>,
    /// Rows of evidence that were counted for this instance.
    pub evidence: Vec<(RecordId, Row)>,
    /// A limit was reached on the way: what lies past it was not looked at.
    pub cut_at: Option<Cut>,
}

impl Judged {
    /// A number of times that the policy names, as it was compared.
    pub fn compared(&self, times: &Number) -> Number {
        self.part.as_ref().map_or_else(|| times.clone(), |part| times.times(part).ceil())
    }

    /// By when, how far, and who decides.
    pub fn gist(&self) -> Gist {
        Gist { last_day: self.last_day, progress: self.progress.clone(), decider: self.decider.clone() }
    }
}

/// By when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastDay {
    /// It is this day.
    On(Day),
    /// Some day from the first through the second.
    Within(Day, Day),
    /// There is none, or its anchor has not come yet.
    NotYet,
    /// Facts are missing or disputed.
    Unknown,
    /// There is none.
    None,
}

/// Who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decider {
    /// It needs no person.
    Nobody,
    /// The text names nobody.
    Unnamed,
    /// Who the text names.
    Role(String),
}

/// One part of a shared amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    pub who: ShareOf,
    pub amount: Money,
    /// What was billed, if bills are looked at.
    pub billed: Option<Money>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareOf {
    Row(RecordId, Row),
    Actor(ActorId),
    /// What the clause leaves unshared.
    Nobody,
}

/// What keeps a verdict from being given.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// A value that is not given.
    Value(CellId),
    /// Sources disagree about it.
    Disputed(CellId),
    /// A day known only as some day of a span.
    Imprecise(CellId),
    /// The list of a record is not declared complete over these days.
    Complete { record: RecordId, from: Day, through: Day },
    /// A role's attestation.
    Attestation { role: String },
    /// The text is silent.
    Text(Span),
    /// The calendar does not know the year.
    Calendar { year: i32 },
    /// Another clause's verdict for the same subject and period.
    Clause(ClauseId),
    /// Recorded decisions that contradict each other.
    Contradiction(Vec<Span>),
}

/// A step of the way to a verdict, down to single values.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    pub said: Said,
    pub mark: Mark,
    /// The words of the policy that it rests on.
    pub policy: Option<Span>,
    /// The fact that it rests on.
    pub fact: Option<Span>,
    pub because: Vec<Reason>,
}

/// What an amount of each that shares a cost is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    First,
    AtMost,
    AtLeast,
}

/// How a step came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Facts are missing.
    Open,
    /// A person has to say.
    Person,
    /// It only says something.
    Plain,
}

/// What a step says; the report makes the sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// The verdict itself.
    Verdict(Status, Nuance),
    /// One reading of the text.
    Reading {
        name: String,
        called: Called,
        /// Days late, or to spare.
        days: Option<i32>,
    },
    /// A condition of the policy and whether it holds.
    Condition,
    /// `all of these`, `one of these`: a joint of conditions.
    Joint,
    /// A value of a fact, and the day for which it was asked (which matters only for dated values).
    Value(CellId, Day),
    /// The amount that a dated value has on a day.
    Dated {
        value: ValueId,
        on: Day,
    },
    /// A value that may be one of several: the verdict is the same whichever it is, and the other steps are those of one of them.
    EitherWay(CellId),
    /// What a definition comes to was worked out before.
    Defined(DefinitionId),
    /// What was counted, summed or worked out: no less than one number, no more than another.
    Figure {
        least: Option<Number>,
        most: Option<Number>,
        currency: Option<Currency>,
    },
    /// A day of the policy worked out.
    Day {
        day: Day,
    },
    /// An amount worked out.
    Amount(Number),
    /// The window: first day, last day.
    Window {
        first: Option<Day>,
        last: LastDay,
    },
    /// A record that counts as evidence, done on this day.
    Evidence {
        record: RecordId,
        row: Row,
        day: Option<Day>,
        fit: Fit,
    },
    /// A row that was looked at for a list, a count or a sum; the mark tells whether it belongs.
    Belongs {
        record: RecordId,
        row: Row,
    },
    /// How much one of those who share a cost weighs in its key.
    Weight {
        who: ShareOf,
        weight: Number,
    },
    /// What one of those who share a cost pays first, at most or at least, where each has an amount of its own; `None` where there is none
    /// for it.
    OwnLimit {
        who: ShareOf,
        limits: Limits,
        amount: Option<Number>,
    },
    /// One instalment of so many, what payments have to come to by its last day, and that day.
    Instalment {
        at: usize,
        many: usize,
        comes_to: Option<Number>,
        currency: Option<Currency>,
        last: LastDay,
        /// How many days later it was paid.
        late: Option<i32>,
    },
    /// How many there are (from, to), and what is asked for.
    Counted {
        least: Number,
        most: Option<Number>,
        asked: Asked,
    },
    /// A list is (not) declared complete.
    Completeness {
        record: RecordId,
        from: Day,
        through: Day,
    },
    /// The wording was not in force on the day that matters.
    NotInForce {
        day: Day,
    },
    /// The term that cuts the periods of a cycle does not run in one of them.
    OutsideTerm(ClauseId),
    /// On which days a term ran until a day, on which another wording moved them.
    TermRan {
        term: ClauseId,
        days: Stretch,
        until: Day,
    },
    /// No row on file can be one of a list.
    NothingOnFile(RecordId),
    /// A day that is on file had not come by the day that is asked about.
    NotCome {
        by: Day,
    },
    /// A day that is not given in a list that is complete through this day: it had not come by then.
    NotGiven {
        cell: CellId,
        by: Day,
    },
    /// What was done on a day came before the first day.
    TooEarly {
        day: Day,
        first: Day,
    },
    /// A day of the window, or whoever is to bear the clause, is known to be none: nothing is given in this field.
    NoDay(RecordId, FieldId),
    /// Nor will there be one: nobody used this right, and it can no longer be used; or what its effect is counted from is none.
    NoEffect {
        right: ClauseId,
        used: bool,
    },
    /// The calendar does not have a day that the text names.
    NoSuchDay(String),
    /// A day worked out from another, and where it moved from there; the same day where it stays.
    Reckoned {
        from: Day,
        by: Reckoning,
        counted: Day,
        to: Day,
    },
    /// The day on which one falls that is named by its place in a year, a month or a week.
    FallsOn {
        day: Day,
    },
    /// The last day moved off a day that is no working day.
    MovedOff {
        from: Day,
        to: Day,
    },
    /// The first day of a window comes after its last.
    EmptyWindow {
        first: Day,
        last: Day,
    },
    /// What it binds ended on this day.
    EndedOn {
        day: Day,
    },
    /// A state that did not hold on the last day held from this day on.
    HeldFrom {
        day: Day,
    },
    /// A state that is to hold on every day did not hold on this one.
    NotHeldOn {
        day: Day,
    },
    /// The clause that was not kept, and how.
    Broken {
        clause: ClauseId,
        status: Status,
    },
    /// The first or last period is cut short and the text does not say how it counts.
    CutShort,
    /// The days on which a clause binds, where its window reaches outside of them.
    BindsOnly {
        first: Option<Day>,
        last: Option<Day>,
    },
    /// A number or an amount in proportion to so many days of so many.
    InProportion {
        whole: Number,
        days: (i32, i32),
        comes_to: Number,
        currency: Option<Currency>,
    },
    /// The period is cut short, and the agreement says that such a period counts not at all.
    CountsNotAtAll,
    /// The wording is one that an amendment brought in.
    Amended(AmendmentId),
    /// An amendment has ended the wording.
    Ended {
        clause: ClauseId,
        by: AmendmentId,
    },
    /// Whether an amendment is adopted decides the verdict, and this is what is known of it.
    Adoption(AmendmentId, Adoption),
    /// What the verdict is if these amendments are adopted, and no other of which it is open.
    Way {
        adopted: Vec<AmendmentId>,
        called: Called,
        days: Option<i32>,
    },
    /// This clause stands back behind another one that applies.
    YieldsTo(ClauseId),
    /// Another clause applies to the case, and why.
    Applies(ClauseId),
    /// Another clause applies instead to what is done on these days.
    YieldsOn {
        clause: ClauseId,
        first: Day,
        last: Option<Day>,
    },
    /// Two clauses that both apply before this one disagree.
    Conflict(ClauseId, ClauseId),
    /// Terms that are to have the same days have different first, or last, days.
    DaysDiffer {
        which: WhichEnd,
        days: Vec<(ClauseId, Day)>,
    },
    /// What it depends on is not broken, or not yet, so it does not come into play.
    NothingBroken(ClauseId),
    /// What it depends on reads otherwise by then, and makes nothing due.
    MakesNothingDue(ClauseId),
    /// It is open, or for a person to say, whether what makes it due was broken: what that clause waits for, not this one.
    BreachOpen(ClauseId),
    /// The same of whether a clause applies that goes before this one.
    PrecedenceOpen(ClauseId),
    /// From when through when somebody is a member. An end is the first and the last day that it can be, one where it is known exactly;
    /// nothing where there is none, or nothing is known of it.
    Membership {
        member: Mark,
        from: Option<(Day, Day)>,
        last: Option<(Day, Day)>,
    },
    /// The same of a record that lasts.
    Lasts {
        lasts: Mark,
        from: Option<(Day, Day)>,
        last: Option<(Day, Day)>,
    },
    Share {
        who: ShareOf,
        amount: Money,
        billed: Option<Money>,
    },
    /// It bears no share of a cost.
    NoShare {
        who: ShareOf,
        of: ClauseId,
    },
    /// A cost is not one of the subject.
    NotCovered(ClauseId),
    Judgement(usize),
    Attestation(usize),
    Waiver(usize),
    /// A person must weigh these words.
    Weigh(String),
    /// A day that is planned, after the as-of day.
    Planned {
        day: Day,
    },
    /// The day of the subject, where it is after the as-of day.
    ToCome {
        day: Day,
    },
    /// From when on what was done has its effect.
    TakesEffect {
        day: Day,
    },
    /// Terms: this one runs from the first through the second day.
    Term {
        number: u32,
        first: Day,
        last: Option<Day>,
    },
    /// Plain words, for what has no figures.
    Words(&'static str),
}

/// How a day is worked out from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reckoning {
    /// So long after it, or before it.
    Counted(Period),
    /// The same as the last day of a period: the regime may count it otherwise.
    LastDay(Period),
    /// The last day of so long a time that begins with it.
    Length(Period),
}

/// How many are asked for: a limit, or a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Nothing stands for a range.
    pub limit: Option<Limit>,
    pub least: Option<Number>,
    pub most: Option<Number>,
}

/// Whether an amendment is adopted, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adoption {
    Adopted,
    NotAdopted,
    /// Facts are missing.
    Unknown,
    /// A person has to say.
    ForAPerson,
    /// It is adopted, and so is a rival of it, of which at most one may be.
    Conflict,
}

/// How a record fits as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    InTime,
    Late,
    TooEarly,
    /// Planned after the as-of day.
    Planned,
    Cancelled,
    /// Wrong form or addressee.
    WrongForm,
    /// Of the kind and from the days that are looked for, but a condition leaves it out.
    PassedOver,
    /// It cannot be told.
    Open,
}

/// A limit at which judging stopped: nothing is judged as if what lies past it were not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// After so many verdicts.
    Instances(usize),
    /// At a clause that has more periods than so many.
    Periods(usize),
    /// At a number that has more digits than so many.
    Digits(usize),
}

impl Cut {
    /// What the limit is called, and how many it allows.
    pub fn limit(self) -> (&'static str, usize) {
        match self {
            Cut::Instances(most) => ("instances", most),
            Cut::Periods(most) => ("periods", most),
            Cut::Digits(most) => ("digits", most),
        }
    }
}

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Cut::Instances(most) => {
                write!(f, "stopped: there are more than {most} verdicts, the limit `instances`")
            }
            Cut::Periods(most) => {
                write!(f, "stopped: a clause has more than {most} periods, the limit `periods`")
            }
            Cut::Digits(most) => {
                write!(f, "stopped: a calculated number has more than {most} digits, the limit `digits`")
            }
        }
    }
}

/// An act that breaks a prohibition, a right or a maximum: the first and the last day on which it may have been done, and whether it
/// breaks it for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The first of those days.
    pub first: Day,
    /// The last of them.
    pub last: Day,
    /// Whether it is certain that it was done, and that it breaks the clause.
    pub sure: bool,
}

/// How an instance comes out, with what is told beside its status.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub status: Status,
    pub nuance: Nuance,
    /// Days after the last day when late, to spare when satisfied.
    pub days: Option<i32>,
    pub first: Option<Day>,
    pub last: LastDay,
    /// Done, needed.
    pub progress: Option<(Number, Number)>,
    /// The part of its period by which a number of times counts in proportion.
    pub part: Option<Number>,
    /// Broken by what was done, which neither the end nor anything that comes can mend; of a right that does not apply: it was told to be used
    /// on a day on which there was none.
    pub for_good: bool,
    /// Of what is unknown: it was late or was not done at all, and only which of the two is open.
    pub not_in_time: bool,
    /// What was done that breaks it, or may; of what is pending, the first instalment that was paid too late, or may have been.
    pub broken: Box<[Breach]>,
    /// The last day on which something done may have broken it.
    pub last_broken: Option<Day>,
}

/// What instances come to whose own days are not known exactly, in each way in which amendments may have gone; nothing where the
/// days that may be meant do not agree. Whoever tells the reasons need not try all of them again.
pub type Agreed = BTreeMap<(Instance, usize), Option<(Outcome, Decider)>>;

/// All verdicts of one agreement over one set of facts, as of one day.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// One for each clause that has any, in the order of the policy.
    pub batches: Vec<Batch>,
    /// A limit was reached before all instances were judged.
    pub cut_at: Option<Cut>,
    /// Of each amendment whether it is adopted.
    pub adoptions: Vec<Adoption>,
    /// Evidence that served nothing: records of a kind that some clause looks for, and the clause.
    pub unused: Vec<(ClauseId, RecordId, Row)>,
    pub agreed: Agreed,
}

impl Verdicts {
    /// In the order of the policy's clauses, then of subjects, bearers and periods.
    pub fn iter(&self) -> impl Iterator<Item = Verdict> + '_ {
        self.batches.iter().flat_map(Batch::iter)
    }

    pub fn len(&self) -> usize {
        self.batches.iter().map(Batch::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.batches.iter().all(Batch::is_empty)
    }
}
