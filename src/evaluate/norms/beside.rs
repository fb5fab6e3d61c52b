//! A right of some number beside others: what it does not let be done, another may.

use std::collections::BTreeSet;

use crate::value::Day;

use super::case::Case;
use super::room::{Right, excepted_on};
use crate::evaluate::expr::ask::{Ask, Excepted};
use crate::evaluate::instance::before_acts::before_acts;
use crate::evaluate::instance::counterpart::{come_back, counterpart, leave};
use crate::evaluate::instance::life::bind_rows;
use crate::evaluate::instance::periods::turn_to_term;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::trace::Trace;

/// Whether this right, and the others beside it that go before the same ban, let all acts be done that it covers in its period: then it
/// is not exceeded. Nothing where nothing else goes before that.
pub fn is_room_beside<'w, T: Trace>(ask: &mut Ask<'w, T>, case: &Case<'w>) -> Option<Truth> {
    let ban = case.norm.exception_to?;
    let several = ask.world.plan.norms_of(ban).any(|(_, one)| one.yields_to.len() > 1);
    let instance = if several { counterpart(ask, ban, case.norm, &case.instance)? } else { return None };
    let norm = ask.world.plan.norm(instance.norm)?;
    let here = leave(ask, ban)?;
    ask.trace.hush();
    ask.vars.clear();
    bind_rows(ask, norm, &instance);
    ask.period = instance.period;
    turn_to_term(ask, norm, &instance);
    let excepted = before_acts(ask, norm, &instance).excepted;
    let before = std::mem::replace(&mut ask.excepted, excepted.clone());
    let rights: BTreeSet<Right> = excepted.iter().map(|one| one.of).collect();
    let subject = case.subject().map(|(of, row)| (of.record, row));
    let own = |one: &&Excepted| one.of.0 == case.norm.clause && (one.of.1.is_none() || one.of.1 == subject);
    let mut truth = (rights.len() > 1).then_some(Truth::Yes);
    for acts in excepted.iter().filter(own).filter_map(|one| one.acts.as_ref()) {
        let Some(allowed) = &acts.allowed else { continue };
        let days = case.instance.period.map(|period| period.stretch);
        let in_period = |day: Day| days.is_none_or(|days| days.contains(day));
        for (day, row) in allowed.sure.iter().filter(|(day, _)| in_period(*day)) {
            let let_be_done = excepted_on(ask, *day, Some((acts.of.record, *row)));
            truth = truth.map(|truth| truth.and(let_be_done));
        }
    }
    ask.excepted = before;
    ask.trace.speak();
    come_back(ask, here);
    truth
}
