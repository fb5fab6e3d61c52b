//! The sentence that stands behind a verdict in a line: what happened, how it lies to the last day, or what is missing.

use super::deciding::{deciding, with_figures};
use super::{Dated, bans, came_out, dated, days, doing_of, needed, not_doing, recorded, step, through};
use crate::facts::Row;
use crate::model::clause::When;
use crate::model::schema::RecordId;
use crate::report::names::Names;
use crate::source::Span;
use crate::value::{Day, Number};
use crate::verdict::{Decider, Fit, Judged, LastDay, Mark, Nuance, Reason, Said, Status};

/// The sentence for a judged instance; empty when the verdict says all.
pub fn detail(names: &Names, judged: &Judged) -> String {
    let parts = match judged.verdict.status {
        Status::Satisfied | Status::Late => done(names, judged),
        Status::Violated => broken(names, judged),
        Status::Pending => pending(names, judged),
        Status::NotApplicable => vec![waived(names, judged).or_else(|| decisive(names, judged, Mark::No))],
        Status::Unknown => vec![
            needed(names, &judged.verdict.instance, &judged.missing).or_else(|| decisive(names, judged, Mark::Open)),
        ],
        Status::NeedsJudgement => needs_judgement(names, judged),
    };
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

type Parts = Vec<Option<String>>;

fn done(names: &Names, judged: &Judged) -> Parts {
    let so_far = match judged.verdict.nuance {
        Nuance::SoFar => Some(so_far(judged)),
        Nuance::Plain | Nuance::Waived | Nuance::NotUsed | Nuance::WithoutEffect => None,
    };
    let deed = deed(names, judged);
    let count = progress(judged).filter(|_| several(judged)).filter(|_| !judged.evidence.is_empty());
    let timing = if deed.is_some() || judged.verdict.status == Status::Late { timing(judged) } else { None };
    // Late in every reading, by another number of days in each.
    let late_by_reading = judged.verdict.status == Status::Late && judged.verdict.days.is_none();
    let by_reading = readings(judged).filter(|_| late_by_reading);
    let effect = find(&judged.reason, &|said| matches!(said, Said::TakesEffect { .. }));
    let effect = effect.map(|effect| step(names, &judged.verdict.instance, effect));
    let what = decision(names, judged).or(count.or(deed));
    vec![what, timing, by_reading, effect, extension(names, judged), to_come(judged), so_far]
}

/// The day of a subject that is still to come.
fn to_come(judged: &Judged) -> Option<String> {
    match find(&judged.reason, &|said| matches!(said, Said::ToCome { .. }))?.said {
        Said::ToCome { day } => Some(format!("planned for {day}")),
        _ => None,
    }
}

fn so_far(judged: &Judged) -> String {
    match judged.last_day {
        LastDay::On(day) => format!("so far, through {day}"),
        LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => "so far".to_string(),
    }
}

/// What was done and when: `held 2015-01-22`.
fn deed(names: &Names, judged: &Judged) -> Option<String> {
    if let Some(Dated { doing, day: Some(day) }) = dated(names, &judged.verdict.instance) {
        return Some(format!("{doing} {day}"));
    }
    let all = evidence(&judged.reason);
    let mut used: Vec<&Piece> = all.iter().filter(|one| matches!(one.fit, Fit::InTime | Fit::Late)).collect();
    used.sort_by_key(|one| one.day);
    // Of several that are asked for, the one that made them enough.
    let needed = judged.progress.as_ref().and_then(|(_, need)| need.to_i64()).unwrap_or(1);
    let at = usize::try_from(needed).unwrap_or(1).saturating_sub(1);
    let deed = used.get(at).or(used.last())?;
    Some(format!("{} {}", doing_of(names, deed.record), deed.day?))
}

/// How the deed lies to the last day: `37 days early`, `1 day after 2014-12-22`.
fn timing(judged: &Judged) -> Option<String> {
    let count = judged.verdict.days?;
    match (judged.verdict.status, judged.last_day) {
        (Status::Late, LastDay::On(last)) => Some(format!("{} after {last}", days(count))),
        (Status::Late, _) => Some(format!("{} late", days(count))),
        (_, _) if count == 0 => Some("on the last day".to_string()),
        (_, _) => Some(format!("{} early", days(count))),
    }
}

fn broken(names: &Names, judged: &Judged) -> Parts {
    let instance = &judged.verdict.instance;
    if let Some(decision) = decision(names, judged) {
        return vec![Some(decision)];
    }
    if names.norm(instance).is_some_and(bans) {
        return vec![banned(names, judged).or_else(|| decisive(names, judged, Mark::No))];
    }
    let wrong = wrong_shares(names, judged);
    if wrong.is_some() {
        return vec![wrong];
    }
    let by = match judged.last_day {
        LastDay::On(day) => Some(format!("by {day}")),
        LastDay::Within(_, last) => Some(format!("by {last}")),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => None,
    };
    let mut parts = match (progress(judged), dated(names, instance), by) {
        (Some(progress), _, Some(by)) => vec![Some(format!("{progress} {by}")), misfit(names, judged)],
        (Some(progress), _, None) => vec![Some(progress)],
        (None, Some(Dated { doing, day: None }), Some(by)) => vec![Some(format!("{} {by}", not_doing(&doing)))],
        (None, _, by) => vec![decisive(names, judged, Mark::No).or_else(|| by.map(|by| format!("not done {by}")))],
    };
    parts.push(to_come(judged));
    parts
}

/// The records that a ban was broken by.
fn banned(names: &Names, judged: &Judged) -> Option<String> {
    let (record, row) = judged.evidence.first()?;
    let day =
        evidence(&judged.reason).iter().find(|one| (one.record, one.row) == (*record, *row)).and_then(|it| it.day);
    let what = names.record_row(*record, *row);
    let when = day.map_or_else(String::new, |day| format!(" on {day}"));
    let more = match judged.evidence.len().saturating_sub(1) {
        0 => String::new(),
        many => format!(" and {many} more"),
    };
    Some(format!("{what}{when}{more}"))
}

/// Evidence that could not count, and why: it explains a gap.
fn misfit(names: &Names, judged: &Judged) -> Option<String> {
    let all = evidence(&judged.reason);
    let one = all.iter().find(|one| matches!(one.fit, Fit::TooEarly | Fit::Cancelled | Fit::WrongForm))?;
    let what = names.row(one.record, one.row);
    Some(match one.fit {
        Fit::TooEarly => format!("{what} came too early"),
        Fit::Cancelled => format!("{what} was called off"),
        Fit::WrongForm => format!("{what} had the wrong form"),
        Fit::PassedOver => return None,
        Fit::InTime | Fit::Late | Fit::Planned | Fit::Open => return None,
    })
}

/// Bills that differ from the shares.
fn wrong_shares(names: &Names, judged: &Judged) -> Option<String> {
    let differs = |share: &&crate::verdict::Share| share.billed.as_ref().is_some_and(|billed| *billed != share.amount);
    let wrong = judged.shares.iter().filter(differs).map(|share| {
        let billed = share.billed.as_ref().map_or_else(String::new, ToString::to_string);
        format!("{} was billed {billed} instead of {}", names.share_of(share.who), share.amount)
    });
    let wrong: Vec<String> = wrong.collect();
    (!wrong.is_empty()).then(|| wrong.join(", "))
}

fn pending(names: &Names, judged: &Judged) -> Parts {
    let planned = evidence(&judged.reason).into_iter().find(|one| one.fit == Fit::Planned).and_then(|one| one.day);
    let planned = planned.or_else(|| planned_day(&judged.reason));
    vec![
        progress(judged),
        planned.map(|day| plan(day, judged.last_day)),
        through(judged.last_day),
        extension(names, judged),
    ]
}

/// A plan that would be too late already is warned of.
fn plan(day: Day, last: LastDay) -> String {
    match last {
        LastDay::On(last) if day > last => format!("planned for {day}, which is too late"),
        LastDay::On(_) | LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => {
            format!("planned for {day}")
        }
    }
}

fn needs_judgement(names: &Names, judged: &Judged) -> Parts {
    let by = match &judged.decider {
        Decider::Nobody => None,
        Decider::Unnamed => Some("the text names nobody".to_string()),
        Decider::Role(role) => Some(format!("by {role}")),
    };
    let why =
        readings(judged).or_else(|| contradictions(names, judged)).or_else(|| decisive(names, judged, Mark::Person));
    vec![by, why]
}

/// Readings of one sentence that come out differently.
fn readings(judged: &Judged) -> Option<String> {
    let mut found = Vec::new();
    walk(&judged.reason, &mut |reason| {
        if let Said::Reading { name, called, days } = &reason.said {
            found.push(format!("{name}: {}", came_out(*called, *days)));
        }
    });
    (!found.is_empty()).then(|| format!("the readings differ ({})", found.join(", ")))
}

/// Days that the text says in several ways: all of them, since mending one leaves the other.
fn contradictions(names: &Names, judged: &Judged) -> Option<String> {
    let mut found = Vec::new();
    walk(&judged.reason, &mut |reason| {
        if matches!(reason.said, Said::DaysDiffer { .. }) {
            found.push(step(names, &judged.verdict.instance, reason));
        }
    });
    (!found.is_empty()).then(|| found.join("; "))
}

fn waived(names: &Names, judged: &Judged) -> Option<String> {
    let waiver = find(&judged.reason, &|said| matches!(said, Said::Waiver(_)))?;
    Some(step(names, &judged.verdict.instance, waiver))
}

fn extension(names: &Names, judged: &Judged) -> Option<String> {
    let at = find_waiver(&judged.reason)?;
    names.facts.waivers.get(at).map(|one| recorded::waiver(names, one))
}

/// A judgement or attestation that settled it.
fn decision(names: &Names, judged: &Judged) -> Option<String> {
    let settles = |said: &Said| matches!(said, Said::Judgement(_) | Said::Attestation(_));
    find(&judged.reason, &settles).map(|reason| step(names, &judged.verdict.instance, reason))
}

fn find_waiver(reason: &Reason) -> Option<usize> {
    match find(reason, &|said| matches!(said, Said::Waiver(_)))?.said {
        Said::Waiver(at) => Some(at),
        _ => None,
    }
}

/// The step that the verdict hangs on, with its figures.
fn decisive(names: &Names, judged: &Judged, mark: Mark) -> Option<String> {
    let unless = exceptions(names, judged);
    deciding(&judged.reason, mark, &unless).map(|step| with_figures(names, &judged.verdict.instance, step))
}

/// Where the conditions stand that take a clause away by holding.
fn exceptions(names: &Names, judged: &Judged) -> Vec<Span> {
    let norm = names.norm(&judged.verdict.instance);
    let conditions = norm.into_iter().flat_map(|norm| &norm.bodies).flat_map(|body| &body.conditions);
    let unless = conditions.filter_map(|when| match when {
        When::Unless(condition) => Some(condition.span),
        When::If(_) => None,
    });
    unless.collect()
}

/// `1 of 2`.
fn progress(judged: &Judged) -> Option<String> {
    let (have, need) = judged.progress.as_ref()?;
    Some(format!("{have} of {need}"))
}

fn several(judged: &Judged) -> bool {
    judged.progress.as_ref().is_some_and(|(_, need)| *need > Number::from(1))
}

/// A record that was looked at as evidence.
struct Piece {
    record: RecordId,
    row: Row,
    day: Option<Day>,
    fit: Fit,
}

fn evidence(reason: &Reason) -> Vec<Piece> {
    let mut found = Vec::new();
    walk(reason, &mut |reason| {
        if let Said::Evidence { record, row, day, fit } = reason.said {
            found.push(Piece { record, row, day, fit });
        }
    });
    found
}

fn planned_day(reason: &Reason) -> Option<Day> {
    match find(reason, &|said| matches!(said, Said::Planned { .. }))?.said {
        Said::Planned { day } => Some(day),
        _ => None,
    }
}

/// The first such step, in the order of [`walk`].
fn find<'r>(reason: &'r Reason, wanted: &impl Fn(&Said) -> bool) -> Option<&'r Reason> {
    if wanted(&reason.said) {
        return Some(reason);
    }
    reason.because.iter().find_map(|one| find(one, wanted))
}

/// Visits every step, the earlier ones first, each before what lies below it. Reasons are no deeper than the policy's own nesting.
fn walk<'r>(reason: &'r Reason, visit: &mut impl FnMut(&'r Reason)) {
    visit(reason);
    reason.because.iter().for_each(|one| walk(one, visit));
}
