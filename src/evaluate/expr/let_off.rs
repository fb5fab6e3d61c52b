//! Whether another clause steps back for the case, where something of it is asked: its last day, its share, or whether it was a right.

use crate::facts::Row;
use crate::model::clause::{Bearer, CycleOf};
use crate::model::schema::RecordId;
use crate::plan::{Norm, NormId};
use crate::value::{CyclePeriod, Day};
use crate::verdict::{Holder, Instance};

use super::ask::{Ask, Stepping};
use super::of_the_case::{Part, row_of_the_case};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// Whether another clause steps back for the case, of which some rows may be others, on a day.
pub fn let_off<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    norm: &'w Norm,
    others: &[(RecordId, Row)],
    (day, stepping): (Day, Stepping),
) -> Truth {
    let mut wordings = ask.world.plan.norms_of(norm.clause);
    let Some((id, _)) = wordings.find(|(_, one)| std::ptr::eq(*one, norm)).filter(|_| !norm.yields_to.is_empty())
    else {
        return Truth::No;
    };
    // Of several actors of whom the case names none, it asks for nothing once all of them are let off.
    let by_name: Vec<Holder> = match &norm.bearer {
        Some(Bearer::EachOf(actors)) if ask.actor.is_none_or(|one| !actors.contains(&one)) => {
            actors.iter().map(|actor| Holder::Actor(*actor)).collect()
        }
        _ => vec![bearer_of_the_case(ask, norm, others)],
    };
    let subject = norm.subjects.first().and_then(|of| row_of(ask, of.record, others, Part::Subject));
    let period = match &norm.cycle {
        Some(CycleOf::Calendar(cycle)) if ask.cycle != Some(*cycle) => cycle.period_at(day),
        Some(_) => ask.period,
        None => None,
    };
    let by = day.min(ask.world.as_of);
    let steps_back = ask.steps_back;
    by_name.into_iter().fold(Truth::Yes, |all, bearer| {
        let instance = instance(id, subject, bearer, period);
        if all.is_no() { all } else { all.and(ask.asked(day, by, |ask| steps_back(ask, norm, &instance, stepping))) }
    })
}

fn instance(norm: NormId, subject: Option<Row>, bearer: Holder, period: Option<CyclePeriod>) -> Instance {
    Instance { norm, subject: subject.map(|row| (0, row)), bearer, period, span: None }
}

fn bearer_of_the_case<T: Trace>(ask: &Ask<'_, T>, norm: &Norm, others: &[(RecordId, Row)]) -> Holder {
    match (&norm.bearer, ask.actor) {
        (Some(Bearer::Each(of)), _) => {
            row_of(ask, of.record, others, Part::Bearer).map_or(Holder::TheOne, |row| Holder::Row(of.record, row))
        }
        (Some(Bearer::EachOf(_)), Some(actor)) => Holder::Actor(actor),
        (_, _) => Holder::TheOne,
    }
}

fn row_of<T: Trace>(ask: &Ask<'_, T>, record: RecordId, others: &[(RecordId, Row)], part: Part) -> Option<Row> {
    let other = others.iter().find(|(of, _)| *of == record).map(|(_, row)| *row);
    other.or_else(|| row_of_the_case(ask, record, part))
}
