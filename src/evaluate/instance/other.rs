//! How the judgement of one clause leads into that of another.

use crate::model::expr::ClauseId;
use crate::plan::Norm;
use crate::verdict::Instance;

use super::counterpart::{come_back, counterpart, leave};
use super::ruling::Ruling;
use crate::evaluate::expr::ask::Ask;
use crate::evaluate::trace::Trace;

/// What a clause is given of the others: the one way in which the judgement of one leads into that of another.
pub trait Other<'w, T: Trace> {
    fn ask(&mut self) -> &mut Ask<'w, T>;
    /// What an instance of another clause comes to, as amendments are taken to have gone.
    fn comes_to(&mut self, instance: &Instance) -> Ruling;
}

/// The ruling of another clause on the same subject, bearer and period, as far as it has them.
pub fn elsewhere<'w, T: Trace>(
    others: &mut impl Other<'w, T>,
    clause: ClauseId,
    norm: &'w Norm,
    instance: &Instance,
) -> Option<Ruling> {
    let ask = others.ask();
    let other = counterpart(ask, clause, norm, instance)?;
    let here = leave(ask, clause)?;
    ask.term = None;
    ask.trace.hush();
    let ruling = others.comes_to(&other);
    let ask = others.ask();
    ask.trace.speak();
    come_back(ask, here);
    Some(ruling)
}
