//! The days on which what is watched on every day is watched, and those on which its answer can change.

use std::collections::BTreeSet;

use crate::plan::{Norm, NormTest, Trigger};
use crate::value::{Day, Stretch};
use crate::verdict::Instance;

use super::counterpart::walk_others;
use super::life::{Lasts, lasting_days};
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::frame::EdgeDay;
use crate::evaluate::expr::history::Walk;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::bearer_of;
use crate::evaluate::trace::Trace;

/// The days on which a wording is watched: of its force, and on which its subject and bearer last.
pub fn days_watched<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<(Day, Day)> {
    let as_of = ask.world.as_of;
    // Whichever way amendments have gone that are open.
    let way = ask.law.way;
    let mut days: Option<Stretch> = None;
    for one in 0..ask.law.ways() {
        ask.law.way = one;
        let chosen = ask.law.chosen(norm);
        if !chosen.is_empty() {
            days = Some(days.map_or(chosen, |days: Stretch| {
                Stretch::new(days.from.min(chosen.from), days.until.max(chosen.until))
            }));
        }
    }
    ask.law.way = way;
    let mut days = days?.intersect(Stretch::of_days(Day::MIN, as_of));
    let subject = instance.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
    let bearer = bearer_of(norm, instance).map(|(of, _, row)| (of, row));
    for (of, row) in [subject, bearer].into_iter().flatten() {
        if let Some(lasts) = lasting_days(ask, of, row) {
            days = days.intersect(may_last(lasts));
        }
    }
    if let Some(period) = instance.period {
        days = days.intersect(period.stretch);
    }
    (!days.is_empty()).then(|| (days.first(), days.last()))
}

/// The first day and each later one on which an answer can change.
pub fn days_of_change<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (first, last): (Day, Day),
) -> Vec<Day> {
    let ways = ask.law.ways();
    if ways == 1 {
        return days_in_this_way(ask, norm, instance, (first, last));
    }
    // In each way, what it hangs on may change on other days.
    let before = ask.law.way;
    let mut days = BTreeSet::new();
    for way in 0..ways {
        ask.law.way = way;
        ask.known.forget();
        days.extend(days_in_this_way(ask, norm, instance, (first, last)));
    }
    ask.law.way = before;
    ask.known.forget();
    days.into_iter().collect()
}

fn days_in_this_way<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
    (first, last): (Day, Day),
) -> Vec<Day> {
    let plan = ask.world.plan;
    let own = *instance;
    let ways = ask.law.ways();
    ask.changes(first, last, |walk, ask| {
        let subject = own.subject.and_then(|(line, row)| Some((norm.subjects.get(usize::from(line))?, row)));
        let bearer = bearer_of(norm, &own).map(|(of, _, row)| (of, row));
        for (of, row) in [subject, bearer].into_iter().flatten() {
            walk.row_changes(ask, of.record, row, of.members_of);
            ask.bind(of.var, row);
            walk.condition(ask, &of.filter);
        }
        let wordings: Vec<&'w Norm> = if ways > 1 {
            // Whatever any way makes a difference on begins a span of its own.
            plan.norms_of(norm.clause).map(|(_, norm)| norm).collect()
        } else {
            vec![norm]
        };
        if ways > 1 {
            plan.amendments.iter().filter_map(|one| one.force_until).for_each(|day| walk.add(day));
        }
        if norm.trigger != Trigger::Always {
            ask.known.breaches(norm.clause).into_iter().for_each(|broken| walk.add(broken.following()));
        }
        // What people decided speaks of no later day.
        let facts = ask.world.facts;
        let name = plan.clause(norm.clause).map_or("", |clause| &clause.name);
        let judged = facts.judgements.iter().map(|one| &one.decision);
        let decided = judged.chain(facts.attestations.iter().map(|one| &one.decision));
        decided.filter(|one| one.clause == name).for_each(|one| walk.add(one.on.following()));
        walk_others(walk, ask, norm, &own);
        for norm in wordings {
            norm.cuts.iter().map(|cut| cut.on).chain([norm.force.from]).for_each(|day| walk.add(day));
            for body in &norm.bodies {
                walk.conditions(ask, &body.conditions);
                watched_things(walk, ask, &body.test);
            }
        }
    })
}

fn watched_things<'w, T: Trace>(walk: &mut Walk, ask: &mut Ask<'w, T>, test: &'w NormTest) {
    match test {
        NormTest::Numbers { numbered, .. } => {
            for part in &numbered.parts {
                walk.collection(ask, &part.of);
                walk.value(ask, &part.least);
                walk.value(ask, &part.most);
                if let Some((low, high)) = &part.tolerance {
                    walk.value(ask, low);
                    walk.value(ask, high);
                }
            }
        }
        NormTest::Limit { limited, .. } => {
            walk.collection(ask, &limited.of);
            walk.value(ask, &limited.amount);
        }
        NormTest::HoldsDaily(condition) => walk.condition(ask, condition),
        _ => {}
    }
}

/// The days on which something lasts, or may last.
fn may_last(lasts: Lasts) -> Stretch {
    if lasts.admitted == Truth::No {
        return Stretch::new(Day::MIN, Day::MIN);
    }
    let from = match lasts.from {
        EdgeDay::On(day) => day.first,
        EdgeDay::NotYet | EdgeDay::NoDay => return Stretch::new(Day::MIN, Day::MIN),
        _ => Day::MIN,
    };
    let until = match lasts.last {
        EdgeDay::On(day) => day.last.following(),
        _ => Stretch::ALWAYS.until,
    };
    Stretch::new(from, until)
}
