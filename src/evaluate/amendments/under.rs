//! An instance of one wording as an instance of another.

use crate::evaluate::expr::ask::Ask;
use crate::evaluate::instance::life::{Own, goes_by_wording, in_force_by, is_of_acts, own_of, whom_under};
use crate::evaluate::instance::periods::has_period;
use crate::evaluate::trace::Trace;
use crate::model::clause::{Act, Edge};
use crate::model::expr::ClauseId;
use crate::plan::{Body, Norm, NormId, NormTest};
use crate::verdict::Instance;

/// The instance of one wording as an instance of another; nothing if the other does not speak of such a one.
pub fn under_wording<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    id: NormId,
    instance: &Instance,
) -> Option<Instance> {
    if id == instance.norm {
        return Some(*instance);
    }
    let own = ask.world.plan.norm(instance.norm)?;
    let other = if std::ptr::eq(own, norm) { ask.world.plan.norm(id)? } else { norm };
    let subject = whom_under(ask.world.plan, other, instance)?;
    let same_period = instance.period.is_none() && other.cycle.is_none() || has_period(ask, other, instance.period);
    same_period.then_some(Instance { norm: id, subject, ..*instance })
}

/// An instance under each wording of its clause that has come into force, or will by its subject's day, and speaks of such a one.
pub fn under_each_begun<'w, T: Trace>(ask: &mut Ask<'w, T>, clause: ClauseId, instance: &Instance) -> Vec<Instance> {
    let plan = ask.world.plan;
    let by = plan.norm(instance.norm).map_or(ask.world.as_of, |norm| in_force_by(ask, norm, instance));
    let under = |(id, norm): (NormId, &'w Norm)| {
        let force = ask.law.chosen(norm);
        let begun = !force.is_empty() && force.from <= by;
        if begun { under_wording(ask, norm, id, instance) } else { None }
    };
    plan.norms_of(clause).filter_map(under).collect()
}

/// A ban or a right without a cycle under each of its wordings, where there are several: each act is judged by that of its day.
pub fn wordings_of_acts<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Vec<Instance>> {
    let plan = ask.world.plan;
    let several = plan.norms_of(norm.clause).nth(1).is_some();
    if !several || !norm.bodies.iter().all(is_of_acts) || !goes_by_wording(ask, norm, instance) {
        return None;
    }
    let mut each = under_each_begun(ask, norm.clause, instance);
    if let Own::On(day) | Own::ToCome(day) = own_of(ask, norm, instance) {
        // Without a window, nothing is asked of the days before the subject's own; a day in a field uses a right whenever it was.
        let by_field = |body: &Body| match &body.test {
            NormTest::May { act, exercised, .. } => exercised.is_some() || matches!(act, Act::Dated(_)),
            _ => false,
        };
        let no_window =
            |body: &Body| body.window.first.is_none() && matches!(body.window.last, Edge::Open) && !by_field(body);
        let is_over = |norm: &Norm| ask.law.chosen(norm).until <= day && norm.bodies.iter().all(no_window);
        each.retain(|one| plan.norm(one.norm).is_some_and(|norm| !is_over(norm)));
    }
    (each.len() > 1 || each.first().is_some_and(|only| only.norm != instance.norm)).then_some(each)
}

pub fn is_of_an_event<'w, T: Trace>(ask: &Ask<'w, T>, norm: &Norm, instance: &Instance) -> bool {
    let subject = instance.subject.and_then(|(line, _)| norm.subjects.get(usize::from(line)));
    subject.is_some_and(|of| ask.world.shape(of.record).is_event())
}
