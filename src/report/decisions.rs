//! What waits for a person, case by case: the words to weigh, what is laid before the decider, and what was decided earlier about the
//! same clause. Earlier decisions are shown and never made into a verdict.

use std::collections::BTreeSet;

use super::asked_of::{cases_to_judge, is_asked_elsewhere, waiting_clauses};
use super::changes::laid;
use super::line::{Line, line, role};
use super::names::{Names, Naming};
use super::rows::Rows;
use super::waiting::{AskedFor, attestations};
use super::{Reasons, sentences};
use crate::facts::Decision;
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{Called, Cut, Instance, Judged, LastDay, Mark, Reason, Said, Verdicts};

/// Everything that waits for a person.
#[derive(Clone, Debug)]
pub struct Deciding {
    /// By role, then by day; those that the text gives to no role last.
    pub cases: Vec<Case>,
    pub verdicts: usize,
}

/// A verdict that waits for a person.
#[derive(Clone, Debug)]
pub struct Case {
    /// Who decides; nothing where the text names no role.
    pub role: Option<String>,
    pub asked: AskedFor,
    /// The day by which it was to be done, or on which its period ends.
    pub day: Option<Day>,
    pub line: Line,
    /// The words that need weighing.
    pub weigh: Vec<String>,
    /// What each reading comes to, where they differ.
    pub readings: Vec<String>,
    /// What the text lays before the decider.
    pub laid: Vec<String>,
    /// Facts that the verdict rests on.
    pub facts: Vec<(String, Option<Span>)>,
    /// How many more there are.
    pub more_facts: usize,
    pub earlier: Vec<Earlier>,
}

/// A decision about the same clause, be it about another subject or period.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub on: Day,
    /// Subject, bearer and period, as far as it names them.
    pub about: String,
    pub words: String,
}

impl Case {
    /// The subject of a decision: that of the case, or the bearer where it has none.
    pub fn subject(&self) -> Option<&str> {
        self.line.subject.as_deref().or(self.line.bearer.as_deref())
    }

    /// The bearer of a decision on this case alone, where its subject has several.
    pub fn bearer(&self) -> Option<&str> {
        self.line.bearer.as_deref().filter(|_| self.line.subject.is_some())
    }

    /// Subject, bearer and period, as far as it has them.
    pub fn label(&self) -> String {
        let parts = [self.line.subject.as_deref(), self.line.bearer.as_deref(), self.line.period.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// So many facts of a case are told; the rest is counted.
const MOST_FACTS: usize = 8;

/// What waits, from the verdicts that were reached with these facts as of this day.
pub fn deciding(names: &Names, verdicts: &Verdicts, as_of: Day) -> Result<Deciding, Cut> {
    let rows = Rows { names: *names, verdicts, as_of, period: None };
    let mut explainer = rows.explainer();
    let mut cases = Vec::new();
    let mut known: BTreeSet<Instance> = BTreeSet::new();
    let waiting = waiting_clauses(&rows);
    for verdict in rows.verdicts() {
        let called = rows.called(&verdict);
        if !matches!(called, Called::NeedsJudgement | Called::Unknown) {
            continue;
        }
        let judged = explainer.explain(&verdict.instance);
        if let Some(cut) = judged.cut_at {
            return Err(cut);
        }
        if called == Called::Unknown {
            let asked = attestations(&judged.missing);
            cases.extend(asked.into_iter().map(|asked| case(names, &judged, asked)));
            continue;
        }
        // A decision on a clause none of whose own words wait would settle nothing: the clause that it waits for is asked for.
        if is_asked_elsewhere(&judged, &waiting) {
            continue;
        }
        let behind = cases_to_judge(names, as_of, &judged);
        for one in if behind.is_empty() { vec![judged] } else { behind } {
            if known.insert(one.verdict.instance) {
                cases.push(case(names, &one, (role(&one.decider), AskedFor::Judgement)));
            }
        }
    }
    let by_day = |case: &Case| (case.role.is_none(), case.role.clone(), case.day.is_none(), case.day);
    cases.sort_by_key(by_day);
    Ok(Deciding { cases, verdicts: verdicts.len() })
}

fn case(names: &Names, judged: &Judged, (role, asked): (Option<String>, AskedFor)) -> Case {
    let (mut weigh, mut readings, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    weighed(names, judged, &judged.reason, &mut weigh);
    sentences::walk_reasons(&judged.reason, &mut |reason| {
        let words = || sentences::step(names, judged, reason);
        if matches!(reason.said, Said::Reading { .. }) {
            readings.push(words());
        } else if reason.fact.is_some() {
            let fact = (words(), reason.fact);
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
    });
    let more_facts = facts.len().saturating_sub(MOST_FACTS);
    facts.truncate(MOST_FACTS);
    Case {
        role,
        asked,
        day: day(judged),
        line: line(names, judged, Reasons::LeftOut),
        weigh,
        readings,
        laid: laid(names, judged).into_iter().map(|(_, fact)| fact).collect(),
        facts,
        more_facts,
        earlier: earlier(names, judged),
    }
}

fn day(judged: &Judged) -> Option<Day> {
    match judged.last_day {
        LastDay::On(day) | LastDay::Within(day, _) => Some(day),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => {
            judged.verdict.instance.period.map(|period| period.last()).filter(|last| *last < Day::MAX)
        }
    }
}

/// The steps that a person has to say, down to the words themselves.
fn weighed(names: &Names, judged: &Judged, reason: &Reason, found: &mut Vec<String>) {
    let before = found.len();
    for below in reason.because.iter().filter(|below| below.mark == Mark::Person) {
        weighed(names, judged, below, found);
    }
    let own = reason.mark == Mark::Person && found.len() == before;
    if own && !matches!(reason.said, Said::Verdict(..) | Said::Reading { .. }) {
        let words = match &reason.said {
            Said::Weigh(words) => words.clone(),
            _ => sentences::with_figures(names, judged, reason),
        };
        if !found.contains(&words) {
            found.push(words);
        }
    }
}

/// What people decided about the clause, the earliest first.
fn earlier(names: &Names, judged: &Judged) -> Vec<Earlier> {
    let norm = names.norm(&judged.verdict.instance);
    let clause = norm.map_or("", |norm| names.clause_name(norm.clause));
    let facts = names.facts;
    let told = |decision: &Decision, words: String| {
        // A subject may be somebody's name.
        let subject = decision.subject.as_deref().filter(|_| names.naming == Naming::Real);
        let bearer = decision.bearer.as_deref().filter(|_| names.naming == Naming::Real);
        let about = [subject, bearer, decision.period.as_deref()];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (decision.clause == clause).then_some(Earlier { on: decision.on, about, words })
    };
    let judgements = facts.judgements.iter().filter_map(|one| told(&one.decision, sentences::judgement(names, one)));
    let attested = facts.attestations.iter().filter_map(|one| told(&one.decision, sentences::attestation(names, one)));
    let waivers = facts.waivers.iter().filter_map(|one| told(&one.decision, sentences::waiver(names, one)));
    let mut all: Vec<Earlier> = judgements.chain(attested).chain(waivers).collect();
    all.sort_by_key(|one| one.on);
    all
}
