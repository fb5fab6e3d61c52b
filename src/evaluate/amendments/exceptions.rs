//! When amendments changed what goes before a clause.

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::instance::life::has_day;
use crate::evaluate::trace::Trace;
use crate::model::amendment::Began;
use crate::plan::Norm;
use crate::value::Day;
use crate::verdict::Instance;

/// The last day by now on which an amendment took over what goes before a clause, since an instance began: acts that broke a limit by then,
/// and what had to be done by a day before, are judged by what went before it until then.
pub fn exceptions_taken_over_on<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Day> {
    if norm.yields_to.is_empty() {
        return None;
    }
    let plan = ask.world.plan;
    let mut days: Vec<Day> = Vec::new();
    // What is due once has no day on which it began by which it could keep its exceptions.
    let once = instance.period.is_none() && !has_day(ask, norm, instance);
    for (_, one) in plan.go_before(&norm.yields_to).into_iter().flat_map(|clause| plan.norms_of(clause)) {
        // Nor has an exception without one a day by which it could go on.
        let undated = one.cycle.is_none() && one.subjects.is_empty();
        let cuts = one.cuts.iter().filter(|cut| once || undated || cut.began == Began::IsTakenOver);
        days.extend(cuts.filter(|cut| ask.law.is_adopted(cut.by)).map(|cut| cut.on));
        let force = Some(ask.law.chosen(one)).filter(|force| once && !force.is_empty());
        // With the agreement everything ends.
        let ends = |day: &Day| *day < ask.law.force().until;
        days.extend(force.into_iter().flat_map(|force| [force.from, force.until]).filter(ends));
    }
    let first = ask.law.first_day(norm.clause);
    let began = instance.period.map_or(first, |period| period.first().max(first));
    days.into_iter().filter(|day| began < *day && *day <= ask.world.as_of).max()
}

/// Looks at what goes before a clause on a day: what is watched on that day, or done, steps back behind what was in
/// force then, whatever an amendment took over later.
pub fn before_later_changes<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    day: Day,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    match exceptions_changed_after(ask, norm, day) {
        Some(changed) => {
            let as_of = std::mem::replace(&mut ask.world.as_of, changed.preceding());
            let known = std::mem::take(&mut ask.known);
            let found = look(ask);
            (ask.world.as_of, ask.known) = (as_of, known);
            found
        }
        None => look(ask),
    }
}

/// The first day after one on which an amendment that has taken effect by now changed what goes before a clause.
fn exceptions_changed_after<'w, T: Trace>(ask: &Ask<'w, T>, norm: &'w Norm, day: Day) -> Option<Day> {
    let plan = ask.world.plan;
    if plan.amendments.is_empty() {
        return None;
    }
    let others = plan.go_before(&norm.yields_to).into_iter().flat_map(|clause| plan.norms_of(clause));
    let cuts = others.flat_map(|(_, one)| &one.cuts).filter(|cut| ask.law.is_adopted(cut.by)).map(|cut| cut.on);
    cuts.filter(|on| day < *on && *on <= ask.world.as_of).min()
}
