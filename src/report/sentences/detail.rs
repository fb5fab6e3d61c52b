//! The sentence that stands behind a verdict in a line: what happened, how it lies to the last day, or what is missing.

use super::amounts::{amount, counts_several, tally};
use super::deciding::{deciding, figures, is_condition, is_measured, with_figures};
use super::step::{first_told, wrong_form};
use super::{Dated, bans, came_out, dated, days, doing_of, needed, not_doing, recorded, step, through};
use crate::facts::Row;
use crate::model::clause::{Strength, When};
use crate::model::schema::RecordId;
use crate::plan::{NormTest, Owed};
use crate::report::names::Names;
use crate::source::Span;
use crate::value::Day;
use crate::verdict::{Decider, Fit, Instance, Judged, LastDay, Mark, Nuance, Reason, Said, ShareOf, Status};

/// The sentence for a judged instance; empty when the verdict says all.
pub fn detail(names: &Names, judged: &Judged) -> String {
    let parts = match judged.verdict.status {
        Status::Satisfied | Status::Late => done(names, judged),
        Status::Violated => broken(names, judged),
        Status::Pending => pending(names, judged),
        Status::NotApplicable => {
            let settled = waived(names, judged).or_else(|| decision(names, judged));
            let settled = settled.or_else(|| no_share(names, judged));
            vec![settled.or_else(|| decisive(names, judged, Mark::No))]
        }
        Status::Unknown => vec![
            tally(names, judged).filter(|_| counts_several(names, judged)),
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
    let bans = names.norm(&judged.verdict.instance).is_some_and(bans);
    let deed = if bans { None } else { deed(names, judged) };
    let count = amount(names, judged).or_else(|| tally(names, judged).filter(|_| counts_several(names, judged)));
    // A right is not used early.
    let right = names.strength(&judged.verdict.instance) == Strength::May;
    let timed = (deed.is_some() && !right) || judged.verdict.status == Status::Late;
    let timing = if timed { timing(judged) } else { None };
    // Late in every reading, by another number of days in each.
    let late_by_reading = judged.verdict.status == Status::Late && judged.verdict.days.is_none();
    let by_reading = readings(judged).filter(|_| late_by_reading);
    let effect = find(&judged.reason, &|said| matches!(said, Said::TakesEffect { .. }));
    let effect = effect.map(|effect| step(names, judged, effect));
    let what = decision(names, judged).or(count.or(deed)).or_else(|| held(names, judged));
    vec![what, timing, moved(judged), by_reading, effect, extension(names, judged), to_come(judged), so_far]
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
    // Of several that are asked for, the one that made them enough. A right is used once it is used at all.
    let right = names.strength(&judged.verdict.instance) == Strength::May;
    let needed = judged.progress.as_ref().filter(|_| !right).and_then(|(_, need)| need.to_i64()).unwrap_or(1);
    let at = usize::try_from(needed).unwrap_or(1).saturating_sub(1);
    let deed = used.get(at).or(used.last())?;
    Some(format!("{} {}", doing_of(names, deed.record), deed.day?))
}

/// Off which day the last day moved.
fn moved(judged: &Judged) -> Option<String> {
    let LastDay::On(last) = judged.last_day else { return None };
    let from = |said: &Said| match said {
        Said::MovedOff { from, to } if *to == last => Some(*from),
        Said::Reckoned { counted, to, .. } if *to == last && counted != to => Some(*counted),
        _ => None,
    };
    let off = find(&judged.reason, &|said| from(said).is_some())?;
    from(&off.said).map(|from| format!("the last day moved off {from}"))
}

/// The figures of a state, a statement or a vote that came out as it should: what was counted or summed, and what was compared.
fn held(names: &Names, judged: &Judged) -> Option<String> {
    let norm = names.norm(&judged.verdict.instance)?;
    let tests = norm.bodies.iter().filter_map(|body| match &body.test {
        NormTest::Holds(test) | NormTest::HoldsDaily(test) | NormTest::States(test) => Some(test.span),
        NormTest::AtJoining { condition, .. } => Some(condition.span),
        NormTest::Vote { carried, .. } => Some(carried.span),
        _ => None,
    });
    let tests: Vec<Span> = tests.collect();
    let here = |one: &Reason| is_condition(one) && one.policy.is_some_and(|place| tests.contains(&place));
    let mut found: Option<&Reason> = None;
    walk(&judged.reason, &mut |one| {
        if found.is_none() && here(one) {
            found = Some(one);
        }
    });
    let condition = found.filter(|one| one.mark == Mark::Yes && measures(names, one))?;
    let figures = figures(names, judged, condition);
    match figures.len() {
        0 => None,
        // What it is held against stands in the condition.
        1 => Some(with_figures(names, judged, condition)),
        _ => Some(figures.join(", ")),
    }
}

/// Whether a condition compares amounts or days, itself or in one of its parts.
fn measures(names: &Names, condition: &Reason) -> bool {
    let part = |one: &Reason| is_measured(names, one) || (is_condition(one) && measures(names, one));
    condition.because.iter().any(part)
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
    let progress = amount(names, judged).or_else(|| tally(names, judged));
    let early = find(&judged.reason, &|said| matches!(said, Said::TooEarly { .. }));
    let early = early.map(|early| step(names, judged, early));
    let mut parts = match (progress, dated(names, instance), by) {
        (None, Some(_), _) if early.is_some() => vec![early],
        (Some(progress), _, Some(by)) => vec![Some(format!("{progress} {by}")), misfit(names, judged)],
        (Some(progress), _, None) => vec![Some(progress)],
        (None, Some(Dated { doing, day: None }), Some(by)) => vec![Some(format!("{} {by}", not_doing(&doing)))],
        (None, _, by) if pays_a_share(names, instance) => {
            vec![Some(
                by.map_or_else(|| "its share is not paid".to_string(), |by| format!("its share is not paid {by}")),
            )]
        }
        (None, _, by) => vec![decisive(names, judged, Mark::No).or_else(|| by.map(|by| format!("not done {by}")))],
    };
    parts.extend([moved(judged), to_come(judged), for_a_breach(names, judged)]);
    parts
}

/// Whether it is a duty to pay a share: where it is not known how much that is, who shares it besides is no cause of the breach.
fn pays_a_share(names: &Names, instance: &Instance) -> bool {
    names.norm(instance).is_some_and(|norm| norm.bodies.iter().any(|body| matches!(body.test, NormTest::PaysShare(_))))
}

/// The clause whose breach makes this one due.
fn for_a_breach(names: &Names, judged: &Judged) -> Option<String> {
    let step = find(&judged.reason, &|said| matches!(said, Said::Broken { .. }))?;
    match step.said {
        Said::Broken { clause, .. } => Some(format!("due since {} was not kept", names.clause_name(clause))),
        _ => None,
    }
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
    let figures = by_figures(names, judged, (*record, *row));
    Some(format!("{what}{when}{figures}{more}"))
}

/// What made an act one that is banned, where amounts or days were compared: ` (amount is SEK 120, limit is SEK 100)`.
fn by_figures(names: &Names, judged: &Judged, (record, row): (RecordId, Row)) -> String {
    let is_it =
        |said: &Said| matches!(said, Said::Evidence { record: of, row: one, .. } if (*of, *one) == (record, row));
    let Some(step) = find(&judged.reason, &is_it) else { return String::new() };
    let conditions = step.because.iter().filter(|one| is_condition(one) && measures(names, one));
    let figures: Vec<String> = conditions.flat_map(|one| figures(names, judged, one)).collect();
    if figures.is_empty() { String::new() } else { format!(" ({})", figures.join(", ")) }
}

/// Evidence that could not count, and why: it explains a gap.
fn misfit(names: &Names, judged: &Judged) -> Option<String> {
    let all = evidence(&judged.reason);
    let of = |one: &Piece| {
        find(
            &judged.reason,
            &|said| matches!(said, Said::Evidence { record, row, .. } if (*record, *row) == (one.record, one.row)),
        )
    };
    let explains = |one: &&Piece| match one.fit {
        Fit::TooEarly | Fit::Cancelled => true,
        Fit::WrongForm => of(one).is_some_and(|step| wrong_form(names, judged, step).is_some()),
        Fit::InTime | Fit::Late | Fit::Planned | Fit::PassedOver | Fit::Open => false,
    };
    let one = all.iter().find(explains)?;
    let what = names.row(one.record, one.row);
    Some(match one.fit {
        Fit::TooEarly => match one.day.zip(first_told(judged)).filter(|(day, first)| day < first) {
            Some((day, first)) => format!("{what} came too early ({day}, before {first})"),
            None => format!("{what} came too early"),
        },
        Fit::Cancelled => format!("{what} was called off"),
        Fit::WrongForm => {
            format!("{what} {}", wrong_form(names, judged, of(one)?)?)
        }
        Fit::PassedOver => return None,
        Fit::InTime | Fit::Late | Fit::Planned | Fit::Open => return None,
    })
}

/// So many bills that differ from the shares are told.
const WRONG: usize = 2;

/// Bills that differ from the shares.
fn wrong_shares(names: &Names, judged: &Judged) -> Option<String> {
    let differs = |share: &&crate::verdict::Share| share.billed.as_ref().is_some_and(|billed| *billed != share.amount);
    let wrong = judged.shares.iter().filter(differs).map(|share| {
        let billed = share.billed.as_ref().map_or_else(String::new, ToString::to_string);
        format!("{} was billed {billed} instead of {}", names.share_of(share.who), share.amount)
    });
    let wrong: Vec<String> = wrong.collect();
    let more = match wrong.len().saturating_sub(WRONG) {
        0 => String::new(),
        many => format!(" and {many} more"),
    };
    let told = wrong.get(..WRONG).unwrap_or(&wrong);
    (!wrong.is_empty()).then(|| format!("{}{more}", told.join(", ")))
}

fn pending(names: &Names, judged: &Judged) -> Parts {
    let planned = evidence(&judged.reason).into_iter().find(|one| one.fit == Fit::Planned).and_then(|one| one.day);
    let planned = planned.or_else(|| planned_day(&judged.reason));
    vec![
        amount(names, judged).or_else(|| tally(names, judged)).or_else(|| not_yet(names, judged)),
        planned.map(|day| plan(day, judged.last_day)),
        due(names, judged),
        moved(judged),
        extension(names, judged),
        for_a_breach(names, judged),
    ]
}

/// Until when: `due by 2015-12-31`; what binds, holds or may be used, and what a person judges, runs `through 2015-12-31`.
fn due(names: &Names, judged: &Judged) -> Option<String> {
    let lasts = |test: &NormTest| {
        matches!(
            test,
            NormTest::Never(_)
                | NormTest::May { .. }
                | NormTest::Holds(_)
                | NormTest::HoldsDaily(_)
                | NormTest::ForPerson(_)
        )
    };
    let norm = names.norm(&judged.verdict.instance);
    if norm.into_iter().flat_map(|norm| &norm.bodies).any(|body| lasts(&body.test)) {
        return through(judged.last_day);
    }
    match judged.last_day {
        LastDay::On(day) => Some(format!("due by {day}")),
        LastDay::Within(first, Day::MAX) => Some(format!("due by {first} or later")),
        LastDay::Within(first, last) => Some(format!("due by a date between {first} and {last}")),
        LastDay::NotYet | LastDay::Unknown | LastDay::None => through(judged.last_day),
    }
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
        Decider::Unnamed => Some("the text does not say who decides".to_string()),
        Decider::Role(role) => Some(format!("by {role}")),
    };
    let why = readings(judged)
        .or_else(|| contradictions(names, judged))
        .or_else(|| weighed(names, judged))
        .or_else(|| falls_short(names, judged));
    match judged.decider {
        Decider::Unnamed => vec![why, by],
        Decider::Nobody | Decider::Role(_) => vec![by, why],
    }
}

/// The step that a person has to judge: `on "work with openness"`, or a condition.
fn weighed(names: &Names, judged: &Judged) -> Option<String> {
    let unless = exceptions(names, judged);
    deciding(&judged.reason, Mark::Person, &unless).map(|step| match &step.said {
        Said::Weigh(words) => format!("on \"{words}\""),
        _ => with_figures(names, judged, step),
    })
}

/// What a person has to weigh where no words of the text say it: an effort without its result, a number outside a tolerance.
fn falls_short(names: &Names, judged: &Judged) -> Option<String> {
    let instance = &judged.verdict.instance;
    let bodies = &names.norm(instance)?.bodies;
    let effort = bodies.iter().any(|body| body.owed == Owed::Effort);
    if !effort && bodies.iter().any(|body| body.judged_by.is_some()) {
        return deed(names, judged).map(|deed| format!("{deed}, to be judged"));
    }
    let by = match judged.last_day {
        LastDay::On(day) => format!(" by {day}"),
        LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => String::new(),
    };
    let done = amount(names, judged).or_else(|| tally(names, judged)).map(|done| format!("{done}{by}"));
    let done = done.or_else(|| match dated(names, instance) {
        Some(Dated { doing, day: None }) => Some(format!("{}{by}", not_doing(&doing))),
        Some(Dated { doing, day: Some(day) }) => {
            Some(format!("{doing} {day}, the last day was {}", last_words(judged)?))
        }
        None => None,
    })?;
    Some(if effort { format!("{done}, required only as far as possible") } else { done })
}

fn last_words(judged: &Judged) -> Option<String> {
    match judged.last_day {
        LastDay::On(day) => Some(day.to_string()),
        LastDay::Within(..) | LastDay::NotYet | LastDay::Unknown | LastDay::None => None,
    }
}

/// What has not been done yet, of a day in a field.
fn not_yet(names: &Names, judged: &Judged) -> Option<String> {
    match dated(names, &judged.verdict.instance)? {
        Dated { doing, day: None } => Some(format!("{} yet", not_doing(&doing))),
        Dated { .. } => None,
    }
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
            found.push(step(names, judged, reason));
        }
    });
    (!found.is_empty()).then(|| found.join("; "))
}

fn waived(names: &Names, judged: &Judged) -> Option<String> {
    let waiver = find(&judged.reason, &|said| matches!(said, Said::Waiver(_)))?;
    Some(step(names, judged, waiver))
}

fn extension(names: &Names, judged: &Judged) -> Option<String> {
    let at = find_waiver(&judged.reason)?;
    let waiver = names.facts.waivers.get(at)?;
    // One that ends before the last day extends nothing.
    let extends = match (judged.last_day, waiver.until) {
        (LastDay::On(last), Some(until)) => until >= last,
        _ => true,
    };
    extends.then(|| recorded::waiver(names, waiver))
}

/// A judgement or attestation that settled it.
fn decision(names: &Names, judged: &Judged) -> Option<String> {
    let settles = |said: &Said| matches!(said, Said::Judgement(_) | Said::Attestation(_));
    find(&judged.reason, &settles).map(|reason| step(names, judged, reason))
}

fn find_waiver(reason: &Reason) -> Option<usize> {
    match find(reason, &|said| matches!(said, Said::Waiver(_)))?.said {
        Said::Waiver(at) => Some(at),
        _ => None,
    }
}

/// Who bears no share, and why: `fura bears no share of heating: a member only from 2020-01-10`.
fn no_share(names: &Names, judged: &Judged) -> Option<String> {
    let step = find(&judged.reason, &|said| matches!(said, Said::NoShare { .. } | Said::NotCovered(_)))?;
    let words = self::step(names, judged, step);
    let Said::NoShare { who: ShareOf::Row(record, row), .. } = step.said else { return Some(words) };
    let is_it = |said: &Said| matches!(said, Said::Belongs { record: of, row: one } if (*of, *one) == (record, row));
    let left_out = find(&judged.reason, &is_it).filter(|one| one.mark == Mark::No);
    let unless = exceptions(names, judged);
    let why = left_out.and_then(|one| one.because.iter().find_map(|below| deciding(below, Mark::No, &unless)));
    let why = why.map(|why| format!(": {}", with_figures(names, judged, why)));
    Some(format!("{words}{}", why.unwrap_or_default()))
}

/// The step that the verdict hangs on, with its figures.
fn decisive(names: &Names, judged: &Judged, mark: Mark) -> Option<String> {
    let unless = exceptions(names, judged);
    deciding(&judged.reason, mark, &unless).map(|step| with_figures(names, judged, step))
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
pub fn walk<'r>(reason: &'r Reason, visit: &mut impl FnMut(&'r Reason)) {
    visit(reason);
    reason.because.iter().for_each(|one| walk(one, visit));
}
