//! What is reckoned from a term that steps back behind another clause.

use crate::model::expr::ClauseId;
use crate::plan::Norm;
use crate::value::Stretch;
use crate::verdict::{Decider, Holder, Instance, Mark, Said, Status};

use super::counterpart::{come_back, leave};
use super::prevails::is_behind;
use super::ruling::Ruling;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::form::term_of_bound;
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::norms::case::own_term;
use crate::evaluate::outcome::Outcome;
use crate::evaluate::trace::{Trace, reason};

/// What comes of an instance for a term where that term steps back on its first day: there is nothing that it is reckoned from.
pub fn in_a_term_behind<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &'w Norm, instance: &Instance) -> Option<Ruling> {
    let (term, days) = own_term(norm, instance).or_else(|| cut_by(ask, norm, instance))?;
    let begun = ask.law.wording_on(term, days.first())?;
    let (id, begun) = ask.world.plan.norms_of(term).find(|(_, one)| std::ptr::eq(*one, begun))?;
    if begun.yields_to.is_empty() {
        return None;
    }
    let own = Instance { norm: id, subject: None, bearer: Holder::TheOne, period: None, span: None };
    let here = leave(ask, term)?;
    ask.vars.clear();
    (ask.period, ask.term) = (None, None);
    (ask.on, ask.by) = (days.first(), days.first().min(ask.world.as_of));
    let behind = is_behind(ask, begun, &own);
    come_back(ask, here);
    let (status, decider) = match behind {
        Truth::No => return None,
        Truth::Yes => (Status::NotApplicable, Decider::Nobody),
        Truth::Open => (Status::Unknown, Decider::Nobody),
        Truth::Person => (Status::NeedsJudgement, Decider::Unnamed),
    };
    if let (Truth::Yes, Some(other)) = (behind, begun.yields_to.first()) {
        ask.trace.say(|| reason(Said::YieldsTo(*other), Mark::No, begun.span));
    }
    Some(Ruling { outcome: Outcome::of(status), decider })
}

/// The term that cuts the period of an instance, or from which something due once is reckoned, as it runs then.
fn cut_by<'w, T: Trace>(ask: &mut Ask<'w, T>, norm: &Norm, instance: &Instance) -> Option<(ClauseId, Stretch)> {
    match (norm.during, instance.period) {
        (Some(term), Some(period)) => ask.term_on(term, period.last()),
        _ => {
            let first = ask.law.first_day(norm.clause);
            let edges = norm.bodies.iter().flat_map(|body| body.window.first.iter().chain([&body.window.last]));
            let term = norm.of_term.or_else(|| edges.filter_map(term_of_bound).next())?;
            ask.term_on(term, first)
        }
    }
}
