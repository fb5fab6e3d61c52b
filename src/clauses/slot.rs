//! The lines of clauses as data: what each is called, how it is written, and where it stands in a clause.
//! Which kinds of clause take which lines stands with the kinds.

use crate::model::clause::{Act, Count, Lines, When};
use crate::source::Span;

/// A line that some kind of clause takes.
#[derive(Clone, Copy)]
pub struct Slot {
    /// Its name in messages and in the reference: its first words.
    pub name: &'static str,
    /// What it says, worded to follow "does not say".
    pub tells: &'static str,
    /// How it is written.
    pub sample: &'static str,
    pub reach: Reach,
    /// A line without which it says nothing.
    pub leans_on: Option<&'static Slot>,
    /// Where it stands, if it was written.
    pub at: fn(&Lines) -> Option<Span>,
}

/// How far a line reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It may differ between the readings of a clause.
    Reading,
    /// It decides which instances there are, so it must be the same in all readings.
    Clause,
}

impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Slot {
    const fn new(
        name: &'static str,
        tells: &'static str,
        sample: &'static str,
        at: fn(&Lines) -> Option<Span>,
    ) -> Slot {
        Slot { name, tells, sample, reach: Reach::Reading, leans_on: None, at }
    }

    const fn of_clause(self) -> Slot {
        Slot { reach: Reach::Clause, ..self }
    }

    const fn leans_on(self, other: &'static Slot) -> Slot {
        Slot { leans_on: Some(other), ..self }
    }

    pub fn is_in(&self, lines: &Lines) -> bool {
        (self.at)(lines).is_some()
    }
}

/// Where the line stands whose slot is this field of the lines.
macro_rules! place_of {
    ($field:ident) => {
        |lines| lines.$field.as_ref().map(|it| it.span)
    };
}

/// The same for a line that is only its words.
macro_rules! words_of {
    ($field:ident) => {
        |lines| lines.$field
    };
}

pub const ADDRESSED: Slot = Slot::new("to …", "to whom it goes", "to board", place_of!(addressed_to)).of_clause();
pub const AS_FAR_AS_POSSIBLE: Slot = Slot::new(
    "as far as possible",
    "that it is owed only as far as possible",
    "as far as possible",
    words_of!(as_far_as_possible),
);
pub const ATTESTED_BY: Slot =
    Slot::new("attested by …", "who attests to it", "attested by auditor", place_of!(attested_by));
pub const BILLED: Slot = Slot::new(
    "billed by …",
    "which rows record what was billed or paid; `pay its share of` looks for the payments there",
    "billed by invoice to member for booking as amount",
    place_of!(billed),
)
.leans_on(&SHARING);
pub const CARRIED: Slot = Slot::new(
    "carried when …",
    "when the proposal is carried",
    "carried when yes is more than half of voting",
    place_of!(carried),
);
pub const CONDITION: Slot =
    Slot::new("if …, unless …", "under which condition it applies", "unless members is less than 10", first_condition);
pub const COUNT: Slot = Slot::new("… times", "how many times", "at least 2 times", times);
pub const COUNTED_FOR: Slot =
    Slot::new("counted for …", "which period an event is for", "counted for year", place_of!(counted_for))
        .leans_on(&CYCLE);
pub const CYCLE: Slot =
    Slot::new("every …", "how often it recurs", "every calendar year", place_of!(cycle)).of_clause();
pub const DOES: Slot = Slot::new("WHO shall …", "who does what", "group shall hold meeting", act);
pub const EFFECT: Slot = Slot::new(
    "takes effect …",
    "when its use takes effect",
    "takes effect 30 days after notice_received_on",
    place_of!(effect),
);
pub const EVERY_DAY: Slot =
    Slot::new("on every day", "that it is evaluated on every day", "on every day", words_of!(on_every_day));
pub const EXCEPTION_TO: Slot = Slot::new(
    "exception to …",
    "which clause it is an exception to",
    "exception to own_costs",
    place_of!(exception_to),
)
.of_clause();
pub const EXERCISED: Slot = Slot::new(
    "exercised on …",
    "which day shows that it was used",
    "exercised on notice_received_on",
    place_of!(exercised),
);
pub const FIRST_PERIOD: Slot = Slot::new(
    "first period …",
    "how a first period that is cut short counts",
    "first period counts in proportion",
    place_of!(first_period),
)
.of_clause()
.leans_on(&CYCLE);
pub const GIVES_WAY: Slot = Slot::new(
    "gives way to …",
    "which clause takes precedence over it",
    "gives way to emergency",
    place_of!(gives_way_to),
)
.of_clause();
pub const IN_WRITING: Slot = Slot::new("in writing", "in what form", "in writing", words_of!(in_writing));
pub const INSIDE: Slot = Slot::new(
    "within \"…\" decided by …",
    "within which scope, and who decides about that",
    "within \"matters of the house\" decided by annual_meeting",
    place_of!(inside),
);
pub const JUDGED_BY: Slot = Slot::new("judged by …", "who judges it", "judged by board", place_of!(judged_by));
pub const LAST_PERIOD: Slot = Slot::new(
    "last period …",
    "how a last period that is cut short counts",
    "last period counts whole",
    place_of!(last_period),
)
.of_clause()
.leans_on(&CYCLE);
pub const LASTING: Slot =
    Slot::new("from …", "from which day it lasts", "from joined_on until left_on", place_of!(lasting));
pub const LAY_BEFORE: Slot = Slot::new(
    "lay before …",
    "which fields are presented to the role that judges",
    "lay before board minutes, attendance",
    place_of!(lay_before),
);
pub const LIMITED: Slot = Slot::new(
    "WHAT shall be …",
    "how many there must be, compared with an amount",
    "seat where side is city shall be at most half of seat",
    place_of!(limited),
);
pub const MOVED: Slot = Slot::new(
    "moved to … working day",
    "whether the last day moves",
    "moved to the next working day",
    place_of!(moved),
)
.leans_on(&WINDOW);
pub const NUMBERED: Slot =
    Slot::new("WHAT shall number …", "how many there must be", "seat shall number 5 to 7", place_of!(numbered));
pub const OTHERWISE: Slot = Slot::new(
    "otherwise …",
    "what becomes due if it is breached",
    "otherwise reminder and late_fee",
    place_of!(otherwise),
)
.of_clause();
pub const OWED_TO: Slot = Slot::new("owed to …", "who it is owed to", "owed to city", place_of!(owed_to)).of_clause();
pub const QUORUM: Slot =
    Slot::new("quorum …", "how many must be present", "quorum present is at least half of called", place_of!(quorum));
pub const SHARING: Slot =
    Slot::new("AMOUNT is shared …", "who bears it", "amount is shared equally among member", place_of!(sharing));
pub const STATES: Slot =
    Slot::new("states …", "what the text states", "states founded_on is 1921-04-03", place_of!(states));
pub const SUBJECT: Slot =
    Slot::new("for each …", "what it applies to", "for each meeting where kind is annual", subject).of_clause();
pub const TERM: Slot = Slot::new(
    "PERIOD from …, starts …, ends …, renews for …",
    "when it begins or ends",
    "4 years from start_on",
    place_of!(term),
);
pub const WINDOW: Slot = Slot::new("by …, within …, between …", "by when", "by 28 February", window);

/// Every line, in the order in which the reference lists them for a clause.
pub const ALL: &[Slot] = &[
    SUBJECT,
    DOES,
    NUMBERED,
    LIMITED,
    SHARING,
    BILLED,
    CARRIED,
    QUORUM,
    STATES,
    TERM,
    LASTING,
    COUNT,
    CYCLE,
    FIRST_PERIOD,
    LAST_PERIOD,
    EVERY_DAY,
    WINDOW,
    CONDITION,
    EXERCISED,
    EFFECT,
    INSIDE,
    EXCEPTION_TO,
    OTHERWISE,
    GIVES_WAY,
    OWED_TO,
    IN_WRITING,
    ADDRESSED,
    MOVED,
    AS_FAR_AS_POSSIBLE,
    COUNTED_FOR,
    JUDGED_BY,
    ATTESTED_BY,
    LAY_BEFORE,
];

/// What a clause of any kind may take besides: how it is written, and what it says.
pub const IN_ANY_CLAUSE: &[(&str, &str)] = &[
    ("formerly assembly", "its earlier name; anything that still uses that name means this clause"),
    ("in force from 2010-01-01 until 2014-01-01", "the days on which this wording is in force"),
    ("note \"read as the calendar month\"", "the interpretation chosen; printed with the reasons"),
    ("principle dialogue, openness", "tags that another agreement may require"),
    ("reading NAME", "begins a reading: the lines that follow differ between readings of the text"),
    ("restates NATIONAL § 24", "the clause of another agreement that it is taken from"),
    ("statement 4.6, 4.7", "the numbers of the statements of the text that it encodes"),
];

fn subject(lines: &Lines) -> Option<Span> {
    lines.subjects.first().map(|subject| subject.span)
}

/// An amount that is to be paid stands in the act.
fn times(lines: &Lines) -> Option<Span> {
    lines.count.as_ref().filter(|count| !matches!(count.it, Count::Amount { .. })).map(|count| count.span)
}

/// Bearer and act are one line; its place is that of its act.
fn act(lines: &Lines) -> Option<Span> {
    lines.act.as_ref().map(|act| act.span)
}

fn window(lines: &Lines) -> Option<Span> {
    lines.window.as_ref().map(|window| window.span)
}

fn first_condition(lines: &Lines) -> Option<Span> {
    lines.conditions.first().map(|when| match when {
        When::If(cond) | When::Unless(cond) => cond.span,
    })
}

/// The forms that an act has, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActForm {
    Event,
    Dated,
    InOrder,
    State,
    PayShare,
    Words,
    Effort,
    Plain,
}

impl ActForm {
    pub fn of(act: &Act) -> ActForm {
        match act {
            Act::Event { .. } => ActForm::Event,
            Act::Dated(_) => ActForm::Dated,
            Act::InOrder(_) => ActForm::InOrder,
            Act::State(_) => ActForm::State,
            Act::PayShareOf(_) => ActForm::PayShare,
            Act::Words(_) => ActForm::Words,
            Act::Effort(_) => ActForm::Effort,
            Act::Plain(_) => ActForm::Plain,
        }
    }

    /// How it is written.
    pub fn sample(self) -> &'static str {
        match self {
            ActForm::Event => "hold meeting where …",
            ActForm::Dated => "have summons_sent_on",
            ActForm::InOrder => "have audited_on, then adopted_on",
            ActForm::State => "ensure …",
            ActForm::PayShare => "pay its share of room_hire",
            ActForm::Words => "\"work with great openness\"",
            ActForm::Effort => "work for \"more members\"",
            ActForm::Plain => "leave",
        }
    }
}
