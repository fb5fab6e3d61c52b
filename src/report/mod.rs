//! Reports: verdicts with their sentences and what they rest on, as plain data. How they look is for the views.
//! Everything here can be worked out again from the plan, the facts and the day; nothing is decided here.

mod amended;
mod changes;
pub mod digest;
mod due;
pub mod entry;
mod groups;
mod instances;
mod line;
mod missing;
pub mod names;
pub mod review;
pub mod scenario;
pub mod sentences;
pub mod short;
pub mod snapshot;
mod waiting;
mod why;

use std::collections::BTreeMap;

pub use amended::{Amended, Status as Adopted};
pub use changes::Changed;
pub use digest::Digest;
pub use due::{Due, Surely};
pub use groups::{Group, Who, groups};
pub use instances::{Keys, matching};
pub use line::{Joined, Line};
pub use missing::MissingFact;
pub use names::{Names, Naming};
pub use waiting::{AskedFor, Matter, Waiting};
pub use why::{Step, Why, why};

use crate::evaluate;
use crate::model::clause::Strength;
use crate::plan::{NormTest, Plan};
use crate::source::Span;
use crate::value::{Day, Money};
use crate::verdict::{Batch, Called, Judged, Status, Verdict, Verdicts};

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
}

/// What a report is to tell.
#[derive(Clone, Debug)]
pub struct Asked {
    pub lines: Which,
    pub reasons: Reasons,
    /// Only instances of this period, as it is printed.
    pub period: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Verdicts that ask somebody to do something: see [`asks_for_action`].
    ForAction,
    All,
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
    /// In the order of the policy, then of subjects, bearers and periods.
    pub lines: Vec<Line>,
    /// How many verdicts there are of each kind, also of those without a line.
    pub counts: BTreeMap<Called, usize>,
    /// The same for each clause, in the order of the policy.
    pub clauses: Vec<ClauseCounts>,
    /// What falls due, the earliest first.
    pub due: Vec<Due>,
    /// What a person must decide, by who it is.
    pub waiting: Vec<Waiting>,
    /// What is missing, the most decisive first.
    pub missing: Vec<MissingFact>,
    pub shares: Vec<Shares>,
    /// Evidence that served nothing.
    pub unused: Vec<Unused>,
    /// In the order in which they are worked in.
    pub amendments: Vec<Amended>,
    /// Judging stopped at this many instances.
    pub cut_at: Option<usize>,
}

/// How one clause came out.
#[derive(Clone, Debug)]
pub struct ClauseCounts {
    pub clause: String,
    pub place: Option<String>,
    pub title: Option<String>,
    pub counts: BTreeMap<Called, usize>,
}

/// Who bears how much of one cost.
#[derive(Clone, Debug)]
pub struct Shares {
    pub clause: String,
    pub place: Option<String>,
    pub subject: Option<String>,
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
    let as_of = head.as_of;
    let in_period = |verdict: &Verdict| match &asked.period {
        Some(period) => names.period(&verdict.instance).as_deref() == Some(period),
        None => true,
    };
    let told: Vec<(Called, Judged)> = verdicts
        .iter()
        .filter(in_period)
        .map(|verdict| (verdict.called(names.strength(&verdict.instance)), verdict))
        .filter(|(called, verdict)| matters(names.plan, *called, verdict, asked.lines))
        .map(|(called, verdict)| (called, evaluate::explain(names.plan, names.facts, as_of, &verdict.instance)))
        .collect();
    let clauses = by_clause(names, verdicts, &in_period, asked);
    let shown = |called: &Called| asked.lines == Which::All || asks_for_action(*called);
    let lines = told.iter().filter(|(called, _)| shown(called));
    Report {
        lines: lines.map(|(_, judged)| line::line(names, judged, asked.reasons)).collect(),
        counts: clauses.iter().fold(BTreeMap::new(), |all, clause| added(all, &clause.counts)),
        clauses,
        due: due::due(names, &told),
        waiting: waiting::waiting(names, &told),
        missing: missing::missing(names, &told),
        shares: told.iter().filter_map(|(_, judged)| shares(names, judged)).collect(),
        unused: unused(names, verdicts),
        amendments: amended::amended(names, verdicts),
        cut_at: verdicts.cut_at,
        which: asked.lines,
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

/// Whether a verdict's reasons are needed for anything in the report. The others are only counted.
fn matters(plan: &Plan, called: Called, verdict: &Verdict, lines: Which) -> bool {
    let norm = plan.norm(verdict.instance.norm);
    let shares = || norm.is_some_and(|norm| norm.bodies.iter().any(|it| matches!(it.test, NormTest::Shared { .. })));
    let applies = verdict.status != Status::NotApplicable;
    lines == Which::All || asks_for_action(called) || called == Called::Open || (applies && shares())
}

fn added(mut all: BTreeMap<Called, usize>, more: &BTreeMap<Called, usize>) -> BTreeMap<Called, usize> {
    for (called, count) in more {
        let sum = all.entry(*called).or_default();
        *sum = sum.saturating_add(*count);
    }
    all
}

fn by_clause(
    names: &Names,
    verdicts: &Verdicts,
    in_period: &impl Fn(&Verdict) -> bool,
    asked: &Asked,
) -> Vec<ClauseCounts> {
    let counted = verdicts.batches.iter().filter_map(|batch| {
        let clause = names.clause(names.plan.norm(batch.norm()?)?.clause)?;
        // Without a period to look for, a batch counts itself.
        let counts = match asked.period {
            None => batch.counts(),
            Some(_) => Batch::Each(batch.iter().filter(in_period).collect()).counts(),
        };
        let mut called = BTreeMap::new();
        for ((norm, status, nuance), count) in counts {
            let strength = names.plan.norm(norm).map_or(Strength::Shall, |norm| norm.strength);
            called = added(called, &BTreeMap::from([(nuance.called(status, strength), count)]));
        }
        (!called.is_empty()).then(|| ClauseCounts {
            clause: clause.name.clone(),
            place: clause.place.as_ref().map(|place| place.words.clone()),
            title: clause.title.clone(),
            counts: called,
        })
    });
    counted.collect()
}

fn shares(names: &Names, judged: &Judged) -> Option<Shares> {
    if judged.shares.is_empty() {
        return None;
    }
    let instance = &judged.verdict.instance;
    let clause = names.clause(names.norm(instance)?.clause)?;
    let part = |share: &crate::verdict::Share| Part {
        who: names.share_of(share.who),
        amount: share.amount.clone(),
        billed: share.billed.clone(),
    };
    Some(Shares {
        clause: clause.name.clone(),
        place: clause.place.as_ref().map(|place| place.words.clone()),
        subject: names.subject(instance),
        parts: judged.shares.iter().map(part).collect(),
    })
}

fn unused(names: &Names, verdicts: &Verdicts) -> Vec<Unused> {
    let one = |(clause, record, row): &(_, _, _)| Unused {
        clause: names.clause_name(*clause).to_string(),
        record: names.record_row(*record, *row),
        place: names.facts.row_place(*record, *row),
    };
    verdicts.unused.iter().map(one).collect()
}
