//! Reports: verdicts with their sentences and what they rest on, as plain data. How they look is for the views.
//! Everything here can be worked out again from the plan, the facts and the day; nothing is decided here.

pub mod about;
mod ahead;
mod amended;
pub mod calendar;
mod changes;
pub mod digest;
mod due;
pub mod entry;
mod gathering;
mod groups;
mod instances;
mod line;
mod missing;
pub mod names;
pub mod party;
pub mod questions;
pub mod review;
mod rows;
pub mod scenario;
pub mod sentences;
pub mod short;
pub mod snapshot;
mod steps;
mod sums;
mod waiting;
mod why;

use std::collections::BTreeMap;

pub use amended::{Amended, Status as Adopted};
pub use changes::Changed;
pub use digest::Digest;
pub use due::{Due, DueDay, Surely};
pub use groups::{ByWho, Group, Told, Who, groups};
pub use instances::{Keys, fitting, matching};
pub use line::{Joined, Line};
pub use missing::MissingFact;
pub use names::{Names, Naming};
pub use rows::{Because, Case, Row, Rows, SharedCost, Teller};
pub use steps::Extent;
pub use sums::{CostSum, Sums};
pub use waiting::{AskedFor, Matter, Waiting};
pub use why::{About, Step, Why, why};

use crate::source::{FileId, Span};
use crate::value::{Calendar, Day, Money};
use crate::verdict::{Called, Cut, Judged, Verdicts};

use gathering::gather;
use rows::{parts, total};

/// What was judged, from what and as of when. The door says what it read.
#[derive(Clone, Debug)]
pub struct Head {
    pub agreement: String,
    pub title: String,
    pub as_of: Day,
    /// What was recorded after this day is left out of account.
    pub known_on: Option<Day>,
    /// The policy's file as the user named it.
    pub policy: String,
    pub facts: Vec<String>,
    pub rules_digest: Digest,
    pub facts_digest: Digest,
    pub basis: Basis,
}

/// What it takes to judge the same once more, and to see whether it is the same.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    pub version: &'static str,
    pub calendar: Option<Calendar>,
    /// Every text that was read. Fingerprints are made where they are told.
    pub inputs: Vec<Input>,
    /// The fact files as the user named them, or as they were found beside the policy.
    pub named: Vec<String>,
    pub facts_format: Option<String>,
    pub pseudonyms: bool,
    pub with: Vec<String>,
    pub without: Vec<String>,
    /// The verdicts that make the run fail.
    pub fail_on: Vec<Called>,
}

/// A text that was read, and the part that it plays.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    pub part: &'static str,
    pub file: FileId,
}

/// What a report is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub lines: Which,
    /// Where the lines are found.
    pub kept: Kept,
    pub most: Most,
    pub reasons: Reasons,
    /// Only instances of this period, as it is printed.
    pub period: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// None at all: the report only counts.
    Counts,
    /// Verdicts that ask somebody to do something: see [`asks_for_action`].
    ForAction,
    All,
}

/// Where the lines of a report are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    InReport,
    /// They are left to be made one at a time: see [`Rows::each_line`].
    InRows,
    /// The same, by who has to act: see [`Report::by_who`].
    ByWho,
}

impl Which {
    /// Whether a verdict of this word has a line.
    pub fn holds(self, called: Called) -> bool {
        match self {
            Which::Counts => false,
            Which::ForAction => asks_for_action(called),
            Which::All => true,
        }
    }
}

/// How many are kept of what there may be very many of; the rest is counted ([`LeftOut`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Most {
    Everything,
    /// So many lines of each clause and verdict, so many entries of each other list.
    Each(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reasons {
    LeftOut,
    /// Each line has its reason tree.
    Told,
}

#[derive(Clone, Debug)]
pub struct Report {
    pub head: Head,
    /// Which verdicts have a line.
    pub which: Which,
    /// Whether their lines have reasons.
    pub reasons: Reasons,
    /// Only instances of this period are told of.
    pub period: Option<String>,
    /// In the order of the policy, then of subjects, bearers and periods.
    pub lines: Vec<Line>,
    /// Which verdicts have a line, by who has to act, where that was asked for.
    pub by_who: ByWho,
    /// How many verdicts there are of each kind, also of those without a line.
    pub counts: BTreeMap<Called, usize>,
    /// The same for each clause, in the order of the policy.
    pub clauses: Vec<ClauseCounts>,
    /// What falls due, the earliest first.
    pub due: Vec<Due>,
    /// The days on which something falls due, with all that does.
    pub due_days: Vec<DueDay>,
    /// What a person must decide, by who it is.
    pub waiting: Vec<Waiting>,
    /// What is missing, the most decisive first.
    pub missing: Vec<MissingFact>,
    pub shares: Vec<Shares>,
    /// Unused evidence.
    pub unused: Vec<Unused>,
    /// In the order in which they are worked in.
    pub amendments: Vec<Amended>,
    /// The limit at which judging stopped.
    pub cut_at: Option<Cut>,
    pub left_out: LeftOut,
}

/// How many more there are than the report tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub lines: usize,
    pub due: usize,
    pub missing: usize,
    pub shares: usize,
    pub unused: usize,
}

/// How one clause came out.
#[derive(Clone, Debug)]
pub struct ClauseCounts {
    pub clause: String,
    pub place: Option<String>,
    pub title: Option<String>,
    /// Where it stands in the policy: all of it.
    pub span: Span,
    pub counts: BTreeMap<Called, usize>,
}

/// Who bears how much of one cost.
#[derive(Clone, Debug)]
pub struct Shares {
    pub clause: String,
    pub place: Option<String>,
    pub title: Option<String>,
    pub subject: Option<String>,
    pub period: Option<String>,
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug)]
pub struct Part {
    pub who: String,
    pub amount: Money,
    pub billed: Option<Money>,
}

/// A record of a kind that a clause looks for, which served no instance of it.
#[derive(Clone, Debug)]
pub struct Unused {
    pub clause: String,
    pub record: String,
    pub place: Option<Span>,
}

/// The report on verdicts that were reached with the same plan, facts and day.
pub fn report(names: &Names, verdicts: &Verdicts, head: Head, asked: &Asked) -> Report {
    let rows = Rows { names: *names, verdicts, as_of: head.as_of, period: asked.period.as_deref() };
    let clauses = rows.by_clause();
    let found = gather(&rows, asked);
    let (due, due_days, more_due) = found.due.told();
    let (missing, more_missing) = found.missing.told(names);
    let unused = unused(names, verdicts, asked.most);
    let left_out = LeftOut {
        due: more_due,
        missing: more_missing,
        unused: verdicts.unused.len().saturating_sub(unused.len()),
        ..found.left_out
    };
    Report {
        which: asked.lines,
        reasons: asked.reasons,
        period: asked.period.clone(),
        lines: found.lines,
        by_who: found.by_who,
        counts: total(&clauses),
        clauses,
        due,
        due_days,
        waiting: found.waiting.told(),
        missing,
        shares: found.shares,
        unused,
        amendments: amended::amended(names, verdicts),
        cut_at: verdicts.cut_at,
        left_out,
        head,
    }
}

/// Whether a verdict asks somebody to do something, or to look.
pub fn asks_for_action(called: Called) -> bool {
    match called {
        Called::Late | Called::Violated | Called::NotFollowed | Called::Differs | Called::Exceeded => true,
        Called::Pending | Called::WithoutEffect | Called::Unknown | Called::NeedsJudgement => true,
        Called::Satisfied | Called::Open | Called::Used | Called::NotUsed | Called::Carried => false,
        Called::NotCarried | Called::NotApplicable => false,
    }
}

fn shares(names: &Names, judged: &Judged) -> Option<Shares> {
    if judged.shares.is_empty() {
        return None;
    }
    let instance = &judged.verdict.instance;
    let clause = names.clause(names.norm(instance)?.clause)?;
    Some(Shares {
        clause: clause.name.clone(),
        place: clause.place.as_ref().map(|place| place.words.clone()),
        title: clause.title.clone(),
        subject: names.subject(instance),
        period: names.period(instance),
        parts: parts(names, judged),
    })
}

fn unused(names: &Names, verdicts: &Verdicts, most: Most) -> Vec<Unused> {
    let one = |(clause, record, row): &(_, _, _)| Unused {
        clause: names.clause_name(*clause).to_string(),
        record: names.record_row(*record, *row),
        place: names.facts.row_place(*record, *row),
    };
    let kept = match most {
        Most::Everything => verdicts.unused.len(),
        Most::Each(most) => most,
    };
    verdicts.unused.iter().take(kept).map(one).collect()
}
