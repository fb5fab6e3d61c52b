//! Reports: verdicts with their sentences and what they rest on, as plain data. How they look is for the views.
//! Everything here can be worked out again from the plan, the facts and the day; nothing is decided here.

pub mod about;
mod ahead;
mod amended;
mod asked_of;
pub mod calendar;
mod changes;
pub mod decisions;
pub mod digest;
mod due;
pub mod entry;
mod gathering;
mod groups;
mod instances;
mod line;
mod missing;
pub mod monday;
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
mod urgency;
mod waiting;
pub mod walk;
pub mod when;
mod why;

use std::collections::BTreeMap;

pub use amended::{Amended, Status as Adopted};
pub use changes::Changed;
pub use digest::Digest;
pub use due::{Due, DueDay, Surely};
pub use groups::{ByWho, Group, Told, Who, groups};
pub use instances::{Keys, Matching, fitting};
pub use line::{Joined, Line};
pub use missing::MissingFact;
pub use names::{Names, Naming};
pub use rows::{Because, Case, Row, Rows, SharedCost, Teller};
pub use steps::Extent;
pub use sums::{CostSum, Sums};
pub use urgency::{Urgency, urgency};
pub use waiting::{AskedFor, Matter, Waiting};
pub use walk::{Walk, Walked};
pub use why::{About, Step, Why, why};

use crate::source::{FileId, Span};
use crate::value::{Calendar, Day, Money};
use crate::verdict::{Called, Cut, Judged, Verdicts};

use gathering::gather;
use rows::{parts, total};

/// What was judged, from what and as of when. The door says what it read.
#[derive(Clone, Debug)]
pub struct Head {
    /// What the agreement is called.
    pub agreement: String,
    /// What it is about, in words.
    pub title: String,
    /// The day as of which it was judged.
    pub as_of: Day,
    /// What was recorded after this day is left out of account.
    pub known_on: Option<Day>,
    /// The policy's file as the user named it.
    pub policy: String,
    /// The fact files.
    pub facts: Vec<String>,
    /// The fingerprint of the policy's texts.
    pub rules_digest: Digest,
    /// The fingerprint of the facts.
    pub facts_digest: Digest,
    /// What it takes to judge the same once more.
    pub basis: Basis,
}

/// What it takes to judge the same once more, and to see whether it is the same.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    /// Of the program that judged.
    pub version: &'static str,
    /// The calendar of the agreement.
    pub calendar: Option<Calendar>,
    /// Every text that was read. Fingerprints are made where they are told.
    pub inputs: Vec<Input>,
    /// The fact files as the user named them, or as they were found beside the policy.
    pub named: Vec<String>,
    /// How facts from a pipe are written.
    pub facts_format: Option<String>,
    /// Whether names are replaced.
    pub pseudonyms: bool,
    /// Amendments that are supposed to be adopted.
    pub with: Vec<String>,
    /// Amendments that are supposed not to be.
    pub without: Vec<String>,
    /// The verdicts that make the run fail.
    pub fail_on: Vec<Called>,
}

/// A text that was read, and the part that it plays.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// `policy`, `import` or `facts`.
    pub part: &'static str,
    /// Which file it is.
    pub file: FileId,
}

/// What a report is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which verdicts have a line.
    pub lines: Which,
    /// Where the lines are found.
    pub kept: Kept,
    /// How many are kept.
    pub most: Most,
    /// Whether lines have reasons.
    pub reasons: Reasons,
    /// Only instances of this period, as it is printed.
    pub period: Option<String>,
}

/// Which verdicts have a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// None at all: the report only counts.
    Counts,
    /// Verdicts that ask somebody to do something: see [`asks_for_action`].
    ForAction,
    /// All of them.
    All,
}

/// Where the lines of a report are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In the report itself.
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
    /// All there is.
    Everything,
    /// So many lines of each clause and verdict, so many entries of each other list.
    Each(usize),
}

/// Whether lines have reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reasons {
    /// Lines have none.
    LeftOut,
    /// Each line has its reason tree.
    Told,
}

/// What is told of an agreement that was judged.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was judged, and from what.
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
    /// Costs, and who bears how much of each.
    pub shares: Vec<Shares>,
    /// Unused evidence.
    pub unused: Vec<Unused>,
    /// In the order in which they are worked in.
    pub amendments: Vec<Amended>,
    /// The limit at which judging stopped.
    pub cut_at: Option<Cut>,
    /// How many more there are.
    pub left_out: LeftOut,
}

/// How many more there are than the report tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many lines.
    pub lines: usize,
    /// How many of what falls due.
    pub due: usize,
    /// What is missing.
    pub missing: usize,
    /// Costs, and who bears how much of each.
    pub shares: usize,
    /// How much evidence.
    pub unused: usize,
}

/// How one clause came out.
#[derive(Clone, Debug)]
pub struct ClauseCounts {
    /// The name of the clause.
    pub clause: String,
    /// Where it stands in the agreement: `§ 4.3`.
    pub place: Option<String>,
    /// What it is about, in words.
    pub title: Option<String>,
    /// Where it stands in the policy: all of it.
    pub span: Span,
    /// How many verdicts there are of each word.
    pub counts: BTreeMap<Called, usize>,
}

/// Who bears how much of one cost.
#[derive(Clone, Debug)]
pub struct Shares {
    /// The name of the clause.
    pub clause: String,
    /// Where it stands in the agreement: `§ 4.3`.
    pub place: Option<String>,
    /// What it is about, in words.
    pub title: Option<String>,
    /// The record that it is about.
    pub subject: Option<String>,
    /// The period, as it is printed.
    pub period: Option<String>,
    /// Who bears how much.
    pub parts: Vec<Part>,
}

/// What one bears of a cost.
#[derive(Clone, Debug)]
pub struct Part {
    /// Who bears it.
    pub who: String,
    /// How much.
    pub amount: Money,
    /// How much was billed.
    pub billed: Option<Money>,
}

/// A record of a kind that a clause looks for, which served no instance of it.
#[derive(Clone, Debug)]
pub struct Unused {
    /// The name of the clause.
    pub clause: String,
    /// The record.
    pub record: String,
    /// Where it stands in the agreement: `§ 4.3`.
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
