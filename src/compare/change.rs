//! Changes: single differences between two wordings of an agreement, or between two sets of facts, in the words of both.
//! Each is the smallest thing that can be changed by itself, so that what it alone brings about can be tried.

use std::collections::BTreeSet;

use crate::model::meaning::Part;
use crate::source::Span;

use super::act::Act;
use super::edit::Edit;

/// One difference that may change what comes out.
#[derive(Clone, Debug)]
pub struct Change {
    pub what: What,
    pub old: Option<Said>,
    pub new: Option<Said>,
    /// What the old side becomes by it.
    pub edit: Edit,
    pub role: Role,
}

/// Whether a change can bring something about by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Cause,
    /// Words that others need to be said with, such as a definition that is new: it stands or falls with who uses it.
    Vocabulary,
    /// The newer version is asked about as if it were in force from another day. It may bring something about, but is no change of a
    /// text.
    Supposed,
}

/// What one side says, on one line, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub words: String,
    pub span: Span,
}

/// What is changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    AsOf,
    Header(HeaderPart),
    Declared(Sort, String),
    /// A clause as a whole: it comes, goes, or is another kind of clause.
    Clause(String),
    Line(Line),
    Fact(Fact),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeaderPart {
    Name,
    Made,
    InForce,
    Currency,
    Calendar,
    Months,
    Week,
    FiscalYear,
    Conforms,
}

/// A sort of declaration that is no clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Record,
    Actor,
    Fact,
    Definition,
    Value,
    Calendar,
    Amendment,
}

/// A line of a clause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub clause: String,
    /// The days of a dated wording, where the clause has several.
    pub wording: Option<String>,
    pub within: Within,
    pub slot: Slot,
}

/// In which part of a clause a line stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    Clause,
    Reading(String),
    Requirement(String),
}

/// Which line of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The whole reading, requirement or dated wording.
    Whole,
    /// What a requirement requires.
    Requires,
    InForce,
    Starts,
    Ends,
    Renewal,
    SameDaysAs,
    Part(Part),
}

/// What is changed in the facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// A fact of the agreement itself.
    Own(String),
    Field {
        record: String,
        id: String,
        field: String,
    },
    /// A row that is added, or taken away.
    Row {
        record: String,
        id: String,
    },
    /// Many changes of one field, or of the rows of one record, taken together.
    Many {
        record: String,
        field: Option<String>,
        count: usize,
    },
    Complete(String),
    /// A judgement, an attestation or a waiver.
    Recorded {
        list: String,
        words: String,
    },
}

impl Change {
    pub fn is_added(&self) -> bool {
        self.old.is_none()
    }

    pub fn is_removed(&self) -> bool {
        self.new.is_none()
    }

    /// The amendments whose acts it is about, where there are any.
    pub fn by(&self) -> BTreeSet<&str> {
        match &self.edit {
            Edit::Acts { out, put } => out.iter().chain(put).map(Act::amendment).collect(),
            Edit::Replaced { by, .. } => [by.amendment()].into(),
            Edit::Nothing | Edit::AsOf | Edit::Name(_) | Edit::Header { .. } => BTreeSet::new(),
            Edit::Items { .. } | Edit::InClause { .. } | Edit::Facts(_) => BTreeSet::new(),
        }
    }

    /// Whether it is only that an amendment no longer does something.
    pub fn undoes_an_amendment(&self) -> bool {
        matches!(&self.edit, Edit::Acts { out, put } if put.is_empty() && !out.is_empty())
    }

    /// The clause that it is a change of.
    pub fn clause(&self) -> Option<&str> {
        match &self.what {
            What::Clause(name) => Some(name),
            What::Line(line) => Some(&line.clause),
            What::AsOf | What::Header(_) | What::Declared(..) | What::Fact(_) => None,
        }
    }
}

impl HeaderPart {
    pub fn words(self) -> &'static str {
        match self {
            HeaderPart::Name => "its name",
            HeaderPart::Made => "made",
            HeaderPart::InForce => "in force",
            HeaderPart::Currency => "currency",
            HeaderPart::Calendar => "calendar",
            HeaderPart::Months => "months",
            HeaderPart::Week => "week",
            HeaderPart::FiscalYear => "fiscal year",
            HeaderPart::Conforms => "conforms to",
        }
    }
}

impl Sort {
    pub fn words(self) -> &'static str {
        match self {
            Sort::Record => "record",
            Sort::Actor => "actor",
            Sort::Fact => "fact",
            Sort::Definition => "definition",
            Sort::Value => "value",
            Sort::Calendar => "local calendar",
            Sort::Amendment => "amendment",
        }
    }
}

impl Slot {
    /// What a line tells, in few words.
    pub fn words(self) -> &'static str {
        match self {
            Slot::Whole => "all of it",
            Slot::Requires => "what it requires",
            Slot::InForce => "when it is in force",
            Slot::Starts => "when it starts",
            Slot::Ends => "when it ends",
            Slot::Renewal => "how it is renewed",
            Slot::SameDaysAs => "whose days it has",
            Slot::Part(part) => part_words(part),
        }
    }
}

fn part_words(part: Part) -> &'static str {
    match part {
        Part::Subjects => "what it applies to",
        Part::Bearer => "who bears it",
        Part::Strength => "how binding it is",
        Part::Act => "what must be done",
        Part::Numbered => "how many there must be",
        Part::Limited => "how many there may be",
        Part::OnEveryDay => "on which days it is checked",
        Part::Count => "how many times",
        Part::Cycle => "how often it recurs",
        Part::FirstPeriod => "how a shortened first period counts",
        Part::LastPeriod => "how a shortened last period counts",
        Part::Window => "when",
        Part::Lasting => "how long membership lasts",
        Part::Exercised => "what shows that it is used",
        Part::Effect => "when it takes effect",
        Part::Inside => "its scope",
        Part::States => "what it states",
        Part::Carried => "when it is carried",
        Part::Quorum => "the quorum",
        Part::Term => "the term",
        Part::Sharing => "how the cost is shared",
        Part::Billed => "what was billed",
        Part::Conditions => "under what condition",
        Part::ExceptionTo => "what it is an exception to",
        Part::Otherwise => "what follows if it is breached",
        Part::GivesWayTo => "what takes precedence over it",
        Part::OwedTo => "who it is owed to",
        Part::InWriting => "whether it must be in writing",
        Part::AddressedTo => "who receives it",
        Part::Moved => "whether a due day moves to a working day",
        Part::AsFarAsPossible => "how far the obligation goes",
        Part::LayBefore => "what is presented to whom",
        Part::JudgedBy => "who judges it",
        Part::AttestedBy => "who attests to it",
        Part::CountedFor => "which period an event counts for",
    }
}

/// A difference in words only: nothing comes out differently by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// What it is called: a clause by its name, anything else with its sort.
    pub what: String,
    pub ways: Vec<Way>,
    /// Where it stands in the newer text.
    pub place: Span,
}

/// In what way something reads differently and means the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// A part that never decides anything, such as the title, a note or a statement.
    Remark { part: &'static str, old: Option<String>, new: Option<String> },
    /// The same written in other words.
    Written { old: String, new: String },
    /// It was called so before: the clause, or a requirement of it.
    Renamed { requirement: Option<String>, formerly: String },
    /// It has another section.
    Section { old: Option<String>, new: Option<String> },
    /// It stands elsewhere in the order of the text.
    Order,
    /// Comments, spaces and line breaks.
    Layout,
}
