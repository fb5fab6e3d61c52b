//! What has to be done by a day before its subject's day, or before its period: it is judged by the law as it stood on that last day. An
//! amendment that took effect in between finds it done, or left undone.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::model::amendment::AmendmentId;
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormTest, Plan};
use crate::value::Day;
use crate::verdict::Instance;

use super::life::{Own, lasting_days, own_of};
use crate::evaluate::amendments::run_out::{is_due_by_its_window, was_due_before};
use crate::evaluate::amendments::wording::as_taken;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::due_day::of_an_amended_cost;
use crate::evaluate::knowledge::law::{Standing, Standings};
use crate::evaluate::norms::case::bearer_of;
use crate::evaluate::trace::Trace;

/// The law without what took effect after the last day of an instance, and the instance under it; nothing where that makes no difference.
pub fn law_of_its_last_day<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<(Rc<Standings>, Instance)> {
    let changes = !ask.world.plan.amendments.is_empty() || may_have_wordings(ask, norm);
    if !changes || instance.span.is_some() || !norm.bodies.iter().all(|body| is_deed(ask.world.plan, body)) {
        return None;
    }
    let began = match (instance.period, own_of(ask, norm, instance)) {
        (Some(period), _) => period.first(),
        (None, Own::On(day) | Own::ToCome(day)) => day,
        (None, Own::Without | Own::None | Own::Unknown) => return None,
    };
    for on in changed_on(ask, norm.clause).into_iter().filter(|on| *on <= began) {
        let before = law_before(ask, (norm.clause, on));
        let (was_due, over) = under_law(ask, Rc::clone(&before), |ask| {
            let here = as_taken(ask, norm, instance);
            let older = here.and_then(|here| Some((ask.world.plan.norm(here.norm)?, here)));
            let was_due = older.filter(|(older, _)| older.bodies.iter().all(|body| is_deed(ask.world.plan, body)));
            let last = was_due.and_then(|(older, here)| {
                let last = was_due_before(ask, older, &here, on)?;
                // Whoever came after it was never asked by it.
                let came = bearer_of(older, &here).and_then(|(of, _, row)| lasting_days(ask, of, row)?.from.exact());
                came.is_none_or(|came| came <= last).then_some(last)
            });
            (was_due, last.is_some())
        });
        let Some((_, here)) = was_due else { continue };
        // What would have had to be done before the new words were there, nobody could have kept.
        if over || (ask.law.chosen(norm).from == on && was_due_before(ask, norm, instance, on).is_some()) {
            return Some((before, here));
        }
    }
    None
}

/// Looks by the law without what came later.
pub fn under_law<'w, T: Trace, R>(
    ask: &mut Ask<'w, T>,
    law: Rc<Standings>,
    look: impl FnOnce(&mut Ask<'w, T>) -> R,
) -> R {
    let now = std::mem::replace(&mut ask.law.standings, law);
    let (way, known) = (std::mem::replace(&mut ask.law.way, 0), std::mem::take(&mut ask.known));
    let found = look(ask);
    (ask.law.standings, ask.law.way, ask.known) = (now, way, known);
    found
}

/// Whether a body asks for something to be done, or to be so, by a last day of its own.
fn is_deed(plan: &Plan, body: &Body) -> bool {
    let of_kind = match &body.test {
        NormTest::Happens { .. } | NormTest::Dated(_) | NormTest::InOrder(_) | NormTest::Holds(_) => true,
        NormTest::PaysShare(_) => !of_an_amended_cost(plan, body),
        _ => false,
    };
    of_kind && is_due_by_its_window(body)
}

/// Whether a clause, or one that goes before it, has several wordings in the file.
fn may_have_wordings<T: Trace>(ask: &Ask<'_, T>, norm: &Norm) -> bool {
    let several = |clause: ClauseId| ask.world.plan.norms_of(clause).nth(1).is_some();
    several(norm.clause) || norm.yields_to.iter().any(|other| several(*other))
}

/// The days on which a clause, what goes before it, or how long the agreement is in force, changes: by an amendment that is adopted, or as
/// another wording of the file begins where one ends.
fn changed_on<T: Trace>(ask: &Ask<'_, T>, clause: ClauseId) -> BTreeSet<Day> {
    let plan = ask.world.plan;
    let mut days = BTreeSet::new();
    let mut amendments: BTreeSet<AmendmentId> = BTreeSet::new();
    for clause in plan.go_before(&[clause]) {
        let mut ends: Vec<Day> = Vec::new();
        for (_, one) in plan.norms_of(clause) {
            amendments.extend(one.by.into_iter().chain(one.cuts.iter().map(|cut| cut.by)));
            if one.by.is_none() && ends.contains(&one.force.from) && !ask.law.chosen(one).is_empty() {
                days.insert(one.force.from);
            }
            ends.push(one.force.until);
        }
    }
    let ending = (0..).map(AmendmentId).zip(&plan.amendments).filter(|(_, one)| one.force_until.is_some());
    amendments.extend(ending.map(|(id, _)| id));
    let adopted = amendments.into_iter().filter(|id| ask.law.is_adopted(*id));
    days.extend(adopted.filter_map(|id| plan.amendment(id)).map(|one| one.effective));
    days
}

/// The law without the amendments that take effect on a day or later, and without the wordings of a clause, and of what goes before it, that
/// begin then.
fn law_before<T: Trace>(ask: &Ask<'_, T>, (clause, on): (ClauseId, Day)) -> Rc<Standings> {
    let (plan, as_of, now) = (ask.world.plan, ask.world.as_of, &ask.law.standings);
    now.before((clause, on, as_of), || {
        let all = (0..).map(AmendmentId).zip(&plan.amendments);
        let earlier = all.filter(|(id, one)| one.effective < on && ask.law.is_adopted(*id));
        let earlier = earlier.map(|(id, _)| id).collect();
        let mut left_out: Vec<&Norm> = Vec::new();
        for clause in plan.go_before(&[clause]) {
            let own = || plan.norms_of(clause).map(|(_, one)| one).filter(|one| one.by.is_none());
            if own().any(|one| one.force.from < on) {
                left_out.extend(own().filter(|one| one.force.from >= on));
            }
        }
        let standing = Standing::without(plan, earlier, as_of, &left_out);
        Standings::new(plan, vec![standing], now.adoptions.clone(), now.left.clone())
    })
}
