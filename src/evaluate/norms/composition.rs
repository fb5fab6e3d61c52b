//! Composition: how many there are, on one day.

use crate::model::clause::{Limit, Limited, Numbered};
use crate::model::expr::Expr;
use crate::value::{Day, Number};
use crate::verdict::{Asked, Said, Status};

use super::state::status_of;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::expr::conditions::within_tolerance;
use crate::evaluate::knowledge::known::{Bounds, Val};
use crate::evaluate::knowledge::truth::Truth;
use crate::evaluate::outcome::{Outcome, worst};
use crate::evaluate::trace::{Trace, mark_of, reason};

/// Each part has its number on the day.
pub fn numbers<'w, T: Trace>(ask: &mut Ask<'w, T>, numbered: &'w Numbered, on: Day) -> Outcome {
    let mut outcomes = Vec::new();
    for part in &numbered.parts {
        outcomes.push(ask.asked_on(on, |ask| {
            ask.trace.open();
            let mark = ask.trace.mark();
            let count = ask.count(&part.of);
            let limit = |ask: &mut Ask<'w, T>, one: &'w Expr| ask.value(one).bounds();
            let (least, most) = (limit(ask, &part.least), limit(ask, &part.most));
            let truth = match &part.tolerance {
                Some((low, high)) => {
                    let (low, high) = (limit(ask, low), limit(ask, high));
                    within_tolerance(&count, &low, &high)
                }
                None => count.less(&least).opposite().and(most.less(&count).opposite()),
            };
            // Of a range the end that was not kept is told.
            let end = if most.less(&count).is_yes() { &most } else { &least };
            let asked = || Asked { limit: None, least: least.least.clone(), most: most.most.clone() };
            told(ask, (&count, end, &asked), (truth, mark), part.span)
        }));
    }
    let status = worst(outcomes.iter().map(|one| one.status)).unwrap_or(Status::NotApplicable);
    let decisive = outcomes.into_iter().find(|one| one.status == status);
    decisive.unwrap_or_else(|| Outcome::of(status))
}

/// The number of one set keeps its limit on the day.
pub fn limit<'w, T: Trace>(ask: &mut Ask<'w, T>, limited: &'w Limited, on: Day) -> Outcome {
    ask.asked_on(on, |ask| {
        ask.trace.open();
        let mark = ask.trace.mark();
        let count = ask.count(&limited.of);
        let value = ask.value(&limited.amount);
        let amount = value.bounds();
        let truth = match limited.limit {
            _ if value == Val::NoSuchDay => Truth::Person,
            Limit::AtLeast => count.less(&amount).opposite(),
            Limit::AtMost => amount.less(&count).opposite(),
            Limit::Exactly => count.same(&amount),
            Limit::MoreThan => amount.less(&count),
            Limit::LessThan => count.less(&amount),
        };
        let asked = || Asked { limit: Some(limited.limit), least: amount.least.clone(), most: amount.most.clone() };
        told(ask, (&count, &amount, &asked), (truth, mark), limited.of.span)
    })
}

fn told<'w, T: Trace>(
    ask: &mut Ask<'w, T>,
    (count, end, asked): (&Bounds, &Bounds, &dyn Fn() -> Asked),
    (truth, mark): (Truth, usize),
    span: crate::source::Span,
) -> Outcome {
    if truth != Truth::Open {
        ask.trace.forget(mark);
    }
    ask.trace.close(|| {
        let least = count.least.clone().unwrap_or(Number::ZERO);
        reason(Said::Counted { least, most: count.most.clone(), asked: asked() }, mark_of(truth), span)
    });
    let mut outcome = Outcome::of(status_of(truth));
    outcome.progress = count.least.clone().zip(end.least.clone().or_else(|| end.most.clone()));
    outcome
}
