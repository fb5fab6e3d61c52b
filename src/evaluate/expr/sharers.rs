//! Who shares a cost, and whether there is one to share, for clauses that ask for a share of it.

use crate::facts::Row;
use crate::model::clause::{Remainder, Rest, Shared, Sharing, SharingKey, SharingWay};
use crate::model::expr::{ClauseId, On};
use crate::model::schema::{ActorId, RecordId};
use crate::plan::NormTest;
use crate::verdict::ShareOf;

use super::ask::{Ask, Found, Stepping, of_clause};
use super::judged::as_judged;
use super::let_off::let_off;
use super::readings::taken_as;
use crate::evaluate::knowledge::known::DayBounds;
use crate::evaluate::knowledge::truth::{Truth, of_readings};
use crate::evaluate::trace::Trace;

/// Whether there is a cost to share for the subject of the case: it is in force, reaches it, its conditions hold, and no exception lets
/// it off.
pub fn is_to_be_shared<'w, T: Trace>(ask: &mut Ask<'w, T>, cost: ClauseId) -> Truth {
    let Some(norm) = ask.law.wording_on(cost, ask.on) else { return Truth::Open };
    let Some(of) = norm.subjects.first() else { return Truth::Yes };
    let whose = ask.whose.into_iter().flatten().find(|(record, _)| *record == of.record);
    let Some((_, row)) = whose else { return Truth::Yes };
    let (on, as_of) = (ask.on, ask.world.as_of);
    if !ask.law.chosen(norm).contains(on) {
        return Truth::No;
    }
    let rows = ask.vars.clone();
    ask.bind(of.var, row);
    let truth = of_clause(ask, cost, |ask| {
        let passes = ask.asked_of(on, as_of, |ask| ask.holds(&of.filter));
        let let_off = let_off(ask, norm, &[(of.record, row)], (on, Stepping::ForACase));
        let readings = taken_as(ask, norm).iter().map(|body| {
            let applies = ask.applies(&body.conditions);
            as_judged(ask, norm, applies)
        });
        let applies = of_readings(readings.collect::<Vec<_>>());
        passes.and(let_off.opposite()).and(applies)
    });
    ask.vars = rows;
    truth
}

/// Whether somebody is among those who share a cost, for a subject; of a cost for no subject, for none.
pub fn is_a_sharer<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    cost: ClauseId,
    (subject, who): (Option<Row>, ShareOf),
) -> Truth {
    let Some(norm) = ask.law.wording_on(cost, ask.on) else { return Truth::Open };
    let rows: Vec<Row> = subject.into_iter().collect();
    let shares = of_clause(ask, cost, |ask| {
        ask.aside(&rows, |ask| {
            of_readings(taken_as(ask, norm).iter().map(|body| shares(ask, &body.test, who)).collect::<Vec<_>>())
        })
    });
    shares.unwrap_or(Truth::Open)
}

fn shares<'w, T: Trace>(ask: &mut Ask<'w, T>, test: &'w NormTest, who: ShareOf) -> Truth {
    let NormTest::Shared { sharing, .. } = test else { return Truth::Open };
    let sharing: &'w Sharing = sharing;
    match &sharing.way {
        SharingWay::Borne { payer, record } => match ask.row(payer, *record) {
            Found::Row(record, row) => Truth::of(who == ShareOf::Row(record, row)),
            Found::None => Truth::Person,
            Found::Unknown => Truth::Open,
        },
        SharingWay::SeparateDecision => Truth::Yes,
        SharingWay::Shared(shared) => match who {
            ShareOf::Actor(actor) => Truth::of(may_bear(shared, actor)),
            ShareOf::Row(record, row) => is_among(ask, shared, (record, row)),
            ShareOf::Nobody => Truth::No,
        },
    }
}

/// Whether an actor bears a part, or may bear what is left over.
fn may_bear(shared: &Shared, actor: ActorId) -> bool {
    let rest = matches!(&shared.at_most, Some((_, Rest::To(other))) if *other == actor);
    let difference = shared.rounding.as_ref().map(|rounding| &rounding.remainder);
    let difference = matches!(difference, Some(Remainder::HalfUpEach(other)) if *other == actor);
    rest || difference || actors_of(&shared.key).contains(&actor)
}

/// The actors that a key names, each once.
pub fn actors_of(key: &SharingKey) -> Vec<ActorId> {
    match key {
        SharingKey::Equally | SharingKey::InProportionTo(_) => Vec::new(),
        SharingKey::InParts(parts) => parts.iter().map(|(_, actor)| *actor).collect(),
        SharingKey::Mixed(portions) => {
            let mut all: Vec<_> = portions.iter().flat_map(|(_, key)| actors_of(key)).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
    }
}

fn is_among<'w, T: Trace>(ask: &mut Ask<'w, T>, shared: &'w Shared, (record, row): (RecordId, Row)) -> Truth {
    let Some((among, on)) = shared.among.as_ref().filter(|(among, _)| among.record == record) else { return Truth::No };
    match on {
        On::Then => ask.belongs_to(among, row),
        On::Day(day) | On::Throughout(day, _) => match ask.value(day).day_bounds().and_then(DayBounds::exact) {
            Some(day) => ask.asked_on(day, |ask| ask.belongs_to(among, row)),
            None => Truth::Open,
        },
    }
}
