//! Whose words wait, where a verdict waits for a person since another clause does: a decision on the one would settle nothing, and the
//! case of the other is what is asked for.

use std::collections::BTreeSet;

use super::names::Names;
use super::rows::Rows;
use crate::evaluate::{Explainer, Limits, instances};
use crate::facts::Row;
use crate::model::expr::ClauseId;
use crate::model::schema::RecordId;
use crate::plan::{Norm, Trigger};
use crate::value::Day;
use crate::verdict::{Called, Holder, Instance, Judged, LastDay, Mark, Reason, Said, Status};

/// So many cases of a clause are looked at.
const LOOKED_AT: usize = 50;
/// So many clauses are followed, one behind the other.
const DEEPEST: usize = 20;

/// The clauses with a verdict that waits for a person.
pub(super) fn waiting_clauses(rows: &Rows) -> BTreeSet<ClauseId> {
    let waiting = rows.verdicts().filter(|verdict| rows.called(verdict) == Called::NeedsJudgement);
    waiting.filter_map(|verdict| rows.names.norm(&verdict.instance)).map(|norm| norm.clause).collect()
}

/// Whether a verdict may wait since another clause does.
pub(super) fn may_wait_for_another(norm: &Norm) -> bool {
    !norm.yields_to.is_empty() || matches!(norm.trigger, Trigger::Breach(_))
}

/// Whether it waits only since another clause does that is asked for with its own verdicts.
pub(super) fn is_asked_elsewhere(judged: &Judged, waiting: &BTreeSet<ClauseId>) -> bool {
    let others = waits_for(&judged.reason);
    !others.is_empty() && others.iter().all(|other| waiting.contains(other))
}

/// The cases of other clauses that a person has to judge for this one; none where some of its own words wait.
pub(super) fn cases_to_judge(names: &Names, as_of: Day, judged: &Judged) -> Vec<Judged> {
    let mut found: Vec<Judged> = Vec::new();
    let mut left: Vec<(Instance, Vec<ClauseId>)> = vec![(judged.verdict.instance, waits_for(&judged.reason))];
    for _ in 0..DEEPEST {
        let mut next = Vec::new();
        for (instance, clauses) in std::mem::take(&mut left) {
            for clause in clauses {
                let waiting = cases_behind(names, as_of, &instance, clause).into_iter();
                for one in waiting.filter(|one| one.verdict.status == Status::NeedsJudgement) {
                    let behind = waits_for(&one.reason);
                    if !behind.is_empty() {
                        next.push((one.verdict.instance, behind));
                    } else if found.iter().all(|known| known.verdict.instance != one.verdict.instance) {
                        found.push(one);
                    }
                }
            }
        }
        if next.is_empty() {
            break;
        }
        left = next;
    }
    found
}

/// The cases of another clause of the same subject, bearer and period, as far as both have them, judged.
pub(super) fn cases_behind(names: &Names, as_of: Day, own: &Instance, clause: ClauseId) -> Vec<Judged> {
    let (limits, of) = (Limits::default(), (names.plan, names.facts));
    // Where a limit is reached, the verdict that this is a reason of says so.
    let found = instances(of, as_of, clause, &limits, |other| is_of_the_case(names, own, other)).unwrap_or_default();
    let mut explainer = Explainer::new(names.plan, names.facts, as_of);
    let judged = found.iter().take(LOOKED_AT).map(|one| explainer.explain(one));
    judged.filter(|one| is_of_its_period(own, one)).collect()
}

/// The clauses that this one waits for; none where a person has to weigh some of its own words.
fn waits_for(reason: &Reason) -> Vec<ClauseId> {
    let mut found = Vec::new();
    if own_words_wait(reason, &mut found) { Vec::new() } else { found }
}

fn own_words_wait(reason: &Reason, others: &mut Vec<ClauseId>) -> bool {
    if let Said::BreachOpen(clause) | Said::PrecedenceOpen(clause) = reason.said {
        if !others.contains(&clause) {
            others.push(clause);
        }
        return false;
    }
    let mut below = reason.because.iter().filter(|below| below.mark == Mark::Person).peekable();
    match below.peek() {
        Some(_) => below.any(|below| own_words_wait(below, others)),
        None => reason.mark == Mark::Person,
    }
}

fn is_of_the_case(names: &Names, own: &Instance, other: &Instance) -> bool {
    let subjects = (names.subject_row(own), names.subject_row(other));
    let subject = !matches!(subjects, (Some(one), Some(other)) if one.0 == other.0 && one.1 != other.1);
    let bearer = own.bearer == Holder::TheOne || other.bearer == Holder::TheOne || own.bearer == other.bearer;
    // What is asked for each of some may hang on what each of them bears.
    let row = |holder: Holder| if let Holder::Row(record, row) = holder { Some((record, row)) } else { None };
    let another = |one: Option<(RecordId, Row)>, other: Option<(RecordId, Row)>| matches!((one, other), (Some(one), Some(other)) if one.0 == other.0 && one.1 != other.1);
    let apart = (subjects.1.is_none() && another(subjects.0, row(other.bearer)))
        || (subjects.0.is_none() && another(row(own.bearer), subjects.1));
    let period = match (own.period, other.period) {
        (Some(own), Some(other)) => {
            !own.stretch.intersect(other.stretch).is_empty() || own.stretch.contains(other.last().following())
        }
        (Some(own), None) => other.span.is_none_or(|(_, last)| own.stretch.contains(last)),
        (None, _) => true,
    };
    subject && bearer && !apart && period
}

/// What is due for a breach is due in the period that holds the day after it, mostly; one by an act, in the period of the act.
fn is_of_its_period(own: &Instance, other: &Judged) -> bool {
    let (Some(own), Some(period)) = (own.period, other.verdict.instance.period) else { return true };
    let ends = match other.last_day {
        LastDay::On(day) => day,
        LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => period.last(),
    };
    own.stretch.contains(period.last()) || own.stretch.contains(ends.following())
}
