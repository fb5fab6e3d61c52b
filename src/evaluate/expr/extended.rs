//! Until when people extended what another clause asks, where its last day is asked for.

use crate::facts::{Decision, Row};
use crate::model::clause::Bearer;
use crate::model::expr::Collection;
use crate::plan::Norm;
use crate::value::Day;
use crate::verdict::{Mark, Said};

use super::ask::Ask;
use super::frame::EdgeDay;
use super::of_the_case::{Part, row_of_the_case};
use crate::evaluate::knowledge::decided::{About, Kind, named_bearer};
use crate::evaluate::knowledge::world::GHOST;
use crate::evaluate::trace::{Trace, reason};

/// Until when people extended what another clause asks.
#[derive(Clone, Copy)]
pub enum Extended {
    Not,
    Until(Day),
    /// Until a day at the most, for some of its bearers, of whom the case has none: it has no one last day if that is later than its own.
    ForSome(Day),
}

impl Extended {
    pub fn of(self, last: EdgeDay) -> EdgeDay {
        match self {
            Extended::Not => last,
            Extended::Until(day) => last.moved_on(Some(day)),
            Extended::ForSome(until) => match last {
                EdgeDay::On(day) if until <= day.first => last,
                _ => EdgeDay::NoSuchDay,
            },
        }
    }
}

/// Until when people extended what another clause asks for the same subject, bearer and period.
pub fn extended<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, rows: &[Row]) -> Extended {
    let (plan, facts, by) = (ask.world.plan, ask.world.facts, ask.world.as_of);
    let clause = plan.clause(norm.clause).map_or("", |clause| &clause.name);
    if !ask.decided.any(facts, Kind::Waiver, clause) {
        return Extended::Not;
    }
    let row = |of: &Collection| rows.get(usize::from(of.var.0)).copied().filter(|row| *row != GHOST);
    let of_var = |of: &Collection| Some(facts.id(of.record, row(of)?));
    let bearer = match &norm.bearer {
        Some(Bearer::Actor(actor)) => plan.schema.actor(*actor).map(|actor| actor.name.as_str()),
        Some(Bearer::Each(of)) => of_var(of),
        Some(Bearer::EachOf(actors)) => ask
            .actor
            .filter(|one| actors.contains(one))
            .and_then(|actor| plan.schema.actor(actor).map(|actor| actor.name.as_str())),
        Some(Bearer::Together(_) | Bearer::Field(_)) | None => None,
    };
    let named = norm.subjects.first().and_then(row).and_then(|row| named_bearer(facts, plan, norm, row));
    let mut case = About { subject: norm.subjects.first().and_then(of_var), bearer, named, period: None };
    let period = ask.period.map(|period| period.label.to_string());
    // Of several, of whom the case is about none: how many they are, and whether a name is one of them.
    let several = match &norm.bearer {
        Some(Bearer::Each(of)) if row_of_the_case(ask, of.record, Part::Bearer).is_none() => {
            Some(facts.rows(of.record).count())
        }
        Some(Bearer::EachOf(actors)) if case.bearer.is_none() => Some(actors.len()),
        _ => None,
    };
    let is_one = |name: &str| match &norm.bearer {
        Some(Bearer::Each(of)) => facts.find(of.record, name).is_some(),
        Some(Bearer::EachOf(actors)) => {
            actors.iter().filter_map(|actor| plan.schema.actor(*actor)).any(|actor| actor.name == name)
        }
        _ => false,
    };
    if let Some(many) = several {
        let about =
            |one: &Decision| one.clause == *clause && one.on <= by && (one.period.is_none() || one.period == period);
        let all = facts.waivers.iter().filter(|one| about(&one.decision));
        let named = all.filter_map(|one| Some((bearer_named(&one.decision, case.subject)?, one.until)));
        let named: Vec<(&str, Option<Day>)> = named.filter(|(name, _)| is_one(name)).collect();
        // A waiver changes no day.
        let until = named.iter().filter_map(|(_, until)| *until).max();
        match (many, until) {
            (1, _) => case.bearer = named.first().map(|(name, _)| *name),
            (_, Some(until)) => {
                let words = "its last day was extended for some of those who bear it";
                ask.trace.say(|| reason(Said::Words(words), Mark::Person, norm.span));
                return Extended::ForSome(until);
            }
            (_, None) => {}
        }
    }
    let case = About { period: period.as_deref(), ..case };
    let waiver = ask.decided.waiver(facts, clause, case, by);
    waiver.and_then(|(_, waiver)| waiver.until).map_or(Extended::Not, Extended::Until)
}

/// The bearer that a decision may name, unless it names another subject than that of the case besides.
fn bearer_named<'d>(decision: &'d Decision, subject: Option<&str>) -> Option<&'d str> {
    match (decision.subject.as_deref(), decision.bearer.as_deref()) {
        (Some(named), Some(_)) if subject.is_some_and(|subject| subject != named) => None,
        (_, Some(bearer)) => Some(bearer),
        (alone, None) => alone,
    }
}
